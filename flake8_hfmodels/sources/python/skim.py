"""What a module that can load nothing says of the Hub: its docstrings and comments, unparsed.

Most files of a library that stands on the Hub show how it is used and call no loader themselves.
Parsing them takes Python ten times as long as telling code, literals and comments apart, and what
is found is the same: whatever could make a difference here is left to the parser. As in the
prefilter, a word counts where it is written out, neither escaped nor split between two literals.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from flake8_hfmodels.prefilter import as_python_reads
from flake8_hfmodels.sources.python.candidates import may_run
from flake8_hfmodels.sources.python.pieces import Unclear, formatted, pieces_in

if TYPE_CHECKING:
    from flake8_hfmodels.reference import Reference
    from flake8_hfmodels.sources.python.docstrings import ReadCode


def skim(path: str, lines: Sequence[str], read_code: ReadCode) -> list[Reference] | None:
    """The certain references of a module, in its order; `None` where it has to be parsed.

    `read_code` reads the pieces of code that docstrings show.
    """
    text = "\n".join(lines)
    with suppress(Unclear):
        pieces = pieces_in(text)
        code = _as_read(" ".join(pieces.code))
        within = _as_read(" ".join(formatted(pieces)))
        if may_run(code + b" " + within, _as_read(text)):
            return None
        from flake8_hfmodels.sources.python.unparsed import said  # not for what is parsed

        return said(pieces, code, path, lines, read_code)
    return None


def _as_read(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return data if data.isascii() else as_python_reads(data)
