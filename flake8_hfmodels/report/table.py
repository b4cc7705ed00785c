"""An audit as a table for people: status, repo, revision, what; then a footer."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.finding import Severity
from flake8_hfmodels.report.cells import cells
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.paint import Paint, printable
from flake8_hfmodels.report.text import COLOURS

if TYPE_CHECKING:
    from flake8_hfmodels.lock.audit import Told
    from flake8_hfmodels.report.audited import AuditReport, AuditSummary

HEAD = ("STATUS", "REPO", "REVISION", "WHAT")
NARROWEST = 30
"""Cells that the last column has at least; where there are fewer, it stands below the others."""
_GAP = "  "
_INDENT = "    "
_BOLD, _FAINT = "1", "2"


def render(report: AuditReport, paint: Paint, columns: int | None) -> str:
    """A row for all there is to tell, as wide as a screen of so many columns, and a footer."""
    parts = ["\n".join(_lines(report.told, paint, columns))] if report.told else []
    return "\n\n".join([*parts, footer(report, paint)]) + "\n"


def footer(report: AuditReport, paint: Paint) -> str:
    """How many findings there are and how bad, and the numbers of the audit."""
    counts = Counter(one.severity for one in report.told)
    news = counts.pop(None, 0)
    each = [
        paint(COLOURS[one], f"{counts[one]} {one.value}")
        for one in (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
        if counts[one]
    ]
    found = f"{count(counts.total(), 'finding')}: {', '.join(each)}" if each else "no findings"
    if not report.told and report.summary.unanswered and not report.summary.answered:
        found = "nothing is known"
    found += f"; {news} for information" if news else ""
    return f"{found}\n{_numbers(report.summary)}"


def _numbers(summary: AuditSummary) -> str:
    entries = "1 entry" if summary.entries == 1 else f"{summary.entries} entries"
    if summary.mode == "local":
        what = f"{summary.answered} with a copy here"
    else:
        what = f"{summary.answered} answered, {summary.unanswered} unanswered"
        what += f", {summary.kept_back} kept back" if summary.kept_back else ""
        what += f"; {count(summary.requests, 'request')}"
    return f"{entries}: {what}; {summary.mode}; {summary.seconds:.2f} s"


def _lines(told: Sequence[Told], paint: Paint, columns: int | None) -> Iterator[str]:
    rows = [tuple(map(printable, (one.status, one.repo, one.revision))) for one in told]
    widths = [max(map(cells, column)) for column in zip(HEAD[:3], *rows, strict=True)]
    before = sum(widths) + 3 * len(_GAP)
    room = None if columns is None else columns - before
    yield paint(_FAINT, _GAP.join((*_padded(HEAD[:3], widths), HEAD[3])))
    for row, one in zip(rows, told, strict=True):
        colour = _FAINT if one.severity is None else COLOURS[one.severity]
        status, repo, revision = _padded(row, widths)
        start = _GAP.join((paint(colour, status), paint(_BOLD, repo), revision))
        message = printable(f"{one.what}; {one.remedy}" if one.remedy else one.what)
        if room is None:
            yield f"{start}{_GAP}{message}"
        elif room >= NARROWEST:
            first, *more = textwrap.wrap(message, room)
            yield f"{start}{_GAP}{first}"
            yield from (" " * before + line for line in more)
        else:
            yield start.rstrip()
            width = max(NARROWEST, columns or 0) - len(_INDENT)
            yield from (_INDENT + line for line in textwrap.wrap(message, width))


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [one + " " * (width - cells(one)) for one, width in zip(row, widths, strict=True)]
