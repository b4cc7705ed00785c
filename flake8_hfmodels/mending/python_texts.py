"""Pins inside of texts of Python: `name@hash`, addresses of files, command lines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from flake8_hfmodels.finding import Edit
from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.mending.command_line import FLAG_BEFORE, is_by_place
from flake8_hfmodels.mending.python_brackets import of_list
from flake8_hfmodels.mending.python_code import Code, Nodes, RefusedError
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Absent, Known, Reference, Span, Written
from flake8_hfmodels.regex import regex

_NOT_PLAIN = "the text is put together, or not written as it is"


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Writes pins into the texts of one program. `references` are all that it makes."""

    code: Code
    nodes: Nodes
    references: Sequence[Reference]

    def named(self, ref: Reference, commit: str) -> tuple[Edit, ...]:
        """The hash behind the id: `name@hash`."""
        written = _only(ref)
        node = self.nodes.at(written.span) if not written.path else None
        if not isinstance(node, ast.Constant):
            raise RefusedError(_NOT_PLAIN)
        if any(one.loader != ref.loader and _is_at(one, written) for one in self.references):
            raise RefusedError("another call takes the same text for a name alone")
        begin, end = self.code.begin(node), self.code.end(node)
        start = self._once(str(written.value), begin, end) + len(str(written.value))
        return (self._behind(start, end, "@", ref, commit),)

    def address(self, ref: Reference, commit: str) -> tuple[Edit, ...]:
        """The hash in an address, in the place of the branch or behind the id."""
        if self._is_written_to(ref):
            raise RefusedError("it is written to, for which the Hub takes no commit")
        begin = self.code.offset(ref.span.line, ref.span.column)
        end = self.code.offset(ref.span.end_line, ref.span.end_column)
        repo_id = str(_only(ref).value)
        before, _found, rest = ref.call.partition(repo_id)
        start = self._once(before + repo_id, begin, end) + len(before + repo_id)
        if ref.call.startswith("hf://"):
            if self.code.text[start] == ":":
                raise RefusedError("the address says where to mount it, which is read as one name")
            return (self._behind(start, end, "@", ref, commit),)
        action = _ACTION.match(rest)
        if action is None:
            raise RefusedError("the address has no place for a revision")
        return (self._behind(start, end, action.group(), ref, commit),)

    def _is_written_to(self, ref: Reference) -> bool:
        """Whether an address is an argument of a method that writes: `to_parquet`, `upload`."""
        for literal in self.nodes.around(ref.span):
            call = self.nodes.parent(literal)
            call = self.nodes.parent(call) if isinstance(call, ast.keyword) else call
            match call:
                case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
                    return _WRITES.match(name) is not None
                case _:
                    continue
        return False

    def _behind(self, start: int, end: int, mark: str, ref: Reference, commit: str) -> Edit:
        """The hash behind a mark that stands behind an id; with the mark, where it is not there."""
        text = self.code.text
        if isinstance(ref.revision, Absent):
            return Edit(self.code.span(start, start), f"{mark}{commit}")
        place = start + len(mark)
        for former in _spellings(ref):
            stop = place + len(former)
            if text.startswith(mark + former, start) and stop <= end and text[stop] in _ENDS:
                return Edit(self.code.span(place, stop), commit)
        raise RefusedError(_NOT_PLAIN)

    def command(self, ref: Reference, param: Param, commit: str) -> tuple[Edit, ...]:
        """A flag with the hash behind the id of a command line, or the hash in place of a value."""
        flags = [name for name in param.names if name.startswith("--")]
        if not flags or ref.loader.instead or not ref.loader.package:
            raise RefusedError("the command takes no flag for a revision")
        if any(_is_beside(one, ref) for one in self.references):
            raise RefusedError("two ids in one command")
        match ref.revision:
            case Absent():
                return self._with_flag(ref, flags[0], commit)
            case Known(values=(Written(value=str(former), span=span, path=""),)):
                return (self._in_command(span, former, param.names, commit),)
            case _:
                raise RefusedError("the revision of the command is decided at run time")

    def _with_flag(self, ref: Reference, flag: str, commit: str) -> tuple[Edit, ...]:
        """A flag behind the word with the id, or before it, where words follow that are no flags.

        https://docs.python.org/3/library/argparse.html: words that stand on both sides of a flag
        are not taken together by `nargs="*"`.
        """
        written = _only(ref)
        node, begin, end = self._text(written)
        repo_id = str(written.value)
        items = self.nodes.parent(node)
        word = str(node.value) if isinstance(node, ast.Constant) else ""
        is_whole = word.endswith(repo_id) and " " not in word
        if is_whole and isinstance(items, (ast.List, ast.Tuple)):
            mark = self.code.text[end - 1]
            return self._with_words(
                ref, items, node, (f"{mark}{flag}{mark}", f"{mark}{commit}{mark}")
            )
        text = self.code.text
        close = end - (3 if text[end - 3 : end] in _LONG else 1)
        place = self._once(repo_id, begin, close)
        before = FLAG_BEFORE.search(text, begin, place)
        quoted = _QUOTE.match(text, place + len(repo_id), close)
        behind = quoted.end() if quoted is not None else place + len(repo_id)
        if _OF_NAMES.match(text, behind):
            raise RefusedError(_NOT_PLAIN)
        follows = _POSITIONAL.match(text, behind, close) is not None
        if not follows or not is_by_place(ref.loader, before and before[1]):
            return (Edit(self.code.span(behind, behind), f" {flag} {commit}"),)
        opened = _OPENED.search(text, begin, place)
        start = opened.start() if opened is not None else place
        if not text[start - 1].isspace():
            raise RefusedError(_NOT_PLAIN)
        return (Edit(self.code.span(start, start), f"{flag} {commit} "),)

    def _with_words(
        self, ref: Reference, items: ast.List | ast.Tuple, node: ast.expr, words: Sequence[str]
    ) -> tuple[Edit, ...]:
        """Two more words in a list of words, each on a line of its own where the others are."""
        if not _is_bracketed(items, self.code):
            raise RefusedError("the words of the command are in no brackets")
        every = items.elts
        number = next(number for number, one in enumerate(every) if one is node)
        before = every[number - 1] if number else None
        flag = before.value if isinstance(before, ast.Constant) else None
        behind = every[number + 1] if number + 1 < len(every) else None
        bracket = of_list(self.code, items)
        if behind is None:
            return bracket.with_items(*words)
        is_first = not _is_flag(behind) and is_by_place(ref.loader, str(flag))
        return bracket.with_items_before(number if is_first else number + 1, *words)

    def _in_command(self, span: Span, former: str, flags: Sequence[str], commit: str) -> Edit:
        """The hash in the place of the revision that a command line has."""
        node, begin, end = self._text(Written(former, span))
        if isinstance(node, ast.Constant) and node.value == former:
            place = self._once(former, begin, end)
        else:
            names = "|".join(map(re.escape, flags))
            pattern = regex(rf"(?<!\S)(?:{names})(?:=|\s+)[\"']?({re.escape(former)})(?![^\s\"'])")
            found = list(pattern.finditer(f" {self.code.text[begin + 1 : end]}"))
            if len(found) != 1:
                raise RefusedError(_NOT_PLAIN)
            place = begin + found[0].start(1)
        return Edit(self.code.span(place, place + len(former)), commit)

    def _text(self, written: Written) -> tuple[ast.expr, int, int]:
        node = self.nodes.at(written.span) if not written.path else None
        if not isinstance(node, (ast.Constant, ast.JoinedStr)):
            raise RefusedError(_NOT_PLAIN)
        return node, self.code.begin(node), self.code.end(node)

    def _once(self, text: str, begin: int, end: int) -> int:
        """Where a text stands in a literal, in which it stands once."""
        source = self.code.text[begin:end]
        if source.count(text) != 1:
            raise RefusedError(_NOT_PLAIN)
        return begin + source.find(text)


_ACTION = regex(r"/(?:resolve|raw|blob)/")
_WRITES = regex(r"(?:to|save|write|upload|push|put|sink)(?:_|\Z)")
_OF_NAMES = regex(r"[\w./@:=-]")
_QUOTE, _OPENED = regex(r"\\?[\"']"), regex(r"\\?[\"']\Z")
_LONG = ('"""', "'''")
_POSITIONAL = regex(r"[ \t]+(?!\d+[<>])[^\s;|&<>()#-]")
_ENDS = "/\"' \t#?"
"""What stands behind a revision in a text."""


def _is_at(ref: Reference, written: Written) -> bool:
    """Whether an id of a reference stands where another one does."""
    ids = ref.repo_id.values if isinstance(ref.repo_id, Known) else ()
    return any(one.span == written.span for one in ids)


def _spellings(ref: Reference) -> Iterator[str]:
    """How the revision of an address may be written."""
    from urllib.parse import quote  # slow to import

    for one in ref.revision.values if isinstance(ref.revision, Known) else ():
        yield str(one.value)
        yield quote(str(one.value), safe="")


def _only(ref: Reference) -> Written:
    """The only id of a reference."""
    if isinstance(ref.repo_id, Known) and len(ref.repo_id.values) == 1 and ref.repo_id.closed:
        return ref.repo_id.values[0]
    raise RefusedError("several ids are possible here")


def _is_beside(one: Reference, ref: Reference) -> bool:
    """Whether it is another repo of the same command line, and the same flag is for both."""
    names = [row.revision.names for row in (one.loader, ref.loader) if row.revision is not None]
    is_same = one.span == ref.span and one.call.split()[:1] == ref.call.split()[:1]
    if not is_same or one.repo_id == ref.repo_id:
        return False
    return len(names) == 2 and not set(names[0]).isdisjoint(names[1])


def _is_flag(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and str(node.value).startswith("-")


def _is_bracketed(node: ast.List | ast.Tuple, code: Code) -> bool:
    return code.text[code.end(node) - 1] in ")]"
