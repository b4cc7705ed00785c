"""What a rule says, and what is told to people: problems and findings."""

from __future__ import annotations

from enum import Enum

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
class Problem:
    """What one rule has against one reference.

    `confidence` and `persona` are the reference's own unless the rule knows better, and so is
    `at`, the place that it speaks of.
    """

    message: str
    severity: Severity
    repo_id: str | None = None
    suggested_revision: str | None = None
    related: tuple[Related, ...] = ()
    confidence: Confidence | None = None
    persona: Persona | None = None
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, with the rule and the reference it belongs to."""

    code: str
    name: str
    message: str
    severity: Severity
    confidence: Confidence
    persona: Persona
    reference: Reference
    repo_id: str | None = None
    suggested_revision: str | None = None
    related: tuple[Related, ...] = ()
    at: Span | None = None

    @property
    def path(self) -> str:
        """The file it is in, as it was given to us."""
        return self.reference.path

    @property
    def span(self) -> Span:
        """Where to look: the call, the URI, the line of configuration, the flag."""
        return self.at or self.reference.span

    @property
    def help(self) -> str:
        """The command that explains the rule."""
        return f"hfmodels explain {self.code}"

    @property
    def order(self) -> tuple[str, Span, str, str]:
        """Findings are told by file, by place, by code."""
        return (self.path, self.span, self.code, self.message)
