"""Files shared out to processes: each takes the next batch when it is done with one.

What a worker cannot do takes nothing along: where one dies (out of memory, killed), meets what
nobody expects, or cannot be had, its batch is looked at here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TypeAlias, cast

from flake8_hfmodels.cli.looking import Look, look_at
from flake8_hfmodels.discover import File
from flake8_hfmodels.settings import Settings

BATCH = 16
"""Files in a batch. Neighbours import the same modules, so that they belong together; at the end
nobody should wait long for another's last batch."""

ROUNDS = 4
"""Batches for each worker where there are few files, so that none has much more than another."""

MOST = 60
"""Workers at most: Windows waits for 63 pipes at a time."""


Task: TypeAlias = tuple[File, Settings]
"""A file to look at, and how that is to go."""


def shared_out(files: Sequence[Task], jobs: int) -> Iterator[Look]:
    """Look at files in so many processes; what comes of it is in the order of the files."""
    size = max(1, min(BATCH, len(files) // (jobs * ROUNDS)))
    crew = _Crew([files[start : start + size] for start in range(0, len(files), size)])
    try:
        crew.hire(min(jobs, MOST))
        for number in range(len(crew.batches)):
            yield from crew.batch(number)
    finally:
        crew.dismiss()


class _Crew:
    """The processes, who of them has which batch, and what came back before its turn."""

    def __init__(self, batches: Sequence[Sequence[Task]]) -> None:
        self.batches = batches
        self.left = deque(range(len(batches)))
        self.done: dict[int, Sequence[Look]] = {}
        self.at: dict[Connection, int] = {}
        self.workers: list[BaseProcess] = []

    def hire(self, number: int) -> None:
        """Start so many workers, or as many as there is work for and the system lets us have."""
        start = _fork if _can_fork() else _spawn
        while self.left and len(self.workers) < number:
            try:
                worker = start(self.workers, list(self.at))
            except OSError:  # no more processes, no more open files, no folder to be in
                return
            self._hand_on(worker)

    def _hand_on(self, worker: Connection) -> None:
        """Give a worker the next batch, or leave to go."""
        self.at.pop(worker, None)
        if not self.left:
            worker.close()
            return
        number = self.at[worker] = self.left.popleft()
        with suppress(OSError):  # one who is gone does not answer either
            worker.send(self.batches[number])

    def batch(self, number: int) -> Sequence[Look]:
        """What came of a batch, as soon as it is there."""
        while number not in self.done:
            if self.at:
                for worker in wait(list(self.at)):
                    self._receive(cast("Connection", worker))
            else:
                self._look_at(self.left.popleft())
        return self.done.pop(number)

    def _receive(self, worker: Connection) -> None:
        """Take what a worker has done; do it here where he is gone, and nobody in his place."""
        answer: Sequence[Look] | None = None
        with suppress(EOFError, OSError):
            answer = worker.recv()
        if answer is not None:
            self.done[self.at[worker]] = answer
            self._hand_on(worker)
            return
        worker.close()
        self._look_at(self.at.pop(worker))

    def _look_at(self, number: int) -> None:
        self.done[number] = [look_at(*task) for task in self.batches[number]]

    def dismiss(self) -> None:
        """Let nobody work on: nobody waits for what is not done."""
        for worker in self.workers:
            worker.kill()
        for worker in self.workers:
            worker.join()


def _can_fork() -> bool:
    """Whether a process may be forked: libraries of macOS do not bear it, nor do other threads."""
    return sys.platform == "linux" and threading.active_count() == 1


def _fork(workers: list[BaseProcess], others: Sequence[Connection]) -> Connection:
    """Start a worker that knows all that this process does, and say where to reach it."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    inherited = (here, *others)
    with there, _uninterrupted():
        worker = context.Process(target=work, args=(there, inherited), daemon=True)
        worker.start()
        workers.append(worker)
    return here


def _spawn(workers: list[BaseProcess], _others: Sequence[Connection]) -> Connection:
    """Start a worker that begins as an empty Python, and say where to reach it."""
    context = multiprocessing.get_context("spawn")
    folder = os.getcwd()
    if sys.platform != "win32":  # pragma: no branch - Windows has no such process
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()  # beginning, it would let interrupts through again
    here, there = context.Pipe()
    with there, _uninterrupted():
        worker = context.Process(
            target=work_there, args=(there, folder, gc.get_threshold()), daemon=True
        )
        worker.start()
        workers.append(worker)
    return here


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let no Ctrl-C come before a worker is known, and none to it before it can deal with that."""
    if sys.platform == "win32":  # pragma: no cover - has no signals that can wait
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def work_there(batches: Connection, folder: str, garbage: tuple[int, int, int]) -> None:
    """Work as `work` does, in a process that has to be told where it is, and how it is set."""
    os.chdir(folder)
    gc.set_threshold(*garbage)
    work(batches, ())


def work(batches: Connection, inherited: Sequence[Connection]) -> None:
    """Look at one batch after the other, until no more come.

    `inherited` are the parent's ends, which a forked process has too: none would see the parent
    go as long as another holds them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who waits for us is told, and ends us
    for one in inherited:
        one.close()
    gc.freeze()  # nothing that the parent made is garbage here
    # Whatever goes wrong, who waits for us looks at the batch again, and so meets and tells it.
    with suppress(Exception):
        while True:
            batches.send([look_at(*task) for task in batches.recv()])
