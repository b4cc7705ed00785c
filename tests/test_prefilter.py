"""The prefilter never says no where there is a reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_hfmodels import rules
from flake8_hfmodels.loaders import worded
from flake8_hfmodels.loaders.commands import COMMANDS
from flake8_hfmodels.loaders.commands.row import Command
from flake8_hfmodels.loaders.packages import PACKAGES
from flake8_hfmodels.loaders.row import Loader
from flake8_hfmodels.loaders.starters import COMMANDS as STARTERS
from flake8_hfmodels.loaders.starters import SPREAD
from flake8_hfmodels.loaders.switches import IN_EVERY_NAME, SETTINGS, VARIABLES
from flake8_hfmodels.prefilter import as_python_reads, may_name, may_refer, may_start, words_in
from tests.catalogue import by_method
from tests.reading import references

PROBE = Path(__file__).parents[2] / "shared" / "probe"
ROWS = [row for found in by_method().values() for row in found]


def examples() -> list[object]:
    return [
        pytest.param(example.source, id=f"{code}-{kind}-{number}")
        for code in rules.codes()
        for kind in ("bad", "good")
        for number, example in enumerate(getattr(rules.load(code), kind), 1)
    ]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("import transformers", id="import"),
        pytest.param("import os, transformers", id="second-import"),
        pytest.param("import os,transformers", id="second-import-without-a-space"),
        pytest.param("import os, \\\n  transformers", id="import-on-the-next-line"),
        pytest.param("import\ttransformers.models", id="tab"),
        pytest.param("import\x0ctransformers", id="form-feed"),
        pytest.param("from \\\ntransformers import pipeline", id="continued"),
        pytest.param("from datasets import load_dataset as l", id="from"),
        pytest.param("x.from_pretrained('o/m')", id="method"),
        pytest.param("AutoModel.from_config(c, trust_remote_code=True)", id="configuration"),
        pytest.param("import os; os.system('vllm serve o/m')", id="command-line"),
        pytest.param("import \uff54ransformers", id="full-width-letter"),
        pytest.param("x.from_pretraine\uff44('o/m')", id="full-width-letter-in-a-method"),
        pytest.param("os.environ.update(HF_\uff34RUST_REMOTE_CODE=1)", id="full-width-switch"),
        pytest.param("'```\\nhf_hub_download(1)\\n```'", id="behind-an-escape"),
        pytest.param("(SentenceTransformer)", id="name-in-brackets"),
        pytest.param("from h import system as s\ns('hf download o/m')", id="program-by-name"),
        pytest.param("hf-mirror.com/o/m", id="mirror"),
        pytest.param("# coding: utf-7\n+AGY-rom_pretrained", id="cookie"),
        pytest.param("#!/bin/python\n# -*- coding: shift_jis -*-", id="cookie-on-line-two"),
    ],
)
def test_may_refer(source: str) -> None:
    assert may_refer(source.encode())


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("", id="empty"),
        pytest.param("import os", id="other-import"),
        pytest.param("import transformers_of_mine", id="longer-name"),
        pytest.param("transformers = 3", id="name-without-an-import"),
        pytest.param("# coding: utf-8\nimport os", id="usual-cookie"),
        pytest.param("# -*- coding: UTF-8 -*-\nimport os", id="usual-cookie-of-emacs"),
        pytest.param("x = 'é'\nimport os", id="other-letters"),
        pytest.param("import os\nx = 1\n# coding: utf-7", id="cookie-too-far-down"),
        pytest.param("MySentenceTransformer", id="part-of-a-longer-name"),
        pytest.param("systems('hf download o/m')", id="program-by-part-of-a-name"),
        pytest.param("os.system('ls')", id="other-program"),
        pytest.param("é" * 1000 + "import os", id="long-name"),
    ],
)
def test_does_not_refer(source: str) -> None:
    assert not may_refer(source.encode())


def test_bytes_that_are_no_text() -> None:
    assert may_refer(b"\xff\xfe from_pretrained")
    assert not may_refer(b"\xff\xfe import os")


@pytest.mark.parametrize("source", examples())
def test_says_yes_to_every_example_with_a_reference(source: str) -> None:
    assert may_refer(source.encode()) or not references(source)


@pytest.mark.skipif(not PROBE.is_dir(), reason="the probe stands beside the project, not in it")
def test_says_yes_to_every_file_of_the_probe_with_a_reference() -> None:
    files = {file.name: file.read_bytes() for file in PROBE.glob("*.py")}
    assert files
    assert [name for name, data in files.items() if references(data) and not may_refer(data)] == []


def test_knows_every_package() -> None:
    assert {row.package for row in ROWS} <= PACKAGES


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.package}.{row.name}")
def test_knows_every_name_that_needs_no_import(row: Loader) -> None:
    source = row.name.replace("*", "")
    assert may_refer(source.encode()) or worded(source) is None


@pytest.mark.parametrize("row", [one for one in ROWS if one.bare], ids=lambda row: row.name)
def test_knows_every_name_that_is_known_alone(row: Loader) -> None:
    assert may_refer(row.method.encode())


def test_knows_the_name_of_every_switch() -> None:
    names = [switch.name for switch in (*VARIABLES, *SETTINGS)]
    assert [name for name in names if IN_EVERY_NAME not in name] == []
    assert may_refer(IN_EVERY_NAME.encode())


@pytest.mark.parametrize("dotted", [*STARTERS, *SPREAD, "shlex.split"])
def test_knows_every_starter(dotted: str) -> None:
    package, _, name = dotted.partition(".")
    for code in (f"from {package} import *\n{name}", f"import {package} as p\np.{name}"):
        assert may_start(words_in(code.encode()), b"hf download o/m")
        assert may_refer(f"{code}('hf download o/m')".encode())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("a.b_1(c)", {"a", "b_1", "c"}, id="names"),
        pytest.param("é.ü", {"é", "ü"}, id="other-letters"),
        pytest.param("'a\\nb'", {"a", "nb"}, id="escape"),
        pytest.param(" \t\n\f()[]{}'\"#\\+-*/%@&|^~<>=!:;,.$?`\0\x7f", set(), id="no-names"),
    ],
)
def test_words(source: str, expected: set[str]) -> None:
    assert {word.decode() for word in words_in(source.encode())} == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("\uff41\u00e9", "aé", id="full-width"),
        pytest.param("a\u0301" * 10, "á" * 10, id="accents"),
        pytest.param("a b", "a b", id="plain"),
        pytest.param("x" + "é" * 500 + "y", "x y", id="longer-than-any-name"),
        pytest.param("é" * 499 + "x" + "é" * 499, "é" * 499 + "x" + "é" * 499, id="long"),
    ],
)
def test_as_python_reads(source: str, expected: str) -> None:
    assert as_python_reads(source.encode()).decode() == expected


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"#" * 1_000_000 + b"\n", id="hashes"),
        pytest.param(b" " * 1_000_000 + b"\n", id="spaces"),
        pytest.param(b"#a" * 500_000 + b"\n", id="comments"),
        pytest.param(b"x\n" + b"#coding" * 100_000, id="nearly-cookies"),
        pytest.param(b"\n" * 1_000_000, id="lines"),
        pytest.param(b", " * 500_000, id="commas"),
        pytest.param(b"import " * 200_000, id="imports"),
        pytest.param(b"\\" * 1_000_000, id="backslashes"),
        pytest.param(b"system " * 200_000, id="starters"),
        pytest.param(b"a" + "\u0301\u0327".encode() * 200_000, id="accents"),
    ],
)
def test_long_lines_are_read_once(data: bytes) -> None:
    assert not may_refer(data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"# coding: latin-1", True, id="first-line"),
        pytest.param(b"x\n# coding: utf-16\n", True, id="second-line"),
        pytest.param(b"x\ny\n# coding: latin-1\n", False, id="third-line"),
        pytest.param(b"# coding: utf-8\n", False, id="utf-8"),
        pytest.param(b"x = 'coding: latin-1'\n", False, id="no-comment"),
    ],
)
def test_cookie_of_another_coding(data: bytes, expected: bool) -> None:
    assert may_refer(data) is expected


# Those that are given an address show it.
PROGRAMS = [one for one in COMMANDS if one.loads[0].form not in ("git", "uri", "file")]


@pytest.mark.parametrize("command", PROGRAMS, ids=lambda command: command.loads[0].loader.name)
def test_may_name_a_program(command: Command) -> None:
    for words in (command.words, *((module,) for module in command.modules), command.images):
        assert not words or may_name(f"{' '.join(words)} --x o/m".encode())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"Model: o/m", True, id="key"),
        pytest.param(b"url: https://HF.co/o/m", True, id="address"),
        pytest.param(b"x: 1", False, id="nothing"),
        pytest.param("x: 1".encode("utf-16"), True, id="utf-16"),
        pytest.param(b"\0\0\xfe\xff", True, id="utf-32"),
        pytest.param(b"", False, id="empty"),
    ],
)
def test_may_name(data: bytes, expected: bool) -> None:
    assert may_name(data) is expected
