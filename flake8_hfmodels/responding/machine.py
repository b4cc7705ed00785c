"""What this machine has of a repo: files are hashed, never loaded, opened for nothing else."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import TypeAlias

from flake8_hfmodels.facts import Blob
from flake8_hfmodels.loaders.formats import PICKLED_ENDINGS
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.lock.local import CHUNK, Copy, cached, in_folder
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.responding.suspect import Bearing, Suspect

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many bytes are hashed, and of how many."""

_CODE = (".py", ".ipynb", ".sh")


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a copy.

    `where` is the file itself, behind links. `verdict` is what the lock says of it: `as locked`,
    `differs`, `not locked` (its entry does not know such a file), or empty where nothing is known.
    `why` is the reason why there are no hashes.
    """

    path: str
    where: str
    size: int
    sha256: str
    blob_id: str
    verdict: str = ""
    why: str = ""

    @property
    def is_pickle(self) -> bool:
        """Whether a program may unpickle it, by its name."""
        return self.path.lower().endswith(PICKLED_ENDINGS)

    @property
    def is_code(self) -> bool:
        """Whether a program may run it, by its name."""
        return self.path.lower().endswith(_CODE)


@dataclass(frozen=True, slots=True)
class Here:
    """A copy of the repo on this machine.

    `of` says by what it is known: `cache`, or for a folder `commit`, `files` or `name`. `modified`
    and `accessed` are when any of its files last was; many systems do not note every access.
    """

    where: str
    of: str
    repo_type: str
    repo_id: str
    commit: str
    refs: tuple[str, ...]
    bearing: Bearing
    is_locked: bool
    modified: str
    accessed: str
    files: tuple[Kept, ...]

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(one.size for one in self.files)

    @property
    def pickles(self) -> tuple[str, ...]:
        """The files that may be unpickled."""
        return tuple(one.path for one in self.files if one.is_pickle)

    @property
    def code(self) -> tuple[str, ...]:
        """The files that may be run."""
        return tuple(one.path for one in self.files if one.is_code)

    @property
    def changed(self) -> tuple[str, ...]:
        """The files that are not what was locked, or that nobody has locked."""
        return tuple(one.path for one in self.files if one.verdict in ("differs", "not locked"))


@dataclass(frozen=True, slots=True)
class Machine:
    """All copies here, where was looked, and what could not be looked at."""

    copies: tuple[Here, ...] = ()
    looked: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


def machine(
    cache: str,
    folders: Sequence[str],
    suspect: Suspect,
    entries: Sequence[Entry],
    progress: Progress,
) -> Machine:
    """Look into a cache, if it is there, and into folders. `entries` are those of the repo."""
    caches = [cached(cache)] if os.path.isdir(cache) else []
    stocks = [*caches, *map(in_folder, folders)]
    copies = [one for stock in stocks for one in stock.copies]
    bad = suspect.asked.revision
    suspect = suspect.at(one.commit for one in copies if _is_it(one, suspect) and bad in one.refs)
    ours = [(one, "cache") for one in copies if _is_it(one, suspect)]
    commits = {one.commit for one, _of in ours} | suspect.commits | {one.commit for one in entries}
    digests = _Digests(sum(_size(path) for one in copies for path in _files(one)), progress)
    known = {blob for entry in entries for blob in entry.files}
    for copy, _of in [*ours]:
        known |= {_blob(one) for one in digests.files(copy)}
    for copy in copies:
        of = "" if copy.repo_id else _known_by(copy, suspect, commits, known, digests)
        ours += [(copy, of)] if of else []
    found = tuple(_here(copy, of, suspect, entries, digests) for copy, of in ours)
    troubles = [line for stock in stocks for line in stock.troubles]
    return Machine(found, tuple(filter(None, (cache, *folders))), tuple(troubles))


def _is_it(copy: Copy, suspect: Suspect) -> bool:
    """Whether a copy in a cache is of the repo; a mere folder has no id."""
    return suspect.is_named(copy.repo_id) and suspect.is_of_type(copy.repo_type)


def _known_by(
    copy: Copy,
    suspect: Suspect,
    commits: Collection[str],
    known: Collection[Blob],
    digests: _Digests,
) -> str:
    """By what a folder is known to hold the repo; empty where by nothing."""
    if copy.commit:
        return "commit" if copy.commit in commits else ""
    sizes = {one.size for one in known if one.size}
    alike = (path for path in _files(copy) if _size(path) in sizes)
    if any(_is_known(digests.of(path), known) for path in alike):
        return "files"
    name = os.path.basename(os.path.abspath(copy.where)).casefold()
    return "name" if name in {one.rpartition("/")[2] for one in suspect.names} else ""


def _is_known(file: Kept, known: Iterable[Blob]) -> bool:
    return any(_is(file, one) for one in known)


def _is(file: Kept, blob: Blob) -> bool:
    """Whether a file has the content that a description is of."""
    if not file.sha256:
        return False
    if blob.sha256:
        return file.sha256 == blob.sha256
    return file.blob_id == blob.blob_id


def _blob(file: Kept) -> Blob:
    return Blob(file.path, file.size, file.blob_id, file.sha256)


def _here(
    copy: Copy, of: str, suspect: Suspect, entries: Sequence[Entry], digests: _Digests
) -> Here:
    entry = next((one for one in entries if one.commit == copy.commit), None)
    files = tuple(_judged(one, entry) for one in digests.files(copy))
    modified, accessed = _times(copy)
    return Here(
        os.path.abspath(copy.where),
        of,
        copy.repo_type,
        copy.repo_id,
        copy.commit,
        copy.refs,
        suspect.bearing(copy.commit or None),
        entry is not None,
        modified,
        accessed,
        files,
    )


def _judged(file: Kept, entry: Entry | None) -> Kept:
    """A file with what its entry in the lock says of it."""
    if entry is None or not file.sha256:
        return file
    locked: Mapping[str, Blob] = {one.path: one for one in entry.files}
    if file.path in locked:
        verdict = "as locked" if _is(file, locked[file.path]) else "differs"
    else:
        verdict = "" if file.path in entry.others else "not locked"
    return replace(file, verdict=verdict)


def _files(copy: Copy) -> Iterator[str]:
    return iter(copy.files.values())


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _times(copy: Copy) -> tuple[str, str]:
    """When a file of a copy was last written and read; empty where there is none."""
    about: list[os.stat_result] = []
    for path in _files(copy):
        try:
            about.append(os.stat(path))
        except OSError:
            continue
    if not about:
        return "", ""
    return _moment(max(one.st_mtime for one in about)), _moment(max(one.st_atime for one in about))


_LAST = 253_402_300_799.0
"""The last second of 9999, behind which there is no `datetime`; file systems have later ones."""


def _moment(seconds: float) -> str:
    seconds = max(0.0, min(seconds, _LAST))
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class _Digests:
    """The hashes of files, each found out once."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._known: dict[str, Kept] = {}
        self._total = total
        self._progress = progress
        self._done = 0

    def files(self, copy: Copy) -> Iterator[Kept]:
        """The files of a copy, by their names in the repo."""
        for path in sorted(copy.files):
            yield self.of(copy.files[path], path)

    def of(self, where: str, path: str = "") -> Kept:
        """One file."""
        real = os.path.realpath(where)
        if real not in self._known:
            self._known[real] = self._hashed(real)
        return replace(self._known[real], path=path)

    def _hashed(self, path: str) -> Kept:
        """SHA-256 of the content, and what git calls the blob (SHA-1 behind a header)."""
        size = 0
        try:
            about = os.stat(path)
            if not stat.S_ISREG(about.st_mode):
                raise OSError(0, "it is no file")
            size = about.st_size
            own = hashlib.sha256()
            of_git = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
            with open(path, "rb") as file:
                while chunk := file.read(CHUNK):
                    own.update(chunk)
                    of_git.update(chunk)
                    self._done += len(chunk)
                    self._progress(self._done, max(self._done, self._total))
        except OSError as error:
            return Kept("", path, size, "", "", why=(error.strerror or str(error)).lower())
        return Kept("", path, size, own.hexdigest(), of_git.hexdigest())
