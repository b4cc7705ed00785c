"""The cache file: what makes a SQLite file ours, how it is opened, set aside and cleared.

Its table of answers is the one that `requests_cache` makes, which can read the file; it is not
imported for it, as it takes longer to import than a hundred answers to read or to write.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sqlite3
import stat
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from functools import partial
from pathlib import Path

from flake8_hfmodels.exclusion import turn
from flake8_hfmodels.hub.kept import FRESH, FRESH_NEGATIVE, KEPT
from flake8_hfmodels.hub.schema import MARK, NAME, SCHEMA, SIDES, VERSION
from flake8_hfmodels.record import dataclass

BUSY = 0.25
PATIENCE = 1.0
"""Seconds to wait for another process that writes, and in all for it to make the file."""

_FIRST = {"responses", "expires_idx"}
"""All that there was in a file of version 0.1, which had no mark."""

_STARTS = {
    "-wal": (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"),
    "-journal": (b"\xd9\xd5\x05\xf9", bytes(4)),
}
"""How journals begin: https://www.sqlite.org/fileformat2.html, and zeros for one that is over."""

_LOCK = ".hfmodels-lock"


class NewerError(Exception):
    """The file is of a version that is not known yet."""


class ForeignError(Exception):
    """The file is a database, and none of ours."""


class BrokenError(Exception):
    """A file is no database, or a damaged one; and which file that is."""

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
        if not _lock_of(path).exists():
            raise
    # Another process may have been setting it aside under our hands.
    with contextlib.closing(_lock(path)):
        return _opened(path)


def _opened(path: Path) -> Opened:
    _make(path)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            # To be in the middle of it while the file is set aside would join what it was to the
            # journals of the new one: SQLite finds them by the name.
            with turn(path.parent, PATIENCE, is_shared=True):
                file = identity(path)
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
    """Whether a file is no database, or a damaged one."""
    return type(error) is sqlite3.DatabaseError


def identity(path: Path) -> tuple[int, int]:
    """Tells a file from another of the same name."""
    state = path.lstat()
    return state.st_dev, state.st_ino


def set_aside(path: Path, broken: tuple[int, int]) -> str:
    """Rename a broken file, and say how; empty where another process has done so already.

    Raises `OSError` or `sqlite3.Error` where that is not possible.
    """
    aside = path.with_name(f"{path.stem}.broken-{os.getpid()}")
    with contextlib.closing(_lock(path)):
        try:
            is_same = identity(path) == broken
        except FileNotFoundError:
            is_same = False
        if not is_same:
            return ""
        with turn(path.parent, PATIENCE):
            # Its journals go with it, first: they would be played into the new file.
            for side in _sides(path):
                with contextlib.suppress(FileNotFoundError):  # SQLite removes them
                    side.replace(aside.with_name(aside.name + side.name[len(path.name) :]))
            path.replace(aside)
    return aside.name


def in_words(error: Exception) -> str:
    """What went wrong, without the path that Python adds."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def check(connection: sqlite3.Connection) -> set[str]:
    """Which of our tables and indexes are there; nothing is changed.

    Raises `NewerError`, and `ForeignError` for what is not ours, or could hang or surprise us.
    """
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    connection.execute("BEGIN")  # all that is read is of one moment
    try:
        return _checked(connection)
    finally:
        connection.rollback()


def _checked(connection: sqlite3.Connection) -> set[str]:
    mark, version, changes = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version", "schema_version")
    )
    if mark == MARK and version > VERSION:
        raise NewerError
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    try:
        rows = [(str(name), str(text)) for name, text in connection.execute(query)]
    except sqlite3.DatabaseError as error:
        if mark != MARK and "malformed database schema" in str(error):
            raise ForeignError from error  # or of a later SQLite
        raise
    names = {name for name, _ in rows}
    is_plain = not mark and not version and names <= _FIRST
    is_first = is_plain and bool(names) == bool(changes)  # or nothing was ever in it
    is_ours = all(_is_harmless(name, text) for name, text in rows)
    if not is_ours or not (mark == MARK or is_first):
        raise ForeignError
    return names & {*SCHEMA}


def _is_harmless(name: str, text: str) -> bool:
    """Whether a part of a database is as we make it, or a table beside ours.

    Only the text is heeded, as SQLite does: whoever writes it may put any name and type beside.
    """
    words = _words(text)
    if name.casefold() in SCHEMA:
        return words == _words(SCHEMA[name.casefold()])
    return [word.casefold() for word in words[:2]] == ["create", "table"]


def _words(text: str) -> list[str]:
    """A statement as one compares it: requests_cache writes the same with other blanks."""
    return re.findall(r"[^\s(),]+|[(),]", text)


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

    Raises `ForeignError`, `NewerError`, `OSError` or `sqlite3.Error`.
    """
    if not os.path.lexists(path):
        return None
    with _looked_into(path) as connection:
        size = sum(part.lstat().st_size for part in _parts(path))
        return _counted(connection, size, check(connection))


def clear(path: Path, is_own: bool = False) -> int | None:
    """Remove a cache file and what belongs to it; the bytes that are free now.

    `None` where there was nothing. In a folder that is our own the file is ours by its name;
    elsewhere it is looked into before. Raises `ForeignError`, `NewerError`, `OSError` or
    `sqlite3.Error` for a file that is left alone.
    """
    parts = _set_aside_of(path)
    if os.path.lexists(path):
        if not is_own:
            with _looked_into(path) as connection:
                check(connection)
        parts += _parts(path)
    freed = sum(one.lstat().st_size for one in parts)
    for part in parts:
        part.unlink(missing_ok=True)
    lock = _lock_of(path)
    if _is_plain(lock) and not lock.lstat().st_size:
        lock.unlink(missing_ok=True)
    return freed if parts else None


@contextlib.contextmanager
def _looked_into(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that changes nothing, and leaves nothing beside the file."""
    _refuse_strange(path)
    _refuse_strange_sides(path)
    # Where there is no journal nobody writes, and SQLite need not make one to wait for its turn.
    mode = "ro" if _sides(path) else "ro&immutable=1"
    connection = sqlite3.connect(_address(path, mode), timeout=BUSY, isolation_level=None, uri=True)
    with contextlib.closing(connection):
        yield connection


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_open_folder(path.parent.stat())
    _refuse_strange_sides(path)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        # Not to be opened here: a file that is closed loses all locks that SQLite has on it.
        _refuse_strange(path)
        for one in (path, path.parent):
            by_effect = os.access in os.supports_effective_ids
            if not os.access(one, os.R_OK | os.W_OK, effective_ids=by_effect):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from None


def _refuse_strange(path: Path) -> None:
    """Raise `OSError` for what is no file of the user's own, and says which where it is not it."""
    state = path.lstat()
    which = f"{path.name}: " if path.name.endswith(SIDES) else ""
    if stat.S_ISLNK(state.st_mode):
        raise OSError(errno.ELOOP, f"{which}it is a link")
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, which + os.strerror(errno.EISDIR))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, f"{which}it is no file")
    if not _belongs_to_us(state):
        raise PermissionError(errno.EPERM, f"{which}it belongs to another user")


def _refuse_strange_sides(path: Path) -> None:
    for side in _sides(path):
        with contextlib.suppress(FileNotFoundError):  # SQLite removes them
            _refuse_strange(side)
            if path.name != NAME and not _is_journal(side):
                raise ForeignError  # SQLite would remove it


def _is_journal(side: Path) -> bool:
    starts = next((_STARTS[ending] for ending in _STARTS if side.name.endswith(ending)), ())
    if not starts:
        return True  # nor to be opened here: SQLite has its locks on it
    with side.open("rb") as file:
        return file.read(4) in (b"", *starts)


def _refuse_open_folder(state: os.stat_result) -> None:
    if not _belongs_to_us(state) and stat.S_IMODE(state.st_mode) & 0o022:
        why = "its folder belongs to another user, and others may write there"
        raise PermissionError(errno.EPERM, why)


def _belongs_to_us(state: os.stat_result) -> bool:
    return state.st_uid == (os.geteuid() if hasattr(os, "geteuid") else state.st_uid)


def connected(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there, with our tables in it."""
    with contextlib.ExitStack() as stack:
        connection = sqlite3.connect(
            _address(path, "rw"),
            timeout=BUSY,
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )
        stack.callback(connection.close)
        present = check(connection)
        for part in _parts(path):
            _make_private(part)
        _prepare(connection, present)
        stack.pop_all()
    return connection


def _make_private(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):  # SQLite removes what it has beside the file
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode & 0o077:
            path.chmod(mode & 0o700)


def _prepare(connection: sqlite3.Connection, present: set[str]) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")
    if len(present) < len(SCHEMA):
        connection.execute("BEGIN IMMEDIATE")
        present = _checked(connection)  # somebody else may have been first
        for name in [name for name in SCHEMA if name not in present]:
            connection.execute(SCHEMA[name])
        connection.execute(f"PRAGMA application_id={MARK}")
        connection.execute(f"PRAGMA user_version={VERSION}")
        connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")


def _address(path: Path, mode: str) -> str:
    """A URI for SQLite that does not make the file: `rw`, or `ro`."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def _lock_of(path: Path) -> Path:
    return path.with_name(path.name + _LOCK)


def _lock(path: Path) -> sqlite3.Connection:
    """Be the only one to change what the name stands for; the system ends it with the process.

    A file that holds nothing and stays, as SQLite knows how to lock one on every system.
    """
    name = _lock_of(path)
    if os.path.lexists(name):
        _refuse_strange(name)
    with contextlib.ExitStack() as stack:
        lock = sqlite3.connect(name, timeout=PATIENCE, isolation_level=None)
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
    """The file and what is beside it, without folders."""
    return [one for one in (path, *_sides(path)) if _is_plain(one) or one.is_symlink()]


def _sides(path: Path) -> list[Path]:
    sides = [path.with_name(path.name + ending) for ending in SIDES]
    return [side for side in sides if os.path.lexists(side)]


def _set_aside_of(path: Path) -> list[Path]:
    """The files that `set_aside` has made."""
    if path.name != NAME or not path.parent.is_dir():
        return []
    pattern = re.compile(rf"{re.escape(path.stem)}\.broken-[0-9]+(?:{'|'.join(SIDES)})?")
    return [one for one in path.parent.iterdir() if pattern.fullmatch(one.name) and _is_plain(one)]


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
