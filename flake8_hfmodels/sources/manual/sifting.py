"""Python in a text that is no Python as a whole: statement by statement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.manual.fences import behind, lines_of
from flake8_hfmodels.sources.placed import Placed, joined
from flake8_hfmodels.sources.python.parse import parse_text
from flake8_hfmodels.sources.source import PythonSource

TALLEST = 40
"""Lines of a statement that is read from a text which is no Python as a whole."""

MOST_LINES = 3000
"""A longer text that is no Python as a whole is not searched for statements."""

_LEFT_OUT = regex(r",\s*\.\.\.\s*(?=\))")
_FURTHER = regex(r"(?:else|elif|except|finally)\b|[)\]}]")


def is_python(text: str) -> bool:
    """Whether Python's parser takes a text."""
    return isinstance(parse_text("", text), PythonSource)


def sifted(code: Placed, most: int = MOST_LINES) -> tuple[Placed, Placed]:
    """As much of a text as is Python, and the lines that are not.

    A text of more than so many lines is Python as a whole, or not at all.
    """
    if is_python(code.text):
        return code, code.part(0, 0)
    filled = Placed(_LEFT_OUT.sub(_blank, code.text), code.stretches)
    if is_python(filled.text):
        return filled, code.part(0, 0)
    lines = lines_of(filled)
    return _statements(lines) if len(lines) <= most else (code.part(0, 0), code)


def _blank(match: re.Match[str]) -> str:
    return "".join(one if one in "\r\n" else " " for one in match.group())


def _statements(lines: Sequence[Placed]) -> tuple[Placed, Placed]:
    """The statements among lines, each without its indentation, and the lines between them."""
    found: list[Placed] = []
    others: list[Placed] = []
    number = 0
    while number < len(lines):
        text = lines[number].text
        for block in (_block(lines, number), _closed(lines, number)):
            code = _flush(block)
            if text.strip() and is_python(code.text):
                found.append(code)
                number += len(block)
                break
        else:
            others.append(lines[number])
            number += 1
    return joined(found), joined(others)


def _block(lines: Sequence[Placed], number: int) -> Sequence[Placed]:
    """A line and what follows it more deeply indented."""
    depth = _indent(lines[number].text)
    end = number + 1
    while end < min(len(lines), number + TALLEST):
        text = lines[end].text
        deeper = not text.strip() or _indent(text) > depth or _FURTHER.match(text.lstrip())
        if not deeper:
            break
        end += 1
    return lines[number:end]


def _closed(lines: Sequence[Placed], number: int) -> Sequence[Placed]:
    """A line and those that follow until all brackets are closed."""
    depth = 0
    for end in range(number, min(len(lines), number + TALLEST)):
        text = lines[end].text
        depth += sum(text.count(one) for one in "([{") - sum(text.count(one) for one in ")]}")
        if depth <= 0:
            return lines[number : end + 1]
    return lines[number : number + 1]


def _flush(block: Sequence[Placed]) -> Placed:
    """Lines without the indentation of the first, as far as they have it."""
    depth = _indent(block[0].text)
    return joined(behind(line, min(depth, _indent(line.text))) for line in block)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
