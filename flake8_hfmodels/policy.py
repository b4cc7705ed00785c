"""Which pin an id needs, by what the project says of its owner."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from flake8_hfmodels.reference import Known, Reference

Policies = Sequence[tuple[str, str]]
"""Patterns of ids or owners, in lower case, each with `hash`, `ref` or `any`."""

DEFAULT = "hash"

_WILD = frozenset("*?[")


def suffices(reference: Reference, policies: Policies) -> bool:
    """Whether a reference that bears no commit hash has the pin that each of its ids needs.

    `any` asks for none, `ref` for a branch or a tag that somebody chose.
    """
    ids = reference.repo_id.strings() if isinstance(reference.repo_id, Known) else ()
    names = [str(one.value) for one in ids] or ["?/?"]  # decided at run time: only * speaks of it
    needed = {_policy(name, policies) for name in names}
    return needed <= ({"any", "ref"} if _is_chosen(reference) else {"any"})


def _policy(repo_id: str, policies: Policies) -> str:
    """The policy of the pattern that says most: a whole id, then one owner's, then the longest."""
    repo_id = repo_id.casefold()
    names = (repo_id, repo_id.partition("/")[0])
    meant = [
        (*_rank(pattern), number, policy)
        for number, (pattern, policy) in enumerate(policies)
        if any(fnmatchcase(name, pattern) for name in names)
    ]
    return max(meant)[-1] if meant else DEFAULT


def _rank(pattern: str) -> tuple[bool, bool, int]:
    owner, slash, name = pattern.partition("/")
    is_owners = not _WILD.intersection(owner)
    return is_owners and bool(slash) and not _WILD.intersection(name), is_owners, len(pattern)


def _is_chosen(reference: Reference) -> bool:
    revision = reference.revision
    if not isinstance(revision, Known):
        return False
    return all(isinstance(one.value, str) and one.value for one in revision.values)
