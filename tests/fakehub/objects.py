"""The frozen values that a World is made of: ids, files, commits, repositories, accounts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import cached_property
from typing import Literal

RepoType = Literal["model", "dataset", "space", "kernel"]
Gated = Literal["auto", "manual", False]
Content = bytes | str | int

LFS_SUFFIXES = (
    *(".7z", ".arrow", ".bin", ".ckpt", ".dat", ".gguf", ".gz", ".h5", ".joblib", ".jpg"),
    *(".model", ".msgpack", ".npy", ".npz", ".onnx", ".ot", ".parquet", ".pb", ".pickle", ".pkl"),
    *(".png", ".pt", ".pth", ".safetensors", ".tar", ".wav", ".zip"),
)


def parse_time(text: str) -> datetime:
    """Read ``2024-01-10``, ``2024-01-10T15:49:00`` or the Hub's ``...000Z`` form, as UTC."""
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=timezone.utc)


def format_time(moment: datetime) -> str:
    """Write a time as the Hub does: ``2024-01-10T15:49:00.000Z``."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def object_id(created: datetime, counter: int) -> str:
    """A Mongo ObjectId: four bytes of creation time, five of a fixed machine, three of counter."""
    return f"{int(created.timestamp()):08x}{'68c0ffee42'}{counter:06x}"


def created_at(identity: str) -> datetime:
    """The creation time inside an ObjectId."""
    return datetime.fromtimestamp(int(identity[:8], 16), tz=timezone.utc)


@dataclass(frozen=True)
class File:
    """One file in one commit.

    Made from bytes or text its hashes are true. Made from a size alone, its bytes are zeros that
    are produced while being served, and its hashes are stand-ins that depend on name and size.
    """

    name: str
    content: Content
    lfs: bool

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.content if isinstance(self.content, int) else len(_as_bytes(self.content))

    @property
    def sha256(self) -> str:
        """What ``lfs.sha256``, ``lfs.oid`` and the ETag of a large file say."""
        return hashlib.sha256(self._hashed()).hexdigest()

    @property
    def pointer(self) -> bytes:
        """The text that git stores instead of a large file."""
        return (
            "version https://git-lfs.github.com/spec/v1\n"
            f"oid sha256:{self.sha256}\nsize {self.size}\n"
        ).encode()

    @property
    def blob_id(self) -> str:
        """The git blob hash: of the pointer where the file is large."""
        stored = self.pointer if self.lfs else self._hashed()
        return hashlib.sha1(b"blob %d\0" % len(stored) + stored).hexdigest()

    @property
    def etag(self) -> str:
        """The hash that file answers carry, without quotes."""
        return self.sha256 if self.lfs else self.blob_id

    def chunks(self, step: int = 1 << 16) -> Iterator[bytes]:
        """The file's bytes, piece by piece."""
        if not isinstance(self.content, int):
            yield _as_bytes(self.content)
            return
        zeros = bytes(step)
        for start in range(0, self.content, step):
            yield zeros[: self.content - start]

    def _hashed(self) -> bytes:
        if isinstance(self.content, int):
            return f"{self.name}:{self.content}".encode()
        return _as_bytes(self.content)


def make_file(name: str, content: Content) -> File:
    """A file that is large (LFS) where the Hub's default ``.gitattributes`` would say so."""
    return File(name, content, lfs=name.endswith(LFS_SUFFIXES))


def _as_bytes(content: bytes | str) -> bytes:
    return content.encode() if isinstance(content, str) else content


@dataclass(frozen=True)
class Commit:
    """A snapshot of files and how it came about. ``parent`` is None for the first one.

    ``given_oid`` is the hash that a commit of the real Hub is known by. ``co_authors`` are shown
    beside the author.
    """

    parent: str | None
    title: str
    message: str
    author: str
    date: datetime
    files: Mapping[str, File]
    given_oid: str = ""
    co_authors: tuple[str, ...] = ()

    @cached_property
    def oid(self) -> str:
        """Forty hex digits that depend on content, parent, author and date only, or as given."""
        if self.given_oid:
            return self.given_oid
        parts = [self.parent or "", self.title, self.message, self.author, format_time(self.date)]
        parts += [f"{name} {file.blob_id}" for name, file in sorted(self.files.items())]
        return hashlib.sha1("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Issue:
    """A file that the Hub's scanners complain about."""

    path: str
    level: Literal["unsafe", "suspicious", "caution"] = "unsafe"


@dataclass(frozen=True)
class Account:
    """A user or an organization. ``members`` are logins, of organizations only."""

    identity: str
    name: str
    kind: Literal["user", "org"]
    fullname: str
    verified: bool = False
    pro: bool = False
    plan: str | None = None
    members: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Repo:
    """A repository at one moment: its commits by hash, and refs by full name (refs/heads/main).

    ``disabled`` answers 200 with ``disabled: true`` and keeps its files back; ``blocked`` answers
    403 to every call. ``details`` are more keys of the JSON answer, which win over the usual ones.
    """

    identity: str
    kind: RepoType
    id: str
    commits: Mapping[str, Commit]
    refs: Mapping[str, str]
    private: bool = False
    gated: Gated = False
    disabled: bool = False
    blocked: bool = False
    granted: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()
    config: Mapping[str, object] = field(default_factory=dict)
    library_name: str | None = None
    pipeline_tag: str | None = None
    downloads: int = 0
    likes: int = 0
    issues: tuple[Issue, ...] = ()
    scans_done: bool = True
    situation: str = ""
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """The namespace part of the id."""
        return self.id.split("/")[0]

    @property
    def head(self) -> str:
        """The full commit hash of ``main``."""
        return self.refs["refs/heads/main"]

    @property
    def files(self) -> Mapping[str, File]:
        """The files of ``main``."""
        return self.commits[self.head].files

    def resolve(self, revision: str) -> str | None:
        """The full hash of a branch, a tag, a ``refs/...`` name, or a hash of 7 digits and more."""
        for name in (revision, f"refs/heads/{revision}", f"refs/tags/{revision}"):
            if name in self.refs:
                return self.refs[name]
        matching = [oid for oid in self.commits if len(revision) >= 7 and oid.startswith(revision)]
        return matching[0] if len(matching) == 1 else None

    def history(self, oid: str) -> list[Commit]:
        """The commit and its ancestors, newest first."""
        found: list[Commit] = []
        step: str | None = oid
        while step is not None and step in self.commits:
            found.append(self.commits[step])
            step = self.commits[step].parent
        return found
