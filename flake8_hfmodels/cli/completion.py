"""`hfmodels completion SHELL`: a script by which a shell completes the command line.

shtab writes it from the parser; what a value may be beyond its choices is told by its metavar.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

import shtab

from flake8_hfmodels.cli.exits import CLEAN
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.parser import Parser
from flake8_hfmodels.loaders.kinds import KINDS
from flake8_hfmodels.rules import codes

_ON_DISK: Mapping[object, Any] = {
    "FILE": shtab.FILE,
    "FOLDER": shtab.DIRECTORY,
    "PATH": shtab.FILE,
}


def completion(shell: str, whole: Parser) -> Outcome:
    """The script for one shell, from a parser that has the options of all commands.

    The parser is not fit for parsing any more.
    """
    words = _words()
    for command in whole.commands.values():
        for action in command._actions:  # argparse has no public list of them
            _prepare(action, words)
    script = shtab.complete(whole, shell)
    if shell == "zsh":
        # shtab 1.13 says "one, if any" of what may come any number of times.
        script = script.replace('"(*)::', '"*:')
    return Outcome(CLEAN, script + "\n")


def _words() -> Mapping[object, Sequence[str]]:
    """What stands for a value that argparse takes as it is, by metavar."""
    rules = codes()
    return {"CODE": rules, "CODES": rules, "KINDS": [kind.name for kind in KINDS]}


def _prepare(action: argparse.Action, words: Mapping[object, Sequence[str]]) -> None:
    if action.metavar in _ON_DISK:
        action.complete = _ON_DISK[action.metavar]  # type: ignore[attr-defined]  # shtab's own
    if action.metavar in words:
        action.choices = words[action.metavar]
