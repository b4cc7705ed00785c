"""Ask a hub for as long as it takes: where it wants rest, wait for it, if there is the time."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from flake8_hfmodels.facts import Facts, Unavailable
from flake8_hfmodels.hub.answers import LIMITED
from flake8_hfmodels.hub.inquiry import IMPOSSIBLE, Inquiry, first_paths, is_possible
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.reference import Target

if TYPE_CHECKING:
    from flake8_hfmodels.hub.answers import AccountKind
    from flake8_hfmodels.hub.gathering import Progress
    from flake8_hfmodels.hub.inquiry import AccountFacts

A = TypeVar("A")
Q = TypeVar("Q")

MARGIN = 1.0
"""Seconds to wait beyond those that the Hub names, as it names whole ones."""


class Patience:
    """Asks until the moment `end` of the monotonic clock.

    Each round is a hub of its own, as a hub does not ask again what it has asked in vain.
    `resting` is told of the seconds, and of how many in all, for which nothing is asked.
    """

    def __init__(self, hub: Hub, end: float, progress: Progress, resting: Progress) -> None:
        self.end = end
        self._hub = hub
        self._progress = progress
        self._resting = resting

    @property
    def is_cut(self) -> bool:
        """Whether limits have ended it: the Hub's own, or those of time and number for this run."""
        client = self._hub.client
        is_spent = client.asking.requested >= client.limits.calls
        return self._is_limited or is_spent or time.monotonic() >= self.end

    def facts(self, targets: Iterable[Target], with_history: bool = False) -> dict[Target, Facts]:
        """The facts of each target, with the hashes of its files."""
        wanted = list(dict.fromkeys(targets))
        possible = [target for target in wanted if is_possible(target)]
        paths = partial(first_paths, with_history=with_history, with_blobs=True)

        def ask(hub: Hub, left: Collection[Target]) -> Mapping[Target, Facts]:
            return self._settled(hub, left, Inquiry.facts, paths)

        found: Mapping[Target, Facts] = self._in_rounds(possible, ask, with_history)
        return {target: found.get(target, IMPOSSIBLE) for target in wanted}

    def accounts(self, names: Mapping[str, AccountKind | None]) -> Mapping[str, AccountFacts]:
        """The account of each name, asked for where one of that kind would be."""

        def ask(hub: Hub, left: Collection[str]) -> Mapping[str, AccountFacts]:
            return hub.accounts({one: names[one] for one in left}, self.end, self._progress)

        return self._in_rounds(names, ask)

    def found(
        self, questions: Iterable[Q], find: Callable[[Inquiry, Q], A], path: Callable[[Q], str]
    ) -> dict[Q, A | Unavailable]:
        """What comes of each question; `path` is where its first answer is."""

        def paths(question: Q) -> list[str]:
            return [path(question)]

        return self._in_rounds(questions, lambda hub, left: self._settled(hub, left, find, paths))

    def _settled(
        self,
        hub: Hub,
        questions: Collection[Q],
        find: Callable[[Inquiry, Q], A],
        paths: Callable[[Q], list[str]],
    ) -> Mapping[Q, A | Unavailable]:
        return hub.settled(questions, find, self.end, self._progress, paths)[0]

    def _in_rounds(
        self,
        questions: Iterable[Q],
        ask: Callable[[Hub, Collection[Q]], Mapping[Q, A | Unavailable]],
        with_history: bool = False,
    ) -> dict[Q, A | Unavailable]:
        found: dict[Q, A | Unavailable] = {}
        wanted = list(dict.fromkeys(questions))
        left = wanted
        while left:
            found.update(ask(self._round(with_history), left))
            left = [one for one in wanted if isinstance(found.get(one, IMPOSSIBLE), Unavailable)]
            if not (left and self._has_rested()):
                break
        unanswered = Unavailable(self._hub.why_not())
        return {one: found.get(one, unanswered) for one in wanted}

    def _round(self, with_history: bool) -> Hub:
        made = Hub(self._hub.client, self._hub.deadline, with_history, True, self._hub.since)
        made.answers = self._hub.answers
        return made

    @property
    def _is_limited(self) -> bool:
        return (self._hub.client.down or "").startswith(LIMITED)

    def _has_rested(self) -> bool:
        """Wait until the Hub takes questions again, if it is to do so in time."""
        client = self._hub.client
        if not self._is_limited:
            return False
        total = client.asking.rest() + MARGIN
        began = time.monotonic()
        if began + total >= self.end:
            return False
        while (passed := time.monotonic() - began) < total:
            self._resting(int(passed), int(total))
            time.sleep(min(1.0, total - passed))
        client.down = None
        return True
