"""Which repos are younger than the lines that name them, and so not those that were meant."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from flake8_hfmodels.facts import Facts, Found, Moved
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Confidence, Known, Reference, Target, Unknown, Written
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_commit_hash

if TYPE_CHECKING:
    from flake8_hfmodels.blame import Line

Blame: TypeAlias = "Callable[[str, str | None, Collection[int]], Mapping[int, Line]]"
"""Says of lines of a file (its path, its text if that is at hand) since when they stand there."""

DAY = 86_400

IMPORTED = 1_646_265_600
"""The end of 2 March 2022 (UTC). The ids of all older repos were given in that night."""

BEGIN = 1_540_771_200
"""29 October 2018, when the first library for such models began: an older line names no repo, or
the clock was wrong."""

_OBJECT_ID = regex(r"[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class _Named:
    """A repo that a reference names, in which lines of which file, and when it was created.

    `path` is empty for the reference's own file.
    """

    reference: Reference
    written: Written
    answer: Found | Moved
    created: int

    @property
    def lines(self) -> range:
        span = self.written.span
        return range(span.line, span.end_line + 1)


def too_young(
    referring: Referring, facts: Mapping[Target, Facts], grace: int, blame: Blame
) -> Iterator[tuple[Reference, Problem, bool]]:
    """Each reference whose repo is younger than its line by more than `grace` days.

    With what is to be said of it, and whether an old answer of the Hub says so. `blame` is asked
    once for a file, and only for lines that name a repo whose age is known and that is not pinned.
    """
    places: dict[str, list[_Named]] = {}
    for one in _named(referring, facts):
        places.setdefault(one.written.path, []).append(one)
    for path, named in places.items():
        wanted = {line for one in named for line in one.lines}
        text = None if path else referring.text
        lines = blame(path or referring.path, text, sorted(wanted))
        for one in named:
            since = _since(one, lines)
            if since is not None and one.created - since > grace * DAY:
                yield one.reference, _problem(one, since), one.answer.stale


def created(object_id: str) -> int | None:
    """When the Hub made something, in seconds, by its id; `None` where that does not say it.

    The ids are MongoDB's, whose first four bytes are the second. Other servers may have others.
    """
    if _OBJECT_ID.fullmatch(object_id) is None:
        return None
    seconds = int(object_id[:8], 16)
    return seconds if IMPORTED < seconds < time.time() + DAY else None


def _named(referring: Referring, facts: Mapping[Target, Facts]) -> Iterator[_Named]:
    """The repos that may be too young, each once for a reference."""
    made = {*_made(referring)}
    for reference in referring.references:
        if isinstance(reference.revision, Unknown) and not reference.revision.hidden:
            continue  # it may be a commit, which no other repo has
        seen: set[str] = set()
        for written, target in reference.targets():
            answer = facts.get(target)
            if target.repo_id in seen | made or not isinstance(answer, (Found, Moved)):
                continue
            since = created(answer.repo.object_id)
            is_pinned = target.revision is not None and is_commit_hash(target.revision)
            if since is not None and not is_pinned:
                seen.add(target.repo_id)
                yield _Named(reference, written, answer, since)


def _made(referring: Referring) -> Iterator[str]:
    """The ids of the repos that the file itself makes or fills: they come after their line."""
    for reference in referring.references:
        if reference.loader.writes:
            yield from (target.repo_id for _written, target in reference.targets())


def _since(one: _Named, lines: Mapping[int, Line]) -> int | None:
    """Since when a repo is named, if its name is there in full.

    Where it is put together of parts, or a library has it for another name, the line does not say
    which repo was meant.
    """
    there = [lines[number] for number in one.lines if number in lines]
    if len(there) < len(one.lines):
        return None
    if str(one.written.value) not in "\n".join(line.text for line in there):
        return None
    since = max(line.since for line in there)
    return since if since >= BEGIN else None


def _problem(one: _Named, since: int) -> Problem:
    ref, name = one.reference, str(one.written.value)
    has_moved = isinstance(one.answer, Moved)
    repo = f"{one.answer.repo.id!r}, where it leads," if has_moved else "the repo"
    return Problem(
        what=(
            f"{ref.says(repr(name))}: {repo} was created on {_day(one.created)}, but the line that"
            f" names it is from {_day(since)}, so another one was meant"
        ),
        remedy=f"look at what it holds, and {_remedy(ref)}",
        severity=Severity.HIGH,
        repo_id=name,
        related=written_elsewhere(ref, Known((one.written,))),
        confidence=Confidence.LOW if ref.confidence is Confidence.LOW else Confidence.MEDIUM,
        persona=Persona.REGULAR if ref.is_certain else None,
    )


def _remedy(ref: Reference) -> str:
    can_pin = ref.loader.revision is not None or ref.loader.at_revision
    if ref.kind == "mention" or not can_pin:
        return "name another repo, or write the line anew if this is the one that you want"
    return "pin the commit that you trust, or name another repo"


def _day(seconds: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))
