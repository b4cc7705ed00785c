"""Where the answers are kept."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from flake8_hfmodels.hub.schema import NAME

if TYPE_CHECKING:
    from pathlib import Path

_OURS = "flake8-hfmodels"
_SCHEME = "sqlite://"


def is_url(where: Path | str) -> bool:
    """Whether it is the URL of a backend, and no folder."""
    return isinstance(where, str) and "://" in where


def file_of(where: Path | str) -> Path | None:
    """The file that answers are kept in, or `None` where it is for a server to know.

    `sqlite:///folder/name` is the file of that absolute path.
    """
    from pathlib import Path

    if not is_url(where):
        return Path(where) / NAME
    from urllib.parse import unquote

    url = str(where)
    path = Path(unquote(url[len(_SCHEME) :]))
    is_name = path.is_absolute() and path.name and "\0" not in str(path)
    return path if url.casefold().startswith(_SCHEME) and is_name else None


def own_folder() -> Path:
    """The folder for the answers where nobody names another: the user's cache on this system."""
    from pathlib import Path

    return Path(own_place())


def own_place() -> str:
    """The same as a text, which is no URL.

    On Linux it is known without platformdirs, whose import takes half of a warm lookup, and
    without pathlib, which takes a quarter of it.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ and named[:1] in ("", "/"):
        # platformdirs 4.14 unix.py; specifications.freedesktop.org/basedir-spec
        folder = os.path.join(named or os.path.expanduser("~/.cache"), _OURS)
        while "//" in folder:
            folder = folder.replace("//", "/")
        return folder
    from platformdirs import user_cache_dir

    return user_cache_dir(_OURS)
