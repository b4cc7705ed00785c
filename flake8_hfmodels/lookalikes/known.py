"""Names that others may imitate, arranged so that a name is compared with all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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

_ADDED_BEHIND = tuple(one[1:] for one in SUFFIXES)
_SHORTEST_STEM = 6
"""Letters of an owner's name without what is added, below which it is any word."""


@dataclass(frozen=True, slots=True)
class Known:
    """Names that may be imitated. Keys are in lower case, values as they are written.

    `owners`: the originals. `harmless`: names that are no imitations, whatever they look like.
    `shapes`, `solid` and `stems`: the owners by what they look like, without separators, and
    without what imitators add. `lengths`: their keys by how many letters those have.
    `ids`: well-known repos; `repos`: the same by their names alone.
    """

    owners: dict[str, str]
    harmless: frozenset[str]
    shapes: dict[str, str]
    solid: dict[str, str]
    stems: dict[str, str]
    lengths: dict[int, list[str]]
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


@cache
def bits_of(text: str) -> int:
    """Which letters are in a text, a bit for each."""
    found = 0
    for one in text:
        found |= 1 << (ord(one) & 63)
    return found


def solid(owner: str) -> str:
    """A name in lower case without separators."""
    return owner.casefold().replace("-", "").replace("_", "").replace(".", "")


def bare(owner: str) -> tuple[str, ...]:
    """What is left of a name without separators: of all of it, and without what imitators add.

    The last one is the shortest.
    """
    key = owner.casefold().replace("_", "-").replace(".", "-")
    if key.startswith(PREFIXES):
        key = key.removeprefix(next(one for one in PREFIXES if key.startswith(one)))
    if not key.endswith(_ADDED_BEHIND):
        return (solid(key),) * 2
    behind = next(one for one in _ADDED_BEHIND if key.endswith(one))
    return solid(key), solid(key.removesuffix(behind))


def _arranged(owners: Iterable[str], repos: Iterable[str], others: Iterable[str]) -> Known:
    owners, repos = tuple(owners), tuple(repos)
    ids = [*zip(_each(str.casefold, repos), repos, strict=True)]
    keys = dict(zip(_each(str.casefold, owners), owners, strict=True))
    lengths: dict[int, list[str]] = {}
    for key in keys:
        lengths.setdefault(len(key), []).append(key)
    return Known(
        owners=keys,
        harmless=PLACEHOLDERS.union(keys, (one.casefold() for one in others)),
        shapes=dict(zip(_each(folded, owners), owners, strict=True)),
        solid=dict(zip(_each(solid, owners), owners, strict=True)),
        stems={short: one for one in owners if len(short := bare(one)[-1]) >= _SHORTEST_STEM},
        lengths=lengths,
        ids=dict(ids),
        repos={key.partition("/")[2]: one for key, one in reversed(ids)},
    )


def _each(change: Callable[[str], str], names: Sequence[str]) -> Sequence[str]:
    """A change of many names in one go, which takes a tenth of the time."""
    changed = change("\n".join(names)).split("\n") if names else []
    return changed if len(changed) == len(names) else [*map(change, names)]
