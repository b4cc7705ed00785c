"""What the Hub says of one repo at one revision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Owner(Enum):
    """Whether the account that a namespace belongs to exists.

    GONE only when the Hub said so of users *and* of organizations; everything less is UNKNOWN.
    """

    EXISTS = "exists"
    GONE = "gone"
    UNKNOWN = "unknown"


class Lacking(Enum):
    """What the Hub does not have (or does not show to us)."""

    REPO = "repo"
    REVISION = "revision"


@dataclass(frozen=True, slots=True)
class Repo:
    """A repo as the Hub describes it at one revision.

    `sha` is the full commit hash that the asked revision stands for now; `object_id` survives
    renames and transfers and changes when a repo is deleted and made again. `files` are paths
    in the repo. `auto_map` pairs a class of the library with the code that replaces it.
    """

    id: str
    object_id: str
    sha: str | None
    files: tuple[str, ...]
    tags: tuple[str, ...] = ()
    auto_map: tuple[tuple[str, str], ...] = ()
    gated: bool = False
    disabled: bool = False

    @property
    def has_custom_code(self) -> bool:
        """Whether a loader would find Python to run here, in this or in another repo."""
        return bool(self.auto_map) or "custom_code" in self.tags


@dataclass(frozen=True, slots=True)
class Found:
    """The repo stands under the name that was asked for (letter case aside)."""

    repo: Repo
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The Hub redirects to a repo of another name.

    A name without a slash is one of the first repos, which have no namespace: `old_owner` is
    then EXISTS, as nobody can register it.
    """

    repo: Repo
    old_owner: Owner
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """There is nothing that we may see; a private repo looks the same."""

    what: Lacking
    owner: Owner
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No answer, or none that can be understood: neither good nor bad."""

    why: str


Facts: TypeAlias = Found | Moved | Missing | Unavailable
