"""Open the Hub once for a process: settings and environment to a `Hub`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.identity import current
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.record import replace
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

HISTORY = "HFM007"
"""The rule that wants to know whose history a commit belongs to; nobody else asks."""


def open_hub(settings: Settings, with_blobs: bool = False, since: float = 0.0) -> Hub:
    """The one hub of this process for these settings; the environment says who asks whom.

    `with_blobs`: it asks for the hashes of files too. `since`: kept answers do not count that were
    given before, in Unix seconds, unless nobody may be asked.
    """
    with_history = HISTORY in {rule.code for rule in chosen(settings.select, settings.ignore)}
    about = Settings(
        offline=settings.offline,
        select=(HISTORY,) if with_history else (),
        deadline=settings.deadline,
        timeout=settings.timeout,
        endpoint=settings.endpoint,
        cache_dir=settings.cache_dir,
        cache_url=settings.cache_url,
        threads=settings.threads,
        max_calls=settings.max_calls,
        hurried=settings.hurried,
        anonymous=settings.anonymous,
    )
    return opened(about, with_blobs, since)


@cache
def opened(settings: Settings, with_blobs: bool, since: float) -> Hub:
    """The one hub for all that settings say of it."""
    identity = current(settings.endpoint)
    identity = replace(identity, offline=identity.offline or settings.offline)
    if settings.anonymous and identity.token:
        why = "the token is not used: it is the project's own file that names the store of answers"
        identity = replace(identity, token=None, warning=why)
    limits = Limits(
        timeout=settings.timeout,
        threads=settings.threads,
        calls=settings.max_calls,
        hurried=settings.hurried,
    )
    client = Client(identity, limits, settings.cache_url or _folder(settings))
    since = 0.0 if identity.offline else since
    _OPEN.append(Hub(client, settings.deadline, HISTORY in settings.select, with_blobs, since))
    return _OPEN[-1]


_OPEN: list[Hub] = []


def close_all() -> None:
    """Close every hub of this process; who asks again opens one anew."""
    opened.cache_clear()
    while _OPEN:
        _OPEN.pop().close()


def warn_once(hub: Hub) -> None:
    """Log what went wrong with the Hub since the last time."""
    for line in hub.news():
        import logging

        logging.getLogger("flake8_hfmodels").warning("flake8-hfmodels: %s", line)


def _folder(settings: Settings) -> Path | str:
    """The folder for answers; as a path where its name would be taken for a URL."""
    if not settings.cache_dir:
        from flake8_hfmodels.hub.places import own_place

        return own_place()
    if "://" not in settings.cache_dir:
        return settings.cache_dir
    from pathlib import Path

    return Path(settings.cache_dir)
