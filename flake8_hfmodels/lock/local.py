"""Copies of repos on this machine beside the lock: files are hashed, never loaded or run."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TypeAlias

from flake8_hfmodels.facts import Blob
from flake8_hfmodels.finding import Severity
from flake8_hfmodels.lock.audit import Told, few, short
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.record import dataclass

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many bytes are hashed, and of how many."""

CHUNK = 1 << 20
"""Bytes that are read at once."""

_LARGEST_REF = 10_000
"""Bytes of the largest file that may name a commit; the name itself takes 40."""

_CACHED = ("models--", "datasets--", "spaces--", "kernels--")
_NOT_OF_THE_REPO = frozenset({".git", ".huggingface"})
_DOWNLOADS = (os.path.join(".cache", "huggingface"), ".huggingface")
"""Where huggingface_hub keeps, beside what it downloads into a folder, which commit it is of:
the first from 0.24 on, the other in 0.23."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Files of a repo as they lie here, by their path in the repo, and where they are.

    `repo_type`, `repo_id` and `commit` are empty where nobody says what the copy is of. `refs` are
    the names under which the cache hands this commit out.
    """

    where: str
    repo_type: str
    repo_id: str
    commit: str
    files: Mapping[str, str]
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stock:
    """The copies that were found, and a line for each thing that could not be looked at."""

    copies: tuple[Copy, ...] = ()
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of a comparison: what to tell, how many entries have a copy here, troubles."""

    told: Sequence[Told]
    found: int
    troubles: Sequence[str]


# What is here


def own_cache() -> str:
    """The folder of the cache that programs on this machine use, by huggingface_hub itself."""
    from huggingface_hub import constants  # slow to import

    return str(constants.HF_HUB_CACHE)


def cached(folder: str) -> Stock:
    """The copies in a cache of huggingface_hub."""
    from huggingface_hub import scan_cache_dir  # slow to import

    if not os.path.isdir(folder):
        return Stock((), (f"{folder}: there is no cache",))
    try:
        odd = next(_odd_refs(folder), None)
        if odd is not None:
            return Stock((), (f"{odd}: names no commit; remove it",))
        found = scan_cache_dir(folder)
    except OSError as error:
        return Stock((), (f"{folder}: {_in_words(error)}",))
    except UnicodeDecodeError:
        return Stock((), (f"{folder}: a file in a folder `refs` is no text; remove that repo",))
    copies = [
        Copy(
            str(revision.snapshot_path),
            repo.repo_type,
            repo.repo_id,
            revision.commit_hash,
            {
                one.file_path.relative_to(revision.snapshot_path).as_posix(): str(one.file_path)
                for one in revision.files
            }
            | _linked(str(revision.snapshot_path)),
            tuple(sorted(revision.refs)),
        )
        for repo in found.repos
        for revision in repo.revisions
    ]
    empty = [os.path.join(one, "snapshots") for one in _without_copies(folder)]
    lines = [str(one).splitlines()[0] for one in found.warnings]
    broken = sorted(f"{folder}: {one}" for one in lines if not one.endswith(tuple(empty)))
    return Stock(tuple(sorted(copies, key=lambda one: one.where)), tuple(broken))


def _odd_refs(folder: str) -> Iterator[str]:
    """What is in the place of a ref, and would be read without end, or until somebody writes."""
    for repo in sorted(os.listdir(folder)):
        for place, _folders, names in os.walk(os.path.join(folder, repo, "refs")):
            for path in (os.path.join(place, name) for name in names):
                with suppress(OSError):  # a link that leads nowhere
                    about = os.stat(path)
                    if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST_REF:
                        yield path


def _without_copies(folder: str) -> Iterator[str]:
    """The folders of repos that hold no file: a download to elsewhere leaves its refs here."""
    with os.scandir(folder) as found:
        for one in found:
            held = (os.path.join(one.path, name) for name in ("snapshots", "blobs"))
            if one.is_dir() and not any(map(os.path.exists, held)):
                yield one.path


def _linked(folder: str) -> dict[str, str]:
    """The links to folders in a folder, by their path in it: what they lead to is loaded too."""
    return {
        os.path.relpath(path, folder).replace(os.sep, "/"): path
        for place, folders, _files in os.walk(folder)
        for path in (os.path.join(place, one) for one in sorted(folders))
        if os.path.islink(path)
    }


def in_folder(folder: str) -> Stock:
    """The copy that a folder is, or the copies in it where it is a cache itself."""
    try:
        names = os.listdir(folder)
    except OSError as error:
        return Stock((), (f"{folder}: {_in_words(error)}",))
    if any(name.startswith(_CACHED) for name in names):
        return cached(folder)
    troubles: list[str] = []
    files: dict[str, str] = {}
    commit = ""
    for place, folders, inside in os.walk(folder, onerror=lambda one: troubles.append(_told(one))):
        below = os.path.relpath(place, folder)
        folders[:] = sorted(one for one in folders if one not in _NOT_OF_THE_REPO)
        if below == _DOWNLOADS[0]:
            folders.clear()
            continue
        for name in sorted(inside):
            path = os.path.normpath(os.path.join(below, name))
            files[path.replace(os.sep, "/")] = os.path.join(place, name)
    files.update(_linked(folder))
    for kept in _DOWNLOADS:
        commit = commit or _downloaded(os.path.join(folder, kept, "download"))
    return Stock((Copy(folder, "", "", commit, files),), tuple(troubles))


def _downloaded(folder: str) -> str:
    """The commit that a download was of: the first line of what is kept of each file."""
    for place, _folders, names in os.walk(folder):
        for name in sorted(names):
            if name.endswith(".metadata"):
                try:
                    with open(os.path.join(place, name), encoding="utf-8") as file:
                        return file.readline(100).strip()
                except (OSError, UnicodeDecodeError):
                    continue
    return ""


# The comparison


class _Digests:
    """The hashes of files, each found out once, and what could not be read."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.troubles: list[str] = []
        self._known: dict[tuple[str, bool], str] = {}
        self._unreadable: set[str] = set()
        self._total = total
        self._progress = progress
        self._done = 0

    def differs(self, path: str, locked: Blob) -> bool:
        """Whether a file is not what was locked; one that cannot be read is told, and is not."""
        real = os.path.realpath(path)
        if real in self._unreadable:
            return False
        try:
            about = os.stat(real)
            if not stat.S_ISREG(about.st_mode):
                raise OSError(0, "it is no file")
            if locked.size is not None and locked.size != about.st_size:
                return True
            if not (locked.sha256 or locked.blob_id):
                return False
            if locked.sha256:
                return self._digest(real, about.st_size, is_git=False) != locked.sha256
            return self._digest(real, about.st_size, is_git=True) != locked.blob_id
        except OSError as error:
            self._unreadable.add(real)
            self.troubles.append(f"{path}: {_in_words(error)}")
            return False

    def _digest(self, path: str, size: int, is_git: bool) -> str:
        known = self._known.get((path, is_git))
        if known is None:
            known = self._known[path, is_git] = self._hashed(path, size, is_git)
        return known

    def _hashed(self, path: str, size: int, is_git: bool) -> str:
        """SHA-256 of the content, or what git calls the blob (SHA-1 behind a header)."""
        digest = hashlib.sha1(usedforsecurity=False) if is_git else hashlib.sha256()
        if is_git:
            digest.update(b"blob %d\0" % size)
        with open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                self._done += len(chunk)
                self._progress(self._done, max(self._done, self._total))
        return digest.hexdigest()


def compare(
    stocks: Sequence[Stock], entries: Sequence[Entry], is_strict: bool, progress: Progress
) -> Compared:
    """Hold all copies against the lock; `is_strict`: what the lock does not know is a finding."""
    copies = [copy for stock in stocks for copy in stock.copies]
    digests = _Digests(sum(map(_size, copies)), progress)
    told: list[Told] = []
    found: set[Entry] = set()
    for copy in copies:
        entry = _entry_of(copy, entries, digests)
        if entry is None:
            told.append(_not_locked(copy, entries, is_strict))
        else:
            found.add(entry)
            told += _of_copy(copy, entry, digests)
        told += _of_refs(copy, entries)
    troubles = [*(line for stock in stocks for line in stock.troubles), *digests.troubles]
    return Compared(told, len(found), troubles)


def _size(copy: Copy) -> int:
    """The bytes of all files; what cannot be looked at counts for nothing."""
    sizes = 0
    for path in copy.files.values():
        try:
            sizes += os.stat(path).st_size
        except OSError:
            continue
    return sizes


def _entry_of(copy: Copy, entries: Sequence[Entry], digests: _Digests) -> Entry | None:
    """What a copy is of: by what is said of it, or for a mere folder by what is in it."""
    if copy.repo_id:
        same = (one for one in entries if _is_of(copy, one) and one.commit == copy.commit)
        return next(same, None)
    if copy.commit:
        named = [one for one in entries if one.commit == copy.commit]
        if named:
            return named[0]
    scored = [((_alike(copy, one, digests), _is_called(copy, one)), one) for one in entries]
    score, best = max(scored, key=lambda one: one[0], default=((0, False), None))
    return best if any(score) else None


def _is_of(copy: Copy, entry: Entry) -> bool:
    names = (entry.repo_id.casefold(), entry.id.casefold())
    return copy.repo_type == entry.repo_type and copy.repo_id.casefold() in names


def _alike(copy: Copy, entry: Entry, digests: _Digests) -> int:
    """How many files of a copy are what an entry has locked."""
    here = [(copy.files[one.path], one) for one in entry.files if one.path in copy.files]
    return sum(not digests.differs(path, blob) for path, blob in here)


def _is_called(copy: Copy, entry: Entry) -> bool:
    """Whether a folder bears the name of a repo."""
    path = os.path.abspath(copy.where).replace(os.sep, "/").casefold()
    return f"{path}/".endswith(f"/{entry.repo_id.rpartition('/')[2].casefold()}/")


def _not_locked(copy: Copy, entries: Iterable[Entry], is_strict: bool) -> Told:
    others = sorted({short(one.commit) for one in entries if _is_of(copy, one)})
    if others:
        what = f"this commit is not in the lock, which has {', '.join(others)}"
    elif copy.repo_id:
        what = "the lock does not know this repo"
    else:
        what = f"nothing in the lock is like {copy.where}"
    return Told(
        "not locked",
        None,
        what,
        "lock it, or remove it from this machine",
        "HFM015" if is_strict else "",
        Severity.LOW if is_strict else None,
        repo_id=copy.repo_id or os.path.basename(os.path.abspath(copy.where)),
        commit=copy.commit,
        where=copy.where,
    )


def _of_copy(copy: Copy, entry: Entry, digests: _Digests) -> Iterator[Told]:
    remedy = "remove the copy, look at how it came there, and download it again"
    changed = [
        one.path
        for one in entry.files
        if one.path in copy.files and digests.differs(copy.files[one.path], one)
    ]
    if changed:
        yield Told(
            "files differ",
            entry,
            f"not what was locked: {few(changed)}, in {copy.where}",
            remedy,
            "HFM008",
            Severity.HIGH,
            where=copy.where,
        )
    known = {*(one.path for one in entry.files), *entry.others}
    added = sorted(copy.files.keys() - known)
    if added:
        yield Told(
            "files added",
            entry,
            f"not in the locked commit: {few(added)}, in {copy.where}",
            remedy,
            "HFM008",
            Severity.MEDIUM,
            where=copy.where,
        )
    lacking = [one.path for one in entry.files if one.path not in copy.files]
    if lacking:
        words = f"locked, and not here: {few(lacking)}"
        yield Told("not complete", entry, words, where=copy.where)


def _of_refs(copy: Copy, entries: Iterable[Entry]) -> Iterator[Told]:
    """What the cache hands out for a ref that the code follows, if it is another commit."""
    for entry in entries:
        if entry.ref in copy.refs and _is_of(copy, entry) and entry.commit != copy.commit:
            yield Told(
                "ref elsewhere",
                entry,
                f"the cache has {short(copy.commit)} for {entry.ref!r}, which is what a load "
                "without a commit gets here",
                "load the locked commit, or look at what is new and lock it",
                "HFM008",
                Severity.MEDIUM,
                where=copy.where,
            )


def _told(error: OSError) -> str:
    return f"{error.filename}: {_in_words(error)}"


def _in_words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
