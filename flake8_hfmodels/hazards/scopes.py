"""Which name stands for what in one file: scopes, the functions that run at import, bindings."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from flake8_hfmodels.record import dataclass, field

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True, slots=True)
class Module:
    """A name that an import binds: to a module, or to something in one."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """A name that is bound to an expression, or, unless `whole`, to something that it yields."""

    node: ast.expr
    whole: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A name that the file defines: a function or a class."""

    node: Function | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Opaque:
    """A name of which nothing is known but that it is bound: a parameter, say."""


Bound: TypeAlias = Module | Value | Made | Opaque
OPAQUE = Opaque()


MOST_BOUND = 64
"""How many things a name may stand for in one scope; more than any honest one does."""


@dataclass(slots=True, eq=False)
class Scope:
    """The names of a module, a class, a function or a comprehension."""

    outer: Scope | None
    is_class: bool = False
    names: dict[str, list[Bound]] = field(default_factory=dict)

    def bind(self, name: str, bound: Bound) -> None:
        """Add one of the things that a name may stand for, unless there are many already."""
        known = self.names.setdefault(name, [])
        if len(known) < MOST_BOUND:
            known.append(bound)

    def look_up(self, name: str) -> list[Bound] | None:
        """What a name may stand for here; `None`: nothing in this file binds it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names and (scope is self or not scope.is_class):
                return scope.names[name]
            scope = scope.outer
        return None


Owner: TypeAlias = Function | ast.Lambda | None
"""The function whose body a node stands in; `None`: it runs when the file is imported."""


_WORDS = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
"""Nodes in which nothing stands, and which the parser puts into many places."""


class Layout:
    """The nodes of one file that can run, each with its scope and its owner.

    What stands under `if __name__ == "__main__"` does not run where a file is imported. Nothing
    here goes deeper into Python's own stack where the source goes deeper.
    """

    def __init__(self, tree: ast.Module) -> None:
        self.module = Scope(None)
        self.stars: list[str] = []
        self.nodes: list[ast.AST] = []
        self._scopes: dict[ast.AST, Scope] = {}
        self._owners: dict[ast.AST, Owner] = {}
        self._todo: list[tuple[ast.AST, Scope, Owner]] = [(tree, self.module, None)]
        while self._todo:
            self._place(*self._todo.pop())
        self._at_import = self._run_at_import()

    def scope(self, node: ast.AST) -> Scope:
        """The scope that a node stands in."""
        return self._scopes.get(node, self.module)

    def is_at_import(self, node: ast.AST) -> bool:
        """Whether a node runs when the file is imported."""
        owner = self._owners[node]
        return owner is None or owner in self._at_import

    def _place(self, node: ast.AST, scope: Scope, owner: Owner) -> None:
        self.nodes.append(node)
        self._scopes[node], self._owners[node] = scope, owner
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                scope.bind(node.name, Made(node))
                self._function(node, scope, owner)
            case ast.Lambda(args=arguments, body=body):
                self._push(_defaults(arguments), scope, owner)
                self._push([body], _of_parameters(arguments, scope), node)
            case ast.ClassDef():
                scope.bind(node.name, Made(node))
                self._push([*node.decorator_list, *node.bases, *node.keywords], scope, owner)
                self._push(node.body, Scope(scope, is_class=True), owner)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._comprehension(node, scope, owner)
            case ast.If(test=test, orelse=orelse) if _is_main(test):
                self._push(orelse, scope, owner)
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                _bind(node, scope)
                parts = [target, *_calls(annotation), *([value] if value else [])]
                self._push(parts, scope, owner)
            case ast.ImportFrom(module=module, level=level, names=names):
                self._import_from(module if level == 0 else None, names, scope)
            case _:
                _bind(node, scope)
                self._push(list(ast.iter_child_nodes(node)), scope, owner)

    def _push(self, nodes: Sequence[ast.AST], scope: Scope, owner: Owner) -> None:
        parts = (node for node in reversed(nodes) if not isinstance(node, _WORDS))
        self._todo.extend((node, scope, owner) for node in parts)

    def _function(self, node: Function, scope: Scope, owner: Owner) -> None:
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        said = [one.annotation for one in every if one.annotation is not None]
        said += [node.returns] if node.returns is not None else []
        calls = [call for annotation in said for call in _calls(annotation)]
        self._push([*node.decorator_list, *_defaults(arguments), *calls], scope, owner)
        self._push(node.body, _of_parameters(arguments, scope), node)

    def _comprehension(self, node: Comprehension, scope: Scope, owner: Owner) -> None:
        inner = Scope(scope)
        for part in node.generators:
            _bind_target(part.target, Value(part.iter, whole=False), inner)
        self._push(list(ast.iter_child_nodes(node)), inner, owner)

    def _import_from(self, module: str | None, names: list[ast.alias], scope: Scope) -> None:
        for one in names:
            if one.name == "*":
                self.stars.extend([module] if module else [])
                continue
            bound = Module(f"{module}.{one.name}") if module else OPAQUE
            scope.bind(one.asname or one.name, bound)

    def _run_at_import(self) -> set[Owner]:
        """The functions of the file that are called by what runs when it is imported."""
        called: dict[Owner, list[ast.AST]] = {}
        for node in self.nodes:
            for made in self._called_by(node):
                called.setdefault(self._owners[node], []).append(made)
        reached: set[Owner] = set()
        todo = list(called.get(None, ()))
        while todo:
            node = todo.pop()
            for function in _functions(node):
                if function not in reached:
                    reached.add(function)
                    todo.extend(called.get(function, ()))
        return reached

    def _called_by(self, node: ast.AST) -> Iterator[ast.AST]:
        """What of this file a node calls, or hands to somebody who may."""
        match node:
            case ast.Call(func=func, args=args, keywords=keywords):
                yield from self._defined(func)
                given = [*args, *(keyword.value for keyword in keywords)]
                for one in given:
                    found = self._defined(one)
                    yield from (made for made in found if not isinstance(made, ast.ClassDef))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                for one in node.decorator_list:
                    yield from self._defined(one)
            case _:
                pass

    def _defined(self, node: ast.expr) -> list[Function | ast.ClassDef]:
        if not isinstance(node, ast.Name):
            return []
        bound = self.scope(node).look_up(node.id) or []
        return [one.node for one in bound if isinstance(one, Made)]


def _functions(node: ast.AST) -> list[Function]:
    """The functions that run where something is called: of a class, those that make an instance."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return [node]
    body = node.body if isinstance(node, ast.ClassDef) else []
    functions = [one for one in body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [one for one in functions if one.name in ("__init__", "__new__", "__post_init__")]


def _calls(annotation: ast.expr) -> list[ast.AST]:
    """What of an annotation does more than to name a type."""
    return [node for node in ast.walk(annotation) if isinstance(node, ast.Call)]


def _defaults(arguments: ast.arguments) -> list[ast.expr]:
    return [*arguments.defaults, *(one for one in arguments.kw_defaults if one is not None)]


def _of_parameters(arguments: ast.arguments, outer: Scope) -> Scope:
    scope = Scope(outer)
    rest = [one for one in (arguments.vararg, arguments.kwarg) if one is not None]
    for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *rest):
        scope.bind(one.arg, OPAQUE)
    return scope


def _is_main(test: ast.expr) -> bool:
    match test:
        case ast.Compare(
            left=ast.Name(id="__name__"),
            ops=[ast.Eq()],
            comparators=[ast.Constant(value="__main__")],
        ):
            return True
        case _:
            return False


def _bind(node: ast.AST, scope: Scope) -> None:
    match node:
        case ast.Import(names=names):
            for one in names:
                first = one.name.partition(".")[0]
                scope.bind(one.asname or first, Module(one.name if one.asname else first))
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                _bind_target(target, Value(value), scope)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            _bind_target(target, Value(value), scope)
        case ast.AugAssign(target=target, value=value):
            _bind_target(target, Value(value, whole=False), scope)
        case ast.NamedExpr(target=target, value=value):
            _bind_target(target, Value(value), scope)
        case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
            _bind_target(target, Value(value, whole=False), scope)
        case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
            _bind_target(target, Value(value, whole=False), scope)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            scope.bind(name, OPAQUE)
        case ast.MatchStar(name=str(name)):
            scope.bind(name, OPAQUE)
        case _:
            pass


def _bind_target(target: ast.expr, value: Value, scope: Scope) -> None:
    todo = [(target, value)]
    while todo:
        target, value = todo.pop()
        match target, value.node:
            case ast.Name(id=name), _:
                scope.bind(name, value)
            case (
                ast.Tuple(elts=targets) | ast.List(elts=targets),
                ast.Tuple(elts=values) | ast.List(elts=values),
            ) if value.whole and len(targets) == len(values):
                todo.extend((one, Value(other)) for one, other in zip(targets, values, strict=True))
            case ((ast.Tuple(elts=targets) | ast.List(elts=targets)), _):
                todo.extend((one, Value(value.node, whole=False)) for one in targets)
            case ast.Starred(value=one), _:
                todo.append((one, Value(value.node, whole=False)))
            case _:
                pass
