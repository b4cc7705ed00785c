"""Whether a file could hold a reference at all: one look at its bytes, before any parsing."""

from __future__ import annotations

import re
import unicodedata

from flake8_hfmodels.loaders import ANYWHERE, DISTINCTIVE
from flake8_hfmodels.loaders.packages import PACKAGES

# Of rows that are known by class and method together, even where nothing imports that class.
_SPELLED_OUT = ("from_model2vec", "from_distillation", "load_adapter", "EvaluationSuite")

# A search for one substring is many times as fast as a pattern of alternatives.
_NAMES = tuple(name.encode() for name in (*DISTINCTIVE, *ANYWHERE, *_SPELLED_OUT))
_PACKAGE_NAMES = tuple(name.encode() for name in sorted(PACKAGES))
_IMPORT = re.compile(rf"(?:import|from|,)[\s\\]*(?:{'|'.join(sorted(PACKAGES))})\b".encode())
_COMMENT = re.compile(rb"[ \t\f]*#")
_COOKIE = re.compile(rb"coding[:=](?![ \t]*(?:utf-?8|ascii))", re.I)


def may_refer(data: bytes) -> bool:
    """Whether Python source could read from the Hub; most files need no parsing."""
    if _has_candidate(data) or _has_cookie(data):
        return True
    return not data.isascii() and _has_candidate(_as_python_reads(data))


def _has_candidate(data: bytes) -> bool:
    if any(name in data for name in _NAMES):
        return True
    return any(name in data for name in _PACKAGE_NAMES) and _IMPORT.search(data) is not None


def _has_cookie(data: bytes) -> bool:
    """Whether one of the first two lines names another coding than UTF-8 (PEP 263)."""
    lines = data[: data.find(b"\n", data.find(b"\n") + 1)].splitlines() or [data]
    return any(_COMMENT.match(line) and _COOKIE.search(line) for line in lines[:2])


def _as_python_reads(data: bytes) -> bytes:
    """Python takes letters of the same compatibility form for the same name (PEP 3131)."""
    return unicodedata.normalize("NFKC", data.decode("utf-8", "ignore")).encode()
