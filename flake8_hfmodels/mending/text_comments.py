"""Where a comment may stand behind a pin."""

from __future__ import annotations

from flake8_hfmodels.mending.job import Job
from flake8_hfmodels.mending.marked_places import Places
from flake8_hfmodels.mending.text_ground import Attempt, Ground
from flake8_hfmodels.regex import regex

_QUIET = regex(r"[^'\"\\`#(){}<]*")
_MARKED_END = regex(
    r"[\"']?(?:[ \t,\]}][^\"'\r\n]*|[\[{,: \t]\"[^\"\\\r\n]*\"|[\[{,: \t]'[^'\r\n]*')*"
)


def comment_place(ground: Ground, job: Job, attempt: Attempt, places: Places) -> int | None:
    """The end of the line of a pin, where a comment ends nothing else."""
    at = attempt.changes[-1].end
    stop = ground.line(at)[1]
    if ground.kind == "shell":
        return stop if _ends_there(ground, job, at) else None
    if ground.kind not in ("yaml", "toml"):
        return None
    place = places.at(at, at)
    if place is None:
        return stop if _MARKED_END.fullmatch(ground.text, at, stop) else None
    if place.leaf.block:
        is_shell = ground.kind == "yaml" and job.ref.kind in ("command", "uri")
        is_script = is_shell and places.is_script(place)
        return stop if is_script and _ends_there(ground, job, at) else None
    is_one_line = ground.line(place.start) == ground.line(place.end)
    return stop if is_one_line and _MARKED_END.fullmatch(ground.text, place.end, stop) else None


def _ends_there(ground: Ground, job: Job, at: int) -> bool:
    """Whether a command ends on the line of its pin, and no quotes are open there."""
    begin, end = ground.ends(job.ref.span)
    line, stop = ground.line(at)
    last = max(at, end)
    if ground.line(end) != (line, stop) or job.ref.kind not in ("command", "uri"):
        return False
    before = ground.text[max(line, 0) : last]
    is_closed = before.count('"') % 2 == before.count("'") % 2 == 0
    return is_closed and begin < last and _QUIET.fullmatch(ground.text, last, stop) is not None
