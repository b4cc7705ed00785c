"""The texts that expressions make, as far as the repo itself says it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TypeAlias

from flake8_hfmodels.hazards.scopes import Bound, Layout, Module, Value
from flake8_hfmodels.hazards.texts import (
    BRACES,
    LONGEST,
    MAKERS,
    METHODS,
    PERCENT,
    Text,
    filled,
    joined,
    repeated,
    tried,
)

MOST_PARTS = 64
"""How many texts are looked at of those that a loop goes over."""

_Step: TypeAlias = Callable[[], Text | None]


class Texts:
    """Says what texts the expressions of one file make. Nothing is run."""

    def __init__(
        self,
        layout: Layout,
        names: Callable[[ast.expr], frozenset[str]],
        deeper: Callable[[_Step, Text | None], Text | None],
        own: Callable[[str], Text | None],
    ) -> None:
        self._layout = layout
        self._names = names
        self._deeper = deeper
        self._own = own
        self._texts: dict[ast.AST, Text | None] = {}

    def each(self, node: ast.expr) -> list[Text]:
        """The texts that an expression makes, where it goes over some that stand in the file."""
        bounds = self._layout.scope(node).look_up(node.id) if isinstance(node, ast.Name) else None
        found = [self.one(node)]
        for one in bounds if bounds and len(bounds) <= MOST_PARTS else ():
            match one:
                case Value(
                    node=ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts),
                    whole=False,
                ):
                    found += [self.one(part) for part in parts[:MOST_PARTS]]
                case Value(node=value, whole=True):
                    found.append(self.one(value))
                case _:
                    pass
        return list(dict.fromkeys(text for text in found if text is not None))

    def one(self, node: ast.expr) -> Text | None:
        """The text that an expression makes, where all of it stands in the file."""
        if node not in self._texts:
            self._texts[node] = None  # of what is made of itself
            found = self._deeper(lambda: self._text(node), None)
            self._texts[node] = None if found is None or len(found) > LONGEST else found
        return self._texts[node]

    def _text(self, node: ast.expr) -> Text | None:
        match node:
            case ast.Constant(value=str() | bytes() as value):
                return value
            case ast.Name(id=name):
                return self.bound(self._layout.scope(node).look_up(name))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return joined([self.one(left), self.one(right)])
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return repeated(self.one(left), number_of(right))
            case ast.BinOp(left=left, op=ast.Mod(), right=ast.Tuple(elts=parts)):
                return filled(self.one(left), [self._plain(one) for one in parts], PERCENT)
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                return filled(self.one(left), [self._plain(right)], PERCENT)
            case ast.JoinedStr(values=values):
                return joined([self.one(value) for value in values])
            case ast.FormattedValue(value=value, format_spec=None):
                return self.one(value)
            case ast.Subscript(value=value, slice=key):
                return self._part(self.one(value), key)
            case ast.Call():
                return self._made(node)
            case _:
                return None

    def bound(self, bounds: Sequence[Bound] | None) -> Text | None:
        """The text that a name stands for, which is bound to this."""
        match bounds:
            case [Value(node=value, whole=True)]:
                return self.one(value)
            case [Module(name=full)]:
                return self._own(full)
            case _:
                return None

    def _plain(self, node: ast.expr) -> str | None:
        text = self.one(node)
        return text if isinstance(text, str) else None

    def _part(self, whole: Text | None, key: ast.expr) -> Text | None:
        match key:
            case ast.Slice(lower=lower, upper=upper, step=step) if whole is not None:
                numbers = [number_of(one) for one in (lower, upper, step)]
                known = [one is None for one in (lower, upper, step)]
                is_known = [one is None for one in numbers] == known
                return tried(lambda: whole[slice(*numbers)]) if is_known else None
            case _:
                number = number_of(key)
                if number is None or not isinstance(whole, str):
                    return None
                return tried(lambda: whole[number])

    def _made(self, call: ast.Call) -> Text | None:
        """The text that a call makes of texts."""
        match call:
            case ast.Call(func=ast.Attribute(value=joiner, attr="join"), args=[parts]):
                between = self.one(joiner)
                texts = self._parts(parts)
                return None if between is None or texts is None else joined(texts, between)
            case ast.Call(func=ast.Attribute(value=template, attr="format"), args=parts):
                return filled(self.one(template), [self._plain(one) for one in parts], BRACES)
            case ast.Call(func=func, args=[ast.Constant(value=int() as code)]) if (
                "builtins.chr" in self._names(func)
            ):
                return tried(lambda: chr(code))
            case ast.Call(func=func, args=[ast.List(elts=codes) | ast.Tuple(elts=codes)]) if (
                self._names(func) & {"builtins.bytes", "builtins.bytearray"}
            ):
                return tried(lambda: bytes(_codes(codes)))
            case ast.Call(func=func, args=[first, *rest]) if self._names(func):
                named = (MAKERS[one] for one in sorted(self._names(func)) if one in MAKERS)
                maker = next(named, None)
                text = None if maker is None else self.one(first)
                others = [str(self.one(one)) for one in rest]
                if maker is None or text is None:
                    return None
                return tried(lambda: maker(text, *others))
            case ast.Call(func=ast.Attribute(value=value, attr=method), args=args):
                text = self.one(value)
                given = [self.one(one) for one in args]
                if text is None or method not in METHODS or None in given:
                    return None
                return tried(lambda: getattr(text, method)(*given))
            case _:
                return None

    def _parts(self, parts: ast.expr) -> list[Text | None] | None:
        match parts:
            case ast.List(elts=values) | ast.Tuple(elts=values):
                return [self.one(value) for value in values]
            case ast.Call(func=func, args=[one]) if "builtins.reversed" in self._names(func):
                text = self.one(one)
                return [text[::-1]] if isinstance(text, str) else None
            case ast.Call(func=func, args=[mapped, ast.List(elts=codes)]) if (
                "builtins.map" in self._names(func) and "builtins.chr" in self._names(mapped)
            ):
                return [tried(lambda: "".join(map(chr, _codes(codes))))]
            case (
                ast.GeneratorExp(
                    elt=ast.Call(func=func, args=[ast.Name(id=code)]), generators=[one]
                )
                | ast.ListComp(elt=ast.Call(func=func, args=[ast.Name(id=code)]), generators=[one])
            ):
                match one:
                    case ast.comprehension(
                        target=ast.Name(id=target),
                        iter=ast.List(elts=codes) | ast.Tuple(elts=codes),
                        ifs=[],
                    ) if target == code and "builtins.chr" in self._names(func):
                        return [tried(lambda: "".join(map(chr, _codes(codes))))]
                    case _:
                        return None
            case _:
                return None


def number_of(node: ast.expr | None) -> int | None:
    """The number that stands somewhere."""
    match node:
        case ast.Constant(value=int() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
            return -value
        case _:
            return None


def _codes(nodes: Sequence[ast.expr]) -> list[int]:
    """Numbers, with one that is none of a character where a number is not known."""
    return [-1 if (number := number_of(node)) is None else number for node in nodes]
