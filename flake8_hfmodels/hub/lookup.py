"""From many targets to facts: from earlier answers, and what is then left is asked for."""

from __future__ import annotations

import time
from _thread import allocate_lock  # threading has the same, and is slow to import
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from flake8_hfmodels.facts import Facts, Unavailable
from flake8_hfmodels.hub.answers import Answer, Got
from flake8_hfmodels.hub.inquiry import IMPOSSIBLE, NOT_KEPT, Inquiry, first_paths, is_possible
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Target

if TYPE_CHECKING:
    from flake8_hfmodels.hub.answers import AccountKind
    from flake8_hfmodels.hub.client import Client, Read
    from flake8_hfmodels.hub.gathering import Gathering, Progress
    from flake8_hfmodels.hub.inquiry import AccountFacts

A = TypeVar("A")
Q = TypeVar("Q")


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
    `with_history`: also whether a pinned commit is in a branch or tag of its repo; `with_blobs`:
    also the hashes of its files. Kept answers that were given before `since`, in Unix seconds, do
    not count. `answers`: what was heard so far, by path.
    """

    def __init__(
        self,
        client: Client,
        deadline: float,
        with_history: bool = True,
        with_blobs: bool = False,
        since: float = 0.0,
    ) -> None:
        self.client = client
        self.deadline = deadline
        self.with_history = with_history
        self.with_blobs = with_blobs
        self.since = since
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
        facts, asked = self.settled(possible, Inquiry.facts, end, progress, self._first_paths)
        left = [target for target in possible if target not in facts]
        why = self.why_not()
        facts |= self._read(
            left, self._first_paths, lambda some, read: self._remembered(some, read, why)
        )
        self._count(facts, asked)
        return {target: facts.get(target, IMPOSSIBLE) for target in targets}

    def accounts(
        self,
        names: Mapping[str, AccountKind | None],
        end: float | None = None,
        progress: Progress | None = None,
    ) -> Mapping[str, AccountFacts]:
        """The account of each name, whose kind is known or not; no old answers.

        In time as facts are. GONE only where the endpoint knows accounts at all.
        """
        from flake8_hfmodels.hub.accounts import accounts  # a check has no use for it

        return accounts(self, names, end, progress)

    def settled(
        self,
        questions: Collection[Q],
        find: Callable[[Inquiry, Q], A],
        end: float | None,
        progress: Progress | None,
        paths: Callable[[Q], list[str]],
    ) -> tuple[dict[Q, A | Unavailable], set[Q]]:
        """What is fresh in the cache or came in time, and of which questions over the wire.

        `paths` are those that an inquiry looks for first.
        """
        found = self._read(questions, paths, partial(self._known, find))
        asked: set[Q] = set()
        unsettled = [one for one in questions if one not in found]
        if unsettled and not self.why_not():
            self.client.heed()
        if unsettled and not self.why_not():
            latest = time.monotonic() + self.deadline
            gathered, asked = self._gatherer.gather(unsettled, find, end or latest, progress)
            found |= gathered
        return found, asked

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

    def why_not(self) -> str:
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
        return Inquiry(
            ask,
            lambda path: self._recall(path, read),
            self.client,
            self.with_history,
            self.with_blobs,
        )

    def at_hand(self, path: str, since: float, read: Read | None = None) -> Answer | None:
        """An answer that counts without asking, given after a moment in Unix seconds."""
        answer = self.answers.get(path) or self.client.fresh(path, read)
        return answer if answer is not None and answer.given >= max(since, self.since) else None

    def kept(self, path: str, read: Read | None = None) -> Answer | None:
        """An answer of the cache, however old it is, if it counts at all."""
        answer = self.client.kept(path, read)
        is_before = answer is not None and self.since and answer.given < self.since
        return None if is_before else answer

    def _recall(self, path: str, read: Read | None) -> Answer | None:
        return self.answers.get(path) or self.kept(path, read)

    def _first_paths(self, target: Target) -> list[str]:
        return first_paths(target, self.with_history, self.with_blobs)

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
        questions: Collection[Q],
        paths: Callable[[Q], list[str]],
        settle: Callable[[Iterable[Q], Read | None], dict[Q, A]],
    ) -> dict[Q, A]:
        """What kept answers settle: at a glance, or where that cannot be, with patience."""
        if not questions:
            return {}
        glance = self.client.glance([path for one in questions for path in paths(one)])
        if glance is not None:
            with closing(glance):
                found = settle(questions, glance.read)
                if glance.is_true():
                    return found
        return settle(questions, None)

    def _known(
        self, find: Callable[[Inquiry, Q], A], questions: Iterable[Q], read: Read | None
    ) -> dict[Q, A | Unavailable]:
        """What needs no asking."""
        known: dict[Q, A | Unavailable] = {}
        for question in questions:
            inquiry = self.inquiry(lambda path, since: self._fresh(path, since, read), read)
            found = find(inquiry, question)
            if not inquiry.lacked:
                known[question] = found
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
