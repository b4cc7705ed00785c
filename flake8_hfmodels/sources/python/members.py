"""The attributes of classes and objects of this project, and the calls that made them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.names import MANY, bindings_of, meaning
from flake8_hfmodels.sources.python.scopes import Binding, Module, Own, Scope, Survey

BASES = 8
"""How many classes up an inherited attribute is followed."""


@dataclass(slots=True)
class Members:
    """Finds attributes of classes.

    `heirs` are the classes that are made from each class of a module, `positions` the fields of
    each class.
    """

    heirs: dict[int, Mapping[int, Sequence[Scope]]] = field(default_factory=dict)
    positions: dict[int, Mapping[str, int]] = field(default_factory=dict)

    def position(self, body: Scope, name: str) -> int | None:
        """Where the call of a class passes a field, if it has it."""
        if id(body) not in self.positions:
            self.positions[id(body)] = _positions(body)
        return self.positions[id(body)].get(name)

    def groups(self, attribute: str, owner: Scope) -> Sequence[Sequence[Binding]]:
        """The bindings of an attribute of a class or a module, each class by itself."""
        if owner.is_class:
            return [*self._inherited(attribute, owner), *self._overridden(attribute, owner)]
        own = bindings_of(attribute, owner)
        return [own] if own else ()

    def owner(self, node: ast.Attribute, scope: Scope) -> Scope | None:
        """The class or the module of this project that an attribute belongs to."""
        if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls") and scope.owner:
            return scope.owner
        match meaning(node.value, scope):
            case Own(ast.ClassDef()) as own:
                return own.body
            case Module(survey):
                return survey.module
            case _:
                return None

    def is_assigned_outside(self, attribute: str, owner: Scope) -> bool:
        """Whether others than the class itself assign its attribute, or too many may."""
        places = owner.survey.assigned.get(attribute, ())
        if len(places) > MANY:
            return True
        objects = (meaning(node, scope) for node, scope in places)
        return any(isinstance(of, Own) and of.node is owner.node for of in objects)

    def _inherited(self, attribute: str, owner: Scope) -> Iterator[Sequence[Binding]]:
        """The attribute as the class has it: its own, or that of the first base that has it."""
        for body in _line(owner):
            bindings = body.member(attribute)
            if bindings:
                yield bindings
                return

    def _overridden(self, attribute: str, owner: Scope) -> Iterator[Sequence[Binding]]:
        """The attribute as the classes made from this one have it."""
        survey = owner.survey
        if id(survey) not in self.heirs:
            self.heirs[id(survey)] = _heirs(survey)
        seen = {id(owner.node)}
        todo = list(self.heirs[id(survey)].get(id(owner.node), ()))
        while todo and len(seen) <= MANY:
            body = todo.pop(0)
            if id(body.node) in seen:
                continue
            seen.add(id(body.node))
            todo.extend(self.heirs[id(survey)].get(id(body.node), ()))
            bindings = body.member(attribute)
            if bindings:
                yield bindings


def _line(body: Scope) -> Iterator[Scope]:
    """A class and its bases in this project, nearest first."""
    seen: set[int] = set()
    todo = [body]
    while todo and len(seen) < BASES:
        one = todo.pop(0)
        if id(one.node) not in seen:
            seen.add(id(one.node))
            yield one
            todo.extend(own.body for own in _bases(one))


def _bases(body: Scope) -> Iterator[Own]:
    if isinstance(body.node, ast.ClassDef) and body.parent is not None:
        for base in body.node.bases[:MANY]:
            of = meaning(base, body.parent)
            if isinstance(of, Own) and isinstance(of.node, ast.ClassDef) and not of.instance:
                yield of


def _heirs(survey: Survey) -> Mapping[int, Sequence[Scope]]:
    found: dict[int, list[Scope]] = defaultdict(list)
    for body in survey.bodies.values():
        for base in _bases(body):
            found[id(base.node)].append(body)
    return found


def _positions(body: Scope) -> Mapping[str, int]:
    """The fields of a dataclass or a named tuple, in the order in which they are passed."""
    statements = body.node.body if isinstance(body.node, ast.ClassDef) else []
    names = [
        one.target.id
        for one in statements
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    ]
    return {name: number for number, name in enumerate(names)}


def only_value(bindings: Sequence[Binding]) -> Here | None:
    """The expression of a name that is bound once, as a whole."""
    match bindings:
        case [Binding(how="value", node=ast.expr() as node, scope=scope, part=())]:
            return node, scope
        case _:
            return None
