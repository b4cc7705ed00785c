"""What accelerate loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

LOADERS: tuple[Loader, ...] = (
    # It builds an empty model from the configuration; the flag lets the repo's class be used.
    Loader(
        package="accelerate",
        name="create_empty_model",
        source="accelerate 1.15.0 accelerate/commands/estimate.py:81",
        repo_id=(Param(("model_name",), 0),),
        revision=None,
        reads="config",
        instead="build the model with from_config() of a configuration that is read at a revision",
        trust_remote_code=Param(("trust_remote_code",), 2),
    ),
)
