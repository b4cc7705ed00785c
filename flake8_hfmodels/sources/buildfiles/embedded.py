"""Files that a build file writes: their text, read by what their name says they are."""

from __future__ import annotations

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.recognition import LONGEST_FIRST_LINE, kind_of_name, kind_of_program
from flake8_hfmodels.sources.source import TextSource

_READ: frozenset[KindName] = frozenset(
    {"python", "shell", "yaml", "json", "toml", "ini", "env", "requirements"}
)
"""Those that hold no build files in turn."""


def file_references(
    text: Placed, name: str, source: TextSource, everything: bool
) -> list[Reference]:
    """The references in a file of this name, which a part of the source is the text of."""
    kind = kind_of_name(name) or kind_of_program(
        text.text[:LONGEST_FIRST_LINE].encode("utf-8", "replace")
    )
    if kind not in _READ:
        return []
    if kind == "python":
        from flake8_hfmodels.sources.python.fragment import fragment_references

        return fragment_references(text, source.context(everything), source.find_module)
    from flake8_hfmodels.sources.reading import references

    lines = tuple(text.text.splitlines())
    written = TextSource(source.path, kind, text, lines, source.is_folder, source.find_module)
    return references(written, everything)
