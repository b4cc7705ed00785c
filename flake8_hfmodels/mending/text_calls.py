"""Pins in calls that stand in a text of another kind: a manual, a script, a page."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.mending.job import Job
from flake8_hfmodels.mending.text_ground import Attempt, Change, Ground
from flake8_hfmodels.reference import Known, Written
from flake8_hfmodels.regex import regex

_OPENING = regex(r"(\\*[\"'])\Z")


def call_attempts(ground: Ground, job: Job, commit: str) -> Iterator[Attempt]:
    """Ways to pass one more argument behind the last one."""
    param, named = job.param, job.ref.repo_id
    if param is None or param.within is not None or not isinstance(named, Known):
        return
    _begin, end = ground.ends(job.ref.span)
    what = f"pin {param.names[0]} to {commit}"
    quote = _quote(ground, named.values[0])
    for change in _arguments(ground, end - 1, param.names[0], f"{quote}{commit}{quote}"):
        yield Attempt(what, (change,))


def _arguments(ground: Ground, closing: int, name: str, value: str) -> Iterator[Change]:
    last = len(ground.text[:closing].rstrip(" \t\r\n"))
    comma = "" if ground.text[last - 1 : last] == "," else ","
    if ground.text[last - 1 : last] == "}":
        inner = len(ground.text[: last - 1].rstrip(" \t\r\n"))
        comma = "" if ground.text[inner - 1 : inner] in (",", "{") else ","
        yield Change(inner, inner, f"{comma} {name}: {value}")
        return
    yield Change(last, last, f"{comma} {name}={value}{'' if comma else ','}")
    yield Change(last, last, f"{comma} {{ {name}: {value} }}")


def _quote(ground: Ground, written: Written) -> str:
    """The quotes that the name stands in."""
    place = ground.stands(written)
    found = place and _OPENING.search(ground.text, max(place[0] - 4, 0), place[0])
    return found.group() if found else '"'
