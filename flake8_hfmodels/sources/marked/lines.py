"""Keys and values of a file that is no YAML, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.marked.flow import read_flow, read_leaf
from flake8_hfmodels.sources.marked.growing import DEEPEST, MOST_VALUES, Growing
from flake8_hfmodels.sources.marked.scalars import Piece, placed
from flake8_hfmodels.sources.marked.sheet import Sheet
from flake8_hfmodels.sources.marked.tree import Leaf, Mapping, Node

_LINE = regex(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_DOCUMENT = regex(r"(?:---|\.\.\.)(?:\s|$)")
_DASH = regex(r"-(?:[ \t]+|$)")
_KEY = regex(
    r"(\"[^\"]*\"|'[^']*'|[^\s\"'#\[\]{}](?:[^:#]|:(?=\S)|(?<=\S)#){0,500})[ \t]*:(?:[ \t]+|$)"
)
_PROPERTY = regex(r"[&!]\S*(?:[ \t]+|$)")
_BLOCK = regex(r"([|>])[-+0-9]*[ \t]*(?:#.*)?$")


def read_lines(
    sheet: Sheet, start: int, end: int
) -> tuple[Sequence[Node], Sequence[tuple[int, int]]]:
    """What stands from one offset up to another, and where its scalars stand.

    Lines `key: value` and `- value` nest by their margins; nothing else of YAML is known but
    quotes, texts of several lines and what stands in brackets on one line. A line that has
    neither key nor dash is one more value of the latest key.
    """
    reader = _Reader(sheet)
    for found in _LINE.finditer(sheet.parsed, start, end):
        reader.take(found.start(1), found.end(1))
        if reader.count > MOST_VALUES:
            break
    reader.finish()
    return reader.documents, reader.taken


class _Reader:
    def __init__(self, sheet: Sheet) -> None:
        self.documents: list[Node] = []
        self.taken: list[tuple[int, int]] = []
        self.count = 0
        self._sheet = sheet
        self._open: list[Growing] = []
        self._block: _Block | None = None

    def finish(self) -> None:
        """Close what is open: a document ends here."""
        self._end_block()
        self._close(0)

    def take(self, start: int, end: int) -> None:
        """Read one line."""
        line = self._sheet.parsed[start:end]
        core = line.lstrip(" \t")
        column = len(line[: len(line) - len(core)].expandtabs())
        if self._block is not None and self._block.take(start, end - len(core), end, column):
            return
        self._end_block()
        if _DOCUMENT.match(line):
            self.finish()
        elif core and core[0] != "#":
            self._take_core(end - len(core), end, column)

    def _take_core(self, at: int, end: int, column: int) -> None:
        parsed = self._sheet.parsed
        while found := _DASH.match(parsed, at, end):
            if not self._enter(column, is_mapping=False):
                return
            column += found.end() - at
            at = found.end()
        if found := _KEY.match(parsed, at, end):
            if not self._enter(column, is_mapping=True):
                return
            self._open[-1].open(read_leaf(self._sheet, *found.span(1), self.taken))
            at = found.end()
        self._value(at, end)

    def _enter(self, column: int, *, is_mapping: bool) -> bool:
        """Make the last open collection the one that this column belongs to, if it can be."""
        while len(self._open) > 1 and not self._belongs(column, is_mapping):
            self._open.pop().fill()
        last = self._open[-1] if self._open else None
        if last and last.column >= column and isinstance(last.node, Mapping) == is_mapping:
            last.fill()
            last.column = column
            return True
        if len(self._open) == DEEPEST:
            return False
        new = Growing(is_mapping=is_mapping, column=column)
        self._put(new.node)
        self._open.append(new)
        return True

    def _belongs(self, column: int, is_mapping: bool) -> bool:
        last = self._open[-1]
        if last.column == column:
            return isinstance(last.node, Mapping) or not is_mapping
        return last.column < column

    def _close(self, depth: int) -> None:
        while len(self._open) > depth:
            self._open.pop().fill()

    def _put(self, node: Node) -> None:
        self.count += 1
        if self._open:
            self._open[-1].put(node)
        else:
            self.documents.append(node)

    def _value(self, at: int, end: int) -> None:
        parsed = self._sheet.parsed
        while property_ := _PROPERTY.match(parsed, at, end):
            at = property_.end()
        if found := _BLOCK.match(parsed, at, end):
            column = self._open[-1].column if self._open else -1
            self._block = _Block(column, end, " " if found[1] == ">" else "\n")
        elif parsed.startswith(("[", "{"), at, end):
            self._put(read_flow(self._sheet, at, end, self.taken))
        elif at < end and parsed[at] != "#":
            self._put(read_leaf(self._sheet, at, end, self.taken))

    def _end_block(self) -> None:
        if self._block is not None:
            self.taken.append((self._block.start, self._block.end))
            self._put(
                Leaf(placed(self._sheet.text, self._block.pieces(), self._block.start), block=True)
            )
            self._block = None


class _Block:
    """A text of several lines, which go on as long as they stand further in than its key."""

    def __init__(self, column: int, start: int, between: str) -> None:
        self.start = start
        self.end = start
        self._column = column
        self._between = between
        self._margin = -1
        self._pieces: list[Piece] = []

    def take(self, start: int, core: int, end: int, column: int) -> bool:
        """Read a line, and say whether it is one of this text."""
        if core == end:
            self._pieces.append((end, end, "\n"))
            return True
        if column <= self._column:
            return False
        if self._margin < 0:
            self._margin = core - start
        self._pieces += [
            (min(start + self._margin, core), end, None),
            (end, end, self._between),
        ]
        self.end = end
        return True

    def pieces(self) -> Sequence[Piece]:
        """Where the text stands, without blank lines at its end."""
        last = len(self._pieces)
        while last and self._pieces[last - 1][2] == "\n" and self._pieces[last - 1][0] > self.end:
            last -= 1
        return self._pieces[:last]
