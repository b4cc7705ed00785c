"""Words of a command line as values of a reference."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import ABSENT, Known, Reference, Unknown, Value, Written
from flake8_hfmodels.sources.shell.arguments import WORDS_OF_TRUTH
from flake8_hfmodels.sources.shell.ids import Id
from flake8_hfmodels.sources.shell.word import HOLE, Word


def value_of(words: Sequence[Word], hidden: bool) -> Value:
    """What the first of these words says, if there is one."""
    if not words:
        return Unknown("words that are decided at run time") if hidden else ABSENT
    (word, *_rest) = words
    certain = tuple(one.written() for one in word.choices if HOLE not in one.text)
    if not certain:
        return Unknown("decided at run time")
    return Known(certain, word.closed and len(certain) == len(word.choices))


def truth(value: Known) -> Value:
    """The same value as true or false."""
    made = [(one, WORDS_OF_TRUTH.get(str(one.value).lower())) for one in value.values]
    known = tuple(replace(one, value=truth) for one, truth in made if truth is not None)
    return Known(known, value.closed) if known else Unknown("neither true nor false")


def with_ids(reference: Reference, ids: Sequence[Id], closed: bool) -> Reference:
    """The same reference with the repos that are named, and what their words say of them."""
    types = [one.repo_type for one in ids if one.repo_type is not None]
    revisions = [_revision(one) for one in ids]
    pinned = any(one.value is not None for one in revisions)
    return replace(
        reference,
        repo_id=Known(tuple(one.repo_id.written() for one in ids), closed),
        repo_type=types[0] if types else reference.repo_type,
        revision=_known(revisions) if pinned else reference.revision,
    )


def _revision(one: Id) -> Written:
    return one.repo_id.valued(None) if one.revision is None else one.revision.written()


def _known(revisions: Sequence[Written]) -> Value:
    holes = any(HOLE in str(one.value) for one in revisions)
    return Unknown("decided at run time") if holes else Known(tuple(revisions))
