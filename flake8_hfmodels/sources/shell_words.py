"""Shell text to simple commands and their words, each with its place. Nothing is run.

`shlex` gives no places, knows no variables and raises on an open quote; so this reads the text
itself, once from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product

HOLE = "\0"
"""Stands in a text for a part that only the running program knows; no argument can hold it."""

MOST = 16
"""A word with more possible texts than this counts as unknown."""

LONGEST = 1000
"""A text that is put together from variables and gets longer than this counts as unknown."""

DEEPEST = 20
"""Substitutions within substitutions that are followed."""

MANY = 64
"""An array, or a variable of several words, that is longer than this is not followed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One text that a word can be, and where it is written: offsets into the shell text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShellWord:
    """One word of a simple command.

    `pieces` are what it can be. Not `closed`: others can be passed instead. `spread`: it may
    stand for any number of words.
    """

    pieces: tuple[Piece, ...]
    closed: bool = True
    spread: bool = False

    @property
    def text(self) -> str:
        """What the word is; a hole where that is not one certain text."""
        return self.pieces[0].text if len(self.pieces) == 1 else HOLE


def simple_commands(text: str) -> list[tuple[ShellWord, ...]]:
    """Every simple command of a shell text, those in substitutions included, as it is run."""
    reader = _Reader(text)
    reader.read("")
    return [tuple(words) for words in reader.commands]


_ORDINARY = re.compile(r"[^ \t\r\n;&|()<>\"'\\$`]+")
_QUOTED = re.compile(r"[^\"\\$`]+")
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)(\+?=)", re.ASCII)
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_EXPANDED = re.compile(r"\{([A-Za-z_]\w*|[0-9]+|[@*#?$!-])(\[[@*]\])?(\}|:?[-=])?", re.ASCII)
_OPTIONS = re.compile(r"arg|opt|flag|extra|param", re.IGNORECASE)
_REDIRECTION = re.compile(r"<<<|<<-?|&>>?|>>|[<>][&|>]?")
_BRACE = re.compile(r"[{}]")
_OPENING = frozenset({"if", "while", "until", "for", "case", "select", "{"})
_CLOSING = frozenset({"fi", "done", "esac", "}"})
_LEADING = frozenset({"if", "then", "elif", "else", "do", "while", "until", "!", "{"})
_DECLARING = frozenset({"export", "local", "declare", "readonly", "typeset"})


@dataclass(slots=True)
class _Word:
    """A word while it is read: what its parts can be.

    `expanded`: variables of this text stand in it; `bare`: the last one unquoted. `ahead` are
    the words that an array puts before this one.
    """

    start: int
    parts: list[tuple[Piece, ...]] = field(default_factory=list)
    closed: bool = True
    spread: bool = False
    bare: bool = False
    expanded: bool = False
    ahead: list[ShellWord] = field(default_factory=list)

    def add(self, text: str, start: int, end: int) -> None:
        """Add a part that stands there as it is."""
        self.parts.append((Piece(text, start, end),))

    def done(self, end: int) -> ShellWord:
        """The word, put together."""
        if len(self.parts) == 1 and self.expanded:
            return ShellWord(self.parts[0], self.closed, self.spread)
        return ShellWord(self._joined(end), self.closed, self.spread)

    def _joined(self, end: int) -> tuple[Piece, ...]:
        count = 1
        for part in self.parts:
            count *= len(part)
            if count > MOST:
                return (Piece(HOLE, self.start, end),)
        size = sum(max(len(piece.text) for piece in part) for part in self.parts)
        if self.expanded and size > LONGEST:
            return (Piece(HOLE, self.start, end),)
        texts = product(*([piece.text for piece in part] for part in self.parts))
        return tuple(Piece(text, self.start, end) for text in map("".join, texts))


@dataclass(slots=True)
class _Reader:
    text: str
    position: int = 0
    commands: list[list[ShellWord]] = field(default_factory=list)
    variables: dict[str, ShellWord] = field(default_factory=dict)
    arrays: dict[str, Sequence[ShellWord]] = field(default_factory=dict)
    words: list[ShellWord] = field(default_factory=list)
    endings: list[tuple[str, bool]] = field(default_factory=list)
    blocks: int = 0
    nested: int = 0
    in_backticks: bool = False

    def read(self, stop: str) -> None:
        """Read commands up to the character that ends a substitution, or to the end."""
        outer, self.words = self.words, []
        brackets = 0
        while self.position < len(self.text):
            here = self.text[self.position]
            if here == "`" and self.in_backticks:
                break
            if here == ")" and stop == ")" and not brackets:
                break
            if here in "()":
                brackets += 1 if here == "(" else -1
                brackets = max(brackets, 0)
            self._step(here)
        self._end_command()
        self.words = outer

    def _step(self, here: str) -> None:
        if here in " \t\r":
            self.position += 1
        elif here == "\\" and self.text[self.position + 1 : self.position + 2] == "\n":
            self.position += 2
        elif here == "#":
            self._skip_comment()
        elif here == "\n":
            self.position += 1
            self._end_command()
            self._skip_documents()
        elif here in "<>" or self.text.startswith("&>", self.position):
            self._redirection()
        elif here in ";&|()":
            self.position += 1
            self._end_command()
        else:
            self.words.extend(self._word())

    def _step_over(self, count: int) -> None:
        self.position = min(self.position + count, len(self.text))

    def _skip_comment(self) -> None:
        end = self.text.find("\n", self.position)
        self.position = end if end >= 0 else len(self.text)

    def _redirection(self) -> None:
        found = _REDIRECTION.match(self.text, self.position)
        operator = found.group() if found else ""
        if self.words and self._stands_directly_before(self.words[-1]):
            self.words.pop()  # `2>`
        self.position += max(len(operator), 1)
        if self.text.startswith("(", self.position):
            return  # a process substitution, whose commands are read like others
        while self.text[self.position : self.position + 1] in (" ", "\t"):
            self.position += 1
        if _ends_word(self.text[self.position : self.position + 1]):
            return
        target = self._word()
        if operator in ("<<", "<<-") and target:
            self.endings.append((target[0].text, operator == "<<-"))

    def _stands_directly_before(self, word: ShellWord) -> bool:
        return word.pieces[0].end == self.position and word.text.isdecimal()

    def _skip_documents(self) -> None:
        for ending, tabs in self.endings:
            indent = r"\t*" if tabs else ""
            last = re.compile(rf"^{indent}{re.escape(ending)}\r?$", re.MULTILINE)
            found = last.search(self.text, self.position)
            self.position = found.end() if found else len(self.text)
        self.endings.clear()

    def _word(self) -> Sequence[ShellWord]:
        """The word that begins here; several where an array or a variable holds several."""
        word = _Word(self.position)
        while self.position < len(self.text):
            here = self.text[self.position]
            if here == "(" and self._assigned_array(word):
                return ()
            if _ends_word(here) or (here == "`" and self.in_backticks):
                break
            self._part(here, word)
        made = word.done(self.position)
        if not word.expanded or len(word.parts) != 1:
            return (made,)
        return (*word.ahead, *self._split(word, made))

    def _assigned_array(self, word: _Word) -> bool:
        """Read `NAME=(one two)`, and say whether it was one."""
        written = self.text[word.start : self.position]
        found = _ASSIGNED.fullmatch(written)
        if found is None or self.nested >= DEEPEST:
            return False
        self.position += 1
        self.nested += 1
        items: list[ShellWord] = []
        while self.position < len(self.text) and self.text[self.position] != ")":
            here = self.text[self.position]
            if here == "#":
                self._skip_comment()
            elif _ends_word(here) or (here == "\\" and self._at_line_end()):
                self.position += 1
            elif here == "`" and self.in_backticks:
                break
            else:
                items.extend(self._word())
        self.nested -= 1
        self._step_over(1)
        self.arrays[found[1]] = () if found[2] == "+=" else items
        return True

    def _at_line_end(self) -> bool:
        return self.text.startswith("\n", self.position + 1)

    def _split(self, word: _Word, made: ShellWord) -> Sequence[ShellWord]:
        """The words of an expansion that stands alone and unquoted."""
        if not word.bare or len(made.pieces) != 1:
            return (made,)
        piece = made.pieces[0]
        texts = piece.text.split()
        if len(texts) > MANY:
            return (replace(made, pieces=(replace(piece, text=HOLE),), spread=True),)
        if len(texts) == 1:
            return (made,)
        return [replace(made, pieces=(replace(piece, text=text),)) for text in texts]

    def _part(self, here: str, word: _Word) -> None:
        start = self.position
        if here == "'":
            end = self.text.find("'", start + 1)
            end = end if end >= 0 else len(self.text)
            self._step_over(end + 1 - start)
            word.add(self.text[start + 1 : end], start, self.position)
        elif here == '"':
            self.position += 1
            self._quoted(word)
        elif here == "\\":
            self._step_over(2)
            escaped = self.text[start + 1 : self.position]
            word.add("" if escaped == "\n" else escaped, start, self.position)
        elif here == "$":
            self._expansion(word, quoted=False)
        elif here == "`":
            self._substitution(word, "`")
        else:
            self._plain(_ORDINARY, word)

    def _plain(self, pattern: re.Pattern[str], word: _Word) -> None:
        start = self.position
        found = pattern.match(self.text, start)
        self.position = found.end() if found else start + 1
        word.add(self.text[start : self.position], start, self.position)

    def _quoted(self, word: _Word) -> None:
        """Read what stands between double quotes, up to and with the second one."""
        if self.text.startswith('"', self.position):
            word.add("", self.position, self.position)
        while self.position < len(self.text):
            here = self.text[self.position]
            if here == '"':
                self.position += 1
                return
            if here == "\\":
                following = self.text[self.position + 1 : self.position + 2]
                kept = {"\n": "", "": "\\"}.get(following, following)
                if following not in ("", "\n", "$", "`", '"', "\\"):
                    kept = "\\" + following
                self._step_over(2)
                word.add(kept, self.position - 2, self.position)
            elif here == "$":
                self._expansion(word, quoted=True)
            elif here == "`" and not self.in_backticks:
                self._substitution(word, "`")
            else:
                self._plain(_QUOTED, word)

    def _expansion(self, word: _Word, quoted: bool) -> None:
        start = self.position
        following = self.text[start + 1 : start + 2]
        self.position += 1
        if following == "(":
            self._substitution(word, ")")
        elif following == "{":
            self._braces(word, quoted)
        elif following in ("'", '"') and not quoted:
            return  # `$'…'` and `$"…"` are quotes
        elif (name := _NAME.match(self.text, start + 1)) is not None:
            self.position = name.end()
            self._variable(word, name.group(), quoted, start)
        elif following and following in "0123456789@*#?$!-":
            self.position += 1
            self._unknown(word, start, spread=following in "@*")
        else:
            word.add("$", start, start + 1)

    def _substitution(self, word: _Word, stop: str) -> None:
        """Read the commands of `$(…)`, whose output nobody knows."""
        start = self.position
        self.position += 1
        if self.nested < DEEPEST:
            before, self.in_backticks = self.in_backticks, stop == "`"
            self.nested += 1
            self.read(stop)
            self.nested -= 1
            self.in_backticks = before
            self._step_over(1)
        self._unknown(word, start)

    def _braces(self, word: _Word, quoted: bool) -> None:
        start = self.position - 1
        found = _EXPANDED.match(self.text, self.position)
        if found is None or found[3] is None or self.nested >= DEEPEST:
            self._skip_braces()
            self._unknown(word, start, spread=found is not None and found[2] is not None)
            return
        self.position = found.end()
        name, all_items, operator = found.groups()
        default = None if operator == "}" else self._default()
        if all_items or name in ("@", "*"):
            self._array(word, name, start)
        elif default is not None:
            whole = quoted or "'" in self.text[start : self.position]
            self._or_default(word, name, default, whole)
        else:
            self._variable(word, name, quoted, start)

    def _skip_braces(self) -> None:
        depth = 0
        for found in _BRACE.finditer(self.text, self.position):
            depth += 1 if found.group() == "{" else -1
            if depth == 0:
                self.position = found.end()
                return
        self.position = len(self.text)

    def _default(self) -> ShellWord:
        """Read the default in `${NAME:-default}`, up to and with the brace behind it."""
        word = _Word(self.position)
        self.nested += 1
        while self.position < len(self.text) and self.text[self.position] != "}":
            here = self.text[self.position]
            if here in " \t\r\n;&|()<>":
                word.add(here, self.position, self.position + 1)
                self.position += 1
            elif here == "`" and self.in_backticks:
                break
            elif here in "\"'\\$`":
                self._part(here, word)
            else:
                self._plain(_IN_BRACES, word)
        self.nested -= 1
        made = word.done(self.position)
        self._step_over(1)
        return made

    def _or_default(self, word: _Word, name: str, default: ShellWord, whole: bool) -> None:
        known = self.variables.get(name)
        seen = [one for one in known.pieces if HOLE not in one.text] if known else []
        if known is not None and len(seen) == len(known.pieces):
            word.closed = word.closed and known.closed
        else:
            word.closed = False
            seen.extend(default.pieces)
        word.parts.append(tuple(seen[:MOST]))
        word.expanded = True
        word.bare = not whole

    def _variable(self, word: _Word, name: str, quoted: bool, start: int) -> None:
        known = self.variables.get(name)
        if known is None:
            self._unknown(word, start, spread=not quoted and bool(_OPTIONS.search(name)))
            return
        word.parts.append(known.pieces)
        word.closed = word.closed and known.closed
        word.spread = word.spread or (known.spread and not quoted)
        word.expanded = True
        word.bare = not quoted

    def _array(self, word: _Word, name: str, start: int) -> None:
        items = self.arrays.get(name, ())
        alone = not word.parts
        if not items or not alone or len(items) > MANY:
            self._unknown(word, start, spread=True)
            return
        word.ahead.extend(items[:-1])
        word.parts.append(items[-1].pieces)
        word.closed = items[-1].closed
        word.spread = items[-1].spread
        word.expanded = True

    def _unknown(self, word: _Word, start: int, spread: bool = False) -> None:
        word.add(HOLE, start, self.position)
        word.spread = word.spread or spread

    def _end_command(self) -> None:
        words, self.words = self.words, []
        while words and words[0].text in _LEADING:
            self.blocks += words.pop(0).text in _OPENING
        if not words:
            return
        first = words[0].text
        if first in _CLOSING:
            self.blocks = max(self.blocks - 1, 0)
        elif first in ("for", "select"):
            self.blocks += 1
            self._loop(words[1:])
        elif first == "case":
            self.blocks += 1
        elif first in _DECLARING:
            self._assign(words[1:])
        elif first == "read":
            self.variables.update({word.text: _unknown_at(word) for word in words[1:]})
        elif all(_ASSIGNED.match(word.pieces[0].text) for word in words):
            self._assign(words)
        else:
            self.commands.append(words)

    def _loop(self, words: Sequence[ShellWord]) -> None:
        match words:
            case [name, ShellWord() as within, *items] if within.text == "in" and items:
                pieces = tuple(piece for item in items[:MANY] for piece in item.pieces)
                closed = all(item.closed for item in items)
                word = ShellWord(pieces, closed)
                self.variables[name.text] = word if len(pieces) <= MOST else _unknown_at(name)
            case _:
                self.variables.update({one.text: _unknown_at(one) for one in words[:1]})

    def _assign(self, words: Sequence[ShellWord]) -> None:
        for word in words:
            found = _ASSIGNED.match(word.pieces[0].text)
            if found is None:
                continue
            name, operator = found.groups()
            cut = found.end()
            pieces = tuple(_without(piece, cut) for piece in word.pieces)
            value = replace(word, pieces=pieces) if operator == "=" else _unknown_at(word)
            options = _OPTIONS.search(name) is not None
            value = replace(value, spread=options and value.text == HOLE)
            before = self.variables.get(name)
            if self.blocks and before is not None:
                both = tuple(dict.fromkeys((*before.pieces, *value.pieces)))
                value = replace(value, pieces=both[:MOST])
            self.variables[name] = value


_IN_BRACES = re.compile(r"[^} \t\r\n;&|()<>\"'\\$`]+")


def _ends_word(here: str) -> bool:
    return here in " \t\r\n;&|()<>"


def _without(piece: Piece, cut: int) -> Piece:
    """The value of an assignment; its quotes and its expansions stand in its place too."""
    start = piece.start + cut if piece.end - piece.start >= cut else piece.start
    return Piece(piece.text[cut:], start, piece.end)


def _unknown_at(word: ShellWord) -> ShellWord:
    first = word.pieces[0]
    return ShellWord((Piece(HOLE, first.start, first.end),))
