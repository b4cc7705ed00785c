"""Two locks that are to be one: after a merge of git, and where two runs write at once. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.facts import Blob
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.reading import has_conflicts, mark_of, parse
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Target

_BEGIN, _BASE, _MIDDLE, _END = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_BY_HAND = (
    "has merge conflicts that cannot be told apart; take one side (`git checkout --ours`, or"
    " `--theirs`) and run `hfmodels lock`"
)


@dataclass(frozen=True, slots=True)
class United:
    """Both sides of a merge: what they agree on, and pairs of entries that differ."""

    lock: Lock
    differing: tuple[tuple[Entry, Entry], ...] = ()
    had_conflicts: bool = False


def united(path: str, text: str) -> United:
    """The lock that a text holds, also where git left both sides of a merge in it.

    Raises `ConfigurationError`.
    """
    if not has_conflicts(text):
        return United(parse(path, text))
    try:
        ours, theirs = (parse(path, "\n".join(_side(text, mark))) for mark in (_MIDDLE, _BEGIN))
    except ConfigurationError as error:
        raise ConfigurationError(f"{path}: {_BY_HAND}") from error
    found = dict(ours.by_target)
    differing: list[tuple[Entry, Entry]] = []
    for target, entry in theirs.by_target.items():
        both = _both(found[target], entry) if target in found else entry
        if both is None:
            differing.append((found.pop(target), entry))
        else:
            found[target] = both
    further = dict([*theirs.further, *ours.further])
    return United(Lock(path, tuple(found.values()), tuple(further.items())), tuple(differing), True)


def merged(base: Lock, ours: Lock, theirs: Lock) -> Lock:
    """Our changes and those that somebody else wrote meanwhile; of two for one entry, ours."""
    one, other = _changes(base, ours), _changes(base, theirs)
    entries = {**base.by_target, **other, **one}
    return replace(ours, entries=tuple(entry for entry in entries.values() if entry is not None))


def _changes(base: Lock, new: Lock) -> Mapping[Target, Entry | None]:
    """What is other than it was; `None`: gone."""
    every = dict.fromkeys((*base.by_target, *new.by_target))
    pairs = ((one, base.by_target.get(one), new.by_target.get(one)) for one in every)
    return {target: after for target, before, after in pairs if before != after}


def _side(text: str, unwanted: str) -> Iterator[str]:
    """The lines of one side; `unwanted` is the mark with which those of the other begin."""
    part = ""
    for line in text.split("\n"):
        mark = mark_of(line)
        if mark:
            part = "" if mark == _END else mark
        elif part not in (unwanted, _BASE):
            yield line


def _both(one: Entry, other: Entry) -> Entry | None:
    """What two entries say together; `None` where they contradict each other."""
    if _bare(one) != _bare(other):
        return None
    blobs: dict[str, Blob] = {}
    for blob in (*one.files, *other.files):
        if blobs.setdefault(blob.path, blob) != blob:
            return None
    names = {*one.others, *other.others} - blobs.keys()
    return replace(
        one,
        files=tuple(blobs[path] for path in sorted(blobs)),
        others=tuple(sorted(names)),
        used_by=_sorted(one.used_by, other.used_by),
    )


def _bare(entry: Entry) -> Entry:
    return replace(entry, files=(), others=(), used_by=())


def _sorted(*some: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({one for each in some for one in each}))
