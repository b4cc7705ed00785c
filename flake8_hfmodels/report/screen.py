"""Repos on a screen: a part for each, and a table above them where there are several."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.companions import repo_of
from flake8_hfmodels.facts import Owner, Publisher
from flake8_hfmodels.finding import Severity
from flake8_hfmodels.inspecting.dossier import Dossier, Reason, Risk, Step, state_of
from flake8_hfmodels.inspecting.wording import LONGEST, NOT_KNOWN, said
from flake8_hfmodels.report.cells import cells
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.paint import Paint, printable
from flake8_hfmodels.report.text import COLOURS

if TYPE_CHECKING:
    from flake8_hfmodels.report.inspected import InspectReport, InspectSummary

WIDTH, WIDEST, NARROWEST = 80, 100, 40
"""Columns of a screen where it goes to no terminal, and between which it stays on one."""

_LABEL = 10
_BOLD, _FAINT = "1", "2"


def render(report: InspectReport, paint: Paint, columns: int | None) -> str:
    """The table, where there are several repos; their screens; the numbers."""
    width = WIDTH if columns is None else max(NARROWEST, min(columns, WIDEST))
    page = _Page(paint, width)
    screens = ["\n".join(page.screen(one)) for one in report.dossiers]
    table = ["\n".join(page.table(report.dossiers))] if len(screens) > 1 else []
    return "\n\n".join([*table, *screens, footer(report.summary, paint)]) + "\n"


def footer(summary: InspectSummary, paint: Paint) -> str:
    """How many repos of each level, and the numbers of the run."""
    levels = (
        (COLOURS[Severity.HIGH], summary.high, "high"),
        (COLOURS[Severity.MEDIUM], summary.medium, "medium"),
        (_FAINT, summary.unknown, NOT_KNOWN),
        (COLOURS[Severity.LOW], summary.low, "low"),
    )
    each = ", ".join(paint(colour, f"{number} {word}") for colour, number, word in levels if number)
    asked = f"{count(summary.repos, 'repo')}: {each}" if each else "no repos"
    return f"{asked}; {count(summary.requests, 'request')}; {summary.mode}; {summary.seconds:.2f} s"


class _Page:
    """Writes lines of so many columns."""

    def __init__(self, paint: Paint, width: int) -> None:
        self._paint = paint
        self._width = width

    def table(self, dossiers: Sequence[Dossier]) -> Iterator[str]:
        """A row for each repo, in two lines where one has no room for it."""
        rows = [_row(one) for one in dossiers]
        widths = [max(map(cells, column)) for column in zip(_HEAD, *rows, strict=True)]
        fits = sum(widths) + len(_GAP) * (len(widths) - 1) <= self._width
        if fits:
            yield self._paint(_FAINT, _GAP.join(_padded(_HEAD, widths)).rstrip())
        for row, one in zip(rows, dossiers, strict=True):
            risk, *rest = _padded(row, widths)
            start = self._paint(_colour(one.risk.level), risk) + _GAP
            if fits:
                yield (start + _GAP.join(rest)).rstrip()
            else:
                yield start + row[1]
                yield from self._indented(", ".join(filter(None, row[2:])), widths[0] + len(_GAP))

    def screen(self, dossier: Dossier) -> Iterator[str]:
        """All there is to say of one repo: lines of a label and what belongs to it."""
        asked = dossier.asked
        yield self._paint(_BOLD, f"{asked.repo_type} {printable(_title(dossier))}")
        yield from self._risk(dossier.risk)
        for label, lines in said(dossier):
            yield from self._part(label, lines)
        for number, step in enumerate(dossier.steps):
            yield from self._step("" if number else "next", step)

    def _step(self, label: str, step: Step) -> Iterator[str]:
        """What to type or to paste, with what it is for behind it where there is room."""
        start = self._paint(_FAINT, label.ljust(_LABEL))
        parts = [step.text]
        if step.is_command and _LABEL + len(step.text) > self._width:
            parts = step.text.replace(" ", " \\\n  ").replace(" \\\n  ", " ", 1).split("\n")
        note = f"  # {step.why}"
        is_short = _LABEL + len(parts[-1]) + len(note) <= self._width
        for at, part in enumerate(parts):
            is_last = at == len(parts) - 1
            behind = self._paint(_FAINT, note) if is_last and is_short else ""
            yield start + self._paint(_BOLD, part) + behind
            start = " " * _LABEL
        if not is_short:
            yield from self._indented(f"# {step.why}", _LABEL)

    def _risk(self, risk: Risk) -> Iterator[str]:
        words = _level(risk.level)
        doubt = ", as far as is known" if risk.lacks and risk.level is not None else ""
        otherwise = ""
        if risk.otherwise is not risk.level:
            otherwise = f"; {_level(risk.otherwise)} without trust_remote_code"
        label = self._paint(_FAINT, "risk".ljust(_LABEL))
        yield label + self._paint(_colour(risk.level), words) + doubt + otherwise
        for reason in risk.reasons:
            finding = reason.finding
            start = f"{finding.severity.value} {finding.code}"
            first, *more = self._wrapped(f"{start} {_reason(reason)}", _LABEL)
            painted = self._paint(COLOURS[finding.severity], start) + first[len(start) :]
            yield from (" " * _LABEL + line for line in (painted, *more))
        for lack in risk.lacks:
            yield from self._indented(f"{NOT_KNOWN}: {lack[:LONGEST]}", _LABEL)

    def _part(self, label: str, lines: Iterable[str]) -> Iterator[str]:
        start = label.ljust(_LABEL)
        for one in lines:
            first, *more = self._wrapped(one, _LABEL)
            yield self._paint(_FAINT, start) + first
            start = " " * _LABEL
            yield from (start + line for line in more)

    def _indented(self, text: str, by: int) -> Iterator[str]:
        yield from (" " * by + line for line in self._wrapped(text, by))

    def _wrapped(self, text: str, indent: int) -> list[str]:
        """A text in lines that leave room for an indentation; all but the first hang back."""
        room, is_address = self._width - indent, "https://" in text
        return textwrap.wrap(
            printable(text),
            room,
            subsequent_indent="  ",
            break_on_hyphens=False,
            break_long_words=not is_address,  # in pieces it leads nowhere
        ) or [""]


_HEAD = ("RISK", "REPO", "HEAD", "OWNER", "REASONS")
_GAP = "  "


def _row(dossier: Dossier) -> tuple[str, ...]:
    head = repo_of(dossier.head)
    codes = dict.fromkeys(one.finding.code for one in dossier.risk.reasons)
    owner = dossier.owner
    name = owner.name if isinstance(owner, Publisher) else ""
    return (
        _level(dossier.risk.level),
        printable(str(dossier.asked)),
        (head.sha or "")[:12] if head is not None else state_of(dossier.head),
        printable(name) or ("nobody" if owner is Owner.GONE else ""),
        " ".join(codes),
    )


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [one + " " * (width - cells(one)) for one, width in zip(row, widths, strict=True)]


def _level(level: Severity | None) -> str:
    return NOT_KNOWN if level is None else level.value


def _colour(level: Severity | None) -> str:
    return _FAINT if level is None else COLOURS[level]


def _title(dossier: Dossier) -> str:
    asked = dossier.asked
    return asked.repo_id if asked.revision is None else f"{asked.repo_id}@{asked.revision}"


def _reason(reason: Reason) -> str:
    start = f"base model {reason.base}: " if reason.base else ""
    start += "with trust_remote_code: " if reason.is_conditional else ""
    return start + reason.finding.message
