"""Templates in files of keys and values: Helm, Jinja, cookiecutter and their like."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.marked.sheet import Sheet
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.shell.word import HOLE

# A character that nobody writes and that YAML takes for a letter.
_LETTER = "\ue000"
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENING = regex(r"\{[{%#]")
_ALONE = regex(rf"(?m)^[ \t{_LETTER}]*{_LETTER}[ \t{_LETTER}]*$")
# A template that is longer is none: two braces that have nothing to do with one another.
_LONGEST = 5000


def without_templates(parsed: str, text: Placed) -> Sheet | None:
    """The text with letters in place of its templates, and holes; `None` where it has none.

    A line that holds nothing else is left blank.
    """
    templates = list(_templates(parsed))
    if not templates:
        return None
    lettered = _filled(parsed, templates, _LETTER)
    lettered = _ALONE.sub(lambda found: " " * len(found[0]), lettered)
    return Sheet(lettered, text, Placed(_filled(text.text, templates, HOLE), text.stretches))


def _filled(text: str, templates: Iterable[tuple[int, int]], letter: str) -> str:
    pieces: list[str] = []
    end = 0
    for start, behind in templates:
        pieces += [text[end:start], re.sub(r"[^\r\n]", letter, text[start:behind])]
        end = behind
    return "".join((*pieces, text[end:]))


def _templates(text: str) -> Iterable[tuple[int, int]]:
    closings: dict[str, int] = {}
    position = 0
    while found := _OPENING.search(text, position):
        position = found.end()
        mark = _CLOSING[found[0]]
        if closings.get(mark, 0) < position:
            at = text.find(mark, position)
            closings[mark] = len(text) + _LONGEST if at < 0 else at
        if closings[mark] - position < _LONGEST:
            position = closings[mark] + len(mark)
            yield found.start(), position
