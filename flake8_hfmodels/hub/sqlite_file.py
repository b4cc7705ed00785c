"""The cache file: what makes a SQLite file ours, how it is opened, set aside and cleared.

Its table of answers is the one that `requests_cache` makes, which can read the file; it is not
imported for it, as it takes longer to import than a hundred answers to read or to write.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import sqlite3
import stat
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from flake8_hfmodels.hub.kept import FRESH, FRESH_NEGATIVE, KEPT

VERSION = 1
"""The file's `user_version`; one that is higher is of a later hfmodels. Before 0.2 it was 0."""

BUSY = 0.25
PATIENCE = 1.0
"""Seconds to wait for another process that writes, and in all for it to make the file."""

_COLUMNS = {
    "responses": "key TEXT PRIMARY KEY, value BLOB, expires INTEGER",  # requests_cache's own
    "claims": "key TEXT PRIMARY KEY, owner TEXT, made REAL, until REAL",
    "notes": "key TEXT PRIMARY KEY, text TEXT, made REAL, until REAL",
}
_LOCK = ".lock"
_NOT_OURS = "its tables are not ours"
_INDEX = "CREATE INDEX IF NOT EXISTS expires_idx ON responses(expires)"


class NewerError(Exception):
    """The file is of a version that is not known yet."""


class ForeignError(sqlite3.DatabaseError):
    """The tables in the file are not ours."""


class BrokenError(Exception):
    """A file is not, and will not be, a cache of ours; and which file that is."""

    def __init__(self, why: str, identity: tuple[int, int]) -> None:
        super().__init__(why)
        self.identity = identity


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection, and which file it is to: another may have its name later."""

    connection: sqlite3.Connection
    identity: tuple[int, int]


def open_file(path: Path) -> Opened:
    """Make the file if need be, and connect to it.

    Raises `NewerError`, `BrokenError`, and `OSError` or `sqlite3.Error` for what may pass.
    """
    try:
        return _opened(path)
    except (OSError, sqlite3.Error):
        if not path.with_suffix(_LOCK).exists():
            raise
    # Another process may have been setting it aside under our hands.
    with contextlib.closing(_lock(path)):
        return _opened(path)


def _opened(path: Path) -> Opened:
    _make(path)
    end = time.monotonic() + PATIENCE
    while True:
        file = identity(path)
        try:
            opened = Opened(connected(path), file)
        except sqlite3.DatabaseError as error:
            if is_broken(error):
                raise BrokenError(str(error), file) from error
            # SQLite does not always wait for its turn where two processes make the file at once.
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.02)
            continue
        if identity(path) == file:
            return opened
        opened.connection.close()  # renamed just now: with the journal of another file


def is_broken(error: Exception) -> bool:
    """Whether a file is not, and will not be, a cache of ours."""
    return type(error) in (sqlite3.DatabaseError, ForeignError)


def identity(path: Path) -> tuple[int, int]:
    """Tells a file from another of the same name."""
    state = path.lstat()
    return state.st_dev, state.st_ino


def set_aside(path: Path, broken: tuple[int, int]) -> str:
    """Rename a broken file, and say how; empty where another process has done so already.

    Raises `OSError` or `sqlite3.Error` where that is not possible.
    """
    aside = path.with_suffix(f".broken-{os.getpid()}")
    with contextlib.closing(_lock(path)):
        try:
            is_same = identity(path) == broken
        except FileNotFoundError:
            is_same = False
        if not is_same:
            return ""
        # Its journal would be played into the new file.
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        path.replace(aside)
    return aside.name


def in_words(error: Exception) -> str:
    """What went wrong, without the path that Python adds."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def address(path: Path, mode: str) -> str:
    """A URI for SQLite that does not make the file: `rw`, or `ro`."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def check(connection: sqlite3.Connection) -> set[str]:
    """Which of our tables are there.

    Raises `NewerError`, and `ForeignError` for what could hang or surprise who reads it.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise NewerError
    (programs,) = connection.execute(
        "SELECT COUNT(*) FROM sqlite_master WHERE type IN ('view', 'trigger')"
    ).fetchone()
    if programs:
        raise ForeignError(_NOT_OURS)
    return {name for name in _COLUMNS if _is_table(connection, name)}


@dataclass(frozen=True, slots=True)
class Survey:
    """What a cache file holds. `fresh` counts by age alone: a full hash is fresh for longer."""

    size: int
    answers: int
    fresh: int
    oldest: datetime | None
    newest: datetime | None
    claims: int
    notes: int


def survey(path: Path) -> Survey | None:
    """Look into a cache file without a change to it; `None` where there is none.

    Raises `NewerError`, `OSError` or `sqlite3.Error`.
    """
    if not os.path.lexists(path):
        return None
    _refuse_strange(path.lstat())
    size = sum(part.lstat().st_size for part in _parts(path))
    opened = sqlite3.connect(address(path, "ro"), timeout=BUSY, uri=True)
    with contextlib.closing(opened) as connection:
        return _counted(connection, size, check(connection))


def clear(path: Path) -> int | None:
    """Remove a cache file and what belongs to it; the bytes that are free now.

    `None` where there was nothing. Raises `OSError`.
    """
    broken = [
        one for one in path.parent.glob(f"{glob.escape(path.stem)}.broken-*") if _is_file(one)
    ]
    parts = [*_parts(path), *broken]
    freed = sum(one.lstat().st_size for one in parts)
    for part in parts:
        part.unlink(missing_ok=True)
    path.with_suffix(_LOCK).unlink(missing_ok=True)
    return freed if parts else None


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        # Not to be opened here: a file that is closed loses all locks that SQLite has on it.
        state = path.lstat()
        _refuse_strange(state)
        if stat.S_IMODE(state.st_mode) & 0o077:
            path.chmod(stat.S_IMODE(state.st_mode) & 0o700)
        for one in (path, path.parent):
            by_effect = os.access in os.supports_effective_ids
            if not os.access(one, os.R_OK | os.W_OK, effective_ids=by_effect):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from None


def _refuse_strange(state: os.stat_result) -> None:
    if stat.S_ISLNK(state.st_mode):
        raise OSError(errno.ELOOP, "it is a link")
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, "it is no file")
    if state.st_uid != (os.geteuid() if hasattr(os, "geteuid") else state.st_uid):
        raise PermissionError(errno.EPERM, "it belongs to another user")


def connected(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there, with our tables in it."""
    with contextlib.ExitStack() as stack:
        connection = sqlite3.connect(
            address(path, "rw"),
            timeout=BUSY,
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )
        stack.callback(connection.close)
        _prepare(connection)
        stack.pop_all()
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    present = check(connection)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    if len(present) == len(_COLUMNS):
        return
    connection.execute("BEGIN IMMEDIATE")
    for name, columns in _COLUMNS.items():
        connection.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
    connection.execute(_INDEX)
    connection.execute(f"PRAGMA user_version={VERSION}")
    connection.execute("COMMIT")


def _is_table(connection: sqlite3.Connection, name: str) -> bool:
    """Whether there is such a table. Raises `ForeignError` where it is another than ours."""
    found = connection.execute(
        "SELECT type, rootpage > 0 FROM sqlite_master WHERE lower(name) = ?", (name,)
    ).fetchall()
    if not found:
        return False
    columns = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (name,)).fetchall()
    ours = [part.split()[0] for part in _COLUMNS[name].split(", ")]
    is_ours = columns == [(column, int(column == "key")) for column in ours]
    if found != [("table", 1)] or not is_ours:  # a virtual table has no page
        raise ForeignError(_NOT_OURS)
    return True


def _lock(path: Path) -> sqlite3.Connection:
    """Be the only one to change what the name stands for; the system ends it with the process.

    A file that holds nothing and stays, as SQLite knows how to lock one on every system.
    """
    with contextlib.ExitStack() as stack:
        lock = sqlite3.connect(path.with_suffix(_LOCK), timeout=PATIENCE, isolation_level=None)
        stack.callback(lock.close)
        lock.execute("BEGIN EXCLUSIVE")
        stack.pop_all()
    return lock


def _counted(connection: sqlite3.Connection, size: int, tables: set[str]) -> Survey:
    now = time.time()
    claims, notes = (
        _count(connection, f"{table} WHERE made <= ? AND until > ?", now, now)
        if table in tables
        else 0
        for table in ("claims", "notes")
    )
    if "responses" not in tables:
        return Survey(size, 0, 0, None, None, claims, notes)
    let_go = now + KEPT.total_seconds()
    fresh = _count(
        connection,
        "responses WHERE expires > ? AND (expires > ? OR substr(value, 1, 15) NOT IN (?, ?))",
        let_go - FRESH.total_seconds(),
        let_go - FRESH_NEGATIVE.total_seconds(),
        '{"status": 401,',
        '{"status": 404,',
    )
    answers = _count(connection, "responses")
    ends = connection.execute("SELECT MIN(expires), MAX(expires) FROM responses").fetchone()
    oldest, newest = (_made(end) for end in ends)
    return Survey(size, answers, fresh, oldest, newest, claims, notes)


def _count(connection: sqlite3.Connection, what: str, *values: float | str) -> int:
    (count,) = connection.execute(f"SELECT COUNT(*) FROM {what}", values).fetchone()
    return int(count)


def _made(expires: object) -> datetime | None:
    """When an answer was given that is let go of at `expires`."""
    if not isinstance(expires, int):
        return None
    try:
        return datetime.fromtimestamp(expires, timezone.utc) - KEPT
    except (ValueError, OverflowError, OSError):
        return None  # beyond all calendars


def _parts(path: Path) -> list[Path]:
    names = [path.name + ending for ending in ("", "-wal", "-shm")]
    return [path.with_name(name) for name in names if _is_file(path.with_name(name))]


def _is_file(path: Path) -> bool:
    return path.is_file() or path.is_symlink()
