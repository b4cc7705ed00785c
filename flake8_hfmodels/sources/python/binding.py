"""How the names of a module get their values: what each form of assignment binds."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeAlias

from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.sources.python.scopes import Binding, Branch, Scope, Survey

Place: TypeAlias = tuple[Scope, Branch]


@dataclass(frozen=True, slots=True)
class Change:
    """A change to what a name holds: to the item `key`, or to nobody knows which."""

    target: ast.expr
    key: str | None
    binding: Binding


@dataclass(slots=True)
class Walk:
    """What is noted down on the way: the survey, and what can only be placed at its end.

    `todo` is the stack of what is still to be walked. A place in it holds for the nodes below.
    """

    survey: Survey
    scope: Scope
    branch: Branch = None
    todo: list[ast.AST | Place] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    growth: list[tuple[str, ast.expr, Scope]] = field(default_factory=list)

    def then(self, statements: Sequence[ast.AST]) -> None:
        """Walk statements next, behind the expressions of the one that holds them."""
        self.todo.extend(reversed(statements))

    def then_in(self, scope: Scope, branch: Branch, statements: Sequence[ast.AST]) -> None:
        """Walk statements next that belong to another scope or arm, and come back."""
        self.todo.append((self.scope, self.branch))
        self.then(statements)
        self.todo.append((scope, branch))


def place(change: Change) -> None:
    """Note a change where its name is bound, which may be further down than the change."""
    match change.target, change.binding.scope:
        case ast.Name(id=name), scope:
            home = scope.holder(name)
        case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name), Scope(owner=owner):
            home = owner
        case _:
            return
    if home is None:
        return
    if change.key is None:
        home.mutated.add(name)
    else:
        home.items.setdefault(name, []).append((change.key, change.binding))


def place_item(name: str, item: ast.expr, scope: Scope) -> None:
    """Note what is appended to a list where the name of the list is bound."""
    home = scope.holder(name)
    if home is not None:
        home.grown.setdefault(name, []).append((item, scope))


def end_of(node: ast.stmt | ast.ExceptHandler | ast.expr) -> tuple[int, int]:
    """Where a node ends: its line, and the column in bytes."""
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset


def bind_parameters(arguments: ast.arguments, scope: Scope, outside: Scope) -> None:
    """Bind the parameters of a function in its scope; its defaults are evaluated `outside`."""
    positional = [*arguments.posonlyargs, *arguments.args]
    missing = len(positional) - len(arguments.defaults)
    defaults = [*(None,) * missing, *arguments.defaults, *arguments.kw_defaults]
    for parameter, default in zip([*positional, *arguments.kwonlyargs], defaults, strict=True):
        how = Binding("parameter", outside, default, inside=scope, declared=parameter)
        scope.bind(parameter.arg, how)
    if arguments.vararg is not None:
        scope.bind(arguments.vararg.arg, Binding("opaque", scope))
    if arguments.kwarg is not None:
        scope.bind(arguments.kwarg.arg, Binding("rest", scope, inside=scope))


def bind_value(home: Scope, name: str, value: ast.expr, walk: Walk) -> None:
    """Bind a name to a value, which may be another name for something that loads."""
    if isinstance(value, _ALIASING):
        walk.survey.aliases.add(name)
    home.bind(name, Binding("value", walk.scope, value, branch=walk.branch))


_ALIASING = (ast.Name, ast.Attribute, ast.IfExp)


def bind_target(target: ast.expr, value: ast.expr, walk: Walk) -> None:
    """Bind whatever stands on the left of an assignment."""
    scope = walk.scope
    if type(target) is ast.Name:  # as nearly all are
        bind_value(scope, target.id, value, walk)
        return
    match target, value:
        case ((ast.Tuple() | ast.List()), (ast.Tuple() | ast.List())) if _pairs_up(target, value):
            for one, its in zip(target.elts, value.elts, strict=True):
                bind_target(one, its, walk)
        case ((ast.Tuple() | ast.List()), _) if not _has_star(target):
            each = Binding("value", scope, value, branch=walk.branch)
            bind_each(target, each, scope, walk)
        case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name), _ if scope.owner:
            if isinstance(value, _ALIASING):
                walk.survey.aliases.add(name)
            binding = Binding("value", scope, value, branch=walk.branch)
            scope.owner.attributes.setdefault(name, []).append(binding)
        case ast.Subscript(value=changed, slice=ast.Constant(value=str(key))), _:
            binding = Binding("value", scope, value, branch=walk.branch)
            walk.changes.append(Change(changed, key, binding))
        case _:
            bind_opaque(target, scope, walk.branch, walk)


def _pairs_up(target: ast.Tuple | ast.List, value: ast.Tuple | ast.List) -> bool:
    return len(target.elts) == len(value.elts) and not (_has_star(target) or _has_star(value))


def bind_each(target: ast.expr, each: Binding, scope: Scope, walk: Walk) -> None:
    """Bind the names that take the parts of a value, or each of its items in turn."""
    if isinstance(target, ast.Name):
        if isinstance(each.node, _ALIASING):
            walk.survey.aliases.add(target.id)
        scope.bind(target.id, each)
    elif isinstance(target, (ast.Tuple, ast.List)) and not _has_star(target):
        for number, one in enumerate(target.elts):
            bind_each(one, replace(each, part=(*each.part, number)), scope, walk)
    else:
        bind_opaque(target, scope, each.branch, walk)


def _has_star(target: ast.Tuple | ast.List) -> bool:
    return any(isinstance(one, ast.Starred) for one in target.elts)


def bind_opaque(
    target: ast.expr,
    scope: Scope,
    branch: Branch,
    walk: Walk,
    end: tuple[int, int] | None = None,
) -> None:
    """Bind names to what nobody can tell."""
    unknown = Binding("opaque", scope, branch=branch, end=end or end_of(target))
    match target:
        case ast.Name(id=name):
            scope.bind(name, unknown)
        case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name) if scope.owner:
            scope.owner.attributes.setdefault(name, []).append(unknown)
        case ast.Attribute(value=base, attr=name):
            walk.survey.assigned.setdefault(name, []).append((base, scope))
        case ast.Subscript(value=changed):
            walk.changes.append(Change(changed, None, unknown))
        case _:
            inside = ast.iter_child_nodes(target)  # of a tuple, a list, a starred name
            for one in (node for node in inside if isinstance(node, ast.expr)):
                bind_opaque(one, scope, branch, walk, end)
