"""All that is known of one repo that somebody asks about, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from flake8_hfmodels.asked_id import Asked
from flake8_hfmodels.facts import (
    Code,
    Facts,
    Found,
    Lacking,
    Missing,
    Moved,
    Owner,
    Publisher,
    Repo,
    Unavailable,
)
from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.inspecting.families import Format, Pickle, Read
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass

OwnerNow: TypeAlias = Publisher | Literal[Owner.GONE] | Unavailable
"""Who stands behind the namespace of an id, if anybody does."""

KEPT_BACK = Unavailable("never-ask keeps this name at home")
PLACEHOLDER = Unavailable("its owner is a placeholder, as documentation has them")

State = Literal["found", "moved", "orphaned", "gone", "missing", "no revision", "unknown"]
"""How it is with a repo, in a word for programs."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding against a repo.

    `is_conditional`: only if trust_remote_code is passed. `base`: the model that it is about,
    where that is one below an adapter.
    """

    finding: Finding
    is_conditional: bool = False
    base: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """The worst finding, and all others; never a sum of them.

    `level` is `None` where nothing can be said of the repo. `otherwise` is the level where code of
    the repo is not let run. `lacks` says what is not known, a line each.
    """

    level: Severity | None
    otherwise: Severity | None
    reasons: tuple[Reason, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """A model that the repo was made of, or is put on (`is_loaded`), and how it is with that."""

    repo_id: str
    facts: Facts
    is_loaded: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """A repo whose code would run, this one or another, and what was found in that code."""

    repo_id: str
    facts: Facts

    @property
    def code(self) -> Code | Unavailable | None:
        """What was found in it; `None` where nothing would run, or nobody looked."""
        return self.facts.code if isinstance(self.facts, (Found, Moved)) else None


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: a command, or a piece of code to paste, and what for."""

    text: str
    why: str
    is_command: bool = True


@dataclass(frozen=True, slots=True)
class Dossier:
    """One repo, looked at.

    `facts` are of the asked revision, `head` of the default branch. `owner` is that of the name
    that answers, or that was asked for; `None`: a name without a namespace, or nobody was asked.
    `bases_left_out` more are named. `holders` are the repos whose code would run.
    `elsewhere` are the types under which the same id is there, where it is not under the asked one.
    """

    asked: Asked
    facts: Facts
    head: Facts
    owner: OwnerNow | None
    bases: tuple[Base, ...]
    bases_left_out: int
    holders: tuple[Holder, ...]
    formats: tuple[Format, ...]
    reads: tuple[Read, ...]
    pickles: tuple[Pickle, ...]
    elsewhere: tuple[RepoType, ...]
    risk: Risk
    steps: tuple[Step, ...]

    @property
    def is_stale(self) -> bool:
        """Whether an old answer of the cache stands for the Hub's."""
        return any(one.stale for one in (self.facts, self.head) if not isinstance(one, Unavailable))


def state_of(facts: Facts) -> State:
    """How it is with a repo: orphaned is one that moved out of a namespace nobody owns."""
    match facts:
        case Found():
            return "found"
        case Moved(old_owner=Owner.GONE):
            return "orphaned"
        case Moved():
            return "moved"
        case Missing(owner=Owner.GONE):
            return "gone"
        case Missing(what=Lacking.REVISION):
            return "no revision"
        case Missing():
            return "missing"
        case _:
            return "unknown"


def told(facts: Facts, repo_id: str) -> str:
    """How it is with a repo, in words."""
    owner = repr(repo_id.partition("/")[0])
    match facts:
        case Found():
            return "there"
        case Moved(repo=repo, old_owner=Owner.GONE):
            return f"nobody owns {owner} any more; until somebody does, it redirects to {repo.id}"
        case Moved(repo=repo):
            return f"has moved to {repo.id}"
        case Missing(owner=Owner.GONE):
            return f"not there, and nobody owns {owner}: anybody can register the name"
        case Missing(what=Lacking.REVISION):
            return "there, without that revision"
        case Missing(with_token=True):
            return "not there, or the token may not see it"
        case Missing():
            return "not there, or private: nobody asked with a token"
        case _:
            return unknown(facts.why)


def unknown(why: str) -> str:
    """Words for what is not known."""
    return f"not known ({why})"


def code_files(repo: Repo) -> Iterator[tuple[str, str]]:
    """The files that `auto_map` lets run, each with the repo that holds it."""
    found = ((code.rpartition("--")) for _class, code in repo.auto_map)
    pairs = (
        (other or repo.id, f"{dotted.rpartition('.')[0]}.py")
        for other, _dashes, dotted in found
        if "." in dotted
    )
    yield from dict.fromkeys(pairs)
