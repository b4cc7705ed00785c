"""Annotations of GitHub Actions: a workflow command a finding, and a line of numbers.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions says how they are
written. The runner (actions/runner, ActionCommandManager.cs, `ValidateLinesAndColumns`) knows
columns only where the first line is the last. GitHub shows ten annotations of each level a step;
the others stand in the log. How the end column counts it does not say: here it is exclusive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.report.footer import numbers
from flake8_hfmodels.report.paint import printable
from flake8_hfmodels.report.portable import message, slashed
from flake8_hfmodels.report.report import Report
from flake8_hfmodels.sources.trouble import Trouble

_LEVELS = {Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "notice"}


def render(report: Report) -> str:
    """Findings, files that could not be checked, warnings, numbers; a line each."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for finding in report.findings:
        yield _command(_LEVELS[finding.severity], _place(finding), message(finding))
    for trouble in report.troubles:
        yield _command("error", _file(trouble), printable(trouble.message))
    for warning in report.warnings:
        yield _command("warning", {"title": "hfmodels"}, printable(warning))
    yield numbers(report.summary)


def _place(finding: Finding) -> Mapping[str, object]:
    span = finding.span
    place: dict[str, object] = {
        "file": slashed(finding.path),
        "line": span.line,
        "endLine": span.end_line,
    }
    if span.line == span.end_line:
        place |= {"col": span.column, "endColumn": span.end_column}
    return place | {"title": f"{finding.code} {finding.name}"}


def _file(trouble: Trouble) -> Mapping[str, object]:
    place: dict[str, object] = {"file": slashed(trouble.path)}
    return (place | {"line": trouble.line} if trouble.line else place) | {"title": "hfmodels"}


def _command(level: str, properties: Mapping[str, object], text: str) -> str:
    each = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{level} {each}::{_data(text)}"


def _data(text: str) -> str:
    """Escaped as `@actions/core` does it (actions/toolkit, packages/core/src/command.ts)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    escaped = _data(text).replace(":", "%3A").replace(",", "%2C")
    return printable(escaped)
