"""Where a person reads a line of a repo's file."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import RepoType

HUB = "https://huggingface.co"
"""The Hub's own pages; a mirror has none."""

_PREFIXES: dict[RepoType, str] = {"model": "", "dataset": "datasets/", "space": "spaces/"}
_AS_IT_IS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/")


def blob_page(repo_type: RepoType, repo_id: str, commit: str, path: str, line: int) -> str:
    """The page of a file at a commit, at a line of it."""
    where = f"{_PREFIXES.get(repo_type, 'kernels/')}{repo_id}/blob/{commit}"
    return f"{HUB}/{where}/{_quoted(path)}#L{line}"


def _quoted(path: str) -> str:
    if _AS_IT_IS.issuperset(path):
        return path
    from urllib.parse import quote  # slow to import, and hardly ever needed

    return quote(path)
