"""How Python puts texts together: templates, and the methods that change a text."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_hfmodels.regex import regex

_PERCENT = regex(r"%%|%s")
CHANGING = frozenset(
    {"strip", "lstrip", "rstrip", "lower", "removeprefix", "removesuffix", "replace"}
)
"""The methods of a text that we follow."""

LONGEST = 1000
"""A text that is put together from parts and gets longer than this names no repo."""


def joined_parts(node: ast.JoinedStr) -> Sequence[ast.expr] | None:
    """The parts of an f-string, or `None` where it formats one of them."""
    parts: list[ast.expr] = []
    for part in node.values:
        match part:
            case ast.FormattedValue(value=inner, conversion=-1 | 115, format_spec=None):
                parts.append(inner)
            case ast.Constant():
                parts.append(part)
            case _:
                return None
    return parts


def percent_parts(template: ast.Constant, values: ast.expr) -> Sequence[ast.expr] | None:
    """The parts of `"%s/%s" % (a, b)`; `None` for any other conversion than `%s`."""
    text = str(template.value)
    wanted = list(values.elts) if isinstance(values, ast.Tuple) else [values]
    if len(text) > LONGEST or _PERCENT.sub("", text).count("%"):
        return None
    parts: list[ast.expr] = []
    end = 0
    for found in _PERCENT.finditer(text):
        parts.append(_constant(text[end : found.start()], template))
        end = found.end()
        if found.group() == "%%":
            parts.append(_constant("%", template))
        elif wanted:
            parts.append(wanted.pop(0))
        else:
            return None
    return None if wanted else [*parts, _constant(text[end:], template)]


def format_parts(call: ast.Call, template: ast.Constant) -> Sequence[ast.expr] | None:
    """The parts of `"{}/{name}".format(a, name=b)`; `None` for formats and attributes in it."""
    named = {one.arg: one.value for one in call.keywords}
    text = str(template.value)
    if len(text) > LONGEST or None in named:
        return None
    from string import Formatter  # slow to import

    parts: list[ast.expr] = []
    count = 0
    try:
        pieces = list(Formatter().parse(text))
    except ValueError:
        return None
    for literal, field, spec, conversion in pieces:
        parts.append(_constant(literal, template))
        if field is None:
            continue
        number = int(field) if field.isdecimal() else count if not field else None
        count += 1
        given = named.get(field) if number is None else _at(call.args, number)
        if given is None or spec or conversion:
            return None
        parts.append(given)
    return parts


def changed(text: str, method: str, arguments: Sequence[ast.expr]) -> str | None:
    """What a method makes of a text; `None` for methods and arguments that we do not follow."""
    given = [one.value for one in arguments if isinstance(one, ast.Constant)]
    words = [one for one in given if isinstance(one, str) and len(one) <= LONGEST]
    if method not in CHANGING or len(words) != len(arguments):
        return None
    if method == "replace" and (len(words) != 2 or not words[0]):
        return None
    try:
        made = getattr(text, method)(*words)
    except TypeError:
        return None
    return made if isinstance(made, str) and len(made) <= LONGEST else None


def _at(arguments: Sequence[ast.expr], number: int) -> ast.expr | None:
    seen = arguments[number] if number < len(arguments) else None
    starred = any(isinstance(one, ast.Starred) for one in arguments[: number + 1])
    return None if starred else seen


def _constant(text: str, at: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Constant(value=text), at)
