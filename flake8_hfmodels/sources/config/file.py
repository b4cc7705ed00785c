"""Configuration files to references, and to the place where they are not what they are called."""

from __future__ import annotations

import os
from functools import lru_cache

from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.sources.config.contents import contents_references
from flake8_hfmodels.sources.marked.tree import Entry, Mapping, Marked, Node
from flake8_hfmodels.sources.source import TextSource
from flake8_hfmodels.sources.trouble import Trouble


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a YAML, JSON, TOML or INI file; what is written for us names no model."""
    marked = _marked(source)
    if _is_ours(source):
        marked = replace(marked, documents=[_without_ours(node, ()) for node in marked.documents])
    return contents_references(marked, source.context(everything))


def _is_ours(source: TextSource) -> bool:
    """Whether a file may be one that is written for us, or a bill of materials."""
    return source.kind == "json" or os.path.basename(source.path) == "pyproject.toml"


def _without_ours(node: Node, path: tuple[str, ...]) -> Node:
    """A tree without the table [tool.hfmodels], and without what only tells of models."""
    if not isinstance(node, Mapping) or path not in ((), _TABLE[:1]):
        return node
    names = [entry.key.text.text for entry in node.entries]
    if not path and (names in _OURS or not _BILLS.isdisjoint(names)):
        return Mapping(())
    if _TABLE[len(path)] not in names:
        return node
    return Mapping(
        [
            Entry(entry.key, _without_ours(entry.value, (*path, name)))
            for entry, name in zip(node.entries, names, strict=True)
            if (*path, name) != _TABLE
        ]
    )


_TABLE = ("tool", "hfmodels")
_OURS = (
    ["version", "fingerprints", "persona", "findings"],
    ["version", "began", "last", "told", "subjects"],
    [
        *("version", "type", "repo", "id", "commit", "_id", "owner", "licence", "endpoint"),
        *("when", "files", "left_out"),
    ],
)
"""The keys of a baseline, of what a watch leaves for the next one, of what a mirror is of."""
_BILLS = frozenset({"bomFormat", "spdxVersion"})
"""The keys by which a bill of materials is known: CycloneDX, SPDX."""


def mistake(source: TextSource) -> Trouble | None:
    """Where a file is none of its kind, so that only what could be understood was read."""
    marked = _marked(source)
    if not marked.mistake:
        return None
    what = f"is no valid {source.kind.upper()} ({marked.mistake})"
    return Trouble(source.path, f"{what}; what could be understood was read", marked.line)


@lru_cache(maxsize=1)
def _marked(source: TextSource) -> Marked:
    """The tree of a file, by its kind; what reads the other kinds is not imported."""
    match source.kind:
        case "yaml":
            from flake8_hfmodels.sources.marked.yaml import read_yaml

            return read_yaml(source.text)
        case "json":
            from flake8_hfmodels.sources.marked.json import read_json

            return read_json(source.text)
        case "toml":
            from flake8_hfmodels.sources.marked.toml import read_toml

            return read_toml(source.text)
        case _:
            from flake8_hfmodels.sources.marked.ini import read_ini

            return read_ini(source.text)
