"""A piece of shell text, or one command as a list of words, to its references."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS
from flake8_hfmodels.loaders.likeness import FIRST_DATASETS, SHORT_NAMES
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known, Reference, Span, Written
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.mentions import addresses, names
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.shell.addresses import address_references
from flake8_hfmodels.sources.shell.assigned import assigned_references
from flake8_hfmodels.sources.shell.comments import commented_commands
from flake8_hfmodels.sources.shell.elsewhere import elsewhere
from flake8_hfmodels.sources.shell.grammar import parsed
from flake8_hfmodels.sources.shell.judgement import for_the_curious
from flake8_hfmodels.sources.shell.loads import Place
from flake8_hfmodels.sources.shell.merging import merged
from flake8_hfmodels.sources.shell.session import DEEPEST, Session
from flake8_hfmodels.sources.shell.syntax import Assigned, Simple
from flake8_hfmodels.sources.shell.variables import NO_WORDS, Variables
from flake8_hfmodels.sources.shell.word import HOLE, Text, Word, placed_word
from flake8_hfmodels.sources.source import Context

_NOWHERE = Span(1, 1, 1, 1)
_IN_A_LIST = regex(r"\$\(([A-Za-z_]\w*)\)|\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)", re.ASCII)


def script_references(
    script: Placed, context: Context, environment: Mapping[str, Word] = NO_WORDS
) -> list[Reference]:
    """What the commands of a shell text load, at their places in the file."""
    ground = Text(script.text, script)
    read = parsed(ground, Variables(dict(environment)))
    session = Session(context)
    session.run(read, _place(context), ChainMap(dict(environment)))
    found = _with_variables(session, context, script.text)
    if not context.everything:
        return found
    found.extend(_unseen(_commented(read.comments, context), found))
    return [*found, *_mentioned(script, session, context, found)]


def words_references(
    words: Sequence[Placed],
    context: Context,
    environment: Mapping[str, Word] = NO_WORDS,
    image: str = "",
) -> list[Reference]:
    """What one command loads that is given as a list of words.

    With an `image` the words are what a container of it gets; those that do not begin with a
    program go to the one that the image starts.
    """
    if not words:
        return []
    made = tuple(_filled(word, environment) for word in words)
    first, last = words[0].span(0, len(words[0].text)), words[-1].span(0, len(words[-1].text))
    span = Span(
        first.line,
        first.column,
        *max((last.end_line, last.end_column), (first.end_line, first.end_column)),
    )
    command = Simple(made, Text("", Written("", span)))
    session = Session(context)
    session.commands.append(command)
    place = replace(_place(context), span=span)
    if image:
        session.contained(image, made, place, ChainMap(dict(environment)))
    else:
        session.add(command, place, ChainMap(dict(environment)), DEEPEST)
    found = _with_variables(session, context, "")
    if context.everything:
        for word in words:
            found.extend(_mentioned(word, session, context, found))
    return found


def _place(context: Context) -> Place:
    return Place(context.path, _NOWHERE, context.is_local, direct=True)


def _filled(word: Placed, environment: Mapping[str, Word]) -> Word:
    """A word of a list, with a hole where a variable stands that nobody knows."""
    whole = _IN_A_LIST.fullmatch(word.text)
    if whole is not None:
        name = next(one for one in whole.groups() if one)
        if name in environment:
            return environment[name]
    if "$" not in word.text:
        return placed_word(word)
    parts: list[Placed] = []
    position = 0
    for found in _IN_A_LIST.finditer(word.text):
        parts.append(word.part(position, found.start()))
        parts.append(inserted(HOLE, *word.at(found.start())))
        position = found.end()
    return placed_word(joined([*parts, word.part(position, len(word.text))]))


def _with_variables(session: Session, context: Context, text: str) -> list[Reference]:
    """What the commands load, what they read at addresses, and what the variables name."""
    found = merged(session.references)
    found.extend(_unseen(address_references(session.commands, context.path), found))
    everything = context.everything
    told = [one for one in session.settings if everything or one.exported or _may_trust(one)]
    if told:
        found.extend(assigned_references(told, context, found, text))
    return found


def _may_trust(one: Assigned) -> bool:
    return any("trust" in text for text in one.word.texts)


def _commented(comments: Sequence[Text], context: Context) -> Iterator[Reference]:
    """What the commands that are commented out would load."""
    quiet = replace(context, everything=False)
    for command in commented_commands(comments):
        session = Session(quiet)
        session.run(parsed(Text(command.text, command), Variables()), _place(quiet), ChainMap())
        for found in _with_variables(session, quiet, ""):
            if all(_is_name(str(one.value)) for one in _ids([found])):
                yield for_the_curious(found)


def _is_name(repo_id: str) -> bool:
    """Whether people who write about a command would mean a repo by that, and not any word."""
    return "/" in repo_id or repo_id in FIRST_REPOS | FIRST_DATASETS | SHORT_NAMES


def _mentioned(
    text: Placed, session: Session, context: Context, found: Sequence[Reference]
) -> Iterator[Reference]:
    """The addresses and the ids that stand anywhere in a text, for auditors."""
    known = {str(one.value).lower() for one in _ids(found)}
    others = elsewhere(session.commands) - known
    inner = sorted(one.span() for one in session.inner)
    told: Iterable[Reference] = (
        *addresses(text, context.path, loads=False),
        *names(text, context.path, known.__contains__),
    )
    for reference in _unseen(told, found):
        named = {str(one.value).lower() for one in _ids([reference])}
        if named.isdisjoint(others) and not _is_within(reference.span, inner):
            yield reference


def _is_within(span: Span, places: Sequence[Span]) -> bool:
    index = bisect_right(places, span) - 1
    if index < 0:
        return False
    around = places[index]
    return (span.line, span.column) < (around.end_line, around.end_column)


def _unseen(told: Iterable[Reference], found: Sequence[Reference]) -> Iterator[Reference]:
    """Those references whose ids no other reference has at that place, each once."""
    seen = {(one.span, one.value) for one in _ids(found)}
    for reference in told:
        places = {(one.span, one.value) for one in _ids([reference])}
        if not places or not places <= seen:
            yield reference
        seen |= places


def _ids(references: Iterable[Reference]) -> Iterator[Written]:
    for reference in references:
        if isinstance(reference.repo_id, Known):
            yield from reference.repo_id.strings()
