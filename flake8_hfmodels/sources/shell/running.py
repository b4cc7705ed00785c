"""Which program a command line runs in the end, behind variables, wrappers and containers."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import pairwise

from flake8_hfmodels.loaders.commands.wrappers import (
    CONTAINERS,
    LAUNCHERS,
    PYTHON,
    VARIABLES,
    WRAPPERS,
    Wrapper,
)
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.shell.word import Text, Word

Environment = ChainMap[str, Word]
"""The variables that a program sees: those set for it alone before those around it."""

MOST_WRAPPERS = 32
"""A program that stands behind more variables and wrappers than this is not looked for."""

_VARIABLE = regex(r"([A-Za-z_]\w*)=", re.ASCII)
_SEPARATOR = regex(r"[/\\]")


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The program that is run in the end: by its name, as a module, or as a script.

    The first map of `environment` has the variables that are set for it alone. `code` is the
    Python text behind `-c`; `told`: Python reads what it is to do from its input. `as_text`: the
    words are joined to a text, which a shell reads.
    """

    words: Sequence[Word]
    environment: Environment
    module: bool = False
    script: bool = False
    code: Word | None = None
    told: bool = False
    as_text: bool = False


def unwrapped(words: Sequence[Word], outer: Environment) -> Run:
    """Take away what stands before the program that loads: variables, `sudo`, launchers."""
    environment = outer.new_child()
    script = False
    for _ in range(MOST_WRAPPERS):
        if not words:
            break
        text = words[0].text
        variable = _VARIABLE.match(text)
        if variable is not None:
            environment[variable[1]] = words[0].behind("=")
            words = words[1:]
            continue
        name = program(text)
        if is_python(name):
            run = _interpreted(words[1:], environment)
            if not run.module or not run.words or run.words[0].text not in LAUNCHERS:
                return run
            launcher = LAUNCHERS[run.words[0].text]
            words = [*(said(part, words[0]) for part in launcher), *run.words[1:]]
            name = launcher[0]
        wrapper = next((one for one in _wrappers(name) if begins(words, one.words)), None)
        if wrapper is None:
            script = script or text.endswith((".py", ".sh"))
            return Run(words, environment, script=script)
        told = _told(words, wrapper.text)
        if told is not None:
            return Run((told,), environment, as_text=True)
        rest, is_module = _behind(words, wrapper)
        if is_module:
            return Run(rest, environment, module=True)
        if wrapper.as_text:
            return Run(rest, environment, as_text=True)
        script = script or wrapper.script
        words = rest
    return Run((), environment)


@lru_cache(maxsize=256)
def is_python(name: str) -> bool:
    """Whether a program is the interpreter."""
    return any(fnmatchcase(name, pattern) for pattern in PYTHON)


def program(text: str) -> str:
    """The name of a program without its folder."""
    if "/" not in text and "\\" not in text:
        return text.removesuffix(".exe")
    return _SEPARATOR.split(text)[-1].removesuffix(".exe")


def fits(text: str, pattern: str) -> bool:
    """Whether a word is what a pattern with `|` and `*` stands for."""
    return any(fnmatchcase(text, one) for one in pattern.split("|"))


def said(text: str, at: Word) -> Word:
    """A word that stands for what is written elsewhere."""
    return Word((Text(text, at.choices[0].written()),))


def contained(run: Run) -> tuple[str, Run] | None:
    """The name of the image that a command runs, and what it runs in it."""
    rows = _containers(program(run.words[0].text))
    wrapper = next((one for one in rows if begins(run.words, one.words)), None)
    if run.module or wrapper is None:
        return None
    rest = _behind_dashes(run.words) if wrapper.image else _behind(run.words, wrapper)[0]
    own = run.words[: len(run.words) - len(rest)]
    if len(own) == len(wrapper.words):
        return None
    image = own[-1]
    set_in_it: dict[str, Word] = {}
    for word, following in pairwise(own):
        flag, equals, _rest = word.text.partition("=")
        value = word.behind("=") if equals and flag.startswith("--") else following
        if flag in VARIABLES:
            set_in_it.update(_setting(value, run.environment))
        if wrapper.image and flag == wrapper.image:
            image = value
    return image_name(image.text), replace(
        run, words=rest, environment=run.environment.new_child(set_in_it)
    )


def _behind_dashes(words: Sequence[Word]) -> Sequence[Word]:
    texts = [word.text for word in words]
    return words[texts.index("--") + 1 :] if "--" in texts else ()


def image_name(text: str) -> str:
    """The name of an image without its tag and its digest."""
    head, slash, tail = text.partition("@")[0].rpartition("/")
    return head + slash + tail.partition(":")[0]


def _setting(word: Word, outer: Mapping[str, Word]) -> Mapping[str, Word]:
    """The variable that a container is given: `NAME=value`, or `NAME` as it is outside."""
    name, equals, _value = word.text.partition("=")
    if equals:
        return {name: word.behind("=")}
    return {name: outer[name]} if name in outer else {}


@lru_cache(maxsize=256)
def _wrappers(name: str) -> Sequence[Wrapper]:
    return [one for one in WRAPPERS if fits(name, one.words[0])]


@lru_cache(maxsize=256)
def _containers(name: str) -> Sequence[Wrapper]:
    return [one for one in CONTAINERS if fits(name, one.words[0])]


def _interpreted(words: Sequence[Word], environment: Environment) -> Run:
    """What Python is told to run: `-m module …`, `-c code`, `script.py …`, or its input."""
    index = 0
    while index < len(words) and words[index].text.startswith("-") and words[index].text != "-":
        flag = words[index].text
        if flag == "-m":
            return Run(words[index + 1 :], environment, module=True)
        if flag.endswith("c") and not flag.startswith("--"):
            code = words[index + 1] if index + 1 < len(words) else None
            return Run((), environment, code=code)
        index += 2 if flag in ("-W", "-X") else 1
    rest = words[index:]
    if not rest or rest[0].text in ("-", "/dev/stdin"):
        return Run((), environment, told=True)
    return Run(rest, environment, script=True)


def _behind(words: Sequence[Word], wrapper: Wrapper) -> tuple[Sequence[Word], bool]:
    """The words behind a wrapper's own, and whether they begin with a module."""
    index = len(wrapper.words)
    while index < len(words) and words[index].text.startswith("-"):
        flag = words[index].text
        index += 2 if _takes_value(flag, wrapper) and _is_value(words[index + 1 :], wrapper) else 1
        if wrapper.script and flag in ("-m", "--module"):
            return words[index:], True
        if flag == "--":
            break
    return words[index + wrapper.takes :], False


def _told(words: Sequence[Word], flag: str) -> Word | None:
    """The value of a flag that is a text for a shell."""
    for word, following in pairwise((*words, None)):
        if flag and word is not None and word.text.startswith(f"{flag}="):
            return word.behind("=")
        if flag and word is not None and word.text == flag:
            return following
    return None


def _takes_value(flag: str, wrapper: Wrapper) -> bool:
    if "=" in flag or flag == "--":
        return False
    return flag not in wrapper.switches if wrapper.switches else flag in wrapper.valued


def _is_value(rest: Sequence[Word], wrapper: Wrapper) -> bool:
    """Whether a value can begin here, and not the next flag or the script itself."""
    text = rest[0].text if rest else ""
    if wrapper.switches and text.startswith("--"):
        return False
    return not (wrapper.script and text.endswith(".py"))


def begins(words: Sequence[Word], pattern: Sequence[str]) -> bool:
    """Whether a command line begins with the words of a pattern."""
    if len(words) < len(pattern):
        return False
    texts = [program(words[0].text), *(word.text for word in words[1 : len(pattern)])]
    return all(fits(text, part) for text, part in zip(texts, pattern, strict=True))
