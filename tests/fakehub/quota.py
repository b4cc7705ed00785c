"""The Hub's rate limits: how many answers are left in a window of five minutes."""

from __future__ import annotations

import threading
import time

from tests.fakehub.answers import Bucket, Headers

WINDOW = 300
ANONYMOUS = {"api": 500, "resolvers": 3000, "pages": 100}
SIGNED_IN = {"api": 1000, "resolvers": 5000, "pages": 200}


class Quota:
    """Counts answers for each bucket and user.

    ``limit`` is the anonymous quota of the api bucket; the others keep the Hub's proportions to
    it. With None nothing is refused, and the headers show an untouched quota.
    """

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        self._started = time.monotonic()
        self._spent: dict[tuple[Bucket, str | None], int] = {}
        self._lock = threading.Lock()

    def size(self, bucket: Bucket, user: str | None) -> int:
        """How many answers a window has for somebody (None: anonymous)."""
        standard = (ANONYMOUS if user is None else SIGNED_IN)[bucket]
        return standard if self.limit is None else self.limit * standard // ANONYMOUS["api"]

    def spend(self, bucket: Bucket, user: str | None) -> tuple[bool, Headers]:
        """Count one answer: whether it is allowed, and the headers that say what is left."""
        with self._lock:
            elapsed = time.monotonic() - self._started
            if elapsed >= WINDOW:
                self._started, elapsed = time.monotonic(), 0.0
                self._spent.clear()
            spent = self._spent.get((bucket, user), 0) + 1
            self._spent[bucket, user] = 0 if self.limit is None else spent
        size = self.size(bucket, user)
        left = max(0, size - spent)
        headers = (
            ("RateLimit", f'"{bucket}";r={left};t={int(WINDOW - elapsed)}'),
            ("RateLimit-Policy", f'"fixed window";"{bucket}";q={size};w={WINDOW}'),
        )
        return spent <= size, headers
