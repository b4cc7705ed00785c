"""The linter as one function: sources, the Hub's facts and the rules to findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flake8_hfmodels.facts import Facts
from flake8_hfmodels.finding import Finding, Problem
from flake8_hfmodels.loaders.elsewhere import PLACEHOLDERS
from flake8_hfmodels.reference import Persona, Reference, Target
from flake8_hfmodels.repo_id import is_repo_id
from flake8_hfmodels.rules.rule import NOT_ASKED, Rule
from flake8_hfmodels.sources import python
from flake8_hfmodels.sources.source import PythonSource
from flake8_hfmodels.suppress import part, silencers

LONGEST = 2000
"""Characters of the longest message: names in it may be somebody else's."""

Lookup: TypeAlias = Callable[[Collection[Target]], Mapping[Target, Facts]]
"""Asks the Hub about many targets at once; a target without an answer may be left out."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check.

    `targets` are the questions there are for the Hub, which are asked only where there is a rule
    to hear the answers; `lines` are those of each file with findings.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    references: tuple[Reference, ...]
    targets: tuple[Target, ...]
    lines: Mapping[str, Sequence[str]]


def check(
    sources: Iterable[PythonSource],
    lookup: Lookup,
    rules: Sequence[Rule],
    persona: Persona = Persona.REGULAR,
    noqa: bool = True,
) -> Checked:
    """Check sources with rules; a source without a reference is let go of at once.

    `noqa` says whether `# noqa` counts. It does in flake8 too, which reads the first line of a
    finding only: both doors are to say the same.
    """
    referring = [
        (source.path, source.lines, found)
        for source in sources
        if (found := references_in(source, persona is not Persona.REGULAR))
    ]
    references = tuple(reference for _path, _lines, found in referring for reference in found)
    targets = tuple(dict.fromkeys(questions(references)))
    facts = lookup(targets) if targets and rules else {}
    told: list[Finding] = []
    silenced: list[Finding] = []
    shown: dict[str, Sequence[str]] = {}
    for path, lines, found in referring:
        findings = judge(found, facts, rules, persona)
        if findings:
            shown[path] = lines
            here, quiet = part(findings, silencers(lines, noqa))
            told.extend(here)
            silenced.extend(quiet)
    return Checked(tuple(told), tuple(silenced), references, targets, shown)


def references_in(source: PythonSource, everything: bool) -> list[Reference]:
    """The references in a source, in its order; also the doubtful ones with `everything`."""
    return python.references(
        source.tree, source.lines, source.path, source.is_folder, source.find_module, everything
    )


def questions(references: Iterable[Reference]) -> Iterable[Target]:
    """What the Hub may be asked: only real ids whose context is certain leave the house."""
    for reference in references:
        heard = reference.persona is Persona.REGULAR or reference.kind == "mention"
        if heard and reference.is_certain:
            asked = (target for _written, target in reference.targets())
            yield from (target for target in asked if _is_somebodys(target.repo_id))


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
        for problem in rule.check(reference, lambda target: facts.get(target, NOT_ASKED))
        if persona.hears((finding := _finding(rule, reference, problem)).persona)
    ]
    return sorted(found, key=lambda finding: finding.order)


def _is_somebodys(repo_id: str) -> bool:
    return is_repo_id(repo_id) and repo_id.partition("/")[0].lower() not in PLACEHOLDERS


def _finding(rule: Rule, reference: Reference, problem: Problem) -> Finding:
    return Finding(
        code=rule.code,
        name=rule.name,
        message="".join(
            one if one.isprintable() else "\ufffd" for one in problem.message[:LONGEST]
        ),
        severity=problem.severity,
        confidence=problem.confidence or reference.confidence,
        persona=problem.persona or reference.persona,
        reference=reference,
        repo_id=problem.repo_id,
        suggested_revision=problem.suggested_revision,
        related=problem.related,
    )
