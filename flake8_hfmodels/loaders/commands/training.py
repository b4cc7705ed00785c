"""Programs that train, merge and fetch what is trained."""

from __future__ import annotations

from flake8_hfmodels.loaders.commands.row import FOLDER, REVISION, TRUST, Command, Load, model
from flake8_hfmodels.loaders.row import Loader, Param

TRAINING = (
    Command(
        words=("trl", "vllm-serve"),
        modules=("trl.scripts.vllm_serve",),
        loads=(
            Load(
                Loader(
                    package="trl",
                    name="trl vllm-serve",
                    source="trl 1.16.0 trl/scripts/vllm_serve.py:34",
                    repo_id=model("--model"),
                    revision=REVISION,
                    trust_remote_code=TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("trl", "*"),
        config=("--config",),
        loads=(
            Load(
                Loader(
                    package="trl",
                    name="trl sft",
                    source="trl 1.16.0 trl/trainer/model_config.py:85",
                    repo_id=model("--model_name_or_path"),
                    revision=Param(("--model_revision",)),
                    trust_remote_code=TRUST,
                )
            ),
            *(
                Load(
                    Loader(
                        package="trl",
                        name=f"trl sft {flag}",
                        source="trl 1.16.0 trl/trainer/model_config.py:85",
                        repo_id=model(flag),
                        revision=None,
                        instead=FOLDER,
                    )
                )
                for flag in ("--reward_model_name_or_path", "--teacher_model_name_or_path")
            ),
            Load(
                Loader(
                    package="trl",
                    name="trl sft --dataset_name",
                    source="trl 1.16.0 trl/trainer/model_config.py:85",
                    repo_id=model("--dataset_name"),
                    revision=None,
                    repo_type="dataset",
                    reads="data",
                    instead=FOLDER,
                )
            ),
        ),
    ),
    Command(
        words=("accelerate", "estimate-memory"),
        loads=(
            Load(
                Loader(
                    package="accelerate",
                    name="accelerate estimate-memory",
                    source="accelerate 1.15.0 accelerate/commands/estimate.py:226",
                    repo_id=model(position=0),
                    revision=None,
                    reads="config",
                    instead="there is no flag for a revision; trust no code with it",
                    trust_remote_code=TRUST,
                    never_local=True,
                )
            ),
        ),
    ),
    Command(
        words=("axolotl", "*"),
        modules=("axolotl.cli.*",),
        loads=(
            Load(
                Loader(
                    package="axolotl",
                    name="axolotl train",
                    source="axolotl 0.21.0 axolotl/utils/schemas/deprecated.py:168",
                    repo_id=model("--base-model"),
                    revision=Param(("--revision-of-model",)),
                    trust_remote_code=TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("llamafactory-cli", "*"),
        loads=(
            Load(
                Loader(
                    package="llamafactory",
                    name="llamafactory-cli train",
                    source="llamafactory 0.9.5 llamafactory/hparams/model_args.py:105",
                    repo_id=model("--model_name_or_path"),
                    revision=Param(("--model_revision",)),
                    trust_remote_code=TRUST,
                )
            ),
            Load(
                Loader(
                    package="llamafactory",
                    name="llamafactory-cli train --adapter_name_or_path",
                    source="llamafactory 0.9.5 llamafactory/hparams/model_args.py:105",
                    repo_id=model("--adapter_name_or_path"),
                    revision=None,
                    reads="adapter",
                    instead=FOLDER,
                )
            ),
        ),
    ),
    Command(
        words=("swift", "*"),
        environment=(("USE_HF", "--use_hf"),),
        loads=(
            Load(
                Loader(
                    package="swift",
                    name="swift sft",
                    source="ms_swift 4.6.0 swift/arguments/base_args/model_args.py:71",
                    repo_id=model("--model"),
                    revision=Param(("--model_revision",)),
                    trust_by_default=True,
                ),
                only_with=("--use_hf",),
            ),
        ),
    ),
    Command(
        words=("mergekit-*",),
        loads=(
            Load(
                Loader(
                    package="mergekit",
                    name="mergekit-yaml",
                    source="mergekit 0.1.5 mergekit/options.py:30",
                    repo_id=(),
                    revision=None,
                    trust_remote_code=TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("tune", "download"),
        loads=(
            Load(
                Loader(
                    package="torchtune",
                    name="tune download",
                    source="torchtune 0.6.1 torchtune/_cli/download.py:145",
                    repo_id=model(position=0),
                    revision=None,
                    instead="use hf download --revision <commit>",
                    never_local=True,
                )
            ),
        ),
    ),
    Command(
        words=("litgpt", "*"),
        loads=(
            Load(
                Loader(
                    package="litgpt",
                    name="litgpt download",
                    source="litgpt 0.5.13 litgpt/scripts/download.py:85",
                    repo_id=model(position=0),
                    revision=None,
                    instead="use hf download --revision <commit>",
                    names_elsewhere=True,
                )
            ),
        ),
    ),
    Command(
        words=("lerobot-*",),
        modules=("lerobot.scripts.*",),
        config=("--config_path",),
        loads=(
            Load(
                Loader(
                    package="lerobot",
                    name="lerobot-train --policy.path",
                    source="lerobot 0.6.1 lerobot/configs/default.py:40",
                    repo_id=model("--policy.path"),
                    revision=Param(("--policy.pretrained_revision",)),
                )
            ),
            Load(
                Loader(
                    package="lerobot",
                    name="lerobot-train --dataset.repo_id",
                    source="lerobot 0.6.1 lerobot/configs/default.py:40",
                    repo_id=model("--dataset.repo_id"),
                    revision=Param(("--dataset.revision",)),
                    repo_type="dataset",
                    reads="data",
                )
            ),
        ),
    ),
    Command(
        words=("unsloth", "run|train|chat|export"),
        loads=(
            Load(
                Loader(
                    package="unsloth",
                    name="unsloth run",
                    source="unsloth 2026.10.9 unsloth_cli",
                    repo_id=model("--model"),
                    revision=None,
                    instead=FOLDER,
                )
            ),
        ),
    ),
)
