"""Whether the names of a repo's files can be written into a folder, and nowhere else. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from flake8_hfmodels.regex import regex

# https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file: names of devices, whatever
# stands behind a dot; a file must not end with a dot or a space.
_DEVICE = regex(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_DRIVE = regex(r"[A-Za-z]:")
_LONGEST_PART, _LONGEST = 255, 1024
"""Bytes of a name, which file systems take (ext4, APFS, NTFS), and of a path."""
_SHOWN = 120

_KEPT = (".cache/huggingface", ".huggingface")
"""Where huggingface_hub keeps what it knows of a download, which is removed after it."""


def refusal(paths: Iterable[str]) -> str:
    """Why a folder cannot have these files, by the first that it cannot; empty where it can.

    What only some systems cannot write is refused on all: a mirror is copied elsewhere.
    """
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        why = _of_one(path)
        if why:
            return f"{_shown(path)}: {why}"
        key = _key(path)
        other = seen.get(key) or folders.get(key)
        for above in _above(key):
            other = other or seen.get(above)
            folders.setdefault(above, path)
        if other is not None:
            return f"{_shown(path)}: some systems take it for {_shown(other)}"
        seen[key] = path
    return ""


def _of_one(path: str) -> str:
    parts = path.split("/")
    if path.startswith("/") or _DRIVE.match(path) or ".." in parts:
        return "it leads out of the folder"
    if not path.isprintable():
        return "it holds control characters"
    if "\\" in path or "" in parts or "." in parts:
        return "it is no plain path"
    if len(path.encode()) > _LONGEST or any(len(one.encode()) > _LONGEST_PART for one in parts):
        return "it is too long"
    if any(one.casefold() == ".git" for one in parts):
        return "git keeps its own files there"
    if any(f"{path.casefold()}/".startswith(f"{one}/") for one in _KEPT):
        return "huggingface_hub keeps its own files there"
    if any(_DEVICE.fullmatch(one.split(".")[0].rstrip()) for one in parts):
        return "Windows has a device of this name"
    if any(one.endswith((".", " ")) for one in parts):
        return "Windows has no names that end so"
    return ""


def _key(path: str) -> str:
    """What a path is to a file system that is lenient about letter case and accents."""
    return normalize("NFC", normalize("NFC", path).casefold())


def _above(key: str) -> Iterable[str]:
    parts = key.split("/")
    return ("/".join(parts[:number]) for number in range(1, len(parts)))


def _shown(path: str) -> str:
    return repr(path if len(path) <= _SHOWN else f"{path[:_SHOWN]}…")
