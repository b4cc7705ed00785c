"""What a rule is: a document, a check, and its examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from flake8_hfmodels.facts import Facts, Unavailable
from flake8_hfmodels.finding import Problem
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Reference, Target

FactsOf: TypeAlias = Callable[[Target], Facts]
"""What the Hub says of one target; `Unavailable` where it was not asked or did not answer."""

Check: TypeAlias = Callable[[Reference, FactsOf], Iterator[Problem]]


def no_check(_ref: Reference, _facts: FactsOf) -> Iterator[Problem]:
    """Have nothing against any reference: the check of a rule that is about something else."""
    return iter(())


NOT_ASKED = Unavailable("the Hub was not asked")


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of Python, and what the Hub says of the repos in it.

    `facts` holds for each repo that the source names, but for those whose id is in `others`.
    """

    source: str
    facts: Facts = NOT_ASKED
    others: tuple[tuple[str, Facts], ...] = ()

    def facts_of(self, target: Target) -> Facts:
        """What the Hub of this example says of one target."""
        return dict(self.others).get(target.repo_id, self.facts)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    `needs_hub`: it says nothing without facts; `hears_hub`: it says more with them.
    `by_policy`: what a project says of owners decides whether anybody is told.
    `check` never walks a tree, never asks the Hub, never raises, keeps nothing between calls.
    """

    code: str
    name: str
    check: Check
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    needs_hub: bool = False
    hears_hub: bool = False
    by_policy: bool = False
