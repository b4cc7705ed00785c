"""What a module that can load nothing says of the Hub: its docstrings and comments, unparsed.

Most files of a library that stands on the Hub show how it is used and call no loader themselves.
Parsing them takes Python ten times as long as telling code, literals and comments apart, and what
is found is the same: whatever could make a difference here is left to the parser. As in the
prefilter, a word counts where it is written out, neither escaped nor split between two literals.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress

from flake8_hfmodels.loaders.mentions import CODE_MARKS, HOSTS, mentions_hub
from flake8_hfmodels.prefilter import as_python_reads, words_in
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.python.candidates import may_run
from flake8_hfmodels.sources.python.comments import Comment, comments_at, pieces_of
from flake8_hfmodels.sources.python.docstrings import ReadCode
from flake8_hfmodels.sources.python.glance import calls_a_loader
from flake8_hfmodels.sources.python.mentions import is_prose, shown
from flake8_hfmodels.sources.python.survey import survey
from flake8_hfmodels.sources.text.links import find_links

_PROSE_MARKS = (">>>", "```")
_OPEN, _CLOSED = "([{", ")]}"
_LETTERS = frozenset("rRbBuUfFtT")

LONGEST = 100_000
"""In a longer f-string nobody looks for its end."""


class _Unclear(Exception):  # noqa: N818 - it is no error
    """Only the parser can tell."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A module in pieces: `spans` are its literals and comments, with `code` around each of them.

    Literals begin with their quotes; the letters before them stand in the code.
    """

    text: str
    spans: Sequence[tuple[int, int]]
    code: Sequence[str]

    def is_literal(self, number: int) -> bool:
        """Whether there is a piece of this number, and it is no comment."""
        return 0 <= number < len(self.spans) and self.text[self.spans[number][0]] != "#"


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


def skim(path: str, lines: Sequence[str], read_code: ReadCode) -> list[Reference] | None:
    """The certain references of a module, in its order; `None` where it has to be parsed.

    `read_code` reads the pieces of code that docstrings show.
    """
    text = "\n".join(lines)
    with suppress(_Unclear):
        pieces = _pieces(text)
        code = _as_read(" ".join(pieces.code))
        within = _as_read(" ".join(_formatted(pieces)))
        if may_run(code + b" " + within, _as_read(text)):
            return None
        prose = list(_prose(pieces))
        comments = _comments(pieces, lines)
        if not (prose or comments):
            return []
        with_calls = [str(text.value) for text, has_call in prose if has_call]
        with_calls.extend(one.text for one in comments if calls_a_loader(one.text))
        surveyed = survey(_imports(code, with_calls), lines, path)
        found = list(shown(surveyed, read_code, [text for text, _has_call in prose], comments))
        surveyed.let_go()
        return sorted(found, key=lambda one: one.span)
    return None


def _as_read(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return data if data.isascii() else as_python_reads(data)


# --- code, literals and comments


def _pieces(text: str) -> _Pieces:
    spans = list(pieces_of(text))
    ends = [0, *(end for _start, end in spans)]
    starts = [*(start for start, _end in spans), len(text)]
    return _Pieces(text, spans, [text[i:j] for i, j in zip(ends, starts, strict=True)])


_PREFIX = regex(r"(?<!\w)[rRbBuUfFtT]{1,2}$")


def _prefix(code: str) -> str:
    """The letters at the end of code that belong to the literal behind it."""
    found = _PREFIX.search(code, max(len(code) - 2, 0))
    return found.group() if found is not None else ""


def _is_formatted(prefix: str) -> bool:
    return not _FORMATS.isdisjoint(prefix)


_FORMATS = frozenset("fFtT")


# From Python 3.12 on an f-string may have quotes of its own kind within, and comments. One that
# seems to end too early ends within braces.
_FORMATTED = regex(
    r"[^{}]*(?:(?:\{\{|\}\}"
    r"""|\{(?!\{)[^{}'"#]*(?:(?:'[^'"{}\\#]*'|"[^'"{}\\#]*"|\{[^{}'"#]*\})[^{}'"#]*)*\}"""
    r")[^{}]*)*"
)


def _formatted(pieces: _Pieces) -> Iterator[str]:
    """What f-strings hold, where it is plain to see where they end."""
    for (start, end), code in zip(pieces.spans, pieces.code, strict=False):
        if code[-1:] in _LETTERS and _is_formatted(_prefix(code)):
            raw = pieces.text[start:end]
            if raw[0] == "#":
                continue
            if "{" in raw and (len(raw) > LONGEST or _FORMATTED.fullmatch(raw) is None):
                raise _Unclear
            yield raw


def _depth(code: str) -> int:
    """How many more brackets are opened than closed."""
    return sum(map(code.count, _OPEN)) - sum(map(code.count, _CLOSED))


def _comments(pieces: _Pieces, lines: Sequence[str]) -> Sequence[Comment]:
    """The comments, if one of them can say anything that is certain."""
    text = pieces.text
    spans = [(start, end) for start, end in pieces.spans if text[start] == "#"]
    comments = [text[start:end] for start, end in spans]
    if any(mentions_hub(one) or calls_a_loader(one) for one in comments):
        return comments_at(spans, text, lines)
    return ()


# --- texts


def _prose(pieces: _Pieces) -> Iterator[tuple[ast.Constant, bool]]:
    """The docstrings, and other texts for people, in which something is worth a look.

    With each comes whether it has the call of a loader.
    """
    place = _Places(pieces)
    for literal in _candidates(pieces):
        is_linked = mentions_hub(literal.raw)
        if _is_formatted(literal.prefix):
            if is_linked or _may_show(literal.raw):
                raise _Unclear
            continue
        value = _value(literal)
        if value is None:
            continue
        if _has_neighbour(pieces, literal):
            raise _Unclear
        has_call = _has_call(value)
        if not is_linked and not has_call:
            continue
        if _is_statement(literal) or (_is_assigned(literal) and is_prose(value)):
            yield place.constant(literal, value), has_call
        elif has_call or is_prose(value) or _leads_somewhere(value):
            raise _Unclear


def _candidates(pieces: _Pieces) -> Iterator[_Literal]:
    """The literals that hold an address, or a mark of code."""
    text = pieces.text
    marks = [mark for mark in (*HOSTS, *CODE_MARKS) if mark in text]
    counted = depth = 0
    for number, (start, end) in enumerate(pieces.spans):
        raw = text[start:end]
        if raw[0] == "#" or not any(mark in raw for mark in marks):
            continue
        code = pieces.code[number]
        prefix = _prefix(code)
        depth += _depth("".join(pieces.code[counted : number + 1]))
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
        raise _Unclear from error
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
        raise _Unclear
    is_first = bool(newline) or literal.number == 0
    return literal.depth == 0 and is_first and not beside and not behind


def _is_assigned(literal: _Literal) -> bool:
    """Whether a literal is what an assignment assigns, or begins it."""
    return literal.depth == 0 and literal.before.rstrip().endswith("=")


# What may stand between two literals that are one, and the letters before the second.
_BETWEEN = regex(r"[ \t\f\n\\]*[rRbBuUfFtT]{0,2}")


def _has_neighbour(pieces: _Pieces, literal: _Literal) -> bool:
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

    def __init__(self, pieces: _Pieces) -> None:
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


# --- imports

_IMPORT = regex(
    rb"\n([ \t]*)((?:from\b[ \t]*[\w.]+[ \t]*\bimport|import)\b[ \t]*(?:\([^)]*\)?|[^\n;]*))"
)
_ANY_IMPORT = regex(rb"import(?<!\wimport)\b")
_OPENING = regex(
    rb"\n([ \t]*)(import|from|def|class|async|if|elif|else|try|except|finally|with|for|while"
    rb"|match|case)\b"
)
_KEYWORDS = frozenset({b"from", b"import", b"as"})


def _imports(code: bytes, texts: Sequence[str]) -> ast.Module:
    """The imports that give names in these texts their meaning in a module.

    Of a name only the first binding counts, in the module and not in a function or a class.
    """
    wanted = words_in(" ".join(texts).encode("utf-8", "surrogatepass"))
    if not wanted:
        return ast.Module([], [])
    statements = _at_top(b"\n" + code.replace(b"\\\n", b"  "), wanted - _KEYWORDS)
    try:
        return ast.parse(b"\n".join(statements).decode())
    except SyntaxError as error:
        raise _Unclear from error


def _at_top(code: bytes, wanted: Set[bytes]) -> Iterator[bytes]:
    """The imports of these names that are the first in the module to bind them."""
    imports = list(_IMPORT.finditer(code))
    if len(imports) != len(_ANY_IMPORT.findall(code)):
        raise _Unclear
    between: list[bytes] = []
    bound: set[bytes] = set()
    local: Set[int] | None = None
    elsewhere = b"global" in code
    behind = 0
    for one in imports:
        between.append(code[behind : one.start()])
        behind = one.end()
        names = wanted & words_in(one.group(2))
        if names and one.group(1):
            local = _local_lines(code) if local is None else local
            if one.start() in local:
                names = frozenset()
                if elsewhere:
                    raise _Unclear
        if names:
            bound |= words_in(b" ".join(between))
            between.clear()
            if not bound.isdisjoint(names):
                raise _Unclear
            yield one.group(2)


def _local_lines(code: bytes) -> Set[int]:
    """Where the lines of imports begin that stand in a function or a class."""
    found: set[int] = set()
    around: list[tuple[int, bool]] = []
    depth = behind = 0
    for line in _OPENING.finditer(code):
        depth += _depth(code[behind : line.start()].decode())
        behind = line.start()
        if depth:
            continue
        indent, word = len(line.group(1).expandtabs()), line.group(2)
        while around and around[-1][0] >= indent:
            around.pop()
        is_local = bool(around) and around[-1][1]
        if word not in _KEYWORDS:
            around.append((indent, is_local or word in (b"def", b"class", b"async")))
        elif is_local:
            found.add(line.start())
    return found
