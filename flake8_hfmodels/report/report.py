"""What a report is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from flake8_hfmodels.record import dataclass, field

if TYPE_CHECKING:
    from flake8_hfmodels.finding import Finding, Suppressed
    from flake8_hfmodels.reference import Reference, Span
    from flake8_hfmodels.sources.decoding import Skipped
    from flake8_hfmodels.sources.trouble import Trouble

Mode = Literal["online", "offline", "strict", "locked"]


@dataclass(frozen=True, slots=True)
class Summary:
    """The footer in numbers.

    `repos` are those the rules had questions about; of these so many were asked over the wire,
    cached, or left unanswered, and `stale` known only by an old answer, as the Hub gave no new one;
    `locked` are known by the lock, and nobody was asked.
    `fixable` are findings that bear a fix, `outside` those that were left out as they are on no
    changed line. `seconds` is the time of the whole run. `skipped` counts the files that were not
    looked at, by why: binary, large, minified, unknown (of no kind that is read).
    """

    files: int
    references: int
    repos: int
    asked: int
    cached: int
    unanswered: int
    suppressed: int
    mode: Mode
    seconds: float
    stale: int = 0
    fixable: int = 0
    locked: int = 0
    outside: int = 0
    skipped: Mapping[Skipped, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a run has to tell.

    `lines` are those of each file with findings, `troubles` the files that could not be checked,
    `warnings` what went wrong with the Hub, `suppressed` the findings that nobody is told of.
    `excerpts` are what to show of places whose lines in
    the file nobody wrote, by path and place, each with the place in what is shown.
    """

    findings: Sequence[Finding]
    references: Sequence[Reference]
    lines: Mapping[str, Sequence[str]]
    summary: Summary
    troubles: Sequence[Trouble] = ()
    warnings: Sequence[str] = ()
    suppressed: Sequence[Suppressed] = ()
    excerpts: Mapping[tuple[str, Span], tuple[str, Span]] = field(default_factory=dict)

    def excerpt(self, path: str, span: Span) -> tuple[str, Span]:
        """The line at a place of a file, and the place in that line."""
        return self.excerpts.get((path, span)) or (self.line(path, span.line), span)

    def line(self, path: str, number: int) -> str:
        """One line of a file, counted from 1; empty where it is not there."""
        lines = self.lines.get(path, ())
        return lines[number - 1] if 0 < number <= len(lines) else ""
