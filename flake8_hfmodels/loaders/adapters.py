"""What adapters loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

SAFE = ("use_safetensors",)

LOADERS: tuple[Loader, ...] = (
    # The pin is called version, and is a revision.
    Loader(
        package="adapters",
        name="*.load_adapter",
        source="adapters 1.3.0 adapters/model_mixin.py:2363",
        repo_id=(Param(("adapter_name_or_path",), 0),),
        revision=Param(("version",), 2),
        reads="adapter",
        options=SAFE,
    ),
    # load_adapter_fusion has no row: it reads a folder only.
    Loader(
        package="adapters",
        name="*.load_adapter_setup",
        source="adapters 1.3.0 adapters/model_mixin.py:1294",
        repo_id=(Param(("adapter_setup_name_or_path",), 0),),
        revision=Param(("version",), 1),
        reads="adapter",
        options=SAFE,
    ),
    Loader(
        package="adapters",
        name="load_model",
        source="adapters 1.3.0 adapters/wrappers/model.py:168",
        repo_id=(Param(("model_name_or_path",), 0),),
        revision=Param(("revision",)),
        options=SAFE,
    ),
    # The classes are those of transformers with adapters in them.
    Loader(
        package="adapters",
        name="*.from_pretrained",
        source="adapters 1.3.0 adapters/wrappers/model.py:168",
        repo_id=(Param(("pretrained_model_name_or_path",), 0),),
        revision=Param(("revision",)),
        options=SAFE,
    ),
)
