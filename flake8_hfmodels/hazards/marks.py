"""Where the nodes of a file stand, as far as that decides what they say."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_hfmodels.record import dataclass, field

WHOLE = frozenset({"items", "keys", "values", "copy", "_data", "__str__", "__repr__"})
"""Attributes of the environment by which all of it is had."""


@dataclass(slots=True)
class Marks:
    """Nodes by where they stand.

    `quiet` say nothing by themselves: nobody reads a text that stands alone, and `os.environ` may
    stand for one variable of it. `called` are called. `followed` are modules of which it is seen
    what becomes. `given` go to a call, and `keyed` are looked into by a key.
    """

    quiet: set[ast.AST] = field(default_factory=set)
    called: set[ast.AST] = field(default_factory=set)
    followed: set[ast.AST] = field(default_factory=set)
    given: dict[ast.AST, ast.Call] = field(default_factory=dict)
    keyed: dict[ast.AST, ast.expr] = field(default_factory=dict)


def marked(tree: ast.Module) -> Marks:
    """Where the nodes of a file stand."""
    marks = Marks()
    for node in ast.walk(tree):
        _mark(node, marks)
        marks.followed.update(_followed(node))
    return marks


def _mark(node: ast.AST, marks: Marks) -> None:
    match node:
        case ast.Call(func=func, args=args):
            marks.called.add(func)
            marks.given.update(dict.fromkeys(args, node))
            if isinstance(func, ast.Attribute) and args:
                marks.keyed[func.value] = args[0]
        case ast.Expr(value=ast.Constant() as text):
            marks.quiet.add(text)
        case ast.Subscript(value=value, slice=key):
            marks.quiet.add(value)
            marks.keyed[value] = key
        case ast.Attribute(value=value, attr=method) if method not in WHOLE:
            marks.quiet.add(value)
        case ast.Compare(comparators=comparators):
            marks.quiet.update(_without_keys(one) for one in comparators)
        case ast.Assign(value=ast.Name() | ast.Attribute() as value):
            marks.quiet.add(value)
        case _:
            pass


def _without_keys(node: ast.expr) -> ast.expr:
    """A table, of which it is asked whether it has a key, in one way or the other."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr="keys")):
            return value
        case _:
            return node


def _followed(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that are judged by what becomes of them, or by the node itself."""
    match node:
        case ast.Attribute(value=value) | ast.Subscript(value=value) | ast.Expr(value=value):
            yield value
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _unpacked(target, value)
        case ast.NamedExpr(value=value) | ast.AnnAssign(value=ast.expr() as value):
            yield value
        case ast.withitem(context_expr=value) | ast.Call(func=value) | ast.Await(value=value):
            yield value
        case ast.IfExp(test=test, body=one, orelse=other):
            yield from (test, one, other)
        case ast.If(test=test) | ast.While(test=test) | ast.Assert(test=test):
            yield test
        case ast.UnaryOp(operand=one):
            yield one
        case ast.BoolOp(values=values):
            yield from values
        case ast.Compare(left=left, comparators=comparators):
            yield from (left, *comparators)
        case _:
            pass


def _unpacked(target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    """What of a value is bound to a name of its own."""
    todo = [(target, value)]
    while todo:
        target, value = todo.pop()
        match target, value:
            case (
                ast.Tuple(elts=targets) | ast.List(elts=targets),
                ast.Tuple(elts=values) | ast.List(elts=values),
            ) if len(targets) == len(values):
                todo.extend(zip(targets, values, strict=True))
            case ((ast.Name() | ast.Attribute()), _):
                yield value
            case _:
                pass
