"""What the page tells, out of what a check has come to: repos, owners, files, and their pins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from flake8_hfmodels.companions import companions, repo_of
from flake8_hfmodels.facts import Facts, Missing, Moved, Owner, Publisher, Repo, Unavailable
from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Absent, Known, Reference, Target, Unknown
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.report.report import Report

WORST_FIRST = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)


class Pin(Enum):
    """What holds a reference to one commit, in the words of the page."""

    COMMIT = "pinned to a commit"
    REF = "a branch or tag"
    NONE = "no revision"
    IMPOSSIBLE = "no way to pin"
    RUN_TIME = "decided at run time"
    NOTHING = "nothing is loaded"

    @property
    def is_sure(self) -> bool:
        """Whether every load gets the same files."""
        return self is Pin.COMMIT


LOADS = tuple(one for one in Pin if one is not Pin.NOTHING)
"""The pins of references that load something."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page comes from: the name of the project, when, and by which version of us."""

    project: str
    when: str
    version: str


@dataclass(frozen=True, slots=True)
class Place:
    """A reference as the page tells it: its number, what holds it, and the findings about it."""

    number: int
    reference: Reference
    pin: Pin
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A repo that the code loads or names.

    `pins` are how many references hold it how; `places` are those. `beside` are the ids of the
    repos that bring it along, where no reference names it. `facts` is the best answer there is
    about it; `publisher` is its owner, where somebody asked.
    """

    number: int
    repo_type: RepoType
    repo_id: str
    owner: str
    revisions: tuple[str, ...]
    pins: Mapping[Pin, int]
    places: tuple[Place, ...]
    beside: tuple[str, ...]
    findings: tuple[Finding, ...]
    facts: Facts | None

    @property
    def files(self) -> tuple[str, ...]:
        """The files that name it, in order."""
        return tuple(dict.fromkeys(one.reference.path for one in self.places))

    @property
    def repo(self) -> Repo | None:
        """What the Hub says of it."""
        return None if self.facts is None else repo_of(self.facts)

    @property
    def publisher(self) -> Publisher | None:
        """The account that it belongs to."""
        return getattr(self.facts, "publisher", None)

    @property
    def is_ownerless(self) -> bool:
        """Whether anybody can register the name that the code has."""
        match self.facts:
            case Missing(owner=Owner.GONE) | Moved(old_owner=Owner.GONE):
                return True
            case _:
                return False


@dataclass(frozen=True, slots=True)
class Content:
    """All that the page tells. `places`, `repos` and `files` are in the order of the source."""

    origin: Origin
    report: Report
    places: tuple[Place, ...]
    repos: tuple[Held, ...]
    files: tuple[str, ...]

    @property
    def owners(self) -> Mapping[str, tuple[Held, ...]]:
        """The repos of each owner, in the order of their names; those without one come last."""
        found: dict[str, list[Held]] = {}
        for one in self.repos:
            found.setdefault(one.owner, []).append(one)
        names = sorted(found, key=lambda owner: (not owner, owner.casefold(), owner))
        return {owner: tuple(found[owner]) for owner in names}

    @property
    def pins(self) -> Mapping[Pin, int]:
        """How many references are held how, of those that load something."""
        counts = Counter(one.pin for one in self.places)
        return {pin: counts[pin] for pin in LOADS if counts[pin]}

    @property
    def loading(self) -> int:
        """How many references load something."""
        return sum(self.pins.values())


def content_of(report: Report, facts: Mapping[Target, Facts], origin: Origin) -> Content:
    """What there is to tell of a report, and of the answers of the Hub (or of the lock)."""
    about: dict[int, list[Finding]] = {}
    for finding in report.findings:
        about.setdefault(id(finding.reference), []).append(finding)
    places = tuple(
        Place(number, one, pin_of(one), tuple(about.get(id(one), ())))
        for number, one in enumerate(report.references, 1)
    )
    files = dict.fromkeys(one.path for one in report.references)
    files.update((one.path, None) for one in report.findings)
    return Content(origin, report, places, _repos(places, facts), tuple(files))


def pin_of(ref: Reference) -> Pin:
    """What holds a reference to one commit."""
    loader = ref.loader
    if ref.local is not None or not (loader.downloads and loader.repo_id):
        return Pin.NOTHING
    if isinstance(ref.repo_id, Absent):
        return Pin.NONE if loader.default_model else Pin.NOTHING
    if loader.revision is None and not loader.at_revision:
        return Pin.IMPOSSIBLE
    match ref.revision:
        case Known(values) if all(_is_commit(one.value) for one in values):
            return Pin.COMMIT
        case Known(values) if all(isinstance(one.value, str) for one in values):
            return Pin.REF
        case Unknown():
            return Pin.RUN_TIME
        case _:
            return Pin.NONE


def worst_of(findings: Iterable[Finding]) -> Severity | None:
    """How bad the worst one is; `None` where there is none."""
    found = {one.severity for one in findings}
    return next((one for one in WORST_FIRST if one in found), None)


def counted(findings: Iterable[Finding]) -> Mapping[Severity, int]:
    """How many there are of each severity, the worst one first."""
    counts = Counter(one.severity for one in findings)
    return {one: counts[one] for one in WORST_FIRST}


def _is_commit(value: object) -> bool:
    return isinstance(value, str) and is_commit_hash(value)


_Key = tuple[RepoType, str]


def _repos(places: Sequence[Place], facts: Mapping[Target, Facts]) -> tuple[Held, ...]:
    """Every repo that is named, and every one that comes with it."""
    named: dict[_Key, list[Place]] = {}
    brought: dict[_Key, dict[str, None]] = {}
    targets: dict[_Key, dict[Target, None]] = {}
    for place in places:
        own = [target for _written, target in place.reference.targets()]
        for target in own:
            targets.setdefault(_key(target), {})[target] = None
        for key in dict.fromkeys(map(_key, own)):
            named.setdefault(key, []).append(place)
        for further in companions(place.reference, lambda one: facts.get(one, _UNKNOWN)):
            targets.setdefault(_key(further), {})[further] = None
            ids = brought.setdefault(_key(further), {})
            ids.update((target.repo_id, None) for target in own)
    return tuple(
        _held(number, key, tuple(asked), named.get(key, ()), tuple(brought.get(key, ())), facts)
        for number, (key, asked) in enumerate(sorted(targets.items(), key=_order), 1)
    )


_UNKNOWN = Unavailable("not asked")


def _key(target: Target) -> _Key:
    return target.repo_type, target.repo_id


def _order(item: tuple[_Key, object]) -> tuple[str, str, str]:
    (repo_type, repo_id), _targets = item
    return repo_id.casefold(), repo_id, repo_type


def _held(
    number: int,
    key: _Key,
    targets: Sequence[Target],
    places: Sequence[Place],
    beside: tuple[str, ...],
    facts: Mapping[Target, Facts],
) -> Held:
    repo_type, repo_id = key
    best = _best([facts[one] for one in targets if one in facts])
    repo = None if best is None else repo_of(best)
    findings = (one for place in places for one in place.findings)
    return Held(
        number=number,
        repo_type=repo_type,
        repo_id=repo_id,
        owner=_owner(repo_id if repo is None else repo.id),
        revisions=tuple(dict.fromkeys(one.revision or "" for one in targets)),
        pins=Counter(one.pin for one in places),
        places=tuple(places),
        beside=() if places else beside,
        findings=tuple(one for one in findings if one.repo_id in (None, repo_id)),
        facts=best,
    )


def _best(answers: Sequence[Facts]) -> Facts | None:
    """The answer that says most of a repo: what it is, then that it is not there."""
    ranked = (
        [one for one in answers if repo_of(one) is not None],
        [one for one in answers if isinstance(one, Missing)],
        answers,
    )
    return next((some[0] for some in ranked if some), None)


def _owner(repo_id: str) -> str:
    """The account that an id names; empty for one of the first names."""
    return repo_id.partition("/")[0] if "/" in repo_id else ""
