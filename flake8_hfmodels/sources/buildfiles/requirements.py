"""Requirements files of pip to references."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.buildfiles.prose import prose_references
from flake8_hfmodels.sources.mentions import addresses
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.source import Context, TextSource

# pip docs/html/reference/requirements-file-format.md.
_COMMENT = regex(r"(?:^|\s)#.*")
_REPOSITORY = regex(r"git\+[^\s;]+")
_HASH = regex(r"(?:\s--hash[= ]\s*|#)sha(?:256|384|512)[:=]")
_INDEX = regex(r"\s*(?:-f|-i|--find-links|--index-url|--extra-index-url)(?:[ =]|$)")


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a requirements file."""
    context = source.context(everything)
    comments: list[Placed] = []
    made: list[Reference] = []
    for line in _logical_lines(source.text, comments):
        made.extend(required(line, context))
    if not everything:
        return made
    return [*made, *prose_references(comments, source.path, made)]


def _logical_lines(text: Placed, comments: list[Placed]) -> Iterator[Placed]:
    """Lines as pip reads them: without comments, and put together where one goes on."""
    parts: list[Placed] = []
    for line in text.lines():
        comment = _COMMENT.search(line.text)
        end = len(line.text) if comment is None else comment.start()
        if comment is not None:
            comments.append(line.part(comment.start(), len(line.text)))
        goes_on = comment is None and line.text.endswith("\\")
        parts.append(line.part(0, end - goes_on))
        if not goes_on:
            yield joined(parts)
            parts = []
    yield joined(parts)


def required(line: Placed, context: Context) -> Iterator[Reference]:
    """What one requirement is installed from."""
    from flake8_hfmodels.sources.shell.script import words_references

    repository = _REPOSITORY.search(line.text)
    if repository is not None:
        url = line.part(*repository.span())
        place = url.at(0)
        words = [inserted("pip", *place), inserted("install", *place), url]
        span = url.span(0, len(url.text))
        yield from (replace(one, span=span) for one in words_references(words, context))
        return
    by_content = _HASH.search(line.text) is not None
    for found in addresses(line, context.path, loads=True):
        if by_content and found.kind == "uri":
            yield replace(found, persona=Persona.PEDANTIC)
        elif found.kind == "mention" and _INDEX.match(line.text):
            yield replace(found, kind="uri", persona=Persona.REGULAR)
        else:
            yield found
