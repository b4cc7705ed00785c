"""The options that decide which files are read, where a dictionary carries them on."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Param

_WEIGHTS = ("use_safetensors", "weights_only", "gguf_file", "variant", "subfolder")

IN_MODEL = tuple(Param((name,), within="model_kwargs") for name in _WEIGHTS)
"""Those that go on to `from_pretrained` in model_kwargs."""

IN_PIPELINE = tuple(
    Param((name,), within="pipeline_kwargs") for name in (*_WEIGHTS, "model_kwargs")
)
IN_HUGGINGFACE_PIPELINE = tuple(
    Param((name,), within="huggingface_pipeline_kwargs") for name in (*_WEIGHTS, "model_kwargs")
)
"""Those that go on to `pipeline`, which has model_kwargs of its own."""

IN_SENTENCES = (
    *(Param((name,), within="model_kwargs") for name in ("use_safetensors", "backend")),
    Param(("model_kwargs",), within="model_kwargs", only_within=True),
)
"""Those that go on to SentenceTransformer, which has model_kwargs of its own."""

IN_ENGINE = (Param(("load_format",), within="vllm_kwargs"),)
"""What goes on to the engine of vLLM."""
