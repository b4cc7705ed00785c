"""Proof that two Python programs differ in nothing but pins."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from flake8_hfmodels.mending.python_code import tree_of
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex

TRUST = "trust_remote_code"

_BEFORE = regex(r"(?:@| --?[\w-]+[= ])$")
"""What comes into a text together with a hash: `@<hash>`, ` --revision <hash>`."""

_HASH = regex(r"[0-9a-f]{40}")
_FORMER = regex(r"[\w.~%/+-]*")
"""What a hash may take the place of inside of a text: a branch, a tag, a shorter hash."""


_Pair: TypeAlias = tuple[object, object]


def differs_only_in_pins(before: str, after: str, commits: Collection[str]) -> bool:
    """Whether both are programs, and the same one but for what fixes may change.

    That is: a keyword, an entry of a dictionary, words of a command line or part of a text that
    holds one of the commits was added, or stands for a former constant or name; a keyword
    `trust_remote_code` is gone.
    """
    tree = tree_of(before)
    return tree is not None and becomes_but_for_pins(tree, after, commits)


def becomes_but_for_pins(before: ast.Module, after: str, commits: Collection[str]) -> bool:
    """The same of a program that has been read."""
    tree = tree_of(after)
    return tree is not None and _Pins(frozenset(commits)).are_alike(before, tree)


@dataclass(frozen=True, slots=True)
class _Pins:
    """Compares trees, in which these commits may be new."""

    commits: frozenset[str]

    def are_alike(self, old: object, new: object) -> bool:
        """Whether two pieces of trees differ only in pins, however deep they are."""
        left: list[_Pair] = [(old, new)]
        while left:
            parts = self._parts(*left.pop())
            if parts is None:
                return False
            left += parts
        return True

    def _parts(self, old: object, new: object) -> Sequence[_Pair] | None:
        """What of two pieces has to be alike as well; `None` where they are not."""
        if isinstance(old, list) and isinstance(new, list):
            return [*zip(old, new, strict=True)] if len(old) == len(new) else None
        if not isinstance(old, ast.AST) or not isinstance(new, ast.AST):
            return () if type(old) is type(new) and old == new else None
        if self._is_pinned(old, new):
            return ()
        if type(old) is not type(new):
            return None
        match old, new:
            case ast.Constant(value=str(text)), ast.Constant(value=str(other)):
                return () if text == other or self._is_text_pinned(text, other) else None
            case ast.Call(), ast.Call():
                return self._parts_of_calls(old, new)
            case ast.Dict(), ast.Dict():
                return self._parts_of_dictionaries(old, new)
            case ((ast.List() | ast.Tuple()), (ast.List() | ast.Tuple())):
                return ((old.elts, self._words(old.elts, new.elts)),)
            case _:
                names = old._fields
                return [(getattr(old, name, None), getattr(new, name, None)) for name in names]

    def _is_pinned(self, old: ast.AST, new: ast.AST) -> bool:
        """Whether a pin stands for what was a constant or a name."""
        if not isinstance(old, ast.expr) or not isinstance(new, ast.expr) or not _is_plain(old):
            return False
        match new:
            case ast.BoolOp(op=ast.Or(), values=[first, second]):
                return _same(first, old) and self._is_pin(second, None)
            case _:
                return self._is_pin(new, old)

    def _is_pin(self, new: ast.expr, old: ast.expr | None) -> bool:
        """Whether an expression is a commit, or looks one up that `old` stands in for."""
        match new:
            case ast.Constant(value=str(text)):
                return text in self.commits
            case ast.Call(
                func=ast.Attribute(value=ast.Dict() as table, attr="get"),
                args=[key, *rest],
                keywords=[],
            ):
                if not _is_plain(key) or isinstance(key, ast.Constant):
                    return False
                kept = [old] if old is not None and not _is_none(old) else []
                alike = [_same(one, other) for one, other in zip(rest, kept, strict=False)]
                return len(rest) == len(kept) and all(alike) and self._is_table(table)
            case _:
                return False

    def _is_table(self, table: ast.Dict) -> bool:
        keys = all(isinstance(key, ast.Constant) for key in table.keys)
        return keys and all(self._is_pin(value, None) for value in table.values)

    def _is_option(self, new: ast.expr) -> bool:
        """Whether an expression is a pin, or a dictionary of pins."""
        return self._is_pin(new, None) or (isinstance(new, ast.Dict) and self._is_entry(new))

    def _is_entry(self, new: ast.Dict) -> bool:
        return bool(new.keys) and self._is_table(new)

    def _is_text_pinned(self, old: str, new: str) -> bool:
        """Whether commits are new in a text, with what has to stand before each."""
        places, done = {0}, 0
        for found in _HASH.finditer(new):
            if found.group() in self.commits:
                leads = _with_and_without_lead(new[done : found.start()])
                places = {
                    end for lead in leads for place in places for end in _ends(old, place, lead)
                }
                done = found.end()
        return done > 0 and any(old[place:] == new[done:] for place in places)

    def _parts_of_calls(self, old: ast.Call, new: ast.Call) -> Sequence[_Pair] | None:
        names = [one.arg for one in new.keywords if one.arg is not None]
        if len(names) != len(set(names)):
            return None
        had = {one.arg for one in old.keywords}
        kept = [one for one in new.keywords if one.arg in had or not self._is_option(one.value)]
        has = {one.arg for one in kept}
        left = [one for one in old.keywords if one.arg != TRUST or TRUST in has]
        return (old.func, new.func), (old.args, new.args), (left, kept)

    def _parts_of_dictionaries(self, old: ast.Dict, new: ast.Dict) -> Sequence[_Pair]:
        had = {ast.dump(one) for one in old.keys if one is not None}
        kept = [
            (key, value)
            for key, value in zip(new.keys, new.values, strict=True)
            if key is None or ast.dump(key) in had or not self._is_pin(value, None)
        ]
        keys, values = [key for key, _value in kept], [value for _key, value in kept]
        return (old.keys, keys), (old.values, values)

    def _words(self, old: Sequence[ast.expr], new: Sequence[ast.expr]) -> list[ast.expr]:
        """A list without a flag with a commit, if another one is shorter by that."""
        if len(new) == len(old) + 2:
            for number, (flag, value) in enumerate(pairwise(new)):
                if _is_flag(flag) and self._is_pin(value, None):
                    return [*new[:number], *new[number + 2 :]]
        return [*new]


def _with_and_without_lead(text: str) -> list[str]:
    """A text that stands before a hash, also without what came into it together with that."""
    found = _BEFORE.search(text)
    return [text] if found is None else [text, text[: found.start()]]


def _ends(old: str, place: int, lead: str) -> Iterator[int]:
    """Where in a text that goes on with some words a former revision behind them may end."""
    begin = place + len(lead)
    former = _FORMER.match(old, begin)
    if old.startswith(lead, place) and former is not None:
        yield from range(begin, former.end() + 1)


def _is_plain(node: ast.AST) -> bool:
    """Whether it is a constant, a name, or part of one by constants."""
    match node:
        case ast.Constant() | ast.Name():
            return True
        case ast.Attribute(value=base) | ast.Subscript(value=base, slice=ast.Constant()):
            return _is_plain(base)
        case _:
            return False


def _is_flag(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and str(node.value).startswith("-")


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _same(one: ast.expr, other: ast.expr) -> bool:
    return ast.dump(one) == ast.dump(other)
