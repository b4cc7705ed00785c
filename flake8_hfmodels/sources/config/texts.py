"""All other values, keys and comments: addresses, and for auditors whatever looks like an id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from flake8_hfmodels.loaders.config.elsewhere import LONGEST_VALUE
from flake8_hfmodels.loaders.config.keys import (
    DATA_WORD,
    IMAGE_KEYS,
    LINK_KEY,
    NAMES_OF_THINGS,
    OTHER_KEY,
    TAKING_IDS,
    UPLOADED_KEY,
)
from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS
from flake8_hfmodels.loaders.mentions import mentions_hub
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.config.document import Document, Spot, spelled
from flake8_hfmodels.sources.config.ids import named as names_in
from flake8_hfmodels.sources.config.made import places, whole
from flake8_hfmodels.sources.config.neighbours import says_hub
from flake8_hfmodels.sources.config.sense import Strength, key_sense
from flake8_hfmodels.sources.marked import tree
from flake8_hfmodels.sources.marked.tree import Leaf
from flake8_hfmodels.sources.mentions import addresses, named, names
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.source import Context
from flake8_hfmodels.sources.text.likeness import Likeness, likeness, means_something_else

_REPOSITORY = "git+https://"
_BEFORE = regex(r"[#/;\s\-{\[\"']*")
_PAIR = regex(
    r"(?P<key>[A-Za-z][\w-]{0,79})[\"']?[ \t]*[:=][ \t]*[\"']?(?P<value>[\w./:@-]{0,200})"
)


def text_references(
    document: Document, context: Context, found: Sequence[Reference], loads: bool
) -> Iterator[Reference]:
    """What the values and keys of a document name besides what has been found.

    Without `loads` nothing that stands there is downloaded.
    """
    told = places(found)
    known = {repo_id for _line, repo_id in told}
    for spot in document.spots:
        for reference in _of_spot(spot, context, loads, known):
            here = places([reference])
            if told.isdisjoint(here):
                told |= here
                known.update(repo_id for _line, repo_id in here)
                yield reference


def comment_references(
    comments: Sequence[Placed], context: Context, found: Sequence[Reference], loads: bool
) -> Iterator[Reference]:
    """What comments name; without `loads` only by its address."""
    known = {repo_id for _line, repo_id in places(found)}
    for comment in comments:
        linked = list(addresses(comment, context.path, loads=False))
        yield from linked
        if context.everything and loads:
            told = places(linked)
            for one in (
                *_commented_out(comment, context),
                *names(comment, context.path, known.__contains__),
            ):
                if told.isdisjoint(places([one])):
                    told |= places([one])
                    yield one


def _commented_out(comment: Placed, context: Context) -> Iterator[Reference]:
    """Keys with values in a comment, where a key says what its value is."""
    text = comment.text[:LONGEST_VALUE]
    pairs = list(_PAIR.finditer(text)) if ":" in text or "=" in text else []
    keys = [spelled(one["key"]) for one in pairs]
    for pair, key in zip(pairs, keys, strict=True):
        sense = key_sense(key)
        part = sense is None and key in ("id", "name", "path") and any(map(says_hub, keys))
        if sense is None and not part:
            continue
        is_hub_key = sense is not None and sense.strength is Strength.HUB
        is_key = sense is not None and _BEFORE.fullmatch(text, 0, pair.start()) is not None
        for one in names_in(Leaf(comment.part(*pair.span("value")))):
            repo_id = one.repo_id.text
            how = likeness(repo_id)
            meant = how > Likeness.NONE or (is_hub_key and not means_something_else(repo_id))
            if meant and not context.is_local(repo_id):
                kind: RepoType = sense.repo_type if sense is not None else "dataset"
                said = is_key and (is_hub_key or how >= Likeness.LIKELY)
                yield named(context.path, repo_id, whole(one.repo_id), kind, said)


def _of_spot(spot: Spot, context: Context, loads: bool, known: set[str]) -> Iterator[Reference]:
    if isinstance(spot.node, tree.Mapping):
        if context.everything and loads and not spot.bulk:
            for entry in spot.node.entries:
                yield from _as_a_whole(entry.key.text, spot.name, context)
        return
    if not isinstance(spot.node, Leaf):
        return
    text = spot.node.text
    if mentions_hub(text.text):
        follows = loads and not _is_link(spot.name) and not spot.bulk
        if follows and _REPOSITORY in text.text:
            from flake8_hfmodels.sources.buildfiles.requirements import required

            yield from required(text, context)
            return
        yield from addresses(text, context.path, loads=follows)
    if not context.everything or spot.bulk or not loads or len(text.text) > LONGEST_VALUE:
        return
    uploaded = UPLOADED_KEY.fullmatch(spot.name) is not None
    is_other = not uploaded and (_is_other(spot.name) or spot.parent in NAMES_OF_THINGS)
    enough = Likeness.POSSIBLE if uploaded else Likeness.LIKELY
    whole_text = [] if is_other else list(_as_a_whole(text, spot.name, context, enough))
    yield from whole_text
    if spot.name in IMAGE_KEYS:
        return
    if not whole_text and any(character.isspace() for character in text.text.strip()):
        yield from names(text, context.path, known.__contains__)


def _as_a_whole(
    text: Placed, key: str, context: Context, enough: Likeness = Likeness.LIKELY
) -> Iterator[Reference]:
    """A value that is nothing but an id, or an id behind the name of a provider."""
    if "/" not in text.text and text.text.strip() not in FIRST_REPOS:
        return
    provider, slash, rest = text.text.partition("/")
    if slash and "/" in rest and provider in TAKING_IDS:
        text, enough = text.part(len(provider) + 1, len(text.text)), Likeness.CERTAIN
    for one in names_in(Leaf(text)):
        repo_id = one.repo_id.text
        if "/" in repo_id and likeness(repo_id) < enough:
            continue
        if not context.is_local(repo_id):
            kind: RepoType = "dataset" if DATA_WORD.search(key) else "model"
            yield named(context.path, repo_id, whole(one.repo_id), kind)


@lru_cache(maxsize=4096)
def _is_link(name: str) -> bool:
    return LINK_KEY.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def _is_other(name: str) -> bool:
    return OTHER_KEY.fullmatch(name) is not None
