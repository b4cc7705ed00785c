"""One walk over a module: which names are bound where, and which calls are made."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import TypeAlias

from flake8_hfmodels.sources.python.binding import (
    Change,
    Place,
    Walk,
    bind_each,
    bind_opaque,
    bind_parameters,
    bind_target,
    bind_value,
    end_of,
    place,
    place_item,
)
from flake8_hfmodels.sources.python.scopes import (
    COMPREHENSIONS,
    Binding,
    Block,
    FindModule,
    Scope,
    Survey,
)
from flake8_hfmodels.sources.source import no_module

ComprehensionNode: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

Inside: TypeAlias = Iterable[ast.AST | Place | None]
"""What stands directly in a node, in order; a place says where what follows it belongs to."""


LONGEST = 1000
"""Characters of the longest name of a module."""


def survey(
    tree: ast.Module,
    lines: Sequence[str] = (),
    path: str = "",
    find_module: FindModule = no_module,
) -> Survey:
    """Walk a module once, without recursion, so that deep nesting cannot overflow the stack.

    Next to the parser nothing takes as long as this. So what can tell nothing never comes onto the
    stack (names, dotted names, constants, keywords with one of them), and where a node belongs to
    does not stand beside each: the walk takes 0.6 of what one of (node, scope, arm) took.
    """
    module = Scope(tree, None)
    walk = Walk(Survey(module, path, lines, find_module), module)
    strings, around, todo = walk.survey.strings, walk.survey.around, walk.todo
    walk.then(tree.body)
    while todo:
        node = todo.pop()
        if isinstance(node, tuple):
            walk.scope, walk.branch = node
            continue
        step = _STEPS.get(type(node))
        inside = step(node, walk) if step is not None else _INSIDE.get(type(node), _children)(node)
        below: list[ast.AST | Place] = []
        for child in inside:
            if type(child) is ast.Name or child is None:
                continue
            if type(child) is ast.Constant:
                if type(child.value) is str:
                    strings.append((child, node, walk.scope))
            elif type(child) is ast.Attribute:
                first = _first_dot(child)
                if type(first.value) is not ast.Name:
                    below.append(first)
            elif type(child) in _CONTAINERS:
                if type(child) is not ast.keyword or _tells(child.value):
                    around[id(child)] = node
                    below.append(child)
            else:
                if isinstance(child, tuple):
                    walk.scope, walk.branch = child
                below.append(child)
        todo.extend(reversed(below))
    for change in walk.changes:
        place(change)
    for name, item, scope in walk.growth:
        place_item(name, item, scope)
    return walk.survey


def _first_dot(node: ast.Attribute) -> ast.Attribute:
    """The innermost attribute of a dotted expression: `a.b` of `a.b.c`."""
    base = node.value
    while type(base) is ast.Attribute:
        node, base = base, base.value
    return node


def _tells(value: ast.expr) -> bool:
    """Whether there is anything to be noted of what a keyword passes."""
    if type(value) is ast.Constant:
        return type(value.value) is str
    return type(value) is not ast.Name


# What a text may stand in, whose own parent says what it is for.
_CONTAINERS = frozenset(
    {
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
    }
)


def _value(node: ast.Expr | ast.Attribute | ast.keyword | ast.Starred | ast.Await) -> Inside:
    return (node.value,)


def _operand(node: ast.UnaryOp) -> Inside:
    return (node.operand,)


def _compare(node: ast.Compare) -> Inside:
    return (node.left, *node.comparators)


def _dictionary(node: ast.Dict) -> Inside:
    return (*node.keys, *node.values)


def _nothing(_node: ast.AST) -> Inside:
    return ()


def _children(node: ast.AST) -> Inside:
    """What stands in a node of any kind."""
    for name in node._fields:
        inside = getattr(node, name, None)
        if isinstance(inside, ast.AST):
            yield inside
        elif isinstance(inside, list):
            yield from (child for child in inside if isinstance(child, ast.AST))


# The same of those kinds that there are most of, without asking which fields they have.
_INSIDE: Mapping[type[ast.AST], Callable[..., Inside]] = {
    **dict.fromkeys((ast.Expr, ast.Attribute, ast.keyword, ast.Starred, ast.Await), _value),
    **dict.fromkeys((ast.Tuple, ast.List, ast.Set), attrgetter("elts")),
    **dict.fromkeys((ast.JoinedStr, ast.BoolOp), attrgetter("values")),
    **dict.fromkeys((ast.Pass, ast.Break, ast.Continue), _nothing),
    ast.UnaryOp: _operand,
    ast.BinOp: attrgetter("left", "right"),
    ast.Subscript: attrgetter("value", "slice"),
    ast.IfExp: attrgetter("test", "body", "orelse"),
    ast.Slice: attrgetter("lower", "upper", "step"),
    ast.FormattedValue: attrgetter("value", "format_spec"),
    ast.Compare: _compare,
    ast.Dict: _dictionary,
}


def _call(node: ast.Call, walk: Walk) -> Inside:
    callee = node.func
    name = ""
    if type(callee) is ast.Name:
        name = callee.id
    elif type(callee) is ast.Attribute:
        name = callee.attr
        if name in _CHANGING:
            _change_by(node, callee, walk)
    calls = walk.survey.calls
    walk.survey.called[name].append(len(calls))
    calls.append((node, walk.scope))
    return (callee, *node.args, *node.keywords)


def _change_by(node: ast.Call, callee: ast.Attribute, walk: Walk) -> None:
    """Note what a method changes of what it is called on."""
    if callee.attr != "append":
        for key, value in _changed_items(node, callee.attr):
            how = Binding("value" if value else "opaque", walk.scope, value, branch=walk.branch)
            walk.changes.append(Change(callee.value, key, how))
    elif isinstance(callee.value, ast.Name) and len(node.args) == 1:
        walk.growth.append((callee.value.id, node.args[0], walk.scope))


_CHANGING = frozenset({"append", "update", "setdefault", "pop", "clear", "popitem", "__setitem__"})


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


def _assign(node: ast.Assign, walk: Walk) -> Inside:
    for target in node.targets:
        if isinstance(target, (ast.Attribute, ast.Subscript)):
            walk.survey.stores.append((target, node.value, walk.scope))
        bind_target(target, node.value, walk)
    return (*node.targets, node.value)


def _annotated(node: ast.AnnAssign, walk: Walk) -> Inside:
    if node.value is not None:
        bind_target(node.target, node.value, walk)
    return (node.target, node.annotation, node.value)


def _walrus(node: ast.NamedExpr, walk: Walk) -> Inside:
    home = walk.scope
    while isinstance(home.node, COMPREHENSIONS) and home.parent is not None:
        home = home.parent
    bind_value(home, node.target.id, node.value, walk)
    return (node.value,)


def _augmented(node: ast.AugAssign, walk: Walk) -> Inside:
    bind_opaque(node.target, walk.scope, walk.branch, walk, end_of(node))
    return (node.target, node.value)


def _delete(node: ast.Delete, walk: Walk) -> Inside:
    for target in node.targets:
        match target:
            case ast.Subscript(value=changed, slice=ast.Constant(value=str(key))):
                gone = Binding("opaque", walk.scope, branch=walk.branch)
                walk.changes.append(Change(changed, key, gone))
            case _:
                bind_opaque(target, walk.scope, walk.branch, walk)
    return node.targets


def _loop(node: ast.For | ast.AsyncFor, walk: Walk) -> Inside:
    walk.survey.blocks.append(_block(node, node.body, 0, loop=True))
    each = Binding("each", walk.scope, node.iter, branch=walk.branch)
    bind_each(node.target, each, walk.scope, walk)
    walk.then(node.orelse)
    walk.then(node.body)
    return (node.target, node.iter)


def _while(node: ast.While, walk: Walk) -> Inside:
    walk.survey.blocks.append(_block(node, [node.test, *node.body], 0, loop=True))
    walk.then(node.orelse)
    walk.then(node.body)
    return (node.test,)


def _with(node: ast.With | ast.AsyncWith, walk: Walk) -> Inside:
    for item in node.items:
        if item.optional_vars is not None:
            bind_target(item.optional_vars, item.context_expr, walk)
    walk.then(node.body)
    return node.items


def _named(node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar, walk: Walk) -> Inside:
    if node.name is not None:
        at = (node.lineno, node.col_offset)
        walk.scope.bind(node.name, Binding("opaque", walk.scope, branch=walk.branch, end=at))
    return _children(node)


def _mapping(node: ast.MatchMapping, walk: Walk) -> Inside:
    if node.rest is not None:
        walk.scope.bind(node.rest, Binding("opaque", walk.scope, branch=walk.branch))
    return _children(node)


def _import(node: ast.Import, walk: Walk) -> Inside:
    for alias in node.names:
        package = alias.name.partition(".")[0]
        walk.survey.packages.add(package)
        target = alias.name if alias.asname else package
        _bind_import(alias.asname or package, node, target, walk)
    return ()


def _import_from(node: ast.ImportFrom, walk: Walk) -> Inside:
    origin = "." * node.level + (node.module or "")
    if len(origin) > LONGEST:  # no such module: a path of that length fits into no file system
        origin = "."
    walk.survey.packages.add(origin.partition(".")[0])
    for alias in node.names:
        if alias.name == "*":
            walk.survey.stars.append(origin)
            continue
        target = origin + alias.name if origin.endswith(".") else f"{origin}.{alias.name}"
        _bind_import(alias.asname or alias.name, node, target, walk)
    return ()


def _bind_import(name: str, node: ast.Import | ast.ImportFrom, target: str, walk: Walk) -> None:
    walk.survey.aliases.add(name)
    walk.scope.bind(name, Binding("import", walk.scope, node, target, walk.branch))


def _global(node: ast.Global, walk: Walk) -> Inside:
    if walk.scope.parent is not None:
        walk.scope.outer.update(dict.fromkeys(node.names, "global"))
    return ()


def _nonlocal(node: ast.Nonlocal, walk: Walk) -> Inside:
    walk.scope.outer.update(dict.fromkeys(node.names, "nonlocal"))
    around = walk.scope.parent
    while around is not None and around.parent is not None:
        for name in node.names:
            around.bindings.setdefault(name, []).append(Binding("opaque", walk.scope))
        around = around.parent
    return ()


def _class(node: ast.ClassDef, walk: Walk) -> Inside:
    walk.survey.aliases.add(node.name)
    walk.scope.bind(node.name, Binding("class", walk.scope, node, branch=walk.branch))
    body = Scope(node, walk.scope)
    walk.survey.bodies[id(node)] = body
    walk.then_in(body, None, node.body)
    return (*node.decorator_list, *node.bases, *node.keywords)


def _function(node: FunctionNode, walk: Walk) -> Inside:
    scope = walk.scope
    scope.bind(node.name, Binding("function", scope, node, branch=walk.branch))
    body = Scope(node, scope, owner=scope if scope.is_class else scope.owner)
    walk.survey.bodies[id(node)] = body
    bind_parameters(node.args, body, scope)
    walk.then_in(body, None, node.body)
    return (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults)


def _return(node: ast.Return, walk: Walk) -> Inside:
    if node.value is not None:
        returned = walk.survey.returns.setdefault(id(walk.scope.node), [])
        returned.append((node.value, walk.scope))
    return (node.value,)


def _lambda(node: ast.Lambda, walk: Walk) -> Inside:
    here = walk.scope, walk.branch
    body = Scope(node, walk.scope, owner=walk.scope.owner)
    bind_parameters(node.args, body, walk.scope)
    return (*node.args.defaults, *node.args.kw_defaults, (body, None), node.body, here)


def _comprehension(node: ComprehensionNode, walk: Walk) -> Inside:
    here = walk.scope, walk.branch
    body = Scope(node, walk.scope, owner=walk.scope.owner)
    inside: list[ast.AST | Place] = []
    around = walk.scope  # the first iterable is evaluated outside, the others inside
    for generator in node.generators:
        bind_each(generator.target, Binding("each", around, generator.iter), body, walk)
        inside.extend((generator.iter, (body, walk.branch), generator.target, *generator.ifs))
        around = body
    made = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
    return (*inside, *made, here)


def _if(node: ast.If, walk: Walk) -> Inside:
    _walk_arms(node, (node.body, node.orelse), walk, exclusive=True)
    return (node.test,)


def _try(node: ast.Try, walk: Walk) -> Inside:
    walk.then(node.finalbody)
    walk.then(node.orelse)
    _walk_arms(node, (node.body, *([one] for one in node.handlers)), walk)
    return ()


def _match(node: ast.Match, walk: Walk) -> Inside:
    _walk_arms(node, [case.body for case in node.cases], walk, exclusive=True)
    return (node.subject, *(one for case in node.cases for one in (case.pattern, case.guard)))


def _walk_arms(
    node: ast.stmt,
    arms: Sequence[Sequence[ast.stmt | ast.ExceptHandler]],
    walk: Walk,
    exclusive: bool = False,
) -> None:
    walk.todo.append((walk.scope, walk.branch))
    for number in reversed(range(len(arms))):
        if arms[number]:
            walk.survey.blocks.append(_block(node, arms[number], number, exclusive=exclusive))
            walk.then(arms[number])
            walk.todo.append((walk.scope, (id(node), number)))


def _block(
    statement: ast.stmt,
    inside: Sequence[ast.stmt | ast.ExceptHandler | ast.expr],
    arm: int,
    loop: bool = False,
    exclusive: bool = False,
) -> Block:
    first, last = inside[0], inside[-1]
    start = (first.lineno, first.col_offset)
    return Block(start, end_of(last), id(statement), arm, loop, exclusive)


_STEPS: Mapping[type[ast.AST], Callable[..., Inside]] = {
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
