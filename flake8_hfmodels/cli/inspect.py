"""`hfmodels inspect`: all there is to know of a repo, on one screen."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.asked_id import Asked, parse_asked
from flake8_hfmodels.cli.exits import CLEAN, NOT_ASKED, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.progress import ProgressLine
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.record import replace
from flake8_hfmodels.settings import Settings, given

if TYPE_CHECKING:
    from flake8_hfmodels.cli.reading import Reading
    from flake8_hfmodels.facts import Code, Facts, Publisher, Repo, Unavailable
    from flake8_hfmodels.hub.lookup import Hub
    from flake8_hfmodels.inspecting.dossier import Dossier, OwnerNow
    from flake8_hfmodels.inspecting.gathering import Judged, LookUp
    from flake8_hfmodels.loaders.row import RepoType
    from flake8_hfmodels.reference import Target
    from flake8_hfmodels.referring import Referring
    from flake8_hfmodels.report.inspected import InspectReport, Mode

NOTHING = "inspect: name a repo, or use --all for every repo that the code here names"
BOTH = (
    "inspect: --all is for what the code names; leave the ids out, or leave --all out; files and "
    "folders stand behind --path"
)
ONLY_ALL = "--path: only --all reads files"
NO_REPOS = "the code names no repo that there is to ask about"


def run(options: argparse.Namespace) -> Outcome:
    """Do what the command line says."""
    started = time.perf_counter()
    wrong = _misused(options)
    if wrong:
        return Outcome(USAGE, "", (wrong,))
    try:
        configured = Configured(given(options), options.config, not options.isolated)
        settings = configured(os.path.join(os.curdir, ""))
        reading = _reading(options, configured) if options.all else None
        asked = _asked(options) if reading is None else _named(reading)
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))
    except ValueError as error:
        return Outcome(USAGE, "", (str(error),))
    return _Inspecting(options, settings, reading).outcome(asked, started)


def _misused(options: argparse.Namespace) -> str:
    if options.all and options.ids:
        return BOTH
    if not (options.all or options.ids):
        return NOTHING
    return ONLY_ALL if options.path and not options.all else ""


def _asked(options: argparse.Namespace) -> list[Asked]:
    """What the command line names, each once. Raises `ValueError`."""
    repo_type: RepoType | None = options.type
    return list(dict.fromkeys(parse_asked(one, repo_type) for one in options.ids))


# What the code names


def _reading(options: argparse.Namespace, configured: Configured) -> Reading:
    from flake8_hfmodels.cli.reading import STDIN, Reading

    paths = options.path or [os.curdir]
    if STDIN in paths:
        raise ValueError("--path: inspect reads files; standard input is none")
    return Reading(paths, "", configured)


def _named(reading: Reading) -> list[Asked]:
    """Every repo that files name, each once: at the revision that all of them agree on, if any."""
    revisions: dict[tuple[RepoType, str], dict[str | None, None]] = {}
    names: dict[tuple[RepoType, str], str] = {}
    for target in _targets(reading):
        key = target.repo_type, target.repo_id.casefold()
        names.setdefault(key, target.repo_id)
        revisions.setdefault(key, {})[target.revision] = None
    return [
        Asked(key[0], names[key], next(iter(said)) if len(said) == 1 else None, says_type=True)
        for key, said in revisions.items()
    ]


def _targets(reading: Reading) -> Iterator[Target]:
    from flake8_hfmodels.asked_id import is_revision
    from flake8_hfmodels.check import is_private, questions
    from flake8_hfmodels.loaders.elsewhere import PLACEHOLDERS
    from flake8_hfmodels.repo_id import is_repo_id

    for referring in reading.referring():
        never = reading.settings_of(referring.path).never_ask
        for target in questions(referring.references):
            owner = target.repo_id.partition("/")[0].lower()
            if not is_repo_id(target.repo_id) or owner in PLACEHOLDERS:
                continue
            if not is_private(target.repo_id, never):
                is_good = target.revision is None or is_revision(target.revision)
                yield target if is_good else replace(target, revision=None)


# The Hub


class _Inspecting:
    """One run: whom it asks, what it comes to."""

    def __init__(
        self, options: argparse.Namespace, settings: Settings, reading: Reading | None
    ) -> None:
        self._options = options
        self._settings = settings
        self._reading = reading

    def outcome(self, asked: Sequence[Asked], started: float) -> Outcome:
        """Ask, and say what was heard."""
        from flake8_hfmodels.inspecting.gathering import gather
        from flake8_hfmodels.report.inspected import InspectReport, by_risk, summed_up

        wire = _Wire(self._settings)
        dossiers = gather(asked, wire) if asked else []
        if self._reading is not None:
            dossiers = by_risk(dossiers)
        is_offline = wire.hub.client.identity.offline
        mode: Mode = "offline" if is_offline else "strict" if self._settings.strict else "online"
        summary = summed_up(dossiers, wire.requests, mode, time.perf_counter() - started)
        return self._told(InspectReport(dossiers, self._warnings(wire, asked), summary))

    def _warnings(self, wire: _Wire, asked: Sequence[Asked]) -> list[str]:
        lines = wire.hub.warnings()
        if self._reading is not None:
            lines = [*map(str, self._reading.troubles), *self._reading.warnings(), *lines]
            lines += [] if asked else [NO_REPOS]
        return lines

    def _told(self, report: InspectReport) -> Outcome:
        code = self._code(report.dossiers)
        outcome = Outcome(code, self._rendered(report), tuple(report.warnings))

        def brief() -> str:
            from flake8_hfmodels.report.paint import Paint
            from flake8_hfmodels.report.screen import footer

            return f"{footer(report.summary, Paint(colour=False))}\n"

        return outcome.into(self._options.output, brief)

    def _code(self, dossiers: Sequence[Dossier]) -> int:
        if self._reading is not None and self._reading.troubles:
            return USAGE
        lacks = any(one.risk.lacks for one in dossiers)
        return NOT_ASKED if lacks and self._settings.strict else CLEAN

    def _rendered(self, report: InspectReport) -> str:
        if self._options.format == "json":
            from flake8_hfmodels.report.inspected import render as as_json

            return as_json(report)
        from flake8_hfmodels.cli.terminal import columns_of, paint_for
        from flake8_hfmodels.report.screen import render

        stream = None if self._options.output else sys.stdout
        return render(report, paint_for(stream, self._options.color), columns_of(stream))


class _Wire:
    """Asks the Hub for what a dossier needs, all of it within one deadline."""

    def __init__(self, settings: Settings) -> None:
        from flake8_hfmodels.hub.opening import open_hub

        self._settings = settings
        # What a project wants to be told of its code does not make a repo better.
        self.hub: Hub = open_hub(replace(settings, select=("HFM",), ignore=()), with_blobs=True)
        self._end = time.monotonic() + self.hub.deadline

    @property
    def requests(self) -> int:
        """How many questions went over the wire."""
        is_offline = self.hub.client.identity.offline
        return 0 if is_offline else self.hub.client.asking.requested

    def is_private(self, repo_id: str) -> bool:
        """Whether a name is not to leave the house."""
        from flake8_hfmodels.check import is_private

        return is_private(repo_id, self._settings.never_ask)

    def facts(self, targets: Collection[Target]) -> Mapping[Target, Facts]:
        """What the Hub says of repos."""
        with ProgressLine() as progress:
            return self.hub(targets, self._end, progress)

    def accounts(self, names: Collection[str]) -> Mapping[str, OwnerNow]:
        """Who stands behind names of accounts."""
        from flake8_hfmodels.hub.answers import Account
        from flake8_hfmodels.hub.publishers import of

        with ProgressLine("asking the Hub: {done} of {total} accounts") as progress:
            found = self.hub.accounts(dict.fromkeys(names), self._end, progress)
        return {name: of(one) if isinstance(one, Account) else one for name, one in found.items()}

    def judged(self, referring: Sequence[Referring], look_up: LookUp) -> Judged:
        """What the rules about repos have against references."""
        from flake8_hfmodels.check import Beside, conclude
        from flake8_hfmodels.inspecting.risk import is_judge
        from flake8_hfmodels.persona import Persona
        from flake8_hfmodels.rules import codes, load

        settings = self._settings
        checked = conclude(
            referring,
            look_up,
            [load(code) for code in codes() if is_judge(code, settings.select)],
            Persona.AUDITOR,
            settings.never_ask,
            settings.severity,
            with_fixes=False,
            beside=Beside(
                policy=settings.policy and settings.policy.of_repos(),
                own_names=settings.watch,
                publishers=self._publishers,
                codes=self._codes,
            ),
        )
        return checked.findings, checked.facts

    def _publishers(self, names: Collection[str]) -> Mapping[str, Publisher]:
        from flake8_hfmodels.hub.publishers import publishers

        with ProgressLine("asking the Hub: {done} of {total} accounts") as progress:
            return publishers(self.hub, names, self._end, progress)

    def _codes(self, wanted: Mapping[Target, Repo]) -> Mapping[Target, Code | Unavailable]:
        from flake8_hfmodels.hub.remote_code import codes

        with ProgressLine("reading the code of repos: {done} of {total}") as progress:
            return codes(self.hub, wanted, self._end, progress)
