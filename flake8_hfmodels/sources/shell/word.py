"""The words of a command line: what each can be, and where each character of it is written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Known, Scalar, Span, Written
from flake8_hfmodels.sources.placed import Placed, inserted, joined

HOLE = "\0"
"""Stands in a text for a part that only the running program knows; no argument can hold it."""


class Run(NamedTuple):
    """Characters of a text that stand one behind the other in the shell text `ground`.

    They begin at `at`, and are written from `start` to `end`; where that is longer or shorter,
    all of them stand for all of that. `home` is the same for all runs of one written word.
    """

    at: int
    length: int
    ground: Text
    start: int
    end: int
    home: int

    def clipped(self, start: int, end: int) -> Run:
        """The part of it that stands between two offsets of the text."""
        first, last = max(self.at, start), min(self.at + self.length, end)
        if self.length != self.end - self.start:
            return self._replace(at=first, length=last - first)
        begin = self.start + first - self.at
        return Run(first, last - first, self.ground, begin, begin + last - first, self.home)


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Where the characters of a text are written, and the whole word that they are part of."""

    runs: Sequence[Run]
    ground: Text
    start: int
    end: int

    def between(self, start: int, end: int) -> Iterator[Run]:
        """The runs of a part of the text."""
        index = max(bisect_right(self.runs, start, key=_at) - 1, 0)
        while index < len(self.runs) and self.runs[index].at < end:
            yield self.runs[index].clipped(start, end)
            index += 1

    def span(self, start: int, end: int) -> Span:
        """The place of a part of the text: the word's, where that is put together."""
        runs = list(self.between(start, end))
        if not runs:
            return self.ground.part(self.start, self.end).span()
        first, last = runs[0], runs[-1]
        if all(_follows(*pair) for pair in pairwise(runs)) or self._holds(first, last):
            return first.ground.part(first.start, last.end).span()
        return self.ground.part(self.start, self.end).span()

    def _holds(self, *runs: Run) -> bool:
        """Whether runs are of this very word, and not of a variable in it."""
        return all(run.ground is self.ground and run.home == self.start for run in runs)


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text, and where it is written: all of it at one place, or each character at its own."""

    text: str
    origin: Written | Placed | Origin
    offset: int = 0

    def part(self, start: int, end: int) -> Text:
        """The characters from one offset up to another."""
        return Text(self.text[start:end], self.origin, self.offset + start)

    def behind(self, separator: str) -> Text:
        """What stands behind the first such character."""
        return self.part(self.text.find(separator) + 1, len(self.text))

    def narrowed(self, wanted: str, start: int = 0) -> Text:
        """The part that is this text; a text that does not stand there has the place of all."""
        found = self.text.find(wanted, start)
        if found < 0:
            return Text(wanted, self.written())
        return self.part(found, found + len(wanted))

    def span(self) -> Span:
        """Where it is written."""
        match self.origin:
            case Written(span=span):
                return span
            case origin:
                return origin.span(self.offset, self.offset + len(self.text))

    def written(self) -> Written:
        """The text as a value of a reference."""
        return self.valued(self.text)

    def valued(self, value: Scalar) -> Written:
        """A value that this text means, as that of a reference."""
        if isinstance(self.origin, Written):
            return replace(self.origin, value=value)
        return Written(value, self.span())

    def runs(self, at: int) -> Iterator[Run]:
        """Where its characters are written, as those of a text in which it begins at an offset."""
        if not isinstance(self.origin, Origin):
            yield Run(at, len(self.text), self, 0, len(self.text), -1)
            return
        for run in self.origin.between(self.offset, self.offset + len(self.text)):
            yield run._replace(at=run.at - self.offset + at)

    def placed(self) -> Placed:
        """The text with the places of its characters in the file."""
        match self.origin:
            case Written(span=span):
                return inserted(self.text, span.line, span.column)
            case Placed() as placed:
                return placed.part(self.offset, self.offset + len(self.text))
            case _:
                return joined(self._pieces())

    def _pieces(self) -> Iterator[Placed]:
        for run in self.runs(0):
            if run.length == run.end - run.start:
                yield run.ground.part(run.start, run.end).placed()
            else:
                span = run.ground.part(run.start, run.end).span()
                yield inserted(self.text[run.at : run.at + run.length], span.line, span.column)


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a command line.

    `choices` are all that it can be; a hole (`HOLE`) stands in them for what only the running
    program knows. Not `closed`: others can be passed instead. `spread`: it may stand for any
    number of words.
    """

    choices: tuple[Text, ...]
    closed: bool = True
    spread: bool = False

    @property
    def text(self) -> str:
        """What the word is; a hole where that is not one certain text."""
        return self.choices[0].text if len(self.choices) == 1 else HOLE

    @property
    def texts(self) -> Sequence[str]:
        """All that the word can be."""
        return [choice.text for choice in self.choices]

    @property
    def value(self) -> Known:
        """The word as a value of a reference."""
        return Known(tuple(choice.written() for choice in self.choices), self.closed)

    def behind(self, separator: str) -> Word:
        """What stands behind the first such character."""
        return replace(self, choices=tuple(one.behind(separator) for one in self.choices))


def known_word(value: Known, spread: bool = False) -> Word:
    """A word that can be these texts, each at one place."""
    choices = tuple(Text(str(written.value), written) for written in value.values)
    return Word(choices, value.closed, spread)


def placed_word(text: Placed) -> Word:
    """A word that is this text."""
    return Word((Text(text.text, text),))


def _at(run: Run) -> int:
    return run.at


def _follows(one: Run, other: Run) -> bool:
    same = one.ground is other.ground and one.home == other.home
    return same and other.start >= one.end
