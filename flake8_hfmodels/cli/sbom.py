"""`hfmodels sbom`: the bill of materials of what the code loads."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from functools import partial
from typing import TYPE_CHECKING

from flake8_hfmodels import __version__
from flake8_hfmodels.check import is_private
from flake8_hfmodels.cli.exits import CLEAN, NOT_ASKED, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.progress import ProgressLine
from flake8_hfmodels.cli.reading import STDIN, Reading
from flake8_hfmodels.companions import companions
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.facts import Facts, Found, Moved, Unavailable
from flake8_hfmodels.loaders.elsewhere import PLACEHOLDERS
from flake8_hfmodels.lock.answers import lookup_in
from flake8_hfmodels.lock.making import entry_of
from flake8_hfmodels.lock.needs import needs_of
from flake8_hfmodels.lock.place import lock_for
from flake8_hfmodels.materials.entries import (
    Bill,
    Gathered,
    InvalidBillError,
    counted,
    materials_of,
    unnamed,
)
from flake8_hfmodels.reference import Reference, Target
from flake8_hfmodels.repo_id import is_repo_id, owner_of
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.paint import printable
from flake8_hfmodels.settings import Settings, given

if TYPE_CHECKING:
    from flake8_hfmodels.hub.lookup import Hub
    from flake8_hfmodels.lock.entry import Entry
    from flake8_hfmodels.lock.lock import Lock

INSTALL = 'pip install "flake8-hfmodels[sbom]"'
"""What brings the libraries that write bills."""

_MARKS = ("pyproject.toml", ".git")
"""What is in the folder of a project."""


def run(options: argparse.Namespace) -> Outcome:
    """`hfmodels sbom`."""
    if STDIN in options.paths:
        return Outcome(USAGE, "", ("sbom is for files of a project; name a path",))
    try:
        configured = Configured(given(options), options.config, not options.isolated)
        created = _moment(options.timestamp)
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    try:
        # Found out before anybody is asked.
        write = _writer(options.format, options.spec_version)
    except ModuleNotFoundError as error:
        return Outcome(USAGE, "", (f"{options.format} needs {error.name}: {INSTALL}",))
    try:
        return _Billing(options, configured, created, write).outcome()
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))


def _writer(form: str, version: str) -> Callable[[Bill], str]:
    """What writes a bill. Raises `ModuleNotFoundError`."""
    if form == "spdx-json":
        from flake8_hfmodels.materials import spdx

        return spdx.written
    from flake8_hfmodels.materials import cyclonedx

    return partial(
        cyclonedx.written, form="xml" if form.endswith("xml") else "json", version=version
    )


def _moment(text: str) -> datetime:
    """The moment that the bill bears. Raises `ValueError`.

    https://reproducible-builds.org/specs/source-date-epoch/: seconds, in decimal.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not (text or epoch):
        return datetime.now(timezone.utc).replace(microsecond=0)
    try:
        if not text:
            return datetime.fromtimestamp(int(epoch), timezone.utc)
        # Python 3.10 reads no Z.
        moment = datetime.fromisoformat(text.removesuffix("Z") + "+00:00" * text.endswith("Z"))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        return moment.astimezone(timezone.utc).replace(microsecond=0)
    except (ValueError, OverflowError, OSError) as error:
        if not text:
            raise ValueError(
                f"timestamp: SOURCE_DATE_EPOCH={epoch!r} is no number of seconds"
            ) from error
        raise ValueError(f"timestamp {text!r} is no moment such as 2026-11-22T12:00:00Z") from error


class _Billing:
    """One run: what it reads, whom it asks, what it writes."""

    def __init__(
        self,
        options: argparse.Namespace,
        configured: Configured,
        created: datetime,
        write: Callable[[Bill], str],
    ) -> None:
        self.options = options
        self.configured = configured
        self.created = created
        self.write = write
        self.reading = Reading(options.paths, "", configured)
        self.asking = _Asking()
        self.root = _root(options.paths[0])
        self.falls_short = False
        self.is_behind = False

    def outcome(self) -> Outcome:
        """Do all of it. Raises `ConfigurationError`."""
        groups = self._groups()
        gathered = [
            self._gathered(lock, settings, counted(references, self.options.mentions))
            for lock, settings, references in groups
        ]
        every = [ref for _lock, _settings, references in groups for ref in references]
        name, version = _project(self.root)
        bill = Bill(
            project=name,
            version=version,
            tool=__version__,
            created=self.created,
            materials=materials_of(gathered, self._name_of),
            unnamed=unnamed(every, self._name_of),
        )
        return self._told(bill)

    def _groups(self) -> Sequence[tuple[Lock | None, Settings, list[Reference]]]:
        """The references, by the lock and the settings that they go by."""
        found: dict[tuple[str, Settings], tuple[Lock | None, Settings, list[Reference]]] = {}
        for one in self.reading.referring():
            settings = self.configured(one.path)
            lock = lock_for(one.path, settings)
            key = ("" if lock is None else lock.path, settings)
            found.setdefault(key, (lock, settings, []))[2].extend(one.references)
        return [*found.values()]

    def _gathered(
        self, lock: Lock | None, settings: Settings, references: Sequence[Reference]
    ) -> Gathered:
        """What is known of all that references name, and of what comes with it."""
        lookup = partial(self.asking.facts, settings) if lock is None else lookup_in(lock)
        named = _askable((target for ref in references for _at, target in ref.targets()), settings)
        facts = dict(lookup(named))

        def known(target: Target) -> Facts:
            return facts.get(target, Unavailable(""))

        along = (one for ref in references for one in companions(ref, known))
        further = [one for one in _askable(along, settings) if one not in facts]
        facts.update(lookup(further))
        if any(isinstance(one, Unavailable) for one in facts.values()):
            self.falls_short = self.falls_short or settings.strict
            self.is_behind = self.is_behind or lock is not None
        return Gathered(
            references,
            facts,
            _of_hub(references, facts) if lock is None else _of_lock(lock, facts),
            _endpoint(settings),
            lock is not None,
        )

    def _name_of(self, path: str) -> str:
        """A file from the root of the project on: the same on every machine."""
        return os.path.relpath(os.path.abspath(path), self.root).replace(os.sep, "/")

    def _told(self, bill: Bill) -> Outcome:
        files = sum(len(one.files) for one in bill.materials)
        try:
            with ProgressLine("writing the bill: {total} files") as progress:
                progress(0, files)
                text = self.write(bill)
        except InvalidBillError as error:
            why = f"the bill is no valid {self.options.format}, which is a bug of hfmodels: {error}"
            return Outcome(USAGE, "", (*self._complaints(bill), why))
        code = USAGE if self.reading.troubles else NOT_ASKED if self.falls_short else CLEAN
        path = self.options.output
        outcome = Outcome(code, text, (*self._complaints(bill),))
        return outcome.into(path, lambda: f"{printable(path)}: {_summary(bill)}\n")

    def _complaints(self, bill: Bill) -> Iterator[str]:
        yield from map(str, self.reading.troubles)
        yield from self.reading.warnings()
        yield from self.asking.warnings()
        for why, number in Counter(one.why for one in bill.materials if one.why).items():
            yield f"{count(number, 'repo')} without a commit: {why}"
        if self.is_behind:
            yield "the lock is not as the code has it; run `hfmodels lock`"
        if bill.unnamed:
            loads = count(len(bill.unnamed), "reference")
            yield f"{loads} not in the bill: the source does not say which repo is loaded"


class _Asking:
    """The Hubs of several projects, each asked for hashes as well, within its deadline."""

    def __init__(self) -> None:
        self._ends: dict[Hub, float] = {}

    def facts(self, settings: Settings, targets: Collection[Target]) -> Mapping[Target, Facts]:
        """What the Hub of some settings says of targets."""
        if not targets:
            return {}
        from flake8_hfmodels.hub.opening import open_hub

        hub = open_hub(settings, with_blobs=True)
        end = self._ends.setdefault(hub, time.monotonic() + hub.deadline)
        with ProgressLine() as progress:
            return hub(targets, end, progress)

    def warnings(self) -> Iterator[str]:
        """What went wrong with the token or the cache, a line each."""
        return (line for hub in self._ends for line in hub.client.warnings)


def _endpoint(settings: Settings) -> str:
    """The address of the Hub of some settings, without a password that may be in it."""
    from flake8_hfmodels.hub.identity import current

    scheme, slashes, rest = current(settings.endpoint).endpoint.partition("//")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}"


def _askable(targets: Iterable[Target], settings: Settings) -> list[Target]:
    """Targets that may leave the house, each once: neither placeholders nor private."""
    return [
        one
        for one in dict.fromkeys(targets)
        if is_repo_id(one.repo_id)
        and owner_of(one.repo_id).lower() not in PLACEHOLDERS
        and not is_private(one.repo_id, settings.never_ask)
    ]


def _of_lock(lock: Lock, facts: Mapping[Target, Facts]) -> Mapping[Target, Entry]:
    return {target: lock.by_target[target] for target in facts if target in lock.by_target}


def _of_hub(
    references: Sequence[Reference], facts: Mapping[Target, Facts]
) -> Mapping[Target, Entry]:
    """Entries as a lock would have them, but for the owner."""
    needs = needs_of(references, facts)
    made = {
        target: entry_of(target, one, None, needs[target].files, ())
        for target, one in facts.items()
        if isinstance(one, Found | Moved)
    }
    return {target: entry for target, entry in made.items() if entry is not None}


def _root(path: str) -> str:
    """The folder of the project that a path belongs to; else the folder itself."""
    start = os.path.abspath(path)
    start = start if os.path.isdir(start) else os.path.dirname(start)
    folder = start
    while not any(os.path.exists(os.path.join(folder, mark)) for mark in _MARKS):
        above = os.path.dirname(folder)
        if above == folder:
            return start
        folder = above
    return folder


def _project(root: str) -> tuple[str, str]:
    """The name and the version of a project, as its pyproject.toml has them, or its folder."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:  # pragma: no cover - Python 3.10 alone
        import tomli as tomllib
    try:
        with open(os.path.join(root, _MARKS[0]), "rb") as file:
            table = tomllib.load(file).get("project")
    except (OSError, ValueError, RecursionError):  # who configures us is told of that elsewhere
        table = None
    match table:
        case {"name": str(name), "version": str(version)}:
            return name, version
        case {"name": str(name)}:
            return name, ""
        case _:
            return os.path.basename(root) or "project", ""


def _summary(bill: Bill) -> str:
    pinned = sum(one.pin == "true" for one in bill.materials)
    unresolved = sum(bool(one.why) for one in bill.materials)
    number = count(len(bill.materials), "component")
    return f"{number}, {pinned} pinned, {unresolved} unresolved"
