"""In which languages manuals show code, by the words that they write at its beginning."""

from __future__ import annotations

from flake8_hfmodels.loaders.kinds import KindName

# github-linguist 9.1 lib/linguist/languages.yml (names and aliases); Pygments 2.19 short names,
# which Sphinx takes; rmarkdown and Quarto: names of engines.
LANGUAGES: dict[str, KindName] = {
    **dict.fromkeys(
        ("py", "python", "python3", "py3", "pycon", "ipython", "ipython3", "doctest"), "python"
    ),
    **dict.fromkeys(
        (
            *("sh", "bash", "shell", "zsh", "ksh", "console", "shell-session", "shellsession"),
            *("sh-session", "bash-session", "terminal", "fish", "slurm"),
        ),
        "shell",
    ),
    **dict.fromkeys(("yaml", "yml"), "yaml"),
    **dict.fromkeys(("json", "jsonc", "json5"), "json"),
    "toml": "toml",
    **dict.fromkeys(("ini", "cfg", "dosini"), "ini"),
    **dict.fromkeys(("dockerfile", "docker", "containerfile", "modelfile"), "dockerfile"),
    **dict.fromkeys(("makefile", "make", "mk"), "makefile"),
    **dict.fromkeys(("justfile", "just"), "justfile"),
    **dict.fromkeys(("dotenv", "env"), "env"),
    **dict.fromkeys(
        (
            *("js", "javascript", "mjs", "cjs", "jsx", "ts", "typescript", "mts", "cts", "tsx"),
            *("vue", "svelte", "astro"),
        ),
        "javascript",
    ),
    **dict.fromkeys(("html", "xhtml"), "html"),
}
"""What stands behind a fence or a directive, in lower case, to the kind of file it shows."""

SESSIONS = frozenset(
    {"console", "shell-session", "shellsession", "sh-session", "bash-session", "terminal"}
)
"""What these show has answers of the programs in it."""

UNSAID = frozenset(
    """
    cli cmd code default guess none output plain plaintext powershell text txt
    """.split()
)
"""What says nothing of the language, or little."""

# The programs of loaders/commands.py, and those that run them or fetch from the Hub.
PROGRAMS = frozenset(
    """
    accelerate apt-get axolotl brew cd conda curl deepspeed docker export git hf huggingface-cli
    infinity_emb lighteval llama-cli llama-server llamafactory-cli lm_eval lmdeploy mkdir ollama
    optimum-cli pip pip3 podman poetry python python3 sglang sudo swift text-embeddings-router
    text-generation-launcher torchrun trl tune uv uvx vllm wget
    """.split()
)
"""A block or a piece of inline code that begins with one of these is for a shell."""

# Sphinx 8.2 doc/usage/restructuredtext/directives.rst, doc/usage/extensions/doctest.rst; the
# manuals of sphinx-prompt, sphinx-inline-tabs, sphinx-code-tabs, IPython, Jupyter-Sphinx, MyST-NB.
CODE_DIRECTIVES: dict[str, str] = {
    "code-block": "",
    "code": "",
    "sourcecode": "",
    "code-tab": "",
    "prompt": "",
    "code-cell": "python",
    "ipython": "python",
    "jupyter-execute": "python",
    "testcode": "python",
    "testsetup": "python",
    "doctest": "pycon",
    "runblock": "pycon",
}
"""Directives that show code, and its language where their argument names none."""
