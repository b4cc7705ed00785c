"""What a dollar sign or a backtick puts into a word of shell text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.shell.parts import WordParts
from flake8_hfmodels.sources.shell.variables import MANY, MOST
from flake8_hfmodels.sources.shell.word import HOLE, Text, Word

if TYPE_CHECKING:
    from flake8_hfmodels.sources.shell.lexer import Lexer

DEEPEST = 20
"""Substitutions within substitutions that are followed."""

LONGEST_TRIMMED = 200
"""Of a longer text nobody looks for what `${NAME#pattern}` takes away."""

_IN_BRACES = regex(r"[^} \t\r\n;&|()<>\"'\\$`]+")
_NAME = regex(r"[A-Za-z_]\w*", re.ASCII)
_EXPANDED = regex(r"\{([A-Za-z_]\w*|[0-9]+|[@*#?$!-])(\[[^\]\n]{0,80}\])?(\}|:?[-=?+])?", re.ASCII)
_TRIMMED = regex(r"\{([A-Za-z_]\w*|[0-9]+)(##?|%%?)((?:[\w./:,;@|=*?-]|\\.){1,40})\}", re.ASCII)
_OPTIONS = regex(r"arg|opt|flag|extra|param", re.IGNORECASE)
_MARK = regex(r"\\.|.", re.DOTALL)
_BRACE = regex(r"[{}]")


def ends_word(here: str) -> bool:
    """Whether a character stands between words."""
    return not here or here in " \t\r\n;&|()<>"


def may_be_options(name: str) -> bool:
    """Whether a variable of this name holds any number of words by custom."""
    return _OPTIONS.search(name) is not None


def expand(lexer: Lexer, word: WordParts, quoted: bool) -> None:
    """Read what begins with a dollar sign into a word."""
    start = lexer.position
    following = lexer.text[start + 1 : start + 2]
    lexer.position += 1
    if following == "(":
        substitute(lexer, word, ")")
    elif following == "{":
        _braces(lexer, word, quoted)
    elif following in ("'", '"') and not quoted:
        return  # `$'…'` and `$"…"` are quotes
    elif (name := _NAME.match(lexer.text, start + 1)) is not None:
        lexer.position = name.end()
        _variable(lexer, word, name.group(), quoted, start)
    elif following in ("@", "*"):
        lexer.position += 1
        _array(lexer, word, following, start)
    elif following and following in "0123456789#?$!-":
        lexer.position += 1
        _variable(lexer, word, following, quoted, start)
    else:
        word.add("$", start, start + 1)


def substitute(lexer: Lexer, word: WordParts, stop: str) -> None:
    """Read the commands of `$(…)`, whose output nobody knows."""
    start = lexer.position - (1 if stop == ")" else 0)
    lexer.position += 1
    if lexer.nested < DEEPEST:
        before, lexer.in_backticks = lexer.in_backticks, stop == "`"
        lexer.nested += 1
        lexer.substitute(stop)
        lexer.nested -= 1
        lexer.in_backticks = before
        lexer.step_over(1)
    _unknown(lexer, word, start)


def _braces(lexer: Lexer, word: WordParts, quoted: bool) -> None:
    start = lexer.position - 1
    trimmed = _TRIMMED.match(lexer.text, lexer.position)
    if trimmed is not None and lexer.variables.get(trimmed[1]) is not None:
        lexer.position = trimmed.end()
        _trimmed(lexer, word, trimmed, quoted, start)
        return
    found = _EXPANDED.match(lexer.text, lexer.position)
    if found is None or found[3] is None or lexer.nested >= DEEPEST:
        _skip_braces(lexer)
        _unknown(lexer, word, start, spread=found is not None and _is_all(found[2]))
        return
    lexer.position = found.end()
    name, subscript, operator = found.groups()
    default = None if operator == "}" else _default(lexer)
    if _is_all(subscript) or name in ("@", "*"):
        _array(lexer, word, name, start)
    elif subscript is not None:
        _item(lexer, word, name, subscript[1:-1], start)
    elif default is not None and operator.endswith("+"):
        word.closed = False
        word.put(default.choices, bare=not quoted)
    elif default is not None and operator.endswith("?"):
        _variable(lexer, word, name, quoted, start)
    elif default is not None:
        whole = quoted or "'" in lexer.text[start : lexer.position]
        made = _or_default(lexer, word, name, default, whole)
        lexer.defaulted(name, default)
        if operator in (":=", "="):
            lexer.variables.set(name, made)
    else:
        _variable(lexer, word, name, quoted, start)


def _skip_braces(lexer: Lexer) -> None:
    depth = 0
    for found in _BRACE.finditer(lexer.text, lexer.position):
        depth += 1 if found.group() == "{" else -1
        if depth == 0:
            lexer.position = found.end()
            return
    lexer.position = len(lexer.text)


def _default(lexer: Lexer) -> Word:
    """Read the default in `${NAME:-default}`, up to and with the brace behind it."""
    word = WordParts(lexer.ground, lexer.position)
    lexer.nested += 1
    while lexer.position < len(lexer.text) and lexer.text[lexer.position] != "}":
        here = lexer.text[lexer.position]
        if ends_word(here):
            word.add(here, lexer.position, lexer.position + 1)
            lexer.position += 1
        elif here == "`" and lexer.in_backticks:
            break
        elif here in "\"'\\$`":
            lexer.part(here, word)
        else:
            lexer.plain(_IN_BRACES, word)
    lexer.nested -= 1
    made = word.done(lexer.position)
    lexer.step_over(1)
    return made


def _or_default(lexer: Lexer, word: WordParts, name: str, default: Word, whole: bool) -> Word:
    known = lexer.variables.get(name)
    seen = [one for one in known.choices if HOLE not in one.text] if known else []
    closed = known is not None and known.closed and len(seen) == len(known.choices)
    if known is None or len(seen) < len(known.choices):
        seen.extend(default.choices)
    made = Word(tuple(seen[:MOST]), closed)
    word.closed = word.closed and closed
    word.put(made.choices, bare=not whole)
    return made


def _trimmed(lexer: Lexer, word: WordParts, found: re.Match[str], quoted: bool, start: int) -> None:
    """Read `${NAME#pattern}` and its likes, of a variable that is known."""
    name, operator, pattern = found.groups()
    known = lexer.variables.get(name)
    choices = known.choices if known is not None else ()
    if any(len(one.text) > LONGEST_TRIMMED or HOLE in one.text for one in choices):
        _unknown(lexer, word, start)
        return
    cut = _cutter(operator, pattern)
    word.closed = word.closed and known is not None and known.closed
    word.put(tuple(_cut(one, cut) for one in choices), bare=not quoted)


def _cut(text: Text, cut: re.Pattern[str]) -> Text:
    found = cut.fullmatch(text.text)
    return text if found is None else text.part(*found.span(1))


@lru_cache(maxsize=256)
def _cutter(operator: str, pattern: str) -> re.Pattern[str]:
    """An expression that matches a text, and in its group what is left of it."""
    shortest = "?" if operator == "#" else ""
    marks = {"*": f".*{shortest}", "?": "."}
    parts = (marks.get(one, re.escape(one.removeprefix("\\"))) for one in _MARK.findall(pattern))
    removed = "".join(parts)
    kept = "(.*?)" if operator == "%%" else "(.*)"
    whole = removed + "(.*)" if operator.startswith("#") else kept + removed
    return re.compile(whole, re.DOTALL)


def _variable(lexer: Lexer, word: WordParts, name: str, quoted: bool, start: int) -> None:
    known = lexer.variables.get(name)
    if known is None:
        _unknown(lexer, word, start, spread=not quoted and may_be_options(name))
        return
    word.closed = word.closed and known.closed
    word.spread = word.spread or (known.spread and not quoted)
    word.put(known.choices, bare=not quoted)


def _item(lexer: Lexer, word: WordParts, name: str, subscript: str, start: int) -> None:
    known = lexer.variables.item(name, subscript)
    if known is None:
        _unknown(lexer, word, start)
        return
    word.closed = word.closed and known.closed
    word.put(known.choices, bare=False)


def _array(lexer: Lexer, word: WordParts, name: str, start: int) -> None:
    items = lexer.variables.arrays.get(name, ())
    if not items or word.parts or len(items) > MANY:
        _unknown(lexer, word, start, spread=True)
        return
    word.ahead.extend(items[:-1])
    word.closed = items[-1].closed
    word.spread = items[-1].spread
    word.put(items[-1].choices, bare=False)


def _unknown(lexer: Lexer, word: WordParts, start: int, spread: bool = False) -> None:
    word.add(HOLE, start, lexer.position)
    word.spread = word.spread or spread


def _is_all(subscript: str | None) -> bool:
    return subscript in ("[@]", "[*]")
