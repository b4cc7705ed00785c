"""Turns of processes at a folder: taken, shared, waited for, done without."""

from __future__ import annotations

import errno
import math
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flake8_hfmodels.exclusion import turn
from flake8_hfmodels.hub import sqlite_file
from flake8_hfmodels.hub.sqlite_file import identity, open_file, set_aside
from flake8_hfmodels.lock.keeping import kept, save
from flake8_hfmodels.lock.lock import Lock

fcntl = pytest.importorskip("fcntl", reason="there are no turns on this system")


def is_free(folder: Path, *, to_share: bool = False) -> bool:
    """Whether anybody else could have the folder now."""
    with folder_open(folder) as handle:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if to_share else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def folder_open(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)


def test_alone(tmp_path: Path) -> None:
    with turn(tmp_path, 0):
        assert (is_free(tmp_path), is_free(tmp_path, to_share=True)) == (False, False)
    assert is_free(tmp_path)


def test_shared(tmp_path: Path) -> None:
    with turn(tmp_path, 0, is_shared=True):
        assert (is_free(tmp_path), is_free(tmp_path, to_share=True)) == (False, True)
    assert is_free(tmp_path)


def test_turn_ends_with_what_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), turn(tmp_path, 0):
        1 / 0  # noqa: B018
    assert is_free(tmp_path)


def waits(folder: Path, action: Callable[[], object], *, is_shared: bool = False) -> bool:
    """Whether an action is not over before the turn that somebody has, and then is."""
    thread = threading.Thread(target=action, daemon=True)
    with turn(folder, 0, is_shared=is_shared):
        thread.start()
        thread.join(0.3)
        waited = thread.is_alive()
    thread.join(60)
    return waited and not thread.is_alive()


def test_it_is_waited_for(tmp_path: Path) -> None:
    def second() -> None:
        with turn(tmp_path, math.inf):
            pass

    assert waits(tmp_path, second)


def test_nobody_waits_for_ever(tmp_path: Path) -> None:
    with turn(tmp_path, 0), turn(tmp_path, 0.05):
        pass


def test_no_folder(tmp_path: Path) -> None:
    with turn(tmp_path / "none", math.inf):
        pass


def test_system_without_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with turn(tmp_path, math.inf):
        assert is_free(tmp_path)


def test_file_server_without_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(handle: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    with monkeypatch.context() as patched:
        patched.setattr(fcntl, "flock", no_locks)
        with turn(tmp_path, math.inf):
            pass
    assert is_free(tmp_path)


# Who takes turns


def test_a_cache_is_not_opened_while_it_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "PATIENCE", 60.0)
    assert waits(tmp_path, lambda: open_file(tmp_path / "hub.sqlite").connection.close())


def test_a_cache_is_not_set_aside_while_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "PATIENCE", 60.0)
    path = tmp_path / "hub.sqlite"
    path.write_text("broken")
    assert waits(tmp_path, lambda: set_aside(path, identity(path)), is_shared=True)
    assert not path.exists()


def test_a_lock_is_not_written_while_another_run_writes_it(tmp_path: Path) -> None:
    path = str(tmp_path / "hfmodels.lock")
    written: list[str] = []

    def write(name: str, _new: bytes, _old: bytes | None) -> None:
        written.append(name)

    new = Lock(path, further=(("later", "1"),))
    assert waits(tmp_path, lambda: save(kept(path), new, write))
    assert written == [path]
