"""Look-alikes as a table for people, and as JSON.

The JSON has a version of its own, to which keys may be added and none taken away::

    {"version": 1, "subjects": [{"name", "type", "original": {...}, "lookalikes": [{...}]}],
     "warnings": [...], "summary": {...}}

`type` is `owner`, or the type of the repo. A look-alike has `name`, `technique`, `status`
(`exists`, `moved`, `owner only`, `missing`, `free`, `unknown`, `kept back`), `owner` (`name`,
`kind`, `verified`, `fullname`, or `null`), `created`, `downloads`, `leads_to`, and `why` nothing is
known; the original has the same, and `null` for a technique. ASCII throughout.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.lookalikes.existing import Lookalike, Status
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.report.cells import cells
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.paint import Paint, printable
from flake8_hfmodels.report.portable import ascii_json

VERSION = 1
_HEAD = ("NAME", "STATUS", "TECHNIQUE", "OWNER", "CREATED", "DOWNLOADS")
_GAP, _INDENT = "  ", "    "
_BOLD, _FAINT, _RED = "1", "2", "31"
_NARROWEST = 40

_ROWS: tuple[Status, ...] = ("exists", "moved", "owner only")
"""What has a row of its own; of the others there are only the names."""

_LISTS: dict[Status, str] = {
    "missing": "no such repo (not known whether the owner exists)",
    "free": "free (anybody can register them)",
    "unknown": "not known",
    "kept back": "not asked",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What was asked for on the command line, and what could be taken for it: first it itself."""

    name: str
    type: Literal["owner"] | RepoType
    rows: Sequence[Lookalike]

    @property
    def lookalikes(self) -> Sequence[Lookalike]:
        """All but the original."""
        return self.rows[1:]


@dataclass(frozen=True, slots=True)
class LookalikesReport:
    """Everything that there is to tell. `requests` went over the wire."""

    subjects: Sequence[Subject]
    warnings: Sequence[str]
    mode: Literal["online", "offline", "strict"]
    requests: int
    seconds: float

    @property
    def unanswered(self) -> int:
        """Of how many names nothing is known, or not all."""
        return sum(
            row.status in ("unknown", "missing") for one in self.subjects for row in one.rows
        )


def in_json(report: LookalikesReport) -> str:
    """The whole report as JSON."""
    return ascii_json(
        {
            "version": VERSION,
            "subjects": [
                {
                    "name": one.name,
                    "type": one.type,
                    "original": _in_json(one.rows[0]),
                    "lookalikes": [_in_json(row) for row in one.lookalikes],
                }
                for one in report.subjects
            ],
            "warnings": list(report.warnings),
            "summary": {
                "names": sum(len(one.rows) for one in report.subjects),
                "unanswered": report.unanswered,
                "requests": report.requests,
                "mode": report.mode,
                "seconds": report.seconds,
            },
        }
    )


def _in_json(row: Lookalike) -> dict[str, object]:
    owner = row.owner
    return {
        "name": row.name,
        "technique": row.technique,
        "status": row.status,
        "owner": owner
        and {
            "name": owner.name,
            "kind": owner.kind,
            "verified": owner.is_verified,
            "fullname": owner.fullname,
        },
        "created": row.created or None,
        "downloads": row.downloads,
        "leads_to": row.leads_to or None,
        "why": row.why or None,
    }


def in_text(report: LookalikesReport, paint: Paint, columns: int | None) -> str:
    """A table for each id: what exists, beside the original; then the names that nobody has."""
    parts = ["\n".join(_lines(one, paint, columns)) for one in report.subjects]
    return "\n\n".join((*parts, footer(report))) + "\n"


def footer(report: LookalikesReport) -> str:
    """The last line of the table: how many names, and how the Hub was asked."""
    names = count(sum(len(one.rows) for one in report.subjects), "name")
    return (
        f"{names}: {count(report.requests, 'request')}, {report.unanswered} unanswered;"
        f" {report.mode}; {report.seconds:.2f} s"
    )


def _lines(subject: Subject, paint: Paint, columns: int | None) -> Iterator[str]:
    rows = sorted(
        (row for row in subject.lookalikes if row.status in _ROWS),
        key=lambda row: (_ROWS.index(row.status), -(row.downloads or 0)),
    )
    yield _heading(subject)
    table = [_HEAD, _cells(subject.rows[0]), *map(_cells, rows)]
    widths = [max(map(cells, column)) for column in zip(*table, strict=True)]
    colours = (_FAINT, _BOLD, *(_RED if row.status == "exists" else "" for row in rows))
    for texts, colour in zip(table, colours, strict=True):
        padded = zip(texts, widths, strict=True)
        line = _GAP.join(one + " " * (width - cells(one)) for one, width in padded).rstrip()
        yield paint(colour, line) if colour else line
    for status, words in _LISTS.items():
        yield from _listed(subject, status, words, columns)


def _heading(subject: Subject) -> str:
    counts = Counter(row.status for row in subject.lookalikes)
    each = (f"{number} {status}" for status, number in counts.most_common())
    names = count(len(subject.lookalikes), "name")
    return f"{printable(subject.name)}: {names} could be taken for it: {', '.join(each) or 'none'}"


def _cells(row: Lookalike) -> tuple[str, ...]:
    leads = f" to {row.leads_to}" if row.leads_to else ""
    many = "" if row.downloads is None else f"{row.downloads:,}"
    status = row.status if row.technique else f"the original: {row.status}"
    texts = (row.name, f"{status}{leads}", row.technique or "", _owner(row), row.created[:10], many)
    return tuple(map(printable, texts))


def _owner(row: Lookalike) -> str:
    if row.owner is None:
        return ""
    kind = "organization" if row.owner.kind == "org" else "user"
    return f"verified {kind}" if row.owner.is_verified else kind


def _listed(subject: Subject, status: Status, words: str, columns: int | None) -> Iterator[str]:
    """Names of which there is nothing else to say, by the reason where there is one."""
    by_reason: dict[str, list[str]] = {}
    for row in subject.lookalikes:
        if row.status == status:
            by_reason.setdefault(row.why, []).append(printable(row.name))
    for why, names in by_reason.items():
        yield f"{words} ({printable(why)}):" if why else f"{words}:"
        width = max(_NARROWEST, columns or 100)
        yield from textwrap.wrap(
            ", ".join(names),
            width,
            initial_indent=_INDENT,
            subsequent_indent=_INDENT,
            break_long_words=False,
            break_on_hyphens=False,
        )
