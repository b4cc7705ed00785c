"""What can be wrong with a file."""

from __future__ import annotations

from flake8_hfmodels.record import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file could not be looked at: one line for people. `line` 0: the file as a whole."""

    path: str
    message: str
    line: int = 0

    def __str__(self) -> str:
        """The line as people read it."""
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message}"
