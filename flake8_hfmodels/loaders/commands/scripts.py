"""Scripts that nobody knows: those named by an address, and what flags mean by custom."""

from __future__ import annotations

from flake8_hfmodels.loaders.commands.row import HASH_IN_THE_URL, TRUST, Command, Load, model
from flake8_hfmodels.loaders.row import Loader, Param, Reads, RepoType

_OF_AN_ADDRESS = Loader(
    package="uv",
    name="run",
    source="huggingface_hub 2.4.0 huggingface_hub/hf_api.py:12872",
    repo_id=model(position=0),
    revision=None,
    reads="code",
    runs_code="the script",
    at_revision=True,
    instead=HASH_IN_THE_URL,
)
"""A Python file that is run from its address."""

ADDRESS = Command(words=(), loads=(Load(_OF_AN_ADDRESS, form="file"),))
"""A program that is given the address of a script."""

TRUSTING = Loader(
    package="",
    name="a variable with --trust-remote-code",
    source="vllm 0.11 vllm/engine/arg_utils.py: the flag of that name",
    repo_id=(),
    revision=None,
    reads="code",
)
"""Arguments that a variable holds for some program."""

# The example scripts of transformers, diffusers, trl and peft, and those written after them, have
# these flags.
_EXAMPLES = "transformers 5.23.0 examples/pytorch/language-modeling/run_clm.py"
_MODELS = (
    ("--model_name_or_path",),
    ("--model_id", "--hf_model_id", "--hf_model", "--hf_repo", "--hf_repo_id", "--hf_path"),
    ("--pretrained_model_name_or_path",),
    ("--base_model", "--base_model_name_or_path", "--base_model_name", "--base_model_id"),
)
_MORE_MODELS = (
    ("--teacher_model_name_or_path", "--reward_model_name_or_path", "--ref_model_name_or_path"),
    ("--controlnet_model_name_or_path", "--pretrained_vae_model_name_or_path"),
    ("--draft_model_name_or_path", "--student_model_name_or_path"),
    ("--hf_model_name", "--hf_model_path", "--hf_model_repo_id", "--huggingface_model"),
    ("--config_name_or_path", "--processor_name_or_path", "--image_processor_name"),
)
_DOUBTFUL = (
    ("--model", "--model_name", "--model_path", "--model_repo", "--model_uri", "-m"),
    ("--pretrained_model", "--pretrained", "--pretrained_model_path", "--pretrained_model_name"),
    ("--repo_id", "--repo", "--checkpoint", "--ckpt", "--base_model_path", "--base"),
    ("--embedding_model", "--embed_model", "--embedder", "--embedding", "--encoder"),
    ("--reranker", "--reranker_model", "--rerank_model", "--cross_encoder"),
    ("--draft_model", "--speculative_model", "--assistant_model", "--target_model"),
    ("--reward_model", "--ref_model", "--teacher_model", "--student_model", "--teacher"),
    ("--judge_model", "--eval_model", "--llm", "--llm_model", "--vlm", "--llm_name"),
    ("--vae", "--controlnet", "--text_encoder", "--unet", "--vision_tower", "--backbone"),
    # openrlhf/cli/train_ppo_ray.py
    ("--pretrain", "--reward_pretrain", "--critic_pretrain", "--ref_pretrain"),
    ("--processor", "--processor_name", "--config_name", "--whisper_model", "--asr_model"),
)
_ADAPTERS = (
    *("--lora", "--lora_path", "--lora_model", "--lora_weights", "--adapter", "--adapter_path"),
    *("--adapter_model", "--peft_model", "--peft_path"),
)
_DATA = (
    *("--dataset", "--dataset_path", "--dataset_id", "--dataset_repo", "--data_path", "--data"),
    *("--prompt_data", "--eval_dataset", "--train_dataset"),
)


def _load(
    flags: tuple[str, ...],
    revisions: tuple[str, ...],
    reads: Reads = "weights",
    repo_type: RepoType = "model",
    doubtful: bool = False,
) -> Load:
    """What one of several flags names."""
    trusts = reads == "weights"
    loader = Loader(
        package="",
        name=f"script {flags[0]}",
        source=_EXAMPLES,
        repo_id=model(*flags),
        revision=Param(revisions),
        repo_type=repo_type,
        reads=reads,
        trust_remote_code=TRUST if trusts else None,
    )
    return Load(loader, many=doubtful, doubtful=doubtful)


# lm_eval 0.4.13 lm_eval/_cli/run.py:324, and the programs that are built on it.
_IN_ARGUMENTS = Loader(
    package="",
    name="script --model_args",
    source="lm_eval 0.4.13 lm_eval/_cli/run.py:324",
    repo_id=(Param(("pretrained",), within="--model_args"),),
    revision=Param(("revision",), within="--model_args"),
    trust_remote_code=Param(("trust_remote_code", "--trust_remote_code"), within="--model_args"),
)

_OF_MODELS = ("--model_revision", "--revision")

SCRIPT = Command(
    words=(),
    config=("--config", "--config_file"),
    loads=(
        *(_load(flags, _OF_MODELS) for flags in _MODELS),
        Load(_IN_ARGUMENTS),
        _load(("--tokenizer_name",), ("--tokenizer_revision", *_OF_MODELS), "config"),
        _load(("--tokenizer_name_or_path",), ("--tokenizer_revision", *_OF_MODELS), "config"),
        _load(("--dataset_name",), ("--dataset_revision",), "data", "dataset"),
        *(_load((flag,), _OF_MODELS) for flags in _MORE_MODELS for flag in flags),
        _load(
            ("--adapter_name_or_path", "--peft_model_id", "--lora_model_id"),
            ("--adapter_revision",),
            "adapter",
        ),
        _load(
            ("--hf_dataset", "--huggingface_dataset", "--dataset_name_or_path"),
            ("--dataset_revision",),
            "data",
            "dataset",
        ),
        *(_load((flag,), _OF_MODELS, doubtful=True) for flags in _DOUBTFUL for flag in flags),
        *(
            _load((flag,), ("--tokenizer_revision", *_OF_MODELS), "config", doubtful=True)
            for flag in ("--tokenizer", "--tokenizer_path", "--tokenizer_id")
        ),
        *(_load((flag,), ("--adapter_revision",), "adapter", doubtful=True) for flag in _ADAPTERS),
        *(
            _load((flag,), ("--dataset_revision",), "data", "dataset", doubtful=True)
            for flag in _DATA
        ),
    ),
)
"""What the flags of a script that nobody knows mean by custom."""
