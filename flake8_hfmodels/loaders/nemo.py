"""What NeMo loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

LOADERS: tuple[Loader, ...] = (
    # Names without a slash are NVIDIA's own. The archive holds a pickle.
    Loader(
        package="nemo",
        name="*.from_pretrained",
        source="nemo_toolkit 3.0.0 nemo/core/classes/common.py:1004",
        repo_id=(Param(("model_name",), 0),),
        revision=None,
        reads="files",
        instead="download the .nemo file with hf_hub_download(revision=...)"
        " and load it with restore_from()",
        names_elsewhere=True,
    ),
)
