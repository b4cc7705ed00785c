"""Which kinds of files name models, and how a file shows of which kind it is."""

from __future__ import annotations

from typing import Literal

from flake8_hfmodels.record import dataclass

KindName = Literal[
    "python",
    "notebook",
    "yaml",
    "json",
    "toml",
    "dockerfile",
    "shell",
    "makefile",
    "justfile",
    "env",
    "requirements",
    "ini",
    "markdown",
    "rst",
    "html",
    "javascript",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    `suffixes` and `names` are in lower case and compared so; `*` in a name stands for any
    characters. `programs` are the interpreters of a first line `#!…`. `minified`: tools write it
    in one line, which nobody reads. `source` says where its names were read.
    """

    name: KindName
    source: str
    suffixes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    minified: bool = False


KINDS: tuple[Kind, ...] = (
    Kind(
        "python",
        "identify 2.6.20 identify/extensions.py, interpreters.py",
        (".py", ".pyi", ".pyw"),
        programs=("python", "python3", "pypy", "pypy3"),
    ),
    Kind("notebook", "nbformat 5.10 nbformat/v4/nbformat.v4.schema.json", (".ipynb",)),
    Kind(
        "yaml",
        "identify 2.6.20; mlflow 3.18.0 MLMODEL_FILE_NAME, MLPROJECT_FILE_NAME; DVC's files",
        (".yaml", ".yml", ".dvc"),
        ("mlmodel", "mlproject", "dvc.lock"),
    ),
    Kind(
        "json",
        "identify 2.6.20; JSON5, and JSON with comments as editors write it; kernels 0.17.2",
        (".json", ".jsonc", ".json5"),
        (".babelrc", ".eslintrc", "kernels.lock"),
        minified=True,
    ),
    Kind("toml", "identify 2.6.20 identify/extensions.py", (".toml",), ("pipfile", "poetry.lock")),
    Kind(
        "dockerfile",
        "Docker docs reference/dockerfile; hub-docs 242f4a1e docs/hub/ollama.md (Modelfile)",
        (".dockerfile", ".containerfile", ".modelfile"),
        (
            *("dockerfile", "dockerfile.*", "dockerfile-*", "dockerfile_*"),
            *("containerfile", "containerfile.*", "modelfile", "modelfile.*"),
        ),
    ),
    Kind(
        "shell",
        "identify 2.6.20; slurm's and PBS's scripts are shell with comments for the scheduler",
        (".sh", ".bash", ".zsh", ".ksh", ".bats", ".slurm", ".sbatch", ".pbs", ".command"),
        (".bashrc", ".bash_profile", ".profile", ".zshrc", ".envrc"),
        ("sh", "bash", "zsh", "ksh", "dash", "ash", "bats"),
    ),
    Kind(
        "makefile",
        "identify 2.6.20 identify/extensions.py; GNU make manual 3.2",
        (".mk", ".mak", ".make"),
        ("makefile", "makefile.*", "gnumakefile"),
        ("make",),
    ),
    Kind(
        "justfile",
        "just manual, Quick Start: the names it looks for",
        (".just",),
        ("justfile", ".justfile"),
        ("just",),
    ),
    Kind(
        "env",
        "identify 2.6.20 identify/extensions.py; docker compose: .env files",
        (".env",),
        (".env.*", "env.example", "env.sample", "env.template"),
    ),
    Kind(
        "requirements",
        "pip docs/html/reference/requirements-file-format.md",
        (),
        ("*requirements*.txt", "*requirements*.in", "*constraints*.txt", "*constraints*.in"),
    ),
    Kind(
        "ini",
        "git-config(1) gitmodules(5); spaCy's configuration; Python's setup.cfg and tox.ini",
        (".cfg", ".ini"),
        (".gitmodules",),
    ),
    Kind(
        "markdown",
        "identify 2.6.20 identify/extensions.py",
        (".md", ".mdx", ".markdown", ".qmd", ".rmd"),
    ),
    Kind("rst", "identify 2.6.20 identify/extensions.py", (".rst",)),
    Kind(
        "html",
        "identify 2.6.20 identify/extensions.py",
        (".html", ".htm"),
        minified=True,
    ),
    Kind(
        "javascript",
        "identify 2.6.20 identify/extensions.py",
        (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".vue", ".svelte", ".astro"),
        programs=("node", "deno", "bun", "ts-node", "tsx"),
        minified=True,
    ),
)
