"""`hfmodels check` and `hfmodels list`: read, check, report."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING

from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, NOT_ASKED, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.progress import ProgressLine
from flake8_hfmodels.cli.reading import Reading
from flake8_hfmodels.settings import Settings, for_inventory, from_namespace

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from flake8_hfmodels.check import Checked
    from flake8_hfmodels.facts import Facts
    from flake8_hfmodels.hub.lookup import Hub
    from flake8_hfmodels.reference import Target
    from flake8_hfmodels.referring import Referring
    from flake8_hfmodels.report.report import Mode, Report


def run_check(options: argparse.Namespace) -> Outcome:
    """`hfmodels check`: the findings."""
    try:
        settings = from_namespace(options)
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    return _run(options, settings)


def run_list(options: argparse.Namespace) -> Outcome:
    """`hfmodels list`: every reference."""
    try:
        settings = for_inventory(options)
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    return _run(options, settings)


def _run(options: argparse.Namespace, settings: Settings) -> Outcome:
    started = time.perf_counter()
    reading = Reading(options.paths, options.stdin_filename, settings)
    asking = _Asking(settings)
    referring = list(reading.referring())
    checked = _concluded(referring, asking, settings) if referring else None
    report = _report(checked, reading, asking, time.perf_counter() - started)
    return Outcome(
        _code(settings, reading, report),
        _rendered(report, options),
        (*(str(trouble) for trouble in report.troubles), *report.warnings),
    )


def _concluded(referring: Sequence[Referring], asking: _Asking, settings: Settings) -> Checked:
    from flake8_hfmodels.check import conclude
    from flake8_hfmodels.rules import chosen

    rules = chosen(settings.select, settings.ignore)
    return conclude(referring, asking, rules, settings.persona, settings.never_ask)


def _code(settings: Settings, reading: Reading, report: Report) -> int:
    if reading.troubles:
        return USAGE
    if report.findings:
        return FINDINGS
    return NOT_ASKED if settings.strict and report.summary.unanswered else CLEAN


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


def _report(checked: Checked | None, reading: Reading, asking: _Asking, seconds: float) -> Report:
    """What there is to tell; of nothing, where nothing has a reference."""
    from flake8_hfmodels.report.report import Report, Summary

    tally = asking.hub.tally if asking.hub is not None else None
    references = checked.references if checked is not None else ()
    targets = checked.targets if checked is not None else ()
    summary = Summary(
        files=reading.number,
        references=sum(reference.local is None for reference in references),
        repos=len({(target.repo_type, target.repo_id) for target in targets}),
        asked=tally.asked if tally else 0,
        cached=tally.cached if tally else 0,
        unanswered=tally.unanswered if tally else 0,
        stale=tally.stale if tally else 0,
        suppressed=len(checked.suppressed) if checked is not None else 0,
        mode=asking.mode,
        seconds=round(seconds, 3),
        skipped=reading.skipped,
    )
    warnings = (*reading.warnings(), *asking.warnings())
    if checked is None:
        return Report((), (), {}, summary, reading.troubles, warnings)
    heard = [one for one in references if asking.settings.persona.hears(one.persona)]
    return Report(
        checked.findings,
        heard,
        checked.lines,
        summary,
        reading.troubles,
        warnings,
        checked.suppressed,
        checked.excerpts,
    )


def _rendered(report: Report, options: argparse.Namespace) -> str:
    if options.format == "json":
        from flake8_hfmodels.report import json

        return json.render(report, inventory=options.command == "list")
    if not (report.findings or options.command == "list"):
        from flake8_hfmodels.report.footer import numbers

        return numbers(report.summary) + "\n"
    from flake8_hfmodels.report.text import Paint, render_findings, render_references

    render = render_references if options.command == "list" else render_findings
    return render(report, Paint(_wants_colour()))


def _wants_colour() -> bool:
    """Whether a person reads this on a terminal that knows colours (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout is not None and sys.stdout.isatty()
