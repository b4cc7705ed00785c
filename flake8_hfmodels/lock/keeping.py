"""A lock in its file: read to be written again, and written so that nobody's work is lost."""

from __future__ import annotations

import math
import os
from collections.abc import Callable

from flake8_hfmodels.exclusion import turn
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.merging import United, merged, united
from flake8_hfmodels.lock.reading import data_of, decoded
from flake8_hfmodels.lock.writing import written
from flake8_hfmodels.record import dataclass

Write = Callable[[str, bytes, "bytes | None"], "str | None"]
"""Puts bytes in the place of a file that holds certain others; says why it cannot."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A lock as it was read: `data` are the bytes, `None` where there was no file."""

    path: str
    data: bytes | None
    old: United


def kept(path: str) -> Kept:
    """The lock in a file, or an empty one where there is none. Raises `ConfigurationError`."""
    if not os.path.exists(path):
        return Kept(path, None, United(Lock(path)))
    data = data_of(path)
    return Kept(path, data, united(path, decoded(path, data)))


def save(before: Kept, new: Lock, write: Write) -> str | None:
    """Write a lock, with what others have written since; say why that is not possible.

    Raises `ConfigurationError` where what others have written is no lock. A lock that says what it
    said is left as it is.
    """
    if new == before.old.lock and not before.old.had_conflicts:
        return None
    with turn(os.path.dirname(os.path.realpath(before.path)), math.inf):
        now = kept(before.path)
        if now.data != before.data:
            new = merged(before.old.lock, new, now.old.lock)
        return write(before.path, written(new).encode(), now.data)
