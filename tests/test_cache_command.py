"""`hfmodels cache`: what it tells of a cache, and what it removes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from flake8_hfmodels.cli.cache import run
from flake8_hfmodels.cli.exits import CLEAN, USAGE
from flake8_hfmodels.cli.main import command_line
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.store import open_store

NOW = datetime.now(timezone.utc).replace(microsecond=0)
YES = Answer(200, {"_id": "1"})
NO = Answer(404, None, "RepoNotFound")


def cache(*arguments: str) -> Outcome:
    return run(command_line().parse_args(["cache", *arguments]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a cache of five answers."""
    folder = tmp_path / "cache"
    with contextlib.closing(open_store(folder)) as store:
        store.write({"old": YES}, NOW - timedelta(days=2))
        store.write({"no": NO}, NOW - timedelta(hours=2))
        store.write({"day": YES}, NOW - timedelta(hours=3))
        store.write({"new": YES, "just": NO}, NOW)
        store.claim("a", 60)
        store.claim("b", 0.001)
        store.note("n", "text", 60)
    return folder


def test_dir_of_the_user(tmp_path: Path) -> None:
    assert cache("dir") == Outcome(CLEAN, f"{tmp_path}/xdg-cache/flake8-hfmodels\n")


def test_dir_of_a_name_with_a_tilde() -> None:
    assert cache("dir", "--cache-dir", "~/c") == Outcome(CLEAN, f"{Path.home()}/c\n")


def test_dir_of_a_file_by_url() -> None:
    assert cache("dir", "--cache-url", "sqlite:///a/b.db") == Outcome(CLEAN, "/a\n")


def test_dir_of_a_server() -> None:
    url = "redis://me:secret@host:1/0?password=secret"
    assert cache("dir", "--cache-url", url) == Outcome(CLEAN, "redis://host:1\n")


def test_dir_of_no_address() -> None:
    url = "redis://:secret@host:x"
    assert cache("dir", "--cache-url", url) == Outcome(CLEAN, "an address that cannot be read\n")


@pytest.mark.parametrize("action", ["info", "clear"])
def test_no_cache(tmp_path: Path, action: str) -> None:
    told = Outcome(CLEAN, f"no cache at {tmp_path}/none/hub.sqlite\n")
    assert cache(action, "--cache-dir", str(tmp_path / "none")) == told
    assert not (tmp_path / "none").exists()


def test_no_cache_for_scripts(tmp_path: Path) -> None:
    told = json.loads(cache("info", "--cache-dir", str(tmp_path), "--format", "json").text)
    assert told == {"file": f"{tmp_path}/hub.sqlite", "exists": False}


def test_info(folder: Path) -> None:
    size = (folder / "hub.sqlite").stat().st_size
    assert cache("info", "--cache-dir", str(folder)) == Outcome(
        CLEAN,
        f"file     {folder}/hub.sqlite\n"
        f"size     {size // 1024} kB\n"
        "answers  5, of which by age at least 3 are fresh\n"
        f"given    {NOW - timedelta(days=2):%Y-%m-%d %H:%M} UTC to {NOW:%Y-%m-%d %H:%M} UTC\n"
        "running  1 questions, 1 notes\n",
    )


def test_info_for_scripts(folder: Path) -> None:
    outcome = cache("info", "--cache-dir", str(folder), "--format", "json")
    assert json.loads(outcome.text) == {
        "file": f"{folder}/hub.sqlite",
        "exists": True,
        "size": (folder / "hub.sqlite").stat().st_size,
        "answers": 5,
        "fresh": 3,
        "oldest": (NOW - timedelta(days=2)).isoformat(),
        "newest": NOW.isoformat(),
        "claims": 1,
        "notes": 1,
    }


def test_info_changes_nothing(folder: Path) -> None:
    before = (folder / "hub.sqlite").read_bytes()
    cache("info", "--cache-dir", str(folder))
    assert (folder / "hub.sqlite").read_bytes() == before


def sql(folder: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(folder / "hub.sqlite")) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("expires", ["NULL", "9000000000000000000", "'soon'"])
def test_info_of_strange_times(folder: Path, expires: str) -> None:
    sql(folder, f"UPDATE responses SET expires = {expires}")
    lines = cache("info", "--cache-dir", str(folder)).text.splitlines()
    assert [line.split()[0] for line in lines] == ["file", "size", "answers", "running"]


def test_info_of_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "hub.sqlite").touch()
    told = cache("info", "--cache-dir", str(tmp_path)).text
    assert told == (
        f"file     {tmp_path}/hub.sqlite\n"
        "size     0 kB\n"
        "answers  0, of which by age at least 0 are fresh\n"
        "running  0 questions, 0 notes\n"
    )


def test_info_of_a_large_file(tmp_path: Path) -> None:
    with contextlib.closing(open_store(tmp_path)) as store:
        store.write({"a": Answer(200, "x" * 3_000_000)}, NOW)
    assert "\nsize     2.9 MB\n" in cache("info", "--cache-dir", str(tmp_path)).text


def test_info_while_somebody_writes(folder: Path) -> None:
    with contextlib.closing(open_store(folder)) as store:
        store.write({"more": YES}, NOW)
        told = json.loads(cache("info", "--cache-dir", str(folder), "--format", "json").text)
    assert told["answers"] == 6
    assert told["size"] > (folder / "hub.sqlite").stat().st_size


BROKEN = {
    "text": (b"this is no database, but it is long " * 30, "file is not a database"),
    "short": (b"SQLite format 3\0", "file is not a database"),
}


@pytest.mark.parametrize(("content", "why"), BROKEN.values(), ids=BROKEN)
def test_info_of_a_broken_file(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "hub.sqlite"
    path.write_bytes(content)
    assert cache("info", "--cache-dir", str(tmp_path)) == Outcome(
        USAGE, "", (f"the cache {path} cannot be read: {why}",)
    )
    assert path.read_bytes() == content


def test_info_of_a_newer_version(folder: Path) -> None:
    sql(folder, "PRAGMA user_version=2")
    line = f"{folder}/hub.sqlite was written by a newer version of hfmodels"
    assert cache("info", "--cache-dir", str(folder)) == Outcome(USAGE, "", (line,))


def test_info_of_an_endless_view(tmp_path: Path) -> None:
    sql(
        tmp_path,
        "CREATE VIEW responses AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
        "SELECT i AS key, i AS value, i AS expires FROM n",
    )
    line = f"the cache {tmp_path}/hub.sqlite cannot be read: its tables are not ours"
    assert cache("info", "--cache-dir", str(tmp_path)) == Outcome(USAGE, "", (line,))


def test_info_of_a_link(tmp_path: Path) -> None:
    (tmp_path / "hub.sqlite").symlink_to(tmp_path / "nowhere")
    line = f"the cache {tmp_path}/hub.sqlite cannot be read: it is a link"
    assert cache("info", "--cache-dir", str(tmp_path)) == Outcome(USAGE, "", (line,))


def test_clear_removes_ours_and_nothing_else(folder: Path) -> None:
    shutil.copy(folder / "hub.sqlite", folder / "hub.broken-17")
    for name in ("hub.sqlite-wal", "hub.sqlite-shm"):
        (folder / name).write_bytes(b"x" * 1024)
    (folder / "hub.lock").touch()
    (folder / "hub.broken-18").mkdir()
    (folder / "notes.txt").touch()
    size = sum(one.stat().st_size for one in folder.iterdir() if one.is_file())
    freed = f"removed {folder}/hub.sqlite: {size // 1024} kB freed\n"
    assert cache("clear", "--cache-dir", str(folder)) == Outcome(CLEAN, freed)
    assert sorted(one.name for one in folder.iterdir()) == ["hub.broken-18", "notes.txt"]


def test_clear_a_link_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "hub.sqlite").symlink_to(tmp_path / "mine")
    assert cache("clear", "--cache-dir", str(tmp_path)).code == CLEAN
    assert [one.name for one in tmp_path.iterdir()] == ["mine"]


def test_clear_while_somebody_writes(folder: Path) -> None:
    with contextlib.closing(open_store(folder)) as store:
        store.write({"more": YES}, NOW)
        assert cache("clear", "--cache-dir", str(folder)).code == CLEAN
        with contextlib.closing(open_store(folder)) as other:
            other.write({"other": YES}, NOW)
            store.write({"late": YES}, NOW)
            store.close()
        assert list(folder.glob("hub.broken-*")) == []
    with contextlib.closing(open_store(folder)) as again:
        assert (again.read("other") is not None, again.warnings) == (True, ())


def test_clear_what_cannot_be_removed(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    outcome = cache("clear", "--cache-dir", str(tmp_path / "file"))
    line = f"the cache {tmp_path}/file/hub.sqlite cannot be removed: Not a directory"
    assert outcome == Outcome(USAGE, "", (line,))


@pytest.mark.parametrize("action", ["info", "clear"])
def test_nothing_heavy_is_imported(folder: Path, action: str) -> None:
    program = (
        "import argparse, sys\n"
        "from flake8_hfmodels.cli.cache import run\n"
        "folder, action = sys.argv[1:]\n"
        "given = argparse.Namespace("
        "action=action, cache_dir=folder, cache_url='', format='text')\n"
        "assert run(given).code == 0\n"
        "print({'requests', 'requests_cache', 'http.client'} & {*sys.modules})\n"
    )
    plain = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_PROCESS")}
    command = [sys.executable, "-c", program, str(folder), action]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=plain)
    assert ran.stdout == "set()\n"


# Servers and folders by URL


def test_a_shared_cache(tmp_path: Path) -> None:
    url = f"file://{tmp_path}/shared"
    with contextlib.closing(open_store(url)) as store:
        store.write({"a": YES}, NOW)
    told = [
        cache("info", "--cache-url", url),
        cache("clear", "--cache-url", url),
        cache("info", "--cache-url", url),
    ]
    assert told == [
        Outcome(CLEAN, "1 answer at file://\n"),
        Outcome(CLEAN, "removed 1 answer from file://\n"),
        Outcome(CLEAN, "0 answers at file://\n"),
    ]


def test_a_shared_cache_for_scripts(tmp_path: Path) -> None:
    outcome = cache("info", "--cache-url", f"file://{tmp_path}", "--format", "json")
    assert json.loads(outcome.text) == {"url": "file://", "answers": 0}


def test_a_shared_cache_that_is_unknown() -> None:
    outcome = cache("info", "--cache-url", "memcached://me:secret@host")
    assert (outcome.code, outcome.text) == (USAGE, "")
    assert "secret" not in outcome.complaints[0]


def test_a_shared_cache_that_does_not_answer() -> None:
    pytest.importorskip("redis")
    started = time.monotonic()
    outcome = cache("info", "--cache-url", "redis://me:secret@127.0.0.1:1")
    assert (outcome.code, outcome.text, time.monotonic() - started < 3) == (USAGE, "", True)
    assert outcome.complaints[0].startswith("answers are not kept: redis://127.0.0.1:1: ")
