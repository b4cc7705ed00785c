"""References to a mirrored repo, made to name the folder: where that is safe, and why not. Pure."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence

from flake8_hfmodels.finding import Edit
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Absent, Known, Reference, Span, Target, Written
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.regex import regex

_PLAIN = regex(r"[\w./+-]+")
"""Paths that mean the same in every language, quoted or not."""

_AROUND = frozenset("\"'`\\rRuU")
"""What a literal has beside its text: quotes, escapes of a notebook, prefixes."""

_KINDS: frozenset[KindName] = frozenset(
    ("python", "notebook", "yaml", "json", "toml", "ini", "env", "shell", "makefile", "justfile")
)
_MARKED: frozenset[KindName] = frozenset(("yaml", "json", "toml", "ini"))


@dataclass(frozen=True, slots=True)
class Meant:
    """Which references are meant: to a repo, by its names in lower case, at some revisions."""

    repo_type: RepoType
    names: frozenset[str]
    revisions: frozenset[str | None]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that names the repo: the edit that makes it a path, or why there is none."""

    span: Span
    repo_id: str
    edit: Edit | None
    why: str = ""


def path_in_code(folder: str) -> str:
    """The path of a folder as code is to write it: from here, and such that it is no id.

    `./` in front: a folder that is missing must not be taken for a repo of the same name. Raises
    `ValueError` where it cannot be written everywhere as it is.
    """
    path = os.path.relpath(folder).replace(os.sep, "/")
    if not _PLAIN.fullmatch(path):
        raise ValueError(f"{folder}: code would have to quote this path; choose a plainer one")
    return path if path.startswith("../") else f"./{path}"


def spots(referring: Referring, meant: Meant, path: str) -> list[Spot]:
    """The places of one file that name the repo, each once, in order."""
    named: dict[Written, list[tuple[Reference, Target]]] = {}
    users = Counter(_own(referring.references))
    for ref in referring.references:
        for written, target in ref.targets():
            if target.repo_type == meant.repo_type and target.repo_id.casefold() in meant.names:
                named.setdefault(written, []).append((ref, target))
    lines = referring.lines()
    found = []
    for written, some in named.items():
        reasons = (_why_not(referring.kind, ref, target, meant) for ref, target in some)
        why = next(filter(None, reasons), "")
        if len({id(ref) for ref, _target in some}) < users[written.span]:
            why = why or "something else is loaded by this name too"
        edit = None if why else _edit(lines, written, path)
        why = why or ("" if edit else "the name is put together of several pieces")
        found.append(Spot(written.span, str(written.value), edit, why))
    return sorted(found, key=lambda one: one.span)


def is_proven(before: Referring, after: Referring | None, done: Sequence[Spot]) -> bool:
    """Whether a file, read again, asks the Hub for what it asked before but for some places.

    Where a call or a command names a path now, the reader has to call it local.
    """
    spans = {one.span for one in done}
    stays: Counter[Target] = Counter()
    local = sum(one.local is not None for one in before.references)
    for ref in before.references:
        asked = list(ref.targets())
        if any(written.span in spans for written, _target in asked):
            local += ref.kind != "config"
        else:
            stays.update(target for _written, target in asked)
    now: Counter[Target] = Counter()
    references = after.references if after is not None else ()
    for ref in references:
        now.update(target for _written, target in ref.targets())
    return now == stays and sum(one.local is not None for one in references) >= local


def _own(references: Sequence[Reference]) -> Iterator[Span]:
    """Where references of a file have their ids, for each reference."""
    for ref in references:
        if isinstance(ref.repo_id, Known):
            yield from {one.span for one in ref.repo_id.values if not one.path}


def _why_not(kind: KindName, ref: Reference, target: Target, meant: Meant) -> str:
    """Why a reference is for somebody to change by hand; empty where it is not."""
    if ref.kind == "mention" or not ref.loader.downloads:
        return "it is only named here, and nothing loads it"
    if target.revision not in meant.revisions:
        return f"it is another revision, {target.revision!r}"
    if not isinstance(ref.revision, Known | Absent):
        return "the revision is decided at run time"
    if ref.kind == "uri":
        return "it is an address; write the path by hand"
    if kind not in _KINDS:
        return "it may be read where the folder is not; write the path by hand"
    if ref.kind == "command" and kind in _MARKED:
        return "the command may run where the folder is not; write the path by hand"
    if ref.loader.never_local or ref.loader.hub_path:
        return "this loader takes no path; leave the call out, or load from the folder by hand"
    if not isinstance(ref.repo_id, Known) or len(ref.repo_id.values) > 1:
        return "several names are possible here"
    if not ref.repo_id.closed:
        return "another name can be passed instead"
    return "it is written in another file" if ref.repo_id.values[0].path else ""


def _edit(lines: Sequence[str], written: Written, path: str) -> Edit | None:
    """The path in the place of an id that stands there in one piece."""
    span, text = written.span, str(written.value)
    if span.line != span.end_line or span.line > len(lines):
        return None
    stretch = lines[span.line - 1][span.column - 1 : span.end_column - 1]
    before, found, behind = stretch.partition(text)
    if not found or not _AROUND.issuperset(before + behind):
        return None
    column = span.column + len(before)
    return Edit(Span(span.line, column, span.line, column + len(text)), path)
