"""Calls whose arguments are given in two places: `functools.partial`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence, Set
from functools import cache

from flake8_hfmodels.loaders import method_names
from flake8_hfmodels.loaders.starters import METHODS
from flake8_hfmodels.sources.python.members import only_value
from flake8_hfmodels.sources.python.names import meaning
from flake8_hfmodels.sources.python.scopes import CallHere, Imported, Scope, Survey

MOST_ARGUMENTS = 64
"""A partial with more arguments than this is not followed."""


def whole_calls(survey: Survey, names: Set[str] | None = None) -> Iterator[CallHere]:
    """The calls of a module, a call of a partial with all that it passes.

    `load = partial(f, "a")` and `load(b=1)` come as `f("a", b=1)` at the second place; a partial
    that is called nowhere in the file comes as `f("a")` at its own. What is left out are calls
    of what neither has one of the `names` for its last nor may stand for one that has; they are
    those of loaders and of what starts a program, unless others are asked for.
    """
    partials = [call for call, scope in survey.calls_with(_PARTIAL) if _is_partial(call, scope)]
    own = {id(partial) for partial in partials}
    used: set[int] = set()
    for call, scope in survey.calls if own else _calls(survey, names):
        behind = _partial_behind(call.func, scope, own) if own else None
        if behind is not None:
            used.add(id(behind))
            yield _joined(behind, call), scope
        elif id(call) not in own:
            yield call, scope
        later = _called_later(call)
        if later is not None:
            yield later, scope
    for call, scope in survey.calls_with(_PARTIAL):
        if id(call) in own and id(call) not in used:
            yield _joined(call, None), scope


def _calls(survey: Survey, names: Set[str] | None) -> Sequence[CallHere]:
    if names is None:
        # Anything in the package `sh` is a program.
        names = survey.called.keys() if "sh" in survey.packages else _loading_or_starting()
    return survey.calls_with(names | survey.aliases | _CALLERS.keys())


@cache
def _loading_or_starting() -> frozenset[str]:
    return METHODS | method_names()


_PARTIAL = frozenset({"partial"})

# They call their first or second argument with the others: docs.python.org/3/library
# (concurrent.futures, asyncio, threading is by keyword and left out).
_CALLERS = {"submit": 0, "to_thread": 0, "run_in_executor": 1, "apply_async": 0}


def _called_later(call: ast.Call) -> ast.Call | None:
    """The call that an executor is asked to make: `f(a)` for `pool.submit(f, a)`."""
    match call.func:
        case ast.Attribute(attr=method) if method in _CALLERS:
            first = _CALLERS[method]
        case _:
            return None
    if len(call.args) < first + 2 or not isinstance(call.args[first], (ast.Attribute, ast.Name)):
        return None
    whole = ast.Call(func=call.args[first], args=call.args[first + 1 :], keywords=call.keywords)
    return ast.copy_location(whole, call)


def _is_partial(call: ast.Call, scope: Scope) -> bool:
    few = len(call.args) + len(call.keywords) <= MOST_ARGUMENTS
    return few and bool(call.args) and meaning(call.func, scope) == Imported("functools.partial")


def _partial_behind(callee: ast.expr, scope: Scope, partials: set[int]) -> ast.Call | None:
    match callee:
        case ast.Call() if id(callee) in partials:
            return callee
        case ast.Name(id=name):
            here = only_value(scope.lookup(name))  # the partial is one of this very module
            if here is not None and isinstance(here[0], ast.Call) and id(here[0]) in partials:
                return here[0]
            return None
        case _:
            return None


def _joined(partial: ast.Call, call: ast.Call | None) -> ast.Call:
    """The call that a partial comes to, at the place where it is made."""
    later = call.keywords if call is not None else []
    taken = {keyword.arg for keyword in later} - {None}
    keywords = [one for one in partial.keywords if one.arg not in taken]
    whole = ast.Call(
        func=partial.args[0],
        args=[*partial.args[1:], *(call.args if call is not None else [])],
        keywords=[*keywords, *later],
    )
    return ast.copy_location(whole, call or partial)
