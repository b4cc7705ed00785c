"""What trl loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("model",), 0)
LOADED = "load the model with from_pretrained(revision=...) and pass it"

# A revision can stand in the configuration of the training (model_init_kwargs), which is an
# object; the architecture is read from main all the same (trl/trainer/utils.py:1354).
REWARD = Loader(
    package="trl",
    name="GRPOTrainer",
    source="trl 1.16.0 trl/trainer/grpo_trainer.py:302",
    repo_id=(Param(("reward_funcs",), 1),),
    revision=None,
    instead="load the reward model with from_pretrained(revision=...) and pass it",
    takes_object=True,
)

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package="trl",
            name=name,
            source=f"trl 1.16.0 trl/trainer/{place}",
            repo_id=(MODEL,),
            revision=None,
            instead=LOADED,
            takes_object=True,
            also=also,
        )
        for name, place, also in (
            ("SFTTrainer", "sft_trainer.py:626", ()),
            ("DPOTrainer", "dpo_trainer.py:513", ()),
            ("GRPOTrainer", "grpo_trainer.py:302", (REWARD,)),
            ("RLOOTrainer", "rloo_trainer.py:239", (REWARD,)),
            ("KTOTrainer", "kto_trainer.py:567", ()),
            ("RewardTrainer", "reward_trainer.py:336", ()),
            ("DistillationTrainer", "distillation_trainer.py:216", ()),
        )
    ),
    # A declaration, often filled from the command line. It took the flag up to 1.6.
    Loader(
        package="trl",
        name="ModelConfig",
        source="trl 1.16.0 trl/trainer/model_config.py:19",
        repo_id=(Param(("model_name_or_path",), 0),),
        revision=Param(("model_revision",), 1),
        trust_remote_code=Param(("trust_remote_code",)),
    ),
    Loader(
        package="trl",
        name="ScriptArguments",
        source="trl 1.16.0 trl/scripts/utils.py:146",
        repo_id=(Param(("dataset_name",), 0),),
        revision=None,
        repo_type="dataset",
        reads="data",
        instead="load the dataset with datasets.load_dataset(revision=...)",
    ),
    Loader(
        package="trl",
        name="DatasetConfig",
        source="trl 1.16.0 trl/scripts/utils.py:40",
        repo_id=(Param(("path",), 0),),
        revision=None,
        repo_type="dataset",
        reads="data",
        instead="load the dataset with datasets.load_dataset(revision=...)",
        builders=True,
    ),
    Loader(
        package="trl",
        name="clone_chat_template",
        source="trl 1.16.0 trl/chat_template_utils.py:53",
        repo_id=(Param(("source_tokenizer_path",), 2),),
        revision=None,
        reads="config",
        instead="download a pinned snapshot with snapshot_download(revision=...)"
        " and pass its folder",
    ),
    # AutoModelForCausalLMWithValueHead and the like, which wrap models; gone in 1.0.
    Loader(
        package="trl",
        name="*.from_pretrained",
        source="trl 0.24.0 trl/models/modeling_base.py:114",
        repo_id=(Param(("pretrained_model_name_or_path",), 0),),
        revision=Param(("revision",)),
        trust_remote_code=Param(("trust_remote_code",)),
        options=("use_safetensors", "subfolder"),
        takes_object=True,
    ),
)
