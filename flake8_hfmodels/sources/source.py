"""One file that is looked at, and what can be wrong with it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass


def no_folder(_path: str) -> bool:
    """Know of no folder: what a source without a place on disk asks."""
    return False


@dataclass(frozen=True, slots=True, eq=False)
class PythonSource:
    """Python that has been parsed: its lines without line ends, as the parser counts them."""

    path: str
    lines: tuple[str, ...]
    tree: ast.Module
    is_folder: Callable[[str], bool] = no_folder


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file could not be looked at: one line for people. `line` 0: the file as a whole."""

    path: str
    message: str
    line: int = 0
