"""`hfmodels cache`: what it tells of a cache, and what it removes."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from flake8_hfmodels.cli.cache import run
from flake8_hfmodels.cli.commands import command_line
from flake8_hfmodels.cli.exits import CLEAN, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.store import open_store, own_folder

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


def test_dir_of_the_user() -> None:
    own = os.environ["XDG_CACHE_HOME"]
    assert cache("dir") == Outcome(CLEAN, f"{own}/flake8-hfmodels\n")


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
    assert [one.name for one in folder.iterdir()] == ["hub.sqlite"]


def test_info_beside_a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "hub.sqlite-wal")
    line = f"the cache {folder}/hub.sqlite cannot be read: hub.sqlite-wal: it is no file"
    assert cache("info", "--cache-dir", str(folder)) == Outcome(USAGE, "", (line,))


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
    line = f"{tmp_path}/hub.sqlite is no cache of hfmodels"
    assert cache("info", "--cache-dir", str(tmp_path)) == Outcome(USAGE, "", (line,))


def test_info_of_a_link(tmp_path: Path) -> None:
    (tmp_path / "hub.sqlite").symlink_to(tmp_path / "nowhere")
    line = f"the cache {tmp_path}/hub.sqlite cannot be read: it is a link"
    assert cache("info", "--cache-dir", str(tmp_path)) == Outcome(USAGE, "", (line,))


def test_clear_removes_ours_and_nothing_else(folder: Path) -> None:
    shutil.copy(folder / "hub.sqlite", folder / "hub.broken-17")
    for name in ("hub.sqlite-wal", "hub.broken-17-wal", "hub.broken-17-shm"):
        (folder / name).write_bytes(b"x" * 1024)
    (folder / "hub.sqlite.hfmodels-lock").touch()
    size = sum(one.stat().st_size for one in folder.iterdir())
    (folder / "hub.broken-18").mkdir()
    others = ["hub.broken-18", "hub.broken-1x", "hub.broken-notes.txt", "hub.lock", "notes.txt"]
    for name in others[1:]:
        (folder / name).write_text("mine")
    outcome = cache("clear", "--cache-dir", str(folder))
    said = re.fullmatch(rf"removed {folder}/hub.sqlite: (\d+) kB freed\n", outcome.text)
    assert said is not None
    assert (outcome.code, 0 <= int(said[1]) - size // 1024 <= 32) == (CLEAN, True)
    assert sorted(one.name for one in folder.iterdir()) == others


def test_clear_leaves_a_lock_that_is_none(folder: Path) -> None:
    (folder / "hub.sqlite.hfmodels-lock").write_text("mine")
    assert cache("clear", "--cache-dir", str(folder)).code == CLEAN
    assert [one.name for one in folder.iterdir()] == ["hub.sqlite.hfmodels-lock"]


def foreign(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photos (x)")


def text(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("precious " * 100)


def newer(path: Path) -> None:
    open_store(f"sqlite://{path}").close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=2")


def link(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to("nowhere")


NOT_TO_CLEAR: dict[str, tuple[Callable[[Path], None], str]] = {
    "foreign": (foreign, "{} is no cache of hfmodels; it is left alone"),
    "text": (text, "the cache {} cannot be removed: file is not a database"),
    "newer": (newer, "{} was written by a newer version of hfmodels; it is left alone"),
    "link": (link, "the cache {} cannot be removed: it is a link"),
}


@pytest.mark.parametrize("name", ["hub.sqlite", "poetry.toml"])
@pytest.mark.parametrize(("make", "line"), NOT_TO_CLEAR.values(), ids=NOT_TO_CLEAR)
def test_clear_leaves_what_is_not_ours(
    tmp_path: Path, make: Callable[[Path], None], line: str, name: str
) -> None:
    path = tmp_path / "d" / name
    make(path)
    for other in ("poetry.lock", "poetry.broken-x", "poetry.broken-1", "hub.broken-1"):
        (tmp_path / "d" / other).write_text("precious")
    before = sorted(tmp_path.glob("d/*"))
    by_url = cache("clear", "--cache-url", f"sqlite://{path}")
    by_folder = cache("clear", "--cache-dir", f"{path.parent}") if name == "hub.sqlite" else by_url
    said = Outcome(USAGE, "", (line.format(path),))
    assert (by_url, by_folder, sorted(tmp_path.glob("d/*"))) == (said, said, before)


def test_clear_by_url_leaves_the_neighbours(tmp_path: Path) -> None:
    (tmp_path / "poetry.lock").write_text("precious")
    (tmp_path / "poetry.broken-1").write_text("precious")
    url = f"sqlite://{tmp_path}/poetry.toml"
    assert cache("clear", "--cache-url", url).text == f"no cache at {tmp_path}/poetry.toml\n"
    open_store(url).close()
    assert cache("clear", "--cache-url", url).code == CLEAN
    assert sorted(one.name for one in tmp_path.iterdir()) == ["poetry.broken-1", "poetry.lock"]


@pytest.mark.parametrize("make", [text, newer, link])
def test_clear_our_own_folder_of_whatever_has_its_name(make: Callable[[Path], None]) -> None:
    path = own_folder() / "hub.sqlite"
    make(path)
    outcome = cache("clear")
    assert (outcome.code, list(path.parent.iterdir())) == (CLEAN, [])


def test_an_address_is_no_folder() -> None:
    line = "cache-dir: 'redis://x' is no folder; a URL is for cache-url"
    assert cache("info", "--cache-dir", "redis://x") == Outcome(USAGE, "", (line,))


def test_clear_a_link_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    own_folder().mkdir(parents=True)
    (own_folder() / "hub.sqlite").symlink_to(tmp_path / "mine")
    assert cache("clear").code == CLEAN
    assert (list(own_folder().iterdir()), (tmp_path / "mine").read_text()) == ([], "mine")


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
        store.write({"a" * 64: YES}, NOW)
    told = [
        cache("info", "--cache-url", url),
        cache("clear", "--cache-url", url),
        cache("info", "--cache-url", url),
    ]
    assert told == [
        Outcome(CLEAN, f"1 answer at {url}/hfmodels\n"),
        Outcome(CLEAN, f"removed 1 answer from {url}/hfmodels\n"),
        Outcome(CLEAN, f"0 answers at {url}/hfmodels\n"),
    ]


def test_a_shared_cache_for_scripts(tmp_path: Path) -> None:
    outcome = cache("info", "--cache-url", f"file://{tmp_path}", "--format", "json")
    assert json.loads(outcome.text) == {"url": f"file://{tmp_path}/hfmodels", "answers": 0}


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
