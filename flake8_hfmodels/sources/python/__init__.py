"""Python source: text and tree to references. Nothing is imported or run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from flake8_hfmodels.loaders.row import Loader, Param, RepoType
from flake8_hfmodels.reference import (
    ABSENT,
    Absent,
    Confidence,
    Known,
    Persona,
    Reference,
    Value,
    Written,
)
from flake8_hfmodels.sources.python.arguments import Arguments, sort_arguments
from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.ids import with_id_read
from flake8_hfmodels.sources.python.locality import Locality
from flake8_hfmodels.sources.python.matching import match, works_with_hub
from flake8_hfmodels.sources.python.places import span_of
from flake8_hfmodels.sources.python.scopes import FindModule, Scope, no_module
from flake8_hfmodels.sources.python.survey import survey
from flake8_hfmodels.sources.python.values import Evaluator, words
from flake8_hfmodels.sources.source import no_folder

_TYPES: dict[object, RepoType] = {
    "model": "model",
    "dataset": "dataset",
    "space": "space",
    "kernel": "kernel",
}


def references(
    tree: ast.Module,
    lines: Sequence[str],
    path: str,
    is_folder: Callable[[str], bool] = no_folder,
    find_module: FindModule = no_module,
) -> list[Reference]:
    """Every reference in a module, in the order of the source.

    `is_folder` says whether a relative path names a folder beside the file or at the root;
    `find_module` finds the other modules of the project.
    """
    seen = survey(tree, lines, path, find_module)
    evaluator = Evaluator(seen)
    locality = Locality.of(evaluator, is_folder)
    with_hub = works_with_hub(seen)
    found: list[Reference] = []
    for call, scope in seen.calls:
        evaluator.steps = 0
        matched = match(call, scope, with_hub)
        if matched is not None:
            reader = _CallReader(evaluator, locality, path, call, scope, *matched)
            found.extend(reader.references())
    return sorted(found, key=lambda one: one.span)


class _CallReader:
    """Reads the references off one call of one loader."""

    def __init__(
        self,
        evaluator: Evaluator,
        locality: Locality,
        path: str,
        call: ast.Call,
        scope: Scope,
        loader: Loader,
        confidence: Confidence,
    ) -> None:
        self.evaluator = evaluator
        self.locality = locality
        self.path = path
        self.call = call
        self.scope = scope
        self.loader = loader
        self.confidence = confidence
        self.arguments: Arguments = sort_arguments(call, scope, evaluator)

    def references(self) -> Iterator[Reference]:
        """One reference for each repo that the call names; none where it loads nothing."""
        if self._is_switched_off():
            return
        if not self.loader.repo_id:
            yield self._bare_reference(ABSENT)
            return
        first, *others = [self._reference(param) for param in self.loader.repo_id]
        yield first
        yield from (one for one in others if not isinstance(one.repo_id, Absent))

    def _is_switched_off(self) -> bool:
        if self.loader.only_if is None:
            return False
        match self.arguments.value(Param((self.loader.only_if,)), self.evaluator):
            case Known(values):
                return not any(written.value for written in values)
            case Absent():
                return True
            case _:
                return False

    def _reference(self, param: Param) -> Reference:
        here = self.arguments.find(param, self.evaluator)
        reference = self._bare_reference(self.arguments.value(param, self.evaluator))
        read = with_id_read(reference, self.locality.is_local)
        return self._judged(read, here if isinstance(here, tuple) else None)

    def _bare_reference(self, repo_id: Value) -> Reference:
        return Reference(
            path=self.path,
            span=span_of(self.call, self.evaluator.survey.lines),
            kind="call",
            loader=self.loader,
            call=_called(self.call.func),
            repo_id=repo_id,
            repo_type=self._repo_type(),
            revision=self._value(self.loader.revision),
            code_revision=self._value(self.loader.code_revision),
            trust_remote_code=self._value(self.loader.trust_remote_code),
            options={param.names[0]: self._value(param) for param in self.loader.option_params},
            confidence=self.confidence,
        )

    def _value(self, param: Param | None) -> Value:
        return self.arguments.value(param, self.evaluator)

    def _repo_type(self) -> RepoType:
        match self._value(self.loader.repo_type_param):
            case Known(values=(Written(value=chosen), *_)):
                return _TYPES.get(chosen, self.loader.repo_type)
            case _:
                return self.loader.repo_type

    def _judged(self, reference: Reference, here: Here | None) -> Reference:
        """The same reference with what its surroundings say: local, or for whom it is."""
        local = self._local(reference, here)
        if local is not None:
            return replace(reference, local=local)
        if self._is_doubtful(reference, here):
            return replace(reference, persona=Persona.PEDANTIC, confidence=Confidence.LOW)
        if here is None or isinstance(reference.repo_id, Known):
            return reference
        return replace(reference, confidence=Confidence.MEDIUM)

    def _is_doubtful(self, reference: Reference, here: Here | None) -> bool:
        """Whether a careful reviewer would leave it: a folder by its looks, code that passes on."""
        can_be_local = not self.loader.never_local
        if isinstance(reference.repo_id, Known):
            return can_be_local and self.locality.looks_like_a_folder(reference.repo_id)
        if here is None:
            return False
        passes_on = isinstance(reference.revision, Known)
        looks_local = can_be_local and self._looks_like_a_path(here[0])
        return passes_on or self.loader.takes_object or looks_local

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
        if self.loader.never_local:
            return None
        return self.locality.proof(node, reference.repo_id, scope)


def _is_true(value: Value) -> bool:
    return isinstance(value, Known) and all(written.value is True for written in value.values)


def _called(callee: ast.expr) -> str:
    """The callee in the source's words, at most its class and its method."""
    return ".".join(words(callee).split(".")[-2:])
