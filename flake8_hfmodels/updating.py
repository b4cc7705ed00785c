"""Pins that are there already: what they follow, and what a newer commit would bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from fnmatch import fnmatchcase

from flake8_hfmodels.companions import repo_of
from flake8_hfmodels.facts import Blob, Facts, Lacking, Missing, Moved, Repo, Unavailable
from flake8_hfmodels.finding import Edit
from flake8_hfmodels.hub.answers import Account
from flake8_hfmodels.hub.inquiry import AccountFacts
from flake8_hfmodels.loaders.formats import NEVER_READ, PICKLED_ENDINGS
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.lock.entry import Entry, LockedOwner
from flake8_hfmodels.pinning import FOLLOWS, QUOTES
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Known, Reference, Span, Written
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_commit_hash

MOST = 10
"""Files that are named of what changes; of more it is said how many."""

_AGE = regex(r"(\d{1,6})([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(frozen=True, slots=True)
class Pin:
    """A full commit hash in a file.

    `span` is the place of the very hash, `comment` that of the words beside it that say which ref
    it follows (`main, 2026-11-22`); `ref` is that ref, empty where nothing there says it.
    """

    path: str
    span: Span
    repo_type: RepoType
    repo_id: str
    commit: str
    ref: str
    comment: Span | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What is other in a repo at another commit: paths, of code and of pickles apart."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """What to say of it: code and pickles first, then as many as fit."""
        every = [
            *((mark, name) for mark, names in self._marked() for name in names if is_risky(name)),
            *(
                (mark, name)
                for mark, names in self._marked()
                for name in names
                if not is_risky(name)
            ),
        ]
        for mark, name in every[:MOST]:
            yield f"{mark} {name}{_called_out(name)}"
        if len(every) > MOST:
            yield f"and {len(every) - MOST} more files"

    def _marked(self) -> Iterator[tuple[str, Sequence[str]]]:
        yield "+", self.added
        yield "-", self.removed
        yield "~", self.changed


def pins_in(references: Iterable[Reference], lines: Sequence[str]) -> Iterator[Pin]:
    """The pins in a file, each once: of references that name one repo there."""
    seen: set[Span] = set()
    for ref in references:
        if ref.local is not None or not isinstance(ref.repo_id, Known):
            continue
        ids = {str(one.value) for one in ref.repo_id.strings()}
        commits = ref.revision.strings() if isinstance(ref.revision, Known) else ()
        for written in commits:
            span = _place(written, ref, lines)
            if len(ids) == 1 and span is not None and span not in seen:
                seen.add(span)
                yield _pin(ref, ids.pop(), str(written.value), span, lines)
                break


def _place(written: Written, ref: Reference, lines: Sequence[str]) -> Span | None:
    """Where a full hash stands in this file; `None` for another revision, or where it is not."""
    commit = str(written.value)
    if written.path or not is_commit_hash(commit):
        return None
    for around in (written.span, ref.span):
        found = list(_occurrences(commit, around, lines))
        if len(found) == 1:
            return found[0]
    return None


def _occurrences(commit: str, around: Span, lines: Sequence[str]) -> Iterator[Span]:
    for number in range(around.line, min(around.end_line, len(lines)) + 1):
        line = lines[number - 1]
        first = around.column - 1 if number == around.line else 0
        last = around.end_column - 1 if number == around.end_line else len(line)
        at = line.find(commit, first, last)
        if at >= 0:
            yield Span(number, at + 1, number, at + 1 + len(commit))


def _pin(ref: Reference, repo_id: str, commit: str, span: Span, lines: Sequence[str]) -> Pin:
    line = lines[span.line - 1]
    found = FOLLOWS.search(line, span.end_column - 1)
    if found is None or QUOTES.search(line, found.end()):
        return Pin(ref.path, span, ref.repo_type, repo_id, commit, "", None)
    begin, end = found.start("ref") + 1, found.end("date") + 1
    comment = Span(span.line, begin, span.line, end)
    return Pin(ref.path, span, ref.repo_type, repo_id, commit, found["ref"], comment)


@dataclass(frozen=True, slots=True)
class Locked:
    """What the lock says of the repos that are pinned."""

    entries: tuple[Entry, ...] = ()

    def ref(self, pin: Pin) -> str:
        """What a pin follows, by its comment, or by its entry; empty: nobody says it."""
        return pin.ref or next((one.ref for one in self.of(pin) if one.commit == pin.commit), "")

    def of(self, pin: Pin) -> Iterator[Entry]:
        """The entries of the repo of a pin."""
        name = pin.repo_id.casefold()
        for one in self.entries:
            if (one.repo_type, one.repo_id.casefold()) == (pin.repo_type, name):
                yield one


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of a pin: it goes to `commit`, or it stays.

    `why` it stays; `is_refused`: there is something newer, and somebody has to accept it.
    """

    pin: Pin
    ref: str
    commit: str = ""
    difference: Difference | None = None
    why: str = ""
    is_refused: bool = False


NO_REF = "nothing says which ref it follows: name the repo to follow main"
ACCEPT = "--accept {} if you trust it"


def judged(
    pin: Pin,
    ref: str,
    head: Facts,
    old: Facts,
    locked: Locked,
    owner: AccountFacts | None,
    is_accepted: bool,
) -> Move:
    """What becomes of a pin: by the head of its ref, by itself, by what the lock remembers.

    `owner` is the account that has the owner's name now, where it was asked for.
    """
    match head:
        case Unavailable(why=why):
            return Move(pin, ref, why=f"which commit {ref} stands for is not known: {why}")
        case Missing(what=Lacking.REVISION):
            return Move(pin, ref, why=f"the repo has no {ref!r} any more", is_refused=True)
        case Missing():
            return Move(pin, ref, why="the Hub shows no such repo", is_refused=True)
        case _:
            repo = head.repo
    if repo.sha is None:
        return Move(pin, ref, why=f"the Hub names no commit for {ref}")
    strange = "" if is_accepted else _strange(pin, head, old, locked, owner)
    if strange:
        why = f"{strange}; {ACCEPT.format(pin.repo_id)}"
        return Move(pin, ref, why=why, is_refused=True)
    if repo.sha == pin.commit:
        return Move(pin, ref)
    before = repo_of(old)
    known = difference(before, repo) if before is not None else None
    return Move(pin, ref, repo.sha, known)


def _strange(pin: Pin, head: Facts, old: Facts, locked: Locked, owner: AccountFacts | None) -> str:
    """What speaks against this being the repo that was pinned."""
    repo = repo_of(head)
    if isinstance(head, Moved) and repo is not None:
        return f"it has moved to {repo.id}"
    for entry in locked.of(pin):
        if repo is not None and repo.object_id != entry.object_id:
            return "another repo has this name now: not the one in the lock"
        if entry.owner is not None and owner is not None and not _is_same(entry.owner, owner):
            return f"{entry.owner.name} is not the account any more that is in the lock"
    if isinstance(old, Missing):
        return "the pinned commit is gone: its history was rewritten, or the repo is another one"
    return ""


def _is_same(owner: LockedOwner, now: AccountFacts) -> bool:
    if isinstance(now, Unavailable):
        return True  # no answer is not an answer
    return isinstance(now, Account) and now.object_id == owner.object_id


def moved(pin: Pin, commit: str, today: str) -> Iterator[Edit]:
    """The edits that move a pin to another commit."""
    yield Edit(pin.span, commit)
    if pin.comment is not None:
        yield Edit(pin.comment, f"{pin.ref}, {today}")


def difference(old: Repo, new: Repo) -> Difference:
    """What is other in the new one; the Hub has to have named the hashes of both."""
    return between(old.blobs, new.blobs)


def between(old: Iterable[Blob], new: Iterable[Blob]) -> Difference:
    """What is other in new files, by their hashes."""
    before = {blob.path: _identity(blob) for blob in old}
    after = {blob.path: _identity(blob) for blob in new}
    return Difference(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(
            sorted(path for path in before.keys() & after.keys() if before[path] != after[path])
        ),
    )


def age(text: str) -> timedelta:
    """A time such as `12h`, `7d` or `2w`. Raises `ValueError`."""
    found = _AGE.fullmatch(text)
    if found is None:
        raise ValueError(f"min-age: {text!r} is no time such as 12h, 7d or 2w")
    return int(found[1]) * _UNITS[found[2]]


def is_risky(path: str) -> bool:
    """Whether a file can run code: Python, or a pickle."""
    return bool(_called_out(path))


def _identity(blob: Blob) -> str:
    return blob.sha256 or blob.blob_id


def _called_out(path: str) -> str:
    if path.endswith(".py"):
        return " (code)"
    return " (pickle)" if _may_be_pickle(path) else ""


def _may_be_pickle(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith(PICKLED_ENDINGS) and not any(fnmatchcase(name, one) for one in NEVER_READ)
