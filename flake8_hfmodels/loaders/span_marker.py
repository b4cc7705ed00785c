"""What span_marker loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("pretrained_model_name_or_path",), 0)
REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="span_marker",
        name="*.from_pretrained",
        source="span_marker 1.8.1 span_marker/modeling.py:208",
        repo_id=(MODEL,),
        revision=REVISION,
        trust_remote_code=TRUST,
        options=("use_safetensors",),
    ),
    Loader(
        package="span_marker",
        name="SpacySpanMarkerWrapper",
        source="span_marker 1.8.1 span_marker/spacy_integration.py:52",
        repo_id=(MODEL,),
        revision=REVISION,
        trust_remote_code=TRUST,
    ),
)
