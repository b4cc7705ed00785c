"""Which references are outside of what the project's policy allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flake8_hfmodels.facts import Facts
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.governing.case import Case, NotKnown, Outside
from flake8_hfmodels.governing.demands import judged
from flake8_hfmodels.governing.policy import Policy
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Absent, Confidence, Known, Reference, Target, Unknown
from flake8_hfmodels.rules.hfm001_unpinned_revision import check as unpinned
from flake8_hfmodels.rules.rule import NOT_ASKED

_OTHERWISE = "or have the policy changed"


def broken(
    references: Iterable[Reference], facts: Mapping[Target, Facts], policy: Policy
) -> Iterator[tuple[Reference, Problem, bool]]:
    """What the policy has against references, and whether an old answer of the Hub says so.

    What the Hub has not said is not held against anybody.
    """
    for ref in references:
        if ref.local is not None or ref.loader.writes:
            continue
        said: dict[tuple[Problem, bool], None] = dict.fromkeys(
            (one, False) for one in _of_no_name(ref, policy)
        )
        for case in _cases(ref, facts, policy):
            for one in judged(case):
                if isinstance(one, Outside):
                    said[_problem(case, one), one.is_old] = None
        yield from ((ref, problem, is_old) for problem, is_old in said)


def not_known(
    references: Iterable[Reference], facts: Mapping[Target, Facts], policy: Policy
) -> Iterator[NotKnown]:
    """What the policy demands of references of which nobody knows whether it is so."""
    for ref in references:
        for case in _cases(ref, facts, policy):
            yield from (one for one in judged(case) if isinstance(one, NotKnown))


def publishers(
    references: Iterable[Reference], facts: Mapping[Target, Facts], policy: Policy
) -> Iterable[str]:
    """The accounts that the policy wants to be verified, of the repos that answered."""
    found: dict[str, None] = {}
    for ref in references:
        for case in _cases(ref, facts, policy):
            if case.repo is not None and any(one.verified_publisher for one in case.demands()):
                found[case.repo.id.partition("/")[0]] = None
    return found


def _cases(ref: Reference, facts: Mapping[Target, Facts], policy: Policy) -> Iterator[Case]:
    """Each repo that a reference names."""
    for written, target in ref.targets():
        yield Case(ref, written, target, facts, policy)


def _problem(case: Case, outside: Outside) -> Problem:
    """What is told of a reference, in the words of the rule that has it against it, if one has."""
    ref, name = case.ref, str(case.written.value)
    remedy = f"{outside.remedy}, {_OTHERWISE}"
    source = _source(outside.key, case.policy, outside.reason)
    if outside.problem is not None:
        return replace(outside.problem, what=f"{outside.what} ({source})", remedy=remedy)
    is_for_all = outside.key == "deny" and ref.is_certain
    return Problem(
        what=f"{ref.says(repr(name))}: {outside.what} ({source})",
        remedy=remedy,
        severity=outside.severity,
        repo_id=name,
        related=written_elsewhere(ref, Known((case.written,))),
        persona=Persona.REGULAR if is_for_all else None,
    )


def _source(key: str, policy: Policy, reason: str) -> str:
    """Where the policy says it, and why."""
    where = f"`{key}` of the policy in {policy.path}"
    return f"{where}: {reason}" if reason else where


def _of_no_name(ref: Reference, policy: Policy) -> Iterator[Problem]:
    """What there is against a load of what only the running program knows, or of a default."""
    is_default = ref.loader.default_model and isinstance(ref.repo_id, Absent)
    if not ref.loader.downloads or not (is_default or isinstance(ref.repo_id, Unknown)):
        return
    if policy.allow is not None:
        what = "the library's own choice" if is_default else "a name that is decided at run time"
        yield Problem(
            what=f"{ref.callee} loads {what}, which may be outside of what is allowed "
            f"({_source('allow', policy, '')})",
            remedy=f"name a repo that is allowed, {_OTHERWISE}",
            severity=Severity.MEDIUM,
            confidence=Confidence.LOW,
            persona=None if is_default else Persona.PEDANTIC,
        )
    if policy.demands.pinned:
        for one in unpinned(ref, lambda _target: NOT_ASKED):
            source = _source("pinned", policy, policy.demands.reason)
            yield replace(one, what=f"{one.what} ({source})")
