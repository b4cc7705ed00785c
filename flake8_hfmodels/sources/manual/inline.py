"""Inline code of manuals: calls and commands that a reader may copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_hfmodels.loaders import DISTINCTIVE
from flake8_hfmodels.loaders.fences import PROGRAMS
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.manual.fences import Shown, shown_references
from flake8_hfmodels.sources.manual.prose import Said, said
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.source import Context

_INLINE = regex(r"(?<!`)(`{1,2})(?!`)([^`\n]{4,600})\1(?!`)")
_CALL = regex(rf"\b(?:{'|'.join(DISTINCTIVE)}|load_dataset|pipeline)\s*\(")
_FIRST_WORD = regex(r"(?:\$ )?([\w.-]+) ")


def inline_references(
    text: Placed, prose: Sequence[tuple[int, int]], context: Context, before: Said
) -> Iterator[Reference]:
    """The calls and commands in inline code that `before` does not name."""
    for start, end in prose:
        for code in _INLINE.finditer(text.text, start, end):
            read = _reader_of(code.group(2))
            if read is None:
                continue
            piece = text.part(*code.span(2))
            for one in shown_references([Shown(read, piece)], context):
                if one.persona is not Persona.AUDITOR and not said([one]) <= before:
                    yield replace(one, persona=Persona.PEDANTIC)


def _reader_of(code: str) -> str | None:
    first = _FIRST_WORD.match(code)
    if first is not None and first.group(1) in PROGRAMS:
        return "sh"
    return "python" if _CALL.search(code) is not None else None
