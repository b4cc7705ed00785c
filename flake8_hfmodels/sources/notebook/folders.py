"""The folders that the code of a notebook writes: what it loads from them is no repo."""

from __future__ import annotations

from functools import lru_cache

from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS
from flake8_hfmodels.loaders.likeness import FIRST_DATASETS, SHORT_NAMES
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.notebook.cells import cells_of
from flake8_hfmodels.sources.source import TextSource
from flake8_hfmodels.sources.text.likeness import Likeness, likeness

# Arguments of functions, options of commands, and the commands that make folders.
_WRITTEN = regex(
    r"(?:\.save|save_(?:pretrained|adapter|model|to_disk)\w*)\(\s*"
    r"[\"'](?P<saved>[^\"'\n]{1,200})[\"']"
    r"|(?:output|local|save)[-_]dir(?:ectory)?[\"']?(?:\s*[=:,]\s*|[ ]+)"
    r"[\"']?(?P<option>[\w./-]{1,200})"
    r"|\bmkdir[ ]+(?:-p[ ]+)?[\"']?(?P<made>[\w./-]{1,200})"
    r"|\bgit[ ]+clone[ ]+(?:-\S+[ ]+){0,9}\S{1,300}?/(?P<cloned>[\w.-]{1,96}?)(?:\.git)?/?"
    r"(?=[ ]*(?:[\r\n;&|#]|\Z))"
)
_FIRST = FIRST_REPOS | FIRST_DATASETS | SHORT_NAMES


@lru_cache(maxsize=1)
def folders_in(source: TextSource) -> frozenset[str]:
    """The relative paths that the code of a notebook writes to, unless they look like ids."""
    found = {
        match.group(match.lastgroup or 0).removeprefix("./").rstrip("/")
        for cell in cells_of(source)
        if cell.kind == "code"
        for match in _WRITTEN.finditer(cell.source.text)
    }
    return frozenset(name for name in found if not _is_id(name))


def _is_id(name: str) -> bool:
    return name in _FIRST or ("/" in name and likeness(name) is not Likeness.NONE)
