"""References of one command line that differ in nothing but the id become one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known, Reference, Unknown


def merged(references: Iterable[Reference]) -> list[Reference]:
    """The references, those of one place with several ids put together."""
    alike: dict[Hashable, list[Reference]] = {}
    for reference in references:
        alike.setdefault(_but_for_the_id(reference), []).append(reference)
    return [_together(several) for several in alike.values()]


def _together(alike: Sequence[Reference]) -> Reference:
    if len(alike) == 1:
        return alike[0]
    known = [one.repo_id for one in alike if isinstance(one.repo_id, Known)]
    if len(known) < len(alike):
        return replace(alike[0], repo_id=Unknown("decided at run time"))
    values = dict.fromkeys(value for one in known for value in one.values)
    closed = all(one.closed for one in known)
    return replace(alike[0], repo_id=Known(tuple(values), closed))


def _but_for_the_id(one: Reference) -> Hashable:
    return (
        *(one.path, one.span, one.kind, one.call, one.repo_type, one.local, one.unpickled_by),
        *(one.revision, one.code_revision, one.trust_remote_code, one.confidence, one.persona),
        *(one.loader.package, one.loader.name, tuple(one.options.items())),
    )
