"""A look at the answers in a cache file that nobody is writing to: no change to it, no waiting.

SQLite makes two files beside one in WAL mode and maps them into memory, and removes them, though
nothing is written. It leaves that where it is told that the file will not change (`immutable`); so
we see to it ourselves that the file has not. https://www.sqlite.org/uri.html
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Collection
from contextlib import ExitStack
from typing import TypeAlias

from flake8_hfmodels.hub.kept import Kept, loads
from flake8_hfmodels.hub.schema import MARK, SCHEMA, SIDES, VERSION

SETTLED = 3.0
"""Seconds since the last change, from which on the next one has another time. FAT counts in 2 s."""

AT_ONCE = 500
"""Answers in one query; SQLite before 3.32 takes 999 values."""

_State: TypeAlias = tuple[int, int, int, int]
# What stands for itself in a URI; all else would have to be quoted.
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_.-~+,@=")


class Glance:
    """The answers as they stood when it was opened. For one thread."""

    def __init__(self, path: str, state: _State, connection: sqlite3.Connection) -> None:
        self._path = path
        self._state = state
        self._connection = connection
        self._seen: dict[str, Kept | None] = {}
        self._is_whole = True

    def read(self, key: str) -> Kept | None:
        """The answer that is kept, or `None`, also for one that cannot be read."""
        if key not in self._seen:
            self.fetch([key])
        return self._seen[key]

    def fetch(self, keys: Collection[str]) -> None:
        """Read many answers at once, for `read` to find."""
        self._seen.update(dict.fromkeys(keys))
        left = list(keys)
        while left:
            some, left = left[:AT_ONCE], left[AT_ONCE:]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, CAST(value AS BLOB) FROM responses WHERE key IN ({marks})"
            try:
                self._seen.update(
                    (key, _kept(row)) for key, row in self._connection.execute(query, some)
                )
            except sqlite3.Error:
                self._is_whole = False

    def is_true(self) -> bool:
        """Whether the file is still as it was, so that all that was read belongs together."""
        return self._is_whole and _at_rest(self._path) == self._state

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def glance(path: str) -> Glance | None:
    """Look into a file that is wholly as we leave it.

    `None` for any other, and for one that is not there: what it is, `sqlite_file` finds out.
    """
    path = os.path.abspath(path)
    if not path.startswith("/") or not _PLAIN.issuperset(path):
        return None
    state = _at_rest(path)
    if state is None:
        return None
    try:
        with ExitStack() as stack:
            connection = sqlite3.connect(f"file://{path}?mode=ro&immutable=1", uri=True)
            stack.callback(connection.close)
            if not _is_ours(connection):
                return None
            stack.pop_all()
            return Glance(path, state, connection)
    except sqlite3.Error:
        return None


def _at_rest(path: str) -> _State | None:
    """What tells the file from what it was and will be, if nobody is at work on it.

    `None` also where something has to be said of it, or mended: who may read or write it.
    """
    try:
        state = os.lstat(path)
        folder = os.stat(os.path.dirname(path))
    except (OSError, ValueError):
        return None
    is_ours = (
        stat.S_ISREG(state.st_mode)
        and _is_own(state)
        and not state.st_mode & 0o077
        and (_is_own(folder) or not folder.st_mode & 0o022)
        and all(_is_for_us(one) for one in (path, os.path.dirname(path)))
    )
    if not is_ours or time.time() - state.st_mtime < SETTLED:
        return None
    if any(os.path.lexists(path + ending) for ending in SIDES):
        return None
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns


def _is_own(state: os.stat_result) -> bool:
    return state.st_uid == os.geteuid()


def _is_for_us(path: str) -> bool:
    return os.access(path, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _is_ours(connection: sqlite3.Connection) -> bool:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    parts = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return (mark, version) == (MARK, VERSION) and dict(parts) == SCHEMA


def _kept(row: bytes) -> Kept | None:
    try:
        return loads(row)
    except ValueError:
        return None
