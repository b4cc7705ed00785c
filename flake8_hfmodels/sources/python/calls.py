"""One call of one loader: the references that it makes."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_hfmodels.loaders.row import Loader, Param, RepoType
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import (
    ABSENT,
    Absent,
    Confidence,
    Kind,
    Known,
    Reference,
    Scalar,
    Span,
    Unknown,
    Value,
    Written,
)
from flake8_hfmodels.sources.python.arguments import Arguments, sort_arguments
from flake8_hfmodels.sources.python.callers import function_around
from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.guards import let_through
from flake8_hfmodels.sources.python.ids import with_id_read
from flake8_hfmodels.sources.python.locality import Locality
from flake8_hfmodels.sources.python.places import span_of
from flake8_hfmodels.sources.python.possibilities import merge
from flake8_hfmodels.sources.python.scopes import Scope
from flake8_hfmodels.sources.python.tables import table_of
from flake8_hfmodels.sources.python.values import STEPS, Evaluator
from flake8_hfmodels.sources.python.wording import called

_TYPES: dict[object, RepoType] = {
    "model": "model",
    "dataset": "dataset",
    "space": "space",
    "kernel": "kernel",
}


MOST_STEPS = 8 * STEPS
"""How many steps all the callers of a function may take for one call in it."""


def call_references(
    call: ast.Call, scope: Scope, loader: Loader, confidence: Confidence, locality: Locality
) -> Iterator[Reference]:
    """The references of one call, one for each repo that it names.

    Where the function around it is called in the same file, its parameters stand for what each
    of those calls passes, so that an id keeps the revision that is passed beside it.
    """
    evaluator = locality.evaluator
    evaluator.met.clear()
    first = list(_CallReader(locality, call, scope, loader, confidence).references())
    around = _worth_following(first, scope, evaluator)
    if around is None:
        yield from first
        return
    seen: list[Reference] = []
    evaluator.total = 0
    for arguments in _frames(around, evaluator):
        if evaluator.total > MOST_STEPS:
            break
        evaluator.steps = 0
        with evaluator.called_with(around, arguments):
            reader = _CallReader(locality, call, scope, loader, confidence)
            seen.extend(reader.references())
    yield from _by_pin(seen)


def _worth_following(
    references: Sequence[Reference], scope: Scope, evaluator: Evaluator
) -> Scope | None:
    """The function whose calls say more about a loader in it than all of them together."""
    around = function_around(scope)
    body = around if around is not None and id(around) in evaluator.met else None
    if body is None and len(evaluator.met) == 1:
        body = next(iter(evaluator.met.values()))
    if body is None or not references or not evaluator.calls_of(body):
        return None
    return body


def _frames(body: Scope, evaluator: Evaluator) -> Iterator[Arguments]:
    """The arguments of every call of a function, and of one that leaves all to the defaults."""
    for call, scope in evaluator.calls_of(body):
        yield sort_arguments(call, scope, evaluator)
    yield Arguments((), {}, None)


def _by_pin(references: Sequence[Reference]) -> Iterator[Reference]:
    """One reference for all ids that are loaded in the same way."""
    known = [one for one in references if isinstance(one.repo_id, Known) and one.local is None]
    left = [(one, replace(one, repo_id=ABSENT)) for one in known or references[:1]]
    while left:
        first, how = left[0]
        same = [one for one, its in left if its == how]
        left = [(one, its) for one, its in left if its != how]
        repo_id = merge([one.repo_id for one in same])
        if isinstance(repo_id, Known):
            repo_id = replace(repo_id, closed=False)
        yield replace(first, repo_id=repo_id)


class _CallReader:
    """Reads the references off one call of one loader."""

    def __init__(
        self,
        locality: Locality,
        call: ast.Call,
        scope: Scope,
        loader: Loader,
        confidence: Confidence,
    ) -> None:
        self.evaluator = locality.evaluator
        self.locality = locality
        self.call = call
        self.scope = scope
        self.loader = loader
        self.confidence = confidence
        self.arguments: Arguments = sort_arguments(call, scope, self.evaluator)

    def references(self) -> Iterator[Reference]:
        """One reference for each repo that the call names; none where it loads nothing."""
        if self._is_switched_off():
            return
        if not self.loader.repo_id:
            yield self._bare_reference(self.loader, ABSENT)
            return
        first, *others = self.loader.repo_id
        read = self._references(self.loader, first)
        for reference in read:
            yield self._with_default(reference)
        for param in others:
            if self._passes(param):
                yield from self._references(self.loader, param)
        further = [(row, param) for row in self.loader.also for param in row.repo_id]
        for row, param in further:
            if self._passes(param):
                also = self._references(row, param)
                yield from (one for one in also if all(_is_further(one, other) for other in read))

    def _passes(self, param: Param) -> bool:
        """Whether a parameter may get anything: most calls leave out what a row knows besides."""
        self.evaluator.steps = 0
        return not isinstance(self.arguments.find(param, self.evaluator), Absent)

    def _is_switched_off(self) -> bool:
        if self.loader.only_if is None:
            return False
        match self._value(Param((self.loader.only_if,))):
            case Known(values):
                return not any(written.value for written in values)
            case Absent():
                return True
            case _:
                return False

    def _with_default(self, reference: Reference) -> Reference:
        """The reference with the model that the library takes where none is named.

        Nobody wrote it, so where it cannot even be pinned it is for those who ask for more.
        """
        if not isinstance(reference.repo_id, Absent):
            return reference
        if self.loader.revision is None and not self.loader.at_revision:
            reference = replace(reference, persona=Persona.PEDANTIC)
        wanted = self._value(self.loader.default_for)
        tasks = {str(one.value) for one in wanted.strings()} if isinstance(wanted, Known) else {""}
        ids = [repo_id for task, repo_id in self.loader.default_ids if not task or task in tasks]
        values = tuple(Written(repo_id, reference.span) for repo_id in dict.fromkeys(ids))
        return replace(reference, repo_id=Known(values)) if len(values) == 1 else reference

    def _references(self, loader: Loader, param: Param) -> Sequence[Reference]:
        """The reference that a parameter makes: several where each id has a revision of its own."""
        found = self.arguments.find(param, self.evaluator)
        here = found if isinstance(found, tuple) else None
        value = self._value(param)
        if here is not None:
            value = let_through(here[0], value, here[1])
        whole = self._bare_reference(loader, value)
        parts = [
            self._judged(with_id_read(one, self.locality.is_local), here)
            for one in self._by_revision(whole, here)
        ]
        return [one for one in parts if one.local is None] or parts[:1]

    def _by_revision(self, whole: Reference, here: Here | None) -> Iterator[Reference]:
        """A reference in parts, one for each revision that a dictionary gives its ids."""
        param = whole.loader.revision
        revision = self.arguments.find(param, self.evaluator) if param is not None else None
        if here is None or not isinstance(revision, tuple) or not isinstance(whole.repo_id, Known):
            yield whole
            return
        self.evaluator.steps = 0
        table = table_of(revision, here, self.evaluator)
        if table is None or not whole.repo_id.strings():
            yield whole
            return
        for repo_id, value in table.split(whole.repo_id):
            yield replace(whole, repo_id=repo_id, revision=value)

    def _bare_reference(self, loader: Loader, repo_id: Value) -> Reference:
        kind: Kind = "call" if loader.downloads else "mention"
        survey = self.evaluator.survey
        span = span_of(self.call, survey.lines)
        if loader.code_if is not None and not self._is_from_hub(self._value(loader.code_if)):
            loader = replace(loader, runs_code=None)
        return Reference(
            path=survey.path,
            span=span,
            kind=kind,
            loader=loader,
            call=called(self.call.func),
            repo_id=repo_id,
            repo_type=self._repo_type(loader),
            revision=self._value(loader.revision),
            code_revision=self._value(loader.code_revision),
            trust_remote_code=self._trust(loader, span),
            options={param.names[0]: self._value(param) for param in loader.option_params},
            confidence=self.confidence,
            persona=Persona.REGULAR if loader.downloads else Persona.AUDITOR,
        )

    def _value(self, param: Param | None) -> Value:
        self.evaluator.steps = 0
        return self.arguments.value(param, self.evaluator)

    def _is_from_hub(self, value: Value) -> bool:
        """Whether what is passed may name something on the Hub."""
        if isinstance(value, Known):
            return any(not self.locality.is_local(str(one.value)) for one in value.strings())
        return isinstance(value, Unknown) and not value.hidden

    def _trust(self, loader: Loader, span: Span) -> Value:
        value = self._value(loader.trust_remote_code)
        if isinstance(value, Absent) and loader.trust_by_default:
            return Known((Written(True, span),))
        return value

    def _repo_type(self, loader: Loader) -> RepoType:
        match self._value(loader.repo_type_param):
            case Known(values=(Written(value=chosen), *_)):
                return _TYPES.get(chosen, loader.repo_type)
            case _:
                return loader.repo_type

    def _judged(self, reference: Reference, here: Here | None) -> Reference:
        """The same reference with what its surroundings say: local, or for whom it is."""
        local = self._local(reference, here)
        if local is not None:
            return replace(reference, local=local)
        if reference.persona is Persona.REGULAR and self._is_doubtful(reference, here):
            return replace(reference, persona=Persona.PEDANTIC, confidence=Confidence.LOW)
        if here is None or isinstance(reference.repo_id, Known):
            return reference
        return replace(reference, confidence=Confidence.MEDIUM)

    def _is_doubtful(self, reference: Reference, here: Here | None) -> bool:
        """Whether a careful reviewer would leave it: a folder by its looks, code that passes on."""
        can_be_local = not reference.loader.never_local
        if isinstance(reference.repo_id, Known):
            return can_be_local and self.locality.looks_like_a_folder(reference.repo_id)
        if here is None:
            return False
        loader = reference.loader
        if isinstance(reference.revision, Known) or loader.takes_object or loader.prefixes:
            return True
        if self.locality.is_passed_in(*here):
            return True
        return can_be_local and self._looks_like_a_path(here[0])

    def _looks_like_a_path(self, node: ast.expr) -> bool:
        own_names = {name for param in self.loader.repo_id for name in param.names}
        if isinstance(node, ast.Name) and node.id in own_names:
            return False  # `path` is what load_dataset calls a repo id
        return self.locality.looks_like_a_path(node)

    def _local(self, reference: Reference, here: Here | None) -> str | None:
        if _is_true(self._value(Param(("local_files_only",)))):
            return "local_files_only=True"
        if reference.local is not None:
            return reference.local
        if here is None:
            return None
        node, scope = here
        if isinstance(node, ast.Constant) and not node.value:
            return "no repo is named"
        if reference.loader.never_local:
            return None
        return self.locality.proof(node, reference.repo_id, scope)


def _is_true(value: Value) -> bool:
    return isinstance(value, Known) and all(written.value is True for written in value.values)


def _is_further(one: Reference, first: Reference) -> bool:
    """Whether a reference names a repo that the call's first one does not name."""
    if not isinstance(one.repo_id, Known) or one.local is not None:
        return False
    return not isinstance(first.repo_id, Known) or _texts(one.repo_id) != _texts(first.repo_id)


def _texts(value: Known) -> set[Scalar]:
    return {written.value for written in value.strings()}
