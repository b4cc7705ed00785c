"""What is asked to learn the facts of one target, in which order. No I/O of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from flake8_hfmodels.facts import (
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
from flake8_hfmodels.hub.answers import (
    Account,
    AccountReading,
    Answer,
    BadToken,
    Commits,
    CommitsReading,
    Got,
    Hidden,
    NoAccount,
    NoRevision,
    Redirect,
    Refs,
    RepoReading,
    read_account,
    read_commits,
    read_refs,
    read_repo,
)
from flake8_hfmodels.hub.paths import (
    PAGE,
    account_path,
    commits_path,
    refs_path,
    repo_of,
    repo_path,
)
from flake8_hfmodels.reference import Target
from flake8_hfmodels.repo_id import is_commit_hash, is_repo_id

if TYPE_CHECKING:
    from flake8_hfmodels.hub.client import Client

T = TypeVar("T")

HOPS = 4
"""How many redirects are followed: a rename of a rename of another letter case."""

PAGES = 12
"""How many pages of history are looked at for one commit."""

LONGEST_REVISION = 255
"""Characters of the longest revision that is asked for; git stores a branch as a file."""

WITNESS = "huggingface"
"""An organization that the Hub has for sure. An endpoint that does not know it (a mirror, a proxy)
does not know accounts, and its "no such user" says nothing."""

IMPOSSIBLE = Unavailable("no id or no revision that the Hub could have")
OTHER_COMMIT = Unavailable("the Hub answered for another commit than it was asked for")


def is_possible(target: Target) -> bool:
    """Whether the Hub could have it; nothing else belongs in the path of an address."""
    revision = "main" if target.revision is None else target.revision
    return (
        is_repo_id(target.repo_id)
        and revision not in ("", ".", "..")
        and revision.isprintable()
        and len(revision) <= LONGEST_REVISION
    )


class Inquiry:
    """What is asked to learn the facts of one target, as far as needed.

    `ask` gives the answer to a path, `recall` an answer of any age that is at hand.
    `with_history`: also whether a commit is in a branch or tag.
    `lacked`: a question stayed without an answer. `stale`: an old answer was used.
    """

    def __init__(
        self,
        ask: Callable[[str], Got],
        recall: Callable[[str], Answer | None],
        client: Client,
        with_history: bool,
    ) -> None:
        self.ask = ask
        self.recall = recall
        self.client = client
        self.with_history = with_history
        self.over_the_wire = False
        self.lacked = False
        self.stale = False

    def facts(self, target: Target) -> Facts:
        """The facts of a target that is possible."""
        pinned = target.revision is not None and is_commit_hash(target.revision)
        if pinned and self.with_history and target.repo_type != "kernel":
            path, reading = self._with_history(target)
        else:
            path, reading = self._read(repo_path(target), read_repo)
        match reading:
            case Repo(sha=str(sha)) if pinned and sha != target.revision:
                return OTHER_COMMIT
            case Repo() if reading.id.casefold() == target.repo_id.casefold():
                return Found(reading, self.stale)
            case Repo():
                return Moved(reading, self._old_owner(target, reading.id), self.stale)
            case Hidden():
                owner = self._owner(target.repo_id)
                return Missing(Lacking.REPO, owner, self.stale, self.client.asks_as_somebody)
            case NoRevision():
                owner = self._old_owner(target, repo_of(path))
                return Missing(Lacking.REVISION, owner, self.stale, self.client.asks_as_somebody)
            case Unavailable():
                return reading
            case _:
                return Unavailable("the Hub does not accept the token")

    # A commit, and whether it belongs to the repo's own history

    def _with_history(self, target: Target) -> tuple[str, RepoReading]:
        """A repo at a commit, and whether a branch or a tag has that commit.

        What proves it is not asked for twice: a branch that had it once was not a stranger's.
        """
        head = replace(target, revision=None)
        path, reading = self._recalled(repo_path(head), read_repo)
        if isinstance(reading, Repo) and reading.sha == target.revision:
            return path, replace(reading, history=History.OWN)
        path, reading = self._recalled(repo_path(target), read_repo)
        if isinstance(reading, Repo) and self._was_seen(target, reading.id):
            return path, replace(reading, history=History.OWN)
        path, reading = self._read(repo_path(head), read_repo)
        if isinstance(reading, Repo) and reading.sha == target.revision:
            return path, replace(reading, history=History.OWN)
        if isinstance(reading, Hidden):
            return path, reading
        path, reading = self._read(repo_path(target), read_repo)
        if not isinstance(reading, Repo) or reading.sha != target.revision:
            return path, reading
        history, pull_request = self._history(target, reading.id)
        return path, replace(reading, history=history, pull_request=pull_request)

    def _was_seen(self, target: Target, repo_id: str) -> bool:
        """Whether kept answers, however old, show the commit in a branch or tag."""
        _, refs = self._recalled(refs_path(target.repo_type, repo_id), read_refs)
        if not isinstance(refs, Refs):
            return False
        return target.revision in refs.heads or any(
            page is not None and target.revision in page.ids
            for head in refs.heads[:PAGES]
            for page in self._pages(target, repo_id, head, self._recalled, PAGES)
        )

    def _history(self, target: Target, repo_id: str) -> tuple[History, str]:
        """Whose history the commit belongs to, and the pull request that stands at it.

        Cheap ways first: it is the head of a branch or tag, then page by page what leads to them.
        """
        _, refs = self._read(refs_path(target.repo_type, repo_id), read_refs)
        if not isinstance(refs, Refs):
            return History.UNKNOWN, ""
        if target.revision in refs.heads:
            return History.OWN, ""
        pull_request = dict(refs.pulls).get(str(target.revision), "")
        seen: set[str] = set()
        left = PAGES
        for head in refs.heads:
            if head in seen:
                continue
            for page in self._pages(target, repo_id, head, self._read, left):
                left -= 1
                if page is None:
                    return History.UNKNOWN, pull_request
                if target.revision in page.ids:
                    return History.OWN, ""
                is_last = len(page.ids) < PAGE or page.ids[-1] in seen
                seen.update(page.ids)
                if is_last:
                    break
            else:
                return History.UNKNOWN, pull_request
        return History.FOREIGN, pull_request

    def _pages(
        self, target: Target, repo_id: str, head: str, read: _Read, most: int
    ) -> Iterator[Commits | None]:
        """The history of a commit page by page; `None` where there is no answer, and it ends."""
        for number in range(most):
            _, page = read(commits_path(target.repo_type, repo_id, head, number), read_commits)
            yield page if isinstance(page, Commits) else None
            if not isinstance(page, Commits) or len(page.ids) < PAGE:
                return

    # Owners

    def _old_owner(self, target: Target, new: str) -> Owner:
        """Whether the owner of the name exists that was asked for, where `new` stands for it."""
        old_name, slash, _ = target.repo_id.partition("/")
        if not slash or old_name.casefold() == new.partition("/")[0].casefold():
            return Owner.EXISTS
        return self._owner(target.repo_id)

    def _owner(self, repo_id: str) -> Owner:
        """Whether the account that the id's namespace belongs to exists."""
        name, slash, _ = repo_id.partition("/")
        if not slash:
            return Owner.UNKNOWN
        earlier, self.stale = self.stale, False
        owner = self._owner_by_name(name)
        # That an account was gone once does not say that it is gone.
        owner = Owner.UNKNOWN if owner is Owner.GONE and self.stale else owner
        self.stale = self.stale or earlier
        return owner

    def _owner_by_name(self, name: str) -> Owner:
        for kind in ("users", "organizations"):
            account = self._account(kind, name)
            if not isinstance(account, NoAccount):
                return _owner_of(account, name)
        witness = self._account("organizations", WITNESS)
        return Owner.GONE if _owner_of(witness, WITNESS) is Owner.EXISTS else Owner.UNKNOWN

    def _account(self, kind: str, name: str) -> AccountReading:
        return self._read(account_path(kind, name), read_account)[1]

    # Answers

    def _recalled(
        self, path: str, read: Callable[[Answer], T]
    ) -> tuple[str, T | Redirect | BadToken | Unavailable]:
        """What kept answers say, however old they are; nothing is asked."""
        return self._followed(path, lambda step: self._remembered(step, read))

    def _read(
        self, path: str, read: Callable[[Answer], T]
    ) -> tuple[str, T | Redirect | BadToken | Unavailable]:
        """The reading at the end of all redirects, and the path that they end at."""
        return self._followed(path, lambda step: self._one(step, read))

    def _followed(self, path: str, one: Callable[[str], T]) -> tuple[str, T | Unavailable]:
        seen: set[str] = set()
        while path not in seen and len(seen) <= HOPS:
            seen.add(path)
            reading = one(path)
            if not isinstance(reading, Redirect):
                return path, reading
            target = self.client.target_of(path, reading.location)
            if target is None:
                return path, Unavailable("the Hub redirects to another host")
            path = target
        return path, Unavailable("the Hub redirects in circles")

    def _remembered(self, path: str, read: Callable[[Answer], T]) -> T | Unavailable:
        answer = self.recall(path)
        return _NOT_KEPT if answer is None else read(answer)

    def _one(self, path: str, read: Callable[[Answer], T]) -> T | Unavailable:
        reading = self._asked(path, read)
        if isinstance(reading, BadToken):
            self.client.forget_token()
            reading = self._asked(path, read)
        return reading

    def _asked(self, path: str, read: Callable[[Answer], T]) -> T | Unavailable:
        got = self.ask(path)
        self.over_the_wire = self.over_the_wire or got.over_the_wire
        if isinstance(got.answer, Unavailable):
            self.lacked = True
            return got.answer
        self.stale = self.stale or got.answer.stale
        return read(got.answer)


_NOT_KEPT = Unavailable("not in the cache")
_Read: TypeAlias = Callable[[str, Callable[[Answer], CommitsReading]], tuple[str, CommitsReading]]


def _owner_of(reading: AccountReading, name: str) -> Owner:
    same = isinstance(reading, Account) and reading.name.casefold() == name.casefold()
    return Owner.EXISTS if same else Owner.UNKNOWN
