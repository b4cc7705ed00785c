"""A line on the terminal that says how far the asking is, and goes away."""

from __future__ import annotations

import os
import sys
import time
from typing import TextIO

EVERY = 0.1
"""Seconds between two states of the line."""

_CLEAR = "\r\x1b[K"


class ProgressLine:
    """Written where a person looks on: standard error is a terminal, and this is no CI.

    `words` hold `{done}` and `{total}`. Used as a context manager, it leaves the line empty.
    """

    def __init__(self, words: str = "asking the Hub: {done} of {total} repos") -> None:
        self._words = words
        self._stream = _terminal()
        self._shown = 0.0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._shown:
            self._write(_CLEAR)

    def __call__(self, done: int, total: int) -> None:
        """Show that so many of so many are done."""
        now = time.monotonic()
        if now - self._shown >= EVERY:
            self._shown = now
            line = self._words.format(done=done, total=total)
            # What is wrapped stays behind.
            import shutil

            self._write(_CLEAR + line[: shutil.get_terminal_size().columns - 1])

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:  # the terminal was closed
            self._stream = None


def _terminal() -> TextIO | None:
    if sys.stderr is None or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return None
    return sys.stderr if sys.stderr.isatty() else None
