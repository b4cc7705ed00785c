"""How wide text is on a terminal, and what is shown of a line that is too wide."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Span

CUT = "..."
"""Stands for lines, and for parts of lines, that are not shown."""

_TAB = 8
"""Cells that a tab takes at most."""


def cells(text: str) -> int:
    """The cells that a text takes, a tab one."""
    return sum(map(_width, text))


def blank(text: str, filling: str) -> str:
    """As wide as a text; tabs stay tabs, as nobody knows how wide the terminal makes them."""
    return "".join("\t" if one == "\t" else filling * _width(one) for one in text)


def window(line: str, span: Span, room: int) -> tuple[str, Span]:
    """What is shown of a line: all of it, or what stands around a place if there is no room.

    With it the place in what is shown.
    """
    if _fitting(line, room) == len(line):
        return line, span
    inner = room - 2 * len(CUT)
    begin = _before(line, min(span.column - 1, len(line)), inner // 4)
    end = begin + _fitting(line[begin:], inner)
    if end == len(line):
        begin = _before(line, begin, inner - sum(map(_most, line[begin:end])))
    before = CUT if begin else ""
    behind = CUT if end < len(line) else ""
    by = len(before) - begin
    moved = replace(span, column=span.column + by, end_column=max(1, span.end_column + by))
    return f"{before}{line[begin:end]}{behind}", moved


def _before(line: str, place: int, room: int) -> int:
    """Where to begin so that there is room for all that stands before a place."""
    return place - _fitting(line[max(0, place - room) : place][::-1], room)


def _fitting(text: str, room: int) -> int:
    """How many characters of a text there is room for."""
    for index, one in enumerate(text):
        room -= _most(one)
        if room < 0:
            return index
    return len(text)


def _most(character: str) -> int:
    return _TAB if character == "\t" else _width(character)


def _width(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
