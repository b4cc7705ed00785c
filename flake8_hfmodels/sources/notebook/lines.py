"""The lines of a notebook as its readers know them: by cell, without the JSON around them."""

from __future__ import annotations

import io
import tokenize
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache

from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Reference, Span
from flake8_hfmodels.sources.notebook.cells import Cell, cells_of
from flake8_hfmodels.sources.notebook.pieces import pieces_in
from flake8_hfmodels.sources.placed import Placed, whole_file
from flake8_hfmodels.sources.source import TextSource

_OUTSIDE = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


@dataclass(frozen=True, slots=True)
class CellLine:
    """One line of a cell without its end, and its number in the cell."""

    cell: Cell
    number: int
    text: Placed

    @property
    def place(self) -> tuple[int, int]:
        """Line and column in the file at which it begins."""
        return self.text.at(0)

    def column_of(self, place: tuple[int, int]) -> int:
        """The column, from 1, of what stands at a place of the file."""
        places = [(one.line, one.column) for one in self.text.stretches]
        stretch = self.text.stretches[max(bisect_right(places, place) - 1, 0)]
        further = 0 if stretch.fixed or place[0] != stretch.line else place[1] - stretch.column
        return min(stretch.start + max(further, 0), len(self.text.text)) + 1


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of all cells in the order of the file, and the places where they begin."""

    lines: tuple[CellLine, ...]
    places: tuple[tuple[int, int], ...]

    def at(self, place: tuple[int, int]) -> CellLine:
        """The line that a place of the file belongs to."""
        return self.lines[max(bisect_right(self.places, place) - 1, 0)]

    def in_cell(self, place: tuple[int, int]) -> tuple[int, int]:
        """The line in a cell, and the column in that line, for a place of the file."""
        line = self.at(place)
        return line.number, line.column_of(place)


@lru_cache(maxsize=1)
def lines_of(source: TextSource) -> Lines:
    """The lines of a notebook."""
    lines = tuple(
        CellLine(cell, number, text)
        for cell in cells_of(source)
        for number, text in enumerate(_lines(cell.source), 1)
    )
    return Lines(lines, tuple(line.place for line in lines))


def in_cells(source: TextSource, found: Iterable[Reference]) -> list[Reference]:
    """References with the cells that they stand in, and the lines in these."""
    lines = lines_of(source)
    here = ((one, lines.at((one.span.line, one.span.column))) for one in found)
    return [replace(one, cell=(line.cell.number, line.number)) for one, line in here]


def excerpt(source: TextSource, span: Span) -> tuple[str, Span]:
    """The line of a cell in which a place begins, and that place in the cell."""
    lines = lines_of(source)
    place = (span.line, span.column)
    begin = lines.in_cell(place)
    end = max(begin, lines.in_cell((span.end_line, span.end_column)))
    return lines.at(place).text.text, Span(*begin, *end)


def cell_lines(source: TextSource) -> list[tuple[int, str]]:
    """Every line of every cell: its number in the file, and its text."""
    return [(one.place[0], one.text.text) for one in lines_of(source).lines]


def statements(source: TextSource) -> dict[int, tuple[int, int]]:
    """Each line of the file on which Python stands, to the first and the last of its statement."""
    found: dict[int, tuple[int, int]] = {}
    for piece in pieces_in(source):
        if piece.kind == "python":
            for first, last in _statements(piece.text):
                found.update(dict.fromkeys(range(first, last + 1), (first, last)))
    return found


def _statements(code: Placed) -> Iterator[tuple[int, int]]:
    """The first and the last line in the file of each statement, as far as Python can be read."""
    starts = [stretch.start for stretch in whole_file(code.text).stretches]
    lines = [line.text for line in code.lines()]
    first = 0
    with suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline):
            if token.type in _OUTSIDE:
                continue
            first = first or token.start[0]
            if token.type == tokenize.NEWLINE:
                last = token.end[0]
                yield code.at(starts[first - 1])[0], code.at(starts[last - 1])[0]
                first = 0


def _lines(text: Placed) -> list[Placed]:
    """The lines of a text; behind its last line end there is none."""
    lines = list(text.lines())
    return lines if lines[-1].text else lines[:-1]
