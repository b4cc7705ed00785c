"""Open the Hub once for a process: settings and environment to a `Hub`."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.identity import current
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.hub.store import own_folder
from flake8_hfmodels.record import replace
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.settings import Settings

HISTORY = "HFM007"
"""The rule that wants to know whose history a commit belongs to; nobody else asks."""

_LOG = logging.getLogger("flake8_hfmodels")


@cache
def open_hub(settings: Settings) -> Hub:
    """The one hub of this process for these settings; the environment says who asks whom."""
    identity = current()
    identity = replace(identity, offline=identity.offline or settings.offline)
    limits = Limits(
        timeout=settings.timeout,
        threads=settings.threads,
        calls=settings.max_calls,
        hurried=settings.hurried,
    )
    with_history = HISTORY in {rule.code for rule in chosen(settings.select, settings.ignore)}
    cache = settings.cache_url or Path(settings.cache_dir or own_folder())
    return Hub(Client(identity, limits, cache), settings.deadline, with_history)


def warn_once(hub: Hub) -> None:
    """Log what went wrong with the Hub since the last time."""
    for line in hub.news():
        _LOG.warning("flake8-hfmodels: %s", line)
