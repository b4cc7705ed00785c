"""Whether an id imitates a known one, and how. Pure.

Owners come first: whoever has an account puts what he likes into it, so that names that are alike
under one owner are his own affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, TypeAlias

from flake8_hfmodels.lookalikes.known import (
    OFFICIAL,
    Known,
    bare,
    bits_of,
    built_in,
    harmless,
    solid,
)
from flake8_hfmodels.lookalikes.letters import are_neighbours, folded, latin
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.repo_id import is_repo_id

Technique: TypeAlias = Literal[
    "other alphabet",
    "homoglyph",
    "transposition",
    "omission",
    "doubling",
    "keyboard",
    "substitution",
    "insertion",
    "several letters",
    "separator",
    "imitation",
    "same name",
]
"""How a name imitates another; `imitation` is what only somebody makes up who wants to be taken for
the owner."""

_SHORTEST, _SHORT, _LONG = 3, 5, 8
"""Letters of an owner below which nothing is compared; below which, or from which on, only where
the repo is well known: one letter of a short name, two of a long one."""

_SHORTEST_ADDED_TO = 4
"""Letters of an owner below which something behind it makes any word."""

_WORD = 7
"""Letters below which a name with another letter in it may as well be a word of its own."""

_SLIPS = frozenset({"transposition", "omission", "doubling", "keyboard"})
"""What fingers do, and nobody who makes up a name."""

_LONGEST_COMMON = 8
"""Letters of the name of a repo below which any two may have it."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """An id that imitates a known one: how, which one, and in words what is alike.

    `is_strong`: seen without the Hub, it is hardly by chance.
    """

    technique: Technique
    original: str
    words: str
    is_strong: bool

    @property
    def owner(self) -> str:
        """The owner who is imitated."""
        return self.original.partition("/")[0]


def resemblance(repo_id: str, known: Known | None = None) -> Resemblance | None:
    """What an id imitates; at once nothing where its owner is known."""
    if known is not None:
        return _compared(repo_id, known)
    owner, slash, _name = repo_id.partition("/")
    if not slash or (repo_id.isascii() and owner.casefold() in harmless()):
        return None
    return _resemblance(repo_id)


@lru_cache(maxsize=1024)
def _resemblance(repo_id: str) -> Resemblance | None:
    """What an id imitates of what is well known; rules, questions and answers want to know it."""
    return _compared(repo_id, built_in())


def _compared(repo_id: str, known: Known) -> Resemblance | None:
    owner, slash, name = repo_id.partition("/")
    if not slash:
        return None
    if not repo_id.isascii():
        return _in_other_letters(repo_id, known)
    if owner.casefold() in known.harmless:
        return None
    return _shape(owner, name, known) or _near(owner, name, known) or _same_name(owner, name, known)


def _in_other_letters(repo_id: str, known: Known) -> Resemblance | None:
    """The Hub's ids are ASCII, so that this one is none, and looks as if it were."""
    seen = latin(repo_id)
    if (
        seen is None
        or not is_repo_id(seen)
        or seen.partition("/")[0].casefold() not in known.owners
    ):
        return None
    first = next(one for one in repo_id if not one.isascii())
    words = f"U+{ord(first):04X} in it only looks like ASCII"
    return Resemblance("other alphabet", _original(seen, known), words, True)


def _shape(owner: str, name: str, known: Known) -> Resemblance | None:
    """Names that are the same to the eye, but for separators, or for what was added."""
    looks = known.shapes.get(folded(owner))
    if looks and (len(looks) >= _SHORT or _has(looks, name, known)):
        return _as("homoglyph", looks, owner, name, known, "looks the same as", True)
    same = known.solid.get(solid(owner))
    if same and len(same) >= _SHORT:
        return _as("separator", same, owner, name, known, "differs in separators from", False)
    longer = _without_additions(owner, known)
    if longer:
        claims = OFFICIAL in owner.casefold()
        return _as("imitation", longer, owner, name, known, "is a variation of", claims)
    return None


def _without_additions(owner: str, known: Known) -> str | None:
    """The owner whose name is left of another, or whose name without additions is."""
    shorter = bare(owner)
    for one in shorter:
        if len(one) >= _SHORTEST_ADDED_TO and one in known.solid:
            return known.solid[one]
    return known.stems.get(shorter[-1])


def _near(owner: str, name: str, known: Known) -> Resemblance | None:
    """Names that a letter or two make other ones."""
    key = owner.casefold()
    candidates = sorted(
        _candidates(key, name, known), key=lambda one: not _has(one[0], name, known)
    )
    if not candidates:
        return None
    from rapidfuzz.distance import OSA  # seldom needed, and not imported for nothing

    found: list[Resemblance] = []
    for one, most in candidates:
        distance = OSA.distance(one, key, score_cutoff=most)
        if 0 < distance <= most:
            found.append(_by(distance, known.owners[one], owner, name, known))
    return min(found, key=lambda one: not one.is_strong, default=None)


def _candidates(key: str, name: str, known: Known) -> Iterator[tuple[str, int]]:
    """The owners that so few letters away could be, each with how many those may be."""
    bits = bits_of(key)
    for length in range(max(_SHORTEST, len(key) - 2), len(key) + 3):
        for one in known.lengths.get(length, ()):
            differing = (bits ^ bits_of(one)).bit_count()
            if differing > 4:
                continue
            most = _most(length, _has(one, name, known))
            if differing > 2 * most or abs(length - len(key)) > most:
                continue
            # One letter, or two that are swapped, cannot be at both ends.
            if most > 1 or length < _SHORT or key[:2] == one[:2] or key[-2:] == one[-2:]:
                yield one, most


def _most(length: int, has_repo: bool) -> int:
    """How many letters may differ in a name of so many."""
    if has_repo:
        return 2 if length >= _LONG else 1
    return 1 if length >= _SHORT else 0


def _by(distance: int, one: str, owner: str, name: str, known: Known) -> Resemblance:
    if distance > 1:
        words = "is two letters away from"
        return _as("several letters", one, owner, name, known, words, True)
    technique, words = _difference(one.casefold(), owner.casefold())
    is_strong = technique in _SLIPS or len(one) >= _WORD
    return _as(technique, one, owner, name, known, words, is_strong)


def _difference(original: str, other: str) -> tuple[Technique, str]:
    """What one step leads from a name to another, and that in words."""
    at = next(
        (at for at, (a, b) in enumerate(zip(original, other, strict=False)) if a != b),
        min(len(original), len(other)),
    )
    if len(other) < len(original):
        return "omission", f"lacks a letter ({original[at]!r}) of"
    if len(other) > len(original):
        added = other[at]
        if added in other[max(0, at - 1) : at] + other[at + 1 : at + 2]:
            return "doubling", f"doubles a letter ({added!r}) of"
        return "insertion", f"adds a letter ({added!r}) to"
    if original[at + 1 :] != other[at + 1 :]:
        swapped = original[at : at + 2]
        return "transposition", f"swaps two letters ({swapped!r}) of"
    technique: Technique = "keyboard" if are_neighbours(original[at], other[at]) else "substitution"
    return technique, f"has {other[at]!r} for {original[at]!r} in"


def _same_name(owner: str, name: str, known: Known) -> Resemblance | None:
    original = known.repos.get(name.casefold())
    if original is None or len(name) < _LONGEST_COMMON:
        return None
    return Resemblance(
        "same name", original, f"it has the name of {original!r} and another owner", False
    )


def _as(
    technique: Technique,
    original: str,
    owner: str,
    name: str,
    known: Known,
    words: str,
    is_strong: bool,
) -> Resemblance:
    """A resemblance of owners; one that also has a well-known repo is not by chance."""
    return Resemblance(
        technique,
        _original(f"{original}/{name}", known),
        f"its owner {owner!r} {words} {original!r}",
        is_strong or _has(original, name, known),
    )


def _has(owner: str, name: str, known: Known) -> bool:
    return f"{owner}/{name}".casefold() in known.ids


def _original(repo_id: str, known: Known) -> str:
    """An id as its owner writes it, as far as that is known."""
    owner, _slash, name = repo_id.partition("/")
    proper = f"{known.owners[owner.casefold()]}/{name}"
    return known.ids.get(proper.casefold(), proper)
