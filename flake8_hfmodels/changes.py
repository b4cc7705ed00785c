"""Which lines have changed since a commit, as git says it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from flake8_hfmodels.finding import Finding
from flake8_hfmodels.git import ask_git
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex

_HUNK = regex(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_QUOTED = regex(rb'\\([abfnrtv"\\]|[0-7]{3})')
_ESCAPES = {b"a": 7, b"b": 8, b"f": 12, b"n": 10, b"r": 13, b"t": 9, b"v": 11, b'"': 34, b"\\": 92}

Lines = tuple[range, ...]
ALL: Lines = (range(1, 2**31),)


@dataclass(frozen=True, slots=True)
class Changes:
    """The changed lines of each changed file, by its real path."""

    files: Mapping[str, Lines]

    def touch(self, path: str) -> bool:
        """Whether a file has changed lines."""
        return os.path.realpath(path) in self.files

    def include(self, finding: Finding) -> bool:
        """Whether a finding is on a changed line, or what it speaks of is."""
        places = [(finding.path, finding.span)]
        if finding.reference is not None:
            places.append((finding.path, finding.reference.span))
        places += [(one.path, one.span) for one in finding.related]
        return any(
            line in lines
            for path, span in places
            for lines in self.files.get(os.path.realpath(path), ())
            for line in range(span.line, span.end_line + 1)
        )


def changes_since(ref: str) -> Changes:
    """What has changed since the work here left that of `ref`, committed or not.

    Files that git does not know yet are new. Raises `ValueError` with a line for people.
    """
    top = ask_git(os.curdir, "rev-parse", "--show-toplevel")
    if top is None:
        raise ValueError("diff: this is no git repository, or git is not there")
    folder = os.fsdecode(top.rstrip(b"\r\n"))
    named = ask_git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
    )
    if not named:
        raise ValueError(f"diff: {ref!r} is no commit that git knows here; fetch it first")
    commit = named.decode("ascii").strip()
    base = ask_git(folder, "merge-base", commit, "HEAD") or named
    patch = ask_git(folder, *_DIFF, base.decode("ascii").strip(), "--")
    others = ask_git(folder, "ls-files", "-z", "--others", "--exclude-standard", "--full-name")
    if patch is None or others is None:
        raise ValueError(f"diff: git cannot compare with {ref!r}")
    found = dict(_changed(patch))
    found.update((name, ALL) for name in others.split(b"\0") if name)
    return Changes({_real(folder, name): lines for name, lines in found.items()})


_DIFF = (
    *("-c", "core.quotePath=false", "diff", "--unified=0", "--find-renames", "--no-color"),
    *("--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", "--diff-filter=d"),
)


def _real(folder: str, name: bytes) -> str:
    return os.path.realpath(os.path.join(folder, os.fsdecode(name)))


def _changed(patch: bytes) -> Iterator[tuple[bytes, Lines]]:
    """The changed lines of each file in a patch without context."""
    name, ranges = b"", list[range]()
    left = 0
    for line in patch.split(b"\n"):
        if left:  # a line of a hunk, whatever it looks like
            left -= line[:1] in b"+-" and bool(line)
        elif line.startswith(b"+++ "):
            if name:
                yield name, tuple(ranges)
            name, ranges = _name(line[4:]), []
        elif hunk := _HUNK.match(line.decode("ascii", "replace")):
            ranges.append(_range(hunk[1], hunk[2]))
            left = _length(line)
    if name:
        yield name, tuple(ranges)


def _range(first: str, number: str | None) -> range:
    """The lines that a hunk adds; where it only takes away, those on both sides of the gap."""
    begin, count = int(first), 1 if number is None else int(number)
    return range(begin, begin + count) if count else range(max(1, begin), begin + 2)


def _length(line: bytes) -> int:
    """How many lines a hunk has, by its head: `@@ -a,b +c,d @@`."""
    old, new = line.split(b" ")[1:3]
    return sum(int(one.partition(b",")[2] or 1) for one in (old, new))


def _name(text: bytes) -> bytes:
    """The path in a head, without `b/`; git quotes it as C does where it holds odd characters."""
    text = text.rstrip(b"\t")
    if text.startswith(b'"'):
        text = _QUOTED.sub(lambda one: bytes([_byte(one[1])]), text[1:-1])
    return text.removeprefix(b"b/")


def _byte(escape: bytes) -> int:
    return _ESCAPES[escape] if escape in _ESCAPES else int(escape, 8)


def part(changes: Changes, findings: Iterable[Finding]) -> tuple[list[Finding], int]:
    """The findings on changed lines, and how many others there are."""
    every = list(findings)
    kept = [one for one in every if changes.include(one)]
    return kept, len(every) - len(kept)
