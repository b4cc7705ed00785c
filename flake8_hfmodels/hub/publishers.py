"""Who stands behind names of accounts: what their overviews say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from flake8_hfmodels.facts import Publisher
from flake8_hfmodels.hub.answers import Account

if TYPE_CHECKING:
    from flake8_hfmodels.hub.gathering import Progress
    from flake8_hfmodels.hub.lookup import Hub


def publishers(
    hub: Hub, names: Collection[str], end: float | None = None, progress: Progress | None = None
) -> Mapping[str, Publisher]:
    """The account of each name, as far as the Hub says it by the moment `end` (monotonic).

    A name that nobody has, and one that nothing is known of, is left out.
    """
    found = hub.accounts(dict.fromkeys(sorted(names)), end, progress)
    return {name: of(one) for name, one in found.items() if isinstance(one, Account)}


def of(account: Account) -> Publisher:
    """An account as whoever publishes something."""
    return Publisher(
        account.name, account.kind, account.object_id, account.is_verified, account.fullname
    )
