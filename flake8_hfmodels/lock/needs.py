"""What the code needs of the lock: which targets, which of their files, and where. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from flake8_hfmodels.companions import base_targets, code_targets, repo_of
from flake8_hfmodels.facts import Facts
from flake8_hfmodels.lock.fetched import fetched, loadable
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Reference, Target


@dataclass(frozen=True, slots=True)
class Need:
    """What is needed of one target.

    `files` are those that are fetched, `places` where the code says so: path and line.
    """

    files: set[str] = field(default_factory=set)
    places: list[tuple[str, int]] = field(default_factory=list)

    @property
    def paths(self) -> set[str]:
        """The files of the project that need it."""
        return {path for path, _line in self.places}


def needs_of(
    references: Iterable[Reference], facts: Mapping[Target, Facts]
) -> Mapping[Target, Need]:
    """What references need of the targets that were asked about for them: those with facts."""
    found: dict[Target, Need] = {}
    for ref in references:
        for target, files in _needed(ref, facts):
            need = found.setdefault(target, Need())
            need.files.update(files)
            need.places.append((ref.path, ref.span.line))
    return found


def _needed(
    ref: Reference, facts: Mapping[Target, Facts]
) -> Iterator[tuple[Target, Collection[str]]]:
    """Each target of a reference and of what it brings along, and what of it is fetched."""
    for _written, target in ref.targets():
        if target not in facts:
            continue
        repo = repo_of(facts[target])
        yield target, () if repo is None else fetched(ref, repo.files)
        if repo is None:
            continue
        for code in code_targets(ref, target, repo):
            if code in facts:
                yield code, [one for one in _files(facts[code]) if one.endswith(".py")]
        for base in base_targets(ref, repo):
            if base in facts:
                yield base, loadable(_files(facts[base]))


def _files(facts: Facts) -> Collection[str]:
    repo = repo_of(facts)
    return () if repo is None else repo.files
