"""What it is called when no answer comes, and how soon the Hub counts as down for it."""

from __future__ import annotations

from flake8_hfmodels.record import dataclass

AT_ONCE, TIMEOUTS, ERRORS = 1, 2, 5
"""How many failures in a row it takes to believe that the Hub is down."""


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer, and after how many of its kind in a row the Hub counts as down.

    `may_pass`: it is worth another try. `is_ours`: something here is wrong, which says nothing of
    the Hub to other processes.
    """

    why: str
    patience: int
    may_pass: bool = False
    is_ours: bool = False


LATE = Failure("the Hub did not answer in time", TIMEOUTS)
UNREACHABLE = Failure("the Hub cannot be reached", AT_ONCE)
