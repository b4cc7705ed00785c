"""Which files of a repo are mirrored, and by which hash each is known. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fnmatch import fnmatchcase

from flake8_hfmodels.facts import Blob
from flake8_hfmodels.lock.audit import differ
from flake8_hfmodels.record import dataclass, replace


@dataclass(frozen=True, slots=True)
class Expected:
    """A file as it has to be; `by_lock`: the lock says so, and not only the Hub."""

    blob: Blob
    by_lock: bool = False


def chosen(
    paths: Collection[str],
    allow: Sequence[str],
    ignore: Sequence[str],
    only: Collection[str] | None = None,
) -> list[str]:
    """The paths that a pattern allows and none excludes, in order.

    Patterns are those of huggingface_hub: `*` matches slashes too, and a folder ends with one.
    """
    return sorted(
        path
        for path in paths
        if (only is None or path in only)
        and (not allow or _matches(path, allow))
        and not _matches(path, ignore)
    )


def expected(
    paths: Collection[str], here: Mapping[str, Blob], locked: Mapping[str, Blob]
) -> tuple[list[Expected], list[str]]:
    """How each file has to be, and the paths of those of which nobody tells the hash."""
    known: list[Expected] = []
    unknown: list[str] = []
    for path in paths:
        told, ours = here.get(path), locked.get(path)
        if ours is not None and _has_hash(ours):
            size = told.size if ours.size is None and told is not None else ours.size
            known.append(Expected(replace(ours, size=size), by_lock=True))
        elif told is not None and _has_hash(told):
            known.append(Expected(told))
        else:
            unknown.append(path)
    return known, unknown


def disagreeing(here: Mapping[str, Blob], locked: Mapping[str, Blob]) -> list[str]:
    """The locked files that the Hub describes otherwise, or that it does not have any more."""
    return sorted(
        path
        for path, blob in locked.items()
        if here and (path not in here or differ(blob, here[path]))
    )


def _matches(path: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(path, f"{one}*" if one.endswith("/") else one) for one in patterns)


def _has_hash(blob: Blob) -> bool:
    return bool(blob.sha256 or blob.blob_id)
