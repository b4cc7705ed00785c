"""Since when the lines of a file stand there, as `git blame` says it."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator, Mapping

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.sources.placed import split_lines

FOR_A_FILE = 2.0
FOR_A_RUN = 5.0
"""Seconds that git may take. A typical file takes 5 microseconds for each commit of the repo."""

MOST = 200
"""How many stretches of a file are asked for apart; Windows has short command lines."""

_BLAME = ("blame", "--porcelain", "--encoding=none", "--no-textconv", "--contents", "-")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: since when it stands there at the latest, in seconds, and its text."""

    since: int
    text: str


class Blamer:
    """Asks git about lines. `given_up` counts the files for which there was not enough time.

    Whole files that were renamed are followed, as git does by itself. Not so lines that were moved
    to another file (`-C`): in a commit of 3,000 files that takes git 0.6 s instead of 5 ms, and a
    moved line merely counts as younger. So does one that a reformatter has changed, unless the
    project has git pass over that commit (`blame.ignoreRevsFile`).
    """

    def __init__(self, seconds: float = FOR_A_RUN) -> None:
        self.left = seconds
        self.given_up = 0

    def __call__(self, path: str, text: str | None, lines: Collection[int]) -> Mapping[int, Line]:
        """Those lines of a file that git knows, if it knows the file.

        `text` is what is looked at, which need not be what lies on the disk (an editor has not
        saved it yet); `None` where it is. What is not committed stands there since now.
        """
        real = os.path.realpath(path)
        folder, name = os.path.split(real)
        if not (os.path.isfile(real) and _is_in_a_repo(folder)):
            return {}
        contents = _contents(real, text)
        if contents is None:
            return {}
        wanted = [*_stretches(lines, _count(contents))]
        if not wanted:
            return {}
        if self.left <= 0:
            self.given_up += 1
            return {}
        begin = time.monotonic()
        said = self._asked(folder, (*wanted, "--", name), contents)
        self.left -= time.monotonic() - begin
        return dict(_read(said)) if said else {}

    def _asked(self, folder: str, command: tuple[str, ...], contents: bytes) -> bytes | None:
        from flake8_hfmodels.git import ask_git  # there may be no repository

        unfiltered = _unfiltered(folder)
        if unfiltered is None:
            return None
        bound = min(FOR_A_FILE, self.left)
        begin = time.monotonic()
        said = ask_git(folder, *unfiltered, *_BLAME, *command, given=contents, seconds=bound)
        self.given_up += said is None and time.monotonic() - begin >= bound
        return said


def _is_in_a_repo(folder: str) -> bool:
    """Whether git may know a folder: it starts no process to find out."""
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above
    return True


def _contents(path: str, text: str | None) -> bytes | None:
    """A text as git would read it from the file; `None` where git counts other lines than we do."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    from flake8_hfmodels.sources.decoding import decode

    saved = decode(data)
    if saved is None:
        return None
    lines = split_lines(saved)
    if len(lines) != data.count(b"\n") + 1:
        return None
    if text is None or split_lines(text) == lines:
        return data
    end = "\r\n" if b"\r\n" in data else "\n"
    return end.join(split_lines(text)).encode("utf-8", "replace")


def _count(contents: bytes) -> int:
    """How many lines git counts."""
    return contents.count(b"\n") + (contents[-1:] not in (b"\n", b""))


def _stretches(lines: Collection[int], last: int) -> Iterator[str]:
    """Options of `git blame` for lines; it would refuse those behind the last one."""
    known = sorted(one for one in {*lines} if one <= last)
    stretches: list[list[int]] = []
    for line in known:
        if stretches and line == stretches[-1][1] + 1:
            stretches[-1][1] = line
        else:
            stretches.append([line, line])
    if len(stretches) > MOST:
        stretches = [[known[0], known[-1]]]
    for begin, end in stretches:
        yield f"-L{begin},{end}"


def _unfiltered(folder: str) -> tuple[str, ...] | None:
    """Options by which git has contents go through no program before it compares them.

    `None` where a filter has a name that such an option cannot hold.
    """
    from flake8_hfmodels.git import ask_git

    keys = ask_git(folder, "config", "-z", "--name-only", "--get-regexp", r"^filter\..") or b""
    options: list[str] = []
    for key in dict.fromkeys(os.fsdecode(one) for one in keys.split(b"\0") if one):
        if "=" in key:
            return None
        options += ("-c", f"{key}=false" if key.endswith(".required") else f"{key}=")
    return tuple(options)


def _read(said: bytes) -> Iterator[tuple[int, Line]]:
    """The lines in what `git blame --porcelain` prints: what is said of a commit is said once.

    A line is as old as its commit. The author's date stays when somebody changes the commit later
    (`--amend`, a fixup) and the committer's is new after a rebase: nobody wrote the line after
    both. A commit at the edge of a shallow clone is younger than the line, too.
    """
    since: dict[bytes, int] = {}
    commit, number = b"", 0
    for line in said.removesuffix(b"\n").split(b"\n"):
        key, _blank, value = line.partition(b" ")
        if line.startswith(b"\t"):
            yield number, Line(since[commit], line[1:].decode("utf-8", "replace"))
            commit = b""
        elif not commit:
            commit, number = key, int(value.split(b" ")[1])
        elif key in (b"author-time", b"committer-time"):
            since[commit] = max(since.get(commit, 0), int(value))
