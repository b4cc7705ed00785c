"""All that a notebook consists of: its Python as one module, its commands as one script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from flake8_hfmodels.record import replace
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.notebook.cells import Cell, cells_of
from flake8_hfmodels.sources.notebook.magics import Piece, pieces_of
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.source import TextSource

_NO_MAGIC = regex(r"^(?![ \t]*[!%]).*", re.MULTILINE)
_NAME = regex(r"[A-Za-z_]\w*")


@lru_cache(maxsize=1)
def pieces_in(source: TextSource) -> Sequence[Piece]:
    """The pieces of a notebook; what it runs itself is one of Python and one for a shell.

    The lines of a cell that are no Python are left out of the module, and of the script what would
    swallow the commands behind it.
    """
    return tuple(_together(_pieces(cells_of(source))))


def _pieces(cells: Sequence[Cell]) -> Iterator[Piece]:
    code = (cell.source.text for cell in cells if cell.kind == "code")
    names = {
        name for text in code for line in _NO_MAGIC.findall(text) for name in _NAME.findall(line)
    }
    for cell in cells:
        yield from pieces_of(cell, names.__contains__)


def _together(pieces: Iterator[Piece]) -> Iterator[Piece]:
    from flake8_hfmodels.sources.manual.sifting import MOST_LINES, sifted

    left = MOST_LINES
    module: list[Placed] = []
    script: list[Placed] = []
    for piece in pieces:
        if piece.alone or not piece.text.text:
            yield piece
            continue
        end = inserted("\n", *piece.text.at(len(piece.text.text) - 1))
        if piece.kind == "python":
            code, others = sifted(piece.text, left)
            if others.text:
                left -= piece.text.text.count("\n")
                yield Piece(None, others, alone=True)
            module += [code, end]
        elif _is_closed(piece.text.text):
            script += [piece.text, end]
        else:
            yield replace(piece, alone=True)
    yield Piece("python", joined(module))
    yield Piece("shell", joined(script))


def _is_closed(command: str) -> bool:
    return not any(command.count(quote) % 2 for quote in "'\"`") and "<<" not in command
