"""Where the lock of a file is: beside the project's own file or above, or where somebody says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from flake8_hfmodels.configuration import NAME as PROJECT
from flake8_hfmodels.lock import NAME
from flake8_hfmodels.path_pattern import from_here

if TYPE_CHECKING:
    from flake8_hfmodels.lock.lock import Lock
    from flake8_hfmodels.settings import Settings

_ROOT = ".git"
"""What marks the root of a repository; nothing above it belongs to the project."""


def lock_for(path: str, settings: Settings) -> Lock | None:
    """The lock that a file goes by, read once by a process; `None` where there is none.

    Raises `ConfigurationError` with a line that names the lock and the remedy.
    """
    found = settings.lock or existing(path)
    return _read(found) if found else None


def place_for(path: str, settings: Settings) -> str:
    """Where the lock of a file is, or is to be written."""
    return settings.lock or existing(path) or _new(_folder_of(path))


def existing(path: str) -> str:
    """The nearest lock in the folder of a file or above, if there is one in its repository."""
    return _above(_folder_of(path))


def _folder_of(path: str) -> str:
    try:
        return os.path.abspath(os.path.dirname(path))
    except OSError:  # the folder that we stand in is gone
        return ""


@cache
def _above(folder: str) -> str:
    for one in _upwards(folder):
        found = os.path.join(one, NAME)
        if os.path.lexists(found):
            return from_here(found)
    return ""


def _new(folder: str) -> str:
    """Beside the project's own file, at the root of the repository, or here."""
    folders = list(_upwards(folder))
    marked = [one for one in folders if os.path.isfile(os.path.join(one, PROJECT))]
    is_inside = os.path.exists(os.path.join(folders[-1], _ROOT))
    place = marked[0] if marked else folders[-1] if is_inside else folder
    return from_here(os.path.join(place, NAME))


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while not os.path.exists(os.path.join(folder, _ROOT)):
        above = os.path.dirname(folder)
        if above == folder:
            return
        yield above
        folder = above


@cache
def _read(path: str) -> Lock:
    from flake8_hfmodels.lock.reading import read  # most projects have none

    return read(path)
