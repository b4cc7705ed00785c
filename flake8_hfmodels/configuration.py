"""`[tool.hfmodels]` in pyproject.toml: found from a file upwards, and read by both doors.

The nearest file that has such a table counts, as with ruff; those of folders above are not looked
at. Nothing above the root of a git repository belongs to a project.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from flake8_hfmodels.options import OPTIONS, Option, Sort
from flake8_hfmodels.path_pattern import anchored, matches
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.values import read_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from flake8_hfmodels.sources.marked.tree import Node

NAME = "pyproject.toml"
TABLE = ("tool", "hfmodels")

LARGEST = 5_000_000
"""Bytes of the largest file that is read."""

UP = 64
"""How many folders up a file is looked for."""

IN_OVERRIDES = ("select", "ignore", "severity", "policies", "persona")
"""What can be set for some files only: what is found there, and who is told."""

_TABLES: tuple[Sort, ...] = ("codes by code", "codes by path", "policies")
_FORMS: Mapping[Sort, str] = {
    **dict.fromkeys(("codes", "ids", "kinds", "paths"), "list of texts"),
    **dict.fromkeys(_TABLES, "table"),
}
"""What TOML has for what the command line writes with commas."""

_OPTIONS = {one.name: one for one in OPTIONS if one.in_file}


class ConfigurationError(ValueError):
    """Something is wrong with a configuration: a line that names file, line and key."""


@dataclass(frozen=True, slots=True)
class Override:
    """What is set for files that one of some patterns means."""

    files: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Configuration:
    """What one file sets: fields of `Settings` with values, and again for some files only."""

    path: str
    values: Mapping[str, Any]
    overrides: tuple[Override, ...] = ()

    def values_for(self, path: str) -> Mapping[str, Any]:
        """What is set for one file; later overrides win over earlier ones.

        Of severities and policies, which are by code and by owner, none gets lost.
        """
        found = dict(self.values)
        for override in self.overrides:
            if matches(path, override.files):
                for field, value in override.values.items():
                    added = found.get(field, ()) if field in ("severity", "policies") else None
                    found[field] = value if added is None else (*added, *value)
        return found


def configuration_for(path: str) -> Configuration | None:
    """What the project sets that a file belongs to; `None` where it sets nothing.

    Raises `ConfigurationError`, and with it ends the run: who mistypes `never-ask` must not have
    the names sent that it was to keep at home.
    """
    try:
        folder = os.path.abspath(os.path.dirname(path))
    except OSError:  # the folder that we stand in is gone
        return None
    return _above(folder)


def read_configuration(path: str) -> Configuration:
    """What a file of somebody's choice sets. Raises `ConfigurationError`."""
    found = _read(path)
    if found is None:
        raise ConfigurationError(f"{path}: there is no table [tool.hfmodels] in it")
    return found


@cache
def _above(folder: str) -> Configuration | None:
    for one in _upwards(folder):
        path = os.path.join(one, NAME)
        if os.path.isfile(path) and (found := _read(path)) is not None:
            return found
        if os.path.exists(os.path.join(one, ".git")):
            return None
    return None


def _upwards(folder: str) -> Iterator[str]:
    for _ in range(UP):
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


@cache
def _read(path: str) -> Configuration | None:
    shown = _shown(path)
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ConfigurationError(f"{shown}: cannot be read ({why})") from error
    if b"hfmodels" not in data:
        return None
    return _Reader(shown, data).configuration()


def _shown(path: str) -> str:
    """A path as people would name it from here."""
    try:
        inside = os.path.relpath(path)
    except (OSError, ValueError):  # the folder that we stand in is gone, or on another drive
        return path
    return path if inside.startswith(os.pardir) else inside


class _Reader:
    """Reads one file; whatever is wrong is told with the line that it stands on."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.folder = os.path.dirname(path)

    def configuration(self) -> Configuration | None:
        """What the file sets, if it has our table."""
        table: object = self._parsed()
        for name in TABLE:
            table = table.get(name) if isinstance(table, Mapping) else None
        if table is None:
            return None
        if not isinstance(table, Mapping):
            raise self._error("[tool.hfmodels] is no table", *TABLE)
        own = {name: value for name, value in table.items() if name != "overrides"}
        values = self._values(own, [*_OPTIONS, "overrides"], "[tool.hfmodels]", TABLE)
        return Configuration(self.path, values, tuple(self._overrides(table.get("overrides", []))))

    def _parsed(self) -> Mapping[str, object]:
        if sys.version_info >= (3, 11):
            import tomllib
        else:
            import tomli as tomllib
        try:
            return tomllib.loads(self.data.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ConfigurationError(f"{self.path}: is no valid TOML ({error})") from error

    def _values(
        self, table: Mapping[str, object], known: Sequence[str], where: str, at: Sequence[str | int]
    ) -> Mapping[str, Any]:
        values: dict[str, Any] = {}
        for name, raw in table.items():
            option = _OPTIONS.get(name) if name in known else None
            if option is None:
                raise self._error(
                    f"{where} has no key {name!r}; {_nearest(name, known)}", *at, name
                )
            values[option.field] = self._value(option, raw, (*at, name))
        return values

    def _value(self, option: Option, raw: object, at: Sequence[str | int]) -> Any:
        if isinstance(raw, str) and option.sort in _FORMS:
            raise self._error(f"{option.name}: {raw!r} is no {_FORMS[option.sort]}", *at)
        each = raw.items() if isinstance(raw, Mapping) and option.sort in _TABLES else ()
        for key, value in each:
            self._checked(option, {key: value}, (*at, key))
        return self._checked(option, raw, at)

    def _checked(self, option: Option, raw: object, at: Sequence[str | int]) -> Any:
        try:
            return read_value(option, raw, self.folder)
        except ValueError as error:
            raise self._error(str(error), *at) from error

    def _overrides(self, given: object) -> Iterator[Override]:
        if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
            raise self._error("overrides: write [[tool.hfmodels.overrides]]", *TABLE, "overrides")
        for number, one in enumerate(given):
            at = (*TABLE, "overrides", number)
            files = one.get("files")
            if not (isinstance(files, list) and files and all(isinstance(f, str) for f in files)):
                raise self._error("overrides: files is to be a list of patterns of paths", *at)
            rest = {name: value for name, value in one.items() if name != "files"}
            where = "[[tool.hfmodels.overrides]]"
            values = self._values(rest, ["files", *IN_OVERRIDES], where, at)
            yield Override(tuple(anchored(file, self.folder) for file in files), values)

    def _error(self, message: str, *at: str | int) -> ConfigurationError:
        line = self._line(at)
        where = f"{self.path}:{line}" if line else self.path
        return ConfigurationError(f"{where}: {message}")

    def _line(self, at: Sequence[str | int]) -> int:
        """The line of a key; 0 where our reader of places sees another tree than the parser."""
        from flake8_hfmodels.sources.marked.toml import read_toml
        from flake8_hfmodels.sources.placed import whole_file

        [node] = read_toml(whole_file(self.data.decode("utf-8"))).documents
        line = 0
        for step in at:
            found = _below(node, step)
            if found is None:
                return line
            node, line = found
        return line


def _below(node: Node, step: str | int) -> tuple[Node, int] | None:
    """What stands under a key, or at a place of a list, and the line where it begins."""
    from flake8_hfmodels.sources.marked.tree import Items
    from flake8_hfmodels.sources.marked.tree import Mapping as Table

    if isinstance(node, Items) and isinstance(step, int):
        inner = node.items[step]
        entries = inner.entries if isinstance(inner, Table) else ()
        return inner, entries[0].key.text.at(0)[0] if entries else 0
    if isinstance(node, Table):
        for entry in node.entries:
            if entry.key.text.text == step:
                return entry.value, entry.key.text.at(0)[0]
    return None


def _nearest(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name.replace("_", "-").lower(), known, 1)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
