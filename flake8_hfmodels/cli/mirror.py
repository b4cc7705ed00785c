"""`hfmodels mirror`: a repo at a commit as a folder, every file of which is checked."""

from __future__ import annotations

import argparse
import os
import shlex
import time
from collections.abc import Sequence

from flake8_hfmodels.asked_id import parse_asked
from flake8_hfmodels.check import is_private
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, USAGE
from flake8_hfmodels.cli.mirror_fetching import HASHING, Fetching, StoppedError, choice
from flake8_hfmodels.cli.mirror_report import Result, State, in_json, in_text
from flake8_hfmodels.cli.mirror_rewriting import Rewriting
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.progress import ProgressLine
from flake8_hfmodels.cli.reading import STDIN
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.lock.audit import few
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.lock.place import existing
from flake8_hfmodels.lock.reading import read as read_lock
from flake8_hfmodels.mirroring import placing
from flake8_hfmodels.mirroring.checking import Difference, check
from flake8_hfmodels.mirroring.locked import against_lock
from flake8_hfmodels.mirroring.manifest import Manifest
from flake8_hfmodels.mirroring.rewriting import Meant, path_in_code
from flake8_hfmodels.mirroring.wanted import Wanted, wanted
from flake8_hfmodels.record import replace
from flake8_hfmodels.settings import Settings, given


def run(options: argparse.Namespace) -> Outcome:
    """`hfmodels mirror`, and `hfmodels mirror --check`."""
    try:
        said = given(options)
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    configured = Configured(said, options.config, not options.isolated)
    mirroring: _Mirroring | None = None
    try:
        options.destination = _plain(options.destination)
        options.check = _plain(options.check)
        settings = configured(os.path.join(os.curdir, ""))
        entries = _entries(settings)
        if options.check:
            return _checked(options, entries)
        mirroring = _Mirroring(options, configured, settings, entries)
        return mirroring.outcome()
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))
    except StoppedError as error:
        warnings = mirroring.warnings() if mirroring is not None else ()
        return Outcome(error.code, "", (*warnings, str(error)))


def _plain(folder: str | None) -> str | None:
    """A folder by its shortest path: what leads through it would break off as it is replaced."""
    return os.path.normpath(folder) if folder else folder


def _entries(settings: Settings) -> Sequence[Entry]:
    found = settings.lock or existing("")
    return read_lock(os.path.relpath(found)).entries if found else ()


def _checked(options: argparse.Namespace, entries: Sequence[Entry]) -> Outcome:
    """Hold a folder against its manifest, and that against the lock; nobody is asked."""
    if options.id is not None:
        raise StoppedError("--check takes one folder, and no repo")
    started = time.perf_counter()
    manifest = _standing(options.check)
    if manifest is None:
        raise StoppedError(f"{options.check}: nothing is mirrored there")
    differences = _differences(options.check, manifest, entries)
    state: State = "different" if differences else "as it was"
    seconds = round(time.perf_counter() - started, 3)
    result = Result(options.check, state, manifest, "offline", seconds, differences)
    return Outcome(FINDINGS if differences else CLEAN, _rendered(result, options))


def _standing(folder: str) -> Manifest | None:
    try:
        return placing.standing(folder)
    except ValueError as error:
        raise StoppedError(str(error)) from error


def _differences(folder: str, manifest: Manifest, entries: Sequence[Entry]) -> list[Difference]:
    with ProgressLine(HASHING) as progress:
        checked = check(folder, manifest.blobs, progress)
    return [*checked.differences, *against_lock(manifest, entries)]


def _rendered(result: Result, options: argparse.Namespace) -> str:
    return in_json(result) if options.format == "json" else in_text(result)


class _Mirroring:
    """One run: whom it asks, what it writes."""

    def __init__(
        self,
        options: argparse.Namespace,
        configured: Configured,
        settings: Settings,
        entries: Sequence[Entry],
    ) -> None:
        self.options = options
        self.configured = configured
        self.settings = settings
        self.entries = entries
        self.is_dry: bool = options.dry_run or options.diff
        self._fetching: Fetching | None = None
        self._started = time.perf_counter()

    @property
    def fetching(self) -> Fetching:
        """Whom to ask; opened when there is something to be asked."""
        if self._fetching is None:
            self._fetching = Fetching(self.options, self.settings)
        return self._fetching

    def warnings(self) -> Sequence[str]:
        """What went wrong with the token or the cache, a line each."""
        return self._fetching.warnings() if self._fetching is not None else ()

    def outcome(self) -> Outcome:
        """Do all of it. Raises `StoppedError` and `ConfigurationError`."""
        options = self.options
        if options.id is None or not options.destination:
            raise StoppedError("name the repo and the folder: hfmodels mirror ID@REV DEST")
        new = self._path_in_code()
        wish = self._wanted()
        if is_private(wish.repo_id, self.settings.never_ask):
            raise StoppedError(f"{wish.repo_id}: never-ask names it: the Hub is not asked about it")
        result = replace(self._result(wish), new=new, is_dry=self.is_dry)
        if result.differences:
            return self._told(result, FINDINGS, ())
        return self._in_code(wish, result) if new else self._told(result, CLEAN, ())

    def _told(
        self, result: Result, code: int, complaints: Sequence[str], diff: str = ""
    ) -> Outcome:
        seconds = round(time.perf_counter() - self._started, 3)
        text = diff or _rendered(replace(result, seconds=seconds), self.options)
        return Outcome(code, text, (*self.warnings(), *complaints))

    # What is asked for

    def _path_in_code(self) -> str:
        """What code is to name instead of the repo, if code is to be changed."""
        if self.options.rewrite is None:
            if self.options.diff:
                raise StoppedError("--diff shows what --rewrite would change; say --rewrite too")
            return ""
        if STDIN in self.options.rewrite:
            raise StoppedError("--rewrite writes files, which standard input is not")
        try:
            return path_in_code(self.options.destination)
        except ValueError as error:
            raise StoppedError(str(error)) from error

    def _wanted(self) -> Wanted:
        options = self.options
        try:
            asked = parse_asked(options.id, options.type)
            words = ("hfmodels", "mirror", "--resolve", str(asked), options.destination)
            command = shlex.join(words)
            return wanted(asked, self.entries, options.resolve, command)
        except ValueError as error:
            raise StoppedError(str(error)) from error

    # The folder

    def _result(self, wish: Wanted) -> Result:
        folder = self.options.destination
        there = _standing(folder)
        plan = None if wish.commit else self.fetching.plan(wish)
        wish = plan.wish if plan is not None else wish
        if there is not None:
            kept = self._kept(wish, there)
            if kept is not None:
                return kept
        plan = plan or self.fetching.plan(wish)
        manifest = self.fetching.manifest(plan)
        if self.is_dry:
            return Result(folder, "to be mirrored", manifest, "online")
        manifest, checked = self.fetching.fetch(plan, manifest)
        state: State = "not mirrored" if checked.differences else "mirrored"
        return Result(folder, state, manifest, "online", differences=checked.differences)

    def _kept(self, wish: Wanted, there: Manifest) -> Result | None:
        """What is to be said of an earlier mirror; `None` where it is to be replaced."""
        folder = self.options.destination
        if self._is_same(wish, there):
            differences = _differences(folder, there, self.entries)
            if not differences:
                return Result(folder, "already there", there, "offline")
            if not self.options.force:
                return Result(folder, "different", there, "offline", differences=differences)
        elif not self.options.force:
            raise StoppedError(f"{folder}: holds {there.name}; --force replaces it")
        strangers = placing.foreign(folder, there)
        if strangers:
            raise StoppedError(f"{folder}: holds files of others, move them: {few(strangers)}")
        return None

    def _is_same(self, wish: Wanted, there: Manifest) -> bool:
        """Whether a mirror is of this commit, and of the files that are wanted of it."""
        paths = [one.path for one in there.blobs]
        return (
            there.commit == wish.commit
            and there.repo_type == wish.repo_type
            and wish.repo_id.casefold() in there.names
            and sorted(paths) == choice(self.options, [*paths, *there.left_out], wish)
        )

    # The code

    def _in_code(self, wish: Wanted, result: Result) -> Outcome:
        options = self.options
        paths = options.rewrite or [os.curdir]
        rewriting = Rewriting(paths, self.configured, options.destination)
        names = result.manifest.names | {wish.repo_id.casefold()}
        revisions = wish.revisions | {result.manifest.commit}
        meant = Meant(wish.repo_type, names, revisions)
        result = replace(result, rewritten=rewriting.results(meant, result.new))
        troubles = list(rewriting.troubles)
        if not self.is_dry:
            troubles += rewriting.write()
            lost = {one.path for one in troubles}
            result = replace(
                result, rewritten=[one for one in result.rewritten if one.path not in lost]
            )
        complaints = (*map(str, troubles), *rewriting.reading.warnings())
        would = FINDINGS if self.is_dry and rewriting.changes else CLEAN
        diff = "".join(one.diff for one in rewriting.changes) if options.diff else ""
        return self._told(result, USAGE if troubles else would, complaints, diff)
