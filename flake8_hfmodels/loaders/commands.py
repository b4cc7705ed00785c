"""Which command lines read from the Hub: rows of the programs, and what stands before them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flake8_hfmodels.loaders.row import Loader, Param

Form = Literal["id", "uri", "git", "named"]
"""How a command line writes a repo.

id: `org/name`, or `hf://…`. uri: `hf://…` only. git: the URL of a repository on the Hub.
named: `name=org/name`, several of them with commas between.
"""


@dataclass(frozen=True, slots=True)
class Load:
    """One repo that a command line names.

    The parameters of `loader` are flags as they are written, newest first; a position counts the
    words behind the program's own that are neither flags nor their values. A parameter with
    `within` is an entry of the text that this flag (or the word at its position) gets:
    `key=value,…` or JSON; a name in it that begins with a dash is a flag all the same.

    `many`: it may be given several times, or several words. `ending`: what begins with this is
    no part of the id, and no revision. `only_with`: it counts only where one of these flags is
    given, and where its value begins with `only_value`.
    """

    loader: Loader
    form: Form = "id"
    many: bool = False
    ending: str = ""
    only_with: tuple[str, ...] = ()
    only_value: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """One program, or one of its subcommands, that reads from the Hub.

    words: what it begins with, the program first; `|` stands between alternatives, `*` for any
    run of characters. modules: what follows `python -m`, instead of `words`. images: containers
    that run it. switches: flags without a value. environment: variables that stand for flags.
    config: flags that name a file in which the rest may be given.
    """

    words: tuple[str, ...]
    loads: tuple[Load, ...]
    modules: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    switches: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    config: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A program that runs another one, which its arguments name.

    `valued` are those of its flags that take a value; with `switches` it is the other way round:
    all flags take one but these. `takes` counts the words of its own before the other program.
    `script`: what it runs is a Python file, or with `-m` a module.
    """

    words: tuple[str, ...]
    valued: tuple[str, ...] = ()
    switches: tuple[str, ...] = ()
    takes: int = 0
    script: bool = False


FOLDER = "download a pinned snapshot first (hf download --revision <commit>) and name its folder"
_FILE = "download the file at a full commit hash first (hf download --revision) and name that file"
_CHECKOUT = "check out a full commit hash after it (git checkout <commit>)"

_REVISION = Param(("--revision",))
_TRUST = Param(("--trust-remote-code",))
_TYPE = Param(("--repo-type", "--type"))


def _model(*flags: str, position: int | None = None) -> tuple[Param, ...]:
    return (Param(flags, position),)


_HF_SWITCHES = ("--quiet", "-q", "--force-download", "--resume-download", "--dry-run")

_HUB = (
    Command(
        words=("hf", "download"),
        switches=_HF_SWITCHES,
        loads=(
            Load(
                Loader(
                    package="huggingface_hub",
                    name="hf download",
                    source="huggingface_hub 2.4.0 huggingface_hub/cli/download.py:112",
                    repo_id=_model(position=0),
                    revision=_REVISION,
                    reads="files",
                    repo_type_param=_TYPE,
                    never_local=True,
                )
            ),
        ),
    ),
    Command(
        words=("huggingface-cli", "download"),
        switches=_HF_SWITCHES,
        loads=(
            Load(
                Loader(
                    package="huggingface_hub",
                    name="huggingface-cli download",
                    source="huggingface_hub 0.36.2 huggingface_hub/commands/download.py:72",
                    repo_id=_model(position=0),
                    revision=_REVISION,
                    reads="files",
                    repo_type_param=_TYPE,
                    never_local=True,
                )
            ),
        ),
    ),
    Command(
        words=("hf", "cp|sync"),
        switches=("--delete", "--quiet", "-q", "--dry-run", "--verbose"),
        loads=(
            Load(
                Loader(
                    package="huggingface_hub",
                    name="hf cp",
                    source="huggingface_hub 2.4.0 huggingface_hub/cli/_cp.py:193",
                    repo_id=_model(position=0),
                    revision=None,
                    reads="files",
                    at_revision=True,
                ),
                form="uri",
            ),
        ),
    ),
    Command(
        words=("git", "clone"),
        switches=(
            *("--bare", "--mirror", "--quiet", "-q", "--verbose", "-v", "--progress", "--local"),
            *("--no-checkout", "-n", "--single-branch", "--no-single-branch", "--recursive", "-l"),
            *(
                "--recurse-submodules",
                "--shallow-submodules",
                "--no-tags",
                "--sparse",
                "--dissociate",
            ),
            *("--no-hardlinks", "--shared", "-s", "--remote-submodules"),
        ),
        loads=(
            Load(
                Loader(
                    package="git",
                    name="git clone",
                    source="hub-docs 242f4a1e docs/hub/repositories-getting-started.md:109",
                    repo_id=_model(position=0),
                    revision=Param(("--revision", "--branch", "-b")),
                    reads="files",
                    instead=_CHECKOUT,
                    never_local=True,
                ),
                form="git",
            ),
        ),
    ),
    Command(
        words=("git", "submodule", "add"),
        switches=("--force", "-f", "--quiet", "-q"),
        loads=(
            Load(
                Loader(
                    package="git",
                    name="git submodule add",
                    source="hub-docs 242f4a1e docs/hub/repositories-getting-started.md:109",
                    repo_id=_model(position=0),
                    revision=Param(("--branch", "-b")),
                    reads="files",
                    instead=_CHECKOUT,
                    never_local=True,
                ),
                form="git",
            ),
        ),
    ),
    *(
        Command(
            words=words,
            modules=modules,
            switches=(
                "-U",
                "--upgrade",
                "-q",
                "--quiet",
                "--no-deps",
                "-e",
                "--editable",
                "--user",
            ),
            loads=(
                Load(
                    Loader(
                        package="pip",
                        name=f"{words[0].partition('|')[0]} {words[-1]}",
                        source="pip docs/html/topics/vcs-support.md",
                        repo_id=_model(position=0),
                        revision=None,
                        reads="code",
                        runs_code="the set-up code of the package",
                        prefixes=("git+",),
                        at_revision=True,
                    ),
                    form="git",
                    many=True,
                ),
            ),
        )
        for words, modules in (
            (("pip|pip3|pipx", "install"), ("pip",)),
            (("uv", "pip", "install"), ()),
            (("uv", "add"), ()),
        )
    ),
)

_SERVERS = (
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
                    repo_id=_model("--model", position=0),
                    revision=_REVISION,
                    code_revision=Param(("--code-revision",)),
                    trust_remote_code=_TRUST,
                    options=(Param(("--load-format",)),),
                )
            ),
            Load(
                Loader(
                    package="vllm",
                    name="vllm serve --tokenizer",
                    source="vllm 0.33.0 vllm/engine/arg_utils.py:975",
                    repo_id=_model("--tokenizer"),
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
                    repo_id=_model("--hf-config-path"),
                    revision=_REVISION,
                    reads="config",
                )
            ),
            Load(
                Loader(
                    package="vllm",
                    name="vllm serve --lora-modules",
                    source="vllm 0.33.0 vllm/engine/arg_utils.py:987",
                    repo_id=_model("--lora-modules"),
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
                    repo_id=_model("--model-id"),
                    revision=_REVISION,
                    trust_remote_code=_TRUST,
                )
            ),
            Load(
                Loader(
                    package="text-generation-inference",
                    name="text-generation-launcher --lora-adapters",
                    source="text-generation-inference db931fcf"
                    " server/text_generation_server/utils/adapter.py:59",
                    repo_id=_model("--lora-adapters"),
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
                    repo_id=_model(position=0),
                    revision=_REVISION,
                    trust_remote_code=_TRUST,
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
                    repo_id=_model("--model-id"),
                    revision=_REVISION,
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
                    repo_id=_model("--model-id"),
                    revision=_REVISION,
                    trust_remote_code=_TRUST,
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
                    repo_id=_model("--model-path", "--model"),
                    revision=_REVISION,
                    trust_remote_code=_TRUST,
                    options=(Param(("--load-format",)),),
                ),
                ending=":",
            ),
            Load(
                Loader(
                    package="sglang",
                    name="sglang serve --tokenizer-path",
                    source="sglang 0.5.23 sglang/srt/arg_groups/field_order.py:22",
                    repo_id=_model("--tokenizer-path"),
                    revision=_REVISION,
                    reads="config",
                )
            ),
            Load(
                Loader(
                    package="sglang",
                    name="sglang serve --speculative-draft-model-path",
                    source="sglang 0.5.23 sglang/srt/arg_groups/field_order.py:22",
                    repo_id=_model("--speculative-draft-model-path"),
                    revision=Param(("--speculative-draft-model-revision",)),
                )
            ),
            Load(
                Loader(
                    package="sglang",
                    name="sglang serve --lora-paths",
                    source="sglang 0.5.23 sglang/srt/arg_groups/field_order.py:22",
                    repo_id=_model("--lora-paths"),
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
                    repo_id=_model(position=0),
                    revision=_REVISION,
                    trust_remote_code=_TRUST,
                )
            ),
            Load(
                Loader(
                    package="lmdeploy",
                    name="lmdeploy serve --draft-model",
                    source="lmdeploy 0.18.0 lmdeploy/cli/utils.py:873",
                    repo_id=_model("--draft-model"),
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
                    repo_id=_model(position=0),
                    revision=_REVISION,
                    trust_remote_code=_TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("llama-*",),
        images=("ghcr.io/ggml-org/llama.cpp", "ghcr.io/ggerganov/llama.cpp"),
        environment=(("LLAMA_ARG_HF_REPO", "--hf-repo"),),
        loads=(
            Load(
                Loader(
                    package="llama.cpp",
                    name="llama-server",
                    source="llama_cpp_python 0.3.36 vendor/llama.cpp/common/arg.cpp:3060",
                    repo_id=_model("-hf", "-hfr", "--hf-repo"),
                    revision=None,
                    instead=_FILE,
                    never_local=True,
                ),
                ending=":",
            ),
            Load(
                Loader(
                    package="llama.cpp",
                    name="llama-server --hf-repo-draft",
                    source="llama_cpp_python 0.3.36 vendor/llama.cpp/common/hf-cache.cpp:243",
                    repo_id=_model("-hfd", "--hf-repo-draft"),
                    revision=None,
                    instead=_FILE,
                    never_local=True,
                ),
                ending=":",
            ),
        ),
    ),
    Command(
        words=("convert_hf_to_gguf.py",),
        switches=("--remote", "--verbose", "--bigendian", "--dry-run", "--vocab-only"),
        loads=(
            Load(
                Loader(
                    package="llama.cpp",
                    name="convert_hf_to_gguf.py --remote",
                    source="llama_cpp_python 0.3.36 vendor/llama.cpp/convert_hf_to_gguf.py:113",
                    repo_id=_model(position=0),
                    revision=None,
                    instead=FOLDER,
                    never_local=True,
                ),
                only_with=("--remote",),
            ),
        ),
    ),
    Command(
        words=(),
        modules=("llama_cpp.server",),
        environment=(("HF_MODEL_REPO_ID", "--hf_model_repo_id"),),
        loads=(
            Load(
                Loader(
                    package="llama_cpp",
                    name="llama_cpp.server",
                    source="llama_cpp_python 0.3.36 llama_cpp/server/settings.py:165",
                    repo_id=_model("--hf_model_repo_id"),
                    revision=None,
                    instead=_FILE,
                    never_local=True,
                )
            ),
            Load(
                Loader(
                    package="llama_cpp",
                    name="llama_cpp.server --hf_pretrained_model_name_or_path",
                    source="llama_cpp_python 0.3.36 llama_cpp/server/settings.py:165",
                    repo_id=_model("--hf_pretrained_model_name_or_path"),
                    revision=None,
                    reads="config",
                    instead=FOLDER,
                )
            ),
        ),
    ),
    Command(
        words=("ollama", "run|pull"),
        switches=("--insecure", "--verbose", "--nowordwrap", "--hidethinking"),
        loads=(
            Load(
                Loader(
                    package="ollama",
                    name="ollama run",
                    source="hub-docs 242f4a1e docs/hub/ollama.md:53",
                    repo_id=_model(position=0),
                    revision=None,
                    instead=_FILE,
                    never_local=True,
                    prefixes=("hf.co/", "huggingface.co/"),
                ),
                ending=":",
            ),
        ),
    ),
    Command(
        words=("docker", "model", "run|pull"),
        switches=("--debug", "--ignore-runtime-memory-check", "--detach", "-d"),
        loads=(
            Load(
                Loader(
                    package="docker",
                    name="docker model run",
                    source="hub-docs 242f4a1e docs/hub/ollama.md:53",
                    repo_id=_model(position=0),
                    revision=None,
                    instead=_FILE,
                    never_local=True,
                    prefixes=("hf.co/", "huggingface.co/"),
                ),
                ending=":",
            ),
        ),
    ),
    Command(
        words=("mlx_lm.convert",),
        modules=("mlx_lm.convert",),
        switches=("-q", "--quantize", "--dequantize", "-d"),
        loads=(
            Load(
                Loader(
                    package="mlx_lm",
                    name="mlx_lm.convert",
                    source="mlx_lm 0.32.2 mlx_lm/convert.py:249",
                    repo_id=_model("--hf-path"),
                    revision=None,
                    instead=FOLDER,
                    trust_remote_code=_TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("mlx_lm.*",),
        modules=("mlx_lm.*",),
        loads=(
            Load(
                Loader(
                    package="mlx_lm",
                    name="mlx_lm.generate",
                    source="mlx_lm 0.32.2 mlx_lm/generate.py:70",
                    repo_id=_model("--model"),
                    revision=None,
                    instead=FOLDER,
                    trust_remote_code=_TRUST,
                )
            ),
            Load(
                Loader(
                    package="mlx_lm",
                    name="mlx_lm.generate --draft-model",
                    source="mlx_lm 0.32.2 mlx_lm/generate.py:70",
                    repo_id=_model("--draft-model"),
                    revision=None,
                    instead=FOLDER,
                )
            ),
            Load(
                Loader(
                    package="mlx_lm",
                    name="mlx_lm.generate --adapter-path",
                    source="mlx_lm 0.32.2 mlx_lm/generate.py:70",
                    repo_id=_model("--adapter-path"),
                    revision=None,
                    reads="adapter",
                    instead=FOLDER,
                )
            ),
        ),
    ),
    Command(
        words=("mlx_vlm.*",),
        modules=("mlx_vlm.*",),
        loads=(
            Load(
                Loader(
                    package="mlx_vlm",
                    name="mlx_vlm.generate",
                    source="mlx_vlm 0.7.10 mlx_vlm/generate/dispatch.py:542",
                    repo_id=_model("--model"),
                    revision=_REVISION,
                    trust_remote_code=_TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("mlx_whisper",),
        loads=(
            Load(
                Loader(
                    package="mlx_whisper",
                    name="mlx_whisper",
                    source="mlx_whisper 0.4.3 mlx_whisper/cli.py:36",
                    repo_id=_model("--model"),
                    revision=None,
                    instead=FOLDER,
                )
            ),
        ),
    ),
)

_TOOLS = (
    Command(
        words=("optimum-cli", "export", "onnx"),
        loads=(
            Load(
                Loader(
                    package="optimum",
                    name="optimum-cli export onnx",
                    source="optimum_onnx 0.1.0 optimum/commands/export/onnx.py:128",
                    repo_id=_model("--model", "-m"),
                    revision=None,
                    instead=FOLDER,
                    trust_remote_code=_TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("optimum-cli", "export", "openvino"),
        loads=(
            Load(
                Loader(
                    package="optimum",
                    name="optimum-cli export openvino",
                    source="optimum_intel 2.2.0 optimum/commands/export/openvino.py:357",
                    repo_id=_model("--model", "-m"),
                    revision=None,
                    instead=FOLDER,
                    trust_remote_code=_TRUST,
                )
            ),
        ),
    ),
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
                    repo_id=_model("--model"),
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
                    repo_id=_model(position=0),
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
        words=("trl", "vllm-serve"),
        modules=("trl.scripts.vllm_serve",),
        loads=(
            Load(
                Loader(
                    package="trl",
                    name="trl vllm-serve",
                    source="trl 1.16.0 trl/scripts/vllm_serve.py:34",
                    repo_id=_model("--model"),
                    revision=_REVISION,
                    trust_remote_code=_TRUST,
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
                    repo_id=_model("--model_name_or_path"),
                    revision=Param(("--model_revision",)),
                    trust_remote_code=_TRUST,
                )
            ),
            *(
                Load(
                    Loader(
                        package="trl",
                        name=f"trl sft {flag}",
                        source="trl 1.16.0 trl/trainer/model_config.py:85",
                        repo_id=_model(flag),
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
                    repo_id=_model("--dataset_name"),
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
                    repo_id=_model(position=0),
                    revision=None,
                    reads="config",
                    instead="there is no flag for a revision; trust no code with it",
                    trust_remote_code=_TRUST,
                    never_local=True,
                )
            ),
        ),
    ),
    Command(
        words=("transformers", "download"),
        switches=("--force-download",),
        loads=(
            Load(
                Loader(
                    package="transformers",
                    name="transformers download",
                    source="transformers 5.23.0 transformers/cli/download.py:25",
                    repo_id=_model(position=0),
                    revision=None,
                    instead="use hf download --revision <commit>",
                    trust_remote_code=_TRUST,
                    never_local=True,
                )
            ),
        ),
    ),
    Command(
        words=("transformers", "serve"),
        switches=("--enable-cors", "--continuous-batching"),
        loads=(
            Load(
                Loader(
                    package="transformers",
                    name="transformers serve",
                    source="transformers 5.23.0 transformers/cli/serving/model_manager.py:215",
                    repo_id=_model("--force-model"),
                    revision=None,
                    trust_remote_code=_TRUST,
                    at_revision=True,
                )
            ),
        ),
    ),
    Command(
        words=("transformers", "chat"),
        loads=(
            Load(
                Loader(
                    package="transformers",
                    name="transformers chat",
                    source="transformers 5.23.0 transformers/cli/serving/model_manager.py:215",
                    repo_id=_model(position=0),
                    revision=None,
                    trust_remote_code=_TRUST,
                    at_revision=True,
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
                    repo_id=_model("--base-model"),
                    revision=Param(("--revision-of-model",)),
                    trust_remote_code=_TRUST,
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
                    repo_id=_model("--model_name_or_path"),
                    revision=Param(("--model_revision",)),
                    trust_remote_code=_TRUST,
                )
            ),
            Load(
                Loader(
                    package="llamafactory",
                    name="llamafactory-cli train --adapter_name_or_path",
                    source="llamafactory 0.9.5 llamafactory/hparams/model_args.py:105",
                    repo_id=_model("--adapter_name_or_path"),
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
                    repo_id=_model("--model"),
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
                    trust_remote_code=_TRUST,
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
                    repo_id=_model(position=0),
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
                    repo_id=_model(position=0),
                    revision=None,
                    instead="use hf download --revision <commit>",
                    names_elsewhere=True,
                )
            ),
        ),
    ),
    Command(
        words=("ct2-transformers-converter",),
        switches=("--force", "--low_cpu_mem_usage"),
        loads=(
            Load(
                Loader(
                    package="ctranslate2",
                    name="ct2-transformers-converter",
                    source="ctranslate2 4.8.5 ctranslate2/converters/transformers.py:4261",
                    repo_id=_model("--model"),
                    revision=_REVISION,
                    trust_remote_code=_TRUST,
                )
            ),
        ),
    ),
    Command(
        words=("whisperx",),
        loads=tuple(
            Load(
                Loader(
                    package="whisperx",
                    name=name,
                    source="whisperx 3.8.6 whisperx/__main__.py:16",
                    repo_id=_model(flag),
                    revision=None,
                    instead=FOLDER,
                    names_elsewhere=True,
                    reader=reader,
                )
            )
            for name, flag, reader in (
                ("whisperx", "--model", "nothing"),
                ("whisperx --align_model", "--align_model", "transformers"),
                ("whisperx --diarize_model", "--diarize_model", "pyannote"),
            )
        ),
    ),
    Command(
        words=("docling-tools", "models", "download-hf-repo"),
        switches=("--force", "--quiet", "-q"),
        loads=(
            Load(
                Loader(
                    package="docling",
                    name="docling-tools models download-hf-repo",
                    source="docling_slim 2.143.0 docling/cli/models.py:148",
                    repo_id=_model(position=0),
                    revision=None,
                    instead="use hf download --revision <commit>",
                    never_local=True,
                    reads="files",
                ),
                many=True,
            ),
        ),
    ),
    Command(
        words=("pyannote-audio", "download|apply|benchmark"),
        loads=(
            Load(
                Loader(
                    package="pyannote",
                    name="pyannote-audio",
                    source="pyannote_audio 4.0.7 pyannote/audio/__main__.py:321",
                    repo_id=_model(position=0),
                    revision=_REVISION,
                    reader="pyannote",
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
                    repo_id=_model("--policy.path"),
                    revision=Param(("--policy.pretrained_revision",)),
                )
            ),
            Load(
                Loader(
                    package="lerobot",
                    name="lerobot-train --dataset.repo_id",
                    source="lerobot 0.6.1 lerobot/configs/default.py:40",
                    repo_id=_model("--dataset.repo_id"),
                    revision=Param(("--dataset.revision",)),
                    repo_type="dataset",
                    reads="data",
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
                    repo_id=_model("--target_name", "--model_name"),
                    revision=None,
                    instead=FOLDER,
                ),
                only_with=("--target_type", "--model_type"),
                only_value="huggingface",
            ),
        ),
    ),
    Command(
        words=("smolagent|webagent",),
        loads=(
            Load(
                Loader(
                    package="smolagents",
                    name="smolagent",
                    source="smolagents 1.26.0 smolagents/cli.py:67",
                    repo_id=_model("--model-id"),
                    revision=None,
                    instead=FOLDER,
                ),
                only_with=("--model-type",),
                only_value="TransformersModel",
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
                    repo_id=_model("--model_id"),
                    revision=Param(("--model_revision",)),
                    trust_remote_code=_TRUST,
                )
            ),
        ),
    ),
    Command(
        words=(),
        modules=("onnxruntime_genai.models.builder",),
        loads=(
            Load(
                Loader(
                    package="onnxruntime_genai",
                    name="onnxruntime_genai.models.builder",
                    source="onnxruntime_genai 0.18.0 onnxruntime_genai/models/builder.py:112",
                    repo_id=_model("-m", "--model_name"),
                    revision=None,
                    instead=FOLDER,
                    trust_remote_code=Param(("hf_remote",), within="--extra_options"),
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
                    repo_id=_model("--model"),
                    revision=None,
                    instead=FOLDER,
                )
            ),
        ),
    ),
)

COMMANDS = (*_HUB, *_SERVERS, *_TOOLS)
"""All rows; where two of them fit, the first one counts."""

# The example scripts of transformers, diffusers, trl and peft, and those written after them, have
# these flags: transformers 5.23.0 examples/pytorch/language-modeling/run_clm.py.
_EXAMPLES = "transformers 5.23.0 examples/pytorch/language-modeling/run_clm.py"
SCRIPT = Command(
    words=(),
    config=("--config", "--config_file"),
    loads=(
        *(
            Load(
                Loader(
                    package="",
                    name=f"script {flags[0]}",
                    source=_EXAMPLES,
                    repo_id=_model(*flags),
                    revision=Param(("--model_revision", "--revision")),
                    trust_remote_code=_TRUST,
                )
            )
            for flags in (
                ("--model_name_or_path",),
                ("--model_id", "--hf_model_id"),
                ("--pretrained_model_name_or_path",),
                ("--base_model", "--base_model_name_or_path"),
            )
        ),
        *(
            Load(
                Loader(
                    package="",
                    name=f"script {flag}",
                    source=_EXAMPLES,
                    repo_id=_model(flag),
                    revision=Param((revision, "--model_revision", "--revision")),
                    reads="config",
                )
            )
            for flag, revision in (
                ("--tokenizer_name", "--tokenizer_revision"),
                ("--tokenizer_name_or_path", "--tokenizer_revision"),
            )
        ),
        Load(
            Loader(
                package="",
                name="script --dataset_name",
                source=_EXAMPLES,
                repo_id=_model("--dataset_name"),
                revision=Param(("--dataset_revision",)),
                repo_type="dataset",
                reads="data",
            )
        ),
    ),
)
"""What the flags of a Python script that nobody knows mean by custom."""

_SHELLS = ("sh", "bash", "dash", "zsh", "ksh")
SHELLS = frozenset(_SHELLS)
"""Programs that run the text behind `-c`: POSIX.1-2024 sh."""

PYTHON = ("python*", "pypy*", "py")
"""Names of the interpreter."""

# The words are those of each program's own --help.
WRAPPERS = (
    Wrapper(("sudo",), valued=("-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "--user")),
    Wrapper(("env",), valued=("-u", "--unset", "-C", "--chdir")),
    Wrapper(("time|nohup|exec|command|setsid",)),
    Wrapper(("nice",), valued=("-n",)),
    Wrapper(("timeout",), valued=("-k", "-s", "--signal", "--kill-after"), takes=1),
    Wrapper(("xvfb-run",), valued=("-s", "-n", "--server-args")),
    Wrapper(
        ("uv", "run"),
        valued=(
            *("--with", "--extra", "--group", "--python", "-p", "--project", "--directory"),
            *("--env-file", "--index", "--package", "--with-requirements", "--index-url"),
        ),
        script=True,
    ),
    Wrapper(("uvx",), valued=("--from", "--with", "--python", "-p", "--index", "--index-url")),
    Wrapper(("uv", "tool", "run"), valued=("--from", "--with", "--python", "-p")),
    Wrapper(("pipx", "run"), valued=("--spec", "--python", "--pip-args")),
    Wrapper(("poetry|pdm|hatch|rye|pipenv", "run")),
    Wrapper(("pixi", "run"), valued=("-e", "--environment", "--manifest-path")),
    Wrapper(("conda|mamba|micromamba", "run"), valued=("-n", "--name", "-p", "--prefix", "--cwd")),
    Wrapper(("srun",), switches=("-l", "--label", "-u", "--unbuffered", "--exclusive", "--pty")),
    Wrapper(("mpirun|mpiexec|horovodrun",), switches=("--allow-run-as-root", "--verbose", "-v")),
    Wrapper(
        ("accelerate", "launch"),
        switches=(
            *("--multi_gpu", "--use_deepspeed", "--use_fsdp", "--cpu", "--mps", "--tpu", "-q"),
            *("--debug", "--quiet", "--no_python", "-m", "--module", "--use_cpu", "--use_xla"),
        ),
        script=True,
    ),
    Wrapper(
        ("torchrun",),
        switches=("--standalone", "-m", "--module", "--no-python", "--run-path"),
        script=True,
    ),
    Wrapper(("deepspeed",), switches=("--module", "--no_python", "--no_local_rank"), script=True),
)
"""Programs that run another one. `python -m torch.distributed.run` is `torchrun`."""

LAUNCHERS = {
    "torch.distributed.run": ("torchrun",),
    "torch.distributed.launch": ("torchrun",),
    "accelerate.commands.launch": ("accelerate", "launch"),
    "deepspeed.launcher.runner": ("deepspeed",),
}
"""Modules that are one of `WRAPPERS`."""

CONTAINERS = Wrapper(
    ("docker|podman|nerdctl", "run|create"),
    switches=(
        *("-d", "--detach", "-i", "--interactive", "-t", "--tty", "-it", "-ti", "-dit", "-itd"),
        *("-id", "-di", "-td", "-dt", "--rm", "--init", "--privileged", "--read-only", "-P"),
        *("--publish-all", "--no-healthcheck", "--oom-kill-disable", "-q", "--quiet"),
    ),
    takes=1,
)
"""What runs an image: docs.docker.com/reference/cli/docker/container/run."""

VARIABLES = ("-e", "--env")
"""The flags that set a variable in a container."""

GIT_SWITCHES = ("--detach", "-f", "--force", "--quiet", "-q", "--hard", "--soft", "--mixed")
GIT_MOVES = ("checkout", "switch", "reset", "fetch")
"""Subcommands of git after which another commit is checked out, or is there to be."""
