"""The trees that PyYAML's events tell of; no object is ever made, whatever the tags say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.marked.growing import DEEPEST, MOST_VALUES, Growing
from flake8_hfmodels.sources.marked.scalars import pieces, placed
from flake8_hfmodels.sources.marked.sheet import Sheet
from flake8_hfmodels.sources.marked.tree import Items, Leaf, Mapping, Node

if TYPE_CHECKING:
    from yaml.events import Event

# Anchors and tags, and what may stand between them and their node.
_PROPERTIES = regex(r"(?:[&!]\S*|\s+|#[^\r\n]*)*")
_HEADER = regex(r"[|>][^\r\n]*")
# How often merge keys are followed and how many entries they look at, in one file.
_MOST_MERGED = 100_000


@dataclass(slots=True)
class _Open:
    """A collection that is still being read; its size and height count what aliases stand for."""

    growing: Growing
    start: int
    anchor: str
    size: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class _Part:
    """What comes into a collection, and where it stands in the file."""

    node: Node
    start: int
    end: int
    size: int = 1
    height: int = 0


class Events:
    """What the events say from one offset on, up to the first mistake.

    begin: behind the last complete document. taken: where scalars stand. odd_key: a key was no
    scalar, as in `{{ name }}`. mistake: what is wrong, at `offset`. is_full: it holds too much to
    be read on.
    """

    def __init__(self, sheet: Sheet, start: int) -> None:
        self.documents: list[Node] = []
        self.taken: list[tuple[int, int]] = []
        self.begin = start
        self.odd_key = False
        self.is_full = False
        self.mistake = ""
        self.offset = start
        self._sheet = sheet
        self._start = start
        self._open: list[_Open] = []
        self._anchors: dict[str, _Part] = {}
        self._complete = 0
        self._count = 0
        self._followed = 0
        self._merged = 0

    def run(self) -> None:
        """Read all there is."""
        self._run()
        if self.mistake and not self.is_full:
            del self.documents[self._complete :]
            self.taken = [one for one in self.taken if one[0] < self.begin]

    def _run(self) -> None:
        import yaml

        loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        try:
            for event in yaml.parse(self._sheet.parsed[self._start :], Loader=loader):
                self._take(event)
                if len(self._open) > DEEPEST:
                    self.mistake = f"it nests deeper than {DEEPEST} levels"
                    return
                if self._count > MOST_VALUES:
                    self._stop()
                    return
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.offset = self._start + mark.index if mark else self.begin
            self.mistake = str(error.problem)
        except (OverflowError, ValueError) as error:
            # SafeLoader's int() and chr() of versions and escapes that are too large
            self.mistake = str(error)

    def _stop(self) -> None:
        self.mistake = f"it holds more than {MOST_VALUES} values"
        while self._open:
            self._close(self.offset)
        self.is_full = True

    def _take(self, event: Event) -> None:
        from yaml import events

        start = self._start + (event.start_mark.index if event.start_mark else 0)
        end = self._start + (event.end_mark.index if event.end_mark else 0)
        self.offset = start
        match event:
            case events.ScalarEvent(anchor=anchor, tag=tag, value=value):
                leaf = self._leaf(start, end, value, has_properties=bool(anchor or tag))
                self._put(_Part(leaf, start, end), anchor)
            case events.CollectionStartEvent(anchor=anchor):
                is_mapping = isinstance(event, events.MappingStartEvent)
                self._open.append(_Open(Growing(is_mapping=is_mapping), start, anchor or ""))
            case events.CollectionEndEvent():
                self._close(end)
            case events.AliasEvent(anchor=anchor):
                self._put(self._followed_alias(start, end, anchor or ""), None)
            case events.DocumentEndEvent():
                self.begin = end
                self._complete = len(self.documents)
                self._anchors.clear()
            case _:
                pass

    def _close(self, end: int) -> None:
        closed = self._open.pop()
        self._merge(closed.growing)
        node = closed.growing.node
        self._put(_Part(node, closed.start, end, closed.size, closed.height), closed.anchor)

    def _followed_alias(self, start: int, end: int, name: str) -> _Part:
        """What an alias stands for, or its name: where it is not known, too much or too deep."""
        known = self._anchors.get(name)
        if known and len(self._open) + known.height <= DEEPEST:
            self._followed += known.size
            if self._followed <= MOST_VALUES:
                return replace(known, start=start, end=end)
        return _Part(Leaf(self._sheet.holed.part(start, end), plain=True), start, end)

    def _leaf(self, start: int, end: int, value: str, *, has_properties: bool) -> Leaf:
        parsed = self._sheet.parsed
        if has_properties and (properties := _PROPERTIES.match(parsed, start, end)):
            start = properties.end()
        header = _HEADER.match(parsed, start, end)
        self.taken.append((header.end() if header else start, end))
        plain = not header and (start == end or parsed[start] not in "'\"")
        found = pieces(parsed, start, end, value)
        text = self._sheet.holed if plain else self._sheet.text
        return Leaf(placed(text, found, start), plain=plain, block=bool(header))

    def _put(self, part: _Part, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = part
        if not self._open:
            self._count += 1
            self.documents.append(part.node)
            return
        last = self._open[-1]
        last.size += part.size
        last.height = max(last.height, part.height + 1)
        if not last.growing.wants_key:
            self._count += 1
            last.growing.put(part.node)
        elif isinstance(part.node, Leaf):
            last.growing.open(part.node)
        else:
            self.odd_key = True
            last.growing.open(Leaf(self._sheet.holed.part(part.start, part.end), plain=True))

    def _merge(self, closed: Growing) -> None:
        """https://yaml.org/type/merge.html."""
        for value in closed.pop("<<"):
            for one in value.items if isinstance(value, Items) else (value,):
                self._merged += 1
                if self._merged > _MOST_MERGED:
                    return
                if isinstance(one, Mapping) and isinstance(closed.node, Mapping):
                    self._merge_one(closed, closed.node, one)

    def _merge_one(self, closed: Growing, into: Mapping, other: Mapping) -> None:
        self._merged += len(other.entries) + len(into.entries)
        if self._merged <= _MOST_MERGED:
            known = {entry.key.text.text for entry in into.entries}
            closed.extend(one for one in other.entries if one.key.text.text not in known)
