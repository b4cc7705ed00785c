"""Whether a repo may be used that nobody uses yet: by what a check says, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from flake8_hfmodels.companions import repo_of
from flake8_hfmodels.facts import Facts, Found, History, Lacking, Missing, Moved, Repo, Unavailable
from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.governing.case import Case
from flake8_hfmodels.governing.judging import not_known
from flake8_hfmodels.governing.policy import Demands, Policy
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Reference, Target
from flake8_hfmodels.repo_id import is_commit_hash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from flake8_hfmodels.lock.lock import Lock

Word = Literal["allow", "deny", "unknown"]

POLICY = "HFM013"
"""The rule that denies whatever it speaks of, however bad somebody says that it is."""

OWNED = "HFM007"
"""The rule that says whose commit it is that is pinned."""

_IDENTITY = "HFM008"
_MISSING = "HFM006"
_OF_WHAT_IS_NOT = ("HFM004", _MISSING, OWNED)


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that speaks against it; `denies`: so much that it may not be used."""

    rule: str
    severity: Severity
    what: str
    remedy: str
    denies: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one repo may be used, and why not.

    `commit` is what it stands for now, if that is known; `lacks` is what nobody knows.
    """

    target: Target
    commit: str | None
    reasons: tuple[Reason, ...] = ()
    lacks: tuple[str, ...] = ()

    @property
    def word(self) -> Word:
        """What nobody knows is not allowed either."""
        if any(one.denies for one in self.reasons):
            return "deny"
        return "unknown" if self.lacks else "allow"


@dataclass(frozen=True, slots=True)
class Judge:
    """What repos are judged by: what a check came to, the policy, the lock, the codes of the rules.

    `is_private`: whether a name is kept at home.
    """

    facts: Mapping[Target, Facts]
    policy: Policy | None
    lock: Lock | None
    codes: frozenset[str]
    is_private: Callable[[str], bool]

    def verdict(self, refs: Sequence[Reference], findings: Sequence[Finding]) -> Verdict:
        """The verdict on what references load, all of them the same, by what a check finds."""
        ((written, target),) = refs[0].targets()
        answer = self.facts.get(target)
        repo = None if answer is None else repo_of(answer)
        missing, other = self._missing(answer, findings), self._other(target, repo)
        reasons = (*_reasons(findings), *missing, *other)
        policy = self.policy or Policy("")
        cases = [Case(ref, written, target, self.facts, policy) for ref in refs]
        every = [one for case in cases for one in self._lacks(case)]
        lacks = self._unasked(target) if answer is None else every
        return Verdict(target, repo.sha if repo else None, reasons, tuple(dict.fromkeys(lacks)))

    def _missing(self, answer: Facts | None, findings: Sequence[Finding]) -> Iterator[Reason]:
        """What is not there cannot be used, whichever rules there are."""
        if isinstance(answer, Missing) and not any(one.code in _OF_WHAT_IS_NOT for one in findings):
            what = "repo" if answer.what is Lacking.REPO else "revision"
            words = f"there is no such {what}, or none that we may see"
            yield Reason(_MISSING, Severity.MEDIUM, words, "look at its name on the Hub")
        repo = None if answer is None else repo_of(answer)
        if repo is not None and repo.disabled:
            words = "the Hub has disabled the repo: nobody can download it"
            yield Reason(_MISSING, Severity.MEDIUM, words, "look at its page on the Hub")

    def _other(self, target: Target, repo: Repo | None) -> Iterator[Reason]:
        """Another repo under a name that is locked."""
        if self.lock is None or repo is None:
            return
        name = (target.repo_type, target.repo_id.casefold())
        for entry in self.lock.entries:
            is_it = (entry.repo_type, entry.repo_id.casefold()) == name
            if is_it and entry.object_id != repo.object_id:
                words = f"another repo was locked under this name ({self.lock.path})"
                yield Reason(_IDENTITY, Severity.HIGH, words, "look who has it now, and since when")
                return

    def _unasked(self, target: Target) -> Iterator[str]:
        if not self._is_settled(target):
            why = "never-ask" if self.is_private(target.repo_id) else "a placeholder's name"
            yield f"the Hub is not asked about it: {why}"

    def _lacks(self, case: Case) -> Iterator[str]:
        yield from _lacking(case.answer)
        for target in dict.fromkeys(one for one, _name in case.beside()):
            what = f"of {target.repo_id!r}, which comes with it: "
            yield from (f"{what}{words}" for words in _lacking(case.facts_of(target)))
        if self._is_strange(case.target, case.answer):
            yield "the Hub does not say whether the commit is in a branch or tag of the repo"
        said = not_known([case.ref], self.facts, case.policy)
        yield from (f"{one.why} (`{one.key}` of the policy)" for one in said)

    def _is_settled(self, target: Target) -> bool:
        """Whether the policy names what is kept at home, and wants nothing else to be known."""
        policy = self.policy
        if policy is None or policy.allow is None or not self.is_private(target.repo_id):
            return False
        demands = policy.demands_of(target.repo_type, target.repo_id)
        return policy.allows(target.repo_type, target.repo_id) and not _asks(demands)

    def _is_strange(self, target: Target, answer: Facts) -> bool:
        """Whether a commit that is pinned may be a stranger's, as the Hub does not say."""
        is_pinned = target.revision is not None and is_commit_hash(target.revision)
        is_asked = is_pinned and OWNED in self.codes and target.repo_type != "kernel"
        repo = repo_of(answer)
        return is_asked and repo is not None and repo.history is History.UNKNOWN


def _reasons(findings: Sequence[Finding]) -> Iterator[Reason]:
    """What is found, once for all programs that it holds for."""
    said = set()
    for one in findings:
        assert one.reference is not None
        words = (one.code, one.what.replace(one.reference.callee, ""))
        if words not in said:
            said.add(words)
            denies = one.code in (POLICY, *_OF_WHAT_IS_NOT) or one.severity is Severity.HIGH
            yield Reason(one.code, one.severity, one.what, one.remedy, denies)


def _lacking(facts: Facts) -> Iterator[str]:
    """What an answer of the Hub does not say, or not any more."""
    if isinstance(facts, Unavailable):
        yield facts.why
        return
    if facts.stale:
        yield "the Hub does not answer now, and what the cache has is old"
    if isinstance(facts, (Found, Moved)):
        if isinstance(facts.code, Unavailable):
            yield f"its code was not read: {facts.code.why}"
        elif facts.code is not None and facts.code.unread:
            path, why = facts.code.unread[0]
            yield f"its code was not read: {path}: {why}"


def _asks(demands: Demands) -> bool:
    """Whether something is demanded that only the Hub can say."""
    static = {"pinned", "remote_code", "remote_code_from", "reason"}
    return any(name not in static for name, _value in demands.made())
