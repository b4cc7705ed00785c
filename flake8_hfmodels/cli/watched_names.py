"""The look-alikes of `hfmodels watch`: which names a run asks for, and what came of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.check import is_private
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.report.watched import Watched
from flake8_hfmodels.watching.noticed import Candidate, told_of
from flake8_hfmodels.watching.state import Known, State, Subject
from flake8_hfmodels.watching.turns import after, news, turns

if TYPE_CHECKING:
    from flake8_hfmodels.hub.noticing import Noticed
    from flake8_hfmodels.lock.audit import Told
    from flake8_hfmodels.lock.lock import Lock
    from flake8_hfmodels.settings import Settings


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of the look-alikes: what is news, how far it went, what the next run is to know."""

    told: Sequence[Told] = ()
    watched: Sequence[Watched] = ()
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    requests: int = 0
    is_cut: bool = False
    why: str = ""
    warnings: Sequence[str] = ()


def looked(lock: Lock, settings: Settings, before: State, most: int, until: float) -> Looked:
    """Ask for as many names as may be asked for, and compare with what was known.

    `until` is a moment of the monotonic clock.
    """
    candidates = _candidates(_subjects(lock, settings), settings)
    due = turns({name: [*each] for name, each in candidates.items()}, before.subjects, most)
    asked = [candidates[one.subject][name] for one in due for name in one.names]
    found = _noticed(settings, asked, until)
    told: list[Told] = []
    subjects: dict[str, Subject] = {}
    watched: list[Watched] = []
    in_order = {turn.subject: turn for turn in due}
    for subject, names in candidates.items():
        turn = in_order[subject]
        own = before.subjects.get(subject, Subject())
        here = {
            one.candidate.name: one for one in found.existing if one.candidate.subject == subject
        }
        known = {name: Known(one.object_id, today()) for name, one in here.items()}
        told += [
            told_of(here[name], own.rounds == 0)
            for name in news(own, known)
            if not here[name].is_verified
        ]
        now = after(own, turn, found.answered, known, found.is_cut)
        subjects[subject] = now
        answered = sum(name in found.answered for name in turn.names)
        watched.append(Watched(subject, len(names), answered, len(now.known), now.rounds))
    return Looked(told, watched, subjects, found.requests, found.is_cut, found.why, found.warnings)


def today() -> str:
    """The day it is, everywhere the same."""
    return time.strftime("%Y-%m-%d", time.gmtime())


def _subjects(lock: Lock, settings: Settings) -> list[str]:
    """What look-alikes are watched of: what the project names, and the owners of what is locked."""
    owners = (one.owner.name for one in lock.entries if one.owner is not None)
    names: dict[str, str] = {}
    for one in (*settings.watch, *sorted({*owners})):
        names.setdefault(one.casefold(), one)
    return [one for one in names.values() if not is_private(one, settings.never_ask)]


def _candidates(
    subjects: Sequence[str], settings: Settings
) -> Mapping[str, Mapping[str, Candidate]]:
    """Of each subject, the names that could be taken for it and that are not the project's own."""
    own = {part for one in map(str.casefold, subjects) for part in (one, one.partition("/")[0])}
    return {
        subject: {
            one.name: one
            for one in _each(subject, settings)
            if own.isdisjoint((one.name.casefold(), one.name.casefold().partition("/")[0]))
        }
        for subject in subjects
    }


def _each(subject: str, settings: Settings) -> Iterator[Candidate]:
    from flake8_hfmodels.lookalikes.variants import IMITATION, variants

    for one in variants(subject):
        if not is_private(one.name, settings.never_ask):
            yield Candidate(subject, one.name, one.words, one.technique == IMITATION)


def _noticed(settings: Settings, candidates: Sequence[Candidate], until: float) -> Noticed:
    from flake8_hfmodels.cli.progress import ProgressLine
    from flake8_hfmodels.hub.noticing import noticed
    from flake8_hfmodels.hub.opening import open_hub

    hub = open_hub(settings, with_blobs=True)  # the one of the audit, whose limits count for both
    with (
        ProgressLine("asking for look-alikes: {done} of {total}") as progress,
        ProgressLine("the Hub limits the rate of requests: {done} of {total} s") as resting,
    ):
        return noticed(hub, candidates, until, progress, resting)
