"""The stages of a Dockerfile: their variables, and the program that their image starts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flake8_hfmodels.loaders.images import POSIX_SHELLS
from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Known, Reference, Span
from flake8_hfmodels.sources.buildfiles.docker_words import json_list
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.shell.word import Word, placed_word
from flake8_hfmodels.sources.source import Context

MOST_VARIABLES = 500
"""Variables of one stage that are followed."""


@dataclass(slots=True)
class Variables:
    """What the variables of a stage are, as texts of the file and as words of a shell."""

    texts: dict[str, Placed] = field(default_factory=dict)
    words: dict[str, Word] = field(default_factory=dict)
    lasting: dict[str, Placed] = field(default_factory=dict)

    def give(self, name: str, value: Placed, closed: bool) -> None:
        """Give a variable a value; not `closed`: an argument, which others can pass.

        docs.docker.com/reference/dockerfile#using-arg-variables: what `ENV` gives wins.
        """
        too_many = len(self.texts) >= MOST_VARIABLES and name not in self.texts
        if too_many or (not closed and name in self.lasting):
            return
        self.texts[name] = value
        self.words[name] = replace(placed_word(value), closed=closed)
        if closed:
            self.lasting[name] = value

    def inherited(self) -> Variables:
        """Those of a stage that begins with this one's image: arguments are forgotten."""
        made = Variables()
        for name, value in self.lasting.items():
            made.give(name, value, closed=True)
        return made


@dataclass(slots=True)
class Start:
    """`CMD` or `ENTRYPOINT`: what follows it, and where the instruction stands."""

    arguments: Placed
    span: Span


@dataclass(slots=True)
class Stage:
    """One stage: the image that it begins with, and what has been said in it so far.

    `decided`: it says itself what is started, or is given what the image's program reads.
    """

    image: Placed
    span: Span
    variables: Variables = field(default_factory=Variables)
    entrypoint: Start | None = None
    command: Start | None = None
    decided: bool = False

    def next(self, span: Span) -> Stage:
        """A stage that begins where this one ends."""
        return Stage(self.image, span, self.variables.inherited(), self.entrypoint, self.command)

    def started(self, context: Context) -> list[Reference]:
        """What the program loads that the image starts."""
        if not self.decided:
            return []
        whole = self.entrypoint or self.command
        if whole is not None:
            listed = json_list(whole.arguments)
            if listed is None:
                return script(whole.arguments, context, self.variables.words)
        entry = _listed(self.entrypoint)
        words = [*entry, *_listed(self.command)]
        image = "" if entry else self.image.text
        if words:
            return self._run(words, image, context)
        return self._configured(context)

    def _run(self, words: Sequence[Placed], image: str, context: Context) -> list[Reference]:
        found = program(words, context, self.variables.words, image)
        places = [one.span for one in (self.command, self.entrypoint) if one is not None]
        return [replace(one, span=_around(one, places)) for one in found]

    def _configured(self, context: Context) -> list[Reference]:
        """What the image's own program loads, as the environment tells it."""
        from flake8_hfmodels.sources.shell.script import words_references

        place = (self.span.line, self.span.column)
        words = [inserted("docker", *place), inserted("run", *place)]
        for name, value in self.variables.lasting.items():
            words.append(inserted("-e", *place))
            words.append(joined([inserted(f"{name}=", *place), value]))
        found = words_references([*words, inserted(self.image.text, *place)], context)
        return [replace(one, span=_place_of_id(one)) for one in found if one.kind == "command"]


def script(text: Placed, context: Context, variables: Mapping[str, Word]) -> list[Reference]:
    """What a text for a shell loads."""
    from flake8_hfmodels.sources.shell.script import script_references

    return script_references(text, context, variables)


def program(
    words: Sequence[Placed], context: Context, variables: Mapping[str, Word], image: str = ""
) -> list[Reference]:
    """What a program loads that is started with words, which no shell reads."""
    from flake8_hfmodels.sources.shell.script import words_references

    if len(words) > 2 and program_name(words[0].text) in POSIX_SHELLS:
        flags = words[1].text
        if flags.startswith("-") and flags.endswith("c"):
            return script(words[2], context, variables)
    return words_references(words, context, variables, image)


def program_name(text: str) -> str:
    """The name of a program without its folder."""
    return re.split(r"[/\\]", text)[-1].removesuffix(".exe")


def _listed(start: Start | None) -> Sequence[Placed]:
    return json_list(start.arguments) or () if start is not None else ()


def _around(reference: Reference, places: Sequence[Span]) -> Span:
    """The instruction that names the repo, else the first one."""
    written = _place_of_id(reference)
    begin, end = (written.line, written.column), (written.end_line, written.end_column)
    for place in places:
        if (place.line, place.column) <= begin and end <= (place.end_line, place.end_column):
            return place
    return places[0]


def _place_of_id(reference: Reference) -> Span:
    for value in (reference.repo_id, reference.trust_remote_code):
        if isinstance(value, Known):
            return value.values[0].span
    return reference.span
