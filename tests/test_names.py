"""Which loader a call calls: imports, aliases, instances, classes of the file itself."""

from __future__ import annotations

import pytest

from tests.reading import Seen, read, references

AUTO = "transformers.AutoModel*.from_pretrained"
CONFIG = "transformers.AutoConfig.from_pretrained"
ANY = "*.from_pretrained"
PIPELINE = "transformers.pipeline"
DATASET = "datasets.load_dataset"
SNAPSHOT = "huggingface_hub.snapshot_download"
ID = ("o/m",)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "import transformers\ntransformers.pipeline('t', 'o/m')", PIPELINE, id="module"
        ),
        pytest.param(
            "import transformers as hf\nhf.pipeline('t', 'o/m')", PIPELINE, id="module-as"
        ),
        pytest.param("import os, transformers as t\nt.pipeline('t', 'o/m')", PIPELINE, id="second"),
        pytest.param(
            "from transformers import pipeline\npipeline('t', 'o/m')", PIPELINE, id="from"
        ),
        pytest.param(
            "from transformers import pipeline as p\np('t', 'o/m')", PIPELINE, id="from-as"
        ),
        pytest.param(
            "import transformers.pipelines\ntransformers.pipelines.pipeline('t', 'o/m')",
            PIPELINE,
            id="submodule",
        ),
        pytest.param(
            "import transformers.pipelines as tp\ntp.pipeline('t', 'o/m')",
            PIPELINE,
            id="submodule-as",
        ),
        pytest.param(
            "from transformers.models.auto import AutoModel\nAutoModel.from_pretrained('o/m')",
            AUTO,
            id="from-submodule",
        ),
        pytest.param("from transformers import *\npipeline('t', 'o/m')", PIPELINE, id="star"),
        pytest.param(
            "try:\n import transformers\nexcept ImportError:\n transformers = None\n"
            "transformers.pipeline('t', 'o/m')",
            PIPELINE,
            id="import-error",
        ),
        pytest.param(
            "if x:\n from transformers import pipeline\npipeline('t', 'o/m')", PIPELINE, id="if"
        ),
        pytest.param(
            "def f():\n from transformers import pipeline\n return pipeline('t', 'o/m')",
            PIPELINE,
            id="in-function",
        ),
        pytest.param(
            "def f():\n return p('t', 'o/m')\nfrom transformers import pipeline as p",
            PIPELINE,
            id="import-below",
        ),
        pytest.param(
            "import transformers\nhf = transformers\nhf.pipeline('t', 'o/m')",
            PIPELINE,
            id="re-bound",
        ),
        pytest.param(
            "from transformers import AutoModel\nload = AutoModel.from_pretrained\nload('o/m')",
            AUTO,
            id="bound-method",
        ),
        pytest.param(
            "from transformers import AutoModel\nclass A:\n kind = AutoModel\n"
            " def f(self):\n  self.kind.from_pretrained('o/m')",
            AUTO,
            id="class-attribute",
        ),
        pytest.param(
            "from transformers import AutoModel\nclass A:\n def __init__(self):\n"
            "  self.load = AutoModel.from_pretrained\n def f(self):\n  self.load('o/m')",
            AUTO,
            id="self-attribute",
        ),
        pytest.param(
            "from transformers import AutoModel\n(m := AutoModel).from_pretrained('o/m')",
            AUTO,
            id="walrus",
        ),
        pytest.param(
            "from huggingface_hub import HfApi\nHfApi().snapshot_download('o/m')",
            "huggingface_hub.HfApi.snapshot_download",
            id="instance-chained",
        ),
        pytest.param(
            "from huggingface_hub import HfApi\napi = HfApi()\napi.snapshot_download('o/m')",
            "huggingface_hub.HfApi.snapshot_download",
            id="instance-by-name",
        ),
        pytest.param(
            "from huggingface_hub import HfApi\nclass A:\n def __init__(self):\n"
            "  self.api = HfApi()\n def f(self):\n  self.api.hf_hub_download('o/m', 'f')",
            "huggingface_hub.HfApi.hf_hub_download",
            id="instance-in-self",
        ),
        pytest.param(
            "from transformers import AutoModel\nclass Mine(AutoModel): pass\n"
            "Mine.from_pretrained('o/m')",
            AUTO,
            id="subclass",
        ),
        pytest.param(
            "from huggingface_hub import PyTorchModelHubMixin\nfrom torch import nn\n"
            "class Mine(nn.Module, PyTorchModelHubMixin): pass\nMine.from_pretrained('o/m')",
            "huggingface_hub.PyTorchModelHubMixin.from_pretrained",
            id="mixin-behind-torch",
        ),
        pytest.param(
            "from huggingface_hub import PyTorchModelHubMixin\nclass Plain: pass\n"
            "class Mine(Plain, PyTorchModelHubMixin): pass\nMine.from_pretrained('o/m')",
            "huggingface_hub.PyTorchModelHubMixin.from_pretrained",
            id="mixin-behind-own-class",
        ),
        pytest.param(
            "from transformers import AutoModel\nclass Base(AutoModel): pass\n"
            "class Mine(Base): pass\nMine.from_pretrained('o/m')",
            AUTO,
            id="subclass-of-subclass",
        ),
        pytest.param(
            "from transformers import AutoModel\nclass Mine(AutoModel):\n def f(self):\n"
            "  self.from_pretrained('o/m')",
            AUTO,
            id="self-of-subclass",
        ),
        pytest.param(
            "import modelscope, transformers\ntransformers.pipeline('t', 'o/m')",
            PIPELINE,
            id="beside-another-hub",
        ),
        pytest.param(
            "from transformers import AutoModel as A\nasync def f():\n"
            " (await A).from_pretrained('o/m')",
            AUTO,
            id="awaited",
        ),
    ],
)
def test_call_has_one_certain_meaning(source: str, expected: str) -> None:
    line = source.count("\n", 0, source.index("'o/m'")) + 1
    assert read(source) == [Seen(line, expected, ID)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "from .models import AutoConfig\nAutoConfig.from_pretrained('o/m')",
            CONFIG,
            id="relative",
        ),
        pytest.param(
            "from . import AutoConfig\nAutoConfig.from_pretrained('o/m')",
            CONFIG,
            id="relative-dot",
        ),
        pytest.param(
            "from .models import *\nAutoConfig.from_pretrained('o/m')", CONFIG, id="relative-star"
        ),
        pytest.param(
            "from transformers import *\nfrom .own import *\nAutoConfig.from_pretrained('o/m')",
            CONFIG,
            id="two-stars",
        ),
        pytest.param(
            "from mine import AutoConfig\nAutoConfig.from_pretrained('o/m')",
            CONFIG,
            id="class-of-another-package",
        ),
        pytest.param("snapshot_download('o/m')", SNAPSHOT, id="bare-name"),
        pytest.param("import hub\nhub.snapshot_download('o/m')", SNAPSHOT, id="bare-method"),
        pytest.param("def f(api):\n api.snapshot_download('o/m')", SNAPSHOT, id="of-a-parameter"),
        pytest.param("CLASSES['x'].from_pretrained('o/m')", ANY, id="of-an-item"),
        pytest.param("def f(kind):\n kind.from_pretrained('o/m')", ANY, id="of-a-class-passed-in"),
        pytest.param(
            "import transformers, mine\nmine.Net.from_pretrained('o/m')",
            ANY,
            id="file-with-the-hub",
        ),
        pytest.param(
            "def f():\n import transformers\nimport mine\nmine.Net.from_pretrained('o/m')",
            ANY,
            id="hub-imported-in-a-function",
        ),
        pytest.param(
            "import mine\nmine.Net.from_pretrained('o/m', token=t)", ANY, id="keyword-of-the-hub"
        ),
        pytest.param(
            "class Mine(make()): pass\nMine.from_pretrained('o/m')", ANY, id="base-made-by-a-call"
        ),
        pytest.param(
            "from .base import Base\nclass Mine(Base): pass\nMine.from_pretrained('o/m')",
            ANY,
            id="base-from-a-relative-import",
        ),
        pytest.param(
            "from transformers import AutoConfig\nAutoConfig = wrap(AutoConfig)\n"
            "class AutoConfig: pass\nAutoConfig.from_pretrained('o/m')",
            CONFIG,
            id="bound-to-different-things",
        ),
        pytest.param(
            "class A:\n def f(self):\n  self.kind.from_pretrained('o/m')", ANY, id="unset-attribute"
        ),
        pytest.param(
            "class A:\n def __init__(self, kind):\n  self.kind = kind\n"
            " def f(self):\n  self.kind.from_pretrained('o/m')",
            ANY,
            id="attribute-from-a-parameter",
        ),
        pytest.param(
            "class A:\n def f(self):\n  self.kind = a\n  self.kind = b\n"
            "  self.kind.from_pretrained('o/m')",
            ANY,
            id="attribute-set-twice",
        ),
        pytest.param("def f(self):\n self.kind.from_pretrained('o/m')", ANY, id="self-of-no-class"),
        pytest.param(
            "def kind(): ...\nkind.from_pretrained('o/m')", ANY, id="attribute-of-a-function"
        ),
        pytest.param(
            "def kind(): ...\nkind().from_pretrained('o/m')", ANY, id="made-by-a-function"
        ),
        pytest.param(
            "def f(kind):\n kind().from_pretrained('o/m')", ANY, id="made-by-what-is-passed-in"
        ),
        pytest.param(
            f"{'x = a' + chr(10)}{'x = b' + chr(10)}".join([""] * 10) + "x.from_pretrained('o/m')",
            ANY,
            id="bound-too-often",
        ),
    ],
)
def test_call_has_a_likely_meaning(source: str, expected: str) -> None:
    line = source.count("\n", 0, source.index("'o/m'")) + 1
    assert read(source) == [Seen(line, expected, ID, confidence="medium")]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("pipeline('t', 'o/m')", id="not-imported"),
        pytest.param("from .own import pipeline\npipeline('t', 'o/m')", id="relative"),
        pytest.param("from mine import load_dataset\nload_dataset('o/d')", id="other-package"),
        pytest.param(
            "from transformers import pipeline\ndef pipeline(*a): ...\npipeline('t', 'o/m')",
            id="own-function-of-the-name",
        ),
        pytest.param(
            "from transformers import pipeline\ndef f(pipeline):\n pipeline('t', 'o/m')",
            id="parameter-of-the-name",
        ),
        pytest.param(
            "from transformers import pipeline\n[pipeline('t', 'o/m') for pipeline in all]",
            id="loop-variable-of-the-name",
        ),
        pytest.param(
            "class Net:\n def from_pretrained(name): ...\nNet.from_pretrained('o/m')",
            id="own-from-pretrained",
        ),
        pytest.param(
            "class Net:\n def from_pretrained(name): ...\nclass B(Net): pass\n"
            "B.from_pretrained('o/m')",
            id="inherited-own-from-pretrained",
        ),
        pytest.param(
            "class Net:\n def from_pretrained(name): ...\nclass B(Net[int]): pass\n"
            "B.from_pretrained('o/m')",
            id="inherited-from-a-filled-in-class",
        ),
        pytest.param(
            "from transformers import AutoModel\nclass Net(AutoModel):\n"
            " def from_pretrained(name): ...\nNet.from_pretrained('o/m')",
            id="overridden",
        ),
        pytest.param(
            "class Net:\n def from_pretrained(name): ...\n def f(self):\n"
            "  self.from_pretrained('o/m')\n  Net().from_pretrained('o/m')",
            id="own-method-of-an-instance",
        ),
        pytest.param(
            "import torch, transformers\nclass Net(torch.nn.Module): pass\n"
            "Net.from_pretrained('o/m')",
            id="torch-base",
        ),
        pytest.param(
            "import transformers\nclass Net(object): pass\nNet.from_pretrained('o/m')",
            id="builtin-base",
        ),
        pytest.param("class Net: pass\nNet.from_pretrained('o/m')", id="no-base"),
        pytest.param(
            "class A(B): pass\nclass B(A): pass\nB.from_pretrained('o/m')", id="bases-in-a-circle"
        ),
        pytest.param("class A(A): pass\nA.from_pretrained('o/m')", id="base-of-the-same-name"),
        pytest.param("import mine\nmine.Net.from_pretrained('o/m')", id="unknown-package"),
        pytest.param("import seaborn as sns\nsns.load_dataset('tips')", id="seaborn"),
        pytest.param(
            "from modelscope import AutoModel\nAutoModel.from_pretrained('o/m')", id="modelscope"
        ),
        pytest.param(
            "from kagglehub import snapshot_download\nsnapshot_download('o/m')", id="kagglehub"
        ),
        pytest.param("import transformers\ntransformers.logging.set('o/m')", id="no-loader"),
        pytest.param("import transformers\ntransformers.x.from_nothing('o/m')", id="no-row"),
        pytest.param(
            "from datasets import Dataset\nDataset.from_pretrained('o/m')",
            id="class-that-has-no-such-method",
        ),
        pytest.param("(lambda: 1)('o/m')\nf()('o/m')", id="called-without-a-name"),
        pytest.param("f = f\nf('o/m')", id="name-bound-to-itself"),
        pytest.param("super().from_pretrained('o/m')", id="super"),
    ],
)
def test_call_of_something_else(source: str) -> None:
    assert read(source) == []


def test_object_that_a_loader_made_has_the_loaders_of_its_class() -> None:
    source = (
        "from diffusers import DiffusionPipeline\n"
        "pipe = DiffusionPipeline.from_pretrained('o/m')\n"
        "pipe = pipe.to('cuda')\n"
        "pipe.load_lora_weights('o/lora')\n"
    )
    assert read(source) == [
        Seen(2, "diffusers.*Pipeline.from_pretrained", ("o/m",)),
        Seen(4, "diffusers.*.load_lora_weights", ("o/lora",)),
    ]


def test_call_is_named_in_the_words_of_the_source() -> None:
    source = (
        "import transformers as t\nt.models.AutoModel.from_pretrained(1)\nx[0].from_pretrained(y)"
    )
    assert [one.call for one in references(source)] == [
        "AutoModel.from_pretrained",
        "x[…].from_pretrained",
    ]
