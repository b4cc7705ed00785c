"""Which files there are to look at. Folders are walked as git sees them, where git is there."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from flake8_hfmodels.path_pattern import matches
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.sources.trouble import Trouble

if TYPE_CHECKING:
    from flake8_hfmodels.loaders.kinds import KindName
    from flake8_hfmodels.sources.decoding import Skipped

LARGEST = 5_000_000
"""Bytes of the largest file that is read unless somebody says otherwise."""

# What is not anybody's own source, where git is not there to say so.
_SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages", "build", "dist"})


# docs.github.com, docs.gitlab.com, circleci.com, containers.dev: where they look for workflows.
_READ = frozenset({".github", ".gitlab", ".circleci", ".devcontainer", ".buildkite"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the files there are somebody wants to have looked at.

    `include` and `exclude` are patterns as `path_pattern` has them; no `include`: all. No `kinds`:
    all. A file that is named and shows no kind is taken for the kind where there is but one.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    kinds: tuple[KindName, ...] = ()

    def takes(self, path: str) -> bool:
        """Whether a path is wanted, whatever the kind of the file is."""
        return not matches(path, self.exclude) and (not self.include or matches(path, self.include))

    def only_kind(self) -> KindName | None:
        """The kind that is wanted, where it is one."""
        return self.kinds[0] if len(self.kinds) == 1 else None


@dataclass(frozen=True, slots=True)
class File:
    """One file to read, of which kind it is, and how many bytes it has, where that is known.

    `node` tells two names of one file from two files, where it is not empty.
    """

    path: str
    kind: KindName
    size: int = field(default=0, compare=False)
    node: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Found:
    """Files to read, what is wrong with the paths, and how many files were passed over."""

    files: tuple[File, ...]
    troubles: tuple[Trouble, ...] = ()
    skipped: Mapping[Skipped, int] = field(default_factory=dict)


EVERYTHING = Wanted()


def everything(_path: str) -> Wanted:
    """Want all there is, wherever it is."""
    return EVERYTHING


def discover(paths: Iterable[str], wanted: Callable[[str], Wanted] = everything) -> Found:
    """Every file of a kind that is read among paths and below folders, each once, in order.

    `wanted` says of a path what is wanted there. The kind shows in the name, or in the first line
    of a script. Below folders git's ignore rules count. A file that has several names (`a.py`,
    `./a.py`, a link to it) goes by the first.
    """
    found = [_named(path, wanted) for path in paths]
    files: dict[str | tuple[int, ...], File] = {}
    for one in found:
        for file in one.files:
            files.setdefault(file.node or os.path.realpath(file.path), file)
    troubles = tuple(trouble for one in found for trouble in one.troubles)
    skipped: Counter[Skipped] = sum((Counter(one.skipped) for one in found), Counter())
    return Found(tuple(files.values()), troubles, dict(skipped))


def read(path: str, largest: int = LARGEST) -> bytes | Trouble | Skipped:
    """The bytes of a file, why there are none, or that there are too many."""
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            return Trouble(path, "is no regular file; use - to read from standard input")
        if about.st_size > largest:
            return "large"
        with open(path, "rb") as file:
            data = file.read(largest + 1)  # it may have grown, or have no size, as in /proc
        return "large" if len(data) > largest else data
    except OSError as error:
        return _unreadable(path, error)


def folder_test(path: str) -> Callable[[str], bool]:
    """A function that says whether a relative path names a folder beside `path` or at the root."""
    beside = os.path.dirname(path) or os.curdir

    def is_folder(name: str) -> bool:
        return os.path.isdir(os.path.join(beside, name)) or os.path.isdir(name)

    return is_folder


def _named(path: str, wanted_at: Callable[[str], Wanted]) -> Found:
    try:
        about = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        trouble = Trouble(path or "''", "does not exist; name a file or a folder")
        return Found((), (trouble,))
    except OSError as error:
        return Found((), (_unreadable(path, error),))
    if stat.S_ISDIR(about.st_mode):
        return _below(path, wanted_at)
    wanted = wanted_at(path)
    if not wanted.takes(path):
        return Found(())
    kind = _kind(path) or wanted.only_kind()
    if kind is None:
        return Found((), skipped={"unknown": 1})
    return Found((_file(path, kind, about),) if _is_wanted(kind, wanted) else ())


def _file(path: str, kind: KindName, about: os.stat_result) -> File:
    node = (about.st_dev, about.st_ino) if about.st_ino else ()
    return File(path, kind, about.st_size, node)


def _kind(path: str) -> KindName | None:
    """Of which kind a file is; where its name has no suffix, by its first line."""
    from flake8_hfmodels.sources.recognition import (  # flake8 names its files itself
        LONGEST_FIRST_LINE,
        kind_of_name,
        kind_of_program,
    )

    name = os.path.basename(path)
    kind = kind_of_name(name)
    if kind is not None or "." in name.lstrip("."):
        return kind
    try:
        # Opening a pipe would wait for somebody to write to it.
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as file:
            return kind_of_program(file.read(LONGEST_FIRST_LINE))
    except OSError:
        return None


def _is_wanted(kind: KindName, wanted: Wanted) -> bool:
    return not wanted.kinds or kind in wanted.kinds


def _unreadable(path: str, error: OSError) -> Trouble:
    reason = (error.strerror or str(error)).lower()
    return Trouble(path, f"cannot be read ({reason}); mend it or leave it out")


def _below(folder: str, wanted_at: Callable[[str], Wanted]) -> Found:
    listed = _listed_by_git(folder)
    if listed is None:
        names, troubles = _walked(folder)
    else:
        names, troubles = sorted(listed), []
    files: list[File] = []
    for path in (_joined(folder, name) for name in names):
        wanted = wanted_at(path)
        kind = _kind(path) if wanted.takes(path) else None
        if kind is None or not _is_wanted(kind, wanted):
            continue
        about = _about(path)
        if isinstance(about, Trouble):
            troubles.append(about)
        elif about is not None and stat.S_ISREG(about.st_mode):
            files.append(_file(path, kind, about))
    return Found(tuple(files), tuple(troubles))


def _about(path: str) -> os.stat_result | Trouble | None:
    """What the system says of a file that is there, or why it cannot be looked at.

    One that is deleted is no trouble, nor a link that leads to itself: there is nothing to read.
    """
    try:
        return os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return None if error.errno == errno.ELOOP else _unreadable(path, error)


def _joined(folder: str, name: str) -> str:
    return name if folder == "." else os.path.join(folder, name)


def _listed_by_git(folder: str) -> list[str] | None:
    """Tracked and untracked, not ignored files below a folder.

    `None` where git does not know, and for a folder that is ignored itself: who names it wants it.
    """
    from flake8_hfmodels.git import ask_git

    listed = ask_git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if not listed and (
        listed is None or ask_git(folder, "check-ignore", "--quiet", ".") is not None
    ):
        return None
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def _walked(folder: str) -> tuple[list[str], list[Trouble]]:
    """The names of the files below a folder, and the folders that cannot be read."""
    names: list[str] = []
    closed: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if _is_walked(root, name)]
        below = os.path.relpath(root, folder)
        names += (_joined(below, name) for name in files)
    return sorted(names), [_unreadable(str(error.filename), error) for error in closed]


def _is_walked(root: str, name: str) -> bool:
    """Whether a folder can hold anybody's own source: hidden ones and environments do not.

    Those of a forge hold its workflows.
    """
    if name in _SKIPPED or (name.startswith(".") and name not in _READ):
        return False
    return not os.path.exists(os.path.join(root, name, "pyvenv.cfg"))
