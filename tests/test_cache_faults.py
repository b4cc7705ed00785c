"""A cache file that is broken, foreign, locked, full, swapped, or left by a process that died."""

from __future__ import annotations

import contextlib
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from flake8_hfmodels.hub import sqlite_file
from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.schema import MARK
from flake8_hfmodels.hub.sqlite_file import set_aside
from flake8_hfmodels.hub.store import Kept, Store, open_store

NOW = datetime.now(timezone.utc).replace(microsecond=0)
YES = Answer(200, {"_id": "1", "id": "o/m"})
ASIDE = f"hub.broken-{os.getpid()}"

Opened = Callable[[Path | str], Store]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """A way to open stores; all are closed at the end."""
    with contextlib.ExitStack() as stack:
        yield lambda where: stack.enter_context(contextlib.closing(open_store(where)))


@contextlib.contextmanager
def connected(folder: Path) -> Iterator[sqlite3.Connection]:
    path = folder / "hub.sqlite"
    with contextlib.closing(
        sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    ) as connection:
        yield connection


def sql(folder: Path, *statements: str) -> None:
    with connected(folder) as connection:
        for statement in statements:
            connection.execute(statement)


def works(store: Store) -> bool:
    store.write({"new": YES}, NOW)
    return store.read("new") == Kept(YES, NOW) and store.claim("new", 5)


def does_nothing(store: Store) -> bool:
    """Whether a store is in nobody's way."""
    store.write({"a": YES}, NOW)
    store.note("n", "text", 60)
    store.release(["a"])
    store.forget("n")
    return store.read("a") is None and store.claim("a", 60) and store.noted("n") is None


# Broken files

COLUMNS = "key TEXT PRIMARY KEY, value BLOB, expires INTEGER"
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i AS key, i AS value, i AS expires FROM n"
)
FOREIGN = {
    "endless view": (f"CREATE VIEW responses AS {ENDLESS}",),
    "other view": (f"CREATE TABLE responses ({COLUMNS})", f"CREATE VIEW v AS {ENDLESS}"),
    "trigger": (
        f"CREATE TABLE responses ({COLUMNS})",
        f"CREATE TRIGGER t AFTER INSERT ON responses BEGIN {ENDLESS}; END",
    ),
    "virtual table": ("CREATE VIRTUAL TABLE responses USING fts5(key, value, expires)",),
    "other columns": ("CREATE TABLE responses (key INTEGER, other TEXT)",),
    "columns of long ago": ("CREATE TABLE responses (key PRIMARY KEY, value BLOB)",),
    "no index": ("CREATE TABLE Responses (key TEXT, value BLOB, expires INTEGER)",),
    "claims": (f"CREATE TABLE responses ({COLUMNS})", "CREATE TABLE claims (key TEXT)"),
    "notes": ("CREATE TABLE notes (key TEXT)",),
}


INDEX = "CREATE INDEX expires_idx ON responses(expires)"
FOREIGN |= {
    "its own tables": ("CREATE TABLE photos (x)",),
    "tables that are gone": ("CREATE TABLE photos (x)", "DROP TABLE photos"),
    "a version": ("PRAGMA user_version=1",),
    "the mark of another": ("PRAGMA application_id=1",),
    "a table beside ours": (f"CREATE TABLE responses ({COLUMNS})", "CREATE TABLE redirects (key)"),
    "check": (f"CREATE TABLE responses ({COLUMNS} CHECK (length(value) < 9))",),
    "generated column": (f"CREATE TABLE responses ({COLUMNS}, more AS (hex(value)))",),
    "index of expressions": (
        f"CREATE TABLE responses ({COLUMNS})",
        "CREATE INDEX expires_idx ON responses(hex(value))",
    ),
    "another index": (
        f"CREATE TABLE responses ({COLUMNS})",
        INDEX,
        "CREATE INDEX other ON responses(hex(value))",
    ),
}


@pytest.mark.parametrize("where", ["{}", "sqlite://{}/hub.sqlite"], ids=["folder", "url"])
@pytest.mark.parametrize("statements", FOREIGN.values(), ids=FOREIGN)
def test_a_file_of_somebody_else(
    opened: Opened, tmp_path: Path, statements: tuple[str, ...], where: str
) -> None:
    sql(tmp_path, *statements)
    path = tmp_path / "hub.sqlite"
    path.chmod(0o664)
    before = path.read_bytes()
    started = time.monotonic()
    store = opened(where.format(tmp_path))
    took = time.monotonic() - started
    line = f"answers are not kept: {path} is no cache of hfmodels"
    assert (store.warnings, does_nothing(store), took < 1) == ((line,), True, True)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (before, 0o664)
    assert [one.name for one in tmp_path.iterdir()] == ["hub.sqlite"]


MARKED = {
    name: statements
    for name, statements in FOREIGN.items()
    if name in {"endless view", "other view", "trigger", "check", "another index", "notes"}
}


@pytest.mark.parametrize("statements", MARKED.values(), ids=MARKED)
def test_a_file_with_our_mark_and_other_tables(
    opened: Opened, tmp_path: Path, statements: tuple[str, ...]
) -> None:
    sql(tmp_path, *statements, f"PRAGMA application_id={MARK}")
    store = opened(tmp_path)
    line = f"answers are not kept: {tmp_path}/hub.sqlite is no cache of hfmodels"
    assert (store.warnings, does_nothing(store)) == ((line,), True)


def test_a_table_that_is_bytes(opened: Opened, tmp_path: Path) -> None:
    open_store(tmp_path).close()
    as_bytes = "UPDATE sqlite_master SET sql = CAST(sql AS BLOB) WHERE name = 'notes'"
    sql(tmp_path, "PRAGMA writable_schema=ON", as_bytes)
    store = opened(tmp_path)
    line = f"answers are not kept: {tmp_path}/hub.sqlite is no cache of hfmodels"
    assert (store.warnings, does_nothing(store)) == ((line,), True)


@pytest.mark.parametrize("is_ours", [True, False])
def test_tables_that_this_sqlite_cannot_read(opened: Opened, tmp_path: Path, is_ours: bool) -> None:
    mark = MARK if is_ours else 0
    later = "UPDATE sqlite_master SET sql = 'CREATE TABLE photos (x) OF LATER'"
    sql(
        tmp_path,
        f"PRAGMA application_id={mark}",
        "CREATE TABLE photos (x)",
        "PRAGMA writable_schema=ON",
        later,
    )
    store = opened(tmp_path)
    assert ("set aside" in store.warnings[0], "is no cache" in store.warnings[0]) == (
        is_ours,
        not is_ours,
    )
    assert (tmp_path / ASIDE).exists() == is_ours


def test_other_tables_do_not_matter(opened: Opened, tmp_path: Path) -> None:
    opened(tmp_path)
    sql(tmp_path, "CREATE TABLE redirects (key TEXT PRIMARY KEY)", "ANALYZE")
    store = opened(tmp_path)
    assert (store.warnings, works(store)) == ((), True)


def test_a_database_that_another_program_has_open(opened: Opened, tmp_path: Path) -> None:
    with connected(tmp_path) as program:
        for statement in ("PRAGMA journal_mode=WAL", "CREATE TABLE notes (id INTEGER, text TEXT)"):
            program.execute(statement)
        program.execute("INSERT INTO notes VALUES (1, 'precious')")
        before = {one.name: one.stat().st_size for one in tmp_path.iterdir()}
        for where in (tmp_path, f"sqlite://{tmp_path}/hub.sqlite"):
            assert opened(where).warnings[0].endswith("hub.sqlite is no cache of hfmodels")
        assert {one.name: one.stat().st_size for one in tmp_path.iterdir()} == before
        program.execute("INSERT INTO notes VALUES (2, 'more')")
    with connected(tmp_path) as program:
        assert program.execute("SELECT COUNT(*) FROM notes").fetchone() == (2,)


@pytest.mark.parametrize("name", ["authorized_keys", "diary.txt"])
def test_an_address_of_any_file(opened: Opened, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BYTES["text"])
    path.chmod(0o644)
    store = opened(f"sqlite://{path}")
    line = f"answers are not kept: {path} is no cache of hfmodels"
    assert (store.warnings, does_nothing(store)) == ((line,), True)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (BYTES["text"], 0o644)
    assert list(tmp_path.iterdir()) == [path]


def test_a_table_of_millions(opened: Opened, tmp_path: Path) -> None:
    sql(
        tmp_path,
        f"CREATE TABLE responses ({COLUMNS})",
        INDEX,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000) "
        "INSERT INTO responses SELECT i, i, 4102444800 FROM n",
    )
    started = time.monotonic()
    store = opened(tmp_path)
    assert (store.read("1"), store.warnings) == (None, ())
    assert time.monotonic() - started < 1


BYTES = {
    "text": b"this is no database, and it is long enough to be looked at " * 30,
    "cut off": b"SQLite format 3\0" + b"\x10\0\1\1\0\x40\x20\x20" + b"\xff" * 600,
}


@pytest.mark.parametrize("content", BYTES.values(), ids=BYTES)
def test_a_file_that_is_no_database(opened: Opened, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "hub.sqlite").write_bytes(content)
    for ending in ("-wal", "-shm", "-journal"):
        (tmp_path / f"hub.sqlite{ending}").write_bytes(b"old")
    store = opened(tmp_path)
    (warning,) = store.warnings
    assert warning.startswith(f"the cache {tmp_path}/hub.sqlite cannot be read (")
    assert warning.endswith(f"; set aside as {ASIDE}")
    assert (works(store), opened(tmp_path).warnings) == (True, ())
    assert (tmp_path / ASIDE).read_bytes() == content


def test_journals_are_set_aside_too(tmp_path: Path) -> None:
    endings = ("", "-wal", "-shm", "-journal")
    for ending in endings:
        (tmp_path / f"hub.sqlite{ending}").write_text(ending)
    path = tmp_path / "hub.sqlite"
    assert set_aside(path, sqlite_file.identity(path)) == ASIDE
    assert [(tmp_path / f"{ASIDE}{ending}").read_text() for ending in endings] == [*endings]
    assert list(tmp_path.glob("hub.sqlite-*")) == []


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
@pytest.mark.parametrize("content", [BYTES["text"], b""], ids=["text", "empty"])
def test_an_address_of_a_file_with_a_neighbour(
    opened: Opened, tmp_path: Path, content: bytes, ending: str
) -> None:
    (tmp_path / "diary").write_bytes(content)
    (tmp_path / f"diary{ending}").write_text("mine")
    line = f"answers are not kept: {tmp_path}/diary is no cache of hfmodels"
    assert opened(f"sqlite://{tmp_path}/diary").warnings == (line,)
    assert (tmp_path / f"diary{ending}").read_text() == "mine"


def test_a_file_by_address_that_is_open_twice(opened: Opened, tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/answers.db"
    stores = [opened(url), opened(url), opened(url)]
    assert [works(store) for store in stores] == [True, False, False]
    assert [store.read("new") for store in stores] == [Kept(YES, NOW)] * 3


def test_a_lock_that_is_a_pipe(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "hub.sqlite").write_bytes(BYTES["text"])
    os.mkfifo(tmp_path / "hub.sqlite.hfmodels-lock")
    store = opened(tmp_path)
    assert store.warnings[0].endswith(", nor replaced: it is no file")
    assert (len(store.warnings), does_nothing(store)) == (1, True)


def test_a_broken_file_that_stays(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "hub.sqlite").write_bytes(BYTES["text"])
    (tmp_path / ASIDE).mkdir()
    store = opened(tmp_path)
    assert store.warnings[0].endswith(", nor replaced: Is a directory")
    assert (len(store.warnings), does_nothing(store)) == (1, True)


def test_a_file_that_breaks_later(opened: Opened, tmp_path: Path) -> None:
    first = open_store(tmp_path)
    first.write({str(number): Answer(200, "x" * 500) for number in range(200)}, NOW)
    first.close()
    path = tmp_path / "hub.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[: 5 * 4096] + b"\xee" * (len(content) - 5 * 4096))
    store, other = opened(tmp_path), opened(tmp_path)
    assert [one.read("7") for one in (store, store, other)] == [None, None, None]
    assert store.warnings == (
        f"the cache {path} cannot be read (database disk image is malformed); set aside as {ASIDE}",
    )
    assert other.warnings == ()  # said already
    assert (does_nothing(store), works(opened(tmp_path))) == (True, True)


def test_a_file_by_address_that_breaks_later(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "answers.db"
    first = open_store(f"sqlite://{path}")
    first.write({str(number): Answer(200, "x" * 500) for number in range(200)}, NOW)
    first.close()
    content = path.read_bytes()
    path.write_bytes(content[: 5 * 4096] + b"\xee" * (len(content) - 5 * 4096))
    store = opened(f"sqlite://{path}")
    assert store.read("7") is None
    why = "database disk image is malformed"
    assert store.warnings == (f"answers are no longer kept: {path}: {why}",)
    assert does_nothing(store)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_another_process_has_replaced(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "hub.sqlite"
    path.write_bytes(BYTES["text"])
    broken = sqlite_file.identity(path)
    assert works(opened(tmp_path))
    assert set_aside(path, broken) == ""
    assert opened(tmp_path).read("new") == Kept(YES, NOW)


def test_a_file_that_is_swapped_while_it_is_opened(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path)
    path, connect = tmp_path / "hub.sqlite", sqlite_file.connected
    swaps = iter([True])

    def swapping(target: Path) -> sqlite3.Connection:
        connection = connect(target)
        if next(swaps, False):
            path.rename(tmp_path / "old")
            path.touch()
        return connection

    monkeypatch.setattr(sqlite_file, "connected", swapping)
    store = opened(tmp_path)
    assert works(store)
    with connected(tmp_path) as connection:
        assert connection.execute("SELECT key FROM responses").fetchall() == [("new",)]


MEET = """
import os, sys, time
from datetime import datetime, timezone
from flake8_hfmodels.hub import sqlite_file
from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.store import open_store

sqlite_file.BUSY = sqlite_file.PATIENCE = 30.0  # or who waits too long keeps nothing
start = time.time() + 0.1
for number in range(6):
    if not os.fork():
        time.sleep(max(0, start - time.time()))
        store = open_store(sys.argv[1])
        store.write({str(number): Answer(200, {})}, datetime.now(timezone.utc))
        store.close()
        os.write(1, "".join(f"{line}\\n" for line in store.warnings).encode())
        os._exit(0)
for number in range(6):
    os.wait()
"""


@pytest.mark.parametrize("attempt", range(3))
def test_many_processes_meet_one_broken_file(opened: Opened, tmp_path: Path, attempt: int) -> None:
    (tmp_path / "hub.sqlite").write_bytes([*BYTES.values(), b"text"][attempt])
    ran = python(MEET, tmp_path)
    store = opened(tmp_path)
    kept = [store.read(str(number)) is not None for number in range(6)]
    assert (ran.count("\n"), kept, store.warnings) == (1, [True] * 6, ())
    assert len(list(tmp_path.glob("hub.broken-*"))) == 1


def python(program: str, *arguments: object) -> str:
    """What a program prints that runs alone; it must not complain."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_PROCESS")}
    command = [sys.executable, "-W", "error", "-c", program, *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=plain)
    assert (ran.stderr, ran.returncode) == ("", 0)
    return ran.stdout


# Files that are not for us


def test_a_file_of_another_user(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_store(tmp_path)
    works(first)
    first.close()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    store = opened(tmp_path)
    assert store.warnings == (
        f"answers are not kept: {tmp_path}/hub.sqlite: it belongs to another user",
    )
    assert (store.read("new"), does_nothing(store)) == (None, True)


STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "link": (lambda path: path.symlink_to(path.with_name("notes")), "it is a link"),
    "folder": (lambda path: path.mkdir(), "Is a directory"),
    "pipe": (lambda path: os.mkfifo(path), "it is no file"),
}


@pytest.mark.parametrize(("make", "why"), STRANGE.values(), ids=STRANGE)
def test_what_is_no_file(
    opened: Opened, tmp_path: Path, make: Callable[[Path], object], why: str
) -> None:
    (tmp_path / "notes").write_text("mine")
    make(tmp_path / "hub.sqlite")
    store = opened(tmp_path)
    assert store.warnings == (f"answers are not kept: {tmp_path}/hub.sqlite: {why}",)
    assert (does_nothing(store), (tmp_path / "notes").read_text()) == (True, "mine")


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize(("make", "why"), STRANGE.values(), ids=STRANGE)
def test_what_is_no_file_beside_it(
    opened: Opened,
    tmp_path: Path,
    make: Callable[[Path], object],
    why: str,
    ending: str,
    is_there: bool,
) -> None:
    if is_there:
        open_store(tmp_path).close()
    make(tmp_path / f"hub.sqlite{ending}")
    store = opened(tmp_path)
    line = f"answers are not kept: {tmp_path}/hub.sqlite: hub.sqlite{ending}: {why}"
    assert (store.warnings, does_nothing(store)) == ((line,), True)


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files away")
def test_a_journal_of_another_user(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "hub.sqlite-journal").touch()
    os.chown(tmp_path / "hub.sqlite-journal", 65534, 65534)
    path = tmp_path / "hub.sqlite"
    why = "hub.sqlite-journal: it belongs to another user"
    assert opened(tmp_path).warnings == (f"answers are not kept: {path}: {why}",)


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives folders away")
@pytest.mark.parametrize(
    ("mode", "warnings"),
    [
        pytest.param(0o755, 0, id="private"),
        pytest.param(0o775, 1, id="group"),
        pytest.param(0o1777, 1, id="others"),
    ],
)
def test_a_folder_of_another_user(opened: Opened, tmp_path: Path, mode: int, warnings: int) -> None:
    tmp_path.chmod(mode)
    os.chown(tmp_path, 65534, 65534)
    why = "its folder belongs to another user, and others may write there"
    said = (f"answers are not kept: {tmp_path}/hub.sqlite: {why}",) * warnings
    assert opened(tmp_path).warnings == said


@pytest.mark.parametrize(
    ("where", "why"),
    [
        pytest.param("/dev/null/home", "Not a directory", id="no-home"),
        pytest.param("/dev/null", "File exists", id="no-folder"),
        pytest.param("a\0b", "embedded null", id="no-name"),
    ],
)
def test_no_place_for_it(opened: Opened, where: str, why: str) -> None:
    store = opened(where)
    (warning,) = store.warnings
    assert warning.startswith(f"answers are not kept: {where}/hub.sqlite: ")
    assert why in warning
    assert does_nothing(store)


@pytest.fixture
def humble(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of ours, without the rights of root."""
    root = os.getuid() == 0
    with tempfile.TemporaryDirectory() as folder:
        if root:
            os.chown(folder, 65534, 65534)
            os.seteuid(65534)
        try:
            yield Path(folder)
        finally:
            if root:
                os.seteuid(0)


@pytest.mark.parametrize(
    ("folder_mode", "file_mode"),
    [pytest.param(0o700, 0o444, id="file"), pytest.param(0o555, 0o600, id="folder")],
)
def test_nothing_may_be_written(
    opened: Opened, humble: Path, folder_mode: int, file_mode: int
) -> None:
    folder = humble / "cache"
    first = open_store(folder)
    works(first)
    first.close()
    (folder / "hub.sqlite").chmod(file_mode)
    folder.chmod(folder_mode)
    store = opened(folder)
    assert store.warnings == (f"answers are not kept: {folder}/hub.sqlite: Permission denied",)
    assert does_nothing(store)
    folder.chmod(0o700)


def test_a_home_that_is_not_ours(opened: Opened, humble: Path) -> None:
    humble.chmod(0o555)
    store = opened(humble / "cache")
    assert store.warnings == (
        f"answers are not kept: {humble}/cache/hub.sqlite: Permission denied",
    )
    humble.chmod(0o700)


# Files that somebody writes


def test_a_file_that_somebody_keeps_locked(opened: Opened, tmp_path: Path) -> None:
    store = opened(tmp_path)
    works(store)
    with connected(tmp_path) as writer:
        writer.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        for number in range(20):
            assert store.claim(str(number), 60)
            store.write({str(number): YES}, NOW)
        took = time.monotonic() - started
    assert (took < 2, store.warnings) == (True, ())
    assert store.read("new") == Kept(YES, NOW)


def test_a_file_that_somebody_locked_for_a_moment(opened: Opened, tmp_path: Path) -> None:
    store = opened(tmp_path)
    works(store)
    with connected(tmp_path) as writer:
        writer.execute("BEGIN IMMEDIATE")
        store.write({"lost": YES}, NOW)
        store.release(["lost"])
    store.write({"kept": YES}, NOW)
    assert [store.read(key) for key in ("lost", "kept")] == [None, Kept(YES, NOW)]


def test_a_file_is_opened_while_somebody_writes(opened: Opened, tmp_path: Path) -> None:
    assert works(opened(tmp_path))
    with connected(tmp_path) as writer:
        writer.execute("BEGIN IMMEDIATE")
        store = opened(tmp_path)
        store.write({"lost": YES}, NOW)  # the table is not open yet
        assert (store.read("new"), store.warnings) == (Kept(YES, NOW), ())
    store.write({"kept": YES}, NOW)
    assert [store.read(key) for key in ("lost", "kept")] == [None, Kept(YES, NOW)]


@pytest.mark.parametrize(
    ("seconds", "warnings"),
    [
        pytest.param(0.3, 0, id="a-moment"),
        pytest.param(9.0, 1, id="too-long"),
    ],
)
def test_a_file_that_somebody_is_making(
    opened: Opened, tmp_path: Path, seconds: float, warnings: int
) -> None:
    mark = f"PRAGMA application_id={MARK}"
    sql(tmp_path, mark, "CREATE TABLE other (key TEXT)")
    with connected(tmp_path) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM other").fetchall()
        timer = threading.Timer(seconds, reader.rollback)
        timer.start()
        started = time.monotonic()
        store = opened(tmp_path)
        took = time.monotonic() - started
        timer.cancel()
    said = (f"answers are not kept: {tmp_path}/hub.sqlite: database is locked",) * warnings
    assert (store.warnings, took < 2.5) == (said, True)


# Disks that are full

FULL = """
import resource, sys
from datetime import datetime, timezone
from pathlib import Path
from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.store import open_store

folder, limit = sys.argv[1], int(sys.argv[2])
now = datetime.now(timezone.utc)
if limit < 0:
    first = open_store(folder)
    first.write({"first": Answer(200, {})}, now)
    first.close()
resource.setrlimit(resource.RLIMIT_FSIZE, (abs(limit), abs(limit)))
store = open_store(folder)
for number in range(50):
    store.claim(str(number), 60)
    store.write({str(number): Answer(200, "x" * 10_000)}, now)
print(store.read("first") is not None, store.claim("other", 60), *store.warnings, sep="\\n")
store.close()
"""


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        pytest.param(-200_000, "True\nTrue\nanswers are no longer kept: {}: ", id="later"),
        pytest.param(5_000, "False\nTrue\nanswers are not kept: {}: ", id="at-once"),
    ],
)
def test_a_disk_that_is_full(opened: Opened, tmp_path: Path, limit: int, told: str) -> None:
    said = python(FULL, tmp_path, limit)
    assert said.startswith(told.format(tmp_path / "hub.sqlite"))
    assert said.count("\n") == 3
    store = opened(tmp_path)
    assert (store.warnings, works(store)) == ((), True)


def test_a_disk_that_is_full_at_the_end(opened: Opened, tmp_path: Path) -> None:
    store = opened(tmp_path)
    works(store)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
    try:
        for number in range(20):
            store.write({str(number): Answer(200, "x" * 10_000)}, NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    (warning,) = store.warnings
    assert warning.startswith(f"answers are no longer kept: {tmp_path}/hub.sqlite: ")
    assert store.read("new") == Kept(YES, NOW)


def test_a_disk_that_refuses(opened: Opened, tmp_path: Path) -> None:
    store = opened(tmp_path)
    full = "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
    sql(tmp_path, f"CREATE TRIGGER full BEFORE INSERT ON responses {full}")
    store.write({"a": YES}, NOW)
    store.write({"b": YES}, NOW)
    warning = f"answers are no longer kept: {tmp_path}/hub.sqlite: database or disk is full"
    assert (store.warnings, store.read("a")) == ((warning,), None)


# Processes that die

DIE = """
import os, random, signal, sys, time
from datetime import datetime, timezone
from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.store import open_store

chance = random.Random(4)
for life in range(20):
    child = os.fork()
    if not child:
        store = open_store(sys.argv[1])
        os.write(1, b"!\\n" * len(store.warnings))
        for number in range(100_000):
            key = f"{life}-{number}"
            store.claim(key, 60)
            store.write({key: Answer(200, {"life": life, "text": "x" * 3000})},
                        datetime.now(timezone.utc))
            os.write(1, f"{key}\\n".encode())
    time.sleep(chance.uniform(0.02, 0.12))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("died", flush=True)
"""


def test_nothing_is_lost_where_processes_are_killed(opened: Opened, tmp_path: Path) -> None:
    lines = python(DIE, tmp_path).splitlines()
    written = {line for line in lines if "-" in line}
    assert (lines.count("died"), "!" in lines, len(written) > 20) == (20, False, True)
    store = opened(tmp_path)
    lost = {key for key in written if store.read(key) is None}
    assert (lost, store.warnings, works(store)) == (set(), (), True)
    with connected(tmp_path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_what_is_wrong_for_good_is_no_passing_trouble(opened: Opened, tmp_path: Path) -> None:
    """Where files were set aside before, a file that cannot be opened is looked at again."""
    (tmp_path / "hub.sqlite.hfmodels-lock").touch()
    (tmp_path / "hub.sqlite").mkdir()
    assert opened(tmp_path).warnings == (
        f"answers are not kept: {tmp_path}/hub.sqlite: Is a directory",
    )
