"""Markdown: its head, the code that it shows, its links and its prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.manual.fences import (
    Shown,
    behind,
    dedented,
    language_of,
    lines_of,
    shown_references,
)
from flake8_hfmodels.sources.manual.front_matter import head_of, head_references
from flake8_hfmodels.sources.manual.inline import inline_references
from flake8_hfmodels.sources.manual.links import without_links
from flake8_hfmodels.sources.manual.prose import said, with_addresses, with_names
from flake8_hfmodels.sources.placed import Placed, joined
from flake8_hfmodels.sources.source import Context, TextSource

# CommonMark 0.31.2, 4.5: at least three backticks or tildes; behind backticks stand no others.
_FENCE = regex(
    r"(?P<quote>(?:[ \t]{0,8}>)*)(?P<list>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
    r"(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)"
)
_QUOTE = regex(r"(?:[ \t]{0,8}>)+ ?")
_LINE = regex(r"[^\n]*\n|[^\n]+\Z")


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a file, at their places."""
    context = source.context(everything)
    begin, end = head_of(source.text)
    found = head_references(source.text.part(begin, end), context)
    return [*found, *_read(source.text, context, end, found)]


def text_references(text: Placed, context: Context) -> list[Reference]:
    """The references in Markdown that stands in another file: a cell of a notebook."""
    return _read(text, context, 0, ())


def _read(
    text: Placed, context: Context, begin: int, before: Sequence[Reference]
) -> list[Reference]:
    fences = list(_fences(text.text, begin))
    found = shown_references((_shown(text, one) for one in fences if one.first < one.last), context)
    prose = list(_prose(len(text.text), fences, begin))
    found.extend(inline_references(text, prose, context, said([*before, *found])))
    found = with_addresses([*before, *found], text, context)
    if context.everything:
        bare, is_other = without_links(text, prose)
        found = with_names(found, bare, context, is_other)
    return found[len(before) :]


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: where it stands with its marks, and its lines without them.

    `quote` is what stands before each line: the marks of quotes.
    """

    start: int
    end: int
    first: int
    last: int
    info: str
    quote: str


def _fences(text: str, begin: int) -> Iterator[Fence]:
    """Every fenced block in order; one that does not end goes on to the end of the file."""
    opened: tuple[re.Match[str], int] | None = None
    for line in _LINE.finditer(text, begin):
        if opened is None:
            found = _FENCE.match(line.group())
            if found is not None and not ("`" in found["mark"] and "`" in found["info"]):
                opened = found, line.start()
            continue
        found, start = opened
        quote = found["quote"]
        if quote and not line.group().lstrip().startswith(">"):
            yield _fence(found, start, line.start(), line.start())
            opened = None
        elif _closes(line.group()[len(quote) :], found["mark"]):
            yield _fence(found, start, line.start(), line.end())
            opened = None
    if opened is not None:
        yield _fence(*opened, len(text), len(text))


def _fence(found: re.Match[str], start: int, last: int, end: int) -> Fence:
    first = min(start + len(found.string), last)
    return Fence(start, end, first, last, found["info"], found["quote"])


def _closes(line: str, mark: str) -> bool:
    stripped = line.strip(" \t\r\n>")
    return len(stripped) >= len(mark) and not stripped.strip(mark[0])


def _shown(text: Placed, fence: Fence) -> Shown:
    code = text.part(fence.first, fence.last)
    if fence.quote:
        marks = ((line, _QUOTE.match(line.text)) for line in lines_of(code))
        code = joined(behind(line, mark.end()) if mark else line for line, mark in marks)
    return Shown(language_of(fence.info), dedented(code))


def _prose(length: int, fences: Sequence[Fence], begin: int) -> Iterator[tuple[int, int]]:
    """The stretches between the fenced blocks."""
    for fence in fences:
        yield begin, fence.start
        begin = fence.end
    yield begin, length
