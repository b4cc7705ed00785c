"""Reads build files into values that a test can write down whole."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.reference import Known, Reference, Span
from flake8_hfmodels.sources.placed import whole_file
from flake8_hfmodels.sources.reading import references
from flake8_hfmodels.sources.source import TextSource
from tests.reading import Plain, plain

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"


class Told(NamedTuple):
    """One reference, in short."""

    line: int
    call: str
    ids: Plain
    revision: Plain = "absent"
    persona: str = "regular"


def source_of(kind: KindName, text: str, path: str, folders: tuple[str, ...] = ()) -> TextSource:
    lines = tuple(text.splitlines())
    return TextSource(path, kind, whole_file(text), lines, lambda name: name in folders)


def everything(kind: KindName, text: str, path: str = "file") -> list[Reference]:
    return references(source_of(kind, text, path), everything=True)


def regular(
    kind: KindName, text: str, path: str = "file", folders: tuple[str, ...] = ()
) -> list[Reference]:
    return references(source_of(kind, text, path, folders), everything=False)


def told(found: list[Reference]) -> list[Told]:
    return [
        Told(one.span.line, one.call, plain(one.repo_id), plain(one.revision), one.persona.value)
        for one in found
        if one.local is None
    ]


def written(text: str, span: Span) -> str:
    """What stands in a file at a place; lines are those that a line feed ends."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    if len(lines) == 1:
        return lines[0][span.column - 1 : span.end_column - 1]
    first, *middle, last = lines
    return "\n".join([first[span.column - 1 :], *middle, last[: span.end_column - 1]])


def ids_as_written(text: str, found: list[Reference]) -> list[str]:
    """What stands where the references say that their ids are written."""
    return [
        written(text, one.span)
        for reference in found
        if isinstance(reference.repo_id, Known)
        for one in reference.repo_id.values
    ]


def lies_inside(text: str, span: Span) -> bool:
    """Whether a place is one of the file."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not 1 <= span.line <= span.end_line <= len(lines):
        return False
    begin, end = lines[span.line - 1], lines[span.end_line - 1]
    return 1 <= span.column <= len(begin) + 1 and 1 <= span.end_column <= len(end) + 1


def spans_of(reference: Reference) -> list[Span]:
    """All places that a reference speaks of."""
    values = (reference.repo_id, reference.revision, reference.trust_remote_code)
    known = [one.span for value in values if isinstance(value, Known) for one in value.values]
    return [reference.span, *known]


def mutated(seed: str, pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    """A file like the seed with pieces of it moved, doubled, lost, or put in."""
    lines = seed.splitlines(keepends=True)
    some = st.one_of(st.sampled_from(lines), st.sampled_from(pieces), st.text(max_size=8))
    return st.lists(some, max_size=20).map("".join)
