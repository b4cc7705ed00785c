"""Answers in a SQLite file, and beside them what the processes that share it tell each other."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.kept import Ends, KeepingError, Kept, Note, dumps, loads, note_at
from flake8_hfmodels.hub.sqlite_file import (
    PATIENCE,
    BrokenError,
    ForeignError,
    NewerError,
    Opened,
    in_words,
    is_broken,
    open_file,
    set_aside,
)

TIDY = 50
"""How many writes there are from one look for what is to be let go of to the next."""

MOST = 100 * 2**20
"""The bytes that answers may take; the oldest are let go of above that."""


class FileShelf:
    """A cache file that is open. Every method raises `KeepingError` for trouble with it.

    Answers are in the table that `requests_cache` would make, which can read it too; it is not
    imported for that, as it takes with it every driver of a database that is installed.
    """

    def __init__(self, path: Path, opened: Opened, most: int, is_given: bool = False) -> None:
        self._path = path
        self._file = opened.identity
        self._connection = opened.connection
        self._most = most
        self._is_given = is_given
        self._writes = 0
        self._name = ""
        self._patience = PATIENCE

    def read(self, key: str) -> Kept | None:
        """The answer that is kept, or `None`, also for one that cannot be read."""
        row = self._row("SELECT CAST(value AS BLOB) FROM responses WHERE key = ?", key)
        try:
            return None if row is None else loads(row[0])
        except ValueError:
            return None

    def write(self, answers: Mapping[str, Answer], moment: datetime) -> None:
        """Keep answers, let go of old ones, and end our claims on the keys: all or nothing."""
        rows: list[tuple[str, str, int]] = []
        for key, answer in answers.items():
            kept = Kept(answer, moment)
            with contextlib.suppress(RecursionError):  # too deep to be written
                rows.append((key, dumps(kept), kept.expires_unix))
        with self._trouble():
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "INSERT OR REPLACE INTO responses (key, value, expires) VALUES (?, ?, ?)", rows
            )
            self._release(self._connection, answers)
            if not self._writes % TIDY:
                let_go = "DELETE FROM responses WHERE expires <= ?"
                self._connection.execute(let_go, (round(moment.timestamp()),))
                _prune(self._connection, self._most)
            self._writes += 1
            self._connection.execute("COMMIT")

    def claim(self, key: str, seconds: float) -> bool:
        """Whether we may ask for a key: nobody else does, or did and took too long."""
        row = self._row("SELECT owner, made, until FROM claims WHERE key = ?", key)
        is_held = row is not None and row[0] != self._owner and note_at("", *row[1:]) is not None
        if row is not None and is_held and not _is_over(row[0]):
            return False  # without waiting for whoever writes
        with self._trouble():
            self._connection.execute("BEGIN IMMEDIATE")
            if row is not None and is_held:
                drop = "DELETE FROM claims WHERE key = ? AND owner = ?"
                self._connection.execute(drop, (key, row[0]))
            now = time.time()  # not before: what another process did until now is the past
            claimed = self._connection.execute(
                "INSERT INTO claims (key, owner, made, until) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (key) DO UPDATE"
                " SET owner = excluded.owner, made = excluded.made, until = excluded.until"
                " WHERE owner = excluded.owner OR until <= excluded.made OR made > excluded.made"
                " OR typeof(made) || typeof(until) <> 'realreal'",
                (key, self._owner, now, now + seconds),
            )
            self._connection.execute("COMMIT")
            return claimed.rowcount > 0

    def release(self, keys: Iterable[str]) -> None:
        """Take our claims back."""
        with self._trouble():
            self._connection.execute("BEGIN IMMEDIATE")
            self._release(self._connection, keys)
            self._connection.execute("COMMIT")

    def note(self, key: str, text: str, seconds: float) -> None:
        """Leave a note for the others."""
        now = time.time()
        with self._trouble():
            self._connection.execute(
                "INSERT OR REPLACE INTO notes (key, text, made, until) VALUES (?, ?, ?, ?)",
                (key, text, now, now + seconds),
            )

    def noted(self, key: str) -> Note | None:
        """The note, if there is one that has not run out."""
        row = self._row("SELECT text, made, until FROM notes WHERE key = ?", key)
        return None if row is None else note_at(*row)

    def forget(self, key: str) -> None:
        """Take a note back."""
        with self._trouble():
            self._connection.execute("DELETE FROM notes WHERE key = ?", (key,))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @property
    def _owner(self) -> str:
        """What our claims are known by; a run that asks nothing has none."""
        if not self._name:
            import secrets

            self._name = f"{os.getpid()}-{secrets.token_hex(8)}@{_machine()}"
        return self._name

    def _row(self, query: str, key: str) -> tuple[object, ...] | None:
        with self._trouble():
            row: tuple[object, ...] | None = self._connection.execute(query, (key,)).fetchone()
            return row

    def _release(self, connection: sqlite3.Connection, keys: Iterable[str]) -> None:
        for key in keys:
            connection.execute("DELETE FROM claims WHERE key = ? AND owner = ?", (key, self._owner))
        now = time.time()
        connection.execute("DELETE FROM claims WHERE until <= ? OR made > ?", (now, now))

    @contextlib.contextmanager
    def _trouble(self) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                self._connection.rollback()  # where nothing was begun, that is no error
            raise self._judged(error, time.monotonic() - started) from error

    def _judged(self, error: sqlite3.Error, waited: float) -> KeepingError:
        why = str(error)
        if "locked" in why:
            self._patience -= waited
            return KeepingError(why, Ends.NOTHING if self._patience > 0 else Ends.WRITING)
        if is_broken(error) and not self._is_given:
            return KeepingError(why, Ends.ALL, _given_up(self._path, self._file, why))
        warning = f"answers are no longer kept: {self._path}: {why}"
        return KeepingError(why, Ends.ALL if is_broken(error) else Ends.WRITING, warning)


def open_shelf(
    path: Path, most: int = MOST, is_given: bool = False
) -> tuple[FileShelf | None, str]:
    """A file, and a line for people where something is wrong with it.

    A broken file is set aside where it is in a folder for the cache, and left alone where somebody
    gave us its very name (`is_given`), as is what is not ours. A file that somebody else is writing
    is not broken.
    """
    warning = ""
    try:
        try:
            opened = open_file(path)
        except BrokenError as error:
            if is_given:
                raise ForeignError from error
            warning = _given_up(path, error.identity, str(error))
            opened = open_file(path)
    except NewerError:
        return None, f"{path} was written by a newer version of hfmodels; answers are not kept"
    except ForeignError:
        return None, f"answers are not kept: {path} is no cache of hfmodels"
    except (OSError, ValueError, sqlite3.Error, BrokenError) as error:
        return None, warning or f"answers are not kept: {path}: {in_words(error)}"
    return FileShelf(path, opened, most, is_given), warning


def _given_up(path: Path, broken: tuple[int, int], why: str) -> str:
    """Set a broken file aside, and say so, unless another process has done and said it."""
    try:
        aside = set_aside(path, broken)
    except (OSError, sqlite3.Error) as error:
        return f"the cache {path} cannot be read ({why}), nor replaced: {in_words(error)}"
    return f"the cache {path} cannot be read ({why}); set aside as {aside}" if aside else ""


def _is_over(owner: object) -> bool:
    """Whether whoever holds a claim was a process of this machine that has ended."""
    name, _, machine = str(owner).partition("@")
    number = name.partition("-")[0]
    if os.name != "posix" or machine != _machine() or not number.isdigit():
        return False
    try:
        with contextlib.suppress(PermissionError):  # it is somebody else's
            os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return True
    return False


def _machine() -> str:
    import platform

    return platform.node()


def _prune(connection: sqlite3.Connection, most: int) -> None:
    """Let go of the oldest answers, a tenth at a time; their pages are used again."""
    while _used(connection) > most:
        (answers,) = connection.execute("SELECT COUNT(*) FROM responses").fetchone()
        if not answers:
            return  # it is something else that takes the room
        connection.execute(
            "DELETE FROM responses WHERE key IN"
            " (SELECT key FROM responses ORDER BY expires LIMIT ?)",
            (max(1, answers // 10),),
        )


def _used(connection: sqlite3.Connection) -> int:
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)
