"""What is asked to learn the facts of one target, in which order. No I/O of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

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
    OWN,
    Account,
    AccountKind,
    AccountReading,
    Answer,
    BadToken,
    Commits,
    Got,
    Hidden,
    NoAccount,
    NoRevision,
    Redirect,
    Refs,
    RepoReading,
    read_account,
    read_commits,
    read_own,
    read_refs,
    read_repo,
)
from flake8_hfmodels.hub.paths import (
    account_path,
    commits_path,
    own_path,
    refs_path,
    repo_of,
    repo_path,
)
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.repo_id import is_commit_hash, is_repo_id

if TYPE_CHECKING:
    from flake8_hfmodels.hub.client import Client

T = TypeVar("T")

AccountFacts: TypeAlias = Account | Literal[Owner.GONE] | Unavailable
"""What the Hub says of the account of a name."""

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
NOT_KEPT = Unavailable("not in the cache")
NOT_SHOWN = Unavailable("the Hub does not show the history of the repo")
NO_WORD = Unavailable("the endpoint does not say whose name it is")
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


def first_paths(target: Target, with_history: bool, with_blobs: bool = False) -> list[str]:
    """What an inquiry about a target that is possible looks for first, and mostly alone."""
    paths = [repo_path(target, with_blobs)]
    if with_history and _has_history(target):
        paths.append(own_path(target.repo_type, target.repo_id, str(target.revision)))
    return paths


def _has_history(target: Target) -> bool:
    """Whether it is known to be one commit of a repo that tells of its branches."""
    return _is_pinned(target) and target.repo_type != "kernel"


def _is_pinned(target: Target) -> bool:
    return target.revision is not None and is_commit_hash(target.revision)


class Inquiry:
    """What is asked to learn the facts of one target, as far as needed.

    `ask` gives an answer to a path that is no older than a moment in Unix seconds; `recall` one of
    any age that is at hand.
    `with_history`: also whether a commit is in a branch or tag. `with_blobs`: also the hashes of
    the files.
    `lacked`: a question stayed without an answer. `stale`: an old answer was used.
    """

    def __init__(
        self,
        ask: Callable[[str, float], Got],
        recall: Callable[[str], Answer | None],
        client: Client,
        with_history: bool,
        with_blobs: bool = False,
    ) -> None:
        self.ask = ask
        self.recall = recall
        self.client = client
        self.with_history = with_history
        self.with_blobs = with_blobs
        self.over_the_wire = False
        self.lacked = False
        self.stale = False

    def facts(self, target: Target) -> Facts:
        """The facts of a target that is possible."""
        if self.with_history and _has_history(target):
            path, reading = self._with_history(target)
        else:
            path, reading = self._read(self._path(target), read_repo)
        match reading:
            case Repo(sha=str(sha)) if _is_pinned(target) and sha != target.revision:
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

    def _path(self, target: Target) -> str:
        return repo_path(target, self.with_blobs)

    # A commit, and whether it belongs to the repo's own history

    def _with_history(self, target: Target) -> tuple[str, RepoReading]:
        """A repo at a commit, and whether a branch or a tag has that commit.

        That one has it is asked once and for all: a branch that had it was not a stranger's.
        """
        path, reading = self._recalled(self._path(target), read_repo)
        if isinstance(reading, Repo) and self._is_known_own(target, reading.id):
            return path, replace(reading, history=History.OWN)
        path, head = self._read(self._path(replace(target, revision=None)), read_repo)
        if isinstance(head, Repo) and head.sha == target.revision:
            # It is the answer about that commit as well, and for good.
            self.client.keep({self._path(target): self.recall(path)})
            return path, replace(head, history=self._own(target, head.id))
        if isinstance(head, Hidden):
            return path, head
        path, reading = self._read(self._path(target), read_repo)
        if isinstance(reading, NoRevision) and isinstance(head, Repo):
            reading = self._confirmed(target, head)
        if not isinstance(reading, Repo) or reading.sha != target.revision:
            return path, reading
        answer = self.recall(path)
        history, pull_request = self._history(
            target,
            reading.id,
            newest=head.sha if isinstance(head, Repo) else None,
            since=min(answer.given if answer is not None else 0.0, self.client.started),
        )
        return path, replace(reading, history=history, pull_request=pull_request)

    def _confirmed(self, target: Target, head: Repo) -> RepoReading:
        """Whether a commit is really not there.

        It may have been pushed since we asked, and a mirror need not know any by its hash.
        """
        _, reading = self._read(self._path(target), read_repo, self.client.started)
        _, witness = self._read(self._path(replace(target, revision=head.sha)), read_repo)
        if isinstance(witness, Repo) and witness.sha == head.sha:
            return reading
        return Unavailable("the endpoint does not know the commits of a repo by their hash")

    def _is_known_own(self, target: Target, repo_id: str) -> bool:
        answer = self.recall(own_path(target.repo_type, repo_id, str(target.revision)))
        return answer is not None and read_own(answer)

    def _own(self, target: Target, repo_id: str) -> History:
        path = own_path(target.repo_type, repo_id, str(target.revision))
        self.client.keep({path: Answer(200, OWN)})
        return History.OWN

    def _history(
        self, target: Target, repo_id: str, newest: str | None, since: float
    ) -> tuple[History, str]:
        """Whose history the commit belongs to, and the pull request that stands at it.

        Cheap ways first: it is among the last commits of the default branch, it is the head of a
        branch or tag; then page by page what leads to them. Refs of before `since`, when the commit
        was seen for the first time, say nothing against it.
        """
        if newest is not None:
            page = next(self._pages(target, repo_id, newest, 1))
            if page is not None and target.revision in page.ids:
                return self._own(target, repo_id), ""
        path = refs_path(target.repo_type, repo_id)
        _, refs = self._read(path, read_refs)
        if isinstance(refs, Refs) and refs.given < since:
            _, refs = self._read(path, read_refs, since)
        if not isinstance(refs, Refs) or refs.given < since:
            return History.UNKNOWN, ""
        if target.revision in refs.heads:
            return self._own(target, repo_id), ""
        history = self._in_histories(target, repo_id, refs)
        if history is History.OWN:
            return self._own(target, repo_id), ""
        return history, dict(refs.pulls).get(str(target.revision), "")

    def _in_histories(self, target: Target, repo_id: str, refs: Refs) -> History:
        """Look through what leads to each branch and tag, as long as all of it can be seen."""
        seen: set[str] = set()
        left = PAGES
        for head in refs.heads:
            if head in seen:
                continue
            here: set[str] = set()
            for page in self._pages(target, repo_id, head, left):
                left -= 1
                if page is None or not page.ids or here & set(page.ids):
                    return History.UNKNOWN
                if target.revision in page.ids:
                    return History.OWN
                here.update(page.ids)
                if len(here) == page.total or page.ids[-1] in seen:
                    break
            else:
                return History.UNKNOWN
            seen |= here
        return History.FOREIGN

    def _pages(
        self, target: Target, repo_id: str, head: str, most: int
    ) -> Iterator[Commits | None]:
        """The history of a commit page by page; `None` where there is no answer."""
        for number in range(most):
            _, page = self._read(
                commits_path(target.repo_type, repo_id, head, number), read_commits
            )
            yield page if isinstance(page, Commits) else None

    def page(self, path: str) -> Commits | Unavailable:
        """One page of a history; not known where it is not shown to us."""
        _, page = self._read(path, read_commits)
        return page if isinstance(page, Commits) else NOT_SHOWN

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
        account = self.account(name)
        self.stale = self.stale or earlier
        match account:
            case Account():
                return Owner.EXISTS
            case Unavailable():
                return Owner.UNKNOWN
            case _:
                return account

    def account(self, name: str, kind: AccountKind | None = None) -> AccountFacts:
        """The account of a name; asked for first where it was, if somebody knows of which kind."""
        for place in ("organizations", "users") if kind == "org" else ("users", "organizations"):
            reading = self._account(place, name)
            if not isinstance(reading, NoAccount):
                return _of_that_name(reading, name)
            if reading.kind != place:  # words of another page of the Hub, or of no page at all
                return NO_WORD
        witness = _of_that_name(self._account("organizations", WITNESS), WITNESS)
        # That an account was gone once does not say that it is gone.
        if isinstance(witness, Account) and not self.stale:
            return Owner.GONE
        return witness if isinstance(witness, Unavailable) else NO_WORD

    def _account(self, kind: str, name: str) -> AccountReading:
        return self._read(account_path(kind, name), read_account)[1]

    # Answers

    def _recalled(
        self, path: str, read: Callable[[Answer], T]
    ) -> tuple[str, T | Redirect | BadToken | Unavailable]:
        """What kept answers say, however old they are; nothing is asked."""
        return self._followed(path, lambda step: self._remembered(step, read))

    def _read(
        self, path: str, read: Callable[[Answer], T], since: float = 0.0
    ) -> tuple[str, T | Redirect | BadToken | Unavailable]:
        """The reading at the end of all redirects, and the path that they end at."""
        return self._followed(path, lambda step: self._one(step, read, since))

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
            if target.split("/")[:3] != path.split("/")[:3]:
                return path, Unavailable("the Hub redirects to something of another kind")
            path = target
        return path, Unavailable("the Hub redirects in circles")

    def _remembered(self, path: str, read: Callable[[Answer], T]) -> T | Unavailable:
        answer = self.recall(path)
        return NOT_KEPT if answer is None else read(answer)

    def _one(self, path: str, read: Callable[[Answer], T], since: float) -> T | Unavailable:
        reading = self._asked(path, read, since)
        if isinstance(reading, BadToken):
            self.client.forget_token()
            reading = self._asked(path, read, since)
        return reading

    def _asked(self, path: str, read: Callable[[Answer], T], since: float) -> T | Unavailable:
        got = self.ask(path, since)
        self.over_the_wire = self.over_the_wire or got.over_the_wire
        if isinstance(got.answer, Unavailable):
            self.lacked = True
            return got.answer
        self.stale = self.stale or got.answer.stale
        return read(got.answer)


def _of_that_name(reading: AccountReading, name: str) -> Account | Unavailable:
    match reading:
        case Account() if reading.name.casefold() == name.casefold():
            return reading
        case Unavailable():
            return reading
        case _:
            return NO_WORD
