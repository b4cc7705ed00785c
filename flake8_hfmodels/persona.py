"""Who wants to hear of a finding."""

from __future__ import annotations

from enum import Enum


class Persona(Enum):
    """Who wants to hear of it; each hears what the ones before it hear.

    regular: what a careful reviewer would stop. pedantic: also what merely smells.
    auditor: everything that could be a reference.
    """

    REGULAR = "regular"
    PEDANTIC = "pedantic"
    AUDITOR = "auditor"

    def hears(self, other: Persona) -> bool:
        """Whether somebody of this persona is told what is meant for `other`."""
        ranks = list(Persona)
        return ranks.index(self) >= ranks.index(other)
