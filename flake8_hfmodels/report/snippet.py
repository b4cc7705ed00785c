"""Lines of a file as people are shown them: numbered, and what is meant in them underlined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Span
from flake8_hfmodels.report.cells import CUT, blank, cells, window
from flake8_hfmodels.report.paint import Paint, printable
from flake8_hfmodels.report.report import Report

WIDEST = 400
"""Cells of the widest source line that is shown whole where nobody knows how wide the screen is."""

NARROWEST = 20
"""Cells that are shown of a line on the narrowest of screens."""

MOST = 6
"""Lines of a place that is shown whole; of a longer one, the first lines and the last one are."""

GUTTER = SECOND = "1;34"
"""The colour of line numbers, and of the places that are not the main one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to underline, and what to say of it."""

    span: Span
    words: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Pen:
    """How it is drawn: the main place in its colour; `columns` is the width of the screen."""

    paint: Paint
    colour: str
    columns: int | None = None

    def __call__(self, mark: Mark, text: str) -> str:
        """Text in the colour of a mark."""
        return self.paint(self.colour if mark.is_main else SECOND, text)


@dataclass(frozen=True, slots=True)
class Snippet:
    """Lines to print, and how wide the numbers before them are."""

    lines: Sequence[str]
    width: int


@dataclass(frozen=True, slots=True)
class _Block:
    """A main place of several lines: a bar in the margin joins its ends.

    `flush`: nothing stands before it on its first line, and the bar begins there.
    """

    mark: Mark
    flush: bool

    @property
    def first(self) -> int:
        return self.mark.span.line

    @property
    def last(self) -> int:
        return self.mark.span.end_line

    def beside(self, number: int) -> str:
        """What stands in the margin of a line."""
        if number == self.first:
            return "/" if self.flush else " "
        return "|" if self.first < number <= self.last else " "

    def below(self, number: int) -> str:
        """What stands in the margin of the marks below a line."""
        return self.beside(number).replace("/", "|")

    def focus(self, number: int) -> Span:
        """The character on a line of it that is to be seen, however long the line is."""
        span = self.mark.span
        column = {self.first: span.column, self.last: max(1, span.end_column - 1)}.get(number, 1)
        return Span(number, column, number, column + 1)

    def parts(self, number: int) -> Iterator[Literal["begin", "end"]]:
        """The ends of it that have to be shown below a line."""
        if number == self.first and not self.flush:
            yield "begin"
        if number == self.last:
            yield "end"

    def numbers(self, wanted: Sequence[int]) -> list[int]:
        """The lines of it that are shown, among them the wanted ones."""
        if self.last - self.first < MOST:
            return [*range(self.first, self.last + 1)]
        head = range(self.first, self.first + MOST - 2)
        return sorted({*head, self.last, *(one for one in wanted if head.stop <= one < self.last)})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mark stands in what is shown of a line: all of it, or one end of a block."""

    span: Span
    mark: Mark
    part: Literal["all", "begin", "end"] = "all"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line, or what is shown of it, and the places in it."""

    number: int
    text: str
    places: list[_Place]


def snippet(report: Report, path: str, marks: Sequence[Mark], pen: Pen) -> Snippet:
    """The lines of a file that marks stand in, in their order, and below each line its marks.

    A line that is not there or is blank is left out, and its marks with it.
    """
    block = _block(report, path, marks)
    width = len(str(max(mark.span.line for mark in marks)))
    if block is not None:
        width = max(width, len(str(block.last)))
    room = _room(pen, width, block)
    rows = _rows(report, path, marks, block, room)
    return Snippet([*_drawn(rows, block, width, pen, room)], width)


def _block(report: Report, path: str, marks: Sequence[Mark]) -> _Block | None:
    """The main place, if all of its lines can be shown; of a notebook's the first alone can."""
    for mark in marks:
        span = mark.span
        line = report.line(path, span.line)
        is_here = line.strip() and (path, span) not in report.excerpts
        if mark.is_main and is_here and span.end_line > span.line:
            return _Block(mark, flush=not line[: span.column - 1].strip())
    return None


def _room(pen: Pen, width: int, block: _Block | None) -> int:
    """The cells that there are for a line."""
    if pen.columns is None:
        return WIDEST
    return max(NARROWEST, pen.columns - width - len(" | ") - (0 if block is None else 2))


def _rows(
    report: Report, path: str, marks: Sequence[Mark], block: _Block | None, room: int
) -> list[_Row]:
    """The lines to show, with the places in them in the order in which they are drawn."""
    found: dict[tuple[int, str], _Row] = {}
    ends = []
    if block is not None:
        for number in block.numbers([mark.span.line for mark in marks]):
            text, at = window(report.line(path, number), block.focus(number), room)
            row = found[number, text] = _Row(number, text, [])
            ends += [(row, _Place(at, block.mark, part)) for part in block.parts(number)]
    others = [mark for mark in marks if block is None or mark is not block.mark]
    for mark in sorted(others, key=lambda one: (one.span, not one.is_main)):
        text, at = window(*report.excerpt(path, mark.span), room)
        if text.strip():
            row = found.setdefault((mark.span.line, text), _Row(mark.span.line, text, []))
            row.places.append(_Place(at, mark))
    for row, end in ends:
        row.places.append(end)
    return sorted(found.values(), key=lambda row: row.number)


def _drawn(
    rows: Sequence[_Row], block: _Block | None, width: int, pen: Pen, room: int
) -> Iterator[str]:
    above = rows[0].number if rows else 0
    for row in rows:
        if row.number - above > 1:
            yield _dots(row.number, block, width, pen)
        above = row.number
        gutter = pen.paint(GUTTER, f"{row.number:>{width}} |")
        beside = "" if block is None else _bar(block.beside(row.number), block, pen)
        yield f"{gutter} {beside}{printable(row.text)}".rstrip()
        below = "" if block is None else _bar(block.below(row.number), block, pen)
        empty = pen.paint(GUTTER, " " * width + " |")
        for place in row.places:
            yield from (f"{empty} {under}" for under in _under(row.text, place, below, pen, room))


def _dots(number: int, block: _Block | None, width: int, pen: Pen) -> str:
    """In place of the lines that are left out above a line."""
    dots = pen.paint(GUTTER, CUT)
    if block is None or not block.first < number <= block.last:
        return dots
    return f"{dots}{' ' * (width + len(' | ') - len(CUT))}{pen(block.mark, '|')}"


def _bar(bar: str, block: _Block, pen: Pen) -> str:
    """The margin of a line with a block beside it."""
    return "  " if bar == " " else f"{pen(block.mark, bar)} "


def _under(text: str, place: _Place, below: str, pen: Pen, room: int) -> Iterator[str]:
    """What stands under a line: a place underlined, or what leads from the margin to an end.

    Words that do not fit beside the place have a line of their own.
    """
    mark, span = place.mark, place.span
    before = text[: span.column - 1]
    if place.part != "all":
        corner = " _" if place.part == "begin" else "|_"
        yield pen(mark, f"{corner}{blank(before, '_')}^")
        return
    end = span.end_column - 1 if span.end_line == span.line else len(text)
    signs = ("^" if mark.is_main else "-") * max(1, cells(text[span.column - 1 : end]))
    words = printable(mark.words)
    beside = blank(before, " ")
    if not words or cells(f"{beside}{signs} {words}") <= room:
        yield f"{below}{beside}{pen(mark, f'{signs} {words}'.rstrip())}"
        return
    yield f"{below}{beside}{pen(mark, signs)}"
    yield f"{below}{beside[: max(0, room - cells(words))]}{pen(mark, words)}"
