"""A text as its parser sees it beside the text as its readers shall see it."""

from __future__ import annotations

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.sources.placed import Placed


@dataclass(frozen=True, slots=True)
class Sheet:
    """Three texts of the same length: offsets of one are offsets of the others.

    parsed: what the parser is given. text: what the file holds. holed: the same with holes in
    place of what is filled in before the file is used.
    """

    parsed: str
    text: Placed
    holed: Placed
