"""Which commit of which repo is to be mirrored, by what is asked for and what is locked. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_hfmodels.asked_id import Asked
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.repo_id import is_commit_hash


@dataclass(frozen=True, slots=True)
class Wanted:
    """A repo at a commit, which is empty where the Hub has to say what the revision stands for.

    `entry` is what the lock has of this commit. `revisions` are those that stand for it: to none,
    to the one that was asked for, and to those of the lock.
    """

    repo_type: RepoType
    repo_id: str
    revision: str | None
    commit: str
    entry: Entry | None = None
    revisions: frozenset[str | None] = frozenset((None,))

    @property
    def target(self) -> Target:
        """The question to the Hub."""
        return Target(self.repo_type, self.repo_id, self.commit or self.revision)

    @property
    def name(self) -> str:
        """What it is called, for people."""
        at = self.commit or self.revision
        return f"{self.repo_type} {self.repo_id!r}" + (f" at {at}" if at else "")


def wanted(asked: Asked, entries: Sequence[Entry], resolve: bool, command: str) -> Wanted:
    """What is to be mirrored; `resolve`: as the Hub has it now, whatever is locked.

    `command` is what takes the Hub's word. Raises `ValueError` with a line for people.
    """
    alike = [one for one in entries if _is_of(one, asked)]
    repo_type = _type_of(asked, alike)
    plain = Wanted(repo_type, asked.repo_id, asked.revision, "")
    if asked.revision is not None and is_commit_hash(asked.revision):
        return _at(plain, asked.revision, alike)
    if resolve:
        return replace(plain, revisions=frozenset((None, asked.revision)))
    named = [one for one in alike if one.revision == asked.revision]
    if asked.revision is None:
        named = named or alike
    else:
        named = named or [one for one in alike if one.ref == asked.revision]
    commits = list(dict.fromkeys(one.commit for one in named))
    if not commits:
        raise ValueError(
            f"{asked}: which commit is that? The lock does not say; `{command}` takes the one "
            "that the Hub has now"
        )
    if len(commits) > 1:
        listed = ", ".join(commits)
        raise ValueError(f"{asked}: the lock has several commits of it, name one: {listed}")
    return _at(plain, commits[0], alike)


def _at(plain: Wanted, commit: str, alike: Sequence[Entry]) -> Wanted:
    locked = [one for one in alike if one.commit == commit]
    stand_for = {None, commit, plain.revision, *(one.revision for one in locked)}
    entry = next(iter(locked), None)
    return replace(plain, commit=commit, entry=entry, revisions=frozenset(stand_for))


def _is_of(entry: Entry, asked: Asked) -> bool:
    names = (entry.repo_id.casefold(), entry.id.casefold())
    is_type = not asked.says_type or entry.repo_type == asked.repo_type
    return is_type and asked.repo_id.casefold() in names


def _type_of(asked: Asked, alike: Sequence[Entry]) -> RepoType:
    """What is said, else what the lock says of all entries of this name, else a model."""
    types = sorted({one.repo_type for one in alike})
    if asked.says_type or not types:
        return asked.repo_type
    if len(types) > 1:
        raise ValueError(f"{asked}: the lock has a {' and a '.join(types)} of this name; --type")
    return types[0]
