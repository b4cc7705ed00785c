"""How much a text with one slash looks like the id of a repo, by its words alone."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from flake8_hfmodels.loaders.elsewhere import FOLDERS, OTHER_HUBS, PLACEHOLDERS
from flake8_hfmodels.loaders.likeness import (
    CLIP_NAME,
    COLLECTION,
    DUMMIES,
    FAMILY,
    FORM,
    MIME_ROOTS,
    NOT_OWNERS,
    OWNERS,
    PROGRAMMERS_WORD,
    PROVIDERS,
    SERVED_ONLY,
    SHARED_OWNERS,
    SIZE,
    WORDS,
    YOURS,
    ZONES,
)
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_repo_id, names_a_file

LONGEST = 193
"""Two names of 96 characters and the slash: no id is longer."""

_RANDOM = regex(r"[A-Za-z0-9]{40,}")
"""A word too long for one: encoded data, which has slashes as well."""

_NEVER = WORDS | FOLDERS | MIME_ROOTS | ZONES | NOT_OWNERS | OTHER_HUBS | PROVIDERS


class Likeness(IntEnum):
    """NONE: it means something else. POSSIBLE: its form is right. LIKELY: so are its words.

    CERTAIN: its owner is known for nothing but the Hub.
    """

    NONE = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


@lru_cache(maxsize=1024)
def likeness(text: str) -> Likeness:
    """How much `owner/name` looks like the id of a repo."""
    owner, slash, name = text.partition("/")
    if not slash or len(text) > LONGEST or not is_repo_id(text):
        return Likeness.NONE
    if _is_something_else(owner, name, text):
        return Likeness.NONE
    if owner.lower() in OWNERS:
        return Likeness.CERTAIN
    like_a_model = is_like_a_model(name)
    if owner.lower() in SHARED_OWNERS:
        return Likeness.LIKELY if like_a_model else Likeness.POSSIBLE
    if like_a_model:
        # "RoBERTa/BERT-large" are two models, not one of somebody named so
        return Likeness.POSSIBLE if is_like_a_model(owner) else Likeness.LIKELY
    return Likeness.NONE if name.lower() in WORDS else Likeness.POSSIBLE


def is_like_a_model(name: str) -> bool:
    """Whether a name has the words of models: a family, a form, a number of parameters."""
    lower = name.lower()
    found = FAMILY.search(lower) or FORM.search(lower) or SIZE.search(lower)
    return found is not None


def means_something_else(text: str) -> bool:
    """Whether the form or the owner of `owner/name` says that no repo is meant by it."""
    owner, slash, name = text.partition("/")
    return not slash or not is_repo_id(text) or _is_something_else(owner, name, text)


def is_placeholder(owner: str) -> bool:
    """Whether an owner stands for the reader's own, or for anybody."""
    lower = owner.lower()
    return lower in PLACEHOLDERS or lower in DUMMIES or YOURS.match(owner) is not None


def _is_something_else(owner: str, name: str, text: str) -> bool:
    lower = owner.lower()
    return (
        lower in _NEVER
        or len(owner) < 2
        or not any(character.isalpha() for character in owner)
        or not any(character.isalpha() for character in name)
        or (len(owner) <= 5 and len(name) <= 5 and owner.isupper() and name.isupper())
        or names_a_file(name)
        or PROGRAMMERS_WORD.search(name) is not None
        or _RANDOM.fullmatch(name) is not None
        or COLLECTION.fullmatch(name) is not None
        or is_placeholder(owner)
        or CLIP_NAME.fullmatch(text) is not None
        or SERVED_ONLY.match(text) is not None
    )
