"""What attributes are: fields of objects, of classes, options of a command line."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_hfmodels.reference import Known, Unknown, Value
from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.flow import bindings_at
from flake8_hfmodels.sources.python.members import only_value
from flake8_hfmodels.sources.python.names import bindings_of, meaning
from flake8_hfmodels.sources.python.options import NAMESPACE
from flake8_hfmodels.sources.python.possibilities import MOST, merge, opened
from flake8_hfmodels.sources.python.scopes import CallHere, Own, Scope, Survey
from flake8_hfmodels.sources.python.wording import last_word, words

if TYPE_CHECKING:
    from flake8_hfmodels.sources.python.values import Evaluator

MADE_HOPS = 6
"""How many names are followed to the call that made an object."""


def attribute(evaluator: Evaluator, node: ast.Attribute, scope: Scope, depth: int) -> Value:
    """What an attribute can be: passed to the maker of its object, of its class, an option."""
    given = field_given(evaluator, node, scope)
    if given is not None:
        return evaluator.value(*given, depth - 1)
    groups = evaluator.groups(node, scope)
    if not groups and node.attr == "value" and isinstance(node.value, ast.Attribute):
        member = evaluator.value(node.value, scope, depth - 1)  # of an enumeration
        return member if isinstance(member, Known) else Unknown(words(node))
    if groups:
        value = merge([evaluator.of_bindings(one, node.attr, depth - 1) for one in groups])
        return opened(value) if len(groups) > 1 else value
    return option(evaluator, node.attr, node.value, Unknown(words(node)), scope, depth)


def field_given(evaluator: Evaluator, node: ast.Attribute, scope: Scope) -> Here | None:
    """What the call that made an object passed for one of its attributes."""
    made = _made(evaluator, node.value, scope)
    return _field(evaluator, node.attr, *made) if made is not None else None


def _made(evaluator: Evaluator, node: ast.expr, scope: Scope) -> CallHere | None:
    """The call that made an object, where the object's name is bound once."""
    for _ in range(MADE_HOPS):
        match node:
            case ast.Call():
                return node, scope
            case ast.Name():
                here = only_value(bindings_at(node, scope))
            case ast.Attribute():
                groups = evaluator.groups(node, scope)
                here = only_value(groups[0]) if len(groups) == 1 else None
            case _:
                return None
        if here is None:
            return None
        node, scope = here
    return None


def _field(evaluator: Evaluator, name: str, call: ast.Call, scope: Scope) -> Here | None:
    """What the call that makes an object passes for one of its fields."""
    if evaluator.is_spent(len(call.keywords)):
        return None
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value, scope
    match meaning(call.func, scope):
        case Own(ast.ClassDef(), instance=False) as own if "__init__" not in own.body.bindings:
            position = evaluator.members.position(own.body, name)
            if position is None or position >= len(call.args):
                return None
            found = call.args[position]
            return None if isinstance(found, ast.Starred) else (found, scope)
        case _:
            return None


def option(
    evaluator: Evaluator, name: str, holder: ast.expr, nothing: Unknown, scope: Scope, depth: int
) -> Value:
    """The default of a command-line option that an attribute of its holder stands for."""
    called = last_word(holder)
    made = _made(evaluator, holder, scope)
    of_made = last_word(made[0].func) if made is not None else ""
    if not (NAMESPACE.search(called) or NAMESPACE.search(of_made)):
        return nothing
    for survey in _surveys_of(evaluator, made, scope):
        options = evaluator.options_of(survey)
        places = options.defaults.get(name, ())
        if places and len(places) <= MOST:
            return opened(evaluator.any_of(places, depth))
        owner = options.field_of(name, called)
        if owner is not None:
            return opened(evaluator.of_bindings(owner.bindings[name], name, depth - 1))
    return nothing


def _surveys_of(evaluator: Evaluator, made: CallHere | None, scope: Scope) -> Iterator[Survey]:
    """The modules whose options an object may hold: its own, that of what made it."""
    yield scope.survey
    match made and made[0].func:
        case ast.Name(id=name) if made is not None:
            for binding in bindings_of(name, made[1]):
                if binding.scope.survey is not scope.survey:
                    yield binding.scope.survey
        case _:
            return
