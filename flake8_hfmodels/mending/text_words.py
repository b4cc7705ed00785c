"""Pins in command lines: a flag behind the word with the name, or the value of one that is there.

What is around the words is not known here: a script, a list of JSON, a text in quotes. So each
form is tried out in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flake8_hfmodels.mending.command_line import FLAG_BEFORE, is_by_place
from flake8_hfmodels.mending.job import Job
from flake8_hfmodels.mending.text_ground import Attempt, Change, Ground
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Known
from flake8_hfmodels.regex import regex

_REST = regex(r"[^\s;|&()<>`'\"\\]*")
_QUOTE = regex(r"\\*[\"']")
_OPENING = regex(r"(\\*[\"'])\Z")
_POSITIONAL = regex(r"[\"',]*(?:[ \t]|\\\r?\n)+(?:\\*[\"'])?(?!\d+[<>])[^\s;|&<>()#\\\"'-]")
_GIVEN = regex(r"(\w+)[ \t]*(?:[:?]?=|[ \t]|:[ \t])[ \t]*\\*[\"']?\Z")
_ITEM = regex(r"([ \t]*(?:-[ \t]+)+)")
_NUMBER = regex(r"\d+(?:e\d+)?")
_FLAG = regex(r"--([A-Za-z][\w-]*)")
_MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a command line: where it begins, and where it may end, each with a quote.

    `follows`: another word follows that is no flag. `name` is where the name ends.
    """

    start: int
    opening: str
    ends: tuple[tuple[int, str], ...]
    follows: bool
    name: int


def yaml_text(text: str) -> str:
    """A commit as a plain text of YAML, in quotes where it could be taken for a number."""
    return f'"{text}"' if _NUMBER.fullmatch(text) else text


def flag_attempts(ground: Ground, job: Job, commit: str) -> Iterator[Attempt]:
    """Ways to give a command one more flag."""
    param = job.param
    place = _place(ground, job)
    if param is None or place is None:
        return
    what = f"pin {param.names[0]} to {commit}"
    is_safe = bool(job.ref.loader.package)
    word = _word(ground.text, *place)
    before = FLAG_BEFORE.search(ground.text, max(word.start - 80, 0), word.start)
    if not is_by_place(job.ref.loader, before and before[1]):
        word = replace(word, follows=False)
    if param.within is not None:
        name = next(one for one in param.names if not one.startswith("-"))
        for change in _entries(word, name, commit):
            yield Attempt(what, (change,), is_safe)
    flags = [name for name in param.names if name.startswith("-")]
    if flags:
        flag = _styled(flags[0], ground.text[slice(*ground.ends(job.ref.span))])
        for change in _changes(ground, word, flag, commit):
            yield Attempt(what, (change,), is_safe)


def _place(ground: Ground, job: Job) -> tuple[int, int] | None:
    """Where a command line names its repo: by the id itself, or by a variable that holds it."""
    match job.ref.repo_id:
        case Known((written,)) if (place := ground.stands(written)) is not None:
            pass
        case _:
            return None
    begin, end = ground.ends(job.ref.span)
    if begin <= place[0] and place[1] <= end:
        return place
    given = _GIVEN.search(ground.text, ground.line(place[0])[0], place[0])
    if given is None:
        return None
    name = given[1]
    used = re.compile(rf"\$(?:\{{{name}\}}|\({name}\)|{name}(?!\w))")
    # The last word of a command does not count for its place where make puts a variable in.
    for stop in (end, ground.line(end)[1]):
        uses = [found.span() for found in used.finditer(ground.text, begin, stop)]
        if uses:
            return uses[0] if len(uses) == 1 else None
    return None


def _word(text: str, start: int, end: int) -> _Word:
    ends: list[tuple[int, str]] = []
    at, quote = end, ""
    for _ in range(_MOST_QUOTES):
        rest = _REST.match(text, at)
        at = rest.end() if rest is not None else at
        ends.append((at, quote))
        found = _QUOTE.match(text, at)
        if found is None:
            break
        at, quote = found.end(), found.group()
        ends.append((at, quote))
    opening = _OPENING.search(text, max(start - 4, 0), start)
    begin = opening.start() if opening is not None else start
    quote = opening.group() if opening is not None else ""
    ends = list(dict.fromkeys(ends))
    follows = _POSITIONAL.match(text, ends[-1][0] if quote else ends[0][0]) is not None
    is_alone = begin == 0 or text[begin - 1].isspace() or text[begin - 1] in ",["
    return _Word(begin, quote, tuple(ends), follows and is_alone, end)


def _changes(ground: Ground, word: _Word, flag: str, commit: str) -> Iterator[Change]:
    """The flag before a word that others follow, else behind it.

    https://docs.python.org/3/library/argparse.html: words that stand on both sides of a flag are
    not taken together by `nargs="*"`.
    """
    if word.follows:
        quote = word.opening
        yield Change(word.start, word.start, f"{flag} {commit} ")
        if quote:
            text = f"{quote}{flag}{quote}, {quote}{commit}{quote}, "
            yield Change(word.start, word.start, text)
    for at, _quote in word.ends:
        yield Change(at, at, f" {flag} {commit}")
    for at, quote in word.ends:
        if quote:
            yield Change(at, at, f", {quote}{flag}{quote}, {quote}{commit}{quote}")
    if ground.kind == "yaml":
        yield from _items(ground, word, flag, yaml_text(commit))


def _items(ground: Ground, word: _Word, flag: str, commit: str) -> Iterator[Change]:
    """Two more items of a list of YAML."""
    at = word.ends[0][0]
    begin, stop = ground.line(at)
    mark = _ITEM.match(ground.text, begin, stop)
    if mark is not None:
        last = mark[1].rstrip(" \t")
        item = last[:-1].replace("-", " ") + mark[1][len(last) - 1 :]
        yield Change(stop, stop, f"\n{item}{flag}\n{item}{commit}")
    yield Change(word.name, word.name, f", {flag}, {commit}")


def _entries(word: _Word, name: str, commit: str) -> Iterator[Change]:
    """One more entry of a text of `key=value,…`, or of JSON."""
    yield Change(word.name, word.name, f",{name}={commit}")
    for at, quote in word.ends:
        if quote:
            yield Change(at, at, f", {quote}{name}{quote}: {quote}{commit}{quote}")


def _styled(flag: str, command: str) -> str:
    """A flag spelled as the others of its command are: `--model-id` or `--model_id`."""
    used = _FLAG.findall(command)
    if any("-" in one for one in used) and not any("_" in one for one in used):
        return "--" + flag[2:].replace("_", "-")
    return flag
