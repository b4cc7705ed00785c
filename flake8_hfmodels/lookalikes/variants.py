"""The names that somebody could register who wants to be taken for another. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, zip_longest

from flake8_hfmodels.lookalikes.known import PREFIXES, SUFFIXES, built_in
from flake8_hfmodels.lookalikes.letters import ALIKE, ALIKE_IN_PAIRS, neighbours
from flake8_hfmodels.lookalikes.resemblance import Technique
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_repo_id

IMITATION: Technique = "imitation"
"""The technique of who makes up a name instead of misspelling one."""

_WORDS: dict[Technique, str] = {
    "imitation": "sounds like the owner",
    "homoglyph": "looks the same",
    "separator": "has other separators",
    "omission": "lacks a letter",
    "transposition": "swaps two letters",
    "doubling": "doubles a letter",
    "keyboard": "has the key beside",
}
_SEPARATOR = regex(r"[-_.]")
_SEAM = regex(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Variant:
    """A name that could be taken for another, and how it comes about."""

    name: str
    technique: Technique

    @property
    def words(self) -> str:
        """The technique, as a sentence about the name goes on."""
        return _WORDS[self.technique]


def variants(name: str) -> Iterator[Variant]:
    """Variants of an owner or of a repo's id, each once, most plausible first.

    It is the owner that varies, as nobody else puts a repo beside his. A few of each technique
    come before more of any. Left out is what the Hub could not have, and well-known names.
    """
    owner, slash, repo = name.partition("/")
    seen = {owner.casefold(), *built_in().harmless}
    techniques = ([Variant(one, how) for one in made(owner)] for how, made in _TECHNIQUES.items())
    for one in chain.from_iterable(zip_longest(*techniques)):
        if one is None or one.name.casefold() in seen:
            continue
        seen.add(one.name.casefold())
        full = f"{one.name}{slash}{repo}"
        if is_repo_id(full):
            yield Variant(full, one.technique)


def _imitations(owner: str) -> Iterator[str]:
    for one in SUFFIXES:
        if owner.casefold().endswith(one[1:]):
            yield owner[: len(owner) - len(one[1:])].rstrip("-_.")
    for one in SUFFIXES:
        yield f"{owner}{one}"
    for one in PREFIXES:
        yield f"{one}{owner}"


def _alike(owner: str) -> Iterator[str]:
    """Letters that look alike in place of others; a small i looks like an l as `I`."""
    for at, letter in enumerate(owner):
        for one, other in ALIKE:
            if letter.casefold() == one:
                yield owner[:at] + (other.upper() if other == "i" else other) + owner[at + 1 :]
    for one, pair in ALIKE_IN_PAIRS:
        for old, new in ((one, pair), (pair, one)):
            yield owner.replace(old, new, 1)


def _separated(owner: str) -> Iterator[str]:
    yield _SEPARATOR.sub("", owner)
    yield _SEAM.sub("-", owner)
    for one in SUFFIXES:
        if owner.casefold().endswith(one[1:]):
            yield f"{owner[: len(owner) - len(one[1:])].rstrip('-_.')}{one}"
    for other in "-_.":
        yield _SEPARATOR.sub(other, owner)


def _lacking(owner: str) -> Iterator[str]:
    return (owner[:at] + owner[at + 1 :] for at in reversed(range(len(owner))))


def _swapped(owner: str) -> Iterator[str]:
    for at in range(len(owner) - 1):
        yield owner[:at] + owner[at + 1] + owner[at] + owner[at + 2 :]


def _doubled(owner: str) -> Iterator[str]:
    return (owner[: at + 1] + owner[at:] for at in range(len(owner)))


def _beside(owner: str) -> Iterator[str]:
    for at, letter in enumerate(owner):
        for key in neighbours(letter.casefold()):
            yield owner[:at] + key + owner[at + 1 :]


_TECHNIQUES = {
    IMITATION: _imitations,
    "homoglyph": _alike,
    "separator": _separated,
    "omission": _lacking,
    "transposition": _swapped,
    "doubling": _doubled,
    "keyboard": _beside,
}
