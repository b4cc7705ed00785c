"""The comments that silence nothing: what is said of them, and how to mend that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from flake8_hfmodels.companions import companions, repo_of
from flake8_hfmodels.facts import Facts, Found, History, Missing, Moved, Owner
from flake8_hfmodels.finding import Edit, Finding, Fix, Severity
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Confidence, Reference, Span, Target
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.rules import codes, load
from flake8_hfmodels.rules.rule import NOT_ASKED, FactsOf, Rule
from flake8_hfmodels.rules.wording import few
from flake8_hfmodels.suppress import UNUSED, Comment

_BY_SCAN, _BY_HISTORY = "HFM010", "HFM007"
"""The rules that want to hear of a repo's scan and of the history of a commit."""

_BESIDE = (UNUSED, "HFM008", "HFM015")
"""Rules that judge by more than references and facts: what silences them may be of use."""

_MANUALS = ("html", "markdown", "rst")
"""Files that explain how to silence something do not do it."""

_Used = dict[Comment, set[str]]


def unused(referring: Referring, facts: Mapping[Target, Facts]) -> Iterator[Finding]:
    """A finding for each comment of a file that names a code without any use, or none at all."""
    comments = [one for one in referring.silencers.comments() if one.is_checked]
    named = {code for one in comments for code in _ours(one)}
    rules = [load(code) for code in codes() if code.startswith(tuple(named))]
    used = _used(referring, facts, rules)
    idle = {one: [*_idle(one, used.get(one, ()))] for one in comments}
    told = [one for one in comments if idle[one] or not one.codes]
    if not told:
        return
    lines = referring.lines()
    cells = referring.cells_of([one.span for one in told])
    for comment, cell in zip(told, cells, strict=True):
        what, remedy = _words(comment, idle[comment])
        yield Finding(
            code=UNUSED,
            name="unused-ignore",
            what=what,
            remedy=remedy,
            severity=Severity.LOW,
            confidence=Confidence.HIGH,
            persona=Persona.PEDANTIC if referring.kind in _MANUALS else Persona.REGULAR,
            path=referring.path,
            span=comment.span,
            cell=cell,
            fix=_fix(comment, idle[comment], lines) if referring.kind == "python" else None,
        )


def _words(comment: Comment, idle: Sequence[str]) -> tuple[str, str]:
    """What is wrong with a comment, and what to do."""
    if not comment.codes:
        return "this comment names no rule's code", "write ignore[HFM001] or its like, or remove it"
    whole = len(idle) == len(comment.codes)
    remedy = "remove it" if whole else f"take {few(idle)} out of it"
    strangers = [one for one in idle if not any(code.startswith(one) for code in codes())]
    if strangers:
        return f"this comment silences {few(strangers)}, which is no rule", remedy
    return f"this comment silences {few(idle)}, and nothing is found here", remedy


def _ours(comment: Comment) -> Iterator[str]:
    """The codes that it is for us to judge: all of our own comments, ours in those of flake8."""
    for code in comment.codes:
        if code not in _BESIDE and (comment.is_ours or code.startswith("HFM")):
            yield code


def _idle(comment: Comment, used: Collection[str]) -> Iterator[str]:
    """The codes of a comment that silence none of the rules that it is of use for."""
    for code in _ours(comment):
        if not any(rule.startswith(code) for rule in used):
            yield code


def _used(referring: Referring, facts: Mapping[Target, Facts], rules: Sequence[Rule]) -> _Used:
    """Which comments silence which rules, or may do so for all that is known."""
    used: _Used = {}
    for reference in (*referring.references, *referring.doubtful) if rules else ():
        for rule in rules:
            for span in _places(rule, reference, _answers(facts)):
                for one in referring.silencers.speaking(span):
                    if one.names(rule.code):
                        used.setdefault(one, set()).add(rule.code)
    return used


def _places(rule: Rule, reference: Reference, answers: FactsOf) -> Iterable[Span]:
    """Where a rule has something against a reference, or may have; each place once."""
    found: dict[Span, None] = {}
    if (rule.needs_hub or rule.hears_hub) and not _is_decided(rule, reference, answers):
        found[reference.span] = None
    for problem in rule.check(reference, answers):
        found[reference.span] = None
        if problem.at is not None:
            found[problem.at] = None
    return found


def _answers(facts: Mapping[Target, Facts]) -> FactsOf:
    return lambda target: facts.get(target, NOT_ASKED)


def _is_decided(rule: Rule, reference: Reference, answers: FactsOf) -> bool:
    """Whether the Hub has said all that a rule may want to hear of a reference, and to anybody."""
    targets = [target for _written, target in reference.targets()]
    targets += companions(reference, answers)
    return all(_is_plain(answers(one)) and _is_told(rule, one, answers(one)) for one in targets)


def _is_plain(facts: Facts) -> bool:
    """Whether an answer leaves nothing open, and is the same now and for whoever asks."""
    match facts:
        case Found(repo=repo, stale=False):
            return not repo.private
        case Moved(repo=repo, old_owner=Owner.EXISTS | Owner.GONE, stale=False):
            return not repo.private
        case Missing(owner=Owner.EXISTS | Owner.GONE, stale=False, with_token=False):
            return True
        case _:
            return False


def _is_told(rule: Rule, target: Target, facts: Facts) -> bool:
    """Whether an answer holds what only one of the rules asks for: a scan, a history."""
    repo = repo_of(facts)
    if repo is not None and rule.code == _BY_SCAN:
        return repo.is_scanned is True
    if repo is not None and rule.code == _BY_HISTORY:
        is_commit = target.revision is not None and is_commit_hash(target.revision)
        return not is_commit or repo.history is not History.UNKNOWN
    return True


def _fix(comment: Comment, idle: Sequence[str], lines: Sequence[str]) -> Fix | None:
    """Take a comment of Python away, or the codes out of one of our own."""
    if not comment.codes:
        return None
    line = lines[comment.span.line - 1]
    if len(idle) < len(comment.codes):
        return _fewer(comment, idle, line) if comment.is_ours else None
    place = _whole(comment.span, lines)
    return None if place is None else Fix("remove the comment", (Edit(place, ""),))


def _fewer(comment: Comment, idle: Sequence[str], line: str) -> Fix:
    """Take codes out of the bracket that the comment has, which may hold other words as well."""
    begin = line.index("[", comment.span.column - 1) + 1
    end = line.index("]", begin)
    taken = {*idle}
    words = line[begin:end].replace(",", " ").split()
    kept = ", ".join(one for one in words if one.upper() not in taken)
    place = Span(comment.span.line, begin + 1, comment.span.line, end + 1)
    return Fix(f"take {few(idle)} out of the comment", (Edit(place, kept),))


def _whole(span: Span, lines: Sequence[str]) -> Span | None:
    """All that goes with a comment, if it ends its line: the blanks before it, or the line."""
    line = lines[span.line - 1]
    before = line[: span.column - 1].rstrip()
    if span.end_column - 1 != len(line.rstrip()):
        return None
    if before:
        return Span(span.line, len(before) + 1, span.line, len(line) + 1)
    if span.line > 1 and lines[span.line - 2].endswith("\\"):
        return None  # what goes on here would go on into the next line
    if span.line == len(lines):
        return Span(span.line, 1, span.line, len(line) + 1)
    return Span(span.line, 1, span.line + 1, 1)
