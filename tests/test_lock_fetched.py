"""Which files of a repo a reference is taken to fetch."""

from __future__ import annotations

import pytest

from flake8_hfmodels.lock.fetched import fetched
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.reading import references
from flake8_hfmodels.sources.source import PythonSource

PROSE = (".gitattributes", "LICENSE", "README.md", "images/a.png")
SETTINGS = ("config.json", "modeling_x.py", "tokenizer.json", "vocab.txt")
SAFE = ("model.safetensors",)
SHARDS = (
    "model-00001-of-00002.safetensors",
    "model-00002-of-00002.safetensors",
    "model.safetensors.index.json",
)
PICKLE = ("pytorch_model.bin",)
PICKLES = (
    "pytorch_model-00001-of-00002.bin",
    "pytorch_model-00002-of-00002.bin",
    "pytorch_model.bin.index.json",
)
OTHERS = ("flax_model.msgpack", "onnx/model.onnx", "tf_model.h5", "training_args.bin")
MODEL = (*PROSE, *SETTINGS, *SAFE, *PICKLE, *OTHERS)
GGUF = ("README.md", "config.json", "x.Q4_K_M.gguf", "x.Q8_0.gguf")
PIPELINE = (
    "README.md",
    "model_index.json",
    "unet/config.json",
    "unet/diffusion_pytorch_model.bin",
    "unet/diffusion_pytorch_model.fp16.safetensors",
    "unet/diffusion_pytorch_model.safetensors",
    "v1-5-pruned.ckpt",
    "vae/config.json",
    "vae/diffusion_pytorch_model.safetensors",
)
DATA = ("README.md", "data.py", "data/a.csv", "data/b.csv", "other/a.csv", "LICENSE")
PLAIN_PIPELINE = ("model_index.json", "unet/config.json", "vae/config.json")

AUTO = "from transformers import AutoModel\nAutoModel.from_pretrained('o/m'{})"
TOKENIZER = "from transformers import AutoTokenizer\nAutoTokenizer.from_pretrained('o/m')"
SNAPSHOT = "from huggingface_hub import snapshot_download\nsnapshot_download('o/m'{})"
DOWNLOAD = "from huggingface_hub import hf_hub_download\nhf_hub_download('o/m', {})"
DATASET = "from datasets import load_dataset\nload_dataset('o/m'{})"
PAINT = "from diffusers import DiffusionPipeline\nDiffusionPipeline.from_pretrained('o/m'{})"
LORA = "pipe.load_lora_weights('o/m'{})"
READ = "import pandas as pd\npd.read_csv('{}')"

TABLE: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "safetensors before pickles": (AUTO.format(""), MODEL, (*SETTINGS, *SAFE)),
    "shards and their index": (
        AUTO.format(""),
        (*PROSE, *SETTINGS, *SHARDS, *PICKLES),
        (*SETTINGS, *SHARDS),
    ),
    "pickles where there is nothing else": (
        AUTO.format(""),
        (*PROSE, *SETTINGS, *PICKLES, "tf_model.h5"),
        (*SETTINGS, *PICKLES),
    ),
    "pickles that are asked for": (
        AUTO.format(", use_safetensors=False"),
        MODEL,
        (*SETTINGS, *SAFE, *PICKLE),
    ),
    "weights of another library": (
        AUTO.format(""),
        ("config.json", "tf_model.h5"),
        ("config.json", "tf_model.h5"),
    ),
    "options that nobody knows": (
        AUTO.format(", variant=chosen()"),
        MODEL,
        (*SETTINGS, *SAFE, *PICKLE, *OTHERS),
    ),
    "a variant": (
        AUTO.format(", variant='fp16'"),
        ("model.fp16.safetensors", "model.safetensors", "model.fp16-00001-of-00002.safetensors"),
        ("model.fp16.safetensors", "model.safetensors", "model.fp16-00001-of-00002.safetensors"),
    ),
    "not the variants": (
        AUTO.format(""),
        ("model.fp16.safetensors", "model.safetensors"),
        ("model.safetensors",),
    ),
    "a GGUF file": (
        AUTO.format(", gguf_file='x.Q8_0.gguf'"),
        GGUF,
        ("config.json", "x.Q8_0.gguf"),
    ),
    "a file that nobody knows": (
        AUTO.format(", gguf_file=chosen()"),
        GGUF,
        ("config.json", "x.Q4_K_M.gguf", "x.Q8_0.gguf"),
    ),
    "a tokenizer": (TOKENIZER, MODEL, SETTINGS),
    "a snapshot": (SNAPSHOT.format(""), MODEL, MODEL),
    "patterns": (
        SNAPSHOT.format(", allow_patterns=['*.json', 'onnx/'], ignore_patterns='tok*'"),
        MODEL,
        ("config.json", "onnx/model.onnx"),
    ),
    "patterns that nobody knows": (SNAPSHOT.format(", allow_patterns=chosen()"), MODEL, MODEL),
    "patterns that may be others": (
        "from huggingface_hub import snapshot_download\n"
        "def get(some='*.json'):\n    snapshot_download('o/m', allow_patterns=some)",
        MODEL,
        MODEL,
    ),
    "patterns of which one is none": (
        SNAPSHOT.format(", allow_patterns='*.json' if x else None"),
        MODEL,
        MODEL,
    ),
    "a file": (DOWNLOAD.format("'config.json'"), MODEL, ("config.json",)),
    "a file in a folder": (
        DOWNLOAD.format("'model.onnx', subfolder='onnx'"),
        MODEL,
        ("onnx/model.onnx",),
    ),
    "a file, nobody knows which": (DOWNLOAD.format("chosen()"), MODEL, MODEL),
    "a file that is not there": (DOWNLOAD.format("'nothing'"), MODEL, MODEL),
    "a path of the file system": (
        READ.format("hf://datasets/o/m/data/a.csv"),
        DATA,
        ("data/a.csv",),
    ),
    "an address": (
        READ.format("https://huggingface.co/datasets/o/m/resolve/main/other/a.csv?download=true"),
        DATA,
        ("other/a.csv",),
    ),
    "an address of all": (READ.format("hf://datasets/o/m/data/*.csv"), DATA, DATA),
    "a dataset": (DATASET.format(""), DATA, DATA),
    "a folder of a dataset": (
        DATASET.format(", data_dir='data'"),
        DATA,
        ("README.md", "data.py", "data/a.csv", "data/b.csv"),
    ),
    "a file of a dataset": (
        DATASET.format(", data_files='data/a.csv'"),
        DATA,
        ("README.md", "data.py", "data/a.csv"),
    ),
    "a file in a folder of a dataset": (
        DATASET.format(", data_files='a.csv', data_dir='other'"),
        DATA,
        ("README.md", "data.py", "other/a.csv"),
    ),
    "a pipeline": (
        PAINT.format(""),
        PIPELINE,
        (
            *PLAIN_PIPELINE,
            "unet/diffusion_pytorch_model.safetensors",
            "vae/diffusion_pytorch_model.safetensors",
        ),
    ),
    "a pipeline of a variant": (
        PAINT.format(", variant='fp16'"),
        PIPELINE,
        (
            *PLAIN_PIPELINE,
            "unet/diffusion_pytorch_model.fp16.safetensors",
            "unet/diffusion_pytorch_model.safetensors",
            "vae/diffusion_pytorch_model.safetensors",
        ),
    ),
    "code": ("from kernels import get_kernel\nget_kernel('o/m')", MODEL, MODEL),
    "a question": ("from huggingface_hub import model_info\nmodel_info('o/m')", MODEL, ()),
    "a mention": ('"""See https://huggingface.co/o/m"""', MODEL, ()),
}


@pytest.mark.parametrize(("code", "files", "expected"), TABLE.values(), ids=TABLE)
def test_files_that_are_fetched(
    code: str, files: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    source = parse("a.py", code.encode())
    assert isinstance(source, PythonSource)
    (ref,) = references(source, everything=False)
    assert sorted(fetched(ref, files)) == sorted(expected)


def test_what_is_local_is_not_fetched() -> None:
    source = parse("a.py", AUTO.replace("o/m", "./m").format("").encode())
    assert isinstance(source, PythonSource)
    assert [fetched(one, MODEL) for one in references(source, everything=True)] == [()]
