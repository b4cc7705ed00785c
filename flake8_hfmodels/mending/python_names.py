"""How often the names of one module are bound and read, and to what."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from flake8_hfmodels.record import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class _Counts:
    """What is counted in one go through a module."""

    bound: Mapping[str, int]
    read: Mapping[str, int]
    values: Mapping[str, list[ast.expr]]
    imported: Mapping[str, str]


class Names:
    """The names and dotted names of one module, which are counted when somebody asks."""

    def __init__(self, tree: ast.Module, text: str) -> None:
        self._tree = tree
        self._text = text

    @property
    def bound(self) -> Mapping[str, int]:
        """How often each gets a value."""
        return self._counts.bound

    @property
    def read(self) -> Mapping[str, int]:
        """How often each is used."""
        return self._counts.read

    @property
    def values(self) -> Mapping[str, list[ast.expr]]:
        """The expressions that are assigned to a name alone."""
        return self._counts.values

    def imported(self, name: str) -> str:
        """The last word of what an import renames to a name; the name where none does."""
        return self._counts.imported.get(name, name) if f"as {name}" in self._text else name

    @cached_property
    def _counts(self) -> _Counts:
        return _counted(self._tree)

    def is_made(self, name: str) -> bool:
        """Whether a name stands for nothing but what `from_pretrained` made."""
        values = self.values.get(name, [])
        return len(values) == self.bound[name] > 0 and all(map(is_made, values))

    def only_value(self, name: str) -> ast.expr | None:
        """What is assigned to a name that is bound once and used once."""
        values = self.values.get(name, [])
        is_only = self.bound[name] == self.read[name] == 1 == len(values)
        return values[0] if is_only else None


def _counted(tree: ast.Module) -> _Counts:
    bound: Counter[str] = Counter()
    read: Counter[str] = Counter()
    values: dict[str, list[ast.expr]] = {}
    imported: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Name() | ast.Attribute():
                counted = read if isinstance(node.ctx, ast.Load) else bound
                counted[dotted(node)] += 1
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AnnAssign(target=target, value=ast.expr() as value)
            ):
                values.setdefault(dotted(target), []).append(value)
            case ast.alias(name=name, asname=asname):
                bound[asname or name] += 1
                if asname is not None:
                    imported[asname] = name.rpartition(".")[2]
            case _:
                bound.update(_bound(node))
    return _Counts(bound, read, values, imported)


def dotted(node: ast.expr) -> str:
    """A name, or a chain of names; nothing for all other expressions."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=base, attr=name):
            before = dotted(base)
            return f"{before}.{name}" if before else ""
        case _:
            return ""


def is_made(node: ast.expr) -> bool:
    """Whether an expression is a call of some `from_pretrained`."""
    match node:
        case ast.Call(func=ast.Attribute(attr="from_pretrained")):
            return True
        case _:
            return False


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a node binds which is no expression and no assignment."""
    match node:
        case ast.arg(arg=str(name)) | ast.ExceptHandler(name=str(name)):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield from names
        case _:
            return
