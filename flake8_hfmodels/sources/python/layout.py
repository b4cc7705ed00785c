"""Where the characters of a text constant stand in the file."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Sequence

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Span
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.python.places import span_of
from flake8_hfmodels.sources.text.code import CodeLine

_OPENING = regex(r"[a-zA-Z]{0,2}('''|\"\"\"|'|\")")


def line_starts(text: str) -> Sequence[int]:
    """The offset at which each line of a text begins."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts[:-1]


@dataclass(slots=True)
class Layout:
    """One text constant: its value, and the place of each stretch of it.

    Where the source writes the text otherwise (escapes, pieces that are put together), a
    stretch is searched for behind the last one found; what cannot be found stands where the
    constant stands.
    """

    value: str
    whole: Span
    source: Sequence[str]
    starts: Sequence[int]
    quote: int | None
    at: tuple[int, int] = (0, 0)
    lost: bool = field(default=False)

    @classmethod
    def of(cls, node: ast.expr, value: str, lines: Sequence[str]) -> Layout:
        """Lay out one text of a file; `{}` in it stands for what is not known."""
        whole = span_of(node, lines)
        source = list(lines[whole.line - 1 : whole.end_line])
        if source:
            source[-1] = source[-1][: whole.end_column - 1]
            source[0] = source[0][whole.column - 1 :]
        return cls(value, whole, source, line_starts(value), _quote("\n".join(source), value))

    def span(self, start: int, end: int) -> Span:
        """The place of a stretch of the value."""
        if self.quote is not None:
            return Span(*self._exact(start), *self._exact(end))
        return self.searched(self.value[start:end])

    def searched(self, text: str) -> Span:
        """The place of a text that the source holds behind the last one that was searched for."""
        if self.lost or "\n" in text or "{}" in text:
            return self.whole
        first, column = self.at
        for number in range(first, len(self.source)):
            found = self.source[number].find(text, column if number == first else 0)
            if found >= 0:
                self.at = (number, found + len(text))
                before = self.whole.column if number == 0 else 1
                line = self.whole.line + number
                return Span(line, before + found, line, before + found + len(text))
        self.lost = True
        return self.whole

    def begin(self, line: CodeLine) -> tuple[int, int]:
        """Where in the file a line of code in the value begins."""
        return self._line(line.number), self._column(line.number, line.offset)

    def _line(self, number: int) -> int:
        as_written = self.quote is not None or len(self.starts) == len(self.source)
        return self.whole.line + number if as_written else self.whole.line

    def _column(self, number: int, offset: int) -> int:
        if self.quote is None or number:
            return offset + 1
        return self.whole.column + self.quote + offset

    def _exact(self, offset: int) -> tuple[int, int]:
        number = bisect_right(self.starts, offset) - 1
        return self.whole.line + number, self._column(number, offset - self.starts[number])


def _quote(source: str, value: str) -> int | None:
    """How much stands before a text that the source writes as it is, else `None`."""
    if source == value:
        return 0  # a piece of an f-string, from Python 3.12 on
    opening = _OPENING.match(source)
    if opening is None:
        return None
    quote = opening.group(1)
    written = source[opening.end() : -len(quote)]
    return opening.end() if written == value and source.endswith(quote) else None
