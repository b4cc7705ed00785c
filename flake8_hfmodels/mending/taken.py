"""Which places of a file fixes change already."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from itertools import islice
from typing import TypeAlias

from flake8_hfmodels.finding import Edit
from flake8_hfmodels.reference import Span

_Place: TypeAlias = tuple[int, int]


class Taken:
    """The edits of a file so far, in the order of their places, none in the way of another."""

    def __init__(self) -> None:
        self._edits: set[Edit] = set()
        self._places: list[tuple[_Place, _Place]] = []

    def takes(self, edits: Iterable[Edit]) -> bool:
        """Take more edits, unless one would change what another changes in a different way."""
        new = [one for one in dict.fromkeys(edits) if one not in self._edits]
        places = [_ends(one.span) for one in new]
        if any(self._is_taken(*one) for one in places):
            return False
        self._edits.update(new)
        for one in places:
            insort(self._places, one)
        return True

    def _is_taken(self, begin: _Place, end: _Place) -> bool:
        """Whether a stretch shares a character with one of those, or lies within it."""
        first = max(bisect_left(self._places, (begin, begin)) - 1, 0)
        for other_begin, other_end in islice(self._places, first, None):
            if other_begin >= end:
                break
            if begin < other_end:
                return True
        return False


def _ends(span: Span) -> tuple[_Place, _Place]:
    return (span.line, span.column), (span.end_line, span.end_column)
