"""What `hfmodels gate` tells: for people, and for programs.

The JSON has a version of its own, to which keys may be added and none taken away::

    {"version": 1, "policy": path or null, "verdicts": [...], "warnings": [...], "summary": {...}}

A verdict has `repo_type`, `repo_id`, `revision` (as it was asked), `verdict` (`allow`, `deny` or
`unknown`), `commit` (what it stands for now, or null), `reasons` (each with `rule`, `severity`,
`denies`, `what`, `remedy`) and `not_known` (texts). ASCII throughout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.report.paint import Paint, printable

if TYPE_CHECKING:
    from flake8_hfmodels.governing.verdict import Verdict

VERSION = 1

_COLOURS = {"allow": "1;32", "deny": "1;31", "unknown": "1;33"}
_WIDEST = max(map(len, _COLOURS))
_BOLD = "1"
_NARROWEST = 40
"""Columns below which lines are not broken; a narrower screen breaks them itself."""


@dataclass(frozen=True, slots=True)
class Gated:
    """What came of it, and how it was asked; `policy` is the file that has it."""

    verdicts: Sequence[Verdict]
    policy: str | None
    warnings: Sequence[str]
    asked: int
    cached: int
    unanswered: int
    mode: str
    seconds: float

    def counts(self) -> dict[str, int]:
        """How many there are of each verdict."""
        counts = Counter(one.word for one in self.verdicts)
        return {
            "allowed": counts["allow"],
            "denied": counts["deny"],
            "unknown": counts["unknown"],
        }


def in_text(gated: Gated, paint: Paint, columns: int | None) -> str:
    """A line for each repo, its reasons below, and a footer, for a screen of so many columns."""
    lines = [line for one in gated.verdicts for line in _lines(one, paint, columns)]
    return "\n".join([*lines, footer(gated)]) + "\n"


def in_json(gated: Gated) -> str:
    """All of it for programs."""
    from flake8_hfmodels.report.portable import ascii_json

    return ascii_json(
        {
            "version": VERSION,
            "policy": gated.policy,
            "verdicts": [_verdict(one) for one in gated.verdicts],
            "warnings": list(gated.warnings),
            "summary": {
                "repos": len(gated.verdicts),
                **gated.counts(),
                "asked": gated.asked,
                "cached": gated.cached,
                "unanswered": gated.unanswered,
                "mode": gated.mode,
                "seconds": gated.seconds,
            },
        }
    )


def _lines(verdict: Verdict, paint: Paint, columns: int | None) -> Iterator[str]:
    target = verdict.target
    kind = "" if target.repo_type == "model" else f"{target.repo_type} "
    at = "" if target.revision is None else f" at {target.revision}"
    is_news = verdict.commit not in (None, target.revision)
    commit = f": commit {verdict.commit}" if is_news else ""
    word = paint(_COLOURS[verdict.word], verdict.word) + " " * (_WIDEST - len(verdict.word))
    yield f"{word}  {kind}{paint(_BOLD, printable(target.repo_id))}{printable(at)}{commit}"
    for one in verdict.reasons:
        note = "" if one.denies else " (does not deny)"
        yield from _below(f"{one.rule} {one.what}; {one.remedy}{note}", columns)
    for words in verdict.lacks:
        yield from _below(f"not known: {words}", columns)


def _below(words: str, columns: int | None) -> Iterator[str]:
    """A reason under its repo; where it goes into a file or a pipe, it stays one line."""
    indent = " " * (_WIDEST + 2)
    if columns is None:
        yield indent + printable(words)
        return
    import textwrap

    width = max(_NARROWEST, columns) - len(indent)
    yield from (indent + line for line in textwrap.wrap(printable(words), width))


def footer(gated: Gated) -> str:
    """The last line: how many of what, and by whose policy."""
    counts = gated.counts()
    repos = "1 repo" if len(gated.verdicts) == 1 else f"{len(gated.verdicts)} repos"
    words = ", ".join(
        f"{number} {'not known' if name == 'unknown' else name}"
        for name, number in counts.items()
        if number
    )
    policy = f"policy of {gated.policy}" if gated.policy else "no policy"
    return f"{repos}: {words}; {printable(policy)}; {gated.mode}; {gated.seconds:.2f} s"


def _verdict(verdict: Verdict) -> dict[str, object]:
    target = verdict.target
    return {
        "repo_type": target.repo_type,
        "repo_id": target.repo_id,
        "revision": target.revision,
        "verdict": verdict.word,
        "commit": verdict.commit,
        "reasons": [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "denies": one.denies,
                "what": one.what,
                "remedy": one.remedy,
            }
            for one in verdict.reasons
        ],
        "not_known": list(verdict.lacks),
    }
