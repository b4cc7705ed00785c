"""Pins in addresses and names: `…/resolve/main/…`, `hf://o/m@main/…`, `name@main`."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.mending.job import Job
from flake8_hfmodels.mending.text_ground import Attempt, Change, Ground
from flake8_hfmodels.reference import Absent, Known
from flake8_hfmodels.regex import regex

_REF = r"refs/(?:convert/[\w.-]+|pr/\d+)|[^/\s'\"<>`|\\?#,;)\]}]+"
_IN_PATH = regex(rf"/(?:resolve|raw|blob)/({_REF})")
_BEHIND = regex(rf"(?:\.git)?[@:]({_REF})")
_GIT = regex(r"\.git(?![\w.-])")


def address_attempts(ground: Ground, job: Job, commit: str) -> Iterator[Attempt]:
    """Ways to put a commit into the address or behind the name."""
    what = f"pin it to {commit}"
    match job.ref.repo_id:
        case Known((written,)) if (place := ground.stands(written)) is not None:
            end = place[1]
        case _:
            return
    if isinstance(job.ref.revision, Absent):
        git = _GIT.match(ground.text, end)
        behind = [git.end()] if git is not None else []
        for at in (*behind, end):
            yield Attempt(what, (Change(at, at, f"@{commit}"),))
        if ":<hash>" in job.ref.loader.instead:
            yield Attempt(what, (Change(end, end, f":{commit}"),))
        return
    for form in (_IN_PATH, _BEHIND):
        found = form.match(ground.text, end)
        if found is not None:
            yield Attempt(what, (Change(*found.span(1), commit),))
