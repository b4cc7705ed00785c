"""What a watch has to tell: as JSON, as an issue, and as lines below the table of an audit.

The JSON has a version of its own, to which keys may be added and none taken away::

    {"version": 1, "lock": path or null, "state": path, "since": date or null, "findings": [...],
     "subjects": [...], "unanswered": [...], "warnings": [...], "summary": {...}}

`findings` are as those of `hfmodels audit --format json`, and only what was not told before. Of
each of the `subjects`, whose look-alikes are watched, it says how many `names` there are, how many
were `asked` this time, how many `exist`, and how often all were asked before (`rounds`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.finding import Severity
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.report import audited
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.paint import Paint, printable
from flake8_hfmodels.report.table import render as as_table

if TYPE_CHECKING:
    from flake8_hfmodels.lock.audit import Told
    from flake8_hfmodels.report.audited import AuditReport

LONGEST_ISSUE = 60_000
"""Characters of an issue: GitHub takes 65,536."""


@dataclass(frozen=True, slots=True)
class Watched:
    """How far the look-alikes of one name were asked for.

    `names` there are, `asked` of them this time; so many `exist`; all were asked `rounds` times.
    """

    subject: str
    names: int
    asked: int
    exist: int
    rounds: int


@dataclass(frozen=True, slots=True)
class WatchReport:
    """Everything that a watch has to tell.

    `audit` holds what is news, of the lock and of look-alikes. `since` is the day of the run
    before, empty at the first one. `known` were told before and are as they were.
    """

    audit: AuditReport
    state: str
    since: str
    subjects: Sequence[Watched]
    known: int


def in_text(report: WatchReport, paint: Paint, columns: int | None) -> str:
    """A row for all that is news, and a footer."""
    return as_table(report.audit, paint, columns) + "".join(f"{one}\n" for one in _footer(report))


def in_json(report: WatchReport) -> str:
    """The whole report as JSON."""
    content = json.loads(audited.render(report.audit))
    from flake8_hfmodels.report.portable import ascii_json

    subjects = [
        {name: getattr(one, name) for name in one.__match_args__} for one in report.subjects
    ]
    return ascii_json(
        {
            "version": content["version"],
            "lock": content["lock"] or None,
            "state": report.state,
            "since": report.since or None,
            "findings": content["findings"],
            "known": report.known,
            "subjects": subjects,
            "unanswered": content["unanswered"],
            "warnings": content["warnings"],
            "summary": content["summary"],
        }
    )


def in_markdown(report: WatchReport) -> str:
    """The body of an issue, as GitHub shows it; nothing in it is a link or a mention."""
    since = f"since {report.since}" if report.since else "at the first run"
    lines = [f"## What `hfmodels watch` noticed {since}", ""]
    for severity in (Severity.HIGH, Severity.MEDIUM, Severity.LOW, None):
        found = [one for one in report.audit.told if one.severity is severity]
        if found:
            title = "For information" if severity is None else severity.value.capitalize()
            lines += [f"### {title}: {len(found)}", "", *_items(found), ""]
    if not report.audit.told:
        lines += ["Nothing new.", ""]
    lines += [f"{_code(line)}  " for line in _footer(report)]
    return _cut("\n".join(lines) + "\n")


def _items(told: Sequence[Told]) -> Iterator[str]:
    for one in told:
        where = " at ".join(part for part in (one.repo, one.revision) if part)
        code = f" ({one.code})" if one.code else ""
        yield f"- [ ] **{one.status}**{code} {_code(where)}: {_code(one.what)}"
        if one.remedy:
            yield f"  - {_code(one.remedy)}"
        if one.entry is not None and one.entry.used_by:
            yield f"  - used by {', '.join(map(_code, one.entry.used_by))}"


def _code(text: str) -> str:
    """Text as it is: in a span of code, so that names in it mean nothing to GitHub."""
    text = printable(text)
    longest = max(map(len, re.findall("`+", text)), default=0)
    room = " " if longest else ""
    ticks = "`" * (longest + 1)
    return f"{ticks}{room}{text}{room}{ticks}"


def _cut(text: str) -> str:
    if len(text) <= LONGEST_ISSUE:
        return text
    head = text[:LONGEST_ISSUE].rpartition("\n- [ ]")[0]
    return f"{head}\n\nThere is more: see the JSON of the run.\n"


def _footer(report: WatchReport) -> Iterator[str]:
    if report.subjects:
        asked = sum(one.asked for one in report.subjects)
        total = sum(one.names for one in report.subjects)
        begun = sum(not one.rounds for one in report.subjects)
        yield (
            f"look-alikes of {count(len(report.subjects), 'name')}: {asked} of {total} asked this"
            f" time, {sum(one.exist for one in report.subjects)} exist"
            + (f"; of {begun} not all have been asked yet" if begun else "")
        )
    if report.known:
        yield f"{count(report.known, 'thing')} told before and still so; see `hfmodels audit`"
