"""Whether what the Hub shows now is what was trusted: the very repo, and its very owner. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flake8_hfmodels.lock.entry import Entry


def strange(entry: Entry, known: Iterable[Entry]) -> str:
    """What makes an entry a stranger to those that were locked before; empty where nothing does.

    An account is the same wherever it is named: one that took over a name shows in every repo.
    """
    known = list(known)
    repos = {one.object_id for one in known if _is_same_name(one, entry)}
    if repos and entry.object_id not in repos:
        return (
            f"the repo of this name was made anew on {entry.created_at[:10] or 'an unknown day'}"
            f" (_id {entry.object_id}, locked: {_listed(repos)})"
        )
    if entry.owner is None:
        return ""
    name = entry.owner.name.casefold()
    owners = {
        one.owner.object_id
        for one in known
        if one.owner is not None and one.owner.name.casefold() == name
    }
    if owners and entry.owner.object_id not in owners:
        return (
            f"the account {entry.owner.name!r} is another one now"
            f" (_id {entry.owner.object_id}, locked: {_listed(owners)})"
        )
    return _taken(entry, known)


def is_accepted(entry: Entry, accepted: Collection[str]) -> bool:
    """Whether somebody says to trust what answers to a name; `accepted` are in lower case."""
    return any(name in accepted for name in _names(entry))


def _taken(entry: Entry, known: Iterable[Entry]) -> str:
    """Whether the same repo belongs to another account than it did."""
    before = {
        one.owner.name: one.owner.object_id
        for one in known
        if one.owner is not None and one.object_id == entry.object_id
    }
    if entry.owner is None or not before or entry.owner.object_id in before.values():
        return ""
    return f"the repo belongs to {entry.owner.name!r} now (locked: {_listed(before)})"


def _is_same_name(one: Entry, other: Entry) -> bool:
    return one.repo_type == other.repo_type and not _names(one).isdisjoint(_names(other))


def _names(entry: Entry) -> frozenset[str]:
    return frozenset((entry.repo_id.casefold(), entry.id.casefold()))


def _listed(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))
