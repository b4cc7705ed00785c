"""What is local and therefore silent, and for whom a name decided at run time is."""

from __future__ import annotations

import pytest

from flake8_hfmodels.sources.paths import is_local_path
from tests.reading import SHA, read

LOAD = "from transformers import AutoModel\nload = AutoModel.from_pretrained\n"


def judged(source: str, folders: tuple[str, ...] = ()) -> list[tuple[str | None, str, str]]:
    return [(one.local, one.persona, one.confidence) for one in read(LOAD + source, folders)]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        pytest.param("load('./m')", "a local path", id="dot"),
        pytest.param("load('../m')", "a local path", id="dot-dot"),
        pytest.param("load('/m')", "a local path", id="absolute"),
        pytest.param("load('~/m')", "a local path", id="home"),
        pytest.param("load('C:\\\\m')", "a local path", id="drive"),
        pytest.param("load('a/b/c')", "a local path", id="three-parts"),
        pytest.param("load('a/m.bin')", "a local path", id="file"),
        pytest.param("load('')", "no repo is named", id="empty"),
        pytest.param("load(None)", "no repo is named", id="none"),
        pytest.param("N = ''\nload(N)", "no repo is named", id="empty-constant"),
        pytest.param("N = './m'\nload(N)", "a local path", id="constant"),
        pytest.param("load(f'./{x}')", "a local path", id="f-string"),
        pytest.param("load('./' + x)", "a local path", id="concatenation"),
        pytest.param("load(x + '.bin')", "a local path", id="concatenated-suffix"),
        pytest.param("load(x / 'm')", "path arithmetic", id="path-arithmetic"),
        pytest.param("load(str(x / 'm'))", "path arithmetic", id="str-of-a-path"),
        pytest.param("load(f'{x / y}-a')", "path arithmetic", id="f-string-of-a-path"),
        pytest.param("load((x / y) + z)", "path arithmetic", id="path-and-more"),
        pytest.param("load((x / y).parent)", "path arithmetic", id="parent"),
        pytest.param("p = x / y\nload(p)", "path arithmetic", id="name-of-a-path"),
        pytest.param(
            "if c:\n p = x / y\nelse:\n p = x / z\nload(p)", "path arithmetic", id="both-arms"
        ),
        pytest.param("import glob\nload(glob.glob(x)[0])", "the result of glob.glob()", id="glob"),
        pytest.param(
            "import os\nload(os.path.join(x, y))", "the result of os.path.join()", id="join"
        ),
        pytest.param(
            "from os.path import join\nload(join(x, y))", "the result of join()", id="from"
        ),
        pytest.param("import os\nload(os.getcwd())", "the result of os.getcwd()", id="getcwd"),
        pytest.param(
            "from pathlib import Path\nload(Path(x))", "the result of Path()", id="pathlib"
        ),
        pytest.param(
            "from tempfile import TemporaryDirectory as T\nwith T() as d:\n load(d)",
            "the result of T()",
            id="temporary-folder",
        ),
        pytest.param(
            "from huggingface_hub import snapshot_download as s\nd = s(x)\nload(d)",
            "the result of s()",
            id="snapshot",
        ),
        pytest.param(
            "from modelscope import snapshot_download as s\nd = s(x)\nload(d)",
            "the result of s()",
            id="snapshot-of-another-hub",
        ),
        pytest.param(
            "def f(tmp):\n load(tmp.joinpath('x'))", "the result of tmp.joinpath()", id="p"
        ),
        pytest.param("net.save_pretrained(x)\nload(x)", "written by this file", id="saved-name"),
        pytest.param(
            "net.save_pretrained(a.b)\nload(a.b)", "written by this file", id="saved-dotted"
        ),
        pytest.param("net.save_pretrained('out')\nload('out')", "a local path", id="saved-text"),
        pytest.param("A(output_dir='out')\nload('out')", "a local path", id="output-text"),
        pytest.param(
            "net.save_adapter('out', 'name')\nload('out')", "a local path", id="saved-adapter"
        ),
        pytest.param(
            "a = 'out'\nnet.save_pretrained(a)\nb = 'out'\nload(b)", "a local path", id="saved-word"
        ),
        pytest.param("A(output_dir=x)\nload(x)", "written by this file", id="output-name"),
        pytest.param("N = 'o/m'\nmakedirs(N)\nload(N)", "written by this file", id="made-constant"),
        pytest.param("load('o/m', local_files_only=True)", "local_files_only=True", id="offline"),
        pytest.param(
            "o = {'local_files_only': True}\nload('o/m', **o)",
            "local_files_only=True",
            id="options",
        ),
        pytest.param("net = load('./m')\nload(net)", "an object in memory", id="object"),
        pytest.param("from a import B\nload(B())", "an object in memory", id="imported-class"),
        pytest.param("class A: pass\nload(A())", "an object in memory", id="own-class"),
    ],
)
def test_local(source: str, reason: str) -> None:
    assert judged(source)[-1] == (reason, "regular", "high")


@pytest.mark.parametrize(
    ("source", "persona", "confidence"),
    [
        pytest.param("load('o/m')", "regular", "high", id="id"),
        pytest.param("load('o/m', local_files_only=False)", "regular", "high", id="not-offline"),
        pytest.param("load('o/m', local_files_only=x)", "regular", "high", id="perhaps-offline"),
        pytest.param("load(x)", "regular", "medium", id="unknown"),
        pytest.param("load(model_name_or_path)", "regular", "medium", id="name-or-path"),
        pytest.param("load(**options)", "regular", "high", id="not-seen"),
        pytest.param("load(output_dir)", "pedantic", "low", id="path-by-name"),
        pytest.param("load(args.checkpoint_path)", "pedantic", "low", id="path-by-attribute"),
        pytest.param(f"load(x, revision='{SHA}')", "pedantic", "low", id="pinned-unknown"),
        pytest.param(
            "def f(kind):\n kind.from_pretrained(x)", "pedantic", "low", id="object-or-id"
        ),
        pytest.param("p = x / y\np = z\nload(p)", "regular", "medium", id="perhaps-a-path"),
        pytest.param("def f(a):\n load(a + b)", "regular", "medium", id="concatenation"),
        pytest.param("load(f'{x}/{y}')", "regular", "medium", id="f-string"),
        pytest.param("load(f'o/{y}')", "regular", "medium", id="f-string-with-an-owner"),
        pytest.param("load(x().y)", "regular", "medium", id="attribute-of-a-call"),
        pytest.param("load(x())", "regular", "medium", id="call"),
        pytest.param("load(str())", "regular", "medium", id="str-of-nothing"),
        pytest.param(
            "out = 'o/m'\nnet.save_pretrained(o)\nload(out)", "regular", "high", id="other"
        ),
        pytest.param(
            "net.save_pretrained(gpt2)\nload('gpt2')", "regular", "high", id="name-no-text"
        ),
        pytest.param(
            "a = 'o/m'\nnet.save_pretrained(a)\nb = 'o/m'\nload(b)",
            "regular",
            "high",
            id="saved-id",
        ),
        pytest.param(
            "a = 'gpt2'\nnet.save_pretrained(a)\nb = 'gpt2'\nload(b)",
            "regular",
            "high",
            id="saved-first",
        ),
        pytest.param("net.save_pretrained('x')\nload(x)", "regular", "medium", id="text-no-name"),
        pytest.param("a = b\nb = a\nload(a)", "regular", "medium", id="circle"),
        pytest.param(
            "load(" + "str(" * 10 + "x / y" + ")" * 11, "regular", "medium", id="too-deep"
        ),
    ],
)
def test_not_local(source: str, persona: str, confidence: str) -> None:
    assert judged(source)[-1] == (None, persona, confidence)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("load('out')", ("a local path", "regular", "high"), id="beside-the-file"),
        pytest.param("load('other')", (None, "regular", "high"), id="not-there"),
    ],
)
def test_folder_that_exists_is_local(source: str, expected: tuple[str | None, str, str]) -> None:
    assert judged(source, folders=("out",)) == [expected]


@pytest.mark.parametrize(
    ("text", "local"),
    [
        pytest.param("o/m", False, id="id"),
        pytest.param("gpt2", False, id="legacy-id"),
        pytest.param("o/m-1.5", False, id="dot"),
        pytest.param("o/m.x", False, id="unknown-suffix"),
        pytest.param("o/m.gguf", False, id="suffix-that-repos-have"),
        pytest.param("o/m.safetensors", True, id="weights"),
        pytest.param("o/m.JSON", True, id="upper-case"),
        pytest.param("file:x", True, id="file-url"),
        pytest.param("a\\b", True, id="backslash"),
        pytest.param("D:/x", True, id="drive"),
        pytest.param("o m", True, id="space"),
        pytest.param("o/", True, id="no-name"),
    ],
)
def test_is_local_path(text: str, local: bool) -> None:
    assert is_local_path(text) is local


LIBRARIES = (
    "import os\nfrom datasets import load_dataset\n"
    "from huggingface_hub import hf_hub_download, snapshot_download\n"
)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        pytest.param("def f(n):\n n = load(n)", None, id="rebound-parameter"),
        pytest.param("def f(c):\n n = c['n']; n = load(n)", None, id="rebound-name"),
        pytest.param("def f(n):\n n = snapshot_download(n)", None, id="download-of-itself"),
        pytest.param("def f(n):\n load(os.path.expanduser(n))", None, id="expanded"),
        pytest.param("hf_hub_download('outputs/m', 'f')", None, id="download-takes-no-path"),
        pytest.param("snapshot_download('./m')", "no id that a repo could have", id="no-id"),
    ],
)
def test_what_proves_nothing(source: str, reason: str | None) -> None:
    assert [one.local for one in read(LOAD + LIBRARIES + source)] == [reason]


def test_download_of_what_is_not_there_leaves_a_folder() -> None:
    source = "def f(n):\n if not os.path.exists(n):\n  n = snapshot_download(n)\n load(n)"
    assert [one.local for one in read(LOAD + LIBRARIES + source)] == [
        None,
        "the result of snapshot_download()",
    ]


@pytest.mark.parametrize(
    ("call", "persona"),
    [
        pytest.param("load(f'{a.output_dir}/m')", "pedantic", id="f-string"),
        pytest.param("load(a.output_dir + '/m')", "pedantic", id="sum"),
        pytest.param("load(a['output_dir'])", "pedantic", id="key"),
        pytest.param("load(paths[0])", "pedantic", id="item"),
        pytest.param("load(model_dirs['x'])", "pedantic", id="item-by-key"),
        pytest.param("load(str(checkpoint_path))", "pedantic", id="str"),
        pytest.param("load(get_checkpoint())", "pedantic", id="call"),
        pytest.param("load(((((((((a))))))))[0][0][0][0][0][0][0][0][0])", "regular", id="deep"),
        pytest.param("load(-a)", "regular", id="no-word"),
        pytest.param("load(a.model_id)", "regular", id="id"),
        pytest.param("load(model_name)", "regular", id="name"),
        pytest.param("load_dataset(path)", "regular", id="the-parameters-own-name"),
        pytest.param("hf_hub_download(path, 'f')", "regular", id="download-takes-no-path"),
    ],
)
def test_word_that_says_path(call: str, persona: str) -> None:
    assert [one.persona for one in read(LOAD + LIBRARIES + call)] == [persona]
