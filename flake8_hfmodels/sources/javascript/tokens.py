"""JavaScript and TypeScript, JSX too, as tokens; what is no JavaScript becomes tokens as well."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from enum import IntEnum

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex

MOST = 3_000_000
"""Tokens that are read of one file; nobody writes more by hand."""


class Kind(IntEnum):
    """What a token is. A template is one token for each stretch between `${` and `}`."""

    NAME = 0
    TEXT = 1
    TEMPLATE = 2
    NUMBER = 3
    MARK = 4
    REGEX = 5


_KINDS = tuple(Kind)

_TOKEN = regex(
    r"""
    (?P<space>\s+)
  | (?P<comment>//[^\n]*)
  | (?P<name>[^\W\d][\w$]*|[$\#@][\w$]*)
  | (?P<text>"[^"\\\n]*(?:\\.[^"\\\n]*){0,9999}"?|'[^'\\\n]*(?:\\.[^'\\\n]*){0,9999}'?)
  | (?P<number>\d[\w.]*)
  | (?P<mark>=>|\?\.(?!\d)|\?\?=?|\|\|=?|&&=?|\.\.\.|\+\+|--|[=!]==?|[-+*%&|^<>]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_TEMPLATE = regex(r"[^`\\$]*(?:(?:\\.|\$(?!\{))[^`\\$]*){0,9999}(?:`|\$\{)?", re.DOTALL)
_REGEX = regex(r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,200}\]){1,200}/[a-z]*", re.ASCII)
_BEFORE_REGEX = frozenset("( , = : [ ! & | ? { ; + - * % ^ ~ => && || ?? == === != !== ...".split())
_WORDS_BEFORE_REGEX = frozenset("return typeof case in of delete void throw new do else".split())
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_OPENED_BY = {closing: opening for opening, closing in _CLOSED_BY.items()}

LONGEST_REGEX = 200
"""Characters in which a regular expression must end."""

LOOK_BACK = 4
"""So many brackets may be open that the file never closes before a closing one counts."""


@dataclass(slots=True, eq=False)
class Tokens:
    """The tokens of a text, each by its number.

    `partner` is the number of the bracket that closes or opens this one, or -1; `around` the
    number of the innermost bracket that is open at a token, or -1. A template's stretch that ends
    in `${` opens, the stretch behind `}` closes it. Comments are no tokens.
    """

    text: str
    kinds: bytearray = field(default_factory=bytearray)
    starts: array[int] = field(default_factory=lambda: array("l"))
    ends: array[int] = field(default_factory=lambda: array("l"))
    partner: array[int] = field(default_factory=lambda: array("l"))
    around: array[int] = field(default_factory=lambda: array("l"))
    comment_starts: array[int] = field(default_factory=lambda: array("l"))
    comment_ends: array[int] = field(default_factory=lambda: array("l"))

    def __len__(self) -> int:
        return len(self.kinds)

    def written(self, number: int) -> str:
        """A token as it is written; nothing before the first and behind the last one."""
        if 0 <= number < len(self.kinds):
            return self.text[self.starts[number] : self.ends[number]]
        return ""

    def kind(self, number: int) -> Kind | None:
        """What a token is."""
        return _KINDS[self.kinds[number]] if 0 <= number < len(self.kinds) else None

    def is_mark(self, number: int, *marks: str) -> bool:
        """Whether a token is one of these marks, and no text that reads so."""
        return self.kind(number) is Kind.MARK and self.written(number) in marks

    def tops(self, first: int, end: int) -> Iterator[int]:
        """The tokens of a stretch that stand in no further brackets, and these brackets."""
        here = first
        while here < end:
            yield here
            partner = self.partner[here]
            here = partner + 1 if partner > here else here + 1

    def is_comment(self, offset: int) -> bool:
        """Whether a place of the text is in a comment."""
        number = bisect_right(self.comment_starts, offset) - 1
        return number >= 0 and offset < self.comment_ends[number]

    def at(self, offset: int) -> int:
        """The token that holds a place of the text, or -1."""
        number = bisect_right(self.starts, offset) - 1
        return number if number >= 0 and offset < self.ends[number] else -1


def tokens_of(text: str) -> Tokens:
    """Split a text; nothing in it is a mistake."""
    reader = _Reader(Tokens(text))
    place = 0
    while place < len(text) and len(reader.tokens) < MOST:
        place = reader.step(place)
    return reader.tokens


@dataclass(slots=True)
class _Reader:
    """Goes through a text once. Before `divides_until` no slash begins a regular expression."""

    tokens: Tokens
    open: list[int] = field(default_factory=list)
    divides_until: int = 0

    def step(self, place: int) -> int:
        """Read what stands at a place; where the next begins."""
        text = self.tokens.text
        match = _TOKEN.match(text, place)
        assert match is not None  # its last alternative takes any character
        end = match.end()
        match match.lastgroup:
            case "name":
                self._add(Kind.NAME, place, end)
            case "mark":
                return self._mark(match.group(), place, end)
            case "text":
                self._add(Kind.TEXT, place, end)
            case "number":
                self._add(Kind.NUMBER, place, end)
            case "comment":
                self._comment(place, end)
            case _:
                pass  # space
        return end

    def _mark(self, mark: str, place: int, end: int) -> int:
        if mark == "/":
            return self._slash(place)
        if mark == "`":
            return self._template(place)
        if mark == "}" and self.open and self._kind_open() is Kind.TEMPLATE:
            opening = self.open.pop()
            number = len(self.tokens)
            place = self._template(place)
            self._pair(opening, number)
            return place
        if mark in _CLOSED_BY:
            self._add(Kind.MARK, place, end)
            self.open.append(len(self.tokens) - 1)
        elif mark in _OPENED_BY:
            opening = self._opening(_OPENED_BY[mark])
            self._add(Kind.MARK, place, end)
            if opening >= 0:
                self._pair(opening, len(self.tokens) - 1)
        else:
            self._add(Kind.MARK, place, end)
        return end

    def _opening(self, mark: str) -> int:
        """Close the innermost bracket of that kind; -1 where none is near."""
        for depth, number in enumerate(reversed(self.open[-LOOK_BACK:]), 1):
            if self.tokens.is_mark(number, mark):
                del self.open[-depth:]
                return number
        return -1

    def _kind_open(self) -> Kind | None:
        return self.tokens.kind(self.open[-1])

    def _slash(self, place: int) -> int:
        text = self.tokens.text
        if text.startswith("/*", place):
            end = text.find("*/", place + 2)
            end = len(text) if end < 0 else end + 2
            self._comment(place, end)
            return end
        if place >= self.divides_until and self._may_be_regex():
            literal = _REGEX.match(text, place)
            if literal is not None:
                self._add(Kind.REGEX, place, literal.end())
                return literal.end()
            self.divides_until = place + LONGEST_REGEX
        self._add(Kind.MARK, place, place + 1)
        return place + 1

    def _may_be_regex(self) -> bool:
        last = len(self.tokens) - 1
        if last < 0:
            return True
        if self.tokens.kind(last) is Kind.NAME:
            return self.tokens.written(last) in _WORDS_BEFORE_REGEX
        return self.tokens.is_mark(last, *_BEFORE_REGEX)

    def _template(self, place: int) -> int:
        """A stretch of a template: from its beginning, or from the `}` behind an expression."""
        match = _TEMPLATE.match(self.tokens.text, place + 1)
        assert match is not None  # it may be empty
        self._add(Kind.TEMPLATE, place, match.end())
        if match.group().endswith("${"):
            self.open.append(len(self.tokens) - 1)
        return match.end()

    def _comment(self, start: int, end: int) -> None:
        self.tokens.comment_starts.append(start)
        self.tokens.comment_ends.append(end)

    def _add(self, kind: Kind, start: int, end: int) -> None:
        self.tokens.kinds.append(kind)
        self.tokens.starts.append(start)
        self.tokens.ends.append(end)
        self.tokens.partner.append(-1)
        self.tokens.around.append(self.open[-1] if self.open else -1)

    def _pair(self, opening: int, closing: int) -> None:
        self.tokens.partner[opening] = closing
        self.tokens.partner[closing] = opening


_ESCAPE = regex(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.S)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


def unescaped(written: str) -> str:
    """What a text in quotes says, without its quotes."""
    return _ESCAPE.sub(_character, written) if "\\" in written else written


def _character(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2) or match.group(3)
    if code is None:
        return _LETTERS.get(match.group(4), match.group(4))
    number = int(code, 16)
    return "\ufffd" if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF else chr(number)
