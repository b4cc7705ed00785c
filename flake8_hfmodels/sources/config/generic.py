"""Values under keys that speak of models or data, in files of which nobody knows who reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from flake8_hfmodels.loaders.config.commands import ENVIRONMENT_KEYS
from flake8_hfmodels.loaders.config.keys import SUBSETS, generic_loader
from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS
from flake8_hfmodels.loaders.likeness import DUMMIES, FIRST_DATASETS, SHORT_NAMES
from flake8_hfmodels.loaders.row import Loader, Reads, RepoType
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Confidence
from flake8_hfmodels.sources.config.document import Document, Spot, leaf_of
from flake8_hfmodels.sources.config.ids import Named, is_in_a_folder, named
from flake8_hfmodels.sources.config.made import Made, made, places
from flake8_hfmodels.sources.config.neighbours import (
    is_hinted,
    is_record,
    is_remote,
    is_said_around,
    is_uploaded,
)
from flake8_hfmodels.sources.config.revisions import pins, revision_of
from flake8_hfmodels.sources.config.sense import Sense, Strength, sense_of
from flake8_hfmodels.sources.marked.tree import Leaf
from flake8_hfmodels.sources.source import Context
from flake8_hfmodels.sources.text.likeness import Likeness, likeness, means_something_else

_FOR_AUDITORS = (Persona.AUDITOR, Confidence.LOW)


def generic_references(
    document: Document, context: Context, known: Sequence[Made]
) -> Iterator[Made]:
    """What values name whose key and form say that the Hub is meant.

    `known` are the references that the rows for known programs have made; their values are left
    alone.
    """
    done = {id(one.spot.node) for one in known}
    told: dict[int, set[str]] = {}
    for one in known:
        ids = {repo_id for _line, repo_id in places([one.reference])}
        told.setdefault(id(one.spot.holder), set()).update(ids)
    speaking: dict[int, list[tuple[Spot, Leaf, Sense]]] = {}
    for spot in document.spots:
        if isinstance(spot.node, Leaf) and id(spot.node) not in done and not spot.bulk:
            sense = sense_of(spot)
            is_part = SUBSETS.get(spot.name, "") in document.beside(spot)
            if sense is not None and not (is_part or _is_variable(spot)):
                speaking.setdefault(id(spot.holder), []).append((spot, spot.node, sense))
    for group in speaking.values():
        here = told.get(id(group[0][0].holder), set())
        yield from _of_one_mapping(document, context, group, here)


def _is_variable(spot: Spot) -> bool:
    """Whether it is a variable of the environment, which has rules of its own."""
    name = spot.key.text.text if spot.key is not None else ""
    return spot.parent in ENVIRONMENT_KEYS and name.isupper()


def _of_one_mapping(
    document: Document,
    context: Context,
    group: Sequence[tuple[Spot, Leaf, Sense]],
    told: set[str],
) -> Iterator[Made]:
    """The references of one mapping; the strongest key goes first where two name the same repo."""
    main = min(group, key=lambda one: (one[2].repo_type != "model", _is_companion(one[0].name)))
    for spot, leaf, sense in sorted(group, key=lambda one: -one[2].strength):
        for one in named(leaf):
            judged = _judged(document, spot, one, sense, context)
            if judged is None:
                continue
            repo_id = one.repo_id.text.lower()
            if sense.strength is Strength.MODEL and repo_id in told:
                judged = _FOR_AUDITORS
            told.add(repo_id)
            is_main = spot.key is main[0].key or _is_companion(spot.name)
            names = pins(spot.name, is_main)
            yield made(
                context.path,
                spot,
                leaf,
                one,
                _loader(spot.key.text.text if spot.key else "", names[0], sense.repo_type),
                revision_of(document, spot, names),
                judged,
                _repo_type(document, spot, sense),
            )


@lru_cache(maxsize=1024)
def _loader(key: str, pin_key: str, repo_type: RepoType) -> Loader:
    reads: Reads = "data" if repo_type == "dataset" else "files"
    return generic_loader(key, pin_key, repo_type, reads)


def _is_companion(name: str) -> bool:
    """Whether a key names what comes with a model and is taken at its revision."""
    return "tokenizer" in name or "processor" in name


def _judged(
    document: Document, spot: Spot, one: Named, sense: Sense, context: Context
) -> tuple[Persona, Confidence] | None:
    """For whom a value is, and how sure it is that a repo is meant; `None`: it is not."""
    repo_id = one.repo_id.text
    if context.is_local(repo_id) or is_in_a_folder(repo_id):
        return None
    if is_record(document, spot, context):
        return _FOR_AUDITORS if likeness(repo_id) >= Likeness.LIKELY else None
    if sense.strength is Strength.HINT and not is_hinted(document, spot, sense.repo_type):
        return None
    if "/" not in repo_id:
        return _alone(document, spot, repo_id, sense)
    how = likeness(repo_id)
    is_hub_key = sense.strength is Strength.HUB or one.prefixed
    if how is Likeness.NONE and not (is_hub_key and _has_an_owner(repo_id)):
        return None
    if is_remote(document, spot):
        return _FOR_AUDITORS if how >= Likeness.LIKELY else None
    if is_uploaded(document, spot):
        return _FOR_AUDITORS if how > Likeness.NONE else None
    if is_hub_key:
        certain = how >= Likeness.LIKELY or spot.name.endswith("name_or_path")
        return Persona.REGULAR, Confidence.HIGH if certain else Confidence.MEDIUM
    if how >= Likeness.LIKELY or is_said_around(document, spot, sense.repo_type):
        return Persona.REGULAR, Confidence.MEDIUM
    return _FOR_AUDITORS


def _has_an_owner(repo_id: str) -> bool:
    """Whether an id names somebody, or anybody, however plain its name is: `nina/encoder`."""
    owner, _slash, name = repo_id.partition("/")
    anybody = owner.lower() in DUMMIES or (len(owner) == 1 and len(name) > 1)
    return anybody or not means_something_else(repo_id)


def _alone(
    document: Document, spot: Spot, repo_id: str, sense: Sense
) -> tuple[Persona, Confidence] | None:
    """The same for an id of one word: only those that are known."""
    if sense.repo_type == "dataset":
        known = repo_id in FIRST_DATASETS
        meant = sense.strength is Strength.HUB or is_said_around(document, spot, sense.repo_type)
        if known and not is_remote(document, spot):
            return (Persona.REGULAR if meant else Persona.AUDITOR), Confidence.MEDIUM
        return None
    if repo_id not in FIRST_REPOS and repo_id not in SHORT_NAMES:
        return None
    if is_remote(document, spot):
        return _FOR_AUDITORS
    return Persona.REGULAR, Confidence.MEDIUM


def _repo_type(document: Document, spot: Spot, sense: Sense) -> RepoType:
    leaf = leaf_of(document.beside(spot).get("repo_type"))
    kinds: dict[str, RepoType] = {"dataset": "dataset", "space": "space", "model": "model"}
    return kinds.get(leaf.text.text, sense.repo_type) if leaf is not None else sense.repo_type
