"""Shell text to simple commands, assignments and functions, in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.shell.expansion import DEEPEST, may_be_options
from flake8_hfmodels.sources.shell.feeding import fields, read_values, written
from flake8_hfmodels.sources.shell.lexer import ASSIGNED, Lexer
from flake8_hfmodels.sources.shell.parts import WordParts
from flake8_hfmodels.sources.shell.redirection import Current, Redirections
from flake8_hfmodels.sources.shell.syntax import Assigned, Script, Simple, Step
from flake8_hfmodels.sources.shell.variables import MANY, MOST, NO_WORDS, Variables, unknown
from flake8_hfmodels.sources.shell.word import HOLE, Text, Word

_ITEM = regex(r"([A-Za-z_]\w*)\[[^\]=]*\]\+?=", re.ASCII)
_PARENTHESES = regex(r"\([ \t]*\)")
_BLANKS = regex(r"[ \t\r]+")
_FUNCTION = regex(r"[\w.:-]+")
_CLOSING = frozenset({"fi", "done", "esac", "}"})
_LEADING = frozenset({"if", "then", "elif", "else", "do", "while", "until", "!", "{"})
_OPENING = frozenset({"if", "while", "until", "{"})
_DECLARING = frozenset({"export", "local", "declare", "readonly", "typeset"})


MOST_LOOPS = 4
"""A loop over lines that stands within more loops and the like is not followed."""


def parsed(ground: Text, variables: Variables, nested: int = 0) -> Script:
    """What a shell text consists of, with the variables that are known before it."""
    reader = _Reader(ground, variables, nested)
    reader.read("")
    comments = [ground.part(*place) for place in reader.lexer.comments]
    return Script(ground, reader.steps, reader.functions, comments, variables)


def simple_commands(
    ground: Text, environment: Mapping[str, Word] = NO_WORDS
) -> list[Sequence[Word]]:
    """The words of every simple command of a shell text, those in substitutions included."""
    return parsed(ground, Variables(dict(environment))).commands()


@dataclass(slots=True)
class _Block:
    """What is open: the body of a function that begins at `start`, or anything else.

    `inside` is the function that all of it stands in. `before` is the number of steps that stand
    before it. Of a loop, `reads` are the variables that it reads lines into, which are parted at
    `separators`, and `source` is the command before the pipe.
    """

    function: str = ""
    start: int = 0
    inside: str = ""
    before: int = 0
    reads: Sequence[str] = ()
    separators: str = ""
    source: Simple | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Loop:
    """A loop that reads lines, which are to be found in `documents` or with `block.source`."""

    block: _Block
    body: Text
    documents: Sequence[Word]


class _Reader:
    """Reads one shell text from left to right."""

    def __init__(self, ground: Text, variables: Variables, nested: int) -> None:
        self.ground = ground
        self.text = ground.text
        self.variables = variables
        self.lexer = Lexer(
            ground, variables, self.read, self._listed, self._defaulted, nested=nested
        )
        self.steps: list[Step] = []
        self.functions: dict[str, Text] = {}
        self.current = Current()
        self.redirections = Redirections(self.lexer, self._document)
        self.blocks: list[_Block] = []
        self.defined = ""
        self.loops: list[_Loop] = []
        self.kept: Sequence[str] = ()

    def read(self, stop: str) -> None:
        """Read commands up to the character that ends a substitution, or to the end."""
        outer, self.current = self.current, Current()
        lexer = self.lexer
        brackets = 0
        while lexer.position < len(self.text):
            here = self.text[lexer.position]
            if here == "`" and lexer.in_backticks:
                break
            if here == ")" and stop == ")" and not brackets:
                break
            if here in "()":
                brackets += 1 if here == "(" else -1
                brackets = max(brackets, 0)
            self._step(here)
        self._end_command()
        self._read_loops()
        self.current = outer

    def _step(self, here: str) -> None:
        lexer = self.lexer
        if here in " \t\r":
            lexer.position = next(_BLANKS.finditer(self.text, lexer.position)).end()
        elif here == "\\" and self.text.startswith(("\n", "\r\n"), lexer.position + 1):
            lexer.position = self.text.index("\n", lexer.position) + 1
        elif here == "#":
            lexer.skip_comment()
        elif here == "\n":
            lexer.position += 1
            self._end_command()
            self.redirections.documents()
            self._read_loops()
        elif here in "<>" or self.text.startswith("&>", lexer.position):
            self.redirections.read(self.current)
        elif here == "(" and self._is_definition():
            self._define(self.current.words[-1].text)
        elif here in ";&|()":
            self._operator(here)
        else:
            self._word()

    def _word(self) -> None:
        current, start = self.current, self.lexer.position
        words = self.lexer.word()
        current.words.extend(words)
        current.starts.extend([start] * len(words))
        current.end = self.lexer.position
        if len(current.words) == 3 and current.words[0].text == "function":
            self._define_by_keyword(current)

    def _define_by_keyword(self, current: Current) -> None:
        """Note the name in `function name {`."""
        if current.words[2].text == "{":
            self.defined = current.words[1].text
            del current.words[:2], current.starts[:2]

    def _operator(self, here: str) -> None:
        position = self.lexer.position
        self.lexer.position += 1
        self._end_command()
        alone = not self.text.startswith(("||", "|&"), position)
        self.current.piped = here == "|" and alone and self.text[position - 1 : position] != "|"

    # --- functions

    def _is_definition(self) -> bool:
        """Whether `()` follows what can be the name of a function."""
        words = [word.text for word in self.current.words]
        if len(words) != 1 and (len(words) != 2 or words[0] != "function"):
            return False
        if not _FUNCTION.fullmatch(words[-1]):
            return False
        return _PARENTHESES.match(self.text, self.lexer.position) is not None

    def _define(self, name: str) -> None:
        self.lexer.position = self.text.index(")", self.lexer.position) + 1
        self.current = Current()
        self.defined = name

    def _inside(self) -> str:
        """The function whose body is being read."""
        return self.blocks[-1].inside if self.blocks else ""

    def _open(self, word: str, end: int) -> None:
        name = self.defined if word == "{" else ""
        self.defined = "" if name else self.defined
        self.blocks.append(_Block(name, end, name or self._inside(), len(self.steps)))

    def _close(self, start: int, current: Current) -> None:
        if not self.blocks:
            return
        block = self.blocks.pop()
        if block.function:
            self.functions[block.function] = self.ground.part(block.start, start)
        elif block.reads and max(self.lexer.nested, len(self.blocks)) < MOST_LOOPS:
            body = self.ground.part(block.start, start)
            self.loops.append(_Loop(block, body, current.documents))

    def _read_loops(self) -> None:
        """Read the loops over lines again, now that it is known what the lines are."""
        loops, self.loops = self.loops, []
        for loop in loops:
            block = loop.block
            texts = [one for word in loop.documents for one in word.choices]
            if not texts and block.source is not None:
                texts = written(block.source)
            known = read_values(texts, block.reads, block.separators)
            if not known:
                continue
            del self.steps[block.before :]
            self.variables.values.update(known)
            inner = _Reader(loop.body, self.variables, self.lexer.nested + 1)
            inner.steps, inner.kept = self.steps, block.reads
            inner.blocks.append(_Block(inside=block.inside))
            inner.read("")
            self.functions.update(inner.functions)

    def _document(self, body: Text) -> Word:
        """A here-document whose variables are filled in, and whose commands are read."""
        if self.lexer.nested >= DEEPEST or not _may_expand(body.text):
            return Word((body,))
        inner = _Reader(body, self.variables, self.lexer.nested + 1)
        inner.steps = self.steps
        return inner.lexer.document()

    # --- commands

    def _end_command(self) -> None:
        current, self.current = self.current, Current()
        begin = 0
        while begin < len(current.words) and current.words[begin].text in _LEADING:
            opening = current.words[begin].text
            if opening in _OPENING:
                self._open(opening, current.starts[begin] + len(opening))
            begin += 1
        current.leading = [word.text for word in current.words[:begin]]
        words, starts = current.words[begin:], current.starts[begin:]
        current.starts = starts
        self._assign_lists(current)
        if not words:
            return
        first = words[0].text
        if first in _CLOSING:
            self._close(starts[0], current)
        elif first in ("for", "select"):
            self._open(first, 0)
            self._loop(words[1:])
        elif first == "case":
            self._open(first, 0)
        elif first in _DECLARING:
            exported = first == "export" or any(word.text == "-x" for word in words[1:])
            self._declare(words[1:])
            self._assign(words[1:], exported, current)
        elif all(_is_assignment(word) for word in words):
            self._assign(words, exported=False, current=current)
        elif next(word.text for word in words if not _is_assignment(word)) == "read":
            self._read_line(words, current)
        elif first == "set" and len(words) > 1 and words[1].text == "--":
            self._set(words[2:])
        else:
            self._add(words, current)

    def _declare(self, words: Sequence[Word]) -> None:
        """Note the arrays that get their items one by one later."""
        if any(word.text in ("-A", "-a", "-gA", "-ga") for word in words):
            names = [word.text for word in words if word.text.isidentifier()]
            self.variables.arrays.update(dict.fromkeys(names, ()))

    def _set(self, words: Sequence[Word]) -> None:
        """Note the arguments that the script gives itself."""
        numbered = {str(number): word for number, word in enumerate(words[:MANY], 1)}
        if not any(word.spread for word in words):
            self.variables.values.update(numbered)
        self.variables.arrays.update({"@": words, "*": words})

    def _read_line(self, words: Sequence[Word], current: Current) -> None:
        """Note what `read` puts into its variables, where that stands behind `<<<`."""
        at = next(index for index, word in enumerate(words) if word.text == "read")
        separators = " \t"
        for word in words[:at]:
            if word.text.startswith("IFS="):
                separators = word.text[len("IFS=") :]
        flags = [word.text for word in words[at + 1 :] if word.text.startswith("-")]
        names = [word.text for word in words[at + 1 :] if word.text.isidentifier()]
        if names and set(names) <= set(self.kept):
            return
        self.variables.values.update({word.text: unknown(word) for word in words[at + 1 :]})
        texts = [one for word in current.documents for one in word.choices]
        if self._is_condition(current) and names:
            block = self.blocks[-1]
            block.reads, block.separators = names, separators
            piped = current.piped and len(self.steps) == block.before and block.before > 0
            last = self.steps[-1] if piped else None
            block.source = last if isinstance(last, Simple) else None
        elif any("a" in flag for flag in flags) and len(names) == 1 and len(texts) == 1:
            several = fields(texts[0], ["*"] * MANY, separators or "\n")
            items = [Word((value,)) for _name, value in several if HOLE not in value.text]
            self.variables.grow(names[0], items, added=False)
        elif texts:
            self.variables.values.update(read_values(texts, names, separators) if names else {})

    def _is_condition(self, current: Current) -> bool:
        """Whether a command stands right behind `while`."""
        return bool(self.blocks) and bool(current.leading) and current.leading[-1] == "while"

    def _add(self, words: Sequence[Word], current: Current) -> None:
        place = self.ground.part(current.starts[0], current.end)
        self.steps.append(
            Simple(words, place, current.documents, current.output, current.piped, self._inside())
        )

    def _loop(self, words: Sequence[Word]) -> None:
        match words:
            case [name, Word() as within, *items] if within.text == "in" and items:
                choices = tuple(choice for item in items[:MANY] for choice in item.choices)
                many = len(items) > MANY or len(choices) > MOST
                word = Word(choices, all(item.closed for item in items))
                self.variables.values[name.text] = unknown(name) if many else word
                self._note(name.text, word, exported=False)
            case _:
                self.variables.values.update({one.text: unknown(one) for one in words[:1]})

    def _listed(self, name: str, items: Sequence[Word], added: bool) -> None:
        """Note an array, to be given its items when the command ends."""
        self.variables.grow(name, items, added)
        choices = tuple(choice for item in items for choice in item.choices)
        if choices:
            self.current.listed.append((name, Word(choices)))

    def _defaulted(self, name: str, word: Word) -> None:
        """Note what a variable is where nobody gives it another value."""
        if not name.isdecimal() and word.text != HOLE:
            self._note(name, word, exported=False)

    def _assign_lists(self, current: Current) -> None:
        for name, word in current.listed:
            self._note(name, word, exported=False)

    def _assign(self, words: Sequence[Word], exported: bool, current: Current) -> None:
        for word in words:
            item = _ITEM.match(word.choices[0].text)
            if item is not None:
                self._assign_item(item[1], word.behind("="))
                continue
            found = ASSIGNED.match(word.choices[0].text)
            if found is None:
                self._export(word, exported)
                continue
            name, operator = found.groups()
            value = word.behind("=")
            if operator == "+=":
                self._note(name, value, exported)
                value = self._appended(name, value, current)
            options = may_be_options(name) and value.text == HOLE
            value = Word(value.choices, value.closed, spread=options)
            self.variables.set(name, value, maybe=bool(self.blocks))
            if operator == "=":
                self._note(name, value, exported)

    def _assign_item(self, name: str, value: Word) -> None:
        self.variables.grow(name, [value], added=name in self.variables.arrays)
        self._note(name, value, exported=False)

    def _appended(self, name: str, value: Word, current: Current) -> Word:
        """What a variable is that more is written behind."""
        known = self.variables.values.get(name)
        if known is None or known.text == HOLE:
            return unknown(value)
        parts = WordParts(self.ground, current.starts[0])
        parts.put(known.choices, bare=False)
        parts.put(value.choices, bare=False)
        return parts.done(current.end)

    def _export(self, word: Word, exported: bool) -> None:
        known = self.variables.values.get(word.text)
        if exported and known is not None:
            self._note(word.text, known, exported)

    def _note(self, name: str, word: Word, exported: bool) -> None:
        self.steps.append(Assigned(name, word, exported, self._inside()))


def _is_assignment(word: Word) -> bool:
    text = word.choices[0].text
    return ASSIGNED.match(text) is not None or _ITEM.match(text) is not None


def _may_expand(text: str) -> bool:
    return any(mark in text for mark in "$`\\")
