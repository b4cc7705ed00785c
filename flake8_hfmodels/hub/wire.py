"""One GET over the wire: bounded in time and size, and every failure a value."""

from __future__ import annotations

import time

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar

from flake8_hfmodels import __version__
from flake8_hfmodels.hub.answers import Answer, parse
from flake8_hfmodels.hub.failure import AT_ONCE, ERRORS, LATE, Failure
from flake8_hfmodels.hub.identity import is_loopback

CONNECTIONS = 8
"""How many questions are asked at the same time."""
LARGEST = 20_000_000
"""Bytes of the largest answer that is read; the largest repos have some 5 MB."""


# An address that is none gets through requests as one of the others.
_FAILURES = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, UnicodeError)


class Wire:
    """Connections to one endpoint. Safe to use from several threads."""

    def __init__(self, endpoint: str) -> None:
        self._session = _Session()
        self._session.mount("http://", HTTPAdapter(pool_maxsize=CONNECTIONS))
        self._session.mount("https://", HTTPAdapter(pool_maxsize=CONNECTIONS))
        self._session.headers["User-Agent"] = f"flake8-hfmodels/{__version__}"
        self._session.auth = _as_it_is  # or ~/.netrc would replace our Authorization
        self._session.cookies = _NoCookies()
        if endpoint.lower().startswith("http://") and is_loopback(endpoint):
            self._session.trust_env = False  # or a proxy would see the token unencrypted

    def get(self, url: str, token: str | None, timeout: float) -> Answer | Failure:
        """The answer to one GET; redirects are answers."""
        end = time.monotonic() + timeout
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            with self._session.get(url, headers=headers, timeout=timeout, stream=True) as response:
                body = _body(response, end)
        except _FAILURES as error:
            return _failure(error)
        if isinstance(body, Failure):
            return body
        return Answer(
            status=response.status_code,
            payload=parse(body),
            code=response.headers.get("X-Error-Code", ""),
            location=response.headers.get("Location", ""),
            with_token=token is not None,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()


class _Session(requests.Session):
    """Leaves redirects to us: where they lead is what we want to know."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class _NoCookies(RequestsCookieJar):
    """Keeps none, and so reads none: http.cookiejar stumbles over hostile ones."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Leave a cookie where it is."""


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _body(response: requests.Response, end: float) -> bytes | Failure:
    # read1 (urllib3 2) hands out what has come; read waits for a trickle to fill the chunk.
    read = getattr(response.raw, "read1", response.raw.read)
    body = bytearray()
    while chunk := read(1 << 16, decode_content=True):
        body += chunk
        if len(body) > LARGEST:
            return Failure(f"an answer is larger than {LARGEST // 1_000_000} MB", ERRORS)
        if time.monotonic() > end:
            return LATE
    return bytes(body)


def _failure(error: Exception) -> Failure:
    match error:
        case requests.exceptions.SSLError():
            why = "the Hub's certificate cannot be verified (see REQUESTS_CA_BUNDLE)"
            return Failure(why, AT_ONCE)
        case requests.exceptions.ProxyError():
            return Failure("the proxy does not let us through (see HTTPS_PROXY)", AT_ONCE)
        case requests.Timeout() | urllib3.exceptions.ReadTimeoutError():
            return LATE
        case requests.ConnectionError(args=(urllib3.exceptions.MaxRetryError(), *_)):
            return Failure("the Hub cannot be reached", AT_ONCE)
        case requests.ConnectionError() | urllib3.exceptions.ProtocolError():
            return Failure("the Hub broke off its answer", ERRORS)
        case urllib3.exceptions.DecodeError():
            return Failure("an answer cannot be unpacked", ERRORS)
        case _:
            why = f"the Hub cannot be asked ({type(error).__name__}; see HF_ENDPOINT, HTTPS_PROXY)"
            return Failure(why, AT_ONCE)
