"""Rows for the configuration of programs that are known, the most particular first."""

from __future__ import annotations

from flake8_hfmodels.loaders.config.row import AT_HASH, COLON_HASH, SNAPSHOT, Key, System, Use
from flake8_hfmodels.loaders.row import Loader, Param, Reads, RepoType

_REVISION = Param(("revision",))
_MODEL_REVISION = Param(("model_revision", "revision"))
_TRUST = Param(("trust_remote_code",))


def _loader(
    package: str,
    path: str,
    source: str,
    revision: Param | None = None,
    repo_type: RepoType = "model",
    reads: Reads = "weights",
    trust: Param | None = None,
    instead: str = "",
    at_revision: bool = False,
    builders: bool = False,
    downloads: bool = True,
    prefixes: tuple[str, ...] = (),
    never_local: bool = False,
    reader: str = "transformers",
) -> Loader:
    return Loader(
        package=package,
        name=path.strip("^"),
        source=source,
        repo_id=(Param((path.rpartition(".")[2].strip("^"),)),),
        revision=revision,
        repo_type=repo_type,
        reads=reads,
        trust_remote_code=trust,
        instead=instead or ("" if revision is not None or at_revision else SNAPSHOT),
        at_revision=at_revision,
        builders=builders,
        downloads=downloads,
        prefixes=prefixes,
        never_local=never_local,
        reader=reader if reads == "weights" else "",
    )


def _recorded(package: str, path: str, source: str, use: Use = "records", **more: str) -> Key:
    """A key by which nothing is downloaded."""
    prefix = more.get("prefix", "")
    kinds: dict[str, RepoType] = {"dataset": "dataset", "kernel": "kernel"}
    return Key(
        path,
        _loader(
            package,
            path,
            source,
            _REVISION,
            repo_type=kinds.get(more.get("repo_type", ""), "model"),
            reads="files",
            downloads=False,
            prefixes=(prefix,) if prefix else (),
        ),
        use=use,
    )


_AXOLOTL = "axolotl 0.21.0 axolotl/utils/schemas/model.py:17"
_AXOLOTL_REVISION = Param(("revision_of_model", "model_revision"))
_AXOLOTL_DATA = "axolotl 0.21.0 axolotl/utils/schemas/datasets.py:197"
_TRL = "trl 1.16.0 trl/trainer/model_config.py:85"
_TRL_DATA = "trl 1.16.0 trl/scripts/utils.py:448"
_FACTORY = "llamafactory 0.9.5 llamafactory/hparams/model_args.py:105"
_MERGEKIT = "mergekit 0.1.5 mergekit/common.py:72"
_KSERVE = "kserve aaac4e29 python/storage/kserve_storage/kserve_storage.py:827"
_VLLM = "vllm 0.33.0 vllm/engine/arg_utils.py:989"
_MLFLOW = "mlflow 3.18.0 mlflow/transformers/flavor_config.py:30"
_HUB_DOCS = "hub-docs 242f4a1e docs/hub/spaces-config-reference.md:77"
_CARDS = "hub-docs 242f4a1e docs/hub/model-cards.md:108"
_PYANNOTE = "pyannote_audio 4.0.7 pyannote/audio/core/pipeline.py:88"
_PYANNOTE_PIN = "write it as a mapping: checkpoint: org/name, revision: <full commit hash>"
_NEMO = "nemo_toolkit 3.0.0 nemo/core/classes/modelPT.py:1291"
_SPACY = "spacy_curated_transformers 2.1.2 spacy_curated_transformers/models/hf_loader.py:12"
_PEFT = "peft 0.21.2 peft/auto.py:115"
_PROCESSOR = "transformers 5.23.0 transformers/processing_utils.py:1533"
_CONFIG = "transformers 5.23.0 transformers/configuration_utils.py:346"

SYSTEMS: tuple[System, ...] = (
    System(
        "mergekit",
        has=("merge_method|slices|experts|gate_mode",),
        keys=(
            *(
                Key(
                    path,
                    _loader("mergekit", path, _MERGEKIT, at_revision=True, instead=AT_HASH),
                    mark="@",
                )
                for path in (
                    *("models.model", "^base_model", "sources.model", "experts.source_model"),
                    *("^tokenizer_source", "^tokenizer.source", "shared_experts.source_model"),
                )
            ),
            Key("model.path", _loader("mergekit", "model.path", _MERGEKIT, _REVISION)),
        ),
    ),
    System(
        "axolotl",
        has=("base_model", "datasets|adapter|sequence_len|micro_batch_size|pretraining_dataset"),
        keys=(
            Key(
                "^base_model",
                _loader("axolotl", "^base_model", _AXOLOTL, _AXOLOTL_REVISION, trust=_TRUST),
            ),
            *(
                Key(
                    path,
                    _loader("axolotl", path, _AXOLOTL, _AXOLOTL_REVISION, reads="config"),
                )
                for path in ("^base_model_config", "^tokenizer_config", "^processor_config")
            ),
            Key(
                "^lora_model_dir",
                _loader("axolotl", "^lora_model_dir", _AXOLOTL, reads="adapter"),
            ),
            *(
                Key(
                    path,
                    _loader(
                        "axolotl",
                        path,
                        _AXOLOTL_DATA,
                        _REVISION,
                        "dataset",
                        "data",
                        _TRUST,
                        builders=True,
                    ),
                )
                for path in (
                    *("^datasets.path", "^test_datasets.path", "^pretraining_dataset.path"),
                    *("^pretraining_dataset", "^rl_datasets.path"),
                )
            ),
        ),
    ),
    System(
        "LLaMA-Factory",
        has=("model_name_or_path", "finetuning_type|template|stage|infer_backend|dataset_dir"),
        keys=(
            Key(
                "^model_name_or_path",
                _loader(
                    "llamafactory", "^model_name_or_path", _FACTORY, _MODEL_REVISION, trust=_TRUST
                ),
            ),
            *(
                Key(path, _loader("llamafactory", path, _FACTORY, reads="adapter"), many=True)
                for path in (
                    *("^adapter_name_or_path", "^reward_model_adapters", "^ref_model_adapters"),
                )
            ),
            *(
                Key(path, _loader("llamafactory", path, _FACTORY))
                for path in ("^ref_model", "^reward_model")
            ),
        ),
    ),
    System(
        "data of LLaMA-Factory",
        files=("dataset_info.json",),
        keys=(
            Key(
                "hf_hub_url",
                _loader(
                    "llamafactory",
                    "hf_hub_url",
                    "llamafactory 0.9.5 llamafactory/data/parser.py:128",
                    repo_type="dataset",
                    reads="data",
                    never_local=True,
                ),
            ),
        ),
    ),
    System(
        "tasks of lm-eval",
        has=("dataset_path", "task|group|output_type|doc_to_text|doc_to_target|include|tag"),
        keys=(
            Key(
                "^dataset_path",
                _loader(
                    "lm_eval",
                    "^dataset_path",
                    "lm_eval 0.4.13 lm_eval/config/task.py:91",
                    Param(("revision",), within="dataset_kwargs"),
                    "dataset",
                    "data",
                    Param(("trust_remote_code",), within="dataset_kwargs"),
                    builders=True,
                ),
            ),
        ),
    ),
    System(
        "runs of lm-eval and lighteval",
        has=("model_args|model_parameters|model.model_parameters|model.base_params.model_args",),
        keys=(
            *(
                Key(
                    path,
                    _loader(
                        "lm_eval",
                        path,
                        "lm_eval 0.4.13 lm_eval/models/huggingface.py:77",
                        _REVISION,
                        trust=_TRUST,
                    ),
                )
                for path in ("model_args.pretrained", "model_args.peft")
            ),
            Key(
                "model_args.tokenizer",
                _loader(
                    "lm_eval",
                    "model_args.tokenizer",
                    "lm_eval 0.4.13 lm_eval/models/huggingface.py:77",
                    _REVISION,
                    reads="config",
                ),
            ),
            Key(
                "model_parameters.model_name",
                _loader(
                    "lighteval",
                    "model_parameters.model_name",
                    "lighteval 0.13.0 lighteval/models/transformers/transformers_model.py:150",
                    _REVISION,
                    trust=_TRUST,
                ),
            ),
        ),
    ),
    System(
        "trl and the recipes of alignment-handbook",
        has=("model_name_or_path", "dataset_name|dataset_mixer|dataset_mixture|datasets"),
        keys=(
            Key(
                "^model_name_or_path",
                _loader("trl", "^model_name_or_path", _TRL, _MODEL_REVISION, trust=_TRUST),
            ),
            *(
                Key(path, _loader("trl", path, _TRL_DATA, None, "dataset", "data", builders=True))
                for path in ("^dataset_name", "^datasets.path", "dataset_mixture.datasets.id")
            ),
            Key(
                "^dataset_mixer",
                _loader(
                    "alignment",
                    "^dataset_mixer",
                    "alignment-handbook 925acdf recipes/zephyr-7b-beta/sft/config_qlora.yaml:3",
                    None,
                    "dataset",
                    "data",
                ),
                names=True,
            ),
        ),
    ),
    System(
        "KServe",
        keys=tuple(
            Key(
                path,
                _loader(
                    "kserve",
                    path,
                    _KSERVE,
                    reads="files",
                    at_revision=True,
                    instead=COLON_HASH,
                    prefixes=("hf://",),
                    never_local=True,
                ),
                mark=":",
            )
            for path in ("storage_uri", "storage_uris.uri", "spec.model.uri", "adapters.uri")
        ),
    ),
    System(
        "vLLM's production stack",
        keys=(
            Key(
                "model_spec.model_url",
                _loader(
                    "vllm",
                    "model_spec.model_url",
                    "production-stack a6c01db0 helm/values.yaml:53",
                    Param(("modelRevision",)),
                    reader="vllm",
                ),
            ),
        ),
    ),
    System(
        "vLLM",
        has=(
            "model|model-tag",
            "tensor-parallel-size|gpu-memory-utilization|max-model-len|served-model-name"
            "|max-num-seqs|max-num-batched-tokens|pipeline-parallel-size|enforce-eager"
            "|kv-cache-dtype|enable-prefix-caching",
        ),
        keys=(
            *(
                Key(
                    path,
                    _loader(
                        "vllm",
                        path,
                        _VLLM,
                        _REVISION,
                        trust=Param(("trust-remote-code",)),
                        reader="vllm",
                    ),
                )
                for path in ("^model", "^model-tag")
            ),
            Key(
                "^tokenizer",
                _loader(
                    "vllm", "^tokenizer", _VLLM, Param(("tokenizer-revision",)), reads="config"
                ),
            ),
        ),
    ),
    System(
        "MLflow",
        files=("mlmodel",),
        keys=(
            # Where the weights are saved beside it, nothing is downloaded and no revision noted.
            Key(
                "transformers.source_model_name",
                _loader(
                    "mlflow",
                    "transformers.source_model_name",
                    _MLFLOW,
                    Param(("source_model_revision",)),
                ),
                needs="source_model_revision",
            ),
            *(
                Key(
                    f"transformers.{part}_name",
                    _loader(
                        "mlflow",
                        f"transformers.{part}_name",
                        _MLFLOW,
                        Param((f"{part}_revision",)),
                        reads="config",
                    ),
                    needs=f"{part}_revision",
                )
                for part in ("tokenizer", "feature_extractor", "image_processor", "processor")
            ),
        ),
    ),
    System(
        "MLflow's projects",
        files=("mlproject",),
        keys=tuple(
            Key(
                path,
                _loader(
                    "mlflow",
                    path,
                    "mlflow 3.18.0 mlflow/pyfunc/model.py:1246",
                    reads="files",
                    prefixes=("hf:/",),
                    never_local=True,
                ),
            )
            for path in ("parameters.*", "parameters.*.default")
        ),
    ),
    System(
        "promptfoo",
        has=("providers|targets", "prompts|tests"),
        keys=(
            *(
                _recorded(
                    "promptfoo",
                    path,
                    "promptfoo docs/providers/huggingface",
                    "remote",
                    prefix=f"huggingface:{task}:",
                )
                for path in ("providers", "providers.id", "targets", "targets.id")
                for task in (
                    *("text-generation", "text-classification", "token-classification"),
                    *("feature-extraction", "sentence-similarity", "chat"),
                )
            ),
            *(
                Key(
                    path,
                    _loader(
                        "promptfoo",
                        path,
                        "promptfoo docs/providers/huggingface: Datasets support",
                        repo_type="dataset",
                        reads="data",
                        prefixes=("huggingface://datasets/",),
                        never_local=True,
                        instead="save the rows of a pinned commit to a file and name that file",
                    ),
                )
                for path in ("tests", "tests.path")
            ),
        ),
    ),
    System(
        "PEFT",
        files=("adapter_config.json",),
        keys=(
            Key(
                "^base_model_name_or_path",
                _loader(
                    "peft", "^base_model_name_or_path", "peft 0.21.2 peft/auto.py:115", _REVISION
                ),
            ),
        ),
    ),
    System(
        "GLiNER",
        files=("gliner_config.json",),
        keys=tuple(
            Key(path, _loader("gliner", path, "gliner 0.2.29 gliner/modeling/encoder.py:132"))
            for path in ("^model_name", "^labels_encoder", "^labels_decoder")
        ),
    ),
    System(
        "parts of a repo that loads others",
        files=("modular_model_index.json", "modular_config.json"),
        keys=(
            Key(
                "pretrained_model_name_or_path",
                _loader(
                    "diffusers",
                    "pretrained_model_name_or_path",
                    "diffusers 0.42.1 diffusers/modular_pipelines/modular_pipeline_utils.py:124",
                    _REVISION,
                    reads="diffusers",
                ),
            ),
        ),
    ),
    System(
        "transformers, the configuration of a model",
        files=("config.json", "*_config.json", "model_index.json"),
        keys=(
            _recorded("transformers", "_name_or_path", _CONFIG),
            _recorded("transformers", "name_or_path", _CONFIG),
            Key(
                "audio_tokenizer_name_or_path",
                _loader("transformers", "audio_tokenizer_name_or_path", _PROCESSOR, reads="config"),
            ),
            Key(
                "auto_map.*",
                _loader(
                    "transformers",
                    "auto_map",
                    "transformers 5.23.0 transformers/dynamic_module_utils.py:605",
                    reads="code",
                    instead="copy the module beside this file and name it without the repo",
                ),
                mark="--",
            ),
            Key(
                "backbone",
                _loader(
                    "transformers",
                    "backbone",
                    "transformers 5.23.0 transformers/backbone_utils.py:316",
                ),
            ),
        ),
    ),
    System(
        "pyannote",
        has=("pipeline.params",),
        keys=(
            *(
                Key(
                    f"pipeline.params.{part}",
                    _loader(
                        "pyannote",
                        f"pipeline.params.{part}",
                        _PYANNOTE,
                        instead=_PYANNOTE_PIN,
                        reads="files",
                    ),
                )
                for part in ("segmentation", "embedding", "plda")
            ),
            Key(
                "params.*.checkpoint",
                _loader("pyannote", "params.*.checkpoint", _PYANNOTE, _REVISION, reads="files"),
            ),
        ),
    ),
    System(
        "SpeechBrain",
        files=("hyperparams*.yaml", "hyperparams*.yml", "hparams*.yaml"),
        keys=tuple(
            Key(
                path,
                _loader(
                    "speechbrain",
                    path,
                    "speechbrain 1.1.2 speechbrain/inference/interfaces.py:194",
                    reads="files",
                ),
            )
            for path in (
                *("^pretrained_path", "^wav2vec2_source", "^wav2vec2_hub", "^whisper_hub"),
                *("^hubert_hub", "^wavlm_hub", "paths.*", "source"),
            )
        ),
    ),
    System(
        "LeRobot",
        has=("policy", "dataset"),
        keys=(
            Key(
                "policy.pretrained_path",
                _loader(
                    "lerobot",
                    "policy.pretrained_path",
                    "lerobot 0.6.1 lerobot/configs/policies.py:83",
                    Param(("pretrained_revision",)),
                    reads="files",
                ),
            ),
            Key(
                "dataset.repo_id",
                _loader(
                    "lerobot",
                    "dataset.repo_id",
                    "lerobot 0.6.1 lerobot/configs/default.py",
                    _REVISION,
                    "dataset",
                    "data",
                ),
            ),
        ),
    ),
    System(
        "spaCy",
        has=("nlp|components|paths|initialize", "components|training|initialize"),
        files=("*.cfg",),
        keys=(
            Key(
                "encoder_loader.name",
                _loader("spacy_curated_transformers", "encoder_loader.name", _SPACY, _REVISION),
            ),
            Key(
                "piecer_loader.name",
                _loader(
                    "spacy_curated_transformers",
                    "piecer_loader.name",
                    _SPACY,
                    _REVISION,
                    reads="config",
                ),
            ),
            Key(
                "components.transformer.model.name",
                _loader(
                    "spacy_transformers",
                    "components.transformer.model.name",
                    "spacy_transformers 1.4.0 spacy_transformers/util.py",
                ),
            ),
        ),
    ),
    System(
        "NeMo",
        keys=(
            *(
                Key(path, _loader("nemo", path, _NEMO, reads="files", instead=SNAPSHOT))
                for path in ("init_from_pretrained_model", "pretrained_llm", "pretrained_asr")
            ),
            # With another library it is the kind of the tokenizer, which has no slash.
            Key(
                "tokenizer.type",
                _loader("nemo", "tokenizer.type", _NEMO, reads="config", instead=SNAPSHOT),
                needs="library",
            ),
        ),
    ),
    System(
        "torchtune",
        has=("tokenizer._component_|model._component_|dataset._component_",),
        keys=(
            Key(
                "dataset.source",
                _loader(
                    "torchtune",
                    "dataset.source",
                    "torchtune 0.6.1 torchtune/datasets/_sft.py:112",
                    _REVISION,
                    "dataset",
                    "data",
                    builders=True,
                ),
            ),
        ),
    ),
    System(
        "LiteLLM",
        has=("model_list",),
        keys=(
            _recorded(
                "litellm",
                "litellm_params.model",
                "litellm 1.109.1 litellm/llms/huggingface",
                "remote",
                prefix="huggingface/",
            ),
        ),
    ),
    System(
        "LocalAI",
        keys=tuple(
            Key(
                path,
                _loader(
                    "",
                    path,
                    "localai.io/docs/getting-started/models: huggingface://",
                    reads="files",
                    prefixes=("huggingface://",),
                    never_local=True,
                    instead="write https://huggingface.co/org/name/resolve/<commit>/<file>",
                ),
                mark="/",
            )
            for path in ("parameters.model", "files.uri", "download_files.uri")
        ),
    ),
    System(
        "packages out of repositories",
        files=("pyproject.toml", "pipfile"),
        keys=(
            Key(
                "git",
                _loader(
                    "",
                    "git",
                    "pip documentation: VCS support; python-poetry.org: git dependencies",
                    Param(("rev", "ref", "tag", "branch")),
                    reads="code",
                    prefixes=("https://huggingface.co/",),
                    never_local=True,
                ),
            ),
        ),
    ),
    System(
        "kernels",
        files=("pyproject.toml",),
        keys=(
            Key(
                "^tool.kernels.dependencies",
                _loader(
                    "kernels",
                    "^tool.kernels.dependencies",
                    "kernels 0.17.2 kernels/locking.py:21: kernels.lock holds the commit",
                    repo_type="kernel",
                    reads="code",
                    downloads=False,
                ),
                use="records",
                names=True,
            ),
        ),
    ),
    System(
        "Spaces and model cards",
        files=("readme.md",),
        keys=(
            Key(
                "^preload_from_hub",
                _loader(
                    "huggingface_hub",
                    "^preload_from_hub",
                    "hub-docs 242f4a1e docs/hub/spaces-config-reference.md:127",
                    reads="files",
                    at_revision=True,
                    never_local=True,
                    instead="write the full commit hash behind the files: org/name file <hash>",
                ),
                mark=" ",
            ),
            _recorded("huggingface_hub", "^models", _HUB_DOCS),
            _recorded("huggingface_hub", "^base_model", _CARDS),
            _recorded("huggingface_hub", "^new_version", _CARDS),
            _recorded("huggingface_hub", "^datasets", _CARDS, repo_type="dataset"),
        ),
    ),
)
