"""JSON: every value at its place, whatever is written beside the standard, and never an error."""

from __future__ import annotations

import json
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.sources.marked import json as marked_json
from flake8_hfmodels.sources.marked.growing import DEEPEST
from flake8_hfmodels.sources.marked.json import read_json
from flake8_hfmodels.sources.marked.tree import Leaf, Mapping, Node
from flake8_hfmodels.sources.placed import Placed, inserted, joined, whole_file

Plain: TypeAlias = "str | list[Plain] | list[tuple[str, Plain]]"
"""A tree in short: a leaf is its text, behind a `=` where it has no quotes."""

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
SEED = (
    '{"model": "org/na\\u00efve", // why\n  \'revision\': null, /* not\nyet */ "a\\"b": [1, -2.5e3,'
    ' true, {"deep": [[], {}]}],\n\tbare: "x\\ud83d\\ude00\\n",}\n{"next": NaN}'
)


def plain(node: Node) -> Plain:
    if isinstance(node, Leaf):
        return f"={node.text.text}" if node.plain else node.text.text
    if isinstance(node, Mapping):
        return [(str(plain(one.key)), plain(one.value)) for one in node.entries]
    return [plain(one) for one in node.items]


def leaves(node: Node) -> list[Leaf]:
    if isinstance(node, Leaf):
        return [node]
    if isinstance(node, Mapping):
        return [leaf for one in node.entries for leaf in (one.key, *leaves(one.value))]
    return [leaf for one in node.items for leaf in leaves(one)]


def documents(text: str) -> list[Plain]:
    return [plain(one) for one in read_json(whole_file(text)).documents]


def only_leaf(text: str) -> Placed:
    (leaf,) = leaves(read_json(whole_file(text)).documents[0])
    return leaf.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \r\n\t", [], id="blank"),
        pytest.param('{"a": "b", "c": [1, "d"]}', [[("a", "b"), ("c", ["=1", "d"])]], id="plain"),
        pytest.param("[true,false,null]", [["=true", "=false", "=null"]], id="words"),
        pytest.param("[-1, 1.5e+3, 0]", [["=-1", "=1.5e+3", "=0"]], id="numbers"),
        pytest.param(
            "[NaN, -Infinity, +.5, 0x1F, 5.]",
            [["=NaN", "=-Infinity", "=+.5", "=0x1F", "=5."]],
            id="json5-numbers",
        ),
        pytest.param('"a"', ["a"], id="text-alone"),
        pytest.param('{"a": 1, "a": 2}', [[("a", "=1"), ("a", "=2")]], id="key-twice"),
        pytest.param("[1, 2,]", [["=1", "=2"]], id="comma-behind-items"),
        pytest.param('{"a": 1,}', [[("a", "=1")]], id="comma-behind-entries"),
        pytest.param("{'a': 'it\"s'}", [[("a", 'it"s')]], id="single-quotes"),
        pytest.param(
            "{a: 1, $b_2: 2, 3: 4}", [[("=a", "=1"), ("=$b_2", "=2"), ("=3", "=4")]], id="bare-keys"
        ),
        pytest.param('{"a":1}\n{"b":2}\r\n3', [[("a", "=1")], [("b", "=2")], "=3"], id="lines"),
        pytest.param('\ufeff{"a": []}', [[("a", [])]], id="mark-of-bytes"),
        pytest.param('{"a": // {\n 1 /* } */ }', [[("a", "=1")]], id="comments"),
        pytest.param('{"a": "http://x/y"}', [[("a", "http://x/y")]], id="no-comment"),
    ],
)
def test_documents(text: str, expected: list[Plain]) -> None:
    marked = read_json(whole_file(text))
    assert [plain(one) for one in marked.documents] == expected
    assert (marked.mistake, marked.line) == ("", 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(r'"a\n\t\r\b\f\v\0z"', "a\n\t\r\b\f\v\0z", id="short"),
        pytest.param(r'"\"\\\/\'\d"', "\"\\/'d", id="itself"),
        pytest.param(r'"caf\u00e9 \x41"', "café A", id="numbers"),
        pytest.param(r'"\ud83d\ude00"', "😀", id="pair"),
        pytest.param(r'"\ud83d\u0041\udc00"', "\ufffdA\ufffd", id="half-a-pair"),
        pytest.param(r'"\u12 \xg"', "u12 xg", id="no-number"),
        pytest.param('"a\\\nb\\\r\nc"', "abc", id="goes-on"),
        pytest.param('"a\tb"', "a\tb", id="raw-tab"),
        pytest.param('""', "", id="empty"),
        pytest.param('"\\\n"', "", id="empty-with-line-end"),
    ],
)
def test_escapes(text: str, expected: str) -> None:
    assert only_leaf(text).text == expected


@pytest.mark.parametrize(
    ("text", "kept", "mistake", "line"),
    [
        pytest.param(
            '{"a": 1', [[("a", "=1")]], "it ends before its last bracket is closed", 1, id="open"
        ),
        pytest.param(
            '{"a":\n', [[]], "it ends before its last bracket is closed", 2, id="no-value"
        ),
        pytest.param('["a", "b', [["a"]], "a text is not closed", 1, id="text"),
        pytest.param('["a",\n"b\n"]', [["a"]], "a text is not closed", 2, id="text-of-two-lines"),
        pytest.param('["a\\', [[]], "a text is not closed", 1, id="backslash-at-the-end"),
        pytest.param("[1, /* x", [["=1"]], "a comment is not closed", 1, id="comment"),
        pytest.param("[1 2]", [["=1"]], "',' or a bracket is missing before '2'", 1, id="comma"),
        pytest.param('{"a" 1}', [[]], "':' is missing before '1'", 1, id="colon"),
        pytest.param('{"a": }', [[]], "a value is missing before '}'", 1, id="value"),
        pytest.param("{,}", [[]], "a key is missing before ','", 1, id="key"),
        pytest.param("{a-b: 1}", [[]], "a key is missing before 'a-b'", 1, id="odd-key"),
        pytest.param(
            "[1}", [["=1"]], "',' or a bracket is missing before '}'", 1, id="other-bracket"
        ),
        pytest.param("[]\n]", [[]], "a value is missing before ']'", 2, id="bracket-too-many"),
        pytest.param("[,]", [[]], "a value is missing before ','", 1, id="only-comma"),
        pytest.param("[org/model]", [[]], "a value is missing before 'org'", 1, id="no-quotes"),
        pytest.param(
            '{"a": {{ x }}}', [[("a", [])]], "a key is missing before '{'", 1, id="template"
        ),
        pytest.param(
            "[\n<<<<<<< HEAD\n", [[]], "a value is missing before '<<<<<<<'", 2, id="merge"
        ),
        pytest.param("[/]", [[]], "a value is missing before '/'", 1, id="slash"),
        pytest.param(
            '["a": 1]', [["a"]], "',' or a bracket is missing before ':'", 1, id="key-in-list"
        ),
        pytest.param("x" * 50, [], f"a value is missing before '{'x' * 20}'", 1, id="long"),
    ],
)
def test_mistakes(text: str, kept: list[Plain], mistake: str, line: int) -> None:
    marked = read_json(whole_file(text))
    assert [plain(one) for one in marked.documents] == kept
    assert (marked.mistake, marked.line) == (mistake, line)


def test_places() -> None:
    text = whole_file('{\r\n "key": "a\\"b\\u00e9c",\n x: 12}')
    marked = read_json(text)
    first, value, _key, number = leaves(marked.documents[0])
    assert [first.text.at(0), number.text.at(1)] == [(2, 3), (3, 6)]
    assert [value.text.at(offset) for offset in range(5)] == [
        (2, 10),
        (2, 11),
        (2, 13),
        (2, 14),
        (2, 20),
    ]


def test_escapes_in_a_row_stand_where_the_first_does() -> None:
    text = only_leaf(r'"a\n\n\tb"')
    assert [text.at(offset) for offset in range(5)] == [(1, 2), (1, 3), (1, 3), (1, 3), (1, 9)]


def test_places_in_a_text_that_stands_elsewhere() -> None:
    text = joined(
        [inserted('["', 7, 1), Placed("a", whole_file("a").stretches), inserted('b"]', 9, 2)]
    )
    (leaf,) = leaves(read_json(text).documents[0])
    assert (leaf.text.text, leaf.text.at(0), leaf.text.at(1)) == ("ab", (1, 1), (9, 2))


def test_escapes_in_a_text_that_stands_elsewhere() -> None:
    text = joined([whole_file('["x\\n'), inserted("y", 5, 5), whole_file('z"]')])
    (leaf,) = leaves(read_json(text).documents[0])
    assert [leaf.text.at(offset) for offset in range(4)] == [(1, 3), (1, 4), (5, 5), (1, 1)]


def test_comments_and_their_places() -> None:
    comments = read_json(whole_file("// one\r\n[/* two\n*/ 1] //")).comments
    assert [(one.text, one.at(0)) for one in comments] == [
        (" one", (1, 3)),
        (" two\n", (2, 4)),
        ("", (3, 9)),
    ]


def test_deep_nesting_is_a_mistake() -> None:
    marked = read_json(whole_file("[" * 100_000))
    assert marked.mistake == f"it nests deeper than {DEEPEST} levels"


def test_deepest_that_is_read() -> None:
    assert read_json(whole_file("[" * DEEPEST + "]" * DEEPEST)).mistake == ""


def test_many_values_are_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked_json, "MOST_VALUES", 3)
    marked = read_json(whole_file("[1, 2, 3, 4]"))
    assert (plain(marked.documents[0]), marked.mistake) == (
        ["=1", "=2", "=3"],
        "it holds more than 3 values",
    )


def test_comments_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked_json, "MOST_VALUES", 2)
    assert len(read_json(whole_file("//a\n//b\n//c\n[]")).comments) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"out": "x\\n", "a": "b"}', [("out", ""), ("a", "b")], id="text"),
        pytest.param('{"out": 1, "a": "b"}', [("out", ""), ("a", "b")], id="number"),
        pytest.param(
            '{"out": [{"out": "x", "a": []}, 1], "a": "b"}',
            [("out", [[("", ""), ("", [])], ""]), ("a", "b")],
            id="tree",
        ),
        pytest.param('[{"out": []}, {"a": "out"}]', [[("out", [])], [("a", "out")]], id="closed"),
    ],
)
def test_unread_keys(text: str, expected: Plain) -> None:
    marked = read_json(whole_file(text), ("out",))
    assert (plain(marked.documents[0]), marked.mistake) == (expected, "")


def test_unread_values_must_be_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked_json, "MOST_VALUES", 3)
    marked = read_json(whole_file('{"out": [1, 2, 3, 4, 5 6]}'), ("out",))
    assert marked.mistake == "',' or a bracket is missing before '6'"


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_what_json_writes_is_read(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    marked = read_json(whole_file(text))
    assert marked.mistake == ""
    assert _loaded(marked.documents[0]) == json.loads(text)


def _loaded(node: Node) -> object:
    if isinstance(node, Mapping):
        return {one.key.text.text: _loaded(one.value) for one in node.entries}
    if isinstance(node, Leaf):
        return json.loads(node.text.text) if node.plain else node.text.text
    return [_loaded(one) for one in node.items]


@given(
    st.integers(0, len(SEED)),
    st.integers(0, 6),
    st.text(alphabet="{}[]:,\"'\\/*\n\rux0dD8 a", max_size=8),
)
def test_any_text_is_read(at: int, gone: int, put: str) -> None:
    text = SEED[:at] + put + SEED[at + gone :]
    marked = read_json(whole_file(text))
    lines = whole_file(text).text.count("\n") + text.count("\r") + 1
    found = [leaf.text for node in marked.documents for leaf in leaves(node)]
    for one in (*found, *marked.comments):
        assert 1 <= one.at(0)[0] <= lines
    assert 0 <= marked.line <= lines
