"""What a loop runs over, item by item, and how an item is taken apart."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.flow import bindings_at
from flake8_hfmodels.sources.python.members import only_value
from flake8_hfmodels.sources.python.possibilities import MOST
from flake8_hfmodels.sources.python.scopes import Scope

if TYPE_CHECKING:
    from flake8_hfmodels.sources.python.values import Evaluator

# They hand their argument's items on: docs.python.org/3/library/functions.html, tqdm.github.io.
_PASSING_ON = frozenset({"sorted", "list", "set", "tuple", "reversed", "iter", "tqdm", "frozenset"})


def elements(
    node: ast.expr, scope: Scope, evaluator: Evaluator, depth: int
) -> Sequence[Here] | None:
    """The items of a literal list, tuple, set or dictionary, `None` where they are not in sight."""
    if depth <= 0 or evaluator.is_spent():
        return None
    match node:
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return _unpacked(items, scope, evaluator, depth)
        case ast.Dict(keys=keys):
            return [(key, scope) for key in keys[: MOST + 1] if key is not None]
        case ast.Name(id=name):
            holder = scope.holder(name)
            changed = holder is not None and name in holder.mutated
            here = None if changed else only_value(bindings_at(node, scope))
            first = elements(*here, evaluator, depth - 1) if here is not None else None
            later = holder.grown.get(name, []) if holder is not None else []
            if first is None or evaluator.is_spent(len(later)):
                return None
            return [*first, *later]
        case ast.Attribute():
            groups = evaluator.groups(node, scope)
            here = only_value(groups[0]) if len(groups) == 1 else None
            return elements(*here, evaluator, depth - 1) if here is not None else None
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            sides = [elements(side, scope, evaluator, depth - 1) for side in (left, right)]
            return None if None in sides else [one for side in sides for one in side or ()]
        case ast.Call():
            return _made(node, scope, evaluator, depth)
        case _:
            return None


def _unpacked(
    items: Sequence[ast.expr], scope: Scope, evaluator: Evaluator, depth: int
) -> Sequence[Here] | None:
    found: list[Here] = []
    for item in items[: MOST + 1]:
        if not isinstance(item, ast.Starred):
            found.append((item, scope))
            continue
        inner = elements(item.value, scope, evaluator, depth - 1)
        if inner is None:
            return None
        found.extend(inner)
    return found


def _made(node: ast.Call, scope: Scope, evaluator: Evaluator, depth: int) -> Sequence[Here] | None:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[only, *_]) if name in _PASSING_ON:
            return elements(only, scope, evaluator, depth - 1)
        case ast.Call(func=ast.Name(id="enumerate"), args=[only, *_]):
            inner = elements(only, scope, evaluator, depth - 1)
            return inner and [(_pair(node, node, one), home) for one, home in inner]
        case ast.Call(func=ast.Name(id="zip"), args=columns) if columns:
            return _zipped(node, columns, scope, evaluator, depth)
        case ast.Call(func=ast.Attribute(value=base, attr="items" | "values" | "keys" as view)):
            found = evaluator.dictionary(base, scope, depth - 1)
            if found is None or found.open or len(found.entries) > MOST:
                return None
            keys = [ast.copy_location(ast.Constant(value=key), node) for key in found.entries]
            values = list(found.entries.values())
            if view == "values":
                return values
            if view == "keys":
                return [(key, scope) for key in keys]
            return [
                (_pair(node, key, value), home)
                for key, (value, home) in zip(keys, values, strict=True)
            ]
        case _:
            return None


def _zipped(
    node: ast.Call, columns: Sequence[ast.expr], scope: Scope, evaluator: Evaluator, depth: int
) -> Sequence[Here] | None:
    seen = [elements(column, scope, evaluator, depth - 1) for column in columns]
    if any(column is None or any(home is not scope for _, home in column) for column in seen):
        return None
    rows = zip(*(column or () for column in seen), strict=False)
    return [(_pair(node, *(one for one, _home in row)), scope) for row in rows]


def _pair(at: ast.expr, *parts: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Tuple(elts=list(parts), ctx=ast.Load()), at)


def taken_apart(here: Here, part: Sequence[int], evaluator: Evaluator, depth: int) -> Here | None:
    """The item of an item that a target such as `name, (a, b)` gives a name."""
    for number in part:
        items = elements(*here, evaluator, depth)
        if items is None or number >= len(items):
            return None
        here = items[number]
    return here
