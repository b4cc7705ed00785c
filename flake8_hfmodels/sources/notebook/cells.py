"""The text of a notebook to its cells; what its programs answered is never looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from flake8_hfmodels.loaders.fences import LANGUAGES
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.loaders.magics import KERNELS
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.sources.marked.json import read_json
from flake8_hfmodels.sources.marked.tree import Items, Leaf, Mapping, Marked, Node
from flake8_hfmodels.sources.placed import Placed, joined
from flake8_hfmodels.sources.source import TextSource
from flake8_hfmodels.sources.trouble import Trouble

CellKind = Literal["code", "markdown", "raw"]

# nbformat 5.10 nbformat/v4/nbformat.v4.5.schema.json and v3/nbformat.v3.schema.json
_KINDS: dict[str, CellKind] = {
    "code": "code",
    "markdown": "markdown",
    "heading": "markdown",
    "raw": "raw",
    "html": "raw",
}
_UNREAD = frozenset({"outputs", "attachments", "widgets"})

_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_POINTER = "version https://git-lfs."


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its number from 1, and its text, which is not empty.

    `language` is that of its code; `None`: one that is not read.
    """

    number: int
    kind: CellKind
    source: Placed
    language: KindName | None


@lru_cache(maxsize=1)
def cells_of(source: TextSource) -> Sequence[Cell]:
    """The cells of a notebook that hold a text, as far as it can be read."""
    return tuple(_cells(_read(source)))


def trouble(source: TextSource) -> Trouble | None:
    """Why a notebook cannot be read whole: one line with what to do."""
    text = source.text.text
    if not text.strip():
        return Trouble(source.path, "is empty, and so no notebook; save it in Jupyter or delete it")
    if text.startswith(_POINTER):
        return Trouble(source.path, "is no notebook but a pointer of Git LFS; run git lfs pull")
    marked = _read(source)
    if marked.mistake:
        return Trouble(source.path, f"is no valid JSON: {_mistake(source, marked)}", marked.line)
    if not any(True for _ in _lists_of_cells(marked)):
        advice = "save it in Jupyter, or leave it out (--exclude)"
        return Trouble(source.path, f"is JSON without cells, and so no notebook; {advice}")
    return None


def _mistake(source: TextSource, marked: Marked) -> str:
    line = source.lines[marked.line - 1] if marked.line <= len(source.lines) else ""
    if line.startswith(_MARKS):
        return "it holds the marks of a merge; resolve the conflict (nbdime can)"
    return f"{marked.mistake}; mend it there, or restore a saved version"


@lru_cache(maxsize=1)
def _read(source: TextSource) -> Marked:
    return read_json(source.text, _UNREAD)


def _cells(marked: Marked) -> Iterator[Cell]:
    language = _language(marked)
    nodes = (node for found in _lists_of_cells(marked) for node in found.items)
    for number, node in enumerate(nodes, 1):
        kind = _KINDS.get(_text(node, "cell_type"))
        source = _source(node)
        if kind is not None and source.text:
            named = _text(node, "metadata", "vscode", "languageId") or _text(node, "language")
            yield Cell(number, kind, source, _kind_of(named) if named else language)


def _lists_of_cells(marked: Marked) -> Iterator[Items]:
    """The cells of a notebook; before nbformat 4 they stood on sheets."""
    for document in marked.documents[:1]:
        sheets = _value(document, "worksheets")
        for holder in (document, *(sheets.items if isinstance(sheets, Items) else ())):
            found = _value(holder, "cells")
            if isinstance(found, Items):
                yield found


def _language(marked: Marked) -> KindName | None:
    """The language of the code; where nothing is said, or only a name is made up, it is Python."""
    for document in marked.documents[:1]:
        named = _text(document, "metadata", "language_info", "name") or _text(
            document, "metadata", "kernelspec", "language"
        )
        if named:
            return _kind_of(named)
        return _kind_of(_text(document, "metadata", "kernelspec", "name")) or "python"
    return "python"


def _kind_of(language: str) -> KindName | None:
    return LANGUAGES.get(language.lower()) or KERNELS.get(language.lower())


def _source(node: Node) -> Placed:
    """The text of a cell: one, or several one behind the other; `input` before nbformat 4."""
    value = _value(node, "source") or _value(node, "input")
    pieces = value.items if isinstance(value, Items) else (value,)
    return joined(one.text for one in pieces if isinstance(one, Leaf) and not one.plain)


def _text(node: Node | None, *keys: str) -> str:
    """The text that stands under keys within keys, or nothing."""
    for key in keys:
        node = _value(node, key)
    return node.text.text if isinstance(node, Leaf) and not node.plain else ""


def _value(node: Node | None, key: str) -> Node | None:
    if not isinstance(node, Mapping):
        return None
    return next((one.value for one in node.entries if one.key.text.text == key), None)
