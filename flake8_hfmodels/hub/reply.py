"""An answer over the wire, and what it says of the next question."""

from __future__ import annotations

from flake8_hfmodels.hub.answers import LIMITED, Answer
from flake8_hfmodels.hub.failure import AT_ONCE, ERRORS, Failure
from flake8_hfmodels.record import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and what it says of how many more there are to be had.

    `left`: how many before the limit is reached, `None` where it does not say; `seconds`: until
    there are new ones.
    """

    answer: Answer
    left: int | None = None
    seconds: float | None = None


def refusal(reply: Reply) -> Failure | None:
    """What an answer says against asking on."""
    status = reply.answer.status
    if status == 429:
        return Failure(limited(reply.seconds, reply.answer.with_token), AT_ONCE)
    if status >= 500:
        return Failure(f"the Hub answered with status {status}", ERRORS, may_pass=True)
    return None


def limited(seconds: float | None, with_token: bool) -> str:
    """What is said where the Hub wants no more questions, for so many seconds if it says so."""
    words = LIMITED if seconds is None else f"{LIMITED} for another {seconds:.0f} s"
    return words if with_token else f"{words}, a token (HF_TOKEN) has more of them"
