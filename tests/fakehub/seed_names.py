"""Seeded repositories that differ in whose names they hang on."""

from __future__ import annotations

import json

from tests.fakehub.contents import BERT
from tests.fakehub.objects import Content
from tests.fakehub.world import World

GHOSTLY_MAP = {"AutoModel": "ghost-labs/code--modeling.GhostModel"}


def add_borrowed_code(world: World) -> None:
    """A repository whose code comes out of a namespace that nobody owns any more."""
    world.create_organization("ghost-labs", at="2023-10-01")
    world.create_repo("model", "ghost-labs/code", {"modeling.py": "class GhostModel:\n    pass\n"})
    world.delete_account("ghost-labs")
    world.note("ghost-labs/code", "orphan 1: held the code of acme/borrowed-encoder")
    world.create_repo(
        "model",
        "acme/borrowed-encoder",
        {"config.json": json.dumps({"auto_map": GHOSTLY_MAP}), "model.safetensors": 2_000},
        tags=("custom_code",),
        config={"auto_map": GHOSTLY_MAP, "model_type": "ghost"},
        library_name="transformers",
        situation="custom code that comes from ghost-labs/code, a namespace nobody owns",
        at="2023-10-03",
    )


def add_renamed_accounts(world: World) -> None:
    """Accounts under new names: their old names are free at once, while the redirects work."""
    files: dict[str, Content] = {"config.json": BERT, "model.safetensors": 2_000}
    world.create_organization("fms-research", at="2023-11-01")
    world.create_repo(
        "model",
        "fms-research/granule",
        files,
        library_name="transformers",
        situation="of an organization that was renamed",
        at="2023-11-02",
    )
    world.rename_account("fms-research", "fms-platform")
    world.note("fms-research/granule", "redirects; its organization was renamed, old name free")
    world.create_user("lena-k", at="2023-11-03")
    world.create_repo(
        "model",
        "lena-k/tiny-poet",
        files,
        library_name="transformers",
        situation="of a user who was renamed",
        at="2023-11-04",
    )
    world.rename_account("lena-k", "lena-kern")
    world.note("lena-k/tiny-poet", "redirects; its user was renamed, old name free")
