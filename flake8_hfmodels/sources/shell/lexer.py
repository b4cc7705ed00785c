"""Shell text to words: quotes, escapes, variables and their defaults. Nothing is run.

`shlex` gives no places, knows no variables and raises on an open quote; so this reads the text
itself, once from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.shell.expansion import DEEPEST, ends_word, expand, substitute
from flake8_hfmodels.sources.shell.parts import Literal, WordParts
from flake8_hfmodels.sources.shell.variables import MANY, Variables
from flake8_hfmodels.sources.shell.word import HOLE, Text, Word

_ORDINARY = regex(r"[^ \t\r\n;&|()<>\"'\\$`]+")
_WHOLE = regex(r"[^ \t\r\n;&|()<>\"'\\$`]+(?=[ \t\r\n;&|)<>]|\Z)")
_BRACES = regex(r"(?![A-Za-z_]\w*\+?=)([^{}]*)\{([^{},]*,[^{}]*)\}([^{}]*)", re.ASCII)
_QUOTED = regex(r"[^\"\\$`]+")
_IN_DOCUMENT = regex(r"[^\\$`]+")
_KEY = regex(r"\[[^\]]*\]=")
ASSIGNED = regex(r"([A-Za-z_]\w*)(\+?=)", re.ASCII)


@dataclass(slots=True)
class Lexer:
    """Reads words off a shell text.

    `substitute` reads the commands of a `$(…)` up to the character that it is given; `listed` is
    told of each array: its name, its items, and whether they are added; `defaulted` of the default
    of each variable.
    """

    ground: Text
    variables: Variables
    substitute: Callable[[str], None]
    listed: Callable[[str, Sequence[Word], bool], None]
    defaulted: Callable[[str, Word], None]
    position: int = 0
    nested: int = 0
    in_backticks: bool = False
    comments: list[tuple[int, int]] = field(default_factory=list)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.ground.text

    def word(self) -> Sequence[Word]:
        """The word that begins here; several where an array or a variable holds several."""
        whole = _WHOLE.match(self.text, self.position)
        if whole is not None:  # most words are as plain as that
            self.position = whole.end()
            text = self.ground.part(*whole.span())
            braces = _BRACES.fullmatch(text.text) if "{" in text.text else None
            return (Word((text,)),) if braces is None else self._alternatives(braces, whole.start())
        word = WordParts(self.ground, self.position)
        while self.position < len(self.text):
            here = self.text[self.position]
            if here == "(" and self._assigned_array(word):
                return ()
            if ends_word(here) or (here == "`" and self.in_backticks):
                break
            self.part(here, word)
        made = word.done(self.position)
        return (*word.ahead, *_split(word, made)) if word.expanded else (made,)

    def _alternatives(self, braces: re.Match[str], start: int) -> Sequence[Word]:
        """The words that `a{b,c}` stands for."""
        before, between, after = (
            Literal(braces[group], start + braces.start(group), start + braces.end(group))
            for group in (1, 2, 3)
        )
        made: list[Word] = []
        begin = between.start
        for one in between.text.split(",")[:MANY]:
            parts = (before, Literal(one, begin, begin + len(one)), after)
            word = WordParts(self.ground, start, [part for part in parts if part.text])
            made.append(word.done(after.end))
            begin += len(one) + 1
        return made

    def document(self) -> Word:
        """All of the text, as that of a here-document whose variables are filled in."""
        word = WordParts(self.ground, 0)
        self._content(word, "", _IN_DOCUMENT)
        return word.done(self.position)

    def step_over(self, count: int) -> None:
        """Go on behind so many characters."""
        self.position = min(self.position + count, len(self.text))

    def skip_comment(self) -> None:
        """Go on at the end of the line, and note what stands there."""
        end = self.text.find("\n", self.position)
        end = end if end >= 0 else len(self.text)
        self.comments.append((self.position, end))
        self.position = end

    # --- arrays

    def _assigned_array(self, word: WordParts) -> bool:
        """Read `NAME=(one two)`, and say whether it was one."""
        found = ASSIGNED.fullmatch(self.text, word.start, self.position)
        if found is None or self.nested >= DEEPEST:
            return False
        self.position += 1
        self.nested += 1
        items: list[Word] = []
        while self.position < len(self.text) and self.text[self.position] != ")":
            here = self.text[self.position]
            if here == "#":
                self.skip_comment()
            elif ends_word(here) or self.text.startswith("\\\n", self.position):
                self.position += 1
            elif here == "`" and self.in_backticks:
                break
            else:
                items.extend(map(_without_key, self.word()))
        self.nested -= 1
        self.step_over(1)
        self.listed(found[1], items, found[2] == "+=")
        return True

    # --- the parts of a word

    def part(self, here: str, word: WordParts) -> None:
        """Read what begins with a character that is here into a word."""
        start = self.position
        if here == "'":
            end = self.text.find("'", start + 1)
            end = end if end >= 0 else len(self.text)
            self.step_over(end + 1 - start)
            word.add(self.text[start + 1 : end], start + 1, end)
        elif here == '"':
            self.position += 1
            self._content(word, '"', _QUOTED)
        elif here == "\\":
            self.step_over(2)
            escaped = self.text[start + 1 : self.position]
            word.add("" if escaped == "\n" else escaped, start + 1, self.position)
        elif here == "$":
            expand(self, word, quoted=False)
        elif here == "`":
            substitute(self, word, "`")
        else:
            self.plain(_ORDINARY, word)

    def plain(self, pattern: re.Pattern[str], word: WordParts) -> None:
        """Read characters that mean nothing but themselves, one at least."""
        start = self.position
        found = pattern.match(self.text, start)
        self.position = found.end() if found else start + 1
        word.add(self.text[start : self.position], start, self.position)

    def _content(self, word: WordParts, quote: str, plain: re.Pattern[str]) -> None:
        """Read what stands between double quotes, with the second one; without: to the end."""
        while self.position < len(self.text):
            here = self.text[self.position]
            if here == quote:
                self.position += 1
                return
            if here == "\\":
                self._escaped(word, quote)
            elif here == "$":
                expand(self, word, quoted=True)
            elif here == "`" and not self.in_backticks:
                substitute(self, word, "`")
            else:
                self.plain(plain, word)

    def _escaped(self, word: WordParts, quote: str) -> None:
        """Read a backslash between double quotes, where it escapes few characters."""
        start = self.position
        following = self.text[start + 1 : start + 2]
        self.step_over(2)
        if following == "\n":
            return
        kept = 1 if following and following in f"$`\\{quote}" else 0
        word.add(self.text[start + kept : self.position], start + kept, self.position)


def _without_key(item: Word) -> Word:
    """An item of an array without the key before it: `[key]=item`."""
    found = _KEY.match(item.text)
    return item if found is None else item.behind("=")


def _split(word: WordParts, made: Word) -> Sequence[Word]:
    """The words of an expansion that stands alone and unquoted."""
    if len(word.parts) != 1 or not word.bare or len(made.choices) != 1:
        return (made,)
    (choice,) = made.choices
    found = list(re.finditer(r"\S+", choice.text))
    if len(found) > MANY:
        return (Word((Text(HOLE, choice.written()),), made.closed, spread=True),)
    if len(found) == 1:
        return (made,)
    parts = [choice.part(one.start(), one.end()) for one in found]
    return [replace(made, choices=(part,)) for part in parts]
