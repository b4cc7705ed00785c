"""The text of a file by offsets, and what changes make of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from flake8_hfmodels.finding import Edit
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Span, Written
from flake8_hfmodels.regex import regex

_LINE_END = regex(r"\r\n|\r|\n")
_OPENING = regex(r"(?:[rRuU]?\\*[\"'])?")


@dataclass(frozen=True, slots=True)
class Change:
    """Text in place of what stands from one offset up to another."""

    start: int
    end: int
    text: str
    is_comment: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """Changes that may mend a finding, and in words what they do.

    `comment` is the offset at which a comment may be put, `None` where there is none.
    """

    what: str
    changes: tuple[Change, ...]
    is_safe: bool = True
    comment: int | None = None


class Ground:
    """The text of one file, whose places are offsets here."""

    def __init__(self, path: str, kind: KindName, text: str) -> None:
        ends = [found.span() for found in _LINE_END.finditer(text)]
        self.path = path
        self.kind: KindName = kind
        self.text = text
        self.line_end = text[slice(*ends[0])] if ends else "\n"
        self._starts = [0, *(end for _start, end in ends)]
        self._stops = [*(start for start, _end in ends), len(text)]

    def offset(self, line: int, column: int) -> int:
        """Where a place is."""
        return self._starts[line - 1] + column - 1

    def ends(self, span: Span) -> tuple[int, int]:
        """Where a place begins and ends."""
        begin = self.offset(span.line, span.column)
        return begin, self.offset(span.end_line, span.end_column)

    def line(self, offset: int) -> tuple[int, int]:
        """Where the line of an offset begins, and where it stops before its end."""
        number = bisect_right(self._starts, offset) - 1
        return self._starts[number], self._stops[number]

    def span(self, start: int, end: int) -> Span:
        """The place in the file between two offsets."""
        return Span(*self._place(start), *self._place(end))

    def edit(self, change: Change) -> Edit:
        """A change as the edit of a file."""
        return Edit(self.span(change.start, change.end), change.text)

    def stands(self, written: Written) -> tuple[int, int] | None:
        """From where to where a text is written, if it stands there letter by letter."""
        found = _OPENING.match(self.text, self.offset(written.span.line, written.span.column))
        begin = found.end() if found is not None else 0
        end = begin + len(str(written.value))
        return (begin, end) if self.text[begin:end] == written.value else None

    def _place(self, offset: int) -> tuple[int, int]:
        number = bisect_right(self._starts, offset)
        return number, offset - self._starts[number - 1] + 1


class Changed:
    """A text after changes, of which equal ones count once; at one place a comment is the last.

    `new` are the stretches of it that are written by them, in order. `ValueError`: two changes
    are in each other's way.
    """

    def __init__(self, ground: Ground, changes: Iterable[Change]) -> None:
        self.changes: Sequence[Change] = sorted(
            dict.fromkeys(changes), key=lambda one: (one.start, one.end, one.is_comment)
        )
        if any(one.end > other.start for one, other in pairwise(self.changes)):
            raise ValueError("two changes of one place")
        parts: list[str] = []
        self.new: list[tuple[int, int]] = []
        done = length = 0
        for change in self.changes:
            text = change.text.replace("\n", ground.line_end)
            parts += [ground.text[done : change.start], text]
            begin = length + change.start - done
            self.new.append((begin, begin + len(text)))
            length, done = begin + len(text), change.end
        text = "".join([*parts, ground.text[done:]])
        self.ground = Ground(ground.path, ground.kind, text)

    def before(self, offset: int) -> int:
        """Where the character at an offset stood before; a number below 0 for a new one."""
        shift = 0
        for change, (begin, end) in zip(self.changes, self.new, strict=True):
            if offset < begin:
                break
            if offset < end:
                return -1 - offset
            shift = change.end - end
        return offset + shift
