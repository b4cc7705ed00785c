"""One connection to the fake Hub: read a request, send the answer, or make trouble."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler
from typing import Any, Protocol

from tests.fakehub.answers import HTML, Answer, Headers, Request, redirect
from tests.fakehub.faults import Fault
from tests.fakehub.files import stored_file
from tests.fakehub.world import World

COMMON_HEADERS = (
    ("X-Powered-By", "huggingface-moon"),
    ("cross-origin-opener-policy", "same-origin"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Access-Control-Max-Age", "86400"),
    ("Access-Control-Allow-Origin", "https://huggingface.co"),
    (
        "Access-Control-Expose-Headers",
        ",".join(
            (
                *("X-Repo-Commit", "X-Request-Id", "X-Error-Code", "X-Error-Message"),
                *("X-Total-Count", "ETag", "Link", "Accept-Ranges", "Content-Range"),
                *("X-Linked-Size", "X-Linked-ETag", "X-Xet-Hash"),
            )
        ),
    ),
)
_SERIAL = itertools.count(1)


@dataclass(frozen=True)
class RecordedRequest:
    """One request as it came in: ``path`` with its query, header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    host: str = "hub"

    @property
    def authorized(self) -> bool:
        """Whether an Authorization header was sent."""
        return "authorization" in self.headers


class Hub(Protocol):
    """What a connection needs of the Hub that it belongs to."""

    world: World
    latency: float
    stopping: threading.Event
    url: str
    storage_url: str

    def record(self, request: RecordedRequest) -> None:
        """Remember a request."""

    def next_fault(self, target: str, *, reused: bool) -> Fault | None:
        """The trouble that a request for this path and query is in for."""

    def answer(self, request: Request, if_none_match: str | None) -> Answer:
        """The Hub's answer."""


class _Handler(BaseHTTPRequestHandler):
    """What both hosts share: reading a request, sending an answer well or badly."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    host = "hub"

    def __init__(self, hub: Hub, *given: Any) -> None:
        self.hub = hub
        self.reused = False
        super().__init__(*given)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def serve(self) -> None:
        """Take a request, and answer it unless there is a fault or an end in between."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.hub.record(RecordedRequest(self.command, self.path, headers, self.host))
        if self.hub.latency and self.hub.stopping.wait(self.hub.latency):
            self.close_connection = True
            return
        fault = self.hub.next_fault(self.path, reused=self.reused)
        self.reused = True
        if fault is None:
            self.send(self.made(body))
            return
        self.spoil(fault, body)

    def made(self, body: bytes) -> Answer:
        """The true answer."""
        raise NotImplementedError

    def spoil(self, fault: Fault, body: bytes) -> None:
        """Make trouble."""
        match fault.kind:
            case "reply":
                self.send(fault.answer)
            case "loop":
                self.send(redirect(self.path))
            case "away":
                self.send(redirect(fault.location.rstrip("/") + self.path))
            case "retype":
                self.send(_retyped(self.made(body)))
            case "trickle":
                self.send(self.made(body), pause=fault.seconds)
            case "slow":
                self.close_connection = self.hub.stopping.wait(fault.seconds)
                self.send(self.made(body))
            case "halve":
                whole = self.made(body)
                self.send(replace(whole, body=whole.body[: len(whole.body) // 2]))
            case "pad":
                whole = self.made(body)
                self.send(replace(whole, body=whole.body.ljust(fault.size)))
            case "flood":
                self.flood(fault)
            case "truncate":
                self.send(self.made(body), share=0.5)
                self.close_connection = True
            case "hang":
                self.hub.stopping.wait(fault.seconds)
                self.close_connection = True
            case "drop" | "lose":
                self.close_connection = True

    def send(self, answer: Answer, *, pause: float = 0.0, share: float = 1.0) -> None:
        """Send an answer: with a pause before each byte, or only a share of its body."""
        self.send_response(answer.status)
        for name, value in (*answer.headers, *self.common_headers(answer)):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.flush()
        if self.command == "HEAD" or answer.status == 304:
            return
        if pause:
            self.trickle(b"".join(answer.chunks()), pause)
            return
        left = int(answer.length * share)
        for chunk in answer.chunks():
            self.wfile.write(chunk[:left])
            left -= len(chunk[:left])

    def trickle(self, body: bytes, pause: float) -> None:
        """Send byte by byte, until the end or until the hub stops."""
        for position in range(len(body)):
            if self.hub.stopping.wait(pause):
                self.close_connection = True
                return
            self.wfile.write(body[position : position + 1])
            self.wfile.flush()

    def flood(self, fault: Fault) -> None:
        """Send raw bytes instead of an answer, until they or the hub end, or the client goes."""
        self.close_connection = True
        for chunk in fault.stream():
            self.wfile.write(chunk)
            self.wfile.flush()
            if self.hub.stopping.wait(fault.seconds):
                return

    def common_headers(self, answer: Answer) -> Headers:
        """What every answer of the Hub carries."""
        trace = self.headers.get("X-Amzn-Trace-Id") or "00000000-0000-4000-8000-000000000000"
        serial = f"Root=1-{int(time.time()):08x}-{next(_SERIAL):024x};{trace}"
        vary = () if answer.header("Vary") else (("Vary", "Origin"),)
        length = () if answer.status == 304 else (("Content-Length", str(answer.length)),)
        cache = "Error from cloudfront" if answer.status >= 400 else "Miss from cloudfront"
        return (*COMMON_HEADERS, ("X-Request-Id", serial), ("X-Cache", cache), *vary, *length)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = serve  # noqa: N815  # the names http.server wants


class HubHandler(_Handler):
    """The Hub itself."""

    def made(self, body: bytes) -> Answer:
        path, _, query = self.path.partition("?")
        request = Request(
            self.command,
            path,
            query,
            base=self.hub.url,
            storage=self.hub.storage_url,
            who=self.hub.world.identify(_token(self.headers.get("Authorization"))),
            body=body,
        )
        return self.hub.answer(request, self.headers.get("If-None-Match"))


class StorageHandler(_Handler):
    """The host that large files are stored on. It knows no tokens and no quota."""

    host = "storage"

    def made(self, body: bytes) -> Answer:
        return stored_file(self.hub.world, self.path.partition("?")[0])


def _token(header: str | None) -> str | None:
    """The token in an Authorization header; a header of another form holds a bad one."""
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    return token if scheme.lower() == "bearer" else header


def _retyped(answer: Answer) -> Answer:
    kept = tuple(pair for pair in answer.headers if pair[0].lower() != "content-type")
    return replace(answer, headers=(HTML, *kept))
