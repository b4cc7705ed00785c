"""Programs that evaluate models."""

from __future__ import annotations

from flake8_hfmodels.loaders.commands.row import FOLDER, Command, Load, model
from flake8_hfmodels.loaders.row import Loader, Param

EVALUATION = (
    Command(
        words=("lm_eval|lm-eval|lm-evaluation-harness",),
        modules=("lm_eval",),
        switches=("--log_samples", "-s", "--write_out", "-w", "--apply_chat_template"),
        config=("--config",),
        loads=tuple(
            Load(
                Loader(
                    package="lm_eval",
                    name=name,
                    source="lm_eval 0.4.13 lm_eval/_cli/run.py:324",
                    repo_id=(Param((key,), within="--model_args"),),
                    revision=Param(("revision",), within="--model_args") if pins else None,
                    instead="" if pins else FOLDER,
                    trust_remote_code=Param(
                        ("trust_remote_code", "--trust_remote_code"), within="--model_args"
                    )
                    if key == "pretrained"
                    else None,
                )
            )
            for name, key, pins in (
                ("lm_eval", "pretrained", True),
                ("lm_eval peft", "peft", True),
                ("lm_eval delta", "delta", True),
                ("lm_eval tokenizer", "tokenizer", False),
            )
        ),
    ),
    Command(
        words=("lighteval", "accelerate|vllm|sglang"),
        switches=("--save-details", "--push-to-hub"),
        loads=(
            Load(
                Loader(
                    package="lighteval",
                    name="lighteval accelerate",
                    source="lighteval 0.13.0"
                    " lighteval/models/transformers/transformers_model.py:150",
                    repo_id=(Param(("model_name", "pretrained"), 0, within="model_args"),),
                    revision=Param(("revision",), 0, within="model_args"),
                    trust_remote_code=Param(("trust_remote_code",), 0, within="model_args"),
                )
            ),
        ),
    ),
    Command(
        words=("inspect", "eval|eval-set"),
        loads=(
            Load(
                Loader(
                    package="inspect_ai",
                    name="inspect eval --model",
                    source="inspect_ai 0.3.285 inspect_ai/_eval/task/hf.py:117",
                    repo_id=model("--model"),
                    revision=Param(("revision",), within="-M"),
                    trust_remote_code=Param(("trust_remote_code",), within="-M"),
                    prefixes=("hf/",),
                )
            ),
            Load(
                Loader(
                    package="inspect_ai",
                    name="inspect eval",
                    source="inspect_ai 0.3.285 inspect_ai/_eval/task/hf.py:117",
                    repo_id=model(position=0),
                    revision=None,
                    repo_type="dataset",
                    reads="data",
                    prefixes=("hf/",),
                    at_revision=True,
                )
            ),
        ),
    ),
    Command(
        words=("garak",),
        modules=("garak",),
        loads=(
            Load(
                Loader(
                    package="garak",
                    name="garak",
                    source="garak 0.17.1 garak/generators/huggingface.py:407",
                    repo_id=model("--target_name", "--model_name"),
                    revision=None,
                    instead=FOLDER,
                ),
                only_with=("--target_type", "--model_type"),
                only_value="huggingface",
            ),
        ),
    ),
)
