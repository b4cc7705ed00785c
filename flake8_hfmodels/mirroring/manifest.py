"""What lies beside a mirrored folder: of what it is a copy, from where, and every file's hashes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flake8_hfmodels.facts import Blob
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.lock.entry import LockedOwner
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.repo_id import is_commit_hash, is_repo_id

SUFFIX = ".hfmodels.json"
"""What stands behind the name of the folder in the name of the file."""

VERSION = 1
_TYPES: Mapping[str, RepoType] = {
    "model": "model",
    "dataset": "dataset",
    "space": "space",
    "kernel": "kernel",
}
_NO_MANIFEST = "it is no manifest of `hfmodels mirror`"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file, with the hash of its content; `by_lock`: the lock had a hash of it."""

    blob: Blob
    by_lock: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """A copy of a repo at a commit. `repo_id` is the name that was asked for, `id` the Hub's own.

    `left_out` are the files of the commit that were not wanted. `when` is in UTC.
    """

    repo_type: RepoType
    repo_id: str
    id: str
    commit: str
    object_id: str
    owner: LockedOwner | None
    licence: str
    endpoint: str
    when: str
    files: tuple[Kept, ...]
    left_out: tuple[str, ...] = ()

    @property
    def blobs(self) -> list[Blob]:
        """The files with their hashes."""
        return [one.blob for one in self.files]

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(one.blob.size or 0 for one in self.files)

    @property
    def names(self) -> frozenset[str]:
        """By which names the repo goes, in lower case."""
        return frozenset((self.repo_id.casefold(), self.id.casefold()))

    @property
    def name(self) -> str:
        """What it is a copy of, for people."""
        return f"{self.repo_type} {self.repo_id!r} at {self.commit}"


def written(manifest: Manifest) -> str:
    """The text of the file; ASCII throughout."""
    return json.dumps(as_object(manifest), indent=2) + "\n"


def as_object(manifest: Manifest) -> Mapping[str, object]:
    """The manifest in JSON."""
    owner = manifest.owner
    return {
        "version": VERSION,
        "type": manifest.repo_type,
        "repo": manifest.repo_id,
        "id": manifest.id,
        "commit": manifest.commit,
        "_id": manifest.object_id,
        "owner": owner and {"name": owner.name, "kind": owner.kind, "_id": owner.object_id},
        "licence": manifest.licence,
        "endpoint": manifest.endpoint,
        "when": manifest.when,
        "files": [
            {
                "path": one.blob.path,
                "size": one.blob.size,
                "sha256": one.blob.sha256,
                "blob": one.blob.blob_id,
                "checked_by": "lock" if one.by_lock else "hub",
            }
            for one in manifest.files
        ],
        "left_out": list(manifest.left_out),
    }


def parse(text: str) -> Manifest:
    """The manifest in a text. Raises `ValueError` with words for people."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(_NO_MANIFEST) from error
    match data:
        case {"version": int(version)} if version > VERSION:
            raise ValueError(f"it is of version {version}; install a newer hfmodels")
        case {
            "version": int(),
            "type": str(repo_type),
            "repo": str(repo_id),
            "id": str(name),
            "commit": str(commit),
            "_id": str(object_id),
            "owner": owner,
            "licence": str(licence),
            "endpoint": str(endpoint),
            "when": str(when),
            "files": list(files),
            "left_out": list(left_out),
        } if repo_type in _TYPES and is_commit_hash(commit) and is_repo_id(repo_id):
            return Manifest(
                _TYPES[repo_type],
                repo_id,
                name,
                commit,
                object_id,
                _owner(owner),
                licence,
                endpoint,
                when,
                tuple(map(_kept, files)),
                tuple(map(str, left_out)),
            )
        case _:
            raise ValueError(_NO_MANIFEST)


def _owner(data: object) -> LockedOwner | None:
    match data:
        case {"name": str(name), "kind": "user" | "org" as kind, "_id": str(object_id)}:
            return LockedOwner(name, kind, object_id)
        case None:
            return None
        case _:
            raise ValueError(_NO_MANIFEST)


def _kept(data: object) -> Kept:
    match data:
        case {
            "path": str(path),
            "size": int(size),
            "sha256": str(sha256),
            "blob": str(blob_id),
            "checked_by": "lock" | "hub" as by,
        } if 0 <= size < 2**63:
            return Kept(Blob(path, size, blob_id, sha256), by == "lock")
        case _:
            raise ValueError(_NO_MANIFEST)
