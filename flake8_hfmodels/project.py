"""The other modules of a project: found beside a file, parsed, never imported."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache

from flake8_hfmodels.discover import read
from flake8_hfmodels.loaders.packages import PACKAGES
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.python.scopes import FindModule, Survey
from flake8_hfmodels.sources.python.survey import survey
from flake8_hfmodels.sources.source import PythonSource

LARGEST = 300_000
"""Bytes of the largest module that is looked into for a name."""

BUDGET = 1_500_000
"""Bytes of all the modules that are looked into for one file."""

HELD = 2_000_000
"""Bytes of the modules that are kept for the next file: their trees take some forty times that."""

UP = 12
"""How many folders up the root of a project is looked for."""

_MARKS = (".git", "pyproject.toml", "setup.cfg", "setup.py")

_Found = tuple[Survey, tuple[str, ...]]
_Key = tuple[str, int, int]


class Project:
    """Finds modules by their names; each file is read once, and again only when it has changed.

    `read` counts the files that were parsed. Those that were not used for long are let go.
    """

    def __init__(self) -> None:
        self.read = 0
        self._surveys: dict[_Key, Survey | None] = {}
        self._used: set[_Key] = set()
        self._finders: dict[_Key, _Finder] = {}

    def finder(self, path: str) -> FindModule:
        """A function that finds the modules that the file at `path` imports.

        What was found out for another file is forgotten, so that the order of files says nothing.
        """
        self._used.clear()
        for kept in filter(None, self._surveys.values()):
            kept.meanings.clear()
            kept.inherited.clear()
            kept.found.clear()
        for one in self._finders.values():
            one.known.clear()
        return _Finder(self, os.path.dirname(path))

    def below(self, folder: str, parts: Sequence[str], top: str) -> _Found | None:
        """The module that the parts of a name lead to from a folder; none outside of `top`."""
        for number, part in enumerate(parts):
            inner = os.path.join(folder, part)
            if os.path.isfile(inner + ".py"):
                return self._read(inner + ".py", tuple(parts[number + 1 :]), top)
            if not os.path.isdir(inner):
                return self._read(os.path.join(folder, "__init__.py"), tuple(parts[number:]), top)
            folder = inner
        return self._read(os.path.join(folder, "__init__.py"), (), top)

    def _read(self, path: str, rest: tuple[str, ...], top: str) -> _Found | None:
        try:
            about = os.stat(path)
            real, root = os.path.realpath(path), os.path.realpath(top or os.curdir)
        except (OSError, ValueError):
            return None
        if os.path.commonpath((real, root)) != root:
            return None  # a link out of the project is none of its modules
        key = (real, about.st_mtime_ns, about.st_size)
        if not self._is_within_budget(key):
            return None
        if key in self._surveys:
            self._surveys[key] = self._surveys.pop(key)  # the last used stands last
        else:
            data = read(path)
            if not isinstance(data, bytes) or not _may_bind(rest, data):
                return None
            shown = os.path.normpath(os.path.join(top, os.path.relpath(real, root)))
            self._surveys[key] = self._surveyed(key, shown, data)
            self._let_go()
        found = self._surveys.get(key)
        return (found, rest) if found is not None else None

    def _is_within_budget(self, key: _Key) -> bool:
        if key not in self._used:
            taken = sum(size for _real, _time, size in self._used)
            if key[2] > LARGEST or taken + key[2] > BUDGET:
                return False
            self._used.add(key)
        return True

    def _surveyed(self, key: _Key, path: str, data: bytes) -> Survey | None:
        self.read += 1
        source = parse(path, data)
        if not isinstance(source, PythonSource):
            return None
        self._finders[key] = _Finder(self, os.path.dirname(path))
        return survey(source.tree, source.lines, path, self._finders[key])

    def _let_go(self) -> None:
        held = sum(size for _real, _time, size in self._surveys)
        while held > HELD:  # those in use take no more than the budget, which is less
            key = next(key for key in self._surveys if key not in self._used)
            given_up = self._surveys.pop(key)
            if given_up is not None:
                given_up.let_go()
                self._finders.pop(key).known.clear()
            held -= key[2]


def _may_bind(rest: Sequence[str], data: bytes) -> bool:
    """Whether a module can hold a name at all: it has to write it, or to import all of another."""
    return not rest or rest[0].encode() in data or _STAR.search(data) is not None


_STAR = regex(rb"import[\s\\]*\*")


class _Finder:
    """Finds the modules that the files of one folder import."""

    def __init__(self, project: Project, folder: str) -> None:
        self.project = project
        self.folder = folder
        self.known: dict[str, _Found | None] = {}
        self.roots: dict[str, tuple[str, ...]] = {}
        self.above: tuple[str, ...] = ()

    def __call__(self, dotted: str) -> _Found | None:
        """The module that a dotted name names, and what is behind it in the name."""
        if dotted not in self.known:
            try:
                self.known[dotted] = self._find(dotted)
            except OSError:  # the folder that we stand in is gone
                self.known[dotted] = None
        return self.known[dotted]

    def _find(self, dotted: str) -> _Found | None:
        names = dotted.lstrip(".")
        level = len(dotted) - len(names)
        parts = tuple(names.split(".")) if names else ()
        if not level and parts[0] in sys.stdlib_module_names:
            return None
        self.above = self.above or tuple(_above(self.folder))
        top = self.above[-1]
        if level:
            start = os.path.normpath(os.path.join(self.folder, *[os.pardir] * (level - 1)))
            return self.project.below(start, parts, top)
        found = (self.project.below(root, parts, top) for root in self._roots_of(parts[0]))
        return next((one for one in found if one is not None), None)

    def _roots_of(self, package: str) -> tuple[str, ...]:
        """The folders that an absolute import may begin in: those above the file, their `src`."""
        if package not in self.roots:
            all_roots = (root for one in self.above for root in (one, os.path.join(one, "src")))
            held = _is_package if package in PACKAGES else _holds
            self.roots[package] = tuple(root for root in all_roots if held(root, package))
        return self.roots[package]


def _above(folder: str) -> Iterator[str]:
    """A folder and those above it, up to the root of the project.

    Without a mark of a root nobody knows where the project ends: then only the package counts that
    the folder belongs to, and where that lies.
    """
    folders = list(_upwards(folder))
    marked = [number for number, one in enumerate(folders) if _has(one, _MARKS)]
    if marked:
        yield from folders[: marked[0] + 1]
        return
    for one in folders:
        yield one
        if not _has(one, ("__init__.py",)):
            return


def _upwards(folder: str) -> Iterator[str]:
    here = folder
    for _ in range(UP):
        yield here
        above = os.path.normpath(os.path.join(here, os.pardir))
        if os.path.abspath(above) == os.path.abspath(here or os.curdir):
            return
        here = above


def _has(folder: str, names: Sequence[str]) -> bool:
    return any(os.path.exists(os.path.join(folder, name)) for name in names)


def _holds(folder: str, name: str) -> bool:
    inner = os.path.join(folder, name)
    return os.path.isfile(inner + ".py") or os.path.isdir(inner)


def _is_package(folder: str, name: str) -> bool:
    """Whether a folder holds the very package: not merely a folder of that name."""
    return os.path.isfile(os.path.join(folder, name, "__init__.py"))


@cache
def project() -> Project:
    """The modules that this process knows."""
    return Project()
