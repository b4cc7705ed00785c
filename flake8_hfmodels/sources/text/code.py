"""Pieces of Python in prose: doctests, fenced blocks, blocks after `::`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_hfmodels.loaders.mentions import CODE_MARKS
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex

_FENCE = regex(r"[ \t]*(`{3,}|~{3,})[ \t]*\{?\.?(\w*)")
_PROMPT = regex(r"[ \t]*(>>>|\.\.\.)(?: |$)")
_PYTHON = frozenset({"", "py", "python", "python3", "pycon", "pytb", "ipython", "doctest"})
_SHELL = regex(r"\s*[$%!]")


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line of code: its number in the text (from 0), how much stands before it, itself."""

    number: int
    offset: int
    text: str


Block = Sequence[CodeLine]


def find_code(text: str) -> Iterator[Block]:
    """Every piece of a text that is marked as Python, each line once."""
    if not any(mark in text for mark in CODE_MARKS):
        return
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        block, number = _block_at(lines, number)
        if block:
            yield block


def _block_at(lines: Sequence[str], number: int) -> tuple[Block, int]:
    """The block that begins at a line, and the number of the line behind it."""
    line = lines[number]
    fence = _FENCE.match(line)
    if fence is not None:
        return _fenced(lines, number + 1, fence.group(1), fence.group(2).lower() in _PYTHON)
    if line.lstrip().startswith(">>>"):
        return _session(lines, number)
    if line.rstrip().endswith("::"):
        return _indented(lines, number + 1, _indent(line))
    return (), number + 1


def _fenced(lines: Sequence[str], number: int, mark: str, is_python: bool) -> tuple[Block, int]:
    first = number
    while number < len(lines) and not lines[number].lstrip().startswith(mark):
        number += 1
    if not is_python:
        return (), number + 1
    body = [CodeLine(one, 0, lines[one]) for one in range(first, number)]
    if any(line.text.lstrip().startswith(">>>") for line in body):
        return _prompted(body), number + 1
    return _dedented(body), number + 1


def _session(lines: Sequence[str], number: int) -> tuple[Block, int]:
    """A doctest: the lines behind prompts, until one that has none follows an empty line."""
    first = number
    while number < len(lines):
        blank = not lines[number].strip()
        goes_on = number + 1 < len(lines) and _PROMPT.match(lines[number + 1])
        if blank and not goes_on:
            break
        number += 1
    return _prompted([CodeLine(one, 0, lines[one]) for one in range(first, number)]), number


def _prompted(body: Block) -> Block:
    """The lines behind `>>>` and `...`; what a session answers is left out."""
    found = []
    for line in body:
        prompt = _PROMPT.match(line.text)
        if prompt is not None:
            found.append(CodeLine(line.number, prompt.end(), line.text[prompt.end() :]))
    return found


def _indented(lines: Sequence[str], number: int, around: int) -> tuple[Block, int]:
    """What is indented deeper than the line that ends in `::`."""
    first = number
    while number < len(lines) and (not lines[number].strip() or _indent(lines[number]) > around):
        number += 1
    body = [CodeLine(one, 0, lines[one]) for one in range(first, number)]
    if any(line.text.lstrip().startswith(">>>") for line in body):
        return _prompted(body), number
    return _dedented(body), number


def _dedented(body: Block) -> Block:
    """The lines without the indentation that all of them have; lines for a shell are emptied."""
    depth = min((_indent(line.text) for line in body if line.text.strip()), default=0)
    return [
        CodeLine(line.number, depth, "" if _SHELL.match(line.text) else line.text[depth:])
        for line in body
    ]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
