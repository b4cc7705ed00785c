"""Earlier answers in a SQLite file of `requests_cache`: JSON, never pickles, and no token."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from requests_cache.backends.sqlite import SQLiteDict
from requests_cache.serializers import SerializerPipeline, Stage

from flake8_hfmodels.hub.answers import Answer

_LOG = logging.getLogger("flake8_hfmodels")
# It logs a row that it cannot read as an error, which Python would print.
logging.getLogger("requests_cache").addHandler(logging.NullHandler())

KEPT = timedelta(days=90)
"""How long an answer is kept at all; a stale one is better than none when the Hub is away."""

BUSY = 0.25
PATIENCE = 1.0
"""Seconds to wait for another process that writes, and in all for it to make the file."""


@dataclass(frozen=True)  # no slots: requests_cache tries to set an attribute
class Kept:
    """An answer and when it was given."""

    answer: Answer
    created_at: datetime

    @property
    def expires_unix(self) -> int:
        """When it is let go of; requests_cache writes it beside the row."""
        return round((self.created_at + KEPT).timestamp())


class Store:
    """Answers by key. Trouble with the file is never trouble for the caller.

    `warning` is a line for people where nothing can be kept. Safe to use from several threads.
    """

    def __init__(self, table: SQLiteDict | None, warning: str = "") -> None:
        self.warning = warning
        self._table = table
        self._lock = threading.Lock()

    def read(self, key: str) -> Kept | None:
        """The answer that is kept, or `None`, also for one that cannot be read."""
        with self._lock:
            if self._table is None:
                return None
            try:
                return self._table.get(key)
            except (sqlite3.Error, RecursionError, OverflowError) as error:
                _LOG.debug("kept answer not readable: %s", error)
                return None

    def write(self, answers: Mapping[str, Answer], moment: datetime) -> None:
        """Keep answers that were given at a moment, and let go of those kept too long."""
        with self._lock:
            if self._table is None or not answers:
                return
            try:
                with self._table.bulk_commit():
                    for key, answer in answers.items():
                        self._table[key] = Kept(answer, moment)
                    with self._table.connection(commit=True) as connection:
                        connection.execute(
                            "DELETE FROM responses WHERE expires <= ?", (round(moment.timestamp()),)
                        )
            except (sqlite3.Error, RecursionError) as error:
                _LOG.debug("answers not kept: %s", error)
                self._let_go()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        if self._table is not None:
            self._table.close()  # type: ignore[no-untyped-call] # it has no annotations
            self._table = None


def open_store(folder: Path) -> Store:
    """The file in a folder of ours; a store that keeps nothing where the disk does not let us.

    A file that is no database is set aside. One that somebody else is writing is not broken.
    """
    path = folder / "hub.sqlite"
    try:
        return Store(_open(path))
    except _NOT_NOW as error:
        return Store(None, f"answers are not kept: {path}: {_text(error)}")
    except sqlite3.DatabaseError as error:
        return _set_aside(path, error)


class _BlockedError(sqlite3.Error):
    """A transaction cannot begin."""


_NOT_NOW = (OSError, RuntimeError, sqlite3.OperationalError, _BlockedError)


class _Connection(sqlite3.Connection):
    """Lets requests_cache 1.3 give up: it tries to begin a transaction for ever otherwise."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        try:
            return super().execute(sql, parameters)
        except sqlite3.OperationalError as error:
            if sql == "BEGIN IMMEDIATE":
                raise _BlockedError(str(error)) from error
            raise


def _open(path: Path) -> SQLiteDict:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return _table(path)
        except (sqlite3.OperationalError, _BlockedError) as error:
            # SQLite does not always wait for its turn where two processes make the file at once.
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.02)


def _table(path: Path) -> SQLiteDict:
    table = SQLiteDict(
        path,
        table_name="responses",
        serializer=_SERIALIZER,
        wal=True,
        busy_timeout=round(BUSY * 1000),
        factory=_Connection,
        retries=0,  # requests_cache 1.2 tries each row thrice
    )
    table.count()  # a file that is no database is found out now
    return table


def _set_aside(path: Path, error: sqlite3.DatabaseError) -> Store:
    aside = path.with_suffix(f".broken-{os.getpid()}")
    warning = f"the cache {path} cannot be read ({error}); set aside as {aside.name}"
    try:
        # Its journal would be played into the new file.
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        path.replace(aside)
        return Store(_open(path), warning)
    except (*_NOT_NOW, sqlite3.DatabaseError) as again:
        return Store(
            None, f"the cache {path} cannot be read ({error}), nor replaced: {_text(again)}"
        )


def _text(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _dumps(kept: Kept) -> str:
    return json.dumps(
        {
            "status": kept.answer.status,
            "payload": kept.answer.payload,
            "code": kept.answer.code,
            "location": kept.answer.location,
            "created_at": kept.created_at.isoformat(),
        }
    )


def _loads(row: str) -> Kept:
    """Raises `ValueError` for what is no answer; requests_cache takes that for nothing."""
    match json.loads(row):
        case {
            "status": int(status),
            "payload": payload,
            "code": str(code),
            "location": str(location),
            "created_at": str(moment),
        }:
            created_at = datetime.fromisoformat(moment).astimezone(timezone.utc)
            return Kept(Answer(status, payload, code, location), created_at)
        case _:
            raise ValueError("no answer")


# Not "json" of requests_cache: it fails where its version and that of requests do not fit
# (1.2 with 2.34), and keeps what we do not read, such as headers.
_SERIALIZER = SerializerPipeline([Stage(dumps=_dumps, loads=_loads)], name="answer")
