"""What an audit has to tell: as findings for other formats, and as JSON.

The JSON has a version of its own, to which keys may be added and none taken away::

    {"version": 1, "lock": path, "findings": [...], "unanswered": [...], "warnings": [...],
     "summary": {...}}

A finding has `status` (the word in the table), `code` and `name` of the rule (`null` for mere
information), `severity` (`high`, `medium`, `low`, `info`), `repo_type`, `repo_id`, `revision` (as
the code writes it), `ref`, `commit`, `what`, `remedy`, `path` (the lock) and `line` in it,
`used_by` (paths), `where` (a folder of this machine, with `--local`), and `help_uri`. What stayed
without an answer has `repo_type`, `repo_id`, `commit` and `why`. ASCII throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from flake8_hfmodels.finding import Finding, Related
from flake8_hfmodels.links import help_uri
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Confidence, Span, Target

if TYPE_CHECKING:
    from flake8_hfmodels.lock.audit import Told
    from flake8_hfmodels.lock.entry import Entry
    from flake8_hfmodels.report.report import Report

VERSION = 1

AuditMode = Literal["online", "offline", "strict", "local"]

_START = Span(1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """The footer in numbers.

    Of `entries` so many are `answered` (with `--local`: have a copy here); the `unanswered` ones
    lack an answer at least in part, the `kept_back` ones are not asked about. `requests` went over
    the wire.
    """

    entries: int
    answered: int
    unanswered: int
    kept_back: int
    requests: int
    mode: AuditMode
    seconds: float


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything that an audit has to tell.

    `lock` is the path of the lock, `lines` says where in it each entry stands, `folder` leads from
    here to the folder that the paths in it begin at. `names` are those of rules, by their codes.
    """

    lock: str
    folder: str
    told: Sequence[Told]
    lines: Mapping[Target, int]
    names: Mapping[str, str]
    unanswered: Sequence[tuple[Entry, str]]
    warnings: Sequence[str]
    summary: AuditSummary

    def findings(self) -> list[Finding]:
        """What is told as findings, for formats that know these alone; no information."""
        return [self._finding(one) for one in self.told if one.severity is not None]

    def as_report(self) -> Report:
        """As the report of a check, for its formats."""
        from flake8_hfmodels.report.report import Report, Summary

        own = self.summary
        numbers = Summary(
            files=1,
            references=own.entries,
            repos=own.entries,
            asked=own.answered,
            cached=0,
            unanswered=own.unanswered,
            suppressed=0,
            mode="offline" if own.mode == "local" else own.mode,
            seconds=own.seconds,
        )
        return Report(self.findings(), (), {}, numbers, warnings=self.warnings)

    def line(self, entry: Entry | None) -> int:
        """Where an entry stands in the lock; what is about none is told at its beginning."""
        return 1 if entry is None else self.lines.get(entry.target, 1)

    def _finding(self, told: Told) -> Finding:
        assert told.severity is not None
        line = self.line(told.entry)
        users = () if told.entry is None else told.entry.used_by
        where = f"{told.repo} at {told.revision}" if told.revision else told.repo
        return Finding(
            code=told.code,
            name=self.names[told.code],
            what=f"{where}: {told.what}",
            remedy=told.remedy,
            severity=told.severity,
            confidence=Confidence.HIGH,
            persona=Persona.REGULAR,
            path=self.lock,
            span=Span(line, 1, line, 1),
            repo_id=told.repo,
            related=tuple(Related(self.folder + one, _START, "it is used here") for one in users),
        )


def render(report: AuditReport) -> str:
    """The whole report as JSON."""
    from flake8_hfmodels.report.portable import ascii_json

    summary = report.summary
    return ascii_json(
        {
            "version": VERSION,
            "lock": report.lock,
            "findings": [_told(one, report) for one in report.told],
            "unanswered": [
                {
                    "repo_type": entry.repo_type,
                    "repo_id": entry.repo_id,
                    "commit": entry.commit,
                    "why": why,
                }
                for entry, why in report.unanswered
            ],
            "warnings": list(report.warnings),
            "summary": {name: getattr(summary, name) for name in summary.__match_args__},
        }
    )


def _told(told: Told, report: AuditReport) -> dict[str, object]:
    entry = told.entry
    return {
        "status": told.status,
        "code": told.code or None,
        "name": report.names[told.code] if told.code else None,
        "severity": "info" if told.severity is None else told.severity.value,
        "repo_type": None if entry is None else entry.repo_type,
        "repo_id": told.repo,
        "revision": None if entry is None else entry.revision,
        "ref": None if entry is None else entry.ref,
        "commit": told.commit if entry is None else entry.commit,
        "what": told.what,
        "remedy": told.remedy,
        "path": report.lock,
        "line": report.line(entry),
        "used_by": [] if entry is None else list(entry.used_by),
        "where": told.where,
        "help_uri": help_uri(told.code) if told.code else None,
    }
