"""Commands that are commented out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from flake8_hfmodels.loaders.commands import COMMANDS
from flake8_hfmodels.loaders.commands.wrappers import CONTAINERS, PYTHON, SHELLS, WRAPPERS
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.shell.running import program
from flake8_hfmodels.sources.shell.word import Text

LONGEST = 400
"""Lines of one command that are looked at."""

_MARK = regex(r"[# \t]+(?:\$ )?")
_FIRST = regex(r"(?:(?:export[ \t]+)?[A-Za-z_]\w*=\S*[ \t]+)*(\S+)", re.ASCII)
_ASSIGNED = regex(r"(?:export[ \t]+)?[A-Za-z_]\w*=[^\s=]", re.ASCII)
_FETCHING = ("curl", "wget", "aria2c", "export")


def commented_commands(comments: Sequence[Text]) -> Iterator[Placed]:
    """The comments that are command lines, each with the lines that it goes on in."""
    parts: list[Placed] = []
    for comment in comments:
        mark = _MARK.match(comment.text)
        body = comment.part(mark.end() if mark else 0, len(comment.text))
        if not parts and not is_command(body.text):
            continue
        parts.append(body.placed())
        goes_on = body.text.endswith("\\")
        if goes_on and len(parts) < LONGEST:
            span = body.span()
            parts.append(inserted("\n", span.end_line, span.end_column))
            continue
        yield joined(parts)
        parts = []
    if parts:
        yield joined(parts)


def is_command(text: str) -> bool:
    """Whether a line begins as the command lines do that we know, or sets a variable."""
    if _ASSIGNED.match(text):
        return True
    found = _FIRST.match(text)
    if found is None:
        return False
    return _is_program(program(found[1])) and " " in text


@lru_cache(maxsize=1024)
def _is_program(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in _programs())


@cache
def _programs() -> Sequence[str]:
    rows = [row.words for row in COMMANDS]
    rows.extend(row.words for row in (*WRAPPERS, *CONTAINERS))
    known = (name for words in rows if words for name in words[0].split("|"))
    return tuple(dict.fromkeys((*known, *PYTHON, *SHELLS, *_FETCHING, "./*", "*.py", "*.sh")))
