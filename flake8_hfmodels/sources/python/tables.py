"""Revisions that a dictionary gives for each id: `revision={"org/model": "<hash>"}.get(name)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Known, Unknown, Value
from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.possibilities import ends_there, merge, true_part
from flake8_hfmodels.sources.python.scopes import Scope
from flake8_hfmodels.sources.python.wording import words

if TYPE_CHECKING:
    from flake8_hfmodels.sources.python.values import Evaluator


@dataclass(frozen=True, slots=True)
class Table:
    """The revision for each text that may be passed as the id.

    `first` is what goes before all of them where it is true (`revision or {…}.get(name)`),
    `otherwise` what holds for a text that has none of its own.
    """

    entries: dict[str, Here]
    otherwise: Value
    first: Value | None
    evaluator: Evaluator

    def split(self, repo_id: Known) -> Iterator[tuple[Known, Value]]:
        """The ids of each revision."""
        ids: dict[Value, tuple[str, ...]] = {}
        for text in dict.fromkeys(str(one.value) for one in repo_id.strings()):
            revision = self._revision(text)
            ids[revision] = (*ids.get(revision, ()), text)
        for revision, texts in ids.items():
            mine = tuple(one for one in repo_id.strings() if one.value in texts)
            yield replace(repo_id, values=mine), revision

    def _revision(self, text: str) -> Value:
        own = self.otherwise
        if text in self.entries:
            own = self.evaluator.value(*self.entries[text])
        if self.first is None:
            return own
        is_always = ends_there(self.first)
        return self.first if is_always else merge([true_part(self.first), own])


def table_of(revision: Here, repo_id: Here, evaluator: Evaluator) -> Table | None:
    """The table that an expression looks the revision up in by what is passed as the id."""
    node, scope = revision
    if repo_id[1] is not scope:
        return None
    first: Value | None = None
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) and len(node.values) == 2:
        first = evaluator.value(node.values[0], scope)
        node = node.values[1]
    match node:
        case ast.Call(func=ast.Attribute(value=base, attr="get"), args=[key, *rest], keywords=[]):
            is_table = len(rest) <= 1
        case ast.Subscript(value=base, slice=key):
            is_table, rest = True, []
        case _:
            return None
    if not is_table or not _is_fixed(key) or ast.dump(key) != ast.dump(repo_id[0]):
        return None
    found = evaluator.dictionary(base, scope)
    if found is None or found.open or found.sometimes:
        return None
    return Table(found.entries, _otherwise(node, rest, scope, evaluator), first, evaluator)


def _otherwise(node: ast.expr, rest: list[ast.expr], scope: Scope, evaluator: Evaluator) -> Value:
    """What a text comes to that is no key: the default of `get`, or an error at run time."""
    if isinstance(node, ast.Subscript):
        return Unknown(words(node))
    if rest:
        return evaluator.value(rest[0], scope)
    return Known((evaluator.written(None, node, scope),))


def _is_fixed(node: ast.expr) -> bool:
    """Whether an expression is the same however often it is read: `name`, `self.name`, `x["a"]`."""
    match node:
        case ast.Name():
            return True
        case ast.Attribute(value=base) | ast.Subscript(value=base, slice=ast.Constant()):
            return _is_fixed(base)
        case _:
            return False
