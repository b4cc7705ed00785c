"""What was found, for people at a terminal: where, since when, what is here, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.paint import Paint, printable
from flake8_hfmodels.responding import wording
from flake8_hfmodels.responding.commands import again
from flake8_hfmodels.responding.incident import Incident

_BOLD, _BAD, _GOOD, _FAINT = "1", "1;31", "32", "2"
_TEXTS = "in text only, no reference that is known: "
_MOST = 40
"""Traces of a kind that are shown; JSON has all."""


def render(incident: Incident, paint: Paint) -> str:
    """The whole report."""
    lines = [f"{paint(_BAD if incident.is_found else _GOOD, incident.name)}: {_verdict(incident)}"]
    for title, told in _parts(incident):
        lines += ["", paint(_BOLD, printable(title)), *(f"  {printable(one)}" for one in told)]
    lines += ["", paint(_FAINT, footer(incident))]
    return "".join(f"{line}\n" for line in lines)


def footer(incident: Incident) -> str:
    """All of it in one line."""
    stories = len([*incident.past.stories])
    parts = (
        count(len(incident.code.traces), "reference"),
        f"{count(stories, 'file')} in the history",
        f"{len(incident.machine.copies)} on this machine",
        f"{len(incident.entries)} in locks",
    )
    return f"{', '.join(parts)}; {incident.mode}; {incident.seconds:.2f} s"


def _verdict(incident: Incident) -> str:
    if incident.is_found:
        return "traces of it are here"
    return "no trace of it is here" + (", but its name is" if incident.texts else "")


def _parts(incident: Incident) -> Iterator[tuple[str, Iterable[str]]]:
    yield f"In the code: {wording.of_skipped(incident)}", _code(incident)
    if incident.past.wanted:
        yield "In the history", _past(incident)
    yield f"On this machine: {', '.join(incident.machine.looked) or 'nowhere'}", _machine(incident)
    if incident.locks:
        yield "In the lock", _locks(incident)
    yield "On the Hub", _hub(incident)
    if incident.ruled is not None:
        yield "In the policy", wording.of_ruled(incident.ruled)
    if incident.is_found:
        yield "Next", _next(incident)


def _code(incident: Incident) -> Iterator[str]:
    suspect = incident.suspect
    shown = (
        f"{one.path}:{one.line}:{one.column}: {one.callee}: {wording.of_trace(one, suspect)}"
        for one in incident.code.traces
    )
    yield from _some(shown, len(incident.code.traces))
    if incident.code.texts:
        yield _TEXTS + wording.some(incident.code.texts)


def _past(incident: Incident) -> Iterator[str]:
    for history in incident.past.histories:
        yield wording.of_history(history)
        stories = (f"{one.path}: {'; '.join(wording.of_story(one))}" for one in history.stories)
        yield from _some(stories, len(history.stories))
        if history.texts:
            yield _TEXTS + wording.some(history.texts)
        yield from history.troubles
    for path in incident.past.outside:
        yield f"{path}: git is missing, knows no repository there, or does not trust its owner"


def _machine(incident: Incident) -> Iterator[str]:
    for one in incident.machine.copies:
        first, *rest = wording.of_copy(one, incident.suspect)
        yield first
        yield from (f"  {line}" for line in rest)
    if not incident.machine.copies:
        yield "nothing"


def _locks(incident: Incident) -> Iterator[str]:
    for one in incident.locks:
        yield from (wording.of_entry(each, one, incident.suspect) for each in one.entries)
        yield from (f"  {wording.of_change(each)}" for each in one.changed)
        yield from (wording.of_needing(each, one) for each in one.needing)
        if not (one.entries or one.needing):
            yield f"{one.path}: nothing"


def _hub(incident: Incident) -> Iterator[str]:
    if incident.is_private:
        yield "not asked, as never-ask says"
    for target, facts in incident.hub:
        yield "; ".join(wording.of_facts(target, facts))


def _next(incident: Incident) -> Iterator[str]:
    yield again(incident, "--format", "markdown", "--output", "incident.md")
    if incident.ruled is None:
        yield again(incident, "--deny", "why")


def _some(lines: Iterable[str], number: int) -> Iterator[str]:
    for at, line in enumerate(lines):
        if at == _MOST:
            yield f"and {number - _MOST} more; --format json has all"
            return
        yield line
    if not number:
        yield "nothing"
