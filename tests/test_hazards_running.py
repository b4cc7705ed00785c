"""Which files of a repo run, which repos are wanted, and where their lines are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Owner, Repo
from flake8_hfmodels.hazards.pages import blob_page
from flake8_hfmodels.hazards.running import (
    LARGEST,
    LARGEST_TOGETHER,
    MOST_FILES,
    Running,
    is_plain,
    running,
)
from flake8_hfmodels.hazards.wanting import wanted
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.reference import Reference, Target
from flake8_hfmodels.referring import refer
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
OID = "621ffdc036468d709f17434d"
Files = Mapping[str, str | None]


def repo(
    files: tuple[str, ...] = (), *auto_map: str, name: str = "org/model", sha: str | None = SHA
) -> Repo:
    named = tuple((f"Auto{number}", code) for number, code in enumerate(auto_map))
    return Repo(name, OID, sha, files, auto_map=named)


def ran(kind: RepoType, files: Files, *auto_map: str) -> Running:
    return running(kind, repo(tuple(files), *auto_map), reader(files))


def reader(files: Files) -> Callable[[str], bytes | None]:
    def read(path: str) -> bytes | None:
        text = files[path]
        return None if text is None else text.encode()

    return read


def config(**said: object) -> str:
    return json.dumps(said)


@pytest.mark.parametrize(
    ("files", "auto_map", "expected"),
    [
        pytest.param({"a.py": "", "b.py": ""}, ("a.A",), ["a.py"], id="auto-map"),
        pytest.param({"a.py": "", "b.py": ""}, ("org/model--b.A",), ["b.py"], id="own-name"),
        pytest.param(
            {"a.py": "", "b.py": ""}, ("other/code--b.A",), ["a.py", "b.py"], id="elsewhere"
        ),
        pytest.param({"a.py": ""}, ("nonsense", "gone.A", "a.A"), ["a.py"], id="nonsense"),
        pytest.param({"sub/a.py": "", "b.py": ""}, ("sub.a.A",), ["sub/a.py"], id="folder"),
        pytest.param(
            {"a.py": "", "b.py": "", "config.json": config(auto_map={"AutoModel": "b.B"})},
            (),
            ["b.py"],
            id="config",
        ),
        pytest.param(
            {
                "a.py": "",
                "b.py": "",
                "c.py": "",
                "tokenizer_config.json": config(auto_map={"AutoTokenizer": ["b.B", None, "c.C"]}),
            },
            (),
            ["b.py", "c.py"],
            id="tokenizer",
        ),
        pytest.param(
            {
                "a.py": "",
                "b.py": "",
                "config.json": config(
                    custom_pipelines={"x": {"impl": "b.B", "pt": ["AutoModel"]}, "y": 1}
                ),
            },
            (),
            ["b.py"],
            id="pipeline-of-transformers",
        ),
        pytest.param(
            {
                "a.py": "",
                "custom_st.py": "",
                "modules.json": json.dumps(
                    [
                        {"idx": 0, "type": "custom_st.T"},
                        {"type": "sentence_transformers.models.Pooling"},
                        1,
                    ]
                ),
            },
            (),
            ["custom_st.py"],
            id="modules",
        ),
        pytest.param(
            {
                "pipe.py": "",
                "unet/own.py": "",
                "a.py": "",
                "model_index.json": config(
                    _class_name=["pipe", "P"], unet=["own", "U"], vae=["diffusers", "V"], n=1
                ),
            },
            (),
            ["pipe.py", "unet/own.py"],
            id="diffusers",
        ),
        pytest.param({"a.py": "", "config.json": "["}, (), ["a.py"], id="no-json"),
        pytest.param({"a.py": "", "config.json": "[" * 100_000}, (), ["a.py"], id="deep-json"),
        pytest.param({"a.py": "", "config.json": "[]"}, (), ["a.py"], id="no-table"),
        pytest.param({"a.py": "", "config.json": None}, (), ["a.py"], id="large-config"),
        pytest.param({"a.py": "", "modules.json": "{}"}, (), ["a.py"], id="no-list"),
        pytest.param(
            {"a.py": "", "config.json": config(auto_map=1, custom_pipelines=[])},
            (),
            ["a.py"],
            id="other-types",
        ),
        pytest.param(
            {"a.py": "", "b.py": "", "custom_generate/generate.py": ""},
            ("a.A",),
            ["a.py", "custom_generate/generate.py"],
            id="generation",
        ),
        pytest.param({"tool.py": "", "train.py": ""}, (), ["tool.py"], id="convention"),
        pytest.param({"config.json": "{", "a.txt": ""}, (), [], id="no-python"),
    ],
)
def test_files_of_a_model(files: Files, auto_map: tuple[str, ...], expected: list[str]) -> None:
    assert list(ran("model", files, *auto_map).texts) == expected


@pytest.mark.parametrize(
    ("kind", "files", "expected"),
    [
        pytest.param("dataset", {"model.py": "", "a.py": ""}, ["model.py"], id="dataset"),
        pytest.param("space", {"model.py": "", "app.py": ""}, ["model.py"], id="metric"),
        pytest.param("space", {"app.py": "", "b.py": ""}, ["app.py", "b.py"], id="space"),
        pytest.param(
            "kernel",
            {"build/t/x/__init__.py": "", "setup.py": "", "torch-ext/x.py": ""},
            ["build/t/x/__init__.py", "torch-ext/x.py"],
            id="kernel",
        ),
        pytest.param("kernel", {"x.py": ""}, ["x.py"], id="unbuilt-kernel"),
    ],
)
def test_files_of_other_types(kind: RepoType, files: Files, expected: list[str]) -> None:
    assert list(ran(kind, files).texts) == expected


@pytest.mark.parametrize(
    ("text", "more"),
    [
        pytest.param("from .b import x", ["b.py"], id="relative"),
        pytest.param("from . import b", ["b.py"], id="relative-module"),
        pytest.param("from .p import c", ["p/__init__.py", "p/c.py"], id="package"),
        pytest.param("from .p.c import y", ["p/c.py", "p/__init__.py"], id="in-a-package"),
        pytest.param("import b, torch", ["b.py"], id="beside"),
        pytest.param("from b import x", ["b.py"], id="from-beside"),
        pytest.param("from ... import b", ["b.py"], id="above-the-top"),
        pytest.param("def f():\n    from .b import x", ["b.py"], id="later"),
        pytest.param("from .b import x\nfrom .b import y", ["b.py"], id="twice"),
        pytest.param("from .a import x", [], id="itself"),
        pytest.param("from .gone import x\nimport torch.nn", [], id="not-there"),
        pytest.param("from .b import (", [], id="no-python"),
        pytest.param("from .b import x\nz = '\\d'", ["b.py"], id="warns"),
    ],
)
def test_what_is_imported_runs_too(text: str, more: list[str]) -> None:
    files = {"a.py": text, "b.py": "", "p/__init__.py": "", "p/c.py": "", "d.py": ""}
    assert list(ran("model", files, "a.A").texts) == ["a.py", *more]


def test_imports_are_followed_from_file_to_file() -> None:
    files = {
        "a.py": "from .p.c import x",
        "p/c.py": "from ..b import y",
        "b.py": "from .a import x",
    }
    assert list(ran("model", files, "a.A").texts) == ["a.py", "p/c.py", "b.py"]


@pytest.mark.parametrize(
    ("files", "unread"),
    [
        pytest.param({"a.py": None}, [("a.py", "it is too large to be read")], id="by-its-size"),
        pytest.param(
            {"a.py": "x" * (LARGEST + 1)}, [("a.py", "it is too large to be read")], id="one"
        ),
        pytest.param(
            {f"{number}.py": "x" * LARGEST for number in range(LARGEST_TOGETHER // LARGEST + 1)},
            [("8.py", "it is too large to be read")],
            id="together",
        ),
        pytest.param(
            {f"{number:03}.py": "" for number in range(MOST_FILES + 1)},
            [("060.py", "there are too many files to read them all")],
            id="many",
        ),
    ],
)
def test_what_is_too_much_is_not_read(files: Files, unread: list[tuple[str, str]]) -> None:
    assert list(ran("model", files).unread) == unread


def test_of_thousands_of_files_a_few_are_named() -> None:
    had = ran("model", {f"{number:05}.py": "" for number in range(10_000)})
    assert len(had.texts) == MOST_FILES
    assert len(had.unread) == 21
    assert had.unread[-1] == ("9920 more files", "there are too many files to read them all")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../x.py", id="above"),
        pytest.param("a/../../x.py", id="above-later"),
        pytest.param("/x.py", id="absolute"),
        pytest.param("a//x.py", id="empty-part"),
        pytest.param("./x.py", id="dot"),
        pytest.param("a\\x.py", id="backslash"),
        pytest.param("C:x.py", id="drive"),
        pytest.param("a\x1b[0m.py", id="escape"),
        pytest.param("a\n.py", id="line"),
        pytest.param("a\u202e.py", id="turned"),
        pytest.param("a" * 200 + ".py", id="long-part"),
        pytest.param("a/" * 300 + "x.py", id="long"),
        pytest.param("... /x.py", id="dots-and-blanks"),
    ],
)
def test_names_that_are_not_plain_are_not_asked_for(name: str) -> None:
    assert not is_plain(name)
    assert ran("model", {name: ""}) == Running({})


@pytest.mark.parametrize("name", ["a.py", "a b/c-d.py", ".hidden/x.py", "\u00e9.py"])
def test_plain_names(name: str) -> None:
    assert is_plain(name)


# Wanting

AUTO = "from transformers import AutoModel\n"
LOAD = AUTO + "AutoModel.from_pretrained('org/model', {})"
TRUST = LOAD.format("trust_remote_code=True")
MODEL = Target("model", "org/model", None)
CODE = Target("model", "other/code", None)
ELSEWHERE = repo((), "other/code--a.A", "b.B")
OTHER = repo((), "c.C", name="other/code")


def references(text: str) -> list[Reference]:
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    found = refer(source)
    return [] if found is None else list(found.references)


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        pytest.param(TRUST, {MODEL: Found(repo())}, {MODEL: repo()}, id="flag"),
        pytest.param(LOAD.format(""), {MODEL: Found(repo())}, {}, id="no-flag"),
        pytest.param(
            LOAD.format("trust_remote_code=True, revision=x"),
            {MODEL: Found(repo())},
            {},
            id="unknown",
        ),
        pytest.param(
            LOAD.format("trust_remote_code=True, local_files_only=True"),
            {MODEL: Found(repo())},
            {},
            id="local",
        ),
        pytest.param(TRUST, {}, {}, id="not-asked"),
        pytest.param(TRUST, {MODEL: Missing(Lacking.REPO, Owner.EXISTS)}, {}, id="missing"),
        pytest.param(TRUST, {MODEL: Found(repo(sha=None))}, {}, id="no-commit"),
        pytest.param(
            TRUST,
            {MODEL: Found(ELSEWHERE), CODE: Found(OTHER)},
            {
                MODEL: ELSEWHERE,
                CODE: Repo(
                    "other/code", OID, SHA, (), auto_map=(("Auto0", "c.C"), ("Auto0", "a.A"))
                ),
            },
            id="code-of-another",
        ),
        pytest.param(TRUST, {MODEL: Found(ELSEWHERE)}, {MODEL: ELSEWHERE}, id="other-not-asked"),
        pytest.param(
            TRUST,
            {MODEL: Found(ELSEWHERE), CODE: Found(repo(name="other/code", sha=None))},
            {MODEL: ELSEWHERE},
            id="other-has-no-commit",
        ),
        pytest.param(
            TRUST + "\n" + TRUST.split("\n")[1], {MODEL: Found(repo())}, {MODEL: repo()}, id="twice"
        ),
        pytest.param(
            "import evaluate\nevaluate.load('org/model')",
            {Target("space", "org/model", None): Found(repo())},
            {Target("space", "org/model", None): repo()},
            id="without-a-flag",
        ),
        pytest.param(
            "from smolagents import load_tool\nload_tool('org/model')",
            {Target("space", "org/model", None): Found(repo())},
            {},
            id="flag-is-asked-for",
        ),
    ],
)
def test_wanted(text: str, facts: Mapping[Target, Facts], expected: Mapping[Target, Repo]) -> None:
    assert wanted(references(text), facts) == expected


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        pytest.param("model", "a.py", "o/r/blob/abc/a.py#L3", id="model"),
        pytest.param("dataset", "a.py", "datasets/o/r/blob/abc/a.py#L3", id="dataset"),
        pytest.param("space", "a.py", "spaces/o/r/blob/abc/a.py#L3", id="space"),
        pytest.param("kernel", "a/b.py", "kernels/o/r/blob/abc/a/b.py#L3", id="kernel"),
        pytest.param("model", "a b#.py", "o/r/blob/abc/a%20b%23.py#L3", id="quoted"),
    ],
)
def test_pages(kind: RepoType, path: str, expected: str) -> None:
    assert blob_page(kind, "o/r", "abc", path, 3) == f"https://huggingface.co/{expected}"
