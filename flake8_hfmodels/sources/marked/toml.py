"""TOML to trees whose every value knows where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.marked.growing import DEEPEST, MOST_VALUES
from flake8_hfmodels.sources.marked.toml_texts import read_text
from flake8_hfmodels.sources.marked.tree import Entry, Items, Leaf, Mapping, Marked, Node
from flake8_hfmodels.sources.placed import Placed

_BLANK = regex(r"[ \t]+")
_BETWEEN = regex(r"[ \t\r\n]+")
_LINE_END = regex(r"\r\n|\r|\n|\Z")
_LINE = regex(r"[^\r\n]+")
_COMMENT = regex(r"#+[ \t]*([^\r\n]*)")
_BARE_KEY = regex(r"[^\s\"'#=.,\[\]{}]+")
# A date and its time may have a blank between them.
_BARE = regex(r"\d{4}-\d\d-\d\d \d\d:[^\s#,\[\]{}\"'=]+|[^\s#,\[\]{}\"'=]+")
_VALUE = regex(r"true|false|[+-]?(?:inf|nan|\d[\w.:+\- ]*)")


class _NoTomlError(Exception):
    """What is wrong; the reader goes on behind the line."""


def read_toml(text: Placed) -> Marked:
    """The one document of a TOML file, and its comments.

    Tables are mappings within mappings, whatever way they are written. Where a line is no TOML,
    reading goes on with the next one. Only the form is judged: no key is found to stand there
    twice.
    """
    if text.text.startswith("\ufeff"):
        text = text.part(1, len(text.text))
    reader = _Reader(text)
    reader.run()
    line = text.at(reader.mistake_at)[0] if reader.mistake else 0
    return Marked((reader.root.node,), tuple(reader.comments), reader.mistake, line)


@dataclass(slots=True)
class _Table:
    entries: list[Entry] = field(default_factory=list)
    tables: dict[str, _Table] = field(default_factory=dict)
    arrays: dict[str, list[Node]] = field(default_factory=dict)
    node: Mapping = field(init=False)

    def __post_init__(self) -> None:
        self.node = Mapping(self.entries)

    def at(self, keys: Iterable[Leaf]) -> _Table:
        """The table that keys lead to, the latest one where there are several."""
        table = self
        for key in keys:
            known = table.tables.get(key.text.text)
            table = known or table.new(key)
        return table

    def new(self, key: Leaf) -> _Table:
        """One more table."""
        table = self.tables[key.text.text] = _Table()
        self.entries.append(Entry(key, table.node))
        return table

    def item(self, key: Leaf) -> _Table:
        """One more table in an array of them."""
        name = key.text.text
        if name not in self.arrays:
            self.arrays[name] = []
            self.entries.append(Entry(key, Items(self.arrays[name])))
        table = self.tables[name] = _Table()
        self.arrays[name].append(table.node)
        return table


class _Reader:
    def __init__(self, text: Placed) -> None:
        self.root = _Table()
        self.comments: list[Placed] = []
        self.mistake = ""
        self.mistake_at = 0
        self._text = text
        self._source = text.text
        self._at = 0
        self._values = 0

    def run(self) -> None:
        table = self.root
        depth = 0
        self._skip_between()
        while self._at < len(self._source) and self._values <= MOST_VALUES:
            try:
                if self._source[self._at] == "[":
                    keys, is_item = self._header()
                    above = self.root.at(keys[:-1])
                    table = above.item(keys[-1]) if is_item else above.at(keys[-1:])
                    depth = len(keys)
                else:
                    self._pair(table, depth)
                self._end_line()
            except _NoTomlError as error:
                self._note(str(error))
                self._skip_line()
            self._skip_between()

    def _note(self, mistake: str) -> None:
        if not self.mistake:
            self.mistake, self.mistake_at = mistake, self._at

    def _header(self) -> tuple[Sequence[Leaf], bool]:
        is_item = self._source.startswith("[[", self._at)
        mark = "]]" if is_item else "]"
        self._at += len(mark)
        self._values += 1
        keys = self._keys()
        self._expect(mark)
        return keys, is_item

    def _pair(self, table: _Table, depth: int) -> None:
        keys = self._keys()
        self._expect("=")
        self._skip_blank()
        value = self._value(depth + len(keys))
        table.at(keys[:-1]).entries.append(Entry(keys[-1], value))

    def _keys(self) -> Sequence[Leaf]:
        keys: list[Leaf] = []
        while len(keys) < DEEPEST:
            self._skip_blank()
            keys.append(self._key())
            self._skip_blank()
            if not self._source.startswith(".", self._at):
                return keys
            self._at += 1
        raise _NoTomlError(f"it nests deeper than {DEEPEST} levels")

    def _key(self) -> Leaf:
        if found := _BARE_KEY.match(self._source, self._at):
            self._at = found.end()
            return Leaf(self._text.part(*found.span()), plain=True)
        if self._source.startswith(("'", '"'), self._at):
            return self._string()
        raise _NoTomlError("a key is expected here")

    def _value(self, depth: int) -> Node:
        self._values += 1
        if depth > DEEPEST:
            raise _NoTomlError(f"it nests deeper than {DEEPEST} levels")
        if self._values > MOST_VALUES:
            raise _NoTomlError(f"it holds more than {MOST_VALUES} values")
        match self._source[self._at : self._at + 1]:
            case "[":
                return self._array(depth)
            case "{":
                return self._inline_table(depth)
            case "'" | '"':
                return self._string()
            case _:
                return self._bare()

    def _array(self, depth: int) -> Items:
        items: list[Node] = []
        self._at += 1
        self._skip_between()
        while not self._source.startswith("]", self._at):
            items.append(self._value(depth + 1))
            self._skip_between()
            if not self._source.startswith("]", self._at):
                self._expect(",")
                self._skip_between()
        self._at += 1
        return Items(items)

    def _inline_table(self, depth: int) -> Mapping:
        table = _Table()
        self._at += 1
        self._skip_between()
        while not self._source.startswith("}", self._at):
            self._pair(table, depth + 1)
            self._skip_between()
            if not self._source.startswith("}", self._at):
                self._expect(",")
                self._skip_between()
        self._at += 1
        return table.node

    def _bare(self) -> Leaf:
        found = _BARE.match(self._source, self._at)
        if not found:
            raise _NoTomlError("a value is expected here")
        if not _VALUE.fullmatch(found[0]):
            self._note("a text without quotes")
        self._at = found.end()
        return Leaf(self._text.part(*found.span()), plain=True)

    def _string(self) -> Leaf:
        found = read_text(self._text, self._at)
        if found is None:
            raise _NoTomlError("a text without an end")
        self._at, leaf = found
        return leaf

    def _expect(self, mark: str) -> None:
        if not self._source.startswith(mark, self._at):
            raise _NoTomlError(f"`{mark}` is expected here")
        self._at += len(mark)

    def _end_line(self) -> None:
        self._skip_blank()
        self._skip_comment()
        if not _LINE_END.match(self._source, self._at):
            raise _NoTomlError("the line should end here")

    def _skip_line(self) -> None:
        if found := _LINE.match(self._source, self._at):
            self._at = found.end()

    def _skip_blank(self) -> None:
        if found := _BLANK.match(self._source, self._at):
            self._at = found.end()

    def _skip_between(self) -> None:
        while True:
            if found := _BETWEEN.match(self._source, self._at):
                self._at = found.end()
            if not self._skip_comment():
                return

    def _skip_comment(self) -> bool:
        found = _COMMENT.match(self._source, self._at)
        if found:
            if len(self.comments) < MOST_VALUES:
                self.comments.append(self._text.part(*found.span(1)))
            self._at = found.end()
        return bool(found)
