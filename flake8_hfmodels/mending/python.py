"""Fixes in Python: what is done about each finding, and the proof that nothing else is changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from flake8_hfmodels.finding import Edit, Fix
from flake8_hfmodels.mending.job import DEFAULT_REF, Job, Result
from flake8_hfmodels.mending.python_brackets import of_call
from flake8_hfmodels.mending.python_calls import Call, call_of
from flake8_hfmodels.mending.python_code import (
    Code,
    Nodes,
    RefusedError,
    ends_for_comments,
    nodes_in,
    read,
)
from flake8_hfmodels.mending.python_names import Names
from flake8_hfmodels.mending.python_pins import Change, Pins, value_of
from flake8_hfmodels.mending.python_proof import differs_only_in_pins
from flake8_hfmodels.mending.python_texts import Texts
from flake8_hfmodels.mending.python_wish import wish_of
from flake8_hfmodels.patching import patched
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Absent, Known, Reference, Span, Value
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.repo_id import is_hexadecimal


def mend(jobs: Sequence[Job], referring: Referring) -> Mapping[int, Result]:
    """What can be done about each finding in a module."""
    return mend_text(jobs, referring.text, referring.references)


def mend_text(
    jobs: Sequence[Job], text: str, references: Sequence[Reference]
) -> Mapping[int, Result]:
    """What can be done about each finding in a text; all places are places of this text.

    With all fixes made, the program differs from the one before in nothing but pins.
    """
    code = read(text)
    if code is None:
        return dict.fromkeys((job.number for job in jobs), "the text cannot be read as Python")
    mender = _Mender.of(code, jobs, references)
    results = {job.number: mender.mended(job) for job in jobs}
    commits = {commit for job in jobs for _id, commit in job.commits}
    return _commented(_proven(results, code, commits), code)


@dataclass(frozen=True, slots=True, eq=False)
class _Mender:
    """Mends the findings of one text. `jobs` are those that one expression is written for."""

    code: Code
    nodes: Nodes
    names: Names
    pins: Pins
    texts: Texts
    jobs: Mapping[object, Sequence[Job]]

    @classmethod
    def of(cls, code: Code, jobs: Sequence[Job], references: Sequence[Reference]) -> _Mender:
        """Find what the jobs are about."""
        spans = {span for job in jobs for span in _places(job)}
        nodes, names = nodes_in(code, spans), Names(code.tree, code.text)
        users: dict[Span, list[Reference]] = {}
        for ref in references:
            for span in {*_own_places(ref.revision), *_own_places(ref.code_revision)}:
                users.setdefault(span, []).append(ref)
        by_place: dict[object, list[Job]] = {}
        for job in jobs:
            by_place.setdefault(_key(job), []).append(job)
        pins = Pins(code, nodes, names, users)
        return cls(code, nodes, names, pins, Texts(code, nodes, references), by_place)

    def mended(self, job: Job) -> Result:
        """The fix for one finding, or why there is none."""
        try:
            edits, is_safe = self._change(job)
        except RefusedError as why:
            return str(why)
        return Fix(_what(job), edits, is_safe, follows=_followed(job))

    def _change(self, job: Job) -> Change:
        ref = job.ref
        if job.task == "trust no code":
            return self._distrusting(job), False
        if ref.kind == "call":
            return self._pinned(job)
        if ref.kind == "uri":
            return self.texts.address(ref, job.commits[0][1]), True
        if ref.kind != "command":
            raise RefusedError("it stands in a text that people read")
        if job.param is None:
            return self.texts.named(ref, job.commits[0][1]), True
        return self.texts.command(ref, job.param, job.commits[0][1]), True

    def _pinned(self, job: Job) -> Change:
        ref = job.ref
        if job.param is None or (job.task == "pin" and _is_in_the_name(ref)):
            return self.texts.named(ref, job.commits[0][1]), True
        call = call_of(ref, self.nodes, self.names)
        wish = wish_of(self.jobs[_key(job)], call, self.code, self.nodes)
        edits, is_safe = self.pins.put(job, job.param, call, wish)
        return edits, is_safe and _is_known_to_take(call, wish.is_for_one)

    def _distrusting(self, job: Job) -> tuple[Edit, ...]:
        """The call without the keyword that lets code run."""
        node = self.nodes.call(job.ref.span)
        names = job.param.names if job.param is not None else ()
        for number, keyword in enumerate(node.keywords if node is not None else ()):
            is_on = isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            if node is not None and keyword.arg in names and is_on:
                edits = of_call(self.code, node).without(len(node.args) + number)
                if edits is None:
                    raise RefusedError("a comment would go with the flag")
                return edits
        raise RefusedError("the flag is not written as a keyword of the call")


def _is_known_to_take(call: Call, is_for_one: bool) -> bool:
    """Whether the callee takes a revision for certain, and every id can be looked up.

    Of a loader that also takes `name@hash`, some versions take nothing else.
    """
    names = (name for param in call.loader.repo_id for name in param.names)
    is_text = not call.loader.takes_object and not any(name.endswith("_or_dict") for name in names)
    is_known = bool(call.loader.package) and not call.loader.at_revision
    return is_known and (is_for_one or is_text)


def _key(job: Job) -> object:
    """What jobs have in common that one expression is written for."""
    return job.ref.span, job.task, job.param, value_of(job)


def _is_in_the_name(ref: Reference) -> bool:
    """Whether the revision stands behind the name (`name@main`), or has to."""
    if isinstance(ref.revision, Absent):
        return False
    return {*_own_places(ref.revision)} == {*_own_places(ref.repo_id)}


def _places(job: Job) -> list[Span]:
    ref = job.ref
    return [
        ref.span,
        *_own_places(ref.repo_id),
        *_own_places(ref.revision),
        *_own_places(ref.code_revision),
    ]


def _own_places(value: Value) -> list[Span]:
    """Where a value is written in the file of the reference."""
    if not isinstance(value, Known):
        return []
    return [one.span for one in value.values if not one.path]


def _what(job: Job) -> str:
    if job.task == "trust no code":
        return "take trust_remote_code away"
    name = job.param.names[0] if job.param is not None else "the name"
    commits = list(dict.fromkeys(commit for _id, commit in job.commits))
    return f"pin {name} to {commits[0] if len(commits) == 1 else f'{len(commits)} commits by id'}"


def _followed(job: Job) -> str:
    """The ref that a pin follows: what was there before, or the default branch."""
    if job.task == "trust no code":
        return ""
    value = value_of(job)
    former = value.values[0].value if isinstance(value, Known) else None
    if not isinstance(former, str):
        return DEFAULT_REF
    return "" if is_hexadecimal(former) else former


def _proven(results: Mapping[int, Result], code: Code, commits: set[str]) -> dict[int, Result]:
    """The fixes that together change nothing but pins; the first of those that do not agree."""
    fixes = {number: one for number, one in results.items() if isinstance(one, Fix)}
    if _is_proven([*fixes.values()], code, commits):
        return dict(results)
    kept: list[Fix] = []
    proven = dict(results)
    for number, fix in fixes.items():
        if _is_proven([*kept, fix], code, commits):
            kept.append(fix)
        else:
            proven[number] = "the program would differ in more than pins"
    return proven


def _is_proven(fixes: Sequence[Fix], code: Code, commits: set[str]) -> bool:
    """Whether with some fixes the statements that they are in change in nothing but pins."""
    edits = [edit for fix in fixes for edit in fix.edits]
    return all(
        differs_only_in_pins(before, after, commits) if after is not None else False
        for before, after in _changed(code, edits)
    )


def _changed(code: Code, edits: Sequence[Edit]) -> Iterator[tuple[str, str | None]]:
    """The lines of each statement of the module that edits change: before, and after them."""
    left = dict.fromkeys(edits)
    for first, last in _stretches(code.tree):
        inside = [one for one in left if first <= one.span.line and one.span.end_line <= last]
        if inside:
            before = code.text[code.starts[first - 1] : code.line_end(code.starts[last - 1])]
            yield before, _patched(before, [_moved(one, first - 1) for one in inside])
            for one in inside:
                del left[one]
    yield from ((code.text, None) for _edit in left)  # outside of all that could be held against


def _stretches(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """The lines of each statement of a module; of several that share a line together."""
    first = last = 0
    for one in tree.body:
        decorators = getattr(one, "decorator_list", ())
        begin = min([one.lineno, *(each.lineno for each in decorators)])
        if begin > last:
            yield first, last
            first = begin
        last = one.end_lineno or one.lineno
    yield first, last


def _patched(text: str, edits: Sequence[Edit]) -> str | None:
    try:
        return patched(text, edits)
    except ValueError:  # they do not go together
        return None


def _moved(edit: Edit, lines: int) -> Edit:
    """An edit in a text that begins so many lines further down."""
    span = edit.span
    moved = Span(span.line - lines, span.column, span.end_line - lines, span.end_column)
    return Edit(moved, edit.text)


def _commented(results: Mapping[int, Result], code: Code) -> dict[int, Result]:
    """The fixes with the places for their comments."""
    fixes = {number: one for number, one in results.items() if isinstance(one, Fix)}
    lines = {one.edits[-1].span.end_line for one in fixes.values() if one.follows}
    ends = ends_for_comments(code, lines) if lines else {}
    commented = dict(results)
    for number, fix in fixes.items():
        last = fix.edits[-1]
        if fix.follows and last.text.startswith(("\n", ",\n")):
            commented[number] = replace(fix, comment=last.span)
        elif fix.follows:
            commented[number] = replace(fix, comment=ends[last.span.end_line])
    return commented
