"""The lock as a value: its entries, by what they answer."""

from __future__ import annotations

from collections.abc import Mapping

from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Target


@dataclass(frozen=True, slots=True)
class Lock:
    """What a file says. `further` are keys of newer versions of us, each with its value as JSON."""

    path: str
    entries: tuple[Entry, ...] = ()
    further: tuple[tuple[str, str], ...] = ()
    by_target: Mapping[Target, Entry] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_target", {one.target: one for one in self.entries})
