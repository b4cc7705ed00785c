"""Engines for one machine: llama.cpp, ollama, MLX."""

from __future__ import annotations

from flake8_hfmodels.loaders.commands.row import FILE, FOLDER, REVISION, TRUST, Command, Load, model
from flake8_hfmodels.loaders.row import Loader

ENGINES = (
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
                    repo_id=model("-hf", "-hfr", "--hf-repo"),
                    revision=None,
                    instead=FILE,
                    never_local=True,
                ),
                ending=":",
            ),
            Load(
                Loader(
                    package="llama.cpp",
                    name="llama-server --hf-repo-draft",
                    source="llama_cpp_python 0.3.36 vendor/llama.cpp/common/hf-cache.cpp:243",
                    repo_id=model("-hfd", "--hf-repo-draft"),
                    revision=None,
                    instead=FILE,
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
                    repo_id=model(position=0),
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
                    repo_id=model("--hf_model_repo_id"),
                    revision=None,
                    instead=FILE,
                    never_local=True,
                )
            ),
            Load(
                Loader(
                    package="llama_cpp",
                    name="llama_cpp.server --hf_pretrained_model_name_or_path",
                    source="llama_cpp_python 0.3.36 llama_cpp/server/settings.py:165",
                    repo_id=model("--hf_pretrained_model_name_or_path"),
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
                    repo_id=model(position=0),
                    revision=None,
                    instead=FILE,
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
                    repo_id=model(position=0),
                    revision=None,
                    instead=FILE,
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
                    repo_id=model("--hf-path"),
                    revision=None,
                    instead=FOLDER,
                    trust_remote_code=TRUST,
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
                    repo_id=model("--model"),
                    revision=None,
                    instead=FOLDER,
                    trust_remote_code=TRUST,
                )
            ),
            Load(
                Loader(
                    package="mlx_lm",
                    name="mlx_lm.generate --draft-model",
                    source="mlx_lm 0.32.2 mlx_lm/generate.py:70",
                    repo_id=model("--draft-model"),
                    revision=None,
                    instead=FOLDER,
                )
            ),
            Load(
                Loader(
                    package="mlx_lm",
                    name="mlx_lm.generate --adapter-path",
                    source="mlx_lm 0.32.2 mlx_lm/generate.py:70",
                    repo_id=model("--adapter-path"),
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
                    repo_id=model("--model"),
                    revision=REVISION,
                    trust_remote_code=TRUST,
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
                    repo_id=model("--model"),
                    revision=None,
                    instead=FOLDER,
                )
            ),
        ),
    ),
    Command(
        words=("mlc_llm", "chat|serve"),
        modules=("mlc_llm",),
        loads=(
            Load(
                Loader(
                    package="mlc_llm",
                    name="mlc_llm chat",
                    source="mlc-llm 7a4810fa docs/deploy/cli.rst, 24d07968 docs/deploy/rest.rst",
                    repo_id=model(position=0),
                    revision=None,
                    instead=FOLDER,
                    never_local=True,
                    prefixes=("HF://",),
                )
            ),
        ),
    ),
)
