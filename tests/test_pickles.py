"""Which pickles each loader would read: calls and files to a severity and the files it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from flake8_hfmodels.facts import Facts, Found, Moved, Owner, Repo
from flake8_hfmodels.finding import Problem
from flake8_hfmodels.loaders.formats import BESIDE_WEIGHTS, LOAD_FORMATS, SAFE_ENDINGS
from flake8_hfmodels.loaders.packages import PACKAGES
from flake8_hfmodels.loaders.readings import BY_PACKAGE, READINGS
from flake8_hfmodels.rules import load
from flake8_hfmodels.rules.pickles import readings_of
from flake8_hfmodels.rules.rule import NOT_ASKED
from flake8_hfmodels.rules.wishes import MOST, wishes
from tests.catalogue import by_method
from tests.reading import SHA, references

RECORDED = Path(__file__).parents[2] / "shared" / "hub" / "recorded"
PROBE = Path(__file__).parents[2] / "shared" / "probe" / "p27_torch_load.py"
HFM002 = load("HFM002")


class Row(NamedTuple):
    """A call, the files of its repo, and what is reported: a severity and the files, or nothing."""

    call: str
    files: str
    reported: str = ""


def found(*files: str) -> Found:
    return Found(Repo("org/model", "621ffdc036468d709f17434d", SHA, files))


def problems(source: str, facts: Facts) -> list[Problem]:
    return [
        problem
        for reference in references(source)
        for problem in HFM002.check(reference, lambda _target: facts)
    ]


def told(problem: Problem, files: Iterable[str]) -> str:
    words = re.split(r"[ (),;]+", problem.message)
    return " ".join([problem.severity.value, *(word for word in words if word in set(files))])


def reported(source: str, *files: str) -> list[str]:
    return [told(problem, files) for problem in problems(source, found(*files))]


AUTO = f"from transformers import AutoModel\nAutoModel.from_pretrained('o/m', revision='{SHA}'{{}})"
PIPELINE = f"from transformers import pipeline\npipeline(model='o/m', revision='{SHA}'{{}})"
PAINTER = (
    "from diffusers import StableDiffusionPipeline\n"
    f"StableDiffusionPipeline.from_pretrained('o/m', revision='{SHA}'{{}})"
)
UNET = (
    "from diffusers import UNet2DConditionModel\n"
    f"UNet2DConditionModel.from_pretrained('o/m', revision='{SHA}'{{}})"
)
SENTENCES = (
    "from sentence_transformers import SentenceTransformer\n"
    f"SentenceTransformer('o/m', revision='{SHA}'{{}})"
)
PEFT = f"from peft import PeftModel\nPeftModel.from_pretrained(base, 'o/m', revision='{SHA}'{{}})"
LORA = f"pipe.load_lora_weights('o/m', revision='{SHA}'{{}})"
INVERSION = f"pipe.load_textual_inversion('o/m', revision='{SHA}'{{}})"
IP_ADAPTER = f"pipe.load_ip_adapter('o/m', {{}}, revision='{SHA}')"
VLLM = f"from vllm import LLM\nLLM(model='o/m', revision='{SHA}'{{}})"
ADAPTERS = (
    "import adapters\nmodel = adapters.AutoAdapterModel.from_config(c)\n"
    f"model.load_adapter('o/m', version='{SHA}'{{}})"
)
DATASET = f"from datasets import load_dataset\nload_dataset('o/d', revision='{SHA}'{{}})"
TIMM = f"import timm\ntimm.create_model('hf-hub:o/m@{SHA}'{{}})"
SHARDS = "pytorch_model-00001-of-00002.bin pytorch_model-00002-of-00002.bin"

ROWS = {
    # What is beside the weights and is none.
    "only a pickle": Row(AUTO, "config.json pytorch_model.bin", "low pytorch_model.bin"),
    "both": Row(AUTO, "model.safetensors pytorch_model.bin"),
    "safetensors only": Row(AUTO, "model.safetensors"),
    "nothing": Row(AUTO, ""),
    "arguments of a training": Row(AUTO, "model.safetensors training_args.bin optimizer.pt"),
    "arguments of a training alone": Row(AUTO, "config.json training_args.bin rng_state_0.pth"),
    "arguments beside a pickle": Row(
        AUTO, "pytorch_model.bin training_args.bin optimizer.bin", "low pytorch_model.bin"
    ),
    "openvino": Row(AUTO, "openvino_model.bin openvino_model.xml"),
    "ctranslate2": Row(AUTO, "config.json model.bin vocabulary.json"),
    "ggml": Row(AUTO, "ggml-model-q4_0.bin"),
    "gguf": Row(AUTO, "model.Q4_K_M.gguf"),
    "gguf beside a pickle": Row(AUTO, "m.gguf pytorch_model.bin", "low pytorch_model.bin"),
    "other formats": Row(
        AUTO,
        "onnx/model.onnx tf_model.h5 flax_model.msgpack pytorch_model.bin",
        "low pytorch_model.bin",
    ),
    "names of others": Row(AUTO, "model.pkl danger.dat weights.pt"),
    # Shards and variants.
    "shards": Row(AUTO, f"{SHARDS} pytorch_model.bin.index.json", f"low {SHARDS}"),
    "shards, safe": Row(AUTO, f"{SHARDS} model-00001-of-00002.safetensors"),
    "an index, safe": Row(AUTO, f"{SHARDS} model.safetensors.index.json"),
    "an index alone": Row(AUTO, "pytorch_model.bin.index.json"),
    "a variant is not the default": Row(
        AUTO, "model.fp16.safetensors pytorch_model.bin", "low pytorch_model.bin"
    ),
    "variant": Row(
        AUTO.format(", variant='fp16'"),
        "model.safetensors pytorch_model.bin pytorch_model.fp16.bin",
        "low pytorch_model.fp16.bin",
    ),
    "variant, safe": Row(
        AUTO.format(", variant='fp16'"), "model.fp16.safetensors pytorch_model.fp16.bin"
    ),
    "variant in shards": Row(
        AUTO.format(", variant='fp16'"),
        "pytorch_model.fp16-00001-of-00002.bin",
        "low pytorch_model.fp16-00001-of-00002.bin",
    ),
    "variant behind the shard": Row(
        AUTO.format(", variant='fp16'"),
        "pytorch_model-00001-of-00002.fp16.bin model-00001-of-00002.fp16.safetensors",
    ),
    "index of a variant": Row(
        AUTO.format(", variant='fp16'"),
        "pytorch_model.fp16.bin model.safetensors.index.fp16.json",
    ),
    "variant decided at run time": Row(AUTO.format(", variant=v"), "pytorch_model.bin"),
    "variant None": Row(
        AUTO.format(", variant=None"), "pytorch_model.bin", "low pytorch_model.bin"
    ),
    "either variant": Row(
        AUTO.format(", variant='fp16' if half else None"),
        "model.safetensors pytorch_model.fp16.bin",
        "low pytorch_model.fp16.bin",
    ),
    # Folders.
    "safe in a folder does not help the root": Row(
        AUTO, "pytorch_model.bin sub/model.safetensors", "low pytorch_model.bin"
    ),
    "a pickle in a folder is not read": Row(AUTO, "model.safetensors sub/pytorch_model.bin"),
    "subfolder": Row(
        AUTO.format(", subfolder='sub'"),
        "model.safetensors sub/pytorch_model.bin",
        "low sub/pytorch_model.bin",
    ),
    "subfolder, safe": Row(
        AUTO.format(", subfolder='sub/'"), "pytorch_model.bin sub/model.safetensors"
    ),
    "subfolder decided at run time": Row(AUTO.format(", subfolder=s"), "pytorch_model.bin"),
    "adapter in transformers": Row(
        AUTO, "adapter_config.json adapter_model.bin", "low adapter_model.bin"
    ),
    # Options.
    "safetensors asked for": Row(AUTO.format(", use_safetensors=True"), "pytorch_model.bin"),
    "pickles asked for": Row(
        AUTO.format(", use_safetensors=False"),
        "model.safetensors pytorch_model.bin",
        "low pytorch_model.bin",
    ),
    "pickles asked for, none there": Row(
        AUTO.format(", use_safetensors=False"), "model.safetensors"
    ),
    "asked for at run time": Row(AUTO.format(", use_safetensors=flag"), "pytorch_model.bin"),
    "gguf file": Row(AUTO.format(", gguf_file='m.gguf'"), "pytorch_model.bin m.gguf"),
    "nothing restricted": Row(
        AUTO.format(", weights_only=False"), "pytorch_model.bin", "high pytorch_model.bin"
    ),
    "restricted": Row(
        AUTO.format(", weights_only=True"), "pytorch_model.bin", "low pytorch_model.bin"
    ),
    "options not in sight": Row(AUTO.format(", **options"), "pytorch_model.bin"),
    "pipeline": Row(PIPELINE, "pytorch_model.bin", "low pytorch_model.bin"),
    "pipeline, nested": Row(
        PIPELINE.format(", model_kwargs={'use_safetensors': True}"), "pytorch_model.bin"
    ),
    "pipeline, nested pickles": Row(
        PIPELINE.format(", model_kwargs={'use_safetensors': False}"),
        "model.safetensors pytorch_model.bin",
        "low pytorch_model.bin",
    ),
    "TensorFlow": Row(
        AUTO.replace("AutoModel", "TFAutoModel"),
        "pytorch_model.bin",
    ),
    "ONNX Runtime": Row(
        "from optimum.onnxruntime import ORTModelForCausalLM\n"
        f"ORTModelForCausalLM.from_pretrained('o/m', revision='{SHA}')",
        "pytorch_model.bin model.onnx",
    ),
    # diffusers.
    "every component safe": Row(
        PAINTER,
        "unet/diffusion_pytorch_model.safetensors text_encoder/model.safetensors"
        " unet/diffusion_pytorch_model.bin",
    ),
    "one component not": Row(
        PAINTER,
        "unet/diffusion_pytorch_model.safetensors unet/diffusion_pytorch_model.bin"
        " text_encoder/pytorch_model.bin scheduler/config.json",
        "low unet/diffusion_pytorch_model.bin text_encoder/pytorch_model.bin",
    ),
    "a component brought along": Row(
        PAINTER.format(", safety_checker=None"),
        "unet/diffusion_pytorch_model.safetensors safety_checker/pytorch_model.bin",
    ),
    "pickles of components asked for": Row(
        PAINTER.format(", use_safetensors=False"),
        "unet/diffusion_pytorch_model.safetensors unet/diffusion_pytorch_model.bin",
        "low unet/diffusion_pytorch_model.bin",
    ),
    "safetensors of components asked for": Row(
        PAINTER.format(", use_safetensors=True"), "unet/diffusion_pytorch_model.bin"
    ),
    "a component without the variant": Row(
        PAINTER.format(", variant='fp16'"),
        "unet/diffusion_pytorch_model.fp16.safetensors vae/diffusion_pytorch_model.bin",
        "low vae/diffusion_pytorch_model.bin",
    ),
    "a variant of one format": Row(
        PAINTER.format(", variant='fp16'"),
        "unet/diffusion_pytorch_model.safetensors unet/diffusion_pytorch_model.fp16.bin",
        "low unet/diffusion_pytorch_model.fp16.bin",
    ),
    "only a variant": Row(PAINTER, "unet/diffusion_pytorch_model.fp16.safetensors"),
    "a checkpoint beside the components": Row(
        PAINTER, "v1-5.ckpt pytorch_model.bin unet/diffusion_pytorch_model.safetensors"
    ),
    "a pipeline without folders": Row(
        PAINTER, "diffusion_pytorch_model.bin", "low diffusion_pytorch_model.bin"
    ),
    "component": Row(
        UNET.format(", subfolder='unet'"),
        "unet/diffusion_pytorch_model.bin vae/diffusion_pytorch_model.safetensors",
        "low unet/diffusion_pytorch_model.bin",
    ),
    "component, safe": Row(
        UNET.format(", subfolder='unet'"),
        "unet/diffusion_pytorch_model.safetensors unet/diffusion_pytorch_model.bin",
    ),
    "lora": Row(LORA, "pytorch_lora_weights.bin", "low pytorch_lora_weights.bin"),
    "lora of another name": Row(LORA, "style.safetensors pytorch_lora_weights.bin"),
    "lora, named": Row(
        LORA.format(", weight_name='style.bin'"), "style.bin style.safetensors", "low style.bin"
    ),
    "lora, named and safe": Row(
        LORA.format(", weight_name='style.safetensors'"), "style.bin style.safetensors"
    ),
    "lora, named but not there": Row(LORA.format(", weight_name='other.bin'"), "style.bin"),
    "lora, named at run time": Row(LORA.format(", weight_name=name"), "style.bin"),
    "embedding": Row(INVERSION, "learned_embeds.bin", "low learned_embeds.bin"),
    "embedding, safe": Row(INVERSION, "learned_embeds.bin learned_embeds.safetensors"),
    "image prompt": Row(
        IP_ADAPTER.format("subfolder='models', weight_name='ip-adapter_sd15.bin'"),
        "models/ip-adapter_sd15.bin models/ip-adapter_sd15.safetensors",
        "low models/ip-adapter_sd15.bin",
    ),
    "image prompt, by position": Row(
        IP_ADAPTER.format("'models', 'ip-adapter_sd15.safetensors'"),
        "models/ip-adapter_sd15.bin models/ip-adapter_sd15.safetensors",
    ),
    # sentence-transformers.
    "body": Row(SENTENCES, "modules.json pytorch_model.bin", "low pytorch_model.bin"),
    "module": Row(
        SENTENCES,
        "model.safetensors 1_Pooling/config.json 2_Dense/pytorch_model.bin",
        "low 2_Dense/pytorch_model.bin",
    ),
    "modules, safe": Row(
        SENTENCES, "model.safetensors 2_Dense/pytorch_model.bin 2_Dense/model.safetensors"
    ),
    "body in a folder": Row(
        SENTENCES,
        "model.safetensors 0_Transformer/pytorch_model.bin",
        "low 0_Transformer/pytorch_model.bin",
    ),
    "folders of others": Row(SENTENCES, "model.safetensors onnx/pytorch_model.bin"),
    "another backend": Row(SENTENCES.format(", backend='onnx'"), "pytorch_model.bin model.onnx"),
    "nested": Row(
        SENTENCES.format(", model_kwargs={'use_safetensors': True}"), "pytorch_model.bin"
    ),
    "modules do not count for a cross encoder": Row(
        f"from sentence_transformers import CrossEncoder\nCrossEncoder('o/m', revision='{SHA}')",
        "model.safetensors 2_Dense/pytorch_model.bin",
    ),
    "langchain": Row(
        "from langchain_huggingface import HuggingFaceEmbeddings\n"
        f"HuggingFaceEmbeddings(model_name='o/m', model_kwargs={{'revision': '{SHA}'}})",
        "pytorch_model.bin",
        "low pytorch_model.bin",
    ),
    "langchain, nested twice": Row(
        "from langchain_huggingface import HuggingFaceEmbeddings\n"
        f"HuggingFaceEmbeddings(model_name='o/m', model_kwargs={{'revision': '{SHA}',"
        " 'model_kwargs': {'use_safetensors': True}})",
        "pytorch_model.bin",
    ),
    "llama_index": Row(
        "from llama_index.llms.huggingface import HuggingFaceLLM\n"
        f"HuggingFaceLLM(model_name='o/m', model_kwargs={{'revision': '{SHA}',"
        " 'use_safetensors': True})",
        "pytorch_model.bin",
    ),
    # Adapters, images, servers.
    "peft": Row(PEFT, "adapter_model.bin", "low adapter_model.bin"),
    "peft, safe": Row(PEFT, "adapter_model.bin adapter_model.safetensors"),
    "peft, subfolder": Row(
        PEFT.format(", subfolder='a'"),
        "adapter_model.safetensors a/adapter_model.bin",
        "low a/adapter_model.bin",
    ),
    "adapters prefer pickles": Row(
        ADAPTERS, "pytorch_adapter.bin adapter.safetensors", "low pytorch_adapter.bin"
    ),
    "adapters, asked": Row(
        ADAPTERS.format(", use_safetensors=True"), "pytorch_adapter.bin adapter.safetensors"
    ),
    "adapters fall back": Row(
        ADAPTERS.format(", use_safetensors=True"), "pytorch_adapter.bin", "low pytorch_adapter.bin"
    ),
    "timm": Row(TIMM.format(", pretrained=True"), "pytorch_model.bin", "low pytorch_model.bin"),
    "timm without weights": Row(TIMM, "pytorch_model.bin"),
    "timm, switched at run time": Row(TIMM.format(", pretrained=p"), "pytorch_model.bin"),
    "timm, named with a twin": Row(
        f"import timm.models\ntimm.models.load_state_dict_from_hf('o/m@{SHA}', 'a.bin')",
        "a.bin a.safetensors",
    ),
    "timm, named without": Row(
        f"import timm.models\ntimm.models.load_state_dict_from_hf('o/m@{SHA}', 'a.bin')",
        "a.bin model.safetensors",
        "low a.bin",
    ),
    "timm, the default named": Row(
        "import timm\ntimm.models.load_state_dict_from_hf('o/m', 'pytorch_model.bin')",
        "pytorch_model.bin model.safetensors",
    ),
    "open_clip": Row(
        "import open_clip\nopen_clip.create_model('hf-hub:o/m')",
        "open_clip_pytorch_model.bin pytorch_model.bin",
        "low open_clip_pytorch_model.bin",
    ),
    "vllm": Row(VLLM, "weights.bin consolidated.pt", "low weights.bin"),
    "vllm, last": Row(VLLM, "consolidated.pt", "low consolidated.pt"),
    "vllm, safe": Row(VLLM, "any.safetensors pytorch_model.bin"),
    "vllm, ctranslate2": Row(VLLM, "model.bin shared_vocabulary.json tokenizer.bin"),
    "vllm, format": Row(VLLM.format(", load_format='safetensors'"), "pytorch_model.bin"),
    "vllm, pickles": Row(
        VLLM.format(", load_format='pt'"), "model.safetensors model.pt", "low model.pt"
    ),
    "vllm, as ever": Row(
        VLLM.format(", load_format='auto'"), "pytorch_model.bin", "low pytorch_model.bin"
    ),
    "quantized": Row(
        "from awq import AutoAWQForCausalLM\nAutoAWQForCausalLM.from_quantized('o/m')", "a.bin"
    ),
    "quantized, pickles": Row(
        "from awq import AutoAWQForCausalLM\n"
        "AutoAWQForCausalLM.from_quantized('o/m', safetensors=False)",
        "model.safetensors a.bin",
        "medium a.bin",
    ),
    "mlx": Row("from mlx_lm import load\nload('o/m')", "pytorch_model.bin"),
    "model2vec": Row(
        "from model2vec import StaticModel\nStaticModel.from_pretrained('o/m')", "pytorch_model.bin"
    ),
    "not known": Row(
        f"from gliner2 import GLiNER2\nGLiNER2.from_pretrained('o/m', revision='{SHA}')",
        "pytorch_model.bin",
        "medium pytorch_model.bin",
    ),
    # Loaders that run what is in a pickle.
    "setfit": Row(
        f"from setfit import SetFitModel\nSetFitModel.from_pretrained('o/m', revision='{SHA}')",
        "model.safetensors model_head.pkl",
        "high model_head.pkl",
    ),
    "setfit, body": Row(
        f"from setfit import SetFitModel\nSetFitModel.from_pretrained('o/m', revision='{SHA}')",
        "pytorch_model.bin",
        "low pytorch_model.bin",
    ),
    "flair": Row(
        f"from flair.models import SequenceTagger\nSequenceTagger.load('o/m@{SHA}')",
        "pytorch_model.bin training.pt",
        "high pytorch_model.bin",
    ),
    "pyannote": Row(
        f"from pyannote.audio import Pipeline\nPipeline.from_pretrained('o/m@{SHA}')",
        "config.yaml segmentation/pytorch_model.bin",
        "high segmentation/pytorch_model.bin",
    ),
    "pyannote, configuration only": Row(
        f"from pyannote.audio import Pipeline\nPipeline.from_pretrained('o/m@{SHA}')",
        "config.yaml handler.py",
    ),
    "fastai": Row(
        "from huggingface_hub import from_pretrained_fastai\n"
        f"from_pretrained_fastai('o/m', revision='{SHA}')",
        "model.pkl pyproject.toml other.pkl",
        "high model.pkl",
    ),
    "stable_baselines3": Row(
        "from huggingface_sb3 import load_from_hub\nload_from_hub('o/m', 'ppo.zip')",
        "ppo.zip other.zip",
        "high ppo.zip",
    ),
    "speechbrain": Row(
        "from speechbrain.inference import EncoderClassifier\n"
        "EncoderClassifier.from_hparams('o/m')",
        "hyperparams.yaml encoder.ckpt optimizer.ckpt lr_scheduler.ckpt counter.ckpt",
        "high encoder.ckpt",
    ),
    "torch decides": Row(
        "from doctr.models import from_hub\nfrom_hub('o/m')",
        "pytorch_model.bin",
        "medium pytorch_model.bin",
    ),
    "named, and torch decides": Row(
        "from transformer_lens.utilities import download_file_from_hf\n"
        "download_file_from_hf('o/m', 'sae.pth')",
        "sae.pth other.pth",
        "medium sae.pth",
    ),
    # Datasets.
    "pickled rows": Row(DATASET, ".gitattributes README.md train.pkl", "medium train.pkl"),
    "pickled rows in folders": Row(
        DATASET, "data/a.pickle data/b.pkl.gz", "medium data/a.pickle data/b.pkl.gz"
    ),
    "rows in another format": Row(DATASET, "README.md train.parquet index.pkl"),
    "rows beside": Row(DATASET, "train.jsonl vocab.p stats.dat"),
    "no rows": Row(DATASET, "README.md"),
    "rows named": Row(
        DATASET.format(", data_files='train.pkl'"), "train.pkl test.csv", "medium train.pkl"
    ),
    "rows named, safe": Row(DATASET.format(", data_files='test.csv'"), "train.pkl test.csv"),
    "rows named at run time": Row(DATASET.format(", data_files=names"), "train.pkl"),
    "rows in a folder": Row(
        DATASET.format(", data_dir='old'"), "old/train.pkl new/train.csv", "medium old/train.pkl"
    ),
    # References that read nothing that is pickled, or whose files are not known.
    "tokenizer": Row(AUTO.replace("AutoModel", "AutoTokenizer"), "pytorch_model.bin"),
    "download": Row(
        "import huggingface_hub\nhuggingface_hub.snapshot_download('o/m')",
        "pytorch_model.bin",
    ),
    "revision decided at run time": Row(AUTO.replace(f"'{SHA}'", "pin"), "pytorch_model.bin"),
    "local": Row(AUTO.format(", local_files_only=True"), "pytorch_model.bin"),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_row(row: Row) -> None:
    expected = [row.reported] if row.reported else []
    assert reported(row.call.replace("{}", ""), *row.files.split()) == expected


@pytest.mark.parametrize(
    "row", [row for row in ROWS.values() if not row.reported], ids=lambda row: row.call[-60:]
)
def test_silent_row_is_one_of_a_loader(row: Row) -> None:
    assert references(row.call.replace("{}", ""))


@pytest.mark.parametrize(
    ("command", "files", "expected"),
    [
        pytest.param("vllm serve o/m", "a.bin", ["low a.bin"], id="vllm"),
        pytest.param("vllm serve o/m", "a.bin b.safetensors", [], id="vllm-safe"),
        pytest.param(
            "vllm serve o/m --load-format safetensors", "a.bin", [], id="vllm-safe-format"
        ),
        pytest.param(
            "sglang serve --model-path o/m --load-format safetensors", "a.bin", [], id="sglang"
        ),
        pytest.param(
            "text-generation-launcher --model-id o/m", "a.bin", ["low a.bin"], id="servers"
        ),
        pytest.param("llama-server -hf o/m", "pytorch_model.bin", [], id="llama.cpp"),
        pytest.param("whisperx --model o/m", "pytorch_model.bin model.bin", [], id="whisperx"),
        pytest.param(
            "whisperx --diarize_model o/m",
            "pytorch_model.bin",
            ["high pytorch_model.bin"],
            id="diarize",
        ),
    ],
)
def test_command(command: str, files: str, expected: list[str]) -> None:
    source = f"import os\nos.system({command!r})"
    assert reported(source, *files.split()) == expected


TO_TORCH = (
    "import joblib, numpy, pickle, torch\nimport pandas as pd\n"
    "from huggingface_hub import hf_hub_download\n"
    "path = hf_hub_download({id}, {file}, revision='" + SHA + "')\n{call}"
)


@pytest.mark.parametrize(
    ("file", "call", "expected"),
    [
        pytest.param("pytorch_model.bin", "torch.load(path)", ["medium"], id="torch-decides"),
        pytest.param("w.bin", "torch.load(path, weights_only=True)", ["low"], id="restricted"),
        pytest.param("w.ckpt", "torch.load(path, weights_only=False)", ["high"], id="not"),
        pytest.param("w.pt", "torch.load(path, weights_only=flag)", ["medium"], id="run-time"),
        pytest.param("w.joblib", "joblib.load(path)", ["high"], id="joblib"),
        pytest.param("w", "pickle.load(open(path, 'rb'))", ["high"], id="no-ending"),
        pytest.param("w.pkl", "pd.read_pickle(path)", ["high"], id="pandas"),
        pytest.param("w.npz", "numpy.load(path, allow_pickle=True)", ["high"], id="numpy"),
        pytest.param("w.npz", "numpy.load(path)", [], id="numpy-plain"),
        pytest.param("w.safetensors", "torch.load(path)", [], id="safetensors"),
        pytest.param("w.GGUF", "torch.load(path)", [], id="gguf"),
        pytest.param("w.bin", "print(path)", [], id="not-unpickled"),
    ],
)
def test_download_that_is_unpickled(file: str, call: str, expected: list[str]) -> None:
    source = TO_TORCH.format(id="'org/model'", file=repr(file), call=call)
    assert [one.severity.value for one in problems(source, NOT_ASKED)] == expected


@pytest.mark.parametrize(
    ("repo_id", "file"), [("name", "'w.bin'"), ("'org/model'", "name")], ids=["repo", "file"]
)
def test_download_of_what_is_not_known(repo_id: str, file: str) -> None:
    source = TO_TORCH.format(id=repo_id, file=file, call="torch.load(path)")
    assert problems(source, NOT_ASKED) == []


@pytest.mark.skipif(not PROBE.is_file(), reason="the probes are not beside the project")
def test_probe_of_torch_load() -> None:
    seen = [
        (reference.span.line, problem.severity.value)
        for reference in references(PROBE.read_text(encoding="utf-8"))
        for problem in HFM002.check(reference, lambda _target: NOT_ASKED)
    ]
    assert seen == [(4, "medium"), (5, "high")]


PICKLED = found("pytorch_model.bin")
BOTH = found("pytorch_model.bin", "model.safetensors")


@pytest.mark.parametrize(
    ("source", "facts", "message"),
    [
        pytest.param(
            AUTO,
            PICKLED,
            "'o/m' has only pickled weights for AutoModel.from_pretrained() (pytorch_model.bin),"
            " run as code before transformers 4.37, read with weights_only=True since;"
            " use a repo or revision with safetensors",
            id="tensors",
        ),
        pytest.param(
            AUTO.format(", weights_only=False"),
            PICKLED,
            "'o/m' has only pickled weights for AutoModel.from_pretrained() (pytorch_model.bin),"
            " run as code with weights_only=False; use a repo or revision with safetensors",
            id="nothing-restricted",
        ),
        pytest.param(
            AUTO.format(", use_safetensors=False"),
            BOTH,
            "AutoModel.from_pretrained() is told to read the pickles of 'o/m'"
            " (pytorch_model.bin), run as code before transformers 4.37, read with"
            " weights_only=True since; leave use_safetensors=False out",
            id="asked-for",
        ),
        pytest.param(
            ADAPTERS,
            found("pytorch_adapter.bin", "adapter.safetensors"),
            "model.load_adapter() prefers the pickles of 'o/m' (pytorch_adapter.bin), run as code"
            " before adapters 1.1, read with weights_only=True since; pass use_safetensors=True",
            id="preferred",
        ),
        pytest.param(
            LORA.format(", weight_name='a.bin'"),
            found("a.bin"),
            "pipe.load_lora_weights() reads the pickle a.bin of 'o/m', run as code before"
            " diffusers 0.28, read with weights_only=True since; name a file with safetensors",
            id="named",
        ),
        pytest.param(
            PAINTER,
            found("unet/diffusion_pytorch_model.bin", "vae/diffusion_pytorch_model.safetensors"),
            "'o/m' has not every component in safetensors for"
            " StableDiffusionPipeline.from_pretrained() (unet/diffusion_pytorch_model.bin), run"
            " as code before diffusers 0.28, read with weights_only=True since; use a repo or"
            " revision with safetensors",
            id="components",
        ),
        pytest.param(
            "from flair.models import SequenceTagger\nSequenceTagger.load('o/m')",
            PICKLED,
            "SequenceTagger.load() reads pickles of 'o/m' (pytorch_model.bin), run as code; it"
            " reads nothing else, so load only what you have scanned, at a full commit hash",
            id="code",
        ),
        pytest.param(
            "from doctr.models import from_hub\nfrom_hub('o/m')",
            PICKLED,
            "'o/m' has only pickled weights for from_hub() (pytorch_model.bin), run as code"
            " before torch 2.6; use a repo or revision with safetensors",
            id="torch",
        ),
        pytest.param(
            "from gliner2 import GLiNER2\nGLiNER2.from_pretrained('o/m')",
            PICKLED,
            "'o/m' has only pickled weights for GLiNER2.from_pretrained() (pytorch_model.bin);"
            " use a repo or revision with safetensors",
            id="unknown",
        ),
        pytest.param(
            DATASET,
            found("train.pkl"),
            "'o/d' has only pickled data for load_dataset() (train.pkl), run as code by older"
            " versions of datasets and refused by newer ones; use a dataset of parquet, csv or"
            " json files",
            id="data",
        ),
        pytest.param(
            TO_TORCH.format(id="'o/m'", file="'w.bin'", call="torch.load(path)"),
            NOT_ASKED,
            "torch.load() unpickles w.bin of 'o/m', run as code before torch 2.6; download a"
            " file with safetensors and read it with safetensors.torch.load_file()",
            id="download",
        ),
    ],
)
def test_message(source: str, facts: Facts, message: str) -> None:
    assert [one.message for one in problems(source.replace("{}", ""), facts)] == [message]


def test_moved_repo_is_judged() -> None:
    moved = Moved(PICKLED.repo, Owner.EXISTS)
    assert [one.repo_id for one in problems(AUTO.replace("{}", ""), moved)] == ["o/m"]


def test_unknown_repo_is_not() -> None:
    assert problems(AUTO.replace("{}", ""), NOT_ASKED) == []


def test_same_problem_of_two_revisions_is_told_once() -> None:
    source = AUTO.replace(f"'{SHA}'", "'v1' if old else 'v2'").replace("{}", "")
    assert len(problems(source, PICKLED)) == 1


def test_each_of_two_repos_is_told() -> None:
    source = AUTO.replace("'o/m'", "'o/m' if small else 'o/n'").replace("{}", "")
    assert [one.repo_id for one in problems(source, PICKLED)] == ["o/m", "o/n"]


def test_place_of_an_id_that_stands_elsewhere() -> None:
    source = "NAME = 'o/m'\n" + AUTO.replace("'o/m'", "NAME").replace("{}", "")
    (problem,) = problems(source, PICKLED)
    assert [(one.span.line, one.message) for one in problem.related] == [
        (1, "'o/m' is written here")
    ]


def test_combinations_of_options_end() -> None:
    names = "".join(f"'v{number}' if x else " for number in range(8)) + "''"
    (reference,) = references(AUTO.format(f", variant={names}, subfolder={names}"))
    assert len(wishes(reference)) == MOST


# What the catalogue says of readers.
ROWS_OF_ALL = tuple(row for rows in by_method().values() for row in rows)
EVERY = (*ROWS_OF_ALL, *(other for row in ROWS_OF_ALL for other in row.also))


def test_readers_are_known() -> None:
    assert {row.reader for row in EVERY if row.reader} - set(READINGS) == set()


def test_every_reading_is_of_a_row_or_a_package() -> None:
    named = {row.reader for row in EVERY} | {
        name for readers in BY_PACKAGE.values() for name in readers
    }
    assert set(READINGS) - named == {"unknown", "diffusers pipeline", "peft"} - named


def test_every_package_has_one_reading_of_each_kind() -> None:
    every = [
        (reads, package)
        for reads, readers in BY_PACKAGE.items()
        for packages in readers.values()
        for package in packages
    ]
    assert len(every) == len(set(every))


def test_libraries_that_restrict_say_since_when() -> None:
    restricting = [one for its in READINGS.values() for one in its if one.how == "tensors"]
    assert [one for one in restricting if not (one.library and one.since)] == []


def test_few_packages_are_not_known() -> None:
    """A package that is new has to be looked at: what its loaders read, and how."""
    unknown = {
        row.package
        for row in EVERY
        if row.downloads and readings_of(row) == READINGS["unknown"] and row.package in PACKAGES
    }
    assert unknown == {
        "TTS",
        "curated_transformers",
        "esm",
        "gliner2",
        "litgpt",
        "lmdeploy",
        "mergekit",
        "spacy_curated_transformers",
        "timesfm",
        "timm",
    }


# The Hub's recorded answers.
NO_SAFETENSORS = "low pytorch_model.bin"
RECORDINGS = {
    # PICKLE-ONLY, and pickle beside other formats.
    "dandelin_vilt-b32-finetuned-vqa": [NO_SAFETENSORS],
    "facebook_detr-resnet-50-panoptic": [NO_SAFETENSORS],
    "naver-clova-ix_donut-base-finetuned-docvqa": [NO_SAFETENSORS],
    "mcpotato_42-eicar-street_blobs": [NO_SAFETENSORS],
    "Salesforce_blip-image-captioning-base": [NO_SAFETENSORS],
    "google_tapas-base-finetuned-wtq": [NO_SAFETENSORS],
    "openai_clip-vit-base-patch32": [NO_SAFETENSORS],
    "sshleifer_distilbart-cnn-12-6": [NO_SAFETENSORS],
    # Pickles that transformers does not read.
    "espnet_kan-bayashi_ljspeech_vits": [],
    "speechbrain_sepformer-wham": [],
}


def kind_of(name: str) -> str:
    lines = (RECORDED.parent / "INDEX.tsv").read_text(encoding="utf-8").splitlines()
    return next(line.split("\t")[4] for line in lines if line.startswith(f"{name}\t"))


def recordings() -> dict[str, tuple[str, ...]]:
    bodies = {
        path.name: json.loads(path.read_text(encoding="utf-8"))["response"]["body"]
        for path in sorted(RECORDED.glob("get__models_*_200.json"))
    }
    return {
        name: tuple(one["rfilename"] for one in body["siblings"])
        for name, body in bodies.items()
        if isinstance(body, dict) and "siblings" in body
    }


beside = pytest.mark.skipif(
    not RECORDED.is_dir(), reason="the recorded answers are not beside the project"
)
RECORDED_FILES = recordings() if RECORDED.is_dir() else {}


@beside
@pytest.mark.parametrize(("name", "files"), RECORDED_FILES.items(), ids=RECORDED_FILES)
def test_recorded_repo(name: str, files: tuple[str, ...]) -> None:
    stem = name.removeprefix("get__models_").removesuffix("_200.json")
    assert reported(AUTO.replace("{}", ""), *files) == RECORDINGS.get(stem, [])


@beside
def test_recorded_kinds_are_those_of_the_index() -> None:
    pickled = {
        name.removeprefix("get__models_").removesuffix("_200.json")
        for name in RECORDED_FILES
        if kind_of(name).lower().startswith("pickle")
    }
    assert pickled == set(RECORDINGS)


@beside
@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("CompVis_stable-diffusion-v1-4", PAINTER),
        ("stabilityai_stable-diffusion-2-1", PAINTER),
        ("sentence-transformers_all-MiniLM-L6-v2", SENTENCES),
        ("sentence-transformers_paraphrase-albert-small-v2", SENTENCES),
    ],
)
def test_recorded_repo_of_another_library(name: str, call: str) -> None:
    files = RECORDED_FILES[f"get__models_{name}_200.json"]
    assert reported(call.replace("{}", ""), *files) == []


@beside
def test_recorded_repo_of_speechbrain() -> None:
    files = RECORDED_FILES["get__models_speechbrain_sepformer-wham_200.json"]
    source = (
        "from speechbrain.inference import SepformerSeparation\n"
        "SepformerSeparation.from_hparams('o/m')"
    )
    assert reported(source, *files) == ["high decoder.ckpt encoder.ckpt masknet.ckpt"]


def test_nobody_reads_what_lies_beside_weights() -> None:
    readings = (reading for some in READINGS.values() for reading in some)
    names = {one for reading in readings for its in reading.weights for one in its.pickled}
    names.update(one for patterns in LOAD_FORMATS.values() for one in patterns)
    assert [one for one in names if one.endswith((*BESIDE_WEIGHTS, *SAFE_ENDINGS))] == []
