"""A quick look at a call: may it start a program? What it starts is read elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_hfmodels.loaders.starters import METHODS
from flake8_hfmodels.sources.python.names import MANY
from flake8_hfmodels.sources.python.scopes import Binding, Scope


def may_start(call: ast.Call, scope: Scope) -> bool:
    """Whether a call may start a program, by its last name alone."""
    match call.func:
        case ast.Attribute(attr=last) if last in METHODS:
            return True
        case ast.Name(id=name) if _names_one(scope.lookup(name)):
            return True
        case _:
            return "sh" in scope.survey.packages


def _names_one(bindings: Sequence[Binding]) -> bool:
    return len(bindings) <= MANY and any(map(_names_a_starter, bindings))


def _names_a_starter(binding: Binding) -> bool:
    match binding.how, binding.node:
        case "import", _:
            return binding.target.rpartition(".")[2] in METHODS
        case "value", ast.Attribute(attr=method):
            return method in METHODS
        case "value", node:
            return isinstance(node, ast.Name)
        case _:
            return False
