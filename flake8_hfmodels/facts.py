"""What the Hub says of one repo at one revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Literal, TypeAlias

from flake8_hfmodels.record import dataclass


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


class History(Enum):
    """Whether a commit that was asked for by its full hash belongs to the repo's own history.

    Anybody's pull request lies in the same git store, so that its commits can be loaded too.
    FOREIGN only when the whole history of every branch and tag was seen without it.
    """

    OWN = "in a branch or tag"
    FOREIGN = "in no branch or tag"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Flagged:
    """A file that the Hub's scanners call something but safe, and their word for it.

    Levels seen: `unsafe`, `suspicious`, `caution`.
    """

    path: str
    level: str


@dataclass(frozen=True, slots=True)
class Blob:
    """One file of a repo at one revision, as the Hub describes it without a download.

    `sha256` is that of the content of a large file (LFS), empty for others; `blob_id` is git's
    hash: of the content, or of the pointer to a large file.
    """

    path: str
    size: int | None
    blob_id: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Publisher:
    """The account that a repo belongs to, as its overview says it.

    `is_verified`: the Hub has verified the organization; `None` where it does not say, as of users.
    """

    name: str
    kind: Literal["user", "org"]
    object_id: str
    is_verified: bool | None = None
    fullname: str = ""


@dataclass(frozen=True, slots=True)
class Danger:
    """One place in code of a repo that does what code of a model need not do.

    `kind` is one of `hazards.HAZARDS`; `what` says in a few words what stands there.
    """

    path: str
    line: int
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Code:
    """The Python of a repo that a loader would run, at one commit, and what is dangerous in it.

    `files` were read; `unread` are such as would run and were not, each with the reason.
    """

    repo_id: str
    commit: str
    files: tuple[str, ...]
    dangers: tuple[Danger, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Repo:
    """A repo as the Hub describes it at one revision.

    `sha` is the full commit hash that the asked revision stands for now; `object_id` survives
    renames and transfers and changes when a repo is deleted and made again. `files` are paths
    in the repo. `auto_map` pairs a class of the library with the code that replaces it, which is
    `module.Class`, or `owner/name--module.Class` where another repo holds it.
    `adapter_of` are the models that an adapter is to be put on, where the repo is one.
    `flagged` are files that the Hub's scanners complain about, in whichever revision; `is_scanned`
    is `None` where the Hub did not say whether they are done.
    `blobs` are the files with their hashes, where these were asked for.
    `history` and `pull_request` (the ref that has it) are of a commit asked for by its full hash.
    `downloads` (of the last 30 days) and `likes` are as many as when the Hub was asked; `modified`
    is when the repo last changed.
    """

    id: str
    object_id: str
    sha: str | None
    files: tuple[str, ...]
    tags: tuple[str, ...] = ()
    auto_map: tuple[tuple[str, str], ...] = ()
    gated: bool = False
    disabled: bool = False
    private: bool = False
    adapter_of: tuple[str, ...] = ()
    flagged: tuple[Flagged, ...] = ()
    is_scanned: bool | None = None
    history: History = History.UNKNOWN
    pull_request: str = ""
    blobs: tuple[Blob, ...] = ()
    downloads: int | None = None
    likes: int | None = None
    modified: str = ""

    @property
    def created_at(self) -> str:
        """When the repo was made, as its id says; empty where that says nothing."""
        return created_at(self.object_id)

    @property
    def licence(self) -> str:
        """The licence that the repo's card names; empty where it names none."""
        return next(_tagged(self.tags, "license:"), "")

    @property
    def base_models(self) -> tuple[str, ...]:
        """The models that it was made of, as its card names them."""
        found = (one.rpartition(":")[2] for one in _tagged(self.tags, "base_model:"))
        return tuple(dict.fromkeys(found))

    @property
    def has_custom_code(self) -> bool:
        """Whether a loader would find Python to run here, in this or in another repo."""
        return bool(self.auto_map) or "custom_code" in self.tags

    @property
    def code_repos(self) -> tuple[str, ...]:
        """The other repos that hold the code of this one, as `auto_map` names them."""
        parts = (code.partition("--") for _class, code in self.auto_map)
        return tuple(dict.fromkeys(repo for repo, dashes, _module in parts if dashes))


@dataclass(frozen=True, slots=True)
class Found:
    """The repo stands under the name that was asked for (letter case aside).

    `publisher` and `code` are there where somebody asked for them.
    """

    repo: Repo
    stale: bool = False
    publisher: Publisher | None = None
    code: Code | Unavailable | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The Hub redirects to a repo of another name.

    A name without a slash is one of the first repos, which have no namespace: `old_owner` is
    then EXISTS, as nobody can register it. `publisher` is the owner of the new name; it and `code`
    are there where somebody asked for them.
    """

    repo: Repo
    old_owner: Owner
    stale: bool = False
    publisher: Publisher | None = None
    code: Code | Unavailable | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """There is nothing that we may see; a private repo looks the same.

    `with_token`: the question was asked as somebody, not anonymously.
    """

    what: Lacking
    owner: Owner
    stale: bool = False
    with_token: bool = False


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No answer, or none that can be understood: neither good nor bad."""

    why: str


Facts: TypeAlias = Found | Moved | Missing | Unavailable


def created_at(object_id: str) -> str:
    """When an object was made, to the second: its id begins with that; empty where it does not.

    True of all 49 objects that were recorded of the Hub. Those of before March 2022 were made
    anew in the night of the 2nd.
    """
    try:
        seconds = int(object_id[:8], 16)
    except ValueError:
        return ""
    from datetime import datetime, timezone  # no check needs it

    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if len(object_id) == 24 else ""


def _tagged(tags: Iterable[str], beginning: str) -> Iterator[str]:
    """What stands behind a beginning in those tags that have it."""
    return (one.removeprefix(beginning) for one in tags if one.startswith(beginning))
