"""What is to be mended, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from flake8_hfmodels.finding import Fix
from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.referring import Referring

Task = Literal["pin", "pin the code", "trust no code"]
"""To pin the repo (HFM001), to pin the code beside it (HFM011), to take away a
`trust_remote_code` that the repo has no need of (HFM003)."""


DEFAULT_REF = "main"
"""What is followed where no revision is given: the Hub's name for the default branch."""


@dataclass(frozen=True, slots=True)
class Job:
    """One finding to be mended.

    `number` is the place of the finding among those of its file. `param` takes the commits, or is
    the flag to be taken away; `None` where a name may bear the commit (`name@commit`). `commits`
    pairs each id that the source writes with the full hash that it stands for now.
    """

    number: int
    task: Task
    ref: Reference
    param: Param | None
    commits: tuple[tuple[str, str], ...]


Result: TypeAlias = Fix | str
"""A fix, or in words why there is none."""

Mender: TypeAlias = Callable[[Sequence[Job], Referring], Mapping[int, Result]]
"""Mends the findings of one file, by their numbers."""
