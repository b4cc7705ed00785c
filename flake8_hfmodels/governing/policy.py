"""What a project allows of the Hub: `[tool.hfmodels.policy]` as a value."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass, replace

RemoteCode = Literal["allow", "pinned", "listed", "forbid"]
"""When code of a repo may run: always, at a full commit hash, of who is listed, never."""

Scanned = Literal["any", "unflagged", "clean"]
"""What the Hub's scanners are to say: anything, nothing bad, nothing bad and all of it."""

REMOTE_CODE: tuple[str, ...] = get_args(RemoteCode)
SCANNED: tuple[str, ...] = get_args(Scanned)
TYPES: tuple[str, ...] = get_args(RepoType)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Ids or owners, in lower case, of one type of repo or (`None`) of all, and why.

    `evil` means an owner, `evil/*` and `*/secret-*` mean ids.
    """

    match: str
    repo_type: RepoType | None = None
    reason: str = ""

    def means(self, repo_type: RepoType, repo_id: str) -> bool:
        """Whether a repo is meant."""
        if self.repo_type not in (None, repo_type):
            return False
        name = repo_id.casefold()
        return any(fnmatchcase(one, self.match) for one in (name, name.partition("/")[0]))

    def __str__(self) -> str:
        return self.match if self.repo_type is None else f"{self.repo_type}:{self.match}"


@dataclass(frozen=True, slots=True)
class Demands:
    """What is demanded of what is loaded; by default nothing.

    `licences` are patterns, in lower case (`None`: any, or none at all). `min_age` is in days,
    `min_downloads` of the last thirty. `reason` is what is said of any of it.
    """

    pinned: bool = False
    require_safetensors: bool = False
    forbid_pickle: bool = False
    remote_code: RemoteCode = "allow"
    remote_code_from: tuple[Pattern, ...] = ()
    verified_publisher: bool = False
    licences: tuple[str, ...] | None = None
    forbid_licences: tuple[str, ...] = ()
    min_age: int = 0
    min_downloads: int = 0
    scanned: Scanned = "any"
    reason: str = ""

    def made(self) -> tuple[tuple[str, Any], ...]:
        """The fields that demand something, or say why, with their values."""
        pairs = ((name, getattr(self, name)) for name in Demands.__match_args__)
        return tuple((name, value) for name, value in pairs if value != getattr(NOTHING, name))


NOTHING = Demands()


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is demanded otherwise of some repos: fields of `Demands` with their values.

    `exempt`: nothing but that.
    """

    match: tuple[Pattern, ...]
    exempt: bool = False
    changes: tuple[tuple[str, Any], ...] = ()


_OF_REFERENCES: tuple[tuple[str, Any], ...] = (("pinned", True), ("remote_code", "pinned"))
"""The demands that code can meet whatever the repo is: fields with their values."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a project allows.

    `path` is the file that says so, as people are shown it. Where there is an `allow`, nothing
    else may be loaded; `deny` wins over it. Of the `otherwise` that mean a repo all count, and the
    last one wins.
    """

    path: str
    allow: tuple[Pattern, ...] | None = None
    deny: tuple[Pattern, ...] = ()
    demands: Demands = NOTHING
    otherwise: tuple[Otherwise, ...] = ()

    def of_repos(self) -> Policy:
        """What is demanded of repos themselves, and not of how code refers to them."""
        otherwise = tuple(
            replace(one, changes=tuple(each for each in one.changes if each not in _OF_REFERENCES))
            for one in self.otherwise
        )
        found = self.demands
        own = {
            name: getattr(NOTHING, name)
            for name, value in found.made()
            if (name, value) in _OF_REFERENCES
        }
        return replace(self, demands=replace(found, **own), otherwise=otherwise)

    def denies(self, repo_type: RepoType, repo_id: str) -> Pattern | None:
        """The pattern by which a repo is denied, if it is."""
        return _first(self.deny, repo_type, repo_id)

    def allows(self, repo_type: RepoType, repo_id: str) -> bool:
        """Whether a repo is among what is allowed, or everything is."""
        return self.allow is None or _first(self.allow, repo_type, repo_id) is not None

    def demands_of(self, repo_type: RepoType, repo_id: str) -> Demands:
        """What is demanded of one repo."""
        found = self.demands
        for one in self.otherwise:
            if _first(one.match, repo_type, repo_id) is not None:
                found = replace(NOTHING if one.exempt else found, **dict(one.changes))
        return found


def _first(patterns: Sequence[Pattern], repo_type: RepoType, repo_id: str) -> Pattern | None:
    return next((one for one in patterns if one.means(repo_type, repo_id)), None)
