"""What vLLM loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("model",), 0)
REVISION = Param(("revision",))
CODE_REVISION = Param(("code_revision",))
TRUST = Param(("trust_remote_code",))
OPTIONS = ("load_format", "tokenizer", "tokenizer_revision")

# Without a revision of its own the tokenizer gets the model's: vllm/config/model.py:609.
TOKENIZER = Loader(
    package="vllm",
    name="LLM",
    source="vllm 0.33.0 vllm/engine/arg_utils.py:639",
    repo_id=(Param(("tokenizer",)),),
    revision=Param(("tokenizer_revision", "revision")),
    reads="config",
)
DRAFT = Loader(
    package="vllm",
    name="LLM",
    source="vllm 0.33.0 vllm/config/speculative.py:459",
    repo_id=(Param(("model",), within="speculative_config", only_within=True),),
    revision=Param(("revision",), within="speculative_config", only_within=True),
    code_revision=Param(("code_revision",), within="speculative_config", only_within=True),
)

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="vllm",
        name="LLM",
        source="vllm 0.33.0 vllm/entrypoints/llm.py:177",
        repo_id=(MODEL,),
        revision=REVISION,
        code_revision=CODE_REVISION,
        trust_remote_code=TRUST,
        options=OPTIONS,
        also=(TOKENIZER, DRAFT),
    ),
    *(
        Loader(
            package="vllm",
            name=name,
            source=source,
            repo_id=(MODEL,),
            revision=REVISION,
            code_revision=CODE_REVISION,
            trust_remote_code=TRUST,
            options=OPTIONS,
            default_model=True,
            default_ids=(("", "Qwen/Qwen3-0.6B"),),
            also=(TOKENIZER, DRAFT),
        )
        for name, source in (
            ("EngineArgs", "vllm 0.33.0 vllm/engine/arg_utils.py:489"),
            ("AsyncEngineArgs", "vllm 0.33.0 vllm/engine/arg_utils.py:3244"),
        )
    ),
    # Adapters on the Hub have an owner; a path without a slash is a folder.
    Loader(
        package="vllm",
        name="LoRARequest",
        source="vllm 0.33.0 vllm/lora/request.py:8",
        repo_id=(Param(("lora_path",), 2),),
        revision=None,
        reads="adapter",
        instead="download a pinned snapshot with snapshot_download(revision=...)"
        " and pass its folder as lora_path",
        names_elsewhere=True,
    ),
)
