"""Files of a repo at one commit, by huggingface_hub: each by its name, and no other."""

from __future__ import annotations

import os
import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from flake8_hfmodels.facts import Blob
from flake8_hfmodels.hub.library import quieten
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass

if TYPE_CHECKING:
    from flake8_hfmodels.hub.client import Client

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many bytes are here, and of how many."""

TICK = 0.25
"""Seconds between two looks at how much is here."""

PATIENCE = 1.0
"""Seconds for which files that are on their way are waited for, once there is no use for them."""

STALLED = 300.0
"""Seconds without a byte after which a download that has begun is given up: what comes by Xet
comes in pieces of 64 MB."""

SLACK = 10_000_000
"""Bytes that huggingface_hub's own notes beside the files may take."""

MOST_THREADS = 8
"""Files at a time, as many as huggingface_hub's own `snapshot_download` takes."""

_KEPT = (os.path.join(".cache", "huggingface"), ".huggingface")
"""What huggingface_hub leaves in the folder of a download: from 0.24 on, and in 0.23."""


_UTILS = "huggingface_hub.utils"
"""Where all versions have what has no type there."""


class DownloadError(Exception):
    """Why there is no download, in words for people."""


@dataclass(frozen=True, slots=True)
class Place:
    """From where files come: a repo at a commit, at an endpoint, and as whom it is asked."""

    repo_type: RepoType
    repo_id: str
    commit: str
    endpoint: str
    token: str | None
    timeout: float
    threads: int = MOST_THREADS
    patience: float = 30.0

    def __repr__(self) -> str:
        return f"Place({self.repo_type} {self.repo_id!r} at {self.commit})"


def place_at(client: Client, repo_type: RepoType, repo_id: str, commit: str) -> Place:
    """A repo at a commit as a client would ask for it: with its token, if it may use one."""
    who, limits = client.who, client.limits
    threads = max(1, min(limits.threads, MOST_THREADS))
    return Place(repo_type, repo_id, commit, who.endpoint, who.token, limits.timeout, threads)


def listing(place: Place) -> tuple[Blob, ...]:
    """The files of a repo with their hashes, where its description has none (kernels).

    Raises `DownloadError`.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.hf_api import RepoFile

    quieten()
    api = HfApi(endpoint=place.endpoint, token=place.token or False)
    try:
        found = list(
            api.list_repo_tree(
                place.repo_id, recursive=True, revision=place.commit, repo_type=place.repo_type
            )
        )
    except _expected() as error:
        raise DownloadError(_in_words(error, place)) from error
    return tuple(
        Blob(one.path, one.size, one.blob_id, one.lfs.sha256 if one.lfs else "")
        for one in found
        if isinstance(one, RepoFile)
    )


def download(
    place: Place,
    names: Sequence[str],
    folder: str,
    total: int,
    progress: Progress,
    limit: int | None = None,
) -> None:
    """Put files of a repo into a folder, where nothing else of the download stays.

    Each is asked for by its name: `snapshot_download` would ask the endpoint once more for what
    there is, and the names that it then says have been judged by nobody. The threads are daemons,
    and stop at the next file where somebody interrupts. There are no more than `limit` bytes.

    Raises `DownloadError`, also where nothing more comes: huggingface_hub waits for five minutes,
    and five times, where the Hub limits the rate of requests.
    """
    quieten()
    work = _Work(place, folder, names)
    flow = _Flow(place.patience, limit)
    try:
        work.start()
        while work.left:
            work.wait()
            here = _bytes_in(folder)
            flow.watch(here, begun=_is_begun(folder))
            progress(min(here, total), total)
    finally:
        work.stop()
    _tidy(folder)


class _Flow:
    """What has come so far, and since when nothing has."""

    def __init__(self, patience: float, limit: int | None) -> None:
        self._patience = patience
        self._limit = limit
        self._here = 0
        self._since = time.monotonic()

    def watch(self, here: int, *, begun: bool) -> None:
        """Look at how many bytes are here. Raises `DownloadError`."""
        if self._limit is not None and here > self._limit + SLACK:
            raise DownloadError("more comes than the Hub says that there is")
        if here != self._here:
            self._here, self._since = here, time.monotonic()
        patience = max(self._patience, STALLED) if begun else self._patience
        if time.monotonic() - self._since > patience:
            raise DownloadError(
                f"nothing came for {patience:g} s; try again later, log in with a token, "
                "or wait longer: --deadline"
            )


class _Work:
    """The files that are still to come, and the threads that fetch them."""

    def __init__(self, place: Place, folder: str, names: Sequence[str]) -> None:
        self.left = len(names)
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self._place = place
        self._folder = folder
        self._todo: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()
        for name in names:
            self._todo.put(name)

    def start(self) -> None:
        """Begin, with no more threads than there are files."""
        for _ in range(min(self._place.threads, self.left)):
            thread = threading.Thread(target=self._run, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Begin no further file, and wait a moment for those that are nearly there."""
        self._stopped.set()
        end = time.monotonic() + PATIENCE
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def wait(self) -> None:
        """Wait for a while for files to come. Raises `DownloadError`."""
        end = time.monotonic() + TICK
        with suppress(queue.Empty):
            while self.left:
                error = self._done.get(timeout=max(0.0, end - time.monotonic()))
                if error is not None:
                    raise DownloadError(_in_words(error, self._place)) from error
                self.left -= 1

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                name = self._todo.get_nowait()
            except queue.Empty:
                return
            try:
                self._fetch(name)
            except Exception as error:  # whoever waits is told
                self._done.put(error)
                return
            self._done.put(None)

    def _fetch(self, name: str) -> None:
        from huggingface_hub import hf_hub_download

        place = self._place
        hf_hub_download(
            place.repo_id,
            name,
            repo_type=place.repo_type,
            revision=place.commit,
            local_dir=self._folder,
            etag_timeout=place.timeout,
            token=place.token or False,
            endpoint=place.endpoint,
        )


def _expected() -> tuple[type[Exception], ...]:
    """What huggingface_hub raises where it does not get a file.

    Its own errors are made from those of its HTTP client: requests in 0.x, httpx in 1.x and 2.x.
    """
    return (OSError, ValueError, import_module(_UTILS).HfHubHTTPError.__mro__[1])


def _in_words(error: Exception, place: Place) -> str:
    """What went wrong. Raises the error itself where it is none that was to be expected."""
    if not isinstance(error, _expected()):
        raise error
    chain = [*_causes(error)]
    statuses = {getattr(getattr(one, "response", None), "status_code", None) for one in chain}
    if any(type(one).__name__ == "GatedRepoError" for one in chain):
        page = f"{place.endpoint}/{_PAGES[place.repo_type]}{place.repo_id}"
        return (
            f"it is gated: ask for access at {page}, then log in with `hf auth login` "
            "or set HF_TOKEN"
        )
    if 429 in statuses:
        return "the Hub limits the rate of requests; try again later, or log in with a token"
    if statuses & {401, 403}:
        return "the endpoint does not let us have the files; log in with `hf auth login`"
    if 404 in statuses:
        return "the endpoint does not have a file that it lists"
    first = next(iter(str(chain[-1]).splitlines()), "")[:200]
    return f"the download broke off ({type(chain[-1]).__name__}: {first})"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it was made of, that last."""
    while error is not None:
        yield error
        error = error.__cause__


_PAGES = {"model": "", "dataset": "datasets/", "space": "spaces/", "kernel": "kernels/"}


def _bytes_in(folder: str) -> int:
    total = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # it has its final name by now
                total += os.lstat(os.path.join(place, name)).st_size
    return total


def _is_begun(folder: str) -> bool:
    """Whether the first bytes of a file may be on their way: huggingface_hub has a name for it."""
    return any(
        name.endswith(".incomplete") or (_KEPT[0] not in place and _KEPT[1] not in place)
        for place, _folders, names in os.walk(folder)
        for name in names
    )


def _tidy(folder: str) -> None:
    """Take away what huggingface_hub has left, and the folder around it if it is empty then."""
    for kept in _KEPT:
        shutil.rmtree(os.path.join(folder, kept), ignore_errors=True)
    with suppress(OSError):
        os.rmdir(os.path.join(folder, ".cache"))
