"""Addresses of repos in a text: `hf://` URIs, files and pages on huggingface.co."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS, PLACEHOLDERS
from flake8_hfmodels.loaders.likeness import SITE, YOURS
from flake8_hfmodels.loaders.mentions import mentions_hub
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_repo_id

Form = Literal["uri", "file", "page"]

# huggingface_hub 2.4.0 huggingface_hub/constants.py HF_URI_TYPE_PREFIXES. Buckets have no
# revisions and are no repos.
_TYPES: dict[str, RepoType] = {
    "models": "model",
    "datasets": "dataset",
    "spaces": "space",
    "kernels": "kernel",
}

_LINK = regex(
    r"(?-i:hf)://[^\s'\"<>`|\\]{1,2000}"
    r"|(?:https?://)?(?:www\.|api-inference\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)/[^\s'\"<>`|\\]{1,2000}",
    re.IGNORECASE,
)
_HOST = regex(
    r"(?:https?://)?(?:www\.)?(api-inference\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)/+", re.I
)
_NAME = regex(r"[\w.-]+", re.ASCII)
_REF = regex(r"refs/(?:convert/[\w.-]+|pr/\d+)(?=/|$)", re.ASCII)
_UNFILLED = regex(r"[{}$]|%[sd(]")

# Web pages of one file or one state: huggingface_hub/utils/_hf_uris.py _URL_REPO_LOCATION_ACTIONS.
_FILES = frozenset({"resolve", "raw", "blob"})
_STATES = frozenset({"tree", "blame", "commit", "commits", "revision"})


@dataclass(frozen=True, slots=True)
class Link:
    """One address: where it stands in the text, and which repo it names.

    `revision` is `None` where it says none, and empty where only a running program fills it in.
    `text` is the address; `name` is where the id begins in the text that was searched.
    """

    start: int
    end: int
    text: str
    name: int
    form: Form
    repo_type: RepoType
    repo_id: str
    revision: str | None = None


def find_links(text: str) -> Iterator[Link]:
    """Every address of a repo in a text, in order.

    `{}`, `%s` and the like stand for what a running program fills in.
    """
    if not mentions_hub(text):
        return
    place = 0
    while (match := _LINK.search(text, place)) is not None:
        address = _without_punctuation(match.group())
        place = match.start() + len(address)  # another may follow a bracket: `[![a](b)](c)`
        if match.start() and (
            text[match.start() - 1].isalnum() or text[match.start() - 1] in "._-@"
        ):
            continue
        read = _uri(address) if address.startswith("hf://") else _url(address)
        if read is not None:
            form, repo_type, repo_id, revision = read
            start = match.start()
            at = start + max(address.find(repo_id), 0)
            shown = re.split(r"[?#]", address, maxsplit=1)[0]  # what follows may be a secret
            yield Link(start, start + len(shown), shown, at, form, repo_type, repo_id, revision)


_Read = tuple[Form, RepoType, str, str | None]


def _uri(address: str) -> _Read | None:
    """`hf://[type/]owner/name[@revision][/path]`, by the rules of huggingface_hub."""
    body = address[len("hf://") :]
    first, slash, rest = body.partition("/")
    repo_type = _TYPES.get(first) if slash else None
    if repo_type is not None:
        body = rest
    owner, _, rest = body.partition("/")
    name = _NAME.match(rest)
    if name is None or first == "buckets":
        return None
    repo_id, behind = f"{owner}/{name.group()}", rest[name.end() :]
    if not _is_somebodys(repo_id) or (behind and behind[0] not in "/@:?#"):
        return None
    revision = _revision(behind[1:]) if behind.startswith("@") else None
    return "uri", repo_type or "model", repo_id, revision


def read_path(path: str) -> tuple[RepoType, str, str | None] | None:
    """Repo type, id and revision of a path of huggingface_hub's file system; `None` for others.

    The revision is `None` where the path says none, and empty where it is filled in later.
    """
    read = _uri("hf://" + path.removeprefix("hf://"))
    return read[1:] if read is not None else None


def _revision(behind: str) -> str:
    special = _REF.match(behind)
    if special is not None:
        return special.group()
    written = behind.partition("/")[0]
    if not written or _UNFILLED.search(written):
        return ""
    # https://duckdb.org/docs/stable/core_extensions/httpfs/hugging_face: the converted files.
    if written == "~parquet":
        return "refs/convert/parquet"
    if "%" not in written:
        return written
    from urllib.parse import unquote

    return unquote(written)


def _url(address: str) -> _Read | None:
    """`https://huggingface.co/[type/]owner/name[/resolve/revision/path]`, and the API's pages."""
    host = _HOST.match(address)
    assert host is not None  # it is how the address was found
    path = re.split(r"[?#]", address[host.end() :], maxsplit=1)[0]
    parts = path.split("/")
    if host.group(1) and parts[0] == "pipeline":
        parts = ["models", *parts[2:]]  # …/pipeline/<task>/<id>
    if parts[0] == "api" or (host.group(1) and parts[0] == "models"):
        parts = parts[1:] if parts[0] == "api" else parts
        if not parts or parts[0] not in _TYPES:
            return None
    repo_type = _TYPES.get(parts[0])
    if repo_type is not None:
        parts = parts[1:] or [""]
    elif parts[0].lower() in SITE:
        return None
    length = _length(parts, repo_type)
    if length == 0:
        return None
    names = [*parts[: length - 1], re.split("[@:]", parts[length - 1])[0]]
    repo_id = "/".join(names)
    if not _is_somebodys(repo_id):
        return None
    form, revision = _state(parts[length:])
    return form, repo_type or "model", repo_id, revision


def _length(parts: Sequence[str], repo_type: RepoType | None) -> int:
    """Of how many parts the id consists: one for the first repos, which had no owner."""
    first = parts[0]
    alone = len(parts) == 1 or parts[1] == ""
    named = repo_type == "dataset" or first in FIRST_REPOS
    if first and (alone or parts[1] in _FILES or parts[1] in _STATES):
        return 1 if named else 0
    return 0 if alone else 2


def _state(parts: Sequence[str]) -> tuple[Form, str | None]:
    if len(parts) < 2 or parts[0] not in _FILES | _STATES:
        return "page", None
    revision = _revision("/".join(parts[1:]))
    return ("file" if parts[0] in _FILES and len(parts) > 2 else "page"), revision


def _is_somebodys(repo_id: str) -> bool:
    owner, slash, name = repo_id.partition("/")
    placeholder = slash and (owner.lower() in PLACEHOLDERS or YOURS.match(owner))
    return is_repo_id(repo_id) and not placeholder and not name.endswith((".html", ".git"))


def _without_punctuation(address: str) -> str:
    """An address without what ends the sentence or the brackets around it."""
    depth = 0
    for place, character in enumerate(address):
        depth += (character in "([{") - (character in ")]}")
        if depth < 0:
            address = address[:place]
            break
    return address.rstrip(".,;:!?*")
