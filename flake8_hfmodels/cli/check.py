"""`hfmodels check` and `hfmodels list`: read, check, report."""

from __future__ import annotations

import argparse
import os
import time
from functools import partial
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

    from flake8_hfmodels.blame import Blamer, Line
    from flake8_hfmodels.changes import Changes
    from flake8_hfmodels.check import Checked
    from flake8_hfmodels.cli.known import Scope
    from flake8_hfmodels.finding import Finding
    from flake8_hfmodels.lock.lock import Lock
    from flake8_hfmodels.persona import Persona
    from flake8_hfmodels.referring import Referring
    from flake8_hfmodels.report.report import Mode, Report
    from flake8_hfmodels.settings import Settings

    Projects = dict[tuple[Settings, str], tuple[Lock | None, list[Referring]]]


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
        if options.fix and (options.write_baseline or options.diff is not None):
            raise ValueError(
                "fix: mends whole files, and so goes with neither of these two: "
                "--diff, --write-baseline"
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
        if options.fix:
            return _after_fixes(options, configured, started)
        return Run(options, configured, changes).outcome(started)
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))


def _after_fixes(options: argparse.Namespace, configured: Configured, started: float) -> Outcome:
    """Mend what can be mended, and say what is left. Raises `ConfigurationError`."""
    from flake8_hfmodels.cli.pin import mend

    fixed, troubles = mend(options, configured)
    outcome = Run(options, configured, None).outcome(started)
    code = USAGE if troubles else outcome.code
    said = () if options.quiet else (fixed,)
    return Outcome(code, outcome.text, (*map(str, troubles), *said, *outcome.complaints))


def _changes(ref: str | None) -> Changes | None:
    if ref is None:
        return None
    from flake8_hfmodels.changes import changes_since

    return changes_since(ref)


class Run:
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
        self.blamer: Blamer | None = None
        self.locks: set[bool] = set()

    def outcome(self, started: float) -> Outcome:
        """Do all of it. Raises `ConfigurationError`."""
        if not self.options.write_baseline:
            return self._told(self.report(started)[1])
        from flake8_hfmodels.cli.known import write

        checked, settings = self._checked()
        outcome = write(checked, self.own, self._scope(settings))
        if outcome.code != CLEAN:
            return outcome
        complaints = (*map(str, self.reading.troubles), *self._warnings())
        return Outcome(self.code(()), outcome.text, complaints)

    def report(self, started: float) -> tuple[Checked | None, Report]:
        """What came of it, and what there is to tell of that. Raises `ConfigurationError`."""
        checked, settings = self._checked()
        notes: Sequence[str] = ()
        baselines = () if self.options.command == "list" else self._baselines()
        if baselines:
            from flake8_hfmodels.cli.known import applied

            checked, notes = applied(checked, baselines, self._scope(settings))
        seconds = time.perf_counter() - started
        return checked, self._report(checked, settings, notes, seconds)

    def _checked(self) -> tuple[Checked | None, Sequence[Settings]]:
        """What there is to say of all files that refer to the Hub, and the settings of these."""
        projects: Projects = {}
        for one in self.reading.referring():
            settings_of_one = self.configured(one.path)
            lock = self._lock(one.path, settings_of_one)
            self.locks.add(lock is not None)
            path = lock.path if lock is not None else ""
            projects.setdefault((settings_of_one, path), (lock, []))[1].append(one)
        settings = tuple(dict.fromkeys(one for one, _path in projects)) or (self.own,)
        return (self._concluded(projects) if projects else None), settings

    def _baselines(self) -> Collection[str]:
        """The baselines of all projects, those of which nothing loads a model any more too."""
        every = (self.own, *map(self.configured, self.reading.done))
        return dict.fromkeys(one.baseline for one in every if one.baseline)

    def _lock(self, path: str, settings: Settings) -> Lock | None:
        """The lock that a file goes by; an inventory asks nobody anything."""
        if self.options.command == "list":
            return None
        from flake8_hfmodels.lock.place import lock_for

        return lock_for(path, settings)

    def _concluded(self, projects: Projects) -> Checked:
        """What there is to say of all projects; each has its own rules."""
        from flake8_hfmodels.check import joined

        found = [
            self._judged(settings, lock, referring)
            for (settings, _path), (lock, referring) in projects.items()
        ]
        if len(found) == 1:
            return found[0]
        return joined(found, [file.path for file in (*self.reading.stdin, *self.reading.files)])

    def _judged(
        self, settings: Settings, lock: Lock | None, referring: Sequence[Referring]
    ) -> Checked:
        from flake8_hfmodels.check import Beside, conclude
        from flake8_hfmodels.rules import chosen

        return conclude(
            referring,
            lambda targets: self.asking.look_up(settings, lock, targets),
            chosen(settings.select, settings.ignore),
            settings.persona,
            settings.never_ask,
            settings.severity,
            settings.policies,
            beside=Beside(
                self._blame if lock is None else None,
                settings.grace,
                settings.policy,
                settings.watch,
                partial(self.asking.publishers, settings, lock),
                partial(self.asking.codes, settings, lock),
            ),
        )

    def _blame(self, path: str, text: str | None, lines: Collection[int]) -> Mapping[int, Line]:
        """Since when lines stand in a file; all files share the time there is for git."""
        from flake8_hfmodels.blame import Blamer

        self.blamer = self.blamer or Blamer()
        return self.blamer(path, text, lines)

    def _scope(self, settings: Sequence[Settings]) -> Scope:
        from flake8_hfmodels.cli.known import Scope

        files = {os.path.realpath(path) for path in self.reading.done}
        folders = [os.path.realpath(path) for path in self.reading.paths if os.path.isdir(path)]
        is_asked = self.locks == {True} or _mode(settings) != "offline"
        is_answered = is_asked and not self.asking.count("unanswered")
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
            locked=self.asking.locked,
            suppressed=len(checked.suppressed) if checked is not None else 0,
            fixable=sum(finding.fix is not None for finding in findings),
            outside=outside,
            mode="locked" if self.locks == {True} else _mode(settings),
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
        late = self.blamer.given_up if self.blamer is not None else 0
        files = "1 file" if late == 1 else f"{late} files"
        unknown = (f"git blame takes too long for {files}: HFM008 says nothing of them",)
        return (*self.reading.warnings(), *self.asking.warnings(), *(unknown if late else ()))

    def code(self, findings: Sequence[Finding]) -> int:
        """What to exit with, where so much is found."""
        if self.reading.troubles:
            return USAGE
        if findings:
            return FINDINGS
        return NOT_ASKED if self.asking.falls_short else CLEAN

    def _hears(self, path: str, persona: Persona) -> bool:
        return self.configured(path).persona.hears(persona)

    def _told(self, report: Report) -> Outcome:
        from flake8_hfmodels.cli.showing import rendered, summed_up

        code = self.code(report.findings)
        complaints = (*(str(trouble) for trouble in report.troubles), *report.warnings)
        outcome = Outcome(code, rendered(report, self.options), complaints)
        return outcome.into(self.options.output, lambda: summed_up(report, self.options))


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
