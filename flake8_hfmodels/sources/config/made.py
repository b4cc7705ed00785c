"""A reference from a key, its value, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable

from flake8_hfmodels.loaders.config.keys import PART_KEY
from flake8_hfmodels.loaders.mentions import FLAG
from flake8_hfmodels.loaders.row import Loader, RepoType
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import (
    ABSENT,
    Confidence,
    Known,
    Reference,
    Span,
    Unknown,
    Value,
    Written,
)
from flake8_hfmodels.sources.config.document import Spot
from flake8_hfmodels.sources.config.ids import NOTHING, Named, is_unfilled
from flake8_hfmodels.sources.marked.tree import Leaf
from flake8_hfmodels.sources.placed import Placed


@dataclass(frozen=True, slots=True)
class Made:
    """A reference, and the value that it was made of."""

    spot: Spot
    reference: Reference


def made(
    path: str,
    spot: Spot,
    leaf: Leaf,
    one: Named,
    loader: Loader,
    revision: Value,
    judged: tuple[Persona, Confidence],
    repo_type: RepoType | None = None,
) -> Made:
    """The reference that a value is; a revision behind the name goes before one beside it."""
    place = whole(one.repo_id)
    reference = Reference(
        path=path,
        span=around(spot.key, leaf),
        kind="config",
        loader=loader,
        call=key_text(spot),
        repo_id=Known((Written(one.repo_id.text, place),), one.closed),
        repo_type=repo_type or loader.repo_type,
        revision=revision if one.revision is None else pin(one.revision),
        persona=judged[0],
        confidence=judged[1],
    )
    return Made(spot, reference)


def key_text(spot: Spot) -> str:
    """The key as the file writes it, behind the one that says what it is part of."""
    own = spot.key.text.text if spot.key is not None else "an entry"
    above = spot.holder.key if spot.holder is not None else None
    return f"{above.text.text}.{own}" if above is not None and spot.name in PART_KEY else own


def whole(text: Placed) -> Span:
    """Where all of a text stands."""
    return text.span(0, len(text.text))


def pin(text: Placed) -> Value:
    """A text as a revision."""
    if text.text.strip().lower() in NOTHING:
        return ABSENT
    if is_unfilled(text.text):
        return Unknown("decided at run time")
    return Known((Written(text.text.strip(), whole(text)),))


def flag(path: str, spot: Spot, leaf: Leaf, called: str = "") -> Made:
    """A reference for a flag of which nobody knows what model it is for."""
    place = around(spot.key, leaf)
    return Made(
        spot,
        Reference(
            path=path,
            span=place,
            kind="config",
            loader=FLAG,
            call=called or key_text(spot),
            repo_id=ABSENT,
            repo_type="model",
            revision=ABSENT,
            trust_remote_code=Known((Written(True, place),)),
        ),
    )


def trusting(one: Made, leaf: Leaf, key: Leaf | None) -> Made:
    """The same, with code of the repo allowed to run."""
    trust = Known((Written(True, around(key, leaf)),))
    return replace(one, reference=replace(one.reference, trust_remote_code=trust))


def places(references: Iterable[Reference]) -> set[tuple[int, str]]:
    """The lines in which ids are written, with the ids in lower case."""
    return {
        (written.span.line, str(written.value).lower())
        for reference in references
        if isinstance(reference.repo_id, Known)
        for written in reference.repo_id.strings()
    }


def around(key: Leaf | None, leaf: Leaf) -> Span:
    """The key and its value where both are in one line, else the value."""
    value = whole(leaf.text)
    if key is None or not key.text.text:
        return value
    start = whole(key.text)
    if (start.line, value.end_line) != (value.line, start.line) or start.column > value.column:
        return value
    return Span(start.line, start.column, value.end_line, value.end_column)
