"""A lock out of its file. What is not as we write it is one line that names file and remedy."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.facts import Blob, Code, Danger, Flagged, History, Owner
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.lock.entry import VERSION, AccountKind, Entry, LockedOwner
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.writing import json_line
from flake8_hfmodels.repo_id import is_commit_hash, is_repo_id

LARGEST = 100_000_000
"""Bytes of the largest file that is read: some 100 000 entries."""

CONFLICTS = "has merge conflicts; `hfmodels lock` resolves them"
_ANEW = "restore it from your version control, or delete it and run `hfmodels lock`"
_MARKS = ("<<<<<<<", "=======", ">>>>>>>")
_BASE = "|||||||"

_TYPES: Mapping[str, RepoType] = {
    "model": "model",
    "dataset": "dataset",
    "space": "space",
    "kernel": "kernel",
}
_KINDS: Mapping[str, AccountKind] = {"user": "user", "org": "org"}
_HISTORIES = {one.name.lower(): one for one in History}
_OWNERS = {one.value: one for one in Owner}

T = TypeVar("T")


def read(path: str) -> Lock:
    """The lock in a file. Raises `ConfigurationError` with a line for people."""
    return parse(path, text_of(path))


def text_of(path: str) -> str:
    """The text of a file. Raises `ConfigurationError`."""
    return decoded(path, data_of(path))


def data_of(path: str) -> bytes:
    """The bytes of a file. Raises `ConfigurationError`."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise OSError(0, "it is no file")
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = str(getattr(error, "strerror", None) or error).lower()
        remedy = "`hfmodels lock` writes it" if isinstance(error, FileNotFoundError) else _ANEW
        raise ConfigurationError(f"{path}: cannot be read ({why}); {remedy}") from error
    if len(data) > LARGEST:
        size = f"{LARGEST // 1_000_000} MB"
        raise ConfigurationError(f"{path}: is too large for a lock ({size}); {_ANEW}")
    return data


def decoded(path: str, data: bytes) -> str:
    """The text in the bytes of a file. Raises `ConfigurationError`."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: is no UTF-8; {_ANEW}") from error


def has_conflicts(text: str) -> bool:
    """Whether git left the marks of a conflict in a text: none of them is JSON."""
    if not all(mark in text for mark in _MARKS):
        return False
    return {*_MARKS} <= {*map(mark_of, text.split("\n"))}


def mark_of(line: str) -> str:
    """The mark of a conflict that a line is, or an empty text.

    Behind it stands a label or nothing. Longer marks are those of a conflict in the common base of
    two branches, which git has merged before it compares them.
    """
    mark = line[: len(_BASE)]
    return mark if mark in (*_MARKS, _BASE) and line[len(mark) :][:1] in ("", " ", "\r") else ""


def parse(path: str, text: str) -> Lock:
    """The lock that a text holds. Raises `ConfigurationError`."""
    if has_conflicts(text):
        raise ConfigurationError(f"{path}: {CONFLICTS}")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{path}: is no valid JSON ({error}); {_ANEW}") from error
    version = data.get("version") if isinstance(data, dict) else None
    if type(version) is not int:
        raise ConfigurationError(f"{path}: is no lock; {_ANEW}")
    if version != VERSION:
        raise ConfigurationError(
            f"{path}: is a lock of version {version}, of which this version of hfmodels knows"
            " nothing; install a newer one"
        )
    if not isinstance(data.get("repos"), list):
        raise ConfigurationError(f"{path}: is no lock; {_ANEW}")
    entries = tuple(_entry(path, number, one) for number, one in enumerate(data["repos"], 1))
    try:
        further = _further(data, ("version", "$schema", "repos"))
    except _WrongError as error:
        raise ConfigurationError(f"{path}: {error}; {_ANEW}") from error
    if len({one.target for one in entries}) < len(entries):
        raise ConfigurationError(f"{path}: has two entries of one repo and revision; {_ANEW}")
    return Lock(path, entries, further)


class _WrongError(ValueError):
    """A value of an entry is not as we write it."""


def _entry(path: str, number: int, data: object) -> Entry:
    try:
        if not isinstance(data, dict):
            raise _WrongError("it is no object")
        return _read(_Fields(data))
    except _WrongError as error:
        name = data.get("repo") if isinstance(data, dict) else None
        shown = f" ({str(name)[:80]!r})" if isinstance(name, str) else ""
        raise ConfigurationError(f"{path}: entry {number}{shown}: {error}; {_ANEW}") from error


def _read(its: _Fields) -> Entry:
    commit = its.text("commit")
    repo_id, name = its.text("repo"), its.text("id")
    if not is_commit_hash(commit):
        raise _WrongError("commit is no full commit hash")
    if not (is_repo_id(repo_id) and is_repo_id(name)):
        raise _WrongError("repo or id is no id of a repo")
    return Entry(
        repo_type=its.one_of("type", _TYPES),
        repo_id=repo_id,
        revision=its.text_or_none("revision"),
        ref=its.text("ref"),
        commit=commit,
        id=name,
        object_id=its.text("_id"),
        created_at=its.text("created_at"),
        owner=_owner(its.get("owner")),
        gated=its.flag("gated"),
        private=its.flag("private"),
        disabled=its.flag("disabled"),
        licence=its.text("licence"),
        formats=its.texts("formats"),
        tags=its.texts("tags"),
        auto_map=tuple(_pairs(its.get("auto_map"))),
        adapter_of=its.texts("adapter_of"),
        flagged=tuple(_flagged(its.get("flagged"))),
        is_scanned=None if its.get("is_scanned") is None else its.flag("is_scanned"),
        history=its.one_of("history", _HISTORIES),
        old_owner=None if its.get("old_owner") is None else its.one_of("old_owner", _OWNERS),
        files=tuple(_files(its.get("files"))),
        others=its.texts("others"),
        used_by=its.texts("used_by"),
        pull_request=its.text("pull_request"),
        downloads=its.number("downloads"),
        likes=its.number("likes"),
        code=_code(its.optional("code"), name, commit),
        further=_further(its.data, its.known),
    )


class _Fields:
    """The values of an object, each of the type that it has to be of."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self.data = data
        self.known: set[str] = set()

    def get(self, name: str) -> object:
        """A value of whichever type. Raises `_WrongError` where there is none."""
        self.known.add(name)
        if name not in self.data:
            raise _WrongError(f"it has no {name}")
        return self.data[name]

    def optional(self, name: str) -> object:
        """A value that older locks do not have."""
        return self.get(name) if name in self.data else None

    def number(self, name: str) -> int | None:
        value = self.optional(name)
        if not (value is None or type(value) is int):
            raise _WrongError(f"{name} is no whole number")
        return value

    def text(self, name: str) -> str:
        value = self.get(name)
        if not isinstance(value, str):
            raise _WrongError(f"{name} is no text")
        return value

    def text_or_none(self, name: str) -> str | None:
        return None if self.get(name) is None else self.text(name)

    def flag(self, name: str) -> bool:
        value = self.get(name)
        if not isinstance(value, bool):
            raise _WrongError(f"{name} is neither true nor false")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        values = _list(self.get(name), name)
        if not all(isinstance(one, str) for one in values):
            raise _WrongError(f"{name} is no list of texts")
        return tuple(map(str, values))

    def one_of(self, name: str, values: Mapping[str, T]) -> T:
        value = self.text(name)
        if value not in values:
            raise _WrongError(f"{name} is none of {', '.join(values)}")
        return values[value]


def _owner(data: object) -> LockedOwner | None:
    match data:
        case None:
            return None
        case {"name": str(name), "kind": str(kind), "_id": str(object_id), **rest} if (
            kind in _KINDS and rest.get("verified") in (None, True, False)
        ):
            verified = rest.get("verified")
            is_verified = verified if isinstance(verified, bool) else None
            return LockedOwner(name, _KINDS[kind], object_id, is_verified)
        case _:
            raise _WrongError("owner is no account")


def _pairs(data: object) -> Iterator[tuple[str, str]]:
    for one in _list(data, "auto_map"):
        match one:
            case [str(name), str(code)]:
                yield name, code
            case _:
                raise _WrongError("auto_map is no list of pairs")


def _code(data: object, repo_id: str, commit: str) -> Code | None:
    """The Python of a repo that is run, at the commit of its entry."""
    match data:
        case None:
            return None
        case {"files": files, "dangers": list(dangers), "unread": list(unread)}:
            names = _list(files, "files of code")
            if all(isinstance(one, str) for one in names):
                return Code(
                    repo_id,
                    commit,
                    tuple(map(str, names)),
                    tuple(map(_danger, dangers)),
                    tuple(map(_unread, unread)),
                )
        case _:
            pass
    raise _WrongError("code is not what is known of Python")


def _danger(data: object) -> Danger:
    match data:
        case {"path": str(path), "line": int(line), "kind": str(kind), "what": str(what)}:
            return Danger(path, line, kind, what)
        case _:
            raise _WrongError("dangers is no list of places in code")


def _unread(data: object) -> tuple[str, str]:
    match data:
        case [str(path), str(why)]:
            return path, why
        case _:
            raise _WrongError("unread is no list of files with reasons")


def _flagged(data: object) -> Iterator[Flagged]:
    for one in _list(data, "flagged"):
        match one:
            case {"path": str(path), "level": str(level)}:
                yield Flagged(path, level)
            case _:
                raise _WrongError("flagged is no list of files with levels")


def _files(data: object) -> Iterator[Blob]:
    for one in _list(data, "files"):
        match one:
            case {
                "path": str(path),
                "size": int() | None as size,
                "blob": str(blob_id),
                **rest,
            } if not isinstance(size, bool):
                sha256 = rest.get("sha256", "")
                if not isinstance(sha256, str):
                    raise _WrongError("sha256 of a file is no text")
                yield Blob(path, size, blob_id, sha256)
            case _:
                raise _WrongError("files is no list of files with hashes")


def _list(value: object, name: str) -> Sequence[object]:
    if not isinstance(value, list):
        raise _WrongError(f"{name} is no list")
    return value


def _further(data: Mapping[str, object], known: Collection[str]) -> tuple[tuple[str, str], ...]:
    """What we do not know, to be written as it was."""
    try:
        return tuple((key, json_line(value)) for key, value in data.items() if key not in known)
    except RecursionError as error:  # Python reads more levels than it writes
        raise _WrongError("it is nested too deeply") from error
