"""Here-documents: which command reads one, and what it makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_hfmodels.loaders.commands.wrappers import COPIERS, READERS, SILENT
from flake8_hfmodels.sources.shell.arguments import given
from flake8_hfmodels.sources.shell.feeding import written
from flake8_hfmodels.sources.shell.running import Run, begins, program
from flake8_hfmodels.sources.shell.syntax import Simple
from flake8_hfmodels.sources.shell.word import Text


def documents_of(command: Simple, before: Simple | None) -> list[Text]:
    """What a command is given to read: by itself, or by a `cat` before the pipe."""
    words = list(command.documents)
    if not words and command.piped and before is not None and is_copier(before):
        words = list(before.documents)
    elif not words and command.piped and before is not None:
        return written(before)
    return [choice for word in words for choice in word.choices]


def is_copier(command: Simple) -> bool:
    """Whether a command only hands on what it reads."""
    return program(command.words[0].text) in COPIERS


def target_of(command: Simple, run: Run) -> str:
    """The name of the file that the document is written to, or that it stands for."""
    if program(run.words[0].text) in COPIERS:
        files = [word.text for word in given(run.words[1:], ("-a", "--append")).positional]
        if command.output is not None and "/dev/null" not in command.output.text:
            files = [command.output.text]
        return next((_file_name(name) for name in files), "")
    return next((name for words, name in READERS if begins(run.words, words)), "")


def is_silent(words: Sequence[str]) -> bool:
    """Whether a command only shows what it is given."""
    return bool(words) and program(words[0]) in SILENT


def _file_name(path: str) -> str:
    return path.rpartition("/")[2]
