"""Which findings the source itself silences, in a comment on the statement they stand in.

In Python `# noqa` and `# noqa: HFM001` as flake8 has them (which looks at lines, not at comments),
`# flake8: noqa` for a file, and our own `# hfmodels: ignore[HFM001] reason`, which names its codes
always. Another tool's comments (`# nosec B615`) silence nothing here: who wrote them has not seen
what we say.

In every other kind of file both stand behind any mark that begins a comment somewhere: `#`, `//`,
`/*`, `<!--`, `..`, `;`. A line that holds nothing but our own comment speaks of the next line as
well, as Dockerfiles and JSON have no room behind a value: of all of it, where a backslash makes it
go on; before a fence, of all that is fenced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from flake8_hfmodels.finding import Finding
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Span
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.source import Source, TextSource

# flake8 7.5.0 flake8/defaults.py:27; words that are no codes mean all codes there.
_CODES = r"[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*"
_NOQA = regex(rf"# noqa(?::\s?(?P<codes>{_CODES}))?", re.IGNORECASE)
_FILE = regex(rf"\s*# flake8[:=]\s*noqa(?::\s?(?P<codes>{_CODES}))?", re.IGNORECASE)
_IGNORE = regex(r"#\s*hfmodels:\s*ignore\[(?P<codes>[A-Z0-9,\s]+)\]", re.IGNORECASE)

_MARKED = regex(
    r"(?:#|//|/\*|<!--|\.\.|;|--)\s*hfmodels:\s*ignore\[(?P<codes>[A-Z0-9,\s]+)\]", re.IGNORECASE
)
_ONLY_COMMENT = regex(r"\s*(?:#|//|/\*|\*|<!--|\.\.\s|;|--|\{/\*)")
_FENCE = regex(r"\s*(`{3,}|~{3,})")
_GOES_ON = regex(r"\\\s*$|^\s*#")
"""A line that goes on below, and a comment between such lines."""

_WHOLE_CODE = regex(r"[A-Z]+[0-9]{3}")
_HINT = regex(
    r"# noqa(?!:\s?[A-Z]+[0-9])|# noqa:(?=[A-Z0-9,\s]*\bH)|flake8[:=]\s*noqa|hfmodels:",
    re.IGNORECASE,
)
"""What can silence one of ours: most comments of flake8 name the codes of others."""

_ALL = ("",)
"""The beginnings of the codes that a comment without codes silences."""


@dataclass(frozen=True, slots=True)
class Silencers:
    """The comments of one file that silence something.

    `lines` holds the beginnings of the codes that are silenced on a line, `whole_file` those that
    are everywhere (flake8 itself passes over the whole file). `statements` maps each line to the
    first and the last line of the statement that it belongs to.
    """

    lines: dict[int, tuple[str, ...]] = field(default_factory=dict)
    whole_file: tuple[str, ...] = ()
    statements: dict[int, tuple[int, int]] = field(default_factory=dict)

    def silences(self, finding: Finding) -> bool:
        """Whether a comment speaks of a finding, or of all that the reference spans."""
        places = (finding.span, finding.reference.span)
        return any(self.speaks_of(finding.code, place) for place in places)

    def speaks_of(self, code: str, span: Span) -> bool:
        """Whether a comment silences a code at a place.

        One for the file, one on a line of the place, or one on the first or the last line of
        the statement that it stands in.
        """
        if code.startswith(self.whole_file):
            return True
        first_and_last = self.statements.get(span.line, ())
        lines = (*first_and_last, *range(span.line, span.end_line + 1))
        return any(code.startswith(self.lines.get(line, ())) for line in lines)


def silencers(lines: Sequence[str], noqa: bool = True) -> Silencers:
    """Collect the silencing comments of a Python file. `noqa`: whether flake8's count too."""
    if not _may_silence(lines):
        return Silencers()
    matches = [_FILE.match(line) for line in lines] if noqa else []
    whole_file = tuple(code for one in matches if one for code in _in(one["codes"]))
    found = {number: _noqa(line) for number, line in enumerate(lines, 1)} if noqa else {}
    from flake8_hfmodels.statements import statements

    read = statements(lines)
    for line, comment in read.comments:
        found[line] = found.get(line, ()) + _ignored(comment)
    return Silencers(found, whole_file, read.lines)


def _may_silence(lines: Sequence[str]) -> bool:
    """A quick look: the pattern, which knows no case, takes twenty times as long as two words."""
    text = "\n".join(lines).lower()
    return ("noqa" in text or "hfmodels:" in text) and _HINT.search(text) is not None


def silencers_in(source: Source, noqa: bool = True) -> Silencers:
    """Collect the silencing comments of any file. `noqa`: whether `# noqa` counts too."""
    if not isinstance(source, TextSource):
        return silencers(source.lines, noqa)
    if not _may_silence(source.lines):
        return Silencers()
    if source.kind == "notebook":
        return _in_cells(source, noqa)
    return Silencers(_on_lines(list(enumerate(source.lines, 1)), noqa))


def _in_cells(source: TextSource, noqa: bool) -> Silencers:
    """The comments in the cells of a notebook, on the lines of the file where these stand."""
    from flake8_hfmodels.sources.notebook import statements
    from flake8_hfmodels.sources.notebook.lines import lines_of

    found: dict[int, tuple[str, ...]] = {}
    for _cell, lines in groupby(lines_of(source).lines, lambda line: line.cell.number):
        placed = [(line.place[0], line.text.text) for line in lines]
        for number, codes in _on_lines(placed, noqa).items():
            found[number] = found.get(number, ()) + codes
    return Silencers(found, statements=statements(source))


def _on_lines(lines: Sequence[tuple[int, str]], noqa: bool) -> dict[int, tuple[str, ...]]:
    """The codes that are silenced on each line; each is given with its number in the file."""
    found: dict[int, dict[str, None]] = {}
    above: dict[str, None] = {}
    for index, (number, line) in enumerate(lines):
        ignored = dict.fromkeys(_ignored(line, _MARKED))
        here = found.setdefault(number, {})
        here.update(ignored | dict.fromkeys(_noqa(line) if noqa else ()))
        if _says_nothing(line):
            above.update(ignored)
        elif above:
            for spoken_of, _text in lines[index : _end(lines, index)]:
                found.setdefault(spoken_of, {}).update(above)
            above = {}
    return {number: tuple(codes) for number, codes in found.items()}


def _end(lines: Sequence[tuple[int, str]], begin: int) -> int:
    """The index behind what begins on a line: all that is fenced, or a line that goes on."""
    end = begin + 1
    if fence := _FENCE.match(lines[begin][1]):
        while end < len(lines) and not lines[end][1].lstrip().startswith(fence[1]):
            end += 1
        return end + 1
    while end < len(lines) and _GOES_ON.search(lines[end - 1][1]):
        end += 1
    return end


def _says_nothing(line: str) -> bool:
    return not line.strip() or _ONLY_COMMENT.match(line) is not None


def _ignored(comment: str, pattern: re.Pattern[str] = _IGNORE) -> tuple[str, ...]:
    named = [code for one in pattern.finditer(comment) for code in _codes(one["codes"])]
    return tuple(code for code in named if _WHOLE_CODE.fullmatch(code))


def _noqa(line: str) -> tuple[str, ...]:
    found = _NOQA.search(line)
    if found is None:
        return ()
    return _in(found["codes"])


def _in(codes: str | None) -> tuple[str, ...]:
    return _ALL if codes is None else _codes(codes)


def part(findings: Iterable[Finding], silencers: Silencers) -> tuple[list[Finding], list[Finding]]:
    """Part findings into those that are told and those that are silenced."""
    told: list[Finding] = []
    silenced: list[Finding] = []
    for finding in findings:
        (silenced if silencers.silences(finding) else told).append(finding)
    return told, silenced


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.upper() for code in re.split(r"[,\s]+", text) if code)
