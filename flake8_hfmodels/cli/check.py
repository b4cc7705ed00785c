"""`hfmodels check` and `hfmodels list`: read, check, report."""

from __future__ import annotations

import argparse
import os
import time
from typing import TYPE_CHECKING

from flake8_hfmodels.cli.asking import Asking
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, NOT_ASKED, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.reading import Reading
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.settings import given

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from flake8_hfmodels.changes import Changes
    from flake8_hfmodels.check import Checked
    from flake8_hfmodels.cli.known import Scope
    from flake8_hfmodels.finding import Finding
    from flake8_hfmodels.persona import Persona
    from flake8_hfmodels.referring import Referring
    from flake8_hfmodels.report.report import Mode, Report
    from flake8_hfmodels.settings import Settings


def run_check(options: argparse.Namespace) -> Outcome:
    """`hfmodels check`: the findings."""
    return _run(options, {})


def run_list(options: argparse.Namespace) -> Outcome:
    """`hfmodels list`: every reference in the files that are wanted; nobody is asked."""
    return _run(options, {"select": (), "offline": True})


def _run(options: argparse.Namespace, always: Mapping[str, object]) -> Outcome:
    started = time.perf_counter()
    try:
        said = {**given(options), **always}
        if options.write_baseline and options.diff is not None:
            raise ValueError(
                "write-baseline: takes all that is found, and so does not go with --diff"
            )
        changes = _changes(options.diff)
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    try:
        configured = Configured(said, options.config, not options.isolated)
        if options.show_settings:
            from flake8_hfmodels.cli.showing import settings_in

            names = [options.stdin_filename if one == "-" else one for one in options.paths]
            return Outcome(CLEAN, settings_in(names, configured))
        return _Run(options, configured, changes).outcome(started)
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))


def _changes(ref: str | None) -> Changes | None:
    if ref is None:
        return None
    from flake8_hfmodels.changes import changes_since

    return changes_since(ref)


class _Run:
    """One run: what it reads, whom it asks, what it comes to."""

    def __init__(
        self, options: argparse.Namespace, configured: Configured, changes: Changes | None
    ) -> None:
        self.options = options
        self.configured = configured
        self.changes = changes
        self.asking = Asking()
        self.reading = Reading(options.paths, options.stdin_filename, configured)
        self.own = configured(_first(options.paths))

    def outcome(self, started: float) -> Outcome:
        """Do all of it. Raises `ConfigurationError`."""
        projects: dict[Settings, list[Referring]] = {}
        for one in self.reading.referring():
            projects.setdefault(self.configured(one.path), []).append(one)
        settings = tuple(projects) or (self.own,)
        checked = self._concluded(projects) if projects else None
        notes: Sequence[str] = ()
        if self.options.write_baseline:
            from flake8_hfmodels.cli.known import write

            outcome = write(checked, self.own, self._scope(settings))
            if outcome.code != CLEAN:
                return outcome
            complaints = (*map(str, self.reading.troubles), *self._warnings())
            return Outcome(self._code(()), outcome.text, complaints)
        baselines = self._baselines() if self.options.command == "check" else ()
        if baselines:
            from flake8_hfmodels.cli.known import applied

            checked, notes = applied(checked, baselines, self._scope(settings))
        report = self._report(checked, settings, notes, time.perf_counter() - started)
        return self._told(report)

    def _baselines(self) -> Collection[str]:
        """The baselines of all projects, those of which nothing loads a model any more too."""
        every = (self.own, *map(self.configured, self.reading.done))
        return dict.fromkeys(one.baseline for one in every if one.baseline)

    def _concluded(self, projects: Mapping[Settings, Sequence[Referring]]) -> Checked:
        """What there is to say of all projects; each has its own rules."""
        from flake8_hfmodels.check import joined

        found = [self._judged(settings, referring) for settings, referring in projects.items()]
        if len(found) == 1:
            return found[0]
        return joined(found, [file.path for file in (*self.reading.stdin, *self.reading.files)])

    def _judged(self, settings: Settings, referring: Sequence[Referring]) -> Checked:
        from flake8_hfmodels.check import conclude
        from flake8_hfmodels.rules import chosen

        return conclude(
            referring,
            lambda targets: self.asking.ask(settings, targets),
            chosen(settings.select, settings.ignore),
            settings.persona,
            settings.never_ask,
            settings.severity,
            settings.policies,
        )

    def _scope(self, settings: Sequence[Settings]) -> Scope:
        from flake8_hfmodels.cli.known import Scope

        files = {os.path.realpath(path) for path in self.reading.done}
        folders = [os.path.realpath(path) for path in self.reading.paths if os.path.isdir(path)]
        is_answered = _mode(settings) != "offline" and not self.asking.count("unanswered")
        return Scope(self.configured, files, folders, is_answered)

    def _report(
        self,
        checked: Checked | None,
        settings: Sequence[Settings],
        notes: Sequence[str],
        seconds: float,
    ) -> Report:
        """What there is to tell; of nothing, where nothing has a reference."""
        from flake8_hfmodels.report.report import Report, Summary

        references = checked.references if checked is not None else ()
        targets = checked.targets if checked is not None else ()
        findings: Sequence[Finding] = checked.findings if checked is not None else ()
        outside = 0
        if self.changes is not None and findings:
            from flake8_hfmodels.changes import part

            findings, outside = part(self.changes, findings)
        summary = Summary(
            files=self.reading.number,
            references=sum(reference.local is None for reference in references),
            repos=len({(target.repo_type, target.repo_id) for target in targets}),
            asked=self.asking.count("asked"),
            cached=self.asking.count("cached"),
            unanswered=self.asking.count("unanswered"),
            stale=self.asking.count("stale"),
            suppressed=len(checked.suppressed) if checked is not None else 0,
            fixable=sum(finding.fix is not None for finding in findings),
            outside=outside,
            mode=_mode(settings),
            seconds=round(seconds, 3),
            skipped=self.reading.skipped,
        )
        warnings = (*self._warnings(), *notes)
        if checked is None:
            return Report((), (), {}, summary, self.reading.troubles, warnings)
        heard = [one for one in references if self._hears(one.path, one.persona)]
        return Report(
            findings,
            heard,
            checked.lines,
            summary,
            self.reading.troubles,
            warnings,
            checked.suppressed,
            checked.excerpts,
        )

    def _warnings(self) -> Sequence[str]:
        return (*self.reading.warnings(), *self.asking.warnings())

    def _code(self, findings: Sequence[Finding]) -> int:
        if self.reading.troubles:
            return USAGE
        if findings:
            return FINDINGS
        return NOT_ASKED if self.asking.falls_short else CLEAN

    def _hears(self, path: str, persona: Persona) -> bool:
        return self.configured(path).persona.hears(persona)

    def _told(self, report: Report) -> Outcome:
        from flake8_hfmodels.cli.showing import rendered, summed_up

        code = self._code(report.findings)
        complaints = (*(str(trouble) for trouble in report.troubles), *report.warnings)
        text = rendered(report, self.options)
        if not self.options.output:
            return Outcome(code, text, complaints)
        from flake8_hfmodels.cli.writing import write_whole

        lost = write_whole(self.options.output, text)
        if lost is None:
            is_file = os.path.isfile(self.options.output)  # /dev/stdout is none
            text = summed_up(report, self.options) if is_file else ""
            return Outcome(code, text, complaints)
        return Outcome(USAGE, "", (*complaints, f"--output: {self.options.output}: {lost}"))


def _first(paths: Collection[str]) -> str:
    """The first file or folder that is looked at; its settings are those of the run itself."""
    path = next((path for path in paths if path != "-"), os.curdir)
    return os.path.join(path, "") if os.path.isdir(path) else path


def _mode(settings: Sequence[Settings]) -> Mode:
    """Whether somebody was to be asked, by our settings and the environment's."""
    from flake8_hfmodels.hub.identity import is_offline

    if is_offline() or all(one.offline for one in settings):
        return "offline"
    return "strict" if any(one.strict for one in settings) else "online"
