"""What is asked and what is answered, as values: requests, answers, and the Hub's error texts."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl

from tests.fakehub.objects import File, Repo
from tests.fakehub.world import Identity

Headers = tuple[tuple[str, str], ...]
JSON = ("Content-Type", "application/json; charset=utf-8")
TEXT = ("Content-Type", "text/plain; charset=utf-8")
HTML = ("Content-Type", "text/html; charset=utf-8")
LOGIN = ("WWW-Authenticate", 'Bearer realm="Authentication required", charset="UTF-8"')

BAD_TOKEN = "Invalid credentials in Authorization header"
ANONYMOUS = "Invalid username or password."
NO_REPO = "Repository not found"
NO_USER = "This user does not exist"
NO_PAGE = "Sorry, we can't find the page you are looking for."
NO_ENTRY = "Entry not found"
DISABLED = "Access to this resource is disabled."
RATE_LIMITED_IP = (
    "We had to rate limit your IP (127.0.0.1). To continue using our service, create a HF account "
    "or login to your existing account, and make sure you pass a HF_TOKEN if you're using the API."
)
RATE_LIMITED_USER = (
    "We had to rate limit you, you hit the quota of {quota} {bucket} requests per 5 minutes period."
    " Upgrade to a PRO user or Team/Enterprise organization account (https://hf.co/pricing) to get"
    " higher limits. See https://huggingface.co/docs/hub/rate-limits"
)

Bucket = Literal["api", "resolvers", "pages"]


@dataclass(frozen=True)
class Request:
    """One request: ``path`` and ``query`` are raw, as sent; ``base`` is http://host:port."""

    method: str
    path: str
    query: str
    base: str
    storage: str
    who: Identity
    body: bytes = b""

    @property
    def on_api(self) -> bool:
        """Whether errors are JSON; file routes answer plain text."""
        return self.path.startswith("/api/")

    @property
    def bucket(self) -> Bucket:
        """Which quota it counts for."""
        if "/resolve/" in self.path or self.path.startswith("/api/resolve-cache/"):
            return "resolvers"
        return "api" if self.on_api else "pages"

    def options(self, name: str) -> list[str]:
        """All values of ``name=`` and ``name[]=`` in the query."""
        pairs = parse_qsl(self.query, keep_blank_values=True)
        return [value for key, value in pairs if key in (name, f"{name}[]")]

    def option(self, name: str, default: str = "") -> str:
        """The last value of an option in the query."""
        return [default, *self.options(name)][-1]

    def flag(self, name: str) -> bool:
        """Whether an option is ``true`` or ``1``."""
        return self.option(name).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """An option that is a whole number."""
        text = self.option(name)
        return int(text) if text.isdecimal() else default


@dataclass(frozen=True)
class Answer:
    """One answer: a body in memory, or a file whose bytes follow."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    file: File | None = None

    @property
    def length(self) -> int:
        """Length of the body in bytes."""
        return len(self.body) if self.file is None else self.file.size

    def chunks(self) -> Iterator[bytes]:
        """The body, piece by piece."""
        if self.file is not None:
            yield from self.file.chunks()
            return
        yield self.body

    def header(self, name: str) -> str | None:
        """A header by its name in any case."""
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return found[0] if found else None

    def adding(self, *headers: tuple[str, str]) -> Answer:
        """The same answer with more headers."""
        return replace(self, headers=self.headers + headers)


def weak_etag(body: bytes) -> str:
    """The ETag that Express makes of a body: ``W/"<length in hex>-<sha1 in base64>"``."""
    digest = base64.b64encode(hashlib.sha1(body).digest()).decode()[:27]
    return f'W/"{len(body):x}-{digest}"'


def json_answer(value: object, *headers: tuple[str, str], status: int = 200) -> Answer:
    """A JSON answer with a weak ETag."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(status, (JSON, ("ETag", weak_etag(body)), *headers), body)


def error(request: Request, status: int, message: str, code: str = "") -> Answer:
    """An error: its message in the body and in X-Error-Message, its code in X-Error-Code."""
    headers = [("X-Error-Message", _header_text(message))]
    headers += [("X-Error-Code", code)] if code else []
    headers += [LOGIN] if status == 401 else []
    if request.on_api:
        return json_answer({"error": message}, *headers, status=status)
    body = message.encode()
    return Answer(status, (TEXT, ("ETag", weak_etag(body)), *headers), body)


def missing_repo(request: Request) -> Answer:
    """Missing, private and ownerless repositories are one: 401 anonymously, 404 with a token."""
    if request.who.user is None:
        return error(request, 401, ANONYMOUS)
    return error(request, 404, NO_REPO, "RepoNotFound")


def missing_revision(request: Request, revision: str) -> Answer:
    """No such branch, tag or commit."""
    return error(request, 404, f"Invalid rev id: {revision}", "RevisionNotFound")


def gated_repo(request: Request, repo: Repo) -> Answer:
    """Files and commits of a gated repository, to somebody who may not have them."""
    if request.who.user is None:
        message = (
            f"Access to {repo.kind} {repo.id} is restricted. You must have access to it and be "
            "authenticated to access it. Please log in."
        )
        return error(request, 401, message, "GatedRepo")
    page = f"https://huggingface.co/{repo_path(repo)}"
    message = (
        f"Access to {repo.kind} {repo.id} is restricted and you are not in the authorized list. "
        f"Visit {page} to ask for access."
    )
    return error(request, 403, message, "GatedRepo")


def redirect(location: str) -> Answer:
    """A temporary redirect to a relative location."""
    body = f"Temporary Redirect. Redirecting to {location}".encode()
    return Answer(307, (TEXT, ("Location", location), ("Vary", "Origin, Accept")), body)


def rate_limited(request: Request, quota: int) -> Answer:
    """The quota is used up."""
    if request.who.user is None:
        return error(request, 429, RATE_LIMITED_IP)
    return error(request, 429, RATE_LIMITED_USER.format(quota=quota, bucket=request.bucket))


def not_modified(answer: Answer) -> Answer:
    """The answer to a client that has it already."""
    kept = tuple(pair for pair in answer.headers if pair[0] != "Content-Type")
    return Answer(304, kept)


def repo_path(repo: Repo) -> str:
    """The path of a repository's page: datasets, spaces and kernels have a prefix."""
    return repo.id if repo.kind == "model" else f"{repo.kind}s/{repo.id}"


def _header_text(message: str) -> str:
    """A message as a header can carry it (latin-1 only)."""
    return message.encode("ascii", "ignore").decode().strip()
