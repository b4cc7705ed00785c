"""Where the characters of a text stand, whatever was cut out of it and put together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.reference import Span
from flake8_hfmodels.sources.placed import Placed, inserted, joined, split_lines, whole_file

TEXT = "ab\r\ncd\nef\rgh"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(0, 2, Span(1, 1, 1, 3), id="first-line"),
        pytest.param(4, 6, Span(2, 1, 2, 3), id="behind-two-characters"),
        pytest.param(5, 8, Span(2, 2, 3, 2), id="over-a-line-end"),
        pytest.param(10, 12, Span(4, 1, 4, 3), id="behind-a-carriage-return"),
        pytest.param(5, 5, Span(2, 2, 2, 2), id="nothing"),
        pytest.param(4, 7, Span(2, 1, 2, 3), id="with-its-line-end"),
        pytest.param(0, 4, Span(1, 1, 1, 3), id="with-a-line-end-of-two-characters"),
        pytest.param(2, 4, Span(1, 3, 1, 3), id="line-end"),
        pytest.param(10, 99, Span(4, 1, 4, 3), id="behind-the-end"),
        pytest.param(12, 12, Span(4, 3, 4, 3), id="nothing-at-the-end"),
    ],
)
def test_span_in_a_file(start: int, end: int, expected: Span) -> None:
    assert whole_file(TEXT).span(start, end) == expected


def test_part() -> None:
    part = whole_file(TEXT).part(5, 9)
    assert (part.text, part.at(0), part.at(2)) == ("d\nef", (2, 2), (3, 1))


def test_part_of_a_part() -> None:
    assert whole_file(TEXT).part(4, 12).part(3, 5).span(0, 2) == Span(3, 1, 3, 3)


def test_empty_part() -> None:
    assert whole_file(TEXT).part(5, 5).at(0) == (2, 2)


def test_what_is_put_in_stands_at_one_place() -> None:
    text = inserted("long", 7, 3)
    assert (text.at(3), text.span(1, 4)) == ((7, 3), Span(7, 3, 7, 3))


def test_part_of_what_is_put_in() -> None:
    assert inserted("long", 7, 3).part(1, 3).span(0, 2) == Span(7, 3, 7, 3)


def test_joined() -> None:
    whole = whole_file(TEXT)
    text = joined([whole.part(4, 6), inserted("--", 1, 2), whole.part(8, 8), whole.part(0, 2)])
    assert text.text == "cd--ab"
    assert text.span(1, 4) == Span(2, 2, 2, 2)
    assert text.at(4) == (1, 1)


def test_span_that_ends_before_it_begins_in_the_file() -> None:
    whole = whole_file(TEXT)
    text = joined([whole.part(4, 6), whole.part(0, 2)])
    assert text.span(0, 4) == Span(2, 1, 2, 1)


def test_joined_of_nothing() -> None:
    assert joined([]).span(0, 0) == Span(1, 1, 1, 1)


def test_lines() -> None:
    lines = list(whole_file(TEXT).lines())
    assert [(line.text, line.at(0)) for line in lines] == [
        ("ab", (1, 1)),
        ("cd", (2, 1)),
        ("ef", (3, 1)),
        ("gh", (4, 1)),
    ]


@given(st.text(alphabet="a\r\n\u2028\x0b"), st.data())
def test_every_character_stands_where_its_line_has_it(text: str, data: st.DataObject) -> None:
    lines = split_lines(text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = whole_file(text).at(offset)
    if offset < len(text) and text[offset] not in "\r\n":
        assert lines[line - 1][column - 1] == text[offset]
    assert 1 <= line <= len(lines)


@given(st.lists(st.tuples(st.text("ab\n", max_size=5), st.integers(1, 9)), max_size=5), st.data())
def test_joined_parts_keep_their_places(pieces: list[tuple[str, int]], data: st.DataObject) -> None:
    parts = [Placed(text, inserted(text, line, 1).stretches) for text, line in pieces]
    whole = joined(parts)
    assert whole.text == "".join(text for text, _line in pieces)
    lines = [line for text, line in pieces for _character in text]
    if lines:
        offset = data.draw(st.integers(0, len(lines) - 1))
        assert whole.at(offset) == (lines[offset], 1)


def test_what_is_put_in_place_of_a_name_is_no_part_of_the_place() -> None:
    whole = whole_file("name := o/m\nload $(name) now")
    value = whole.part(8, 11).sent_away()
    text = joined([whole.part(12, 17), value, whole.part(24, 28)])
    assert text.text == "load o/m now"
    assert text.span(0, 12) == Span(2, 1, 2, 17)
    assert text.span(0, 8) == Span(2, 1, 2, 6)
    assert text.span(5, 12) == Span(2, 13, 2, 17)
    assert text.span(5, 8) == Span(1, 9, 1, 12)
    assert text.part(5, 12).span(0, 7) == Span(2, 13, 2, 17)
