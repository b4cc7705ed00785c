"""Links of Markdown and reStructuredText: what they show is judged by where they lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.text.links import find_links

_INLINE = regex(r"\[(?P<text>[^\[\]\n]{0,300})\]\([ \t]*<?(?P<to>[^\s()<>]{1,1000})")
_BEHIND = regex(r"\]\([ \t]*<?([^\s()<>]{1,1000})")
_BY_NAME = regex(r"\[(?P<text>[^\[\]\n]{1,300})\]\[(?P<name>[^\[\]\n]{0,300})\]")
_QUOTED = regex(r"`(?P<text>[^`<\n]{0,300})<(?P<to>[^`<>\s]{1,1000})>`__?")
_DEFINITION = regex(r"^[ \t]{0,3}\[([^\[\]\n]{1,300})\]:[ \t]*<?(\S{1,1000})", re.MULTILINE)
_ADDRESS = regex(r"(?:https?|ftp)://[^\s<>\"'`()\[\]]{1,1000}")
_ELSEWHERE = regex(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|kaggle\.com|modelscope\.cn"
    r"|hub\.docker\.com/r|openrouter\.ai|npmjs\.com/package)/([\w.-]{1,96}/[\w.-]{1,96})",
    re.IGNORECASE | re.ASCII,
)
_HUB = regex(r"(?:https?:)?//(?:www\.)?(?:huggingface\.co|hf\.co)/|hf://", re.IGNORECASE)


def without_links(
    text: Placed, prose: Sequence[tuple[int, int]]
) -> tuple[Placed, Callable[[int, str], bool]]:
    """A text with spaces where its links lead, and who says what is meant elsewhere.

    An id that a link to another site shows means that site, wherever the prose names it, unless
    the Hub is linked for it too.
    """
    whole = text.text
    elsewhere = {_plain(found.group(1)) for found in _ELSEWHERE.finditer(whole)}
    elsewhere -= {link.repo_id.lower() for link in find_links(whole)}
    places = {
        found.group(1).lower(): found.group(2)
        for start, end in prose
        for found in _DEFINITION.finditer(whole, start, end)
    }
    pieces: list[str] = []
    done = 0
    for start, end in prose:
        pieces.append(whole[done:start])
        pieces.append(_blanked(whole[start:end], places))
        done = end
    pieces.append(whole[done:])
    return Placed("".join(pieces), text.stretches), lambda _, repo_id: repo_id.lower() in elsewhere


def _blanked(prose: str, places: dict[str, str]) -> str:
    def quoted(found: re.Match[str]) -> str:
        shown = found["text"] if _may_be_hub(found["to"]) else ""
        return f" {shown}".ljust(len(found.group()))

    def inline(found: re.Match[str]) -> str:
        shown = found["text"] if _may_be_hub(found["to"]) else " " * len(found["text"])
        return f"[{shown}]".ljust(len(found.group()))

    def by_name(found: re.Match[str]) -> str:
        to = places.get((found["name"] or found["text"]).lower(), "")
        return found.group() if _may_be_hub(to) else " " * len(found.group())

    prose = _QUOTED.sub(quoted, prose)
    prose = _INLINE.sub(inline, prose)
    prose = _BEHIND.sub(_spaces, prose)
    prose = _BY_NAME.sub(by_name, prose)
    return _ADDRESS.sub(_spaces, prose)


def _may_be_hub(to: str) -> bool:
    """Whether a link leads to the Hub or nowhere else: a place in this project."""
    return _HUB.match(to) is not None or "://" not in to


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _plain(name: str) -> str:
    return name.removesuffix(".git").rstrip(".").lower()
