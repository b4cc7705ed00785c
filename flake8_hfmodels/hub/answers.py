"""What an answer of the Hub means: status and payload to a reading. Pure.

The cases are those of the Hub's API as recorded in 2025 and 2026: a repo that is missing, private,
or whose owner is gone answers alike (401 without a token, 404 with one), a bad token makes every
repo answer 401, an account is gone only when users *and* organizations both say so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Literal, TypeAlias

from flake8_hfmodels.facts import Repo, Unavailable
from flake8_hfmodels.hub.paths import Subject
from flake8_hfmodels.hub.payload import (
    commit_in,
    files_in,
    listed,
    mapping,
    repo_in,
    siblings_in,
)
from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.repo_id import is_repo_id


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. `payload` is the parsed JSON, or `None` where the body is none.

    `code` is the X-Error-Code header, `total` X-Total-Count. `with_token`: a token was sent along.
    `stale`: an old answer that stands in for a missing one. `given`: when, in Unix seconds.
    """

    status: int
    payload: object
    code: str = ""
    location: str = ""
    with_token: bool = False
    stale: bool = False
    total: int | None = None
    given: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Got:
    """What became of a question, and whether it went over the wire just now."""

    answer: Answer | Unavailable
    over_the_wire: bool = False


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


AccountKind: TypeAlias = Literal["user", "org"]


@dataclass(frozen=True, slots=True)
class Account:
    """A user or an organization of this name; another one of the name has another `object_id`.

    `is_verified`: the Hub has verified the organization; `None` where it does not say.
    """

    name: str
    object_id: str
    kind: AccountKind
    is_verified: bool | None = None
    fullname: str = ""


@dataclass(frozen=True, slots=True)
class NoAccount:
    """No account of this name among `kind`: `users` or `organizations`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Refs:
    """The commits that branches, tags and conversions stand at, and those of pull requests.

    `heads` begin with the branch main; `pulls` pairs a commit with the ref of the pull request.
    `given`: when, in Unix seconds.
    """

    heads: tuple[str, ...]
    pulls: tuple[tuple[str, str], ...] = ()
    given: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Commits:
    """One page of a history, newest first, and how many commits the whole of it has.

    `dates` are those of the commits, `None` where the Hub does not say one.
    """

    ids: tuple[str, ...]
    total: int | None = None
    dates: tuple[datetime | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """The repo is there, and its history is not for us (gated, disabled)."""


RepoReading: TypeAlias = Repo | Redirect | Hidden | NoRevision | BadToken | Unavailable
AccountReading: TypeAlias = Account | Redirect | NoAccount | BadToken | Unavailable
RefsReading: TypeAlias = Refs | Redirect | Withheld | BadToken | Unavailable
CommitsReading: TypeAlias = Commits | Redirect | Withheld | BadToken | Unavailable

# huggingface_hub 2.4.0 utils/_http.py; the texts as recorded on 2026-10-02.
_BAD_TOKEN = ("Invalid credentials in Authorization header", "User Access Token ")
_HIDDEN = "Invalid username or password."
# Nothing else is taken for it: a gateway has words of its own for what it does not let through.
_NO_ACCOUNT = {
    "This user does not exist": "users",
    "Sorry, we can't find the page you are looking for.": "organizations",
}
_DISABLED = "Access to this resource is disabled."
_NO_REPO = "Repository not found"
_NO_REVISION = "Invalid rev id: "
OWN = "own"
_LONGEST = 1000
LIMITED = "the Hub limits the rate of requests"
_NOT_THE_HUB = "the answer is not what the Hub sends; is there a proxy or a login page between?"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def parse(body: bytes | bytearray) -> object:
    """The JSON in a body, or `None` where there is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def read_repo(answer: Answer) -> RepoReading:
    """Read the answer of `/api/{models|datasets|spaces|kernels}/{id}[/revision/{revision}]`."""
    match answer.status, answer.code, _error(answer):
        case 200, _, _:
            return repo_in(answer.payload) or Unavailable(_NOT_THE_HUB)
        case status, _, _ if status in _REDIRECTS and answer.location:
            return Redirect(answer.location)
        case 401, "", str(error) if error.startswith(_BAD_TOKEN):
            return BadToken()
        case 401, "", error if error == _HIDDEN and not answer.with_token:
            return Hidden()  # who has a good token gets 404 for what is not for them to see
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
        case 200, _, {"_id": str(object_id), "user": str(name), **rest}:
            return Account(name, object_id, "user", None, _fullname(rest))
        case 200, _, {"_id": str(object_id), "name": str(name), **rest}:
            verified = rest.get("isVerified")
            is_verified = verified if isinstance(verified, bool) else None
            return Account(name, object_id, "org", is_verified, _fullname(rest))
        case status, _, _ if status in _REDIRECTS and answer.location:
            return Redirect(answer.location)
        case 401, str(error), _ if error.startswith(_BAD_TOKEN):
            return BadToken()
        case 404, str(error), _ if error in _NO_ACCOUNT:
            return NoAccount(_NO_ACCOUNT[error])
        case _:
            return Unavailable(_why(answer))


def read_refs(answer: Answer) -> RefsReading:
    """Read the answer of `/api/{type}s/{id}/refs?include_prs=1`."""
    match answer.status, answer.payload:
        case 200, {"branches": [_, *_] as branches, "tags": list(tags), **rest}:
            own = [*branches, *tags, *listed(rest.get("converts"))]
            heads, pulls = _pointers(own), _pointers(listed(rest.get("pullRequests")))
        case _:
            return _not_a_listing(answer)
    if len(heads) < len(own):  # a head that we do not see could have the commit
        return Unavailable(_NOT_THE_HUB)
    main_first = sorted(heads, key=lambda pair: pair[0] != "refs/heads/main")
    commits = dict.fromkeys(commit for _ref, commit in main_first)
    return Refs(tuple(commits), tuple((commit, ref) for ref, commit in pulls), answer.given)


def read_commits(answer: Answer) -> CommitsReading:
    """Read the answer of `/api/{type}s/{id}/commits/{revision}`."""
    if answer.status != 200 or not isinstance(answer.payload, list):
        return _not_a_listing(answer)
    ids = [_id_of(commit) for commit in answer.payload]
    known = tuple(one for one in ids if one is not None)
    if len(known) < len(ids):
        return Unavailable(_NOT_THE_HUB)
    return Commits(known, answer.total, tuple(_date_of(commit) for commit in answer.payload))


def read_listing(answer: Answer) -> Mapping[str, str] | BadToken | Unavailable:
    """Read the commit of each repo in the answer of `/api/{type}s?author=…`, by id in lower case.

    Repos of which it does not say a commit are left out.
    """
    if answer.status == 200 and isinstance(answer.payload, list):
        repos = (mapping(one) for one in answer.payload)
        pairs = ((one.get("id"), commit_in(one.get("sha"))) for one in repos)
        return {name.casefold(): sha for name, sha in pairs if isinstance(name, str) and sha}
    return BadToken() if is_bad_token(answer) else Unavailable(_why(answer))


def read_own(answer: Answer) -> bool:
    """Read our own mark that a commit is in a branch or tag."""
    return answer.payload == OWN


def is_final(answer: Answer, of: Subject) -> bool:
    """Whether an answer says something of what was asked for, and may be kept for later.

    An answer that is not the Hub's own (a login page, an error of a server between) says nothing.
    """
    if answer.status == 200 and of is Subject.REPO:
        return _is_repo(answer.payload)  # the most frequent by far, and slow to read
    if answer.status == 403 and _error(answer) == _DISABLED:
        return True
    return not isinstance(_READERS[of](answer), (Unavailable, BadToken))


def is_bad_token(answer: Answer) -> bool:
    """Whether the Hub does not accept the token; it then says nothing of anything else."""
    return BadToken() in (read_repo(answer), read_account(answer))


def essence(payload: object, of: Subject) -> object:
    """What is read of a payload; the rest, which may be megabytes, is let go.

    It is of the same form, but for the files of a repo: `names` instead of `siblings`, or where
    their hashes came along `blobs`, which are a list of four for each.
    """
    match payload:
        case {"id": _, "_id": _, **rest} if of is Subject.REPO:
            kept = {key: rest[key] for key in _REPO_KEYS if key in rest}
            config = {key: one for key, one in mapping(rest.get("config")).items() if key in _CODE}
            files = _compact(rest.get("siblings"))
            return {**_only(payload, ("id", "_id")), **kept, "config": config, **files}
        case {"_id": _} if of is Subject.ACCOUNT:
            return _only(payload, ("_id", "user", "name", "isVerified", "fullname"))
        case list(commits) if of is Subject.COMMITS:
            return [_only(commit, ("id", "date")) for commit in commits]
        case list(repos) if of is Subject.LISTING:
            return [_only(repo, ("id", "sha")) for repo in repos]
        case {"branches": list(branches), **rest} if of is Subject.REFS:
            kinds = {kind: listed(rest.get(kind)) for kind in ("tags", "converts", "pullRequests")}
            return {
                kind: [_only(ref, ("ref", "targetCommit")) for ref in refs]
                for kind, refs in {"branches": branches, **kinds}.items()
            }
        case {"error": str(message)}:
            return {"error": message[:_LONGEST]}
        case _:
            return payload if payload == OWN else None


_REPO_KEYS = (
    *("sha", "tags", "gated", "disabled", "private", "securityRepoStatus"),
    *("downloads", "likes", "lastModified"),
)
_CODE = ("auto_map", "peft")


def _only(value: object, keys: Sequence[str]) -> dict[str, object]:
    known = mapping(value)
    return {key: known[key] for key in keys if key in known}


def _compact(siblings: object) -> dict[str, object]:
    """The files of a repo: by their names, where not every one of them has its hash."""
    names = files_in(siblings)
    blobs = [[one.path, one.size, one.blob_id, one.sha256] for one in siblings_in(siblings)]
    if not blobs:
        return {"names": names}
    return {"blobs": blobs} if len(blobs) == len(names) else {"names": names, "blobs": blobs}


def _fullname(payload: object) -> str:
    found = mapping(payload).get("fullname")
    return found if isinstance(found, str) else ""


def _pointers(refs: Iterable[object]) -> list[tuple[str, str]]:
    """Pairs of a ref and the commit it stands at."""
    found: list[tuple[str, str]] = []
    for ref in refs:
        match ref:
            case {"ref": str(name), "targetCommit": str(commit)}:
                found.append((name, commit))
            case _:
                pass  # nothing that a commit could be compared with
    return found


def _id_of(commit: object) -> str | None:
    match commit:
        case {"id": str(name)}:
            return name
        case _:
            return None


def _date_of(commit: object) -> datetime | None:
    """When a commit was made: `2026-10-02T12:00:00.000Z`."""
    date = mapping(commit).get("date")
    try:
        moment = datetime.strptime(str(date), "%Y-%m-%dT%H:%M:%S.%fZ")
    except ValueError:
        return None
    return moment.replace(tzinfo=timezone.utc)


def _not_a_listing(answer: Answer) -> Redirect | Withheld | BadToken | Unavailable:
    """What an answer says that is not the page that was asked for."""
    reading = read_repo(replace(answer, payload=None if answer.status == 200 else answer.payload))
    if isinstance(reading, (Redirect, BadToken)):
        return reading
    if answer.status in (401, 403) and answer.code == "GatedRepo":
        return Withheld()
    return Unavailable(_why(answer))


def _error(answer: Answer) -> str | None:
    match answer.payload:
        case {"error": str(message)}:
            return message
        case _:
            return None


def _why(answer: Answer) -> str:
    if answer.status == 429:
        return LIMITED
    if answer.status == 200:
        return _NOT_THE_HUB
    return f"the Hub answered with status {answer.status}"


def _is_repo(payload: object) -> bool:
    match payload:
        case {"id": str(name), "_id": str()}:
            return is_repo_id(name)
        case _:
            return False


_READERS: Mapping[Subject, Callable[[Answer], object]] = {
    Subject.REPO: read_repo,
    Subject.ACCOUNT: read_account,
    Subject.REFS: read_refs,
    Subject.COMMITS: read_commits,
    Subject.LISTING: read_listing,
    Subject.OWN: lambda answer: answer if read_own(answer) else Unavailable(_NOT_THE_HUB),
}
