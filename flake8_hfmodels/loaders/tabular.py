"""What models of tables and of time series load from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

PRETRAINED = Param(("pretrained_model_name_or_path",), 0)
REVISION = Param(("revision",))

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="chronos",
        name="*Pipeline.from_pretrained",
        source="chronos_forecasting 2.3.2 chronos/base.py:337",
        repo_id=(PRETRAINED,),
        revision=REVISION,
    ),
    Loader(
        package="timesfm",
        name="TimesFM*.from_pretrained",
        source="timesfm 3.0.2 timesfm/timesfm_2p5/timesfm_2p5_torch.py:305",
        repo_id=(PRETRAINED,),
        revision=REVISION,
    ),
    # "auto" or the name of a file in a repo of its own.
    *(
        Loader(
            package="tabpfn",
            name=name,
            source="tabpfn 9.2.0 tabpfn/model_loading.py:323",
            repo_id=(Param(("model_path",)),),
            revision=None,
            reads="files",
            instead="download a pinned file with hf_hub_download(revision=...)"
            " and pass its path as model_path",
            names_elsewhere=True,
            default_model=True,
        )
        for name in ("TabPFNClassifier", "TabPFNRegressor")
    ),
)
