"""Addresses that are followed, in texts that are put together from several places."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known, Reference, Written
from flake8_hfmodels.sources.mentions import linked
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.shell.word import HOLE
from flake8_hfmodels.sources.text.links import find_links


def followed(text: Placed, path: str) -> Iterator[Reference]:
    """The addresses in a text that something downloads, each with its id where that stands."""
    for link in find_links(text.text.replace(HOLE, "$")):
        shown = text.text[link.start : link.start + len(link.text)].replace(HOLE, "…")
        span = text.span(link.start, link.start + len(link.text))
        at = text.span(link.name, link.name + len(link.repo_id))
        made = linked(replace(link, text=shown), span, path, loads=True)
        yield replace(made, repo_id=Known((Written(link.repo_id, at),)))
