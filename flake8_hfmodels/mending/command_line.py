"""Whether a command line names its repo by a place among its words, or behind a flag."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader
from flake8_hfmodels.regex import regex

FLAG_BEFORE = regex(r"(?<![\w-])(--?[\w-]+)[\"',]*(?:\s|\\\r?\n)+[\"']?\Z")
"""The flag that a word may be the value of."""


def is_by_place(loader: Loader, flag: str | None) -> bool:
    """Whether a name stands for itself, and is not the value of the flag before it."""
    by_place = any(param.position is not None for param in loader.repo_id)
    return by_place and not any(flag in param.names for param in loader.repo_id)
