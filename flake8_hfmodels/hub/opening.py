"""Open the Hub once for a process: settings and environment to a `Hub`."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cache
from pathlib import Path

from flake8_hfmodels.hub.client import Client
from flake8_hfmodels.hub.identity import current
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.settings import Settings

_LOG = logging.getLogger("flake8_hfmodels")


@cache
def open_hub(settings: Settings) -> Hub:
    """The one hub of this process for these settings; the environment says who asks whom."""
    from platformdirs import user_cache_path

    identity = current()
    identity = replace(identity, offline=identity.offline or settings.offline)
    folder = Path(settings.cache_dir) if settings.cache_dir else user_cache_path("flake8-hfmodels")
    return Hub(Client(identity, settings.timeout, folder), settings.deadline)


def warn_once(hub: Hub) -> None:
    """Log what went wrong with the Hub since the last time."""
    for line in hub.news():
        _LOG.warning("flake8-hfmodels: %s", line)
