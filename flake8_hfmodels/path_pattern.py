"""Patterns of paths, as `--include`, `--exclude` and `--per-file-ignores` take them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from fnmatch import fnmatchcase


def matches(path: str, patterns: Sequence[str]) -> bool:
    """Whether a path is meant by one of some patterns.

    A pattern without a slash is one of names: of the file, or of a folder above it. One with a
    slash is one of paths, from the current folder on, to the file or a folder above it. `*`
    stands for any characters, slashes among them.
    """
    if not patterns:
        return False
    parts = _relative(path).split("/")
    above = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    return any(
        fnmatchcase(one, pattern)
        for pattern in map(_plain, patterns)
        for one in (above if "/" in pattern else parts)
    )


def _plain(pattern: str) -> str:
    """A pattern without what says nothing: `./` before it, a slash behind it."""
    return pattern.removeprefix("./").rstrip("/")


def _relative(path: str) -> str:
    """A path from the current folder on, where it lies below it; with slashes."""
    if os.path.isabs(path):
        inside = os.path.relpath(path)
        path = path if inside.startswith("..") else inside
    return os.path.normpath(path).replace(os.sep, "/")
