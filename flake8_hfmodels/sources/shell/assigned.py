"""The variables that a script sets: those that a program it starts reads, and all others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from flake8_hfmodels.loaders.commands import COMMANDS
from flake8_hfmodels.loaders.commands.scripts import TRUSTING
from flake8_hfmodels.reference import ABSENT, Known, Reference, Span
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.shell.judgement import for_the_curious
from flake8_hfmodels.sources.shell.syntax import Assigned
from flake8_hfmodels.sources.shell.word import Text
from flake8_hfmodels.sources.source import Context

_TRUST = regex(r"(?<!\S)--trust[-_]remote[-_]code(?=\s|=true|$)", re.IGNORECASE)


def assigned_references(
    assigned: Sequence[Assigned], context: Context, loaded: Sequence[Reference], text: str
) -> Iterator[Reference]:
    """What variables name that no command of the script is seen to load.

    One that the script keeps to itself is for the curious.
    """
    from flake8_hfmodels.sources.buildfiles.settings import Setting, setting_references

    kept: set[Span] = set()
    settings: list[Setting] = []
    for one in assigned:
        for choice in one.word.choices:
            ending = _endings().get(one.name, "")
            read = choice.part(0, len(choice.text.partition(ending)[0])) if ending else choice
            value, whole = read.placed(), _whole(one.name, choice).placed()
            setting = Setting(one.name, value, whole, one.name, one.word.closed)
            settings.append(setting)
            if not one.exported:
                kept.update((setting.span, setting.place))
    yield from _trusting(assigned, context, loaded)
    for found in setting_references(settings, context, loaded, text):
        yield for_the_curious(found) if found.span in kept else found


def _trusting(
    assigned: Sequence[Assigned], context: Context, loaded: Sequence[Reference]
) -> Iterator[Reference]:
    """The flags in variables that let code run, where no command is seen to get them."""
    seen = {
        one.span
        for reference in loaded
        if isinstance(reference.trust_remote_code, Known)
        for one in reference.trust_remote_code.values
    }
    for one in assigned:
        for choice in one.word.choices:
            for flag in _TRUST.finditer(choice.text):
                place = choice.part(*flag.span())
                if place.span() not in seen:
                    seen.add(place.span())
                    yield _trusts(one.name, place, context)


def _trusts(name: str, flag: Text, context: Context) -> Reference:
    return Reference(
        path=context.path,
        span=flag.span(),
        kind="command",
        loader=TRUSTING,
        call=name,
        repo_id=ABSENT,
        repo_type="model",
        revision=ABSENT,
        trust_remote_code=Known((flag.valued(True),)),
    )


@cache
def _endings() -> Mapping[str, str]:
    """What begins in the value of a variable and is no part of the id."""
    return {
        variable: load.ending
        for command in COMMANDS
        for load in command.loads
        for variable, flag in command.environment
        if load.ending and flag in load.loader.repo_id[0].names
    }


def _whole(name: str, value: Text) -> Text:
    """The variable with its value, where that stands behind it; else the value."""
    start = value.offset - len(name) - 1
    if isinstance(value.origin, Placed):
        told = start >= 0 and value.origin.text.startswith(f"{name}=", start)
    else:
        told = start == 0
    return Text(f"{name}={value.text}", value.origin, start) if told else value
