"""A module in pieces: its literals and comments, and the code around them, without parsing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.python.comments import pieces_of

_OPEN, _CLOSED = "([{", ")]}"
_LETTERS = frozenset("rRbBuUfFtT")

LONGEST = 100_000
"""In a longer f-string nobody looks for its end."""


class Unclear(Exception):  # noqa: N818 - it is no error
    """Only the parser can tell."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A module in pieces: `spans` are its literals and comments, with `code` around each of them.

    Literals begin with their quotes; the letters before them stand in the code.
    """

    text: str
    spans: Sequence[tuple[int, int]]
    code: Sequence[str]

    def is_literal(self, number: int) -> bool:
        """Whether there is a piece of this number, and it is no comment."""
        return 0 <= number < len(self.spans) and self.text[self.spans[number][0]] != "#"


def pieces_in(text: str) -> Pieces:
    """Take a module apart."""
    spans = list(pieces_of(text))
    ends = [0, *(end for _start, end in spans)]
    starts = [*(start for start, _end in spans), len(text)]
    return Pieces(text, spans, [text[i:j] for i, j in zip(ends, starts, strict=True)])


_PREFIX = regex(r"(?<!\w)[rRbBuUfFtT]{1,2}$")


def prefix_of(code: str) -> str:
    """The letters at the end of code that belong to the literal behind it."""
    found = _PREFIX.search(code, max(len(code) - 2, 0))
    return found.group() if found is not None else ""


def is_formatted(prefix: str) -> bool:
    """Whether the letters before a literal make it an f-string or a t-string."""
    return not _FORMATS.isdisjoint(prefix)


_FORMATS = frozenset("fFtT")


# From Python 3.12 on an f-string may have quotes of its own kind within, and comments. One that
# seems to end too early ends within braces.
_FORMATTED = regex(
    r"[^{}]*(?:(?:\{\{|\}\}"
    r"""|\{(?!\{)[^{}'"#]*(?:(?:'[^'"{}\\#]*'|"[^'"{}\\#]*"|\{[^{}'"#]*\})[^{}'"#]*)*\}"""
    r")[^{}]*)*"
)


def formatted(pieces: Pieces) -> Iterator[str]:
    """What f-strings hold, where it is plain to see where they end."""
    for (start, end), code in zip(pieces.spans, pieces.code, strict=False):
        if code[-1:] in _LETTERS and is_formatted(prefix_of(code)):
            raw = pieces.text[start:end]
            if raw[0] == "#":
                continue
            if "{" in raw and (len(raw) > LONGEST or _FORMATTED.fullmatch(raw) is None):
                raise Unclear
            yield raw


def depth_of(code: str) -> int:
    """How many more brackets are opened than closed."""
    return sum(map(code.count, _OPEN)) - sum(map(code.count, _CLOSED))
