"""Files of which no value is read from the Hub, and how much of a file is looked at."""

from __future__ import annotations

# What package managers and other programs write for themselves: docs.npmjs.com, yarnpkg.com,
# getcomposer.org, python-poetry.org, docs.astral.sh/uv, pixi.sh, docs.deno.com, bun.sh, dvc.org,
# pnpm.io. What they fetch is pinned by the hashes in them.
LOCK_FILES = (
    *("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "composer.lock"),
    *("poetry.lock", "uv.lock", "pdm.lock", "cargo.lock", "pixi.lock", "conda-lock.yml"),
    *("deno.lock", "bun.lock", "pipfile.lock", "dvc.lock", "*.dvc", "flake.lock", "gemfile.lock"),
    *("packages.lock.json", "project.assets.json", "tsconfig*.json", ".eslintrc*", ".babelrc"),
    *("vocab.json", "tokenizer.json", "added_tokens.json", "special_tokens_map.json"),
    *("*.index.json", "composer.json"),
    # Kaggle's and renovate's own files: what they name is theirs, or in registries.
    *("kernel-metadata.json", "dataset-metadata.json", "model-instance-metadata.json"),
    *("renovate.json", "renovate.json5"),
    # The contents of manuals: doc-builder, mkdocs, docusaurus, Read the Docs.
    *("_toctree.yml", "_redirects.yml", "mkdocs.yml", "mkdocs.yaml", "sidebars.json"),
)
"""Nothing in them is a reference but addresses, for auditors."""

# wandb, mlflow, lightning, hydra, syrupy and jest, vcr, lm-eval, DVC's checkpoints of runs.
RECORD_FOLDERS = frozenset(
    """
    wandb mlruns lightning_logs .hydra __snapshots__ cassettes recordings results eval_results
    benchmarks_results leaderboard leaderboards
    """.split()
)
"""Folders of what programs have written down of their runs: it is read by people."""

RECORD_KEYS = frozenset(
    """
    column end_line end_column severity downloads likes created_at last_modified timestamp score
    scores accuracy f1 f1_score bleu rouge average win_rate elo latency throughput elapsed
    tokens_per_second peak_memory
    """.split()
)
"""A key beside it that only results, reports and lists of what others have made hold."""

# lm_eval 0.4.13 lm_eval/loggers; lighteval 0.13.0 lighteval/logging/info_loggers.py.
RUN_KEYS = frozenset(
    """
    git_hash lighteval_sha lm_eval_version model_name_sanitized model_num_parameters
    total_evaluation_time_seconds total_evaluation_time_secondes task_hashes
    """.split()
)
"""A key beside it, or around it, that only the report of one run holds."""

MOST_ITEMS = 500
"""A longer list, or a mapping of as many mappings, holds data: it is not looked at in detail."""

MOST_KEYS = 5000
"""A mapping with more keys is a vocabulary or a table."""

MOST_NEIGHBOURS = 100
"""In a mapping with more keys, one says nothing of another."""

MOST_VARIABLES = 200
"""More variables of the environment than this are not looked at in one mapping."""

LONGEST_VALUE = 20_000
"""Characters of the longest value that is searched for ids."""
