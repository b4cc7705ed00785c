"""From many targets to facts: concurrent, each asked once, within a deadline."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

from flake8_hfmodels.facts import Facts, Unavailable
from flake8_hfmodels.hub.answers import Answer, Got, is_bad_token
from flake8_hfmodels.hub.failure import LATE, UNREACHABLE
from flake8_hfmodels.hub.inquiry import IMPOSSIBLE, Inquiry, is_possible
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Target

if TYPE_CHECKING:
    from flake8_hfmodels.hub.client import Client

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many targets have their facts, and of how many."""

BRISK = 0.25
"""Seconds of waiting for one file that are no sign of a slow Hub."""
SLOW = "the Hub is too slow for an editor to wait for it"

TICK = 0.1
"""Seconds between two looks at whether anything happens at all."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many repos were asked over the wire, answered from the cache, not (wholly) answered.

    `stale` of them were answered by something old, as there was nothing newer to be had.
    """

    asked: int = 0
    cached: int = 0
    unanswered: int = 0
    stale: int = 0


class Hub:
    """What one endpoint says. Safe to use from several threads.

    Each path is asked for once, in as many calls as there are. Once the deadline of a call has
    passed without all answers, or in a hurry several calls have waited that long together, nothing
    more is asked: a Hub that is slow costs a run little more than one deadline.
    `with_history`: also whether a pinned commit is in a branch or tag of its repo.
    """

    def __init__(self, client: Client, deadline: float, with_history: bool = True) -> None:
        self.client = client
        self.deadline = deadline
        self.with_history = with_history
        self.tally = Tally()
        self.trouble: str | None = None
        self._told: set[str] = set()
        self._answers: dict[str, Answer] = {}
        self._failed: dict[str, Got] = {}
        self._waited = 0.0
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def __call__(
        self,
        targets: Collection[Target],
        end: float | None = None,
        progress: Progress | None = None,
    ) -> Mapping[Target, Facts]:
        """Facts for every target, within the deadline, or by the moment `end` (`time.monotonic`).

        What is fresh in the cache is not asked for; what is old there is used where no answer
        comes. A target that the Hub cannot have is `Unavailable` and counts for nothing.
        """
        possible = [target for target in dict.fromkeys(targets) if is_possible(target)]
        facts = self._known(possible)
        asked: set[Target] = set()
        unsettled = tuple(target for target in possible if target not in facts)
        if unsettled and not self._why_not():
            self.client.heed()
        why = self._why_not()
        if unsettled and not why:
            latest = time.monotonic() + self.deadline
            gathered, asked = self._gather(unsettled, end or latest, progress)
            facts |= gathered
            why = self.client.down or LATE.why
        for target in possible:
            if target not in facts:
                facts[target] = self._inquiry(self._old(why)).facts(target)
        self._count(facts, asked)
        return {target: facts.get(target, IMPOSSIBLE) for target in targets}

    def warnings(self) -> list[str]:
        """What went wrong, a line each, for people."""
        if self.trouble is None or self.client.identity.offline:
            return list(self.client.warnings)
        unanswered = "1 repo" if self.tally.unanswered == 1 else f"{self.tally.unanswered} repos"
        consequence = "the rules that need it say nothing of them"
        return [*self.client.warnings, f"{self.trouble}: {unanswered} unanswered, {consequence}"]

    def news(self) -> list[str]:
        """The warnings that were not news before, for who does not know how much is to come.

        That the Hub does not answer is news once.
        """
        lines = list(self.client.warnings)
        if self.trouble is not None and not self.client.identity.offline:
            lines.append(_PARTLY)
        news = [line for line in lines if line not in self._told]
        self._told.update(news)
        return [f"{self.trouble}: {line}" if line == _PARTLY else line for line in news]

    def close(self) -> None:
        """Let go of connections and of the cache file; ask nothing more."""
        self.client.give_up("the Hub is closed")
        self.client.close()

    def _why_not(self) -> str:
        """What keeps us from asking, or nothing."""
        if self.client.identity.offline:
            return "offline, and not in the cache"
        return self.client.down or ""

    def _count(self, facts: Mapping[Target, Facts], asked: Collection[Target]) -> None:
        """Count repos, each once: one that was asked at two revisions, one that lacks an answer."""
        why = [one.why for one in facts.values() if isinstance(one, Unavailable)]
        self.trouble = why[0] if why else self.trouble
        lacking = {_repo(one) for one, answer in facts.items() if isinstance(answer, Unavailable)}
        wired = {_repo(target) for target in asked} - lacking
        kept = {_repo(target) for target in facts} - lacking - wired
        old = {
            _repo(target)
            for target, answer in facts.items()
            if not isinstance(answer, Unavailable) and answer.stale
        }
        self.tally = Tally(
            self.tally.asked + len(wired),
            self.tally.cached + len(kept),
            self.tally.unanswered + len(lacking),
            self.tally.stale + len(old),
        )

    def _inquiry(self, ask: Callable[[str, float], Got]) -> Inquiry:
        return Inquiry(ask, self._recall, self.client, self.with_history)

    def _recall(self, path: str) -> Answer | None:
        return self._answers.get(path) or self.client.kept(path)

    def _known(self, targets: Iterable[Target]) -> dict[Target, Facts]:
        """The facts that need no asking."""
        known: dict[Target, Facts] = {}
        for target in targets:
            inquiry = self._inquiry(self._fresh)
            facts = inquiry.facts(target)
            if not inquiry.lacked:
                known[target] = facts
        return known

    def _gather(
        self, targets: Collection[Target], end: float, progress: Progress | None
    ) -> tuple[dict[Target, Facts], set[Target]]:
        """Ask with several threads. They are daemons: a hung one does not hold up the exit."""
        started = time.monotonic()
        answered, requested = self.client.answered, self.client.requested
        if not self.client.can_ask():
            return {}, set()
        todo: queue.SimpleQueue[Target] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[Target, Facts, bool]] = queue.SimpleQueue()
        for target in targets:
            todo.put(target)
        # Where no more threads are to be had, those there are go on.
        with suppress(RuntimeError):
            for _ in range(min(self.client.limits.threads, len(targets))):
                threading.Thread(target=self._work, args=(todo, done, end), daemon=True).start()
        facts: dict[Target, Facts] = {}
        asked: set[Target] = set()
        while len(facts) < len(targets):
            left = end - time.monotonic()
            if left <= 0:
                # A Hub that says something is only slow, which is no news for others.
                silent = self.client.answered == answered and self.client.requested > requested
                (self.client.warn_others if silent else self.client.give_up)(LATE.why)
                break
            try:
                target, answer, over_the_wire = done.get(timeout=min(left, TICK))
            except queue.Empty:
                if self.client.is_lost:
                    self.client.warn_others(UNREACHABLE.why)
                    break
                continue
            facts[target] = answer
            if over_the_wire and not isinstance(answer, Unavailable):
                asked.add(target)
            if progress is not None:
                progress(len(facts), len(targets))
        self._waited += max(0.0, time.monotonic() - started - BRISK)
        if self.client.limits.hurried and self._waited > self.deadline:
            self.client.give_up(SLOW)
        return facts, asked

    def _work(
        self,
        todo: queue.SimpleQueue[Target],
        done: queue.SimpleQueue[tuple[Target, Facts, bool]],
        end: float,
    ) -> None:
        while time.monotonic() < end:
            try:
                target = todo.get_nowait()
            except queue.Empty:
                return
            inquiry = self._inquiry(lambda path, since: self._asked(path, since, end))
            try:
                facts = inquiry.facts(target)
            except Exception as error:
                # A bug is loud, and still nobody waits for the thread that met it.
                self.client.give_up(f"asking the Hub failed ({type(error).__name__}: {error})")
                done.put((target, Unavailable(self.client.down or ""), True))
                return
            done.put((target, facts, inquiry.over_the_wire))

    def _fresh(self, path: str, since: float) -> Got:
        answer = self._at_hand(path, since)
        return Got(Unavailable("not in the cache") if answer is None else answer)

    def _at_hand(self, path: str, since: float) -> Answer | None:
        """An answer that counts without asking, given after a moment in Unix seconds."""
        answer = self._answers.get(path) or self.client.fresh(path)
        return answer if answer is not None and answer.given >= since else None

    def _old(self, why: str) -> Callable[[str, float], Got]:
        def old(path: str, _since: float) -> Got:
            answer = self._recall(path)
            return Got(Unavailable(why) if answer is None else answer)

        return old

    def _asked(self, path: str, since: float, end: float) -> Got:
        """The answer for one path, asked for once however many threads want it."""
        with self._guard:
            lock = self._locks.setdefault(path, threading.Lock())
        with lock:
            answer = self._at_hand(path, since)
            if answer is not None:
                return Got(answer)
            if path in self._failed:
                return self._failed[path]
            got = self.client.ask(path, end, since)
            if not isinstance(got.answer, Answer):
                self._failed[path] = Got(self.client.kept(path) or got.answer)
                return self._failed[path]
            if is_bad_token(got.answer):
                return got
            final = self.client.is_final(path, got.answer)
            self._answers[path] = got.answer if final else self.client.kept(path) or got.answer
            return Got(self._answers[path], got.over_the_wire)


_PARTLY = "what stays unanswered, the rules that need it say nothing of"


def _repo(target: Target) -> tuple[str, str]:
    return target.repo_type, target.repo_id
