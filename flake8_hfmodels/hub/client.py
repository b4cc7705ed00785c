"""One question to the Hub's API at a time: from earlier answers, or over the wire."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from flake8_hfmodels.facts import Unavailable
from flake8_hfmodels.hub.answers import Answer, Got, essence, is_final
from flake8_hfmodels.hub.failure import LATE, Failure
from flake8_hfmodels.hub.identity import Identity
from flake8_hfmodels.hub.kept import FRESH, FRESH_NEGATIVE, Kept
from flake8_hfmodels.hub.paths import Subject, is_immutable, subject
from flake8_hfmodels.hub.reply import Reply, limited, refusal
from flake8_hfmodels.hub.store import Store, open_store
from flake8_hfmodels.record import dataclass, replace

if TYPE_CHECKING:
    from flake8_hfmodels.hub.wire import Wire

FAIR = 1.0
"""Seconds that the Hub must have had for its silence to count against it."""

DOWN = 30.0
"""Seconds for which other processes are told that the Hub is down."""

LONGEST_LIMIT = 3600.0
"""Seconds that we leave a Hub alone at most when it says so; its windows are of five minutes."""

REFUSED = 3600.0
"""Seconds for which a token that the Hub did not accept is not tried again."""

RETRY = (0.1, 0.3)
"""Seconds, from and to, to wait before the second try of a question."""

POLL = 0.03
"""Seconds between two looks at whether another process has its answer."""


CONNECT, CONNECT_HURRIED = 3.0, 0.8
"""Seconds for the first connection to stand, and where somebody waits for a keystroke."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may cost the Hub and the user.

    `timeout`: seconds for each answer. `threads`: questions at a time. `calls`: questions in all.
    `hurried`: somebody waits for a keystroke; what another process has just seen of a Hub that is
    down counts for us too.
    """

    timeout: float = 5.0
    threads: int = 8
    calls: int = 1000
    hurried: bool = False

    @property
    def connect(self) -> float:
        """Seconds for the first connection to stand."""
        return CONNECT_HURRIED if self.hurried else CONNECT


class Client:
    """Asks one endpoint as one identity. Safe to use from several threads.

    `started`: when it was made, in Unix seconds. `requested` counts what went over the wire,
    `answered` what came back. Once the Hub is not there or does not want to, `down` says why, and
    nothing more is asked: a Hub that is away costs a run one wait, not one for each repo, and other
    processes learn of it through the cache. `now` is the clock by which answers grow old.
    """

    def __init__(
        self,
        identity: Identity,
        limits: Limits,
        cache: Path | str | None,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self.identity = identity
        self.limits = limits
        self.now = now
        self.started = time.time()
        self.requested = 0
        self.answered = 0
        self.down: str | None = None
        self._anonymous = replace(identity, token=None)
        self._asking = identity
        self._failures = 0
        self._waiting = 0
        self._since = 0.0
        self._is_doubted = False
        self._lock = threading.Lock()
        self._store = Store(None) if cache is None else open_store(cache)
        self._wire: Wire | None = None
        self._complaints = [identity.warning] if identity.warning else []

    @property
    def warnings(self) -> list[str]:
        """What went wrong with the token or the cache, a line each."""
        return [*self._complaints, *self._store.warnings]

    @property
    def asks_as_somebody(self) -> bool:
        """Whether a token is sent along."""
        return self._asking.token is not None

    @property
    def is_lost(self) -> bool:
        """Whether no connection stands although there was time enough for the first."""
        if self._wire is None or self._wire.connected.is_set() or not self._waiting:
            return False
        return time.monotonic() - self._since > self.limits.connect

    def fresh(self, path: str) -> Answer | None:
        """The kept answer to `GET {endpoint}{path}`, where that is fresh enough."""
        kept = self._kept(path)
        return kept.answer if kept is not None and self._is_fresh(kept, path) else None

    def kept(self, path: str) -> Answer | None:
        """The kept answer, however old; one that is not fresh is marked."""
        kept = self._kept(path)
        if kept is None:
            return None
        return replace(kept.answer, stale=not self._is_fresh(kept, path))

    def heed(self) -> None:
        """Take to heart what other processes say of the Hub: that it wants rest, that it is down.

        That it is down counts only for who is in a hurry: somebody may have mended it since.
        """
        limit, down = self._store.noted(self._limit_key), self._store.noted(self._down_key)
        self._is_doubted = down is not None
        if self._store.noted(self._refused_key) is not None:
            self.forget_token()
        for note in (limit, down if self.limits.hurried else None):
            if note is not None:
                self.give_up(note.text)

    def can_ask(self) -> bool:
        """Whether there is a way to ask at all; gives up where there is none."""
        if self._wire is None:
            try:
                self._wire = self._new_wire()
            except Exception as error:  # what a broken installation may raise is anybody's guess
                self.give_up(f"HTTP cannot be used ({type(error).__name__}: {error})")
        return self.down is None

    def ask(self, path: str, end: float, since: float = 0.0) -> Got:
        """The answer by the moment `end` of the monotonic clock.

        Where another process is asking the same, its answer is waited for, but no longer than for
        one of our own. `since`: kept answers do not count that were given before, in Unix seconds.
        """
        asking = self._asking
        key = _key(asking, path)
        now = time.monotonic()
        patience = now + min(self.limits.timeout, (end - now) / 2)
        while self.down is None and time.monotonic() < end:
            seconds = min(self.limits.timeout, end - time.monotonic()) + 1.0
            if self._store.claim(key, seconds) or time.monotonic() > patience:
                return self._claimed(asking, path, key, end, since)
            time.sleep(POLL)
            answer = self.fresh(path)
            if answer is not None and answer.given >= since:
                return Got(answer)
        return Got(Unavailable(self.down or LATE.why))

    def keep(self, answers: Mapping[str, Answer | None]) -> None:
        """Keep what follows from other answers, by the paths that it answers."""
        by_key = {_key(self._asking, path): one for path, one in answers.items() if one is not None}
        self._store.write(by_key, self.now())

    def is_final(self, path: str, answer: Answer) -> bool:
        """Whether an answer is the Hub's own word, and no redirect into nowhere."""
        if answer.location:
            target = self.target_of(path, answer.location) or path
            kind = path[: path.find("/", len("/api/")) + 1]
            if target == path or not target.startswith(kind):
                return False
        return is_final(answer, subject(path))

    def give_up(self, why: str) -> None:
        """Ask nothing more."""
        self.down = self.down or why

    def warn_others(self, why: str) -> None:
        """Ask nothing more, and let other processes know."""
        self.give_up(why)
        self._store.note(self._down_key, why, DOWN)

    def target_of(self, path: str, location: str) -> str | None:
        """The path that a redirect leads to, or `None` where it leaves the endpoint."""
        base = self.identity.endpoint
        try:
            url = urljoin(base + path, location)
            same = _origin(url) == _origin(base)
        except ValueError:
            return None
        path = "/" + url.partition("//")[2].partition("/")[2]
        prefix = urlsplit(base).path
        if not same:
            return None
        if path.startswith(f"{prefix}/"):
            return path[len(prefix) :]
        return path if path.startswith("/api/") else None  # a mirror hands on what the Hub says

    def forget_token(self) -> None:
        """Go on without a token that the Hub does not accept; say so once."""
        with self._lock:
            if self._asking.token is not None:
                self._asking = self._anonymous
                self._complaints.append(
                    "the Hub does not accept the token (HF_TOKEN or `hf auth login`): "
                    "asking without it, private repos stay unknown"
                )
                self._store.note(self._refused_key, "", REFUSED)

    def close(self) -> None:
        """Let go of connections and of the cache file."""
        if self._wire is not None:
            self._wire.close()
        self._store.close()

    @property
    def _limit_key(self) -> str:
        return f"limit:{self._asking.digest}"

    @property
    def _refused_key(self) -> str:
        return f"refused:{self.identity.digest}"

    @property
    def _down_key(self) -> str:
        return f"down:{self._anonymous.digest}"

    def _claimed(self, asking: Identity, path: str, key: str, end: float, since: float) -> Got:
        """Ask a question that is ours; others get the answer, or may ask themselves."""
        # Between our look at the cache and the claim somebody may have answered it.
        answer = self.fresh(path)
        if answer is not None and answer.given >= since:
            self._store.release([key])
            return Got(answer)
        heard = self._ask(asking, path, end)
        if isinstance(heard, Answer) and self.is_final(path, heard):
            self._store.write({key: heard}, self.now())
        else:
            self._store.release([key])
        return Got(heard, over_the_wire=True)

    def _ask(self, asking: Identity, path: str, end: float) -> Answer | Unavailable:
        """The answer over the wire; what may pass is tried once more."""
        alone = self._failures == 0
        heard, failure = self._try(asking, path, end)
        pause = random.uniform(*RETRY)
        if failure is None or not failure.may_pass or not alone:
            return heard
        if self.down is not None or time.monotonic() + pause >= end:
            return heard
        time.sleep(pause)
        return self._try(asking, path, end)[0]

    def _try(
        self, asking: Identity, path: str, end: float
    ) -> tuple[Answer | Unavailable, Failure | None]:
        timeout = min(self.limits.timeout, end - time.monotonic())
        with self._lock:
            if self.requested >= self.limits.calls:
                self.give_up(
                    f"{self.requested} questions were asked, and --max-calls allows no more"
                )
            if self.down is not None or timeout <= 0:
                return Unavailable(self.down or LATE.why), None
            self.requested += 1
            self._waiting += 1
            self._since = self._since or time.monotonic()
            before = self.answered
            wire = self._wire = self._wire or self._new_wire()
        keep = partial(essence, of=subject(path))
        outcome = wire.get(asking.endpoint + path, asking.token, timeout, keep)
        failure = self._failure_in(outcome)
        self._count(failure, before, is_fair=timeout >= min(self.limits.timeout, FAIR))
        if failure is None and isinstance(outcome, Reply):
            return outcome.answer, None
        return Unavailable(failure.why if failure else LATE.why), failure

    def _new_wire(self) -> Wire:
        # What the cache has needs no HTTP, which is slow to import.
        from flake8_hfmodels.hub.wire import Wire

        return Wire(self.identity.endpoint, self.limits.threads)

    def _failure_in(self, outcome: Reply | Failure) -> Failure | None:
        """What an outcome says against asking on; a Hub that wants rest gets it from all of us."""
        if isinstance(outcome, Failure):
            return outcome
        if outcome.left == 0:
            why = limited(outcome.seconds, with_token=outcome.answer.with_token)
            self.give_up(why)
            seconds = DOWN if outcome.seconds is None else outcome.seconds
            self._store.note(self._limit_key, why, min(seconds, LONGEST_LIMIT))
        return refusal(outcome)

    def _count(self, failure: Failure | None, before: int, is_fair: bool) -> None:
        """Count how a question went; after enough failures in a row the Hub counts as down."""
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
        if failure is not None and is_down and self.down is None:
            (self.give_up if failure.is_ours else self.warn_others)(failure.why)
        if was_wrong:
            self._store.forget(self._down_key)

    def _kept(self, path: str) -> Kept | None:
        kept = self._store.read(_key(self._asking, path))
        return kept if kept is not None and self.is_final(path, kept.answer) else None

    def _is_fresh(self, kept: Kept, path: str) -> bool:
        if kept.answer.status == 200 and is_immutable(path):
            return True
        is_brief = kept.answer.status in (401, 403, 404) or subject(path) in _BRIEF
        age = self.now() - kept.created_at
        return timedelta(0) <= age < (FRESH_NEGATIVE if is_brief else FRESH)


_BRIEF = (Subject.ACCOUNT, Subject.REFS)


def _key(asking: Identity, path: str) -> str:
    # Hexadecimal, as requests_cache 1.3 writes keys into its SQL as they are.
    text = f"{asking.digest}:{path}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, parts.port or default
