"""What a piece of source asks the Hub for, and where it says so."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Literal, TypeAlias

from flake8_hfmodels.loaders.row import Loader, RepoType
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, field

Scalar: TypeAlias = str | bool | None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: lines and columns count from 1, the end column is exclusive.

    Columns count characters, not bytes.
    """

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Written:
    """One value and the place where the source writes it.

    `path` is the file, where it is not the one that the reference stands in.
    """

    value: Scalar
    span: Span
    path: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The source says it: one value, or several where several are possible.

    Both arms of a conditional, every item of a literal list that a loop runs over. Not `closed`
    is what others can be passed instead of: a default argument, a default of the environment.
    """

    values: tuple[Written, ...]
    closed: bool = True

    def strings(self) -> tuple[Written, ...]:
        """The values that are text; `None` and flags are left out."""
        return tuple(written for written in self.values if isinstance(written.value, str))


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something is passed, and only the running program knows what.

    `hidden`: it may be in `**options`, and perhaps nothing is passed at all.
    """

    reason: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing is passed: the loader's own default applies."""


Value: TypeAlias = Known | Unknown | Absent
ABSENT = Absent()

Kind = Literal["call", "uri", "command", "config", "mention"]


class Confidence(Enum):
    """How sure we are that the source means what the finding says."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Target:
    """One question to the Hub: this repo at this revision (`None`: the default branch)."""

    repo_type: RepoType
    repo_id: str
    revision: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """One place in the source that makes a program read from the Hub.

    `call` is the callee as the source writes it. `local` says why nothing is downloaded
    (`None`: something is). `persona` is the least curious reader who wants to hear of a
    missing pin here. `unpickled_by` is the call that unpickles the file it downloads, as the
    source writes it. `cell`: in a notebook, the number of its cell and of the line in that cell,
    both from 1.
    """

    path: str
    span: Span
    kind: Kind
    loader: Loader
    call: str
    repo_id: Value
    repo_type: RepoType
    revision: Value
    code_revision: Value = ABSENT
    trust_remote_code: Value = ABSENT
    options: dict[str, Value] = field(default_factory=dict)
    local: str | None = None
    confidence: Confidence = Confidence.HIGH
    persona: Persona = Persona.REGULAR
    unpickled_by: str = ""
    cell: tuple[int, int] | None = None

    def targets(self) -> Iterator[tuple[Written, Target]]:
        """Every question that the Hub can be asked about it, beside where its id is written.

        A revision that only the running program knows is asked for as the default branch:
        whether the repo and its owner exist does not hang on it.
        """
        if self.local is not None or not isinstance(self.repo_id, Known):
            return
        places = {str(written.value): written for written in reversed(self.repo_id.strings())}
        for repo_id in reversed(places):
            for revision in self._revisions():
                yield places[repo_id], Target(self.repo_type, repo_id, revision)

    @property
    def is_certain(self) -> bool:
        """Whether there is no doubt that a repo is meant: a loader we know, an address."""
        return self.confidence is Confidence.HIGH or bool(self.loader.package)

    @property
    def callee(self) -> str:
        """What stands in the source, in words that a sentence can begin with."""
        match self.kind:
            case "call":
                return f"{self.call}()"
            case "command":
                return f"`{self.call}`"
            case "mention" if self.loader.package or self.call.isidentifier():
                return f"{self.call}()"
            case _:
                return self.call

    def says(self, ids: str) -> str:
        """The beginning of a sentence about it: `AutoModel.from_pretrained() loads 'org/model'`."""
        ids_in_call = isinstance(self.repo_id, Known) and any(
            str(one.value) in self.call for one in self.repo_id.strings()
        )
        if ids_in_call and self.kind in ("uri", "mention"):
            return f"{self.call} is {'read' if self.kind == 'uri' else 'named'}"
        return f"{self.callee} {'names' if self.kind == 'config' else 'loads'} {ids}"

    def option(self, name: str) -> Value:
        """What is passed for one of the loader's format options, such as `use_safetensors`."""
        return self.options.get(name, ABSENT)

    def _revisions(self) -> tuple[str | None, ...]:
        if not isinstance(self.revision, Known):
            return (None,)
        asked = (written.value for written in self.revision.values)
        return tuple(dict.fromkeys(value if isinstance(value, str) else None for value in asked))
