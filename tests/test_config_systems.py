"""Files of known programs name repos where the rows say."""

from __future__ import annotations

import pytest

from flake8_hfmodels.loaders.config.row import Key
from flake8_hfmodels.loaders.config.systems import SYSTEMS
from flake8_hfmodels.sources.config.contents import contents_references
from flake8_hfmodels.sources.marked.yaml import read_yaml
from flake8_hfmodels.sources.placed import whole_file
from flake8_hfmodels.sources.source import Context
from tests.configs import Named, ids, messages, named, read_config
from tests.reading import SHA, plain

AXOLOTL = """\
base_model: NousResearch/Llama-3.2-1B
revision_of_model: main
base_model_config: org/config
lora_model_dir: org/adapter
datasets:
  - path: tatsu-lab/alpaca
    revision: {sha}
  - path: json
    data_files: rows.json
test_datasets:
  - path: ./local
"""


def test_axolotl() -> None:
    assert named(AXOLOTL.replace("{sha}", SHA)) == [
        Named(1, "base_model", ("NousResearch/Llama-3.2-1B",), ("main",)),
        Named(3, "base_model_config", ("org/config",), ("main",)),
        Named(4, "lora_model_dir", ("org/adapter",)),
        Named(6, "datasets.path", ("tatsu-lab/alpaca",), (SHA,)),
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param(
            "merge.yaml",
            f"merge_method: slerp\nbase_model: org/a@{SHA}\ntokenizer_source: union\n"
            "slices:\n- sources:\n  - model: org/b+org/lora@main\n  - model: org/c@main\n",
            [
                Named(2, "base_model", ("org/a",), (SHA,)),
                Named(6, "model", ("org/b",)),
                Named(7, "model", ("org/c",), ("main",)),
            ],
            id="mergekit",
        ),
        pytest.param(
            "merge.yml",
            "models:\n- model: {model: {path: org/a, revision: v1}}\nmerge_method: ties\n",
            [Named(2, "model.path", ("org/a",), ("v1",))],
            id="mergekit, a mapping",
        ),
        pytest.param(
            "train.yaml",
            "model_name_or_path: org/m\nadapter_name_or_path: org/a, org/b\nstage: sft\n"
            "dataset: identity,alpaca\n",
            [
                Named(1, "model_name_or_path", ("org/m",)),
                Named(2, "adapter_name_or_path", ("org/a",)),
                Named(2, "adapter_name_or_path", ("org/b",)),
            ],
            id="LLaMA-Factory",
        ),
        pytest.param(
            "data/dataset_info.json",
            '{"a": {"hf_hub_url": "llamafactory/a", "ms_hub_url": "llamafactory/a"}}',
            [Named(1, "hf_hub_url", ("llamafactory/a",))],
            id="data of LLaMA-Factory",
        ),
        pytest.param(
            "task.yaml",
            "task: x\ndataset_path: super_glue\ndataset_kwargs: {revision: v2}\n",
            [Named(2, "dataset_path", ("super_glue",), ("v2",), confidence="medium")],
            id="a task of lm-eval",
        ),
        pytest.param(
            "task.yaml", "task: x\ndataset_path: json\n", [], id="a task with local files"
        ),
        pytest.param(
            "run.yaml",
            "model: hf\nmodel_args:\n  pretrained: org/m\n  revision: main\n  tokenizer: org/t\n",
            [
                Named(3, "pretrained", ("org/m",), ("main",)),
                Named(5, "tokenizer", ("org/t",), ("main",)),
            ],
            id="a run of lm-eval",
        ),
        pytest.param(
            "run.yaml",
            "model: hf\nmodel_args: pretrained=nina/it,revision=main,trust_remote_code=True\n",
            [Named(2, "pretrained", ("nina/it",), ("main",), (True,))],
            id="a run of lm-eval with its arguments in one text",
        ),
        pytest.param(
            "model.yaml",
            "model:\n  base_params:\n    model_args: 'pretrained=nina/it,revision=main'\n",
            [Named(3, "pretrained", ("nina/it",), ("main",))],
            id="lighteval's first form",
        ),
        pytest.param(
            "MLproject",
            "entry_points:\n  main:\n    parameters:\n      m: {type: uri, default: hf:/nina/it}\n"
            "      n: hf:/nina/that\n      k: nina/it\n",
            [
                Named(4, "m.default", ("nina/it",)),
                Named(5, "n", ("nina/that",)),
            ],
            id="MLflow's project",
        ),
        pytest.param(
            "tokenizer_config.json",
            '{"auto_map": {"AutoTokenizer": ["nina/code--tok.Tok", null], "AutoConfig": "c.C"}}',
            [Named(1, "AutoTokenizer", ("nina/code",))],
            id="code of another repo",
        ),
        pytest.param(
            "config.json",
            '{"backbone": "nina/resnet", "a": {"backbone": "resnet50"}}',
            [Named(1, "backbone", ("nina/resnet",))],
            id="a backbone",
        ),
        pytest.param(
            "gpt.yaml",
            "model:\n  tokenizer: {library: huggingface, type: nina/it}\n"
            "other:\n  tokenizer: {type: nina/it}\n",
            [Named(2, "type", ("nina/it",))],
            id="NeMo's tokenizer",
        ),
        pytest.param(
            "llama.yaml",
            "parameters:\n  model: huggingface://nina/it-GGUF/it.Q4.gguf\n",
            [Named(2, "model", ("nina/it-GGUF",))],
            id="LocalAI",
        ),
        pytest.param(
            "llama.yaml", "parameters:\n  model: huggingface://nina\n", [], id="LocalAI, half"
        ),
        pytest.param(
            "kernels.lock",
            f'[{{"repo_id": "kernels-community/relu", "sha": "{SHA}"}}]',
            [Named(1, "repo_id", ("kernels-community/relu",), (SHA,), confidence="medium")],
            id="the lock file of kernels",
        ),
        pytest.param(
            "model.yaml",
            "model_parameters:\n  model_name: org/m\n  revision: main\n",
            [Named(2, "model_name", ("org/m",), ("main",))],
            id="lighteval",
        ),
        pytest.param(
            "config_sft.yaml",
            "model_name_or_path: org/m\nmodel_revision: main\ndataset_mixer:\n  org/d: 0.5\n"
            "  data.json: 1\n"
            "dataset_mixture:\n  datasets:\n  - id: org/e\n",
            [
                Named(1, "model_name_or_path", ("org/m",), ("main",)),
                Named(4, "dataset_mixer", ("org/d",)),
                Named(8, "datasets.id", ("org/e",)),
            ],
            id="a recipe of alignment-handbook",
        ),
        pytest.param(
            "sft.yaml",
            "model_name_or_path: gpt2\ndataset_name: imdb\n",
            [
                Named(1, "model_name_or_path", ("gpt2",)),
                Named(2, "dataset_name", ("imdb",), confidence="medium"),
            ],
            id="trl",
        ),
        pytest.param(
            "service.yaml",
            f"kind: InferenceService\nspec:\n  predictor:\n    model:\n"
            f"      storageUri: hf://org/m:{SHA}\n",
            [Named(5, "storageUri", ("org/m",), (SHA,))],
            id="KServe",
        ),
        pytest.param(
            "service.yaml",
            "spec:\n  model:\n    uri: hf://org/m\n    name: org/m\n",
            [
                Named(3, "model.uri", ("org/m",)),
            ],
            id="KServe's service of language models",
        ),
        pytest.param(
            "service.yaml", "storageUri: s3://bucket/model\n", [], id="KServe, another store"
        ),
        pytest.param(
            "values.yaml",
            'modelSpec:\n- repository: "vllm/vllm-openai"\n  modelURL: "org/m"\n'
            f"  modelRevision: {SHA}\n",
            [Named(3, "modelURL", ("org/m",), (SHA,))],
            id="production stack",
        ),
        pytest.param(
            "vllm.yaml",
            "model: org/m\ntokenizer: org/t\ntokenizer-revision: main\nmax-model-len: 10\n",
            [Named(1, "model", ("org/m",)), Named(2, "tokenizer", ("org/t",), ("main",))],
            id="vLLM",
        ),
        pytest.param(
            "MLmodel",
            "flavors:\n  transformers:\n    source_model_name: org/m\n"
            "    source_model_revision: main\n    tokenizer_name: org/t\n",
            [Named(3, "source_model_name", ("org/m",), ("main",))],
            id="MLflow",
        ),
        pytest.param(
            "promptfooconfig.yaml",
            "prompts: [x]\nproviders: ['openai:gpt-4']\n"
            "tests: huggingface://datasets/fka/awesome?split=train\n",
            [Named(3, "tests", ("fka/awesome",))],
            id="promptfoo",
        ),
        pytest.param(
            "adapter_config.json",
            '{"base_model_name_or_path": "org/m", "revision": null, "peft_type": "LORA"}',
            [Named(1, "base_model_name_or_path", ("org/m",))],
            id="PEFT",
        ),
        pytest.param(
            "gliner_config.json",
            '{"model_name": "microsoft/deberta-v3-small", "labels_encoder": null}',
            [Named(1, "model_name", ("microsoft/deberta-v3-small",))],
            id="GLiNER",
        ),
        pytest.param(
            "modular_model_index.json",
            '{"vae": ["diffusers", "AutoencoderKL", {"pretrained_model_name_or_path": "org/m",'
            f'"revision": "{SHA}"}}]}}',
            [Named(1, "pretrained_model_name_or_path", ("org/m",), (SHA,))],
            id="diffusers",
        ),
        pytest.param(
            "config.yaml",
            "pipeline:\n  name: pyannote.audio.pipelines.SpeakerDiarization\n  params:\n"
            "    segmentation: pyannote/segmentation-3.0\n"
            "    embedding: {checkpoint: org/e, revision: main}\n    plda: $model/plda\n",
            [
                Named(4, "segmentation", ("pyannote/segmentation-3.0",)),
                Named(5, "checkpoint", ("org/e",), ("main",)),
            ],
            id="pyannote",
        ),
        pytest.param(
            "hyperparams.yaml",
            "pretrained_path: speechbrain/asr-crdnn\nsave: !ref <pretrained_path>/a.ckpt\n",
            [Named(1, "pretrained_path", ("speechbrain/asr-crdnn",))],
            id="SpeechBrain",
        ),
        pytest.param(
            "train_config.json",
            '{"dataset": {"repo_id": "lerobot/pusht", "revision": "v2.0"},\n'
            '"policy": {"pretrained_path": "lerobot/act"}}',
            [
                Named(1, "repo_id", ("lerobot/pusht",), ("v2.0",)),
                Named(2, "pretrained_path", ("lerobot/act",)),
            ],
            id="LeRobot",
        ),
        pytest.param(
            "config.cfg",
            '[nlp]\nlang = "en"\n[components]\n[components.transformer.model]\n'
            'name = "roberta-base"\n[initialize.components.transformer.encoder_loader]\n'
            f'name = "org/m"\nrevision = "{SHA}"\n',
            [
                Named(5, "components.transformer.model.name", ("roberta-base",)),
                Named(
                    7,
                    "initialize.components.transformer.encoder_loader.name",
                    ("org/m",),
                    (SHA,),
                ),
            ],
            id="spaCy",
        ),
        pytest.param(
            "asr.yaml",
            "init_from_pretrained_model: nvidia/parakeet-tdt-0.6b-v2\n",
            [Named(1, "init_from_pretrained_model", ("nvidia/parakeet-tdt-0.6b-v2",))],
            id="NeMo",
        ),
        pytest.param(
            "recipe.yaml",
            "tokenizer:\n  _component_: torchtune.x\ndataset:\n  source: org/d\n",
            [Named(4, "dataset.source", ("org/d",))],
            id="torchtune",
        ),
        pytest.param(
            "pyproject.toml",
            '[tool.poetry.dependencies]\nx = {git = "https://huggingface.co/org/m", tag = "v1"}\n',
            [Named(2, "git", ("org/m",), ("v1",))],
            id="a package out of a repository",
        ),
    ],
)
def test_program(path: str, text: str, expected: list[Named]) -> None:
    assert named(text, path) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param(
            "litellm.yaml",
            "model_list:\n- litellm_params: {model: huggingface/meta-llama/Llama-3.1-8B}\n",
            [(2, "meta-llama/Llama-3.1-8B")],
            id="a server that is asked",
        ),
        pytest.param(
            "promptfooconfig.yaml",
            "prompts: [x]\nproviders: ['huggingface:text-generation:tiiuae/falcon-7b']\n",
            [(2, "tiiuae/falcon-7b")],
            id="a provider",
        ),
        pytest.param(
            "config.json",
            '{"_name_or_path": "bert-base-uncased", "x": {"name_or_path": "saved"}}',
            [(1, "bert-base-uncased")],
            id="where a model comes from",
        ),
        pytest.param(
            "pyproject.toml",
            '[tool.kernels.dependencies]\n"kernels-community/activation" = 1\n',
            [(2, "kernels-community/activation")],
            id="kernels, which a lock file pins",
        ),
    ],
)
def test_what_loads_nothing_is_for_auditors(
    path: str, text: str, expected: list[tuple[int, str]]
) -> None:
    found = named(text, path, everything=True)
    assert [(one.line, one.ids[0]) for one in found if one.persona == "auditor"] == expected
    assert ids(text, path) == []


FRONT = f"""\
preload_from_hub:
- org/a config.json,model.bin {SHA}
- org/b
- ''
models: [Qwen/Qwen2-7B]
"""


def test_front_matter_of_a_space() -> None:
    contents = read_yaml(whole_file(FRONT))
    found = contents_references(contents, Context("README.md"))
    assert [(one.call, plain(one.repo_id), plain(one.revision)) for one in found] == [
        ("preload_from_hub", ("org/a",), (SHA,)),
        ("preload_from_hub", ("org/b",), "absent"),
        ("models", ("Qwen/Qwen2-7B",), "absent"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("base_model: ./models/llama\ndatasets: []\n", id="a path"),
        pytest.param("base_model: outputs/merged\ndatasets: []\n", id="a folder"),
        pytest.param("base_model: your-org/model\ndatasets: []\n", id="the reader's own"),
        pytest.param("base_model: mymodel\ndatasets: []\n", id="one word"),
        pytest.param("base_model: {a: b}\ndatasets: []\n", id="no text"),
        pytest.param("base_model: '{{ base }}'\ndatasets: []\n", id="filled in"),
        pytest.param(f"base_model: {'org/' * 100}model\ndatasets: []\n", id="long"),
        pytest.param("x:\n  base_model: a/b\n  datasets: []\n", id="elsewhere in the file"),
    ],
)
def test_axolotl_names_no_repo(text: str) -> None:
    assert ids(text) == []


def test_folder_beside_the_file() -> None:
    text = "base_model: org/model\ndatasets: []\n"
    assert read_config(text, folders=("org/model",)) == []


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param(
            "a.yaml",
            "base_model: org/m\nadapter: lora\n",
            "1:1 base_model names 'org/m' without a revision; write its full commit hash as"
            " revision_of_model beside it",
            id="a key beside it",
        ),
        pytest.param(
            "a.yaml",
            "task: x\ndataset_path: org/d\n",
            "2:1 dataset_path names 'org/d' without a revision; write its full commit hash as"
            " revision in dataset_kwargs",
            id="a mapping beside it",
        ),
        pytest.param(
            "a.yaml",
            "storageUri: hf://org/m:main\n",
            "1:1 storageUri names 'org/m' at 'main', a branch or tag that can move; write the full"
            " commit hash behind the name: hf://…/name:<hash>",
            id="behind the name",
        ),
        pytest.param(
            "a.yaml",
            "model_name_or_path: org/m\nref_model: org/r\nstage: dpo\nmodel_revision: " + SHA,
            "2:1 ref_model names 'org/r' and cannot pin it; download a pinned snapshot (hf download"
            " --revision <commit>) and name its folder here",
            id="not at all",
        ),
    ],
)
def test_words(path: str, text: str, expected: str) -> None:
    assert messages(text, path) == [expected]


KEYS = [(system.name, key) for system in SYSTEMS for key in system.keys]


@pytest.mark.parametrize(("system", "key"), KEYS, ids=lambda one: getattr(one, "path", str(one)))
def test_row_can_be_told_apart(system: str, key: Key) -> None:
    assert key.loader.source
    assert key.loader.revision is not None or key.loader.instead
