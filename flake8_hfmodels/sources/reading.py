"""A file of any kind to its references: each kind has a reader of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Known, Reference
from flake8_hfmodels.sources.source import PythonSource, SkimmedSource, Source, TextSource
from flake8_hfmodels.sources.trouble import Trouble

Reader = Callable[[TextSource, bool], list[Reference]]

_MODULES: dict[KindName, str] = {
    "notebook": "notebook",
    "yaml": "config.file",
    "json": "config.file",
    "toml": "config.file",
    "ini": "config.file",
    "dockerfile": "buildfiles.dockerfile",
    "shell": "shell.file",
    "makefile": "buildfiles.makefile",
    "justfile": "buildfiles.justfile",
    "env": "buildfiles.env_file",
    "requirements": "buildfiles.requirements",
    "markdown": "manual.markdown",
    "rst": "manual.restructured",
    "html": "manual.html",
    "javascript": "javascript",
}


def references(source: Source, everything: bool) -> list[Reference]:
    """The references in a file, in its order; also the doubtful ones with `everything`."""
    if isinstance(source, PythonSource):
        from flake8_hfmodels.sources import python

        return python.references(
            source.tree, source.lines, source.path, source.is_folder, source.find_module, everything
        )
    if isinstance(source, SkimmedSource):
        return list(source.references)
    found = _reader(source.kind)(source, everything)
    return sorted(_without_echoes(found), key=lambda one: one.span)


def _without_echoes(found: Sequence[Reference]) -> Iterator[Reference]:
    """References without ids that are merely named where another one says what they are for."""
    said = {place for one in found if not _is_merely_named(one) for place in _places(one)}
    for one in found:
        if not (_is_merely_named(one) and said.issuperset(_places(one))):
            yield one


def _is_merely_named(reference: Reference) -> bool:
    return reference.persona is Persona.AUDITOR and isinstance(reference.repo_id, Known)


def _places(reference: Reference) -> set[tuple[int, str]]:
    """The ids that a reference names, in lower case, with the lines in which they are written."""
    match reference.repo_id:
        case Known(values):
            return {(one.span.line, str(one.value).lower()) for one in values}
        case _:
            return set()


def trouble(source: TextSource) -> Trouble | None:
    """Why a file cannot be read as what it is called, where nothing in it can be then."""
    if source.kind != "notebook":
        return None
    from flake8_hfmodels.sources.notebook import trouble as trouble_of_notebook

    return trouble_of_notebook(source)


def mistake(source: Source) -> Trouble | None:
    """Where a file is not quite what it is called, though it was read as far as it can be."""
    if not isinstance(source, TextSource) or source.kind not in _WITH_MISTAKES:
        return None
    found: Trouble | None = _module(source.kind).mistake(source)
    return found


_WITH_MISTAKES = frozenset({"yaml", "json", "toml", "ini"})


def _reader(kind: KindName) -> Reader:
    reader: Reader = _module(kind).references
    return reader


@cache
def _module(kind: KindName) -> ModuleType:
    """The module that reads a kind; it is imported when the first file comes."""
    return import_module(f"flake8_hfmodels.sources.{_MODULES[kind]}")
