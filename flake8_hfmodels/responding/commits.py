"""The commits of a repository and what they did to files, by git's plumbing.

Plumbing goes by nobody's settings of how to show a diff. Nothing that a repository's own
configuration names is started, and nothing is fetched that is not here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from time import monotonic

from flake8_hfmodels.git import ask_git
from flake8_hfmodels.record import dataclass

CHUNK = 200
"""Commits that git is asked about at once, between two looks at the clock."""

MOST_BYTES = 20_000_000
"""Bytes of versions that are held at once."""

MOST_REFS = 300
MOST_LOOKUPS = 30_000
"""Branches and tags that are looked at: the newest; and paths in all of them."""

_PLAIN = ("--literal-pathspecs", "--no-replace-objects")
_DIFF = (
    *("diff-tree", "--stdin", "-r", "-z", "--root", "-c", "--no-renames", "--no-ext-diff"),
    *("--no-textconv", "--ignore-submodules=all", "--no-color", "--no-relative"),
)
_FILES = frozenset({b"100644", b"100755", b"100664"})
"""Modes of what is read: no links, and nothing of other repositories."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: when it was made, by its author's clock and by who put it here last."""

    hash: str
    author: str
    authored: str
    committed: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What a commit made of a file: the blob that it is from then on.

    Empty where it is gone, or is no file any more but a link or another repository.
    """

    commit: str
    path: bytes
    blob: str


class Clock:
    """The seconds that are left."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        """No less than nothing."""
        return max(0.0, self._end - monotonic())


def top_of(path: str) -> str:
    """The folder at the top of the repository that a path lies in; empty where git knows none."""
    folder = path if os.path.isdir(path) else os.path.dirname(path) or os.curdir
    said = ask_git(folder, "rev-parse", "--show-toplevel")
    return os.fsdecode(said.removesuffix(b"\n")) if said else ""


class Repository:
    """A repository, of which only some `paths` (relative to its top; none: all) are asked about.

    `since` is a day (`YYYY-MM-DD`), or empty. Nothing is answered when the time is over.
    """

    def __init__(self, top: str, paths: Sequence[str], since: str, clock: Clock) -> None:
        self.top = top
        self.clock = clock
        self._paths = tuple(paths)
        self._since = (f"--since={since}T00:00:00Z",) if since else ()

    def is_shallow(self) -> bool:
        """Whether older commits are not here."""
        return self._ask("rev-parse", "--is-shallow-repository") == b"true\n"

    def commits(self, paths: Sequence[str] = ()) -> Sequence[str] | None:
        """All commits of all branches and tags, the newest first and no parent before its child."""
        limits = ("--full-history", "--", *(paths or self._paths))
        asked = ("rev-list", "--all", "--date-order", *self._since, *limits)
        said = self._ask(*asked)
        return None if said is None else said.decode("ascii").split()

    def about(self, hashes: Iterable[str]) -> Mapping[str, Commit]:
        """What is said of commits."""
        given = "".join(f"{one}\n" for one in hashes)
        form = "--format=%H%x00%at%x00%ct%x00%an"
        asked = ("rev-list", "--no-walk=unsorted", "--encoding=UTF-8", form, "--stdin")
        said = self._ask(*asked, given=given.encode("ascii")) or b""
        lines = (one for one in said.split(b"\n") if b"\0" in one)
        made = (_commit(*one.split(b"\0", 3)) for one in lines)
        return {one.hash: one for one in made}

    def touched(
        self, commits: Sequence[str], *options: str, paths: Sequence[str] = ()
    ) -> list[Touched] | None:
        """What commits did to files; `None` where git did not say."""
        given = "".join(f"{one}\n" for one in commits).encode("ascii")
        said = self._ask(*_DIFF, *options, "--", *(paths or self._paths), given=given)
        return None if said is None else list(_raw(said))

    def heads(self, paths: Collection[bytes]) -> Mapping[bytes, Mapping[str, str]]:
        """The blob that each path is in each branch and tag that has it, by its name."""
        asked = [one for one in paths if b"\n" not in one]
        most = min(MOST_REFS, MOST_LOOKUPS // max(1, len(asked)))
        kinds = ("refs/heads", "refs/remotes", "refs/tags")
        newest = ("--sort=-committerdate", f"--count={most}", "--format=%(refname)")
        said = self._ask("for-each-ref", *newest, *kinds) or b""
        refs = [b"HEAD", *(one for one in said.split(b"\n") if one and not one.endswith(b"/HEAD"))]
        pairs = [(ref, path) for ref in refs for path in asked]
        given = b"".join(b"%s:%s\n" % pair for pair in pairs)
        lines = (self._ask("cat-file", "--batch-check", given=given) or b"").split(b"\n")
        found: dict[bytes, dict[str, str]] = {}
        for (ref, path), line in zip(pairs, lines, strict=False):
            blob, _space, kind = line.partition(b" ")
            if kind.startswith(b"blob "):
                found.setdefault(path, {})[_short(ref)] = blob.decode("ascii")
        return found

    def contents(self, blobs: Collection[str], largest: int) -> Iterator[tuple[str, bytes]]:
        """The contents of those blobs that are no larger than this, as far as there is time."""
        given = "".join(f"{one}\n" for one in blobs).encode("ascii")
        said = (self._ask("cat-file", "--batch-check", given=given) or b"").decode("ascii")
        parts = (one.split() for one in said.splitlines())
        sizes = [(one[0], int(one[2])) for one in parts if len(one) == 3]
        for part in _portions([one for one in sizes if one[1] <= largest]):
            given = "".join(f"{one}\n" for one in part).encode("ascii")
            for blob in _blobs(self._ask("cat-file", "--batch", given=given) or b""):
                if not self.clock.left:
                    return
                yield blob

    def _ask(self, *command: str, given: bytes = b"") -> bytes | None:
        left = self.clock.left
        if not left:
            return None
        return ask_git(self.top, *_PLAIN, *command, given=given, seconds=left)


def in_chunks(commits: Sequence[str]) -> Iterator[Sequence[str]]:
    """Commits, some at a time."""
    for start in range(0, len(commits), CHUNK):
        yield commits[start : start + CHUNK]


Progress = Callable[[int, int], None]
"""Told how many are done, and of how many."""


def _commit(name: bytes, authored: bytes, committed: bytes, author: bytes) -> Commit:
    words = author.decode("utf-8", "replace")
    return Commit(name.decode("ascii"), words, _day(authored), _day(committed))


def _day(seconds: bytes) -> str:
    """A moment as people write it; git takes any number for one."""
    try:
        moment = datetime.fromtimestamp(int(seconds), timezone.utc)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _raw(said: bytes) -> Iterator[Touched]:
    """The files in what `git diff-tree -z` prints.

    A commit's hash, then for each file what became of it and its path. What a merge did has a
    colon, a mode and a blob for each parent; the last mode and blob are of the merge.
    """
    commit = ""
    parts = iter(said.split(b"\0"))
    for part in parts:
        if not part.startswith(b":"):
            commit = part.decode("ascii")
            continue
        path = next(parts)
        parents = len(part) - len(part.lstrip(b":"))
        words = part.lstrip(b":").split(b" ")
        mode, blob = words[parents], words[2 * parents + 1].decode("ascii")
        yield Touched(commit, path, blob if mode in _FILES else "")


def _short(ref: bytes) -> str:
    """What people call a branch or tag."""
    return os.fsdecode(ref.split(b"/", 2)[-1])


def _portions(sizes: Iterable[tuple[str, int]]) -> Iterator[list[str]]:
    portion: list[str] = []
    total = 0
    for blob, size in sizes:
        if portion and total + size > MOST_BYTES:
            yield portion
            portion, total = [], 0
        portion.append(blob)
        total += size
    if portion:
        yield portion


def _blobs(said: bytes) -> Iterator[tuple[str, bytes]]:
    """The blobs in what `git cat-file --batch` prints."""
    at = 0
    while at < len(said):
        end = said.index(b"\n", at)
        blob, _kind, size = said[at:end].split(b" ")
        at = end + 1 + int(size)
        yield blob.decode("ascii"), said[end + 1 : at]
        at += 1
