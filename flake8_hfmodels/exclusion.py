"""Mutual exclusion of the processes of one machine, a folder at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TICK = 0.01
"""Seconds between two looks at whether it is our turn."""


@contextmanager
def turn(
    folder: str | os.PathLike[str], seconds: float, *, is_shared: bool = False
) -> Iterator[None]:
    """Have the folder to oneself meanwhile, or share it with whoever shares it.

    Nobody is kept from anything: after so many seconds it goes on without a turn, as it does where
    there are none (Windows, some file servers). The system ends a turn with its process.
    """
    handle = _taken(folder, time.monotonic() + seconds, is_shared)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _taken(folder: str | os.PathLike[str], end: float, is_shared: bool) -> int | None:
    """The folder, opened; closing it ends the turn."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):  # Windows has none of this; the folder may not be there
        return None
    how = (fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    with suppress(OSError):
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(handle, how)
                break
            if time.monotonic() >= end:
                break
            time.sleep(TICK)
    return handle
