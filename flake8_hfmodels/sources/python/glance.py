"""A quick look at the texts and comments of a module: could one of them certainly name a repo."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_hfmodels.loaders import method_names
from flake8_hfmodels.loaders.mentions import CODE_MARKS, mentions_hub
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.python.scopes import Survey

_CALLED = regex(r"(\w+)\s*\(")


def calls_a_loader(text: str) -> bool:
    """Whether a text has the call of a loader, by the last part of its name."""
    return "(" in text and any(name in method_names() for name in _CALLED.findall(text))


def says_something(survey: Survey) -> bool:
    """Whether a module has an address, a text that shows code, or code in a comment."""
    values = (str(node.value) for node, _parent, _scope in survey.strings)
    return any(map(_is_worth_reading, values)) or _in_comments(survey.lines)


def _is_worth_reading(text: str) -> bool:
    return mentions_hub(text) or any(mark in text for mark in CODE_MARKS)


def _in_comments(lines: Sequence[str]) -> bool:
    behind = (line[line.find("#") :] for line in lines if "#" in line)
    return any(mentions_hub(text) or calls_a_loader(text) for text in behind)
