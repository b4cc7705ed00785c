"""Fixes in files that are no Python: attempts at each, and those that do what they are to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from flake8_hfmodels.mending.job import Job, Result
from flake8_hfmodels.mending.marked_keys import key_attempts
from flake8_hfmodels.mending.marked_places import Places
from flake8_hfmodels.mending.marked_removal import key_removed
from flake8_hfmodels.mending.text_addresses import address_attempts
from flake8_hfmodels.mending.text_calls import call_attempts
from flake8_hfmodels.mending.text_comments import comment_place
from flake8_hfmodels.mending.text_ground import Attempt, Ground
from flake8_hfmodels.mending.text_trial import Asked, Trial
from flake8_hfmodels.mending.text_values import flag_removed, value_attempts, value_of
from flake8_hfmodels.mending.text_words import flag_attempts
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Absent, Known
from flake8_hfmodels.referring import Referring

ONLY_NAMED = "it is only named here, and nothing loads it"
SEVERAL = "several names are possible here"
OPEN = "another name can be passed instead"
FAR = "it is written in another file"
IN_A_LIST = "it is an item of a list, where no revision has a place"
NO_PLACE = "there is no place for a revision here"
NO_FLAG = "the flag does not stand there by itself"


def mend(jobs: Sequence[Job], referring: Referring) -> Mapping[int, Result]:
    """A fix for each job, or why there is none."""
    return mend_ground(jobs, Ground(referring.path, referring.kind, referring.text))


def mend_ground(jobs: Sequence[Job], ground: Ground) -> Mapping[int, Result]:
    """The same for the text of a file."""
    places = cache(lambda: Places(ground))
    results: dict[int, Result] = {}
    asked: dict[int, Asked] = {}
    for job in jobs:
        refusal = _refusal(job)
        attempts = [] if refusal else list(_attempts(ground, job, places()))
        if attempts:
            asked[job.number] = Asked(job, attempts)
        else:
            results[job.number] = refusal or _no_place(ground, job, places())
    return {**results, **Trial(ground, asked).results()} if asked else results


def _refusal(job: Job) -> str:
    """Why there is no need to look for a fix."""
    if job.task == "trust no code":
        return ""
    ref = job.ref
    if ref.kind == "mention":
        return ONLY_NAMED
    if not isinstance(ref.repo_id, Known) or len(ref.repo_id.values) != 1 or len(job.commits) != 1:
        return SEVERAL
    if not ref.repo_id.closed:
        return OPEN
    written = [*ref.repo_id.values]
    value = value_of(job)
    if isinstance(value, Known):
        written += value.values
    return FAR if any(one.path for one in written) else ""


def _no_place(ground: Ground, job: Job, places: Places) -> str:
    if job.task == "trust no code":
        return NO_FLAG
    ref = job.ref
    if ref.loader.instead:
        return ref.loader.instead
    if ref.kind == "config" and isinstance(ref.repo_id, Known):
        begin, end = ground.ends(ref.repo_id.values[0].span)
        place = places.at(begin, end)
        if place is not None and place.spot.listed:
            return IN_A_LIST
    return NO_PLACE


def _attempts(ground: Ground, job: Job, places: Places) -> Iterator[Attempt]:
    if job.task == "trust no code":
        yield from flag_removed(ground, job)
        yield from key_removed(ground, job)
        return
    for attempt in _pins(ground, job, places):
        place = comment_place(ground, job, attempt, places)
        if attempt.comment is not None:
            yield attempt
        elif place is not None:
            yield replace(attempt, comment=place)
        yield replace(attempt, comment=None)


def _pins(ground: Ground, job: Job, places: Places) -> Iterator[Attempt]:
    ref, commit = job.ref, job.commits[0][1]
    if ref.kind == "command" and ref.loader.instead and not ref.loader.at_revision:
        return
    yield from value_attempts(ground, job, commit)
    if isinstance(value_of(job), Absent):
        match ref.kind:
            case "command":
                yield from flag_attempts(ground, job, commit)
            case "call":
                yield from call_attempts(ground, job, commit)
            case "config" if isinstance(ref.repo_id, Known) and not ref.loader.instead:
                place = places.at(*ground.ends(ref.repo_id.values[0].span))
                if place is not None:
                    yield from key_attempts(ground, job, place, commit)
            case _:
                pass
    if job.task == "pin" and (ref.kind == "uri" or ref.loader.at_revision):
        yield from address_attempts(ground, job, commit)
