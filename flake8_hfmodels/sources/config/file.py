"""Configuration files to references, and to the place where they are not what they are called."""

from __future__ import annotations

from functools import lru_cache

from flake8_hfmodels.reference import Reference
from flake8_hfmodels.sources.config.contents import contents_references
from flake8_hfmodels.sources.marked.tree import Marked
from flake8_hfmodels.sources.source import TextSource
from flake8_hfmodels.sources.trouble import Trouble


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a YAML, JSON, TOML or INI file."""
    return contents_references(_marked(source), source.context(everything))


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
