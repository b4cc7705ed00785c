"""What the lock says of targets, in the words of the Hub. Nobody is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from flake8_hfmodels.facts import (
    Code,
    Facts,
    Found,
    Moved,
    Owner,
    Publisher,
    Repo,
    Unavailable,
)
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.reference import Target
from flake8_hfmodels.rules.hfm015_not_locked import not_locked


def lookup_in(lock: Lock) -> Callable[[Collection[Target]], Mapping[Target, Facts]]:
    """A lookup that knows what is locked and nothing else; the same answers for ever."""

    def lookup(targets: Collection[Target]) -> Mapping[Target, Facts]:
        return {target: _facts_in(lock, target) for target in targets}

    return lookup


def facts_of(entry: Entry) -> Found | Moved:
    """What the Hub said of a target when it was locked."""
    repo = Repo(
        id=entry.id,
        object_id=entry.object_id,
        sha=entry.commit,
        files=tuple(sorted((*(one.path for one in entry.files), *entry.others))),
        tags=entry.tags,
        auto_map=entry.auto_map,
        gated=entry.gated,
        disabled=entry.disabled,
        private=entry.private,
        adapter_of=entry.adapter_of,
        flagged=entry.flagged,
        is_scanned=entry.is_scanned,
        history=entry.history,
        pull_request=entry.pull_request,
        blobs=entry.files,
        downloads=entry.downloads,
        likes=entry.likes,
    )
    if entry.id.casefold() == entry.repo_id.casefold():
        return Found(repo)
    return Moved(repo, entry.old_owner or Owner.UNKNOWN)


def publishers_in(lock: Lock, names: Collection[str]) -> Mapping[str, Publisher]:
    """Who published under names when it was locked."""
    owners = {one.owner.name.casefold(): one.owner for one in lock.entries if one.owner is not None}
    return {
        name: Publisher(owner.name, owner.kind, owner.object_id, owner.is_verified)
        for name in names
        if (owner := owners.get(name.casefold())) is not None
    }


def codes_in(lock: Lock, wanted: Iterable[Target]) -> Mapping[Target, Code | Unavailable]:
    """What the Python of repos did when it was locked."""
    entries = {one: lock.by_target.get(one) for one in wanted}
    return {
        target: entry.code
        for target, entry in entries.items()
        if entry is not None and entry.code is not None
    }


def _facts_in(lock: Lock, target: Target) -> Facts:
    entry = lock.by_target.get(target)
    if entry is not None:
        return facts_of(entry)
    return Unavailable(not_locked(_revisions(lock, target)))


def _revisions(lock: Lock, target: Target) -> Iterator[str | None]:
    """At which revisions a repo is locked that is not at the one of a target."""
    for one in lock.entries:
        if (one.repo_type, one.repo_id.casefold()) == (
            target.repo_type,
            target.repo_id.casefold(),
        ):
            yield one.revision
