"""`[tool.hfmodels]` in pyproject.toml: found from a file upwards, and read by both doors.

The nearest file that has such a table counts, as with ruff; those of folders above are not looked
at. Nothing above the root of a git repository belongs to a project.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from flake8_hfmodels.options import OPTIONS, Option, Sort
from flake8_hfmodels.path_pattern import anchored, from_here, matches
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.values import nearest, quoted, read_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from flake8_hfmodels.governing.policy import Policy
    from flake8_hfmodels.sources.marked.tree import Node

NAME = "pyproject.toml"
TABLE = ("tool", "hfmodels")

LARGEST = 5_000_000
"""Bytes of the largest file that is read."""

_STORES = ("redis://", "rediss://", "file://")
"""What a project may name for answers: the other stores go by credentials of whoever runs us."""

LONGEST_WAIT = 600
"""Seconds: the endpoint may be the project's own choice as well, and never answer."""

IN_OVERRIDES = ("select", "ignore", "severity", "policies", "persona")
"""What can be set for some files only: what is found there, and who is told."""

_OWN_TABLES = ("policy", "overrides")
"""What is no option of a command line, and has keys of its own."""

_TABLES: tuple[Sort, ...] = ("codes by code", "codes by path", "policies")
_FORMS: Mapping[Sort, str] = {
    **dict.fromkeys(("codes", "ids", "kinds", "paths"), "list of texts"),
    **dict.fromkeys(_TABLES, "table"),
}
"""What TOML has for what the command line writes with commas."""

_MISNAMED = ("flake8-hfmodels", "flake8_hfmodels", "hfmodel", "hf-models", "hf_models")
"""What people take for the name of the table, as the first two are that of the package."""

_PLACE = regex(r" \(at (?:line (\d+), column \d+|end of document)\)$")
"""How the parser ends its words about a mistake."""

_BEGIN_OF_OVERRIDE = regex(
    r"^[ \t]*\[\[[ \t]*(['\"]?)tool\1[ \t]*\.[ \t]*(['\"]?)hfmodels\2[ \t]*\."
    r"[ \t]*(['\"]?)overrides\3[ \t]*\]\]",
    re.MULTILINE,
)

_OPTIONS = {one.name: one for one in OPTIONS}


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
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        yield above
        folder = above


@cache
def _read(path: str) -> Configuration | None:
    shown = from_here(path)
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ConfigurationError(f"{shown}: cannot be read ({why})") from error
    if len(data) > LARGEST:
        raise ConfigurationError(f"{shown}: is larger than {LARGEST // 1_000_000} MB")
    if b"hfmodels" not in data.replace(b"\0", b""):  # UTF-16 is to be told of
        return None
    return _Reader(shown, data).configuration()


class _Reader:
    """Reads one file; whatever is wrong is told with the line that it stands on."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data.removeprefix(b"\xef\xbb\xbf")
        self.folder = os.path.dirname(path)

    def configuration(self) -> Configuration | None:
        """What the file sets, if it has our table."""
        tool = self._parsed().get("tool")
        if not isinstance(tool, Mapping):
            return None
        for name in _MISNAMED:
            if name in tool:
                raise self._error(
                    f"[tool.{name}] is no table of ours; write [tool.hfmodels]", "tool", name
                )
        table = tool.get("hfmodels")
        if table is None:
            return None
        if not isinstance(table, Mapping):
            raise self._error("[tool.hfmodels] is no table", *TABLE)
        own = {name: value for name, value in table.items() if name not in _OWN_TABLES}
        values = dict(self._values(own, [*_OPTIONS, *_OWN_TABLES], "[tool.hfmodels]", TABLE))
        if "policy" in table:
            values["policy"] = self._policy(table["policy"])
        return Configuration(self.path, values, tuple(self._overrides(table.get("overrides", []))))

    def _policy(self, table: object) -> Policy:
        from flake8_hfmodels.governing.reading import PolicyError, policy_in  # few have one

        try:
            return policy_in(table, self.path)
        except PolicyError as error:
            raise self._error(str(error), *TABLE, "policy", *error.at) from error

    def _parsed(self) -> Mapping[str, object]:
        if sys.version_info >= (3, 11):
            import tomllib
        else:  # pragma: no cover - Python 3.10 alone
            import tomli as tomllib
        try:
            return tomllib.loads(self.data.decode("utf-8"))
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            raise self._at(line, "is not written in UTF-8") from error
        except (ValueError, RecursionError) as error:  # a number may be too long for Python
            place = _PLACE.search(str(error))
            why = f"is no valid TOML ({_PLACE.sub('', str(error))})"
            end = self.data.rstrip().count(b"\n") + 1
            raise self._at(int(place[1] or end) if place else 0, why) from error

    def _values(
        self, table: Mapping[str, object], known: Sequence[str], where: str, at: Sequence[str | int]
    ) -> Mapping[str, Any]:
        values: dict[str, Any] = {}
        for name, raw in table.items():
            option = _OPTIONS.get(name) if name in known else None
            if option is None:
                raise self._error(
                    f"{where} has no key {quoted(name)}; {nearest(name, known)}", *at, name
                )
            values[option.field] = self._value(option, raw, (*at, name))
        return values

    def _value(self, option: Option, raw: object, at: Sequence[str | int]) -> Any:
        if isinstance(raw, str) and option.sort in _FORMS:
            raise self._error(f"{option.name}: {quoted(raw)} is no {_FORMS[option.sort]}", *at)
        for piece, steps in _pieces(raw):
            self._checked(option, piece, (*at, *steps))
        return self._checked(option, raw, at)

    def _checked_url(self, raw: object, at: Sequence[str | int]) -> None:
        if isinstance(raw, str) and "://" in raw and not raw.startswith(_STORES):
            stores = " or ".join(one.removesuffix("//") for one in _STORES)
            raise self._error(f"cache-url: a file may only name a store of {stores}", *at)

    def _checked(self, option: Option, raw: object, at: Sequence[str | int]) -> Any:
        if option.sort == "url":
            self._checked_url(raw, at)
        try:
            value = read_value(option, raw, self.folder)
        except ValueError as error:
            raise self._error(str(error), *at) from error
        if option.sort == "seconds" and value > LONGEST_WAIT:
            most = f"a file may have somebody wait {LONGEST_WAIT} seconds at most"
            raise self._error(f"{option.name}: {most}", *at)
        return value

    def _overrides(self, given: object) -> Iterator[Override]:
        if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
            raise self._error("overrides: write [[tool.hfmodels.overrides]]", *TABLE, "overrides")
        for number, one in enumerate(given):
            at = (*TABLE, "overrides", number)
            files = self._files(one, at)
            rest = {name: value for name, value in one.items() if name != "files"}
            where = "[[tool.hfmodels.overrides]]"
            values = self._values(rest, ["files", *IN_OVERRIDES], where, at)
            yield Override(tuple(anchored(file, self.folder) for file in files), values)

    def _files(self, table: Mapping[str, object], at: Sequence[str | int]) -> Sequence[str]:
        files = table.get("files")
        if isinstance(files, list) and files and all(isinstance(f, str) and f for f in files):
            return files
        message = "overrides: files is to be a list of patterns of paths"
        begins = [*_BEGIN_OF_OVERRIDE.finditer(self._text())]
        if files is None and begins:
            raise self._at(self._text().count("\n", 0, begins[int(at[-1])].start()) + 1, message)
        raise self._error(message, *at, "files")

    def _error(self, message: str, *at: str | int) -> ConfigurationError:
        return self._at(self._line(at), message)

    def _at(self, line: int, message: str) -> ConfigurationError:
        where = f"{self.path}:{line}" if line else self.path
        return ConfigurationError(f"{where}: {message}")

    def _line(self, at: Sequence[str | int]) -> int:
        """The line of a key; 0 where our reader of places sees another tree than the parser."""
        from flake8_hfmodels.sources.marked.toml import read_toml
        from flake8_hfmodels.sources.placed import whole_file

        [node] = read_toml(whole_file(self._text())).documents
        line = 0
        for step in at:
            found = _below(node, step)
            if found is None:
                return line
            node, begin = found
            line = begin or line
        return line

    def _text(self) -> str:
        return self.data.decode("utf-8")


def _pieces(raw: object) -> Iterator[tuple[object, Sequence[str | int]]]:
    """Each part of a list or a table as one by itself, and the way to it: for its own line."""
    if isinstance(raw, list):
        yield from (([one], (number,)) for number, one in enumerate(raw))
    if isinstance(raw, Mapping):
        for key, value in raw.items():
            inner = [*_pieces(value)] if isinstance(value, list) else []
            yield from (({key: piece}, (key, *steps)) for piece, steps in inner or [(value, ())])


def _below(node: Node, step: str | int) -> tuple[Node, int] | None:
    """What stands under a key, or at a place of a list, and the line where it begins, if any."""
    from flake8_hfmodels.sources.marked.tree import Items, Leaf
    from flake8_hfmodels.sources.marked.tree import Mapping as Table

    if isinstance(node, Items) and isinstance(step, int):
        inner = node.items[step]
        first = inner.entries[0].key if isinstance(inner, Table) and inner.entries else inner
        return inner, first.text.at(0)[0] if isinstance(first, Leaf) else 0
    for entry in node.entries if isinstance(node, Table) else ():
        if entry.key.text.text == step:
            return entry.value, entry.key.text.at(0)[0]
    return None
