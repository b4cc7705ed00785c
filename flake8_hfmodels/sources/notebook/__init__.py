"""Notebooks to references: each cell is read in its language, the code that runs together."""

from __future__ import annotations

from collections.abc import Collection

from flake8_hfmodels.loaders.mentions import TEXT
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.sources.manual.prose import of_somebody
from flake8_hfmodels.sources.notebook.cells import trouble
from flake8_hfmodels.sources.notebook.folders import folders_in
from flake8_hfmodels.sources.notebook.languages import piece_references
from flake8_hfmodels.sources.notebook.lines import cell_lines, excerpt, in_cells, statements
from flake8_hfmodels.sources.notebook.pieces import pieces_in
from flake8_hfmodels.sources.source import TextSource

__all__ = ["cell_lines", "excerpt", "references", "statements", "trouble"]


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in the cells of a notebook, each with its cell and the line in it."""
    found = [
        one for piece in pieces_in(source) for one in piece_references(piece, source, everything)
    ]
    folders = folders_in(source)
    return in_cells(
        source, (one for one in of_somebody(found, is_run=True) if not _is_folder(one, folders))
    )


def _is_folder(reference: Reference, folders: Collection[str]) -> bool:
    """Whether a text that nothing loads is a folder that the notebook writes."""
    return reference.loader is TEXT and all(
        written.value in folders for written, _ in reference.targets()
    )
