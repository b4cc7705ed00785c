"""The linter as one function: sources, the Hub's facts and the rules to findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TypeAlias

from flake8_hfmodels.companions import companions
from flake8_hfmodels.facts import Facts, Unavailable
from flake8_hfmodels.finding import Finding, Problem
from flake8_hfmodels.loaders.elsewhere import PLACEHOLDERS
from flake8_hfmodels.path_pattern import matches
from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Persona, Reference, Span, Target
from flake8_hfmodels.repo_id import is_repo_id
from flake8_hfmodels.rules.rule import NOT_ASKED, Rule
from flake8_hfmodels.sources import reading
from flake8_hfmodels.sources.source import PythonSource, TextSource
from flake8_hfmodels.suppress import Silencers, part, silencers_in

LONGEST = 2000
"""Characters of the longest message: names in it may be somebody else's."""

Source: TypeAlias = PythonSource | TextSource

Lookup: TypeAlias = Callable[[Collection[Target]], Mapping[Target, Facts]]
"""Asks the Hub about many targets at once; a target without an answer may be left out."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check.

    `targets` are the questions there are for the Hub, which are asked only where there is a rule
    to hear the answers; `lines` are those of each file with findings. `excerpts` are, for places
    in notebooks, the line of the cell that stands there and the place in that line.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    references: tuple[Reference, ...]
    targets: tuple[Target, ...]
    lines: Mapping[str, Sequence[str]]
    excerpts: Mapping[tuple[str, Span], tuple[str, Span]] = field(default_factory=dict)


def check(
    sources: Iterable[Source],
    lookup: Lookup,
    rules: Sequence[Rule],
    persona: Persona = Persona.REGULAR,
    noqa: bool = True,
    never_ask: Sequence[str] = (),
    per_file_ignores: Sequence[tuple[str, tuple[str, ...]]] = (),
) -> Checked:
    """Check sources with rules; a source without a reference is let go of at once.

    `noqa` says whether `# noqa` counts. It does in flake8 too, which reads the first line of a
    finding only: both doors are to say the same. `never_ask` are patterns, in lower case, of ids
    or their namespaces that the lookup is not given. `per_file_ignores` are patterns of paths,
    each with the beginnings of the codes that are silenced there.
    """
    everything = persona is not Persona.REGULAR
    referring = [
        _Referring(source, found, _silencers(source, noqa, per_file_ignores))
        for source in sources
        if (found := references_in(source, everything))
    ]
    references = tuple(reference for one in referring for reference in one.references)
    heard = [one for source in referring for one in source.heard(rules)]
    targets, facts = _asked(heard, lookup if rules else _nobody, never_ask)
    told: list[Finding] = []
    silenced: list[Finding] = []
    shown: dict[str, Sequence[str]] = {}
    excerpts: dict[tuple[str, Span], tuple[str, Span]] = {}
    for one in referring:
        findings = judge(one.references, facts, rules, persona)
        if findings:
            shown[one.source.path] = one.source.lines
            here, quiet = part(findings, one.silencers)
            told.extend(here)
            silenced.extend(quiet)
            excerpts.update(_excerpts(one.source, here))
    return Checked(tuple(told), tuple(silenced), references, targets, shown, excerpts)


def _excerpts(
    source: Source, findings: Iterable[Finding]
) -> Iterator[tuple[tuple[str, Span], tuple[str, Span]]]:
    """What to show of a notebook, whose lines in the file are not those that people wrote."""
    if isinstance(source, PythonSource) or source.kind != "notebook":
        return
    from flake8_hfmodels.sources.notebook import excerpt

    for finding in findings:
        related = (one.span for one in finding.related if one.path == source.path)
        for span in (finding.span, *related):
            yield (source.path, span), excerpt(source, span)


@dataclass(frozen=True, slots=True)
class _Referring:
    """A source that has references."""

    source: Source
    references: Sequence[Reference]
    silencers: Silencers

    def heard(self, rules: Sequence[Rule]) -> Iterator[Reference]:
        """The references that some rule may speak of without being silenced at once."""
        for reference in self.references:
            span = reference.span
            if not (rules and all(self.silencers.speaks_of(rule.code, span) for rule in rules)):
                yield reference


def _nobody(_targets: Collection[Target]) -> Mapping[Target, Facts]:
    """Where there is no rule to hear the answers."""
    return {}


def _asked(
    references: Sequence[Reference], lookup: Lookup, never: Sequence[str]
) -> tuple[tuple[Target, ...], Mapping[Target, Facts]]:
    """What was asked, and the facts: of what the references name, then of what comes with it."""
    named = tuple(dict.fromkeys(_permitted(questions(references), never)))
    facts = dict(lookup(named)) if named else {}
    answers = _Answers(facts)
    with_them = (one for reference in references for one in companions(reference, answers))
    further = tuple(one for one in dict.fromkeys(_permitted(with_them, never)) if one not in named)
    facts.update(lookup(further) if further else {})
    return (*named, *further), facts


def _permitted(targets: Iterable[Target], never: Sequence[str]) -> Iterator[Target]:
    """Targets that may leave the house: somebody's, and not of those to be kept at home."""
    for target in targets:
        repo_id = target.repo_id.casefold()
        names = (repo_id, repo_id.partition("/")[0])
        private = any(fnmatchcase(name, pattern) for pattern in never for name in names)
        if not private and _is_somebodys(target.repo_id):
            yield target


def references_in(source: Source, everything: bool) -> list[Reference]:
    """The references in a source, in its order; also the doubtful ones with `everything`."""
    return reading.references(source, everything)


def _silencers(
    source: Source, noqa: bool, per_file: Sequence[tuple[str, tuple[str, ...]]]
) -> Silencers:
    """What silences findings in a source: its comments, and what is set for its path."""
    found = silencers_in(source, noqa)
    set_here = (
        code for pattern, codes in per_file if matches(source.path, [pattern]) for code in codes
    )
    return replace(found, whole_file=(*found.whole_file, *set_here))


def questions(references: Iterable[Reference]) -> Iterable[Target]:
    """What there is to ask the Hub about: only ids whose context is certain."""
    for reference in references:
        heard = reference.persona is Persona.REGULAR or reference.kind == "mention"
        if heard and reference.is_certain:
            yield from (target for _written, target in reference.targets())


def judge(
    references: Iterable[Reference],
    facts: Mapping[Target, Facts],
    rules: Sequence[Rule],
    persona: Persona,
) -> list[Finding]:
    """Everything the rules have against the references, in the order of the source."""
    found = [
        finding
        for reference in references
        for rule in rules
        for problem, is_by_old_answers in _problems(rule, reference, facts)
        if persona.hears((finding := _finding(rule, reference, problem, is_by_old_answers)).persona)
    ]
    return sorted(found, key=lambda finding: finding.order)


def _problems(
    rule: Rule, reference: Reference, facts: Mapping[Target, Facts]
) -> list[tuple[Problem, bool]]:
    """What a rule has against a reference, and whether it would not say so without old answers."""
    answers = _Answers(facts)
    problems = list(rule.check(reference, answers))
    said_anyway = set(rule.check(reference, _Answers({}))) if answers.are_old else set(problems)
    return [(problem, problem not in said_anyway) for problem in problems]


class _Answers:
    """Facts by target, and whether any that were looked at came out of an old answer."""

    def __init__(self, facts: Mapping[Target, Facts]) -> None:
        self._facts = facts
        self.are_old = False

    def __call__(self, target: Target) -> Facts:
        facts = self._facts.get(target, NOT_ASKED)
        self.are_old = self.are_old or (not isinstance(facts, Unavailable) and facts.stale)
        return facts


def _is_somebodys(repo_id: str) -> bool:
    return is_repo_id(repo_id) and repo_id.partition("/")[0].lower() not in PLACEHOLDERS


def _finding(rule: Rule, reference: Reference, problem: Problem, by_old_answers: bool) -> Finding:
    message = "".join(one if one.isprintable() else "\ufffd" for one in problem.message[:LONGEST])
    return Finding(
        code=rule.code,
        name=rule.name,
        message=f"{message} (by an earlier answer of the Hub)" if by_old_answers else message,
        severity=problem.severity,
        confidence=problem.confidence or reference.confidence,
        persona=problem.persona or reference.persona,
        reference=reference,
        repo_id=problem.repo_id,
        suggested_revision=problem.suggested_revision,
        related=problem.related,
        at=problem.at,
    )
