"""What OpenCLIP loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

# Without the prefix it is the name of an architecture.
HUB = ("hf-hub:",)
MODEL = Param(("model_name",), 0)
FOLDER = (
    "download a pinned snapshot with snapshot_download(revision=...)"
    " and name its folder with local-dir:"
)

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package="open_clip",
            name=name,
            source=f"open_clip_torch 3.3.0 open_clip/factory.py:{line}",
            repo_id=(MODEL,),
            revision=None,
            instead=FOLDER,
            options=("weights_only",),
            prefixes=HUB,
        )
        for name, line in (
            ("create_model", 251),
            ("create_model_and_transforms", 829),
            ("create_model_from_pretrained", 968),
        )
    ),
    Loader(
        package="open_clip",
        name="get_tokenizer",
        source="open_clip_torch 3.3.0 open_clip/factory.py:628",
        repo_id=(MODEL,),
        revision=None,
        reads="config",
        instead=FOLDER,
        prefixes=HUB,
    ),
)
