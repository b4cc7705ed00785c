"""The rows of the Hub's own libraries and their kin say what the shared catalogue says."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from flake8_hfmodels import rules
from flake8_hfmodels.check import check
from flake8_hfmodels.facts import Unavailable
from flake8_hfmodels.loaders import named
from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.persona import Persona
from tests.reading import SHA, Plain, plain, read, references, source_of

CATALOGUE = Path(__file__).parents[2] / "shared" / "loaders" / "catalogue.csv"
PACKAGES = frozenset(
    """
    accelerate adapters datasets diffusers evaluate faster_whisper flair gliner gliner2
    huggingface_hub keras keras_hub keras_nlp kernels lerobot nemo open_clip optimum peft pyannote
    sentence_transformers setfit smolagents span_marker speechbrain tensorflow
    tensorflow_datasets timm tokenizers torch transformers trl unsloth vllm whisperx
    """.split()
)

# Calls are sorted out by the last part of their names, so rows spell it out.
SAMPLES = {
    "trl.*Trainer": "trl.SFTTrainer",
    "gliner.multitask.*": "gliner.multitask.GLiNERClassifier",
    "sentence_transformers.*.*NanoBEIREvaluator": "sentence_transformers.x.NanoBEIREvaluator",
    "speechbrain.integrations.huggingface.*.*": "speechbrain.integrations.huggingface.wavlm.WavLM",
    "speechbrain.lobes.models.huggingface_transformers.*.*": (
        "speechbrain.lobes.models.huggingface_transformers.wavlm.WavLM"
    ),
    "nemo.*.from_pretrained": "nemo.collections.asr.models.ASRModel.from_pretrained",
    "evaluate.Evaluator.compute": "evaluate.evaluator().compute",
}

# Where our row is not the catalogue's line, or there is none, and why.
REASONS = {
    "a bucket is no repo": """
        huggingface_hub.HfApi.download_bucket_files huggingface_hub.HfApi.sync_bucket
    """,
    "the repo stands in a path or in an address of the Hub, beside a file; no field says so": """
        huggingface_hub.HfApi.copy_files
        huggingface_hub.HfFileSystem.open huggingface_hub.HfFileSystem.ls
        huggingface_hub.HfFileSystem.find huggingface_hub.HfFileSystem.info
        huggingface_hub.HfFileSystem.get_file huggingface_hub.HfFileSystem.glob
        datasets.load_from_disk datasets.Dataset.from_csv datasets.Dataset.from_json
        datasets.Dataset.from_parquet datasets.Dataset.from_text datasets.IterableDataset.from_*
        torch.hub.load_state_dict_from_url
    """,
    "the address is read elsewhere; our row reads the repo in config=": """
        diffusers.*Pipeline.from_single_file diffusers.*Model.from_single_file
        diffusers.AutoencoderKL.from_single_file diffusers.ControlNetModel.from_single_file
    """,
    "it reads a file on this machine": """
        huggingface_hub.load_torch_model huggingface_hub.load_state_dict_from_file torch.load
        adapters.*.load_adapter_fusion
    """,
    "it reads a repo of GitHub": "torch.hub.load",
    "it is private, and called by a command": """
        huggingface_hub.inference._mcp.utils._load_agent_config
    """,
    "the id is written owner__name, which no field says": """
        tensorflow_datasets.load tensorflow_datasets.builder
    """,
    "the id is written owner/name@revision:file.py; our row reads the flag only": """
        lerobot.envs.factory.make_env lerobot.envs.make_env
    """,
    "a collection is no repo; our row reads the flag only": "smolagents.ToolCollection.from_hub",
    "the ids stand in the values of a dictionary": """
        transformers.KernelConfig transformers.*.from_pretrained[use_kernels=True]
        transformers.*.from_pretrained[kernel_config=] diffusers.ModularPipeline.load_components
    """,
    "the kernel is a further repo of the row, or of another": """
        transformers.*.from_pretrained[attn_implementation=]
        transformers.*.from_config[attn_implementation=]
    """,
    "it takes the name of a backend; which repo that is stands in the library": """
        diffusers.*.set_attention_backend
    """,
    "the id stands in the object that it is called on": """
        diffusers.ComponentSpec.load gliner.GLiNER.from_config gliner.GLiNER.load_from_config
        transformers.Wav2Vec2*.load_adapter
    """,
    "the commit stands in kernels.lock": "kernels.load_kernel kernels.get_locked_kernel",
    "the position of the revision is another in another version": """
        transformers.dynamic_module_utils.get_class_from_dynamic_module
        transformers.dynamic_module_utils.get_cached_module_file
        transformers.utils.cached_file transformers.utils.cached_files
        transformers.utils.hub.cached_file transformers.utils.get_file_from_repo
        datasets.load_dataset sentence_transformers.SentenceTransformer
        sentence_transformers.SparseEncoder sentence_transformers.CrossEncoder
    """,
    "nobody passes it by position": "vllm.EngineArgs vllm.AsyncEngineArgs",
    "one line of the catalogue stands for several signatures, of which it has the first": """
        transformers.PretrainedConfig.get_config_dict transformers.*.load_custom_generate
        transformers.MusicgenForConditionalGeneration.from_sub_models_pretrained
        peft.PeftMixedModel.load_adapter trl.scripts.utils.DatasetConfig
        smolagents.MLXModel adapters.*.load_adapter_setup
        adapters.*AdapterModel.from_pretrained
        speechbrain.integrations.audio_tokenizers.discrete_ssl.DiscreteSSL
    """,
    "the revision reaches a part of what is loaded only, so it is no pin": """
        transformers.RagRetriever.from_pretrained
    """,
    "the revision stands in an object, or in a dictionary in the place of the id": """
        trl.*Trainer pyannote.audio.Inference pyannote.audio.pipelines.utils.get_model
    """,
    "the catalogue says in words that the revision reaches the model only": """
        smolagents.TransformersModel
    """,
    "the fields of a msgspec.Struct are positional": "vllm.lora.request.LoRARequest",
    "a revision is read from an argument or from the id, not from either": """
        optimum.modeling_base.OptimizedModel.from_pretrained
        pyannote.audio.Pipeline.from_pretrained pyannote.audio.Model.from_pretrained
    """,
}
EXCEPTIONS = {name: reason for reason, names in REASONS.items() for name in names.split()}


class Said(NamedTuple):
    """The parameter for the id and its position; the one for the revision, likewise."""

    repo_id: tuple[str, int | None] | None
    revision: tuple[str, int | None, str | None] | str | None


class Entry(NamedTuple):
    """One name of one line of the catalogue."""

    name: str
    version: str
    said: Said


def entries() -> Iterator[Entry]:
    if not CATALOGUE.exists():
        return
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            for name in line["qualified_name"].split(" | "):
                if name.partition(".")[0] in PACKAGES:
                    yield Entry(name, line["version_read"], _said(line))


def _said(line: dict[str, str]) -> Said:
    repo_id = re.sub(r"\W.*", "", line["repo_param"].lstrip("("))
    revision = line["revision_param"]
    return Said(
        (repo_id, _number(line["repo_pos"])), _revision(revision, _number(line["revision_pos"]))
    )


def _revision(text: str, position: int | None) -> tuple[str, int | None, str | None] | str | None:
    """What the catalogue says in its own shorthand of where the revision goes."""
    within = re.match(r"\((\w+)(?:\['|=\w+\(|\.)(\w+)", text)
    if within:
        return within[2], None, within[1]
    if "@" in text:
        return "@"
    passed_on = re.match(r"\((?:(\w+)\b.*)?via", text)
    if passed_on:
        return passed_on[1] or "revision", None, None
    plain = re.match(r"\w+", text)
    return (plain[0], position, None) if plain else text or None


def _number(text: str) -> int | None:
    return int(text) if text else None


def said_by_row(entry: Entry) -> Said | None:
    """The same of our row; of several names of a parameter that which the catalogue has."""
    row = named(concrete(entry.name))
    if row is None:
        return None
    repo_id = row.repo_id[0] if row.repo_id else None
    return Said(_id_of(repo_id, entry.said), _revision_of(row, entry.said))


def _id_of(param: Param | None, said: Said) -> tuple[str, int | None] | None:
    wanted = said.repo_id[0] if said.repo_id else ""
    return (_its_name(param, wanted), param.position) if param else None


def _revision_of(row: Loader, said: Said) -> tuple[str, int | None, str | None] | str | None:
    if row.revision is None:
        return "@" if row.at_revision else None
    wanted = said.revision[0] if isinstance(said.revision, tuple) else ""
    return _its_name(row.revision, wanted), row.revision.position, row.revision.within


def _its_name(param: Param, wanted: str) -> str:
    return wanted if wanted in param.names else param.names[0]


def concrete(name: str) -> str:
    """The name of a call for a pattern: `x` in the place of each wildcard."""
    return SAMPLES.get(name) or re.sub(r"\[.*", "", name).replace("*", "x")


ENTRIES = tuple(entries())
without_catalogue = pytest.mark.skipif(
    not CATALOGUE.exists(), reason="the shared catalogue is not beside us"
)


@without_catalogue
@pytest.mark.parametrize(
    "entry",
    [entry for entry in ENTRIES if entry.name not in EXCEPTIONS],
    ids=lambda entry: f"{entry.name}-{entry.version}",
)
def test_row_says_what_the_catalogue_says(entry: Entry) -> None:
    assert said_by_row(entry) == entry.said


@without_catalogue
@pytest.mark.parametrize("name", EXCEPTIONS)
def test_exception_is_one(name: str) -> None:
    lines = [entry for entry in ENTRIES if entry.name == name]
    assert lines
    assert [said_by_row(entry) for entry in lines] != [entry.said for entry in lines]


def loaded(text: str) -> list[tuple[Plain, Plain]]:
    """The ids and the revisions of all that is not local."""
    return [(one.ids, one.revision) for one in read(text) if one.local is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "from tokenizers import Tokenizer\nTokenizer.from_pretrained('o/m', 'v1')",
            [(("o/m",), ("v1",))],
            id="revision-by-position",
        ),
        pytest.param(
            "from adapters import AutoAdapterModel\n"
            "model = AutoAdapterModel.from_pretrained('o/base', revision='a')\n"
            "model.load_adapter('o/adapter', version='b')",
            [(("o/base",), ("a",)), (("o/adapter",), ("b",))],
            id="pin-is-called-version",
        ),
        pytest.param(
            "from adapters import AutoAdapterModel\n"
            "model = AutoAdapterModel.from_pretrained('o/base', revision='a')\n"
            "model.load_adapter_setup('o/setup', 'b')",
            [(("o/base",), ("a",)), (("o/setup",), ("b",))],
            id="pin-of-a-setup",
        ),
        pytest.param(
            "from adapters import AutoAdapterModel\n"
            "model = AutoAdapterModel.from_pretrained('o/base', revision='a')\n"
            "model.load_adapter_fusion('o/fusion')",
            [(("o/base",), ("a",))],
            id="fusion-of-a-folder",
        ),
        pytest.param(
            "from trl.scripts.utils import DatasetConfig\nDatasetConfig('o/d', 'subset')",
            [(("o/d",), "absent")],
            id="declared-dataset",
        ),
        pytest.param(
            "from datasets import load_metric\nload_metric('squad')",
            [(("squad",), "absent")],
            id="metric-by-its-name",
        ),
        pytest.param(
            "import datasets\ndatasets.load_metric('glue', 'mrpc')",
            [(("glue",), "absent")],
            id="metric-of-the-module",
        ),
        pytest.param(
            "from datasets import load_metric\n"
            "load_metric('squad', None, 0, 1, None, None, False, None, None, 'v1')",
            [(("squad",), ("v1",))],
            id="tenth-argument",
        ),
        pytest.param(
            "from datasets import load_metric\nload_metric('./metrics/mine')",
            [],
            id="metric-in-a-folder",
        ),
        pytest.param(
            "import evaluate\nmetric = evaluate.load('o/m')\nmetric.load('o/n')",
            [(("o/m",), "absent")],
            id="method-of-what-a-loader-returned",
        ),
        pytest.param(
            "from vllm.lora.request import LoRARequest\nLoRARequest('a', 1, 'o/adapter')",
            [(("o/adapter",), "absent")],
            id="adapter-of-a-request",
        ),
        pytest.param(
            "from vllm.lora.request import LoRARequest\n"
            "P = 'dummy_lora_path'\nLoRARequest('a', 1, lora_path=P)",
            [],
            id="folder-of-a-request",
        ),
        pytest.param(
            "from optimum.onnxruntime import ORTModelForSequenceClassification as M\n"
            "M.from_pretrained('o/m', None, True, '', 'v1')",
            [(("o/m",), ("v1",))],
            id="fifth-argument",
        ),
        pytest.param(
            "from optimum.intel import OVModelForCausalLM\n"
            "OVModelForCausalLM.from_pretrained('o/m', export=True)",
            [(("o/m",), "absent")],
            id="openvino",
        ),
        pytest.param(
            "from optimum.onnxruntime import pipeline\npipeline('ner', 'o/m', revision='v1')",
            [(("o/m",), ("v1",))],
            id="pipeline-of-another-library",
        ),
        pytest.param(
            "from trl import AutoModelForCausalLMWithValueHead as M\nM.from_pretrained('o/m')",
            [(("o/m",), "absent")],
            id="class-that-only-the-last-row-knows",
        ),
        pytest.param(
            "from trl import SFTTrainer\nSFTTrainer(model='o/m', args=args)",
            [(("o/m",), "absent")],
            id="trainer",
        ),
        pytest.param(
            "from trl import GRPOTrainer\nGRPOTrainer('o/m', 'o/reward')",
            [(("o/m",), "absent"), (("o/reward",), "absent")],
            id="trainer-with-a-reward-model",
        ),
        pytest.param(
            "from trl import GRPOTrainer\nGRPOTrainer('o/m', reward_funcs=count)",
            [(("o/m",), "absent")],
            id="trainer-with-a-reward-function",
        ),
        pytest.param(
            "from trl import ModelConfig\nModelConfig('o/m', model_revision='v1')",
            [(("o/m",), ("v1",))],
            id="revision-of-another-name",
        ),
        pytest.param(
            "from setfit import AbsaModel\nAbsaModel.from_pretrained('o/a@v1', 'o/p@v1')",
            [(("o/a",), ("v1",)), (("o/p",), ("v1",))],
            id="two-ids-two-pins",
        ),
        pytest.param(
            "from flair.models import SequenceTagger\nSequenceTagger.load('flair/ner-english')",
            [(("flair/ner-english",), "absent")],
            id="flair",
        ),
        pytest.param(
            "from flair.nn import Classifier\nClassifier.load('ner')", [], id="flair-s-own-name"
        ),
        pytest.param(
            "from flair.embeddings import TransformerWordEmbeddings\nTransformerWordEmbeddings()",
            [(("bert-base-uncased",), "absent")],
            id="flair-s-choice",
        ),
        pytest.param(
            "import nemo.collections.asr as nemo_asr\n"
            "nemo_asr.models.ASRModel.from_pretrained(model_name='nvidia/parakeet')",
            [(("nvidia/parakeet",), "absent")],
            id="nemo",
        ),
        pytest.param(
            "from nemo.collections.tts.models import FastPitchModel\n"
            "FastPitchModel.from_pretrained('tts_en_fastpitch')",
            [],
            id="name-of-nvidia-s-catalogue",
        ),
        pytest.param(
            "from speechbrain.inference import EncoderASR\n"
            "EncoderASR.from_hparams(source='o/m', savedir='tmp')",
            [(("o/m",), "absent")],
            id="hyperparameters",
        ),
        pytest.param(
            "from speechbrain.inference import EncoderASR\n"
            "EncoderASR.from_hparams('o/m', fetch_config=FetchConfig(revision='v1'))",
            [(("o/m",), "unknown")],
            id="revision-in-an-object",
        ),
        pytest.param(
            "from pyannote.audio import Pipeline\nPipeline.from_pretrained('o/m', 'v1')",
            [(("o/m",), ("v1",))],
            id="pyannote-pipeline",
        ),
        pytest.param(
            "from pyannote.audio import Model\nModel.from_pretrained('o/m', None, True, '', 'v1')",
            [(("o/m",), ("v1",))],
            id="pyannote-model",
        ),
        pytest.param(
            "from kernels import get_kernel\nget_kernel('o/k', version=1)",
            [(("o/k",), "absent")],
            id="version-that-is-a-branch",
        ),
        pytest.param(
            "from smolagents import CodeAgent\nCodeAgent.from_hub('o/s', revision='v1')",
            [(("o/s",), ("v1",))],
            id="agent",
        ),
        pytest.param(
            "from smolagents import TransformersModel\nTransformersModel()",
            [(("HuggingFaceTB/SmolLM2-1.7B-Instruct",), "absent")],
            id="smolagents-choice",
        ),
        pytest.param(
            "from smolagents import VLLMModel\nVLLMModel('o/m', model_kwargs={'revision': 'v1'})",
            [(("o/m",), ("v1",))],
            id="revision-in-a-dictionary",
        ),
        pytest.param(
            "from lerobot.datasets import LeRobotDataset\nLeRobotDataset('o/d', revision='v3.0')",
            [(("o/d",), ("v3.0",))],
            id="robots",
        ),
        pytest.param(
            "import open_clip\nopen_clip.create_model_and_transforms('hf-hub:o/m')",
            [(("o/m",), "absent")],
            id="clip",
        ),
        pytest.param(
            "import open_clip\nopen_clip.create_model('ViT-B-32', 'laion2b_s34b_b79k')",
            [],
            id="clip-s-own-name",
        ),
        pytest.param(
            "from faster_whisper import WhisperModel\nWhisperModel('o/m', revision='v1')",
            [(("o/m",), ("v1",))],
            id="whisper",
        ),
        pytest.param(
            "from faster_whisper import WhisperModel\nWhisperModel('large-v2')", [], id="size"
        ),
        pytest.param(
            "import whisperx\nwhisperx.load_align_model('en', 'cpu', 'o/m')",
            [(("o/m",), "absent")],
            id="third-argument",
        ),
        pytest.param(
            "import keras\nkeras.saving.load_model('hf://o/m')", [(("o/m",), "absent")], id="keras"
        ),
        pytest.param(
            "import tensorflow as tf\ntf.keras.models.load_model('model.h5')", [], id="keras-file"
        ),
        pytest.param(
            "import keras_hub\nkeras_hub.models.CausalLM.from_preset('hf://o/m')",
            [(("o/m",), "absent")],
            id="preset",
        ),
        pytest.param(
            "import keras_nlp\nkeras_nlp.models.BertBackbone.from_preset('bert_tiny_en')",
            [],
            id="preset-of-the-library",
        ),
        pytest.param(
            "from sentence_transformers.evaluation import NanoBEIREvaluator\nNanoBEIREvaluator()",
            [(("sentence-transformers/NanoBEIR-en",), "absent")],
            id="data-of-an-evaluation",
        ),
        pytest.param(
            "from evaluate import evaluator\n"
            "judge = evaluator('text-classification')\n"
            "judge.compute(model_or_pipeline='o/m', data='o/d')",
            [(("o/m",), "absent"), (("o/d",), "absent")],
            id="evaluator",
        ),
        pytest.param(
            "from evaluate import evaluator\n"
            "evaluator('ner').compute(model_or_pipeline='o/m', data=rows)",
            [(("o/m",), "absent")],
            id="evaluator-of-data-in-memory",
        ),
        pytest.param(
            "from transformers import EncoderDecoderModel as M\n"
            "M.from_encoder_decoder_pretrained('o/e', 'o/d', encoder_revision='v1')",
            [(("o/e",), ("v1",)), (("o/d",), "absent")],
            id="encoder-and-decoder",
        ),
        pytest.param(
            "from transformers import AutoModel\n"
            "AutoModel.from_pretrained('o/m', revision='a', attn_implementation='o/k@b')",
            [(("o/m",), ("a",)), (("o/k",), ("b",))],
            id="kernel",
        ),
        pytest.param(
            "from transformers import AutoModel\n"
            "AutoModel.from_pretrained('o/m', attn_implementation='sdpa')",
            [(("o/m",), "absent")],
            id="no-kernel",
        ),
        pytest.param(
            "from transformers import pipeline\n"
            "pipeline('ner', 'o/m', tokenizer='o/t', assistant_model='o/a', revision='v1')",
            [(("o/m",), ("v1",)), (("o/t",), ("v1",)), (("o/a",), "absent")],
            id="parts-of-a-pipeline",
        ),
        pytest.param(
            "from transformers import pipeline\npipeline('vqa')",
            [(("dandelin/vilt-b32-finetuned-vqa",), "absent")],
            id="choice-for-a-task",
        ),
        pytest.param(
            "from vllm import LLM\nLLM('o/m', tokenizer='o/t', revision='a')",
            [(("o/m",), ("a",)), (("o/t",), ("a",))],
            id="tokenizer-at-the-model-s-revision",
        ),
        pytest.param(
            "from vllm import LLM\n"
            "LLM('o/m', tokenizer='o/t', tokenizer_revision='b', revision='a')",
            [(("o/m",), ("a",)), (("o/t",), ("b",))],
            id="tokenizer-at-its-own-revision",
        ),
        pytest.param(
            "from vllm import LLM\n"
            "LLM(model='o/m', revision='a', speculative_config={'model': 'o/s'})",
            [(("o/m",), ("a",)), (("o/s",), "absent")],
            id="draft-model",
        ),
        pytest.param(
            "from diffusers import FluxPipeline as P\n"
            "P.from_single_file('https://hf.co/o/m/blob/main/a.safetensors', config='o/c')",
            [(("o/c",), "absent"), (("o/m",), ("main",))],
            id="configuration-of-a-single-file",
        ),
        pytest.param(
            "from diffusers import DiffusionPipeline as P\n"
            "P.from_pretrained('o/m', revision='a', custom_pipeline='o/p', custom_revision='b')",
            [(("o/m",), ("a",)), (("o/p",), ("b",))],
            id="custom-pipeline",
        ),
        pytest.param(
            "from diffusers import FluxPipeline\n"
            "pipe = FluxPipeline.from_pretrained('o/m', revision='a')\n"
            "pipe.load_ip_adapter('o/i', image_encoder_pretrained_model_name_or_path='o/e')",
            [(("o/m",), ("a",)), (("o/i",), "absent"), (("o/e",), "absent")],
            id="image-encoder",
        ),
    ],
)
def test_call_names_repos(text: str, expected: list[tuple[Plain, Plain]]) -> None:
    assert loaded(text) == expected


def messages(code: str, text: str) -> list[str]:
    """What one rule says where the Hub cannot be asked."""
    facts = Unavailable("offline")
    checked = check(
        [source_of(text.encode())],
        lambda targets: dict.fromkeys(targets, facts),
        [rules.load(code)],
        Persona.REGULAR,
    )
    return [finding.message for finding in checked.findings]


@pytest.mark.parametrize(
    "text",
    [
        "from tokenizers import Tokenizer; Tokenizer.from_pretrained('o/m', '{}')",
        "from setfit import SetFitModel; SetFitModel.from_pretrained('o/m', revision='{}')",
        "from setfit import AbsaModel; AbsaModel.from_pretrained('o/a@{0}', 'o/p@{0}')",
        "from unsloth import FastModel; FastModel.from_pretrained('o/m', revision='{}')",
        "from flair.models import TextClassifier; TextClassifier.load('o/m@{}')",
        "from gliner import GLiNER; GLiNER.from_pretrained('o/m', '{}')",
        "from gliner2 import GLiNER2; GLiNER2.from_pretrained('o/m', revision='{}')",
        "from kernels import get_kernel; get_kernel('o/k', revision='{}')",
        "from lerobot.envs import make_env; make_env('o/e@{}:env.py', trust_remote_code=True)",
        "from pyannote.audio import Pipeline; Pipeline.from_pretrained('o/m', revision='{}')",
        "from speechbrain.inference import X; X.from_hparams('o/m', fetch_config=F('{}'))",
        "from faster_whisper import download_model; download_model('o/m', revision='{}')",
        "from smolagents import load_tool; load_tool('o/s', revision='{}')",
        "from optimum.pipelines import pipeline; pipeline('ner', 'o/m', revision='{}')",
        "from diffusers import ComponentSpec; ComponentSpec('vae', repo='o/m', revision='{}')",
        "from evaluate import evaluator; evaluator('ner').compute(model, rows) # {}",
        "from trl import SFTTrainer; SFTTrainer(model=model) # {}",
        "from trl import ScriptArguments; ScriptArguments() # {}",
        "from keras.models import load_model; load_model('best.keras') # {}",
        "from keras.models import load_model; load_model(args.weights) # {}",
        "from optimum.onnxruntime import ORTQuantizer; ORTQuantizer.from_pretrained('o/m') # {}",
        "from huggingface_hub import HfApi; HfApi().model_info('o/m') # {}",
        "from huggingface_hub import list_repo_files; list_repo_files('o/m') # {}",
        "from huggingface_hub import upload_file; upload_file(repo_id='o/m') # {}",
        "from huggingface_hub import InferenceClient; InferenceClient('o/m') # {}",
        "from huggingface_hub import ModelCard; ModelCard.load('o/m') # {}",
        "from smolagents import Tool; Tool.from_space('o/s', 'n', 'd') # {}",
        "from datasets import load_dataset as l; l('o/d', revision='{}').push_to_hub('o/e')",
        "from datasets import load_metric; load_metric('squad', revision='{}')",
        "from vllm.lora.request import LoRARequest; LoRARequest('a', 1, 'dummy_lora_path') # {}",
    ],
)
def test_nothing_is_left_to_pin(text: str) -> None:
    assert messages("HFM001", text.format(SHA)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "from huggingface_hub import HfApi\napi = HfApi()\napi.dataset_info('o/d')",
            [("o/d",)],
            id="question",
        ),
        pytest.param(
            "from sentence_transformers import SentenceTransformer\n"
            "SentenceTransformer('o/m').push_to_hub('o/n')",
            [("o/m",), ("o/n",)],
            id="upload-by-what-a-loader-made",
        ),
        pytest.param(
            "from huggingface_hub import delete_file\ndelete_file('a.bin', 'o/m')",
            [("o/m",)],
            id="second-argument",
        ),
        pytest.param(
            "from huggingface_hub import move_repo\nmove_repo('o/a', 'o/b')",
            [("o/a",), ("o/b",)],
            id="two-repos",
        ),
        pytest.param(
            "from transformers import AutoModel\n"
            "model = AutoModel.from_config(config)\nmodel.push_to_hub('o/m')",
            ["absent", ("o/m",)],
            id="upload",
        ),
    ],
)
def test_mentions(text: str, expected: list[Plain]) -> None:
    assert [one.ids for one in read(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "from kernels import get_kernel; get_kernel('o/k')",
        "from speechbrain.inference.interfaces import foreign_class; foreign_class('o/m')",
        "from lerobot.envs import make_env; make_env('o/e:env.py', trust_remote_code=True)",
        "from smolagents import ToolCollection as T; T.from_hub('o/c', trust_remote_code=True)",
        "from diffusers import X; X.Pipeline.from_pretrained('o/m', custom_pipeline='lpw')",
        "from transformers import AutoModel as M; M.from_pretrained(n, attn_implementation='o/k')",
        "from trl import ModelConfig; ModelConfig('o/m', trust_remote_code=True)",
        "from speechbrain.integrations.huggingface.wav2vec2 import Wav2Vec2 as W\n"
        "W('o/m', 'folder', trust_remote_code=True)",
        "from transformers import load_tool; load_tool('o/t', cache=False)",
        "from transformers.agents import Tool; Tool.from_hub('o/t')",
    ],
)
def test_code_of_the_repo_runs(text: str) -> None:
    assert len(messages("HFM003", text)) == 1


def test_task_is_no_tool_of_the_hub() -> None:
    source = "from transformers import load_tool; load_tool('translation')"
    assert [messages(code, source) for code in ("HFM001", "HFM003")] == [[], []]


@pytest.mark.parametrize(
    "name",
    """
    AutoModel AutoTokenizer Qwen2_5OmniProcessor CLIPProcessor CLIPImageProcessor
    CLIPImageProcessorFast CLIPImageProcessorPil WhisperFeatureExtractor LlavaVideoProcessor
    LlamaTokenizer LlamaTokenizerFast LlamaConfig GenerationConfig RagTokenizer RagRetriever
    MistralCommonBackend TFBertModel FlaxBertModel LlamaForCausalLM BertModel
    """.split(),
)
def test_flag_for_any_class_of_transformers_is_heard(name: str) -> None:
    text = (
        f"import transformers\ntransformers.{name}.from_pretrained('o/m', trust_remote_code=True)"
    )
    assert len(messages("HFM003", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "from txtai.pipeline import {0}; {0}('o/m')",
        "from txtai.pipeline import {0}; {0}(path='o/m')",
    ],
)
@pytest.mark.parametrize("name", ["TextToSpeech", "Translation"])
def test_pipeline_that_cannot_be_pinned_gets_a_folder(text: str, name: str) -> None:
    assert messages("HFM001", text.format(name)) == [
        f"{name}() loads 'o/m' and cannot pin it; download a pinned snapshot with"
        " snapshot_download(revision=...) and load that folder"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "from gliner import GLiNER; GLiNER.from_pretrained('o/m', revision='v1')",
        "from gliner.multitask import GLiNERSummarizer; GLiNERSummarizer('o/m')",
        "from gliner2 import AutoExtractor; AutoExtractor.from_pretrained('o/m')",
    ],
)
def test_flag_is_on_by_itself(text: str) -> None:
    assert [plain(one.trust_remote_code) for one in references(text)] == [(True,)]


@pytest.mark.parametrize(
    "text",
    [
        "from diffusers import DiffusionPipeline as P; P.from_pretrained('o/m')",
        "from transformers import AutoModel as M; M.from_pretrained(n, attn_implementation='sdpa')",
        "from kernels import has_kernel; has_kernel('o/k')",
        "from mlx_lm.utils import pipeline_load; pipeline_load('o/m')",
        "from speechbrain.integrations.huggingface.wavlm import WavLM; WavLM('o/m', 'folder')",
        "from smolagents import load_tool; load_tool('o/s')",
    ],
)
def test_no_code_runs(text: str) -> None:
    assert messages("HFM003", text) == []
