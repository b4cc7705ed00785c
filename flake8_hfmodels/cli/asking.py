"""The Hub, opened when the first question comes, and not before."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.cli.progress import ProgressLine

if TYPE_CHECKING:
    from flake8_hfmodels.facts import Code, Facts, Publisher, Repo, Unavailable
    from flake8_hfmodels.hub.lookup import Hub
    from flake8_hfmodels.lock.lock import Lock
    from flake8_hfmodels.reference import Target
    from flake8_hfmodels.settings import Settings


class Asking:
    """Asks for several projects, each with its own settings, and counts what was asked.

    Projects with the same Hub and the same cache share it, and the time there is for it. Earlier
    answers than those of `since` (Unix seconds) do not count.
    """

    def __init__(self, since: float = 0.0) -> None:
        self.locked = 0
        self._since = since
        self._ends: dict[Hub, float] = {}
        self._strict: set[Hub] = set()

    def look_up(
        self, settings: Settings, lock: Lock | None, targets: Collection[Target]
    ) -> Mapping[Target, Facts]:
        """What the lock says, where there is one, and nobody else; else what the Hub says."""
        if lock is None:
            return self.ask(settings, targets)
        from flake8_hfmodels.facts import Unavailable
        from flake8_hfmodels.lock.answers import lookup_in

        facts = lookup_in(lock)(targets)
        self.locked += len(
            {
                (target.repo_type, target.repo_id)
                for target, answer in facts.items()
                if not isinstance(answer, Unavailable)
            }
        )
        return facts

    def ask(self, settings: Settings, targets: Collection[Target]) -> Mapping[Target, Facts]:
        """Ask the Hub of some settings."""
        hub, end = self._hub(settings)
        if settings.strict:
            self._strict.add(hub)
        with ProgressLine() as progress:
            return hub(targets, end, progress)

    def publishers(
        self, settings: Settings, lock: Lock | None, names: Collection[str]
    ) -> Mapping[str, Publisher]:
        """Who publishes under names: what the lock says, where there is one, else the Hub."""
        if lock is not None:
            from flake8_hfmodels.lock.answers import publishers_in

            return publishers_in(lock, names)
        from flake8_hfmodels.hub.publishers import publishers

        hub, end = self._hub(settings)
        with ProgressLine("asking the Hub: {done} of {total} accounts") as progress:
            return publishers(hub, names, end, progress)

    def codes(
        self, settings: Settings, lock: Lock | None, wanted: Mapping[Target, Repo]
    ) -> Mapping[Target, Code | Unavailable]:
        """What the Python of repos does: what the lock says, where there is one."""
        if lock is not None:
            from flake8_hfmodels.lock.answers import codes_in

            return codes_in(lock, wanted)
        from flake8_hfmodels.hub.remote_code import codes

        hub, end = self._hub(settings)
        with ProgressLine("reading the code of repos: {done} of {total}") as progress:
            return codes(hub, wanted, end, progress)

    def _hub(self, settings: Settings) -> tuple[Hub, float]:
        """The Hub of some settings, and until when it is asked (`time.monotonic`)."""
        from flake8_hfmodels.hub.opening import open_hub

        hub = open_hub(settings, since=self._since)
        return hub, self._ends.setdefault(hub, time.monotonic() + hub.deadline)

    def count(self, name: str) -> int:
        """How many repos were `asked`, `cached`, `unanswered`, or `stale`."""
        return sum(getattr(hub.tally, name) for hub in self._ends)

    @property
    def falls_short(self) -> bool:
        """Whether something is unanswered that a strict project wants to know."""
        return any(hub.tally.unanswered for hub in self._strict)

    def warnings(self) -> Sequence[str]:
        """What went wrong with the Hub, a line each."""
        return [line for hub in self._ends for line in hub.warnings()]
