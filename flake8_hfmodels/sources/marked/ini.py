"""Files of sections to trees whose every value knows where it stands.

The forms that git and Python's `configparser` read: `.gitmodules`, `setup.cfg`, `tox.ini`, and
configurations whose values are JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.marked.flow import read_flow
from flake8_hfmodels.sources.marked.growing import MOST_VALUES, Growing
from flake8_hfmodels.sources.marked.scalars import Piece, placed, quoted
from flake8_hfmodels.sources.marked.sheet import Sheet
from flake8_hfmodels.sources.marked.tree import Leaf, Marked, Node
from flake8_hfmodels.sources.placed import Placed

_LINE = regex(r"([ \t]*)([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_COMMENT = regex(r"[#;]+[ \t]*(.*)")
_COMMENT_BEHIND = regex(r"[ \t][#;]+[ \t]+(.*)")
_SECTION = regex(r"\[(.+)\]")
_PAIR = regex(r"([^=:]+)[=:]?[ \t]*")
_QUOTED = regex(r'"[^"\\]*(?:\\[\s\S][^"\\]*)*"')
_JSON = regex(r"\{\s*[\"}]|\[\s*[\"\[\]{]")


def read_ini(text: Placed) -> Marked:
    """Sections as mappings within one mapping, and the comments.

    A section's name is one key, whatever dots and quotes it holds: `submodule "x"`. What stands
    above the first section stands beside the sections. A value goes on over lines that stand
    further in, and is a block then. One in double quotes is read as a text of JSON, one in
    brackets or braces that holds such texts as JSON. Whatever a line holds, it is no mistake.
    """
    if text.text.startswith("\ufeff"):
        text = text.part(1, len(text.text))
    reader = _Reader(text)
    for found in islice(_LINE.finditer(text.text), MOST_VALUES):
        reader.take(found.start(), *found.span(2))
    reader.finish()
    return Marked((reader.root.node,), tuple(sorted(reader.comments, key=_place)))


def _place(comment: Placed) -> tuple[int, int]:
    return comment.at(0)


class _Reader:
    def __init__(self, text: Placed) -> None:
        self.root = Growing(is_mapping=True)
        self.comments: list[Placed] = []
        self._section = self.root
        self._sheet = Sheet(text.text, text, text)
        self._margin = 0
        self._values: list[tuple[int, int]] = []

    def finish(self) -> None:
        """The latest key has all of its value."""
        if self._values:
            self._section.put(self._value())
            self._values = []

    def take(self, start: int, core: int, end: int) -> None:
        """Read one line, whose first character that is no blank stands at `core`."""
        parsed = self._sheet.parsed
        margin = core - start
        end = start + len(parsed[start:end].rstrip())
        if core >= end:
            return
        if found := _COMMENT.match(parsed, core, end):
            self.comments.append(self._sheet.text.part(*found.span(1)))
        elif self._values and (margin > self._margin or parsed[self._values[-1][1] - 1] == "\\"):
            self._values.append((core, end))
        elif found := _SECTION.match(parsed, core, end):
            self.finish()
            self.root.open(self._key(*found.span(1)))
            self._section = Growing(is_mapping=True)
            self.root.put(self._section.node)
        elif found := _PAIR.match(parsed, core, end):
            self.finish()
            self._margin = margin
            self._section.open(self._key(*found.span(1)))
            self._values = [(min(found.end(), end), end)]

    def _key(self, start: int, end: int) -> Leaf:
        text = self._sheet.parsed[start:end]
        first = start + len(text) - len(text.lstrip())
        return Leaf(self._sheet.text.part(first, first + len(text.strip())), plain=True)

    def _value(self) -> Node:
        parsed = self._sheet.parsed
        start, end = self._values[0][0], self._values[-1][1]
        if _JSON.match(parsed, start, end) and parsed[end - 1] in "]}":
            return read_flow(self._sheet, start, end, [])
        if len(self._values) > 1:
            return self._block([one for one in self._values if one[0] < one[1]])
        quotes = _QUOTED.match(parsed, start, end)
        behind = quotes.end() if quotes else start
        comment = _COMMENT_BEHIND.search(parsed, behind, end)
        if comment:
            self.comments.append(self._sheet.text.part(*comment.span(1)))
            end = start + len(parsed[start : comment.start()].rstrip())
        if behind == end > start:
            inner = list(quoted(parsed, start + 1, end - 1, '"'))
            return Leaf(placed(self._sheet.text, inner, start + 1))
        return Leaf(self._sheet.text.part(start, end), plain=True)

    def _block(self, lines: Sequence[tuple[int, int]]) -> Leaf:
        pieces: list[Piece] = []
        for start, end in lines:
            pieces += [(start, end, None), (end, end, "\n")]
        return Leaf(placed(self._sheet.text, pieces[:-1], lines[0][0]), plain=True, block=True)
