"""What a source writes of a job's value, and the word of a flag that is to go."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.mending.job import Job
from flake8_hfmodels.mending.text_ground import Attempt, Change, Ground
from flake8_hfmodels.mending.text_words import yaml_text
from flake8_hfmodels.reference import Known, Value
from flake8_hfmodels.regex import regex

_QUOTES = regex(r"(\\*[\"'])(.*)\1")
_FLAG = regex(r"--[\w-]+(?:=\w+)?")
_BEFORE = regex(r"(?:[ \t]+|[ \t]*\\\r?\n[ \t]*)\Z")
_ITEM = regex(r"[ \t]*-[ \t]+[\"']?--[\w-]+(?:=\w+)?[\"']?[ \t]*")
_ELEMENT = regex(r"(,\s*)(\\*[\"'])\Z")


def value_of(job: Job) -> Value:
    """What the reference says of the commit that the job is about."""
    return job.ref.revision if job.task == "pin" else job.ref.code_revision


def value_attempts(ground: Ground, job: Job, commit: str) -> Iterator[Attempt]:
    """The commit in place of the revision, where the source writes that."""
    match value_of(job):
        case Known((written,)) if isinstance(written.value, str) and not written.path:
            begin, end = ground.ends(written.span)
        case _:
            return
    text = ground.text[begin:end]
    quoted = _QUOTES.fullmatch(text)
    if quoted is not None:
        begin, end, text = begin + quoted.start(2), begin + quoted.end(2), quoted[2]
    is_plain = ground.kind == "yaml" and ground.text[begin - 1 : begin] not in ("'", '"')
    new = yaml_text(commit) if is_plain and job.ref.kind == "config" else commit
    if text.strip() == written.value:
        yield Attempt(f"pin {_name(job)} to {commit}", (Change(begin, end, new),))


def _name(job: Job) -> str:
    return job.param.names[0] if job.param is not None else "it"


def flag_removed(ground: Ground, job: Job) -> Iterator[Attempt]:
    """A flag taken away with the blank before it, or as an element of a list."""
    match job.ref.trust_remote_code:
        case Known((written,)) if not written.path:
            begin, end = ground.ends(written.span)
        case _:
            return
    if not _FLAG.fullmatch(ground.text, begin, end):
        return
    what = f"take {ground.text[begin:end]} away"
    for change in _removals(ground, begin, end):
        yield Attempt(what, (change,), is_safe=False)


def _removals(ground: Ground, begin: int, end: int) -> Iterator[Change]:
    line, stop = ground.line(begin)
    if ground.kind == "yaml" and _ITEM.fullmatch(ground.text, line, stop):
        yield Change(line, stop + len(ground.line_end), "")
        return
    blank = _BEFORE.search(ground.text, max(line - 80, 0), begin)
    if blank is not None:
        yield Change(blank.start(), end, "")
    element = _ELEMENT.search(ground.text, max(begin - 200, 0), begin)
    if element is not None:
        yield Change(element.start(), end + len(element[2]), "")
