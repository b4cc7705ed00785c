"""A dictionary as far as the file shows it: what is in it, and what may be."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeAlias

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Known, Value
from flake8_hfmodels.sources.python.scopes import Binding, Scope

Here: TypeAlias = tuple[ast.expr, Scope]
"""An expression and the scope in which its names are looked up."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary whose text is in sight; `open` when it may hold more than we see.

    `sometimes` are those entries that another value may stand in for, or none.
    """

    entries: dict[str, Here]
    open: bool
    sometimes: frozenset[str] = frozenset()

    def changed(
        self, binding: Binding, changes: Sequence[tuple[str, Binding]], mutated: bool
    ) -> Dictionary:
        """The same dictionary after what is done to the name that `binding` gives it."""
        entries = dict(self.entries)
        sometimes = set(self.sometimes)
        for key, later in changes:
            always = later.branch == binding.branch and later.scope is binding.scope
            if key in entries or (isinstance(later.node, ast.expr) and not always):
                sometimes.add(key)
            if isinstance(later.node, ast.expr):
                entries.setdefault(key, (later.node, later.scope))
        return Dictionary(entries, self.open or mutated, frozenset(sometimes))


def either(first: Dictionary, second: Dictionary) -> Dictionary:
    """One of two dictionaries, nobody knows which."""
    entries = {**first.entries, **second.entries}
    return Dictionary(entries, first.open or second.open, frozenset(entries))


@dataclass(slots=True)
class Gathering:
    """Puts a dictionary together, entry by entry."""

    entries: dict[str, Here] = field(default_factory=dict)
    sometimes: set[str] = field(default_factory=set)
    open: bool = False

    def put(self, key: str, here: Here) -> None:
        """Put one entry, in place of one that was there."""
        self.entries[key] = here
        self.sometimes.discard(key)

    def put_one_of(self, keys: Value, here: Here) -> None:
        """Put one entry under a key that the source computes."""
        names = keys.strings() if isinstance(keys, Known) else ()
        for one in names:
            self.put(str(one.value), here)
        if len(names) != 1:
            self.sometimes.update(str(one.value) for one in names)
        self.open = self.open or not isinstance(keys, Known)

    def spread(self, inner: Dictionary | None) -> None:
        """Put all that another dictionary holds."""
        if inner is None:
            self.open = True
            return
        self.open = self.open or inner.open
        self.entries.update(inner.entries)
        self.sometimes.difference_update(inner.entries)
        self.sometimes.update(inner.sometimes)

    def done(self) -> Dictionary:
        """The dictionary that has been put together."""
        return Dictionary(self.entries, self.open, frozenset(self.sometimes))
