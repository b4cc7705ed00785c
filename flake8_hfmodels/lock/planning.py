"""What becomes of a lock: what is new, what is dropped, what is refused. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from flake8_hfmodels.facts import Code, Facts, Found, Lacking, Missing, Moved, Owner, Unavailable
from flake8_hfmodels.lock.entry import Entry, LockedOwner
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.making import completed, entry_of
from flake8_hfmodels.lock.merging import United
from flake8_hfmodels.lock.needs import Need
from flake8_hfmodels.lock.trust import is_accepted, strange
from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.repo_id import owner_of
from flake8_hfmodels.rules.wording import few

STALE = "the Hub did not answer, and the cache has an old answer only"
NO_HASHES = "the Hub does not say the hashes of"
NO_COMMIT = "the Hub does not say at which commit it is"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What is not in the lock, and why; `code` is that of the rule that has it against the repo.

    `is_unanswered`: nobody knows, as the Hub did not say. `is_doubted`: it is there, and may be
    somebody else's; it is locked if somebody accepts it.
    """

    target: Target
    why: str
    code: str = ""
    is_unanswered: bool = False
    is_doubted: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The new lock, and how it differs from the old one.

    `moved` pairs entries of one target; `unlocked` is what the code needs and the lock lacks.
    `lost` are entries that contradict each other still, with which nothing may be written.
    """

    lock: Lock
    added: tuple[Entry, ...]
    completed: tuple[Entry, ...]
    moved: tuple[tuple[Entry, Entry], ...]
    dropped: tuple[Entry, ...]
    unlocked: tuple[Unlocked, ...]
    lost: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """How much of the project was read.

    `is_whole`: all of it, so that what nothing needs is not needed. `read` are the files, by the
    names that `name_of` gives them in the lock.
    """

    is_whole: bool
    read: Collection[str]
    name_of: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the Hub says: of each target, of entries that lack something, of accounts.

    `follows` are the refs that pins in the code say they follow. `doubts` are what rules have
    against repos, by type and id in lower case: the code of the rule, and its words.
    """

    facts: Mapping[Target, Facts]
    at_commit: Mapping[Target, Facts]
    owners: Mapping[str, LockedOwner]
    follows: Mapping[Target, str]
    doubts: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


def _repo(target: Target) -> tuple[str, str]:
    return target.repo_type, target.repo_id.casefold()


def _never(_entry: Entry) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Again:
    """Which entries are asked for once more.

    `accepted` are ids, in lower case, whose repo is trusted whatever it is now. `moving` entries go
    to the commit that the Hub names now, if it is the same repo still.
    """

    accepted: frozenset[str] = frozenset()
    moving: Callable[[Entry], bool] = _never

    def wants(self, entry: Entry) -> bool:
        """Whether the Hub is to be asked, though the lock has an answer."""
        return is_accepted(entry, self.accepted) or self.moving(entry)


def is_trusted(old: United, target: Target, again: Again) -> bool:
    """Whether the lock answers for a target, so that nobody need be asked."""
    entry = old.lock.by_target.get(target)
    return entry is not None and not again.wants(entry)


def lacks(entry: Entry, need: Need) -> bool:
    """Whether an entry lacks the owner, or a hash that the code needs."""
    return _lacks_owner(entry) or not need.files.isdisjoint(entry.others)


def at_commit(entry: Entry) -> Target:
    """The question about an entry that cannot have moved since."""
    return Target(entry.repo_type, entry.repo_id, entry.commit)


def planned(
    old: United,
    needs: Mapping[Target, Need],
    heard: Heard,
    again: Again,
    scope: Scope,
) -> Plan:
    """What becomes of a lock where the code has these needs."""
    return _Planning(old, needs, heard, again, scope).plan()


class _Planning:
    """One plan while it is made."""

    def __init__(
        self,
        old: United,
        needs: Mapping[Target, Need],
        heard: Heard,
        again: Again,
        scope: Scope,
    ) -> None:
        self.old = old
        self.needs = needs
        self.heard = heard
        self.again = again
        self.scope = scope
        self.differing = {ours.target: (ours, theirs) for ours, theirs in old.differing}
        self.known = [
            *old.lock.entries,
            *(entry for both in self.differing.values() for entry in both),
        ]
        self.entries: dict[Target, Entry] = {}
        self.unlocked: list[Unlocked] = []
        self.added: list[Entry] = []
        self.completed: list[Entry] = []
        self.moved: list[tuple[Entry, Entry]] = []

    def plan(self) -> Plan:
        for target, need in sorted(self.needs.items(), key=_order):
            before = self.old.lock.by_target.get(target)
            if before is None or self.again.wants(before):
                entry = self._new(target, need) or (before and self._used(before, need))
            else:
                entry = self._kept(before, need)
            if entry is not None:
                self._put(before, entry, need)
        unused = [one for one in self.old.lock.entries if one.target not in self.needs]
        dropped = [one for one in unused if self._may_go(one)]
        for one in unused:
            if one not in dropped:
                self.entries[one.target] = self._used(one, Need())
        lost = [one for one in self.differing if one in self.needs and one not in self.entries]
        if not self.scope.is_whole:
            lost += [one for one in self.differing if one not in self.needs]
        return Plan(
            replace(self.old.lock, entries=tuple(self.entries.values())),
            tuple(self.added),
            tuple(self.completed),
            tuple(self.moved),
            tuple(dropped),
            tuple(self.unlocked),
            tuple(lost),
        )

    def _may_go(self, entry: Entry) -> bool:
        """Whether nothing needs an entry any more.

        As long as the repo cannot be locked as the code has it, what is known of it is not let go:
        who has the name then would be trusted.
        """
        waiting = {_repo(one.target) for one in self.unlocked}
        return self.scope.is_whole and _repo(entry.target) not in waiting

    def _put(self, before: Entry | None, entry: Entry, need: Need) -> None:
        self.entries[entry.target] = entry
        unknown = sorted(need.files.intersection(entry.others))
        if unknown and all(one.target != entry.target for one in self.unlocked):
            self.unlocked.append(Unlocked(entry.target, f"{NO_HASHES} {few(unknown)}"))
        was = [before] if before is not None else list(self.differing.get(entry.target, ()))
        if not was:
            self.added.append(entry)
        elif (was[0].commit, was[0].object_id) != (entry.commit, entry.object_id):
            self.moved.append((was[0], entry))

    def _new(self, target: Target, need: Need) -> Entry | None:
        """The entry for what the Hub shows now, unless there is something against it."""
        facts = _seen(target, self.heard.facts[target])
        if isinstance(facts, Unlocked):
            self.unlocked.append(facts)
            return None
        paths = {self.scope.name_of(one) for one in need.paths}
        owner = self.heard.owners.get(owner_of(facts.repo.id))
        entry = entry_of(target, facts, owner, need.files, paths)
        if entry is None:
            self.unlocked.append(Unlocked(target, NO_COMMIT))
            return None
        entry = replace(entry, ref=entry.ref or self.heard.follows.get(target, ""))
        why = self._disputed(target) or strange(entry, self.known)
        code, doubt = self.heard.doubts.get(_repo(target), ("", ""))
        if (why or doubt) and not is_accepted(entry, self.again.accepted):
            code = "HFM008" if why else code
            self.unlocked.append(Unlocked(target, why or doubt, code, is_doubted=True))
            return None
        return self._same(entry) or entry

    def _disputed(self, target: Target) -> str:
        """Whether the two sides of a merge have trusted different repos or owners."""
        both = self.differing.get(target)
        if both is None or _is_same(*both):
            return ""
        ids = " and ".join(one.object_id for one in both)
        return f"the two sides of the merge trust different repos or owners (_id {ids})"

    def _same(self, entry: Entry) -> Entry | None:
        """The old entry, where what was accepted is what was locked."""
        before = self.old.lock.by_target.get(entry.target)
        if before is None or not _is_same(before, entry) or self.again.moving(before):
            return None
        return replace(before, used_by=entry.used_by)

    def _kept(self, before: Entry, need: Need) -> Entry:
        """An old entry, with what it lacked."""
        entry = self._with_code(self._used(before, need))
        if not lacks(before, need):
            return entry
        facts = _seen(before.target, self.heard.at_commit[at_commit(before)])
        if isinstance(facts, Unlocked):
            self.unlocked.append(facts)
            return entry
        owner = self.heard.owners.get(owner_of(facts.repo.id))
        candidate = replace(entry, object_id=facts.repo.object_id, owner=owner or before.owner)
        why = strange(candidate, self.known)
        if why:
            self.unlocked.append(Unlocked(before.target, why, "HFM008", is_doubted=True))
            return entry
        entry = completed(entry, facts.repo, owner, need.files)
        if entry != self._used(before, need):
            self.completed.append(entry)
        return entry

    def _with_code(self, entry: Entry) -> Entry:
        """An entry with what its Python does, where that was not asked before."""
        facts = self.heard.facts[entry.target]
        if entry.code is not None or not isinstance(facts, (Found, Moved)):
            return entry
        return replace(entry, code=facts.code if isinstance(facts.code, Code) else None)

    def _used(self, entry: Entry, need: Need) -> Entry:
        """An entry with the files that use it now; of those that were not read, as it was."""
        now = {self.scope.name_of(one) for one in need.paths}
        earlier = () if self.scope.is_whole else set(entry.used_by) - set(self.scope.read)
        return replace(entry, used_by=tuple(sorted({*now, *earlier})))


def _order(item: tuple[Target, Need]) -> tuple[str, str, str]:
    target = item[0]
    return target.repo_type, target.repo_id, target.revision or ""


def _is_same(one: Entry, other: Entry) -> bool:
    """Whether two entries speak of one repo of one owner, as far as that is known."""
    owners = {each.owner.object_id for each in (one, other) if each.owner is not None}
    return one.object_id == other.object_id and len(owners) <= 1


def _lacks_owner(entry: Entry) -> bool:
    return entry.owner is None and bool(owner_of(entry.id))


def _seen(target: Target, facts: Facts) -> Found | Moved | Unlocked:
    """The repo that the Hub shows, or what keeps a target out of the lock."""
    match facts:
        case Unavailable(why=why):
            return Unlocked(target, why, is_unanswered=True)
        case Found(stale=True) | Moved(stale=True) | Missing(stale=True):
            return Unlocked(target, STALE, is_unanswered=True)
        case Missing(owner=Owner.GONE):
            name = owner_of(target.repo_id)
            return Unlocked(target, f"nobody owns {name!r}", "HFM004")
        case Missing(what=Lacking.REVISION):
            return Unlocked(target, "the repo has no such revision", "HFM006")
        case Missing():
            return Unlocked(target, "it is not there, or private", "HFM006")
        case _:
            return facts


def unowned(plan: Plan) -> Iterator[Entry]:
    """The entries of which nobody could say to whom they belong."""
    return (one for one in plan.lock.entries if _lacks_owner(one))
