"""Texts of a program that are ids of repos, though no loader is seen to take them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS, HUB_PACKAGES, OTHER_HUBS
from flake8_hfmodels.loaders.likeness import FIRST_DATASETS, SHORT_NAMES
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import (
    ABSENT,
    Known,
    Reference,
    Value,
    Written,
)
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.sources.mentions import named
from flake8_hfmodels.sources.python.names import meaning
from flake8_hfmodels.sources.python.naming import Namer, Naming, snake
from flake8_hfmodels.sources.python.places import span_of
from flake8_hfmodels.sources.python.scopes import Imported, Scope, Survey
from flake8_hfmodels.sources.python.values import Evaluator
from flake8_hfmodels.sources.text.likeness import Likeness, likeness

Text: TypeAlias = tuple[ast.Constant, ast.AST, Scope]
"""One text of a module, what stands directly around it, and in which scope."""

MANY = 100
"""In a call or a dictionary of more entries no revision is searched for beside an id."""

_ID = regex(r"(?:hf[-_]hub:|hf:)?([\w.-]{1,96}(?:/[\w.-]{1,96})?)(?:@([\w./-]{1,80}))?", re.ASCII)
_FIRST = FIRST_REPOS | SHORT_NAMES | FIRST_DATASETS
_OTHERS = OTHER_HUBS - {"builtins"}
_SPECIAL = regex(r"[\d_A-Z-]")
_REVISION = regex(r"(?:^|_)(?:revision|commit|sha)(?:_|$)")


@dataclass(slots=True)
class Constants:
    """Judges the texts of one module by their form and by the names around them.

    `is_known` says whether the module loads or links a repo elsewhere.
    """

    survey: Survey
    is_known: Callable[[str], bool]
    with_hub: bool
    namer: Namer = field(init=False)
    evaluator: Evaluator = field(init=False)
    values: dict[int, dict[int, ast.expr]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.namer = Namer(self.survey)
        self.evaluator = Evaluator(self.survey)
        self.with_hub = self.with_hub or not self.survey.packages.isdisjoint(HUB_PACKAGES)

    def references(self, text: Text) -> Iterator[Reference]:
        """What one text without spaces refers to, if anything."""
        node, parent, scope = text
        value = str(node.value)
        match = _ID.fullmatch(value)
        if match is not None and _may_be(match.group(1), self.is_known):
            yield from self._judged(match.group(1), match.group(2), node, parent, scope)

    def _judged(
        self, repo_id: str, revision: str | None, node: ast.Constant, parent: ast.AST, scope: Scope
    ) -> Iterator[Reference]:
        naming = self.namer.naming(node, parent, scope)
        if not self._is_meant(repo_id, naming) or self._is_other_hubs(naming, scope):
            return
        if repo_id in FIRST_DATASETS and _is_second(node, naming.beside):
            return
        span = span_of(node, self.survey.lines)
        beside = self._revision_beside(node, naming, scope)
        pinned = Known((Written(revision, span),)) if revision else beside
        said = naming.says_model
        yield named(self.survey.path, repo_id, span, naming.repo_type, said, pinned)

    def _is_meant(self, repo_id: str, naming: Naming) -> bool:
        if "/" not in repo_id:
            is_data = naming.repo_type == "dataset"
            return naming.says_repo and not naming.is_key and (repo_id in FIRST_DATASETS) == is_data
        if self.is_known(repo_id):
            return True
        how = likeness(repo_id)
        if naming.says_other:
            return how is Likeness.CERTAIN
        if how >= Likeness.LIKELY or naming.siblings:
            return True
        special = self.with_hub and _SPECIAL.search(repo_id) is not None
        return not naming.is_key and (naming.says_model or special)

    def _is_other_hubs(self, naming: Naming, scope: Scope) -> bool:
        """Whether the call that gets it is one of a library with a hub of its own."""
        if not isinstance(naming.beside, ast.Call):
            return False
        of = meaning(naming.beside.func, scope)
        return isinstance(of, Imported) and of.dotted.partition(".")[0] in _OTHERS

    def _revision_beside(self, node: ast.Constant, naming: Naming, scope: Scope) -> Value:
        """The revision that the same call or dictionary gives, or that the id is the key to."""
        if naming.is_key and isinstance(naming.beside, ast.Dict):
            of_key = self._values_of(naming.beside).get(id(node))
            if isinstance(of_key, ast.Constant) and _is_commit(of_key.value):
                return self.evaluator.value(of_key, scope)
        for name, value in _entries(naming.beside):
            if _REVISION.search(snake(name)):
                self.evaluator.steps = 0
                return self.evaluator.value(value, scope)
        return ABSENT

    def _values_of(self, node: ast.Dict) -> dict[int, ast.expr]:
        """The values of a dictionary under the nodes of its keys, found once."""
        if id(node) not in self.values:
            self.values[id(node)] = {id(key): value for key, value in _text_pairs(node)}
        return self.values[id(node)]


def _is_second(node: ast.Constant, call: ast.Call | ast.Dict | None) -> bool:
    """Whether a text is an argument behind another: `load_dataset("owner/name", "mnli")`."""
    return isinstance(call, ast.Call) and any(one is node for one in call.args[1:])


def _is_commit(value: object) -> bool:
    return isinstance(value, str) and is_commit_hash(value)


def _may_be(repo_id: str, is_known: Callable[[str], bool]) -> bool:
    if "/" not in repo_id:
        return repo_id in _FIRST
    return likeness(repo_id) is not Likeness.NONE or is_known(repo_id)


def _entries(node: ast.Call | ast.Dict | None) -> Sequence[tuple[str, ast.expr]]:
    """The named arguments of a call or the entries of a dictionary, unless there are many."""
    match node:
        case ast.Call(keywords=keywords) if len(keywords) < MANY:
            return [(one.arg, one.value) for one in keywords if one.arg is not None]
        case ast.Dict(keys=keys) if len(keys) < MANY:
            return [(str(key.value), value) for key, value in _text_pairs(node)]
        case _:
            return ()


def _text_pairs(node: ast.Dict) -> Iterator[tuple[ast.Constant, ast.expr]]:
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key, value
