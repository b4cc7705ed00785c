"""What people read in a file: addresses, and ids that are merely named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from flake8_hfmodels.loaders.likeness import BLANKS, YOURS
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known, Reference, Span
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.mentions import linked, named
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.source import Context
from flake8_hfmodels.sources.text.ids import find_ids
from flake8_hfmodels.sources.text.likeness import is_placeholder
from flake8_hfmodels.sources.text.links import Link, find_links

_CUT = regex(r"\.\w|[-.]*\*")
"""What follows the beginning of a name that is no whole one: `owner/name-*`."""


Said = set[tuple[int, str]]
"""Ids, in lower case, with the lines in which they stand."""


def said(found: Iterable[Reference]) -> Said:
    """The ids that references name, with the lines in which they stand."""
    return {
        (written.span.line, str(written.value).lower())
        for one in found
        if isinstance(one.repo_id, Known)
        for written in one.repo_id.strings()
    }


def with_prose(found: list[Reference], text: Placed, context: Context) -> list[Reference]:
    """References, and with them what people read in a text: what merely could be an id as well.

    What the references name already is not said again in the same line.
    """
    found = with_addresses(found, text, context)
    return with_names(found, text, context) if context.everything else found


def with_addresses(found: list[Reference], text: Placed, context: Context) -> list[Reference]:
    """References, and with them the addresses in a text, which nothing loads."""
    before = said(found)
    links = (
        shown(link, text.span(link.start, link.end), context.path) for link in find_links(text.text)
    )
    return [*found, *(one for one in links if not said([one]) <= before)]


def shown(link: Link, span: Span, path: str) -> Reference:
    """An address that people follow: that of a file is worth a closer look."""
    reference = linked(link, span, path, loads=False)
    return reference if link.form == "page" else replace(reference, persona=Persona.PEDANTIC)


def with_names(
    found: list[Reference],
    text: Placed,
    context: Context,
    is_other: Callable[[int, str], bool] = lambda _place, _repo_id: False,
) -> list[Reference]:
    """References, and with them the ids that a text names once in a line.

    `is_other` says of the id that begins at a place of the text that it means something else.
    """
    before = said(found)
    known = {repo_id for _line, repo_id in before}
    result = [*found]
    for one in find_ids(text.text, lambda repo_id: repo_id.lower() in known):
        span = text.span(one.start, one.end)
        place = (span.line, one.repo_id.lower())
        is_other_s = place[1] not in known and is_ambiguous(one.repo_id)
        is_cut = _CUT.match(text.text, one.end) is not None
        if place in before or is_other_s or is_cut or is_other(one.start, one.repo_id):
            continue
        before.add(place)
        result.append(named(context.path, one.repo_id, span, one.repo_type))
    return result


def is_ambiguous(repo_id: str) -> bool:
    """Whether a word alone does not say the Hub: other projects have weights of these names."""
    return repo_id.lower().startswith("gpt2")


def of_somebody(found: Iterable[Reference], is_run: bool = False) -> Iterator[Reference]:
    """References without those that name only what stands for the reader's own.

    `is_run`: they stand in what is run as it is, such as a notebook. Then `acme/model` is loaded
    from whoever has that name.
    """
    for one in found:
        values = one.repo_id.strings() if isinstance(one.repo_id, Known) else ()
        runs = is_run and one.kind in ("call", "command")
        if not values or not all(_is_yours(str(written.value), runs) for written in values):
            yield one


def _is_yours(repo_id: str, is_run: bool) -> bool:
    """Whether an id begins as those that readers are to replace.

    `org/model` is none of them: manuals write it in code that is to be taken for real.
    """
    owner = repo_id.partition("/")[0]
    if owner == repo_id or is_run:
        return YOURS.match(owner) is not None or (is_run and owner.lower() in BLANKS)
    return owner.lower() != "org" and is_placeholder(owner)
