"""What an audit asks the Hub about the entries of a lock.

One question for each entry at its commit, one for each owner, and for the heads of the default
branches one listing for all repos of an owner. Only of what is not as it was more is asked:
whether a commit that is gone was one of another repo, whether the commit leads to the new head,
and whether it still is in the repo's own history. That a commit without a ref to follow was in a
branch when it was locked settles that for good.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from flake8_hfmodels.facts import (
    Facts,
    Found,
    History,
    Lacking,
    Missing,
    Moved,
    Repo,
    Unavailable,
)
from flake8_hfmodels.hub.answers import (
    Account,
    Answer,
    Commits,
    NoRevision,
    Refs,
    read_commits,
    read_listing,
    read_refs,
    read_repo,
)
from flake8_hfmodels.hub.inquiry import PAGES, Inquiry
from flake8_hfmodels.hub.paths import commits_path, listing_path, refs_path, repo_path
from flake8_hfmodels.hub.patience import Patience
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.lock.audit import Head, Heard, OwnerNow, without_doubt
from flake8_hfmodels.lock.entry import Entry, LockedOwner
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Target

if TYPE_CHECKING:
    from flake8_hfmodels.hub.client import Client
    from flake8_hfmodels.hub.gathering import Progress
    from flake8_hfmodels.hub.inquiry import AccountFacts
    from flake8_hfmodels.hub.lookup import Hub

MAIN = "main"
"""The default branch of every repo of the Hub."""

UNFINISHED = 24 * 3600.0
"""Seconds for which an audit that was stopped can be gone on with."""

_PULL_REQUESTS = "refs/pr/"

_Ref: TypeAlias = tuple[RepoType, str, str]
"""A repo by type and id, and a branch or tag of it."""

_Line: TypeAlias = tuple[RepoType, str, str, str]
"""A repo, the head that is to be reached, and the commit that may lead there."""

NOT_TOLD = Unavailable("the Hub does not tell where the branch stands")

_At: TypeAlias = dict[_Ref, Head | Unavailable]


@dataclass(frozen=True, slots=True)
class Audited:
    """What was heard of each entry, by its target, and what it took.

    `requests` went over the wire. `is_cut`: the Hub's limits, or those that were set for the run,
    ended it, so that it can be gone on with.
    """

    heard: Mapping[Target, Heard]
    requests: int
    is_cut: bool


def begin(client: Client, lock: str) -> float:
    """Begin an audit of a lock, for others to go on with; the moment in Unix seconds."""
    now = time.time()
    client.store.note(_key(client, lock), "", UNFINISHED)
    return now


def begun(client: Client, lock: str) -> float | None:
    """When the audit of a lock was begun that is not at its end, if there is one."""
    note = client.store.noted(_key(client, lock))
    return None if note is None else note.made.timestamp()


def end(client: Client, lock: str) -> None:
    """There is nothing to go on with."""
    client.store.forget(_key(client, lock))


def _key(client: Client, lock: str) -> str:
    return client.identity.key(f"audit of {lock}")


def audit(
    hub: Hub, entries: Sequence[Entry], until: float, progress: Progress, resting: Progress
) -> Audited:
    """Ask about all entries, by a moment of the monotonic clock.

    `resting` is told of the seconds, and of how many in all, for which the Hub wants no questions.
    """
    patience = Patience(hub, until, progress, resting)
    facts = patience.facts(map(_at_commit, entries))
    facts |= _others(patience, entries, facts)
    owners = _owners(patience, entries)
    heads = _heads(patience, entries, facts)
    facts |= _histories(patience, entries, facts, heads)
    heard = {
        entry.target: without_doubt(
            entry,
            Heard(
                facts[_at_commit(entry)],
                None if entry.owner is None else owners[entry.owner.name],
                heads.get(entry.target),
            ),
        )
        for entry in entries
    }
    is_whole = not any(one.lack for one in heard.values())
    return Audited(heard, hub.client.asking.requested, patience.is_cut and not is_whole)


def _at_commit(entry: Entry) -> Target:
    return Target(entry.repo_type, entry.repo_id, entry.commit)


def _others(
    patience: Patience, entries: Iterable[Entry], facts: Mapping[Target, Facts]
) -> Mapping[Target, Facts]:
    """Of commits that are not there any more: the facts of the repo, unless it is the same one."""
    lacking = {
        _at_commit(entry): entry
        for entry in entries
        if isinstance(said := facts[_at_commit(entry)], Missing) and said.what is Lacking.REVISION
    }
    at_head = patience.facts(replace(target, revision=None) for target in lacking)
    found: dict[Target, Facts] = {}
    for target, entry in lacking.items():
        now = at_head[replace(target, revision=None)]
        is_same = isinstance(now, Found | Moved) and now.repo.object_id == entry.object_id
        if not (is_same or isinstance(now, Missing)):
            found[target] = now
    return found


# Owners


def _owners(patience: Patience, entries: Iterable[Entry]) -> Mapping[str, OwnerNow]:
    locked = [entry.owner for entry in entries if entry.owner is not None]
    accounts = patience.accounts({owner.name: owner.kind for owner in locked})
    return {name: _owner(account) for name, account in accounts.items()}


def _owner(account: AccountFacts) -> OwnerNow:
    if isinstance(account, Account):
        return LockedOwner(account.name, account.kind, account.object_id, account.is_verified)
    return account


# Heads


def _heads(
    patience: Patience, entries: Sequence[Entry], facts: Mapping[Target, Facts]
) -> dict[Target, Head | Unavailable]:
    """Where the ref stands now that each entry follows, if it follows one of this very repo."""
    followed = {
        entry.target: (entry.repo_type, repo_id, entry.ref)
        for entry in entries
        if (repo_id := _followed(entry, facts[_at_commit(entry)]))
    }
    refs = list(dict.fromkeys(followed.values()))
    named = patience.found([one for one in refs if one[2] != MAIN], _named, _refs_path)
    at = named | _defaults(patience, [one for one in refs if one[2] == MAIN])
    lines = {
        entry.target: (*followed[entry.target][:2], head.commit, entry.commit)
        for entry in entries
        if entry.target in followed
        and isinstance(head := at[followed[entry.target]], Head)
        and _is_doubtful(entry, head)
    }
    leads = patience.found(lines.values(), _leads, _line_path)
    return {
        target: _traced(at[ref], leads[lines[target]] if target in lines else None)
        for target, ref in followed.items()
    }


def _followed(entry: Entry, facts: Facts) -> str:
    """The id under which the ref of an entry is to be asked for; empty where it is not to be."""
    match facts:
        case Found(repo=repo) | Moved(repo=repo) if repo.object_id == entry.object_id:
            return repo.id if entry.ref else ""
        case Missing(what=Lacking.REVISION) if entry.ref != MAIN:
            return entry.id if entry.ref else ""
        case _:
            return ""


def _is_doubtful(entry: Entry, head: Head) -> bool:
    """Whether it is to be found out if the locked commit leads to a head."""
    has_gone_on = head.commit not in ("", entry.commit)
    return has_gone_on and not head.is_tag and entry.repo_type != "kernel"


def _traced(head: Head | Unavailable, leads: bool | Unavailable | None) -> Head | Unavailable:
    if isinstance(head, Unavailable):
        return head
    return leads if isinstance(leads, Unavailable) else replace(head, is_ahead=leads)


def _defaults(patience: Patience, refs: Sequence[_Ref]) -> _At:
    """The heads of default branches: of an owner's repos at once, where there are several."""
    sizes = Counter(_account(ref) for ref in refs)
    several = [one for one, size in sizes.items() if size > 1 and one[0] != "kernel"]
    listings = patience.found(several, _listing, lambda one: listing_path(*one))
    at: _At = {}
    for ref in refs:
        listing = listings.get(_account(ref), {})
        sha = "" if isinstance(listing, Unavailable) else listing.get(ref[1].casefold(), "")
        if sha:
            at[ref] = Head(sha)
    alone = patience.found([ref for ref in refs if ref not in at], _default, _default_path)
    return at | alone


def _account(ref: _Ref) -> tuple[RepoType, str]:
    return ref[0], ref[1].partition("/")[0]


def _listing(inquiry: Inquiry, of: tuple[RepoType, str]) -> Mapping[str, str] | Unavailable:
    answer = _asked(inquiry, listing_path(*of))
    if isinstance(answer, Unavailable):
        return answer
    found = read_listing(answer)
    return found if isinstance(found, Mapping) else {}


def _default(inquiry: Inquiry, ref: _Ref) -> Head | Unavailable:
    return _stands_at(_asked(inquiry, _default_path(ref)))


def _default_path(ref: _Ref) -> str:
    return repo_path(Target(ref[0], ref[1], None), blobs=True)


def _named(inquiry: Inquiry, ref: _Ref) -> Head | Unavailable:
    """Where a branch or tag stands, by all refs of the repo, or by itself where these are not told.

    Only among all of them it can be seen whether it is a tag.
    """
    answer = _asked(inquiry, _refs_path(ref))
    if isinstance(answer, Unavailable):
        return answer
    match read_refs(answer):
        case Refs():
            return _among(answer.payload, ref[2])
        case _:
            return _stands_at(_asked(inquiry, repo_path(Target(*ref), blobs=True)))


def _refs_path(ref: _Ref) -> str:
    return refs_path(ref[0], ref[1])


def _among(refs: object, name: str) -> Head:
    """Where a name stands among refs; a branch comes before a tag of the same name."""
    kinds = refs if isinstance(refs, dict) else {}
    for kind in ("branches", "tags", "converts", "pullRequests"):
        for one in kinds.get(kind, ()):
            match one:
                case {"ref": str(ref), "targetCommit": str(commit)} if _is_called(ref, name):
                    return Head(commit, is_tag=kind == "tags")
                case _:
                    pass
    return Head("")


def _is_called(ref: str, name: str) -> bool:
    """Whether `refs/heads/main` is meant by `main`; pull requests are called by all of it."""
    return name in (ref, ref.partition("/")[2].partition("/")[2])


def _stands_at(answer: Answer | Unavailable) -> Head | Unavailable:
    if isinstance(answer, Unavailable):
        return answer
    match read_repo(answer):
        case Repo(sha=str(sha)):
            return Head(sha)
        case NoRevision():
            return Head("")
        case Unavailable() as unavailable:
            return unavailable
        case _:
            return NOT_TOLD


# Histories


def _leads(inquiry: Inquiry, line: _Line) -> bool | Unavailable | None:
    """Whether a commit leads to a head; `None` where the history is too long, or not for us."""
    repo_type, repo_id, head, commit = line
    seen: set[str] = set()
    for number in range(PAGES):
        answer = _asked(inquiry, commits_path(repo_type, repo_id, head, number))
        if isinstance(answer, Unavailable):
            return answer
        match read_commits(answer):
            case Commits(ids=ids) if commit in ids:
                return True
            case Commits(ids=ids, total=total) if ids and not seen & set(ids):
                seen.update(ids)
                if len(seen) == total:
                    return False
            case _:
                return None
    return None


def _line_path(line: _Line) -> str:
    return commits_path(line[0], line[1], line[2], 0)


def _histories(
    patience: Patience,
    entries: Iterable[Entry],
    facts: Mapping[Target, Facts],
    heads: Mapping[Target, Head | Unavailable],
) -> Mapping[Target, Facts]:
    """The facts of those commits of which it is not known any more whose they are.

    Another repo that has the name now does not know them, and says nothing of theirs.
    """
    doubted = [
        _at_commit(entry)
        for entry in entries
        if entry.repo_type != "kernel"
        and isinstance(now := facts[_at_commit(entry)], Found | Moved)
        and now.repo.object_id == entry.object_id
        and _is_doubted(entry, heads.get(entry.target))
    ]
    return patience.facts(doubted, with_history=True)


def _is_doubted(entry: Entry, head: Head | Unavailable | None) -> bool:
    """Whether no branch or tag is known to have the commit of an entry.

    A pull request that is followed is neither.
    """
    match head:
        case Head(commit=commit, is_ahead=is_ahead) if not entry.ref.startswith(_PULL_REQUESTS):
            return commit != entry.commit and not is_ahead
        case _:
            return entry.history is not History.OWN


def _asked(inquiry: Inquiry, path: str) -> Answer | Unavailable:
    got = inquiry.ask(path, 0.0)
    inquiry.lacked = inquiry.lacked or isinstance(got.answer, Unavailable)
    return got.answer
