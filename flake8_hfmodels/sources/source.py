"""One file that is looked at."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.sources.paths import is_local_path
from flake8_hfmodels.sources.placed import Placed

if TYPE_CHECKING:
    from flake8_hfmodels.reference import Reference
    from flake8_hfmodels.sources.python.scopes import FindModule


def no_module(_dotted: str) -> None:
    """Know of no other module: what a source without a place on disk asks."""


def no_folder(_path: str) -> bool:
    """Know of no folder: what a source without a place on disk asks."""
    return False


@dataclass(frozen=True, slots=True, eq=False)
class PythonSource:
    """Python that has been parsed: its lines without line ends, as the parser counts them.

    `is_folder` says whether a relative path names a folder beside the file or at the root;
    `find_module` finds the other modules of its project.
    """

    path: str
    lines: tuple[str, ...]
    tree: ast.Module
    is_folder: Callable[[str], bool] = no_folder
    find_module: FindModule = no_module


@dataclass(frozen=True, slots=True, eq=False)
class SkimmedSource:
    """Python that can load nothing, and what its docstrings and comments say of the Hub."""

    path: str
    lines: tuple[str, ...]
    references: Sequence[Reference]


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader of a text is told besides the text.

    path: the file, as it is given. is_folder: whether a relative path names a folder beside it or
    at the root. everything: also what merely could name a repo is wanted (pedantic, auditor).
    depth: in how many other files this one stands, each written by the one around it.
    """

    path: str
    is_folder: Callable[[str], bool] = no_folder
    everything: bool = False
    depth: int = 0

    def is_local(self, text: str) -> bool:
        """Whether a text can only be a path on this machine, or names a folder that is there."""
        return is_local_path(text) or self.is_folder(text)


@dataclass(frozen=True, slots=True, eq=False)
class TextSource:
    """Any file but a Python one: what it is, its text, and its lines without line ends.

    `depth`: in how many other files it stands, as a here-document in a script.
    """

    path: str
    kind: KindName
    text: Placed
    lines: tuple[str, ...]
    is_folder: Callable[[str], bool] = no_folder
    find_module: FindModule = no_module
    depth: int = 0

    def context(self, everything: bool) -> Context:
        """What a reader of it is told."""
        return Context(self.path, self.is_folder, everything, self.depth)


Source: TypeAlias = PythonSource | SkimmedSource | TextSource
