"""reStructuredText: the code that it shows, its links and its prose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from flake8_hfmodels.loaders.fences import CODE_DIRECTIVES
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.manual.fences import Shown, dedented, shown_references
from flake8_hfmodels.sources.manual.inline import inline_references
from flake8_hfmodels.sources.manual.links import without_links
from flake8_hfmodels.sources.manual.prose import said, with_addresses, with_names
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.source import TextSource

# docutils 0.22 docs/ref/rst/restructuredtext.rst: directives, literal blocks, doctest blocks.
_DIRECTIVE = regex(r"[ \t]*\.\.[ \t]+([\w-]+)::[ \t]*([^\n]*)")
_LINE_END = regex(r"\n")
_OPTION = regex(r"[ \t]*:[\w-]+:")


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a file, at their places."""
    context = source.context(everything)
    text = source.text
    reader = _Reader(text)
    found = shown_references(reader.blocks(), context)
    prose = list(reader.stretches())
    found.extend(inline_references(text, prose, context, said(found)))
    found = with_addresses(found, text, context)
    if everything:
        bare, is_elsewhere = without_links(text, prose)

        def is_other(place: int, repo_id: str) -> bool:
            return is_elsewhere(place, repo_id) or reader.is_contents(place)

        found = with_names(found, bare, context, is_other)
    return found


@dataclass(slots=True)
class _Reader:
    """Goes through the lines of a text once.

    `starts` are the places of its lines and of its end; `taken` those of the blocks, `contents`
    those of the lists of other documents.
    """

    text: Placed
    starts: list[int] = field(init=False)
    language: str = ""
    taken: list[tuple[int, int]] = field(default_factory=list)
    contents: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = self.text.text
        self.starts = [0, *(one.end() for one in _LINE_END.finditer(text))]
        if self.starts[-1] < len(text):
            self.starts.append(len(text))

    def blocks(self) -> Iterator[Shown]:
        """The pieces of code."""
        number = 0
        while number < len(self.starts) - 1:
            language, end = self._block_at(number)
            if language is None:
                number += 1
                continue
            first = number if self._is_session(number) else number + 1
            while first < end and (
                _OPTION.match(self._line(first)) or not self._line(first).strip()
            ):
                first += 1
            self.taken.append((self.starts[first], self.starts[end]))
            yield Shown(language, dedented(self.text.part(self.starts[first], self.starts[end])))
            number = end

    def stretches(self) -> Iterator[tuple[int, int]]:
        """The places between the blocks, once these have been read."""
        begin = 0
        for first, end in self.taken:
            yield begin, first
            begin = end
        yield begin, len(self.text.text)

    def is_contents(self, place: int) -> bool:
        """Whether a place lies in a list of other documents."""
        last = bisect_right(self.contents, (place, len(self.text.text))) - 1
        return last >= 0 and place < self.contents[last][1]

    def _line(self, number: int) -> str:
        return self.text.text[self.starts[number] : self.starts[number + 1]]

    def _block_at(self, number: int) -> tuple[str | None, int]:
        """The language of the block that begins at a line, and the line behind it."""
        text = self._line(number)
        directive = _DIRECTIVE.match(text)
        if directive is not None:
            name, argument = directive.group(1), directive.group(2).strip().partition(" ")[0]
            if name == "highlight":
                self.language = argument.lower()
            if name == "toctree":
                self.contents.append((self.starts[number], self.starts[self._indented(number)]))
            if name not in CODE_DIRECTIVES:
                return None, number
            language = argument.lower() or CODE_DIRECTIVES[name] or self.language
            return language, self._indented(number)
        if self._is_session(number):
            return "pycon", self._session(number)
        if text.rstrip().endswith("::") and not text.lstrip().startswith(".."):
            return self.language, self._indented(number)
        return None, number

    def _is_session(self, number: int) -> bool:
        return self._line(number).lstrip().startswith(">>> ")

    def _session(self, number: int) -> int:
        """The line behind a doctest: the first empty one."""
        while number < len(self.starts) - 1 and self._line(number).strip():
            number += 1
        return number

    def _indented(self, number: int) -> int:
        """The line behind what is indented more deeply than a line."""
        depth = _indent(self._line(number))
        number += 1
        while number < len(self.starts) - 1:
            text = self._line(number)
            if text.strip() and _indent(text) <= depth:
                break
            number += 1
        return number


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
