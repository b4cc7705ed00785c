"""Collections that are still being read."""

from __future__ import annotations

from collections.abc import Iterable

from flake8_hfmodels.sources.marked.tree import Entry, Items, Leaf, Mapping, Node

# No file that people write nests half as deep; who walks a tree may then do it by recursion.
DEEPEST = 100
# Each takes half a kilobyte; a file of 5 MB that people write has a tenth of them.
MOST_VALUES = 400_000


class Growing:
    """A mapping or a sequence whose parts come one after the other.

    `node` is the collection itself: whoever holds it sees what comes later. `key` waits for its
    value. `column` is where a reader of lines has found it.
    """

    __slots__ = ("_entries", "_items", "_latest", "column", "key", "node")

    def __init__(self, *, is_mapping: bool, column: int = 0) -> None:
        self._entries: list[Entry] = []
        self._items: list[Node] = []
        self._latest: Leaf | None = None
        self.node: Mapping | Items = Mapping(self._entries) if is_mapping else Items(self._items)
        self.key: Leaf | None = None
        self.column = column

    @property
    def wants_key(self) -> bool:
        """A key comes next, no value."""
        return isinstance(self.node, Mapping) and self.key is None

    @property
    def first(self) -> Node:
        """The first item."""
        return self._items[0]

    def open(self, key: Leaf) -> None:
        """Take a key in; its value comes next."""
        self.key = key

    def put(self, node: Node) -> None:
        """Take a value in: the next item, or that of the latest key, be it its second one."""
        self._latest = self.key or self._latest
        self.key = None
        if self._latest is not None:
            self._entries.append(Entry(self._latest, node))
        elif isinstance(self.node, Items):
            self._items.append(node)

    def fill(self) -> None:
        """Give a key that still waits for its value an empty one."""
        if self.key is not None:
            behind = len(self.key.text.text)
            self.put(Leaf(self.key.text.part(behind, behind), plain=True))

    def extend(self, entries: Iterable[Entry]) -> None:
        """Take entries in that stand elsewhere."""
        self._entries.extend(entries)

    def pop(self, key: str) -> list[Node]:
        """Take the values of a key out that stands there without quotes."""
        found: list[Node] = []
        kept: list[Entry] = []
        for entry in self._entries:
            if entry.key.plain and entry.key.text.text == key:
                found.append(entry.value)
            else:
                kept.append(entry)
        if found:
            self._entries[:] = kept
        return found
