"""One question to the Hub's API at a time: from earlier answers, or over the wire."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from flake8_hfmodels.facts import Unavailable
from flake8_hfmodels.hub.answers import Answer, is_final
from flake8_hfmodels.hub.failure import AT_ONCE, ERRORS, LATE, Failure
from flake8_hfmodels.hub.identity import Identity
from flake8_hfmodels.hub.store import Kept, Store, open_store
from flake8_hfmodels.hub.wire import Wire
from flake8_hfmodels.repo_id import is_commit_hash

FRESH = timedelta(days=1)
FRESH_NEGATIVE = timedelta(hours=1)
"""How long an answer counts as fresh, and one that says "no" or speaks of an account."""

FAIR = 1.0
"""Seconds that the Hub must have had for its silence to count against it."""


class Client:
    """Asks one endpoint as one identity. Safe to use from several threads.

    `requested` counts what went over the wire, `answered` what came back. Once the Hub is not
    there or does not want to, `down` says why, and nothing more is asked: a Hub that is away costs
    a run one wait, not one for each repo. `now` is the clock by which answers grow old.
    """

    def __init__(
        self,
        identity: Identity,
        timeout: float,
        cache_dir: Path | None,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self.identity = identity
        self.timeout = timeout
        self.now = now
        self.requested = 0
        self.answered = 0
        self.down: str | None = None
        self._anonymous = replace(identity, token=None)
        self._asking = identity
        self._failures = 0
        self._waiting = 0
        self._new: dict[str, Answer] = {}
        self._lock = threading.Lock()
        self._store = Store(None) if cache_dir is None else open_store(cache_dir)
        self._wire = Wire(identity.endpoint)
        self.warnings = [line for line in (identity.warning, self._store.warning) if line]

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

    def ask(self, path: str, end: float) -> Answer | Unavailable:
        """The answer over the wire, by the moment `end` of the monotonic clock."""
        timeout = min(self.timeout, end - time.monotonic())
        if self.down is not None or timeout <= 0:
            return Unavailable(self.down or "there was no time left to ask the Hub")
        asking = self._asking
        with self._lock:
            self.requested += 1
            self._waiting += 1
            before = self.answered
        outcome = self._wire.get(asking.endpoint + path, asking.token, timeout)
        answer = self._judged(outcome, before, is_fair=timeout >= min(self.timeout, FAIR))
        if isinstance(answer, Answer) and self.is_final(path, answer):
            with self._lock:
                self._new[_key(asking, path)] = answer
        return answer

    def is_final(self, path: str, answer: Answer) -> bool:
        """Whether an answer is the Hub's own word, and no redirect into nowhere."""
        if answer.location:
            target = self.target_of(path, answer.location) or path
            kind = path[: path.find("/", len("/api/")) + 1]
            if target == path or not target.startswith(kind):
                return False
        return is_final(answer, of_account=path.endswith("/overview"))

    def give_up(self, why: str) -> None:
        """Ask nothing more."""
        self.down = self.down or why

    def keep(self) -> None:
        """Write down what was learned since the last time."""
        with self._lock:
            new, self._new = self._new, {}
        self._store.write(new, self.now())

    def target_of(self, path: str, location: str) -> str | None:
        """The path that a redirect leads to, or `None` where it leaves the endpoint."""
        base = self.identity.endpoint
        try:
            url = urljoin(base + path, location)
            same = _origin(url) == _origin(base)
        except ValueError:
            return None
        rest = url.partition("//")[2].partition("/")[2]
        prefix = urlsplit(base).path
        return f"/{rest}"[len(prefix) :] if same and f"/{rest}".startswith(f"{prefix}/") else None

    def forget_token(self) -> None:
        """Go on without a token that the Hub does not accept; say so once."""
        with self._lock:
            if self._asking.token is not None:
                self._asking = self._anonymous
                self.warnings.append(
                    "the Hub does not accept the token (HF_TOKEN or `hf auth login`): "
                    "asking without it, private repos stay unknown"
                )

    def close(self) -> None:
        """Let go of connections and of the cache file."""
        self._wire.close()
        self._store.close()

    def _kept(self, path: str) -> Kept | None:
        kept = self._store.read(_key(self._asking, path))
        return kept if kept is not None and self.is_final(path, kept.answer) else None

    def _is_fresh(self, kept: Kept, path: str) -> bool:
        if kept.answer.status == 200 and is_commit_hash(path.rpartition("/revision/")[2]):
            return True
        is_brief = kept.answer.status in (401, 404) or path.endswith("/overview")
        age = self.now() - kept.created_at
        return timedelta(0) <= age < (FRESH_NEGATIVE if is_brief else FRESH)

    def _judged(
        self, outcome: Answer | Failure, before: int, is_fair: bool
    ) -> Answer | Unavailable:
        failure = outcome if isinstance(outcome, Failure) else _refusal(outcome)
        with self._lock:
            self._waiting -= 1
            if failure is None:
                self.answered += 1
                self._failures = 0
            elif is_fair:
                others_wait_too = self._waiting > 0 and self.answered == before
                self._failures += 2 if failure == LATE and others_wait_too else 1
                if self._failures >= failure.patience:
                    self.down = failure.why
        return Unavailable(outcome.why) if isinstance(outcome, Failure) else outcome


def _key(asking: Identity, path: str) -> str:
    # Hexadecimal, as requests_cache 1.3 writes keys into its SQL as they are.
    text = f"{asking.digest}:{path}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, parts.port or default


def _refusal(answer: Answer) -> Failure | None:
    """What an answer says against asking on."""
    if answer.status == 429:
        return Failure("the Hub limits the rate of requests", AT_ONCE)
    if answer.status >= 500:
        return Failure(f"the Hub answered with status {answer.status}", ERRORS)
    return None
