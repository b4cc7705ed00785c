"""Words of instructions of a Dockerfile: quotes, variables, and lists in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.shell.word import HOLE

_WORDS = {
    "\\": regex(r"(?:[^\s\"'\\]|\\.|\\$|\"(?:[^\"\\]|\\.)*\"|'[^']*')+", re.DOTALL),
    "`": regex(r"(?:[^\s\"'`]|`.|`$|\"(?:[^\"`]|`.)*\"|'[^']*')+", re.DOTALL),
}
_STRING = regex(r"\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)
_ESCAPED = regex(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_LIST = regex(r"\s*\[.*\]\s*", re.DOTALL)
_SEPARATORS = regex(r"[\s,\[\]]*")

# docs.docker.com/reference/dockerfile#environment-replacement.
_SPECIAL = regex(
    r"'(?P<literal>[^']*)'|\"|[\\`](?P<escaped>.)"
    r"|\$(?P<name>[A-Za-z_]\w*)"
    r"|\$\{(?P<braced>\w+)(?:(?P<operator>:?[-+?])(?P<word>[^{}]*))?\}"
    r"|\$\{[^{}]*\}?",
    re.DOTALL | re.ASCII,
)

LONGEST = 1000
"""Characters of a value that is put where a variable stands."""

MOST_PARTS = 256
"""A value of more parts is not put together."""


def words(text: Placed, escape: str = "\\") -> Iterator[Placed]:
    """The words of a text as they are written, with their quotes."""
    for found in _WORDS[escape].finditer(text.text):
        yield text.part(*found.span())


def json_list(text: Placed) -> Sequence[Placed] | None:
    """The texts of a list in JSON; `None` for what is none."""
    if not _LIST.fullmatch(text.text):
        return None
    try:
        loaded = json.loads(text.text)
    except (ValueError, RecursionError):
        return None
    if not all(isinstance(one, str) for one in loaded):
        return None
    return [_unescaped(text, found) for found in _STRING.finditer(text.text)]


def _unescaped(text: Placed, found: re.Match[str]) -> Placed:
    inner = text.part(*found.span(1))
    parts: list[Placed] = []
    end = 0
    for escaped in _ESCAPED.finditer(inner.text):
        parts.append(inner.part(end, escaped.start()))
        value = json.loads(f'"{escaped.group()}"').encode("utf-8", "replace").decode()
        parts.append(inserted(value, *inner.at(escaped.start())))
        end = escaped.end()
    parts.append(inner.part(end, len(inner.text)))
    return _together(parts, inner)


def expanded(text: Placed, variables: Mapping[str, Placed], inner: bool = False) -> Placed:
    """A word without its quotes and with the values of variables, each at its own place.

    A hole stands where nobody knows the value.
    """
    if _SPECIAL.search(text.text) is None:
        return text
    parts: list[Placed] = []
    end = 0
    for found in _SPECIAL.finditer(text.text):
        parts.append(text.part(end, found.start()))
        end = found.end()
        kept = next((name for name in ("literal", "escaped") if found[name] is not None), None)
        if kept is not None:
            parts.append(text.part(*found.span(kept)))
        elif found.group() != '"':
            parts.append(_value(text, found, variables, inner))
        if len(parts) > MOST_PARTS:
            return inserted(HOLE, *text.at(0))
    parts.append(text.part(end, len(text.text)))
    return _together(parts, text)


def _value(
    text: Placed, found: re.Match[str], variables: Mapping[str, Placed], inner: bool
) -> Placed:
    """The value of the variable that stands in a text."""
    hole = inserted(HOLE, *text.at(found.start()))
    known = variables.get(found["name"] or found["braced"] or "")
    operator = found["operator"] or ""
    word = text.part(*found.span("word")) if found["word"] is not None else None
    if operator.endswith("+"):
        return hole
    if known is not None:
        return known if len(known.text) <= LONGEST else hole
    if operator.endswith("-") and word is not None and not inner:
        return expanded(word, variables, inner=True)
    return hole


def _together(parts: Sequence[Placed], whole: Placed) -> Placed:
    """Parts of a text one behind the other; an empty one stands where the whole does."""
    made = joined(parts)
    if made.text:
        return made if len(made.text) <= LONGEST * 8 else inserted(HOLE, *whole.at(0))
    return inserted("", *whole.at(0))
