"""`hfmodels lock`: what every reference stands for is written down, or held against the code."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from flake8_hfmodels.blame import Blamer
from flake8_hfmodels.check import Beside, conclude, is_private, questions
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, NOT_ASKED, USAGE
from flake8_hfmodels.cli.lock_report import Result, in_json, in_text
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.progress import ProgressLine
from flake8_hfmodels.cli.reading import STDIN, Reading
from flake8_hfmodels.cli.writing import write_bytes
from flake8_hfmodels.companions import repo_of
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.facts import Code, Facts, Repo, Unavailable
from flake8_hfmodels.finding import Finding
from flake8_hfmodels.lock.answers import codes_in, facts_of, lookup_in
from flake8_hfmodels.lock.entry import Entry, LockedOwner
from flake8_hfmodels.lock.keeping import Kept, kept, save
from flake8_hfmodels.lock.merging import United
from flake8_hfmodels.lock.needs import Need, needs_of
from flake8_hfmodels.lock.place import place_for
from flake8_hfmodels.lock.planning import Again, Heard, Scope, at_commit, is_trusted, lacks, planned
from flake8_hfmodels.lock.reading import read
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Reference, Target
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.repo_id import owner_of
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.settings import Settings, given
from flake8_hfmodels.updating import pins_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from flake8_hfmodels.ages import Blame
    from flake8_hfmodels.check import Lookup
    from flake8_hfmodels.hub.lookup import Hub
    from flake8_hfmodels.lock.lock import Lock

RULE = "HFM015"
"""The rule that speaks of what is not locked."""

_DOUBTS = ("HFM004", "HFM007", "HFM008")
"""The rules by which a repo may be somebody else's: it is locked if somebody accepts it."""

_PARTIAL = ("include", "exclude", "kinds", "max_size")
"""What said for a run keeps it from seeing the whole of a project."""


def run(options: argparse.Namespace) -> Outcome:
    """`hfmodels lock`, and `hfmodels lock --check`."""
    if STDIN in options.paths:
        return Outcome(USAGE, "", ("lock is for files of a project; name a path",))
    try:
        said = given(options)
        configured = Configured(said, options.config, not options.isolated)
        return Locking(options, configured, is_partial(said)).outcome()
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))


def is_partial(said: Mapping[str, object]) -> bool:
    """Whether what was said for a run keeps it from seeing the whole of a project."""
    return any(one in said for one in _PARTIAL)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the files of one lock refer to, by the settings that they go by."""

    path: str
    projects: Mapping[Settings, Sequence[Referring]]


class Locking:
    """One run: what it reads, whom it asks, what it writes.

    Entries that are `moving` go to the commit that the Hub names now.
    """

    def __init__(
        self,
        options: argparse.Namespace,
        configured: Configured,
        is_partial: bool,
        moving: Callable[[Entry], bool] | None = None,
    ) -> None:
        self.options = options
        self.configured = configured
        self.is_partial = is_partial
        accepted = frozenset(one.casefold() for one in options.accept)
        self.again = Again(accepted) if moving is None else Again(accepted, moving)
        self.reading = Reading(options.paths, "", configured)
        self.asking = _Asking(0.0 if moving is None else time.time())
        self.left_out: set[str] = set()

    def outcome(self) -> Outcome:
        """Do all of it. Raises `ConfigurationError`."""
        judged = self._checked if self.options.check else self._locked
        results = [judged(one) for one in self._by_lock()]
        return self.told(results)

    def plans(self) -> list[Result]:
        """What would become of each lock that is there; nothing is written."""
        return [self._planned(one)[1] for one in self._by_lock() if os.path.exists(one.path)]

    def told(self, results: Sequence[Result]) -> Outcome:
        """What there is to say."""
        tell = in_json if self.options.format == "json" else in_text
        return Outcome(self._code(results), tell(results), (*self._complaints(results),))

    def _by_lock(self) -> list[_Read]:
        """What was read, by the lock that it belongs to; a lock of which nothing is used, too."""
        found: dict[str, dict[Settings, list[Referring]]] = {}
        for one in self.reading.referring():
            settings = self.configured(one.path)
            projects = found.setdefault(place_for(one.path, settings), {})
            projects.setdefault(settings, []).append(one)
        for path in self.reading.done:
            place = place_for(path, self.configured(path))
            if place not in found and os.path.exists(place):
                found[place] = {}
        return [_Read(path, projects) for path, projects in sorted(found.items())]

    # Against the code

    def _checked(self, one: _Read) -> Result:
        """What code and lock do not agree on. Nobody is asked."""
        if not os.path.exists(one.path):
            return Result(one.path, is_missing=bool(one.projects))
        lock = read(one.path)
        facts, every = self._concluded(one, lambda _settings: lookup_in(lock), None, lock)
        findings = [each for each in every if each.code == RULE]
        needs = needs_of(_references(one), facts)
        scope = self._scope(one.path)
        return Result(
            one.path,
            lock=lock,
            findings=findings,
            idle=tuple(each for each in lock.entries if each.target not in needs)
            if scope.is_whole
            else (),
            unhashed=tuple(
                each
                for each in lock.entries
                if not needs.get(each.target, _NOTHING).files.isdisjoint(each.others)
            ),
        )

    def _concluded(
        self,
        one: _Read,
        lookup_by: Callable[[Settings], Lookup],
        blame: Blame | None,
        lock: Lock | None,
    ) -> tuple[Mapping[Target, Facts], Sequence[Finding]]:
        """The facts of all that a check would ask about, and what it would find.

        With a lock that is to be held against the code, nobody is asked.
        """
        facts: dict[Target, Facts] = {}
        findings: list[Finding] = []
        for settings, referring in one.projects.items():
            lookup = lookup_by(settings)

            def ask(targets: Collection[Target], lookup: Lookup = lookup) -> Mapping[Target, Facts]:
                facts.update(lookup([one for one in targets if one not in facts]))
                return facts

            rules = {rule.code: rule for rule in chosen(settings.select, settings.ignore)}
            rules.update((rule.code, rule) for rule in chosen((RULE,), ()))
            checked = conclude(
                referring,
                ask,
                tuple(rules.values()),
                settings.persona,
                settings.never_ask,
                settings.severity,
                with_fixes=False,
                beside=Beside(
                    blame,
                    settings.grace,
                    codes=partial(self._codes, settings, lock),
                ),
            )
            facts.update(checked.facts)
            findings += checked.findings
            self._leave_out(settings, referring)
        return facts, findings

    def _leave_out(self, settings: Settings, referring: Iterable[Referring]) -> None:
        """Note what never-ask keeps out of the lock."""
        if settings.never_ask:
            named = (target for one in referring for target in questions(one.references))
            self.left_out.update(
                one.repo_id for one in named if is_private(one.repo_id, settings.never_ask)
            )

    # Into the lock

    def _locked(self, one: _Read) -> Result:
        """Lock what is new, and keep what is old."""
        before, result = self._planned(one)
        plan = result.plan
        if plan is None or plan.lost or not (before.data or plan.lock.entries):
            return result
        return replace(result, lost=save(before, plan.lock, write_bytes) or "")

    def _planned(self, one: _Read) -> tuple[Kept, Result]:
        """The lock as it is, and what is to become of it."""
        before = kept(one.path)
        facts, findings = self._concluded(
            one, lambda settings: self._lookup(settings, before.old), Blamer(), None
        )
        needs = needs_of(_references(one), facts)
        heard = replace(self._heard(one, before.old, facts, needs), doubts=_doubts(findings))
        plan = planned(before.old, needs, heard, self.again, self._scope(one.path))
        return before, Result(one.path, lock=plan.lock, plan=plan, needs=needs)

    def _lookup(self, settings: Settings, old: United) -> Lookup:
        """The lock for what is in it, the Hub for everything else."""

        def lookup(targets: Collection[Target]) -> Mapping[Target, Facts]:
            trusted = [one for one in targets if is_trusted(old, one, self.again)]
            known = {one: facts_of(old.lock.by_target[one]) for one in trusted}
            asked = self.asking.facts(settings, [one for one in targets if one not in known])
            return {**known, **asked}

        return lookup

    def _codes(
        self, settings: Settings, lock: Lock | None, wanted: Mapping[Target, Repo]
    ) -> Mapping[Target, Code | Unavailable]:
        """What the Python of repos does; what a lock is made of has to be asked."""
        if lock is not None:
            return codes_in(lock, wanted)
        return self.asking.codes(settings, wanted)

    def _heard(
        self,
        one: _Read,
        old: United,
        facts: Mapping[Target, Facts],
        needs: Mapping[Target, Need],
    ) -> Heard:
        """What else the Hub has to say: of entries that lack something, of the owners of all."""
        settings = self._settings(one)
        trusted = {each for each in needs if is_trusted(old, each, self.again)}
        entries = [old.lock.by_target[each] for each in trusted]
        lacking = [at_commit(each) for each in entries if lacks(each, needs[each.target])]
        known = {**self.asking.facts(settings, lacking)}
        new = [each for target, each in facts.items() if target not in trusted]
        repos = [repo_of(each) for each in (*new, *known.values())]
        names = {owner_of(each.id) for each in repos if each is not None} - {""}
        return Heard(facts, known, self.asking.owners(settings, names), _follows(one))

    def _settings(self, one: _Read) -> Settings:
        return next(iter(one.projects), None) or self.configured(one.path)

    def _scope(self, path: str) -> Scope:
        """How much of the project of a lock was read."""
        folder = os.path.dirname(os.path.realpath(path))
        above = (os.path.realpath(each) for each in self.reading.paths if os.path.isdir(each))
        covers = any(_is_in(folder, each) for each in above)
        is_whole = covers and not (self.reading.troubles or self.is_partial)

        def name_of(file: str) -> str:
            return os.path.relpath(os.path.realpath(file), folder).replace(os.sep, "/")

        return Scope(is_whole, {name_of(each) for each in self.reading.done}, name_of)

    # What it comes to

    def _code(self, results: Sequence[Result]) -> int:
        if self.reading.troubles or any(one.lost for one in results):
            return USAGE
        if self.asking.is_strict and any(one.is_unanswered for one in results):
            return NOT_ASKED
        return FINDINGS if any(one.disagrees for one in results) else CLEAN

    def _complaints(self, results: Sequence[Result]) -> Iterable[str]:
        yield from map(str, self.reading.troubles)
        yield from self.reading.warnings()
        yield from self.asking.warnings()
        if self.left_out:
            yield f"{count(len(self.left_out), 'repo')} left out, as never-ask says"
        named = {target.repo_id.casefold() for one in results for target in one.needs}
        for repo_id in [] if self.options.check else self.options.accept:
            if repo_id.casefold() not in named:
                yield f"{repo_id}: --accept is of no use: nothing names it"
        for one in results:
            if one.lost:
                yield f"{one.path}: {one.lost}"
            yield from (
                f"{each.id}: the Hub does not say whose it is; the lock has no owner of it"
                for each in one.unowned
            )


_NOTHING = Need()


class _Asking:
    """The Hubs of several projects, each asked for hashes as well, within its deadline."""

    def __init__(self, since: float) -> None:
        self.is_strict = False
        self._since = since
        self._ends: dict[Hub, float] = {}

    def facts(self, settings: Settings, targets: Sequence[Target]) -> Mapping[Target, Facts]:
        """What the Hub of some settings says of targets."""
        if not targets:
            return {}
        hub = self._hub(settings)
        with ProgressLine() as progress:
            return hub(targets, self._ends[hub], progress)

    def owners(self, settings: Settings, names: Collection[str]) -> Mapping[str, LockedOwner]:
        """The accounts of names, as far as they are known."""
        if not names:
            return {}
        from flake8_hfmodels.hub.answers import Account

        hub = self._hub(settings)
        with ProgressLine() as progress:
            found = hub.accounts(dict.fromkeys(sorted(names)), self._ends[hub], progress)
        return {
            name: LockedOwner(one.name, one.kind, one.object_id, one.is_verified)
            for name, one in found.items()
            if isinstance(one, Account)
        }

    def codes(
        self, settings: Settings, wanted: Mapping[Target, Repo]
    ) -> Mapping[Target, Code | Unavailable]:
        """What the Python of repos does."""
        from flake8_hfmodels.hub.remote_code import codes

        hub = self._hub(settings)
        with ProgressLine("reading the code of repos: {done} of {total}") as progress:
            return codes(hub, wanted, self._ends[hub], progress)

    def warnings(self) -> Sequence[str]:
        """What went wrong with the token or the cache, a line each."""
        return [line for hub in self._ends for line in hub.client.warnings]

    def _hub(self, settings: Settings) -> Hub:
        from flake8_hfmodels.hub.opening import open_hub

        hub = open_hub(settings, with_blobs=True, since=self._since)
        self._ends.setdefault(hub, time.monotonic() + hub.deadline)
        self.is_strict = self.is_strict or settings.strict
        return hub


def _doubts(findings: Iterable[Finding]) -> Mapping[tuple[str, str], tuple[str, str]]:
    """What speaks against trusting a repo from now on."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for one in findings:
        if one.code in _DOUBTS and one.repo_id is not None and one.reference is not None:
            repo = (one.reference.repo_type, one.repo_id.casefold())
            found.setdefault(repo, (one.code, one.what))
    return found


def _references(one: _Read) -> list[Reference]:
    every = (each for referring in one.projects.values() for each in referring)
    return [reference for each in every for reference in each.references]


def _follows(one: _Read) -> Mapping[Target, str]:
    """The refs that pins say they follow, in the comment beside them."""
    every = (each for referring in one.projects.values() for each in referring)
    pins = (pin for each in every for pin in pins_in(each.references, each.lines()))
    return {Target(pin.repo_type, pin.repo_id, pin.commit): pin.ref for pin in pins if pin.ref}


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))
