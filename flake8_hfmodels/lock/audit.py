"""An entry of the lock beside what the Hub says of it now: what is not as it was. Pure.

Codes are those of the rules that speak of the same in source code. What an audit calls gated or
private goes by HFM006, as the program fails where it loads without access.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Literal, TypeAlias

from flake8_hfmodels.facts import (
    Blob,
    Facts,
    Found,
    History,
    Lacking,
    Missing,
    Moved,
    Owner,
    Repo,
    Unavailable,
)
from flake8_hfmodels.finding import Severity
from flake8_hfmodels.lock.entry import Entry, LockedOwner
from flake8_hfmodels.record import dataclass

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW

OwnerNow: TypeAlias = LockedOwner | Literal[Owner.GONE] | Unavailable
"""The account that has the name of a locked owner now, if one has."""


@dataclass(frozen=True, slots=True)
class Head:
    """The commit that a branch or tag stands at now, empty where there is no such ref any more.

    `is_ahead`: whether the locked commit leads to it; `None` where that is not known.
    """

    commit: str
    is_tag: bool = False
    is_ahead: bool | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What the Hub says now of one entry: of its commit, of its owner, of the ref it follows.

    `owner` and `head` are `None` where nothing was asked.
    """

    facts: Facts
    owner: OwnerNow | None = None
    head: Head | Unavailable | None = None

    @property
    def lack(self) -> str:
        """Why something stayed without an answer; empty where nothing did."""
        parts = (self.facts, self.owner, self.head)
        return next((one.why for one in parts if isinstance(one, Unavailable)), "")


@dataclass(frozen=True, slots=True)
class Told:
    """Something to be told of an entry, or of a copy on this machine that no entry is about.

    `status` is a word or two for a table. Without a `code`, and so without a severity, it is
    information and no finding. `repo_id` and `commit` are of the copy, `where` is its folder.
    """

    status: str
    entry: Entry | None
    what: str
    remedy: str = ""
    code: str = ""
    severity: Severity | None = None
    repo_id: str = ""
    commit: str = ""
    where: str = ""

    @property
    def repo(self) -> str:
        """The id of the repo, as the code writes it if there is code for it."""
        return self.repo_id if self.entry is None else self.entry.repo_id

    @property
    def revision(self) -> str:
        """The ref that is followed, if there is one, and the beginning of the commit."""
        if self.entry is None:
            return short(self.commit)
        ref, at = self.entry.ref, short(self.entry.commit)
        return f"{ref}@{at}" if ref else at


PRIVATE = Unavailable("it was private when it was locked, and no token was used now")

_FLAGS: Mapping[str, Severity] = {"unsafe": HIGH, "suspicious": MEDIUM}
_REVIEW = "look at what is there now, then trust it with `hfmodels lock --accept {}`"
_LOOK = "do not load it before somebody has looked; to trust it: `hfmodels lock --accept {}`"
_SHOWN = 3


def without_doubt(entry: Entry, heard: Heard) -> Heard:
    """What was heard, but for a "no" that only says that we may not see it."""
    match heard.facts:
        case Missing(what=Lacking.REPO, with_token=False) if entry.private:
            return Heard(PRIVATE, heard.owner, heard.head)
        case _:
            return heard


def compared(entry: Entry, heard: Heard) -> list[Told]:
    """Everything about an entry that is not as it was locked; nothing follows from no answer."""
    told = [*_of_facts(entry, heard.facts), *_of_owner(entry, heard)]
    match heard.facts:
        case Found(repo=repo) | Moved(repo=repo) if repo.object_id == entry.object_id:
            told += [*_of_files(entry, repo), *_of_state(entry, repo), *_of_history(entry, repo)]
        case _:
            pass
    if isinstance(heard.head, Head):
        told += _of_head(entry, heard.head)
    return told


# The repo, and whose it is


def _of_facts(entry: Entry, facts: Facts) -> Iterator[Told]:
    owner = entry.repo_id.partition("/")[0]
    match facts:
        case Missing(owner=Owner.GONE):
            yield Told(
                "orphaned",
                entry,
                f"nobody owns {owner!r} any more: whoever registers the name serves the files",
                "load a copy that you control",
                "HFM004",
                HIGH,
            )
        case Missing(what=Lacking.REPO):
            yield Told(
                "gone",
                entry,
                "the repo was deleted, or is hidden from us",
                "look for where it went; ask with a token that may read it, if it is private",
                "HFM006",
                MEDIUM,
            )
        case Missing():
            yield Told(
                "revision gone",
                entry,
                f"the commit {short(entry.commit)} is not there any more: the history was "
                "rewritten or squashed",
                _REVIEW.format(entry.repo_id),
                "HFM007",
                MEDIUM,
            )
        case Found(repo=repo) if repo.object_id != entry.object_id:
            yield _other_repo(entry, f"another repo has the name, {_made(repo.object_id)}")
        case Moved(repo=repo) if repo.object_id != entry.object_id:
            yield _other_repo(entry, f"the name leads to another repo, {repo.id!r}")
        case Moved(repo=repo, old_owner=Owner.GONE):
            yield Told(
                "orphaned",
                entry,
                f"nobody owns {owner!r} any more, and the name redirects to {repo.id!r} until "
                "somebody registers it",
                f"write {repo.id!r}, or load a copy that you control",
                "HFM004",
                HIGH,
            )
        case Moved(repo=repo) if repo.id.casefold() != entry.id.casefold():
            is_still_theirs = _namespace(repo.id) == _namespace(entry.id)
            yield Told(
                "moved",
                entry,
                f"it is called {repo.id!r} now, and only a redirect leads there",
                f"write {repo.id!r}",
                "HFM005",
                LOW if is_still_theirs else MEDIUM,
            )
        case _:
            pass


def _other_repo(entry: Entry, words: str) -> Told:
    was = f"locked was {entry.object_id}, {_made(entry.object_id)}"
    remedy = _LOOK.format(entry.repo_id)
    return Told("re-created", entry, f"{words}; {was}", remedy, "HFM008", HIGH)


def _of_owner(entry: Entry, heard: Heard) -> Iterator[Told]:
    locked, now = entry.owner, heard.owner
    if locked is None or now is None or isinstance(now, Unavailable):
        return
    if now is Owner.GONE:
        if isinstance(heard.facts, Found):
            yield Told(
                "orphaned",
                entry,
                f"the account {locked.name!r} is gone, and the repo is still served",
                "load a copy that you control",
                "HFM004",
                HIGH,
            )
        return
    if (now.object_id, now.kind) != (locked.object_id, locked.kind):
        kinds = {"user": "a user", "org": "an organization"}
        yield Told(
            "owner changed",
            entry,
            f"{locked.name!r} is another account: {kinds[now.kind]}, {_made(now.object_id)}; "
            f"locked was {kinds[locked.kind]}, {_made(locked.object_id)}",
            _LOOK.format(entry.repo_id),
            "HFM008",
            HIGH,
        )


def _namespace(repo_id: str) -> str:
    return repo_id.partition("/")[0].casefold()


# What is in it


def _of_files(entry: Entry, repo: Repo) -> Iterator[Told]:
    """What is not as it was at one commit, where everything has to be."""
    if not repo.blobs:
        if entry.files:
            yield Told("not compared", entry, "the endpoint does not tell the hashes of files")
        return
    now = {blob.path: blob for blob in repo.blobs}
    changed = [one.path for one in entry.files if one.path in now and differ(one, now[one.path])]
    known = {*(one.path for one in entry.files), *entry.others}
    kinds = {
        "changed": changed,
        "missing": sorted(known - now.keys()),
        "new": sorted(now.keys() - known),
    }
    words = "; ".join(f"{kind}: {few(paths)}" for kind, paths in kinds.items() if paths)
    if words:
        yield Told(
            "files differ",
            entry,
            f"the same commit has other files than were locked ({words}), which no honest server "
            "can have",
            "load nothing from this endpoint before somebody has looked",
            "HFM008",
            HIGH,
        )


def differ(locked: Blob, now: Blob) -> bool:
    """Whether two descriptions of a file cannot be of the same one."""
    sizes = locked.size is not None and now.size is not None and locked.size != now.size
    if locked.sha256 and now.sha256:
        return sizes or locked.sha256 != now.sha256
    return sizes or bool(locked.blob_id and now.blob_id and locked.blob_id != now.blob_id)


def _of_state(entry: Entry, repo: Repo) -> Iterator[Told]:
    """What the Hub's scanners, and the owner, say of it that they did not say before."""
    here = set(repo.files)
    news = [one for one in repo.flagged if one not in entry.flagged and one.path in here]
    for level, severity in _FLAGS.items():
        paths = [one.path for one in news if one.level == level]
        if paths:
            yield Told(
                "flagged",
                entry,
                f"the Hub's scanners call {few(paths)} {level} now",
                "read their report on the repo's page before it is loaded again",
                "HFM010",
                severity,
            )
    states = (
        ("disabled", repo.disabled, entry.disabled, MEDIUM, "the Hub does not serve its files"),
        ("gated", repo.gated, entry.gated, LOW, "its files need a token of who was let in"),
        ("private", repo.private, entry.private, LOW, "only its owner's tokens see it"),
    )
    for status, now, before, severity, consequence in states:
        if now and not before:
            yield Told(
                status,
                entry,
                f"it is {status} now: {consequence}",
                "see to it that every machine that loads it still can, or load a copy",
                "HFM006",
                severity,
            )


def _of_history(entry: Entry, repo: Repo) -> Iterator[Told]:
    if repo.history is History.FOREIGN:
        has = f"only {repo.pull_request} has" if repo.pull_request else "no branch or tag has"
        yield Told(
            "impostor",
            entry,
            f"{has} the commit {short(entry.commit)}, and anybody may open a pull request",
            "lock a commit of a branch",
            "HFM007",
            HIGH,
        )


# The ref that it follows


def _of_head(entry: Entry, head: Head) -> Iterator[Told]:
    at = f"{entry.ref} is at {short(head.commit)} now"
    if not head.commit:
        yield Told(
            "ref gone",
            entry,
            f"there is no branch or tag {entry.ref!r} any more",
            _REVIEW.format(entry.repo_id),
            "HFM006",
            MEDIUM if entry.revision == entry.ref else LOW,
        )
    elif head.commit == entry.commit:
        return
    elif head.is_tag:
        yield Told(
            "tag moved",
            entry,
            f"the tag {at}, and tags are not to move; locked was {short(entry.commit)}",
            _REVIEW.format(entry.repo_id),
            "HFM008",
            MEDIUM,
        )
    elif head.is_ahead is False:
        yield Told(
            "rewritten",
            entry,
            f"{at}, to which {short(entry.commit)} does not lead: it was pushed by force",
            _REVIEW.format(entry.repo_id),
            "HFM008",
            MEDIUM,
        )
    else:
        doubt = (
            "" if head.is_ahead else ", and it is not known whether the locked commit leads there"
        )
        yield Told("new head", entry, at + doubt, "see what changed with `hfmodels update --check`")


# Words


def short(commit: str) -> str:
    """As much of a hash as people tell commits apart by."""
    return commit[:12]


def few(paths: Sequence[str]) -> str:
    """The first paths, and how many more there are."""
    more = len(paths) - _SHOWN
    return ", ".join(paths[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _made(object_id: str) -> str:
    """When something was made: an ObjectId begins with the seconds of that moment."""
    try:
        moment = datetime.fromtimestamp(int(object_id[:8], 16), timezone.utc)
    except (ValueError, OverflowError, OSError):
        return "made nobody knows when"
    return f"made on {moment:%Y-%m-%d}"
