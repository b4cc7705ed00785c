"""Which functions of one file run as soon as it is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from flake8_hfmodels.hazards.classes import Classes
from flake8_hfmodels.hazards.scopes import Function, Layout, Made, Value

_Body: TypeAlias = Function | ast.Lambda

# https://docs.python.org/3/reference/datamodel.html: what runs without being named.
_OF_INSTANCES = ("__init__", "__new__", "__post_init__", "__set_name__")
_OF_METACLASSES = ("__prepare__", "__new__", "__init__")
_OF_BASES = ("__init_subclass__",)
_OF_CONTEXTS = ("__enter__", "__aenter__")
# https://docs.python.org/3/library/threading.html and multiprocessing.html
_BY_OTHERS = {"start": ("run",)}


class AtImport:
    """Says which nodes of a file run when it is imported."""

    def __init__(self, layout: Layout, classes: Classes) -> None:
        self._layout = layout
        self._classes = classes
        called: dict[_Body | None, list[_Body]] = {}
        for node in layout.nodes:
            called.setdefault(layout.owner(node), []).extend(self._called_by(node))
        self._reached: set[_Body] = set()
        todo = list(called.get(None, ()))
        while todo:
            body = todo.pop()
            if body not in self._reached:
                self._reached.add(body)
                todo.extend(called.get(body, ()))

    def __contains__(self, node: ast.AST) -> bool:
        owner = self._layout.owner(node)
        return owner is None or owner in self._reached

    def _called_by(self, node: ast.AST) -> Iterator[_Body]:
        """What of this file a node calls, or hands to somebody who may."""
        match node:
            case ast.Call(func=func, args=args, keywords=keywords):
                yield from self._called(func)
                for one in (*args, *(keyword.value for keyword in keywords)):
                    yield from self._functions(one)
            case ast.ClassDef(bases=bases, keywords=keywords, decorator_list=decorators):
                yield from self._of_classes(bases, _OF_BASES)
                yield from self._of_classes((one.value for one in keywords), _OF_METACLASSES)
                for one in decorators:
                    yield from self._called(one)
            case (
                ast.FunctionDef(decorator_list=decorators)
                | ast.AsyncFunctionDef(decorator_list=decorators)
            ):
                for one in decorators:
                    yield from self._called(one)
            case ast.withitem(context_expr=one):
                yield from self._of_classes([one], _OF_CONTEXTS)
            case _:
                pass

    def _called(self, node: ast.expr) -> Iterator[_Body]:
        """The functions that run where something is called: of a class, what makes an instance."""
        yield from self._functions(node)
        is_instance = isinstance(node, ast.Call)
        yield from self._of_classes([node], ("__call__",) if is_instance else _OF_INSTANCES)

    def _functions(self, node: ast.expr) -> Iterator[_Body]:
        """The functions that an expression may be."""
        if isinstance(node, ast.Attribute):
            names = (node.attr, *_BY_OTHERS.get(node.attr, ()))
            yield from self._of_classes([node.value], names)
        elif not isinstance(node, ast.Call):
            for one in self._classes.behind(node):
                yield from _bodies(one)

    def _of_classes(self, nodes: Iterable[ast.expr], names: Iterable[str]) -> Iterator[_Body]:
        for node in nodes:
            for holder in self._classes.of(node):
                for name in names:
                    for one in self._classes.member(holder, name):
                        yield from _bodies(one)


def _bodies(bound: object) -> Iterator[_Body]:
    match bound:
        case Made(node=ast.FunctionDef() | ast.AsyncFunctionDef() as body):
            yield body
        case Value(node=ast.Lambda() as body, whole=True):
            yield body
        case _:
            pass
