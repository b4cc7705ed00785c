"""What is asked to learn the facts of one target, in which order. No I/O of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Owner, Repo, Unavailable
from flake8_hfmodels.hub.answers import (
    Account,
    AccountReading,
    Answer,
    BadToken,
    Hidden,
    NoAccount,
    NoRevision,
    Redirect,
    read_account,
    read_repo,
)
from flake8_hfmodels.reference import Target
from flake8_hfmodels.repo_id import is_repo_id

if TYPE_CHECKING:
    from flake8_hfmodels.hub.client import Client

T = TypeVar("T")

HOPS = 4
"""How many redirects are followed: a rename of a rename of another letter case."""

LONGEST_REVISION = 255
"""Characters of the longest revision that is asked for; git stores a branch as a file."""

WITNESS = "huggingface"
"""An organization that the Hub has for sure. An endpoint that does not know it (a mirror, a proxy)
does not know accounts, and its "no such user" says nothing."""

IMPOSSIBLE = Unavailable("no id or no revision that the Hub could have")


def is_possible(target: Target) -> bool:
    """Whether the Hub could have it; nothing else belongs in the path of an address."""
    revision = "main" if target.revision is None else target.revision
    return (
        is_repo_id(target.repo_id)
        and revision not in ("", ".", "..")
        and revision.isprintable()
        and len(revision) <= LONGEST_REVISION
    )


@dataclass(frozen=True, slots=True)
class Got:
    """An answer, and whether it was asked for just now."""

    answer: Answer | Unavailable
    over_the_wire: bool = False


class Inquiry:
    """What is asked to learn the facts of one target, as far as needed.

    `lacked`: a question stayed without an answer. `stale`: an old answer was used.
    """

    def __init__(self, ask: Callable[[str], Got], client: Client) -> None:
        self.ask = ask
        self.client = client
        self.over_the_wire = False
        self.lacked = False
        self.stale = False

    def facts(self, target: Target) -> Facts:
        """The facts of a target that is possible."""
        path, reading = self._read(_path(target), read_repo)
        match reading:
            case Repo() if reading.id.casefold() == target.repo_id.casefold():
                return Found(reading, self.stale)
            case Repo():
                return Moved(reading, self._old_owner(target, reading.id), self.stale)
            case Hidden():
                return Missing(Lacking.REPO, self._owner(target.repo_id), self.stale)
            case NoRevision():
                new = "/".join(path.split("/")[3:5])
                return Missing(Lacking.REVISION, self._old_owner(target, new), self.stale)
            case Unavailable():
                return reading
            case _:
                return Unavailable("the Hub does not accept the token")

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
        path = f"/api/{kind}/{quote(name, safe='')}/overview"
        return self._read(path, read_account)[1]

    def _read(self, path: str, read: Callable[[Answer], T]) -> tuple[str, T | Unavailable]:
        """The reading at the end of all redirects, and the path that they end at."""
        seen: set[str] = set()
        while path not in seen and len(seen) <= HOPS:
            seen.add(path)
            reading = self._one(path, read)
            if isinstance(reading, BadToken):
                self.client.forget_token()
                reading = self._one(path, read)
            if not isinstance(reading, Redirect):
                return path, reading
            target = self.client.target_of(path, reading.location)
            if target is None:
                return path, Unavailable("the Hub redirects to another host")
            path = target
        return path, Unavailable("the Hub redirects in circles")

    def _one(self, path: str, read: Callable[[Answer], T]) -> T | Unavailable:
        got = self.ask(path)
        self.over_the_wire = self.over_the_wire or got.over_the_wire
        if isinstance(got.answer, Unavailable):
            self.lacked = True
            return got.answer
        self.stale = self.stale or got.answer.stale
        return read(got.answer)


def _owner_of(reading: AccountReading, name: str) -> Owner:
    same = isinstance(reading, Account) and reading.name.casefold() == name.casefold()
    return Owner.EXISTS if same else Owner.UNKNOWN


def _path(target: Target) -> str:
    path = f"/api/{target.repo_type}s/{quote(target.repo_id)}"
    if target.revision is None:
        return path
    return f"{path}/revision/{quote(target.revision, safe='')}"
