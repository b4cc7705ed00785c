"""Text that knows where in its file each of its characters stands.

Pieces of one language stand in another: shell in YAML, Python in shell, both in notebooks. A
reader is given such a piece and says what it found at places of the file, whatever lies between.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Span
from flake8_hfmodels.regex import regex

_LINE_END = regex(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters from `start` (an offset) on that stand one behind the other in the file.

    The first one stands at `line` and `column`, which count from 1. `fixed`: all of them stand
    there, as something else is written in the file (an escape, what we have put in). `away`: they
    are put in place of a name, and stand where that gets its value.
    """

    start: int
    line: int
    column: int
    fixed: bool = False
    away: bool = False


_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Placed:
    """A text and the place of each of its characters; stretches are in order, the first at 0."""

    text: str
    stretches: Sequence[Stretch]
    _starts: Sequence[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [*map(_START, self.stretches)])

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at an offset, both from 1."""
        stretch = self.stretches[self._index(offset)]
        return stretch.line, stretch.column + (0 if stretch.fixed else offset - stretch.start)

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from one offset up to another, without line ends behind."""
        start, end = self._at_home(start, end)
        line, column = self.at(start)
        end = start + len(self.text[start:end].rstrip("\r\n"))
        if end <= start:
            return Span(line, column, line, column)
        last_line, last_column = self.at(end - 1)
        fixed = self.stretches[self._index(end - 1)].fixed
        behind = (last_line, last_column + (0 if fixed else 1))
        return Span(line, column, *max(behind, (line, column)))

    def part(self, start: int, end: int) -> Placed:
        """The characters from one offset up to another, with their places."""
        first = self._index(start)
        one = self.stretches[first]
        column = one.column + (0 if one.fixed else start - one.start)
        found = [Stretch(0, one.line, column, one.fixed, one.away)]
        for index in range(first + 1, len(self.stretches)):
            one = self.stretches[index]
            if one.start >= end:
                break
            found.append(Stretch(one.start - start, one.line, one.column, one.fixed, one.away))
        return Placed(self.text[start:end], tuple(found))

    def lines(self) -> Iterable[Placed]:
        """Each line without its end."""
        begin = 0
        for found in _LINE_END.finditer(self.text):
            yield self.part(begin, found.start())
            begin = found.end()
        yield self.part(begin, len(self.text))

    def sent_away(self) -> Placed:
        """The same text as what is put in place of a name."""
        return Placed(self.text, tuple(replace(one, away=True) for one in self.stretches))

    def _at_home(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of characters without those at its ends that stand elsewhere.

        Where all of them do, it is their place that is meant.
        """
        first, last = self._index(start), self._index(max(end - 1, start))
        at_home = [number for number in range(first, last + 1) if not self.stretches[number].away]
        if not at_home or len(at_home) == last + 1 - first:
            return start, end
        behind = self._starts[at_home[-1] + 1] if at_home[-1] < last else end
        return max(start, self._starts[at_home[0]]), behind

    def _index(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)


def whole_file(text: str) -> Placed:
    """The text of a file; its lines end in line feeds, carriage returns, or both."""
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    return Placed(text, tuple(Stretch(start, line, 1) for line, start in enumerate(starts, 1)))


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of a text without their ends, as Python's parser and editors count them."""
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def inserted(text: str, line: int, column: int) -> Placed:
    """A text that the file does not hold, in place of what stands at one place of it."""
    return Placed(text, (Stretch(0, line, column, fixed=True),))


def joined(parts: Iterable[Placed]) -> Placed:
    """Texts one behind the other."""
    texts: list[str] = []
    stretches: list[Stretch] = []
    length = 0
    for part in parts:
        if not part.text:
            continue
        stretches.extend(
            Stretch(one.start + length, one.line, one.column, one.fixed, one.away)
            for one in part.stretches
        )
        texts.append(part.text)
        length += len(part.text)
    return Placed("".join(texts), tuple(stretches) or (Stretch(0, 1, 1),))
