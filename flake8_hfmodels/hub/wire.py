"""One GET over the wire: bounded in time and size, and every failure a value."""

from __future__ import annotations

import email.utils
import http.client
import os
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from urllib3.connection import HTTPConnection, HTTPSConnection

from flake8_hfmodels import __version__
from flake8_hfmodels.hub.answers import Answer, parse
from flake8_hfmodels.hub.failure import (
    AT_ONCE,
    ERRORS,
    LATE,
    TIMEOUTS,
    UNREACHABLE,
    Failure,
)
from flake8_hfmodels.hub.identity import is_loopback
from flake8_hfmodels.hub.reply import Reply
from flake8_hfmodels.record import replace
from flake8_hfmodels.regex import regex

LARGEST = 10_000_000
"""Bytes of the largest answer that is read; the largest repos have some 5 MB."""
BULKY = 1_000_000
"""Bytes from which on answers are parsed one after the other: JSON takes up to 25 times as much."""
INTERIM = 8
"""How many `100 Continue` a server may say before it answers."""


# An address that is none gets through requests as one of the others.
_FAILURES = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    UnicodeError,
)
# huggingface.co says `ratelimit: "api";r=499;t=295`.
_RATE_LIMIT = regex(r'"[^"]*"\s*;\s*r=(?P<left>\d{1,9})\s*;\s*t=(?P<seconds>\d{1,9})')


class Wire:
    """Connections to one endpoint. Safe to use from several threads.

    `connected` is set as soon as there was one. `essence` is what is kept of a payload.
    """

    def __init__(self, endpoint: str, connections: int) -> None:
        self.connected = threading.Event()
        self._bulky = threading.Lock()
        self._session = _Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _Adapter(self.connected, connections))
        self._session.headers["User-Agent"] = f"flake8-hfmodels/{__version__}"
        self._session.auth = _as_it_is  # or ~/.netrc would replace our Authorization
        self._session.cookies = _NoCookies()
        if endpoint.lower().startswith("http://") and is_loopback(endpoint):
            self._session.trust_env = False  # or a proxy would see the token unencrypted
        elif not _certificates_for_requests():
            # The variables that httpx, and so huggingface_hub, looks at.
            named = os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR")
            self._session.verify = named or True

    def get(
        self, url: str, token: str | None, timeout: float, essence: Callable[[object], object]
    ) -> Reply | Failure:
        """The answer to one GET, its payload brought down to `essence`; redirects are answers."""
        end = time.monotonic() + timeout
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            with self._session.get(url, headers=headers, timeout=timeout, stream=True) as response:
                body = _body(response, end)
        except _FAILURES as error:
            return _failure(error)
        if isinstance(body, Failure):
            return body
        payload = self._parsed(body, essence, end)
        if isinstance(payload, Failure):
            return payload
        answer = Answer(
            status=response.status_code,
            payload=payload,
            code=response.headers.get("X-Error-Code", ""),
            location=response.headers.get("Location", ""),
            with_token=token is not None,
            total=_total(response.headers.get("X-Total-Count", "")),
            given=time.time(),
        )
        return _reply(answer, response.headers)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def _parsed(self, body: bytearray, essence: Callable[[object], object], end: float) -> object:
        if len(body) < BULKY:
            return essence(parse(body))
        with self._bulky:
            # Nobody waits any more; and what is no answer about a repo is not worth the memory.
            if time.monotonic() > end:
                return LATE
            return essence(parse(body)) if b'"_id"' in body else None


class _Session(requests.Session):
    """Leaves redirects to us: where they lead is what we want to know."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class _NoCookies(RequestsCookieJar):
    """Keeps none, and so reads none: http.cookiejar stumbles over hostile ones."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Leave a cookie where it is."""


class _Response(http.client.HTTPResponse):
    """Does not wait for ever behind a flood of `100 Continue`."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._interim = 0

    def _read_status(self) -> Any:
        self._interim += 1
        if self._interim > INTERIM:
            raise http.client.BadStatusLine("100 Continue, and no end")
        return super()._read_status()  # type: ignore[misc] # not in the type stubs


class _Adapter(HTTPAdapter):
    """Makes connections that tell when they stand."""

    def __init__(self, connected: threading.Event, connections: int) -> None:
        self._pools = {
            "http": _pool(urllib3.HTTPConnectionPool, HTTPConnection, connected),
            "https": _pool(urllib3.HTTPSConnectionPool, HTTPSConnection, connected),
        }
        super().__init__(pool_maxsize=connections)

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        super().init_poolmanager(*given, **named)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *given: Any, **named: Any) -> Any:
        manager = super().proxy_manager_for(*given, **named)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _pool(pool: Any, connection: Any, connected: threading.Event) -> Any:
    def new(self: Any) -> Any:
        made = connection._new_conn(self)
        connected.set()
        return made

    own = {"_new_conn": new, "response_class": _Response}
    watched = type(connection.__name__, (connection,), own)
    return type(pool.__name__, (pool,), {"ConnectionCls": watched})


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _certificates_for_requests() -> str | None:
    return os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")


def _reply(answer: Answer, headers: Mapping[str, str]) -> Reply:
    found = _RATE_LIMIT.search(headers.get("RateLimit", ""))
    left, seconds = (int(found["left"]), float(found["seconds"])) if found else (None, None)
    if answer.status == 429:
        waits = [one for one in (seconds, _seconds(headers.get("Retry-After", ""))) if one]
        return Reply(answer, 0, max(waits, default=None))
    return Reply(answer, left, seconds)


def _total(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _seconds(text: str) -> float | None:
    """What Retry-After says: seconds, or a date."""
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = email.utils.parsedate_to_datetime(text)
        return max(0.0, moment.timestamp() - time.time())
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _body(response: requests.Response, end: float) -> bytearray | Failure:
    response.raw.enforce_content_length = True  # urllib3 1 takes half an answer for a whole one
    # read1 (urllib3 2) hands out what has come; read waits for a trickle to fill the chunk.
    read = partial(getattr(response.raw, "read1", response.raw.read), decode_content=True)
    body = bytearray()
    while chunk := read(1 << 16):
        body += chunk
        if len(body) > LARGEST:
            return Failure(f"an answer is larger than {LARGEST // 1_000_000} MB", ERRORS)
        if time.monotonic() > end:
            return LATE
    return body


def _failure(error: Exception) -> Failure:
    match error:
        case requests.exceptions.SSLError():
            why = "the Hub's certificate cannot be verified (see REQUESTS_CA_BUNDLE, SSL_CERT_FILE)"
            return Failure(why, AT_ONCE, is_ours=True)
        case requests.exceptions.ProxyError():
            why = "the proxy does not let us through (see HTTPS_PROXY)"
            return Failure(why, AT_ONCE, is_ours=True)
        case requests.ConnectTimeout():
            return replace(UNREACHABLE, patience=TIMEOUTS)
        case requests.Timeout() | urllib3.exceptions.ReadTimeoutError():
            return LATE
        case requests.ConnectionError(args=(urllib3.exceptions.MaxRetryError(), *_)):
            return UNREACHABLE
        case requests.ConnectionError() | urllib3.exceptions.ProtocolError():
            return Failure("the Hub broke off its answer", ERRORS, may_pass=True)
        case urllib3.exceptions.DecodeError():
            return Failure("an answer cannot be unpacked", ERRORS)
        case _:
            why = f"the Hub cannot be asked ({type(error).__name__}; see HF_ENDPOINT, HTTPS_PROXY)"
            return Failure(why, AT_ONCE, is_ours=True)
