"""One question to the Hub's API at a time over the wire, in agreement with other processes."""

from __future__ import annotations

import random
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

from flake8_hfmodels.facts import Unavailable
from flake8_hfmodels.hub.answers import Answer, Got, essence
from flake8_hfmodels.hub.failure import LATE, Failure
from flake8_hfmodels.hub.paths import subject
from flake8_hfmodels.hub.reply import Reply, limited, refusal

if TYPE_CHECKING:
    from flake8_hfmodels.hub.client import Client
    from flake8_hfmodels.hub.identity import Identity
    from flake8_hfmodels.hub.wire import Wire

FAIR = 1.0
"""Seconds that the Hub must have had for its silence to count against it."""

DOWN = 30.0
"""Seconds for which other processes are told that the Hub is down."""

LONGEST_LIMIT = 3600.0
"""Seconds that we leave a Hub alone at most when it says so; its windows are of five minutes."""

RETRY = (0.1, 0.3)
"""Seconds, from and to, to wait before the second try of a question."""

POLL = 0.03
"""Seconds between two looks at whether another process has its answer."""


class Asking:
    """Asks over the wire for a client. Safe to use from several threads.

    `requested` counts what went over the wire, `answered` what came back.
    """

    def __init__(self, client: Client) -> None:
        self.requested = 0
        self.answered = 0
        self.wire: Wire | None = None
        self._client = client
        self._failures = 0
        self._waiting = 0
        self._since = 0.0
        self._is_doubted = False
        self._lock = threading.Lock()

    @property
    def is_lost(self) -> bool:
        """Whether no connection stands although there was time enough for the first."""
        if self.wire is None or self.wire.connected.is_set() or not self._waiting:
            return False
        return time.monotonic() - self._since > self._client.limits.connect

    def heed(self) -> None:
        """Take to heart what other processes say of the Hub: that it wants rest, that it is down.

        That it is down counts only for who is in a hurry: somebody may have mended it since.
        """
        client, store = self._client, self._client.store
        limit, down = store.noted(self._limit_key), store.noted(self._down_key)
        self._is_doubted = down is not None
        client.heed_refusal()
        for note in (limit, down if client.limits.hurried else None):
            if note is not None:
                client.give_up(note.text)

    def can_ask(self) -> bool:
        """Whether there is a way to ask at all; gives up where there is none."""
        if self.wire is None:
            try:
                self.wire = self._new_wire()
            except Exception as error:  # what a broken installation may raise is anybody's guess
                self._client.give_up(f"HTTP cannot be used ({type(error).__name__}: {error})")
        return self._client.down is None

    def ask(self, path: str, end: float, since: float) -> Got:
        """The answer by the moment `end` of the monotonic clock.

        Where another process is asking the same, its answer is waited for, but no longer than for
        one of our own. `since`: kept answers do not count that were given before, in Unix seconds.
        """
        client = self._client
        who = client.who
        key = who.key(path)
        now = time.monotonic()
        patience = now + min(client.limits.timeout, (end - now) / 2)
        while client.down is None and time.monotonic() < end:
            seconds = min(client.limits.timeout, end - time.monotonic()) + 1.0
            if client.store.claim(key, seconds) or time.monotonic() > patience:
                return self._claimed(who, path, key, end, since)
            time.sleep(POLL)
            answer = client.fresh(path)
            if answer is not None and answer.given >= since:
                return Got(answer)
        return Got(Unavailable(client.down or LATE.why))

    def rest(self) -> float:
        """The seconds for which the Hub wants no questions, as far as it said so."""
        note = self._client.store.noted(self._limit_key)
        return 0.0 if note is None else max(0.0, note.until.timestamp() - time.time())

    def warn_others(self, why: str) -> None:
        """Ask nothing more, and let other processes know."""
        self._client.give_up(why)
        self._client.store.note(self._down_key, why, DOWN)

    def close(self) -> None:
        """Let go of connections."""
        if self.wire is not None:
            self.wire.close()

    @property
    def _limit_key(self) -> str:
        return f"limit:{self._client.who.digest}"

    @property
    def _down_key(self) -> str:
        return f"down:{self._client.anonymous.digest}"

    def _claimed(self, who: Identity, path: str, key: str, end: float, since: float) -> Got:
        """Ask a question that is ours; others get the answer, or may ask themselves."""
        client = self._client
        # Between our look at the cache and the claim somebody may have answered it.
        answer = client.fresh(path)
        if answer is not None and answer.given >= since:
            client.store.release([key])
            return Got(answer)
        heard = self._ask(who, path, end)
        if isinstance(heard, Answer) and client.is_final(path, heard):
            client.store.write({key: heard}, client.now())
        else:
            client.store.release([key])
        return Got(heard, over_the_wire=True)

    def _ask(self, who: Identity, path: str, end: float) -> Answer | Unavailable:
        """The answer over the wire; what may pass is tried once more."""
        alone = self._failures == 0
        heard, failure = self._try(who, path, end)
        pause = random.uniform(*RETRY)
        if failure is None or not failure.may_pass or not alone:
            return heard
        if self._client.down is not None or time.monotonic() + pause >= end:
            return heard
        time.sleep(pause)
        return self._try(who, path, end)[0]

    def _try(
        self, who: Identity, path: str, end: float
    ) -> tuple[Answer | Unavailable, Failure | None]:
        client = self._client
        timeout = min(client.limits.timeout, end - time.monotonic())
        with self._lock:
            if self.requested >= client.limits.calls:
                client.give_up(
                    f"{self.requested} questions were asked, and --max-calls allows no more"
                )
            if client.down is not None or timeout <= 0:
                return Unavailable(client.down or LATE.why), None
            self.requested += 1
            self._waiting += 1
            self._since = self._since or time.monotonic()
            before = self.answered
            wire = self.wire = self.wire or self._new_wire()
        keep = partial(essence, of=subject(path))
        outcome = wire.get(who.endpoint + path, who.token, timeout, keep)
        failure = self._failure_in(outcome)
        self._count(failure, before, is_fair=timeout >= min(client.limits.timeout, FAIR))
        if failure is None and isinstance(outcome, Reply):
            return outcome.answer, None
        return Unavailable(failure.why if failure else LATE.why), failure

    def _new_wire(self) -> Wire:
        # HTTP is slow to import, and other processes may answer.
        from flake8_hfmodels.hub.wire import Wire

        return Wire(self._client.identity.endpoint, self._client.limits.threads)

    def _failure_in(self, outcome: Reply | Failure) -> Failure | None:
        """What an outcome says against asking on; a Hub that wants rest gets it from all of us."""
        if isinstance(outcome, Failure):
            return outcome
        if outcome.left == 0:
            why = limited(outcome.seconds, with_token=outcome.answer.with_token)
            self._client.give_up(why)
            seconds = DOWN if outcome.seconds is None else outcome.seconds
            self._client.store.note(self._limit_key, why, min(seconds, LONGEST_LIMIT))
        return refusal(outcome)

    def _count(self, failure: Failure | None, before: int, is_fair: bool) -> None:
        """Count how a question went; after enough failures in a row the Hub counts as down."""
        client = self._client
        with self._lock:
            self._waiting -= 1
            if failure is None:
                self.answered += 1
                self._failures = 0
            elif is_fair:
                others_wait_too = self._waiting > 0 and self.answered == before
                self._failures += 2 if failure == LATE and others_wait_too else 1
            is_down = failure is not None and self._failures >= failure.patience
            was_wrong, self._is_doubted = failure is None and self._is_doubted, False
        if failure is not None and is_down and client.down is None:
            (client.give_up if failure.is_ours else self.warn_others)(failure.why)
        if was_wrong:
            client.store.forget(self._down_key)
