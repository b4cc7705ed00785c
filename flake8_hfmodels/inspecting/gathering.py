"""What is asked about repos that somebody wants to look at, in as few rounds as it takes.

First the repos at the asked revision and at their head; then what these name: base models, repos
that hold code, other types under the same id; then whatever the rules want to know besides; then
whose names all of them are. Each round is one call, so that all questions of it are asked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias

from flake8_hfmodels.asked_id import Asked
from flake8_hfmodels.companions import base_targets, code_targets, companions, repo_of
from flake8_hfmodels.facts import (
    Code,
    Facts,
    Lacking,
    Missing,
    Owner,
    Repo,
    Unavailable,
)
from flake8_hfmodels.finding import Finding
from flake8_hfmodels.imagined import every_use, imagined
from flake8_hfmodels.inspecting.advice import Case, steps
from flake8_hfmodels.inspecting.dossier import (
    KEPT_BACK,
    PLACEHOLDER,
    Base,
    Dossier,
    Holder,
    OwnerNow,
)
from flake8_hfmodels.inspecting.families import Read, formats, pickles, reads, unpicklers
from flake8_hfmodels.inspecting.risk import reasons_of, risk_of
from flake8_hfmodels.loaders.elsewhere import PLACEHOLDERS
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Reference, Target
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.repo_id import is_repo_id, owner_of
from flake8_hfmodels.rules.rule import NOT_ASKED
from flake8_hfmodels.suppress import Silencers

MOST_BASES = 10
"""Base models that are looked at; nobody has read further down either."""

_SIBLINGS: tuple[RepoType, ...] = ("model", "dataset", "space")
"""The types under which a name is looked for that is not there as the one that was asked for."""

Judged: TypeAlias = tuple[Sequence[Finding], Mapping[Target, Facts]]
"""What the rules say, and the facts that they said it by."""

LookUp: TypeAlias = Callable[[Collection[Target]], Mapping[Target, Facts]]


class Asks(Protocol):
    """Whom to ask. `is_private`: whether a name is to be kept at home."""

    def facts(self, targets: Collection[Target]) -> Mapping[Target, Facts]:
        """What the Hub says of repos."""

    def accounts(self, names: Collection[str]) -> Mapping[str, OwnerNow]:
        """Who stands behind names of accounts."""

    def judged(self, referring: Sequence[Referring], look_up: LookUp) -> Judged:
        """What the rules about repos have against references."""

    def is_private(self, repo_id: str) -> bool:
        """Whether a name is not to leave the house."""


def gather(every: Sequence[Asked], asks: Asks) -> list[Dossier]:
    """One dossier for each repo, in that order."""
    return _Gathering(every, asks).dossiers()


@dataclass(frozen=True, slots=True)
class _Subject:
    """One repo on the way to its dossier; references by who would write them."""

    asked: Asked
    facts: Facts
    head: Facts
    reads: tuple[Read, ...]
    plain: tuple[Reference, ...]
    trusting: tuple[Reference, ...]
    bases: tuple[str, ...]
    loaded: frozenset[str]

    @property
    def repo(self) -> Repo | None:
        """The repo that answers."""
        return repo_of(self.facts) or repo_of(self.head)


class _Gathering:
    """One run, and what it has heard so far."""

    def __init__(self, every: Sequence[Asked], asks: Asks) -> None:
        self._every = every
        self._asks = asks
        self._heard: dict[Target, Facts] = {}

    def dossiers(self) -> list[Dossier]:
        """Ask all of it, round by round."""
        self.look_up([one for asked in self._every for one in (asked.target, _head(asked))])
        subjects = [self._subject(one) for one in self._every]
        self.look_up([one for each in subjects for one in self._further(each)])
        referring = [
            one for number, each in enumerate(subjects) for one in _referring(str(number), each)
        ]
        findings, facts = self._asks.judged(referring, self.look_up)
        owners = self._owners(subjects)
        return [
            self._dossier(each, _of(str(number), findings), facts, owners)
            for number, each in enumerate(subjects)
        ]

    def look_up(self, targets: Collection[Target]) -> Mapping[Target, Facts]:
        """The facts of targets, each asked for once; what may not be asked has none."""
        new: list[Target] = []
        for one in dict.fromkeys(targets):
            if one not in self._heard:
                why = self._why_not(one.repo_id)
                if why is None:
                    new.append(one)
                else:
                    self._heard[one] = why
        self._heard.update(self._asks.facts(new) if new else {})
        return {one: self._heard.get(one, NOT_ASKED) for one in targets}

    def _why_not(self, repo_id: str) -> Unavailable | None:
        if self._asks.is_private(repo_id):
            return KEPT_BACK
        is_placeholder = repo_id.partition("/")[0].lower() in PLACEHOLDERS
        return PLACEHOLDER if is_placeholder else None

    def _subject(self, asked: Asked) -> _Subject:
        facts, head = self._heard[asked.target], self._heard[_head(asked)]
        repo = repo_of(facts)
        found = () if repo is None else reads(repo, asked.repo_type)
        plain = _references(asked, repo, found, trusts=False)
        trusting = _references(asked, repo, found, trusts=True) if _has_code(asked, repo) else ()
        loaded = frozenset(
            one.repo_id for ref in plain if repo is not None for one in base_targets(ref, repo)
        )
        named = () if repo is None else (*repo.adapter_of, *repo.base_models)
        bases = tuple(one for one in dict.fromkeys(named) if is_repo_id(one))
        return _Subject(asked, facts, head, found, plain, trusting, bases, loaded)

    def _further(self, subject: _Subject) -> Iterator[Target]:
        yield from (Target("model", one, None) for one in subject.bases[:MOST_BASES])
        for ref in (*subject.plain, *subject.trusting):
            yield from companions(ref, lambda one: self._heard.get(one, NOT_ASKED))
        yield from _siblings(subject)

    def _owners(self, subjects: Iterable[_Subject]) -> Mapping[str, OwnerNow]:
        asked = (one for one in subjects if one.facts not in (KEPT_BACK, PLACEHOLDER))
        names = map(_owner_name, asked)
        wanted = [one for one in dict.fromkeys(names) if one and self._why_not(one) is None]
        return self._asks.accounts(wanted) if wanted else {}

    def _dossier(
        self,
        subject: _Subject,
        findings: Mapping[str, Sequence[Finding]],
        facts: Mapping[Target, Facts],
        owners: Mapping[str, OwnerNow],
    ) -> Dossier:
        asked, repo = subject.asked, repo_of(subject.facts)
        owner = owners.get(_owner_name(subject))
        holders = tuple(_holders(subject, facts))
        bases = tuple(
            Base(one, self._heard[Target("model", one, None)], one in subject.loaded)
            for one in subject.bases[:MOST_BASES]
        )
        below = [
            (one, finding)
            for number, one in enumerate(subject.bases[:MOST_BASES])
            for finding in findings.get(f"{_BASE}{number}", ())
        ]
        reasons = reasons_of(findings.get(_PLAIN, ()), findings.get(_TRUSTING, ()), below)
        risk = risk_of(subject.facts, reasons, _lacks(subject, owner, bases, holders))
        elsewhere = tuple(
            one.repo_type for one in _siblings(subject) if repo_of(self._heard[one]) is not None
        )
        case = Case(asked, subject.facts, subject.repo, owner, elsewhere, risk)
        return Dossier(
            asked=asked,
            facts=subject.facts,
            head=subject.head,
            owner=owner,
            bases=bases,
            bases_left_out=len(subject.bases) - len(bases),
            holders=holders,
            formats=() if repo is None else formats(repo),
            reads=subject.reads,
            pickles=() if repo is None else pickles(repo, subject.reads),
            elsewhere=elsewhere,
            risk=risk,
            steps=steps(case),
        )


def _head(asked: Asked) -> Target:
    return Target(asked.repo_type, asked.repo_id, None)


def _owner_name(subject: _Subject) -> str:
    """The account behind the name that answers, or else behind the one that was asked for."""
    repo = subject.repo
    return owner_of(subject.asked.repo_id if repo is None else repo.id)


def _siblings(subject: _Subject) -> list[Target]:
    """The same id as other types, where it is not there as the one that was asked for."""
    asked, facts = subject.asked, subject.facts
    is_missing = isinstance(facts, Missing) and facts.what is Lacking.REPO
    types = [one for one in _SIBLINGS if one != asked.repo_type] if is_missing else []
    return [Target(one, asked.repo_id, None) for one in types if "/" in asked.repo_id]


# References that nobody has written


def _has_code(asked: Asked, repo: Repo | None) -> bool:
    """Whether trust_remote_code would let something run.

    datasets before 4 ran a script that is called as the dataset is.
    """
    if repo is None:
        return False
    script = f"{repo.id.rpartition('/')[2]}.py"
    return repo.has_custom_code or (asked.repo_type == "dataset" and script in repo.files)


def _references(
    asked: Asked, repo: Repo | None, found: Iterable[Read], trusts: bool
) -> tuple[Reference, ...]:
    """How programs would load it: with what it is made for, and with all else that unpickles it.

    transformers, which any repo may be tried with, only where it is that, or is made for nothing
    that we know. Then nobody loads it whole, if somebody unpickles it.
    """
    uses = [*every_use(asked, trusts, () if repo is None else repo.files)]
    is_for_nothing = asked.repo_type == "model" and uses[0].loader.reads == "files"
    known = {one.loader.package for one in uses} | (set() if is_for_nothing else {"transformers"})
    others = tuple(
        replace(uses[0], loader=loader, call=call)
        for call, loader in (unpicklers(found) if asked.repo_type == "model" else ())
        if loader.package not in known
    )
    return others if others and is_for_nothing else (*uses, *others)


_PLAIN, _TRUSTING, _BASE = "plain", "trusting", "base "


def _referring(number: str, subject: _Subject) -> Iterator[Referring]:
    """The references of one repo; the name of their file says whose they are."""
    yield _file(f"{number}/{_PLAIN}", subject.plain)
    if subject.trusting:
        yield _file(f"{number}/{_TRUSTING}", subject.trusting)
    for at, base in enumerate(subject.bases[:MOST_BASES]):
        if base in subject.loaded:
            ref = imagined(Asked("model", base, None), trusts=False)
            yield _file(f"{number}/{_BASE}{at}", (ref,))


def _file(name: str, references: Iterable[Reference]) -> Referring:
    placed = tuple(replace(one, path=name) for one in references)
    return Referring(name, "python", "", placed, Silencers())


def _of(number: str, findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    """The findings about one repo, by what they were found in."""
    found: dict[str, list[Finding]] = {}
    for one in findings:
        whose, _slash, part = one.path.partition("/")
        if whose == number:
            found.setdefault(part, []).append(one)
    return found


def _holders(subject: _Subject, facts: Mapping[Target, Facts]) -> Iterator[Holder]:
    """The repos whose code would run, by the references that let it."""
    repo = repo_of(subject.facts)
    if repo is None:
        return
    target = subject.asked.target
    every = {target: None}
    for ref in subject.trusting:
        every.update(dict.fromkeys(code_targets(ref, target, repo)))
    for one in every:
        yield Holder(one.repo_id, facts.get(one, NOT_ASKED))


# What is not known


def _lacks(
    subject: _Subject,
    owner: OwnerNow | None,
    bases: Iterable[Base],
    holders: Iterable[Holder],
) -> Iterator[str]:
    facts, head = subject.facts, subject.head
    if isinstance(facts, Unavailable):
        yield f"the repo: {facts.why}"
    if isinstance(head, Unavailable) and head != facts:
        yield f"its head: {head.why}"
    if isinstance(facts, Missing) and facts.owner is Owner.UNKNOWN and "/" in subject.asked.repo_id:
        yield f"whether {subject.asked.repo_id.partition('/')[0]!r} has an owner"
    if isinstance(owner, Unavailable) and not isinstance(facts, Unavailable):
        yield f"its owner: {owner.why}"
    for holder in holders if not isinstance(facts, Unavailable) else ():
        yield from _lacks_of_code(holder)
    if subject.repo is not None and subject.repo.is_scanned is False:
        yield "what the Hub's scanners find: they are not done"
    for one in bases:
        if isinstance(one.facts, Unavailable):
            yield f"base model {one.repo_id}: {one.facts.why}"


def _lacks_of_code(holder: Holder) -> Iterator[str]:
    if isinstance(holder.facts, Unavailable):
        yield f"the code of {holder.repo_id}: {holder.facts.why}"
    match holder.code:
        case Unavailable(why=why):
            yield f"the code of {holder.repo_id}: {why}"
        case Code(unread=((path, why), *_)):
            yield f"a part of the code of {holder.repo_id}: {path}: {why}"
        case _:
            pass
