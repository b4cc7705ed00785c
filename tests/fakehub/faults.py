"""Trouble on demand: what a Fault does instead of, or to, the Hub's answer."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from typing import Literal

from tests.fakehub.answers import HTML, JSON, RATE_LIMITED_IP, Answer, json_answer

Delay = Literal["hang", "slow", "trickle"]
Ending = Literal["drop", "lose", "truncate"]
Change = Literal["reply", "halve", "pad", "retype", "loop", "away", "flood"]
Kind = Delay | Ending | Change

LOGIN_PAGE = (
    b"<!DOCTYPE html><html><head><title>Guest Wi-Fi</title></head>"
    b"<body>Please accept the terms to go on.</body></html>"
)
REASONS = {
    408: "Request Timeout",
    429: "Too Many Requests",
    500: "Internal Error - We're working hard to fix this as soon as possible!",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
EMPTY = Answer(500)
OK = b"HTTP/1.1 200 OK\r\n"
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
MEBIBYTE = 1 << 20
MEBIBYTES = 1_100
GZIP = 31
"""What zlib calls a gzip header in front of the largest window."""
LAST_BLOCK = b"\x03\x00"
"""An empty block that ends a deflate stream (RFC 1951, 3.2.3 and 3.2.6)."""


@dataclass(frozen=True)
class Fault:
    """One kind of trouble, for requests whose path and query match ``path`` (a regex, anywhere).

    ``times`` is how many requests it spoils before it is over; None is for ever. Made by the
    constructors below, e.g. ``Fault.status(503, path="/api/models/", times=2)``.
    """

    kind: Kind
    path: str = ""
    times: int | None = None
    answer: Answer = EMPTY
    seconds: float = 0.0
    location: str = ""
    size: int = 0
    stream: Callable[[], Iterator[bytes]] = lambda: iter(())

    @classmethod
    def status(
        cls, code: int, *, retry_after: int | None = None, path: str = "", times: int | None = None
    ) -> Fault:
        """An error status with a JSON error body: 429, 500, 502, 503, 504, ..."""
        made = json_answer({"error": REASONS.get(code, "Error")}, status=code)
        wait = () if retry_after is None else (("Retry-After", str(retry_after)),)
        return cls("reply", path, times, made.adding(*wait))

    @classmethod
    def rate_limited(cls, seconds: int, *, path: str = "", times: int | None = None) -> Fault:
        """429 as the Hub sends it: the wait is in ``RateLimit``, there is no ``Retry-After``."""
        made = json_answer({"error": RATE_LIMITED_IP}, status=429).adding(
            ("RateLimit", f'"api";r=0;t={seconds}'),
            ("RateLimit-Policy", '"fixed window";"api";q=500;w=300'),
        )
        return cls("reply", path, times, made)

    @classmethod
    def gzip_bomb(cls, *, path: str = "", times: int | None = None) -> Fault:
        """200 with a body of 1.1 MB that unpacks to more than 1 GB of zeros."""
        packed = (("Content-Type", JSON[1]), ("Content-Encoding", "gzip"))
        return cls("reply", path, times, Answer(200, packed, _bomb()))

    @classmethod
    def deep(cls, depth: int = 200_000, *, path: str = "", times: int | None = None) -> Fault:
        """200 with as many opening brackets as would overflow a parser that calls itself."""
        return cls.reply(b"[" * depth, path=path, times=times)

    @classmethod
    def reply(
        cls,
        body: bytes,
        *,
        status: int = 200,
        content_type: str = JSON[1],
        path: str = "",
        times: int | None = None,
    ) -> Fault:
        """Any status and body: well-formed JSON of another shape, an empty body, ..."""
        return cls("reply", path, times, Answer(status, (("Content-Type", content_type),), body))

    @classmethod
    def malformed(cls, *, path: str = "", times: int | None = None) -> Fault:
        """200 with a complete body that is no JSON, though it says so."""
        return cls.reply(b'{"_id": "621ffdc0", "id": openai', path=path, times=times)

    @classmethod
    def captive_portal(cls, *, path: str = "", times: int | None = None) -> Fault:
        """200 with a login page in HTML, as hotels and proxies do."""
        return cls.reply(LOGIN_PAGE, content_type=HTML[1], path=path, times=times)

    @classmethod
    def wrong_type(cls, *, path: str = "", times: int | None = None) -> Fault:
        """The true answer, with a Content-Type that denies it."""
        return cls("retype", path, times)

    @classmethod
    def truncated(cls, *, path: str = "", times: int | None = None) -> Fault:
        """Half of the body that Content-Length promises, then the end of the connection."""
        return cls("truncate", path, times)

    @classmethod
    def halved(cls, *, path: str = "", times: int | None = None) -> Fault:
        """Half of the true body, with a Content-Length that says so."""
        return cls("halve", path, times)

    @classmethod
    def padded(cls, size: int = 50_000_000, *, path: str = "", times: int | None = None) -> Fault:
        """The true answer, and white space behind it up to a size: valid, but large."""
        return cls("pad", path, times, size=size)

    @classmethod
    def endless_continue(cls, *, path: str = "", times: int | None = None) -> Fault:
        """``100 Continue`` again and again, each at once: no read waits, no answer ever comes."""
        return cls("flood", path, times, seconds=0.002, stream=lambda: repeat(GO_ON * 20))

    @classmethod
    def endless_headers(
        cls, seconds: float = 0.05, *, path: str = "", times: int | None = None
    ) -> Fault:
        """Headers without end, one every so many seconds."""
        filler = b"X-Filler: " + b"a" * 100 + b"\r\n"
        return cls(
            "flood", path, times, seconds=seconds, stream=lambda: chain([OK], repeat(filler))
        )

    @classmethod
    def long_header(
        cls, size: int = 1_000_000, *, path: str = "", times: int | None = None
    ) -> Fault:
        """An empty object behind one header line of a size."""
        rest = b"\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        line = OK + b"X-Filler: " + b"a" * size + rest
        return cls("flood", path, times, stream=lambda: iter((line,)))

    @classmethod
    def lose(cls, *, path: str = "", times: int | None = None) -> Fault:
        """The end of a kept-alive connection when it is used again; first requests are answered.

        That is what a client meets when the server gives up an idle connection as it writes.
        """
        return cls("lose", path, times)

    @classmethod
    def drop(cls, *, path: str = "", times: int | None = None) -> Fault:
        """The connection ends without an answer."""
        return cls("drop", path, times)

    @classmethod
    def hang(cls, seconds: float = 60.0, *, path: str = "", times: int | None = None) -> Fault:
        """No answer for so long, then the end of the connection."""
        return cls("hang", path, times, seconds=seconds)

    @classmethod
    def slow(cls, seconds: float, *, path: str = "", times: int | None = None) -> Fault:
        """The true answer, after so many seconds."""
        return cls("slow", path, times, seconds=seconds)

    @classmethod
    def trickle(cls, seconds: float = 0.5, *, path: str = "", times: int | None = None) -> Fault:
        """The true answer, headers at once, then one byte of the body every so many seconds."""
        return cls("trickle", path, times, seconds=seconds)

    @classmethod
    def redirect_loop(cls, *, path: str = "", times: int | None = None) -> Fault:
        """A redirect to the very same address."""
        return cls("loop", path, times)

    @classmethod
    def redirect_to(cls, url: str, *, path: str = "", times: int | None = None) -> Fault:
        """A redirect to the same path on another host; ``url`` is its scheme, host and port.

        With another FakeHub at ``url`` (``FakeHub(world, host="127.0.0.2")`` is another host, not
        only another port), ``other.requests`` tell what came, and whether ``authorized``.
        """
        return cls("away", path, times, location=url)

    def matches(self, target: str, *, reused: bool) -> bool:
        """Whether a request for this path and query is meant, on a new or a used connection."""
        return (reused or self.kind != "lose") and re.search(self.path, target) is not None


@cache
def _bomb() -> bytes:
    """Zeros as gzip, without the time it takes to pack them: one mebibyte, again and again.

    After a full flush each block stands for itself, so that a packed one can be repeated. Only
    the checksum has to go over all of it, for half a second.
    """
    zeros, checksum = bytes(MEBIBYTE), 0
    for _ in range(MEBIBYTES):
        checksum = zlib.crc32(zeros, checksum)
    packer = zlib.compressobj(wbits=GZIP)
    head = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = LAST_BLOCK + struct.pack("<II", checksum, MEBIBYTE * MEBIBYTES)
    return head + again * (MEBIBYTES - 1) + tail
