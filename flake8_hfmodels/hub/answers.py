"""What an answer of the Hub means: status and payload to a reading. Pure.

The cases are those of the Hub's API as recorded in 2025 and 2026: a repo that is missing, private,
or whose owner is gone answers alike (401 without a token, 404 with one), a bad token makes every
repo answer 401, an account is gone only when users *and* organizations both say so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flake8_hfmodels.facts import Repo, Unavailable
from flake8_hfmodels.repo_id import is_commit_hash, is_repo_id


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. `payload` is the parsed JSON, or `None` where the body is none.

    `code` is the X-Error-Code header. `with_token`: a token was sent along. `stale`: an old
    answer that stands in for a missing one.
    """

    status: int
    payload: object
    code: str = ""
    location: str = ""
    with_token: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Redirect:
    """The Hub keeps this under another name: ask there."""

    location: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """No such repo, or one that we may not see."""


@dataclass(frozen=True, slots=True)
class NoRevision:
    """The repo is there and has no such revision."""


@dataclass(frozen=True, slots=True)
class BadToken:
    """The token is not valid; nothing is known of the repo."""


@dataclass(frozen=True, slots=True)
class Account:
    """A user or an organization of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class NoAccount:
    """No user of this name, or no organization, whichever was asked for."""


RepoReading: TypeAlias = Repo | Redirect | Hidden | NoRevision | BadToken | Unavailable
AccountReading: TypeAlias = Account | Redirect | NoAccount | BadToken | Unavailable

# huggingface_hub 2.4.0 utils/_http.py; the texts as recorded on 2026-10-02.
_BAD_TOKEN = "Invalid credentials in Authorization header"
_HIDDEN = "Invalid username or password."
# Nothing else is taken for it: a gateway has words of its own for what it does not let through.
_NO_ACCOUNT = frozenset(
    {"This user does not exist", "Sorry, we can't find the page you are looking for."}
)
_NO_REPO = "Repository not found"
_NO_REVISION = "Invalid rev id: "
_NOT_THE_HUB = "the answer is not what the Hub sends; is there a proxy or a login page between?"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def parse(body: bytes) -> object:
    """The JSON in a body, or `None` where there is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def read_repo(answer: Answer) -> RepoReading:
    """Read the answer of `/api/{models|datasets|spaces|kernels}/{id}[/revision/{revision}]`."""
    match answer.status, answer.code, _error(answer):
        case 200, _, _:
            return _repo(answer.payload)
        case status, _, _ if status in _REDIRECTS and answer.location:
            return Redirect(answer.location)
        case 401, "", error if answer.with_token or error == _BAD_TOKEN:
            return BadToken()  # a good token gets 404 for what it may not see
        case 401, "", error if error == _HIDDEN:
            return Hidden()
        case 404, "RevisionNotFound", _:
            return NoRevision()
        case 404, "RepoNotFound", _:
            return Hidden()
        case 404, "", str(error) if error.startswith(_NO_REVISION):
            return NoRevision()
        case 404, "", error if error == _NO_REPO:
            return Hidden()
        case _:
            return Unavailable(_why(answer))


def read_account(answer: Answer) -> AccountReading:
    """Read the answer of `/api/{users|organizations}/{name}/overview`."""
    match answer.status, _error(answer), answer.payload:
        case 200, _, {"_id": str(), "user": str(name)} | {"_id": str(), "name": str(name)}:
            return Account(name)
        case status, _, _ if status in _REDIRECTS and answer.location:
            return Redirect(answer.location)
        case 401, error, _ if answer.with_token or error == _BAD_TOKEN:
            return BadToken()
        case 404, error, _ if error in _NO_ACCOUNT:
            return NoAccount()
        case _:
            return Unavailable(_why(answer))


def is_final(answer: Answer, of_account: bool) -> bool:
    """Whether an answer says something of a repo, or of an account, and may be kept for later.

    An answer that is not the Hub's own (a login page, an error of a server between) says nothing.
    """
    reading = read_account(answer) if of_account else read_repo(answer)
    return not isinstance(reading, (Unavailable, BadToken))


def is_bad_token(answer: Answer) -> bool:
    """Whether the Hub does not accept the token; it then says nothing of anything else."""
    return BadToken() in (read_repo(answer), read_account(answer))


def _error(answer: Answer) -> str | None:
    match answer.payload:
        case {"error": str(message)}:
            return message
        case _:
            return None


def _why(answer: Answer) -> str:
    if answer.status == 429:
        return "the Hub limits the rate of requests"
    if answer.status == 200:
        return _NOT_THE_HUB
    return f"the Hub answered with status {answer.status}"


def _repo(payload: object) -> Repo | Unavailable:
    match payload:
        case {"id": str(name), "_id": str(object_id), **rest} if is_repo_id(name):
            return Repo(
                id=name,
                object_id=object_id,
                sha=_hash(rest.get("sha")),
                files=tuple(_files(rest.get("siblings"))),
                tags=tuple(tag for tag in _list(rest.get("tags")) if isinstance(tag, str)),
                auto_map=tuple(_auto_map(rest.get("config"))),
                gated=rest.get("gated") in ("auto", "manual", True),
                disabled=rest.get("disabled") is True,
            )
        case _:
            return Unavailable(_NOT_THE_HUB)


def _files(siblings: object) -> list[str]:
    files: list[str] = []
    for sibling in _list(siblings):
        match sibling:
            case {"rfilename": str(name)}:
                files.append(name)
            case _:
                pass  # no file that we could name
    return files


def _auto_map(config: object) -> list[tuple[str, str]]:
    """Pairs of a class and the code for it; a class may name several (slow and fast tokenizer)."""
    match config:
        case {"auto_map": Mapping() as classes}:
            pass
        case _:
            return []
    pairs: list[tuple[str, str]] = []
    for name, code in classes.items():
        codes = [code] if isinstance(code, str) else _list(code)
        pairs.extend((str(name), one) for one in codes if isinstance(one, str))
    return pairs


def _hash(value: object) -> str | None:
    return value if isinstance(value, str) and is_commit_hash(value) else None


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
