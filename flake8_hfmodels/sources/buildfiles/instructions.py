"""The text of a Dockerfile to its instructions, each with the documents that belong to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Span
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import Placed, joined

# docs.docker.com/reference/dockerfile: parser directives, here-documents.
_ESCAPE = regex(r"#\s*escape\s*=\s*([\\`])\s*$", re.IGNORECASE)
_DIRECTIVE = regex(r"#\s*\w+\s*=")
_KEYWORD = regex(r"([A-Za-z]*)\s*")
_DOCUMENT = regex(r"(?<!<)<<(-?)[ \t]*([\"']?)([A-Za-z_][\w.-]*)\2", re.ASCII)
_LINE = regex(r"[^\n]*\n?")
_TAKING_DOCUMENTS = frozenset({"RUN", "COPY", "ADD", "ONBUILD"})

MOST_DOCUMENTS = 16
"""Documents of one instruction that are looked for."""


@dataclass(frozen=True, slots=True)
class Document:
    """A here-document: the word that ends it, and what stands in it."""

    name: str
    body: Placed


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its keyword in upper case, what follows it, and where all of it stands.

    `arguments` are without line continuations and the comments between; `behind` is what follows
    the instruction's line up to the end of its last document. `shouted`: the keyword is written
    in upper case.
    """

    keyword: str
    arguments: Placed
    span: Span
    documents: Sequence[Document] = ()
    behind: Placed | None = None
    shouted: bool = True


@dataclass(frozen=True, slots=True)
class Parsed:
    """All instructions, and the comments as they stand there, with `#`."""

    instructions: Sequence[Instruction]
    comments: Sequence[Placed]
    escape: str


def parse(text: Placed) -> Parsed:
    """The instructions of a Dockerfile."""
    parser = _Parser(text)
    parser.read()
    return Parsed(parser.instructions, parser.comments, parser.escape)


def divided(whole: Placed) -> tuple[str, Placed]:
    """The keyword of an instruction as it is written, and what follows it."""
    found = _KEYWORD.match(whole.text)
    assert found is not None  # it fits the empty text as well
    return found[1], whole.part(found.end(), len(whole.text))


@dataclass(slots=True)
class _Parser:
    text: Placed
    escape: str = "\\"
    instructions: list[Instruction] = field(default_factory=list)
    comments: list[Placed] = field(default_factory=list)
    lines: Sequence[tuple[int, int]] = ()
    ends: Mapping[str, Sequence[int]] = field(default_factory=dict)
    number: int = 0

    def read(self) -> None:
        """Read all lines, from the first one on."""
        self.lines = [found.span() for found in _LINE.finditer(self.text.text) if found.group()]
        self._directives()
        while self.number < len(self.lines):
            start, end, line = self._line()
            if line.startswith("#"):
                self.comments.append(self.text.part(start, end))
            if not line or line.startswith("#"):
                self.number += 1
                continue
            self._instruction()

    def _directives(self) -> None:
        while self.number < len(self.lines):
            start, end, line = self._line()
            if not _DIRECTIVE.match(line):
                return
            found = _ESCAPE.match(line)
            self.escape = found[1] if found else self.escape
            self.comments.append(self.text.part(start, end))
            self.number += 1

    def _line(self) -> tuple[int, int, str]:
        """Where a line begins and ends without the blanks around it, and what it is."""
        start, end = self.lines[self.number]
        raw = self.text.text[start:end]
        line = raw.strip()
        begin = start + len(raw) - len(raw.lstrip())
        return begin, begin + len(line), line

    def _instruction(self) -> None:
        begin = self._line()[0]
        pieces: list[Placed] = []
        end = begin
        goes_on = True
        while goes_on and self.number < len(self.lines):
            start, stop, line = self._line()
            if pieces and (not line or line.startswith("#")):
                if line:
                    self.comments.append(self.text.part(start, stop))
                self.number += 1
                continue
            goes_on = line.endswith(self.escape)
            first = start if not pieces else self.lines[self.number][0]
            pieces.append(self.text.part(first, stop - goes_on))
            end = stop
            self.number += 1
        self._add(joined(pieces), self.text.span(begin, end), end)

    def _add(self, whole: Placed, span: Span, end: int) -> None:
        keyword, arguments = divided(whole)
        name = keyword.upper()
        documents = self._documents(arguments.text) if name in _TAKING_DOCUMENTS else ()
        last = self.lines[self.number - 1][1]
        behind = self.text.part(end, last) if documents else None
        shouted = keyword == name
        self.instructions.append(Instruction(name, arguments, span, documents, behind, shouted))

    def _documents(self, arguments: str) -> Sequence[Document]:
        """The documents that the next lines are; nothing where one of them has no end."""
        found: list[Document] = []
        begin = self.number
        for number, mark in enumerate(_DOCUMENT.finditer(arguments)):
            if number == MOST_DOCUMENTS:
                break
            end = self._end_of(mark[3], begin, tabs=mark[1] == "-")
            if end is None:
                return ()
            if end == begin:
                body = self.text.part(self.lines[begin][0], self.lines[begin][0])
            else:
                body = self.text.part(self.lines[begin][0], self.lines[end - 1][1])
            found.append(Document(mark[3], body))
            begin = end + 1
        self.number = begin
        return found

    def _end_of(self, word: str, begin: int, tabs: bool) -> int | None:
        """The number of the line that ends a document."""
        if not self.ends:
            self.ends = self._sorted_lines()
        numbers = self.ends.get(f"\t{word}" if tabs else word, ())
        index = bisect_left(numbers, begin)
        return numbers[index] if index < len(numbers) else None

    def _sorted_lines(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the lines that are one word; with a tab before it: tabs may be there."""
        found: dict[str, list[int]] = {}
        for number, (start, end) in enumerate(self.lines):
            if end - start > 100:
                continue
            line = self.text.text[start:end].rstrip("\r\n")
            found.setdefault(f"\t{line.lstrip(chr(9))}", []).append(number)
            if not line.startswith("\t"):
                found.setdefault(line, []).append(number)
        return found
