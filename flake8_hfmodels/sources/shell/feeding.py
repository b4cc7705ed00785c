"""What a command is fed: the words that `echo`, `printf` or `cat` write before the pipe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from flake8_hfmodels.record import replace
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.shell.running import program
from flake8_hfmodels.sources.shell.syntax import Simple
from flake8_hfmodels.sources.shell.variables import MANY, MOST
from flake8_hfmodels.sources.shell.word import HOLE, Origin, Text, Word

_LINE = regex(r"[^\r\n]+")
_FIELD = regex(r"\S+")
_PARALLEL = regex(r":::\+?")
_NUMBERED = regex(r"\{\d?\}")


def written(command: Simple) -> list[Text]:
    """What a command writes, if it does nothing else: a text for each line or word."""
    name = program(command.words[0].text)
    words = list(command.words[1:])
    if name == "printf":
        words = words[1:] if words and "%" in words[0].text else words
    elif name == "echo":
        words = [word for word in words if not word.text.startswith("-")]
    else:
        words = list(command.documents) if name == "cat" else []
    return [one for word in words for one in word.choices]


def lines(texts: Sequence[Text]) -> list[Text]:
    """The lines of some texts; none where there are too many of them."""
    return _few(texts, _LINE)


def fields(line: Text, names: Sequence[str], separators: str) -> Iterator[tuple[str, Text]]:
    """What `read` puts into each of its variables; the last one gets the rest of the line."""
    found = list(re.finditer(rf"[^{re.escape(separators)}]+", line.text) if separators else ())
    for number, name in enumerate(names[:-1]):
        if number < len(found):
            yield name, line.part(*found[number].span())
    begin = found[len(names) - 1].start() if len(found) >= len(names) else None
    begin = 0 if not separators else begin
    if begin is not None:
        end = len(line.text.rstrip(separators or "\r\n"))
        yield names[-1], line.part(begin, end)


def read_values(texts: Sequence[Text], names: Sequence[str], separators: str) -> Mapping[str, Word]:
    """What the variables of a `read` can be, in a loop over all lines."""
    found: dict[str, list[Text]] = {}
    for line in lines(texts):
        for name, value in fields(line, names, separators):
            found.setdefault(name, []).append(value)
    return {name: Word(tuple(values[:MOST])) for name, values in found.items()}


def with_input(command: Simple, before: Simple | None) -> Simple:
    """A command of `xargs` or `parallel` with the words that it is fed."""
    name = program(command.words[0].text)
    if name == "xargs" and command.piped and before is not None:
        fed = _few(written(before), _FIELD)
        return _given(command, command.words, _placeholder(command.words), fed)
    if name == "parallel":
        texts = [word.text for word in command.words]
        marks = [index for index, text in enumerate(texts) if _PARALLEL.fullmatch(text)]
        if marks:
            inputs = [word for word in command.words[marks[0] :] if not word.text.startswith(":::")]
            fed = [one for word in inputs for one in word.choices]
            return _given(command, command.words[: marks[0]], _NUMBERED, fed)
    return command


def _given(
    command: Simple, words: Sequence[Word], mark: re.Pattern[str] | None, fed: Sequence[Text]
) -> Simple:
    if not fed or len(fed) > MOST:
        return command
    held = mark is not None and any(mark.search(word.text) for word in words[1:])
    if mark is None or not held:
        return replace(command, words=(*words, Word(tuple(fed))))
    filled = (_filled(word, mark, fed) for word in words[1:])
    return replace(command, words=(words[0], *filled))


def _filled(word: Word, mark: re.Pattern[str], fed: Sequence[Text]) -> Word:
    """A word with each of the texts in place of the mark."""
    if len(word.choices) != 1 or word.text.startswith(("-I", "-i")):
        return word
    found = mark.search(word.text)
    if found is None or len(mark.findall(word.text)) > 1:
        return word
    if found.end() - found.start() == len(word.text):
        return Word(tuple(fed), word.closed)
    (text,) = word.choices
    return Word(tuple(_put(text, found.start(), found.end(), one) for one in fed), word.closed)


def _put(text: Text, start: int, end: int, value: Text) -> Text:
    """A text with another one in place of some characters."""
    before, after = text.part(0, start), text.part(end, len(text.text))
    runs = [*before.runs(0), *value.runs(start), *after.runs(start + len(value.text))]
    whole = before.text + value.text + after.text
    return Text(whole, Origin(runs, text, 0, len(text.text)))


def _placeholder(words: Sequence[Word]) -> re.Pattern[str] | None:
    """What stands for the words in `xargs -I{}`."""
    for index, word in enumerate(words):
        if word.text.startswith(("-I", "-i")):
            mark = word.text[2:] or (words[index + 1].text if index + 1 < len(words) else "")
            mark = "{}" if word.text == "-i" else mark
            return re.compile(re.escape(mark)) if mark else None
    return None


def _few(texts: Sequence[Text], pattern: re.Pattern[str]) -> list[Text]:
    found: list[Text] = []
    for text in texts:
        if HOLE in text.text:
            return []
        for one in pattern.finditer(text.text):
            found.append(text.part(*one.span()))
            if len(found) > MANY:
                return []
    return found
