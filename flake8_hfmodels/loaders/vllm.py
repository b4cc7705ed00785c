"""What vLLM loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("model",), 0)
REVISION = Param(("revision",))
CODE_REVISION = Param(("code_revision",))
TRUST = Param(("trust_remote_code",))
OPTIONS = ("load_format", "tokenizer", "tokenizer_revision")

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
        )
        for name, source in (
            ("EngineArgs", "vllm 0.33.0 vllm/engine/arg_utils.py:489"),
            ("AsyncEngineArgs", "vllm 0.33.0 vllm/engine/arg_utils.py:3244"),
        )
    ),
    Loader(
        package="vllm",
        name="LoRARequest",
        source="vllm 0.33.0 vllm/lora/request.py:8",
        repo_id=(Param(("lora_path",), 2),),
        revision=None,
        reads="adapter",
        instead="download a pinned snapshot with snapshot_download(revision=...)"
        " and pass its folder as lora_path",
    ),
)
