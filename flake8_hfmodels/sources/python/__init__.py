"""Python source: text and tree to references. Nothing is imported or run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.loaders.mentions import TEXT
from flake8_hfmodels.reference import Known, Reference, Scalar, Span
from flake8_hfmodels.sources.placed import split_lines
from flake8_hfmodels.sources.python.calls import call_references
from flake8_hfmodels.sources.python.glance import says_something
from flake8_hfmodels.sources.python.locality import Locality
from flake8_hfmodels.sources.python.matching import match, works_with_hub
from flake8_hfmodels.sources.python.parse import parse_text
from flake8_hfmodels.sources.python.partials import whole_calls
from flake8_hfmodels.sources.python.scopes import FindModule, Survey
from flake8_hfmodels.sources.python.starting import may_start
from flake8_hfmodels.sources.python.survey import survey
from flake8_hfmodels.sources.python.switches import switch_references
from flake8_hfmodels.sources.python.values import Evaluator
from flake8_hfmodels.sources.source import PythonSource, SkimmedSource, no_folder, no_module

if TYPE_CHECKING:
    from flake8_hfmodels.sources.python.docstrings import ReadCode
    from flake8_hfmodels.sources.python.unpickling import Download

TALLEST = 100
"""Lines of a call in which a text is taken for part of it."""


def references(
    tree: ast.Module,
    lines: Sequence[str],
    path: str,
    is_folder: Callable[[str], bool] = no_folder,
    find_module: FindModule = no_module,
    everything: bool = False,
) -> list[Reference]:
    """The references in a module, in the order of the source.

    `is_folder` says whether a relative path names a folder beside the file or at the root;
    `find_module` finds the other modules of the project. With `everything` also texts that
    merely could name a repo.
    """
    seen = survey(tree, lines, path, find_module)
    try:
        found = _once(_of_code(seen, is_folder))
        if everything or says_something(seen):
            found += _mentioned(seen, found, is_folder, everything)
    finally:
        seen.let_go()
    return sorted(found, key=lambda one: one.span)


def _mentioned(
    seen: Survey,
    found: Sequence[Reference],
    is_folder: Callable[[str], bool],
    everything: bool,
) -> Iterator[Reference]:
    """What texts and comments name, but what a call that was found names already."""
    from flake8_hfmodels.sources.python.mentions import mentions

    named = _named(found)
    reader = _code_reader(seen.path, is_folder)
    for one in mentions(seen, reader, _claimed(found), everything):
        if one.loader is not TEXT or not _named([one]) <= named:
            yield one


def skimmed(
    path: str, text: str, is_folder: Callable[[str], bool] = no_folder
) -> SkimmedSource | None:
    """A module that has not to be parsed for its certain references, with them."""
    from flake8_hfmodels.sources.python.skim import skim

    lines = split_lines(text)
    found = skim(path, lines, _code_reader(path, is_folder))
    return SkimmedSource(path, lines, found) if found is not None else None


def _code_reader(path: str, is_folder: Callable[[str], bool]) -> ReadCode:
    """A function that reads code which stands in the prose of a module."""

    def read(text: str) -> list[Reference]:
        source = parse_text(path, text)
        if not isinstance(source, PythonSource):
            return []
        seen = survey(source.tree, source.lines, path)
        found = list(_of_code(seen, is_folder))
        seen.let_go()
        return found

    return read


def _of_code(seen: Survey, is_folder: Callable[[str], bool]) -> Iterator[Reference]:
    """What runs: calls of loaders, programs that are started, switches that are turned on."""
    evaluator = Evaluator(seen)
    locality = Locality.of(evaluator, is_folder)
    with_hub = works_with_hub(seen)
    downloads: list[Download] = []
    for call, scope in whole_calls(seen):
        evaluator.steps = 0
        matched = match(call, scope, with_hub)
        if matched is not None:
            found = call_references(call, scope, *matched, locality)
            if matched[0].reads == "files":
                downloads.append((call, scope, list(found)))
            else:
                yield from found
        elif may_start(call, scope):
            from flake8_hfmodels.sources.python.processes import process_references

            yield from process_references(call, scope, evaluator, locality.is_local)
    if downloads:
        yield from _with_what_is_done(downloads, evaluator)
    yield from switch_references(seen, evaluator)


def _with_what_is_done(downloads: Sequence[Download], evaluator: Evaluator) -> Iterable[Reference]:
    """The references of some downloads, each with what unpickles its file."""
    from flake8_hfmodels.loaders.unpicklers import PACKAGES

    if evaluator.survey.packages.isdisjoint(PACKAGES):
        return [one for _call, _scope, references in downloads for one in references]
    from flake8_hfmodels.sources.python.unpickling import with_unpicklers

    return with_unpicklers(downloads, evaluator)


def _once(found: Iterable[Reference]) -> list[Reference]:
    """References without those that say the same of the same place."""
    said: dict[Hashable, Reference] = {}
    for one in found:
        said[one.span, one.loader.name, one.repo_id, one.revision] = one
    return list(said.values())


def _named(found: Sequence[Reference]) -> set[tuple[int, Scalar]]:
    """The ids that references name, with the lines that they take."""
    return {
        (line, written.value)
        for one in found
        if isinstance(one.repo_id, Known)
        for written in one.repo_id.strings()
        for line in range(one.span.line, min(one.span.end_line, one.span.line + TALLEST) + 1)
    }


def _claimed(found: Sequence[Reference]) -> set[Span]:
    """The places of texts that say what a call loads."""
    values = (
        value for one in found for value in (one.repo_id, one.revision, one.trust_remote_code)
    )
    known = (value for value in values if isinstance(value, Known))
    return {written.span for value in known for written in value.values if not written.path}
