"""The comments that silence nothing: what is said of them, and how to mend that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flake8_hfmodels.companions import companions
from flake8_hfmodels.facts import Facts, Unavailable
from flake8_hfmodels.finding import Edit, Finding, Fix, Severity
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Confidence, Reference, Span, Target
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.regex import regex
from flake8_hfmodels.rules import codes, load
from flake8_hfmodels.rules.rule import NOT_ASKED, FactsOf, Rule
from flake8_hfmodels.rules.wording import few
from flake8_hfmodels.suppress import Comment

UNUSED = "HFM900"

_MANUALS = ("html", "markdown", "rst")
"""Files that explain how to silence something do not do it."""

_LISTED = regex(r"\[[^\]]*\]")

_Used = set[tuple[Comment, str]]


def unused(referring: Referring, facts: Mapping[Target, Facts]) -> Iterator[Finding]:
    """A finding for each comment of a file that names a code without any use."""
    comments = [one for one in referring.silencers.comments() if one.is_checked]
    named = [code for one in comments for code in _ours(one)]
    if not named:
        return
    rules = [load(code) for code in codes() if code.startswith(tuple(named))]
    used = _used(referring, facts, rules)
    persona = Persona.PEDANTIC if referring.kind in _MANUALS else Persona.REGULAR
    for comment in comments:
        idle = [code for code in _ours(comment) if not _is_used(comment, code, used)]
        if idle:
            whole = len(idle) == len(comment.codes)
            yield Finding(
                code=UNUSED,
                name="unused-ignore",
                what=_what(idle),
                remedy="remove it" if whole else f"take {few(idle)} out of it",
                severity=Severity.LOW,
                confidence=Confidence.HIGH,
                persona=persona,
                path=referring.path,
                span=comment.span,
                cell=referring.cell_of(comment.span),
                fix=_fix(referring, comment, idle),
            )


def _what(idle: Sequence[str]) -> str:
    strangers = [one for one in idle if not any(code.startswith(one) for code in codes())]
    if strangers:
        return f"this comment silences {few(strangers)}, which is no rule"
    return f"this comment silences {few(idle)}, and nothing is found here"


def _ours(comment: Comment) -> Iterator[str]:
    """The codes that it is for us to judge: all of our own comments, ours in those of flake8."""
    for code in comment.codes:
        if code != UNUSED and (comment.is_ours or code.startswith("HFM")):
            yield code


def _is_used(comment: Comment, code: str, used: _Used) -> bool:
    return any(one == comment for one, rule in used if rule.startswith(code))


def _used(referring: Referring, facts: Mapping[Target, Facts], rules: Sequence[Rule]) -> _Used:
    """Which comments silence which rules, or may do so for all that is known."""
    used: _Used = set()
    for reference in (*referring.references, *referring.doubtful):
        is_decided = _is_decided(reference, facts)
        for rule in rules:
            for span in _places(rule, reference, facts, is_decided):
                speaking = referring.silencers.speaking(span)
                used.update((one, rule.code) for one in speaking if one.names(rule.code))
    return used


def _places(
    rule: Rule, reference: Reference, facts: Mapping[Target, Facts], is_decided: bool
) -> Iterator[Span]:
    """Where a rule has something against a reference, or may have."""
    if not is_decided and (rule.needs_hub or rule.hears_hub):
        yield reference.span
    for problem in rule.check(reference, _answers(facts)):
        yield reference.span
        if problem.at is not None:
            yield problem.at


def _answers(facts: Mapping[Target, Facts]) -> FactsOf:
    return lambda target: facts.get(target, NOT_ASKED)


def _is_decided(reference: Reference, facts: Mapping[Target, Facts]) -> bool:
    """Whether the Hub has said everything that rules may want to hear of a reference."""
    answers = _answers(facts)
    targets = [target for _written, target in reference.targets()]
    targets += companions(reference, answers)
    return not any(isinstance(answers(target), Unavailable) for target in targets)


def _fix(referring: Referring, comment: Comment, idle: Sequence[str]) -> Fix | None:
    """Take the comment away, or the codes out of it; of notebooks the text is not the file's."""
    if referring.kind == "notebook":
        return None
    span = comment.span
    line = referring.lines()[span.line - 1]
    before, text = line[: span.column - 1], line[span.column - 1 :]
    if len(idle) < len(comment.codes):
        listed = _LISTED.search(text)
        if listed is None:
            return None
        kept = ", ".join(code for code in comment.codes if code not in idle)
        begin, end = span.column + listed.start() + 1, span.column + listed.end() - 1
        inner = Span(span.line, begin, span.line, end)
        return Fix(f"take {few(idle)} out of the comment", (Edit(inner, kept),))
    if not text.startswith("#") or span.end_column - 1 != len(line.rstrip()):
        return None
    if before.strip():
        begin = len(before.rstrip()) + 1
        place = Span(span.line, begin, span.line, len(line) + 1)
    else:
        place = Span(span.line, 1, span.line + 1, 1)
    return Fix("remove the comment", (Edit(place, ""),))
