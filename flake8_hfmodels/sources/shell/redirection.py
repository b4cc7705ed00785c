"""Redirections: the documents that a command is given to read, and the file that it writes."""

from __future__ import annotations

import re
from collections.abc import Callable

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import joined
from flake8_hfmodels.sources.shell.expansion import ends_word
from flake8_hfmodels.sources.shell.lexer import Lexer
from flake8_hfmodels.sources.shell.word import Text, Word

_REDIRECTION = regex(r"<<<|<<-?|&>>?|>>|[<>][&|>]?")
_OUTPUT = frozenset({">", ">>", ">|", "&>", "&>>"})
_TABS = regex(r"^\t+", re.MULTILINE)


@dataclass(slots=True)
class Current:
    """The command that is being read: its words, and where each begins."""

    words: list[Word] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    end: int = 0
    documents: list[Word] = field(default_factory=list)
    output: Word | None = None
    piped: bool = False
    listed: list[tuple[str, Word]] = field(default_factory=list)
    leading: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Pending:
    """A here-document that begins behind this line."""

    ending: str
    tabs: bool
    expanded: bool
    reader: list[Word]


@dataclass(slots=True)
class Redirections:
    """Reads redirections; `expand` fills in the variables of a document."""

    lexer: Lexer
    expand: Callable[[Text], Word]
    pending: list[_Pending] = field(default_factory=list)

    def read(self, current: Current) -> None:
        """Read the redirection that begins here."""
        lexer, text = self.lexer, self.lexer.text
        found = _REDIRECTION.match(text, lexer.position)
        operator = found.group() if found else ""
        stream = "1"
        if current.words and self._is_number_before(current):
            stream = current.words.pop().text  # `2>`
            current.starts.pop()
        lexer.position += max(len(operator), 1)
        if text.startswith("(", lexer.position):
            return  # a process substitution, whose commands are read like others
        while text[lexer.position : lexer.position + 1] in (" ", "\t"):
            lexer.position += 1
        start = lexer.position
        target = [] if ends_word(text[start : start + 1]) else lexer.word()
        if not target:
            return
        if operator in ("<<", "<<-"):
            quoted = any(mark in text[start : lexer.position] for mark in "'\"\\")
            tabs = operator == "<<-"
            self.pending.append(_Pending(target[0].text, tabs, not quoted, current.documents))
        elif operator == "<<<":
            current.documents.append(target[0])
        elif operator in _OUTPUT and stream == "1":
            current.output = target[0]

    def documents(self) -> None:
        """Read the documents that begin on this line."""
        pending, self.pending = self.pending, []
        lexer = self.lexer
        for one in pending:
            indent = r"\t*" if one.tabs else ""
            last = re.compile(rf"^{indent}{re.escape(one.ending)}\r?$", re.MULTILINE)
            start = lexer.position
            found = last.search(lexer.text, start)
            end = found.start() if found else len(lexer.text)
            lexer.position = min(found.end() + 1 if found else len(lexer.text), len(lexer.text))
            body = lexer.ground.part(start, end)
            body = _without_tabs(body) if one.tabs else body
            one.reader.append(self.expand(body) if one.expanded else Word((body,)))

    def _is_number_before(self, current: Current) -> bool:
        text = current.words[-1].text
        written = self.lexer.text[current.starts[-1] : self.lexer.position]
        return text.isdecimal() and written == text


def _without_tabs(body: Text) -> Text:
    """A document without the tabs before its lines."""
    parts: list[Text] = []
    begin = 0
    for found in _TABS.finditer(body.text):
        parts.append(body.part(begin, found.start()))
        begin = found.end()
    if not parts:
        return body
    placed = joined([part.placed() for part in (*parts, body.part(begin, len(body.text)))])
    return Text(placed.text, placed)
