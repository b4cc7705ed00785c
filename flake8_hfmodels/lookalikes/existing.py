"""Which look-alikes there are: what the Hub says of names, put side by side. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from flake8_hfmodels.facts import (
    Facts,
    Found,
    Missing,
    Moved,
    Owner,
    Publisher,
    Repo,
    Unavailable,
    created_at,
)
from flake8_hfmodels.lookalikes.resemblance import Technique
from flake8_hfmodels.lookalikes.variants import Variant
from flake8_hfmodels.record import dataclass

Status: TypeAlias = Literal[
    "exists", "moved", "owner only", "missing", "free", "unknown", "kept back"
]
"""`owner only`: the account is there and has no such repo that we may see. `missing`: there is no
such repo, and nobody knows of its owner. `free`: nobody has the account, anybody can have it."""

Standing: TypeAlias = Publisher | Literal[Owner.GONE] | Unavailable
"""What the Hub says of the account of a name."""

KEPT_BACK = Unavailable("never-ask keeps the name back")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A name, and what the Hub says of it.

    `technique` is None of the original itself. `downloads` are those of a repo in the last 30 days;
    `leads_to` is where the Hub redirects; `why` nothing is known of it.
    """

    name: str
    technique: Technique | None
    status: Status
    owner: Publisher | None = None
    created: str = ""
    downloads: int | None = None
    leads_to: str = ""
    why: str = ""


def of_owners(
    name: str, names: Sequence[Variant], accounts: Mapping[str, Standing]
) -> list[Lookalike]:
    """An owner, and after it its variants. What nobody was asked about is kept back."""
    asked = [(name, None), *((one.name, one.technique) for one in names)]
    return [_account(one, how, accounts.get(one, KEPT_BACK)) for one, how in asked]


def of_repos(
    name: str,
    names: Sequence[Variant],
    facts: Mapping[str, Facts],
    accounts: Mapping[str, Standing],
) -> list[Lookalike]:
    """A repo, and after it its variants; `accounts` are those of the owners of what exists."""
    asked = [(name, None), *((one.name, one.technique) for one in names)]
    return [_repo(one, how, facts.get(one, KEPT_BACK), accounts) for one, how in asked]


def owner_of(facts: Facts) -> str:
    """Whose account is worth a look: who has a repo that exists; empty where there is none."""
    match facts:
        case Found(repo=repo) | Moved(repo=repo):
            return repo.id.partition("/")[0]
        case _:
            return ""


def _account(name: str, how: Technique | None, said: Standing) -> Lookalike:
    match said:
        case Publisher():
            return Lookalike(name, how, "exists", said, created_at(said.object_id))
        case Unavailable():
            return _unknown(name, how, said)
        case _:
            return Lookalike(name, how, "free")


def _repo(
    name: str, how: Technique | None, facts: Facts, accounts: Mapping[str, Standing]
) -> Lookalike:
    match facts:
        case Found(repo=repo):
            return _there(name, how, repo, accounts, "exists")
        case Moved(repo=repo):
            return _there(name, how, repo, accounts, "moved")
        case Missing(owner=owner):
            return Lookalike(name, how, _LACKING[owner])
        case _:
            return _unknown(name, how, facts)


def _unknown(name: str, how: Technique | None, said: Unavailable) -> Lookalike:
    return Lookalike(name, how, "kept back" if said is KEPT_BACK else "unknown", why=said.why)


def _there(
    name: str,
    how: Technique | None,
    repo: Repo,
    accounts: Mapping[str, Standing],
    status: Status,
) -> Lookalike:
    account = accounts.get(repo.id.partition("/")[0])
    return Lookalike(
        name,
        how,
        status,
        account if isinstance(account, Publisher) else None,
        repo.created_at,
        repo.downloads,
        repo.id if status == "moved" else "",
    )


_LACKING: Mapping[Owner, Status] = {
    Owner.EXISTS: "owner only",
    Owner.GONE: "free",
    Owner.UNKNOWN: "missing",
}
