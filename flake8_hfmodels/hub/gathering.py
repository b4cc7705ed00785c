"""Many questions at a time: each path asked once, within a deadline."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from flake8_hfmodels.facts import Unavailable
from flake8_hfmodels.hub.answers import Answer, Got, is_bad_token
from flake8_hfmodels.hub.failure import LATE, UNREACHABLE

if TYPE_CHECKING:
    from flake8_hfmodels.hub.inquiry import Inquiry
    from flake8_hfmodels.hub.lookup import Hub

A = TypeVar("A")
Q = TypeVar("Q")

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many questions are settled, and of how many."""

BRISK = 0.25
"""Seconds of waiting for one file that are no sign of a slow Hub."""
SLOW = "the Hub is too slow for an editor to wait for it"

TICK = 0.1
"""Seconds between two looks at whether anything happens at all."""


class Gathering:
    """Asks for a hub with several threads. Safe to use from several more."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._client = hub.client
        self._failed: dict[str, Got] = {}
        self._waited = 0.0
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def gather(
        self,
        questions: Collection[Q],
        find: Callable[[Inquiry, Q], A],
        end: float,
        progress: Progress | None,
    ) -> tuple[dict[Q, A | Unavailable], set[Q]]:
        """What came in time, and of which questions over the wire.

        The threads are daemons: a hung one does not hold up the exit.
        """
        asking = self._client.asking
        started = time.monotonic()
        answered, requested = asking.answered, asking.requested
        if not asking.can_ask():
            return {}, set()
        todo: queue.SimpleQueue[Q] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[Q, A | Unavailable, bool]] = queue.SimpleQueue()
        for question in questions:
            todo.put(question)
        # Where no more threads are to be had, those there are go on.
        with suppress(RuntimeError):
            for _ in range(min(self._client.limits.threads, len(questions))):
                work = partial(self._work, todo, done, find, end)
                threading.Thread(target=work, daemon=True).start()
        found: dict[Q, A | Unavailable] = {}
        asked: set[Q] = set()
        while len(found) < len(questions) and (left := end - time.monotonic()) > 0:
            try:
                question, answer, over_the_wire = done.get(timeout=min(left, TICK))
            except queue.Empty:
                if asking.is_lost:
                    asking.warn_others(UNREACHABLE.why)
                    break
                continue
            found[question] = answer
            if over_the_wire and not isinstance(answer, Unavailable):
                asked.add(question)
            if progress is not None:
                progress(len(found), len(questions))
        ended = time.monotonic()
        # A Hub that says something is only slow, which is no news for others.
        silent = asking.answered == answered and asking.requested > requested
        if ended >= end and silent:  # even if every question came to nothing in that moment
            asking.warn_others(LATE.why)
        elif ended >= end and len(found) < len(questions):
            self._client.give_up(LATE.why)
        self._waited += max(0.0, ended - started - BRISK)
        if self._client.limits.hurried and self._waited > self._hub.deadline:
            self._client.give_up(SLOW)
        return found, asked

    def _work(
        self,
        todo: queue.SimpleQueue[Q],
        done: queue.SimpleQueue[tuple[Q, A | Unavailable, bool]],
        find: Callable[[Inquiry, Q], A],
        end: float,
    ) -> None:
        while time.monotonic() < end:
            try:
                question = todo.get_nowait()
            except queue.Empty:
                return
            inquiry = self._hub.inquiry(lambda path, since: self._asked(path, since, end))
            try:
                found = find(inquiry, question)
            except Exception as error:
                # A bug is loud, and still nobody waits for the thread that met it.
                self._client.give_up(f"asking the Hub failed ({type(error).__name__}: {error})")
                done.put((question, Unavailable(self._client.down or ""), True))
                return
            done.put((question, found, inquiry.over_the_wire))

    def _asked(self, path: str, since: float, end: float) -> Got:
        """The answer for one path, asked for once however many threads want it."""
        hub, client = self._hub, self._client
        with self._guard:
            lock = self._locks.setdefault(path, threading.Lock())
        with lock:
            answer = hub.at_hand(path, since)
            if answer is not None:
                return Got(answer)
            if path in self._failed:
                return self._failed[path]
            got = client.ask(path, end, max(since, hub.since))
            if not isinstance(got.answer, Answer):
                self._failed[path] = Got(hub.kept(path) or got.answer)
                return self._failed[path]
            if is_bad_token(got.answer):
                return got
            final = client.is_final(path, got.answer)
            hub.answers[path] = got.answer if final else hub.kept(path) or got.answer
            return Got(hub.answers[path], got.over_the_wire)
