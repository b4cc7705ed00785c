"""What a string must look like to be the id of a repo, or a full commit hash."""

from __future__ import annotations

import re

from flake8_hfmodels.regex import regex

_NAME = regex(r"(?:[\w.\-]{1,96}/)?[\w.\-]{1,96}", re.ASCII)
_DIGITS = "0123456789abcdef"
_HEX = regex(r"[0-9a-fA-F]{5,40}")
_FILE = regex(
    r"\.(?:bin|ckpt|cfg|csv|gz|h5|jsonl?|keras|md|msgpack|npy|npz|onnx|parquet|pickle|pkl|pth?|py"
    r"|safetensors|tar|tflite|tsv|txt|xml|ya?ml|zip)",
    re.IGNORECASE,
)


def is_repo_id(text: str) -> bool:
    """Whether the Hub could have a repo of this id: `name` or `namespace/name`.

    The rules are those of huggingface_hub's `validate_repo_id`; a test holds the two together.
    """
    return (
        _NAME.fullmatch(text) is not None
        and "--" not in text
        and ".." not in text
        and not text.endswith(".git")
        and all(part and part[0] not in "-." and part[-1] not in "-." for part in text.split("/"))
    )


def is_commit_hash(revision: str) -> bool:
    """Whether a revision names one commit for ever: 40 lowercase hex digits, nothing less.

    huggingface_hub takes only this form for immutable (`REGEX_COMMIT_HASH`).
    """
    return len(revision) == 40 and not revision.strip(_DIGITS)


def is_hexadecimal(revision: str) -> bool:
    """Whether a revision looks like a shortened commit hash."""
    return _HEX.fullmatch(revision) is not None


def names_a_file(text: str) -> bool:
    """Whether a string ends as files of data, weights or code do."""
    dot = text.rfind(".")
    return dot > 0 and _FILE.fullmatch(text[dot:]) is not None


def owner_of(repo_id: str) -> str:
    """The account that an id names; empty for one of the first names, which have none."""
    return repo_id.partition("/")[0] if "/" in repo_id else ""
