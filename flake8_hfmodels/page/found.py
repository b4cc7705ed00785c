"""The findings: how many of each rule, then each one with its code, file by file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flake8_hfmodels.finding import OLD_ANSWER, Finding, Related, Suppressed
from flake8_hfmodels.page.content import WORST_FIRST, Content, counted
from flake8_hfmodels.page.grid import Cell, Column, grid
from flake8_hfmodels.page.markup import Html, code, name, rows, tag, together
from flake8_hfmodels.page.words import rule_link, severity_badge
from flake8_hfmodels.reference import Span
from flake8_hfmodels.report.cells import window
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.report import Report

WIDEST = 160
"""Cells that are shown of a line."""

MOST = 6
"""Lines that are shown of a place."""

LINE_END = Html("\n")

_RULES = (
    Column("Rule"),
    Column("What it is about"),
    *(Column(one.value.capitalize(), "number") for one in WORST_FIRST),
)


def findings(content: Content) -> Html:
    """All there is against the code."""
    report = content.report
    by_file: dict[str, list[Finding]] = {}
    for one in report.findings:
        by_file.setdefault(one.path, []).append(one)
    numbers = {path: number for number, path in enumerate(content.files, 1)}
    return tag(
        "section",
        tag("h2", "Findings", id="findings"),
        _by_rule(report.findings) if report.findings else tag("p", "None."),
        rows(_file(numbers[path], path, found, report) for path, found in by_file.items()),
        _silenced(report.suppressed),
        aria_labelledby="findings",
    )


def _by_rule(found: Sequence[Finding]) -> Html:
    rules: dict[tuple[str, str], list[Finding]] = {}
    for one in sorted(found, key=lambda one: one.code):
        rules.setdefault((one.code, one.name), []).append(one)
    lines = [
        (Cell(rule_link(rule)), Cell(about), *map(Cell, counted(some).values()))
        for (rule, about), some in rules.items()
    ]
    return grid("How many findings there are of each rule", _RULES, lines)


def _file(number: int, path: str, found: Sequence[Finding], report: Report) -> Html:
    return tag(
        "section",
        tag("h3", code(path), f" {count(len(found), 'finding')}", id=f"file-{number}"),
        rows(_finding(one, report) for one in found),
        class_="file",
        aria_labelledby=f"file-{number}",
        data_group=True,
    )


def _finding(one: Finding, report: Report) -> Html:
    suggested = one.suggested_revision
    return tag(
        "article",
        tag(
            "h4",
            severity_badge(one.severity),
            " ",
            rule_link(one.code),
            f" {one.name} ",
            tag("span", f"line {_line(one)}", class_="quiet"),
        ),
        tag("p", one.what),
        _excerpt(report, one.path, one.span),
        *(_related(other, one.path, report) for other in one.related),
        tag("p", tag("strong", "What to do: "), one.remedy),
        tag("p", tag("strong", "Commit: "), code(suggested))
        if suggested and suggested not in one.remedy
        else None,
        tag("p", _note(one), class_="quiet"),
        class_=f"finding {one.severity.value}",
        data_find="findings",
    )


def _line(one: Finding) -> str:
    if one.cell is None:
        return str(one.span.line)
    number, line = one.cell
    return f"{one.span.line} (cell {number}, line {line})"


def _note(one: Finding) -> str:
    """How sure it is, and whether we could mend it."""
    words = f"{one.confidence.value.capitalize()} confidence"
    words += f", {OLD_ANSWER}" if one.is_by_old_answers else ""
    if one.fix is None:
        return f"{words}."
    safe = "hfmodels check --fix mends it" if one.fix.is_safe else "fixable with care"
    return f"{words}; {safe}."


def _related(other: Related, path: str, report: Report) -> Html:
    if other.path == path:
        return together(
            (tag("p", other.message, class_="quiet"), _excerpt(report, path, other.span))
        )
    where = f"{name(other.path)}:{other.span.line}: {other.message}"
    return tag("p", where, class_="quiet")


def _excerpt(report: Report, path: str, span: Span) -> Html | None:
    """The lines of a place, with what is meant in them marked."""
    lines = [*_lines(report, path, span)]
    if not lines:
        return None
    left_out = span.end_line - span.line + 1 - MOST
    more = (
        tag("span", f"     {count(left_out, 'more line')}", class_="number")
        if left_out > 0
        else None
    )
    return tag(
        "div",
        tag("samp", *lines, more),
        class_="excerpt",
        role="group",
        aria_label="Code",
        tabindex=0,
    )


def _lines(report: Report, path: str, span: Span) -> Iterator[Html]:
    last = span.line if (path, span) in report.excerpts else span.end_line
    for number in range(span.line, min(last, span.line + MOST - 1) + 1):
        if number == span.line:
            text, at = report.excerpt(path, span)
        else:
            text, at = report.line(path, number), span
        is_end = number == span.end_line or (path, span) in report.excerpts
        begin = at.column if number == span.line else len(text) - len(text.lstrip()) + 1
        end = at.end_column if is_end else len(text) + 1
        shown, place = window(text, Span(number, begin, number, max(begin, end)), WIDEST)
        if not shown.strip():
            continue
        before, after = place.column - 1, place.end_column - 1
        yield together(
            (
                tag("span", f"{number:>4} ", class_="number"),
                shown[:before],
                tag("mark", shown[before:after]),
                shown[after:],
                LINE_END,
            )
        )


_SILENCERS: Mapping[str, str] = {
    "comment": "a comment",
    "settings": "per-file-ignores",
    "baseline": "the baseline",
}
_SILENCED = (
    Column("Where"),
    Column("Severity"),
    Column("Rule"),
    Column("What"),
    Column("Silenced by"),
    Column("Reason"),
)


def _silenced(suppressed: Sequence[Suppressed]) -> Html | None:
    if not suppressed:
        return None
    by = Counter(_SILENCERS[one.by] for one in suppressed)
    each = ", ".join(f"{number} by {what}" for what, number in sorted(by.items()))
    return tag(
        "details",
        tag("summary", f"{count(len(suppressed), 'silenced finding')}: {each}"),
        grid("Findings that are silenced", _SILENCED, map(_quiet, suppressed), finds="silenced"),
    )


def _quiet(one: Suppressed) -> Iterable[Cell]:
    finding = one.finding
    yield Cell(code(f"{finding.path}:{finding.span.line}"))
    yield Cell(severity_badge(finding.severity), WORST_FIRST.index(finding.severity))
    yield Cell(rule_link(finding.code))
    yield Cell(finding.what)
    yield Cell(_SILENCERS[one.by])
    yield Cell(one.reason)
