"""A piece of a notebook to its references, by the reader of its language."""

from __future__ import annotations

from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.sources.notebook.folders import folders_in
from flake8_hfmodels.sources.notebook.magics import Piece
from flake8_hfmodels.sources.source import TextSource


def piece_references(piece: Piece, source: TextSource, everything: bool) -> list[Reference]:
    """The references in a piece, at their places in the file."""
    if not piece.text.text.strip():
        return []
    folders = folders_in(source)

    def is_folder(path: str) -> bool:
        return path.removeprefix("./").rstrip("/") in folders or source.is_folder(path)

    context = replace(source.context(everything), is_folder=is_folder)
    match piece.kind:
        case "python":
            from flake8_hfmodels.sources.python.fragment import fragment_references

            return fragment_references(piece.text, context, source.find_module)
        case "shell":
            from flake8_hfmodels.sources.shell.script import script_references

            return script_references(piece.text, context)
        case "markdown":
            from flake8_hfmodels.sources.manual.markdown import text_references

            return text_references(piece.text, context)
        case None | "notebook":
            from flake8_hfmodels.sources.manual.prose import with_prose

            return with_prose([], piece.text, context)
        case kind:
            from flake8_hfmodels.sources.reading import references

            lines = tuple(piece.text.text.splitlines())
            written = replace(source, kind=kind, text=piece.text, lines=lines, is_folder=is_folder)
            return references(written, everything)
