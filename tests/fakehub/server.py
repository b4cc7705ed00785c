"""The fake Hub: a World on loopback sockets, with quotas, faults, and a memory of requests."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING

from tests.fakehub.answers import Answer, Request, rate_limited
from tests.fakehub.certificate import certified
from tests.fakehub.faults import Fault
from tests.fakehub.handlers import HubHandler, RecordedRequest, StorageHandler
from tests.fakehub.listener import Listener
from tests.fakehub.quota import Quota
from tests.fakehub.routes import answer, revalidated
from tests.fakehub.world import World

if TYPE_CHECKING:
    from typing_extensions import Self


class FakeHub:
    """A Hub that serves a World on 127.0.0.1, as a context manager.

    ``requests`` is what was asked so far, ``fault`` (one or several) the trouble to make,
    ``rate_limit`` the anonymous API quota per five minutes (None: no limit; setting it starts the
    window anew), ``latency`` the seconds before each answer. Large files come from a second host,
    ``storage_url``, as on the Hub. With ``tls`` both speak https, with a certificate that only
    those trust who trust ``ca_file``. Leaving the block ends every wait and connection at once.
    """

    def __init__(
        self,
        world: World,
        *,
        latency: float = 0.0,
        port: int = 0,
        rate_limit: int | None = 500,
        host: str = "127.0.0.1",
        tls: bool = False,
    ) -> None:
        self.world = world
        self.latency = latency
        self.stopping = threading.Event()
        self._quota = Quota(rate_limit)
        self._requests: list[RecordedRequest] = []
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._address = (host, port)
        self._tls = tls
        self._opened = contextlib.ExitStack()
        self._listeners: tuple[Listener, ...] = ()
        self.url = ""
        self.storage_url = ""
        self.ca_file = ""

    def __enter__(self) -> Self:
        host, port = self._address
        context = None
        if self._tls:
            self.ca_file, context = self._opened.enter_context(certified(host))
        hub = Listener((host, port), lambda *given: HubHandler(self, *given), context)
        storage = Listener((host, 0), lambda *given: StorageHandler(self, *given), context)
        self._listeners = (hub, storage)
        self.url, self.storage_url = hub.url, storage.url
        hub.start()
        storage.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        for listener in self._listeners:
            listener.stop()
        self._opened.close()

    @property
    def requests(self) -> list[RecordedRequest]:
        """What was asked so far, in order; storage requests (``host="storage"``) included."""
        with self._lock:
            return list(self._requests)

    def clear(self) -> None:
        """Forget what was asked, make no more trouble, and start the quota anew."""
        with self._lock:
            self._requests.clear()
            self._faults.clear()
        self._quota = Quota(self._quota.limit)

    @property
    def fault(self) -> tuple[Fault, ...]:
        """The trouble that is left, in order: the first that matches a request is made."""
        with self._lock:
            return tuple(self._faults)

    @fault.setter
    def fault(self, value: Fault | Iterable[Fault] | None) -> None:
        faults = [value] if isinstance(value, Fault) else list(value or ())
        with self._lock:
            self._faults = faults

    @property
    def rate_limit(self) -> int | None:
        """The anonymous API quota of a window."""
        return self._quota.limit

    @rate_limit.setter
    def rate_limit(self, value: int | None) -> None:
        self._quota = Quota(value)

    def record(self, request: RecordedRequest) -> None:
        """Remember a request."""
        with self._lock:
            self._requests.append(request)

    def next_fault(self, target: str, *, reused: bool) -> Fault | None:
        """The trouble that a request for this path and query is in for, now counted as made."""
        with self._lock:
            matching = [fault for fault in self._faults if fault.matches(target, reused=reused)]
            if not matching:
                return None
            chosen = matching[0]
            index = self._faults.index(chosen)
            self._faults[index : index + 1] = _remaining(chosen)
            return chosen

    def answer(self, request: Request, if_none_match: str | None) -> Answer:
        """The Hub's answer with its quota headers: the quota counts redirects and errors too."""
        allowed, headers = self._quota.spend(request.bucket, request.who.user)
        if not allowed:
            quota = self._quota.size(request.bucket, request.who.user)
            return rate_limited(request, quota).adding(*headers)
        made = answer(self.world, request)
        return revalidated(made, if_none_match).adding(*headers)


def _remaining(fault: Fault) -> list[Fault]:
    """What is left of a fault after one more request."""
    if fault.times is None:
        return [fault]
    return [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
