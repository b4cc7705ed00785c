"""What `hfmodels.lock` says of one (type, id, revision) that the code names."""

from __future__ import annotations

from typing import Literal

from flake8_hfmodels.facts import Blob, Code, Flagged, History, Owner
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.lock import NAME as NAME
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Target

VERSION = 1
"""Of the form of the file; it only ever gets more keys."""

AccountKind = Literal["user", "org"]


@dataclass(frozen=True, slots=True)
class LockedOwner:
    """The account that a repo belonged to.

    `is_verified`: the Hub had verified the organization; `None` where it did not say. Whether it
    has says nothing of who it is.
    """

    name: str
    kind: AccountKind
    object_id: str
    is_verified: bool | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One block of the lock.

    `repo_id` and `revision` are as the code writes them (`None`: no revision), `id` is the Hub's
    own name for the repo. `ref` is the branch or tag that the commit was the head of, empty where
    the code pins a commit and nothing says what it follows. `old_owner` is of a repo that has
    moved: whether the account of the name in the code still exists. `files` are those that the
    loaders here fetch, `others` the names of the rest. `used_by` are paths, relative to the folder
    of the lock, with slashes. `pull_request` is the only ref that had the commit, where that is
    known of a commit in no branch or tag. `downloads` (of 30 days) and `likes` are as many as when
    it was locked. `code` is the Python that is run, where it is run. `further` are keys of newer
    versions of us, each with its value as JSON.
    """

    repo_type: RepoType
    repo_id: str
    revision: str | None
    ref: str
    commit: str
    id: str
    object_id: str
    created_at: str
    owner: LockedOwner | None
    gated: bool
    private: bool
    disabled: bool
    licence: str
    formats: tuple[str, ...]
    tags: tuple[str, ...]
    auto_map: tuple[tuple[str, str], ...]
    adapter_of: tuple[str, ...]
    flagged: tuple[Flagged, ...]
    is_scanned: bool | None
    history: History
    old_owner: Owner | None
    files: tuple[Blob, ...]
    others: tuple[str, ...]
    used_by: tuple[str, ...]
    pull_request: str = ""
    downloads: int | None = None
    likes: int | None = None
    code: Code | None = None
    further: tuple[tuple[str, str], ...] = ()

    @property
    def target(self) -> Target:
        """The question that it answers."""
        return Target(self.repo_type, self.repo_id, self.revision)

    @property
    def order(self) -> tuple[str, str, bool, str]:
        """Entries stand by type, id and revision; none is the first of these."""
        return self.repo_type, self.repo_id, self.revision is not None, self.revision or ""
