"""Whose turn it is: a run asks for some of the names, and the next one goes on. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.watching.state import Known, Subject


@dataclass(frozen=True, slots=True)
class Turn:
    """The names to ask for in one run that look like one name.

    `following` is the name that the next run is to begin with; `is_round`: with this run all of
    them have been asked once more.
    """

    subject: str
    names: tuple[str, ...]
    following: str
    is_round: bool


def turns(
    names: Mapping[str, Sequence[str]], known: Mapping[str, Subject], most: int
) -> list[Turn]:
    """Share so many questions out among all subjects, each going on where it was left.

    Who has few names leaves its share to the others. First comes who is furthest behind, as limits
    may end the run, and as there may be fewer questions than subjects.
    """
    starts = {one: _start(each, known.get(one, Subject()).following) for one, each in names.items()}
    rounds = {one: known.get(one, Subject()).rounds for one in names}
    order = sorted(names, key=lambda one: rounds[one] + starts[one] / (len(names[one]) or 1))
    shares = _shares({one: len(names[one]) - starts[one] for one in order[:most]}, most)
    return [_turn(one, names[one], starts[one], shares.get(one, 0)) for one in order]


def _shares(sizes: Mapping[str, int], most: int) -> Mapping[str, int]:
    left = most
    shares: dict[str, int] = {}
    for number, subject in enumerate(sorted(sizes, key=lambda one: sizes[one])):
        shares[subject] = min(sizes[subject], -(-left // (len(sizes) - number)))
        left -= shares[subject]
    return shares


def _start(names: Sequence[str], following: str) -> int:
    """Where a name is, or the beginning if it is not there any more."""
    return names.index(following) if following in names else 0


def _turn(subject: str, names: Sequence[str], start: int, most: int) -> Turn:
    chosen = tuple(names[start : start + most])
    end = start + len(chosen)
    is_round = end >= len(names)
    return Turn(subject, chosen, "" if is_round else names[end], is_round)


def after(
    before: Subject,
    turn: Turn,
    answered: Collection[str],
    existing: Mapping[str, Known],
    is_cut: bool,
) -> Subject:
    """How far a subject is once some of its names are `answered`.

    Where limits ended the run (`is_cut`), the next one begins with what was not asked; what has no
    answer for another reason waits for its next turn. A name that is free again is forgotten.
    """
    missed = next((one for one in turn.names if one not in answered), None) if is_cut else None
    kept = {name: one for name, one in before.known.items() if name not in answered}
    since = {
        name: replace(one, since=before.known[name].since)
        if name in before.known and before.known[name].object_id == one.object_id
        else one
        for name, one in existing.items()
    }
    if missed is not None:
        return Subject(missed, before.rounds, {**kept, **since})
    return Subject(turn.following, before.rounds + turn.is_round, {**kept, **since})


def news(before: Subject, existing: Mapping[str, Known]) -> list[str]:
    """The look-alikes that were not there before, or are other accounts or repos than they were."""
    return [
        name
        for name, one in existing.items()
        if name not in before.known or before.known[name].object_id != one.object_id
    ]
