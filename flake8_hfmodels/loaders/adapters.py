"""What adapters loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

VERSION = Param(("version",))
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
    *(
        Loader(
            package="adapters",
            name=name,
            source="adapters 1.3.0 adapters/model_mixin.py:1136",
            repo_id=(Param((parameter,), 0),),
            revision=VERSION,
            reads="adapter",
            options=SAFE,
        )
        for name, parameter in (
            ("*.load_adapter_fusion", "adapter_fusion_name_or_path"),
            ("*.load_adapter_setup", "adapter_setup_name_or_path"),
        )
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
