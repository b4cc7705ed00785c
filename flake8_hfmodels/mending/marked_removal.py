"""Keys that are taken away: a line of their own, or a pair between commas."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.mending.job import Job
from flake8_hfmodels.mending.text_ground import Attempt, Change, Ground
from flake8_hfmodels.reference import Known
from flake8_hfmodels.regex import regex

_INDENT = regex(r"[ \t]*")
_BEHIND = regex(r"[ \t]*(?:#[^\r\n]*)?")
_BEFORE = regex(r",\s*\Z")
_AFTER = regex(r"\s*,[ \t]*")


def key_removed(ground: Ground, job: Job) -> Iterator[Attempt]:
    """The pair of a key and its value taken away."""
    match job.ref.trust_remote_code:
        case Known((written,)) if job.ref.kind == "config" and not written.path:
            begin, end = ground.ends(written.span)
        case _:
            return
    quote = ground.text[max(begin - 1, 0) : begin]
    if quote in ("'", '"'):
        begin -= 1
    if ground.text[end : end + 1] in ("'", '"'):
        end += 1
    line, stop = ground.line(begin)
    text = ground.text
    what = "take trust_remote_code away"
    before = _BEFORE.search(text, max(begin - 500, 0), begin)
    if before is not None:
        yield Attempt(what, (Change(before.start(), end, ""),), is_safe=False)
    if _INDENT.fullmatch(text, line, begin) and _BEHIND.fullmatch(text, end, stop):
        last = ground.line(min(stop + len(ground.line_end), len(text)))[0]
        yield Attempt(what, (Change(line, max(last, stop), ""),), is_safe=False)
    after = _AFTER.match(text, end)
    if after is not None:
        yield Attempt(what, (Change(begin, after.end(), ""),), is_safe=False)
