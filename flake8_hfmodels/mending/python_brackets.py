"""What stands in a pair of brackets of Python, and how something is put in or taken out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_hfmodels.finding import Edit
from flake8_hfmodels.mending.python_code import Code, Node
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex

_SPACE = regex(r"(?:[ \t\f\r\n]|\\\r?\n|\\\r)*")


@dataclass(frozen=True, slots=True, eq=False)
class Bracket:
    """The items of a call, a dictionary or a list, and the offset of the bracket that closes it."""

    code: Code
    items: Sequence[tuple[int, int]]
    close: int

    def with_items(self, *texts: str) -> tuple[Edit, ...]:
        """Further items behind the last one: on lines of their own where all others are."""
        if not self.items:
            return (self._edit(self.close, ", ".join(texts)),)
        last, comma = self._last()
        if self._is_exploded(last, comma):
            indent = self._indent()
            end = self.code.line_end(comma or last)
            if comma is None and not self.code.text[last:end].strip():
                return (self._edit(last, "".join(f",\n{indent}{text}" for text in texts)),)
            added = self._edit(end, "".join(f"\n{indent}{text}," for text in texts))
            return (added,) if comma is not None else (self._edit(last, ","), added)
        if comma is None:
            return (self._edit(last, "".join(f", {text}" for text in texts)),)
        further = f" {', '.join(texts)}"
        if self.code.line_of(comma) != self.code.line_of(self.close):
            further += ","
        return (self._edit(comma, further),)

    def with_items_before(self, number: int, *texts: str) -> tuple[Edit, ...]:
        """Further items before one that is there: on lines of their own where all others are."""
        begin = self.items[number][0]
        if not self._is_exploded(*self._last()):
            return (self._edit(begin, "".join(f"{text}, " for text in texts)),)
        line = self.code.line_of(begin) - 2
        end = self.code.starts[line] + len(self.code.lines[line])
        indent = self._indent()
        return (self._edit(end, "".join(f"\n{indent}{text}," for text in texts)),)

    def without(self, number: int) -> tuple[Edit, ...] | None:
        """One item less, with its comma and its line; `None` where a comment would go with it."""
        begin, end = self.items[number]
        code = self.code
        closed, comma = _behind(code.text, end, self._next(number))
        end = comma if comma is not None else closed
        line_begin, line_end = code.starts[code.line_of(begin) - 1], code.line_end(end)
        behind = code.text[end:line_end].strip()
        is_alone = not code.text[line_begin:begin].strip() and line_end < self.close
        if is_alone and behind.startswith("#"):
            return None
        # Something put behind the last item begins where this ends, and the other way round.
        is_open_end = comma is None and number > 0
        before = _behind(code.text, self.items[number - 1][1], begin)[0] if number else begin
        if is_alone and not behind and (not is_open_end or "#" in code.text[before:begin]):
            line = code.line_of(begin) - 2
            begin, end = code.starts[line] + len(code.lines[line]), line_end
        elif number + 1 < len(self.items):
            end = self.items[number + 1][0]
        elif number:
            begin, end = before, closed
        if "#" in code.text[begin:end]:
            return None
        return (Edit(code.span(begin, end), ""),)

    def _next(self, number: int) -> int:
        return self.items[number + 1][0] if number + 1 < len(self.items) else self.close

    def _last(self) -> tuple[int, int | None]:
        return _behind(self.code.text, self.items[-1][1], self.close)

    def _is_exploded(self, last: int, comma: int | None) -> bool:
        """Whether every item begins a line, and the bracket that closes them does, too.

        A single one without a comma is not meant so, unless a comment holds its line.
        """
        code = self.code
        places = [*(begin for begin, _end in self.items), self.close]
        begun = (code.text[code.starts[code.line_of(place) - 1] : place] for place in places)
        rest = code.text[comma or last : code.line_end(comma or last)].strip()
        return (
            (comma is not None or len(self.items) > 1 or bool(rest))
            and not any(text.strip() for text in begun)
            and not rest.endswith("\\")
        )

    def _indent(self) -> str:
        begin = self.items[-1][0]
        return self.code.text[self.code.starts[self.code.line_of(begin) - 1] : begin]

    def _edit(self, offset: int, text: str) -> Edit:
        return Edit(self.code.span(offset, offset), text)


def _behind(text: str, begin: int, end: int) -> tuple[int, int | None]:
    """Where an item ends whose parentheses may close behind it, and where its comma does."""
    item, comma = begin, None
    for place in _marks(text, begin, end):
        if text[place] == ",":
            comma = place + 1
        else:
            item = place + 1
    return item, comma


def _marks(text: str, begin: int, end: int) -> Iterator[int]:
    """What stands between two items besides space and comments."""
    place = begin
    while True:
        found = _SPACE.match(text, place)
        place = found.end() if found is not None else place
        if place >= end:
            return
        if text[place] == "#":
            place = min(one for mark in "\r\n" if (one := text.find(mark, place)) >= 0)
            continue
        yield place
        place += 1


def of_call(code: Code, call: ast.Call) -> Bracket:
    """The arguments of a call."""
    return _bracket(code, [*call.args, *call.keywords], code.end(call) - 1)


def of_dictionary(code: Code, node: ast.Dict) -> Bracket:
    """The entries of a dictionary."""
    entries = [
        (_begin(code, value) if key is None else code.begin(key), code.end(value))
        for key, value in zip(node.keys, node.values, strict=True)
    ]
    return Bracket(code, entries, code.end(node) - 1)


def _begin(code: Code, spread: ast.expr) -> int:
    """Where the stars stand before a dictionary that is put into another."""
    return code.text.rfind("**", 0, code.begin(spread))


def of_list(code: Code, node: ast.List | ast.Tuple) -> Bracket:
    """The items of a list, or of a tuple in parentheses."""
    return _bracket(code, node.elts, code.end(node) - 1)


def _bracket(code: Code, nodes: Sequence[Node], close: int) -> Bracket:
    return Bracket(code, sorted((code.begin(one), code.end(one)) for one in nodes), close)
