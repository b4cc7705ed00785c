"""`[tool.hfmodels]`: where it is found, what it sets, and the line that tells what is wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels import configuration
from flake8_hfmodels.configuration import (
    IN_OVERRIDES,
    LARGEST,
    Configuration,
    ConfigurationError,
    Override,
    configuration_for,
    read_configuration,
)
from flake8_hfmodels.options import OPTIONS, Option
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.rules import codes
from flake8_hfmodels.sources.marked import toml

HEADER = "[tool.hfmodels]\n"
OVERRIDE = "[[tool.hfmodels.overrides]]\n"
NO_FILES = "overrides: files is to be a list of patterns of paths"
WRITE = "overrides: write [[tool.hfmodels.overrides]]"
NO_RULE = f"is no rule; there are {', '.join(codes())}"
SEVERITIES = "is none of low, medium, high"
NAMES = [one.name for one in OPTIONS]
KEYS = [*NAMES, "policy", "overrides"]

Write = Callable[[str | bytes], Path]


@pytest.fixture(autouse=True)
def nothing_is_known() -> Iterator[None]:
    """What earlier tests read is forgotten."""
    configuration._above.cache_clear()
    configuration._read.cache_clear()
    yield
    configuration._above.cache_clear()
    configuration._read.cache_clear()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, the root of a repository."""
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def write(folder: Path) -> Write:
    """A function that writes the pyproject.toml of the current folder."""

    def writing(content: str | bytes) -> Path:
        path = folder / "pyproject.toml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return writing


def read(path: str = "app.py") -> Configuration:
    found = configuration_for(path)
    assert found is not None
    return found


def complaint() -> str:
    with pytest.raises(ConfigurationError) as caught:
        configuration_for("app.py")
    return str(caught.value)


# Where it is found


def test_nearest_file_with_the_table(folder: Path, write: Write) -> None:
    write(HEADER + "offline = true")
    (folder / "a/b").mkdir(parents=True)
    (folder / "a/pyproject.toml").write_text("[tool.other]\n# nothing of hfmodels\n")
    assert read("a/b/app.py") == Configuration("pyproject.toml", {"offline": True})


def test_those_of_folders_above_are_not_looked_at(folder: Path, write: Write) -> None:
    write(HEADER + "offline = true")
    (folder / "a").mkdir()
    (folder / "a/pyproject.toml").write_text(HEADER)
    assert read("a/app.py") == Configuration("a/pyproject.toml", {})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("tool = 1 # hfmodels", id="tool-is-no-table"),
        pytest.param("hfmodels = 1", id="not-below-tool"),
        pytest.param("[tool.other]\nx = 'hfmodels'", id="another-tool"),
        pytest.param("[project]\nname = 'x", id="broken-and-not-ours"),
        pytest.param("", id="empty"),
    ],
)
def test_no_table(write: Write, text: str) -> None:
    write(text)
    assert configuration_for("app.py") is None


def test_nothing_above_the_root_of_the_repository(folder: Path) -> None:
    (folder.parent / "pyproject.toml").write_text(HEADER)
    assert configuration_for("app.py") is None


def test_a_work_tree_has_its_root_in_a_file(folder: Path, write: Write) -> None:
    write(HEADER)
    (folder / "module").mkdir()
    (folder / "module/.git").write_text("gitdir: ../.git/modules/module")
    assert configuration_for("module/app.py") is None


def test_depth_is_no_matter(folder: Path, write: Write) -> None:
    write(HEADER)
    deep = folder.joinpath(*"d" * 100)
    deep.mkdir(parents=True)
    assert configuration_for(str(deep / "app.py")) == Configuration("pyproject.toml", {})


def test_up_to_the_root_of_the_file_system() -> None:
    assert configuration_for("/app.py") is None


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_what_is_no_file_is_not_there(folder: Path, make: Callable[[Path], None]) -> None:
    make(folder / "pyproject.toml")
    assert configuration_for("app.py") is None


def test_a_link_belongs_where_it_lies(folder: Path, write: Write) -> None:
    write(HEADER)
    (folder / "a").mkdir()
    (folder / "a/pyproject.toml").write_text(HEADER)
    (folder / "a/real.py").write_text("")
    (folder / "link.py").symlink_to("a/real.py")
    assert read("link.py").path == "pyproject.toml"


def test_the_folder_that_we_stand_in_is_gone(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(HEADER)
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert configuration_for("app.py") is None
    assert read(str(path.with_name("app.py"))).path == str(path)


def test_file_of_somebodys_choice(write: Write) -> None:
    path = write(HEADER + "offline = true")
    assert read_configuration(str(path)) == Configuration("pyproject.toml", {"offline": True})


def test_chosen_file_without_the_table(write: Write) -> None:
    path = write("[tool.other]")
    with pytest.raises(ConfigurationError, match=r"there is no table \[tool\.hfmodels\] in it$"):
        read_configuration(str(path))


@pytest.mark.parametrize(
    ("name", "why"),
    [("nowhere.toml", "no such file or directory"), (".git", "is a directory")],
)
def test_chosen_file_that_cannot_be_read(name: str, why: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{name}: cannot be read \\({why}\\)$"):
        read_configuration(name)


# What it sets


EVERYTHING = HEADER + (
    'select = ["hfm00"]\n'
    'ignore = ["HFM001"]\n'
    'include = ["*.py", "src/"]\n'
    "exclude = []\n"
    'kinds = ["yaml", "python"]\n'
    "max-size = 1\n"
    "offline = true\n"
    "strict = false\n"
    'persona = "pedantic"\n'
    'baseline = "known.json"\n'
    'lock = "models.lock"\n'
    "grace = 90\n"
    "deadline = 1\n"
    "timeout = 0.5\n"
    "jobs = 2\n"
    'never-ask = ["Acme/", "a/b*"]\n'
    'watch = ["Acme/"]\n'
    "threads = 3\n"
    "max-calls = 4\n"
    'endpoint = "https://hub.example.org/"\n'
    'cache-dir = ".cache"\n'
    'cache-url = "redis://host"\n'
    "[tool.hfmodels.per-file-ignores]\n"
    '"*.ipynb" = ["HFM001"]\n'
    '"tests/*" = []\n'
    "[tool.hfmodels.severity]\n"
    'hfm001 = "low"\n'
    "[tool.hfmodels.policies]\n"
    '"Meta-Llama/*" = "hash"\n'
)


def test_every_option(folder: Path, write: Write) -> None:
    write(EVERYTHING)
    (folder / "below").mkdir()
    expected: dict[str, Any] = {
        "select": ("HFM00",),
        "ignore": ("HFM001",),
        "include": ("*.py", "src/"),
        "exclude": (),
        "kinds": ("python", "yaml"),
        "max_size": 1_000_000,
        "offline": True,
        "strict": False,
        "persona": Persona.PEDANTIC,
        "baseline": "known.json",
        "lock": "models.lock",
        "grace": 90,
        "deadline": 1.0,
        "timeout": 0.5,
        "jobs": 2,
        "never_ask": ("acme", "a/b*"),
        "watch": ("acme",),
        "threads": 3,
        "max_calls": 4,
        "endpoint": "https://hub.example.org",
        "cache_dir": ".cache",
        "cache_url": "redis://host",
        "per_file_ignores": (("*.ipynb", ("HFM001",)), ("tests/*", ())),
        "severity": (("HFM001", "low"),),
        "policies": (("meta-llama/*", "hash"),),
    }
    assert read("below/app.py").values == expected
    assert set(expected) == {one.field for one in OPTIONS}


def test_paths_begin_where_the_file_lies(folder: Path) -> None:
    (folder / "a[b]").mkdir()
    text = 'cache-dir = "x"\nbaseline = "/y"\ninclude = ["src/*", "*.py", "/z/*"]\n'
    (folder / "a[b]/pyproject.toml").write_text(HEADER + text)
    assert read("a[b]/app.py").values == {
        "cache_dir": "a[b]/x",
        "baseline": "/y",
        "include": (f"{folder}/a[[]b]/src/*", "*.py", "/z/*"),
    }


OVERRIDES = (
    HEADER
    + 'select = ["HFM"]\nignore = ["HFM002"]\nseverity = { HFM001 = "low" }\n'
    + f'{OVERRIDE}files = ["tests/*", "*.ipynb"]\nignore = ["HFM001"]\npersona = "auditor"\n'
    + f'{OVERRIDE}files = ["tests/deep"]\nignore = []\nseverity = {{ HFM001 = "high" }}\n'
    + 'policies = { "*" = "ref" }\nselect = ["HFM001"]\n'
)


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        pytest.param("app.py", {}, id="neither"),
        pytest.param(
            "tests/app.py", {"ignore": ("HFM001",), "persona": Persona.AUDITOR}, id="first"
        ),
        pytest.param(
            "a/b.ipynb", {"ignore": ("HFM001",), "persona": Persona.AUDITOR}, id="by-name"
        ),
        pytest.param(
            "tests/deep/app.py",
            {
                "select": ("HFM001",),
                "ignore": (),
                "persona": Persona.AUDITOR,
                "severity": (("HFM001", "low"), ("HFM001", "high")),
                "policies": (("*", "ref"),),
            },
            id="both",
        ),
    ],
)
def test_overrides(write: Write, path: str, changed: dict[str, Any]) -> None:
    write(OVERRIDES)
    own = {"select": ("HFM",), "ignore": ("HFM002",), "severity": (("HFM001", "low"),)}
    assert read().values_for(path) == {**own, **changed}


@pytest.mark.parametrize("base", ["", "below"])
def test_files_of_an_override_begin_where_the_file_lies(folder: Path, base: str) -> None:
    (folder / base).mkdir(exist_ok=True)
    (folder / base / "pyproject.toml").write_text(f'{OVERRIDE}files = ["a/*"]\nignore = ["HFM"]\n')
    found = read(os.path.join(base, "app.py"))
    assert found.values_for(os.path.join(base, "a/b.py")) == {"ignore": ("HFM",)}
    assert found.values_for(os.path.join(base, "c/a/b.py")) == {}
    assert found.values_for(str(folder / base / "a/b.py")) == {"ignore": ("HFM",)}


def test_an_override_of_nothing(write: Write) -> None:
    write(f'{OVERRIDE}files = ["a"]\n')
    assert read().overrides == (Override(("a",), {}),)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf[tool.hfmodels]\noffline = true\n", id="byte-order-mark"),
        pytest.param(b"[tool.hfmodels]\r\noffline = true\r\n", id="crlf"),
        pytest.param(b"tool.hfmodels.offline = true", id="dotted"),
        pytest.param(b'[\'tool\'."hfmodels"]\n"offline" = true', id="quoted"),
        pytest.param(b"tool = { hfmodels = { offline = true } }", id="inline"),
        pytest.param(b"[tool]\nhfmodels.offline = true", id="half"),
    ],
)
def test_every_way_to_write_it(write: Write, content: bytes) -> None:
    write(content)
    assert read() == Configuration("pyproject.toml", {"offline": True})


# What is wrong, and where


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param('[tool.hfmodels]\n\nselect = ["X"]', 3, id="table"),
        pytest.param('tool.hfmodels.offline = true\ntool.hfmodels.select = ["X"]', 2, id="dotted"),
        pytest.param('[tool]\nhfmodels.select = ["X"]', 2, id="half-dotted"),
        pytest.param('[tool]\n\nhfmodels = { offline = true, select = ["X"] }', 3, id="inline"),
        pytest.param("['tool'.\"hfmodels\"]\n'select' = ['X']", 2, id="quoted"),
        pytest.param('["tool" . hfmodels]  # a\n"sel\\u0065ct" = ["X"]', 2, id="escaped"),
        pytest.param('\ufeff# a\n[tool.hfmodels]\nselect = ["X"]', 3, id="byte-order-mark"),
        pytest.param('\r\n[tool.hfmodels]\r\nselect = ["X"]\r\n', 3, id="crlf"),
        pytest.param(
            'a = """\n[tool.hfmodels]\n"""\n[tool.hfmodels]\nselect = ["X"]', 5, id="text"
        ),
        pytest.param('[tool.hfmodels]\nselect = [\n  "HFM",\n  "X",\n]', 4, id="item"),
        pytest.param('[tool.hfmodels]\n[tool.hfmodels.x]\n[tool.a]\nselect = ["X"]', 2, id="below"),
        pytest.param('[tool.hfmodels.a]\nselect = 1\n[tool.a]\nselect = ["X"]', 1, id="header"),
    ],
)
def test_line_of_a_mistake(write: Write, text: str, line: int) -> None:
    write(text)
    assert re.match(rf"pyproject\.toml:{line}: ", complaint())


WRONG = {
    "unknown": (
        "selct = []",
        2,
        "[tool.hfmodels] has no key 'selct'; did you mean 'select'?",
    ),
    "underscore": (
        'never_ask = ["a"]',
        2,
        "[tool.hfmodels] has no key 'never_ask'; did you mean 'never-ask'?",
    ),
    "upper-case": (
        "OFFLINE = true",
        2,
        "[tool.hfmodels] has no key 'OFFLINE'; did you mean 'offline'?",
    ),
    "override": (
        "override = []",
        2,
        "[tool.hfmodels] has no key 'override'; did you mean 'overrides'?",
    ),
    "nothing-near": (
        "zzz = 1",
        2,
        f"[tool.hfmodels] has no key 'zzz'; there are {', '.join(KEYS)}",
    ),
    "text-for-a-list": ('select = "HFM001"', 2, "select: 'HFM001' is no list of texts"),
    "text-for-a-table": ('severity = "HFM001:low"', 2, "severity: 'HFM001:low' is no table"),
    "list-for-a-table": ('policies = ["a:any"]', 2, "policies: ['a:any'] is no table"),
    "table-for-a-list": ("select = { a = 1 }", 2, "select: {'a': 1} is no list of texts"),
    "empty-text": ('include = [""]', 2, "include: [''] is no list of texts"),
    "code": ('select = [ "HFM1" ]', 2, f"select: HFM1 {NO_RULE}"),
    "two-codes-in-a-text": ('ignore = ["HFM001,HFM003"]', 2, f"ignore: HFM001,HFM003 {NO_RULE}"),
    "code-with-severity": ("severity = { E501 = 'low' }", 2, f"severity: E501 {NO_RULE}"),
    "severity": ("severity = { HFM001 = 'bad' }", 2, f"severity: 'bad' {SEVERITIES}"),
    "severity-in-its-table": (
        "[tool.hfmodels.severity]\nHFM001 = 'low'\nHFM003 = 1",
        4,
        f"severity: 1 {SEVERITIES}",
    ),
    "severity-dotted": ("\nseverity.HFM001 = 'bad'", 3, f"severity: 'bad' {SEVERITIES}"),
    "policy": ("policies.'a/*' = 'tag'", 2, "policies: 'tag' is none of hash, ref, any"),
    "policy-of-no-id": (
        "[tool.hfmodels.policies]\n'*' = 'any'\n'a b' = 'any'",
        4,
        "policies: 'a b' matches no repo; name an owner, or owner/name",
    ),
    "ignores-of-a-text": (
        "per-file-ignores = { 'a' = 'HFM001' }",
        2,
        "per-file-ignores: 'HFM001' is no list of texts",
    ),
    "ignores-of-nothing": (
        "per-file-ignores = { '' = [ 'HFM001' ] }",
        2,
        "per-file-ignores: [''] is no list of texts",
    ),
    "ignores-of-another": (
        "[tool.hfmodels.per-file-ignores]\n'a' = [\n 'HFM001',\n 'E501',\n]",
        5,
        f"per-file-ignores: E501 {NO_RULE}",
    ),
    "number-without-end": (
        f"deadline = 1{'0' * 400}",
        2,
        "deadline: inf is no number of seconds above 0, up to 86400",
    ),
    "longer-than-python-writes": (
        f"threads = 0x1{'0' * 5000}",
        2,
        "threads: a number without end is no number from 1 to 64",
    ),
    "float-for-a-number": ("threads = 8.0", 2, "threads: 8.0 is no number from 1 to 64"),
    "long-key": (
        f"{'never-ask' * 50} = 1",
        2,
        f"[tool.hfmodels] has no key '{('never-ask' * 50)[:79]}…; there are {', '.join(KEYS)}",
    ),
}
"""Below the header of the table, the line, and what is said."""

WRONG_AS_A_WHOLE = {
    "no-table": ("[tool]\nhfmodels = 1", 2, "[tool.hfmodels] is no table"),
    "tables": ("[[tool.hfmodels]]", 1, "[tool.hfmodels] is no table"),
    "misnamed": (
        "[tool.flake8-hfmodels]\noffline = true",
        1,
        "[tool.flake8-hfmodels] is no table of ours; write [tool.hfmodels]",
    ),
    "override-that-is-a-table": ("[tool.hfmodels.overrides]", 1, WRITE),
    "override-that-is-a-list": (f"{HEADER}overrides = [1]", 2, WRITE),
    "override-without-files": (OVERRIDE + "ignore = []", 1, NO_FILES),
    "override-of-nothing": (f'{OVERRIDE}files = ["a"]\n{OVERRIDE}', 3, NO_FILES),
    "quoted-override-of-nothing": ("[[ 'tool' . \"hfmodels\".overrides]]", 1, NO_FILES),
    "override-in-a-list": (f"{HEADER}overrides = [\n {{}},\n]", 2, NO_FILES),
    "files-are-a-text": (f'{OVERRIDE}ignore = []\nfiles = "a"', 3, NO_FILES),
    "files-are-none": (f"{OVERRIDE}files = []", 2, NO_FILES),
    "files-are-empty": (f'{OVERRIDE}files = [""]', 2, NO_FILES),
    "key-in-an-override": (
        f'{OVERRIDE}files = ["a"]\n\n{OVERRIDE}files = ["b"]\nnever-ask = ["c"]',
        6,
        "[[tool.hfmodels.overrides]] has no key 'never-ask'; "
        f"there are {', '.join(['files', *IN_OVERRIDES])}",
    ),
    "nested-in-an-override": (
        f'{OVERRIDE}files = ["a"]\n[tool.hfmodels.overrides.severity]\nHFM001 = "x"',
        4,
        f"severity: 'x' {SEVERITIES}",
    ),
    "value-in-an-inline-override": (
        HEADER + 'overrides = [\n { files = ["a"] },\n { files = ["b"], persona = "me" },\n]',
        4,
        "persona: 'me' is nobody; there are regular, pedantic, auditor",
    ),
}


@pytest.mark.parametrize(("text", "line", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong(write: Write, text: str, line: int, message: str) -> None:
    write(HEADER + text)
    assert complaint() == f"pyproject.toml:{line}: {message}"


@pytest.mark.parametrize(
    ("text", "line", "message"), WRONG_AS_A_WHOLE.values(), ids=WRONG_AS_A_WHOLE
)
def test_what_is_wrong_as_a_whole(write: Write, text: str, line: int, message: str) -> None:
    write(text)
    assert complaint() == f"pyproject.toml:{line}: {message}"


ILL = {
    "flag": ["1", '"yes"', "[true]", "{}"],
    "persona": ["1", '"Regular"', "[]", "true"],
    "seconds": ["0", "-1", "true", "nan", "inf", "86401", '"3"', "1979-05-27"],
    "megabytes": ["0", "-1", "false", "nan", "1001", '"3"'],
    "number": ["0", "-1", "true", "1.0", "10_000_000", '"3"', "[1]"],
    "folder": ["1", '"redis://x"', '"a\\u0000b"', "[]", "false"],
    "file": ["1", '""', '"a\\u0000b"', "[]"],
    "url": ["1", '"host"', "[]"],
    "web": ["1", '""', '"host"', '"https://"', '"https:///x"', '"ftp://x"', '"https://a b"', "[]"],
    "codes": ["1", '"HFM001"', '["E501"]', "[1]", '[""]', "{}", '[" HFM001"]'],
    "ids": ["1", '"a"', '["a b"]', '["/"]', '["a/b/c"]', '["a["]', '["[]"]', '["a!"]', "[1]", "{}"],
    "kinds": ["1", '"python"', '["cobol"]', "[1]", "{}"],
    "paths": ["1", '"a"', "[1]", '[""]', "{}"],
    "codes by code": ["1", '"HFM001:low"', "[]", '{ HFM001 = "LOW" }', '{ "" = "low" }'],
    "codes by path": ["1", '"a:HFM001"', "[]", '{ a = ["E501"] }', "{ a = 1 }", '{ "" = [] }'],
    "policies": ["1", '"a:any"', "[]", '{ a = "tag" }', '{ "" = "any" }', "{ a = {} }"],
}
"""What no option of a sort takes."""


@pytest.mark.parametrize(
    ("option", "value"),
    [
        pytest.param(option, value, id=f"{option.name}={value}")
        for option in OPTIONS
        for value in ILL[option.sort]
    ],
)
def test_wrong_value_of_every_option(write: Write, option: Option, value: str) -> None:
    write(f"{HEADER}\n{option.name} = {value}\n")
    assert complaint().startswith(f"pyproject.toml:3: {option.name}: ")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in IN_OVERRIDES])
def test_what_an_override_cannot_set(write: Write, name: str) -> None:
    write(f'{OVERRIDE}files = ["a"]\n{name} = true\n')
    unknown = f"pyproject.toml:3: [[tool.hfmodels.overrides]] has no key {name!r}; "
    assert complaint().startswith(unknown)


BROKEN = {
    "twice": ("select = []\nselect = []", ":3", "is no valid TOML (Cannot overwrite a value)"),
    "table-twice": (
        "[tool.hfmodels]",
        ":2",
        "is no valid TOML (Cannot declare ('tool', 'hfmodels') twice)",
    ),
    "word": ("\noffline = yes", ":3", "is no valid TOML (Invalid value)"),
    "no-end": ('a = """\nb\n', ":3", "is no valid TOML (Unterminated string)"),
    "too-deep": (f"a = {'[' * 5000}", "", "is no valid TOML ("),
    "too-long": (f"a = {'9' * 5000}", "", "is no valid TOML (Exceeds the limit (4300"),
}


@pytest.mark.parametrize(("text", "line", "message"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_toml(write: Write, text: str, line: str, message: str) -> None:
    write(HEADER + text)
    assert complaint().startswith(f"pyproject.toml{line}: {message}")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"[tool.hfmodels]\n# \xff", 2, id="latin-1"),
        pytest.param("[tool.hfmodels]\n".encode("utf-16"), 1, id="utf-16"),
    ],
)
def test_what_is_not_written_in_utf_8(write: Write, content: bytes, line: int) -> None:
    write(content)
    assert complaint() == f"pyproject.toml:{line}: is not written in UTF-8"


def test_huge_file(write: Write) -> None:
    write(b"#" * LARGEST + b"\n[tool.hfmodels]")
    assert complaint() == "pyproject.toml: is larger than 5 MB"


def test_large_file(write: Write) -> None:
    write((HEADER + "offline = true\n").encode().ljust(LARGEST, b"\n"))
    assert read().values == {"offline": True}


def test_more_than_our_own_reader_of_places_reads(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toml, "MOST_VALUES", 1000)
    write(f"tool.a = [{'0,' * 1001}]\n{HEADER}selct = 1")
    assert complaint().startswith("pyproject.toml: [tool.hfmodels] has no key 'selct'")


@pytest.mark.parametrize("url", ["mongodb://host", "dynamodb://table", "gridfs://host"])
def test_store_that_goes_by_the_users_own_credentials(write: Write, url: str) -> None:
    write(f'{HEADER}\ncache-url = "{url}"')
    assert complaint() == (
        "pyproject.toml:3: cache-url: a file may only name a store of redis: or rediss: or file:"
    )


@pytest.mark.parametrize("url", ["redis://host", "rediss://host:1", "file:///tmp/x"])
def test_store_that_machines_may_share(write: Write, url: str) -> None:
    write(f'{HEADER}cache-url = "{url}"')
    assert read().values == {"cache_url": url}


@pytest.mark.parametrize("name", ["deadline", "timeout"])
def test_nobody_waits_for_an_endpoint_that_never_answers(write: Write, name: str) -> None:
    write(f"{HEADER}{name} = 601")
    assert complaint() == (
        f"pyproject.toml:2: {name}: a file may have somebody wait 600 seconds at most"
    )
