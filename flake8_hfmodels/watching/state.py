"""What a run leaves for the next one: how far it came, and what is no news any more. Pure.

The file is JSON of a version of its own, to which keys may be added::

    {"version": 1, "began": date, "last": date, "told": [...], "subjects": {name: {"next": name,
     "rounds": number, "known": {name: {"_id": id, "since": date}}}}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex

NAME = "hfmodels-watch.json"
"""What the file is called where nobody says otherwise."""

VERSION = 1

_DAY = regex(r"(?:\d{4}-\d\d-\d\d)?")


class StateError(ValueError):
    """A text that no run has written; in words, without the name of the file."""


@dataclass(frozen=True, slots=True)
class Known:
    """A look-alike that exists: the identity of the account or repo, and since when we know."""

    object_id: str
    since: str


@dataclass(frozen=True, slots=True)
class Subject:
    """How far the look-alikes of one name have been asked for.

    `following` is the name to begin with next time, empty for the first one; `rounds` counts how
    often all of them have been asked. `known` are those that exist, by their names.
    """

    following: str = ""
    rounds: int = 0
    known: Mapping[str, Known] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """All of it. Dates are `2026-11-22`; `told` are marks of what an audit found last time."""

    began: str = ""
    last: str = ""
    told: frozenset[str] = frozenset()
    subjects: Mapping[str, Subject] = field(default_factory=dict)


def written(state: State) -> str:
    """A state as the text of its file: the same bytes for the same state."""
    subjects = {
        name: {
            "next": one.following,
            "rounds": one.rounds,
            "known": {
                each: {"_id": known.object_id, "since": known.since}
                for each, known in sorted(one.known.items())
            },
        }
        for name, one in sorted(state.subjects.items())
    }
    content = {
        "version": VERSION,
        "began": state.began,
        "last": state.last,
        "told": sorted(state.told),
        "subjects": subjects,
    }
    return json.dumps(content, indent=2) + "\n"


def parsed(text: str) -> State:
    """The state in a text. Raises `StateError`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StateError(f"is no valid JSON ({error})") from error
    match data:
        case {"version": int(version)} if version > VERSION:
            raise StateError("is of a later version, which this version knows nothing of")
        case {
            "version": 1,
            "began": str(began),
            "last": str(last),
            "told": list(told),
            "subjects": dict(subjects),
        } if all(isinstance(one, str) for one in told) and _are_days(began, last):
            found = {str(name): _subject(one) for name, one in subjects.items()}
            return State(began, last, frozenset(told), found)
        case _:
            raise StateError("is no state of a watch")


def _are_days(*texts: str) -> bool:
    return all(_DAY.fullmatch(one) for one in texts)


def _subject(data: object) -> Subject:
    match data:
        case {"next": str(following), "rounds": int(rounds), "known": dict(known)} if rounds >= 0:
            return Subject(
                following, rounds, {str(name): _known(one) for name, one in known.items()}
            )
        case _:
            raise StateError("is no state of a watch")


def _known(data: object) -> Known:
    match data:
        case {"_id": str(object_id), "since": str(since)}:
            return Known(object_id, since)
        case _:
            raise StateError("is no state of a watch")
