from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.sources.marked import toml
from flake8_hfmodels.sources.marked.growing import DEEPEST
from flake8_hfmodels.sources.marked.toml import read_toml
from flake8_hfmodels.sources.marked.tree import Marked
from flake8_hfmodels.sources.placed import whole_file
from tests.trees import Plain, comments, documents, places, scalars, spots, strays


def read(source: str) -> Marked:
    return read_toml(whole_file(source))


VALUES = [
    pytest.param("", {}, id="empty file"),
    pytest.param("# nothing", {}, id="only a comment"),
    pytest.param("a = 'b'", {"a": "b"}, id="no line end"),
    pytest.param("a = 'b'\r\nc = 1\r\n", {"a": "b", "c": "1"}, id="CRLF"),
    pytest.param("\ufeffa = 'b'\n", {"a": "b"}, id="byte order mark"),
    pytest.param("\ta\t=\t'b'\n", {"a": "b"}, id="tabs"),
    pytest.param(
        "a = true\nb = -1_0.5e+3\nc = +inf\n",
        {"a": "true", "b": "-1_0.5e+3", "c": "+inf"},
        id="plain",
    ),
    pytest.param(
        "a = 1979-05-27 07:32:00Z # b\n", {"a": "1979-05-27 07:32:00Z"}, id="date and time"
    ),
    pytest.param('a = "b\\t\\u00e9\\U0001F600\\"\\\\"', {"a": 'b\té😀"\\'}, id="escapes"),
    pytest.param('a = "\\x41\\e"', {"a": "A\x1b"}, id="escapes of TOML 1.1"),
    pytest.param("a = '\\t'", {"a": "\\t"}, id="literal"),
    pytest.param("a = \"\"\nb = ''", {"a": "", "b": ""}, id="empty texts"),
    pytest.param('a = """\nb\n "c" ""d"""""\n', {"a": 'b\n "c" ""d""'}, id="basic over lines"),
    pytest.param('a = """b\\ \n\n  c\\\\"""', {"a": "bc\\"}, id="escaped line ends"),
    pytest.param("a = '''\r\nb\\\r\n'c''d'''''", {"a": "b\\\n'c''d''"}, id="literal over lines"),
    pytest.param('a = """b\r\nc"""', {"a": "b\nc"}, id="basic over lines, CRLF"),
    pytest.param(
        '"a.b" = 1\n\'c d\' = 2\n"\\u0065" = 3\n',
        {"a.b": "1", "c d": "2", "e": "3"},
        id="quoted keys",
    ),
    pytest.param("a.b = 1\na . 'c' = 2\n", {"a": {"b": "1", "c": "2"}}, id="dotted keys"),
    pytest.param(
        "[a]\nb = 1\n[ c . d ] # e\nf = 2\n[a.g]\n",
        {"a": {"b": "1", "g": {}}, "c": {"d": {"f": "2"}}},
        id="tables",
    ),
    pytest.param(
        "[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\n[[ a.e ]]\n",
        {"a": [{"b": "1", "c": {"d": "2"}}, {"e": [{}]}]},
        id="arrays of tables",
    ),
    pytest.param(
        "a = [1, 'b', [2,], # c\n {d = 3}\n,]\n", {"a": ["1", "b", ["2"], {"d": "3"}]}, id="array"
    ),
    pytest.param("a = {b.c = 1, 'd' = {}}\n", {"a": {"b": {"c": "1"}, "d": {}}}, id="inline table"),
    pytest.param("a = {\n b = 1, # c\n}\n", {"a": {"b": "1"}}, id="inline table of TOML 1.1"),
]


@pytest.mark.parametrize(("source", "expected"), VALUES)
def test_values(source: str, expected: Plain) -> None:
    marked = read(source)

    assert documents(marked) == [expected]
    assert marked.mistake == ""
    assert strays(marked, source) == []


def test_places() -> None:
    source = "[é.'b c']\nd = ['😀', {e = \"f\"}]\n  [[g]]\nh.i = '''\n  j'''\n"

    assert places(read(source)) == [
        ("é", (1, 2)),
        ("b c", (1, 5)),
        ("d", (2, 1)),
        ("😀", (2, 7)),
        ("e", (2, 12)),
        ("f", (2, 17)),
        ("g", (3, 5)),
        ("h", (4, 1)),
        ("i", (4, 3)),
        ("  j", (5, 1)),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param('a = "b\\tc"', [(1, 6), (1, 7), (1, 9)], id="escape"),
        pytest.param('a = """b\\\n  c"""', [(1, 8), (2, 3)], id="escaped line end"),
        pytest.param("a = '''b\r\nc'''", [(1, 8), (1, 9), (2, 1)], id="CRLF"),
    ],
)
def test_place_of_each_character(source: str, expected: list[tuple[int, int]]) -> None:
    assert spots(scalars(read(source))[1].text) == expected


def test_empty_text_stands_within_its_quotes() -> None:
    assert scalars(read('a = ""'))[1].text.at(0) == (1, 6)


@pytest.mark.parametrize(
    ("source", "plain", "block"),
    [
        pytest.param("a = true", True, False, id="plain"),
        pytest.param("a = 'true'", False, False, id="literal"),
        pytest.param('a = "true"', False, False, id="basic"),
        pytest.param("a = '''true'''", False, True, id="literal over lines"),
        pytest.param('a = """true"""', False, True, id="basic over lines"),
    ],
)
def test_how_a_value_is_written(source: str, plain: bool, block: bool) -> None:
    leaf = scalars(read(source))[1]

    assert (leaf.plain, leaf.block) == (plain, block)


def test_comments() -> None:
    source = "# top\na = '#' ## b\n[c] # d\ne = [ # f\n1 # g\n, # h\n]\n#"

    assert comments(read(source)) == [
        ("top", (1, 3)),
        ("b", (2, 12)),
        ("d", (3, 7)),
        ("f", (4, 9)),
        ("g", (5, 5)),
        ("h", (6, 5)),
        ("", (8, 2)),
    ]


MISTAKES = [
    pytest.param("a\nb = 1\n", 1, "`=` is expected here", {"b": "1"}, id="no value"),
    pytest.param("a =\nb = 1\n", 1, "a value is expected here", {"b": "1"}, id="empty value"),
    pytest.param("= 1\nb = 1\n", 1, "a key is expected here", {"b": "1"}, id="no key"),
    pytest.param("b = c\n", 1, "a text without quotes", {"b": "c"}, id="no quotes"),
    pytest.param("b = 1 c\n", 1, "the line should end here", {"b": "1"}, id="more on the line"),
    pytest.param("b = 1\na = 'c\n", 2, "a text without an end", {"b": "1"}, id="open quotes"),
    pytest.param("[a\nb = 1\n", 1, "`]` is expected here", {"b": "1"}, id="open header"),
    pytest.param("a = [1 2]\nb = 1\n", 1, "`,` is expected here", {"b": "1"}, id="no comma"),
    pytest.param(
        "a = {c = 1 d = 2}\nb = 1\n", 1, "`,` is expected here", {"b": "1"}, id="no comma in braces"
    ),
    pytest.param("a = [", 1, "a value is expected here", {}, id="open bracket"),
    pytest.param(
        "\n{{ a }}\nb = 1\n= 2", 2, "a key is expected here", {"b": "1"}, id="the first of them"
    ),
    pytest.param('b = "\\ud800\\UFFFFFFFF"', 0, "", {"b": "\ufffd\ufffd"}, id="no character"),
    pytest.param('b = "\\q"', 0, "", {"b": "\\q"}, id="no escape"),
]


@pytest.mark.parametrize(("source", "line", "mistake", "expected"), MISTAKES)
def test_mistakes(source: str, line: int, mistake: str, expected: Plain) -> None:
    marked = read(source)

    assert (documents(marked), marked.mistake, marked.line) == ([expected], mistake, line)
    assert strays(marked, source) == []


def test_both_values_of_a_key() -> None:
    marked = read("a = 1\na = 2\na.b = 3\n")

    assert [leaf.text.text for leaf in scalars(marked)] == ["a", "1", "a", "2", "a", "b", "3"]


@pytest.mark.parametrize(
    "source", ["a = " + "[" * 300, "a = " + "{a=" * 300, "a." * 300 + "b = 1", "[" + "a." * 300]
)
def test_too_deep(source: str) -> None:
    assert read(source).mistake == f"it nests deeper than {DEEPEST} levels"


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toml, "MOST_VALUES", 3)
    marked = read("a = 1\n" * 5 + "# c\n")

    assert len(scalars(marked)) == 6
    assert (marked.mistake, marked.line) == ("it holds more than 3 values", 4)


def test_too_many_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toml, "MOST_VALUES", 3)

    assert len(read("#\n" * 5).comments) == 3


PARTS = st.sampled_from(
    (
        *(
            "a",
            "b.c",
            " = ",
            "=",
            "1",
            "true",
            "'",
            '"',
            '"""',
            "'''",
            "\\",
            "\\u0041",
            "\\U1",
            "\\n",
        ),
        *("[", "]", "[[", "]]", "{", "}", ",", "#", " # x", "\n", "\r\n", "\r", "\t", " ", "\\\n"),
        *("a = 'b'\n", "[a]\n", "[[a.b]]\n", "é😀", "\0", "\u2028", "\ufeff", "\ud800", "{{ x }}"),
    )
)


@given(st.lists(PARTS, max_size=30).map("".join))
def test_whatever_a_file_holds(source: str) -> None:
    assert strays(read(source), source) == []


SEED = """\
[project]  # metadata
name = "demo"
dependencies = [
  "torch>=2", # weights
  'transformers',
]
[tool.demo.models]
base = {id = "org/model", revision = "m\\u0061in"}
prompt = \"\"\"
two \\
  lines\"\"\"
[[tool.demo.steps]]
"run" = '''hf download org/model'''
at.time = 2024-01-01 00:00:00
"""


@given(st.data())
def test_whatever_happens_to_a_file(data: st.DataObject) -> None:
    source = SEED
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(source)))
        end = data.draw(st.integers(start, min(start + 10, len(source))))
        source = source[:start] + data.draw(PARTS) + source[end:]

    assert strays(read(source), source) == []


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), max_size=20)
TREES = st.recursive(
    TEXTS,
    lambda trees: st.lists(trees, max_size=4) | st.dictionaries(TEXTS, trees, max_size=4),
    max_leaves=20,
)


def written(tree: Plain) -> str:
    """As TOML writes it on one line; its basic texts are those of JSON."""
    match tree:
        case str():
            return json.dumps(tree, ensure_ascii=False)
        case list():
            return f"[{', '.join(map(written, tree))}]"
        case _:
            return f"{{{', '.join(_pairs(tree))}}}"


def _pairs(tree: dict[str, Plain]) -> list[str]:
    return [f"{written(key)} = {written(value)}" for key, value in tree.items()]


@given(st.dictionaries(TEXTS, TREES, max_size=4))
def test_what_was_written_is_read(tree: dict[str, Plain]) -> None:
    source = "\n".join(_pairs(tree))
    marked = read(source)

    assert (documents(marked), marked.mistake) == ([tree], "")
    assert strays(marked, source) == []


KEYS = st.sampled_from(["a", "b", "c", '"d e"', "'f.g'"])
DOTTED = st.lists(KEYS, min_size=1, max_size=3).map(".".join)
ONES = st.sampled_from(
    [
        "1",
        "-0.5",
        "true",
        "1979-05-27 07:32:00",
        "07:32:00",
        "'b'",
        '"\\t"',
        '"""\nb\\\n  c"""',
        "'''\nb\n'''",
        "[1, 2]",
        "[\n'x', # y\n]",
        "{a.b = 1, c = 'd'}",
    ]
)
LINES = st.one_of(
    st.tuples(DOTTED, ONES).map(" = ".join),
    DOTTED.map("[{}]".format),
    DOTTED.map("[[{}]] # c".format),
    st.just("# c"),
)


@given(st.lists(LINES, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_the_standard_library_reads_the_same(rows: list[str], line_end: str) -> None:
    tomllib = pytest.importorskip("tomllib", reason="new in Python 3.11")
    # what it rejects, keys that stand there twice, is out of question
    valid: list[str] = []
    for row in rows:
        if _loads(tomllib, [*valid, row]) is not None:
            valid.append(row)
    source = "\n".join(valid).replace("\n", line_end)

    assert documents(read(source)) == [_texts(_loads(tomllib, [source]))]


def _loads(tomllib: Any, rows: list[str]) -> Any:
    try:
        return tomllib.loads("\n".join(rows), parse_float=str)
    except tomllib.TOMLDecodeError:
        return None


def _texts(value: Any) -> Plain:
    match value:
        case dict():
            return {key: _texts(one) for key, one in value.items()}
        case list():
            return [_texts(one) for one in value]
        case bool():
            return str(value).lower()
        case _:
            return str(value)
