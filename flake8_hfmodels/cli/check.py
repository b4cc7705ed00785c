"""`hfmodels check` and `hfmodels list`: read, check, report."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flake8_hfmodels.check import Checked, check
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, NOT_ASKED, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.progress import ProgressLine
from flake8_hfmodels.discover import discover, folder_test, read
from flake8_hfmodels.facts import Facts
from flake8_hfmodels.prefilter import may_refer
from flake8_hfmodels.reference import Persona, Target
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.settings import Settings, from_namespace
from flake8_hfmodels.sources.source import PythonSource, Trouble

if TYPE_CHECKING:
    from flake8_hfmodels.hub.lookup import Hub
    from flake8_hfmodels.report.report import Mode, Report

STDIN = "-"


def run_check(options: argparse.Namespace) -> Outcome:
    """`hfmodels check`: the findings."""
    try:
        settings = from_namespace(options)
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    return _run(options, settings)


def run_list(options: argparse.Namespace) -> Outcome:
    """`hfmodels list`: every reference."""
    return _run(options, Settings(persona=Persona.AUDITOR, select=(), offline=True))


def _run(options: argparse.Namespace, settings: Settings) -> Outcome:
    started = time.perf_counter()
    reading = _Reading(
        options.paths, options.stdin_filename, settings.persona is not Persona.REGULAR
    )
    asking = _Asking(settings)
    rules = chosen(settings.select, settings.ignore)
    checked = check(
        reading.sources(), asking, rules, settings.persona, never_ask=settings.never_ask
    )
    report = _report(checked, reading, asking, time.perf_counter() - started)
    return Outcome(
        _code(settings, reading, report),
        _rendered(report, options),
        (*(_shown(trouble) for trouble in report.troubles), *report.warnings),
    )


def _code(settings: Settings, reading: _Reading, report: Report) -> int:
    if reading.troubles:
        return USAGE
    if report.findings:
        return FINDINGS
    return NOT_ASKED if settings.strict and report.summary.unanswered else CLEAN


class _Reading:
    """Reads what the paths name, one file at a time, and remembers what went wrong."""

    def __init__(self, paths: Sequence[str], stdin_filename: str, everything: bool) -> None:
        self.everything = everything
        self.paths = tuple(path for path in paths if path != STDIN)
        found = discover(self.paths)
        self.stdin = (stdin_filename,) if STDIN in paths else ()
        self.files = found.files
        self.troubles = list(found.troubles)

    def warnings(self) -> Sequence[str]:
        """Say so where nothing was there to be checked: nobody means that."""
        nothing = not (self.files or self.stdin or self.troubles)
        return (f"no Python files in {', '.join(self.paths)}",) if nothing and self.paths else ()

    def sources(self) -> Iterator[PythonSource]:
        """Every file that could hold a reference, parsed."""
        for path in self.stdin:
            yield from self._parsed(path, _standard_input(path))
        for path in self.files:
            yield from self._parsed(path, read(path))

    def _parsed(self, path: str, data: bytes | Trouble) -> Iterator[PythonSource]:
        if isinstance(data, bytes) and not (self.everything or may_refer(data)):
            return
        from flake8_hfmodels.project import project
        from flake8_hfmodels.sources.python.parse import parse

        source = data if isinstance(data, Trouble) else parse(path, data, folder_test(path))
        if isinstance(source, PythonSource):
            source = replace(source, find_module=project().finder(path))
        if isinstance(source, PythonSource):
            yield source
        else:
            self.troubles.append(source)


def _standard_input(name: str) -> bytes | Trouble:
    if sys.stdin is None:
        return Trouble(name, "standard input is closed; send a file there or name one")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        return Trouble(name, f"standard input cannot be read ({(error.strerror or '?').lower()})")


class _Asking:
    """Opens the Hub when the first question comes, and not before."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.hub: Hub | None = None
        self.end = 0.0

    def __call__(self, targets: Collection[Target]) -> Mapping[Target, Facts]:
        """Ask the Hub."""
        from flake8_hfmodels.hub.opening import open_hub

        self.hub = open_hub(self.settings)
        self.end = self.end or time.monotonic() + self.hub.deadline
        with ProgressLine() as progress:
            return self.hub(targets, self.end, progress)

    def warnings(self) -> Sequence[str]:
        """What went wrong with the Hub, a line each."""
        return self.hub.warnings() if self.hub is not None else ()

    @property
    def mode(self) -> Mode:
        """Whether somebody was to be asked, by our settings and the environment's."""
        from flake8_hfmodels.hub.identity import is_offline

        if self.settings.offline or is_offline():
            return "offline"
        return "strict" if self.settings.strict else "online"


def _report(checked: Checked, reading: _Reading, asking: _Asking, seconds: float) -> Report:
    from flake8_hfmodels.report.report import Report, Summary

    tally = asking.hub.tally if asking.hub is not None else None
    summary = Summary(
        files=len(reading.files) + len(reading.stdin),
        references=sum(reference.local is None for reference in checked.references),
        repos=len({(target.repo_type, target.repo_id) for target in checked.targets}),
        asked=tally.asked if tally else 0,
        cached=tally.cached if tally else 0,
        unanswered=tally.unanswered if tally else 0,
        stale=tally.stale if tally else 0,
        suppressed=len(checked.suppressed),
        mode=asking.mode,
        seconds=round(seconds, 3),
    )
    warnings = (*reading.warnings(), *asking.warnings())
    return Report(
        checked.findings, checked.references, checked.lines, summary, reading.troubles, warnings
    )


def _rendered(report: Report, options: argparse.Namespace) -> str:
    if options.format == "json":
        from flake8_hfmodels.report import json

        return json.render(report, inventory=options.command == "list")
    from flake8_hfmodels.report.text import Paint, render_findings, render_references

    render = render_references if options.command == "list" else render_findings
    return render(report, Paint(_wants_colour()))


def _wants_colour() -> bool:
    """Whether a person reads this on a terminal that knows colours (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout is not None and sys.stdout.isatty()


def _shown(trouble: Trouble) -> str:
    where = f"{trouble.path}:{trouble.line}" if trouble.line else trouble.path
    return f"{where}: {trouble.message}"
