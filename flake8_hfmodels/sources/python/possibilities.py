"""Which of several values an expression can have, and when that is too much to say."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known, Unknown, Value
from flake8_hfmodels.sources.python.scopes import Binding

MOST = 64
"""A value with more possibilities than this counts as unknown."""


def counting(bindings: Sequence[Binding]) -> Sequence[Binding]:
    """Those bindings whose values can be left at the end.

    `x = x or "default"` replaces a parameter; `if x is None: x = "default"` replaces its `None`.
    """
    assigned = [one for one in bindings if one.how != "parameter"]
    if not assigned:
        return bindings
    if any(one.how == "value" and one.branch is None for one in assigned):
        return assigned
    kept = [one for one in bindings if one.how == "parameter" and not _is_none(one.node)]
    return [*kept, *assigned]


def _is_none(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def reassigned(bindings: Sequence[Binding]) -> bool:
    """Whether one value replaces another on one path, so that which one counts is a guess."""
    branches = [one.branch for one in bindings]
    return len(set(branches)) < len(branches) or any(one.how == "opaque" for one in bindings)


def merge(values: Sequence[Value]) -> Value:
    """All that several values can be; what is unknown among them is left open."""
    known = [value for value in values if isinstance(value, Known)]
    unknown = [value for value in values if isinstance(value, Unknown)]
    written = tuple(dict.fromkeys(one for value in known for one in value.values))
    if unknown:
        written = tuple(one for one in written if isinstance(one.value, str))
    if not written or len(written) > MOST:
        return unknown[0] if unknown else Unknown("one of many")
    return Known(written, closed=not unknown and all(value.closed for value in known))


def true_part(value: Value) -> Value:
    """What of a value goes through `value or …`."""
    if not isinstance(value, Known):
        return value
    return Known(tuple(one for one in value.values if one.value), value.closed)


def opened(value: Value) -> Value:
    """A value that others can be passed instead of."""
    return replace(value, closed=False) if isinstance(value, Known) else value


def ends_there(value: Value) -> bool:
    """Whether nothing behind `value or` is ever looked at."""
    return isinstance(value, Known) and all(one.value for one in value.values)
