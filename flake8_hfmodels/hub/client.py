"""What one endpoint says to one identity: from earlier answers, or by asking it."""

from __future__ import annotations

import os
import time
from _thread import allocate_lock  # threading has the same, and is slow to import
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, TypeAlias

from flake8_hfmodels.hub.answers import Answer, Got, is_final
from flake8_hfmodels.hub.identity import Identity
from flake8_hfmodels.hub.kept import FRESH, FRESH_NEGATIVE, Kept
from flake8_hfmodels.hub.paths import Subject, is_immutable, subject
from flake8_hfmodels.record import dataclass, replace

if TYPE_CHECKING:
    from pathlib import Path

    from flake8_hfmodels.hub.asking import Asking
    from flake8_hfmodels.hub.glance import Glance
    from flake8_hfmodels.hub.store import Store

Read: TypeAlias = Callable[[str], Kept | None]
"""What is kept under a key."""

REFUSED = 3600.0
"""Seconds for which a token that the Hub did not accept is not tried again."""

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
    """Knows one endpoint as one identity. Safe to use from several threads.

    `started`: when it was made, in Unix seconds. `who`: as whom the Hub is asked; without the token
    once it is refused. Once the Hub is not there or does not want to, `down` says why, and nothing
    more is asked: a Hub that is away costs a run one wait, not one for each repo, and other
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
        self.anonymous = replace(identity, token=None)
        self.who = identity
        self.limits = limits
        self.now = now
        self.started = time.time()
        self.down: str | None = None
        self._cache = cache
        self._store: Store | None = None
        self._asking: Asking | None = None
        self._has_looked = False
        self._lock = allocate_lock()
        self._opening = allocate_lock()
        self._complaints = [identity.warning] if identity.warning else []

    @property
    def warnings(self) -> list[str]:
        """What went wrong with the token or the cache, a line each."""
        if self._store is None and self._has_looked:
            return list(self._complaints)
        return [*self._complaints, *self.store.warnings]

    @property
    def asks_as_somebody(self) -> bool:
        """Whether a token is sent along."""
        return self.who.token is not None

    @property
    def store(self) -> Store:
        """Where answers are kept: opened, or made, when it is first needed."""
        with self._opening:
            if self._store is None:
                from flake8_hfmodels.hub.store import Store, open_store

                self._store = Store(None) if self._cache is None else open_store(self._cache)
            return self._store

    @property
    def asking(self) -> Asking:
        """The way to ask over the wire: made when something is to be asked."""
        with self._opening:
            if self._asking is None:
                from flake8_hfmodels.hub.asking import Asking

                self._asking = Asking(self)
            return self._asking

    def glance(self, paths: Iterable[str]) -> Glance | None:
        """A look into a cache file that is at rest, with the answers to some paths read at once.

        It costs less than to open the store, and is not to be had where that is open.
        """
        if self._store is not None or self._cache is None or "://" in str(self._cache):
            return None
        from flake8_hfmodels.hub.glance import glance
        from flake8_hfmodels.hub.schema import NAME

        found = glance(os.path.join(self._cache, NAME))
        if found is not None:
            self._has_looked = True
            found.fetch([self.who.key(path) for path in paths])
        return found

    def fresh(self, path: str, read: Read | None = None) -> Answer | None:
        """The kept answer to `GET {endpoint}{path}`, where that is fresh enough."""
        kept = self._kept(path, read)
        return kept.answer if kept is not None and self._is_fresh(kept, path) else None

    def kept(self, path: str, read: Read | None = None) -> Answer | None:
        """The kept answer, however old; one that is not fresh is marked."""
        kept = self._kept(path, read)
        if kept is None:
            return None
        return replace(kept.answer, stale=not self._is_fresh(kept, path))

    def heed(self) -> None:
        """Take to heart what other processes say of the Hub."""
        self.asking.heed()

    def ask(self, path: str, end: float, since: float = 0.0) -> Got:
        """The answer by the moment `end` of the monotonic clock.

        `since`: kept answers do not count that were given before, in Unix seconds.
        """
        return self.asking.ask(path, end, since)

    def keep(self, answers: Mapping[str, Answer | None]) -> None:
        """Keep what follows from other answers, by the paths that it answers."""
        by_key = {self.who.key(path): one for path, one in answers.items() if one is not None}
        self.store.write(by_key, self.now())

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

    def target_of(self, path: str, location: str) -> str | None:
        """The path that a redirect leads to, or `None` where it leaves the endpoint."""
        from urllib.parse import urljoin, urlsplit  # slow to import, and few are redirected

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
            if self.who.token is not None:
                self.who = self.anonymous
                self._complaints.append(
                    "the Hub does not accept the token (HF_TOKEN or `hf auth login`): "
                    "asking without it, private repos stay unknown"
                )
                self.store.note(self._refused_key, "", REFUSED)

    def heed_refusal(self) -> None:
        """Do not try a token that the Hub did not accept a while ago."""
        if self.store.noted(self._refused_key) is not None:
            self.forget_token()

    def close(self) -> None:
        """Let go of connections and of the cache file."""
        self._cache = None
        if self._asking is not None:
            self._asking.close()
        if self._store is not None:
            self._store.close()

    @property
    def _refused_key(self) -> str:
        return f"refused:{self.identity.digest}"

    def _kept(self, path: str, read: Read | None) -> Kept | None:
        kept = (read or self.store.read)(self.who.key(path))
        return kept if kept is not None and self.is_final(path, kept.answer) else None

    def _is_fresh(self, kept: Kept, path: str) -> bool:
        if kept.answer.status == 200 and is_immutable(path):
            return True
        is_brief = kept.answer.status in (401, 403, 404) or subject(path) in _BRIEF
        age = self.now() - kept.created_at
        return timedelta(0) <= age < (FRESH_NEGATIVE if is_brief else FRESH)


_BRIEF = (Subject.ACCOUNT, Subject.REFS)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, parts.port or default
