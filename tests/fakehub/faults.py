"""Trouble on demand: what a Fault does instead of, or to, the Hub's answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tests.fakehub.answers import HTML, JSON, Answer, json_answer

Kind = Literal["reply", "hang", "trickle", "drop", "truncate", "retype", "loop", "away"]

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

    @classmethod
    def status(
        cls, code: int, *, retry_after: int | None = None, path: str = "", times: int | None = None
    ) -> Fault:
        """An error status with a JSON error body: 429, 500, 502, 503, 504, ..."""
        made = json_answer({"error": REASONS.get(code, "Error")}, status=code)
        wait = () if retry_after is None else (("Retry-After", str(retry_after)),)
        return cls("reply", path, times, made.adding(*wait))

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
    def drop(cls, *, path: str = "", times: int | None = None) -> Fault:
        """The connection ends without an answer."""
        return cls("drop", path, times)

    @classmethod
    def hang(cls, seconds: float = 60.0, *, path: str = "", times: int | None = None) -> Fault:
        """No answer for so long, then the end of the connection."""
        return cls("hang", path, times, seconds=seconds)

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
        """A redirect to the same path on another host; ``url`` is its scheme, host and port."""
        return cls("away", path, times, location=url)

    def matches(self, target: str) -> bool:
        """Whether a request for this path and query is meant."""
        return re.search(self.path, target) is not None
