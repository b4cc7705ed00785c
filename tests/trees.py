"""Trees of keys and values as plain Python, for tables of what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from flake8_hfmodels.sources.marked.tree import Leaf, Mapping, Marked, Node
from flake8_hfmodels.sources.placed import Placed

Plain: TypeAlias = "str | dict[str, Plain] | list[Plain]"
Rows: TypeAlias = Sequence[tuple[str, tuple[int, int]]]


def plain(node: Node) -> Plain:
    match node:
        case Leaf(text):
            return text.text
        case Mapping(entries):
            return {entry.key.text.text: plain(entry.value) for entry in entries}
        case _:
            return [plain(item) for item in node.items]


def documents(marked: Marked) -> Sequence[Plain]:
    return [plain(document) for document in marked.documents]


def comments(marked: Marked) -> Rows:
    return [(comment.text, comment.at(0)) for comment in marked.comments]


def leaves(node: Node) -> Iterable[Leaf]:
    """Keys and values, in the order of the file."""
    match node:
        case Leaf():
            yield node
        case Mapping(entries):
            for entry in entries:
                yield entry.key
                yield from leaves(entry.value)
        case _:
            for item in node.items:
                yield from leaves(item)


def scalars(marked: Marked) -> Sequence[Leaf]:
    return [leaf for document in marked.documents for leaf in leaves(document)]


def places(marked: Marked) -> Rows:
    """Keys and values, and where they begin."""
    return [(leaf.text.text, leaf.text.at(0)) for leaf in scalars(marked)]


def spots(text: Placed) -> Sequence[tuple[int, int]]:
    """Where each character stands."""
    return [text.at(offset) for offset in range(len(text.text))]


def strays(marked: Marked, source: str) -> Sequence[tuple[str, str]]:
    """Pieces that do not stand in the file where they say, and what stands there."""
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", source)
    texts = [leaf.text for leaf in scalars(marked)] + list(marked.comments)
    return [stray for text in texts for stray in _strays(text, lines)]


def _strays(text: Placed, lines: Sequence[str]) -> Iterable[tuple[str, str]]:
    ends = [*(stretch.start for stretch in text.stretches[1:]), len(text.text)]
    for stretch, end in zip(text.stretches, ends, strict=True):
        begin = stretch.column - 1
        there = lines[stretch.line - 1][begin : begin + end - stretch.start]
        piece = text.text[stretch.start : end]
        holed = "".join(
            "\0" if new == "\0" else old for new, old in zip(piece, there, strict=False)
        )
        if not stretch.fixed and piece not in (there, holed):
            yield piece, there
        if not 0 <= begin <= len(lines[stretch.line - 1]):
            yield piece, "nothing"
