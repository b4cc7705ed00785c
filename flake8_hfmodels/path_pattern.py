"""Patterns of paths, as `--include`, `--exclude` and `--per-file-ignores` take them."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import cache


def matches(path: str, patterns: Sequence[str]) -> bool:
    """Whether a path is meant by one of some patterns.

    A pattern without a slash is one of names: of the file, or of a folder above it. One with a
    slash is one of paths, from the current folder (or from the root of the file system, where it
    begins there) on, to the file or a folder above it. `*` stands for any characters, slashes
    among them, and `**/` for nothing as well. A path with a slash behind it is a folder and what
    is in it.
    """
    if not patterns:
        return False
    parts = _parts(path, from_here(path))
    return any(
        fnmatchcase(one, pattern)
        for written in patterns
        for pattern in _meanings(written)
        for one in _matched(path, parts, pattern)
    )


def anchored(pattern: str, base: str) -> str:
    """A pattern of paths that is meant from a folder on; one of names is so everywhere.

    The folder itself stands for all in it.
    """
    plain = posixpath.normpath(pattern)
    if plain != os.curdir and (not base or "/" not in plain or os.path.isabs(plain)):
        return pattern
    literal = re.sub(r"([*?\[])", r"[\1]", os.path.abspath(base).replace(os.sep, "/"))
    return posixpath.normpath(f"{literal}/{plain}")


def from_here(path: str) -> str:
    """A path from the current folder on, where it lies below it; as it was given elsewhere."""
    try:
        inside = os.path.relpath(path) if os.path.isabs(path) else path
    except (OSError, ValueError):  # the folder that we stand in is gone, or on another drive
        return path
    return path if inside.split(os.sep, 1)[0] == os.pardir else inside


def _matched(path: str, parts: Sequence[str], pattern: str) -> Sequence[str]:
    """What of a path a pattern is compared with."""
    if "/" not in pattern:
        return parts
    if os.path.isabs(pattern):
        parts = _parts(path, os.path.abspath(path))
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _parts(path: str, shown: str) -> Sequence[str]:
    """The names in a path as it is shown, with one for what is in it where that is meant."""
    names = os.path.normpath(shown).replace(os.sep, "/").split("/")
    return [*names, ""] if path.endswith(("/", os.sep)) else names


@cache
def _meanings(pattern: str) -> Sequence[str]:
    """A pattern without what says nothing, such as `./` before it; twice where it has `**/`."""
    plain = posixpath.normpath(pattern)
    return (plain, plain.replace("**/", "")) if "**/" in plain else (plain,)
