"""`hfmodels pin`: what can be mended is mended, and what cannot be says why."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from flake8_hfmodels.blame import Blamer
from flake8_hfmodels.check import Beside, Lookup, conclude
from flake8_hfmodels.cli.asking import Asking
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, NOT_ASKED, USAGE
from flake8_hfmodels.cli.looking import look
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.reading import STDIN, Reading
from flake8_hfmodels.cli.rewriting import Change, changed
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.discover import File
from flake8_hfmodels.facts import Facts, Unavailable
from flake8_hfmodels.finding import Finding
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.place import lock_for
from flake8_hfmodels.mending import PINS, PINS_CODE, STRANGE, TRUSTS
from flake8_hfmodels.pinning import Fixed, fixed, known_of
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Target
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.paint import printable
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.rules.rule import Rule
from flake8_hfmodels.settings import Settings, given
from flake8_hfmodels.sources.trouble import Trouble
from flake8_hfmodels.suppress import UNUSED

MENDED = frozenset({PINS, PINS_CODE, TRUSTS})
"""The rules whose findings this mends."""


_STALE = "does not know all of these pins yet; run `hfmodels lock`"


@dataclass(frozen=True, slots=True)
class Pinned:
    """What became of the references of one file.

    `done` were mended, `left` were not and say why; `change` is what it does to the file.
    """

    path: str
    done: tuple[Finding, ...]
    left: tuple[Finding, ...]
    change: Change | None


def run(options: argparse.Namespace) -> Outcome:
    """`hfmodels pin`."""
    if STDIN in options.paths:
        return Outcome(USAGE, "", ("pin writes files, which standard input is not; name a path",))
    try:
        configured = Configured(given(options), options.config, not options.isolated)
        pinning = Pinning(options, configured, options.paths)
        results = pinning.results()
        dry = options.diff or options.dry_run
        troubles = [] if dry else list(_write(results))
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    changes = [one.change for one in results if one.change is not None]
    lost = {one.path for one in troubles}
    text = "".join(one.diff for one in changes) if options.diff else _told(results, dry, lost)
    every = [*pinning.reading.troubles, *troubles]
    complaints = (*map(str, every), *pinning.warnings())
    if every:
        return Outcome(USAGE, text, complaints)
    if not dry:
        stale = pinning.locks_of([one for one in results if one.change is not None])
        complaints = (*complaints, *(f"{one}: {_STALE}" for one in stale))
    if dry and changes:
        return Outcome(FINDINGS, text, complaints)
    return Outcome(NOT_ASKED if pinning.asking.falls_short else CLEAN, text, complaints)


def mend(options: argparse.Namespace, configured: Configured) -> tuple[str, Sequence[Trouble]]:
    """Mend what can be mended; a line that says how much that was, and what went wrong with files.

    Raises `ConfigurationError`.
    """
    paths = [path for path in options.paths if path != STDIN]
    every = MENDED | {UNUSED}
    results = Pinning(options, configured, paths, every).results() if paths else []
    troubles = list(_write(results))
    lost = {one.path for one in troubles}
    written = [one for one in results if one.change is not None and one.path not in lost]
    number = count(sum(len(one.done) for one in written), "finding")
    return f"{number} mended in {count(len(written), 'file')}", troubles


class Pinning:
    """Reads files, asks for the commits, and finds out what is to be written."""

    def __init__(
        self,
        options: argparse.Namespace,
        configured: Configured,
        paths: Sequence[str],
        mended: frozenset[str] = MENDED,
    ) -> None:
        self.options = options
        self.mended = mended
        self.configured = configured
        self.asking = Asking(since=time.time())  # what it stands for now, not yesterday
        self.reading = Reading(paths, "", configured)
        self.blame = Blamer()

    def locks_of(self, results: Sequence[Pinned]) -> Sequence[str]:
        """The locks that files go by, each once."""
        locks = (lock_for(one.path, self.configured(one.path)) for one in results)
        return [*dict.fromkeys(one.path for one in locks if one is not None)]

    def results(self) -> list[Pinned]:
        """What becomes of each file that names something. Raises `ConfigurationError`."""
        projects: dict[tuple[Settings, str], tuple[Lock | None, list[Referring]]] = {}
        for one in self.reading.referring():
            settings = self.configured(one.path)
            lock = lock_for(one.path, settings)
            key = (settings, lock.path if lock is not None else "")
            projects.setdefault(key, (lock, []))[1].append(one)
        found = [
            pinned
            for (settings, _path), (lock, referring) in projects.items()
            for pinned in self._of_project(settings, lock, referring)
        ]
        return sorted(found, key=lambda one: one.path)

    def warnings(self) -> Sequence[str]:
        """What went wrong on the way, a line each."""
        return (*self.reading.warnings(), *self.asking.warnings())

    def _of_project(
        self, settings: Settings, lock: Lock | None, referring: Sequence[Referring]
    ) -> Iterator[Pinned]:
        """What becomes of some files: what is locked stays what it is, all else the Hub says."""
        rules = [
            one
            for one in chosen(settings.select, settings.ignore)
            if one.code in self.mended | {STRANGE}
        ]
        facts: dict[Target, Facts] = {}

        def ask(targets: Collection[Target]) -> Mapping[Target, Facts]:
            answers = dict(self.asking.look_up(settings, lock, targets))
            if lock is not None:
                new = [one for one in targets if isinstance(answers[one], Unavailable)]
                answers.update(self.asking.ask(settings, new) if new else {})
            facts.update(answers)
            return answers

        checked = conclude(
            referring,
            ask,
            rules,
            never_ask=settings.never_ask,
            policies=settings.policies,
            beside=Beside(self.blame if lock is None else None, settings.grace),
        )
        by_path: dict[str, list[Finding]] = {}
        for finding in checked.findings:
            by_path.setdefault(finding.path, []).append(finding)
        for one in referring:
            if one.path in by_path:
                yield self._of_file(one, by_path[one.path], rules, settings, known_of(facts))

    def _of_file(
        self,
        referring: Referring,
        findings: Sequence[Finding],
        rules: Sequence[Rule],
        settings: Settings,
        known: Lookup,
    ) -> Pinned:
        """What becomes of one file: it is read again, as its text is needed byte for byte."""
        mended = self._mended_only(findings)
        if not any(one.fix is not None for one in mended):
            return Pinned(referring.path, (), tuple(mended), None)
        file = File(referring.path, referring.kind)

        def recheck(data: bytes) -> Sequence[Finding] | None:
            seen = look(file, data, settings)
            if seen.trouble is not None or seen.skipped is not None:
                return None
            if seen.referring is None:
                return ()
            checked = conclude(
                [seen.referring], known, rules, policies=settings.policies, with_fixes=False
            )
            return self._mended_only(checked.findings)

        today = "" if self.options.no_comment else date.today().isoformat()
        results: list[Fixed] = []

        def rewritten(text: str, encoded: Callable[[str], bytes]) -> str:
            result = fixed(
                text,
                mended,
                lambda new: recheck(encoded(new)),
                self.options.unsafe_fixes,
                today,
            )
            results.append(result)
            return result.text

        change = changed(file, referring.lines(), rewritten)
        if isinstance(change, Trouble):
            self.reading.troubles.append(change)
            return Pinned(referring.path, (), tuple(mended), None)
        (result,) = results
        return Pinned(referring.path, result.done, result.left, change if result.done else None)

    def _mended_only(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings that are about a pin, or that a fix would take away."""
        needed = (one for one in findings if one.code != TRUSTS or one.is_needless)
        return [one for one in needed if one.code in self.mended]


def _write(results: Sequence[Pinned]) -> Iterator[Trouble]:
    for one in results:
        if one.change is not None:
            lost = one.change.write()
            if lost is not None:
                yield Trouble(one.path, lost)


def _told(results: Sequence[Pinned], dry: bool, lost: Collection[str]) -> str:
    """What became of each reference, but for those in files that could not be written."""
    results = [one for one in results if one.path not in lost]
    lines = [line for one in results for line in _lines(one)]
    done = sum(len(one.done) for one in results)
    files = sum(one.change is not None for one in results)
    left = sum(len(one.left) for one in results)
    would = "would be " if dry else ""
    number = f"{count(done, 'reference')} {would}pinned in {count(files, 'file')}"
    lines.append(f"{number}, {left} left" if left else number)
    return "".join(f"{line}\n" for line in lines)


def _lines(one: Pinned) -> Iterator[str]:
    path = printable(one.path)
    for finding in sorted((*one.done, *one.left), key=lambda each: each.order):
        where = f"{path}:{finding.span.line}:{finding.span.column}"
        if finding in one.done and finding.fix is not None:
            yield printable(f"{where}: {finding.fix.what}")
        else:
            why = finding.unfixable or "no way to mend it here is known"
            yield printable(f"{where}: left: {why}")
