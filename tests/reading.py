"""Reads Python source into values that a test can write down whole."""

from __future__ import annotations

from typing import NamedTuple

from flake8_hfmodels.reference import Known, Reference, Scalar, Unknown, Value
from flake8_hfmodels.sources import python
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource

Plain = tuple[Scalar, ...] | str
"""The values of something known, else "unknown" or "absent"."""

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"


class Seen(NamedTuple):
    """One reference, in short."""

    line: int
    loader: str
    ids: Plain
    revision: Plain = "absent"
    local: str | None = None
    persona: str = "regular"
    confidence: str = "high"


def source_of(data: bytes, folders: tuple[str, ...] = ()) -> PythonSource:
    source = parse("example.py", data, lambda name: name in folders)
    assert isinstance(source, PythonSource)
    return source


def references(text: str | bytes, folders: tuple[str, ...] = ()) -> list[Reference]:
    source = source_of(text if isinstance(text, bytes) else text.encode(), folders)
    return python.references(source.tree, source.lines, source.path, source.is_folder)


def read(text: str | bytes, folders: tuple[str, ...] = ()) -> list[Seen]:
    return [seen(reference) for reference in references(text, folders)]


def seen(reference: Reference) -> Seen:
    return Seen(
        reference.span.line,
        f"{reference.loader.package}.{reference.loader.name}".removeprefix("."),
        plain(reference.repo_id),
        plain(reference.revision),
        reference.local,
        reference.persona.value,
        reference.confidence.value,
    )


def plain(value: Value) -> Plain:
    match value:
        case Known(values):
            return tuple(written.value for written in values)
        case Unknown():
            return "unknown"
        case _:
            return "absent"
