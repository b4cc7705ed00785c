"""Which of the files that a module downloads it unpickles, and with what."""

from __future__ import annotations

import pickle
import re
from inspect import signature
from typing import NamedTuple

import pytest

from flake8_hfmodels.loaders.unpicklers import FILES, FOLDERS, UNPICKLERS, Unpickler
from flake8_hfmodels.reference import Known, Reference
from tests.catalogue import by_method
from tests.reading import Plain, plain, references

HEAD = (
    "import cloudpickle, dill, gzip, io, joblib, json, os, pickle\n"
    "import numpy as np, pandas as pd, torch\n"
    "from pathlib import Path\n"
    "from huggingface_hub import HfApi, hf_hub_download as get, snapshot_download as folder\n"
)
FILE = 'get("o/m", "x.bin")'


class Use(NamedTuple):
    """What unpickles a download, in short."""

    by: str
    file: Plain = ("x.bin",)
    restricted: Plain = "absent"


NOTHING = Use("", "absent")


def use(reference: Reference) -> Use:
    return Use(
        reference.unpickled_by,
        plain(reference.option("filename")),
        plain(reference.option("weights_only")),
    )


def uses(source: str) -> list[Use]:
    return [use(reference) for reference in references(HEAD + source)]


@pytest.mark.parametrize(
    ("call", "by"),
    [
        pytest.param("torch.load({})", "torch.load", id="torch"),
        pytest.param("torch.load(f={})", "torch.load", id="keyword"),
        pytest.param("joblib.load({})", "joblib.load", id="joblib"),
        pytest.param("pickle.load(open({}, 'rb'))", "pickle.load", id="pickle"),
        pytest.param("pickle.loads(open({}, 'rb').read())", "pickle.loads", id="pickle-loads"),
        pytest.param("pickle.Unpickler(open({})).load()", "pickle.Unpickler", id="unpickler"),
        pytest.param("dill.load(open({}, 'rb'))", "dill.load", id="dill"),
        pytest.param("cloudpickle.load(gzip.open({}))", "cloudpickle.load", id="cloudpickle"),
        pytest.param("pd.read_pickle({})", "pd.read_pickle", id="pandas"),
        pytest.param("np.load({}, allow_pickle=True)", "np.load", id="numpy"),
        pytest.param("np.load({}, None, flag)", "np.load", id="numpy-perhaps"),
        pytest.param("torch.load(str(Path({})))", "torch.load", id="path"),
        pytest.param("pickle.load(Path({}).open('rb'))", "pickle.load", id="open-of-a-path"),
        pytest.param("pickle.loads(Path({}).read_bytes())", "pickle.loads", id="bytes-of-a-path"),
        pytest.param("torch.load(io.BytesIO(open({}).read()))", "torch.load", id="in-memory"),
        pytest.param("torch.load(f'{{{}}}')", "torch.load", id="f-string"),
        pytest.param("torch.load(p := {})", "torch.load", id="walrus"),
        pytest.param("torch.load({} if a else b)", "torch.load", id="conditional"),
        pytest.param("torch.load(local or {})", "torch.load", id="or"),
        pytest.param("torch.load({{'a': {}}}['a'])", "torch.load", id="item"),
        pytest.param("async def f(): torch.load(await aio({}))", "", id="handed-to-somebody"),
        pytest.param(
            "from functools import partial\npartial(torch.load, mmap=True)({})",
            "torch.load",
            id="partial",
        ),
        pytest.param("import torch as t\nt.load({})", "t.load", id="module-alias"),
        pytest.param("from torch import load\nload({})", "load", id="function"),
        pytest.param("from torch import load as f\nf({})", "f", id="function-alias"),
        pytest.param("f = torch.load\nf({})", "f", id="bound-alias"),
        pytest.param("f = torch.load\ng = f\ng({})", "g", id="alias-of-an-alias"),
        pytest.param("np.load({})", "", id="numpy-without-pickles"),
        pytest.param("np.load({}, allow_pickle=False)", "", id="numpy-told-not-to"),
        pytest.param("np.load({}, **options)", "", id="numpy-with-hidden-options"),
        pytest.param("json.load(open({}))", "", id="json"),
        pytest.param("open({}).read()", "", id="only-read"),
        pytest.param("from safetensors.torch import load\nload({})", "", id="safetensors"),
        pytest.param("self.load({})", "", id="somebody-elses-load"),
        pytest.param("def load(x): ...\nload({})", "", id="own-load"),
        pytest.param("load({})", "", id="unbound-load"),
        pytest.param("loaders['a']({})", "", id="item-that-is-called"),
        pytest.param("torch.load(other); {}", "", id="another-file"),
        pytest.param("torch.load(**{{'x': {}}})", "", id="file-out-of-sight"),
        pytest.param("torch.load([{}])", "", id="in-a-list"),
    ],
)
def test_call_that_is_handed_the_download(call: str, by: str) -> None:
    assert [one.unpickled_by for one in references(HEAD + call.format(FILE))] == [by]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(f"p = {FILE}\ntorch.load(p, map_location='cpu')", id="variable"),
        pytest.param(f"p = {FILE}\nq = p\ntorch.load(q)", id="two-variables"),
        pytest.param(f"p: str = {FILE}\ntorch.load(p)", id="annotated"),
        pytest.param(f"with open({FILE}, 'rb') as f:\n torch.load(f)", id="with"),
        pytest.param(
            f"p = {FILE}\nwith open(p, 'rb') as f:\n d = f.read()\ntorch.load(io.BytesIO(d))",
            id="with-and-variables",
        ),
        pytest.param(f"p = 'a'\np = {FILE}\ntorch.load(p)", id="last-assignment"),
        pytest.param(f"p = a\nif b:\n p = {FILE}\ntorch.load(p)", id="assignment-in-an-arm"),
        pytest.param(f"p = {FILE}\np = str(p)\ntorch.load(p)", id="assigned-from-itself"),
        pytest.param(f"for p in [{FILE}]:\n torch.load(p)", id="loop"),
        pytest.param(f"p, q = {FILE}, 1\ntorch.load(p)", id="pair"),
        pytest.param(f"p = {FILE}\ndef f():\n torch.load(p)", id="module-constant"),
        pytest.param(f"p = None\np = {FILE}\ndef f():\n torch.load(p)", id="none-first"),
        pytest.param(f"def f(p):\n torch.load(p)\nf({FILE})", id="parameter"),
        pytest.param(f"def f(p, q=1):\n torch.load(p)\nf(1)\nf()\nf(p={FILE})", id="callers"),
        pytest.param(f"def f(): return {FILE}\ntorch.load(f())", id="function"),
        pytest.param(f"def f(p): return p\ntorch.load(f({FILE}))", id="function-of-it"),
        pytest.param("def f(n): return get('o/m', n)\ntorch.load(f('x.bin'))", id="file-passed"),
        pytest.param(
            "def f(n): return get('o/m', filename=n)\n"
            "json.load(open(f('config.json')))\ntorch.load(f('x.bin'))\njson.load(open(f('a')))",
            id="one-of-the-files-passed",
        ),
        pytest.param(
            f"class A:\n def __init__(self):\n  self.p = {FILE}\n"
            " def f(self):\n  torch.load(self.p)",
            id="attribute",
        ),
        pytest.param(
            f"class A:\n p = None\n def g(self):\n  self.p = {FILE}\n"
            " def f(self):\n  torch.load(self.p)",
            id="attribute-that-is-none-first",
        ),
        pytest.param(f"pool.submit(torch.load, {FILE})", id="executor"),
        pytest.param("torch.load(pool.submit(get, 'o/m', 'x.bin').result())", id="future"),
        pytest.param(
            "from functools import partial\nf = partial(get, 'o/m')\ntorch.load(f('x.bin'))",
            id="partial",
        ),
        pytest.param("torch.load(HfApi().hf_hub_download('o/m', 'x.bin'))", id="client"),
        pytest.param("torch.load(api.hf_hub_download('o/m', 'x.bin'))", id="some-client"),
        pytest.param("torch.load(get(repo_id='o/m', filename='x.bin'))", id="keywords"),
        pytest.param(
            "from transformers.utils import cached_file\ntorch.load(cached_file('o/m', 'x.bin'))",
            id="transformers",
        ),
        pytest.param(
            "from huggingface_sb3 import load_from_hub\ntorch.load(load_from_hub('o/m', 'x.bin'))",
            id="stable-baselines",
        ),
        pytest.param(
            "from speechbrain.utils.fetching import fetch\ntorch.load(fetch('x.bin', 'o/m'))",
            id="speechbrain",
        ),
        pytest.param(
            "from huggingface_hub import cached_download, hf_hub_url\n"
            "torch.load(cached_download(hf_hub_url('o/m', 'x.bin')))",
            id="address",
        ),
        pytest.param("torch.load(os.path.join(folder('o/m'), 'x.bin'))", id="folder"),
        pytest.param("d = folder('o/m')\ntorch.load(Path(d) / 'x.bin')", id="folder-divided"),
        pytest.param("d = folder('o/m')\ntorch.load(Path(d, 'x.bin'))", id="folder-in-a-path"),
        pytest.param("torch.load(Path(folder('o/m')).joinpath('x.bin'))", id="folder-joinpath"),
        pytest.param("torch.load(folder('o/m') + '/x.bin')", id="folder-and-text"),
        pytest.param("d = folder('o/m')\ntorch.load(f'{d}/x.bin')", id="folder-in-an-f-string"),
    ],
)
def test_way_from_the_download_to_the_unpickler(source: str) -> None:
    found = [one for one in uses(source) if one.by]
    assert found == [Use("torch.load")]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(f"p = {FILE}\np = other\ntorch.load(p)", id="assigned-anew"),
        pytest.param(f"p = a\ntorch.load(p)\np = {FILE}", id="assigned-later"),
        pytest.param(f"p = a\nif a:\n p = {FILE}\nelse:\n torch.load(p)", id="other-arm"),
        pytest.param(f"p = a\np = {FILE}\ndef f():\n torch.load(p)", id="one-replaces-another"),
        pytest.param(f"p = {FILE}\n" * 70 + "def f():\n torch.load(p)", id="assigned-often"),
        pytest.param(f"def f(p):\n torch.load(p)\njson.f({FILE})", id="somebody-elses-function"),
        pytest.param(f"def f(p): return f(p)\ntorch.load(f({FILE}))", id="recursion"),
        pytest.param(
            "def f(p):\n" + " if p: return p\n" * 17 + f"torch.load(f({FILE}))",
            id="many-returns",
        ),
        pytest.param(f"def f(p): return g(p)\ntorch.load(f({FILE}))", id="function-hands-on"),
        pytest.param(f"self.p = {FILE}\ntorch.load(self.p)", id="no-class"),
        pytest.param(
            f"torch.load({'str(' * 30}{FILE}{')' * 30})",
            id="too-deep",
        ),
        pytest.param(
            f"torch.load(os.path.join({FILE}, {'a, ' * 500}))",
            id="too-many-parts",
        ),
        pytest.param("torch.load(f'{folder(\"o/m\")!r}/x')", id="repr"),
    ],
)
def test_no_way_from_the_download_to_the_unpickler(source: str) -> None:
    assert {one.by for one in uses(source)} == {""}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("torch.load({})", Use("torch.load"), id="default"),
        pytest.param(
            "torch.load({}, weights_only=True)",
            Use("torch.load", restricted=(True,)),
            id="restricted",
        ),
        pytest.param(
            "torch.load({}, weights_only=False)",
            Use("torch.load", restricted=(False,)),
            id="unrestricted",
        ),
        pytest.param(
            "torch.load({}, weights_only=flag)",
            Use("torch.load", restricted="unknown"),
            id="run-time",
        ),
        pytest.param(
            "torch.load({}, **options)", Use("torch.load", restricted="unknown"), id="hidden"
        ),
        pytest.param(
            "from huggingface_hub import hf_hub_url\n"
            "torch.hub.load_state_dict_from_url(hf_hub_url('o/m', 'x.bin'))",
            Use("hub.load_state_dict_from_url", restricted=(False,)),
            id="unrestricted-by-default",
        ),
    ],
)
def test_restriction_of_the_unpickler(source: str, expected: Use) -> None:
    assert uses(source.format(FILE)) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(f"torch.load({FILE})", True, id="torch"),
        pytest.param(f"joblib.load({FILE})", False, id="joblib"),
    ],
)
def test_option_is_there_where_the_unpickler_can_be_restricted(source: str, expected: bool) -> None:
    (reference,) = references(HEAD + source)
    assert ("weights_only" in reference.options) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(
            "torch.load(p, weights_only=True)", "torch.load(p)", Use("torch.load"), id="default"
        ),
        pytest.param(
            "torch.load(p, weights_only=True)",
            "torch.load(p, weights_only=None)",
            Use("torch.load", restricted=(None,)),
            id="default-written",
        ),
        pytest.param(
            "torch.load(p)",
            "torch.load(p, weights_only=flag)",
            Use("torch.load", restricted="unknown"),
            id="run-time",
        ),
        pytest.param(
            "torch.load(p, weights_only=flag)",
            "torch.load(p, weights_only=False)",
            Use("torch.load", restricted=(False,)),
            id="unrestricted",
        ),
        pytest.param("torch.load(p)", "joblib.load(p)", Use("joblib.load"), id="no-switch"),
        pytest.param("json.load(open(p))", "joblib.load(p)", Use("joblib.load"), id="one-reads"),
    ],
)
def test_use_that_lets_most_through_counts(first: str, second: str, expected: Use) -> None:
    assert uses(f"p = {FILE}\n{first}\n{second}") == [expected]
    assert uses(f"p = {FILE}\n{second}\n{first}") == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "d = folder('o/m')\njoblib.load(d + '/a')\njoblib.load(os.path.join(d, 'b', 'c'))",
            ("a", "b/c"),
            id="two-files-of-a-folder",
        ),
        pytest.param(
            "d = folder('o/m')\njoblib.load(Path(d) / 'b' / 'c')", ("b/c",), id="deep-in-a-folder"
        ),
        pytest.param("joblib.load(folder('o/m'))", "unknown", id="folder-itself"),
        pytest.param("joblib.load(folder('o/m') + name)", "unknown", id="run-time-name"),
        pytest.param(
            "b = 'b'\ndef f(d): return d / b\njoblib.load(f(folder('o/m')) / 'c')",
            "unknown",
            id="name-in-pieces-from-two-places",
        ),
        pytest.param(
            "def f(n): return get('o/m', n)\njoblib.load(f('a'))\njoblib.load(f('b'))",
            ("a", "b"),
            id="two-files-of-a-function",
        ),
        pytest.param(
            "def f(n): return get('o/m', filename=n)\njoblib.load(f('a'))\njoblib.load(f('b'))",
            ("a", "b"),
            id="two-files-of-a-function-by-keyword",
        ),
        pytest.param("joblib.load(get('o/m', filename=n))", "unknown", id="unknown-keyword"),
        pytest.param(
            "def f(n): return get('o/m', filename=n)\njoblib.load(f(x))\njson.load(f('a'))",
            "unknown",
            id="known-and-unknown-keyword",
        ),
        pytest.param(
            "def f(n): return get('o/m', filename='a')\njoblib.load(f(1))", ("a",), id="constant"
        ),
    ],
)
def test_files_that_are_unpickled(source: str, expected: Plain) -> None:
    assert uses(source) == [Use("joblib.load", expected)]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            f"from huggingface_hub import hf_hub_download as get\nload({FILE})", id="none"
        ),
        pytest.param("import torch\nx = torch.load(Mixin.from_pretrained('o/m'))", id="no-path"),
        pytest.param("import torch\ntorch.load('o/m')\nx.from_pretrained('o/m')", id="no-way"),
    ],
)
def test_module_that_unpickles_no_download(source: str) -> None:
    assert [one.unpickled_by for one in references(source)] == [""]


def test_place_of_the_file_is_where_the_source_writes_it() -> None:
    (reference,) = references(
        "import joblib\nfrom huggingface_hub import hf_hub_download as get\n"
        "joblib.load(get('o/m', 'x.bin'))"
    )
    match reference.option("filename"):
        case Known(values=(written,)):
            assert (written.span.line, written.span.column) == (3, 24)
        case other:
            pytest.fail(str(other))


@pytest.mark.parametrize("name", sorted({*FILES, *FOLDERS}))
def test_download_is_a_row_of_the_catalogue(name: str) -> None:
    package, _, tail = name.partition(".")
    rows = by_method()[tail.rpartition(".")[2]]
    assert [row.reads for row in rows if (row.package, row.name) == (package, tail)] == ["files"]


SOURCE = re.compile(r"\w+ \d+(\.\d+)+ [\w/]+\.py:\d+")


@pytest.mark.parametrize("row", UNPICKLERS, ids=lambda row: row.name)
def test_unpickler_says_where_it_was_read(row: Unpickler) -> None:
    assert SOURCE.fullmatch(row.source)


def test_every_unpickler_has_one_row() -> None:
    names = [row.name for row in UNPICKLERS]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", ["pickle.load", "pickle.loads", "pickle.Unpickler"])
def test_file_comes_first_in_the_standard_library(name: str) -> None:
    (row,) = [row for row in UNPICKLERS if row.name == name]
    parameters = list(signature(getattr(pickle, name.partition(".")[2])).parameters)
    assert parameters.index(row.file.names[0]) == row.file.position
