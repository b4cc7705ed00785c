"""An entry of the lock, out of what the Hub says of a repo, and of what the code makes of it."""

from __future__ import annotations

from collections.abc import Collection

from flake8_hfmodels.facts import Code, Found, Moved, Owner, Repo
from flake8_hfmodels.lock.entry import Entry, LockedOwner
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.repo_id import is_commit_hash, is_hexadecimal

_FORMATS = {
    "safetensors": (".safetensors",),
    "pickle": (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib"),
    "gguf": (".gguf",),
    "onnx": (".onnx",),
    "keras": (".h5", ".keras"),
    "msgpack": (".msgpack",),
    "numpy": (".npy", ".npz"),
    "parquet": (".parquet",),
    "csv": (".csv", ".tsv"),
    "jsonl": (".jsonl",),
    "python": (".py",),
}
"""What formats of weights, data and code are called, and how their files end."""


def entry_of(
    target: Target,
    facts: Found | Moved,
    owner: LockedOwner | None,
    wanted: Collection[str],
    used_by: Collection[str],
) -> Entry | None:
    """The entry for a target; `None` where the Hub does not say which commit it stands for.

    `wanted` are the files that are fetched. Of files without hashes (those of a kernel) only the
    names are known.
    """
    repo = facts.repo
    if repo.sha is None:
        return None
    files = tuple(one for one in repo.blobs if one.path in wanted)
    hashed = {one.path for one in files}
    return Entry(
        repo_type=target.repo_type,
        repo_id=target.repo_id,
        revision=target.revision,
        ref=_ref(target.revision),
        commit=repo.sha,
        id=repo.id,
        object_id=repo.object_id,
        created_at=repo.created_at,
        owner=owner,
        gated=repo.gated,
        private=repo.private,
        disabled=repo.disabled,
        licence=repo.licence,
        formats=formats_of(repo),
        tags=repo.tags,
        auto_map=repo.auto_map,
        adapter_of=repo.adapter_of,
        flagged=repo.flagged,
        is_scanned=repo.is_scanned,
        history=repo.history,
        old_owner=_old_owner(facts),
        files=tuple(sorted(files, key=lambda one: one.path)),
        others=tuple(sorted(one for one in repo.files if one not in hashed)),
        used_by=tuple(sorted(used_by)),
        pull_request=repo.pull_request,
        downloads=repo.downloads,
        likes=repo.likes,
        code=facts.code if isinstance(facts.code, Code) else None,
    )


def completed(
    entry: Entry, repo: Repo, owner: LockedOwner | None, wanted: Collection[str]
) -> Entry:
    """An entry with what it lacks: hashes, the owner, whose history the commit belongs to."""
    paths = {*(one.path for one in entry.files), *wanted}
    known = {one.path for one in entry.files}
    added = (one for one in repo.blobs if one.path in paths and one.path not in known)
    files = tuple(sorted((*entry.files, *added), key=lambda one: one.path))
    hashed = {one.path for one in files}
    return replace(
        entry,
        files=files,
        others=tuple(one for one in entry.others if one not in hashed),
        owner=entry.owner or owner,
    )


def _ref(revision: str | None) -> str:
    """The branch or tag that a commit was the head of."""
    if revision is None:
        return "main"
    return "" if is_commit_hash(revision) or is_hexadecimal(revision) else revision


def _old_owner(facts: Found | Moved) -> Owner | None:
    return facts.old_owner if isinstance(facts, Moved) else None


def formats_of(repo: Repo) -> tuple[str, ...]:
    """The formats of weights, data and code that a repo has files of."""
    return tuple(
        name for name, ends in _FORMATS.items() if any(one.endswith(ends) for one in repo.files)
    )
