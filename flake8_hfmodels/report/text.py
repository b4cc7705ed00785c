"""Text for people: where, what, the source line with the span underlined, and a footer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from unicodedata import category, combining, east_asian_width

from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Known, Reference, Span, Unknown, Value, Written
from flake8_hfmodels.report.footer import count, numbers
from flake8_hfmodels.report.report import Report

WIDEST = 400
"""Characters of the widest source line that is shown whole."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Wraps text in terminal colours, or leaves it as it is."""

    colour: bool

    def __call__(self, code: str, text: str) -> str:
        """The text in the colour of an SGR code such as `1;31`."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text


_BOLD, _BLUE, _RED, _YELLOW, _CYAN = "1", "1;34", "1;31", "1;33", "36"
_COLOURS = {Severity.HIGH: _RED, Severity.MEDIUM: _YELLOW, Severity.LOW: _CYAN}


def render_findings(report: Report, paint: Paint) -> str:
    """Every finding with its source line, then the footer."""
    blocks = ["\n".join(_block(finding, report, paint)) for finding in report.findings]
    return "\n\n".join([*blocks, _footer(report, paint)]) + "\n"


def render_references(report: Report, paint: Paint) -> str:
    """The inventory: a line a reference, then the footer."""
    lines = [_line(reference, paint) for reference in report.references]
    return "\n".join([*lines, *([""] if lines else []), numbers(report.summary)]) + "\n"


def printable(text: str) -> str:
    """A line that cannot speak to the terminal: files and their names may hold its commands."""
    if text.isprintable():
        return text
    return "".join(one if _is_harmless(one) else "\ufffd" for one in text)


def _is_harmless(character: str) -> bool:
    return character.isprintable() or character == "\t" or category(character) == "Zs"


def _block(finding: Finding, report: Report, paint: Paint) -> Iterator[str]:
    span = finding.span
    where = _where(finding.path, span, finding.cell)
    what = paint(_COLOURS[finding.severity], f"{finding.code} {finding.name}")
    yield f"{paint(_BOLD, where)}: {what}: {printable(finding.message)}"
    places = [(span, "")]
    places += [(one.span, one.message) for one in finding.related if one.path == finding.path]
    width = max(len(str(place.line)) for place, _ in places)
    for written, note in places:
        source, place = _window(*report.excerpt(finding.path, written))
        source = printable(source)
        if not source.strip():
            continue
        margin = paint(_BLUE, f"{written.line:>{width}} |")
        yield f"{margin} {source}"
        marks = f"{_underline(source, place)} {printable(note)}".rstrip()
        yield f"{paint(_BLUE, ' ' * width + ' |')} {marks}"
    for one in finding.related:
        if one.path != finding.path:
            there = printable(f"{one.path}:{one.span.line}:{one.span.column}: {one.message}")
            yield f"{' ' * width} = {there}"
    yield f"{' ' * width} = {_note(finding)}; see {finding.help}"


def _where(path: str, span: Span, cell: tuple[int, int] | None) -> str:
    """File, line and column; in a notebook also the cell, and the line in it."""
    where = printable(f"{path}:{span.line}:{span.column}")
    if cell is None:
        return where
    number, line = cell
    return f"{where} (cell {number}, line {line})"


def _window(source: str, span: Span) -> tuple[str, Span]:
    """What is shown of a line: all of it, or of a very long one what stands around the span."""
    if len(source) <= WIDEST:
        return source, span
    begin = max(0, span.column - 1 - WIDEST // 4)
    moved = replace(span, column=span.column - begin, end_column=max(1, span.end_column - begin))
    return source[begin : begin + WIDEST], moved


def _underline(source: str, span: Span) -> str:
    end = span.end_column - 1 if span.end_line == span.line else len(source)
    before, marked = source[: span.column - 1], source[span.column - 1 : end]
    blank = "".join("\t" if char == "\t" else " " * _width(char) for char in before)
    return blank + "^" * max(1, sum(_width(char) for char in marked))


def _width(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _note(finding: Finding) -> str:
    return f"{finding.severity.value} severity, {finding.confidence.value} confidence"


def _footer(report: Report, paint: Paint) -> str:
    counts = Counter(finding.severity for finding in report.findings)
    if not report.findings:
        return numbers(report.summary)
    each = [
        paint(_COLOURS[severity], f"{counts[severity]} {severity.value}")
        for severity in (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
        if counts[severity]
    ]
    found = f"{count(len(report.findings), 'finding')}: {', '.join(each)}"
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
