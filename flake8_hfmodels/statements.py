"""Which lines of Python make one statement, and where its comments stand."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator, Sequence
from contextlib import suppress

from flake8_hfmodels.record import dataclass, field

_OUTSIDE = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


@dataclass(slots=True)
class Statements:
    """What is known of the lines of a module.

    `lines` maps each line to the first and the last of its statement; `comments` are given with
    their line and column, both from 1.
    """

    lines: dict[int, tuple[int, int]] = field(default_factory=dict)
    comments: list[tuple[int, int, str]] = field(default_factory=list)


def statements(lines: Sequence[str]) -> Statements:
    """Read the lines of a module, up to where it can be read no further."""
    found = Statements()
    first = 0
    for token in _tokens(lines):
        if token.type == tokenize.COMMENT:
            found.comments.append((token.start[0], token.start[1] + 1, token.string))
        if token.type in _OUTSIDE:
            continue
        first = first or token.start[0]
        if token.type == tokenize.NEWLINE:
            last = token.end[0]
            found.lines.update(dict.fromkeys(range(first, last + 1), (first, last)))
            first = 0
    return found


def _tokens(lines: Sequence[str]) -> Iterator[tokenize.TokenInfo]:
    # The parser has the last word on what can be read; what came before a mistake counts.
    with suppress(tokenize.TokenError, SyntaxError):
        yield from tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline)
