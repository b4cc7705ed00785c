"""Changes of the code of a notebook as changes of its file, where code stands in texts of JSON."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator

from flake8_hfmodels.finding import Edit
from flake8_hfmodels.mending.text_ground import Change, Ground
from flake8_hfmodels.reference import Span
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.marked.escapes import ESCAPE
from flake8_hfmodels.sources.placed import Placed, Stretch

_ELEMENT = regex(r"([ \t]*)\"(?:[^\"\\]|\\.)*")


class Code:
    """Code of a notebook, and where each of its characters stands in the file."""

    def __init__(self, code: Placed, ground: Ground) -> None:
        self.text = Ground(ground.path, "python", code.text)
        self._code = code
        self._begins = [one.start for one in code.stretches]
        self._file = ground

    def change(self, edit: Edit) -> Change | None:
        """An edit of the code as a change of the file; `None` where it is not in one piece."""
        begin, end = self.text.ends(edit.span)
        if begin == end:
            at = self.between(begin)
            return None if at is None else Change(at, at, self._escaped(edit.text, at))
        first, last = self._ends(begin), self._ends(end - 1)
        if first is None or last is None:
            return None
        raw = self._file.text[first[0] : last[1]]
        if _meant(raw) != self.text.text[begin:end]:
            return None
        return Change(first[0], last[1], self._escaped(edit.text, first[0]))

    def comment(self, span: Span | None, follows: str) -> Span | None:
        """The place for a comment in the file, if the comment can stand there as it is."""
        if span is None or _raw(follows) != follows:
            return None
        at = self.between(self.text.ends(span)[0])
        return None if at is None else self._file.span(at, at)

    def between(self, offset: int) -> int | None:
        """The place in the file before a character: behind the one before, if both are there."""
        before = self._ends(offset - 1) if offset else None
        behind = self._ends(offset) if offset < len(self.text.text) else None
        if before is None or behind is None:
            known = before[1] if before is not None else None
            return behind[0] if behind is not None else known
        begins_line = self.text.text[offset - 1] in "\r\n"
        return behind[0] if begins_line else before[1]

    def _ends(self, offset: int) -> tuple[int, int] | None:
        """Where a character stands in the file; `None` for one that the file does not hold."""
        line, column = self._code.at(offset)
        at = self._file.offset(line, column)
        stretch = self._stretch(offset)
        if not stretch.fixed:
            return at, at + 1
        for length, ends in self._escapes(at):
            if stretch.start + length > offset:
                start, end = ends
                is_it = _meant(self._file.text[start:end]) == self.text.text[offset]
                return ends if is_it else None
        return None

    def _escapes(self, at: int) -> Iterator[tuple[int, tuple[int, int]]]:
        """The escapes that follow one another, each with how many characters they make so far."""
        length = 0
        while (found := ESCAPE.match(self._file.text, at)) is not None:
            length += len(_meant(found.group()) or "")
            yield length, found.span()
            at = found.end()

    def _stretch(self, offset: int) -> Stretch:
        return self._code.stretches[bisect_right(self._begins, offset) - 1]

    def _escaped(self, text: str, at: int) -> str:
        """A text as JSON has it; each line is an item of its own where those around it are."""
        raw = _raw(text)
        item = _ELEMENT.fullmatch(self._file.text, self._file.line(at)[0], at)
        return raw if item is None else raw.replace("\\n", f'\\n",\n{item[1]}"')


def _raw(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _meant(raw: str) -> str | None:
    """What a part of a text of JSON stands for."""
    try:
        meant: str = json.loads(f'"{raw}"')
    except ValueError:
        return None
    return meant
