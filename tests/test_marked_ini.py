from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.sources.marked import ini
from flake8_hfmodels.sources.marked.ini import read_ini
from flake8_hfmodels.sources.marked.tree import Marked
from flake8_hfmodels.sources.placed import whole_file
from tests.trees import Plain, comments, documents, places, scalars, spots, strays


def read(source: str) -> Marked:
    return read_ini(whole_file(source))


VALUES = [
    pytest.param("", {}, id="empty file"),
    pytest.param("[a]\nb = c", {"a": {"b": "c"}}, id="no line end"),
    pytest.param("[a]\r\nb = c\r\n", {"a": {"b": "c"}}, id="CRLF"),
    pytest.param("\ufeff[a]\nb = c\n", {"a": {"b": "c"}}, id="byte order mark"),
    pytest.param("b: c\n[a]\n", {"b": "c", "a": {}}, id="above the first section"),
    pytest.param("[a.b.c]\n", {"a.b.c": {}}, id="dots"),
    pytest.param(
        '[submodule "a"]\n\tpath = b\n\turl = c\n',
        {'submodule "a"': {"path": "b", "url": "c"}},
        id="git",
    ),
    pytest.param("[a\nb\n", {"[a": "", "b": ""}, id="no values"),
    pytest.param("a = \nb =c\n", {"a": "", "b": "c"}, id="empty value"),
    pytest.param("= a\nb = c\n", {"b": "c"}, id="no key"),
    pytest.param("a = b = c: d\n", {"a": "b = c: d"}, id="marks in a value"),
    pytest.param("a =\n  b\n  # c\n\n  d # e\nf = g\n", {"a": "b\nd # e", "f": "g"}, id="lines"),
    pytest.param("a = b\n  c\n", {"a": "b\nc"}, id="lines that begin on the first"),
    pytest.param("a = b\\\nc\nd = e\n", {"a": "b\\\nc", "d": "e"}, id="backslash"),
    pytest.param("a = b ; c\nd = e#f # g\n", {"a": "b", "d": "e#f"}, id="comments behind"),
    pytest.param('a = "b # \\"\\u0063" ; d\n', {"a": 'b # "c'}, id="quotes"),
    pytest.param('a = "b" c\n', {"a": '"b" c'}, id="quotes in a value"),
    pytest.param('a = ["b", {"c": null}, []]\n', {"a": ["b", {"c": "null"}, []]}, id="JSON"),
    pytest.param('a = {"b":"c",\n  "d":1}\n', {"a": {"b": "c", "d": "1"}}, id="JSON over lines"),
    pytest.param("a = {posargs}\nb = [c]d\n", {"a": "{posargs}", "b": "[c]d"}, id="no JSON"),
    pytest.param('a = {"b"} c\n', {"a": '{"b"} c'}, id="more than JSON"),
]


@pytest.mark.parametrize(("source", "expected"), VALUES)
def test_values(source: str, expected: Plain) -> None:
    marked = read(source)

    assert (documents(marked), marked.mistake) == ([expected], "")
    assert strays(marked, source) == []


def test_places() -> None:
    assert places(read('[ é ]\nb  =  "c"\n  d = [\n    "😀"]\ne\n')) == [
        ("é", (1, 3)),
        ("b", (2, 1)),
        ('"c"\nd = [\n"😀"]', (2, 7)),
        ("e", (5, 1)),
        ("", (5, 2)),
    ]


def test_place_of_each_character() -> None:
    assert spots(scalars(read("a =\n  b\n\n  c\n"))[1].text) == [(2, 3), (2, 4), (4, 3)]


@pytest.mark.parametrize(
    ("source", "plain", "block"),
    [
        pytest.param("a = true", True, False, id="plain"),
        pytest.param('a = "true"', False, False, id="quoted"),
        pytest.param("a =\n  true", True, True, id="lines"),
    ],
)
def test_how_a_value_is_written(source: str, plain: bool, block: bool) -> None:
    leaf = scalars(read(source))[1]

    assert (leaf.plain, leaf.block) == (plain, block)


def test_comments() -> None:
    source = "# top\n;; a\n[b] # c\nd = e  ; f\n  # g\nh =\n  i # j\n"

    assert comments(read(source)) == [
        ("top", (1, 3)),
        ("a", (2, 4)),
        ("f", (4, 10)),
        ("g", (5, 5)),
    ]


def test_section_that_stands_there_twice() -> None:
    texts = [leaf.text.text for leaf in scalars(read("[a]\nb = c\n[a]\nd = e\n"))]

    assert texts == ["a", "b", "c", "a", "d", "e"]


def test_too_many_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ini, "MOST_VALUES", 3)

    assert documents(read("a\nb\nc\nd\n")) == [{"a": "", "b": "", "c": ""}]


PARTS = st.sampled_from(
    (
        *("a", "b = ", "=", ":", "[a]\n", "[", "]", '"', "\\", "\\u0041", "{", "}", '["', ",", "#"),
        *(" # x", "; ", "\n", "\n  ", "\r\n", "\r", "\t", " ", "é😀", "\0", "\x85", "\ufeff"),
    )
)


@given(st.lists(PARTS, max_size=30).map("".join))
def test_whatever_a_file_holds(source: str) -> None:
    assert strays(read(source), source) == []
