"""Since when a repository names a repo, by which commit, and in which branches it still does."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.responding.commits import (
    Clock,
    Commit,
    Progress,
    Repository,
    Touched,
    in_chunks,
    top_of,
)
from flake8_hfmodels.responding.suspect import Bearing, Suspect, heaviest, traces_in

MOST_PATHS = 500
"""Paths whose versions are read; command lines are short."""

_FOR_SEARCHING = 0.75
"""The part of the time that goes into finding the files; the rest is for reading them."""

Read: TypeAlias = Callable[[str, bytes], Iterable[Reference]]
"""The references in the bytes of a file of some path."""


Pins: TypeAlias = tuple[tuple[str, Bearing], ...]
"""How references are pinned, in words, each with what that has to do with the bad revision."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit made of the pins in a file; none are left where it took the references out."""

    commit: Commit
    pins: Pins


@dataclass(frozen=True, slots=True)
class Story:
    """One file over time.

    `changes` are the commits that changed what it names, the oldest first; none where all of it
    is older than what was read. `now` are the pins in `refs`, the branches and tags that name the
    repo there today.
    """

    path: str
    changes: tuple[Change, ...]
    refs: tuple[str, ...]
    now: Pins

    @property
    def first(self) -> Commit | None:
        """The first commit that names it."""
        return next((one.commit for one in self.changes if one.pins), None)

    @property
    def last(self) -> Commit | None:
        """The last commit that put anything there that names it."""
        return next((one.commit for one in reversed(self.changes) if one.pins), None)

    @property
    def removed(self) -> Commit | None:
        """The commit that took it out, if it is nowhere any more."""
        last = self.changes[-1] if self.changes else None
        return last.commit if last is not None and not last.pins and not self.refs else None

    @property
    def pins(self) -> tuple[str, ...]:
        """Every pin that it ever had, in their order, in words."""
        return tuple(dict.fromkeys(words for words, _bearing in self._every()))

    @property
    def bearing(self) -> Bearing:
        """What it ever had to do with the bad revision."""
        return heaviest({bearing for _words, bearing in self._every()})

    def _every(self) -> Iterator[tuple[str, Bearing]]:
        yield from (pin for one in self.changes for pin in one.pins)
        yield from self.now


@dataclass(frozen=True, slots=True)
class History:
    """What a repository says.

    `read` of its `commits` were searched, the newest ones first. `texts` are files that hold the
    name, or may have held it where they could not be read, but no reference that we know of.
    """

    top: str
    commits: int
    read: int
    is_shallow: bool
    stories: tuple[Story, ...] = ()
    texts: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for, how far back (`YYYY-MM-DD`; empty: to the beginning), for how long.

    `largest` are the bytes of the largest version that is read.
    """

    suspect: Suspect
    read: Read
    since: str
    seconds: float
    largest: int
    searching: Progress
    reading: Progress


def histories(
    paths: Sequence[str], here: Collection[str], search: Search
) -> tuple[list[History], list[str]]:
    """The histories of the repositories that some paths lie in, and paths that lie in none.

    `here` are files that name the repo now, which may do so in more than one word.
    """
    clock = Clock(search.seconds)
    by_top: dict[str, list[str]] = {}
    outside: list[str] = []
    for path in paths:
        top = top_of(path)
        if top:
            by_top.setdefault(top, []).append(_inside(path, top))
        else:
            outside.append(path)
    found = []
    for top, inside in by_top.items():
        limits = [] if os.curdir in inside else inside
        named = {os.fsencode(_inside(one, top)) for one in here if top_of(one) == top}
        found.append(_Telling(Repository(top, limits, search.since, clock), search).told(named))
    return found, outside


def _inside(path: str, top: str) -> str:
    below = os.path.relpath(os.path.realpath(path), os.path.realpath(top))
    return below.replace(os.sep, "/")


class _Telling:
    """Searches one repository."""

    def __init__(self, repository: Repository, search: Search) -> None:
        self._git = repository
        self._search = search
        self._troubles: list[str] = []
        self._holding: set[bytes] = set()

    def told(self, here: Collection[bytes]) -> History:
        """What it says; `here` are paths to look at in any case."""
        git = self._git
        is_shallow = git.is_shallow()
        commits = git.commits()
        if commits is None:
            return History(git.top, 0, 0, is_shallow, troubles=("git does not list its commits",))
        read, found = self._searched(commits)
        paths = list(dict.fromkeys((*sorted(here), *found)))
        if len(paths) > MOST_PATHS:
            left_out = f"of {len(paths)} files that hold the name {MOST_PATHS} were followed"
            self._troubles.append(left_out)
        stories, texts = self._followed(paths[:MOST_PATHS])
        told = (git.top, len(commits), read, is_shallow, tuple(stories), tuple(texts))
        return History(*told, tuple(self._troubles))

    def _searched(self, commits: Sequence[str]) -> tuple[int, list[bytes]]:
        """How many commits were searched, and the files in which the name came or went."""
        names = sorted(self._search.suspect.names)
        pattern = "|".join(one.replace(".", r"\.") for one in names)
        options = ("--regexp-ignore-case", "--pickaxe-regex", f"-S{pattern}")
        done = read = 0
        rest = self._git.clock.left * (1 - _FOR_SEARCHING)
        paths: dict[bytes, None] = {}
        for part in in_chunks(commits):
            if self._git.clock.left <= rest:
                self._troubles.append(f"{done} of {len(commits)} commits searched in the time")
                break
            touched = self._git.touched(part, *options)
            done += len(part)
            read += 0 if touched is None else len(part)
            paths.update((one.path, None) for one in touched or ())
            self._search.searching(done, len(commits))
        if read < done:
            self._troubles.append(f"git could not read {done - read} commits: not all is here")
        return read, [*paths]

    def _followed(self, paths: Sequence[bytes]) -> tuple[list[Story], list[str]]:
        """The stories of files that name the repo, and the files that merely hold the name."""
        touched = self._touched([os.fsdecode(one) for one in paths])
        heads = self._git.heads(paths)
        about = self._git.about({one.commit for each in touched.values() for one in each})
        pins = self._pins(touched, heads)
        stories: list[Story] = []
        texts: list[str] = []
        for path in paths:
            own = pins.get(path, {})
            blobs = {ref: blob for ref, blob in heads.get(path, {}).items() if own.get(blob)}
            changes = tuple(_changes(touched.get(path, ()), own, about))
            shown = self._shown(path)
            if changes or blobs:
                now = tuple(dict.fromkeys(pin for blob in blobs.values() for pin in own[blob]))
                stories.append(Story(shown, changes, tuple(blobs), now))
            elif path in self._holding or not own:
                texts.append(shown)
        return stories, texts

    def _touched(self, paths: Sequence[str]) -> Mapping[bytes, Sequence[Touched]]:
        """Every version of some files, the oldest first."""
        found: dict[bytes, list[Touched]] = {}
        commits = self._git.commits(paths) if paths else ()
        parts = [self._git.touched(part, paths=paths) for part in in_chunks(commits or ())]
        if commits is None or None in parts:
            self._troubles.append("not every version of the files was listed")
        for one in (each for part in parts for each in part or ()):
            found.setdefault(one.path, []).append(one)
        return {path: each[::-1] for path, each in found.items()}

    def _pins(
        self,
        touched: Mapping[bytes, Sequence[Touched]],
        heads: Mapping[bytes, Mapping[str, str]],
    ) -> Mapping[bytes, Mapping[str, Pins]]:
        """What each version of each file pins the repo to; nothing where it does not name it."""
        paths_of: dict[str, dict[bytes, None]] = {}
        for path, each in touched.items():
            for one in each:
                if one.blob:
                    paths_of.setdefault(one.blob, {})[path] = None
        for path, blobs in heads.items():
            for blob in blobs.values():
                paths_of.setdefault(blob, {})[path] = None
        found: dict[bytes, dict[str, Pins]] = {}
        number = 0
        for blob, data in self._git.contents(paths_of, self._search.largest):
            number += 1
            for path in paths_of[blob]:
                found.setdefault(path, {})[blob] = self._read(path, data)
            self._search.reading(number, len(paths_of))
        if number < len(paths_of):
            lost = len(paths_of) - number
            self._troubles.append(f"{lost} of {len(paths_of)} versions were not read")
        return found

    def _read(self, path: bytes, data: bytes) -> Pins:
        suspect = self._search.suspect
        if suspect.is_in(data):
            self._holding.add(path)
        lower = data.lower()
        # An id may be put together of its parts.
        if not any(one.rpartition("/")[2].encode() in lower for one in suspect.names):
            return ()
        found = traces_in(self._search.read(self._shown(path), data), suspect)
        return tuple(sorted({(one.pinned_at, one.bearing) for one in found}))

    def _shown(self, path: bytes) -> str:
        """A path from the current folder on."""
        try:
            return os.path.relpath(os.path.join(self._git.top, os.fsdecode(path)))
        except (OSError, ValueError):  # the folder that we stand in is gone, or on another drive
            return os.path.join(self._git.top, os.fsdecode(path))


def _changes(
    touched: Iterable[Touched],
    pins: Mapping[str, Pins],
    about: Mapping[str, Commit],
) -> Iterator[Change]:
    """The versions in which something else is pinned than before; unread ones say nothing."""
    before: Pins = ()
    for one in touched:
        now = pins.get(one.blob) if one.blob else ()
        commit = about.get(one.commit)
        if now is not None and now != before and commit is not None:
            yield Change(commit, now)
            before = now
