"""One document of keys and values, laid out: every value, its key, and what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from flake8_hfmodels.loaders.config.commands import ARGUMENT_TEXTS, ENVIRONMENT_KEYS
from flake8_hfmodels.loaders.config.elsewhere import MOST_ITEMS, MOST_KEYS
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.marked import tree
from flake8_hfmodels.sources.marked.tree import Entry, Items, Leaf, Node

LONGEST_KEY = 80
"""Characters of the longest key that can be a name."""

_HUMP = regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ARGUMENT = regex(r"[^,]+")
_PAIR = regex(r"([A-Za-z_]\w*)=(?!=)", re.ASCII)


@lru_cache(maxsize=4096)
def spelled(name: str) -> str:
    """A key in one spelling: `modelId`, `model-id` and `MODEL_ID` are `model_id`."""
    if len(name) > LONGEST_KEY:
        return ""
    return _HUMP.sub("_", name).replace("-", "_").lower()


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """One value: the key that leads to it, through lists, and the mapping in which it stands.

    `name` is the key in one spelling, nothing at the top. `bulk`: it is one of so many that nobody
    has written them by hand.
    """

    node: Node
    key: Leaf | None = None
    holder: Spot | None = None
    listed: bool = False
    bulk: bool = False
    name: str = field(init=False)

    def __post_init__(self) -> None:
        name = spelled(self.key.text.text) if self.key is not None else ""
        object.__setattr__(self, "name", name)

    @property
    def parent(self) -> str:
        """The key that leads to the mapping in which it stands, in one spelling."""
        return self.holder.name if self.holder is not None else ""


class Document:
    """A tree with all of its values; one that is shared by several keys counts once."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.spots: Sequence[Spot] = tuple(_spots(root))
        self._fields: dict[int, Mapping[str, Entry]] = {}

    def fields(self, spot: Spot | None) -> Mapping[str, Entry]:
        """The entries of a mapping by their keys in one spelling; nothing for other values."""
        if spot is None or not isinstance(spot.node, tree.Mapping):
            return {}
        return self.fields_of(spot.node)

    def fields_of(self, node: tree.Mapping) -> Mapping[str, Entry]:
        """The same of a mapping itself."""
        known = self._fields.get(id(node))
        if known is None:
            known = {spelled(one.key.text.text): one for one in node.entries[:MOST_KEYS]}
            self._fields[id(node)] = known
        return known

    def variables(self, node: Node) -> Node:
        """Variables of the environment as a mapping, whatever way they are written."""
        return tree.Mapping(_variables(node)) if isinstance(node, Items) else node

    def beside(self, spot: Spot) -> Mapping[str, Entry]:
        """What stands in the same mapping as a value."""
        return self.fields(spot.holder)


def leaf_of(entry: Entry | None) -> Leaf | None:
    """The value of an entry, if it is one that holds no others."""
    return entry.value if entry is not None and isinstance(entry.value, Leaf) else None


def leaves_of(node: Node) -> Sequence[Leaf]:
    """The values of a list that holds no others, or the one value; nothing for other trees."""
    if isinstance(node, Leaf):
        return (node,)
    if isinstance(node, Items) and all(isinstance(one, Leaf) for one in node.items):
        return tuple(one for one in node.items if isinstance(one, Leaf))
    return ()


def _spots(root: Node) -> Iterator[Spot]:
    waiting = [Spot(root)]
    seen: set[int] = set()
    while waiting:
        spot = waiting.pop()
        if id(spot.node) in seen:
            continue
        seen.add(id(spot.node))
        yield spot
        waiting.extend(reversed(list(_inside(spot))))


def _inside(spot: Spot) -> Iterable[Spot]:
    node = spot.node
    if isinstance(node, tree.Mapping):
        bulk = spot.bulk or len(node.entries) > MOST_KEYS
        return (Spot(one.value, one.key, spot, bulk=bulk) for one in node.entries)
    if isinstance(node, Items):
        if spot.name in ENVIRONMENT_KEYS and (variables := _variables(node)):
            return (Spot(tree.Mapping(variables), spot.key, spot.holder),)
        bulk = spot.bulk or len(node.items) > MOST_ITEMS
        items = (one for one in node.items if not bulk or _may_name(one))
        return (Spot(one, spot.key, spot.holder, True, bulk) for one in items)
    if spot.name in ARGUMENT_TEXTS and (arguments := _arguments(node)):
        return (Spot(tree.Mapping(arguments), spot.key, spot.holder, bulk=spot.bulk),)
    return ()


def _arguments(text: Leaf) -> Sequence[Entry]:
    """The arguments in a text of `a=b,c=d`."""
    parts = _ARGUMENT.finditer(text.text.text)
    found = (_variable(Leaf(text.text.part(*one.span()))) for one in parts)
    return tuple(one for one in found if one is not None)


def _may_name(node: Node) -> bool:
    """Whether one of very many values can hold an address."""
    return not isinstance(node, Leaf) or "/" in node.text.text


def _variables(node: Items) -> Sequence[Entry]:
    """The variables in a list of `A=b`, or of mappings with a name and a value."""
    return tuple(found for one in node.items if (found := _variable(one)) is not None)


def _variable(node: Node) -> Entry | None:
    if isinstance(node, Leaf):
        pair = _PAIR.match(node.text.text)
        if pair is None:
            return None
        end = len(node.text.text)
        return Entry(
            Leaf(node.text.part(*pair.span(1))), Leaf(node.text.part(pair.end(), end), True)
        )
    if not isinstance(node, tree.Mapping):
        return None
    fields = {one.key.text.text: one.value for one in node.entries[:MOST_ITEMS]}
    name, value = fields.get("name"), fields.get("value")
    return Entry(name, value) if isinstance(name, Leaf) and isinstance(value, Leaf) else None
