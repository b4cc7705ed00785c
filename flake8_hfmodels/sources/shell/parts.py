"""A word of shell text while it is read: its parts, and what they make."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.sources.shell.variables import MOST
from flake8_hfmodels.sources.shell.word import HOLE, Origin, Run, Text, Word

LONGEST = 1000
"""A text that is put together from variables and gets longer than this counts as unknown."""


class Literal(NamedTuple):
    """A part of a word that stands there as it is."""

    text: str
    start: int
    end: int


Part = Literal | tuple[Text, ...]


@dataclass(slots=True)
class WordParts:
    """A word while it is read: what its parts can be.

    `expanded`: variables of this text stand in it; `bare`: the last one unquoted. `ahead` are
    the words that an array puts before this one.
    """

    ground: Text
    start: int
    parts: list[Part] = field(default_factory=list)
    closed: bool = True
    spread: bool = False
    bare: bool = False
    expanded: bool = False
    ahead: list[Word] = field(default_factory=list)

    def add(self, text: str, start: int, end: int) -> None:
        """Add a part that stands there as it is."""
        self.parts.append(Literal(text, start, end))

    def put(self, choices: tuple[Text, ...], bare: bool) -> None:
        """Add a part that a variable holds."""
        self.parts.append(choices)
        self.expanded = True
        self.bare = bare

    def done(self, end: int) -> Word:
        """The word, put together."""
        told = [part for part in self.parts if not isinstance(part, Literal) or part.text]
        if len(told) == 1 and not isinstance(told[0], Literal):
            return Word(told[0], self.closed, self.spread)
        return Word(self._joined(told, end), self.closed, self.spread)

    def _joined(self, parts: Sequence[Part], end: int) -> tuple[Text, ...]:
        choices: list[Sequence[Literal | Text]] = [
            (part,) if isinstance(part, Literal) else part for part in parts
        ]
        count = 1
        for choice in choices:
            count *= len(choice)
            if count > MOST:
                return (self._hole(end),)
        size = sum(max(len(one.text) for one in choice) for choice in choices)
        if self.expanded and size > LONGEST:
            return (self._hole(end),)
        return tuple(self._made(chosen, end) for chosen in product(*choices))

    def _made(self, parts: Sequence[Literal | Text], end: int) -> Text:
        runs: list[Run] = []
        at = 0
        for part in parts:
            if isinstance(part, Literal):
                run = Run(at, len(part.text), self.ground, part.start, part.end, self.start)
                runs[-1:] = _merged(runs[-1], run) if runs else [run]
            else:
                runs.extend(part.runs(at))
            at += len(part.text)
        text = "".join([part.text for part in parts])
        return Text(text, Origin(runs, self.ground, self.start, end))

    def _hole(self, end: int) -> Text:
        run = Run(0, 1, self.ground, self.start, end, self.start)
        return Text(HOLE, Origin((run,), self.ground, self.start, end))


def _merged(one: Run, other: Run) -> Sequence[Run]:
    """Two runs, or one where the second goes on where the first ends."""
    plain = one.length == one.end - one.start and other.length == other.end - other.start
    same = one.ground is other.ground and one.home == other.home and one.end == other.start
    if not (plain and same):
        return (one, other)
    return (one._replace(length=one.length + other.length, end=other.end),)
