"""What a command comes to, before any of it is printed."""

from __future__ import annotations

from flake8_hfmodels.record import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """The exit code, the text for standard output, and lines for standard error."""

    code: int
    text: str = ""
    complaints: tuple[str, ...] = ()
