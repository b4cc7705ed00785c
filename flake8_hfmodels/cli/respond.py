"""`hfmodels respond`: a model turned out to be bad; where it is, since when, and what to do."""

from __future__ import annotations

import argparse
import os
import stat
import sys
import time
from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timezone
from itertools import chain
from typing import TYPE_CHECKING

from flake8_hfmodels.asked_id import Asked, parse_asked
from flake8_hfmodels.cli.asking import Asking
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, NOT_ASKED, USAGE
from flake8_hfmodels.cli.looking import look
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.progress import ProgressLine
from flake8_hfmodels.cli.reading import STDIN, Reading
from flake8_hfmodels.cli.writing import write_bytes
from flake8_hfmodels.configuration import NAME, ConfigurationError, configuration_for
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.discover import File, read
from flake8_hfmodels.lock.place import existing
from flake8_hfmodels.path_pattern import from_here
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Reference, Target
from flake8_hfmodels.settings import given
from flake8_hfmodels.sources.recognition import kind_of_name, kind_of_program

if TYPE_CHECKING:
    from flake8_hfmodels.facts import Facts
    from flake8_hfmodels.lock.audit import Told
    from flake8_hfmodels.lock.entry import Entry
    from flake8_hfmodels.lock.lock import Lock
    from flake8_hfmodels.responding.incident import Code, Incident, Locked, Past, Ruled
    from flake8_hfmodels.responding.machine import Machine
    from flake8_hfmodels.responding.suspect import Suspect

_WIDE = {"include": (), "exclude": (), "kinds": (), "per_file_ignores": ()}
"""What a project leaves out of its checks is looked at here all the same."""

_LONGEST = 86_400.0
"""Seconds that the history can take."""


def run(options: argparse.Namespace) -> Outcome:
    """Do what the command line says."""
    if STDIN in options.paths:
        return Outcome(USAGE, "", ("respond is for files of a project; name a path",))
    try:
        if not options.history_time > 0:
            raise ValueError("--history-time: write how many seconds, such as 60")
        asked = parse_asked(options.id, options.type)
        since = _day(options.since)
        said = {**_WIDE, **given(options), "persona": Persona.AUDITOR}
    except ValueError as error:
        return Outcome(USAGE, "", (str(error),))
    try:
        configured = Configured(said, options.config, not options.isolated)
        return _Responding(options, asked, since, configured).outcome()
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))


def _day(text: str) -> str:
    """A day. Raises `ValueError`."""
    if not text:
        return ""
    try:
        return f"{datetime.strptime(text, '%Y-%m-%d'):%Y-%m-%d}"
    except ValueError:
        raise ValueError(f"--since: {text[:40]!r} is no day; write 2026-01-31") from None


class _Responding:
    """One run: what it reads, whom it asks, what it writes."""

    def __init__(
        self, options: argparse.Namespace, asked: Asked, since: str, configured: Configured
    ) -> None:
        self.options = options
        self.asked = asked
        self.since = since
        self.configured = configured
        self.settings = configured(os.path.join(os.curdir, ""))
        self.asking = Asking()
        self.complaints: list[str] = []
        self.is_cut = False

    def outcome(self) -> Outcome:
        """Do all of it. Raises `ConfigurationError`."""
        started = time.perf_counter()
        incident = self._incident()
        incident = replace(incident, seconds=round(time.perf_counter() - started, 3))
        return self._told(incident)

    def _incident(self) -> Incident:
        from flake8_hfmodels.check import is_private
        from flake8_hfmodels.responding.incident import Incident
        from flake8_hfmodels.responding.suspect import suspect

        reading = Reading(self.options.paths, "", self.configured)
        references = [each for one in reading.referring() for each in one.references]
        self._complain([*map(str, reading.troubles)])
        self.complaints += reading.warnings()
        locks = self._locks()
        known = _by_locks(suspect(self.asked), locks)
        is_kept_back = is_private(self.asked.repo_id, self.settings.never_ask)
        known, hub = (known, ()) if is_kept_back else self._heard(known, references, locks)
        known = _by_locks(known, locks)
        machine = self._machine(known, locks)
        known = known.at(one.commit for one in machine.copies if known.asked.revision in one.refs)
        code = _code(reading, references, known, {os.path.realpath(one.path) for one in locks})
        if not code.traces:
            self.complaints += _meant(references, known)
        return Incident(
            suspect=known,
            paths=tuple(self.options.paths),
            code=code,
            past=self._past(known, code),
            machine=machine,
            locks=self._told_by(locks, known, is_kept_back=is_kept_back),
            hub=hub,
            is_private=is_kept_back,
            ruled=None if self.options.deny is None else self._ruled(known, code),
            mode="offline" if self._is_offline or is_kept_back else "online",
            day=_today(),
            seconds=0.0,
        )

    @property
    def _is_offline(self) -> bool:
        """Whether somebody says that the Hub is not to be asked."""
        from flake8_hfmodels.hub.identity import current

        return self.settings.offline or current(self.settings.endpoint).offline

    def _complain(self, lines: Sequence[str]) -> None:
        """Tell of what could not be read or written; the answer is not whole."""
        self.complaints += lines
        self.is_cut = self.is_cut or bool(lines)

    # What there is

    def _locks(self) -> list[Lock]:
        """The locks that the paths go by."""
        from flake8_hfmodels.lock.reading import read as read_lock

        folders = [_as_folder(one) for one in self.options.paths]
        found = (self.configured(one).lock or existing(one) for one in folders)
        locks: list[Lock] = []
        for path in dict.fromkeys(one for one in found if one):
            try:
                locks.append(read_lock(path))
            except ConfigurationError as error:
                self._complain([str(error)])
        return locks

    def _heard(
        self, suspect: Suspect, references: Sequence[Reference], locks: Sequence[Lock]
    ) -> tuple[Suspect, tuple[tuple[Target, Facts], ...]]:
        """What the Hub says of it, of its revision, and of the name that it had before owners."""
        from flake8_hfmodels.facts import Found, Moved
        from flake8_hfmodels.responding.suspect import entries_of, traces_in

        repo_id, revision = self.asked.repo_id, self.asked.revision
        types = [
            *(one.repo_type for one in traces_in(references, suspect)),
            *(one.repo_type for lock in locks for one in entries_of(lock.entries, suspect)),
        ]
        targets = [
            Target(kind, repo_id, at)
            for kind in dict.fromkeys(types or [self.asked.repo_type])
            for at in dict.fromkeys((None, revision))
        ]
        legacy = Target("model", repo_id.rpartition("/")[2], None)
        facts = self.asking.ask(self.settings, list(dict.fromkeys((*targets, legacy))))
        self.complaints += self.asking.warnings()
        answers = [(target, facts[target]) for target in targets]
        redirected = facts[legacy]
        if isinstance(redirected, Moved) and suspect.is_named(redirected.repo.id):
            suspect = suspect.called([legacy.repo_id])
        for target, one in answers:
            if isinstance(one, Found | Moved):
                suspect = suspect.called([one.repo.id])
                if target.revision is not None and one.repo.sha:
                    suspect = suspect.at([one.repo.sha])
        return suspect, tuple(answers)

    def _told_by(
        self, locks: Sequence[Lock], suspect: Suspect, *, is_kept_back: bool
    ) -> tuple[Locked, ...]:
        """What the locks say, and what is not as they have it, where the Hub may be asked."""
        from flake8_hfmodels.responding.incident import Locked
        from flake8_hfmodels.responding.suspect import entries_of, needing

        every = {one.path: tuple(entries_of(one.entries, suspect)) for one in locks}
        asked = () if is_kept_back or self._is_offline else [*chain(*every.values())]
        told = self._audited(asked) if asked else {}
        return tuple(
            Locked(
                one.path,
                every[one.path],
                tuple(needing(one.entries, suspect)),
                tuple(chain(*(told.get(entry.target, ()) for entry in every[one.path]))),
            )
            for one in locks
        )

    def _audited(self, entries: Sequence[Entry]) -> Mapping[Target, Sequence[Told]]:
        """What is not as it was locked, of entries; nothing follows from no answer."""
        from flake8_hfmodels.hub import auditing
        from flake8_hfmodels.hub.lookup import Hub
        from flake8_hfmodels.hub.opening import open_hub
        from flake8_hfmodels.lock.audit import compared

        client = open_hub(self.settings, with_blobs=True).client
        hub = Hub(client, self.settings.deadline, with_history=False, with_blobs=True)
        until = time.monotonic() + self.settings.deadline
        with (
            ProgressLine("asking the Hub: {done} of {total}") as progress,
            ProgressLine("the Hub limits the rate of requests: {done} of {total} s") as resting,
        ):
            heard = auditing.audit(hub, entries, until, progress, resting).heard
        return {one.target: compared(one, heard[one.target]) for one in entries}

    def _machine(self, suspect: Suspect, locks: Sequence[Lock]) -> Machine:
        from flake8_hfmodels.responding.machine import machine
        from flake8_hfmodels.responding.suspect import entries_of

        entries = [one for lock in locks for one in entries_of(lock.entries, suspect)]
        with ProgressLine("hashing files: {done} of {total} bytes") as progress:
            found = machine(self._cache(), self.options.folder, suspect, entries, progress)
        self._complain(found.troubles)
        return found

    def _cache(self) -> str:
        """The folder of the cache; empty where nobody can say which."""
        from flake8_hfmodels.lock.local import own_cache

        try:
            return own_cache()
        except ValueError as error:  # as it reads HF_ENDPOINT when it is imported
            self._complain([f"huggingface_hub cannot read its environment ({error})"])
            return ""

    def _past(self, suspect: Suspect, code: Code) -> Past:
        from flake8_hfmodels.responding.history import Search, histories
        from flake8_hfmodels.responding.incident import Past

        if self.options.no_history:
            return Past(wanted=False)
        with (
            ProgressLine("searching the history: {done} of {total} commits") as searching,
            ProgressLine("reading the history: {done} of {total} versions") as reading,
        ):
            search = Search(
                suspect,
                self._read,
                self.since,
                min(self.options.history_time, _LONGEST),
                self.settings.max_size,
                searching,
                reading,
            )
            here = {one.path for one in code.traces}
            found, outside = histories(self.options.paths, here, search)
        return Past(True, tuple(found), tuple(outside))

    def _read(self, path: str, data: bytes) -> Sequence[Reference]:
        """The references in a version of a file that has, or had, this path."""
        kind = kind_of_name(os.path.basename(path)) or kind_of_program(data)
        if kind is None:
            return ()
        referring = look(File(path, kind), data, self.configured(path)).referring
        return () if referring is None else referring.references

    # The policy

    def _ruled(self, suspect: Suspect, code: Code) -> Ruled:
        """Put it into the policy of the project."""
        from flake8_hfmodels.responding.denying import denied
        from flake8_hfmodels.responding.incident import Ruled

        folder = _as_folder(self.options.paths[0])
        path = self.options.config or self._set_in(folder) or _nearest(folder)
        others = {self._set_in(one.path) for one in code.traces} - {""}
        self.complaints += [
            f"{one}: files here go by it and not by {path}: deny it there as well"
            for one in sorted(others)
            if not self.options.config and os.path.realpath(one) != os.path.realpath(path)
        ]
        first = self.asked.repo_id
        names = [first, *sorted(suspect.names - {first.casefold()})]
        reason = self.options.deny or f"incident of {_today()}"
        try:
            before = _bytes_of(path)
            result = denied((before or b"").decode("utf-8"), names, reason)
        except (OSError, UnicodeDecodeError) as error:
            why = f"cannot be read ({getattr(error, 'strerror', None) or error})".lower()
            self._complain([f"{path}: {why}"])
            return Ruled(path, False, why=why)
        why = result.why
        if result.text is not None:
            why = write_bytes(path, result.text.encode("utf-8"), before) or ""
        if why:
            self._complain([f"{path}: {why}"])
        return Ruled(path, result.text is not None and not why, result.lines, why)

    def _set_in(self, path: str) -> str:
        """The file that has the settings of a path; empty where none has, or none counts."""
        found = None if self.options.isolated else configuration_for(path)
        return "" if found is None else found.path

    # What it comes to

    def _told(self, incident: Incident) -> Outcome:
        code = FINDINGS if incident.is_found else CLEAN
        if self.is_cut:
            code = USAGE
        elif code == CLEAN and self.asking.falls_short:
            code = NOT_ASKED
        outcome = Outcome(code, self._rendered(incident), tuple(self.complaints))

        def brief() -> str:
            from flake8_hfmodels.responding.report_text import footer

            return f"{footer(incident)}\n"

        return outcome.into(self.options.output, brief)

    def _rendered(self, incident: Incident) -> str:
        if self.options.format == "json":
            from flake8_hfmodels.responding.report_json import render as as_json

            return as_json(incident, self.complaints)
        if self.options.format == "markdown":
            from flake8_hfmodels.responding.report_markdown import render as as_markdown

            return as_markdown(incident)
        from flake8_hfmodels.cli.terminal import paint_for
        from flake8_hfmodels.responding.report_text import render

        stream = None if self.options.output else sys.stdout
        return render(incident, paint_for(stream, self.options.color))


def _by_locks(suspect: Suspect, locks: Sequence[Lock]) -> Suspect:
    """The repo with all that locks know of its names, and of what its revision stood for."""
    from flake8_hfmodels.responding.suspect import entries_of

    entries = [one for lock in locks for one in entries_of(lock.entries, suspect)]
    bad = suspect.asked.revision
    suspect = suspect.called(name for one in entries for name in (one.repo_id, one.id))
    return suspect.at(one.commit for one in entries if bad and bad in (one.revision, one.ref))


def _code(
    reading: Reading, references: Sequence[Reference], suspect: Suspect, locks: Set[str]
) -> Code:
    """What the files say; what the locks say is told by itself."""
    from flake8_hfmodels.responding.incident import Code
    from flake8_hfmodels.responding.suspect import traces_in

    skipped = {str(why): number for why, number in reading.skipped.items()}
    traces = tuple(traces_in(references, suspect))
    told = {one.path for one in traces}
    texts = [
        one.path
        for one in reading.files
        if one.path not in told
        and os.path.realpath(one.path) not in locks
        and isinstance(data := read(one.path, reading.settings_of(one.path).max_size), bytes)
        and suspect.is_in(data)
    ]
    return Code(reading.number, skipped, traces, tuple(texts))


def _meant(references: Sequence[Reference], suspect: Suspect) -> list[str]:
    """What to say where the name that was typed may be a slip: "no trace" would be believed."""
    from flake8_hfmodels.responding.suspect import nearly

    asked = suspect.asked.repo_id
    return [
        f"the code names {one!r}, which is nearly {asked!r}; ask for that one, if it is meant"
        for one in nearly(references, suspect)
    ]


def _nearest(folder: str) -> str:
    """The file that settings of a folder belong into, where no file has any yet.

    It would hide those of a file above.
    """
    above = os.path.abspath(folder)
    while not os.path.isfile(os.path.join(above, NAME)):
        is_top = os.path.exists(os.path.join(above, ".git"))
        if is_top or os.path.dirname(above) == above:
            place = above if is_top else os.path.abspath(folder)
            return from_here(os.path.join(place, NAME))
        above = os.path.dirname(above)
    return from_here(os.path.join(above, NAME))


def _bytes_of(path: str) -> bytes | None:
    """What a file holds; `None` where there is none. Raises `OSError`."""
    try:
        if stat.S_ISFIFO(os.stat(path).st_mode):  # which would be waited for
            raise OSError(0, "it is no file")
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _as_folder(path: str) -> str:
    """A path whose folder is the one that it names, or lies in."""
    return os.path.join(path, "") if os.path.isdir(path) else path


def _today() -> str:
    return f"{datetime.now(timezone.utc):%Y-%m-%d}"
