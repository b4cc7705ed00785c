"""Where the Hub's API answers what, and what a path asks for. Pure.

The paths are those of huggingface_hub 2.4.0 hf_api.py, which puts revisions into the path, quoted.
"""

from __future__ import annotations

from enum import Enum

from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.reference import Target
from flake8_hfmodels.repo_id import is_commit_hash

PAGE = 50
"""Commits on a page of a history."""

_AS_IT_IS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")


class Subject(Enum):
    """What a path asks about."""

    REPO = "a repo"
    ACCOUNT = "an account"
    REFS = "the branches, tags and pull requests of a repo"
    COMMITS = "a page of the history of a commit"
    LISTING = "the repos of an account, and the commits that they stand at"
    OWN = "whether a commit is in a branch or tag, which we know by other answers"


def repo_path(target: Target, blobs: bool = False) -> str:
    """Everything about a repo at a revision, with what the Hub's scanners say of it.

    `securityStatus` is documented for models; where a type of repo does not know it, the answer is
    as without. Kernels have a shorter answer of their own. With `blobs` each file comes with its
    size and its hashes, which makes the answer several times as large.
    """
    path = _repo(target.repo_type, target.repo_id)
    if target.revision is not None:
        path = f"{path}/revision/{_quoted(target.revision)}"
    if target.repo_type == "kernel":
        return path
    return f"{path}?securityStatus=true{'&blobs=true' if blobs else ''}"


def refs_path(repo_type: RepoType, repo_id: str) -> str:
    """The commits that a repo's branches, tags and pull requests stand at."""
    return f"{_repo(repo_type, repo_id)}/refs?include_prs=1"


def commits_path(repo_type: RepoType, repo_id: str, commit: str, page: int) -> str:
    """One page of the commits that lead to a commit, newest first; pages count from 0."""
    return f"{_repo(repo_type, repo_id)}/commits/{commit}?limit={PAGE}&p={page}"


def listing_path(repo_type: RepoType, owner: str) -> str:
    """The commits that the default branches of an account's repos stand at.

    The Hub answers with at most a thousand repos at once.
    """
    return f"/api/{repo_type}s?author={_quoted(owner)}&expand[]=sha&limit=1000"


def own_path(repo_type: RepoType, repo_id: str, commit: str) -> str:
    """Where we keep that a commit is in a branch or tag of a repo; the Hub is not asked this."""
    return f"{_repo(repo_type, repo_id)}/own/{commit}"


def account_path(kind: str, name: str) -> str:
    """The account of a name among `users` or among `organizations`."""
    return f"/api/{kind}/{_quoted(name)}/overview"


def subject(path: str) -> Subject:
    """What a path asks about."""
    match path.partition("?")[0].split("/"):
        case [*_, "overview"]:
            return Subject.ACCOUNT
        case ["", "api", _kinds]:
            return Subject.LISTING
        case [*_, "refs"]:
            return Subject.REFS
        case [*_, "commits", _commit]:
            return Subject.COMMITS
        case [*_, "own", _commit]:
            return Subject.OWN
        case _:
            return Subject.REPO


def is_immutable(path: str) -> bool:
    """Whether a path speaks of a commit by its full hash, so that its answer does not change."""
    before, _, last = path.partition("?")[0].rpartition("/")
    return before.endswith(("/revision", "/commits", "/own")) and is_commit_hash(last)


def repo_of(path: str) -> str:
    """The id of the repo that a path about a repo speaks of."""
    parts = path.partition("?")[0].split("/")[3:]
    return "/".join(parts[:-2] if parts[-2:-1] == ["revision"] and len(parts) > 2 else parts)


def _repo(repo_type: RepoType, repo_id: str) -> str:
    return f"/api/{repo_type}s/{_quoted(repo_id, '/')}"


def _quoted(text: str, safe: str = "") -> str:
    if (_AS_IT_IS | set(safe)).issuperset(text):
        return text
    from urllib.parse import quote  # slow to import, and hardly ever needed

    return quote(text, safe)
