"""Names that others may imitate, arranged so that a name is compared with all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from flake8_hfmodels.loaders.elsewhere import PLACEHOLDERS
from flake8_hfmodels.lookalikes.letters import folded
from flake8_hfmodels.lookalikes.names import NEIGHBOURS, OWNERS, REPOS
from flake8_hfmodels.record import dataclass

SUFFIXES = (
    *("-official", "-ai", "-hf", "-ml", "-models", "-model", "-llm", "-team", "-org", "-labs"),
    *("-lab", "-inc", "-hub", "-research"),
)
"""What imitators put behind a name, most plausible first; the hyphen may be missing."""

PREFIXES = ("the-", "official-", "real-", "hf-")
"""What they put in front."""

OFFICIAL = "official"
"""What nobody calls himself who is."""

_SEPARATORS = str.maketrans("", "", "-_.")
_SHORTEST_STEM = 6
"""Letters of an owner's name without what is added, below which it is any word."""


@dataclass(frozen=True, slots=True)
class Letters:
    """An owner's name in lower case, which letters are in it (a bit each), and as it is written."""

    key: str
    bits: int
    owner: str


@dataclass(frozen=True, slots=True)
class Known:
    """Names that may be imitated. Keys are in lower case, values as they are written.

    `owners`: the originals. `harmless`: names that are no imitations, whatever they look like.
    `shapes`, `solid` and `stems`: the owners by what they look like, without separators, and
    without what imitators add. `lengths`: by how many letters they have. `ids`: well-known repos;
    `repos`: the same by their names alone.
    """

    owners: dict[str, str]
    harmless: frozenset[str]
    shapes: dict[str, str]
    solid: dict[str, str]
    stems: dict[str, str]
    lengths: dict[int, list[Letters]]
    ids: dict[str, str]
    repos: dict[str, str]


@cache
def built_in() -> Known:
    """The names that come with this package."""
    return _arranged(OWNERS, REPOS, harmless())


@cache
def harmless() -> frozenset[str]:
    """The owners, in lower case, that are no imitations: all that most code names."""
    return PLACEHOLDERS.union(map(str.casefold, OWNERS), map(str.casefold, NEIGHBOURS))


@cache
def own(names: tuple[str, ...]) -> Known:
    """A project's own names: owners, and repos with theirs. What is well known imitates none."""
    repos = [one for one in names if "/" in one]
    owners = dict.fromkeys(one.partition("/")[0] for one in names)
    return _arranged(owners, repos, (*NEIGHBOURS, *OWNERS))


def bits_of(text: str) -> int:
    """Which letters are in a text, a bit for each."""
    found = 0
    for one in text:
        found |= 1 << (ord(one) & 63)
    return found


def solid(owner: str) -> str:
    """A name in lower case without separators."""
    return owner.casefold().translate(_SEPARATORS)


def bare(owner: str) -> tuple[str, ...]:
    """What is left of a name without separators: of all of it, and without what imitators add.

    The last one is the shortest.
    """
    key = owner.casefold().replace("_", "-").replace(".", "-")
    front = next((one for one in PREFIXES if key.startswith(one)), "")
    behind = next((one[1:] for one in SUFFIXES if key.endswith(one[1:])), "")
    rest = key.removeprefix(front)
    return solid(rest), solid(rest.removesuffix(behind))


def _arranged(owners: Iterable[str], repos: Iterable[str], others: Iterable[str]) -> Known:
    owners, repos = tuple(owners), tuple(repos)
    keys = {one.casefold(): one for one in owners}
    lengths: dict[int, list[Letters]] = {}
    for key, one in keys.items():
        lengths.setdefault(len(key), []).append(Letters(key, bits_of(key), one))
    return Known(
        owners=keys,
        harmless=PLACEHOLDERS.union(keys, (one.casefold() for one in others)),
        shapes={folded(one): one for one in owners},
        solid={solid(one): one for one in owners},
        stems={short: one for one in owners if len(short := bare(one)[-1]) >= _SHORTEST_STEM},
        lengths=lengths,
        ids={one.casefold(): one for one in repos},
        repos={one.casefold().partition("/")[2]: one for one in reversed(repos)},
    )
