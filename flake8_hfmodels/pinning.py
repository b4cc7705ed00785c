"""Fixes put into a file: their edits, the comments beside them, and the proof that they mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from flake8_hfmodels.facts import Facts, Found, Moved
from flake8_hfmodels.finding import Edit, Finding, Fix
from flake8_hfmodels.patching import patched
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Span, Target
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import split_lines

FOLLOWS = regex(r"#[ \t]*(?P<ref>[^\s,#]+), (?P<date>\d{4}-\d\d-\d\d)(?![\w-])")
"""The comment beside a pin: the ref that it follows, and the day of the pin."""

QUOTES = regex(r"[\"'`\\]")
"""What stands behind something that looks like such a comment inside of a text."""

MOST_READ, LEAST_TRIES = 5_000_000, 40
"""Characters that are read again to find out which fixes do not hold, and how often at least."""

Recheck: TypeAlias = Callable[[str], Sequence[Finding] | None]
"""The findings in a new text of the file; `None` where it cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file after its fixes: the text, the findings that were mended, and those that were not.

    A finding that could not be mended says why (`unfixable`).
    """

    text: str
    done: tuple[Finding, ...]
    left: tuple[Finding, ...]


def fixed(
    text: str, findings: Sequence[Finding], recheck: Recheck, unsafe: bool, today: str
) -> Fixed:
    """Mend what can be mended in a text, and prove it: read again, all else is as it was.

    `unsafe`: also by fixes after which somebody has to look. `today` is the date for comments
    (`2026-11-22`), empty for none.
    """
    wanted = [one for one in findings if one.fix is not None and (one.fix.is_safe or unsafe)]
    good: list[Finding] = []
    after = _counted(findings)
    left_to_try = [wanted] if wanted else []
    tries = max(LEAST_TRIES, MOST_READ // max(len(text), 1))
    while left_to_try and tries:
        some, tries = left_to_try.pop(), tries - 1
        found = _after(text, findings, [*good, *some], recheck, today)
        if found is not None:
            good, after = [*good, *some], found
        elif len(some) > 1:
            middle = len(some) // 2
            left_to_try += [some[middle:], some[:middle]]
    done = {id(one) for one in good}
    left = [_left(one) for one in findings if id(one) not in done and after[_key(one)]]
    return Fixed(_with(text, good, today) if good else text, tuple(good), tuple(left))


def _left(finding: Finding) -> Finding:
    if finding.fix is None:
        return finding
    why = "the file would not read as it should after it"
    unsafe = f"--unsafe-fixes would {finding.fix.what.partition(' to ')[0]}"
    return replace(finding, unfixable=why if finding.fix.is_safe else unsafe)


_Key: TypeAlias = tuple[str, str | None]

_PINS = "HFM001"
"""The rule that a fix may give nothing new to say. Of other rules it may: a call that names several
repos is several references once it is pinned, and what is pinned can run code that is not."""


def _after(
    text: str,
    before: Sequence[Finding],
    wanted: Sequence[Finding],
    recheck: Recheck,
    today: str,
) -> Counter[_Key] | None:
    """What is found once some fixes are made, or `None` where their findings are not gone then."""
    try:
        after = recheck(_with(text, wanted, today))
    except ValueError:  # edits that do not go together
        return None
    if after is None:
        return None
    now, mended = _counted(after), _counted(wanted)
    most = _counted(before) - mended
    judged = {*mended, *(key for key in now if key[0] == _PINS)}
    return now if all(now[key] <= most[key] for key in judged) else None


def _counted(findings: Iterable[Finding]) -> Counter[_Key]:
    return Counter(map(_key, findings))


def _key(finding: Finding) -> _Key:
    return finding.code, finding.repo_id


def _with(text: str, findings: Sequence[Finding], today: str) -> str:
    fixes = [one.fix for one in findings if one.fix is not None]
    edits = [edit for fix in fixes for edit in fix.edits]
    if today:
        lines = split_lines(text)
        comments: dict[Span, Edit] = {}
        for fix in fixes:
            if fix.comment is not None and fix.follows:
                comment = _comment(lines, fix, fix.comment, today)
                comments.setdefault(fix.comment, comment)
        edits += comments.values()
    return patched(text, edits)


def _comment(lines: Sequence[str], fix: Fix, place: Span, today: str) -> Edit:
    """A comment at the end of a line, in the place of the one that an earlier pin has left."""
    words = f"# {fix.follows}, {today}"
    before = lines[place.line - 1][: place.column - 1] if place.line <= len(lines) else ""
    found = next(reversed([*FOLLOWS.finditer(before)]), None)
    is_own_line = any(one.span == place and "\n" in one.text for one in fix.edits)
    if found is None or is_own_line or QUOTES.search(before, found.end()):
        return Edit(place, f"  {words}")
    return Edit(Span(place.line, found.start() + 1, place.line, found.end() + 1), words)


def known_of(facts: Mapping[Target, Facts]) -> Callable[[Iterable[Target]], Mapping[Target, Facts]]:
    """Answers for a text with pins out of the answers for the text without them."""
    by_commit = {
        (target.repo_type, target.repo_id, answer.repo.sha): answer
        for target, answer in facts.items()
        if isinstance(answer, Found | Moved)
    }

    def lookup(targets: Iterable[Target]) -> Mapping[Target, Facts]:
        found: dict[Target, Facts] = {}
        for target in targets:
            pinned = by_commit.get((target.repo_type, target.repo_id, target.revision))
            answer = facts.get(target) or pinned
            if answer is not None:
                found[target] = answer
        return found

    return lookup
