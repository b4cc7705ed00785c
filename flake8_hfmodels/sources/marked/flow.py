"""Values in brackets and braces, which YAML and JSON have in common."""

from __future__ import annotations

from itertools import islice

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.marked.growing import DEEPEST, MOST_VALUES, Growing
from flake8_hfmodels.sources.marked.scalars import placed, quoted
from flake8_hfmodels.sources.marked.sheet import Sheet
from flake8_hfmodels.sources.marked.tree import Leaf, Mapping, Node

_QUOTED = regex(r"\"[^\"\\]*(?:\\.[^\"\\]*)*\"?|'[^']*(?:''[^']*)*'?")
_PLAIN = regex(r"[^#\s]\S*(?:[ \t]+[^#\s]\S*)*")
_FLOW = regex(
    r"(?P<mark>[\[\]{},])|(?P<skip>:(?=[\s\"'\[{]|$)|(?<=[\"']):|#.*)"
    rf"|(?P<scalar>{_QUOTED.pattern}"
    r"|(?:[^\s,:\[\]{}]|:(?=[^\s\"'\[{]))+(?:[ \t]+(?:[^\s,:\[\]{}#]|:(?=[^\s\"'\[{]))"
    r"(?:[^\s,:\[\]{}]|:(?=[^\s\"'\[{]))*)*)"
)


def read_flow(sheet: Sheet, at: int, end: int, taken: list[tuple[int, int]]) -> Node:
    """What stands in brackets or braces, from the first of them on; JSON is read, too.

    Where its scalars stand is added to what is taken.
    """
    root = Growing(is_mapping=False)
    open_here = [root]
    for found in islice(_FLOW.finditer(sheet.parsed, at, end), MOST_VALUES):
        last = open_here[-1]
        match found.lastgroup, found[0]:
            case "mark", "[" | "{":
                new = Growing(is_mapping=found[0] == "{")
                last.put(new.node)
                if len(open_here) < DEEPEST:
                    open_here.append(new)
            case "mark", mark:
                last.fill()
                if mark == ("}" if isinstance(last.node, Mapping) else "]") and last is not root:
                    open_here.pop()
            case "scalar", _ if last.wants_key:
                last.open(read_leaf(sheet, *found.span(), taken))
            case "scalar", _:
                last.put(read_leaf(sheet, *found.span(), taken))
            case _:
                pass
    return root.first


def read_leaf(sheet: Sheet, at: int, end: int, taken: list[tuple[int, int]]) -> Leaf:
    """One text, with quotes or without, as far as it goes; a comment behind it is none of it."""
    parsed = sheet.parsed
    if found := _QUOTED.match(parsed, at, end):
        taken.append(found.span())
        quote, last = parsed[at], found.end() - 1
        behind = last if last > at and parsed[last] == quote else last + 1
        return Leaf(placed(sheet.text, list(quoted(parsed, at + 1, behind, quote)), at + 1))
    plain = _PLAIN.match(parsed, at, end)
    behind = plain.end() if plain else at
    taken.append((at, behind))
    return Leaf(sheet.holed.part(at, behind), plain=True)
