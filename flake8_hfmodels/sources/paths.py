"""Which texts can only be paths on this machine, by their form alone."""

from __future__ import annotations

from flake8_hfmodels.repo_id import is_repo_id, names_a_file


def is_local_path(text: str) -> bool:
    """Whether a string can only be a path on this machine."""
    return begins_path(text) or "\\" in text or names_a_file(text) or not is_repo_id(text)


def begins_path(text: str) -> bool:
    """Whether a string begins as paths do: `./`, `/`, `~`, a drive."""
    return text.startswith(("./", "../", "/", "~", "file:")) or text[1:3] in (":\\", ":/")
