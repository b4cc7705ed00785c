"""What is asked beyond repos, where a rule wants it: who publishes them, what their code does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from flake8_hfmodels.facts import Code, Facts, Found, Moved, Publisher, Repo, Unavailable
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Reference, Target
from flake8_hfmodels.repo_id import owner_of

if TYPE_CHECKING:
    from flake8_hfmodels.governing.policy import Policy

Publishers: TypeAlias = Callable[[Collection[str]], Mapping[str, Publisher]]
"""Says who stands behind names of accounts; a name without an answer is left out."""

Codes: TypeAlias = "Callable[[Mapping[Target, Repo]], Mapping[Target, Code | Unavailable]]"
"""Says what is dangerous in the Python of repos; the commit is the repo's `sha`."""

BY_LOOKS = "HFM009"
"""The rule that wants to know of the repos whose names are imitated, and whose they are."""

BY_CODE = "HFM012"
"""The rule that wants to know what the Python of repos does."""

BY_PUBLISHER = "HFM014"
"""The rule that wants to know who publishes whatever is loaded."""


@dataclass(frozen=True, slots=True)
class Wish:
    """For whom something is asked: references, the codes of the rules, what a project says.

    `is_private`: whether a name is to be kept at home.
    """

    references: Sequence[Reference]
    codes: frozenset[str]
    is_private: Callable[[str], bool]
    own_names: tuple[str, ...] = ()
    policy: Policy | None = None


def with_publishers(
    wish: Wish, facts: Mapping[Target, Facts], ask: Publishers
) -> Mapping[Target, Facts]:
    """Facts with their publishers, where some rule wants to know them."""
    there = {owner_of(one.repo.id).casefold() for one in facts.values() if _is_there(one)}
    wanted = {
        name
        for name in _wanted(wish, facts)
        if name and name.casefold() in there and not wish.is_private(name)
    }
    known = {name.casefold(): one for name, one in ask(wanted).items()} if wanted else {}
    return {target: _published(one, known) for target, one in facts.items()} if known else facts


def with_code(wish: Wish, facts: Mapping[Target, Facts], ask: Codes) -> Mapping[Target, Facts]:
    """Facts with what the Python does that would run, where some rule wants to know it."""
    if BY_CODE not in wish.codes:
        return facts
    from flake8_hfmodels.hazards.wanting import wanted

    repos = wanted(wish.references, facts)
    codes = ask(repos) if repos else {}
    return {target: _coded(one, codes.get(target)) for target, one in facts.items()}


def _wanted(wish: Wish, facts: Mapping[Target, Facts]) -> Iterator[str]:
    """The accounts that rules want to know of."""
    if BY_PUBLISHER in wish.codes:
        yield from (owner_of(one.repo.id) for one in facts.values() if _is_there(one))
    if BY_LOOKS in wish.codes:
        from flake8_hfmodels.lookalikes.judging import publishers as of_looks

        yield from of_looks(wish.references, wish.own_names)
    if wish.policy is not None:
        from flake8_hfmodels.governing.judging import publishers as of_policy

        yield from of_policy(wish.references, facts, wish.policy)


def _is_there(facts: Facts) -> TypeGuard[Found | Moved]:
    return isinstance(facts, (Found, Moved))


def _published(facts: Facts, known: Mapping[str, Publisher]) -> Facts:
    if not _is_there(facts):
        return facts
    return replace(facts, publisher=known.get(owner_of(facts.repo.id).casefold()))


def _coded(facts: Facts, code: Code | Unavailable | None) -> Facts:
    return replace(facts, code=code) if _is_there(facts) and code is not None else facts
