"""What the head of a card on the Hub names: a model's, a data set's, a Space's."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param, RepoType
from flake8_hfmodels.record import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One key, whose value is an id or a list of ids.

    `with_files`: behind the id stand names of files, and a commit.
    """

    key: str
    loader: Loader
    with_files: bool = False


def _named(key: str, repo_type: RepoType, source: str) -> Field:
    loader = Loader(
        package="",
        name=key,
        source=source,
        repo_id=(Param((key,)),),
        revision=None,
        repo_type=repo_type,
        reads="files",
        downloads=False,
        never_local=True,
    )
    return Field(key, loader)


_CARD = "hub-docs modelcard.md, docs/hub/model-cards.md; huggingface_hub 2.4.0 repocard_data.py"

FIELDS: tuple[Field, ...] = (
    _named("base_model", "model", _CARD),
    _named("new_version", "model", _CARD),
    _named("datasets", "dataset", _CARD),
    _named("models", "model", "hub-docs docs/hub/spaces-config-reference.md"),
    Field(
        "preload_from_hub",
        Loader(
            package="huggingface_hub",
            name="preload_from_hub",
            source="hub-docs docs/hub/spaces-config-reference.md",
            repo_id=(Param(("preload_from_hub",)),),
            revision=Param(("preload_from_hub",)),
            reads="files",
            instead="write the full commit hash behind the names of the files",
            never_local=True,
        ),
        with_files=True,
    ),
)
