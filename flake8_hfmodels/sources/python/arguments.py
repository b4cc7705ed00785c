"""Which expression a call hands to which parameter, `**options` and `*rest` included."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import ABSENT, Absent, Unknown, Value
from flake8_hfmodels.sources.python.dictionaries import Gathering, Here
from flake8_hfmodels.sources.python.scopes import Scope
from flake8_hfmodels.sources.python.sequences import elements

if TYPE_CHECKING:
    from flake8_hfmodels.sources.python.values import Evaluator


SPREAD = 8
"""How far the tuple is followed that a call passes as `*arguments`."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one call, sorted.

    `hidden` says why an argument that we do not see may be there all the same.
    """

    positional: tuple[Here, ...]
    named: dict[str, Here]
    hidden: str | None
    sometimes: frozenset[str] = frozenset()

    def find(self, param: Param, evaluator: Evaluator) -> Here | Unknown | Absent:
        """The expression that a parameter gets, or what can be said without seeing one."""
        if param.within is not None:
            return self._find_within(param, param.within, evaluator)
        for name in param.names:
            if name in self.named:
                return self._given(name)
        if param.position is not None and param.position < len(self.positional):
            return self.positional[param.position]
        return self._not_seen()

    def value(self, param: Param | None, evaluator: Evaluator) -> Value:
        """The value that a parameter gets; absent for a parameter that the call does not have."""
        if param is None:
            return ABSENT
        found = self.find(param, evaluator)
        return evaluator.value(*found) if isinstance(found, tuple) else found

    def _find_within(
        self, param: Param, outer: str, evaluator: Evaluator
    ) -> Here | Unknown | Absent:
        for name in (outer,) if param.only_within else (*param.names, outer):
            if name in self.named:
                break
        else:
            return self._not_seen()
        given = self._given(name)
        if name != outer or not isinstance(given, tuple):
            return given
        inside = evaluator.dictionary(*given)
        if inside is None:
            return Unknown(outer, hidden=True)
        hidden = outer if inside.open else None
        return Arguments((), inside.entries, hidden, inside.sometimes).find(
            Param(param.names), evaluator
        )

    def _given(self, name: str) -> Here | Unknown:
        if name in self.sometimes:
            return Unknown(f"{name}, which is not always passed")
        return self.named[name]

    def _not_seen(self) -> Unknown | Absent:
        return Unknown(self.hidden, hidden=True) if self.hidden is not None else ABSENT


def sort_arguments(call: ast.Call, scope: Scope, evaluator: Evaluator) -> Arguments:
    """Sort the arguments of a call, looking into every `**options` that is in sight."""
    seen: list[Here] = []
    unseen = evaluator.is_spent(len(call.args) + len(call.keywords))
    if unseen:
        return Arguments((), {}, "too many arguments")
    for argument in call.args:
        found: Sequence[Here] | None = [(argument, scope)]
        if isinstance(argument, ast.Starred):
            found = elements(argument.value, scope, evaluator, SPREAD)
        if found is None:
            unseen = True
            break
        seen.extend(found)
    spread = Gathering()
    for keyword in call.keywords:
        if keyword.arg is None:
            spread.spread(evaluator.dictionary(keyword.value, scope))
    for keyword in call.keywords:
        if keyword.arg is not None:
            spread.put(keyword.arg, (keyword.value, scope))
    hidden = "**options" if spread.open else "*arguments" if unseen else None
    options = spread.done()
    return Arguments(tuple(seen), options.entries, hidden, options.sometimes)
