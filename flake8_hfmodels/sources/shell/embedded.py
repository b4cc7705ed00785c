"""What stands in a shell text and is no shell: Python, and files that it writes."""

from __future__ import annotations

import re

from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.shell.word import HOLE
from flake8_hfmodels.sources.source import Context, TextSource

UNKNOWN = "__shell__"
"""A name that no program binds, for what only the shell knows."""

DEEPEST = 4
"""Files within files, each written by the one around it, that are followed."""

_STRING = regex(
    r"#[^\n]*|([A-Za-z]{0,2})(\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')",
    re.DOTALL,
)
_BRACE = regex(r"[{}]")


def python_references(code: Placed, context: Context) -> list[Reference]:
    """What a piece of Python loads that the shell hands to the interpreter."""
    from flake8_hfmodels.sources.python.fragment import fragment_references

    return fragment_references(filled(code), context)


def filled(code: Placed) -> Placed:
    """Python that can be parsed although parts of it are known to the shell alone.

    In a string such a part is as one that an f-string fills in.
    """
    if HOLE not in code.text:
        return code
    parts: list[Placed] = []
    position = 0
    for found in _STRING.finditer(code.text):
        if HOLE not in found.group() or found[2] is None or "b" in found[1].lower():
            continue
        parts.extend(_with_holes(code.part(position, found.start()), UNKNOWN))
        parts.extend(_formatted(code.part(*found.span()), found[1]))
        position = found.end()
    parts.extend(_with_holes(code.part(position, len(code.text)), UNKNOWN))
    return joined(parts)


def _formatted(string: Placed, prefix: str) -> list[Placed]:
    """A string as an f-string."""
    if "f" in prefix.lower():
        return _with_holes(string, "{" + UNKNOWN + "}")
    pieces = [inserted("f", *string.at(0))]
    begin = 1 if prefix.lower() == "u" else 0
    for found in _BRACE.finditer(string.text):
        pieces.append(string.part(begin, found.end()))
        pieces.append(inserted(found.group(), *string.at(found.start())))
        begin = found.end()
    pieces.append(string.part(begin, len(string.text)))
    return [one for piece in pieces for one in _with_holes(piece, "{" + UNKNOWN + "}")]


def _with_holes(code: Placed, instead: str) -> list[Placed]:
    """Python with something in place of each hole; between braces that is the name alone."""
    parts: list[Placed] = []
    begin = opened = 0
    while (end := code.text.find(HOLE, begin)) >= 0:
        before = code.text[begin:end]
        opened += before.count("{") - before.count("}")
        parts.append(code.part(begin, end))
        parts.append(inserted(UNKNOWN if opened > 0 else instead, *code.at(end)))
        begin = end + 1
    return [*parts, code.part(begin, len(code.text))]


def file_references(text: Placed, name: str, context: Context) -> list[Reference]:
    """What a file says that the shell writes, if its name shows of what kind it is."""
    from flake8_hfmodels.sources.reading import references
    from flake8_hfmodels.sources.recognition import kind_of_name

    kind = kind_of_name(name)
    if kind == "python":
        return python_references(text, context)
    if kind is None or context.depth >= DEEPEST:
        return []
    lines = tuple(text.text.split("\n"))
    source = TextSource(context.path, kind, text, lines, context.is_folder, depth=context.depth + 1)
    return references(source, context.everything)
