"""What there is to say of references to names that imitate others, by what the Hub says of both.

| the Hub | owners that are alike | separators, additions | the same name of a repo |
|---|---|---|---|
| was not asked | low | pedantic, low | pedantic, low |
| has no such repo | medium | pedantic, low | pedantic, low |
| ... but has the original | high | medium | pedantic, low |
| has it, and not the original | low | pedantic, low | pedantic, low |
| has both | medium | pedantic, low | pedantic, low |
| ... and this is young or hardly loaded | high | medium | medium where it is both |

Nothing is said of a repo whose owner is verified, that was there before the original, that leads
to a known owner, or that is no newcomer and is loaded by many. What says that it was made of the
original pretends nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Repo, Unavailable
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.lookalikes.known import Known, built_in, own
from flake8_hfmodels.lookalikes.resemblance import Resemblance, resemblance
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Confidence, Reference, Target, Written
from flake8_hfmodels.reference import Known as KnownValue

FactsOf: TypeAlias = Callable[[Target], Facts]

NEWCOMER = 90
"""Days for which a repo is young."""

TIMES = 100
"""So many times the downloads make the one of two repos that is meant."""

SHARE = 10
"""A repo that has at least one of so many downloads of the original is known by itself."""

POPULAR = 10_000
"""Downloads in a month that say the same where there is no original."""

IMPORTED = "2022-03-03"
"""Of what is older than this the Hub does not say when it was made."""

_NOBODY = Unavailable("the Hub was not asked")
_A_PATH = "a local path"
"""What an id is taken for that the Hub cannot have."""


@dataclass(frozen=True, slots=True)
class _Suspect:
    """An id that imitates another, where it is written; `target` is None where the Hub has none."""

    written: Written
    resembles: Resemblance
    target: Target | None

    @property
    def original(self) -> Target | None:
        """The question about the repo that is imitated."""
        if self.target is None:
            return None
        return Target(self.target.repo_type, self.resembles.original, None)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """How sure it is, whether everybody is told, and what the Hub says in words."""

    confidence: Confidence
    is_for_all: bool
    words: str = ""


def problems(ref: Reference, facts: FactsOf, known: Known | None = None) -> Iterator[Problem]:
    """What there is to say of one reference, each once."""
    found = (_problem(ref, one, facts) for one in _suspects(ref, known))
    yield from dict.fromkeys(one for one in found if one is not None)


def more(
    references: Iterable[Reference], facts: Mapping[Target, Facts], names: Collection[str]
) -> Iterator[tuple[Reference, Problem, bool]]:
    """What imitates a project's own names and nothing else, and whether old answers say so."""
    if not names:
        return

    def heard(target: Target) -> Facts:
        return facts.get(target, _NOBODY)

    known = own(tuple(names))
    for ref in references:
        anyway = set(problems(ref, _unasked, known))
        for one in _suspects(ref, known):
            problem = _problem(ref, one, heard)
            if problem is not None and resemblance(str(one.written.value)) is None:
                is_old = any(map(_is_stale, _answers(one, heard))) and problem not in anyway
                yield ref, problem, is_old


def originals(references: Iterable[Reference], names: Collection[str] = ()) -> Iterator[Target]:
    """The repos that are imitated, each once: the questions without which nobody can be sure."""
    found = (one.original for one in _all_suspects(references, names))
    yield from dict.fromkeys(one for one in found if one is not None)


def publishers(references: Iterable[Reference], names: Collection[str] = ()) -> Iterator[str]:
    """The accounts that imitate others, each once: whether they are verified is to be asked."""
    owners = (
        one.target.repo_id.partition("/")[0]
        for one in _all_suspects(references, names)
        if one.target is not None
    )
    yield from dict.fromkeys(owners)


def since(repo: Repo) -> str:
    """When a repo was made, as far as the Hub knows: nothing is older than its great import."""
    return max(repo.created_at, IMPORTED)


def is_young(repo: Repo) -> bool:
    """Whether a repo was made in the last days."""
    begin = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - NEWCOMER * 86_400))
    return since(repo) > begin


def _all_suspects(references: Iterable[Reference], names: Collection[str]) -> Iterator[_Suspect]:
    for ref in references:
        yield from _suspects(ref, None)
        if names:
            yield from _suspects(ref, own(tuple(names)))


def _suspects(ref: Reference, known: Known | None) -> Iterator[_Suspect]:
    """The ids of a reference that imitate others."""
    if ref.loader.writes:
        return
    for written, target in (*ref.targets(), *_impossible(ref)):
        found = resemblance(str(written.value), known)
        if found is not None:
            yield _Suspect(written, found, target)


def _impossible(ref: Reference) -> Iterator[tuple[Written, None]]:
    """Ids with other letters than the Hub's, which are taken for paths."""
    if ref.local == _A_PATH and isinstance(ref.repo_id, KnownValue):
        strings = ref.repo_id.strings()
        yield from ((one, None) for one in strings if not str(one.value).isascii())


def _unasked(_target: Target) -> Facts:
    return _NOBODY


def _answers(one: _Suspect, facts: FactsOf) -> tuple[Facts, Facts]:
    """What the Hub says of the id, and of what it imitates."""
    if one.target is None or one.original is None:
        return _NOBODY, _NOBODY
    return facts(one.target), facts(one.original)


def _is_stale(facts: Facts) -> bool:
    return not isinstance(facts, Unavailable) and facts.stale


# What the Hub says


def _verdict(found: Resemblance, suspect: Facts, original: Facts) -> _Verdict | None:
    """How sure it is by what the Hub says of both; None where it speaks against it."""
    at_first = _Verdict(Confidence.LOW, found.is_strong)
    is_owner = found.technique != "same name"
    match suspect:
        case Missing(what=Lacking.REPO):
            return _of_nobody(found, original) if is_owner else at_first
        case Found(publisher=publisher, repo=repo) | Moved(publisher=publisher, repo=repo):
            meant = _repo(original)
            is_verified = publisher is not None and publisher.is_verified is True
            if is_verified or _stands_alone(repo, meant) or _leads_to_known(suspect):
                return None
            if meant is None:
                return at_first
            return _of_both(found, repo, meant, at_first)
        case _:
            return at_first


def _of_nobody(found: Resemblance, original: Facts) -> _Verdict:
    words = "the Hub has no such repo"
    if _repo(original) is not None:
        sure = Confidence.HIGH if found.is_strong else Confidence.MEDIUM
        return _Verdict(sure, True, f"{words}, and has {found.original!r}")
    if found.is_strong:
        return _Verdict(Confidence.MEDIUM, True, words)
    return _Verdict(Confidence.LOW, False, words)


def _of_both(found: Resemblance, repo: Repo, meant: Repo, at_first: _Verdict) -> _Verdict | None:
    few = _many(meant) >= TIMES * max(1, _many(repo)) and repo.downloads is not None
    young = is_young(repo)
    words = _compared(repo, meant)
    if found.technique == "same name":
        if any(one.casefold() == found.original.casefold() for one in repo.base_models):
            return None
        return _Verdict(Confidence.MEDIUM, True, words) if few and young else at_first
    if few or young:
        sure = Confidence.HIGH if found.is_strong else Confidence.MEDIUM
        return _Verdict(sure, True, words)
    return _Verdict(Confidence.MEDIUM, True, words) if found.is_strong else at_first


def _stands_alone(repo: Repo, meant: Repo | None) -> bool:
    """Whether a repo is known by itself; numbers of downloads can be made up in a day."""
    if meant is not None and since(repo) < since(meant):
        return True
    known = None if meant is None else meant.downloads
    enough = POPULAR if known is None else max(1, known) / SHARE
    return not is_young(repo) and _many(repo) >= enough


def _leads_to_known(suspect: Facts) -> bool:
    """Whether a name is one that a known owner had before: others tell of that."""
    if not isinstance(suspect, Moved):
        return False
    return suspect.repo.id.partition("/")[0].casefold() in built_in().harmless


def _repo(facts: Facts) -> Repo | None:
    return facts.repo if isinstance(facts, (Found, Moved)) else None


def _many(repo: Repo) -> int:
    return repo.downloads or 0


def _compared(repo: Repo, meant: Repo) -> str:
    """Downloads and dates of both, as far as they are known."""
    each = (_described(one) for one in (repo, meant))
    here, there = each
    return f"it is {here}, {meant.id!r} is {there}"


def _described(repo: Repo) -> str:
    made = since(repo)[:10]
    age = f"of {made}" if made > IMPORTED else "older than the Hub's dates"
    return age if repo.downloads is None else f"{age} with {repo.downloads:,} downloads a month"


# What is told


def _problem(ref: Reference, one: _Suspect, facts: FactsOf) -> Problem | None:
    suspect, original = _answers(one, facts)
    found = one.resembles
    verdict = _verdict(found, suspect, original)
    if verdict is None:
        return None
    said = f"; {verdict.words}" if verdict.words else ""
    return Problem(
        what=f"{ref.says(repr(one.written.value))}: {found.words}{said}",
        remedy=_remedy(found, original),
        severity=Severity.MEDIUM if found.technique == "same name" else Severity.HIGH,
        repo_id=str(one.written.value),
        related=written_elsewhere(ref, KnownValue((one.written,))),
        confidence=_lower(verdict.confidence, ref.confidence),
        persona=_persona(ref, verdict),
    )


def _remedy(found: Resemblance, original: Facts) -> str:
    if isinstance(original, Missing):
        return f"look who that is; {found.owner!r} has no such repo"
    return f"write {found.original!r} if that is meant, otherwise look who this is"


def _lower(one: Confidence, other: Confidence) -> Confidence:
    ranks = list(Confidence)
    return min(one, other, key=ranks.index)


def _persona(ref: Reference, verdict: _Verdict) -> Persona | None:
    """Everybody, where there is no doubt that a repo is meant."""
    if verdict.is_for_all:
        return Persona.REGULAR if ref.is_certain else None
    return ref.persona if ref.persona is Persona.AUDITOR else Persona.PEDANTIC
