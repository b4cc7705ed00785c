"""Comments of build files: ids and addresses in them, for auditors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flake8_hfmodels.reference import Reference
from flake8_hfmodels.sources.mentions import addresses, names
from flake8_hfmodels.sources.placed import Placed


def prose_references(
    comments: Sequence[Placed], path: str, found: Sequence[Reference]
) -> list[Reference]:
    """What comments name and what has not been found at the same place of the file."""
    seen = set(_places(found))
    known = {repo_id for _line, repo_id in seen}
    made: list[Reference] = []
    for comment in comments:
        linked = _unseen(addresses(comment, path, loads=False), seen)
        known.update(repo_id for _line, repo_id in _places(linked))
        made.extend([*linked, *_unseen(names(comment, path, known.__contains__), seen)])
    return made


def _unseen(references: Iterable[Reference], seen: set[tuple[int, str]]) -> list[Reference]:
    """Those whose ids have not been seen in their lines; afterwards they have."""
    made = []
    for one in references:
        places = set(_places([one]))
        if seen.isdisjoint(places):
            made.append(one)
        seen |= places
    return made


def _places(references: Sequence[Reference]) -> Iterator[tuple[int, str]]:
    for reference in references:
        for written, target in reference.targets():
            yield written.span.line, target.repo_id.lower()
