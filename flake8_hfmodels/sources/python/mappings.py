"""Which expressions are dictionaries in sight, and what they hold."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.reference import Known
from flake8_hfmodels.sources.python.dictionaries import Dictionary, Gathering, Here, either
from flake8_hfmodels.sources.python.flow import bindings_at
from flake8_hfmodels.sources.python.objects import field_given
from flake8_hfmodels.sources.python.scopes import Binding, Scope
from flake8_hfmodels.sources.python.sequences import elements

if TYPE_CHECKING:
    from flake8_hfmodels.sources.python.values import Evaluator


def dictionary(node: ast.expr, scope: Scope, evaluator: Evaluator, depth: int) -> Dictionary | None:
    """The entries of an expression that is a dictionary in sight, else `None`."""
    if evaluator.is_spent() or depth <= 0:
        return None
    match node:
        case ast.Constant(value=None):
            return Dictionary({}, open=False)
        case ast.Dict(keys=keys, values=values):
            return _literal(keys, values, scope, evaluator, depth)
        case ast.Call() if not _is_get(node):
            return _called(node, scope, evaluator, depth)
        case ast.Name(id=name):
            bindings = bindings_at(node, scope)
            return _only(bindings, scope.holder(name), name, evaluator, depth)
        case ast.Attribute(attr=name):
            given = field_given(evaluator, node, scope)
            if given is not None:
                return dictionary(*given, evaluator, depth - 1)
            owner = evaluator.members.owner(node, scope)
            groups = evaluator.groups(node, scope)
            return _only(groups[0], owner, name, evaluator, depth) if len(groups) == 1 else None
        case (
            ast.Subscript(value=base, slice=key)
            | ast.Call(func=ast.Attribute(value=base, attr="get"), args=[key])
        ):
            return _inner(base, key, scope, evaluator, depth)
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return _merged(left, right, scope, evaluator, depth)
        case ast.BoolOp(op=ast.Or(), values=[first, ast.Dict(keys=[])]):
            return dictionary(first, scope, evaluator, depth - 1)
        case ast.IfExp(body=body, orelse=orelse):
            arms = [dictionary(arm, scope, evaluator, depth - 1) for arm in (body, orelse)]
            seen = [arm for arm in arms if arm is not None]
            return either(*seen) if len(seen) == 2 else None
        case _:
            return None


def _key(constant: object) -> str:
    """A key that is no text, as a text: `hex` writes numbers that `repr` finds too long."""
    return hex(constant) if isinstance(constant, int) else repr(constant)


def _is_get(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr == "get" and len(node.args) == 1


def items(
    base: ast.expr, key: ast.expr, scope: Scope, evaluator: Evaluator, depth: int
) -> Sequence[Here]:
    """The entries that a key can mean, of a dictionary or a list: all for an unknown key."""
    if depth <= 0 or evaluator.is_spent():
        return ()
    found = dictionary(base, scope, evaluator, depth - 1)
    if found is None:
        one_of = _one_of(base, scope, evaluator, depth)
        if one_of:
            each = (items(node, key, home, evaluator, depth - 1) for node, home in one_of)
            return [here for found_there in each for here in found_there]
        return _numbered(base, key, scope, evaluator, depth)
    if found.open:
        return ()
    wanted = evaluator.value(key, scope, depth - 1)
    names = [str(one.value) for one in wanted.strings()] if isinstance(wanted, Known) else None
    if names is None and isinstance(key, ast.Constant):
        names = [_key(key.value)]
    asked = [one for one in found.entries if names is None or one in names]
    if not found.sometimes.isdisjoint(asked):
        return ()
    return [found.entries[one] for one in asked]


def _one_of(base: ast.expr, scope: Scope, evaluator: Evaluator, depth: int) -> Sequence[Here]:
    """The several dictionaries that an expression can be: the items of a loop, of a dictionary."""
    match base:
        case ast.Name(id=name):
            match bindings_at(base, scope):
                case [Binding(how="each" | "value" | "parameter") as binding]:
                    places = evaluator.places(binding, name, depth - 1)
                    one_of = _one_of(*places[0], evaluator, depth - 1) if len(places) == 1 else ()
                    return one_of or (places if len(places) > 1 else ())
                case _:
                    return ()
        case (
            ast.Subscript(value=outer, slice=key)
            | ast.Call(func=ast.Attribute(value=outer, attr="get"), args=[key, *_])
        ):
            return items(outer, key, scope, evaluator, depth - 1)
        case _:
            return ()


def _numbered(
    base: ast.expr, key: ast.expr, scope: Scope, evaluator: Evaluator, depth: int
) -> Sequence[Here]:
    found = elements(base, scope, evaluator, depth - 1)
    match key:
        case _ if found is None:
            return ()
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return found[number : number + 1]
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
            return found[-number:][:1]
        case ast.Slice():
            return ()
        case _:
            return found


def _called(node: ast.Call, scope: Scope, evaluator: Evaluator, depth: int) -> Dictionary | None:
    match node:
        case ast.Call(func=ast.Name(id="dict"), args=[] | [_] as bases, keywords=keywords):
            return _by_keywords(bases, keywords, scope, evaluator, depth)
        case ast.Call(func=ast.Attribute(value=base, attr="copy"), args=[], keywords=[]):
            return dictionary(base, scope, evaluator, depth - 1)
        case ast.Call(func=ast.Name(id="deepcopy") | ast.Attribute(attr="deepcopy"), args=[base]):
            return dictionary(base, scope, evaluator, depth - 1)
        case _:
            returned = evaluator.returned(node, scope)
            if len(returned) != 1:
                return None
            return dictionary(*returned[0], evaluator, depth - 1)


def _literal(
    keys: Sequence[ast.expr | None],
    values: Sequence[ast.expr],
    scope: Scope,
    evaluator: Evaluator,
    depth: int,
) -> Dictionary | None:
    if evaluator.is_spent(len(keys)):
        return None
    found = Gathering()
    for key, value in zip(keys, values, strict=True):
        match key:
            case ast.Constant(value=str(text)):
                found.put(text, (value, scope))
            case ast.Constant(value=number):
                found.put(_key(number), (value, scope))
            case None:
                found.spread(dictionary(value, scope, evaluator, depth - 1))
            case _:
                found.put_one_of(evaluator.value(key, scope, depth - 1), (value, scope))
    return found.done()


def _by_keywords(
    bases: Sequence[ast.expr],
    keywords: Sequence[ast.keyword],
    scope: Scope,
    evaluator: Evaluator,
    depth: int,
) -> Dictionary | None:
    if evaluator.is_spent(len(keywords)):
        return None
    found = Gathering()
    for base in bases:
        found.spread(dictionary(base, scope, evaluator, depth - 1))
    for keyword in keywords:
        if keyword.arg is None:
            found.spread(dictionary(keyword.value, scope, evaluator, depth - 1))
        else:
            found.put(keyword.arg, (keyword.value, scope))
    return found.done()


def _only(
    bindings: Sequence[Binding],
    holder: Scope | None,
    name: str,
    evaluator: Evaluator,
    depth: int,
) -> Dictionary | None:
    """The dictionary that a name is bound to once, with what later lines put into it."""
    match bindings:
        case [Binding(how="rest", inside=Scope() as body) as binding]:
            rest = evaluator.rest_of_call(body) or Dictionary({}, open=True)
            changes = body.items.get(name, ())
            if evaluator.is_spent(len(changes)):
                return None
            return rest.changed(binding, changes, name in body.mutated)
        case [Binding(how="value", node=ast.expr() as node, scope=home, part=()) as binding]:
            found = dictionary(node, home, evaluator, depth - 1)
            place = holder or home.holder(name) or home
            changes = place.items.get(name, ())
            if found is None or evaluator.is_spent(len(changes)):
                return None
            return found.changed(binding, changes, name in place.mutated)
        case [Binding(how="each" | "value" | "parameter") as binding]:
            places = evaluator.places(binding, name, depth)
            if len(places) != 1:
                return None
            return dictionary(*places[0], evaluator, depth - 1)
        case _:
            return None


def _inner(
    base: ast.expr, key: ast.expr, scope: Scope, evaluator: Evaluator, depth: int
) -> Dictionary | None:
    match items(base, key, scope, evaluator, depth):
        case [(node, home)]:
            return dictionary(node, home, evaluator, depth - 1)
        case _:
            return None


def _merged(
    left: ast.expr, right: ast.expr, scope: Scope, evaluator: Evaluator, depth: int
) -> Dictionary:
    found = Gathering()
    for side in (left, right):
        found.spread(dictionary(side, scope, evaluator, depth - 1))
    return found.done()
