"""This project as its users get it: a copy to build from, and what is dear, made once."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that whoever wants it first fills; the other processes of the run wait for it."""
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def copy_project(folder: Path) -> None:
    """Copy this project, without what git ignores: building leaves something behind."""
    ignored = (PROJECT / ".gitignore").read_text("utf-8").split()
    left_out = shutil.ignore_patterns(".git", *(one.rstrip("/") for one in ignored))
    shutil.copytree(PROJECT, folder, ignore=left_out, dirs_exist_ok=True)


def of_pip() -> dict[str, str]:
    """Variables that let pip find its own cache from another home, and be quick."""
    cache = os.environ.get("PIP_CACHE_DIR", os.path.expanduser("~/.cache/pip"))
    return {"PIP_CACHE_DIR": cache, "PIP_NO_COMPILE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
