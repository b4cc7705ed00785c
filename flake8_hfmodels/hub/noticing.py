"""Which of many names accounts or models have: asked with patience."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.facts import Found, Unavailable, created_at
from flake8_hfmodels.hub.answers import Account
from flake8_hfmodels.hub.patience import Patience
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Target
from flake8_hfmodels.watching.noticed import Candidate, Existing

if TYPE_CHECKING:
    from flake8_hfmodels.hub.gathering import Progress
    from flake8_hfmodels.hub.lookup import Hub

_KINDS = {"user": "user", "org": "organization"}


@dataclass(frozen=True, slots=True)
class Noticed:
    """What exists of what was asked for.

    `answered` are the names of which it is known now whether somebody has them. `is_cut`: the Hub's
    limits, or those of the run, ended it. `why` says why something is not answered. `requests` went
    over the wire; `warnings` are of the asking as a whole.
    """

    existing: tuple[Existing, ...]
    answered: frozenset[str]
    requests: int
    is_cut: bool
    why: str = ""
    warnings: tuple[str, ...] = ()


def noticed(
    hub: Hub, candidates: Sequence[Candidate], until: float, progress: Progress, resting: Progress
) -> Noticed:
    """Ask which names somebody has, until a moment of the monotonic clock.

    What the first name is of, accounts or repos, is asked first.
    A repo that a name merely leads to has that name no more, and does not count.
    """
    patience = Patience(hub, until, progress, resting)
    before = hub.client.asking.requested
    targets = {one.name: Target("model", one.name, None) for one in candidates if not one.is_owner}
    owners = dict.fromkeys(one.name for one in candidates if one.is_owner)
    if candidates and candidates[0].is_owner:
        accounts = patience.accounts(owners)
        facts = patience.facts(targets.values())
    else:
        facts = patience.facts(targets.values())
        accounts = patience.accounts(owners)
    existing: list[Existing] = []
    answered: set[str] = set()
    lacking: list[str] = []
    for one in candidates:
        said = accounts[one.name] if one.is_owner else facts[targets[one.name]]
        if isinstance(said, Unavailable):
            lacking.append(said.why)
            continue
        answered.add(one.name)
        if isinstance(said, Account):
            verified = said.is_verified is True
            made = created_at(said.object_id)
            existing.append(Existing(one, _KINDS[said.kind], said.object_id, made, verified))
        elif isinstance(said, Found):
            existing.append(Existing(one, "model", said.repo.object_id, said.repo.created_at))
    return Noticed(
        tuple(existing),
        frozenset(answered),
        hub.client.asking.requested - before,
        patience.is_cut and bool(lacking),
        lacking[0] if lacking else "",
        tuple(hub.client.warnings),
    )
