"""Expressions of just: what they are, as far as the file says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.shell.word import HOLE

LONGEST = 2000
"""A value of more characters is not put where its variable stands."""

MOST_PARTS = 32
"""An expression of more parts counts as unknown."""

# just manual: Strings, Functions (env, env_var_or_default), Expressions and Substitutions.
_TEXT = (
    r"(?:'''(?P<raw3>.*?)'''|\"\"\"(?P<text3>.*?)\"\"\"|'(?P<raw>[^']*)'|\"(?P<text>[^\"\\]*)\")"
)
STRING = regex(_TEXT, re.DOTALL)
_DEFAULT = regex(
    r"(?:env_var_or_default|env)\(\s*(?:'[^']*'|\"[^\"]*\")\s*,\s*" + _TEXT + r"\s*\)", re.DOTALL
)
_NAME = regex(r"[A-Za-z_][\w-]*(?![\w(-])", re.ASCII)
_JOINT = regex(r"\s*(?P<joint>[+/])\s*|\s*$")
_HELD = regex(r"\{\{(?P<brace>\{\{)?|\}\}")


def evaluated(text: Placed, values: Mapping[str, Placed]) -> Placed | None:
    """What an expression is; `None` where the file does not say."""
    parts: list[Placed] = []
    position = len(text.text) - len(text.text.lstrip())
    while len(parts) < MOST_PARTS:
        term, position = _term(text, position, values)
        joint = _JOINT.match(text.text, position)
        if term is None or joint is None:
            return None
        parts.append(term)
        if joint["joint"] is None:
            made = joined(parts)
            return made if len(made.text) <= LONGEST else None
        if joint["joint"] == "/":
            parts.append(inserted("/", *text.at(joint.start("joint"))))
        position = joint.end()
    return None


def _term(text: Placed, position: int, values: Mapping[str, Placed]) -> tuple[Placed | None, int]:
    """One text, name or default in an expression, and where it ends."""
    found = STRING.match(text.text, position) or _DEFAULT.match(text.text, position)
    if found is not None:
        kind = str(found.lastgroup)
        return text.part(*found.span(kind)), found.end()
    name = _NAME.match(text.text, position)
    if name is None:
        return None, position
    return values.get(name.group()), name.end()


def filled(text: Placed, values: Mapping[str, Placed], left: int) -> tuple[Placed, int]:
    """A text with what stands in `{{…}}` in it, a hole where nobody knows.

    No more than `left` characters are put in; how many are left afterwards is the second value.
    """
    parts: list[Placed] = []
    end = 0
    begin: int | None = None
    for mark in _HELD.finditer(text.text):
        if mark.group() == "}}" and begin is not None:
            known = evaluated(text.part(begin + 2, mark.start()), values)
            parts.append(text.part(end, begin))
            if known is None or len(known.text) > left:
                known = inserted(HOLE, *text.at(begin))
            parts.append(known.sent_away())
            left -= len(known.text)
            end, begin = mark.end(), None
        elif mark["brace"] is not None and begin is None:
            parts.append(text.part(end, mark.start() + 2))
            end = mark.end()
        elif mark.group() == "{{":
            begin = mark.start()
    parts.append(text.part(end, len(text.text)))
    return joined(parts), left
