"""One walk over a module: which names are bound where, and which calls are made."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.sources.python.scopes import (
    COMPREHENSIONS,
    Binding,
    Block,
    Branch,
    FindModule,
    Scope,
    Survey,
)
from flake8_hfmodels.sources.source import no_module

ComprehensionNode: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Steps: TypeAlias = Iterator[tuple[ast.AST, Scope, Branch]]


LONGEST = 1000
"""Characters of the longest name of a module."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A change to what a name holds: to the item `key`, or to nobody knows which."""

    target: ast.expr
    key: str | None
    binding: Binding


@dataclass(slots=True)
class _Walk:
    """What is noted down on the way: the survey, and what can only be placed at its end."""

    survey: Survey
    changes: list[_Change] = field(default_factory=list)
    growth: list[tuple[str, ast.expr, Scope]] = field(default_factory=list)


def survey(
    tree: ast.Module,
    lines: Sequence[str] = (),
    path: str = "",
    find_module: FindModule = no_module,
) -> Survey:
    """Walk a module once, without recursion, so that deep nesting cannot overflow the stack."""
    module = Scope(tree, None)
    walk = _Walk(Survey(module, path, lines, find_module))
    todo: list[tuple[ast.AST, Scope, Branch]] = [(tree, module, None)]
    while todo:
        node, scope, branch = todo.pop()
        if isinstance(node, _LEAVES):
            continue
        step = _STEPS.get(type(node))
        steps = list(step(node, scope, branch, walk) if step else _children(node, scope, branch))
        for child, its_scope, _branch in steps:
            if isinstance(child, ast.Constant):
                if isinstance(child.value, str):
                    walk.survey.strings.append((child, node, its_scope))
            elif isinstance(child, _CONTAINERS):
                walk.survey.around[id(child)] = node
        todo.extend(reversed(steps))
    for change in walk.changes:
        _place(change)
    for name, item, scope in walk.growth:
        home = scope.holder(name)
        if home is not None:
            home.grown.setdefault(name, []).append((item, scope))
    return walk.survey


# What a text may stand in, whose own parent says what it is for.
_CONTAINERS = (
    ast.keyword,
    ast.List,
    ast.Tuple,
    ast.Set,
    ast.Dict,
    ast.JoinedStr,
    ast.BinOp,
    ast.IfExp,
    ast.Starred,
    ast.Call,
)


def _place(change: _Change) -> None:
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


def _children(node: ast.AST, scope: Scope, branch: Branch) -> Steps:
    for name in _fields(node):
        inside = getattr(node, name, None)
        if isinstance(inside, ast.AST):
            yield inside, scope, branch
        elif isinstance(inside, list):
            for child in inside:
                if isinstance(child, ast.AST):
                    yield child, scope, branch


def _fields(node: ast.AST) -> Sequence[str]:
    """The fields of a kind of node that have more in them than an operator or a name."""
    kind = type(node)
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(name for name in kind._fields if name not in _PLAIN_FIELDS)
    return _FIELDS[kind]


_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}
_LEAVES = (ast.Name, ast.Constant)
_PLAIN_FIELDS = frozenset(
    {"ctx", "op", "ops", "id", "attr", "arg", "kind", "type_comment", "conversion", "names"}
)


def _call(node: ast.Call, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    walk.survey.calls.append((node, scope))
    match node.func:
        case ast.Attribute(value=ast.Name(id=name), attr="append") if len(node.args) == 1:
            walk.growth.append((name, node.args[0], scope))
        case ast.Attribute(value=target, attr=method) if method in _MUTATORS:
            for key, value in _changed_items(node, method):
                how = Binding("value" if value else "opaque", scope, value, branch=branch)
                walk.changes.append(_Change(target, key, how))
    return _children(node, scope, branch)


_MUTATORS = frozenset({"update", "setdefault", "pop", "clear", "popitem", "__setitem__"})


def _changed_items(call: ast.Call, method: str) -> Sequence[tuple[str | None, ast.expr | None]]:
    """The items that a method of a dictionary sets; a `None` stands for what is not in sight."""
    match method, call.args:
        case "update", ([] | [ast.Dict()]):
            literals = [arg for arg in call.args if isinstance(arg, ast.Dict)]
            written = [pair for one in literals for pair in zip(one.keys, one.values, strict=True)]
            named = [(keyword.arg, keyword.value) for keyword in call.keywords]
            return [*((_text(key), value) for key, value in written), *named]
        case "setdefault" | "__setitem__", [ast.Constant(value=str(key)), value]:
            return [(key, value)]
        case "pop", [ast.Constant(value=str(key)), *_]:
            return [(key, None)]
        case _:
            return [(None, None)]


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _assign(node: ast.Assign, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    for target in node.targets:
        if isinstance(target, (ast.Attribute, ast.Subscript)):
            walk.survey.stores.append((target, node.value, scope))
        _bind_target(target, node.value, scope, branch, walk)
    return _children(node, scope, branch)


def _annotated(node: ast.AnnAssign, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    if node.value is not None:
        _bind_target(node.target, node.value, scope, branch, walk)
    return _children(node, scope, branch)


def _walrus(node: ast.NamedExpr, scope: Scope, branch: Branch, _walk: _Walk) -> Steps:
    home = scope
    while isinstance(home.node, COMPREHENSIONS) and home.parent is not None:
        home = home.parent
    home.bind(node.target.id, Binding("value", scope, node.value, branch=branch))
    return _children(node, scope, branch)


def _augmented(node: ast.AugAssign, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    _bind_opaque(node.target, scope, branch, walk, _end(node))
    return _children(node, scope, branch)


def _delete(node: ast.Delete, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    for target in node.targets:
        match target:
            case ast.Subscript(value=changed, slice=ast.Constant(value=str(key))):
                walk.changes.append(_Change(changed, key, Binding("opaque", scope, branch=branch)))
            case _:
                _bind_opaque(target, scope, branch, walk)
    return _children(node, scope, branch)


def _loop(node: ast.For | ast.AsyncFor, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    walk.survey.blocks.append(_block(node, node.body, 0, loop=True))
    _bind_each(node.target, Binding("each", scope, node.iter, branch=branch), scope, walk)
    return _children(node, scope, branch)


def _with(node: ast.With | ast.AsyncWith, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    for item in node.items:
        if item.optional_vars is not None:
            _bind_target(item.optional_vars, item.context_expr, scope, branch, walk)
    return _children(node, scope, branch)


def _named(
    node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar,
    scope: Scope,
    branch: Branch,
    _walk: _Walk,
) -> Steps:
    if node.name is not None:
        at = (node.lineno, node.col_offset)
        scope.bind(node.name, Binding("opaque", scope, branch=branch, end=at))
    return _children(node, scope, branch)


def _mapping(node: ast.MatchMapping, scope: Scope, branch: Branch, _walk: _Walk) -> Steps:
    if node.rest is not None:
        scope.bind(node.rest, Binding("opaque", scope, branch=branch))
    return _children(node, scope, branch)


def _import(node: ast.Import, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    for alias in node.names:
        package = alias.name.partition(".")[0]
        walk.survey.packages.add(package)
        target = alias.name if alias.asname else package
        scope.bind(alias.asname or package, Binding("import", scope, node, target, branch))
    yield from ()


def _import_from(node: ast.ImportFrom, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    origin = "." * node.level + (node.module or "")
    if len(origin) > LONGEST:  # no such module: a path of that length fits into no file system
        origin = "."
    walk.survey.packages.add(origin.partition(".")[0])
    for alias in node.names:
        if alias.name == "*":
            walk.survey.stars.append(origin)
            continue
        target = origin + alias.name if origin.endswith(".") else f"{origin}.{alias.name}"
        scope.bind(alias.asname or alias.name, Binding("import", scope, node, target, branch))
    yield from ()


def _global(node: ast.Global, scope: Scope, _branch: Branch, _walk: _Walk) -> Steps:
    if scope.parent is not None:
        scope.outer.update(dict.fromkeys(node.names, "global"))
    yield from ()


def _nonlocal(node: ast.Nonlocal, scope: Scope, _branch: Branch, _walk: _Walk) -> Steps:
    scope.outer.update(dict.fromkeys(node.names, "nonlocal"))
    around = scope.parent
    while around is not None and around.parent is not None:
        for name in node.names:
            around.bindings.setdefault(name, []).append(Binding("opaque", scope))
        around = around.parent
    yield from ()


def _class(node: ast.ClassDef, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    scope.bind(node.name, Binding("class", scope, node, branch=branch))
    body = Scope(node, scope)
    walk.survey.bodies[id(node)] = body
    for outside in (*node.decorator_list, *node.bases, *node.keywords):
        yield outside, scope, branch
    for statement in node.body:
        yield statement, body, None


def _function(
    node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope, branch: Branch, walk: _Walk
) -> Steps:
    scope.bind(node.name, Binding("function", scope, node, branch=branch))
    body = Scope(node, scope, owner=scope if scope.is_class else scope.owner)
    walk.survey.bodies[id(node)] = body
    _bind_parameters(node.args, body, scope)
    for expression in (*node.decorator_list, *_defaults(node.args)):
        yield expression, scope, branch
    for statement in node.body:
        yield statement, body, None


def _return(node: ast.Return, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    if node.value is not None:
        walk.survey.returns.setdefault(id(scope.node), []).append((node.value, scope))
    return _children(node, scope, branch)


def _lambda(node: ast.Lambda, scope: Scope, branch: Branch, _walk: _Walk) -> Steps:
    body = Scope(node, scope, owner=scope.owner)
    _bind_parameters(node.args, body, scope)
    for default in _defaults(node.args):
        yield default, scope, branch
    yield node.body, body, None


def _comprehension(node: ComprehensionNode, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    body = Scope(node, scope, owner=scope.owner)
    around = scope  # the first iterable is evaluated outside, the others inside
    for generator in node.generators:
        _bind_each(generator.target, Binding("each", around, generator.iter), body, walk)
        yield generator.iter, around, branch
        yield generator.target, body, branch
        for condition in generator.ifs:
            yield condition, body, branch
        around = body
    made = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
    for element in made:
        yield element, body, branch


def _if(node: ast.If, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    yield node.test, scope, branch
    yield from _arms(node, (node.body, node.orelse), scope, walk, exclusive=True)


def _try(node: ast.Try, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    yield from _arms(node, (node.body, *([one] for one in node.handlers)), scope, walk)
    for statement in (*node.orelse, *node.finalbody):
        yield statement, scope, branch


def _match(node: ast.Match, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    yield node.subject, scope, branch
    for case in node.cases:
        yield case.pattern, scope, branch
        if case.guard is not None:
            yield case.guard, scope, branch
    yield from _arms(node, [case.body for case in node.cases], scope, walk, exclusive=True)


def _while(node: ast.While, scope: Scope, branch: Branch, walk: _Walk) -> Steps:
    walk.survey.blocks.append(_block(node, [node.test, *node.body], 0, loop=True))
    return _children(node, scope, branch)


def _arms(
    node: ast.stmt,
    arms: Sequence[Sequence[ast.stmt | ast.ExceptHandler]],
    scope: Scope,
    walk: _Walk,
    exclusive: bool = False,
) -> Steps:
    for number, arm in enumerate(arms):
        if arm:
            walk.survey.blocks.append(_block(node, arm, number, exclusive=exclusive))
        for child in arm:
            yield child, scope, (id(node), number)


def _block(
    statement: ast.stmt,
    inside: Sequence[ast.stmt | ast.ExceptHandler | ast.expr],
    arm: int,
    loop: bool = False,
    exclusive: bool = False,
) -> Block:
    first, last = inside[0], inside[-1]
    start = (first.lineno, first.col_offset)
    return Block(start, _end(last), id(statement), arm, loop, exclusive)


def _end(node: ast.stmt | ast.ExceptHandler | ast.expr) -> tuple[int, int]:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset


def _bind_parameters(arguments: ast.arguments, scope: Scope, outside: Scope) -> None:
    positional = (*arguments.posonlyargs, *arguments.args)
    missing = len(positional) - len(arguments.defaults)
    defaults: list[ast.expr | None] = [*(None,) * missing, *arguments.defaults]
    pairs = (
        *zip(positional, defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    )
    for parameter, default in pairs:
        how = Binding("parameter", outside, default, inside=scope, declared=parameter)
        scope.bind(parameter.arg, how)
    if arguments.vararg is not None:
        scope.bind(arguments.vararg.arg, Binding("opaque", scope))
    if arguments.kwarg is not None:
        scope.bind(arguments.kwarg.arg, Binding("rest", scope, inside=scope))


def _defaults(arguments: ast.arguments) -> Iterator[ast.expr]:
    yield from arguments.defaults
    yield from (default for default in arguments.kw_defaults if default is not None)


def _bind_target(
    target: ast.expr, value: ast.expr, scope: Scope, branch: Branch, walk: _Walk
) -> None:
    match target, value:
        case ast.Name(id=name), _:
            scope.bind(name, Binding("value", scope, value, branch=branch))
        case ((ast.Tuple() | ast.List()), (ast.Tuple() | ast.List())) if _pairs_up(target, value):
            for one, its in zip(target.elts, value.elts, strict=True):
                _bind_target(one, its, scope, branch, walk)
        case ((ast.Tuple() | ast.List()), _) if not _has_star(target):
            _bind_each(target, Binding("value", scope, value, branch=branch), scope, walk)
        case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name), _ if scope.owner:
            binding = Binding("value", scope, value, branch=branch)
            scope.owner.attributes.setdefault(name, []).append(binding)
        case ast.Subscript(value=changed, slice=ast.Constant(value=str(key))), _:
            binding = Binding("value", scope, value, branch=branch)
            walk.changes.append(_Change(changed, key, binding))
        case _:
            _bind_opaque(target, scope, branch, walk)


def _pairs_up(target: ast.Tuple | ast.List, value: ast.Tuple | ast.List) -> bool:
    return len(target.elts) == len(value.elts) and not (_has_star(target) or _has_star(value))


def _bind_each(target: ast.expr, each: Binding, scope: Scope, walk: _Walk) -> None:
    if isinstance(target, ast.Name):
        scope.bind(target.id, each)
    elif isinstance(target, (ast.Tuple, ast.List)) and not _has_star(target):
        for number, one in enumerate(target.elts):
            _bind_each(one, replace(each, part=(*each.part, number)), scope, walk)
    else:
        _bind_opaque(target, scope, each.branch, walk)


def _has_star(target: ast.Tuple | ast.List) -> bool:
    return any(isinstance(one, ast.Starred) for one in target.elts)


def _bind_opaque(
    target: ast.expr,
    scope: Scope,
    branch: Branch,
    walk: _Walk,
    end: tuple[int, int] | None = None,
) -> None:
    unknown = Binding("opaque", scope, branch=branch, end=end or _end(target))
    match target:
        case ast.Name(id=name):
            scope.bind(name, unknown)
        case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name) if scope.owner:
            scope.owner.attributes.setdefault(name, []).append(unknown)
        case ast.Attribute(value=base, attr=name):
            walk.survey.assigned.setdefault(name, []).append((base, scope))
        case ast.Subscript(value=changed):
            walk.changes.append(_Change(changed, None, unknown))
        case _:
            inside = ast.iter_child_nodes(target)  # of a tuple, a list, a starred name
            for one in (node for node in inside if isinstance(node, ast.expr)):
                _bind_opaque(one, scope, branch, walk, end)


_STEPS: dict[type[ast.AST], Callable[..., Steps]] = {
    ast.Call: _call,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.NamedExpr: _walrus,
    ast.AugAssign: _augmented,
    ast.Delete: _delete,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.ExceptHandler: _named,
    ast.MatchAs: _named,
    ast.MatchStar: _named,
    ast.MatchMapping: _mapping,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.ClassDef: _class,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.Return: _return,
    ast.If: _if,
    ast.Try: _try,
    ast.While: _while,
    ast.Match: _match,
    **({ast.TryStar: _try} if sys.version_info >= (3, 11) else {}),  # it has the same fields
    **dict.fromkeys(COMPREHENSIONS, _comprehension),
}
