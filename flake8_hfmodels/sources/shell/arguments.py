"""The arguments of a program: flags with what stands behind each, and all other words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.sources.shell.word import HOLE, Word

WORDS_OF_TRUTH = {"true": True, "1": True, "false": False, "0": False, "yes": True, "no": False}


@dataclass(slots=True)
class Given:
    """The arguments of a program.

    A word behind a flag that is not its value stands in `positional` as well. `hidden`: there
    may be others, which only the running program knows.
    """

    positional: list[Word] = field(default_factory=list)
    flags: dict[str, list[tuple[Word, Sequence[Word]]]] = field(default_factory=dict)
    hidden: bool = False


def given(words: Sequence[Word], switches: Sequence[str]) -> Given:
    """Sort the words behind a program's name; `switches` are its flags without a value."""
    found = Given()
    alone = {spelling(flag) for flag in switches}
    only_words = False
    value_of_flag = -1
    end = _ends(words)
    for index, word in enumerate(words):
        if index == value_of_flag:
            continue
        flag = "" if only_words else flag_of(word)
        if word.spread and HOLE in word.text:
            found.hidden = True
        elif flag == "--":
            only_words = True
        elif not flag:
            found.positional.append(word)
        elif all("=" in text for text in word.texts):
            found.flags.setdefault(flag, []).append((word, [word.behind("=")]))
        else:
            run = words[index + 1 : end[index]]
            takes = bool(run) and (flag not in alone or run[0].text.lower() in WORDS_OF_TRUTH)
            value_of_flag = index + 1 if takes else -1
            found.flags.setdefault(flag, []).append((word, run if takes else ()))
    return found


def flag_of(word: Word) -> str:
    """The flag that a word is, in one spelling; nothing for other words."""
    names = {spelling(text.partition("=")[0]) for text in word.texts}
    name = names.pop() if len(names) == 1 else ""
    return name if name.startswith("-") and name != "-" else ""


@lru_cache(maxsize=4096)
def spelling(flag: str) -> str:
    """Most programs take `--model_id` and `--model-id` for one flag."""
    return flag.replace("_", "-") if flag.startswith("--") else flag


def _ends(words: Sequence[Word]) -> Sequence[int]:
    """Where the words behind each word end: at the next flag."""
    ends = [len(words)] * len(words)
    for index in range(len(words) - 1, 0, -1):
        ends[index - 1] = index if flag_of(words[index]) else ends[index]
    return ends
