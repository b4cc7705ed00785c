"""A manifest beside the lock: whether both say the same of a commit. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_hfmodels.facts import Blob
from flake8_hfmodels.lock.audit import differ
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.mirroring.checking import Difference
from flake8_hfmodels.mirroring.manifest import Manifest


def against_lock(manifest: Manifest, entries: Sequence[Entry]) -> list[Difference]:
    """The files that are not what the lock has of the same commit, each once."""
    here = {one.path: one for one in manifest.blobs}
    found = (
        Difference(locked.path, "changed", f"{_hash_of(locked)} by the lock", _hash_of(ours))
        for entry in entries
        if _is_same(manifest, entry)
        for locked in entry.files
        if (ours := here.get(locked.path)) is not None and differ(locked, ours)
    )
    return list(dict.fromkeys(found))


def _is_same(manifest: Manifest, entry: Entry) -> bool:
    is_name = manifest.names & {entry.repo_id.casefold(), entry.id.casefold()}
    is_type = entry.repo_type == manifest.repo_type
    return bool(is_name) and is_type and entry.commit == manifest.commit


def _hash_of(blob: Blob) -> str:
    return f"sha256 {blob.sha256}" if blob.sha256 else f"git blob {blob.blob_id}"
