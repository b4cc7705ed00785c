"""One file that is looked at, and what can be wrong with it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file could not be looked at: one line for people. `line` 0: the file as a whole."""

    path: str
    message: str
    line: int = 0
