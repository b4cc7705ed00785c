"""Attempts at fixes are tried out: the file is read again as it would be with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from flake8_hfmodels.finding import Fix
from flake8_hfmodels.mending.job import DEFAULT_REF, Job, Result, Task
from flake8_hfmodels.mending.marked_leaves import untouched
from flake8_hfmodels.mending.text_ground import Attempt, Change, Changed, Ground
from flake8_hfmodels.mending.text_values import value_of
from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Absent, Known, Reference, Span, Value
from flake8_hfmodels.repo_id import is_hexadecimal
from flake8_hfmodels.sources import reading
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.source import TextSource

MOST_READ = 20_000_000
"""Characters that are read again for the fixes of one file."""

ELSEWHERE = "it would change what else the file loads"
OTHERWISE = "the file would say something else as well"
SHARED = "several names share one revision here"
NOT_READ = "there is no place where this loader would surely read it"
NOT_FOUND = "the name is written elsewhere"
TOO_LARGE = "the file is too large for so many fixes to be tried out"
IN_THE_WAY = "another fix changes the same place"

_COMMENT = "  # main"
_Fact = tuple[Hashable, ...]
_FIELDS: Mapping[Task, int] = {"pin": 0, "pin the code": 1, "trust no code": 2}
_WIDTH = 4
"""How many facts there are of a name: what the jobs are about, and whether it is local."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A job and the attempts at it, the best first."""

    job: Job
    attempts: Sequence[Attempt]


@dataclass(slots=True)
class Trial:
    """Tries attempts out: all of a file's at once, and fewer where that does not do."""

    ground: Ground
    asked: Mapping[int, Asked]
    taken: dict[int, Attempt] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    at: dict[int, int] = field(default_factory=dict)
    before: dict[_Fact, list[_Fact]] = field(default_factory=dict)
    jobs: dict[_Fact, list[int]] = field(default_factory=dict)
    read: int = 0

    def results(self) -> Mapping[int, Result]:
        """A fix for each job, or why there is none."""
        self.before = _state(self.ground, None)
        for number, one in self.asked.items():
            self.jobs.setdefault(_key(self.ground, one.job.ref, None), []).append(number)
        found = [number for key, some in self.jobs.items() if key in self.before for number in some]
        self.refused = {number: NOT_FOUND for number in self.asked if number not in found}
        self._try(found)
        self._judge()
        return {number: self._result(number) for number in self.asked}

    def _result(self, number: int) -> Result:
        attempt = self.taken.get(number)
        if attempt is None:
            return self.refused[number]
        place = attempt.comment
        return Fix(
            what=attempt.what,
            edits=tuple(self.ground.edit(change) for change in attempt.changes),
            is_safe=attempt.is_safe,
            comment=None if place is None else self.ground.span(place, place),
            follows=followed(self.asked[number].job),
        )

    def _try(self, numbers: Sequence[int]) -> None:
        """Take those attempts that do what they are to do, and nothing else."""
        while numbers:
            trouble = self._trouble(numbers)
            if not trouble:
                self.taken |= {number: self._attempt(number) for number in numbers}
                return
            if len(numbers) > 1:
                middle = len(numbers) // 2
                self._try(numbers[:middle])
                self._try(numbers[middle:])
                return
            numbers = self._next(numbers[0], trouble)

    def _next(self, number: int, trouble: str) -> Sequence[int]:
        """Go on to the next attempt; the first trouble but that it is not read says most."""
        self.at[number] = self.at.get(number, 0) + 1
        if self.refused.get(number, NOT_READ) == NOT_READ:
            self.refused[number] = trouble
        return [number] if self.at[number] < len(self.asked[number].attempts) else []

    def _judge(self) -> None:
        """Call no fix safe where those that are safe do not do without the others."""
        every = self.taken
        self.taken = {number: one for number, one in every.items() if one.is_safe}
        holds = len(self.taken) in (0, len(every)) or not self._trouble([])
        self.taken = every if holds else _unsafe(every)

    def _attempt(self, number: int) -> Attempt:
        return self.asked[number].attempts[self.at.get(number, 0)]

    def _trouble(self, numbers: Sequence[int]) -> str:
        """What is wrong with the text that these attempts make, and those that are taken."""
        tried = {**self.taken, **{number: self._attempt(number) for number in numbers}}
        self.read += len(self.ground.text)
        if self.read > MOST_READ:
            return TOO_LARGE
        try:
            changed = Changed(self.ground, _changes(tried.values()))
        except ValueError:
            return IN_THE_WAY
        before, after = untouched(changed, self.ground)
        if before != after:
            return OTHERWISE
        return self._compared(_state(changed.ground, changed), tried)

    def _compared(self, after: Mapping[_Fact, list[_Fact]], tried: Mapping[int, Attempt]) -> str:
        """What is wrong with what the text says now; the reason that says most."""
        troubles = {
            trouble
            for key, facts in self.before.items()
            for trouble in self._of_name(key, facts, after.get(key, []), tried)
        }
        if not after.keys() <= self.before.keys():
            troubles.add(ELSEWHERE)
        return next((one for one in (NOT_READ, SHARED, ELSEWHERE) if one in troubles), "")

    def _of_name(
        self, key: _Fact, facts: list[_Fact], now: list[_Fact], tried: Mapping[int, Attempt]
    ) -> Iterator[str]:
        """What is wrong with one name; a job that is not tried may be done all the same."""
        numbers = self.jobs.get(key, [])
        if len(now) != len(facts):
            yield NOT_READ if numbers else ELSEWHERE
            return
        by_place = {_FIELDS[self.asked[one].job.task]: one for one in numbers}
        for place in range(_WIDTH):
            olds = Counter(one[place] for one in facts)
            news = Counter(one[place] for one in now)
            number = by_place.get(place)
            if number is None:
                if olds != news:
                    yield ELSEWHERE
            elif news.keys() != {_goal(self.asked[number].job)}:
                if number in tried:
                    yield NOT_READ
                elif olds != news:
                    yield SHARED


def followed(job: Job) -> str:
    """The branch or tag that was followed; nothing for a short hash."""
    value = value_of(job)
    if not isinstance(value, Known) or not value.strings():
        return DEFAULT_REF
    revision = str(value.strings()[0].value)
    return "" if is_hexadecimal(revision) else revision


def _unsafe(attempts: Mapping[int, Attempt]) -> dict[int, Attempt]:
    return {number: replace(one, is_safe=False) for number, one in attempts.items()}


def _changes(attempts: Iterable[Attempt]) -> Iterator[Change]:
    for attempt in attempts:
        yield from attempt.changes
        if attempt.comment is not None:
            yield Change(attempt.comment, attempt.comment, _COMMENT, is_comment=True)


def _goal(job: Job) -> _Fact | str:
    """What the reference says when it is mended."""
    return "no" if job.task == "trust no code" else ("known", job.commits[0][1])


def _state(ground: Ground, changed: Changed | None) -> dict[_Fact, list[_Fact]]:
    """What a text says: how each name is loaded, by its place before the changes."""
    lines = split_lines(ground.text)
    source = TextSource(ground.path, ground.kind, whole_file(ground.text), lines)
    state: dict[_Fact, list[_Fact]] = {}
    for ref in reading.references(source, everything=True):
        facts = (
            _shown(ref.revision),
            _shown(ref.code_revision),
            "yes" if _trusts(ref) else "no",
            ref.local,
        )
        state.setdefault(_key(ground, ref, changed), []).append(facts)
    return state


def _key(ground: Ground, ref: Reference, changed: Changed | None) -> _Fact:
    def place(span: Span) -> int:
        offset = ground.offset(span.line, span.column)
        return offset if changed is None else changed.before(offset)

    ids: tuple[Hashable, ...] = (type(ref.repo_id).__name__,)
    if isinstance(ref.repo_id, Known):
        ids = tuple((one.value, one.path or place(one.span)) for one in ref.repo_id.values)
    return ref.kind, place(ref.span), ids


def _shown(value: Value) -> _Fact:
    match value:
        case Known(values):
            return ("known", *dict.fromkeys(one.value for one in values))
        case Absent():
            return ("absent",)
        case _:
            return ("unknown",)


def _trusts(ref: Reference) -> bool:
    trust = ref.trust_remote_code
    return isinstance(trust, Known) and any(one.value is True for one in trust.values)
