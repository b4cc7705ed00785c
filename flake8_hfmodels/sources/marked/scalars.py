"""Where each character of a YAML scalar stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import Placed, inserted, joined

# Characters that stand in the file from one offset to another, or a text in place of them.
Piece: TypeAlias = tuple[int, int, str | None]

_LINE = regex(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_BREAKS = regex(r"\r\n|\r|\n")
_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_FOLD = r"(?P<fold>[ \t]*(?:(?:\r\n|\r|\n)[ \t]*)+)"
_DOUBLE = regex(
    r"(?P<code>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))"
    r"|(?P<joined>\\(?:\r\n|\r|\n)[ \t]*)|(?P<escape>\\.)"
    rf"|{_FOLD}|(?P<text>[^\\ \t\r\n]+|[ \t]+|\\)"
)
_SINGLE = regex(rf"(?P<quote>'')|{_FOLD}|(?P<text>[^' \t\r\n]+|[ \t]+|')")


def pieces(source: str, start: int, end: int, value: str) -> Sequence[Piece]:
    """Where the value comes from that PyYAML read from one offset up to another.

    Where that cannot be told, all of it stands at the start.
    """
    opening = source[start : start + 1]
    if opening in ("'", '"'):
        if source[start + 1 : end - 1] == value:
            return ((start + 1, end - 1, None),)
        found = list(quoted(source, start + 1, end - 1, opening))
    elif source[start:end] == value:
        return ((start, end, None),)
    else:
        found = list(_of_lines(source, start, end, value))
    return found if told(source, found) == value else ((start, start, value),)


def told(source: str, found: Sequence[Piece]) -> str:
    """The text that pieces make up."""
    return "".join(source[start:end] if text is None else text for start, end, text in found)


def placed(text: Placed, found: Iterable[Piece], at: int) -> Placed:
    """The text that pieces of a text make up, with its places; an empty one stands at an offset."""
    merged = _merged(found)
    match merged:
        case []:
            return text.part(at, at)
        case [(start, end, None)]:
            return text.part(start, end)
        case _:
            return joined(
                text.part(start, end) if new is None else inserted(new, *text.at(start))
                for start, end, new in merged
            )


def _merged(found: Iterable[Piece]) -> Sequence[Piece]:
    """Pieces that stand side by side as one, and none that are empty."""
    merged: list[Piece] = []
    for start, end, new in found:
        if new is None and merged and merged[-1][2] is None and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end, None)
        elif new or (new is None and start < end):
            merged.append((start, end, new))
    return merged


def quoted(source: str, start: int, end: int, quote: str) -> Iterable[Piece]:
    """What stands between quotes, from behind the first up to the last one."""
    for found in (_DOUBLE if quote == '"' else _SINGLE).finditer(source, start, end):
        begin, behind = found.span()
        match found.lastgroup:
            case "text":
                yield begin, behind, None
            case "quote":
                yield begin + 1, behind, None
            case "fold":
                yield begin, behind, _folded(found[0])
            case "joined":
                pass
            case "code":
                yield begin, behind, character(int(found[0][2:], 16))
            case _:
                yield begin, behind, _ESCAPES.get(found[0][1], found[0])


def _folded(gap: str) -> str:
    count = len(_BREAKS.findall(gap))
    return "\n" * (count - 1) or " "


def character(code: int) -> str:
    """The character of a code point, or the one that stands for those that are none."""
    return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def _of_lines(source: str, start: int, end: int, value: str) -> Iterable[Piece]:
    """Plain and block scalars: each line of the file stands in the value, but for its margins."""
    done, last_end = 0, start
    is_block = source[start] in "|>"
    for found in _LINE.finditer(source, start, end):
        begin, behind = found.span(1)
        core = found[1] if is_block else found[1].rstrip(" \t")
        behind -= len(found[1]) - len(core)
        core = core.lstrip(" \t")
        if is_block and begin == start:
            last_end = behind
        elif core:
            at = value.find(core, done)
            gap = value[done:at]
            margin = len(gap) - gap.rfind("\n") - 1 if done == 0 or "\n" in gap else 0
            yield _gap(source, last_end, gap[: len(gap) - margin])
            yield behind - len(core) - margin, behind, None
            done, last_end = at + len(core), behind
    yield _gap(source, last_end, value[done:])


def _gap(source: str, at: int, text: str) -> Piece:
    return at, at + len(text), None if text == source[at : at + len(text)] else text
