"""The four kinds of texts that TOML has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.marked.scalars import Piece, character, placed
from flake8_hfmodels.sources.marked.tree import Leaf
from flake8_hfmodels.sources.placed import Placed

_FIRST_LINE_END = regex(r"\r?\n|\r")
_STRINGS = (
    ('"""', regex(r'"""[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*"""(?:"{1,2})?')),
    ("'''", regex(r"'''[^']*(?:'(?!'')[^']*)*'''(?:'{1,2})?")),
    ('"', regex(r'"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"')),
    ("'", regex(r"'[^'\r\n]*'")),
)
_PARTS = regex(
    r"(?P<code>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))"
    r"|(?P<joined>\\[ \t]*(?:\r\n|\r|\n)\s*)|(?P<escape>\\[\s\S])"
    r"|(?P<end>\r\n)|(?P<text>[^\\\r]+|[\\\r])"
)
_ENDS = regex(r"(?P<end>\r\n)|(?P<text>[^\r]+|\r)")
_ESCAPES = {
    "b": "\b",
    "t": "\t",
    "n": "\n",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    '"': '"',
    "\\": "\\",
}


def read_text(text: Placed, at: int) -> tuple[int, Leaf] | None:
    """The text whose quotes begin at an offset, and where they end; `None` if they do not."""
    source = text.text
    quotes, form = next(one for one in _STRINGS if source.startswith(one[0], at))
    found = form.match(source, at)
    if found is None:
        return None
    start, end = at + len(quotes), found.end() - len(quotes)
    is_block = len(quotes) > 1
    if is_block and (first := _FIRST_LINE_END.match(source, start, end)):
        start = first.end()
    parts = _PARTS if quotes[0] == '"' else _ENDS
    pieces = list(_pieces(source, parts, start, end))
    return found.end(), Leaf(placed(text, pieces, start), block=is_block)


def _pieces(source: str, parts: re.Pattern[str], start: int, end: int) -> Iterable[Piece]:
    for found in parts.finditer(source, start, end):
        begin, behind = found.span()
        match found.lastgroup:
            case "text":
                yield begin, behind, None
            case "end":
                yield begin, behind, "\n"
            case "joined":
                pass
            case "escape":
                yield begin, behind, _ESCAPES.get(found[0][1], found[0])
            case _:
                yield begin, behind, character(int(found[0][2:], 16))
