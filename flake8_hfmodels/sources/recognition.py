"""Of which kind a file is: by its name, and where that says nothing by its first line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from flake8_hfmodels.loaders.kinds import KINDS, Kind, KindName
from flake8_hfmodels.regex import regex

LONGEST_FIRST_LINE = 256
"""Bytes of a file in which its first line is looked for, as a system does that starts it."""

_SHEBANG = regex(rb"#!\s*(?:\S*/)?(\S+)(.*)")
_OPTION = regex(r"-|\w+=")


@lru_cache(maxsize=4096)
def kind_of_name(name: str) -> KindName | None:
    """The kind of a file with this name (without its folder); `None`: the name does not say."""
    lower = name.lower()
    exact, patterns, suffixes = _tables()
    if lower in exact:
        return exact[lower]
    for pattern, kind in patterns:
        begin, *_middle, end = pattern.split("*")
        if lower.startswith(begin) and lower.endswith(end) and fnmatchcase(lower, pattern):
            return kind
    return suffixes.get("." + lower.rpartition(".")[2]) if "." in lower else None


def kind_of_program(data: bytes) -> KindName | None:
    """The kind of a script that begins with these bytes, by the program that it is for."""
    if not data.startswith(b"#!"):
        return None
    found = _SHEBANG.match(data[:LONGEST_FIRST_LINE])
    if found is None:
        return None
    program, arguments = (one.decode("utf-8", "replace") for one in found.groups())
    if program == "env":
        named = [word for word in arguments.split() if not _OPTION.match(word)]
        program = named[0].rpartition("/")[2] if named else ""
    name = re.sub(r"[\d.]+$", "", program)
    return next((kind.name for kind in KINDS if name in kind.programs), None)


@cache
def kind_named(name: KindName) -> Kind:
    """The row of a kind."""
    return next(kind for kind in KINDS if kind.name == name)


@cache
def _tables() -> tuple[
    Mapping[str, KindName], tuple[tuple[str, KindName], ...], Mapping[str, KindName]
]:
    """Whole names, names with a `*`, and suffixes."""
    names = [(name, kind.name) for kind in KINDS for name in kind.names]
    return (
        {name: kind for name, kind in names if "*" not in name},
        tuple((name, kind) for name, kind in names if "*" in name),
        {suffix: kind.name for kind in KINDS for suffix in kind.suffixes},
    )
