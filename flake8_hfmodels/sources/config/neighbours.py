"""What stands around a value: whether the Hub, a server or a report is meant by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from flake8_hfmodels.loaders.config.elsewhere import (
    MOST_NEIGHBOURS,
    RECORD_FOLDERS,
    RECORD_KEYS,
    RUN_KEYS,
)
from flake8_hfmodels.loaders.config.keys import (
    CHOICE_KEY,
    LIBRARIES,
    REMOTE,
    REMOTE_KEY,
    SAYS_DATASET,
    SAYS_HUB,
    UPLOAD_KEY,
)
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.sources.config.document import Document, Spot, leaf_of
from flake8_hfmodels.sources.marked import tree
from flake8_hfmodels.sources.marked.tree import Entry
from flake8_hfmodels.sources.source import Context

_UP = 3
"""How many mappings around a value say what it is for."""


def is_record(document: Document, spot: Spot, context: Context) -> bool:
    """Whether a program has written a value down as a result, by its folder or by its neighbours.

    Nothing is loaded by it.
    """
    beside = document.beside(spot)
    if _is_in_record_folder(context.path) or not beside.keys().isdisjoint(RECORD_KEYS):
        return True
    return not all(fields.keys().isdisjoint(RUN_KEYS) for fields in around(document, spot))


def is_remote(document: Document, spot: Spot) -> bool:
    """Whether what stands around says that a server loads it."""
    for depth, fields in enumerate(around(document, spot)):
        if len(fields) > MOST_NEIGHBOURS:
            continue
        if _has_library(document, fields):
            return False
        if depth and "trust_remote_code" in fields:
            continue
        if any(name in REMOTE for name in _choices(document, fields)):
            return True
        if depth < 2 and any(map(_is_remote_key, fields)):
            return True
    return spot.parent in REMOTE or (spot.holder is not None and spot.holder.parent in REMOTE)


def is_uploaded(document: Document, spot: Spot) -> bool:
    """Whether what stands beside the id of a repo says that results are written to it."""
    fields = document.beside(spot)
    if not spot.name.endswith(("repo_id", "repo")) or len(fields) > MOST_NEIGHBOURS:
        return False
    return any(UPLOAD_KEY.fullmatch(name) for name in fields)


def is_said_around(document: Document, spot: Spot, repo_type: RepoType) -> bool:
    """Whether what stands beside it, or the key above, means the Hub."""
    if spot.parent in LIBRARIES or spot.name in LIBRARIES:
        return True
    fields = document.beside(spot)
    if len(fields) > MOST_NEIGHBOURS:
        return False
    said = any(_is_said(name, repo_type) for name in fields)
    return said or _has_library(document, fields)


def is_hinted(document: Document, spot: Spot, repo_type: RepoType) -> bool:
    """Whether what stands beside it says more than a word that others use as well."""
    if repo_type == "dataset":
        return is_said_around(document, spot, repo_type)
    fields = document.beside(spot)
    said = (_is_said(name, repo_type) for name in fields if not name.endswith("revision"))
    return _has_library(document, fields) or (len(fields) <= MOST_NEIGHBOURS and any(said))


def says_hub(name: str) -> bool:
    """Whether only what reads the Hub understands a key."""
    return _is_said(name, "model") or _is_said(name, "dataset")


def around(document: Document, spot: Spot) -> Iterator[Mapping[str, Entry]]:
    """The mapping in which a value stands, and those around it."""
    at = spot.holder
    for _ in range(_UP):
        if at is None:
            return
        yield document.fields(at)
        at = at.holder


@lru_cache(maxsize=16)
def _is_in_record_folder(path: str) -> bool:
    folders = path.replace("\\", "/").lower().split("/")[-3:-1]
    return not RECORD_FOLDERS.isdisjoint(folders)


def _has_library(document: Document, fields: Mapping[str, Entry]) -> bool:
    return any(name in LIBRARIES for name in _choices(document, fields))


def _choices(document: Document, fields: Mapping[str, Entry]) -> Iterator[str]:
    """What the keys say that choose who loads: `provider: openai`, `type: openai.Chat`."""
    for name in fields:
        if _is_choice(name):
            node = fields[name].value
            if isinstance(node, tree.Mapping):
                leaf = leaf_of(document.fields_of(node).get("name"))
            else:
                leaf = leaf_of(fields[name])
            if leaf is not None and len(leaf.text.text) < 40:
                yield leaf.text.text.strip().lower().partition(".")[0]


@lru_cache(maxsize=4096)
def _is_choice(name: str) -> bool:
    return CHOICE_KEY.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def _is_remote_key(name: str) -> bool:
    return REMOTE_KEY.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def _is_said(name: str, repo_type: RepoType) -> bool:
    pattern = SAYS_DATASET if repo_type == "dataset" else SAYS_HUB
    return pattern.fullmatch(name) is not None
