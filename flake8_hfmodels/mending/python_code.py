"""Python text with its tree: which node stands where, in characters."""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Span
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import split_lines
from flake8_hfmodels.sources.python.places import span_of

Node = ast.expr | ast.keyword
"""What has a place of its own and may be looked for."""


class RefusedError(Exception):
    """In words, why a finding cannot be mended."""


_LINE_END = regex(r"\r\n|\r|\n")

FORMATTED = ("JoinedStr", "TemplateStr")
"""Before Python 3.12 what stands inside of these has no place."""


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A text that can be read as Python; `starts` are the offsets of its lines."""

    text: str
    tree: ast.Module
    lines: Sequence[str]
    starts: Sequence[int]

    def begin(self, node: Node) -> int:
        """The offset of the first character of a node."""
        span = self.place(node)
        return self.starts[span.line - 1] + span.column - 1

    def end(self, node: Node) -> int:
        """The offset behind the last character of a node."""
        span = self.place(node)
        return self.starts[span.end_line - 1] + span.end_column - 1

    def place(self, node: Node) -> Span:
        """Where a node stands."""
        return span_of(node, self.lines)

    def source(self, node: Node) -> str:
        """A node as it is written."""
        return self.text[self.begin(node) : self.end(node)]

    def offset(self, line: int, column: int) -> int:
        """The offset of a place."""
        return self.starts[line - 1] + column - 1

    def line_of(self, offset: int) -> int:
        """The line that a character stands in, from 1."""
        return bisect_left(self.starts, offset + 1)

    def line_end(self, offset: int) -> int:
        """Where the line of a character ends."""
        line = self.line_of(offset)
        return self.starts[line - 1] + len(self.lines[line - 1])

    def span(self, begin: int, end: int) -> Span:
        """A stretch of the text."""
        first, last = self.line_of(begin), self.line_of(end)
        return Span(
            first, begin - self.starts[first - 1] + 1, last, end - self.starts[last - 1] + 1
        )


def read(text: str) -> Code | None:
    """Read a text; `None` where it is no Python."""
    tree = tree_of(text)
    if tree is None:
        return None
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    return Code(text, tree, split_lines(text), starts)


def tree_of(text: str) -> ast.Module | None:
    """The tree of a program; `None` where it is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """The nodes in some lines: by their places, outer ones first, and what each stands in."""

    by_place: Mapping[Span, Sequence[ast.expr]]
    parents: Mapping[int, ast.AST]
    texts: Mapping[int, Sequence[Span]]

    def at(self, span: Span) -> ast.expr | None:
        """The innermost expression that takes exactly this place."""
        found = self.by_place.get(span, ())
        return found[-1] if found else None

    def around(self, span: Span) -> Iterator[ast.expr]:
        """The texts that a place lies in."""
        begin, end = (span.line, span.column), (span.end_line, span.end_column)
        for place in self.texts.get(span.line, ()):
            if (place.line, place.column) <= begin and end <= (place.end_line, place.end_column):
                yield from self.by_place[place]

    def call(self, span: Span) -> ast.Call | None:
        """The call that takes exactly this place."""
        found = (one for one in self.by_place.get(span, ()) if isinstance(one, ast.Call))
        return next(found, None)

    def parent(self, node: ast.AST) -> ast.AST | None:
        """What a node stands in."""
        return self.parents.get(id(node))


def nodes_in(code: Code, spans: Iterable[Span]) -> Nodes:
    """The nodes of the lines in which these places begin, but those in formatted texts."""
    lines = {span.line for span in spans}
    by_place: dict[Span, list[ast.expr]] = {}
    parents: dict[int, ast.AST] = {}
    for node, parent in _near(code.tree, sorted(lines)):
        parents[id(node)] = parent
        if isinstance(node, ast.expr) and node.lineno in lines:
            by_place.setdefault(code.place(node), []).append(node)
    texts: dict[int, list[Span]] = {}
    for place, some in by_place.items():
        if _is_text(some[-1]):
            texts.setdefault(place.line, []).append(place)
    return Nodes(by_place, parents, texts)


def _near(tree: ast.AST, lines: Sequence[int]) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each node that takes part of one of some lines, with what it stands in; outer ones first."""
    left = [tree]
    while left:
        node = left.pop()
        for child in ast.iter_child_nodes(node):
            if _is_near(child, lines):
                yield child, node
                if type(child).__name__ not in FORMATTED:
                    left.append(child)


def _is_near(node: ast.AST, lines: Sequence[int]) -> bool:
    """Whether a node takes part of one of some lines; what has no place of its own may."""
    if not isinstance(node, (ast.stmt, ast.expr)):
        return True
    decorators: Sequence[ast.expr] = getattr(node, "decorator_list", ())
    first = min([node.lineno, *(one.lineno for one in decorators)])
    number = bisect_left(lines, first)
    return number < len(lines) and lines[number] <= (node.end_lineno or node.lineno)


# What linters, formatters and spelling checkers read: a text behind it would be theirs.
_PRAGMA = regex(
    r"#\s*(?:-\*-|no(?:qa|sec|lint|semgrep|sonar|inspection)|type:|pragma|py(?:lint|right|re|type)"
    r"|(?:fmt|ruff|mypy|isort|yapf|flake8|hfmodels|autopep8|cython|c?spell|codespell)\b)",
    re.IGNORECASE,
)


def ends_for_comments(code: Code, lines: Collection[int]) -> Mapping[int, Span | None]:
    """For each line the place at its end for a comment; `None` where none can be put.

    That is inside of a text of several lines, behind a backslash, and behind a comment that some
    program reads.
    """
    wanted = sorted(lines)
    texts: dict[int, list[Span]] = {line: [] for line in wanted}
    for node, _parent in _near(code.tree, wanted):
        if isinstance(node, ast.expr) and _is_text(node):
            span = code.place(node)
            first, last = bisect_left(wanted, span.line), bisect_right(wanted, span.end_line)
            for line in wanted[first:last]:
                texts[line].append(span)
    return {line: _end_for_comment(code, line, texts[line]) for line in wanted}


def _is_text(node: ast.expr) -> bool:
    of_text = isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))
    return of_text or type(node).__name__ in FORMATTED


def _end_for_comment(code: Code, line: int, texts: Sequence[Span]) -> Span | None:
    bare = [*code.lines[line - 1]]
    for span in texts:
        if line < span.end_line:
            return None
        begin = span.column - 1 if span.line == line else 0
        end = span.end_column - 1
        bare[begin:end] = "_" * (end - begin)
    behind = "".join(bare)
    if behind.endswith("\\") or _PRAGMA.search(behind, max(behind.find("#"), 0)):
        return None
    return Span(line, len(bare) + 1, line, len(bare) + 1)
