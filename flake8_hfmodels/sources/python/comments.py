"""Comments of a module, and what of them may be code that was set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.text.code import Block, CodeLine

MANY = 1000
"""Escapes in a literal that are read in one go: each takes memory as long as its end is sought."""

# A comment, or a literal of text or bytes, in which a `#` is no comment. One that does not end
# is let be: the file has been parsed, so it is a quote within an f-string. Every alternative begins
# with a character of its own, so that `re` passes over code without trying any. A group says that
# there may be more of a literal.
_PIECE = regex(
    r"\#[^\n]*"
    rf"|'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*){{0,{MANY}}}(?:'''|\Z|())"
    rf'|"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*){{0,{MANY}}}(?:"""|\Z|())'
    rf"|'[^'\\\n]*(?:\\.[^'\\\n]*){{0,{MANY}}}(?:'|((?=\\))?)"
    rf'|"[^"\\\n]*(?:\\.[^"\\\n]*){{0,{MANY}}}(?:"|((?=\\))?)',
    re.DOTALL,
)
# More of a literal, by its quotes. A group says that it ends.
_MORE = {
    "'''": regex(rf"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*){{0,{MANY}}}('''|\Z)?", re.DOTALL),
    '"""': regex(rf'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*){{0,{MANY}}}("""|\Z)?', re.DOTALL),
    "'": regex(rf"[^'\\\n]*(?:\\.[^'\\\n]*){{0,{MANY}}}('|(?=\n)|\Z)?", re.DOTALL),
    '"': regex(rf'[^"\\\n]*(?:\\.[^"\\\n]*){{0,{MANY}}}("|(?=\n)|\Z)?', re.DOTALL),
}
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
    return comments_at((one for one in pieces_of(text) if text[one[0]] == "#"), text, lines)


def pieces_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the comments and the literals of a module stand, in order; all between them is code.

    A comment begins with its `#`; literals come without the letters before their quotes.
    """
    at: int | None = 0
    while at is not None:
        begin, at = at, None
        for piece in _PIECE.finditer(text, begin):
            if piece.lastindex is None:
                yield piece.span()
                continue
            at = _end(text, *piece.span())
            yield piece.start(), at
            break


def _end(text: str, start: int, read: int) -> int:
    """Where a literal ends that has been read up to a place."""
    quotes = text[start : start + 3]
    more = _MORE.get(quotes) or _MORE[quotes[0]]
    while True:
        found = more.match(text, read)
        assert found is not None  # every part of it may be empty
        if found.lastindex is not None or found.end() == read:
            return found.end()
        read = found.end()


def comments_at(spans: Iterable[tuple[int, int]], text: str, lines: Sequence[str]) -> list[Comment]:
    """The comments at these places of a text, which is made of these lines."""
    found = []
    line = begin = 0
    for start, end in spans:
        while begin + len(lines[line]) < start:
            begin += len(lines[line]) + 1
            line += 1
        before = text[begin:start]
        comment = Comment(line + 1, len(before) + 2, text[start + 1 : end], not before.strip())
        found.append(comment)
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
