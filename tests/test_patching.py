"""Edits in a text: all else stays, byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.finding import Edit
from flake8_hfmodels.patching import patched
from flake8_hfmodels.reference import Span


def over(line: int, column: int, end: int, text: str) -> Edit:
    return Edit(Span(line, column, line, end), text)


def at(line: int, column: int, text: str) -> Edit:
    return over(line, column, column, text)


@pytest.mark.parametrize(
    ("text", "edits", "after"),
    [
        pytest.param("abc", [], "abc", id="nothing"),
        pytest.param("abc", [over(1, 2, 3, "X")], "aXc", id="over"),
        pytest.param("abc", [at(1, 4, "d")], "abcd", id="at-the-end"),
        pytest.param("abc\n", [at(1, 4, "d")], "abcd\n", id="at-the-end-of-a-line"),
        pytest.param("", [at(1, 1, "a")], "a", id="empty"),
        pytest.param("a\nb", [at(2, 2, "c"), at(1, 1, "d")], "da\nbc", id="in-any-order"),
        pytest.param("ab", [at(1, 2, "1"), at(1, 2, "2")], "a12b", id="in-their-order"),
        pytest.param("ab", [at(1, 2, "1"), at(1, 2, "1")], "a1b", id="the-same-twice"),
        pytest.param("a\nb\nc", [Edit(Span(1, 2, 3, 1), "-")], "a-c", id="over-lines"),
        pytest.param("a\r\nb\r\n", [at(2, 2, "\nc")], "a\r\nb\r\nc\r\n", id="crlf"),
        pytest.param("a\rb", [at(1, 2, "\nx")], "a\rx\rb", id="cr"),
        pytest.param("a\r\nb", [at(2, 2, "\nc")], "a\r\nb\r\nc", id="last-line-without-end"),
        pytest.param("a", [at(1, 2, "\nb")], "a\nb", id="no-line-end-at-all"),
        pytest.param("🤗a", [at(1, 2, "x")], "🤗xa", id="characters"),
        pytest.param("a\x0cb\u2028c", [at(1, 4, "x")], "a\x0cbx\u2028c", id="no-line-ends"),
    ],
)
def test_patched(text: str, edits: list[Edit], after: str) -> None:
    assert patched(text, edits) == after


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        pytest.param([over(1, 1, 3, ""), over(1, 2, 4, "")], "edits overlap in line 1", id="two"),
        pytest.param([at(9, 1, "")], "there is no line 9", id="line"),
        pytest.param([at(0, 1, "")], "there is no line 0", id="line-0"),
        pytest.param([at(1, 6, "")], "line 1 has no column 6", id="column"),
        pytest.param([at(1, 0, "")], "line 1 has no column 0", id="column-0"),
        pytest.param([at(2, 3, "")], "line 2 has no column 3", id="behind-the-last"),
        pytest.param([over(1, 3, 2, "")], "edits overlap in line 1", id="backwards"),
    ],
)
def test_what_cannot_be(edits: list[Edit], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        patched("abcd\ne", edits)


@given(st.lists(st.text("ab\r\n", max_size=4), min_size=1, max_size=5), st.data())
def test_nothing_else_changes(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    line = data.draw(
        st.integers(1, len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    )
    after = patched(text, [at(line, 1, "X")])
    assert after.replace("X", "", 1) == text
