"""Answers, claims and notes that are kept: in a file, in a folder, and on servers."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from platformdirs import user_cache_path
from requests_cache.backends.sqlite import SQLiteDict

from flake8_hfmodels.hub import backends, shelf
from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.glance import AT_ONCE, SETTLED, Glance, glance
from flake8_hfmodels.hub.kept import KEPT, Ends, KeepingError
from flake8_hfmodels.hub.schema import MARK
from flake8_hfmodels.hub.store import Kept, Note, Store, file_of, open_store, own_folder

PROJECT = Path(__file__).parent.parent
NOW = datetime.now(timezone.utc).replace(microsecond=0)
YES = Answer(200, {"_id": "1", "id": "o/m"})
FULL = Answer(404, None, "RepoNotFound", "/api/models/o/n", with_token=True)
DEEP: list[object] = []
for _ in range(50_000):
    DEEP = [DEEP]


@pytest.fixture
def opened() -> Iterator[Callable[[Path | str], Store]]:
    """A way to open stores; all are closed at the end."""
    with contextlib.ExitStack() as stack:
        yield lambda where: stack.enter_context(contextlib.closing(open_store(where)))


Opened = Callable[[Path | str], Store]


def sql(folder: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(folder / "hub.sqlite")) as connection:
        rows = connection.execute(statement, values).fetchall()
        connection.commit()
    return rows


@pytest.fixture
def settled(tmp_path: Path) -> Path:
    """A cache file with answers that nobody has written to for a while."""
    with contextlib.closing(open_store(tmp_path)) as store:
        store.write({"a": YES, "b": FULL}, NOW)
    return aged(tmp_path / "hub.sqlite")


def aged(path: Path) -> Path:
    earlier = time.time() - 2 * SETTLED
    os.utime(path, (earlier, earlier))
    return path


# Answers


def test_answers_are_read_as_they_were_written(opened: Opened, tmp_path: Path) -> None:
    opened(tmp_path).write({"a": YES, "b": FULL}, NOW)
    again = opened(tmp_path)
    assert [again.read(key) for key in "abc"] == [Kept(YES, NOW), Kept(FULL, NOW), None]


def test_answers_are_read_at_a_glance(settled: Path) -> None:
    with contextlib.closing(looked_at(settled)) as glance:
        glance.fetch(["a", "c"])
        read = [glance.read(key) for key in "abc"]
        assert (read, glance.is_true()) == ([Kept(YES, NOW), Kept(FULL, NOW), None], True)


def looked_at(path: Path) -> Glance:
    found = glance(str(path))
    assert found is not None
    return found


def test_many_answers_at_a_glance(opened: Opened, tmp_path: Path) -> None:
    keys = [f"key-{number}" for number in range(2 * AT_ONCE + 1)]
    store = opened(tmp_path)
    store.write(dict.fromkeys(keys, YES), NOW)
    store.close()
    with contextlib.closing(looked_at(aged(tmp_path / "hub.sqlite"))) as glance:
        glance.fetch(keys)
        assert [glance.read(key) for key in keys] == [Kept(YES, NOW)] * len(keys)


def test_row_that_is_none_at_a_glance(settled: Path) -> None:
    sql(settled.parent, "UPDATE responses SET value = '{' WHERE key = 'a'")
    with contextlib.closing(looked_at(aged(settled))) as glance:
        assert (glance.read("a"), glance.read("b")) == (None, Kept(FULL, NOW))


def test_glance_leaves_everything_as_it_is(settled: Path) -> None:
    def state() -> list[tuple[str, int, int]]:
        there = [settled.parent, *settled.parent.iterdir()]
        return [(one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in there]

    before = state()
    with contextlib.closing(looked_at(settled)) as glance:
        glance.read("a")
        during = state()
    assert (during, state()) == (before, before)


# What is done to a cache file, or a file beside it, so that it takes more than a glance.
STRANGE: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "just written": lambda path: os.utime(path),
    "written tomorrow": lambda path: os.utime(path, (time.time() + 86400,) * 2),
    "others may read it": lambda path: path.chmod(0o644),
    "a link": lambda path: path.symlink_to(path.rename(path.with_name("a"))),
    "a journal": lambda path: path.with_name(path.name + "-wal").touch(),
    "a rollback journal": lambda path: path.with_name(path.name + "-journal").touch(),
    "no database": lambda path: (path.write_text("nothing " * 200), aged(path)),
    "empty": lambda path: (path.write_bytes(b""), aged(path)),
    "of version 0.1": lambda path: (sql(path.parent, "PRAGMA application_id=0"), aged(path)),
    "of a later version": lambda path: (sql(path.parent, "PRAGMA user_version=2"), aged(path)),
    "another table": lambda path: (sql(path.parent, "CREATE TABLE other (a)"), aged(path)),
    "no notes": lambda path: (sql(path.parent, "DROP TABLE notes"), aged(path)),
}


@pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE)
def test_what_takes_more_than_a_glance(settled: Path, make: Callable[[Path], object]) -> None:
    make(settled)
    assert glance(str(settled)) is None


@pytest.mark.parametrize("name", ["a b", "a#b", "a?b", "a%41", "ä"])
def test_folder_that_would_be_quoted_in_a_uri(settled: Path, name: str) -> None:
    folder = settled.parent / name
    folder.mkdir()
    assert glance(str(settled.rename(folder / "hub.sqlite"))) is None


@pytest.mark.parametrize("where", [os.path.join("no", "\0", "name"), "hub.sqlite"])
def test_no_glance_at_a_name_of_nothing(where: str) -> None:
    assert glance(where) is None


def test_folder_of_somebody_else_where_others_may_write(
    monkeypatch: pytest.MonkeyPatch, settled: Path
) -> None:
    settled.parent.chmod(0o777)
    with contextlib.closing(looked_at(settled)) as glance_at_ours:
        assert glance_at_ours.read("a") == Kept(YES, NOW)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert glance(str(settled)) is None


# What happens to a cache file while somebody looks at it.
CHANGES: dict[str, Callable[[Path], object]] = {
    "written": lambda path: os.utime(path),
    "written before": lambda path: os.utime(path, (1, 1)),
    "longer": lambda path: (path.write_bytes(path.read_bytes() + b"a"), aged(path)),
    "another file": lambda path: aged(path.rename(path.with_name("a"))),
    "somebody writes": lambda path: path.with_name(path.name + "-wal").touch(),
    "pages are cut off": lambda path: os.truncate(path, 4096),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_glance_that_is_not_to_be_believed(
    settled: Path, change: Callable[[Path], object]
) -> None:
    with contextlib.closing(looked_at(settled)) as glance:
        change(settled)
        glance.read("a")
        assert not glance.is_true()


def test_a_damaged_file_is_not_believed(settled: Path) -> None:
    content = settled.read_bytes()
    settled.write_bytes(content[:4096] + b"\x0d" * (len(content) - 4096))
    with contextlib.closing(looked_at(aged(settled))) as glance:
        assert (glance.read("a"), glance.is_true()) == (None, False)


def test_nothing_to_write_makes_no_row(opened: Opened, tmp_path: Path) -> None:
    opened(tmp_path).write({}, NOW)
    assert sql(tmp_path, "SELECT * FROM responses") == []


def test_rows_are_json_in_the_table_of_requests_cache(opened: Opened, tmp_path: Path) -> None:
    opened(tmp_path).write({"a": YES}, NOW)
    ((key, value, expires),) = sql(tmp_path, "SELECT key, value, expires FROM responses")
    assert (key, expires) == ("a", (NOW + KEPT).timestamp())
    assert json.loads(str(value)) == {
        "status": 200,
        "payload": {"_id": "1", "id": "o/m"},
        "code": "",
        "location": "",
        "with_token": False,
        "total": None,
        "created_at": NOW.isoformat(),
    }


def test_modes_are_private(opened: Opened, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    opened(folder).write({"a": YES}, NOW)
    modes = {one.name: one.stat().st_mode & 0o777 for one in [folder, *folder.iterdir()]}
    private = dict.fromkeys(("hub.sqlite", "hub.sqlite-wal", "hub.sqlite-shm"), 0o600)
    assert modes == {"cache": 0o700, **private}


def test_a_file_that_others_may_read_is_taken_back(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "hub.sqlite").touch(0o644)
    assert opened(tmp_path).warnings == ()
    assert (tmp_path / "hub.sqlite").stat().st_mode & 0o777 == 0o600


def test_an_answer_too_deep_does_not_keep_the_others_out(opened: Opened, tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.write({"deep": Answer(200, DEEP), "a": YES}, NOW)
    assert (store.read("deep"), store.read("a"), store.warnings) == (None, Kept(YES, NOW), ())


def test_answers_are_let_go_of_after_ninety_days(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "TIDY", 1)
    store = opened(tmp_path)
    store.write({"a": YES}, NOW - timedelta(days=91))
    store.write({"b": YES}, NOW - timedelta(days=89))
    store.write({"c": YES}, NOW)
    assert sql(tmp_path, "SELECT key FROM responses ORDER BY key") == [("b",), ("c",)]


ROWS: dict[str, object] = {
    "no JSON": "{",
    "a number": 3,
    "nothing": None,
    "bytes": b"\xff\xfe",
    "an object": "{}",
    "deep": "[" * 200_000,
    "before all time": (
        '{"status": 401, "payload": {}, "code": "", "location": "", "created_at": "0001-01-01"}'
    ),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_that_cannot_be_read(opened: Opened, tmp_path: Path, row: object) -> None:
    store = opened(tmp_path)
    store.write({"a": YES}, NOW)
    sql(tmp_path, "UPDATE responses SET value = ?", row)
    assert (store.read("a"), store.warnings) == (None, ())


def test_text_with_one_bad_byte_is_no_trouble(opened: Opened, tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.write({"a": YES, "b": YES}, NOW)
    bad = "CAST(CAST({} AS BLOB) || x'ff' AS TEXT)"
    sql(tmp_path, f"UPDATE responses SET value = {bad.format('value')} WHERE key = 'a'")
    claim(tmp_path, "them", time.time())
    sql(tmp_path, f"UPDATE claims SET owner = {bad.format('owner')}")
    store.note("n", "text", 60)
    sql(tmp_path, f"UPDATE notes SET text = {bad.format('text')}")
    note = store.noted("n")
    assert (store.read("a"), store.read("b"), store.claim("a", 60)) == (None, Kept(YES, NOW), False)
    assert (note is not None and note.text, store.warnings) == ("text\N{REPLACEMENT CHARACTER}", ())
    store.write({"a": YES}, NOW)
    assert store.read("a") == Kept(YES, NOW)


def test_a_warning_is_given_once_and_in_one_short_line() -> None:
    class Shelf:
        def read(self, key: str) -> Kept | None:
            raise KeepingError(key, Ends.NOTHING, f"{key}: {'x' * 400}\nand more")

        def write(self, _answers: object, _moment: object) -> None:
            raise KeepingError("passes", Ends.NOTHING)

        def close(self) -> None:
            """Nothing is open."""

    store = Store(Shelf())
    assert [store.read(key) for key in ("a", "a", "b")] == [None] * 3
    store.write({"a": YES}, NOW)
    assert store.warnings == (f"a: {'x' * 297}", f"b: {'x' * 297}")


def test_the_oldest_go_where_there_is_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "TIDY", 1)
    big = Answer(200, {"text": "x" * 10_000})
    most = 400_000
    with contextlib.closing(open_store(tmp_path, most)) as store:
        for number in range(100):
            store.write({f"{number:03}": big}, NOW + timedelta(seconds=number))
        kept = [key for (key,) in sql(tmp_path, "SELECT key FROM responses ORDER BY key")]
    assert 20 <= len(kept) < 40
    assert kept == [f"{number:03}" for number in range(100 - len(kept), 100)]
    assert (tmp_path / "hub.sqlite").stat().st_size < most + 50_000


def test_no_room_at_all(tmp_path: Path) -> None:
    with contextlib.closing(open_store(tmp_path, 10)) as store:
        store.write({"a": YES}, NOW)
        assert (store.read("a"), store.warnings) == (None, ())


def test_reading_imports_nothing_heavy(opened: Opened, tmp_path: Path) -> None:
    opened(tmp_path).write({"a": YES}, NOW)
    program = (
        "import sys\n"
        "from flake8_hfmodels.hub.store import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "kept = store.read('a'), store.claim('a', 1), store.noted('a')\n"
        "heavy = {'requests', 'requests_cache', 'http.client', 'redis', 'platformdirs'}\n"
        "print(kept[0].answer.status, kept[1:], heavy & {*sys.modules})\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    plain = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_PROCESS")}
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=plain)
    assert ran.stdout == "200 (True, None) set()\n"


# Versions


def test_the_first_version_is_taken_over(opened: Opened, tmp_path: Path) -> None:
    row = '{"status": 200, "payload": {"_id": "1", "id": "o/m"}, "code": "", "location": "", '
    row += f'"created_at": "{NOW.isoformat()}"}}'
    columns = "key TEXT PRIMARY KEY,    value BLOB,     expires INTEGER"  # as requests_cache has it
    sql(tmp_path, f"CREATE TABLE IF NOT EXISTS responses (    {columns})")
    sql(tmp_path, "CREATE INDEX IF NOT EXISTS expires_idx ON responses(expires)")
    sql(tmp_path, "INSERT INTO responses VALUES ('a', ?, ?)", row, (NOW + KEPT).timestamp())
    store = opened(tmp_path)
    assert (store.read("a"), store.claim("a", 5), store.warnings) == (Kept(YES, NOW), True, ())
    assert sql(tmp_path, "PRAGMA user_version") == [(1,)]
    assert sql(tmp_path, "PRAGMA application_id") == [(MARK,)]


def test_requests_cache_opens_the_file(opened: Opened, tmp_path: Path) -> None:
    first = open_store(tmp_path)
    first.write({"a": YES}, NOW)
    first.close()
    with contextlib.closing(SQLiteDict(tmp_path / "hub.sqlite", "responses")) as other:
        assert list(other) == ["a"]
    assert (opened(tmp_path).read("a"), opened(tmp_path).warnings) == (Kept(YES, NOW), ())


def test_a_file_of_a_newer_version_is_left_alone(opened: Opened, tmp_path: Path) -> None:
    sql(tmp_path, "CREATE VIEW responses AS SELECT 1 AS key")
    sql(tmp_path, f"PRAGMA application_id={MARK}")
    sql(tmp_path, "PRAGMA user_version=2")
    before = (tmp_path / "hub.sqlite").read_bytes()
    store = opened(tmp_path)
    store.write({"a": YES}, NOW)
    assert store.warnings == (
        f"{tmp_path}/hub.sqlite was written by a newer version of hfmodels; answers are not kept",
    )
    assert (tmp_path / "hub.sqlite").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["hub.sqlite"]


# Claims and notes


def test_one_of_two_may_ask(opened: Opened, tmp_path: Path) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    assert [one.claim("a", 60), two.claim("a", 60), one.claim("a", 60)] == [True, False, True]
    assert two.claim("b", 60)


def test_a_claim_that_was_given_back(opened: Opened, tmp_path: Path) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    one.claim("a", 60)
    two.release(["a"])  # not theirs to give
    assert not two.claim("a", 60)
    one.release(["a"])
    assert two.claim("a", 60)


def test_an_answer_ends_the_claim(opened: Opened, tmp_path: Path) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    one.claim("a", 60)
    one.claim("b", 60)
    one.write({"a": YES}, NOW)
    assert [two.claim("a", 60), two.claim("b", 60)] == [True, False]


def test_a_claim_runs_out(opened: Opened, tmp_path: Path) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    one.claim("a", 0.05)
    assert not two.claim("a", 60)
    time.sleep(0.06)
    assert two.claim("a", 60)


STRANGE_TIMES: dict[str, tuple[object, object]] = {
    "made in the future": (time.time() + 3600, time.time() + 3660),
    "long ago": (0.0, 60.0),
    "no number": ("now", "then"),
    "nothing": (None, None),
    "beyond the calendar": (0.0, 1e300),
}


@pytest.mark.parametrize(("made", "until"), STRANGE_TIMES.values(), ids=STRANGE_TIMES)
def test_strange_times(opened: Opened, tmp_path: Path, made: object, until: object) -> None:
    store = opened(tmp_path)
    sql(tmp_path, "INSERT INTO claims VALUES ('b', 'them', ?, ?)", made, until)
    sql(tmp_path, "INSERT INTO notes VALUES ('a', 'text', ?, ?)", made, until)
    assert (store.noted("a"), store.warnings) == (None, ())


@pytest.mark.parametrize(
    ("made", "until"), list(STRANGE_TIMES.values())[:4], ids=list(STRANGE_TIMES)[:4]
)
def test_claims_of_strange_times(
    opened: Opened, tmp_path: Path, made: object, until: object
) -> None:
    store = opened(tmp_path)
    sql(tmp_path, "INSERT INTO claims VALUES ('a', 'them', ?, ?)", made, until)
    assert store.claim("a", 60)


def test_a_note_is_for_all(opened: Opened, tmp_path: Path) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    one.note("hub", "cannot be reached", 60)
    note = two.noted("hub")
    assert note is not None
    assert note == Note("cannot be reached", note.made + timedelta(seconds=60), note.made)
    assert abs(datetime.now(timezone.utc) - note.made) < timedelta(seconds=10)
    two.forget("hub")
    assert one.noted("hub") is None


def test_a_note_runs_out(opened: Opened, tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.note("hub", "cannot be reached", 0.05)
    store.note("hub", "is slow", 0.05)
    note = store.noted("hub")
    assert note is not None
    assert note.text == "is slow"
    time.sleep(0.06)
    assert store.noted("hub") is None


def test_claims_that_ran_out_are_swept(opened: Opened, tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.claim("a", 0.01)
    time.sleep(0.02)
    store.write({"b": YES}, NOW)
    assert sql(tmp_path, "SELECT * FROM claims") == []


CLAIM = """
import sys
from flake8_hfmodels.hub.store import open_store
store = open_store(sys.argv[1])
print(sum(store.claim(str(number), 60) for number in range(200)), *store.warnings, flush=True)
sys.stdin.read()
"""


def test_each_claim_has_one_process(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", CLAIM, str(tmp_path)]
    pipe = subprocess.PIPE
    running = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(3)]
    # None may end before: what a process claimed that has ended is anybody's.
    said = [one.stdout.readline() for one in running if one.stdout is not None]
    for one in running:
        one.communicate()
    assert sum(int(line) for line in said) == 200


def test_a_claim_ends_with_its_process(opened: Opened, tmp_path: Path) -> None:
    store = opened(tmp_path)
    command = [sys.executable, "-W", "error", "-c", CLAIM, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "200\n"
        while_it_runs = store.claim("7", 60)
        other.kill()
    assert (while_it_runs, store.claim("7", 60)) == (False, True)


def claim(folder: Path, owner: str, now: float) -> None:
    """Somebody else's claim on the key a."""
    row = f"('a', '{owner}', {now - 1}, {now + 9})"
    sql(folder, f"INSERT INTO claims (key, owner, made, until) VALUES {row}")


STRANGERS = {
    "another machine": "1-abc@elsewhere",
    "no number": f"x-abc@{platform.node()}",
    "a process of somebody else": f"1-abc@{platform.node()}",
    "ourselves": f"{os.getpid()}-abc@{platform.node()}",
}


@pytest.mark.parametrize("owner", STRANGERS.values(), ids=STRANGERS)
def test_a_claim_of_who_may_be_alive_counts(opened: Opened, tmp_path: Path, owner: str) -> None:
    store = opened(tmp_path)
    now = time.time()
    claim(tmp_path, owner, now)
    assert store.claim("a", 60) is False


def test_a_claim_of_a_process_that_cannot_be(opened: Opened, tmp_path: Path) -> None:
    store = opened(tmp_path)
    owner, now = f"{'9' * 30}-abc@{platform.node()}", time.time()
    claim(tmp_path, owner, now)
    assert store.claim("a", 60) is True


def test_a_store_without_a_file(tmp_path: Path) -> None:
    store = Store(None)
    store.write({"a": YES}, NOW)
    store.release(["a"])
    store.note("n", "text", 60)
    note = store.noted("n")
    store.forget("n")
    assert (store.read("a"), store.claim("a", 1), store.warnings) == (None, True, ())
    assert (note is not None and note.text, store.noted("n"), store.noted("m")) == (
        "text",
        None,
        None,
    )


def test_a_closed_store_is_empty(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.write({"a": YES}, NOW)
    store.close()
    store.close()
    assert (store.read("a"), store.claim("a", 1), store.noted("n")) == (None, True, None)


def test_many_threads(opened: Opened, tmp_path: Path) -> None:
    store = opened(tmp_path)
    seen: list[Kept | None] = []

    def work(key: str) -> None:
        if store.claim(key, 60):
            store.write({key: YES}, NOW)
            seen.append(store.read(key))

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [Kept(YES, NOW)] * 30


# Where it is


@pytest.mark.parametrize(
    ("where", "path"),
    [
        pytest.param("/a/b", Path("/a/b/hub.sqlite"), id="folder"),
        pytest.param(Path("a"), Path("a/hub.sqlite"), id="path"),
        pytest.param("sqlite:///a/b%20c.db", Path("/a/b c.db"), id="file"),
        pytest.param("SQLite:///a", Path("/a"), id="capitals"),
        pytest.param("sqlite://a/b", None, id="relative"),
        pytest.param("sqlite:///", None, id="root"),
        pytest.param("sqlite:///a%00b", None, id="no-name"),
        pytest.param("redis://h", None, id="server"),
    ],
)
def test_file_of(where: Path | str, path: Path | None) -> None:
    assert file_of(where) == path


def test_own_folder() -> None:
    assert own_folder() == Path(os.environ["XDG_CACHE_HOME"], "flake8-hfmodels")


@pytest.mark.parametrize("android", [False, True])
@pytest.mark.parametrize(
    "caches", [None, "", " ", "relative", "/an/absolute one/", "/a/../b", "/a://b///c", "~/x"]
)
def test_own_folder_is_that_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, caches: str | None, android: bool
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if caches is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", caches)
    if android:
        monkeypatch.setenv("ANDROID_DATA", "/data")
    assert own_folder() == user_cache_path("flake8-hfmodels")


def test_a_file_by_url(opened: Opened, tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/sub/answers.db"
    opened(url).write({"a": YES}, NOW)
    assert opened(url).read("a") == Kept(YES, NOW)
    assert (tmp_path / "sub/answers.db").is_file()


# Backends by URL

WRONG = {
    "unknown": (
        "memcached://user:secret@host:1/x",
        "memcached://host:1 is no cache that is known; there are redis://, rediss://, unix://, "
        "mongodb://, mongodb+srv://, gridfs://, dynamodb://, file://, sqlite://",
    ),
    "port": ("redis://:secret@host:x", "the address of the cache cannot be read"),
    "no folder": ("file://secret/x", "file://secret: the address cannot be read"),
    "no file": (
        "sqlite://secret",
        "sqlite://secret is no cache that is known; there are redis://, rediss://, unix://, "
        "mongodb://, mongodb+srv://, gridfs://, dynamodb://, file://, sqlite://",
    ),
}


@pytest.mark.parametrize(("url", "warning"), WRONG.values(), ids=WRONG)
def test_addresses_that_are_wrong(opened: Opened, url: str, warning: str) -> None:
    assert opened(url).warnings == (f"answers are not kept: {warning}",)


@pytest.mark.parametrize(
    ("url", "module", "package"),
    [
        pytest.param("redis://:secret@h", "redis.exceptions", "redis", id="redis"),
        pytest.param("mongodb://u:secret@h", "pymongo.errors", "pymongo", id="mongodb"),
        pytest.param("gridfs://u:secret@h", "pymongo.errors", "pymongo", id="gridfs"),
        pytest.param("dynamodb://secret@h", "botocore.exceptions", "boto3", id="dynamodb"),
    ],
)
def test_a_driver_that_is_not_installed(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, url: str, module: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    scheme = url.partition(":")[0]
    assert opened(url).warnings == (
        f"answers are not kept: {scheme}://h needs {package} (pip install {package})",
    )


def test_a_folder_by_url(opened: Opened, tmp_path: Path) -> None:
    url = f"file://{tmp_path}/shared"
    store = opened(url)
    store.write({"a": YES, "deep": Answer(200, DEEP), "old": YES}, NOW)
    store.write({"old": YES}, NOW - timedelta(days=91))
    again = opened(url)
    kept = [again.read(key) for key in ("a", "deep", "old", "none")]
    assert (kept, store.warnings) == ([Kept(YES, NOW), None, None, None], ())
    assert (tmp_path / "shared/hfmodels").stat().st_mode & 0o777 == 0o700
    assert again.claim("a", 1)


def test_a_file_in_the_folder_that_cannot_be_read(opened: Opened, tmp_path: Path) -> None:
    store = opened(f"file://{tmp_path}")
    (tmp_path / "hfmodels/a.json").write_bytes(b"\xff\xfe")
    (tmp_path / "hfmodels/b.json").write_bytes(b'{"status": 20')
    assert [store.read(key) for key in "ab"] == [None, None]
    assert store.warnings == ()


def test_a_folder_is_cleared_of_our_files_alone(tmp_path: Path) -> None:
    folder = tmp_path / "hfmodels"
    (folder / "sub").mkdir(parents=True)
    shelf, _ = backends.open_backend(f"file://{tmp_path}")
    assert shelf is not None
    shelf.write({"a" * 64: YES, "b" * 64: YES, "short": YES}, NOW)
    row = (folder / f"{'a' * 64}.json").read_bytes()
    others = {
        "package.json": b"{}",
        "thesis.tex": b"mine",
        f"{'c' * 64}.json": b"{}",
        f"{'d' * 64}.json": b"\xff",
        f"{'A' * 64}.json": row,
        f"{'e' * 64}.json.bak": row,
    }
    for name, content in others.items():
        (folder / name).write_bytes(content)
    (tmp_path / "elsewhere").write_bytes(row)
    (folder / f"{'f' * 64}.json").symlink_to(tmp_path / "elsewhere")
    (folder / f"{'0' * 64}.json").mkdir()
    before = {one.name for one in folder.iterdir()}
    counts = [shelf.count(), shelf.clear(), shelf.count()]
    shelf.close()
    gone = before - {one.name for one in folder.iterdir()}
    assert (counts, gone) == ([2, 2, 0], {f"{'a' * 64}.json", f"{'b' * 64}.json"})


def test_a_folder_that_is_empty_goes(tmp_path: Path) -> None:
    shelf, _ = backends.open_backend(f"file://{tmp_path}")
    assert shelf is not None
    shelf.write({"a" * 64: YES}, NOW)
    assert shelf.clear() == 1
    shelf.close()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone(opened: Opened, tmp_path: Path) -> None:
    store = opened(f"file://{tmp_path}/shared")
    shutil.rmtree(tmp_path / "shared")
    store.write({"a": YES}, NOW)
    store.write({"b": YES}, NOW)
    (warning,) = store.warnings
    assert warning.startswith("answers are not kept: file://: ")


def test_a_folder_that_cannot_be_made(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (warning,) = opened(f"file://{tmp_path}/file").warnings
    assert warning.startswith("answers are not kept: file://: ")


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def closed() -> Iterator[int]:
    """A port where every connection is refused."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


SERVERS = {
    "redis": ("redis", "redis://me:se%20cret@127.0.0.1:{}/0"),
    "rediss": ("redis", "rediss://me:se%20cret@127.0.0.1:{}/0"),
    "mongodb": ("pymongo", "mongodb://me:se%20cret@127.0.0.1:{}/base"),
    "gridfs": ("pymongo", "gridfs://me:se%20cret@127.0.0.1:{}/base"),
    "dynamodb": ("boto3", "dynamodb://eu-west-1/table?endpoint_url=http://127.0.0.1:{}"),
}


@pytest.mark.parametrize("kind", ["silent", "closed"])
@pytest.mark.parametrize(("driver", "url"), SERVERS.values(), ids=SERVERS)
def test_a_server_that_does_not_answer(
    opened: Opened,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    kind: str,
    driver: str,
    url: str,
) -> None:
    pytest.importorskip(driver)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "me")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "se cret")
    monkeypatch.setattr(backends, "WAIT", 0.2)
    caplog.set_level("DEBUG")
    store = opened(url.format(request.getfixturevalue(kind)))
    started = time.monotonic()
    assert [store.read("a"), store.read("b")] == [None, None]
    store.write({"a": YES}, NOW)
    assert time.monotonic() - started < 2
    (warning,) = store.warnings
    assert warning.startswith(f"answers are not kept: {url.partition(':')[0]}://")
    assert not {"se cret", "se%20cret"} & {*warning.split("'"), *caplog.text.split("'")}
    assert "cret" not in warning + caplog.text.replace("AWS_SECRET_ACCESS_KEY", "")


def test_an_address_that_the_driver_does_not_take(opened: Opened) -> None:
    pytest.importorskip("pymongo")
    (warning,) = opened("mongodb://me:sec@ret@host/x").warnings
    assert warning.startswith("answers are not kept: mongodb://host: ")
    assert "sec" not in warning


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """The URL of a Redis server of our own, with a password."""
    pytest.importorskip("redis")
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("there is no redis-server")
    path = tmp_path / "redis.sock"
    options = {"port": "0", "unixsocket": str(path), "save": "", "requirepass": "se/cret"}
    arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
    server = subprocess.Popen(
        [program, *arguments, "--dir", str(tmp_path)], stdout=subprocess.DEVNULL
    )
    end = time.monotonic() + 10
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.02)
    yield f"unix://:se%2Fcret@{path}"
    server.terminate()
    server.wait()


def test_redis(opened: Opened, redis: str) -> None:
    opened(redis).write({"a": YES, "b": FULL}, NOW)
    again = opened(redis)
    assert [again.read(key) for key in "abc"] == [Kept(YES, NOW), Kept(FULL, NOW), None]
    assert again.warnings == ()


def test_redis_lets_go_by_itself(opened: Opened, redis: str) -> None:
    client = pytest.importorskip("redis").Redis.from_url(redis)
    now = datetime.now(timezone.utc)
    opened(redis).write({"a": YES}, now)
    opened(redis).write({"old": YES}, now - timedelta(days=91))
    lasts = client.ttl("hfmodels:a")
    client.close()
    assert KEPT.total_seconds() - 60 < lasts <= KEPT.total_seconds()
    assert opened(redis).read("old") is None


def test_redis_holds_json(opened: Opened, redis: str) -> None:
    client = pytest.importorskip("redis").Redis.from_url(redis)
    opened(redis).write({"a": YES}, NOW)
    row = json.loads(client.get("hfmodels:a"))
    client.set("hfmodels:b", b"\x80\x04pickle")
    client.close()
    assert row["payload"] == YES.payload
    assert opened(redis).read("b") is None


def test_redis_with_a_wrong_password(opened: Opened, redis: str) -> None:
    store = opened(redis.replace("se%2Fcret", "gue%2Fss"))
    assert store.read("a") is None
    (warning,) = store.warnings
    assert warning.startswith("answers are not kept: unix://: ")
    assert "gue" not in warning


def test_redis_is_counted_and_cleared(opened: Opened, redis: str) -> None:
    opened(redis).write({"a": YES, "b": FULL}, NOW)
    shelf, warning = backends.open_backend(redis)
    assert shelf is not None
    counts = [shelf.count(), shelf.clear(), shelf.clear()]
    shelf.close()
    assert (counts, warning) == ([2, 2, 0], "")


@pytest.fixture
def dynamo(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of a server that puts and gets items as DynamoDB does."""
    pytest.importorskip("boto3")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "me")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    items: dict[str, object] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            given: dict[str, object] = {}
            if self.headers["X-Amz-Target"].endswith("PutItem"):
                items[asked["Item"]["key"]["S"]] = asked["Item"]
            elif asked["Key"]["key"]["S"] in items:
                given = {"Item": items[asked["Key"]["key"]["S"]]}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(given).encode())

        def log_message(self, *_arguments: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        port = server.server_address[1]
        yield f"dynamodb://eu-west-1/table?endpoint_url=http://127.0.0.1:{port}"
        server.shutdown()
        thread.join()


def test_dynamodb(opened: Opened, dynamo: str) -> None:
    store = opened(dynamo)
    store.write({"a": YES, "big": Answer(200, "x" * 400_000)}, NOW)
    assert [store.read(key) for key in ("a", "big")] == [Kept(YES, NOW), None]
    assert store.warnings == ()
