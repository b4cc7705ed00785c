"""What setfit loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

LOADERS: tuple[Loader, ...] = (
    # Two models in one call, each with its own pin.
    Loader(
        package="setfit",
        name="AbsaModel.from_pretrained",
        source="setfit 1.2.0 setfit/span/modeling.py:296",
        repo_id=(Param(("model_id",), 0), Param(("polarity_model_id",), 1)),
        revision=None,
        instead="append @<commit hash> to each id",
        at_revision=True,
        reader="setfit",
    ),
    # It unpickles model_head.pkl with joblib. The parameter is huggingface_hub's.
    Loader(
        package="setfit",
        name="*.from_pretrained",
        source="setfit 1.2.0 setfit/modeling.py:712",
        repo_id=(Param(("pretrained_model_name_or_path",), 0),),
        revision=Param(("revision",)),
        trust_remote_code=Param(("trust_remote_code",)),
        reader="setfit",
    ),
    Loader(
        package="setfit",
        name="get_templated_dataset",
        source="setfit 1.2.0 setfit/data.py:23",
        repo_id=(Param(("reference_dataset",), 2),),
        revision=None,
        repo_type="dataset",
        reads="data",
        instead="pass the labels as candidate_labels",
    ),
)
