"""The addresses of files on the Hub that commands are given: `curl`, `wget` and whatever else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flake8_hfmodels.loaders.mentions import mentions_hub
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.sources.mentions import linked
from flake8_hfmodels.sources.shell.documents import is_silent
from flake8_hfmodels.sources.shell.syntax import Simple
from flake8_hfmodels.sources.shell.word import HOLE, Text
from flake8_hfmodels.sources.text.links import find_links


def address_references(commands: Iterable[Simple], path: str) -> Iterator[Reference]:
    """What commands read at an address; not those that only show it."""
    for command in commands:
        texts = [choice for word in command.words for choice in word.choices]
        telling = [text for text in texts if mentions_hub(text.text)]
        if telling and not is_silent([word.text for word in command.words[:1]]):
            for text in telling:
                yield from _read(text, path)


def _read(text: Text, path: str) -> Iterator[Reference]:
    words = any(character.isspace() for character in text.text)
    for link in find_links(text.text.replace(HOLE, "$")):
        # A sentence with the address of a file in it is one that people read.
        if link.form == "uri" or (link.form == "file" and not words):
            span = text.part(link.start, link.end).span()
            shown = link.text.replace("$", "…") if HOLE in text.text else link.text
            yield linked(replace(link, text=shown), span, path, loads=True)
