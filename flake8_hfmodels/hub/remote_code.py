"""The Python of repos that would run: fetched, judged, and the verdict kept. Nothing is run."""

from __future__ import annotations

import os
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from flake8_hfmodels import __version__
from flake8_hfmodels.facts import Code, Danger, Repo, Unavailable
from flake8_hfmodels.hazards.judging import dangers_of_all
from flake8_hfmodels.hazards.kinds import HAZARDS, VERSION
from flake8_hfmodels.hazards.running import LARGEST, Running, running
from flake8_hfmodels.hazards.with_bandit import is_there, with_more
from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.failure import LATE, UNREACHABLE
from flake8_hfmodels.hub.library import quieten
from flake8_hfmodels.hub.places import own_folder
from flake8_hfmodels.repo_id import is_commit_hash

if TYPE_CHECKING:
    from flake8_hfmodels.hub.client import Client
    from flake8_hfmodels.hub.gathering import Progress
    from flake8_hfmodels.hub.lookup import Hub
    from flake8_hfmodels.reference import Target

_Done: TypeAlias = "tuple[Target, Running | Unavailable]"

AT_A_TIME = 4
"""How many repos are fetched at a time: each has several files, one after the other."""

_FOLDER = "flake8-hfmodels-code-"
_OURS: dict[str, Any] = {"library_name": "flake8-hfmodels", "library_version": __version__}


class _NotReadError(Exception):
    """Why the files of a repo are not to be had."""


def codes(
    hub: Hub, wanted: Mapping[Target, Repo], end: float, progress: Progress | None = None
) -> Mapping[Target, Code | Unavailable]:
    """What is dangerous in the Python of each repo at its commit, by the moment `end`.

    A verdict is kept, as a commit does not change: it is asked for once. What cannot be had is no
    verdict. `end` is a moment of `time.monotonic`.
    """
    found: dict[Target, Code | Unavailable] = {**known(hub, wanted)}
    left = {target: repo for target, repo in wanted.items() if target not in found}
    if left:
        hub.client.heed()
    why = hub.why_not()
    if left and why:
        return found | dict.fromkeys(left, Unavailable(why))
    for target, had in _fetched(hub.client, left, end) if left else ():
        found[target] = _judged(hub.client, target, left[target], had)
        if progress is not None:
            progress(len(found), len(wanted))
    return found | {one: Unavailable(LATE.why) for one in left if one not in found}


def known(hub: Hub, wanted: Mapping[Target, Repo]) -> Mapping[Target, Code]:
    """The verdicts that are kept, for who does not wait for more."""
    found = {target: _kept(hub.client, target, repo) for target, repo in wanted.items()}
    return {target: code for target, code in found.items() if code is not None}


def _judged(
    client: Client, target: Target, repo: Repo, had: Running | Unavailable
) -> Code | Unavailable:
    if isinstance(had, Unavailable):
        return had
    judged = dangers_of_all(had.texts)
    if is_there():
        judged = {path: with_more(path, had.texts[path], own) for path, own in judged.items()}
    dangers = [one for found in judged.values() for one in found]
    code = Code(repo.id, repo.sha or "", tuple(had.texts), tuple(dangers), had.unread)
    answer = Answer(200, _written(code), with_token=client.asks_as_somebody, given=time.time())
    client.store.write({_key(client, target, repo): answer}, client.now())
    return code


# Keeping


def _key(client: Client, target: Target, repo: Repo) -> str:
    """What a verdict is kept under: for this identity, this commit, and this way to judge."""
    judge = f"{VERSION}{'b' if is_there() else ''}-{sys.version_info.minor}"
    modules = ",".join(sorted(code for _class, code in repo.auto_map))
    return client.who.key(f"code:{judge}:{target.repo_type}:{repo.id}:{repo.sha}:{modules}")


def _kept(client: Client, target: Target, repo: Repo) -> Code | None:
    kept = client.store.read(_key(client, target, repo))
    return None if kept is None else _read(kept.answer.payload, repo)


def _written(code: Code) -> dict[str, object]:
    return {
        "files": list(code.files),
        "dangers": [[one.path, one.line, one.kind, one.what] for one in code.dangers],
        "unread": [list(one) for one in code.unread],
    }


def _read(payload: object, repo: Repo) -> Code | None:
    """A verdict that was kept; `None` for what is none."""
    match payload:
        case {"files": [*files], "dangers": [*dangers], "unread": [*unread]}:
            read = [_danger(one) for one in dangers]
            pairs = [(str(path), str(why)) for path, why in filter(_is_pair, unread)]
            whole = [one for one in read if one is not None]
            if len(whole) == len(dangers) and len(pairs) == len(unread):
                paths = tuple(map(str, files))
                return Code(repo.id, repo.sha or "", paths, tuple(whole), tuple(pairs))
        case _:
            pass
    return None


def _danger(written: object) -> Danger | None:
    match written:
        case [str(path), int(line), str(kind), str(what)] if kind in HAZARDS:
            return Danger(path, line, kind, what)
        case _:
            return None


def _is_pair(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2


# Fetching


def _fetched(client: Client, repos: Mapping[Target, Repo], end: float) -> list[_Done]:
    """What came in time. The threads are daemons: one that hangs does not hold up the exit."""
    todo: queue.SimpleQueue[tuple[Target, Repo]] = queue.SimpleQueue()
    done: queue.SimpleQueue[_Done] = queue.SimpleQueue()
    for one in repos.items():
        todo.put(one)
    found: list[_Done] = []
    quieten()
    with tempfile.TemporaryDirectory(
        prefix=_FOLDER, dir=_own_place(), ignore_cleanup_errors=True
    ) as folder:
        work = partial(_work, client, folder, todo, done, end)
        for _ in range(min(AT_A_TIME, len(repos))):
            threading.Thread(target=work, daemon=True).start()
        while len(found) < len(repos) and (left := end - time.monotonic()) > 0:
            with suppress(queue.Empty):
                found.append(done.get(timeout=left))
    return found


def _own_place() -> str | None:
    """The folder of our cache, where it can be had; else the system's for what passes."""
    folder = own_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return str(folder) if os.access(folder, os.W_OK) else None


def _work(
    client: Client,
    folder: str,
    todo: queue.SimpleQueue[tuple[Target, Repo]],
    done: queue.SimpleQueue[_Done],
    end: float,
) -> None:
    while time.monotonic() < end:
        try:
            target, repo = todo.get_nowait()
        except queue.Empty:
            return
        try:
            download = _Download(client, folder, target, repo, end)
            done.put((target, running(target.repo_type, repo, download)))
        except _NotReadError as error:
            done.put((target, Unavailable(str(error))))


class _Download:
    """Reads files of one repo at its commit, by huggingface_hub."""

    def __init__(self, client: Client, folder: str, target: Target, repo: Repo, end: float) -> None:
        if not is_commit_hash(repo.sha or ""):
            raise _NotReadError("the commit is not known")
        self._client = client
        self._folder = folder
        self._repo = repo
        self._end = end
        self._number = 0
        self._where: dict[str, Any] = {
            "repo_id": repo.id,
            "repo_type": target.repo_type,
            "revision": repo.sha,
            "endpoint": client.identity.endpoint,
        }
        self._sizes = {blob.path: blob.size for blob in repo.blobs}

    def __call__(self, path: str) -> bytes | None:
        """The bytes of a file, or `None` where there are too many of them."""
        seconds = min(self._client.limits.timeout, self._end - time.monotonic())
        if seconds <= 0:
            raise _NotReadError(LATE.why)
        return _heeding(lambda: self._read(path, seconds))

    def _read(self, path: str, seconds: float) -> bytes | None:
        from huggingface_hub import get_hf_file_metadata, hf_hub_download, hf_hub_url

        # Not `None`, which would be the token of whoever runs this, for whatever endpoint.
        token = self._client.who.token or False
        size = self._sizes.get(path)
        if size is None:
            url = hf_hub_url(filename=path, **self._where)
            size = get_hf_file_metadata(url, token=token, timeout=seconds, **_OURS).size
        if size is None or size > LARGEST:
            return None
        self._number += 1
        # A folder for each, so that no name can meet another's.
        name = f"{threading.get_ident()}-{self._repo.sha}-{self._number}"
        local = hf_hub_download(
            filename=path,
            local_dir=os.path.join(self._folder, name),
            token=token,
            etag_timeout=seconds,
            **_OURS,
            **self._where,
        )
        with open(local, "rb") as file:
            data = file.read(LARGEST + 1)
        os.unlink(local)
        return None if len(data) > LARGEST else data


def _heeding(read: Callable[[], bytes | None]) -> bytes | None:
    """What is read, or `_NotReadError` with why it is not."""
    from huggingface_hub.utils import (  # type: ignore[attr-defined] # where 0.23 has them, too
        GatedRepoError,
        HfHubHTTPError,
    )

    try:
        return read()
    except GatedRepoError:
        raise _NotReadError("the repo is gated: its files are for those who were let in") from None
    except HfHubHTTPError as error:
        status = getattr(error.response, "status_code", None)
        raise _NotReadError(_STATUS.get(status, f"the Hub answered with {status}")) from None
    except _transport_errors() as error:
        raise _NotReadError(f"{UNREACHABLE.why} ({type(error).__name__})") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise _NotReadError(f"the file cannot be read ({type(error).__name__})") from None


_STATUS: dict[int | None, str] = {
    401: "the Hub does not show the files to us",
    403: "the Hub does not show the files to us",
    404: "the file is not there",
    429: "the Hub takes no more questions for now",
}


def _transport_errors() -> tuple[type[Exception], ...]:
    """What the library raises by which huggingface_hub speaks: requests before 1.0."""
    named = (("httpx2", "HTTPError"), ("httpx", "HTTPError"), ("requests", "RequestException"))
    modules = [(sys.modules.get(module), error) for module, error in named]
    return tuple(getattr(module, error) for module, error in modules if module is not None)
