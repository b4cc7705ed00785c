"""Which findings the source itself silences, in a comment on the statement they stand in.

In Python `# noqa` and `# noqa: HFM001` as flake8 has them (which looks at lines, not at comments),
`# flake8: noqa` for a file, and our own `# hfmodels: ignore[HFM001] reason`, which names its codes
always: one that names none silences nothing, and HFM900 says so. Another tool's comments
(`# nosec B615`) silence nothing here: who wrote them has not seen what we say.

In every other kind of file both stand behind any mark that begins a comment somewhere: `#`, `//`,
`/*`, `<!--`, `..`, `;`. A line that holds nothing but our own comment speaks of the next line as
well, as Dockerfiles and JSON have no room behind a value: of all of it, where a backslash makes it
go on; before a fence, of all that is fenced.

Of the comments on one line, of those that stand above it, and of those for the whole file the
first hundred count: nobody writes more, and a line of twenty thousand is read no slower for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from flake8_hfmodels.finding import Finding, Suppressed
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Span
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.source import Source, TextSource

# flake8 7.5.0 flake8/defaults.py:27; words that are no codes mean all codes there.
_CODES = r"[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*"
_NOQA = regex(rf"# noqa(?::\s?(?P<codes>{_CODES}))?", re.IGNORECASE)
_FILE = regex(rf"\s*# flake8[:=]\s*noqa(?::\s?(?P<codes>{_CODES}))?", re.IGNORECASE)
_REASON = r"[ \t]*(?P<reason>[^\r\n]*)"
_NAMED = r"(?:\[(?P<codes>[^\[\]\r\n]*)\]|(?![\w\[-]))"
_OURS = rf"(?P<said>\s*hfmodels:\s*ignore{_NAMED}){_REASON}"
_IGNORE = regex(rf"#{_OURS}", re.IGNORECASE)
_MARKED = regex(rf"(?:#|//|/\*|<!--|\.\.|;|--){_OURS}", re.IGNORECASE)
_ENDS = regex(r"(?:-->|\*/|# *hfmodels:).*")
"""Where a reason ends: with the comment, or with another one of ours."""

_ONLY_COMMENT = regex(r"\s*(?:#|//|/\*|\*|<!--|\.\.\s|;|--|\{/\*)")
_FENCE = regex(r"\s*(`{3,}|~{3,})")
_GOES_ON = regex(r"\\\s*$|^\s*#")
"""A line that goes on below, and a comment between such lines."""

_QUOTE = regex(r"[\"'`]")
_WHOLE_CODE = regex(r"[A-Z]+[0-9]{3}")
_MOST = 100
"""Comments of one line that count."""

_HINT = regex(
    r"# noqa(?!:\s?[A-Z]+[0-9])|# noqa:(?=[A-Z0-9,\s]*\bH)|flake8[:=]\s*noqa|hfmodels:",
    re.IGNORECASE,
)
"""What can silence one of ours: most comments of flake8 name the codes of others."""


UNUSED = "HFM900"
"""The rule about comments, and entries of a baseline, that silence nothing."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment that silences.

    `codes` are the beginnings of the codes that it names, the empty one among them for all codes;
    there is none where what it names is no code. `span` is where it stands, `reason` what else it
    says. `is_checked`: it is a comment beyond doubt, so that it can be told that it silences
    nothing. `is_ours`: it speaks to us alone.
    """

    codes: tuple[str, ...]
    span: Span
    reason: str = ""
    is_checked: bool = False
    is_ours: bool = False

    def names(self, code: str) -> bool:
        """Whether it silences a code."""
        return code.startswith(self.codes)


@dataclass(frozen=True, slots=True)
class Silencers:
    """All that silences something in one file.

    `lines` are the comments that speak of each line, `whole_file` those that speak of all
    (flake8 itself passes over the whole file), `settings` the beginnings of the codes that the
    settings silence here. `statements` maps each line to the first and the last line of the
    statement that it belongs to.
    """

    lines: Mapping[int, tuple[Comment, ...]] = field(default_factory=dict)
    whole_file: tuple[Comment, ...] = ()
    settings: tuple[str, ...] = ()
    statements: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def suppressed(self, finding: Finding) -> Suppressed | None:
        """A finding with what silences it; `None` where nothing does."""
        ref = finding.reference
        spans = [finding.span] if ref is None else [finding.span, ref.span]
        comments = (one for span in spans for one in self.speaking(span))
        comment = next((one for one in comments if one.names(finding.code)), None)
        if comment is not None:
            return Suppressed(finding, "comment", comment.reason)
        if self._is_set(finding.code):
            return Suppressed(finding, "settings")
        return None

    def speaks_of(self, code: str, span: Span) -> bool:
        """Whether a code is silenced at a place, by a comment or by the settings."""
        return self._is_set(code) or any(one.names(code) for one in self.speaking(span))

    def speaking(self, span: Span) -> Iterator[Comment]:
        """The comments that speak of a place.

        Those for the file, those on a line of the place, and those on the first or the last line
        of the statement that it stands in.
        """
        yield from self.whole_file
        first_and_last = self.statements.get(span.line, ())
        lines = (*first_and_last, *range(span.line, span.end_line + 1))
        for line in dict.fromkeys(lines) if self.lines else ():
            yield from self.lines.get(line, ())

    def comments(self) -> Iterator[Comment]:
        """Each comment once, in the order of the file."""
        every = [*self.whole_file, *(one for number in self.lines for one in self.lines[number])]
        yield from sorted(dict.fromkeys(every), key=lambda comment: comment.span)

    def _is_set(self, code: str) -> bool:
        return bool(self.settings) and code.startswith(self.settings)


def silencers(lines: Sequence[str], noqa: bool = True) -> Silencers:
    """Collect the silencing comments of a Python file. `noqa`: whether flake8's count too."""
    if not _may_silence(lines):
        return Silencers()
    from flake8_hfmodels.statements import statements

    read = statements(lines)
    begins = {line: column - 1 for line, column, _text in read.comments}
    found: dict[int, tuple[Comment, ...]] = {}
    whole_file: list[Comment] = []
    for number, line in enumerate(lines, 1) if noqa else ():
        begin = begins.get(number, len(line))
        whole_file += _comments(_FILE.match(line), number, begin)
        found[number] = tuple(_comments(_NOQA.search(line), number, begin))
    for number, column, text in read.comments:
        found[number] = found.get(number, ()) + tuple(_ignored(text, number, column, _IGNORE))
    return Silencers(found, tuple(whole_file[:_MOST]), (), read.lines)


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
    return Silencers(_on_lines([(n, 1, line) for n, line in enumerate(source.lines, 1)], noqa))


def _in_cells(source: TextSource, noqa: bool) -> Silencers:
    """The comments in the cells of a notebook, on the lines of the file where these stand."""
    from flake8_hfmodels.sources.notebook import statements
    from flake8_hfmodels.sources.notebook.lines import lines_of

    found: dict[int, tuple[Comment, ...]] = {}
    for cell, lines in groupby(lines_of(source).lines, lambda line: line.cell):
        placed = [(*line.place, line.text.text) for line in lines]
        for number, comments in _on_lines(placed, noqa, cell.kind == "code").items():
            found[number] = (found.get(number, ()) + comments)[:_MOST]
    return Silencers(found, statements=statements(source))


def _on_lines(
    lines: Sequence[tuple[int, int, str]], noqa: bool, is_code: bool = True
) -> Mapping[int, tuple[Comment, ...]]:
    """The comments that speak of each line; a line is given with its place in the file.

    Not `is_code`: it is prose, where what looks like a comment may be spoken of.
    """
    found: dict[int, dict[Comment, None]] = {}
    above: dict[Comment, None] = {}
    for index, (number, column, line) in enumerate(lines):
        ignored = dict.fromkeys(_ignored(line, number, column, _MARKED, is_code))
        here = found.setdefault(number, {})
        here.update(ignored)
        here.update(dict.fromkeys(_comments(_NOQA.search(line), number, len(line)) if noqa else ()))
        if _says_nothing(line):
            above.update(ignored if len(above) < _MOST else {})
        elif above:
            for spoken_of, _column, _text in lines[index : _end(lines, index)]:
                found.setdefault(spoken_of, {}).update(above)
            above = {}
    return {number: tuple(comments) for number, comments in found.items()}


def _end(lines: Sequence[tuple[int, int, str]], begin: int) -> int:
    """The index behind what begins on a line: all that is fenced, or a line that goes on."""
    end = begin + 1
    if fence := _FENCE.match(lines[begin][2]):
        while end < len(lines) and not lines[end][2].lstrip().startswith(fence[1]):
            end += 1
        return end + 1
    while end < len(lines) and _GOES_ON.search(lines[end - 1][2]):
        end += 1
    return end


def _says_nothing(line: str) -> bool:
    return not line.strip() or _ONLY_COMMENT.match(line) is not None


def _ignored(
    text: str, number: int, column: int, pattern: re.Pattern[str], is_code: bool = True
) -> Iterator[Comment]:
    """Our own comments in a text that stands at a place of the file.

    Behind a quote it may be part of a string, or an example in words.
    """
    begin, quote = 0, _QUOTE.search(text)
    quoted = len(text) if quote is None else quote.start()
    for _count in range(_MOST):
        match = pattern.search(text, begin)
        if match is None:
            return
        begin = match.end("said")
        named = _codes(match["codes"] or "")
        codes = tuple(code for code in named if _WHOLE_CODE.fullmatch(code))
        reason = _ENDS.sub("", match["reason"], count=1).strip()
        end = match.start("reason") + len(reason) if reason else begin
        span = Span(number, column + match.start(), number, column + end)
        is_checked = is_code and match.start() < quoted
        yield Comment(codes, span, reason, is_checked, is_ours=True)


def _comments(match: re.Match[str] | None, number: int, begin: int) -> Iterator[Comment]:
    """The comment that flake8 sees in a line; a real one begins at an index of it."""
    if match is None:
        return
    span = Span(number, match.start() + 1, number, match.end() + 1)
    codes = ("",) if match["codes"] is None else _codes(match["codes"])
    yield Comment(codes, span, is_checked=begin <= match.start())


def part(
    findings: Iterable[Finding], silencers: Silencers
) -> tuple[list[Finding], list[Suppressed]]:
    """Part findings into those that are told and those that are silenced."""
    told: list[Finding] = []
    silenced: list[Suppressed] = []
    for finding in findings:
        suppressed = silencers.suppressed(finding)
        if suppressed is None:
            told.append(finding)
        else:
            silenced.append(suppressed)
    return told, silenced


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.upper() for code in re.split(r"[,\s]+", text) if code)
