"""The classes of one file: which of them an expression is or is made by, and what they hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_hfmodels.hazards.scopes import Bound, Layout, Made, Own, Value

MOST_STEPS = 100
"""How many expressions are looked at in search of the class of one."""

MOST_BASES = 20
"""How many classes are looked at for what one of them holds."""


class Classes:
    """Says what the file itself says of the classes that it defines."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lines: dict[ast.ClassDef, list[ast.ClassDef]] = {}
        self._assigned: dict[tuple[ast.ClassDef, str], list[Value]] = {}
        for target, value in layout.attributes:
            for one in self.of(target.value):
                self._assigned.setdefault((one, target.attr), []).append(value)

    def of(self, node: ast.expr) -> list[ast.ClassDef]:
        """The classes that an expression may be, or may be an instance of."""
        found = (one.node for one in self.behind(node) if isinstance(one, Made | Own))
        return list(dict.fromkeys(one for one in found if isinstance(one, ast.ClassDef)))

    def behind(self, node: ast.expr) -> Iterator[Bound]:
        """What an expression is bound to, by other names, or by a call of it."""
        seen: set[ast.expr] = set()
        todo = [node]
        while todo and len(seen) < MOST_STEPS:
            one = todo.pop()
            if one in seen:
                continue
            seen.add(one)
            match one:
                case ast.Name(id=name):
                    bounds = (self._layout.scope(one).look_up(name) or [])[:MOST_STEPS]
                    todo.extend(bound.node for bound in bounds if isinstance(bound, Value))
                    yield from bounds
                case ast.Call(func=func):
                    todo.append(func)
                case ast.Lambda():
                    yield Value(one)
                case _:
                    pass

    def member(self, holder: ast.ClassDef, name: str) -> Sequence[Bound]:
        """What an attribute of a class or of its instances may be."""
        found: list[Bound] = []
        for one in self._line(holder):
            found += self._layout.members[one].names.get(name, ())
            found += self._assigned.get((one, name), ())
        return found

    def _line(self, holder: ast.ClassDef) -> list[ast.ClassDef]:
        """A class and those of this file that it is derived from."""
        if holder in self._lines:
            return self._lines[holder]
        line = [holder]
        for one in line:  # it grows meanwhile
            bases = (base for node in one.bases for base in self.of(node))
            line.extend(base for base in dict.fromkeys(bases) if base not in line)
            if len(line) > MOST_BASES:
                break
        self._lines[holder] = line[:MOST_BASES]
        return self._lines[holder]
