"""Where in a code cell statements begin: only there do IPython's marks mean what they mean."""

from __future__ import annotations

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex

# A comment; the quotes of a text of several lines; a text; a bracket; a line that goes on.
_PIECE = regex(
    r"#.*|'''|\"\"\"|'(?:[^'\\]|\\.)*(?:'|\\?\Z)|\"(?:[^\"\\]|\\.)*(?:\"|\\?\Z)|[()\[\]{}]|\\\Z"
)
_CLOSING = {quotes: regex(rf"(?:[^\\]|\\.)*?{quotes}") for quotes in ("'''", '"""')}


@dataclass(slots=True)
class Position:
    """Where one stands in Python between two lines.

    `depth` counts open brackets, `quotes` are those of a text that is open. `goes_on`: the line
    ended with a backslash.
    """

    depth: int = 0
    quotes: str = ""
    goes_on: bool = False

    @property
    def is_between(self) -> bool:
        """A statement may begin here."""
        return not (self.depth or self.quotes or self.goes_on)

    def pass_line(self, line: str) -> None:
        """Go behind a line, which is given without its end."""
        self.goes_on = False
        place = 0
        while place < len(line):
            found = (_CLOSING[self.quotes].match if self.quotes else _PIECE.search)(line, place)
            if found is None:
                return
            self._take(found.group())
            place = found.end()

    def _take(self, piece: str) -> None:
        if self.quotes:
            self.quotes = ""
        elif piece in _CLOSING:
            self.quotes = piece
        elif piece in "([{":
            self.depth += 1
        elif piece in ")]}":
            self.depth = max(self.depth - 1, 0)
        else:
            self.goes_on = piece.endswith("\\") and not piece.startswith("#")
