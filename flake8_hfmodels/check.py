"""The linter as one function: sources, the Hub's facts and the rules to findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, TypeAlias

from flake8_hfmodels.companions import companions
from flake8_hfmodels.enriching import BY_LOOKS, Wish, with_code, with_publishers
from flake8_hfmodels.facts import Facts, Unavailable
from flake8_hfmodels.finding import Finding, Problem, Severity, Suppressed
from flake8_hfmodels.loaders.elsewhere import PLACEHOLDERS
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Reference, Span, Target
from flake8_hfmodels.referring import Referring, refer
from flake8_hfmodels.repo_id import is_repo_id
from flake8_hfmodels.rules.rule import NOT_ASKED, Rule
from flake8_hfmodels.sources.source import Source
from flake8_hfmodels.suppress import UNUSED, part

if TYPE_CHECKING:
    from flake8_hfmodels.ages import Blame
    from flake8_hfmodels.enriching import Codes, Publishers
    from flake8_hfmodels.governing.policy import Policy

LONGEST = 2000
"""Characters of the longest words about a finding: names in them may be somebody else's."""

Lookup: TypeAlias = Callable[[Collection[Target]], Mapping[Target, Facts]]
"""Asks the Hub about many targets at once; a target without an answer may be left out."""

Policies: TypeAlias = Sequence[tuple[str, str]]
"""Patterns of ids or owners, each with `hash`, `ref` or `any`: the pin that they need."""

BY_AGE = "HFM008"
"""The rule that wants to know since when a line stands in its file."""

BY_POLICY = "HFM013"
"""The rule that says what the project's policy says."""

Severities: TypeAlias = Sequence[tuple[str, str]]
"""Beginnings of codes, each with low, medium or high."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check.

    `targets` are the questions there are for the Hub, which are asked only where there is a rule
    to hear the answers; `lines` are those of each file with findings. `excerpts` are, for places
    in notebooks, the line of the cell that stands there and the place in that line. `facts` are
    what it was judged by.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    references: tuple[Reference, ...]
    targets: tuple[Target, ...]
    lines: Mapping[str, Sequence[str]]
    excerpts: Mapping[tuple[str, Span], tuple[str, Span]] = field(default_factory=dict)
    facts: Mapping[Target, Facts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beside:
    """What else there is to judge by, beside references and what the Hub says.

    `blame` says since when lines stand in a file (`None`: nobody knows); a repo may be `grace`
    days younger. `policy` is what the project allows, `own_names` are owners and ids that it wants
    no look-alikes of. `publishers` says who stands behind names of accounts, `codes` what is
    dangerous in the Python of repos; `None`: nobody is asked.
    """

    blame: Blame | None = None
    grace: int = 30
    policy: Policy | None = None
    own_names: tuple[str, ...] = ()
    publishers: Publishers | None = None
    codes: Codes | None = None


ALONE = Beside()


def check(
    sources: Iterable[Source],
    lookup: Lookup,
    rules: Sequence[Rule],
    persona: Persona = Persona.REGULAR,
    noqa: bool = True,
    never_ask: Sequence[str] = (),
    per_file_ignores: Sequence[tuple[str, tuple[str, ...]]] = (),
    severity: Severities = (),
    policies: Policies = (),
    with_fixes: bool = True,
    beside: Beside = ALONE,
) -> Checked:
    """Check sources with rules; a source without a reference is let go of at once.

    `noqa` says whether `# noqa` counts, as it does in flake8: both doors are to say the same, but
    for texts of several lines, which flake8 takes for one. `never_ask` are patterns, in lower
    case, of ids or their namespaces that the lookup is not given. `per_file_ignores` are patterns
    of paths, each with the beginnings of the codes that are silenced there. `severity` pairs the
    beginnings of codes with low, medium or high, `policies` patterns of ids with the pin that they
    need. `with_fixes`: what mends a finding is found out as well, which takes its time.
    """
    everything = persona is not Persona.REGULAR
    referring = [
        found
        for source in sources
        if (found := refer(source, everything, noqa, per_file_ignores)) is not None
    ]
    return conclude(
        referring, lookup, rules, persona, never_ask, severity, policies, with_fixes, beside
    )


def conclude(
    referring: Sequence[Referring],
    lookup: Lookup,
    rules: Sequence[Rule],
    persona: Persona = Persona.REGULAR,
    never_ask: Sequence[str] = (),
    severity: Severities = (),
    policies: Policies = (),
    with_fixes: bool = True,
    beside: Beside = ALONE,
) -> Checked:
    """Ask the Hub about references that have been read, and judge them."""
    references = tuple(reference for one in referring for reference in one.references)
    heard = [one for source in referring for one in _heard(source, rules)]
    targets, facts = _asked(heard, lookup if rules else _nobody, never_ask, rules, beside)
    facts = _enriched(heard, facts, never_ask, rules, beside)
    with_unused = any(rule.code == UNUSED for rule in rules)
    told: list[Finding] = []
    silenced: list[Suppressed] = []
    shown: dict[str, Sequence[str]] = {}
    excerpts: dict[tuple[str, Span], tuple[str, Span]] = {}
    for one in referring:
        findings = judge(one.references, facts, rules, persona, severity, policies)
        if beside.own_names:
            findings = _of_strangers(findings, beside.own_names)
        more = [*_beside(one, facts, rules, beside), *(_unused(one, facts) if with_unused else ())]
        if more:
            findings += [weighed(also, severity) for also in more if persona.hears(also.persona)]
            findings.sort(key=lambda finding: finding.order)
        if findings:
            shown[one.path] = one.lines()
            here, quiet = part(findings, one.silencers)
            told.extend(_mended(here, one, facts) if with_fixes else here)
            silenced.extend(quiet)
            shown_too = [*here, *(hidden.finding for hidden in quiet)]
            found = one.excerpts(_spans(shown_too))
            excerpts.update(((one.path, span), place) for span, place in found)
    return Checked(tuple(told), tuple(silenced), references, targets, shown, excerpts, facts)


def _mended(
    findings: Sequence[Finding], referring: Referring, facts: Mapping[Target, Facts]
) -> Sequence[Finding]:
    if not any(one.reference is not None for one in findings):
        return findings
    from flake8_hfmodels.mending import mended

    return mended(findings, referring, facts)


def joined(parts: Sequence[Checked], paths: Sequence[str]) -> Checked:
    """Several checks as one, with what was found in the order of the files."""
    order = {path: number for number, path in enumerate(paths)}
    findings = [one for part in parts for one in part.findings]
    suppressed = [one for part in parts for one in part.suppressed]
    references = [one for part in parts for one in part.references]
    return Checked(
        tuple(sorted(findings, key=lambda one: (order[one.path], one.order))),
        tuple(sorted(suppressed, key=lambda one: (order[one.finding.path], one.finding.order))),
        tuple(sorted(references, key=lambda one: order[one.path])),
        tuple(dict.fromkeys(one for part in parts for one in part.targets)),
        {path: lines for part in parts for path, lines in part.lines.items()},
        {place: found for part in parts for place, found in part.excerpts.items()},
        {target: found for part in parts for target, found in part.facts.items()},
    )


def _spans(findings: Iterable[Finding]) -> list[Span]:
    """The places in their own file that findings show."""
    found: list[Span] = []
    for one in findings:
        found += [one.span, *(other.span for other in one.related if other.path == one.path)]
    return found


def _heard(referring: Referring, rules: Sequence[Rule]) -> Iterator[Reference]:
    """The references that some rule may speak of without being silenced at once."""
    for reference in referring.references:
        said = (referring.silencers.speaks_of(rule.code, reference.span) for rule in rules)
        if not (rules and all(said)):
            yield reference


def _nobody(_targets: Collection[Target]) -> Mapping[Target, Facts]:
    """Where there is no rule to hear the answers."""
    return {}


def _asked(
    references: Sequence[Reference],
    lookup: Lookup,
    never: Sequence[str],
    rules: Sequence[Rule],
    beside: Beside,
) -> tuple[tuple[Target, ...], Mapping[Target, Facts]]:
    """What was asked, and the facts: of what the references name, then of what comes with it.

    Of a name that looks like another one, that one as well.
    """
    named = tuple(dict.fromkeys(_permitted(questions(references), never)))
    facts = dict(lookup(named)) if named else {}
    answers = _Answers(facts)
    with_them = [one for reference in references for one in companions(reference, answers)]
    if any(rule.code == BY_LOOKS for rule in rules):
        from flake8_hfmodels.lookalikes.judging import originals

        with_them += originals(references, beside.own_names)
    further = tuple(one for one in dict.fromkeys(_permitted(with_them, never)) if one not in named)
    facts.update(lookup(further) if further else {})
    return (*named, *further), facts


def _enriched(
    references: Sequence[Reference],
    facts: Mapping[Target, Facts],
    never: Sequence[str],
    rules: Sequence[Rule],
    beside: Beside,
) -> Mapping[Target, Facts]:
    """Facts with what is known of who publishes the repos, and of the code in them."""
    if not facts:
        return facts
    wish = Wish(
        references,
        frozenset(one.code for one in rules),
        lambda name: is_private(name, never),
        beside.own_names,
        beside.policy,
    )
    if beside.publishers is not None:
        facts = with_publishers(wish, facts, beside.publishers)
    return facts if beside.codes is None else with_code(wish, facts, beside.codes)


def _permitted(targets: Iterable[Target], never: Sequence[str]) -> Iterator[Target]:
    """Targets that may leave the house: somebody's, and not of those to be kept at home."""
    for target in targets:
        if _is_somebodys(target.repo_id) and not is_private(target.repo_id, never):
            yield target


def is_private(repo_id: str, never: Sequence[str]) -> bool:
    """Whether an id is to be kept at home, by patterns in lower case of ids or their owners."""
    name = repo_id.casefold()
    names = (name, name.partition("/")[0])
    return any(fnmatchcase(one, pattern) for pattern in never for one in names)


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
    severity: Severities = (),
    policies: Policies = (),
) -> list[Finding]:
    """Everything the rules have against the references, in the order of the source."""
    found = [
        finding
        for reference in references
        for rule in rules
        if not (rule.by_policy and policies and _suffices(reference, policies))
        for problem, is_by_old_answers in _problems(rule, reference, facts)
        if persona.hears((finding := _finding(rule, reference, problem, is_by_old_answers)).persona)
    ]
    if severity:
        found = [weighed(finding, severity) for finding in found]
    return sorted(found, key=lambda finding: finding.order)


def _suffices(reference: Reference, policies: Policies) -> bool:
    from flake8_hfmodels.policy import suffices  # most projects have none

    return suffices(reference, policies)


def _beside(
    referring: Referring, facts: Mapping[Target, Facts], rules: Sequence[Rule], beside: Beside
) -> Iterator[Finding]:
    """What is told of a file by more than its references and the facts."""
    by_age = next((rule for rule in rules if rule.code == BY_AGE), None)
    if by_age is not None and beside.blame is not None and facts:
        from flake8_hfmodels.ages import too_young

        for ref, problem, is_old in too_young(referring, facts, beside.grace, beside.blame):
            yield _finding(by_age, ref, problem, is_old)
    own_rule = next((rule for rule in rules if rule.code == BY_LOOKS), None)
    if own_rule is not None and beside.own_names:
        from flake8_hfmodels.lookalikes.judging import more

        for ref, problem, is_old in more(referring.references, facts, beside.own_names):
            yield _finding(own_rule, ref, problem, is_old)
    by_policy = next((rule for rule in rules if rule.code == BY_POLICY), None)
    if by_policy is not None and beside.policy is not None:
        from flake8_hfmodels.governing.judging import broken

        for ref, problem, is_old in broken(referring.references, facts, beside.policy):
            yield _finding(by_policy, ref, problem, is_old)


def _of_strangers(findings: Iterable[Finding], own_names: Collection[str]) -> list[Finding]:
    """Findings but for those that take a project's own names for look-alikes."""
    from flake8_hfmodels.repo_id import owner_of

    owners = {one.partition("/")[0].casefold() for one in own_names}
    return [
        one
        for one in findings
        if one.code != BY_LOOKS or owner_of(one.repo_id or "").casefold() not in owners
    ]


def _unused(referring: Referring, facts: Mapping[Target, Facts]) -> Iterable[Finding]:
    if not any(referring.silencers.comments()):
        return ()
    from flake8_hfmodels.unused import unused

    return unused(referring, facts)


def weighed(finding: Finding, severity: Severities) -> Finding:
    """A finding that is as bad as somebody says: by most of its code, and by the last word."""
    said = [one for one in severity if finding.code.startswith(one[0])]
    if not said:
        return finding
    most = max(len(code) for code, _value in said)
    values = [value for code, value in said if len(code) == most]
    return replace(finding, severity=Severity(values[-1]))


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
    return Finding(
        code=rule.code,
        name=rule.name,
        what=_told(problem.what),
        remedy=_told(problem.remedy),
        severity=problem.severity,
        confidence=problem.confidence or reference.confidence,
        persona=problem.persona or reference.persona,
        path=reference.path,
        span=problem.at or reference.span,
        reference=reference,
        is_by_old_answers=by_old_answers,
        repo_id=problem.repo_id,
        suggested_revision=problem.suggested_revision,
        related=problem.related,
        cell=reference.cell,
        is_needless=problem.is_needless,
    )


def _told(text: str) -> str:
    """Words of one line, and not too many of them, whatever names are among them."""
    text = text[:LONGEST]
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else "\ufffd" for one in text)
