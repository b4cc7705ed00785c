"""Which name stands for what in one file: scopes and bindings."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeAlias

from flake8_hfmodels.record import dataclass, field

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True, slots=True)
class Module:
    """A name that an import binds: to a module, or to something in one.

    Relative to the file's own folder, it has as many dots before it as the import has.
    """

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


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """The first parameter of a method: the class that it is defined in, or an instance of it."""

    node: ast.ClassDef


@dataclass(frozen=True, slots=True)
class Opaque:
    """A name of which nothing is known but that it is bound: a parameter, say."""


Bound: TypeAlias = Module | Value | Made | Own | Opaque
OPAQUE = Opaque()


@dataclass(slots=True, eq=False)
class Scope:
    """The names of a module, a class, a function or a comprehension."""

    outer: Scope | None
    made_by: ast.AST | None = None
    names: dict[str, list[Bound]] = field(default_factory=dict)
    elsewhere: dict[str, Scope] = field(default_factory=dict)

    def bind(self, name: str, bound: Bound) -> None:
        """Add one of the things that a name may stand for."""
        scope = self.elsewhere.get(name, self)
        scope.names.setdefault(name, []).append(bound)

    def look_up(self, name: str) -> list[Bound] | None:
        """What a name may stand for here; `None`: nothing in this file binds it."""
        scope = self.holder(name)
        return None if scope is None else scope.names[name]

    def holder(self, name: str) -> Scope | None:
        """The scope in which a name is bound that is used here."""
        scope: Scope | None = self.elsewhere.get(name, self)
        while scope is not None:
            if name in scope.names and (scope is self or not scope.is_class):
                return scope
            scope = scope.outer
        return None

    @property
    def is_class(self) -> bool:
        """Whether it is that of a class, whose names its functions do not see."""
        return isinstance(self.made_by, ast.ClassDef)

    def of_walrus(self) -> Scope:
        """The scope in which `:=` binds: not that of a comprehension."""
        scope = self
        while isinstance(scope.made_by, _COMPREHENSIONS) and scope.outer is not None:
            scope = scope.outer
        return scope

    def declare(self, names: Sequence[str], is_global: bool) -> None:
        """Have names bound further out, as `global` and `nonlocal` say."""
        outermost = self
        while outermost.outer is not None:
            outermost = outermost.outer
        for name in names:
            holder = None if is_global or self.outer is None else self.outer.holder(name)
            self.elsewhere[name] = holder or outermost


_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


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
        self.tree = tree
        self.module = Scope(None, tree)
        self.stars: list[str] = []
        self.members: dict[ast.ClassDef, Scope] = {}
        self.attributes: list[tuple[ast.Attribute, Value]] = []
        self.nodes: list[ast.AST] = []
        self._scopes: dict[ast.AST, Scope] = {}
        self._owners: dict[ast.AST, Owner] = {}
        self._programs: list[tuple[ast.AST, Scope, Owner]] = []
        self._todo: list[tuple[ast.AST, Scope, Owner]] = [(tree, self.module, None)]
        self._place_all()
        if "__name__" in self.module.names:  # whoever gives a file a name decides what that one is
            self._todo.extend(self._programs)
            self._place_all()

    def scope(self, node: ast.AST) -> Scope:
        """The scope that a node stands in."""
        return self._scopes.get(node, self.module)

    def owner(self, node: ast.AST) -> Owner:
        """The function whose body a node stands in."""
        return self._owners[node]

    def _place_all(self) -> None:
        while self._todo:
            self._place(*self._todo.pop())

    def _place(self, node: ast.AST, scope: Scope, owner: Owner) -> None:
        self.nodes.append(node)
        self._scopes[node], self._owners[node] = scope, owner
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                scope.bind(node.name, Made(node))
                self._function(node, scope, owner)
            case ast.Lambda(args=arguments, body=body):
                self._push(_defaults(arguments), scope, owner)
                self._push([body], _of_parameters(node, arguments, scope), node)
            case ast.ClassDef():
                scope.bind(node.name, Made(node))
                self.members[node] = Scope(scope, node)
                self._push([*node.decorator_list, *node.bases, *node.keywords], scope, owner)
                self._push(node.body, self.members[node], owner)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._comprehension(node, scope, owner)
            case ast.If(test=test, body=body, orelse=orelse) if _is_main(test):
                self._programs.extend((one, scope, owner) for one in reversed(body))
                self._push(orelse, scope, owner)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                scope.declare(names, isinstance(node, ast.Global))
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                _bind(node, scope)
                parts = [target, *_calls(annotation), *([value] if value else [])]
                self._push(parts, scope, owner)
            case ast.ImportFrom(module=module, level=level, names=names):
                self._import_from(f"{'.' * level}{module or ''}", names, scope)
            case ast.NamedExpr(target=target, value=value):
                _bind_target(target, Value(value), scope.of_walrus())
                self._push([target, value], scope, owner)
            case ast.Subscript(slice=ast.Constant(value="__name__"), ctx=ast.Store()):
                self.module.bind("__name__", OPAQUE)
                self._push([node.value], scope, owner)
            case ast.Assign(targets=targets, value=value):
                found = [one for one in targets if isinstance(one, ast.Attribute)]
                self.attributes += [(one, Value(value)) for one in found]
                _bind(node, scope)
                self._push([*targets, value], scope, owner)
            case _:
                _bind(node, scope)
                self._push(list(ast.iter_child_nodes(node)), scope, owner)

    def _push(self, nodes: Sequence[ast.AST], scope: Scope, owner: Owner) -> None:
        parts = (node for node in reversed(nodes) if not isinstance(node, _WORDS))
        self._todo.extend((node, scope, owner) for node in parts)

    def _function(self, node: Function, scope: Scope, owner: Owner) -> None:
        arguments = node.args
        said = [one.annotation for one in _parameters(arguments) if one.annotation is not None]
        said += [node.returns] if node.returns is not None else []
        calls = [call for annotation in said for call in _calls(annotation)]
        self._push([*node.decorator_list, *_defaults(arguments), *calls], scope, owner)
        self._push(node.body, _of_parameters(node, arguments, scope), node)

    def _comprehension(self, node: Comprehension, scope: Scope, owner: Owner) -> None:
        inner = Scope(scope, node)
        for part in node.generators:
            _bind_target(part.target, Value(part.iter, whole=False), inner)
        first, *others = node.generators
        results = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
        parts = [part for one in node.generators for part in (one.target, *one.ifs)]
        self._push([*results, *parts, *(one.iter for one in others)], inner, owner)
        self._push([first.iter], scope, owner)  # it knows nothing of the targets

    def _import_from(self, module: str, names: list[ast.alias], scope: Scope) -> None:
        for one in names:
            if one.name == "*":
                self.stars.append(module)
                continue
            full = f"{module}{'' if module.endswith('.') else '.'}{one.name}"
            scope.bind(one.asname or one.name, Module(full))


def _calls(annotation: ast.expr) -> list[ast.AST]:
    """What of an annotation does more than to name a type."""
    return [node for node in ast.walk(annotation) if isinstance(node, ast.Call)]


def _defaults(arguments: ast.arguments) -> list[ast.expr]:
    return [*arguments.defaults, *(one for one in arguments.kw_defaults if one is not None)]


def _of_parameters(node: Function | ast.Lambda, arguments: ast.arguments, outer: Scope) -> Scope:
    scope = Scope(outer, node)
    own = [Own(outer.made_by)] if isinstance(outer.made_by, ast.ClassDef) else []
    for number, one in enumerate(_parameters(arguments)):
        scope.bind(one.arg, own[0] if own and number == 0 else OPAQUE)
    return scope


def _parameters(arguments: ast.arguments) -> list[ast.arg]:
    rest = [one for one in (arguments.vararg, arguments.kwarg) if one is not None]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *rest]


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
        case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
            _bind_target(target, Value(value, whole=False), scope)
        case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
            _bind_target(target, Value(value), scope)
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
