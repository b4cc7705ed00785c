"""What libraries of biology and medicine load from the Hub: scvi-tools, MONAI, ESM."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

EXPRESSIONS = "the expressions in the configuration of the bundle"

LOADERS: tuple[Loader, ...] = (
    # model.pt, read with torch.load.
    Loader(
        package="scvi",
        name="*HubModel.pull_from_huggingface_hub",
        source="scvi_tools 1.5.1 scvi/hub/_model.py:242",
        repo_id=(Param(("repo_name",), 0),),
        revision=Param(("revision",), 2),
        reads="files",
        never_local=True,
        reader="scvi",
    ),
    # A repo of the Hub is given with source="huggingface_hub"; those of GitHub have three parts.
    *(
        Loader(
            package="monai",
            name=name,
            source=f"monai 1.6.1 monai/bundle/scripts.py:{line}",
            repo_id=(Param(("repo",), repo),),
            revision=Param(("version",), version),
            reads="files",
            runs_code=EXPRESSIONS,
            never_local=True,
        )
        for name, repo, version, line in (
            ("*bundle.download", 4, 1, 449),
            ("*bundle.load", 8, 2, 631),
        )
    ),
    # Short names are the library's own.
    Loader(
        package="esm",
        name="*.from_pretrained",
        source="esm 3.4.1 esm/models/hub.py:56",
        repo_id=(Param(("pretrained_model_name_or_path",), 0),),
        revision=Param(("revision",)),
        names_elsewhere=True,
    ),
)
