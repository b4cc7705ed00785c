"""Comments of a module, and what of them may be code that was set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.text.code import Block, CodeLine

# A comment, or a literal of text or bytes, in which a `#` is no comment. One that does not end
# is let be: the file has been parsed, so it is a quote within an f-string.
_PIECE = regex(
    r"(?P<comment>\#[^\n]*)"
    r"|'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*(?:'''|\Z)"
    r'|"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*(?:"""|\Z)'
    r"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?',
    re.DOTALL,
)
_WORTH = regex(r"[\w-]/[\w-]|\w-\w|\(")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: its line, the column behind the `#`, what it says.

    `alone`: nothing but the comment stands in the line.
    """

    line: int
    column: int
    text: str
    alone: bool


def comments_in(lines: Sequence[str]) -> list[Comment]:
    """Every comment of a file of which at least one is worth a look, in order."""
    if not any("#" in line and _WORTH.search(line, line.find("#")) for line in lines):
        return []
    text = "\n".join(lines)
    found = []
    line = begin = 0
    for match in _PIECE.finditer(text):
        if match.lastgroup != "comment":
            continue
        while begin + len(lines[line]) < match.start():
            begin += len(lines[line]) + 1
            line += 1
        before = text[begin : match.start()]
        found.append(Comment(line + 1, len(before) + 2, match.group()[1:], not before.strip()))
    return found


def blocks_of(comments: Sequence[Comment]) -> Iterator[Block]:
    """Comments that stand below each other with nothing beside them, as lines of code.

    A comment behind code is a block of its own. The number of a line counts from 0, as `place`
    of the comment says; the offset is that of the code in its line.
    """
    block: list[CodeLine] = []
    last: Comment | None = None
    for one in comments:
        goes_on = (
            last is not None
            and last.alone
            and one.alone
            and (one.line, one.column) == (last.line + 1, last.column)
        )
        if block and not goes_on:
            yield _dedented(block)
            block = []
        block.append(CodeLine(one.line - 1, one.column - 1, one.text))
        last = one
    if block:
        yield _dedented(block)


def _dedented(block: Sequence[CodeLine]) -> Block:
    depths = [len(line.text) - len(line.text.lstrip(" ")) for line in block if line.text.strip()]
    depth = min(depths, default=0)
    return [CodeLine(one.number, one.offset + depth, one.text[depth:]) for one in block]
