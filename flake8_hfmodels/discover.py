"""Which files there are to look at. Folders are walked as git sees them, where git is there."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from flake8_hfmodels.sources.source import Trouble

LARGEST = 100_000_000
"""Bytes of the largest file that is read; nobody writes so much Python."""

SUFFIXES = (".py", ".pyi", ".pyw")

# What is not anybody's own source, where git is not there to say so.
_SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages", "build", "dist"})


# What git tells its hooks: it speaks of the repo they run for, which need not be the folder's.
_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})


# A repo's own configuration may name programs: for fsmonitor, for fetching what it lacks. A folder
# that is checked in as a bare repo brings such a configuration along.
_STARTS_NOTHING = ("-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit")
_ASKS_NOBODY = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}


@dataclass(frozen=True, slots=True)
class Found:
    """Files to read, and what is wrong with the paths that were given."""

    files: tuple[str, ...]
    troubles: tuple[Trouble, ...]


def discover(paths: Iterable[str]) -> Found:
    """Every Python file among paths and below folders, each once, in order.

    A file that is named is taken whatever it is called; git's ignore rules count below folders.
    A file that has several names (`a.py`, `./a.py`, a link to it) goes by the first.
    """
    found = [_named(path) for path in paths]
    files: dict[str, str] = {}
    for one in found:
        for path in one.files:
            files.setdefault(os.path.realpath(path), path)
    troubles = (trouble for one in found for trouble in one.troubles)
    return Found(tuple(files.values()), tuple(troubles))


def read(path: str) -> bytes | Trouble:
    """The bytes of a file, or why there are none."""
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            return Trouble(path, "is no regular file; use - to read from standard input")
        if about.st_size > LARGEST:
            return Trouble(path, f"is larger than {LARGEST // 1_000_000} MB; leave it out")
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        return _unreadable(path, error)


def folder_test(path: str) -> Callable[[str], bool]:
    """A function that says whether a relative path names a folder beside `path` or at the root."""
    beside = Path(path).parent

    def is_folder(name: str) -> bool:
        try:
            return (beside / name).is_dir() or Path(name).is_dir()
        except (OSError, ValueError):
            return False

    return is_folder


def _named(path: str) -> Found:
    try:
        is_folder = stat.S_ISDIR(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        trouble = Trouble(path or "''", "does not exist; name a file or a folder")
        return Found((), (trouble,))
    except OSError as error:
        return Found((), (_unreadable(path, error),))
    return _below(path) if is_folder else Found((path,), ())


def _unreadable(path: str, error: OSError) -> Trouble:
    reason = (error.strerror or str(error)).lower()
    return Trouble(path, f"cannot be read ({reason}); mend it or leave it out")


def _below(folder: str) -> Found:
    listed = _listed_by_git(folder)
    if listed is None:
        return _walked(folder)
    paths = [_joined(folder, name) for name in sorted(listed) if name.endswith(SUFFIXES)]
    troubles = (_trouble(path) for path in paths)
    return Found(
        tuple(path for path in paths if _is_ours(path)), tuple(one for one in troubles if one)
    )


def _trouble(path: str) -> Trouble | None:
    """Why a file that git lists cannot be looked at; one that is deleted is no trouble."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return _unreadable(path, error)
    return None


def _joined(folder: str, name: str) -> str:
    return name if folder == "." else os.path.join(folder, name)


def _is_ours(path: str) -> bool:
    return path.endswith(SUFFIXES) and os.path.isfile(path)


def _listed_by_git(folder: str) -> list[str] | None:
    """Tracked and untracked, not ignored files below a folder.

    `None` where git does not know, and for a folder that is ignored itself: who names it wants it.
    """
    listed = _git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if not listed and (listed is None or _git(folder, "check-ignore", "--quiet", ".") is not None):
        return None
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def _git(folder: str, *command: str) -> bytes | None:
    """What git says of a folder, or `None` where there is no git or it says no."""
    environment = {key: value for key, value in os.environ.items() if key not in _OF_A_HOOK}
    asked = ["git", *_STARTS_NOTHING, "-C", folder, *command]
    try:
        done = subprocess.run(
            asked,
            env=environment | _ASKS_NOBODY,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _walked(folder: str) -> Found:
    names: list[str] = []
    closed: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if _is_walked(root, name)]
        names += (os.path.relpath(os.path.join(root, name), folder) for name in files)
    paths = (_joined(folder, name) for name in sorted(names))
    return Found(
        tuple(path for path in paths if _is_ours(path)),
        tuple(_unreadable(str(error.filename), error) for error in closed),
    )


def _is_walked(root: str, name: str) -> bool:
    """Whether a folder can hold anybody's own source: hidden ones and environments do not."""
    if name in _SKIPPED or name.startswith("."):
        return False
    return not os.path.exists(os.path.join(root, name, "pyvenv.cfg"))
