"""The files of a repo beside each other: what one of them takes of another one."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Mapping

from flake8_hfmodels.facts import Danger
from flake8_hfmodels.hazards.hiding import decoded
from flake8_hfmodels.hazards.meaning import Meaning, Spent
from flake8_hfmodels.hazards.parsing import parsed
from flake8_hfmodels.hazards.scopes import Layout
from flake8_hfmodels.hazards.texts import Text

MOST_TOGETHER = 2_000_000
"""Bytes of the files that are kept in mind at a time; more than any honest repo has."""

MOST_PARTS = 12
"""Parts of the longest name that is looked up; in a circle, names grow without end."""

MOST_ASKED = 10_000
"""How many names of files are looked up in others."""


class Files:
    """Finds what files of a repo hold, by the names that they have in Python.

    A name that begins with a slash is one of the repo: `/p/helper.py:run`.
    """

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        self._texts = texts
        self._spent = Spent()
        self._left = MOST_TOGETHER
        self._names: dict[str, frozenset[str]] = {}
        self._said: dict[str, Text | None] = {}
        self._meanings: dict[str, Meaning | None] = {}

    def meaning(self, path: str, tree: ast.Module) -> Meaning:
        """What the expressions of a file stand for, whose syntax tree the caller has."""
        return self._meanings.get(path) or Meaning(Layout(tree), path, self, self._spent)

    def own(self, path: str, name: str) -> str | None:
        """The name in the repo of what a file imports by a name, if that is in the repo."""
        plain = name.lstrip(".")
        folder = posixpath.dirname(path)
        for _ in range(len(name) - len(plain) - 1):
            folder = posixpath.dirname(folder)
        return self._within(folder, plain.split("."))

    @property
    def is_tired(self) -> bool:
        """Whether the files are too entangled to be followed to the end."""
        return len(self._names) > MOST_ASKED or self._left < 0

    def names(self, own: str) -> frozenset[str]:
        """What a name of the repo stands for."""
        if own not in self._names and not self.is_tired:
            self._names[own] = frozenset()  # of what stands for itself
            self._names[own] = self._found(own)
        return self._names.get(own, frozenset())

    def _found(self, own: str) -> frozenset[str]:
        file, parts = _split(own)
        meaning = self._opened(file) if 0 < len(parts) <= MOST_PARTS else None
        if meaning is None:
            return frozenset()
        found = meaning.exported(parts)
        if not found and posixpath.basename(file) == "__init__.py":
            beside = self._within(posixpath.dirname(file), parts)
            return frozenset() if beside is None else frozenset({beside}) | self.names(beside)
        return found

    def text(self, own: str) -> Text | None:
        """The text that a name of the repo stands for."""
        if own not in self._said:
            self._said[own] = None  # of what is made of itself
            file, parts = _split(own)
            meaning = self._opened(file) if len(parts) == 1 else None
            self._said[own] = None if meaning is None else meaning.exported_text(parts[0])
        return self._said[own]

    def _within(self, folder: str, parts: list[str]) -> str | None:
        for number in range(len(parts), 0, -1):
            stem = posixpath.join(folder, *parts[:number])
            for file in (f"{stem}.py", f"{stem}/__init__.py"):
                if file in self._texts:
                    return f"/{file}:{'.'.join(parts[number:])}"
        return None

    def _opened(self, file: str) -> Meaning | None:
        if file not in self._meanings:
            data = self._texts[file]
            self._left -= len(data)
            text, _trouble = decoded(file, data)
            tree = parsed(file, text)
            if isinstance(tree, Danger) or self._left < 0:
                self._meanings[file] = None
            else:
                self._meanings[file] = self.meaning(file, tree)
        return self._meanings[file]


def _split(own: str) -> tuple[str, list[str]]:
    file, _, rest = own[1:].partition(":")
    return file, [part for part in rest.split(".") if part]
