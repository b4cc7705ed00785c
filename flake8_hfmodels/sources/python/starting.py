"""A quick look at a call: may it start a program? What it starts is read elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence

from flake8_hfmodels.loaders.starters import METHODS
from flake8_hfmodels.sources.python.names import MANY
from flake8_hfmodels.sources.python.scopes import Binding, Scope


def may_start(call: ast.Call, scope: Scope) -> bool:
    """Whether a call may start a program, by its last name alone."""
    return may_call(call, scope, METHODS) or "sh" in scope.survey.packages


def may_call(call: ast.Call, scope: Scope, methods: Collection[str]) -> bool:
    """Whether a call may be of a function with one of these names, by its last name alone."""
    match call.func:
        case ast.Attribute(attr=last):
            return last in methods
        case ast.Name(id=name):
            return _stands_for_one(scope.lookup(name), methods)
        case _:
            return False


def _stands_for_one(bindings: Sequence[Binding], methods: Collection[str]) -> bool:
    return len(bindings) <= MANY and any(_may_stand_for_one(one, methods) for one in bindings)


def _may_stand_for_one(binding: Binding, methods: Collection[str]) -> bool:
    match binding.how, binding.node:
        case "import", _:
            return binding.target.rpartition(".")[2] in methods
        case "value", ast.Attribute(attr=method):
            return method in methods
        case "value", node:
            return isinstance(node, ast.Name)
        case _:
            return False
