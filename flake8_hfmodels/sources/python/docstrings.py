"""Python inside prose: what docstrings show and comments have kept, read as code."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence

from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Known, Reference, Span, Value
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.python.glance import calls_a_loader
from flake8_hfmodels.sources.python.scopes import Binding, Survey
from flake8_hfmodels.sources.relocation import relocated
from flake8_hfmodels.sources.text.code import Block, CodeLine
from flake8_hfmodels.sources.text.likeness import is_placeholder

ReadCode = Callable[[str], Sequence[Reference]]
"""Reads Python text as the extractor of calls does; nothing where it does not parse."""

MOST_LINES = 12
"""A call that stands among lines which are no Python is read from at most so many lines."""

LONGEST_LINE = 2000

_IMPORTED = regex(r"^[ \t]*(?:from|import)\b(.*)$", re.MULTILINE)
_WORD = regex(r"\w+")


@dataclass(slots=True)
class CodeReader:
    """Reads pieces of code that stand in the prose of one module.

    Names that a piece does not import itself are those of the module around it.
    """

    survey: Survey
    read_code: ReadCode
    imports: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        bindings = self.survey.module.bindings.items()
        self.imports = {
            name: _statement(name, found[0]) for name, found in bindings if found[0].how == "import"
        }

    def references(
        self, block: Block, place: Callable[[CodeLine], tuple[int, int]]
    ) -> Iterator[Reference]:
        """The calls of loaders in a piece, as mentions at their places in the file.

        `place` gives the line of the file and the column at which a line of code begins.
        """
        if not any(calls_a_loader(line.text) for line in block):
            return
        for piece, shift, found in self._read(block):
            places = [place(line) for line in piece] if found else []
            for reference in found:
                if reference.local is None and _names_somebodys(reference.repo_id):
                    yield _moved(reference, shift, places)

    def _read(self, block: Block) -> Iterator[tuple[Block, int, Sequence[Reference]]]:
        shift, found = self._read_piece(block)
        if found:
            yield block, shift, found
            return
        for number, line in enumerate(block):
            if calls_a_loader(line.text) and len(line.text) < LONGEST_LINE:
                piece = _flush(_closed(block[number : number + MOST_LINES]))
                shift, found = self._read_piece(piece)
                yield piece, shift, found

    def _read_piece(self, block: Block) -> tuple[int, Sequence[Reference]]:
        code = "\n".join(line.text for line in block)
        own = {name for match in _IMPORTED.finditer(code) for name in _WORD.findall(match.group(1))}
        wanted = set(_WORD.findall(code)) - own
        prelude = sorted({self.imports[name] for name in wanted & self.imports.keys()})
        return len(prelude), self.read_code("\n".join([*prelude, code]))


def _names_somebodys(repo_id: Value) -> bool:
    """Whether a repo is named, and not one that stands for the reader's own."""
    if not isinstance(repo_id, Known):
        return False
    ids = [str(one.value) for one in repo_id.strings()]
    return any("/" not in one or not is_placeholder(one.partition("/")[0]) for one in ids)


def _statement(name: str, binding: Binding) -> str:
    """The import that gives one name its meaning, alone."""
    module = binding.target.lstrip(".")
    dots = binding.target[: len(binding.target) - len(module)]
    if not isinstance(binding.node, ast.ImportFrom):
        return f"import {module} as {name}"
    package, _, last = module.rpartition(".")
    return f"from {dots}{package} import {last} as {name}"


def _closed(block: Block) -> Block:
    """The first lines of a block, until every bracket that they open is closed."""
    depth = 0
    for number, line in enumerate(block):
        depth += sum(line.text.count(one) for one in "([{")
        depth -= sum(line.text.count(one) for one in ")]}")
        if depth <= 0:
            return block[: number + 1]
    return block


def _flush(block: Block) -> Block:
    """The same lines without the indentation of the first."""
    depth = len(block[0].text) - len(block[0].text.lstrip())
    return [replace(line, offset=line.offset + depth, text=line.text[depth:]) for line in block]


def _moved(reference: Reference, shift: int, places: Sequence[tuple[int, int]]) -> Reference:
    """The reference at the place in the file where its piece of code stands."""

    def moved(span: Span) -> Span:
        line, column = places[max(span.line - 1 - shift, 0)]
        end_line, end_column = places[max(span.end_line - 1 - shift, 0)]
        return Span(line, column + span.column - 1, end_line, end_column + span.end_column - 1)

    return relocated(replace(reference, kind="mention", persona=Persona.PEDANTIC), moved)
