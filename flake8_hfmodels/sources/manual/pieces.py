"""Pieces of Python in a manual: each builds on those before it, and not all of them are whole."""

from __future__ import annotations

import re
from functools import cache

from flake8_hfmodels.loaders import method_names
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.manual.fences import dedented, lines_of
from flake8_hfmodels.sources.manual.sifting import sifted
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.python.fragment import fragment_references
from flake8_hfmodels.sources.source import Context

_PROMPT = regex(r"[ \t]*(?:>>>|\.\.\.|In \[\d+\]:|\.{3,}:)(?: |(?=\r?\n|\Z))")
_SPECIAL = regex(r"^[ \t]*(?:>>>|In \[|[%!?])", re.MULTILINE)
_MAGIC = regex(r"[ \t]*[%!?]")
_COMMAND = regex(r"[ \t]*!")
_IMPORT = regex(
    r"^(?:from[ \t]+[\w.]+[ \t]+import[ \t]+(?:\((?P<several>[^()]*)\)|(?P<names>[^\n(;#\\]+))"
    r"|import[ \t]+(?P<modules>[\w., \t]+))",
    re.MULTILINE,
)
_CONSTANT = regex(
    r"^([A-Za-z_]\w*)[ \t]*=[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*')(?=[ \t]*(?:#|\r?$))", re.M
)
_GIVEN = regex(r"^[ \t]*([A-Za-z_]\w*)[ \t]*=(?!=)", re.MULTILINE)
_FURTHER_NAMES = frozenset(
    {"subprocess", "os", "environ", "hf", "huggingface", "trust_remote_code"}
)
"""Programs that are started, addresses, switches."""

_COMMENT = regex(r"#[^\n]*")
_WORD = regex(r"[A-Za-z_]\w*")


@dataclass(slots=True)
class Pieces:
    """The pieces of one manual. `earlier` are the imports and the texts by their names."""

    context: Context
    earlier: dict[str, Placed] = field(default_factory=dict)

    def references(self, piece: Placed) -> list[Reference]:
        """What a piece loads, with the names of the pieces before it."""
        code, commands = _sorted(piece)
        found: list[Reference] = []
        if commands:
            from flake8_hfmodels.sources.shell.script import script_references

            found.extend(script_references(joined(commands), self.context))
        if self._is_worth_it(code.text):
            whole = self._with_earlier(sifted(code)[0])
            first = code.at(0)
            found.extend(
                one
                for one in fragment_references(whole, self.context)
                if (one.span.line, one.span.column) >= first
            )
        self.earlier.update(_names(code))
        return found

    def _is_worth_it(self, code: str) -> bool:
        """Whether code may load something: most of what manuals show needs no parsing."""
        names_one = self.context.everything and "/" in code
        return names_one or not _loaders().isdisjoint(_WORD.findall(code))

    def _with_earlier(self, code: Placed) -> Placed:
        """The code behind what it takes from the pieces before it."""
        if not self.earlier:
            return code
        wanted = set(_WORD.findall(code.text)) & self.earlier.keys()
        own = set(_GIVEN.findall(code.text)) | set(_names(code))
        taken = {self.earlier[name].at(0): self.earlier[name] for name in wanted - own}
        before = [
            part for place in sorted(taken) for part in (taken[place], inserted("\n", *place))
        ]
        return joined([*before, code])


@cache
def _loaders() -> frozenset[str]:
    """The names of loaders, and of what else the reader of Python knows."""
    return method_names() | _FURTHER_NAMES


def _names(code: Placed) -> dict[str, Placed]:
    """What a piece imports and the texts that it names, each with its statement."""
    found: dict[str, Placed] = {}
    for match in _IMPORT.finditer(code.text):
        statement = code.part(*match.span())
        listed = match["several"] or match["names"] or match["modules"]
        for one in _COMMENT.sub("", listed).split(","):
            words = _WORD.findall(one)
            if words:
                is_module = match["modules"] is not None and len(words) > 1 and "as" not in words
                found[words[0] if is_module else words[-1]] = statement
    for match in _CONSTANT.finditer(code.text):
        found[match.group(1)] = code.part(*match.span())
    return found


def _sorted(piece: Placed) -> tuple[Placed, list[Placed]]:
    """The Python of a piece, without prompts and what they answer, and its commands for a shell."""
    if _SPECIAL.search(piece.text) is None:
        return dedented(piece), []
    lines = lines_of(piece)
    if any(line.text.lstrip().startswith((">>>", "In [")) for line in lines):
        prompts = ((line, _PROMPT.match(line.text)) for line in lines)
        lines = [line.part(found.end(), len(line.text)) for line, found in prompts if found]
    commands = [
        line.part(found.end(), len(line.text))
        for line in lines
        if (found := _COMMAND.match(line.text)) is not None
    ]
    kept = (_emptied(line) if _MAGIC.match(line.text) else line for line in lines)
    return dedented(joined(kept)), commands


def _emptied(line: Placed) -> Placed:
    return line.part(len(line.text.rstrip("\r\n")), len(line.text))
