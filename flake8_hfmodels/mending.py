"""How to mend a finding where that is beyond doubt: a pin in a call of Python."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_hfmodels.finding import Edit, Finding, Fix
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Absent, Known, Reference, Span, Written
from flake8_hfmodels.referring import Referring

PINNED_BY = "HFM001"
"""The rule whose findings a commit hash mends."""


def mended(finding: Finding, referring: Referring) -> Finding:
    """The finding with its fix, if there is one that a program may make.

    The commit has to be known, the call to name one repo by itself, and the revision to be its
    own: a constant that other calls use as well is not changed for one of them.
    """
    ref, commit = finding.reference, finding.suggested_revision
    if finding.code != PINNED_BY or ref is None or commit is None:
        return finding
    if referring.kind != "python" or ref.kind != "call" or not _names_its_repo(ref):
        return finding
    name = _keyword(ref)
    edit = None if name is None else _edit(ref, name, commit, referring.lines())
    if edit is None:
        return finding
    return replace(finding, fix=Fix(f"pin {name} to {commit}", (edit,)))


def _names_its_repo(ref: Reference) -> bool:
    return isinstance(ref.repo_id, Known) and ref.repo_id.closed


def _keyword(ref: Reference) -> str | None:
    """The name under which the call takes a revision, if it takes it there itself."""
    param = ref.loader.revision
    if param is None or param.within is not None or not param.names:
        return None
    return param.names[0]


def _edit(ref: Reference, name: str, commit: str, lines: Sequence[str]) -> Edit | None:
    match ref.revision:
        case Absent():
            return _inserted(ref.span, name, commit, lines)
        case Known((written,)) if _is_in(written, ref.span):
            return _written_over(written, commit, lines)
        case _:
            return None


def _is_in(written: Written, span: Span) -> bool:
    begin, end = (span.line, span.column), (span.end_line, span.end_column)
    place = (written.span.line, written.span.column)
    return not written.path and begin < place < end


def _written_over(written: Written, commit: str, lines: Sequence[str]) -> Edit | None:
    """The commit in the place of a plain text, or of `None`."""
    span = written.span
    if span.line != span.end_line:
        return None
    text = lines[span.line - 1][span.column - 1 : span.end_column - 1]
    if written.value is None and text == "None":
        return Edit(span, f'"{commit}"')
    quote = text[:1]
    if quote in ("'", '"') and text == f"{quote}{written.value}{quote}":
        return Edit(span, f"{quote}{commit}{quote}")
    return None


def _inserted(span: Span, name: str, commit: str, lines: Sequence[str]) -> Edit | None:
    """One more keyword behind the last argument, on a line of its own where each has one."""
    before = lines[span.end_line - 1][: span.end_column - 1]
    number, inside = span.end_line, before[:-1]
    while not inside.strip() and number > span.line:
        number -= 1
        inside = lines[number - 1]
    if "#" in inside or not before.endswith(")"):
        return None  # a comment, or a text that looks like one
    last = inside.rstrip()
    quote = '"' if '"' in "".join(lines[span.line - 1 : span.end_line]) else "'"
    pin = f"{name}={quote}{commit}{quote}"
    place = Span(number, len(last) + 1, number, len(last) + 1)
    if not last.endswith(","):
        return Edit(place, f", {pin}")
    if number == span.end_line:
        return Edit(place, f" {pin}")
    indent = last[: len(last) - len(last.lstrip())]
    return Edit(place, f"\n{indent}{pin},")
