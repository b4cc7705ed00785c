"""A folder beside what has to be in it: every file is hashed, none is loaded or run."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeAlias

from flake8_hfmodels.facts import Blob
from flake8_hfmodels.lock.local import CHUNK
from flake8_hfmodels.record import dataclass

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many bytes are hashed, and of how many."""

Kind = Literal["changed", "missing", "added", "unreadable"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not as it has to be. `wanted` and `found` say how; empty where none is."""

    path: str
    kind: Kind
    wanted: str = ""
    found: str = ""

    def __str__(self) -> str:
        match self.kind:
            case "changed":
                return f"{self.path}: is {self.found}, and has to be {self.wanted}"
            case "missing":
                return f"{self.path}: is missing"
            case "added":
                return f"{self.path}: is no file of this commit"
            case _:
                return f"{self.path}: cannot be read ({self.found})"


@dataclass(frozen=True, slots=True)
class Digest:
    """A file by its content: SHA-256, and what git calls a blob of it (SHA-1 behind a header)."""

    size: int
    sha256: str
    blob_id: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What is not as it has to be, and the digests of the files that are."""

    differences: tuple[Difference, ...]
    digests: dict[str, Digest]


def check(folder: str, blobs: Sequence[Blob], progress: Progress) -> Checked:
    """Hold a folder against the files that have to be in it, and no others."""
    wanted = {one.path: one for one in blobs}
    total = sum(one.size or 0 for one in blobs)
    differences: list[Difference] = []
    digests: dict[str, Digest] = {}
    done = 0

    def seen(number: int) -> None:
        nonlocal done
        done += number
        progress(done, max(done, total))

    for path in sorted(inside(folder)):
        blob = wanted.pop(path, None)
        if blob is None:
            differences.append(Difference(path, "added"))
            continue
        try:
            digest = digest_of(os.path.join(folder, *path.split("/")), seen)
        except OSError as error:
            differences.append(Difference(path, "unreadable", found=_in_words(error)))
            continue
        difference = _difference(blob, digest)
        if difference is None:
            digests[path] = digest
        else:
            differences.append(difference)
    differences += (Difference(path, "missing") for path in wanted)
    return Checked(tuple(sorted(differences, key=lambda one: one.path)), digests)


def inside(folder: str) -> Iterator[str]:
    """The paths of all that is in a folder and is no folder; links are not followed."""
    for place, folders, names in os.walk(folder):
        links = [one for one in folders if os.path.islink(os.path.join(place, one))]
        for name in (*links, *names):
            yield os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/")


def digest_of(path: str, seen: Callable[[int], None]) -> Digest:
    """The digest of a file, and of no link; `seen` is told of bytes. Raises `OSError`."""
    about = os.lstat(path)
    if not stat.S_ISREG(about.st_mode):
        raise OSError(0, "it is no file")
    sha256, sha1 = hashlib.sha256(), hashlib.sha1(usedforsecurity=False)
    sha1.update(b"blob %d\0" % about.st_size)
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            sha256.update(chunk)
            sha1.update(chunk)
            seen(len(chunk))
    return Digest(about.st_size, sha256.hexdigest(), sha1.hexdigest())


def _difference(blob: Blob, digest: Digest) -> Difference | None:
    """How a file differs: by the hash of its content, or by what git calls it."""
    if blob.size is not None and blob.size != digest.size:
        return Difference(blob.path, "changed", f"{blob.size} bytes", f"{digest.size} bytes")
    if blob.sha256:
        name, wanted, found = "sha256", blob.sha256, digest.sha256
    else:
        name, wanted, found = "git blob", blob.blob_id, digest.blob_id
    if wanted == found:
        return None
    return Difference(blob.path, "changed", f"{name} {wanted}", f"{name} {found}")


def _in_words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
