"""Earlier answers, and what processes that share them tell each other; never in the way."""

from __future__ import annotations

import time
from _thread import allocate_lock  # threading is slow to import, and has the same
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.kept import KEPT, Ends, KeepingError, Kept, Note, note_at
from flake8_hfmodels.hub.places import file_of, is_url, own_folder
from flake8_hfmodels.hub.shelf import MOST, open_shelf

__all__ = ["KEPT", "Kept", "Note", "Store", "file_of", "open_store", "own_folder"]

_T = TypeVar("_T")


class Shelf(Protocol):
    """Where answers are put. Its methods raise `KeepingError`."""

    def read(self, key: str) -> Kept | None: ...
    def write(self, answers: Mapping[str, Answer], moment: datetime) -> None: ...
    def close(self) -> None: ...


class Board(Protocol):
    """Where processes leave word for each other. Its methods raise `KeepingError`."""

    def claim(self, key: str, seconds: float) -> bool: ...
    def release(self, keys: Iterable[str]) -> None: ...
    def note(self, key: str, text: str, seconds: float) -> None: ...
    def noted(self, key: str) -> Note | None: ...
    def forget(self, key: str) -> None: ...


class Store:
    """Answers by key, claims on keys, and notes. Trouble with it is never trouble for the caller.

    `warnings` are lines for people: why nothing can be kept, and since when. Safe to use from
    several threads.
    """

    def __init__(
        self, shelf: Shelf | None = None, warning: str = "", board: Board | None = None
    ) -> None:
        self._warnings = [warning] if warning else []
        self._shelf: Shelf = _NoShelf() if shelf is None else shelf
        self._board: Board = _OwnBoard() if board is None else board
        self._is_writable = True
        self._lock = allocate_lock()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was wrong so far."""
        return tuple(self._warnings)

    def read(self, key: str) -> Kept | None:
        """The answer that is kept, or `None`, also for one that cannot be read."""
        return self._heeding(lambda: self._shelf.read(key), None)

    def write(self, answers: Mapping[str, Answer], moment: datetime) -> None:
        """Keep answers that were given at a moment, and end this process's claims on them."""
        if answers:
            self._heeding(lambda: self._shelf.write(answers, moment), None, is_change=True)

    def claim(self, key: str, seconds: float) -> bool:
        """Whether this process may ask for a key: no other does, or it did for too long.

        The answer is yes where nothing is known of the others.
        """
        return self._heeding(lambda: self._board.claim(key, seconds), True, is_change=True)

    def release(self, keys: Iterable[str]) -> None:
        """Let others ask, as we have asked in vain."""
        self._heeding(lambda: self._board.release(keys), None, is_change=True)

    def note(self, key: str, text: str, seconds: float) -> None:
        """Tell the other processes something that is true for so long; no secrets."""
        self._heeding(lambda: self._board.note(key, text, seconds), None, is_change=True)

    def noted(self, key: str) -> Note | None:
        """What a process has told, unless it has run out."""
        return self._heeding(lambda: self._board.noted(key), None)

    def forget(self, key: str) -> None:
        """Take a note back, whoever made it."""
        self._heeding(lambda: self._board.forget(key), None, is_change=True)

    def close(self) -> None:
        """Let go of what is open; nothing is kept from now on."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        shelf, self._shelf = self._shelf, _NoShelf()
        self._board = _OwnBoard()
        shelf.close()

    def _heeding(self, action: Callable[[], _T], otherwise: _T, is_change: bool = False) -> _T:
        with self._lock:
            if is_change and not self._is_writable:
                return otherwise
            try:
                return action()
            except KeepingError as error:
                import logging

                logging.getLogger("flake8_hfmodels").debug("answers are not kept: %s", error)
                self._heed(error)
                return otherwise

    def _heed(self, error: KeepingError) -> None:
        warning = error.warning.partition("\n")[0][:300]
        if warning and warning not in self._warnings:
            self._warnings.append(warning)
        if error.ends is Ends.ALL:
            self._let_go()
        elif error.ends is Ends.WRITING:
            self._is_writable = False


class _NoShelf:
    """Where nothing is kept."""

    def read(self, _key: str) -> Kept | None:
        return None

    def write(self, _answers: Mapping[str, Answer], _moment: datetime) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is open."""


class _OwnBoard:
    """A board that no other process sees."""

    def __init__(self) -> None:
        self._notes: dict[str, tuple[str, float, float]] = {}

    def claim(self, _key: str, _seconds: float) -> bool:
        return True

    def release(self, _keys: Iterable[str]) -> None:
        """Nobody waits for it."""

    def note(self, key: str, text: str, seconds: float) -> None:
        now = time.time()
        self._notes[key] = text, now, now + seconds

    def noted(self, key: str) -> Note | None:
        return note_at(*self._notes.get(key, (None, None, None)))

    def forget(self, key: str) -> None:
        self._notes.pop(key, None)


def open_store(where: Path | str, most: int = MOST) -> Store:
    """The answers in a folder of ours, or at the URL of a backend that `requests_cache` has.

    A store that keeps nothing, with a warning, where that is not possible. `most` bounds the
    bytes that a file takes.
    """
    path = file_of(where)
    if path is None:
        from flake8_hfmodels.hub.backends import open_backend

        shared, warning = open_backend(str(where))
        return Store(shared, warning)
    shelf, warning = open_shelf(path, most, is_given=is_url(where))
    return Store(shelf, warning, shelf)
