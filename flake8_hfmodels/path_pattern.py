"""Patterns of paths, as `--include`, `--exclude` and `--per-file-ignores` take them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from fnmatch import fnmatchcase


def matches(path: str, patterns: Sequence[str]) -> bool:
    """Whether a path is meant by one of some patterns.

    A pattern without a slash is one of names: of the file, or of a folder above it. One with a
    slash is one of paths, from the current folder (or from the root of the file system, where it
    begins there) on, to the file or a folder above it. `*` stands for any characters, slashes
    among them.
    """
    if not patterns:
        return False
    parts = _relative(path).split("/")
    return any(
        fnmatchcase(one, pattern)
        for pattern in map(_plain, patterns)
        for one in _matched(path, parts, pattern)
    )


def anchored(pattern: str, base: str) -> str:
    """A pattern of paths that is meant from a folder on; one of names is so everywhere."""
    plain = _plain(pattern)
    if not base or "/" not in plain or os.path.isabs(plain):
        return pattern
    literal = re.sub(r"([*?\[])", r"[\1]", os.path.abspath(base).replace(os.sep, "/"))
    return f"{literal.rstrip('/')}/{plain}"


def _matched(path: str, parts: Sequence[str], pattern: str) -> Sequence[str]:
    """What of a path a pattern is compared with."""
    if "/" not in pattern:
        return parts
    if os.path.isabs(pattern):
        parts = os.path.abspath(path).replace(os.sep, "/").split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _plain(pattern: str) -> str:
    """A pattern without what says nothing: `./` before it, a slash behind it."""
    return pattern.removeprefix("./").rstrip("/")


def _relative(path: str) -> str:
    """A path from the current folder on, where it lies below it; with slashes."""
    if os.path.isabs(path):
        inside = os.path.relpath(path)
        path = path if inside.startswith("..") else inside
    return os.path.normpath(path).replace(os.sep, "/")
