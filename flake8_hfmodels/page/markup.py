"""HTML out of values: what is text is escaped, by its type, wherever it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias
from unicodedata import category

from flake8_hfmodels.record import dataclass

LONGEST = 2000
"""Characters that are shown of a text: as many as a finding has."""

LONGEST_NAME = 200
"""Characters that are shown of a name, an id or a path; the Hub's ids have 193 at most."""

LONG = 50
"""Characters of a name that does not have to be broken, however narrow a column is."""


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that is ready to be written; any other text is not, and is escaped."""

    text: str


Inner: TypeAlias = Html | str | int | None
"""What can stand in an element; nothing of `None` is seen."""

Attribute: TypeAlias = str | int | bool | None
"""The value of an attribute; it is left out for `None` and `False`, and has none for `True`."""

_VOID = frozenset({"meta", "link", "input", "br", "wbr"})


def tag(name: str, /, *content: Inner, **attributes: Attribute) -> Html:
    """An element. In names of attributes `_` stands for `-`; one at the end is left out."""
    opened = f"<{name}{''.join(map(_attribute, attributes.items()))}>"
    return Html(opened if name in _VOID else f"{opened}{_inner(content)}</{name}>")


def together(parts: Iterable[Inner]) -> Html:
    """Several things in a row."""
    return Html(_inner(parts))


def rows(parts: Iterable[Inner]) -> Html:
    """Several things, each on a line of its own."""
    return Html("".join(f"\n{_escaped(one)}" for one in parts))


def visible(text: str, most: int = LONGEST) -> str:
    """Text in which nothing is hidden and nothing acts on what stands around it.

    Control characters, those that turn the direction of text, halves of surrogate pairs and such
    are named by their code point. What is too long is cut, with a word of how long it was.
    """
    cut = f"{text[:most]}\u2026 ({len(text):,} characters)" if len(text) > most else text
    if cut.isprintable():
        return cut
    return "".join(one if _is_harmless(one) else f"\u27e8U+{ord(one):04X}\u27e9" for one in cut)


def name(text: str) -> str:
    """A name, an id or a path as `visible` shows it."""
    return visible(text, LONGEST_NAME)


def code(text: str, **attributes: Attribute) -> Html:
    """A name, an id or a path, set apart from the direction of the text around it."""
    is_long = len(text) > LONG and "class_" not in attributes
    return tag("code", name(text), **attributes, **({"class_": "long"} if is_long else {}))


def _is_harmless(character: str) -> bool:
    return character.isprintable() or character == "\t" or category(character) == "Zs"


def _inner(content: Iterable[Inner]) -> str:
    return "".join(map(_escaped, content))


def _escaped(one: Inner) -> str:
    if isinstance(one, Html):
        return one.text
    return "" if one is None else _quoted(one)


def _quoted(value: str | int) -> str:
    """Text as HTML has it, without a slash: a page in a project is to be no reference itself."""
    return escape(visible(str(value))).replace("/", "&#47;")


def _attribute(item: tuple[str, Attribute]) -> str:
    key, value = item
    if value is None or value is False:
        return ""
    key = key.rstrip("_").replace("_", "-")
    return f" {key}" if value is True else f' {key}="{_quoted(value)}"'
