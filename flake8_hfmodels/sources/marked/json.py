"""JSON to trees whose every value knows where it stands; also JSON5, JSON Lines, comments.

The grammars are those of RFC 8259 and https://spec.json5.org. What people and tools write beyond
them (a comma too many, several documents in a file) is read as it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.marked.escapes import ESCAPE, without_escapes
from flake8_hfmodels.sources.marked.growing import DEEPEST, Growing
from flake8_hfmodels.sources.marked.tree import Leaf, Mapping, Marked, Node
from flake8_hfmodels.sources.placed import Placed, Stretch, inserted

# Each takes half a kilobyte; a file of 5 MB that people write has a tenth of them.
MOST_VALUES = 400_000

_BLANK = regex(r"[\s\ufeff]*")
_TO_LINE_END = regex(r"[^\r\n]*")
_WORD = regex(r"[^\s\"'{}\[\]:,/\ufeff]+")
_NAME = regex(r"[\w$]+")
_LITERAL = regex(
    r"true|false|null|undefined"
    r"|[-+]?(?:NaN|Infinity|0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
)
_STOPS = {quote: regex(rf"[{quote}\\\r\n]") for quote in "\"'"}
Wanted = Literal["a value", "a key", "':'", "',' or a bracket"]


def read_json(text: Placed, unread: Collection[str] = ()) -> Marked:
    """The documents of a file, and its comments.

    Behind a mistake nothing is read. What stands under the keys `unread` must be JSON too, but is
    not kept: nobody is to look at these values.
    """
    reader = _Reader(text, text.text, unread)
    reader.run()
    line = text.at(reader.at)[0] if reader.mistake else 0
    return Marked(reader.documents, reader.comments, reader.mistake, line)


@dataclass(slots=True)
class _Reader:
    """Reads from `at` on; `open` are the brackets around it."""

    text: Placed
    source: str
    unread: Collection[str]
    at: int = 0
    stretch: int = 0
    wanted: Wanted = "a value"
    documents: list[Node] = field(default_factory=list)
    comments: list[Placed] = field(default_factory=list)
    open: list[Growing] = field(default_factory=list)
    values: int = 0
    unread_in: int = 0
    mistake: str = ""

    def run(self) -> None:
        """Read to the end, or to the first mistake, which is what `at` then stands at."""
        self._pass_blank()
        while self.at < len(self.source) and not self.mistake:
            self._take(self.source[self.at])
            if not self.mistake:
                self._pass_blank()
        if self.open and not self.mistake:
            self.mistake = "it ends before its last bracket is closed"

    def _pass_blank(self) -> None:
        self.at = _end(_BLANK, self.source, self.at)
        while self.source.startswith(("//", "/*"), self.at):
            begin = self.at + 2
            if self.source[self.at + 1] == "/":
                end = after = _end(_TO_LINE_END, self.source, begin)
            else:
                end = self.source.find("*/", begin)
                after = end + 2
            if end < 0:
                self.mistake = "a comment is not closed"
                return
            if len(self.comments) < MOST_VALUES:
                self.comments.append(self._part(begin, end))
            self.at = _end(_BLANK, self.source, after)

    def _take(self, char: str) -> None:
        match char:
            case "{" | "[" if self.wanted == "a value":
                self._begin(char == "{")
            case "}" | "]" if self._may_close(char == "}"):
                self.open.pop()
                self._settle()
            case "," if self.wanted == "',' or a bracket":
                self.wanted = "a key" if isinstance(self.open[-1].node, Mapping) else "a value"
            case ":" if self.wanted == "':'":
                self.wanted = "a value"
            case '"' | "'" if self.wanted in ("a value", "a key"):
                self._quoted(_STOPS[char], char)
                return
            case _:
                self._word()
                return
        self.at += 1

    def _part(self, start: int, end: int) -> Placed:
        """A part of the text; they are asked for in order, so that nothing is searched for."""
        stretches = self.text.stretches
        while self.stretch + 1 < len(stretches) and stretches[self.stretch + 1].start <= start:
            self.stretch += 1
        one = stretches[self.stretch]
        if self.stretch + 1 < len(stretches) and stretches[self.stretch + 1].start < end:
            return self.text.part(start, end)
        column = one.column if one.fixed else one.column + start - one.start
        return Placed(self.source[start:end], (Stretch(0, one.line, column, one.fixed),))

    def _begin(self, is_mapping: bool) -> None:
        growing = Growing(is_mapping=is_mapping)
        self._put(growing.node)
        self.open.append(growing)
        self.wanted = "a key" if is_mapping else "a value"
        if len(self.open) > DEEPEST:
            self.mistake = f"it nests deeper than {DEEPEST} levels"

    def _may_close(self, is_mapping: bool) -> bool:
        if not self.open or isinstance(self.open[-1].node, Mapping) is not is_mapping:
            return False
        return self.wanted in ("',' or a bracket", "a key" if is_mapping else "a value")

    def _quoted(self, stop: re.Pattern[str], quote: str) -> None:
        start = position = self.at + 1
        while found := stop.search(self.source, position):
            end = found.start()
            if self.source[end] == quote:
                self.at = end + 1
                if self.unread_in:
                    self._give(_UNREAD)
                    return
                raw = self._part(start, end)
                self._give(Leaf(without_escapes(raw) if position > start else raw))
                return
            escape = ESCAPE.match(self.source, end)
            if escape is None:
                break
            position = escape.end()
        self.mistake = "a text is not closed"

    def _word(self) -> None:
        found = _WORD.match(self.source, self.at)
        form = {"a value": _LITERAL, "a key": _NAME}.get(self.wanted)
        if found is None or form is None or not form.fullmatch(found[0]):
            shown = found[0] if found else self.source[self.at]
            self.mistake = f"{self.wanted} is missing before {shown[:20]!r}"
            return
        here = self._part(*found.span())
        self._give(_UNREAD if self.unread_in else Leaf(here, plain=True))
        self.at = found.end()

    def _give(self, leaf: Leaf) -> None:
        """Take a key or a value in."""
        if self.wanted == "a value":
            self._put(leaf)
            self._settle()
            return
        self.open[-1].open(leaf)
        self.wanted = "':'"
        if not self.unread_in and leaf.text.text in self.unread:
            self.unread_in = len(self.open)

    def _put(self, node: Node) -> None:
        if self.open:
            self.open[-1].put(node)
        else:
            self.documents.append(node)
        self.values += not self.unread_in
        if self.values > MOST_VALUES:
            self.mistake = f"it holds more than {MOST_VALUES} values"

    def _settle(self) -> None:
        """A value is complete."""
        self.wanted = "',' or a bracket" if self.open else "a value"
        if self.unread_in == len(self.open):
            self.unread_in = 0


_UNREAD = Leaf(inserted("", 1, 1))


def _end(pattern: re.Pattern[str], source: str, at: int) -> int:
    """Where what a pattern finds here ends; the pattern finds nothing at the least."""
    found = pattern.match(source, at)
    return found.end() if found else at
