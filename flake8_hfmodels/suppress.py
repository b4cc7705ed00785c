"""Which findings the source itself silences, in a comment on the statement they stand in.

`# noqa` and `# noqa: HFM001` as flake8 has them (which looks at lines, not at comments),
`# flake8: noqa` for a file, and our own `# hfmodels: ignore[HFM001] reason`, which names its codes
always. Another tool's comments (`# nosec B615`) silence nothing here: who wrote them has not seen
what we say.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from flake8_hfmodels.finding import Finding
from flake8_hfmodels.reference import Span

# flake8 7.5.0 flake8/defaults.py:27; words that are no codes mean all codes there.
_CODES = r"[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*"
_NOQA = re.compile(rf"# noqa(?::\s?(?P<codes>{_CODES}))?", re.IGNORECASE)
_FILE = re.compile(rf"\s*# flake8[:=]\s*noqa(?::\s?(?P<codes>{_CODES}))?", re.IGNORECASE)
_IGNORE = re.compile(r"#\s*hfmodels:\s*ignore\[(?P<codes>[A-Z0-9,\s]+)\]", re.IGNORECASE)

_WHOLE_CODE = re.compile(r"[A-Z]+[0-9]{3}")
_HINT = re.compile("noqa|hfmodels:", re.IGNORECASE)

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
        """Whether a comment speaks of a finding."""
        return self.speaks_of(finding.code, finding.span)

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
    if not any(_HINT.search(line) for line in lines):
        return Silencers()
    matches = [_FILE.match(line) for line in lines] if noqa else []
    whole_file = tuple(code for one in matches if one for code in _in(one["codes"]))
    found = {number: _noqa(line) for number, line in enumerate(lines, 1)} if noqa else {}
    statements: dict[int, tuple[int, int]] = {}
    first = 0
    for token in _tokens(lines):
        if token.type == tokenize.COMMENT:
            line = token.start[0]
            found[line] = found.get(line, ()) + _ignored(token.string)
        if token.type in _OUTSIDE:
            continue
        first = first or token.start[0]
        if token.type == tokenize.NEWLINE:
            last = token.end[0]
            statements.update(dict.fromkeys(range(first, last + 1), (first, last)))
            first = 0
    return Silencers(found, whole_file, statements)


def _tokens(lines: Sequence[str]) -> Iterator[tokenize.TokenInfo]:
    # The parser has the last word on what can be read; what came before a mistake counts.
    with suppress(tokenize.TokenError, SyntaxError):
        yield from tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline)


def _ignored(comment: str) -> tuple[str, ...]:
    named = [code for one in _IGNORE.finditer(comment) for code in _codes(one["codes"])]
    return tuple(code for code in named if _WHOLE_CODE.fullmatch(code))


def _noqa(line: str) -> tuple[str, ...]:
    found = _NOQA.search(line)
    if found is None:
        return ()
    return _in(found["codes"])


def _in(codes: str | None) -> tuple[str, ...]:
    return _ALL if codes is None else _codes(codes)


_OUTSIDE = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


def part(findings: Iterable[Finding], silencers: Silencers) -> tuple[list[Finding], list[Finding]]:
    """Part findings into those that are told and those that are silenced."""
    told: list[Finding] = []
    silenced: list[Finding] = []
    for finding in findings:
        (silenced if silencers.silences(finding) else told).append(finding)
    return told, silenced


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.upper() for code in re.split(r"[,\s]+", text) if code)
