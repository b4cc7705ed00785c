"""What stands about the Hub in the docstrings and comments of a module, in pieces and not parsed.

What the parser might see otherwise is `Unclear`.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Sequence

from flake8_hfmodels.loaders.mentions import CODE_MARKS, HOSTS, mentions_hub
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.python.comments import Comment, comments_at
from flake8_hfmodels.sources.python.docstrings import ReadCode
from flake8_hfmodels.sources.python.glance import calls_a_loader
from flake8_hfmodels.sources.python.imports import imports_of
from flake8_hfmodels.sources.python.mentions import is_prose, shown
from flake8_hfmodels.sources.python.pieces import Pieces, Unclear, depth_of, is_formatted, prefix_of
from flake8_hfmodels.sources.python.survey import survey
from flake8_hfmodels.sources.text.links import find_links

_PROSE_MARKS = (">>>", "```")


@dataclass(frozen=True, slots=True)
class _Literal:
    """One literal, the piece of this number, and what stands around it.

    `before` is the code between it and the piece before, `behind` that up to the next. `depth`:
    how many brackets are open around it.
    """

    number: int
    prefix: str
    raw: str
    before: str
    behind: str
    depth: int


def said(
    pieces: Pieces, code: bytes, path: str, lines: Sequence[str], read_code: ReadCode
) -> list[Reference]:
    """The certain references in texts and comments, in order; `code` is what is neither.

    `read_code` reads the pieces of code that docstrings show. Raises `Unclear`.
    """
    prose = list(_prose(pieces))
    comments = _comments(pieces, lines)
    if not (prose or comments):
        return []
    with_calls = [str(text.value) for text, has_call in prose if has_call]
    with_calls.extend(one.text for one in comments if calls_a_loader(one.text))
    surveyed = survey(imports_of(code, with_calls), lines, path)
    found = list(shown(surveyed, read_code, [text for text, _has_call in prose], comments))
    surveyed.let_go()
    return sorted(found, key=lambda one: one.span)


def _comments(pieces: Pieces, lines: Sequence[str]) -> Sequence[Comment]:
    """The comments, if one of them can say anything that is certain."""
    text = pieces.text
    spans = [(start, end) for start, end in pieces.spans if text[start] == "#"]
    comments = [text[start:end] for start, end in spans]
    if any(mentions_hub(one) or calls_a_loader(one) for one in comments):
        return comments_at(spans, text, lines)
    return ()


def _prose(pieces: Pieces) -> Iterator[tuple[ast.Constant, bool]]:
    """The docstrings, and other texts for people, in which something is worth a look.

    With each comes whether it has the call of a loader.
    """
    place = _Places(pieces)
    for literal in _candidates(pieces):
        is_linked = mentions_hub(literal.raw)
        if is_formatted(literal.prefix):
            if is_linked or _may_show(literal.raw):
                raise Unclear
            continue
        value = _value(literal)
        if value is None:
            continue
        if _has_neighbour(pieces, literal):
            raise Unclear
        has_call = _has_call(value)
        if not is_linked and not has_call:
            continue
        if _is_statement(literal) or (_is_assigned(literal) and is_prose(value)):
            yield place.constant(literal, value), has_call
        elif has_call or is_prose(value) or _leads_somewhere(value):
            raise Unclear


def _candidates(pieces: Pieces) -> Iterator[_Literal]:
    """The literals that hold an address, or a mark of code."""
    text = pieces.text
    marks = [mark for mark in (*HOSTS, *CODE_MARKS) if mark in text]
    counted = depth = 0
    for number, (start, end) in enumerate(pieces.spans):
        raw = text[start:end]
        if raw[0] == "#" or not any(mark in raw for mark in marks):
            continue
        code = pieces.code[number]
        prefix = prefix_of(code)
        depth += depth_of("".join(pieces.code[counted : number + 1]))
        counted = number + 1
        before = code[: len(code) - len(prefix)]
        yield _Literal(number, prefix, raw, before, pieces.code[number + 1], depth)


def _may_show(raw: str) -> bool:
    """Whether a part of an f-string may show the call of a loader."""
    return any(mark in raw for mark in _PROSE_MARKS) and ("\\" in raw or calls_a_loader(raw))


def _has_call(text: str) -> bool:
    """Whether a line of a text has the call of a loader."""
    return "(" in text and any(map(calls_a_loader, text.split("\n")))


def _value(literal: _Literal) -> str | None:
    """The text that a literal is, or `None` where it is bytes."""
    raw = literal.raw
    if not literal.prefix and "\\" not in raw:
        quotes = 3 if raw[:3] in ('"""', "'''") else 1
        return raw[quotes:-quotes]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = ast.literal_eval(literal.prefix + raw)
    except (SyntaxError, ValueError) as error:
        raise Unclear from error
    return value if isinstance(value, str) else None


def _leads_somewhere(text: str) -> bool:
    """Whether a text holds an address of a repo, or begins one that others go on with."""
    return any(find_links(text)) or any(find_links(text + "owner/name"))


def _is_statement(literal: _Literal) -> bool:
    """Whether a literal is a statement of its own: what only people read."""
    above, newline, beside = literal.before.rpartition("\n")
    beside = beside.strip()
    behind = literal.behind.partition("\n")[0].strip()
    if above.endswith("\\") or beside.endswith((":", ";")) or behind.startswith(";"):
        raise Unclear
    is_first = bool(newline) or literal.number == 0
    return literal.depth == 0 and is_first and not beside and not behind


def _is_assigned(literal: _Literal) -> bool:
    """Whether a literal is what an assignment assigns, or begins it."""
    return literal.depth == 0 and literal.before.rstrip().endswith("=")


# What may stand between two literals that are one, and the letters before the second.
_BETWEEN = regex(r"[ \t\f\n\\]*[rRbBuUfFtT]{0,2}")


def _has_neighbour(pieces: Pieces, literal: _Literal) -> bool:
    """Whether another literal may stand beside one, which makes one text of both.

    In brackets a comment may stand between them.
    """
    beside = ((literal.number - 1, literal.before), (literal.number + 1, literal.behind))
    return any(
        (pieces.is_literal(number) or (literal.depth > 0 and 0 <= number < len(pieces.spans)))
        and (literal.depth > 0 or "\n" not in between or "\\" in between)
        and _BETWEEN.fullmatch(between) is not None
        for number, between in beside
    )


class _Places:
    """Counts lines and columns, from one literal to the next."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self.line, self.column, self.at = 1, 0, 0

    def constant(self, literal: _Literal, value: str) -> ast.Constant:
        """The node that the parser makes of a literal."""
        start, end = self.pieces.spans[literal.number]
        line, column = self._place(start - len(literal.prefix))
        end_line, end_column = self._place(end)
        return ast.Constant(
            value=value,
            lineno=line,
            col_offset=column,
            end_lineno=end_line,
            end_col_offset=end_column,
        )

    def _place(self, offset: int) -> tuple[int, int]:
        above, newline, beside = self.pieces.text[self.at : offset].rpartition("\n")
        self.at = offset
        if newline:
            self.line += above.count("\n") + 1
            self.column = 0
        self.column += len(beside.encode("utf-8", "surrogatepass"))
        return self.line, self.column
