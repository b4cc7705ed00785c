"""What IPython marks on a line that is no Python: commands for a shell, magics, calls for help."""

from __future__ import annotations

import re

from flake8_hfmodels.loaders.magics import PROGRAMS
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex

SYSTEM = "!"
"""The name of the mark of a command line, as that of a magic is its own."""

_MARK = regex(
    r"(?P<before>[ \t]*(?:[^\s=!%?#'\"][^=!%#]*=[ \t]*)?)(?:!!?|%{1,2}[ \t]*(?P<magic>\w*))"
)
_HELP = regex(
    r"(?P<before>[ \t]*)(?:\?|(?:\w+[ \t]*=[ \t]*)?%{0,2}[A-Za-z_*][\w.*\[\]]*\?\??[ \t]*\Z)"
)
_PROGRAM = regex(rf"(?P<before>[ \t]*)(?=(?:{'|'.join(PROGRAMS)})[ \t]+[a-z]+\b(?![ \t]*[=.(,]))")
_HINT = regex(rf"[!%?]|^[ \t]*(?:{'|'.join(PROGRAMS)})[ \t]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked on a line: from where on, where its text begins, and the command's name."""

    begin: int
    end: int
    name: str


def may_have_marks(text: str) -> bool:
    """A quick look: whether there may be a mark in a text."""
    return _HINT.search(text) is not None


def mark_of(line: str) -> Mark | None:
    """The mark on a line at which a statement begins."""
    if found := _MARK.match(line):
        name = found["magic"]
        return Mark(found.end("before"), found.end(), SYSTEM if name is None else name)
    if found := _HELP.match(line):
        return Mark(found.end("before"), found.end(), "")
    if found := _PROGRAM.match(line):
        return Mark(found.end(), found.end(), SYSTEM)
    return None
