"""A cell to pieces of one language each: what IPython's marks and commands make of its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.loaders.magics import (
    ALONE,
    CELLS,
    COMMANDS,
    SETTING,
    TIMING,
    WHOLE,
    WRITING,
)
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.notebook.cells import Cell
from flake8_hfmodels.sources.notebook.interpolation import call_of
from flake8_hfmodels.sources.notebook.marks import SYSTEM, mark_of, may_have_marks
from flake8_hfmodels.sources.notebook.statements import Position
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.recognition import kind_of_name, kind_of_program

IsName = Callable[[str], bool]
"""Says whether a name is one of the notebook's Python."""

_CELL_MAGIC = regex(
    r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?P<mark>%%?)[ \t]*(?P<name>!|\w[\w.]*)(?P<rest>[^\n]*)\n?"
)
_LINE = regex(r"([^\r\n]*)(?:\r\n|\r|\n|(?<=[^\r\n])\Z)")
_OPTIONS = regex(r"(?:[ \t]+-(?:[nrl][ \t]*\d+|[fmsTD][ \t]+\S+|[A-Za-z]))*[ \t]*")
_VARIABLE = regex(r"[ \t]*(\w+)(?:[ \t]*=[ \t]*|[ \t]+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of one language; `kind` `None`: of one that is not read.

    `alone`: it is a program or a file of its own, and not what the notebook itself runs.
    """

    kind: KindName | None
    text: Placed
    alone: bool = False


def pieces_of(cell: Cell, is_name: IsName) -> Iterator[Piece]:
    """The pieces that a cell consists of."""
    if cell.kind != "code":
        yield Piece("markdown" if cell.kind == "markdown" else None, cell.source, alone=True)
    elif cell.language != "python":
        yield Piece(cell.language, cell.source, alone=True)
    else:
        yield from _code(_dedented(cell.source), is_name)


def _code(text: Placed, is_name: IsName) -> Iterator[Piece]:
    at = 0
    while (head := _CELL_MAGIC.match(text.text, at)) and _is_cell_magic(head):
        name, rest = head["name"].lower(), head["rest"].strip()
        if len(head["mark"]) == 1:
            yield Piece(CELLS[name], text.part(head.start("rest"), len(text.text)), alone=True)
            return
        at = head.end()
        if name in WRITING or name in CELLS or name in ALONE:
            yield Piece(_kind_of(name, rest), text.part(at, len(text.text)), alone=True)
            return
    code = text.part(at, len(text.text))
    if not may_have_marks(code.text):
        yield Piece("python", code)
        return
    cell = _Cell(code, is_name)
    cell.read()
    yield Piece("python", joined(cell.python))
    yield from (Piece("shell", command) for command in cell.commands)


def _is_cell_magic(head: re.Match[str]) -> bool:
    return len(head["mark"]) == 2 or head["name"].lower() in WHOLE


def _kind_of(name: str, rest: str) -> KindName | None:
    """What stands in the cell of a magic, by what stands behind it."""
    if name in ALONE:
        return "python"
    if name == "script":
        return kind_of_program(f"#!/usr/bin/env {rest}".encode())
    if name in WRITING:
        words = [word for word in rest.split() if not word.startswith("-")]
        return kind_of_name(re.split(r"[/\\]", words[0].strip("'\""))[-1]) if words else None
    return CELLS[name]


def _dedented(text: Placed) -> Placed:
    """The text without the indentation of its first line, which IPython takes off."""
    first = re.match(r"(?:[ \t]*[\r\n])*([ \t]*)", text.text)
    indent = first[1] if first else ""
    if not indent:
        return text
    lines = (text.part(*found.span()) for found in _LINE.finditer(text.text))
    return joined(
        line.part(len(indent), len(line.text)) if line.text.startswith(indent) else line
        for line in lines
    )


@dataclass(slots=True)
class _Cell:
    """Python with IPython's marks to Python without them, and to the commands for a shell."""

    text: Placed
    is_name: IsName
    python: list[Placed] = field(default_factory=list)
    commands: list[Placed] = field(default_factory=list)

    def read(self) -> None:
        """Read all of it."""
        lines = list(_LINE.finditer(self.text.text))
        position = Position()
        number = kept = 0
        while number < len(lines):
            line = lines[number]
            number += 1
            mark = mark_of(line[1]) if position.is_between else None
            if mark is None:
                position.pass_line(line[1])
                continue
            last = line
            while last[1].endswith("\\") and number < len(lines):
                last = lines[number]
                number += 1
            begin = line.start() + mark.begin
            text = self.text.part(line.start() + mark.end, last.end(1))
            self.python.append(self.text.part(kept, begin))
            self.python.append(self._replaced(mark.name, text) or _nothing(self.text, begin))
            kept = last.end(1)
        self.python.append(self.text.part(kept, len(self.text.text)))

    def _replaced(self, name: str, text: Placed) -> Placed | None:
        """The Python that stands for what is marked; `None`: it has no value that matters."""
        if name in TIMING:
            text = _behind(_OPTIONS, text)
            if not text.text.startswith("!"):
                return text if text.text.strip() else None
            text = text.part(1, len(text.text))
        elif name in COMMANDS:
            text = joined([inserted(COMMANDS[name], *text.at(0)), text])
        elif name in SETTING:
            text = _assignment(text)
        elif name != SYSTEM:
            return None
        return self._command(text)

    def _command(self, text: Placed) -> Placed | None:
        call = call_of(text, self.is_name)
        if call is None:
            self.commands.append(text)
        return call


def _nothing(text: Placed, at: int) -> Placed:
    """Python without a value that anybody could know."""
    return inserted("get_ipython().getoutput()", *text.at(at))


def _behind(pattern: re.Pattern[str], text: Placed) -> Placed:
    found = pattern.match(text.text)
    return text.part(found.end(), len(text.text)) if found else text


def _assignment(text: Placed) -> Placed:
    """`%env NAME=value` and `%env NAME value` as a shell has it."""
    found = _VARIABLE.match(text.text)
    if found is None:
        return text.part(0, 0)
    value = text.part(found.end(), len(text.text))
    name = text.part(*found.span(1))
    begin, between = inserted("export ", *text.at(0)), inserted("=", *value.at(0))
    return joined([begin, name, between, value])
