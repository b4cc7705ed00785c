"""What goes into a bill of materials: each repo at each commit once, and where the code names it.

Pure: references and what is known of them go in, values come out; both formats are made of these.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from flake8_hfmodels.companions import base_targets, code_targets, repo_of
from flake8_hfmodels.facts import Blob, Facts, Lacking, Missing, Unavailable
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.lock.answers import facts_of
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.lock.needs import Need, needs_of
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import ABSENT, Absent, Reference, Target, Unknown, Value
from flake8_hfmodels.repo_id import is_commit_hash, is_repo_id

Pin = Literal["true", "false", "unknown"]
"""Whether a full commit hash stands in the code; it may be known to the running program alone."""

HUB = "https://huggingface.co"
"""The Hub that is meant where no other is named."""

NOT_ASKED = "the Hub was not asked about it"
_MISSING = {
    Lacking.REPO: "the Hub shows no such repo",
    Lacking.REVISION: "the repo has no such revision",
}
_NO_COMMIT = "the Hub does not say at which commit it is"


class InvalidBillError(ValueError):
    """A document is not as its format wants it: a mistake of ours."""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """A place in the project that makes a program load something.

    `path` has slashes, from the root of the project on; `symbol` is the call as the source writes
    it. `revision` is what is asked for, empty for the default branch.
    """

    path: str
    line: int
    symbol: str
    pin: Pin
    revision: str

    @property
    def says(self) -> str:
        """What the code says of the revision, in words."""
        if self.pin == "unknown":
            return "revision known at run time only"
        return f"revision {self.revision}" if self.revision else "no revision"


@dataclass(frozen=True, slots=True)
class Material:
    """A repo at a commit, or a name of which nobody knows more.

    `entry` is what is known, as a lock has it; without it `why` says why there is none, and `id`
    is the name that the code has. `files` are those that are loaded, without hashes where nobody
    knows them. `names` and `revisions` are as the code has them. `loads` are the keys of what is
    loaded along with it: code, or the model that an adapter is put on. `is_named`: the code names
    it itself. `base_models` are what it was made of, by its card.
    """

    key: str
    endpoint: str
    repo_type: RepoType
    id: str
    entry: Entry | None
    why: str
    files: tuple[Blob, ...]
    names: tuple[str, ...]
    revisions: tuple[str, ...]
    occurrences: tuple[Occurrence, ...]
    loads: tuple[str, ...]
    is_named: bool
    is_locked: bool
    base_models: tuple[str, ...]

    @property
    def commit(self) -> str:
        """The full commit hash, empty where nobody knows it."""
        return "" if self.entry is None else self.entry.commit

    @property
    def pin(self) -> Pin:
        """Whether every place pins it."""
        pins = {one.pin for one in self.occurrences}
        return "false" if "false" in pins else "unknown" if "unknown" in pins else "true"


@dataclass(frozen=True, slots=True)
class Bill:
    """A whole bill; `unnamed` are loads whose repo the source does not say."""

    project: str
    version: str
    tool: str
    created: datetime
    materials: tuple[Material, ...]
    unnamed: tuple[Occurrence, ...]

    @property
    def content(self) -> str:
        """All but the moment: equal for equal bills."""
        return repr((self.project, self.version, self.tool, self.materials, self.unnamed))


@dataclass(frozen=True, slots=True)
class Gathered:
    """References that were asked about together, and what came of it.

    `entries` are of the targets whose commit is known, `facts` of all that were asked about.
    """

    references: Sequence[Reference]
    facts: Mapping[Target, Facts]
    entries: Mapping[Target, Entry]
    endpoint: str
    is_locked: bool


NameOf = Callable[[str], str]
"""Says what a file is called in the bill."""


def counted(references: Iterable[Reference], with_mentions: bool) -> list[Reference]:
    """The references that load something; with mentions, those too that only name a repo."""
    return [
        ref
        for ref in references
        if ref.local is None
        and ref.is_certain
        and (ref.persona is Persona.REGULAR or ref.kind == "mention")
        and (with_mentions or (ref.loader.downloads and ref.kind != "mention"))
    ]


def unnamed(references: Iterable[Reference], name_of: NameOf) -> tuple[Occurrence, ...]:
    """The places that load a repo which only the running program, or the library, knows."""
    found = {
        _occurrence(ref, name_of, "unknown", "")
        for ref in references
        if ref.local is None
        and ref.loader.downloads
        and (
            isinstance(ref.repo_id, Unknown)
            or (isinstance(ref.repo_id, Absent) and ref.loader.default_model)
        )
    }
    return tuple(sorted(found))


def materials_of(gathered: Iterable[Gathered], name_of: NameOf) -> tuple[Material, ...]:
    """The materials that references stand for, in an order that is always the same."""
    drafts: dict[str, _Draft] = {}
    for one in gathered:
        _Making(one, drafts, name_of).run()
    return tuple(drafts[key].done() for key in sorted(drafts))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A material while places are still added to it."""

    key: str
    endpoint: str
    target: Target
    entry: Entry | None
    why: str
    locked: set[bool] = field(default_factory=set)
    named: set[bool] = field(default_factory=set)
    files: dict[str, Blob] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    revisions: set[str] = field(default_factory=set)
    occurrences: set[Occurrence] = field(default_factory=set)
    loads: set[str] = field(default_factory=set)

    def done(self) -> Material:
        repo = None if self.entry is None else facts_of(self.entry).repo
        return Material(
            key=self.key,
            endpoint=self.endpoint,
            repo_type=self.target.repo_type,
            id=self.target.repo_id if self.entry is None else self.entry.id,
            entry=self.entry,
            why=self.why,
            files=tuple(self.files[path] for path in sorted(self.files)),
            names=tuple(sorted(self.names)),
            revisions=tuple(sorted(self.revisions)),
            occurrences=tuple(sorted(self.occurrences)),
            loads=tuple(sorted(self.loads - {self.key})),
            is_named=any(self.named),
            is_locked=all(self.locked),
            base_models=() if repo is None else tuple(filter(is_repo_id, repo.base_models)),
        )


class _Making:
    """Adds what one group of references stands for to the drafts of all."""

    def __init__(self, one: Gathered, drafts: dict[str, _Draft], name_of: NameOf) -> None:
        self.one = one
        self.drafts = drafts
        self.name_of = name_of
        self.needs = needs_of(one.references, one.facts)

    def run(self) -> None:
        for ref in self.one.references:
            for _written, target in ref.targets():
                draft = self._added(ref, target, ref.revision, is_named=True)
                for other, value in self._along(ref, target):
                    draft.loads.add(self._added(ref, other, value, is_named=False).key)

    def _along(self, ref: Reference, target: Target) -> Iterator[tuple[Target, Value]]:
        """What is loaded along with a repo, each with the revision that the code gives it."""
        facts = self.one.facts.get(target)
        repo = None if facts is None else repo_of(facts)
        if repo is not None:
            yield from ((one, ref.code_revision) for one in code_targets(ref, target, repo))
            yield from ((one, ABSENT) for one in base_targets(ref, repo))

    def _added(self, ref: Reference, target: Target, value: Value, is_named: bool) -> _Draft:
        entry = self.one.entries.get(target)
        key = _key(self.one.endpoint, target, entry)
        draft = self.drafts.get(key)
        if draft is None:
            why = "" if entry is not None else _why(self.one.facts.get(target))
            draft = self.drafts[key] = _Draft(key, self.one.endpoint, target, entry, why)
        draft.locked.add(self.one.is_locked)
        draft.named.add(is_named)
        draft.names.add(target.repo_id)
        draft.revisions.add(target.revision or "")
        draft.occurrences.add(
            _occurrence(ref, self.name_of, _pin(target, value), target.revision or "")
        )
        if entry is not None:
            draft.files.update(_files(entry, self.needs.get(target, Need()).files))
        return draft


def _key(endpoint: str, target: Target, entry: Entry | None) -> str:
    """What tells materials apart: the repo at its commit, or the question; and whose answer it is.

    An endpoint has a colon and slashes, an id has not.
    """
    hub = "" if endpoint == HUB else f"{endpoint}/"
    if entry is not None:
        return f"{hub}{target.repo_type}/{entry.id}@{entry.commit}"
    return f"{hub}{target.repo_type}/{target.repo_id.casefold()}?{target.revision or ''}"


def _why(facts: Facts | None) -> str:
    """Why there is no entry."""
    if facts is None:
        return NOT_ASKED
    if isinstance(facts, Unavailable):
        return facts.why
    return _MISSING[facts.what] if isinstance(facts, Missing) else _NO_COMMIT


def _pin(target: Target, value: Value) -> Pin:
    if target.revision is not None and is_commit_hash(target.revision):
        return "true"
    return "unknown" if isinstance(value, Unknown) else "false"


def _occurrence(ref: Reference, name_of: NameOf, pin: Pin, revision: str) -> Occurrence:
    return Occurrence(name_of(ref.path), ref.span.line, ref.call, pin, revision)


def _files(entry: Entry, wanted: Collection[str]) -> Iterator[tuple[str, Blob]]:
    """The files that are loaded, by their paths; of some nobody knows a hash."""
    yield from ((path, Blob(path, None, "")) for path in entry.others if path in wanted)
    yield from ((one.path, one) for one in entry.files if one.path in wanted)
