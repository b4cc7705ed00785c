"""Which accounts stand behind names: each asked for once, and no old answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from flake8_hfmodels.facts import Unavailable
from flake8_hfmodels.hub.answers import AccountKind
from flake8_hfmodels.hub.inquiry import AccountFacts, Inquiry
from flake8_hfmodels.hub.paths import account_path

if TYPE_CHECKING:
    from flake8_hfmodels.hub.gathering import Progress
    from flake8_hfmodels.hub.lookup import Hub

_Name: TypeAlias = tuple[str, AccountKind | None]

OLD = Unavailable("the Hub did not answer, and what the cache has is old")


def accounts(
    hub: Hub,
    names: Mapping[str, AccountKind | None],
    end: float | None,
    progress: Progress | None,
) -> Mapping[str, AccountFacts]:
    """The account of each name, by the moment `end` of the monotonic clock."""
    found, _asked = hub.settled(tuple(names.items()), _account, end, progress, _first_path)
    unanswered = Unavailable(hub.why_not())
    return {one[0]: found.get(one, unanswered) for one in names.items()}


def _account(inquiry: Inquiry, question: _Name) -> AccountFacts:
    account = inquiry.account(*question)
    return OLD if inquiry.stale else account


def _first_path(question: _Name) -> list[str]:
    name, kind = question
    return [account_path("organizations" if kind == "org" else "users", name)]
