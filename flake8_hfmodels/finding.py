"""What a rule says, and what is told to people: problems and findings."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Confidence, Known, Reference, Span, Value


class Severity(Enum):
    """How bad it is when the finding is right."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that the finding speaks of, and what stands there."""

    path: str
    span: Span
    message: str


def written_elsewhere(ref: Reference, *values: Value) -> tuple[Related, ...]:
    """The places of values that do not stand in the lines of the reference itself."""
    all_written = (one for value in values if isinstance(value, Known) for one in value.values)
    return tuple(
        Related(one.path or ref.path, one.span, f"{one.value!r} is written here")
        for one in dict.fromkeys(all_written)
        if one.path or not ref.span.line <= one.span.line <= ref.span.end_line
    )


@dataclass(frozen=True, slots=True)
class Edit:
    """Text to write over a stretch of a file; over nothing, where the stretch is empty."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the finding's own file that mends it, and in words what it does.

    Not `is_safe`: somebody has to look whether the program still does what it is to do.
    `comment` is an empty place at the end of a line where a comment may be put that says which ref
    the pin follows; `None` where there is none. Where the edits add a line, it is at the place of
    the last one, so that it is to be written behind it. `follows` is that ref: `main`, a branch, a
    tag.
    """

    what: str
    edits: tuple[Edit, ...]
    is_safe: bool = True
    comment: Span | None = None
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What one rule has against one reference, and what to do.

    `confidence` and `persona` are the reference's own unless the rule knows better, and so is
    `at`, the place that it speaks of. `is_needless`: what it complains of may simply be left out.
    """

    what: str
    severity: Severity
    remedy: str
    repo_id: str | None = None
    suggested_revision: str | None = None
    related: tuple[Related, ...] = ()
    confidence: Confidence | None = None
    persona: Persona | None = None
    at: Span | None = None
    is_needless: bool = False

    @property
    def message(self) -> str:
        """Both in one line."""
        return f"{self.what}; {self.remedy}"


OLD_ANSWER = "by an earlier answer of the Hub"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at one place of one file, by one rule.

    `what` is wrong, `remedy` is what to do. `reference` is what the rule looked at, if it was a
    reference. `is_by_old_answers`: without an answer that the cache kept, nobody would say so.
    `cell`: in a notebook, the number of the cell and of the line in it, both from 1.
    `unfixable`: why there is no fix, where one was looked for.
    """

    code: str
    name: str
    what: str
    remedy: str
    severity: Severity
    confidence: Confidence
    persona: Persona
    path: str
    span: Span
    reference: Reference | None = None
    is_by_old_answers: bool = False
    repo_id: str | None = None
    suggested_revision: str | None = None
    related: tuple[Related, ...] = ()
    cell: tuple[int, int] | None = None
    fix: Fix | None = None
    unfixable: str = ""
    is_needless: bool = False

    @property
    def message(self) -> str:
        """All of it in one line."""
        message = f"{self.what}; {self.remedy}"
        return f"{message} ({OLD_ANSWER})" if self.is_by_old_answers else message

    @property
    def help(self) -> str:
        """The command that explains the rule."""
        return f"hfmodels explain {self.code}"

    @property
    def order(self) -> tuple[str, Span, str, str]:
        """Findings are told by file, by place, by code."""
        return (self.path, self.span, self.code, self.message)


Silencer = Literal["comment", "settings", "baseline"]
"""What silences findings: a comment at the place, `per-file-ignores`, an entry of the baseline."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that nobody is told of, what silences it, and the reason that is given there."""

    finding: Finding
    by: Silencer
    reason: str = ""
