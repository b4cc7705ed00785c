"""`hfmodels update`: pins are moved to the head of what they follow, and what comes is shown."""

from __future__ import annotations

import os
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone

from flake8_hfmodels.check import is_private
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, NOT_ASKED, USAGE
from flake8_hfmodels.cli.lock import Locking, is_partial
from flake8_hfmodels.cli.lock_report import Result
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.progress import ProgressLine
from flake8_hfmodels.cli.reading import STDIN, Reading
from flake8_hfmodels.cli.rewriting import Change, changed
from flake8_hfmodels.companions import repo_of
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.discover import File
from flake8_hfmodels.facts import Facts, Unavailable
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.place import lock_for
from flake8_hfmodels.lock.planning import Unlocked
from flake8_hfmodels.patching import patched
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Target
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.paint import printable
from flake8_hfmodels.settings import Settings, given
from flake8_hfmodels.sources.trouble import Trouble
from flake8_hfmodels.updating import NO_REF, Locked, Move, Pin, age, between, judged, moved, pins_in

FALLBACK = "main"
"""What a pin follows that says nothing of it, where its repo is named on the command line."""


def run(options: Namespace) -> Outcome:
    """`hfmodels update`."""
    paths = options.path or [os.curdir]
    if STDIN in paths:
        return Outcome(USAGE, "", ("update writes files, which standard input is not",))
    try:
        least = age(options.min_age) if options.min_age else None
        said = given(options)
        configured = Configured(said, options.config, not options.isolated)
        return _Update(options, configured, said, paths, least).outcome()
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))


@dataclass(slots=True)
class _File:
    """A file with pins, and what becomes of them."""

    referring: Referring
    settings: Settings
    pins: Sequence[Pin]
    moves: list[Move] = field(default_factory=list)


class _Update:
    """One run: what it reads, whom it asks, what it writes."""

    def __init__(
        self,
        options: Namespace,
        configured: Configured,
        said: Mapping[str, object],
        paths: Sequence[str],
        least: timedelta | None,
    ) -> None:
        self.options = options
        self.configured = configured
        self.least = least
        self.said = said
        self.paths = paths
        self.reading = Reading(paths, "", configured)
        self.hubs: list[Hub] = []
        self.today = date.today().isoformat()

    def outcome(self) -> Outcome:
        """Do all of it. Raises `ConfigurationError`."""
        projects: dict[Settings, list[_File]] = {}
        for one in self.reading.referring():
            settings = self.configured(one.path)
            pins = [pin for pin in pins_in(one.references, one.lines()) if self._names(pin.repo_id)]
            if pins:
                projects.setdefault(settings, []).append(_File(one, settings, pins))
        for settings, files in projects.items():
            self._decide(settings, files)
        every = [one for files in projects.values() for one in files]
        troubles, changes = self._changes(every)
        dry = self.options.check or self.options.diff or self.options.dry_run
        if not dry:
            troubles += _written(changes)
        return self._told(every, changes, troubles, dry, *self._locked(dry))

    def _locked(self, dry: bool) -> tuple[Sequence[Result], Outcome | None]:
        """What becomes of the locks, and what is to be said of those that were written.

        The pins in the files are written by now. What no file pins moves in the lock, which knows
        nothing of how old a commit is: with --min-age it stays.
        """
        options = Namespace(**{**vars(self.options), "check": False, "format": "text"})
        options.paths = self.paths
        partial = is_partial(self.said)
        locking = Locking(options, self.configured, partial, self._moves_in_lock)
        plans = locking.plans()
        if dry or not plans:
            return plans, None
        return plans, Locking(options, self.configured, partial, self._moves_in_lock).outcome()

    def _moves_in_lock(self, entry: Entry) -> bool:
        is_floating = entry.revision is None or not is_commit_hash(entry.revision)
        return is_floating and self.least is None and self._names(entry.repo_id)

    def _names(self, repo_id: str) -> bool:
        """Whether a repo is among those that somebody wants to move."""
        ids = [one.casefold() for one in self.options.ids]
        return not ids or repo_id.casefold() in ids

    def _decide(self, settings: Settings, files: Sequence[_File]) -> None:
        """Find out what becomes of the pins of one project."""
        from flake8_hfmodels.hub.opening import open_hub

        hub = open_hub(settings, with_blobs=True, since=time.time())
        self.hubs.append(hub)
        end = time.monotonic() + hub.deadline
        locked = Locked(tuple(_entries(files)))
        refs = {
            pin: locked.ref(pin) or (FALLBACK if self.options.ids else "")
            for file in files
            for pin in file.pins
            if not is_private(pin.repo_id, settings.never_ask)
        }
        heads = {pin: _target(pin, ref) for pin, ref in refs.items() if ref}
        here = {pin: _target(pin, pin.commit) for pin in heads}
        with ProgressLine() as progress:
            facts = dict(hub({*heads.values(), *here.values()}, end, progress))
        if self.least is not None:
            self._aged(hub, heads, facts, end)
        names = {
            one.owner.name: one.owner.kind for pin in heads for one in locked.of(pin) if one.owner
        }
        found = hub.accounts(names, end) if names else {}
        owners = {name.casefold(): one for name, one in found.items()}
        accepted = {one.casefold() for one in self.options.accept}
        for file in files:
            for pin in file.pins:
                if pin in heads:
                    move = judged(
                        pin,
                        refs[pin],
                        facts[heads[pin]],
                        facts[here[pin]],
                        locked,
                        owners.get(pin.repo_id.partition("/")[0].casefold()),
                        pin.repo_id.casefold() in accepted,
                    )
                    file.moves.append(move)
                elif pin in refs:
                    file.moves.append(Move(pin, "", why=NO_REF))

    def _aged(
        self, hub: Hub, heads: dict[Pin, Target], facts: dict[Target, Facts], end: float
    ) -> None:
        """Let pins go no further than to commits that have stood for long enough."""
        from flake8_hfmodels.hub.dates import commits_before

        assert self.least is not None
        moment = datetime.now(timezone.utc) - self.least
        newer = {
            pin: (_target(pin, pin.commit), repo.sha)
            for pin, target in heads.items()
            if (repo := repo_of(facts[target])) is not None and repo.sha not in (None, pin.commit)
        }
        found = commits_before(hub, set(newer.values()), moment, end)
        for pin, question in newer.items():
            aged = found[question]
            if aged.commit:
                heads[pin] = _target(pin, aged.commit)
            else:
                heads[pin] = target = _target(pin, f"{heads[pin].revision}, as it was earlier")
                facts[target] = Unavailable(aged.why)
        facts.update(hub([one for one in heads.values() if one not in facts], end))

    def _changes(self, files: Sequence[_File]) -> tuple[list[Trouble], list[Change]]:
        troubles: list[Trouble] = []
        changes: list[Change] = []
        for one in files:
            change = _change(one, self.today)
            if isinstance(change, Trouble):
                troubles.append(change)
            elif change is not None:
                changes.append(change)
        return troubles, changes

    def _told(
        self,
        files: Sequence[_File],
        changes: Sequence[Change],
        troubles: Sequence[Trouble],
        dry: bool,
        plans: Sequence[Result],
        locked: Outcome | None,
    ) -> Outcome:
        moves = [move for one in files for move in one.moves]
        going = [one for one in moves if one.commit]
        if self.options.diff:
            text = "".join(one.diff for one in changes)
        else:
            lines = [line for move in moves for line in _lines(move)]
            lines += _in_lock(plans)
            would = "could be moved" if dry else "moved"
            pins = f"{count(len(going), 'pin')} {would}, {count(len(moves), 'pin')} in all"
            in_lock = sum(len(one.plan.moved) for one in plans if one.plan is not None)
            lines.append(f"{pins}; {in_lock} {would} in the lock" if in_lock else pins)
            text = "".join(f"{line}\n" for line in lines)
            text += locked.text if locked is not None else ""
        every = [*self.reading.troubles, *troubles]
        warnings = [line for hub in self.hubs for line in hub.warnings()]
        written = locked if locked is not None else Outcome(CLEAN, "")
        strangers = (f"{one}: nothing pins it" for one in self._strangers(files, plans))
        complaints = dict.fromkeys(
            (*map(str, every), *self.reading.warnings(), *strangers, *warnings, *written.complaints)
        )
        unanswered = any(hub.tally.unanswered for hub in self.hubs)
        strict = any(one.settings.strict for one in files)
        is_moving = going or any(one.plan and one.plan.moved for one in plans)
        is_refused = any(one.is_refused for one in moves) or any(_refused(plans))
        code = written.code or (NOT_ASKED if strict and unanswered else CLEAN)
        if is_refused or (dry and is_moving):
            code = FINDINGS
        if every or written.code == USAGE:
            code = USAGE
        return Outcome(code, text, tuple(complaints))

    def _strangers(self, files: Sequence[_File], plans: Sequence[Result]) -> Iterator[str]:
        """The ids on the command line that nothing here is about."""
        known = {pin.repo_id.casefold() for file in files for pin in file.pins}
        known.update(target.repo_id.casefold() for one in plans for target in one.needs)
        yield from (one for one in self.options.ids if one.casefold() not in known)


def _change(file: _File, today: str) -> Change | Trouble | None:
    """What the moves of a file do to it."""
    going = [one for one in file.moves if one.commit]
    edits = [edit for move in going for edit in moved(move.pin, move.commit, today)]
    if not edits:
        return None
    referring = file.referring
    return changed(
        File(referring.path, referring.kind),
        referring.lines(),
        lambda text, _encoded: patched(text, edits),
    )


def _target(pin: Pin, revision: str) -> Target:
    return Target(pin.repo_type, pin.repo_id, revision)


def _written(changes: Sequence[Change]) -> list[Trouble]:
    lost = ((one.path, one.write()) for one in changes)
    return [Trouble(path, why) for path, why in lost if why is not None]


def _lines(move: Move) -> Iterator[str]:
    pin = move.pin
    where = f"{pin.path}:{pin.span.line}:{pin.span.column}: {pin.repo_id}"
    if move.commit:
        yield printable(f"{where}: {pin.commit[:12]} -> {move.commit[:12]} ({move.ref})")
        if move.difference is not None:
            yield from (f"    {printable(line)}" for line in move.difference.lines())
    elif move.why:
        yield printable(f"{where}: {'refused' if move.is_refused else 'left'}: {move.why}")


def _entries(files: Sequence[_File]) -> Iterator[Entry]:
    """The entries of the locks that the files go by."""
    locks = {one.path: one for file in files if (one := _lock(file)) is not None}
    for lock in locks.values():
        yield from lock.entries


def _lock(file: _File) -> Lock | None:
    return lock_for(file.referring.path, file.settings)


def _in_lock(results: Sequence[Result]) -> Iterator[str]:
    """What moves, or is refused, of what no file pins."""
    for one in results:
        for old, new in one.plan.moved if one.plan is not None else ():
            at = "" if new.revision is None else f" at {new.revision!r}"
            yield printable(
                f"{one.path}: {new.repo_id}{at}: {old.commit[:12]} -> {new.commit[:12]} ({new.ref})"
            )
            yield from (f"    {printable(line)}" for line in between(old.files, new.files).lines())
    for path, each in _refused(results):
        yield printable(f"{path}: {each.target.repo_id}: refused: {each.why}")


def _refused(results: Sequence[Result]) -> Iterator[tuple[str, Unlocked]]:
    """What is not to be trusted, or not there, by the lock that it would be in."""
    for one in results:
        yield from ((one.path, each) for each in one.unlocked if each.code)
