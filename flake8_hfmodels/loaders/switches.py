"""Environment variables and settings that let code of a repo run, wherever it is loaded."""

from __future__ import annotations

from flake8_hfmodels.record import dataclass


@dataclass(frozen=True, slots=True)
class Switch:
    """One variable or setting; `runs` is what may run while it is on."""

    package: str
    name: str
    source: str
    runs: str


VARIABLES: tuple[Switch, ...] = (
    Switch(
        package="datasets",
        name="HF_DATASETS_TRUST_REMOTE_CODE",
        source="datasets 3.6.0 datasets/config.py:181",
        runs="the script of every dataset",
    ),
    Switch(
        package="transformers",
        name="TRUST_REMOTE_CODE",
        source="transformers 5.23.0 transformers/models/rag/retrieval_rag.py:134",
        runs="code of the model, or what its pickles hold",
    ),
    Switch(
        package="sagemaker_huggingface_inference_toolkit",
        name="HF_TRUST_REMOTE_CODE",
        source="sagemaker-huggingface-inference-toolkit 69bc5ef"
        " src/sagemaker_huggingface_inference_toolkit/transformers_utils.py:276",
        runs="code of the model, at the main branch on a GPU",
    ),
    Switch(
        package="infinity_emb",
        name="INFINITY_TRUST_REMOTE_CODE",
        source="infinity_emb 0.0.78 infinity_emb/env.py:117",
        runs="code of the model",
    ),
)
"""Variables of the environment. `TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD` is about pickles, not code."""

SETTINGS: tuple[Switch, ...] = (
    Switch(
        package="datasets",
        name="datasets.config.HF_DATASETS_TRUST_REMOTE_CODE",
        source="datasets 3.6.0 datasets/config.py:181",
        runs="the script of every dataset",
    ),
)
"""Attributes of a module that a program assigns, by their dotted names."""

IN_EVERY_NAME = "TRUST_REMOTE_CODE"
"""What the names of all variables and settings have in them."""

# `ENV_VARS_TRUE_VALUES` of datasets, to which `strtobool` of transformers adds y and t.
TRUE = frozenset({"1", "true", "yes", "on", "y", "t"})
"""The texts, in lower case, that turn a variable on."""
