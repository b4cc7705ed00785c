"""All that was found out about a repo that turned out to be bad."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from flake8_hfmodels.facts import Facts, Found, Moved, Repo
from flake8_hfmodels.lock.audit import Told
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Target
from flake8_hfmodels.responding.history import History, Story
from flake8_hfmodels.responding.machine import Here, Machine
from flake8_hfmodels.responding.suspect import Bearing, Suspect, Trace

Mode: TypeAlias = Literal["online", "offline"]

_CONCERNING: tuple[Bearing, ...] = ("loads", "may load")


@dataclass(frozen=True, slots=True)
class Locked:
    """What one lock says: its entries of the repo, and those of others that bring it along.

    `changed` is what an audit tells of the entries: what on the Hub is not as it was locked.
    """

    path: str
    entries: tuple[Entry, ...]
    needing: tuple[Entry, ...]
    changed: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """What became of the policy in a file.

    `is_written` unless it stood there already, or unless `why` says what is in the way; `lines`
    are then to be written by hand.
    """

    path: str
    is_written: bool
    lines: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """What was read of the code: how many files, how many not and why, and what names the repo.

    `texts` are files that hold the name, but no reference that we know of.
    """

    files: int
    skipped: Mapping[str, int]
    traces: tuple[Trace, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What the repositories say; `outside` are paths in none; not `wanted`: nobody asked."""

    wanted: bool
    histories: tuple[History, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def stories(self) -> Iterator[Story]:
        """Those of all repositories."""
        for one in self.histories:
            yield from one.stories


@dataclass(frozen=True, slots=True)
class Incident:
    """All that a repo has to do with a project and with this machine.

    `paths` are those that were looked at. `hub` is what the Hub says, nothing where it was not
    asked; `is_private`: as its name is to be kept at home. `ruled` is there where somebody wants
    it denied. `day` is today.
    """

    suspect: Suspect
    paths: tuple[str, ...]
    code: Code
    past: Past
    machine: Machine
    locks: tuple[Locked, ...]
    hub: tuple[tuple[Target, Facts], ...]
    is_private: bool
    ruled: Ruled | None
    mode: Mode
    day: str
    seconds: float

    @property
    def name(self) -> str:
        """What to call it: its type where that was said, its id, its revision."""
        return str(self.suspect.asked)

    @property
    def loading(self) -> Sequence[Trace]:
        """References that load it, at the bad revision or perhaps at it."""
        traces = self.code.traces
        return [one for one in traces if not one.is_mention and one.bearing in _CONCERNING]

    @property
    def entries(self) -> Sequence[Entry]:
        """What all locks have of it."""
        return [entry for one in self.locks for entry in one.entries]

    @property
    def copies(self) -> Sequence[Here]:
        """Copies here that are of the bad revision, or may be."""
        return [one for one in self.machine.copies if one.bearing in _CONCERNING]

    @property
    def is_found(self) -> bool:
        """Whether anything has to do with it, of the revision that was asked about."""
        bearings = [
            *(one.bearing for one in self.code.traces),
            *(one.bearing for one in self.past.stories),
            *(one.bearing for one in self.machine.copies),
            *(self.suspect.bearing(one.commit) for one in self.entries),
        ]
        needing = any(one.needing for one in self.locks)
        return needing or any(one in _CONCERNING for one in bearings)

    @property
    def repos(self) -> Sequence[Repo]:
        """What the Hub has of it."""
        return [one.repo for _target, one in self.hub if isinstance(one, Found | Moved)]

    @property
    def types(self) -> Sequence[str]:
        """The types under which it is known here; that which was asked for where under none."""
        every = [
            *(one.repo_type for one in self.code.traces),
            *(one.repo_type for one in self.machine.copies if one.repo_type),
            *(one.repo_type for one in self.entries),
        ]
        return list(dict.fromkeys(every)) or [self.suspect.asked.repo_type]

    @property
    def texts(self) -> Sequence[str]:
        """Files that hold its name today, or held it, but no reference that we know of."""
        past = (text for one in self.past.histories for text in one.texts)
        return list(dict.fromkeys((*self.code.texts, *past)))

    @property
    def first(self) -> str:
        """When the oldest commit that names it was written; empty where that is not known."""
        firsts = [one.first for one in self.past.stories if one.bearing in _CONCERNING]
        return min((one.authored for one in firsts if one is not None), default="")
