"""Other programs: export, conversion, speech, documents, agents."""

from __future__ import annotations

from flake8_hfmodels.loaders.commands.row import FOLDER, REVISION, TRUST, Command, Load, model
from flake8_hfmodels.loaders.row import Loader, Param

TOOLS = (
    Command(
        words=("optimum-cli", "export", "onnx"),
        loads=(
            Load(
                Loader(
                    package="optimum",
                    name="optimum-cli export onnx",
                    source="optimum_onnx 0.1.0 optimum/commands/export/onnx.py:128",
                    repo_id=model("--model", "-m"),
                    revision=None,
                    instead=FOLDER,
                    trust_remote_code=TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("optimum-cli", "export", "openvino"),
        loads=(
            Load(
                Loader(
                    package="optimum",
                    name="optimum-cli export openvino",
                    source="optimum_intel 2.2.0 optimum/commands/export/openvino.py:357",
                    repo_id=model("--model", "-m"),
                    revision=None,
                    instead=FOLDER,
                    trust_remote_code=TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("transformers", "download"),
        switches=("--force-download",),
        loads=(
            Load(
                Loader(
                    package="transformers",
                    name="transformers download",
                    source="transformers 5.23.0 transformers/cli/download.py:25",
                    repo_id=model(position=0),
                    revision=None,
                    instead="use hf download --revision <commit>",
                    trust_remote_code=TRUST,
                    never_local=True,
                )
            ),
        ),
    ),
    Command(
        words=("transformers", "serve"),
        switches=("--enable-cors", "--continuous-batching"),
        loads=(
            Load(
                Loader(
                    package="transformers",
                    name="transformers serve",
                    source="transformers 5.23.0 transformers/cli/serving/model_manager.py:215",
                    repo_id=model("--force-model"),
                    revision=None,
                    trust_remote_code=TRUST,
                    at_revision=True,
                )
            ),
        ),
    ),
    Command(
        words=("transformers", "chat"),
        loads=(
            Load(
                Loader(
                    package="transformers",
                    name="transformers chat",
                    source="transformers 5.23.0 transformers/cli/serving/model_manager.py:215",
                    repo_id=model(position=0),
                    revision=None,
                    trust_remote_code=TRUST,
                    at_revision=True,
                )
            ),
        ),
    ),
    Command(
        words=("ct2-transformers-converter",),
        switches=("--force", "--low_cpu_mem_usage"),
        loads=(
            Load(
                Loader(
                    package="ctranslate2",
                    name="ct2-transformers-converter",
                    source="ctranslate2 4.8.5 ctranslate2/converters/transformers.py:4261",
                    repo_id=model("--model"),
                    revision=REVISION,
                    trust_remote_code=TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("whisperx",),
        loads=tuple(
            Load(
                Loader(
                    package="whisperx",
                    name=name,
                    source="whisperx 3.8.6 whisperx/__main__.py:16",
                    repo_id=model(flag),
                    revision=None,
                    instead=FOLDER,
                    names_elsewhere=True,
                    reader=reader,
                )
            )
            for name, flag, reader in (
                ("whisperx", "--model", "nothing"),
                ("whisperx --align_model", "--align_model", "transformers"),
                ("whisperx --diarize_model", "--diarize_model", "pyannote"),
            )
        ),
    ),
    Command(
        words=("docling-tools", "models", "download-hf-repo"),
        switches=("--force", "--quiet", "-q"),
        loads=(
            Load(
                Loader(
                    package="docling",
                    name="docling-tools models download-hf-repo",
                    source="docling_slim 2.143.0 docling/cli/models.py:148",
                    repo_id=model(position=0),
                    revision=None,
                    instead="use hf download --revision <commit>",
                    never_local=True,
                    reads="files",
                ),
                many=True,
            ),
        ),
    ),
    Command(
        words=("pyannote-audio", "download|apply|benchmark"),
        loads=(
            Load(
                Loader(
                    package="pyannote",
                    name="pyannote-audio",
                    source="pyannote_audio 4.0.7 pyannote/audio/__main__.py:321",
                    repo_id=model(position=0),
                    revision=REVISION,
                    reader="pyannote",
                )
            ),
        ),
    ),
    Command(
        words=("smolagent|webagent",),
        loads=(
            Load(
                Loader(
                    package="smolagents",
                    name="smolagent",
                    source="smolagents 1.26.0 smolagents/cli.py:67",
                    repo_id=model("--model-id"),
                    revision=None,
                    instead=FOLDER,
                ),
                only_with=("--model-type",),
                only_value="TransformersModel",
            ),
        ),
    ),
    Command(
        words=(),
        modules=("onnxruntime_genai.models.builder",),
        loads=(
            Load(
                Loader(
                    package="onnxruntime_genai",
                    name="onnxruntime_genai.models.builder",
                    source="onnxruntime_genai 0.18.0 onnxruntime_genai/models/builder.py:112",
                    repo_id=model("-m", "--model_name"),
                    revision=None,
                    instead=FOLDER,
                    trust_remote_code=Param(("hf_remote",), within="--extra_options"),
                )
            ),
        ),
    ),
    Command(
        words=("picklescan",),
        loads=(
            Load(
                Loader(
                    package="picklescan",
                    name="picklescan --huggingface",
                    source="picklescan 1.0.5 picklescan/cli.py:37",
                    repo_id=model("--huggingface", "-hf"),
                    revision=None,
                    reads="files",
                    instead="it reads what it downloads, and loads nothing",
                    downloads=False,
                    never_local=True,
                )
            ),
        ),
    ),
)
