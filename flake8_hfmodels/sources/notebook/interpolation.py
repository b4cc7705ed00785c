"""Command lines in which IPython fills in values of Python: `!hf download {repo}`."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.python.parse import parse_text
from flake8_hfmodels.sources.source import PythonSource

MOST_VALUES = 50
"""Values of a command line that are filled in; those behind them are left to the shell."""

# IPython 9.4 IPython/utils/text.py, DollarFormatter: `{expression}` and `$name`, not `$$name`.
_VALUE = regex(
    r"(?<!\$)\{(?P<braces>[^{}\n\\]{1,200}?)(?:![rsa])?(?::[^{}\n\]'\"]{0,20})?\}"
    r"|\$(?P<name>[A-Za-z_][\w.]*)|\$\$|\{\{|\}\}"
)
_NAME = regex(r"\s*([A-Za-z_]\w*)(?P<more>[^\s.\w])?")
_AWKWARD = regex(r"\\\r?\n|[\\\"\r\n]")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}


def call_of(command: Placed, is_name: Callable[[str], bool]) -> Placed | None:
    """The call that runs a command line with values of Python; `None`: there are none in it."""
    parts: list[Placed] = []
    position = 0
    for found in islice(_VALUE.finditer(command.text), MOST_VALUES):
        group = found.lastgroup
        if group is None or not _is_value(found, group, is_name):
            continue
        at = command.at(found.start())
        parts.extend(_quoted(command.part(position, found.start())))
        parts.append(inserted('"+(', *at))
        parts.append(command.part(*found.span(group)))
        parts.append(inserted(')+"', *at))
        position = found.end()
    if not parts:
        return None
    parts.extend(_quoted(command.part(position, len(command.text))))
    end = command.span(0, len(command.text))
    begin = inserted('get_ipython().system("', *command.at(0))
    return joined([begin, *parts, inserted('")', end.end_line, end.end_column)])


def _is_value(found: re.Match[str], group: str, is_name: Callable[[str], bool]) -> bool:
    """Whether Python is asked: of names it does not know, IPython leaves it to the shell.

    A name alone between braces means nothing there: somebody else has given it to Python.
    """
    if group == "name":
        return is_name(found["name"].partition(".")[0])
    first = _NAME.match(found["braces"])
    if first is None or (first["more"] and not is_name(first[1])):
        return False
    return isinstance(parse_text("", f"({found['braces']})"), PythonSource)


def _quoted(text: Placed) -> list[Placed]:
    """What stands between quotes in Python for a text."""
    parts: list[Placed] = []
    position = 0
    for found in _AWKWARD.finditer(text.text):
        parts.append(text.part(position, found.start()))
        parts.append(inserted(_ESCAPED.get(found.group(), " "), *text.at(found.start())))
        position = found.end()
    parts.append(text.part(position, len(text.text)))
    return parts
