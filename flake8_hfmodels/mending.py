"""How to mend findings where that is beyond doubt: pins in calls of Python."""

from __future__ import annotations

import io
import tokenize
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from itertools import accumulate

from flake8_hfmodels.finding import Edit, Finding, Fix
from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Absent, Known, Reference, Scalar, Span, Value, Written
from flake8_hfmodels.referring import Referring

PINNED_BY = "HFM001"
"""The rule whose findings a commit hash mends."""

_ONLY_TREE = 0x400
"""What `ast.PyCF_ONLY_AST` is: read the program, and make nothing of it that can run."""

_LAYOUT = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT})
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_BEFORE_A_VALUE = frozenset({"(", ",", "="})
_BEHIND_A_VALUE = frozenset({",", ")", ";"})

_OPEN = "(" * 50
"""Read inside of brackets, lines need no indentation; some may close what others have opened."""


@dataclass(frozen=True, slots=True)
class _Code:
    """The tokens of some lines but for layout, comments, and what stands inside of f-strings.

    `at` finds the token that begins at a line and a column (as tokens count them), `ends` the
    bracket that closes another one, `around` the bracket that a token stands in.
    """

    tokens: Sequence[tokenize.TokenInfo]
    at: Mapping[tuple[int, int], int]
    ends: Mapping[int, int]
    around: Mapping[int, int]

    def is_value(self, written: Written) -> bool:
        """Whether a text or `None` is all of what is passed or assigned, and in this file."""
        index = self.at.get((written.span.line, written.span.column - 1), 0)
        beside = [one.string for one in self.tokens[index - 1 : index + 2]] if index else []
        return (
            not written.path
            and len(beside) == 3
            and beside[0] in _BEFORE_A_VALUE
            and beside[1] in _literals(written.value)
            and beside[2] in _BEHIND_A_VALUE
        )


@dataclass(frozen=True, slots=True)
class _Call:
    """A call by the tokens of its parentheses, and the tokens of each of its arguments."""

    code: _Code
    begin: int
    end: int
    arguments: Sequence[Sequence[tokenize.TokenInfo]]

    def passed(self, param: Param) -> Sequence[tokenize.TokenInfo]:
        """What is passed for a parameter; nothing where nothing is."""
        by_place = [one for one in self.arguments if not _is_keyword(one)]
        for one in self.arguments:
            if _is_keyword(one) and one[0].string in param.names:
                return one[2:]
        is_there = param.position is not None and param.position < len(by_place)
        return by_place[param.position or 0] if is_there else ()


def mended(findings: Sequence[Finding], referring: Referring) -> list[Finding]:
    """The findings of one file, each with its fix, if there is one that a program may make.

    The commit has to be known, the call to name one repo by itself, and the revision to be its
    own: a constant that other calls use as well is not changed for one of them. What stands at
    the place has to be a call of what is meant by name: through `partial`, a pool or an alias
    the arguments are somebody else's. With all fixes made, the file has to be Python still.
    """
    pinned = [(number, *pin) for number, one in enumerate(findings) if (pin := _pin(one))]
    if referring.kind != "python" or not pinned:
        return list(findings)
    lines = referring.lines()
    code = _code(lines, [one for _number, ref, *_pin in pinned for one in _places(ref)])
    ids = _ids(referring.references)
    fixes: dict[int, Fix] = {}
    edits: dict[Span, Edit] = {}
    for number, ref, param, commit in pinned:
        edit = _edit(ref, param, commit, code) if len(ids[ref.span]) == 1 else None
        if edit is not None and edit.span not in edits:
            edits[edit.span] = edit
            fixes[number] = Fix(f"pin {param.names[0]} to {commit}", (edit,))
    if not _is_python(_edited(lines, sorted(edits.values(), key=lambda one: one.span))):
        return list(findings)
    return [
        replace(one, fix=fixes[number]) if number in fixes else one
        for number, one in enumerate(findings)
    ]


def _pin(finding: Finding) -> tuple[Reference, Param, str] | None:
    """What is to be pinned, by which parameter, at which commit."""
    ref, commit = finding.reference, finding.suggested_revision
    if finding.code != PINNED_BY or ref is None or commit is None or ref.kind != "call":
        return None
    param = ref.loader.revision
    if param is None or param.within is not None or not param.names:
        return None
    return ref, param, commit


def _ids(references: Sequence[Reference]) -> Mapping[Span, set[object]]:
    """What the references at each place name: a revision there is for all of them."""
    found: dict[Span, set[object]] = {}
    for ref in references:
        found.setdefault(ref.span, set()).add(_values(ref.repo_id))
    return found


def _values(value: Value) -> object:
    return frozenset(one.value for one in value.values) if isinstance(value, Known) else value


def _places(ref: Reference) -> Iterator[Span]:
    """Where a reference stands, and the values that it is made of."""
    yield ref.span
    for value in (ref.repo_id, ref.revision):
        if isinstance(value, Known):
            yield from (one.span for one in value.values if not one.path)


def _code(lines: Sequence[str], spans: Iterable[Span]) -> _Code:
    code = _Code([*_tokens(*_shortened(lines, spans))], {}, {}, {})
    at, ends, around = {}, {}, {}
    opened: list[int] = []
    for index, token in enumerate(code.tokens):
        at[token.start] = index
        if opened and token.string == _PAIRS[code.tokens[opened[-1]].string]:
            ends[opened.pop()] = index
        if opened:
            around[index] = opened[-1]
        if token.string in _PAIRS:
            opened.append(index)
    return replace(code, at=at, ends=ends, around=around)


def _shortened(lines: Sequence[str], spans: Iterable[Span]) -> tuple[str, Sequence[int]]:
    """The lines of some places as a text, and which lines they are: tokens take long to read."""
    parts, numbers, last = [_OPEN], [0], 0
    for span in sorted(spans):
        if span.line > last:  # what follows is a thing apart
            parts.append(";")
            numbers.append(0)
        begin = max(span.line, last + 1)
        parts += lines[begin - 1 : span.end_line]
        numbers += range(begin, span.end_line + 1)
        last = max(last, span.end_line)
    return "\n".join([*parts, ";"]), (*numbers, 0)


def _tokens(text: str, numbers: Sequence[int]) -> Iterator[tokenize.TokenInfo]:
    """The tokens that count, where they stand in the file.

    Since Python 3.12 f-strings are several, of which the outermost count.
    """
    depth = 0
    with suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            name = tokenize.tok_name[token.type]
            depth -= name.endswith("STRING_END")
            if depth == 0 and token.type not in _LAYOUT and token.end[0] <= len(numbers):
                (first, column), (last, end) = token.start, token.end
                start = (numbers[first - 1], column)
                yield token._replace(start=start, end=(numbers[last - 1], end))
            depth += name.endswith("STRING_START")


def _edit(ref: Reference, param: Param, commit: str, code: _Code) -> Edit | None:
    call = _call(ref, code)
    if call is None or not _names_its_repo(ref, call):
        return None
    match ref.revision:
        case Absent() if not call.passed(param):
            return _inserted(param.names[0], commit, call)
        case Known((written,)) if code.is_value(written):
            return _written_over(written, param, commit, call)
        case _:
            return None


def _call(ref: Reference, code: _Code) -> _Call | None:
    """The call at the place of a reference, where it is one of what the catalogue means."""
    name = "".join(ref.call.split())
    index = code.at.get((ref.span.line, ref.span.column - 1))
    if index is None or not fnmatchcase(name.rpartition(".")[2], ref.loader.method):
        return None
    place, tokens = 0, code.tokens
    while (
        index < len(tokens) and name.startswith(tokens[index].string, place) and place < len(name)
    ):
        place += len(tokens[index].string)
        index += 1
    end = code.ends.get(index, 0)
    behind = (ref.span.end_line, ref.span.end_column - 1)
    if place < len(name) or end == 0 or tokens[index].string != "(" or tokens[end].end != behind:
        return None
    return _Call(code, index, end, [*_arguments(code, index, end)])


def _arguments(code: _Code, begin: int, end: int) -> Iterator[Sequence[tokenize.TokenInfo]]:
    first = begin + 1
    for index in range(begin + 1, end + 1):
        is_end = index == end or (code.tokens[index].string, code.around[index]) == (",", begin)
        if is_end and first < index:
            yield code.tokens[first:index]
        first = index + 1 if is_end else first


def _is_keyword(argument: Sequence[tokenize.TokenInfo]) -> bool:
    return len(argument) > 1 and argument[1].string == "="


def _names_its_repo(ref: Reference, call: _Call) -> bool:
    """Whether the source writes one id, passed as such or under a name, and pins no other with it.

    An attribute may be another one in a subclass, or be set from outside.
    """
    ids = [given for param in {*_sharing(ref.loader)} if (given := call.passed(param))]
    match ref.repo_id:
        case Known((written,), closed=True) if call.code.is_value(written):
            return len(ids) == 1 and len(ids[0]) == 1
        case _:
            return False


def _sharing(loader: Loader) -> Iterator[Param]:
    """The parameters for all ids that one revision is for."""
    yield from loader.repo_id
    for row in loader.also:
        if row.revision == loader.revision:
            yield from row.repo_id


def _written_over(written: Written, param: Param, commit: str, call: _Call) -> Edit | None:
    """The commit in the place of a plain text, or of `None`, that is an argument by name."""
    for argument in call.arguments:
        if _is_keyword(argument) and argument[0].string in param.names:
            literal = argument[2]
            if literal.start == (written.span.line, written.span.column - 1):
                quote = '"' if written.value is None else literal.string[0]
                return Edit(written.span, f"{quote}{commit}{quote}")
    return None


def _inserted(name: str, commit: str, call: _Call) -> Edit:
    """One more keyword behind the last argument, on its line."""
    tokens = call.code.tokens
    last, end = tokens[call.end - 1], tokens[call.end]
    quotes = {one.string[-1:] for part in call.arguments for one in part}
    quote = "'" if "'" in quotes and '"' not in quotes else '"'
    text = f" {name}={quote}{commit}{quote}"
    if last.string != ",":
        text = f",{text}"
    elif last.end[0] != end.start[0]:
        text = f"{text},"
    line, column = last.end
    return Edit(Span(line, column + 1, line, column + 1), text)


def _literals(value: Scalar) -> tuple[str, ...]:
    """How a text or `None` is written where there is nothing special about it.

    An id also without the owner that its loader puts before it.
    """
    if value is None:
        return ("None",)
    texts = (str(value), str(value).rpartition("/")[2])
    return tuple(f"{quote}{text}{quote}" for text in texts for quote in "\"'")


def _edited(lines: Sequence[str], edits: Sequence[Edit]) -> str:
    """The text after edits, which are given in order."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    text, done = "\n".join(lines), 0
    parts: list[str] = []
    for edit in edits:
        parts += [text[done : starts[edit.span.line - 1] + edit.span.column - 1], edit.text]
        done = starts[edit.span.end_line - 1] + edit.span.end_column - 1
    return "".join([*parts, text[done:]])


def _is_python(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "<mended>", "exec", _ONLY_TREE, dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
