"""Which values of a name the tests around its use let through.

`if start == "scratch": ... elif start.startswith("gpt2"): load(start)` loads no repo of the name
`scratch`, although that is what `start` is bound to.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_hfmodels.reference import Known, Scalar, Unknown, Value, Written
from flake8_hfmodels.sources.python.flow import running
from flake8_hfmodels.sources.python.scopes import Scope

Guard = tuple[ast.expr, bool]
"""A test, and whether it holds where somebody stands."""

MOST = 50
"""Tests of one place that are looked at."""

_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_BODIES = ("body", "orelse", "finalbody")


def let_through(node: ast.expr, value: Value, scope: Scope) -> Value:
    """The values that an expression can have where it stands, of all that it is bound to.

    Only names without an owner are looked at: words such as `scratch`, that say what to do, have
    none. What is written behind a test, in the same function, may have been bound since.
    """
    name = _dotted(node)
    if not (name and isinstance(value, Known) and any(map(_is_bare, value.values))):
        return value
    scope = running(scope)
    guards = _guards(node, scope)
    left = tuple(
        one
        for one in value.values
        if not (_is_bare(one) and any(_stops(guard, name, one, scope) for guard in guards))
    )
    if len(left) == len(value.values):
        return value
    return Known(left, value.closed) if left else Unknown("a value that the tests let through")


def _is_bare(written: Written) -> bool:
    return isinstance(written.value, str) and "/" not in written.value


def _dotted(node: ast.expr) -> str:
    """A name, or a chain of attributes of one; empty for all else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _stops(guard: Guard, name: str, written: Written, scope: Scope) -> bool:
    """Whether a test keeps a value away."""
    test, arm = guard
    line, last = written.span.line, getattr(scope.node, "end_lineno", None)
    if written.path in ("", scope.survey.path) and test.lineno < line <= (last or line):
        return False
    held = _holds(test, name, str(written.value))
    return held is not None and held is not arm


# The tests


def _guards(node: ast.expr, scope: Scope) -> Sequence[Guard]:
    """The tests that decide whether an expression is come to, in its function or its module."""
    body = getattr(scope.node, "body", None)
    found: list[Guard] = []
    while isinstance(body, list) and len(found) < MOST:
        around = None
        for statement in body:
            if _contains(statement, node):
                around = statement
                break
            found += _left_by(statement)
        if around is None:
            break
        found += _inside(around, node)
        body = next((one for one in _parts(around) if _stands_in(one, node)), None)
    return found[:MOST]


def _parts(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for name in _BODIES:
        yield getattr(statement, name, [])
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield part.body


def _left_by(statement: ast.stmt) -> Iterator[Guard]:
    """`if test: return` above: the test does not hold below."""
    match statement:
        case ast.If(test=test, body=[*_, last], orelse=[]) if isinstance(last, _LEAVES):
            yield test, False


def _inside(statement: ast.stmt, node: ast.expr) -> Iterator[Guard]:
    """The tests of one statement whose arms an expression may stand in."""
    if isinstance(statement, ast.If | ast.While) and _stands_in(statement.body, node):
        yield statement.test, True
    elif isinstance(statement, ast.If) and _stands_in(statement.orelse, node):
        yield statement.test, False
    elif not any(_stands_in(one, node) for one in _parts(statement)):
        for one in ast.walk(statement):
            if isinstance(one, ast.IfExp) and _contains(one, node):
                yield from ((one.test, arm) for arm in (True, False) if _is_in(one, arm, node))


def _is_in(choice: ast.IfExp, arm: bool, node: ast.expr) -> bool:
    return _contains(choice.body if arm else choice.orelse, node)


def _stands_in(body: Sequence[ast.stmt], node: ast.expr) -> bool:
    return any(_contains(one, node) for one in body)


def _contains(outer: ast.stmt | ast.expr, node: ast.expr) -> bool:
    begin, end = (outer.lineno, outer.col_offset), (outer.end_lineno, outer.end_col_offset)
    return begin <= (node.lineno, node.col_offset) and (node.end_lineno, node.end_col_offset) <= end


# What they say


def _holds(test: ast.expr, name: str, value: str) -> bool | None:
    """Whether a test holds for a value of a name; `None` where nobody can tell."""
    match test:
        case ast.BoolOp(op=ast.And(), values=parts):
            held = [_holds(one, name, value) for one in parts]
            return False if False in held else None if None in held else True
        case ast.BoolOp(values=parts):
            held = [_holds(one, name, value) for one in parts]
            return True if True in held else None if None in held else False
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            inside = _holds(inner, name, value)
            return None if inside is None else not inside
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compares(left, op, right, name, value)
        case ast.Call(func=ast.Attribute(value=of, attr="startswith"), args=[given], keywords=[]):
            words = _texts(given)
            return value.startswith(words) if words and _dotted(of) == name else None
        case ast.Name() | ast.Attribute():
            return bool(value) if _dotted(test) == name else None
        case _:
            return None


def _compares(left: ast.expr, op: ast.cmpop, right: ast.expr, name: str, value: str) -> bool | None:
    if _dotted(right) == name and isinstance(op, ast.Eq | ast.NotEq):
        left, right = right, left
    if _dotted(left) != name:
        return None
    is_negated = isinstance(op, ast.NotEq | ast.NotIn | ast.IsNot)
    match op, right:
        case ((ast.Eq() | ast.NotEq() | ast.Is() | ast.IsNot()), ast.Constant(value=other)):
            return (value == other) is not is_negated
        case ((ast.In() | ast.NotIn()), (ast.Tuple() | ast.List() | ast.Set())):
            words = _texts(right)
            return (value in words) is not is_negated if words else None
        case _:
            return None


def _texts(node: ast.expr) -> tuple[str, ...]:
    """The texts of a constant, or of a sequence of nothing else; none for all else."""
    items = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    found: list[Scalar] = [one.value for one in items if isinstance(one, ast.Constant)]  # type: ignore[misc]
    texts = tuple(one for one in found if isinstance(one, str))
    return texts if len(texts) == len(items) else ()
