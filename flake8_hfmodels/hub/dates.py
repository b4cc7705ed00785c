"""Which commit of a branch or tag has stood for a while: asked page by page, newest first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from flake8_hfmodels.facts import Unavailable
from flake8_hfmodels.hub.paths import commits_path
from flake8_hfmodels.record import dataclass

if TYPE_CHECKING:
    from flake8_hfmodels.hub.inquiry import Inquiry
    from flake8_hfmodels.hub.lookup import Hub
    from flake8_hfmodels.reference import Target

PAGES = 4
"""How many pages of a history are looked at for a commit that is old enough."""

Pinned: TypeAlias = "tuple[Target, str]"
"""A commit that is pinned now (as a target), and the head of what it follows."""


@dataclass(frozen=True, slots=True)
class Aged:
    """A commit that is old enough, or why there is none."""

    commit: str = ""
    why: str = ""


def commits_before(
    hub: Hub, pins: Collection[Pinned], moment: datetime, end: float
) -> Mapping[Pinned, Aged]:
    """For each head the newest commit in its history before a moment, or the pinned one itself.

    What is pinned is not left for something older. `end` is a moment of the monotonic clock.
    """

    def find(inquiry: Inquiry, pin: Pinned) -> Aged:
        target, head = pin
        for number in range(PAGES):
            page = inquiry.page(commits_path(target.repo_type, target.repo_id, head, number))
            if isinstance(page, Unavailable):
                return Aged(why=page.why)
            for commit, date in zip(page.ids, page.dates, strict=True):
                if commit == target.revision or (date is not None and date <= moment):
                    return Aged(commit)
            if not page.ids:
                break
        return Aged(why="its last commits are all too new")

    def first(pin: Pinned) -> list[str]:
        target, head = pin
        return [commits_path(target.repo_type, target.repo_id, head, 0)]

    found, _asked = hub.settled(tuple(pins), find, end, None, first)
    late = Aged(why=hub.why_not() or "the Hub did not answer in time")
    return {pin: one if isinstance(one := found.get(pin), Aged) else late for pin in pins}
