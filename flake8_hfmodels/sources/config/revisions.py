"""Where the revision of a value stands: beside it, in options beside it, or around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from flake8_hfmodels.loaders.config.elsewhere import MOST_NEIGHBOURS
from flake8_hfmodels.loaders.config.keys import ENDINGS, OPTIONS_KEY, PART_KEY, REVISION_NAMES
from flake8_hfmodels.reference import ABSENT, Value
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.sources.config.document import Document, Spot, leaf_of
from flake8_hfmodels.sources.config.made import pin
from flake8_hfmodels.sources.config.neighbours import around
from flake8_hfmodels.sources.marked import tree
from flake8_hfmodels.sources.marked.tree import Entry, Leaf


@lru_cache(maxsize=4096)
def pins(name: str, is_main: bool) -> tuple[str, ...]:
    """The keys that can hold the revision of what a key names, the most fitting first."""
    stem = next((name.removesuffix(one) for one in ENDINGS if name.endswith(one)), name)
    own = [f"{one}_{word}" for one in (stem, name) for word in ("revision", "commit", "sha")]
    known = stem in ("model", "tokenizer") and name.endswith("_or_path")
    if not is_main:
        return tuple(dict.fromkeys(own))
    return tuple(dict.fromkeys((*(own[:1] if known else ()), "revision", *own, *REVISION_NAMES)))


def revision_of(document: Document, spot: Spot, names: Sequence[str]) -> Value:
    """The revision that stands beside a value, in options beside it, or around it."""
    fields = document.beside(spot)
    found = _first(fields, names)
    if found is None and len(fields) <= MOST_NEIGHBOURS:
        options = (one.value for name, one in fields.items() if OPTIONS_KEY.fullmatch(name))
        for node in options:
            if found is None and isinstance(node, tree.Mapping):
                found = _first(document.fields_of(node), names)
    if found is None and spot.holder is not None and spot.name in PART_KEY:
        found = _first(document.beside(spot.holder), [f"{spot.parent}_revision"])
    if found is not None:
        return pin(found.text)
    return _pin_around(document, spot) if "revision" in names else ABSENT


def _first(fields: Mapping[str, Entry], names: Sequence[str]) -> Leaf | None:
    return next((leaf for name in names if (leaf := leaf_of(fields.get(name))) is not None), None)


def _pin_around(document: Document, spot: Spot) -> Value:
    """A commit that a mapping around names for all that stand in it."""
    for fields in list(around(document, spot))[1:]:
        leaf = leaf_of(fields.get("revision"))
        if leaf is not None and is_commit_hash(leaf.text.text):
            return pin(leaf.text)
    return ABSENT
