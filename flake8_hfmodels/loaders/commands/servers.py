"""Servers of models."""

from __future__ import annotations

from flake8_hfmodels.loaders.commands.row import FOLDER, REVISION, TRUST, Command, Load, model
from flake8_hfmodels.loaders.row import Loader, Param

SERVERS = (
    Command(
        words=("vllm", "serve|bench|run-batch|chat|complete"),
        modules=(
            "vllm.entrypoints.openai.api_server",
            "vllm.entrypoints.api_server",
            "vllm.entrypoints.openai.run_batch",
        ),
        images=("vllm/vllm-openai",),
        switches=(
            *("--enforce-eager", "--enable-lora", "--enable-prefix-caching", "--headless"),
            *("--enable-auto-tool-choice", "--enable-chunked-prefill", "--disable-log-requests"),
            *("--disable-log-stats", "--enable-reasoning", "--enable-expert-parallel"),
            *("--disable-sliding-window", "--disable-custom-all-reduce", "--async-scheduling"),
            *("--no-enable-prefix-caching", "--enable-sleep-mode", "--enable-log-requests"),
        ),
        config=("--config",),
        loads=(
            Load(
                Loader(
                    package="vllm",
                    name="vllm serve",
                    source="vllm 0.33.0 vllm/engine/arg_utils.py:987",
                    repo_id=model("--model", position=0),
                    revision=REVISION,
                    code_revision=Param(("--code-revision",)),
                    trust_remote_code=TRUST,
                    options=(Param(("--load-format",)),),
                )
            ),
            Load(
                Loader(
                    package="vllm",
                    name="vllm serve --tokenizer",
                    source="vllm 0.33.0 vllm/engine/arg_utils.py:975",
                    repo_id=model("--tokenizer"),
                    revision=Param(("--tokenizer-revision",)),
                    reads="config",
                )
            ),
            Load(
                Loader(
                    package="vllm",
                    name="vllm serve --speculative-config",
                    source="vllm 0.33.0 vllm/engine/arg_utils.py:987",
                    repo_id=(Param(("model",), within="--speculative-config"),),
                    revision=Param(("revision",), within="--speculative-config"),
                    code_revision=Param(("code_revision",), within="--speculative-config"),
                )
            ),
            Load(
                Loader(
                    package="vllm",
                    name="vllm serve --hf-config-path",
                    source="vllm 0.33.0 vllm/engine/arg_utils.py:987",
                    repo_id=model("--hf-config-path"),
                    revision=REVISION,
                    reads="config",
                )
            ),
            Load(
                Loader(
                    package="vllm",
                    name="vllm serve --lora-modules",
                    source="vllm 0.33.0 vllm/engine/arg_utils.py:987",
                    repo_id=model("--lora-modules"),
                    revision=None,
                    reads="adapter",
                    instead=FOLDER,
                ),
                form="named",
                many=True,
            ),
        ),
    ),
    Command(
        words=("text-generation-launcher",),
        images=("ghcr.io/huggingface/text-generation-inference",),
        switches=("--disable-custom-kernels", "--json-output", "--env", "-e"),
        environment=(
            ("MODEL_ID", "--model-id"),
            ("REVISION", "--revision"),
            ("TRUST_REMOTE_CODE", "--trust-remote-code"),
            ("LORA_ADAPTERS", "--lora-adapters"),
        ),
        loads=(
            Load(
                Loader(
                    package="text-generation-inference",
                    name="text-generation-launcher",
                    source="text-generation-inference db931fcf launcher/src/main.rs:589",
                    repo_id=model("--model-id"),
                    revision=REVISION,
                    trust_remote_code=TRUST,
                )
            ),
            Load(
                Loader(
                    package="text-generation-inference",
                    name="text-generation-launcher --lora-adapters",
                    source="text-generation-inference db931fcf"
                    " server/text_generation_server/utils/adapter.py:59",
                    repo_id=model("--lora-adapters"),
                    revision=None,
                    reads="adapter",
                    at_revision=True,
                ),
                form="named",
            ),
        ),
    ),
    Command(
        words=("text-generation-server", "download-weights|serve"),
        switches=("--auto-convert", "--no-auto-convert", "--json-output", "--sharded"),
        loads=(
            Load(
                Loader(
                    package="text-generation-inference",
                    name="text-generation-server",
                    source="text-generation-inference db931fcf"
                    " server/text_generation_server/cli.py:50",
                    repo_id=model(position=0),
                    revision=REVISION,
                    trust_remote_code=TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("text-embeddings-router",),
        images=("ghcr.io/huggingface/text-embeddings-inference",),
        switches=("--auto-truncate", "--json-output"),
        environment=(("MODEL_ID", "--model-id"), ("REVISION", "--revision")),
        loads=(
            Load(
                Loader(
                    package="text-embeddings-inference",
                    name="text-embeddings-router",
                    source="text-embeddings-inference 0236f187 router/src/main.rs",
                    repo_id=model("--model-id"),
                    revision=REVISION,
                )
            ),
        ),
    ),
    Command(
        words=("infinity_emb", "v2"),
        images=("michaelf34/infinity",),
        environment=(
            ("INFINITY_MODEL_ID", "--model-id"),
            ("INFINITY_REVISION", "--revision"),
            ("INFINITY_TRUST_REMOTE_CODE", "--trust-remote-code"),
        ),
        loads=(
            Load(
                Loader(
                    package="infinity_emb",
                    name="infinity_emb v2",
                    source="infinity_emb 0.0.78 infinity_emb/env.py:117",
                    repo_id=model("--model-id"),
                    revision=REVISION,
                    trust_remote_code=TRUST,
                    trust_by_default=True,
                ),
                many=True,
            ),
        ),
    ),
    Command(
        words=("sglang", "serve"),
        modules=(
            "sglang.launch_server",
            "sglang.bench_one_batch",
            "sglang.bench_offline_throughput",
        ),
        switches=("--enable-torch-compile", "--disable-cuda-graph", "--disable-radix-cache"),
        config=("--config",),
        loads=(
            Load(
                Loader(
                    package="sglang",
                    name="sglang serve",
                    source="sglang 0.5.23 sglang/srt/arg_groups/field_order.py:18",
                    repo_id=model("--model-path", "--model"),
                    revision=REVISION,
                    trust_remote_code=TRUST,
                    options=(Param(("--load-format",)),),
                ),
                ending=":",
            ),
            Load(
                Loader(
                    package="sglang",
                    name="sglang serve --tokenizer-path",
                    source="sglang 0.5.23 sglang/srt/arg_groups/field_order.py:22",
                    repo_id=model("--tokenizer-path"),
                    revision=REVISION,
                    reads="config",
                )
            ),
            Load(
                Loader(
                    package="sglang",
                    name="sglang serve --speculative-draft-model-path",
                    source="sglang 0.5.23 sglang/srt/arg_groups/field_order.py:22",
                    repo_id=model("--speculative-draft-model-path"),
                    revision=Param(("--speculative-draft-model-revision",)),
                )
            ),
            Load(
                Loader(
                    package="sglang",
                    name="sglang serve --lora-paths",
                    source="sglang 0.5.23 sglang/srt/arg_groups/field_order.py:22",
                    repo_id=model("--lora-paths"),
                    revision=None,
                    reads="adapter",
                    instead=FOLDER,
                ),
                form="named",
                many=True,
            ),
        ),
    ),
    Command(
        words=("lmdeploy", "serve|lite", "*"),
        loads=(
            Load(
                Loader(
                    package="lmdeploy",
                    name="lmdeploy serve",
                    source="lmdeploy 0.18.0 lmdeploy/cli/utils.py:157",
                    repo_id=model(position=0),
                    revision=REVISION,
                    trust_remote_code=TRUST,
                )
            ),
            Load(
                Loader(
                    package="lmdeploy",
                    name="lmdeploy serve --draft-model",
                    source="lmdeploy 0.18.0 lmdeploy/cli/utils.py:873",
                    repo_id=model("--draft-model"),
                    revision=None,
                    instead=FOLDER,
                )
            ),
        ),
    ),
    Command(
        words=("lmdeploy", "chat"),
        loads=(
            Load(
                Loader(
                    package="lmdeploy",
                    name="lmdeploy chat",
                    source="lmdeploy 0.18.0 lmdeploy/cli/utils.py:157",
                    repo_id=model(position=0),
                    revision=REVISION,
                    trust_remote_code=TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("huggingfaceserver",),
        modules=("huggingfaceserver",),
        images=("kserve/huggingfaceserver",),
        loads=(
            Load(
                Loader(
                    package="huggingfaceserver",
                    name="huggingfaceserver",
                    source="kserve aaac4e29"
                    " python/huggingfaceserver/huggingfaceserver/__main__.py:90",
                    repo_id=model("--model_id"),
                    revision=Param(("--model_revision",)),
                    trust_remote_code=TRUST,
                )
            ),
        ),
    ),
    # What is none of its commands it takes for the model of `serve`.
    *(
        Command(
            words=words,
            loads=(
                Load(
                    Loader(
                        package="tensorrt_llm",
                        name="trtllm-serve",
                        source="TensorRT-LLM 4c05a748 tensorrt_llm/commands/serve.py serve,"
                        " serve_encoder, DefaultGroup",
                        repo_id=model(position=0),
                        revision=None,
                        instead=FOLDER,
                        trust_remote_code=TRUST,
                        names_elsewhere=True,
                    )
                ),
            ),
        )
        for words in (("trtllm-serve", "serve|mm_embedding_serve"), ("trtllm-serve",))
    ),
)
