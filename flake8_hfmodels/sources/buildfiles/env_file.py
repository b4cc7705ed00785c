"""Files of variables (`.env`) to references."""

from __future__ import annotations

import re

from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.buildfiles.docker_words import expanded
from flake8_hfmodels.sources.buildfiles.prose import prose_references
from flake8_hfmodels.sources.buildfiles.settings import Setting, setting_references, spoken
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.source import TextSource

# docs.docker.com/compose/how-tos/environment-variables/variable-interpolation#env-file-syntax.
_SETTING = regex(r"\s*(#[# \t]*)?(?:export\s+)?([A-Za-z_][\w.]*)\s*=[ \t]*(\S.*)?$", re.ASCII)
_VALUE = regex(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|(?:[^\s#]|(?<=\S)#|[ \t]+(?![ \t#]|$))*")

MOST = 2000
"""Variables whose values others can hold."""


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a file of variables."""
    settings: list[Setting] = []
    comments: list[Placed] = []
    known: dict[str, Placed] = {}
    for line in source.text.lines():
        found = _SETTING.match(line.text)
        if found is not None and found[3] is not None:
            settings.append(_setting(line, found, known))
            if not found[1] and len(known) < MOST:
                known[found[2]] = settings[-1].value
        elif line.text.lstrip().startswith("#"):
            comments.append(line)
    context = source.context(everything)
    read = settings if everything else [one for one in settings if not one.idle]
    made = setting_references(read, context, (), source.text.text)
    if not everything:
        return made
    return [*made, *prose_references([*spoken(settings), *comments], source.path, made)]


def _setting(line: Placed, found: re.Match[str], known: dict[str, Placed]) -> Setting:
    """The variable that a line gives a value; a comment behind the value is no part of it."""
    value = _VALUE.match(line.text, found.start(3))
    assert value is not None  # it fits the empty text as well
    return Setting(
        name=found[2],
        value=expanded(line.part(*value.span()), known),
        whole=line.part(found.start(2), value.end()),
        said=found[2],
        idle=found[1] is not None,
    )
