"""What the key of a value speaks of, by its name and by the one above it."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from flake8_hfmodels.loaders.config.keys import (
    DATA_KEY,
    DATA_WORD,
    DATASET_KEY,
    HINTED_KEY,
    HUB_KEY,
    MODEL_KEY,
    OTHER_KEY,
    PART_KEY,
    SPACE_WORD,
)
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.sources.config.document import Spot


class Strength(IntEnum):
    """What a key says: HUB: whatever has the form of an id is one; MODEL: what looks like one.

    HINT: what stands beside it has to say it.
    """

    HINT = 0
    MODEL = 1
    HUB = 2


@dataclass(frozen=True, slots=True)
class Sense:
    """What the key of a value speaks of."""

    strength: Strength
    repo_type: RepoType


@lru_cache(maxsize=4096)
def key_sense(name: str) -> Sense | None:
    """What a key speaks of by itself; `None`: of something else."""
    if not name or OTHER_KEY.fullmatch(name):
        return None
    repo_type: RepoType = "dataset" if DATA_WORD.search(name) else "model"
    if SPACE_WORD.search(name):
        repo_type = "space"
    if HUB_KEY.fullmatch(name):
        return Sense(Strength.HUB, repo_type)
    if DATASET_KEY.fullmatch(name):
        return Sense(Strength.MODEL, "dataset")
    if MODEL_KEY.fullmatch(name):
        return Sense(Strength.MODEL, repo_type)
    return None


def sense_of(spot: Spot) -> Sense | None:
    """What a key speaks of by itself, or by the one above it."""
    name = spot.name
    above = key_sense(spot.parent) if spot.holder is not None else None
    if name in PART_KEY and above is not None:
        return Sense(Strength.MODEL, above.repo_type)
    if name in PART_KEY:
        is_data = DATA_KEY.fullmatch(spot.parent) is not None
        return (
            Sense(Strength.HINT, "dataset" if is_data else "model") if name in HINTED_KEY else None
        )
    own = key_sense(name)
    if own is not None and above is not None and above.repo_type == "dataset":
        return Sense(own.strength, "dataset") if name.startswith("repo") else own
    return own
