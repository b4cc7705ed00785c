"""Variables of make: what their references in a text stand for, as far as the file says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.shell.word import HOLE

LONGEST = 2000
"""A value of more characters is not put where its variable stands."""

MOST_INSERTED = 2_000_000
"""Characters of values that are put into one file; behind them variables are unknown."""

DEEPEST = 20
"""Variables within the values of variables that are followed."""

MOST = 5000
"""Variables of one file that are followed."""

COST_OF_A_CALL = 100
"""Characters that count as put in where a function is called, whatever it makes of them."""

MOST_ARGUMENTS = 9
"""Arguments of one function that are followed."""

# GNU make manual: 6.1 Basics of Variable References, 8.1 Function Call Syntax.
_TOKEN = regex(r"\$[({]|\$.|[(){}]", re.DOTALL)
_CLOSING = {"(": ")", "{": "}"}
_NAME = regex(r"[\w.-]+", re.ASCII)
_SHELL = regex(r"shell\s+")
_CALL = regex(r"call\s+([\w.-]+)\s*(?:,|$)", re.ASCII)

NO_ARGUMENTS: Mapping[str, Placed] = MappingProxyType({})


@dataclass(slots=True)
class MakeVariables:
    """The variables of a makefile: their texts as they are written, read when they are used.

    `commands` are the texts of `$(shell …)` that have been met.
    """

    parts: dict[str, list[Placed]] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    commands: list[Placed] = field(default_factory=list)
    left: int = MOST_INSERTED
    read: dict[str, Placed | None] = field(default_factory=dict)

    def give(self, name: str, operator: str, value: Placed) -> None:
        """Note an assignment."""
        known = name in self.parts
        if (operator == "?=" and known) or (not known and len(self.parts) >= MOST):
            return
        if operator != "+=" or not known:
            self.parts[name] = []
            self.lengths[name] = -1  # there is no blank before the first value
        elif self.lengths[name] <= LONGEST:
            self.parts[name].append(inserted(" ", *value.at(0)))
        self.lengths[name] += len(value.text) + 1
        if self.lengths[name] <= LONGEST:
            self.parts[name].append(value)

    def raw(self, name: str) -> Placed | None:
        """The text of a variable as it is written; `None` where it has none that is followed."""
        if self.lengths.get(name, LONGEST + 1) > LONGEST:
            return None
        return joined(self.parts[name])

    def value(self, name: str, depth: int = DEEPEST) -> Placed | None:
        """What a variable is in the end; `None` where the file does not say."""
        if name in self.read:
            return self.read[name]
        if depth == 0:
            return None
        self.read[name] = None  # while it is read: a variable may name itself
        raw = self.raw(name)
        if raw is None:
            return None
        made = self.substituted(raw, depth - 1)
        self.read[name] = made if len(made.text) <= LONGEST else None
        return self.read[name]

    def substituted(
        self,
        text: Placed,
        depth: int = DEEPEST,
        arguments: Mapping[str, Placed] = NO_ARGUMENTS,
    ) -> Placed:
        """A text with the values of variables in it, each at its own place.

        A hole stands for what only make knows. `arguments` are those of `$(call …)`, by number.
        """
        closings = _closings(text.text)
        parts: list[Placed] = []
        end = 0
        for found in _TOKEN.finditer(text.text):
            start, token = found.start(), found.group()
            if start < end or token[0] != "$":
                continue
            opened = token in ("$(", "${")
            if opened and start not in closings:
                continue
            parts.append(text.part(end, start))
            end = closings[start] + 1 if opened else found.end()
            if token == "$$":
                parts.append(text.part(start, start + 1))
                continue
            inner = text.part(start + 2, end - 1) if opened else text.part(end - 1, end)
            parts.append(self._meant(inner, depth, arguments))
        parts.append(text.part(end, len(text.text)))
        return joined(parts) if end else text

    def _meant(self, inner: Placed, depth: int, arguments: Mapping[str, Placed]) -> Placed:
        """What a reference stands for, by what stands between its brackets."""
        command, call = _SHELL.match(inner.text), _CALL.match(inner.text)
        if command is not None:
            self.commands.append(inner.part(command.end(), len(inner.text)))
        known: Placed | None = None
        if call is not None and depth and self.left > 0:
            self.left -= COST_OF_A_CALL
            passed = self._arguments(inner.part(call.end(), len(inner.text)), depth, arguments)
            raw = self.raw(call[1])
            known = self.substituted(raw, depth - 1, passed) if raw is not None else None
        elif _NAME.fullmatch(inner.text):
            known = arguments.get(inner.text) or self.value(inner.text, depth)
        if known is None or len(known.text) > self.left:
            return inserted(HOLE, *inner.at(0))
        self.left -= len(known.text)
        return known.sent_away()

    def _arguments(
        self, text: Placed, depth: int, outer: Mapping[str, Placed]
    ) -> Mapping[str, Placed]:
        """What is passed to a function, by number."""
        given = self.substituted(text, depth - 1, outer)
        made: dict[str, Placed] = {}
        start = 0
        for number in range(1, MOST_ARGUMENTS + 1):
            end = given.text.find(",", start)
            end = end if end >= 0 else len(given.text)
            made[str(number)] = given.part(start, end)
            start = end + 1
            if start > len(given.text):
                break
        return made


def _closings(text: str) -> Mapping[int, int]:
    """Where each reference ends that begins with `$(` or `${`."""
    found: dict[int, int] = {}
    stack: list[tuple[int, str]] = []
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in ("$(", "${") or (stack and mark in _CLOSING):
            stack.append((token.start(), _CLOSING[mark[-1]]))
        elif stack and mark == stack[-1][1]:
            start, _mark = stack.pop()
            found[start] = token.start()
    return found
