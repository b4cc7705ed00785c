"""What a rule says, and what is told to people: problems and findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flake8_hfmodels.reference import Confidence, Persona, Reference, Span


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


@dataclass(frozen=True, slots=True)
class Problem:
    """What one rule has against one reference.

    `confidence` and `persona` are the reference's own unless the rule knows better.
    """

    message: str
    severity: Severity
    repo_id: str | None = None
    suggested_revision: str | None = None
    related: tuple[tuple[Span, str], ...] = ()
    confidence: Confidence | None = None
    persona: Persona | None = None


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

    @property
    def path(self) -> str:
        """The file it is in, as it was given to us."""
        return self.reference.path

    @property
    def span(self) -> Span:
        """Where to look: the call, the URI, the line of configuration."""
        return self.reference.span

    @property
    def help(self) -> str:
        """The command that explains the rule."""
        return f"hfmodels explain {self.code}"

    @property
    def order(self) -> tuple[str, Span, str, str]:
        """Findings are told by file, by place, by code."""
        return (self.path, self.span, self.code, self.message)
