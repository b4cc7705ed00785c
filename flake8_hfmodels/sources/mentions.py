"""What any text says of the Hub by itself: addresses, and ids that are merely named."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flake8_hfmodels.loaders.mentions import FILE_URL, MEDIA, PAGE, SHOWN, TEXT, URI
from flake8_hfmodels.loaders.row import Loader, RepoType
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import (
    ABSENT,
    Confidence,
    Known,
    Reference,
    Span,
    Unknown,
    Value,
    Written,
)
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.text.links import Form, Link, find_links

ROWS: dict[Form, Loader] = {"uri": URI, "file": FILE_URL, "page": PAGE}


def addresses(text: Placed, path: str, loads: bool) -> Iterator[Reference]:
    """The addresses of repos in a text: `hf://…`, `https://huggingface.co/…`.

    `loads`: what reads the text follows them, so that a file's or an `hf://` address counts for
    everybody. A page is for auditors.
    """
    for link in find_links(text.text):
        yield linked(link, text.span(link.start, link.end), path, loads)


def linked(link: Link, span: Span, path: str, loads: bool) -> Reference:
    """The reference that an address is."""
    loads = loads and link.form != "page" and not SHOWN.search(link.text)
    persona = Persona.REGULAR if loads else Persona.AUDITOR
    if loads and MEDIA.search(link.text):
        persona = Persona.PEDANTIC
    return Reference(
        path=path,
        span=span,
        kind="uri" if loads else "mention",
        loader=ROWS[link.form],
        call=link.text,
        repo_id=Known((Written(link.repo_id, _name_in(span, link)),)),
        repo_type=link.repo_type,
        revision=_revision_of(link, span),
        persona=persona,
    )


def names(
    text: Placed, path: str, is_known: Callable[[str], bool] = lambda _id: False
) -> Iterator[Reference]:
    """The ids in prose, for auditors: those whose look or surroundings say that the Hub is meant.

    `is_known` says whether the file loads or links a repo elsewhere, by its id in lower case.
    """
    from flake8_hfmodels.sources.text.ids import find_ids

    for one in find_ids(text.text, lambda repo_id: is_known(repo_id.lower())):
        yield named(path, one.repo_id, text.span(one.start, one.end), one.repo_type)


def named(
    path: str,
    repo_id: str,
    span: Span,
    repo_type: RepoType,
    said: bool = False,
    revision: Value = ABSENT,
) -> Reference:
    """The reference that a text alone makes; `said`: a name beside it says what it is for."""
    return Reference(
        path=path,
        span=span,
        kind="mention",
        loader=TEXT,
        call=f"'{repo_id}'",
        repo_id=Known((Written(repo_id, span),)),
        repo_type=repo_type,
        revision=revision,
        confidence=Confidence.MEDIUM if said else Confidence.LOW,
        persona=Persona.PEDANTIC if said else Persona.AUDITOR,
    )


def _name_in(span: Span, link: Link) -> Span:
    """Where the id stands in an address, or the whole where the address is in pieces."""
    if span.line != span.end_line or span.end_column - span.column != len(link.text):
        return span
    begin = span.column + link.name - link.start
    return Span(span.line, begin, span.line, begin + len(link.repo_id))


def _revision_of(link: Link, span: Span) -> Value:
    if link.revision is None:
        return ABSENT
    return Known((Written(link.revision, span),)) if link.revision else Unknown("the address")
