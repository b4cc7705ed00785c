"""What expressions stand for, as far as the repo itself says it: names and texts."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeAlias, TypeVar

from flake8_hfmodels.hazards.classes import Classes
from flake8_hfmodels.hazards.names import (
    ANY,
    ATTRIBUTE_GETTERS,
    IMPORTERS,
    ITEM_GETTERS,
    SMUGGLED,
)
from flake8_hfmodels.hazards.scopes import Bound, Layout, Made, Module, Scope, Value
from flake8_hfmodels.hazards.spelling import Texts
from flake8_hfmodels.hazards.texts import Text

MOST_NAMES = 64
"""How many things an expression may stand for before nobody can follow it."""

DEEPEST = 60
"""How many steps are followed from an expression to what it stands for."""

MOST_ROUNDS = 3
"""How often it is tried again what stands for itself in a circle."""

DEEPEST_TEXT = 30
"""How many, where it is a text or a path that is put together: what it names comes after."""

_T = TypeVar("_T")
_Key: TypeAlias = "ast.AST | tuple[int, str]"
_NOTHING: frozenset[str] = frozenset()


class Spent:
    """How deep we are, in whichever file of a repo."""

    depth = 0


class Beside(Protocol):
    """The other files of the repo."""

    def own(self, path: str, name: str) -> str | None:
        """The name in the repo of what a file imports by a name."""

    def names(self, own: str) -> frozenset[str]:
        """What a name of the repo stands for."""

    def text(self, own: str) -> Text | None:
        """The text that a name of the repo stands for."""


class Meaning:
    """Says what the expressions of one file stand for. Nothing is run."""

    def __init__(self, layout: Layout, path: str, beside: Beside, spent: Spent) -> None:
        self.layout = layout
        self.classes = Classes(layout)
        self.is_tired = False
        self._path = path
        self._beside = beside
        self._spent = spent
        self._names: dict[_Key, frozenset[str]] = {}
        self._open: set[_Key] = set()
        self._latest: list[_Key] = []
        self._guessed: dict[_Key, frozenset[str]] = {}
        self._is_circular = False
        self._texts = Texts(layout, self.names, self.deeper, self._own_text)

    # Names

    def names(self, node: ast.expr) -> frozenset[str]:
        """The dotted names that an expression may stand for, as if each were imported."""
        return self._kept(node, lambda: self._named(node))

    def exported(self, parts: Sequence[str]) -> frozenset[str]:
        """What other files have of this one by a name, or by an attribute of what it names."""
        found = self.deeper(lambda: self._exported(parts), None, DEEPEST)
        self.is_tired |= found is None
        return found or _NOTHING

    def _exported(self, parts: Sequence[str]) -> frozenset[str] | None:
        first, rest = parts[0], parts[1:]
        name = first.removesuffix("()")
        if name not in self.layout.module.names:
            found = frozenset(self._spelled(f"{star}.{first}" for star in self.layout.stars))
            return frozenset(self._spelled(".".join([one, *rest]) for one in found))
        called = first.removeprefix(name)
        names = self._of_scope(self.layout.module, name)
        found = frozenset(".".join([f"{one}{called}", *rest]) for one in names)
        for one in self.layout.module.names[name]:
            if rest and isinstance(one, Made) and isinstance(one.node, ast.ClassDef):
                held = self._of_member(one.node, rest[0])
                found |= frozenset(".".join([name, *rest[1:]]) for name in held)
        return frozenset(self._spelled(found))

    def exported_text(self, name: str) -> Text | None:
        """The text that other files have of this one by a name."""
        return self.deeper(lambda: self._texts.bound(self.layout.module.names.get(name)), None)

    def _kept(self, key: _Key, named: Callable[[], Iterable[str]]) -> frozenset[str]:
        if key in self._names:
            self._is_circular |= key in self._open
            return self._names[key]
        is_outermost = not self._open
        self._find(key, named)
        for _ in range(MOST_ROUNDS):
            if not is_outermost or not self._is_circular:
                break
            before = {one: self._names.pop(one) for one in self._latest}
            self._latest, self._guessed, self._is_circular = [], before, False
            self._find(key, named)
            if all(self._names.get(one) == found for one, found in before.items()):
                break
        if is_outermost:
            self._latest, self._guessed, self._is_circular = [], {}, False
        return self._names[key]

    def _find(self, key: _Key, named: Callable[[], Iterable[str]]) -> None:
        """Find what a key stands for; of what stands for itself as well, what is known so far."""
        self._names[key] = self._guessed.get(key, _NOTHING)
        self._open.add(key)
        self._latest.append(key)
        found = self.deeper(lambda: self._all(named), None, DEEPEST)
        self._open.discard(key)
        is_too_much = found is None or len(found) > MOST_NAMES
        guessed = self._guessed.get(key)  # in a circle, names grow without end
        self.is_tired |= is_too_much and guessed is None
        self._names[key] = (guessed if is_too_much else found) or _NOTHING

    def _all(self, named: Callable[[], Iterable[str]]) -> frozenset[str] | None:
        return frozenset(self._spelled(named()))

    def _spelled(self, names: Iterable[str]) -> Iterator[str]:
        """Names, and what they stand for in the repo, or in the modules that libraries import."""
        for name in names:
            yield name
            own = name if name.startswith("/") else self._beside.own(self._path, name)
            if own is not None:
                yield own
                yield from self._beside.names(own)
            elif not name.startswith("."):
                yield from _smuggled(name)

    def _named(self, node: ast.expr) -> Iterator[str]:
        match node:
            case ast.Name(id=name):
                yield from self._bound(node, name)
            case ast.Attribute(value=value, attr=attribute):
                yield from (f"{one}.{attribute}" for one in self.names(value))
                for holder in self.classes.of(value):
                    yield from self._of_member(holder, attribute)
            case ast.Subscript(value=value, slice=key):
                yield from self._item(value, self.texts(key))
            case ast.Call():
                yield from self._result(node)
            case ast.IfExp(body=one, orelse=other):
                yield from self.names(one) | self.names(other)
            case ast.BoolOp(values=values):
                yield from (name for value in values for name in self.names(value))
            case ast.NamedExpr(value=value) | ast.Await(value=value):
                yield from self.names(value)
            case _:
                pass

    def _bound(self, node: ast.AST, name: str) -> Iterator[str]:
        scope = self.layout.scope(node).holder(name)
        if scope is None:
            yield "builtins" if name == "__builtins__" else f"builtins.{name}"
            yield from (f"{star}.{name}" for star in self.layout.stars)
        else:
            yield from self._of_scope(scope, name)

    def _of_scope(self, scope: Scope, name: str) -> frozenset[str]:
        return self._kept((id(scope), name), lambda: self._of_bounds(scope.names[name]))

    def _of_member(self, holder: ast.ClassDef, name: str) -> frozenset[str]:
        return self._kept((id(holder), name), lambda: self._members(holder, name))

    def _members(self, holder: ast.ClassDef, name: str) -> Iterator[str]:
        yield from self._of_bounds(self.classes.member(holder, name))
        for base in holder.bases:  # of other files
            yield from (f"{one}.{name}" for one in self.names(base) if one.startswith("/"))

    def _of_bounds(self, bounds: Iterable[Bound]) -> Iterator[str]:
        for one in bounds:
            match one:
                case Module(name=full):
                    yield full
                case Value(node=value, whole=True):
                    yield from self.names(value)
                case _:
                    pass

    def _item(self, value: ast.expr, keys: Sequence[Text]) -> Iterator[str]:
        """What `sys.modules["os"]` and its like stand for."""
        texts = [key for key in keys if isinstance(key, str)]
        for one in self.names(value):
            if one == "sys.modules":
                yield from texts or [ANY]
            elif one == "builtins" or one.endswith(".__dict__"):
                yield from (f"{one.removesuffix('.__dict__')}.{key}" for key in texts)
        match value:
            case ast.Call(func=func) if self.names(func) & {"builtins.globals", "builtins.locals"}:
                for key in texts:
                    yield from self._bound(value, key)
            case _:
                pass

    def _result(self, call: ast.Call) -> Iterator[str]:
        """What a call stands for that does nothing but look a name up; else its result."""
        functions = self.names(call.func)
        results = (one for one in functions if "(" not in one)  # of what they return, nothing
        yield from (f"{one}()" for one in results if not one.startswith("builtins."))
        match call:
            case ast.Call(func=ast.Call(func=getter, args=[name]), args=[value]) if (
                "operator.attrgetter" in self.names(getter)
            ):
                yield from self._attribute(value, name)
            case ast.Call(args=[value, name, *_]) if functions & ATTRIBUTE_GETTERS:
                yield from self._attribute(value, name)
            case ast.Call(args=[value]) if "builtins.vars" in functions:
                yield from (f"{one}.__dict__" for one in self.names(value))
            case ast.Call(args=[first, *_]) if functions & {
                "functools.partial",
                "importlib.reload",
            }:
                yield from self.names(first)
            case _ if functions & IMPORTERS:
                yield from self._imported(functions, imported_by(call))
            case ast.Call(func=ast.Attribute(value=value, attr=method), args=[key, *_]):
                if method in ITEM_GETTERS:
                    yield from self._item(value, self.texts(key))
                if method == "__getattribute__":
                    yield from self._attribute(value, key)
            case _:
                pass

    def _imported(self, functions: frozenset[str], name: ast.expr | None) -> Iterator[str]:
        texts = [] if name is None else [one for one in self.texts(name) if isinstance(one, str)]
        for text in texts or [ANY]:
            yield text.replace(":", ".")
            if "builtins.__import__" in functions:
                yield text.partition(".")[0]

    def _attribute(self, value: ast.expr, name: ast.expr) -> Iterator[str]:
        texts = [one for one in self.texts(name) if isinstance(one, str)]
        yield from (f"{one}.{text}" for one in self.names(value) for text in texts)

    # Texts

    def text(self, node: ast.expr) -> Text | None:
        """The text that an expression makes, where all of it stands in the repo."""
        return self._texts.one(node)

    def texts(self, node: ast.expr) -> list[Text]:
        """The texts that an expression makes, where it goes over some that stand in the repo."""
        return self._texts.each(node)

    def _own_text(self, name: str) -> Text | None:
        own = self._beside.own(self._path, name)
        return None if own is None else self._beside.text(own)

    def deeper(self, step: Callable[[], _T], otherwise: _T, most: int = DEEPEST_TEXT) -> _T:
        """What a step says, unless there were too many of them before it."""
        if self._spent.depth >= most:
            return otherwise
        self._spent.depth += 1
        try:
            return step()
        finally:
            self._spent.depth -= 1


def imported_by(call: ast.Call) -> ast.expr | None:
    """What says the name of the module that a call imports."""
    named = (one.value for one in call.keywords if one.arg == "name")
    return call.args[0] if call.args else next(named, None)


def _smuggled(name: str) -> Iterator[str]:
    """A module by its own name that is had as an attribute of one that imports it."""
    parts = name.split(".")
    for number in range(len(parts) - 1, 0, -1):
        module = parts[number].lstrip("_")
        is_bare = number == 1 and parts[0] == "builtins"
        if module in SMUGGLED and not is_bare and not any("(" in one for one in parts[:number]):
            yield ".".join([module, *parts[number + 1 :]])
            return
