"""What expressions of JavaScript come to, as far as the file says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import ABSENT, Known, Unknown, Value, Written
from flake8_hfmodels.sources.javascript.names import Declared, Names
from flake8_hfmodels.sources.javascript.tokens import Kind, Tokens, unescaped
from flake8_hfmodels.sources.placed import Placed

DEEPEST = 10
"""So many names that stand for others are followed."""

MOST_STEPS = 2000
"""Tokens that are looked at for one value."""

MOST_VALUES = 64
"""Values that one expression may have."""

LONGEST_CAST = 32
"""Tokens of an expression before `as`."""

_CASTS = ("as", "satisfies")
_CONSTANTS = {"null": None, "undefined": None, "true": True, "false": False}
_GOES_ON = frozenset("as satisfies instanceof in of".split())

Range = tuple[int, int]
"""The first token of an expression and the one behind it."""


@dataclass(frozen=True, slots=True)
class Result:
    """The values that an expression may have; not `whole`: others are possible."""

    values: tuple[Written, ...] = ()
    whole: bool = False


_NOTHING = Result()


@dataclass(slots=True, eq=False)
class Values:
    """Evaluates expressions of one file."""

    code: Placed
    names: Names
    steps: int = 0
    entries: dict[int, dict[str, list[Range]]] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    parameters: dict[tuple[str, int], Result] = field(default_factory=dict)

    @property
    def tokens(self) -> Tokens:
        """The tokens of the file."""
        return self.names.tokens

    def value(self, where: Range | None) -> Value:
        """What stands there as the value of an argument."""
        if where is None:
            return ABSENT
        self.steps = 0
        result = self._result(where, DEEPEST)
        if not result.values:
            return Unknown("the program")
        unique = {(one.value, one.span): one for one in result.values}
        return Known(tuple(unique.values()), result.whole)

    def objects(self, where: Range) -> list[int]:
        """The object literals, by their first tokens, that an expression may be."""
        self.steps = 0
        return list(self._objects(where, DEEPEST))

    def arguments(self, opening: int) -> list[Range]:
        """What stands between the commas in brackets."""
        return list(self._split(opening + 1, self.tokens.partner[opening], ","))

    def entries_of(self, opening: int) -> dict[str, list[Range]]:
        """The values of an object literal by their keys; `...` holds what is spread into it."""
        if opening not in self.entries:
            found: dict[str, list[Range]] = {}
            for first, end in self.arguments(opening):
                key, value = self._entry(first, end)
                found.setdefault(key, []).append(value)
            self.entries[opening] = found
        return self.entries[opening]

    def end_of(self, first: int) -> int:
        """The token behind the expression that begins at a token."""
        if first not in self.ends:
            self.ends[first] = self._end_of(first)
        return self.ends[first]

    def _end_of(self, first: int) -> int:
        for here in islice(self.tokens.tops(first, len(self.tokens)), MOST_STEPS):
            if self.tokens.is_mark(here, ",", ";", ")", "]", "}"):
                return here
            if here > first and self._is_new_statement(here):
                return here
        return len(self.tokens)

    def _entry(self, first: int, end: int) -> tuple[str, Range]:
        tokens = self.tokens
        if tokens.is_mark(first, "..."):
            return "...", (first + 1, end)
        if end == first + 1:
            return tokens.written(first), (first, end)
        if tokens.is_mark(first + 1, ":"):
            key = tokens.written(first)
            return key[1:-1] if tokens.kind(first) is Kind.TEXT else key, (first + 2, end)
        return "", (end, end)

    def _is_new_statement(self, here: int) -> bool:
        """Whether a line ended before a token, and the expression with it."""
        tokens = self.tokens
        between = tokens.text[tokens.ends[here - 1] : tokens.starts[here]]
        if "\n" not in between or tokens.kind(here) is Kind.MARK:
            return False
        before = tokens.kind(here - 1)
        ended = before is not Kind.MARK or tokens.is_mark(here - 1, ")", "]", "}")
        return ended and tokens.written(here) not in _GOES_ON

    def _split(self, first: int, end: int, *marks: str) -> Iterator[Range]:
        """The stretches between marks that stand in no further brackets; none that is empty."""
        begin = first
        for here in self.tokens.tops(first, end):
            if self.tokens.is_mark(here, *marks):
                if begin < here:
                    yield begin, here
                begin = here + 1
        if begin < end:
            yield begin, end

    def _find(self, first: int, end: int, *marks: str) -> int:
        """The first of these marks that stands in no further brackets, or -1."""
        tops = islice(self.tokens.tops(first, end), MOST_STEPS)
        return next((here for here in tops if self.tokens.is_mark(here, *marks)), -1)

    def _bare(self, where: Range) -> Range:
        """An expression without `await`, casts and brackets around it."""
        first, end = where
        tokens = self.tokens
        while first < end:
            tops = islice(self.tokens.tops(first + 1, end), LONGEST_CAST)
            cast = next((here for here in tops if tokens.written(here) in _CASTS), end)
            if cast < end:
                end = cast
            elif tokens.written(first) == "await":
                first += 1
            elif tokens.is_mark(end - 1, "!") and end - 1 > first:
                end -= 1
            elif tokens.is_mark(first, "(") and tokens.partner[first] == end - 1:
                first, end = first + 1, end - 1
            else:
                break
        return first, end

    def _result(self, where: Range, depth: int) -> Result:
        first, end = self._bare(where)
        self.steps += end - first
        if depth == 0 or self.steps > MOST_STEPS or first >= end:
            return _NOTHING
        if end == first + 1:
            return self._single(first, depth)
        asked = self._find(first, end, "?")
        if asked >= 0:
            return self._either(asked, end, depth)
        if self._find(first, end, "??", "||", "&&") >= 0:
            parts = list(self._split(first, end, "??", "||", "&&"))
            results = [self._result(part, depth - 1) for part in parts]
            return _union([one for one in results if one.values] or [_NOTHING], whole=False)
        if self._find(first, end, "+") >= 0:
            parts = list(self._split(first, end, "+"))
            return self._concatenated([self._result(part, depth - 1) for part in parts], first, end)
        if self.tokens.kind(first) is Kind.TEMPLATE:
            return self._template(first, end, depth)
        return self._of_ranges(self._members(first, end, depth), depth)

    def _either(self, asked: int, end: int, depth: int) -> Result:
        """`… ? a : b`; a question in the first arm takes the first colon."""
        questions = 0
        colon = end
        for here in islice(self.tokens.tops(asked + 1, end), MOST_STEPS):
            if self.tokens.is_mark(here, "?"):
                questions += 1
            elif self.tokens.is_mark(here, ":"):
                if questions == 0:
                    colon = here
                    break
                questions -= 1
        arms = [self._result(arm, depth - 1) for arm in ((asked + 1, colon), (colon + 1, end))]
        return _union(arms)

    def _single(self, number: int, depth: int) -> Result:
        tokens = self.tokens
        written = tokens.written(number)
        match tokens.kind(number):
            case Kind.TEXT:
                return self._written(unescaped(written[1:].removesuffix(written[0])), number)
            case Kind.TEMPLATE if tokens.partner[number] < 0:
                return self._written(unescaped(written[1:].removesuffix("`")), number)
            case Kind.NAME if written in _CONSTANTS:
                return self._written(_CONSTANTS[written], number)
            case Kind.NAME:
                return self._given(self.names.visible(written, number), depth)
            case _:
                return _NOTHING

    def _written(self, value: str | bool | None, number: int) -> Result:
        span = self.code.span(self.tokens.starts[number], self.tokens.ends[number])
        return Result((Written(value, span),), whole=True)

    def _template(self, first: int, end: int, depth: int) -> Result:
        """A template whose expressions the file says."""
        tokens = self.tokens
        parts: list[Result] = []
        here = first
        while True:
            written = tokens.written(here)
            goes_on = tokens.partner[here] > here
            text = written[1:].removesuffix("${" if goes_on else "`")
            parts.append(self._written(unescaped(text), here))
            if not goes_on:
                break
            parts.append(self._result((here + 1, tokens.partner[here]), depth - 1))
            here = tokens.partner[here]
        if here != end - 1:
            return _NOTHING
        return self._concatenated(parts, first, end)

    def _concatenated(self, parts: Sequence[Result], first: int, end: int) -> Result:
        texts = [[one.value for one in part.values if isinstance(one.value, str)] for part in parts]
        count = 1
        for each in texts:
            count *= len(each)
        if not 0 < count <= MOST_VALUES:
            return _NOTHING
        span = self.code.span(self.tokens.starts[first], self.tokens.ends[end - 1])
        values = tuple(Written("".join(one), span) for one in product(*texts))
        return Result(values, all(part.whole for part in parts))

    def _given(self, declared: Sequence[Declared], depth: int) -> Result:
        """What a name was given: every value that the file gives it."""
        if not declared:
            return _NOTHING
        results = [self._declared(one, depth - 1) for one in declared[:MOST_VALUES]]
        told = [one for one in results if any(written.value is not None for written in one.values)]
        if not told:
            return _union(results)
        # `null` stands there until something is chosen
        return _union(results if len(told) == len(results) else told, len(told) == len(results))

    def _declared(self, declared: Declared, depth: int) -> Result:
        if depth <= 0:
            return _NOTHING
        if declared.value < 0:
            return self._passed(declared, depth)
        where = (declared.value, self.end_of(declared.value))
        if declared.key:
            return self._of_ranges(self._under(declared.key, where, depth), depth)
        if declared.each:
            return self._of_ranges(list(self._items(where, depth)), depth)
        result = self._result(where, depth)
        return replace(result, whole=result.whole and not declared.replaced)

    def _ranges_of(self, declared: Sequence[Declared], depth: int) -> list[Range]:
        """The expressions that a name stands for."""
        found: list[Range] = []
        for one in declared:
            if one.value >= 0:
                where = (one.value, self.end_of(one.value))
                found.extend(self._under(one.key, where, depth) if one.key else [where])
        return found

    def _passed(self, declared: Declared, depth: int) -> Result:
        """What the file's own calls of a function pass for a parameter; others may call it too."""
        key = declared.function, declared.position
        if key not in self.parameters:
            self.parameters[key] = _NOTHING  # of a function that passes it to itself
            openings = self.names.calls.get(declared.function, [])[:MOST_VALUES]
            passed = [self.arguments(one) for one in openings if self.tokens.partner[one] >= 0]
            ranges = [one[key[1]] for one in passed if len(one) > key[1]]
            self.parameters[key] = replace(self._of_ranges(ranges, depth), whole=False)
        return self.parameters[key]

    def _under(self, key: str, owner: Range, depth: int) -> list[Range]:
        """The values under a key in the objects that an expression may be."""
        objects = self._objects(owner, depth - 1)
        return [one for opening in objects for one in self.entries_of(opening).get(key, ())]

    def _of_ranges(self, ranges: Sequence[Range], depth: int) -> Result:
        if not ranges:
            return _NOTHING
        return _union([self._result(one, depth - 1) for one in ranges[:MOST_VALUES]])

    def _items(self, where: Range, depth: int) -> Iterator[Range]:
        """The items of a list that is written out, here or where its name is declared."""
        first, end = self._bare(where)
        tokens = self.tokens
        if depth <= 0 or first >= end:
            return
        if tokens.is_mark(first, "[") and tokens.partner[first] == end - 1:
            yield from self.arguments(first)
        elif end == first + 1 and tokens.kind(first) is Kind.NAME:
            for one in self._ranges_of(self.names.visible(tokens.written(first), first), depth):
                yield from self._items(one, depth - 1)

    def _members(self, first: int, end: int, depth: int) -> list[Range]:
        """What `this.name`, `name.key`, `name["key"]` and `name[key]` stand for."""
        tokens = self.tokens
        if tokens.is_mark(end - 1, "]") and tokens.partner[end - 1] > first:
            opening = tokens.partner[end - 1]
            return self._picked((first, opening), (opening + 1, end - 1), depth)
        if not tokens.is_mark(end - 2, ".", "?.") or end - 2 <= first:
            return []
        name = tokens.written(end - 1)
        found = self._under(name, (first, end - 2), depth)
        if found:
            return found
        given = self.names.members.get(name, ()) if end == first + 3 else ()
        ranges = [(one.value, self.end_of(one.value)) for one in given]
        return [one for one in ranges if tokens.written(one[0]) not in ("null", "undefined")]

    def _picked(self, owner: Range, key: Range, depth: int) -> list[Range]:
        """The entries that a key picks; all of them where only the running program knows it."""
        keys = {str(one.value) for one in self._result(key, depth - 1).values}
        found: list[Range] = []
        for opening in self._objects(owner, depth - 1):
            entries = self.entries_of(opening)
            chosen = [one for one in keys if one in entries] or [
                one for one in entries if one not in ("", "...")
            ]
            found.extend(value for one in chosen for value in entries[one])
        return found or list(self._items(owner, depth - 1))

    def _objects(self, where: Range, depth: int) -> Iterator[int]:
        first, end = self._bare(where)
        self.steps += 1
        if depth <= 0 or self.steps > MOST_STEPS or first >= end:
            return
        tokens = self.tokens
        if tokens.is_mark(first, "{") and tokens.partner[first] == end - 1:
            yield first
            return
        ranges: list[Range] = []
        if end == first + 1 and tokens.kind(first) is Kind.NAME:
            given = self.names.visible(tokens.written(first), first)
            ranges = self._ranges_of(given, depth)
        elif tokens.written(first) in ("Object", "Readonly") and tokens.is_mark(end - 1, ")"):
            ranges = [(tokens.partner[end - 1] + 1, end - 1)]  # Object.freeze({…})
        else:
            ranges = self._members(first, end, depth)
        for one in ranges[:MOST_VALUES]:
            yield from self._objects(one, depth - 1)


def _union(results: Sequence[Result], whole: bool = True) -> Result:
    values = tuple(written for one in results for written in one.values)
    return Result(values[:MOST_VALUES], whole and all(one.whole for one in results))
