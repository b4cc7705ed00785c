"""One repo that a reference names, all that there is to judge it by, and what comes of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flake8_hfmodels.companions import base_targets, code_targets, repo_of
from flake8_hfmodels.facts import Facts, Found, Moved, Publisher, Repo
from flake8_hfmodels.finding import Problem, Severity
from flake8_hfmodels.governing.policy import Demands, Policy
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Reference, Target, Written
from flake8_hfmodels.rules.rule import NOT_ASKED


@dataclass(frozen=True, slots=True)
class Outside:
    """One demand of the policy, by its key, that is not met.

    `is_old`: an old answer of the Hub says so. `problem` is what another rule has against it, in
    whose words it is told.
    """

    key: str
    what: str
    remedy: str = "load another repo"
    severity: Severity = Severity.MEDIUM
    reason: str = ""
    is_old: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class NotKnown:
    """One demand of the policy, by its key, of which nobody knows whether it is met."""

    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Case:
    """One repo that a reference names, at one revision."""

    ref: Reference
    written: Written
    target: Target
    facts: Mapping[Target, Facts]
    policy: Policy

    @property
    def answer(self) -> Facts:
        """What the Hub says of it."""
        return self.facts_of(self.target)

    @property
    def repo(self) -> Repo | None:
        """The repo that answers to the name."""
        return repo_of(self.answer)

    @property
    def publisher(self) -> Publisher | None:
        """Who publishes it, if that was asked."""
        return self.answer.publisher if isinstance(self.answer, (Found, Moved)) else None

    @property
    def is_old(self) -> bool:
        """Whether what the Hub says is an old answer."""
        return isinstance(self.answer, (Found, Moved)) and self.answer.stale

    def facts_of(self, target: Target) -> Facts:
        """What the Hub says of any target."""
        return self.facts.get(target, NOT_ASKED)

    def names(self) -> tuple[str, ...]:
        """The name in the code, and that of the repo where it leads, if that is another."""
        return _names(self.target, self.repo)

    def code(self) -> tuple[Target, ...]:
        """The other repos whose code runs with it."""
        return () if self.repo is None else code_targets(self.ref, self.target, self.repo)

    def beside(self) -> Iterator[tuple[Target, str]]:
        """What else is loaded with it, by each of its names."""
        if self.repo is not None:
            for target in (*self.code(), *base_targets(self.ref, self.repo)):
                for name in _names(target, repo_of(self.facts_of(target))):
                    yield target, name

    def demands(self) -> tuple[Demands, ...]:
        """What is demanded: of the name in the code, and of that where it leads.

        Else who is trusted with less would be so under somebody else's old name.
        """
        each = (self.policy.demands_of(self.target.repo_type, name) for name in self.names())
        return tuple(dict.fromkeys(each))


def _names(target: Target, repo: Repo | None) -> tuple[str, ...]:
    if repo is None or repo.id.casefold() == target.repo_id.casefold():
        return (target.repo_id,)
    return target.repo_id, repo.id
