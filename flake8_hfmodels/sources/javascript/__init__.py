"""JavaScript and TypeScript, also within Vue, Svelte and Astro, to references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flake8_hfmodels.loaders.javascript import KEYS
from flake8_hfmodels.loaders.mentions import mentions_hub
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.javascript.calls import call_references
from flake8_hfmodels.sources.javascript.names import Names, names_of
from flake8_hfmodels.sources.javascript.tokens import Kind, Tokens, tokens_of
from flake8_hfmodels.sources.manual.prose import said, shown, with_names, with_prose
from flake8_hfmodels.sources.mentions import linked, named
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.source import Context, TextSource
from flake8_hfmodels.sources.text.likeness import means_something_else
from flake8_hfmodels.sources.text.links import Link, find_links

_HINT = regex(r"@huggingface/|@xenova/|kokoro-js|\bfrom_pretrained\b")
_WITH_PARTS = (".vue", ".svelte", ".astro")
_HEAD = regex(r"\s*---[^\n]*\n(.*?)^---", re.DOTALL | re.MULTILINE)
_MODULE = regex(r"\b(?:from|import|require|mock|resolve)\s*\(?\s*['\"`]$")
_FOLLOWED = frozenset({"href", "to", "link", "homepage"})
"""Attributes and entries whose addresses people follow."""


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a file, at their places."""
    context = source.context(everything)
    if not source.path.lower().endswith(_WITH_PARTS):
        return script_references(source.text, context)
    found = [one for part in _parts(source.text) for one in script_references(part, context)]
    return with_prose(found, source.text, context)


def script_references(code: Placed, context: Context) -> list[Reference]:
    """What a script loads and names; with `everything` also what merely could be an id."""
    found: list[Reference] = []
    if _HINT.search(code.text) is not None or mentions_hub(code.text):
        tokens = tokens_of(code.text)
        declared = names_of(tokens)
        found = call_references(code, declared, context)
        found.extend(_addresses(code, tokens, context.path))
        if context.everything:
            found.extend(_constants(code, declared, context, found))
    if not context.everything:
        return found

    def is_module(start: int, _repo_id: str) -> bool:
        return _MODULE.search(code.text[max(start - 24, 0) : start]) is not None

    return with_names(found, code, context, is_module)


def _parts(text: Placed) -> Iterator[Placed]:
    """The scripts of a file that has other parts as well."""
    from flake8_hfmodels.sources.manual.html import scripts

    head = _HEAD.match(text.text)
    if head is not None:
        yield text.part(*head.span(1))
    yield from scripts(text)


def _addresses(code: Placed, tokens: Tokens, path: str) -> Iterator[Reference]:
    for link in find_links(code.text):
        span = code.span(link.start, link.end)
        if not tokens.is_comment(link.start) and _is_value(tokens, link):
            yield linked(link, span, path, loads=True)
        else:
            yield shown(link, span, path)


def _is_value(tokens: Tokens, link: Link) -> bool:
    """Whether an address is all that a text says, and no link that people follow."""
    number = tokens.at(link.start)
    if tokens.kind(number) not in (Kind.TEXT, Kind.TEMPLATE):
        return False
    if tokens.starts[number] + 1 != link.start:
        return False
    follows = tokens.text[link.end : tokens.ends[number]]
    before = tokens.written(number - 2).strip("\"'").lower()
    is_followed = tokens.is_mark(number - 1, "=", ":") and before in _FOLLOWED
    return not is_followed and not any(one.isspace() for one in follows)


def _constants(
    code: Placed, declared: Names, context: Context, found: list[Reference]
) -> Iterator[Reference]:
    """Texts in the form of ids whose names say so: `model: "owner/name"`, `MODEL_ID = "…"`."""
    tokens = declared.tokens
    before = said(found)
    for number in range(2, len(tokens) if declared.packages else 0):
        if tokens.kinds[number] != Kind.TEXT or not tokens.is_mark(number - 1, "=", ":"):
            continue
        if KEYS.search(tokens.written(number - 2)) is None:
            continue
        text = tokens.written(number)[1:-1]
        span = code.span(tokens.starts[number] + 1, tokens.ends[number] - 1)
        if _is_id(text, context) and (span.line, text.lower()) not in before:
            yield named(context.path, text, span, "model", said=True)


def _is_id(text: str, context: Context) -> bool:
    return not means_something_else(text) and not context.is_folder(text)
