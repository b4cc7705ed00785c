"""A tree of keys and values, each with its place: what YAML, JSON and TOML have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.sources.placed import Placed


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value that holds no others, as text: quotes and escapes are resolved.

    `plain`: it stands there without quotes, so that `true`, `null` and `1` are no texts.
    `block`: it is a text of several lines (`|`, `>`, triple quotes).
    """

    text: Placed
    plain: bool = False
    block: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One key with its value."""

    key: Leaf
    value: Node


@dataclass(frozen=True, slots=True, eq=False)
class Mapping:
    """Keys and values, in the order of the file; a key may stand there twice."""

    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """Values in order."""

    items: Sequence[Node]


Node: TypeAlias = Leaf | Mapping | Items


@dataclass(frozen=True, slots=True)
class Marked:
    """What a file holds, as far as it could be read.

    documents: one tree for each document. mistake: where it is not what it is called, in words
    that follow "is no valid YAML: ", with `line` from 1; empty where nothing is wrong.
    comments: what stands in its comments, without the marks.
    """

    documents: Sequence[Node]
    comments: Sequence[Placed] = ()
    mistake: str = ""
    line: int = 0
