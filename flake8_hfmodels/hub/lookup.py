"""From many targets to facts: from earlier answers, and what is then left is asked for."""

from __future__ import annotations

import time
from _thread import allocate_lock  # threading has the same, and is slow to import
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from flake8_hfmodels.facts import Facts, Unavailable
from flake8_hfmodels.hub.answers import Answer, Got
from flake8_hfmodels.hub.inquiry import IMPOSSIBLE, NOT_KEPT, Inquiry, first_paths, is_possible
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Target

if TYPE_CHECKING:
    from flake8_hfmodels.hub.client import Client, Read
    from flake8_hfmodels.hub.gathering import Gathering, Progress


@dataclass(frozen=True, slots=True)
class Tally:
    """How many repos were asked over the wire, answered from the cache, not (wholly) answered.

    `stale` of them were answered by something old, as there was nothing newer to be had.
    """

    asked: int = 0
    cached: int = 0
    unanswered: int = 0
    stale: int = 0


class Hub:
    """What one endpoint says. Safe to use from several threads.

    Each path is asked for once, in as many calls as there are. Once the deadline of a call has
    passed without all answers, or in a hurry several calls have waited that long together, nothing
    more is asked: a Hub that is slow costs a run little more than one deadline.
    `with_history`: also whether a pinned commit is in a branch or tag of its repo.
    `answers`: what was heard so far, by path.
    """

    def __init__(self, client: Client, deadline: float, with_history: bool = True) -> None:
        self.client = client
        self.deadline = deadline
        self.with_history = with_history
        self.tally = Tally()
        self.trouble: str | None = None
        self.answers: dict[str, Answer] = {}
        self._told: set[str] = set()
        self._gathering: Gathering | None = None
        self._guard = allocate_lock()

    def __call__(
        self,
        targets: Collection[Target],
        end: float | None = None,
        progress: Progress | None = None,
    ) -> Mapping[Target, Facts]:
        """Facts for every target, within the deadline, or by the moment `end` (`time.monotonic`).

        What is fresh in the cache is not asked for; what is old there is used where no answer
        comes. A target that the Hub cannot have is `Unavailable` and counts for nothing.
        """
        possible = [target for target in dict.fromkeys(targets) if is_possible(target)]
        facts = self._read(possible, self._known)
        asked: set[Target] = set()
        unsettled = [target for target in possible if target not in facts]
        if unsettled and not self._why_not():
            self.client.heed()
        why = self._why_not()
        if unsettled and not why:
            latest = time.monotonic() + self.deadline
            gathered, asked = self._gatherer.gather(unsettled, end or latest, progress)
            facts |= gathered
            why = self._why_not()
        left = [target for target in possible if target not in facts]
        facts |= self._read(left, lambda some, read: self._remembered(some, read, why))
        self._count(facts, asked)
        return {target: facts.get(target, IMPOSSIBLE) for target in targets}

    def warnings(self) -> list[str]:
        """What went wrong, a line each, for people."""
        if self.trouble is None or self.client.identity.offline:
            return list(self.client.warnings)
        unanswered = "1 repo" if self.tally.unanswered == 1 else f"{self.tally.unanswered} repos"
        consequence = "the rules that need it say nothing of them"
        return [*self.client.warnings, f"{self.trouble}: {unanswered} unanswered, {consequence}"]

    def news(self) -> list[str]:
        """The warnings that were not news before, for who does not know how much is to come.

        That the Hub does not answer is news once.
        """
        lines = list(self.client.warnings)
        if self.trouble is not None and not self.client.identity.offline:
            lines.append(_PARTLY)
        news = [line for line in lines if line not in self._told]
        self._told.update(news)
        return [f"{self.trouble}: {line}" if line == _PARTLY else line for line in news]

    def close(self) -> None:
        """Let go of connections and of the cache file; ask nothing more."""
        self.client.give_up("the Hub is closed")
        self.client.close()

    def _why_not(self) -> str:
        """What keeps us from asking, or nothing."""
        if self.client.identity.offline:
            return "offline, and not in the cache"
        return self.client.down or ""

    def _count(self, facts: Mapping[Target, Facts], asked: Collection[Target]) -> None:
        """Count repos, each once: one that was asked at two revisions, one that lacks an answer."""
        why = [one.why for one in facts.values() if isinstance(one, Unavailable)]
        self.trouble = why[0] if why else self.trouble
        lacking = {_repo(one) for one, answer in facts.items() if isinstance(answer, Unavailable)}
        wired = {_repo(target) for target in asked} - lacking
        kept = {_repo(target) for target in facts} - lacking - wired
        old = {
            _repo(target)
            for target, answer in facts.items()
            if not isinstance(answer, Unavailable) and answer.stale
        }
        self.tally = Tally(
            self.tally.asked + len(wired),
            self.tally.cached + len(kept),
            self.tally.unanswered + len(lacking),
            self.tally.stale + len(old),
        )

    def inquiry(self, ask: Callable[[str, float], Got], read: Read | None = None) -> Inquiry:
        """What is to be learnt of a target, with a way to ask, and one to read the cache."""
        return Inquiry(ask, lambda path: self._recall(path, read), self.client, self.with_history)

    def at_hand(self, path: str, since: float, read: Read | None = None) -> Answer | None:
        """An answer that counts without asking, given after a moment in Unix seconds."""
        answer = self.answers.get(path) or self.client.fresh(path, read)
        return answer if answer is not None and answer.given >= since else None

    def _recall(self, path: str, read: Read | None) -> Answer | None:
        return self.answers.get(path) or self.client.kept(path, read)

    @property
    def _gatherer(self) -> Gathering:
        with self._guard:
            if self._gathering is None:
                # What the cache has needs no threads.
                from flake8_hfmodels.hub.gathering import Gathering

                self._gathering = Gathering(self)
            return self._gathering

    def _read(
        self,
        targets: Collection[Target],
        facts_of: Callable[[Iterable[Target], Read | None], dict[Target, Facts]],
    ) -> dict[Target, Facts]:
        """The facts that kept answers give: at a glance, or where that cannot be, with patience."""
        if not targets:
            return {}
        paths = [path for one in targets for path in first_paths(one, self.with_history)]
        glance = self.client.glance(paths)
        if glance is not None:
            with closing(glance):
                facts = facts_of(targets, glance.read)
                if glance.is_true():
                    return facts
        return facts_of(targets, None)

    def _known(self, targets: Iterable[Target], read: Read | None) -> dict[Target, Facts]:
        """The facts that need no asking."""
        known: dict[Target, Facts] = {}
        for target in targets:
            inquiry = self.inquiry(lambda path, since: self._fresh(path, since, read), read)
            facts = inquiry.facts(target)
            if not inquiry.lacked:
                known[target] = facts
        return known

    def _fresh(self, path: str, since: float, read: Read | None) -> Got:
        answer = self.at_hand(path, since, read)
        return Got(NOT_KEPT if answer is None else answer)

    def _remembered(
        self, targets: Iterable[Target], read: Read | None, why: str
    ) -> dict[Target, Facts]:
        """The facts as they were when somebody asked; `why` there are none where nobody did."""

        def old(path: str, _since: float) -> Got:
            answer = self._recall(path, read)
            return Got(Unavailable(why) if answer is None else answer)

        return {target: self.inquiry(old, read).facts(target) for target in targets}


_PARTLY = "what stays unanswered, the rules that need it say nothing of"


def _repo(target: Target) -> tuple[str, str]:
    return target.repo_type, target.repo_id
