"""The repo that is looked for: all its names, and what a reference has to do with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Literal, TypeAlias

from flake8_hfmodels.asked_id import Asked
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Absent, Known, Reference, Value
from flake8_hfmodels.repo_id import is_commit_hash, is_hexadecimal

Bearing: TypeAlias = Literal["loads", "may load", "other"]
"""What a reference or a copy has to do with the revision that is bad: it is of it, it may be, or
it is of another one."""

Pin: TypeAlias = Literal["commit", "ref", "none", "unknown"]
"""How a reference is pinned; `unknown` where the running program decides."""

_ALONE = rb"(?<![\w.-])%s(?![\w-]|\.\w)"
_NEARLY = 0.85
"""How much of two names has to be the same, by difflib, for one to be a slip for the other."""

_NO_REVISION, _AT_RUN_TIME = "no revision", "decided at run time"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A repo by all `names` (in lower case) that are known of it, bad at one revision or at all.

    `commits` are the full hashes that the revision is known to stand for or to have stood for.
    """

    asked: Asked
    names: frozenset[str]
    commits: frozenset[str] = frozenset()

    def is_named(self, repo_id: str) -> bool:
        """Whether an id is one of its names."""
        return repo_id.casefold() in self.names

    def is_of_type(self, repo_type: str) -> bool:
        """Whether it may be of a type: of any, where nobody said which."""
        return not self.asked.says_type or repo_type == self.asked.repo_type

    def called(self, names: Iterable[str]) -> Suspect:
        """The same repo, which has these names too."""
        return replace(self, names=self.names | {one.casefold() for one in names})

    def at(self, commits: Iterable[str]) -> Suspect:
        """The same repo, whose bad revision stands for these commits too."""
        return replace(self, commits=self.commits | frozenset(commits))

    def is_in(self, data: bytes) -> bool:
        """Whether one of its names stands in some bytes as a name by itself."""
        lower = data.lower()
        names = [one.encode() for one in self.names if one.encode() in lower]
        # In an address there is a slash in front of it.
        return any(re.search(_ALONE % re.escape(one), lower) for one in names)

    def bearing(self, revision: str | None) -> Bearing:
        """What a revision has to do with the bad one; `None`: somebody else decides it.

        A branch or a tag stood for many commits, so that it may have been the bad one.
        """
        bad = self.asked.revision
        if bad is None or (revision and (revision == bad or self._is_bad(revision))):
            return "loads"
        if revision and is_commit_hash(revision) and (self.commits or is_hexadecimal(bad)):
            return "other"
        return "may load"

    def _is_bad(self, revision: str) -> bool:
        if not is_hexadecimal(revision):
            return False
        bad = str(self.asked.revision)
        if is_hexadecimal(bad) and revision.startswith(bad.lower()):
            return True
        return any(one.startswith(revision) for one in self.commits)


def heaviest(bearings: Collection[Bearing]) -> Bearing:
    """The worst of some."""
    by_weight: tuple[Bearing, ...] = ("loads", "may load")
    return next((one for one in by_weight if one in bearings), "other")


def suspect(asked: Asked) -> Suspect:
    """What is known of a repo before anybody is asked."""
    bad = asked.revision
    commits = {bad} if bad is not None and is_commit_hash(bad) else set[str]()
    return Suspect(asked, frozenset({asked.repo_id.casefold()}), frozenset(commits))


@dataclass(frozen=True, slots=True)
class Trace:
    """One reference to the repo.

    `revisions` are as the source writes them. `runs_code`: it lets code of the repo run.
    `is_mention`: it is named there, and not loaded.
    """

    path: str
    line: int
    column: int
    callee: str
    repo_type: RepoType
    repo_ids: tuple[str, ...]
    revisions: tuple[str, ...]
    pin: Pin
    bearing: Bearing
    runs_code: bool
    is_mention: bool

    @property
    def pinned_at(self) -> str:
        """The revisions in words."""
        words = {"none": _NO_REVISION, "unknown": f"a revision {_AT_RUN_TIME}"}
        return words.get(self.pin) or " or ".join(self.revisions)


def traces_in(references: Iterable[Reference], suspect: Suspect) -> Iterator[Trace]:
    """The references to the repo among others."""
    for one in references:
        ids = [repo_id for repo_id in _ids(one) if suspect.is_named(repo_id)]
        if ids and (one.kind == "mention" or suspect.is_of_type(one.repo_type)):
            yield _trace(one, ids, suspect)


def nearly(references: Iterable[Reference], suspect: Suspect) -> list[str]:
    """Names in the code that may have been meant instead of the repo, the likeliest first."""
    from difflib import get_close_matches  # where nothing was found, and only there

    found = (name for one in references for name in _ids(one) if not suspect.is_named(name))
    names = {name.casefold(): name for name in found}
    close = get_close_matches(suspect.asked.repo_id.casefold(), names, cutoff=_NEARLY)
    return [names[one] for one in close]


def _ids(reference: Reference) -> Iterator[str]:
    """All that may be an id in what a call is given: other options may name repos as well."""
    values: list[Value] = [reference.repo_id, *reference.options.values()]
    found = (one.value for value in values if isinstance(value, Known) for one in value.strings())
    yield from dict.fromkeys(map(str, found))


def _trace(reference: Reference, ids: Collection[str], suspect: Suspect) -> Trace:
    revisions = _revisions(reference.revision)
    bearings = {suspect.bearing(one) for one in revisions or (None,)}
    named = (one for one in revisions if one)
    return Trace(
        reference.path,
        reference.span.line,
        reference.span.column,
        reference.callee,
        reference.repo_type,
        tuple(ids),
        tuple(named),
        _pin(reference.revision, revisions),
        heaviest(bearings),
        _runs_code(reference.trust_remote_code),
        reference.kind == "mention" or reference.local is not None,
    )


def _runs_code(value: Value) -> bool:
    return isinstance(value, Known) and any(one.value is True for one in value.values)


def _revisions(value: Value) -> tuple[str | None, ...]:
    if not isinstance(value, Known):
        return ()
    values = (one.value for one in value.values)
    return tuple(dict.fromkeys(one if isinstance(one, str) and one else None for one in values))


def _pin(value: Value, revisions: Collection[str | None]) -> Pin:
    if isinstance(value, Absent):
        return "none"
    named = [one for one in revisions if one]
    if not named:
        return "none" if revisions else "unknown"
    if len(named) < len(revisions):
        return "none"
    return "commit" if all(map(is_commit_hash, named)) else "ref"


def entries_of(entries: Iterable[Entry], suspect: Suspect) -> Iterator[Entry]:
    """What a lock has of the repo, by its name in the code or on the Hub."""
    for one in entries:
        is_it = suspect.is_named(one.repo_id) or suspect.is_named(one.id)
        if is_it and suspect.is_of_type(one.repo_type):
            yield one


def needing(entries: Iterable[Entry], suspect: Suspect) -> Iterator[Entry]:
    """The other repos of a lock that bring it along: its code runs with them, or they adapt it."""
    for one in entries:
        code = (where.partition("--")[0] for _class, where in one.auto_map if "--" in where)
        if any(map(suspect.is_named, (*code, *one.adapter_of))):
            yield one
