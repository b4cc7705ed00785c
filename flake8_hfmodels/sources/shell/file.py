"""Shell files to references."""

from __future__ import annotations

from flake8_hfmodels.reference import Reference
from flake8_hfmodels.sources.shell.script import script_references
from flake8_hfmodels.sources.source import TextSource


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a shell script."""
    return script_references(source.text, source.context(everything))
