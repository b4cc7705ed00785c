"""Edits put into a text, of which everything else stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flake8_hfmodels.finding import Edit
from flake8_hfmodels.regex import regex

_LINE_END = regex(r"\r\n|\r|\n")


def patched(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits, of which none overlaps another; equal ones count once.

    Several at one empty place are written in their order. A line feed in an edit becomes what the
    line of its place ends in. Raises `ValueError` where two overlap or a place is not there.
    """
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    ends = [found.group() for found in _LINE_END.finditer(text)]
    parts: list[str] = []
    done = 0
    for edit in sorted(dict.fromkeys(edits), key=lambda one: one.span):
        span = edit.span
        begin, end = (
            _offset(starts, text, span.line, span.column),
            _offset(starts, text, span.end_line, span.end_column),
        )
        if not done <= begin <= end:
            raise ValueError(f"edits overlap in line {span.line}")
        parts += [text[done:begin], edit.text.replace("\n", _end_of(ends, span.line))]
        done = end
    return "".join([*parts, text[done:]])


def _offset(starts: Sequence[int], text: str, line: int, column: int) -> int:
    if not 1 <= line <= len(starts):
        raise ValueError(f"there is no line {line}")
    offset = starts[line - 1] + column - 1
    behind = starts[line] if line < len(starts) else len(text) + 1
    if not starts[line - 1] <= offset < behind:
        raise ValueError(f"line {line} has no column {column}")
    return offset


def _end_of(ends: Sequence[str], line: int) -> str:
    """What a line ends in; the last one without an end takes that of the line before."""
    if not ends:
        return "\n"
    return ends[min(line, len(ends)) - 1]
