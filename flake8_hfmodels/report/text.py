"""Text for people: where, what, the source with the place underlined, what to do, and a footer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from flake8_hfmodels.finding import OLD_ANSWER, Finding, Severity, Suppressed
from flake8_hfmodels.links import help_uri
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Known, Reference, Span, Unknown, Value, Written
from flake8_hfmodels.report.footer import count, numbers
from flake8_hfmodels.report.paint import Paint, printable
from flake8_hfmodels.report.report import Report
from flake8_hfmodels.report.snippet import SECOND, Mark, Pen, snippet


@dataclass(frozen=True, slots=True)
class View:
    """What people want to see.

    `quiet`: the findings without the footer, and nothing where there are none. `statistics`: how
    many of each rule, in place of the findings. `show_suppressed`: the silenced ones too.
    `columns` is the width of the screen, if it is one.
    """

    quiet: bool = False
    statistics: bool = False
    show_suppressed: bool = False
    columns: int | None = None


_EVERYTHING = View()
_BOLD, _FAINT = "1", "2"

COLOURS = {Severity.HIGH: "1;31", Severity.MEDIUM: "1;35", Severity.LOW: "1;34"}
"""Red, magenta, blue: gcc's errors and warnings have the first two. Yellow and cyan, which others
take, are next to nothing on white: a contrast of 1.1 and 1.3 in xterm's colours."""

_HEARS = {Persona.PEDANTIC: "pedantic readers", Persona.AUDITOR: "auditors"}
_SILENCED = {
    "comment": "a comment",
    "settings": "per-file-ignores",
    "baseline": "the baseline",
}


def render_findings(report: Report, paint: Paint, view: View = _EVERYTHING) -> str:
    """Every finding with its source lines, or how many there are of each; then the footer."""
    if view.statistics:
        from flake8_hfmodels.report.statistics import table

        parts = [table(report.findings, paint)] if report.findings else []
    else:
        parts = ["\n".join(lines) for lines in _blocks(report, paint, view)]
    if not view.quiet:
        parts.append(footer(report, paint))
    return "\n\n".join(parts) + "\n" if parts else ""


def render_references(report: Report, paint: Paint) -> str:
    """The inventory: a line a reference, then the footer."""
    lines = [_line(reference, paint) for reference in report.references]
    return "\n".join([*lines, *([""] if lines else []), numbers(report.summary)]) + "\n"


def _blocks(report: Report, paint: Paint, view: View) -> Iterator[list[str]]:
    """The lines of each finding; the command that explains a rule stands at its first one."""
    explained: set[str] = set()
    for one in _by_file(report, view.show_suppressed):
        if isinstance(one, Suppressed):
            yield [paint(_FAINT, line) for line in _silenced(one, report, paint, view)]
            continue
        pen = Pen(paint, COLOURS[one.severity], view.columns)
        notes = list(_notes(one))
        if one.code not in explained:
            explained.add(one.code)
            notes.append(("see", one.help))
        yield _block(one, report, pen, "", notes)


def _by_file(report: Report, show_suppressed: bool) -> Iterator[Finding | Suppressed]:
    """The findings of each file, then what is silenced there; files as they come."""
    files: dict[str, tuple[list[Finding], list[Suppressed]]] = {}
    for told in report.findings:
        files.setdefault(told.path, ([], []))[0].append(told)
    for silenced in report.suppressed if show_suppressed else ():
        files.setdefault(silenced.finding.path, ([], []))[1].append(silenced)
    for findings, quiet in files.values():
        yield from sorted(findings, key=lambda one: one.order)
        yield from sorted(quiet, key=lambda one: one.finding.order)


def _silenced(one: Suppressed, report: Report, paint: Paint, view: View) -> list[str]:
    """The lines of a finding that is silenced, and by what.

    What stands between the place and the code keeps readers of such lines from counting it.
    """
    notes = [(f"suppressed by {_SILENCED[one.by]}", one.reason), ("note", _note(one.finding))]
    pen = Pen(Paint(colour=False, links=paint.links), "", view.columns)
    return _block(one.finding, report, pen, "suppressed ", notes)


def _block(
    finding: Finding, report: Report, pen: Pen, word: str, notes: Iterable[tuple[str, str]]
) -> list[str]:
    """The headline of a finding, after a word, then the source, other files, and the notes."""
    paint = pen.paint
    where = paint(_BOLD, _where(finding.path, finding.span, finding.cell))
    code = paint.link(help_uri(finding.code), printable(finding.code))
    rule = paint(pen.colour, f"{code} {printable(finding.name)}")
    here = [one for one in finding.related if one.path == finding.path]
    marks = [Mark(finding.span, is_main=True), *(Mark(one.span, one.message) for one in here)]
    source = snippet(report, finding.path, marks, pen)
    blank = " " * source.width
    elsewhere = [
        f"{one.path}:{one.span.line}:{one.span.column}: {one.message}"
        for one in finding.related
        if one.path != finding.path
    ]
    return [
        f"{where}: {word}{rule}: {printable(finding.what)}",
        *source.lines,
        *(f"{blank}{paint(SECOND, ':::')} {printable(one)}" for one in elsewhere),
        *(f"{blank} {paint(SECOND, '=')} {_line_of(note, paint)}" for note in notes),
    ]


def _line_of(note: tuple[str, str], paint: Paint) -> str:
    """A note: its key, and its words where there are some."""
    key, words = note
    return f"{paint(_BOLD, key)}: {printable(words)}" if words else paint(_BOLD, key)


def _notes(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "help", finding.remedy
    yield "note", _note(finding)


def _note(finding: Finding) -> str:
    """How bad and how sure it is, and who is told of it, if not everybody is."""
    words = f"{finding.severity.value} severity, {finding.confidence.value} confidence"
    if finding.is_by_old_answers:
        words += f", {OLD_ANSWER}"
    hears = _HEARS.get(finding.persona)
    words += f", told to {hears}" if hears else ""
    if finding.fix is None:
        why = finding.unfixable if finding.suggested_revision else ""  # else there is no commit
        return f"{words}, not fixable: {why}" if why else words
    return f"{words}, {'fixable' if finding.fix.is_safe else 'fixable with care'}"


def _where(path: str, span: Span, cell: tuple[int, int] | None) -> str:
    """File, line and column; in a notebook also the cell, and the line in it."""
    where = printable(f"{_harmless(path)}:{span.line}:{span.column}")
    if cell is None:
        return where
    number, line = cell
    return f"{where} (cell {number}, line {line})"


def _harmless(path: str) -> str:
    """A path that no CI takes for a command: GitHub's begin with `::`, and with `##[`."""
    return f"./{path}" if path.startswith((":", "##[")) else path


def footer(report: Report, paint: Paint) -> str:
    """How many findings there are, how bad, and the numbers of the run."""
    counts = Counter(finding.severity for finding in report.findings)
    if not report.findings:
        return numbers(report.summary)
    each = [
        paint(COLOURS[severity], f"{counts[severity]} {severity.value}")
        for severity in (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
        if counts[severity]
    ]
    found = f"{count(len(report.findings), 'finding')}: {', '.join(each)}"
    if report.summary.fixable:
        found += f"; {report.summary.fixable} fixable"
    return f"{found}\n{numbers(report.summary)}"


def _line(reference: Reference, paint: Paint) -> str:
    where = _where(reference.path, reference.span, reference.cell)
    what = f"{reference.repo_type} {_ids(reference.repo_id)}"
    local = f" local ({reference.local})" if reference.local else ""
    revision = "" if reference.local else f" @ {_words(reference.revision)}"
    return f"{paint(_BOLD, where)}: {printable(f'{what}{revision}{local} [{reference.call}]')}"


def _ids(value: Value) -> str:
    return _words(value) if not isinstance(value, Known) else _listed(value.strings()) or "?"


def _words(value: Value) -> str:
    match value:
        case Known(values):
            return _listed(values)
        case Unknown(reason):
            return f"? ({reason})"
        case _:
            return "-"


def _listed(values: Iterable[Written]) -> str:
    return ", ".join(dict.fromkeys(str(written.value) for written in values))
