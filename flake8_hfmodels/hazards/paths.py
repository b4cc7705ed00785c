"""Where the paths lead that expressions make, as far as the repo itself says it."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_hfmodels.hazards.meaning import Meaning
from flake8_hfmodels.hazards.places import (
    ELSEWHERE,
    HOMES,
    JOINING_PATHS,
    OF_ONE_PATH,
    VARIABLE_GETTERS,
)
from flake8_hfmodels.hazards.scopes import Value
from flake8_hfmodels.hazards.texts import LONGEST

UNKNOWN = "*"
"""What stands for the parts of a path that nobody knows."""


class Paths:
    """Says of the expressions of one file what paths they make. Nothing is run."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._outlines: dict[ast.expr, str] = {}

    def beginnings(self, node: ast.expr) -> list[str]:
        """How the paths begin that an expression makes; empty texts where that is not known."""
        texts = [one for one in self._meaning.texts(node) if isinstance(one, str)]
        return texts or [self.outline(node).partition(UNKNOWN)[0]]

    def outline(self, node: ast.expr) -> str:
        """The path or text that an expression makes, with `*` for what is not known of it."""
        if node not in self._outlines:
            self._outlines[node] = UNKNOWN  # of what is made of itself
            text = self._meaning.text(node)
            known = text.decode("latin-1") if isinstance(text, bytes) else text
            found = known or self._meaning.deeper(lambda: self._made(node), UNKNOWN)
            self._outlines[node] = found[:LONGEST]
        return self._outlines[node]

    def _made(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                match self._meaning.layout.scope(node).look_up(name):
                    case [Value(node=value, whole=True)]:
                        return self.outline(value)
                    case _:
                        return self._elsewhere(node)
            case ast.Attribute(value=value, attr="parent" | "parents"):
                return self.outline(value)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self.outline(left) + self.outline(right)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return self._joined([left, right])
            case ast.BinOp(left=left, op=ast.Mod(), right=ast.Tuple(elts=parts)):
                return self._filled(left, "%s", parts)
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                return self._filled(left, "%s", [right])
            case ast.JoinedStr(values=values):
                return "".join(self.outline(one) for one in values)
            case ast.FormattedValue(value=value):
                return self.outline(value)
            case ast.Subscript(value=value, slice=key):
                is_variable = "os.environ" in self._meaning.names(value)
                return self._variable(key) if is_variable else self._elsewhere(value)
            case ast.Call(func=func, args=args):
                return self._called(node, func, args)
            case _:
                return self._elsewhere(node)

    def _called(self, call: ast.Call, func: ast.expr, args: list[ast.expr]) -> str:
        functions = self._meaning.names(func)
        if functions & VARIABLE_GETTERS and args:
            return self._variable(args[0])
        if functions & JOINING_PATHS:
            return self._joined(args)
        if functions & OF_ONE_PATH and args:
            return self.outline(args[0])
        match func:
            case ast.Attribute(value=value, attr="joinpath"):
                return self._joined([value, *args])
            case ast.Attribute(value=value, attr="expanduser" | "resolve" | "absolute"):
                return self.outline(value)
            case ast.Attribute(value=value, attr="format"):
                return self._filled(value, "{}", args)
            case _:
                return self._elsewhere(call)

    def _joined(self, parts: Sequence[ast.expr]) -> str:
        """Parts of a path, of which one that leads elsewhere makes those before it void."""
        outlines = [self.outline(one) for one in parts]
        last = max((number for number, one in enumerate(outlines) if is_outside(one)), default=0)
        return "/".join(outlines[last:])

    def _filled(self, template: ast.expr, place: str, parts: Sequence[ast.expr]) -> str:
        first, *others = self.outline(template).split(place)
        outlines = [*(self.outline(one) for one in parts), *([UNKNOWN] * len(others))]
        return first + "".join(map(str.__add__, outlines, others))

    def _variable(self, key: ast.expr) -> str:
        named = (HOMES[one] for one in self._meaning.texts(key) if one in HOMES)
        return next(named, UNKNOWN)

    def _elsewhere(self, node: ast.expr) -> str:
        """A place of the machine that a library knows: its own, say, or where others are."""
        for name in sorted(self._meaning.names(node)):
            if name in ELSEWHERE:
                return ELSEWHERE[name]
            is_library = name.endswith(".__file__") and name[0] not in "./"
            if is_library and not name.startswith("builtins."):
                return f"<{name}>"
        return UNKNOWN


def is_outside(path: str) -> bool:
    """Whether a path leads out of the folder that a program stands in, beyond doubt.

    What is written to a device goes nowhere.
    """
    plain = path.replace("\\", "/")
    is_there = plain.startswith(("/", "~", "../", "<")) or plain[1:3] == ":/"
    return is_there and not plain.startswith("/dev/")
