"""What commands name with one slash that is somewhere else: repos of GitHub, images, folders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from flake8_hfmodels.loaders.commands.wrappers import ON_GITHUB, ON_PATHS
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.shell.arguments import given
from flake8_hfmodels.sources.shell.running import program
from flake8_hfmodels.sources.shell.syntax import Simple
from flake8_hfmodels.sources.text.likeness import Likeness, likeness

_HOSTED = regex(
    r"(?:github\.com|githubusercontent\.com|gitlab\.com|bitbucket\.org|ghcr\.io|docker\.io|quay\.io)"
    r"(?:/repos)?[/:]([\w.-]+/[\w.-]+)",
    re.ASCII,
)


def elsewhere(commands: Iterable[Simple]) -> frozenset[str]:
    """The names, in lower case, that commands of a script use for something else."""
    return frozenset(name.lower().removesuffix(".git") for one in commands for name in _named(one))


def _named(command: Simple) -> Iterator[str]:
    for word in command.words:
        for text in word.texts:
            yield from _HOSTED.findall(text)
    name = program(command.words[0].text)
    if name in ON_PATHS:
        for word in command.words[1:]:
            yield from (one for one in word.texts if likeness(one) < Likeness.CERTAIN)
    if name == "gh":
        arguments = given(command.words[1:], ())
        told = [run[0] for flag in ON_GITHUB for _flag, run in arguments.flags.get(flag, ()) if run]
        for word in (*arguments.positional, *told):
            yield from word.texts
