"""Which lines have changed since a commit, as git says it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping

from flake8_hfmodels.finding import Finding
from flake8_hfmodels.git import ask_git
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex

_HUNK = regex(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_QUOTED = regex(rb'\\([abfnrtv"\\]|[0-7]{3})')
_ESCAPES = {b"a": 7, b"b": 8, b"f": 12, b"n": 10, b"r": 13, b"t": 9, b"v": 11, b'"': 34, b"\\": 92}

Lines = tuple[range, ...]
ALL: Lines = (range(1, 2**31),)


@dataclass(frozen=True, slots=True)
class Changes:
    """The changed lines of each changed file, by its real path.

    A folder among them is a repo of its own (a submodule, a clone within): all in it is new.
    """

    files: Mapping[str, Lines]

    def include(self, finding: Finding) -> bool:
        """Whether a finding is on a changed line, or what it speaks of is."""
        places = [(finding.path, finding.span)]
        if finding.reference is not None:
            places.append((finding.path, finding.reference.span))
        places += [(one.path, one.span) for one in finding.related]
        return any(
            lines.start <= span.end_line and span.line < lines.stop
            for path, span in places
            for lines in self._lines(path)
        )

    def _lines(self, path: str) -> Lines:
        real = os.path.realpath(path)
        if real in self.files:
            return self.files[real]
        above = os.path.dirname(real)
        while above not in self.files and above != os.path.dirname(above):
            above = os.path.dirname(above)
        return ALL if above in self.files else ()


def changes_since(ref: str) -> Changes:
    """What has changed since the work here left that of `ref`, committed or not.

    Files that git does not know yet are new, and so are those whose lines it does not show as
    they are: binary by its attributes, or stored otherwise than they lie here (`filter`). Raises
    `ValueError` with a line for people.
    """
    top = ask_git(os.curdir, "rev-parse", "--show-toplevel")
    if top is None:
        if shutil.which("git") is None:
            raise ValueError("diff: git is missing; install it, or check without --diff")
        raise ValueError(
            "diff: git knows no repository here, or does not trust its owner (safe.directory)"
        )
    folder = os.fsdecode(top.removesuffix(b"\n"))
    named = ask_git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
    )
    if not named:
        raise ValueError(f"diff: {ref!r} is no commit that git knows here; fetch it first")
    commit = named.decode("ascii").strip()
    base = ask_git(folder, "merge-base", commit, "HEAD") or named
    found: dict[str, Lines] = {}
    for name, lines in _differences(folder, base.decode("ascii").strip()):
        real = os.path.realpath(os.path.join(folder, os.fsdecode(name)))
        found[real] = (*found.get(real, ()), *lines)  # a link and what it leads to are one
    return Changes(found)


# The plumbing goes by nobody's settings of how to show a diff, but for those of GIT_DIFF_OPTS.
_DIFF = (
    *("diff-index", "--find-renames", "--no-color", "--no-ext-diff", "--no-textconv"),
    *("--src-prefix=a/", "--dst-prefix=b/", "--diff-filter=d", "--submodule=short"),
    "--ignore-submodules=dirty",
)


def _differences(folder: str, base: str) -> Iterator[tuple[bytes, Lines]]:
    """The files that differ from a commit, with their changed lines."""
    filters = _filters(folder)
    plain = ("-c", "core.quotePath=false", *_unfiltered(filters))
    patch = ask_git(folder, *plain, *_DIFF, "--unified=0", "--patch", base, "--")
    others = ask_git(folder, "ls-files", "-z", "--others", "--exclude-standard", "--full-name")
    if patch is None or others is None:
        raise ValueError(f"diff: git cannot compare with {base}")
    unseen = {name.rstrip(b"/") for name in others.split(b"\0") if name}
    if b"\nBinary files " in patch:
        numbers = ask_git(folder, *plain, *_DIFF, "--no-renames", "--numstat", "-z", base, "--")
        counted = (numbers or b"").split(b"\0")
        unseen.update(one.removeprefix(_BINARY) for one in counted if one.startswith(_BINARY))
    stored_otherwise = _filtered(folder) if filters else frozenset()
    for name, lines in _changed(patch):
        yield name, ALL if name in stored_otherwise else lines
    yield from ((name, ALL) for name in unseen)


_BINARY = b"-\t-\t"


def _filters(folder: str) -> list[str]:
    """The keys of the programs that git has contents go through before it compares them."""
    keys = ask_git(folder, "config", "-z", "--name-only", "--get-regexp", r"^filter\..")
    return list(dict.fromkeys(os.fsdecode(key) for key in (keys or b"").split(b"\0") if key))


def _unfiltered(filters: Iterable[str]) -> Iterator[str]:
    """Options by which git starts none of them."""
    for key in filters:
        if "=" in key:  # nothing says to `-c` where such a key ends
            raise ValueError(f"diff: git has a filter that cannot be turned off ({key})")
        yield from ("-c", f"{key}=false" if key.endswith(".required") else f"{key}=")


def _filtered(folder: str) -> frozenset[bytes]:
    """The files that git stores otherwise than they lie here: their lines have other numbers."""
    names = ask_git(folder, "ls-files", "-z", "--full-name", ":(exclude,attr:!filter)")
    return frozenset((names or b"").split(b"\0"))


def _changed(patch: bytes) -> Iterator[tuple[bytes, Lines]]:
    """The changed lines of each file in a patch."""
    name, ranges = b"", list[range]()
    old = new = 0
    for line in patch.split(b"\n"):
        if old or new:  # a line of a hunk, whatever it looks like
            old -= line[:1] in (b"-", b" ")
            new -= line[:1] in (b"+", b" ")
        elif line.startswith(b"+++ "):
            if name:
                yield name, tuple(ranges)
            name, ranges = _name(line[4:]), []
        elif hunk := _HUNK.match(line):
            old, new = _count(hunk[1]), _count(hunk[3])
            ranges.append(_range(int(hunk[2]), new))
    if name:
        yield name, tuple(ranges)


def _count(number: bytes | None) -> int:
    return 1 if number is None else int(number)


def _range(begin: int, count: int) -> range:
    """The lines that a hunk adds; where it only takes away, those on both sides of the gap."""
    return range(begin, begin + count) if count else range(max(1, begin), begin + 2)


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
