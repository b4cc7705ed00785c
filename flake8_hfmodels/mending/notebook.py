"""Fixes in notebooks: Python goes the way of Python, all else that of commands and keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from flake8_hfmodels.finding import Edit, Fix
from flake8_hfmodels.mending.job import Job, Result
from flake8_hfmodels.mending.notebook_text import Code
from flake8_hfmodels.mending.python import mend_text
from flake8_hfmodels.mending.text import mend_ground
from flake8_hfmodels.mending.text_ground import Change, Changed, Ground
from flake8_hfmodels.patching import patched
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Reference, Span, Value
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.sources.notebook.folders import folders_in
from flake8_hfmodels.sources.notebook.pieces import pieces_in
from flake8_hfmodels.sources.placed import Placed, split_lines, whole_file
from flake8_hfmodels.sources.python.fragment import fragment_references
from flake8_hfmodels.sources.relocation import relocated
from flake8_hfmodels.sources.source import Context, TextSource

APART = "what is to be changed stands in several texts of the notebook"

_Key: TypeAlias = tuple[str, Span, Value, Value]


def mend(jobs: Sequence[Job], referring: Referring) -> Mapping[int, Result]:
    """A fix for each job, or why there is none."""
    ground = Ground(referring.path, "notebook", referring.text)
    results: dict[int, Result] = {}
    for number, code in enumerate(_codes(ground)):
        waiting = [job for job in jobs if job.number not in results]
        results |= _mended(waiting, ground, code, number) if waiting else {}
    return {**results, **mend_ground([job for job in jobs if job.number not in results], ground)}


def _codes(ground: Ground) -> Sequence[Placed]:
    """The pieces of Python in a notebook."""
    return [one.text for one in pieces_in(_source(ground)) if one.kind == "python"]


def _source(ground: Ground) -> TextSource:
    return TextSource(ground.path, "notebook", whole_file(ground.text), split_lines(ground.text))


def _mended(jobs: Sequence[Job], ground: Ground, code: Placed, number: int) -> Mapping[int, Result]:
    """Fixes of what stands in one piece of Python; nothing for the other jobs."""
    inner = _references(ground, code)
    by_key = _by_key(inner, code)
    here = [(job, by_key.get(_key(job.ref))) for job in jobs]
    own = [replace(job, ref=ref) for job, ref in here if ref is not None]
    if not own:
        return {}
    done = mend_text(own, code.text, inner)
    placed = Code(code, ground)
    fixes = {one: fix for one, fix in done.items() if isinstance(fix, Fix)}
    moved = {one: _moved(fix, placed, ground) for one, fix in fixes.items()}
    results: dict[int, Result] = dict(done)
    for one, fix in moved.items():
        results[one] = APART if fix is None else fix
    wanted = {one: fixes[one] for one, fix in moved.items() if fix is not None}
    if not _holds(ground, wanted, results, code, number):
        results |= dict.fromkeys(wanted, APART)
    return results


def _references(ground: Ground, code: Placed) -> Sequence[Reference]:
    """The references of a piece, at their places in the piece."""
    folders = folders_in(_source(ground))

    def is_folder(path: str) -> bool:
        return path.removeprefix("./").rstrip("/") in folders

    context = Context(ground.path, is_folder, everything=True)
    return fragment_references(whole_file(code.text), context)


def _by_key(inner: Sequence[Reference], code: Placed) -> Mapping[_Key, Reference]:
    """The references of a piece by what they are in the file; of several alike the first."""
    text = Ground("", "python", code.text)

    def outside(span: Span) -> Span:
        return code.span(*text.ends(span))

    return {_key(relocated(one, outside)): one for one in reversed(inner)}


def _key(ref: Reference) -> _Key:
    return ref.kind, ref.span, ref.repo_id, ref.revision


def _moved(fix: Fix, code: Code, ground: Ground) -> Fix | None:
    changes = [code.change(edit) for edit in fix.edits]
    known = [change for change in changes if change is not None]
    if len(known) < len(changes):
        return None
    edits = tuple(ground.edit(change) for change in known)
    return replace(fix, edits=edits, comment=code.comment(fix.comment, fix.follows))


def _holds(
    ground: Ground,
    wanted: Mapping[int, Fix],
    results: Mapping[int, Result],
    code: Placed,
    number: int,
) -> bool:
    """Whether the file, with fixes, holds the code with these fixes."""
    moved = [one for key in wanted if isinstance(one := results[key], Fix)]
    edits = [edit for fix in moved for edit in fix.edits]
    changes = [Change(*ground.ends(edit.span), edit.text) for edit in edits]
    inner: list[Edit] = [edit for fix in wanted.values() for edit in fix.edits]
    try:
        changed = Changed(ground, changes)
        after = patched(code.text, inner)
    except ValueError:
        return False
    codes = _codes(changed.ground)
    return number < len(codes) and codes[number].text == after
