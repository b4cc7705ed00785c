"""HTML: its scripts, the code that it shows, its addresses and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.manual.fences import Shown, shown_references
from flake8_hfmodels.sources.manual.prose import with_prose
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.source import TextSource

_MARKUP = regex(r"<!--|<(/?[A-Za-z][\w:-]*)")
_TAG_END = regex(r"[^>\"']*(?:\"[^\"]*\"?|'[^']*'?|>)")
_CLASS = regex(r"(?:language|lang|highlight|brush|sourceCode)[-:\s]+([\w+#-]+)", re.IGNORECASE)
_KIND = regex(r"\btype\s*=\s*[\"']?([\w/+.-]+)", re.IGNORECASE)
_ENTITY = regex(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_SCRIPTS = frozenset(
    {"", "module", "text/javascript", "application/javascript", "text/babel", "jsx"}
)
_RAW = ("script", "style")

LONGEST_TAG = 10_000
"""Characters in which a tag must end."""

NEAR = 300
"""A language may be named in the tags so many characters before the code."""


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a file, at their places."""
    from flake8_hfmodels.sources.javascript import script_references

    context = source.context(everything)
    found: list[Reference] = []
    for script in scripts(source.text):
        found.extend(script_references(script, context))
    found.extend(shown_references(_code(source.text), context))
    return with_prose(found, source.text, context)


def scripts(text: Placed) -> Iterator[Placed]:
    """The JavaScript in `<script>`."""
    for name, attributes, start, end in _elements(text.text):
        kind = _KIND.search(attributes)
        if name == "script" and (kind is None or kind.group(1).lower() in _SCRIPTS):
            yield text.part(start, end)


Element = tuple[str, str, int, int]
"""The name of a tag, its attributes, and where what it holds begins and ends."""


def _elements(text: str) -> Iterator[Element]:
    """The elements that hold scripts or code, in order; none is in another."""
    lower = text.lower()
    place = 0
    while (found := _MARKUP.search(text, place)) is not None:
        if found.group(1) is None:
            end = text.find("-->", found.end())
            place = len(text) if end < 0 else end + 3
            continue
        name = found.group(1).lower()
        place = _tag_end(text, found.end())
        if name in (*_RAW, "pre"):
            end = lower.find(f"</{name}", place)
            end = len(text) if end < 0 else end
            yield name, text[found.end() : place], place, end
            place = end


def _tag_end(text: str, place: int) -> int:
    """The place behind the tag whose name ends at a place."""
    limit = min(place + LONGEST_TAG, len(text))
    while place < limit:
        found = _TAG_END.match(text, place, limit)
        if found is None:
            return limit
        place = found.end()
        if found.group().endswith(">"):
            break
    return place


def _code(text: Placed) -> Iterator[Shown]:
    """The code in `<pre>` whose language is named, without tags and entities."""
    for name, attributes, start, end in _elements(text.text):
        if name == "pre":
            before = text.text[max(start - NEAR, 0) : start]
            inner = text.text[start : start + NEAR]
            found = (
                _CLASS.search(attributes)
                or _CLASS.search(inner[: inner.find(">") + 1] if "<code" in inner else "")
                or _last(before)
            )
            if found is not None:
                yield Shown(found.group(1).lower(), _plain(text.part(start, end)))


def _last(before: str) -> re.Match[str] | None:
    """The language in the last tags before code."""
    *_, tags = before.rpartition("</")
    found = None
    for one in _CLASS.finditer(tags):
        found = one
    return found


def _plain(code: Placed) -> Placed:
    """Code without tags, each entity as the character that it stands for."""
    parts: list[Placed] = []
    place = 0
    while place < len(code.text):
        tag = _MARKUP.search(code.text, place)
        until = tag.start() if tag is not None else len(code.text)
        parts.extend(_decoded(code, place, until))
        if tag is None:
            break
        place = _tag_end(code.text, tag.end())
    return joined(parts)


def _decoded(code: Placed, start: int, end: int) -> Iterator[Placed]:
    for found in _ENTITY.finditer(code.text, start, end):
        if start < found.start():
            yield code.part(start, found.start())
        yield inserted(unescape(found.group()), *code.at(found.start()))
        start = found.end()
    if start < end:
        yield code.part(start, end)
