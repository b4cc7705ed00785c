"""What a module says of the Hub besides calling its loaders: addresses, constants, flags."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.loaders.mentions import mentions_hub
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import (
    Known,
    Reference,
    Span,
    Written,
)
from flake8_hfmodels.sources.mentions import linked, named
from flake8_hfmodels.sources.python.comments import Comment, blocks_of, comments_in
from flake8_hfmodels.sources.python.docstrings import CodeReader, ReadCode
from flake8_hfmodels.sources.python.layout import Layout
from flake8_hfmodels.sources.python.places import span_of
from flake8_hfmodels.sources.python.scopes import Scope, Survey
from flake8_hfmodels.sources.python.values import Evaluator
from flake8_hfmodels.sources.text.code import CodeLine, find_code
from flake8_hfmodels.sources.text.links import Link, find_links

if TYPE_CHECKING:
    from flake8_hfmodels.sources.python.constants import Text

LONGEST = 100_000
"""In a text of more characters only addresses are searched for."""


def mentions(
    survey: Survey, read_code: ReadCode, claimed: Collection[Span], everything: bool
) -> Iterator[Reference]:
    """The references of a module that are no call of a loader.

    `claimed` are the places of texts that calls have named already. Without `everything` only
    those that are certain: addresses, and code in docstrings and comments.
    """
    finder = _Finder(survey, read_code, frozenset(claimed))
    yield from finder.references() if everything else finder.certain()


def shown(
    survey: Survey, read_code: ReadCode, prose: Sequence[ast.Constant], comments: Sequence[Comment]
) -> Iterator[Reference]:
    """The certain references in what people alone read of a module, which stands in `survey`."""
    finder = _Finder(survey, read_code, frozenset())
    yield from finder.shown(prose, comments)


MOST_PARTS = 64
"""In an f-string of more parts no names are looked up."""


@dataclass(slots=True)
class _Finder:
    """Looks through the texts and the comments of one module."""

    survey: Survey
    read_code: ReadCode
    claimed: frozenset[Span]
    known: set[str] = field(default_factory=set)
    seen: set[tuple[int, str]] = field(default_factory=set)
    evaluator: Evaluator = field(init=False)
    reader: CodeReader = field(init=False)

    def __post_init__(self) -> None:
        self.evaluator = Evaluator(self.survey)
        self.reader = CodeReader(self.survey, self.read_code)

    def certain(self) -> Iterator[Reference]:
        """What leaves no doubt that the Hub is meant."""
        code, prose = self._sorted()
        yield from self._certain(code, prose, comments_in(self.survey.lines))

    def references(self) -> Iterator[Reference]:
        """Addresses first, so that their ids are known where they are only named."""
        code, prose = self._sorted()
        comments = comments_in(self.survey.lines)
        yield from [*self._certain(code, prose, comments)]
        yield from self._in_prose(prose, comments)
        yield from self._in_code(code)
        from flake8_hfmodels.sources.python.flags import flag_references

        yield from flag_references(self.survey, self.claimed)

    def _certain(
        self, code: Sequence[Text], prose: Sequence[Text], comments: Sequence[Comment]
    ) -> Iterator[Reference]:
        yield from self._addresses(code)
        yield from self.shown([node for node, _parent, _scope in prose], comments)

    def shown(
        self, prose: Sequence[ast.Constant], comments: Sequence[Comment]
    ) -> Iterator[Reference]:
        """What docstrings and comments leave no doubt about."""
        yield from self._in_docstrings(prose)
        yield from self._in_comments(comments)

    def _in_code(self, texts: Sequence[Text]) -> Iterator[Reference]:
        from flake8_hfmodels.sources.python.constants import Constants

        judge = Constants(self.survey, self._is_known, bool(self.known))
        joined: dict[int, Layout] = {}
        for node, parent, scope in texts:
            if isinstance(parent, ast.JoinedStr):
                yield from self._named_in_part(node, parent, joined)
            elif " " in str(node.value):
                yield from self._named_in(node)
            else:
                yield from judge.references((node, parent, scope))

    def _sorted(self) -> tuple[list[Text], list[Text]]:
        """The texts that the program uses, and those that only people read."""
        code: list[Text] = []
        prose: list[Text] = []
        for text in self.survey.strings:
            node, parent, _scope = text
            if isinstance(parent, ast.Expr) or is_prose(str(node.value)):
                prose.append(text)
            elif self._is_claimed(node):
                self.known.add(str(node.value).lower())
            else:
                code.append(text)
        return code, prose

    def _is_claimed(self, node: ast.Constant) -> bool:
        short = len(str(node.value)) < LONGEST
        return short and span_of(node, self.survey.lines) in self.claimed

    # --- addresses

    def _addresses(self, texts: Sequence[Text]) -> Iterator[Reference]:
        joined: set[int] = set()
        for node, parent, scope in texts:
            value = str(node.value)
            if not mentions_hub(value) or id(parent) in joined:
                continue
            whole: ast.expr = node
            if isinstance(parent, ast.JoinedStr):
                joined.add(id(parent))
                whole, value = parent, self._filled(parent, scope)
            elif isinstance(parent, ast.BinOp) and parent.left is node:
                value += "{}"
            layout = Layout.of(whole, value, self.survey.lines)
            for link in find_links(value):
                yield self._linked(link, layout, in_code=True)

    def _filled(self, node: ast.JoinedStr, scope: Scope) -> str:
        """An f-string with the constants in it filled in, and `{}` for all else."""
        short = len(node.values) <= MOST_PARTS
        return "".join(self._part(one, scope) if short else _text(one) for one in node.values)

    def _part(self, node: ast.expr, scope: Scope) -> str:
        if not isinstance(node, ast.FormattedValue):
            return _text(node)
        self.evaluator.steps = 0
        match self.evaluator.value(node.value, scope):
            case Known(values=(Written(value=str(text)),)):
                return text
            case _:
                return "{}"

    def _linked(self, link: Link, layout: Layout, in_code: bool) -> Reference:
        span = layout.span(link.start, link.end)
        is_shown = _is_shown(link, layout.value)
        reference = linked(link, span, self.survey.path, in_code and not is_shown)
        self.known.add(link.repo_id.lower())
        for written, target in reference.targets():
            self.seen.add((written.span.line, target.repo_id.lower()))
        return reference

    # --- docstrings and comments

    def _in_docstrings(self, texts: Sequence[ast.Constant]) -> Iterator[Reference]:
        for node in texts:
            value = str(node.value)
            blocks = list(find_code(value)) if len(value) < LONGEST else []
            if blocks or mentions_hub(value):
                layout = Layout.of(node, value, self.survey.lines)
                for block in blocks:
                    yield from self._noted(self.reader.references(block, layout.begin))
                for link in find_links(value):
                    yield self._linked(link, layout, in_code=False)

    def _in_comments(self, comments: Sequence[Comment]) -> Iterator[Reference]:
        for block in blocks_of(comments):
            yield from self._noted(self.reader.references(block, _begin))
        for comment in comments:
            for link in find_links(comment.text):
                yield self._linked(link, _layout_of(comment), in_code=False)

    def _noted(self, references: Iterator[Reference]) -> Iterator[Reference]:
        for reference in references:
            yield reference
            for written, target in reference.targets():
                self.known.add(target.repo_id.lower())
                self.seen.add((written.span.line, target.repo_id.lower()))

    def _in_prose(self, texts: Sequence[Text], comments: Sequence[Comment]) -> Iterator[Reference]:
        for node, _parent, _scope in texts:
            yield from self._named_in(node)
        for comment in comments:
            yield from self._named(comment.text, _layout_of(comment).span)

    def _named_in(self, node: ast.Constant) -> Iterator[Reference]:
        value = str(node.value)
        if len(value) < LONGEST and ("/" in value or "-" in value or "gpt2" in value):
            yield from self._named(value, Layout.of(node, value, self.survey.lines).span)

    def _named_in_part(
        self, node: ast.Constant, whole: ast.JoinedStr, layouts: dict[int, Layout]
    ) -> Iterator[Reference]:
        """The ids in one part of an f-string; all parts are searched for in one go."""
        value = str(node.value)
        if id(whole) not in layouts:
            layouts[id(whole)] = Layout.of(whole, "", self.survey.lines)
        layout = layouts[id(whole)]
        yield from self._named(value, lambda start, end: layout.searched(value[start:end]))

    def _named(self, text: str, place: Callable[[int, int], Span]) -> Iterator[Reference]:
        from flake8_hfmodels.sources.text.ids import find_ids

        for one in find_ids(text, self._is_known):
            span = place(one.start, one.end)
            if (span.line, one.repo_id.lower()) not in self.seen:
                self.seen.add((span.line, one.repo_id.lower()))
                yield named(self.survey.path, one.repo_id, span, one.repo_type)

    def _is_known(self, repo_id: str) -> bool:
        return repo_id.lower() in self.known


def _text(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else "{}"


def is_prose(text: str) -> bool:
    """Whether a text is written for people: it shows code as manuals do."""
    return "\n" in text and (">>> " in text or "```" in text)


def _is_shown(link: Link, text: str) -> bool:
    """Whether an address is one for readers: a page of one file in the middle of a sentence."""
    return "/blob/" in link.text and len(link.text) < len(text.strip())


def _layout_of(comment: Comment) -> Layout:
    span = Span(comment.line, comment.column, comment.line, comment.column + len(comment.text))
    return Layout(comment.text, span, (comment.text,), (0,), 0)


def _begin(line: CodeLine) -> tuple[int, int]:
    """Where in the file a line of code in a comment begins."""
    return line.number + 1, line.offset + 1
