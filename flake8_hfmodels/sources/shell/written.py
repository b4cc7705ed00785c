"""Which folders a script writes itself: what it reads from them later is no repo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.shell.syntax import Script, Simple
from flake8_hfmodels.sources.shell.word import HOLE, Word

_FLAG = regex(
    r"--?(?:[a-z]+[-_])?(?:output|out|save|saving|local|export|dest|destination|target)"
    r"(?:[-_](?:dir|directory|path|folder|model|model_path|dir_name|file))?"
)
_MAKERS = frozenset({"mkdir", "rm", "mv", "cp", "ln", "rsync"})


def written_folders(script: Script) -> frozenset[str]:
    """The folders that commands of a script make, or are told to write to."""
    found: set[str] = set()
    for step in script.steps:
        if isinstance(step, Simple):
            for word in _written(step.words):
                found.update(text.rstrip("/") for text in word.texts if HOLE not in text)
    return frozenset(found - {""})


def is_within(text: str, folders: frozenset[str]) -> bool:
    """Whether a text is one of these folders, or names something in one."""
    return text in folders or text.partition("/")[0] in folders


def _written(words: Sequence[Word]) -> Iterator[Word]:
    if words[0].text in _MAKERS:
        yield from words[1:]
        return
    for index, word in enumerate(words):
        flag, equals, _value = word.text.partition("=")
        if not flag.startswith("-") or not (_FLAG.fullmatch(flag) or flag == "-o"):
            continue
        if equals:
            yield word.behind("=")
        else:
            yield from words[index + 1 : index + 2]
