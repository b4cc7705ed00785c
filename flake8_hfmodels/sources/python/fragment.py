"""A piece of Python that stands in another file: a notebook's cells, `python -c`, a manual."""

from __future__ import annotations

from flake8_hfmodels.reference import Reference, Span
from flake8_hfmodels.sources import python
from flake8_hfmodels.sources.placed import Placed, whole_file
from flake8_hfmodels.sources.python.parse import parse_text
from flake8_hfmodels.sources.python.scopes import FindModule
from flake8_hfmodels.sources.relocation import relocated
from flake8_hfmodels.sources.source import Context, PythonSource, no_module


def fragment_references(
    code: Placed, context: Context, find_module: FindModule = no_module
) -> list[Reference]:
    """The references in a piece of Python at their places in the file; none if it is no Python."""
    source = parse_text(context.path, code.text)
    if not isinstance(source, PythonSource):
        return []
    found = python.references(
        source.tree,
        source.lines,
        context.path,
        context.is_folder,
        find_module,
        context.everything,
    )
    starts = [stretch.start for stretch in whole_file(code.text).stretches]

    def moved(span: Span) -> Span:
        start = starts[span.line - 1] + span.column - 1
        end = starts[span.end_line - 1] + span.end_column - 1
        return code.span(start, end)

    return [relocated(reference, moved) for reference in found]
