"""What stands behind an expression: whether a decoder made it, or a path."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_hfmodels.hazards.meaning import Meaning
from flake8_hfmodels.hazards.names import DECODERS, DECODING_METHODS
from flake8_hfmodels.hazards.places import PATHS
from flake8_hfmodels.hazards.scopes import Made, Value
from flake8_hfmodels.hazards.spelling import number_of

MOST_STEPS = 50_000
"""How many nodes are looked at, for all of a file, in search of decoders and paths."""


class Origins:
    """Looks behind the expressions of one file. Nothing is run."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._steps = MOST_STEPS

    @property
    def is_tired(self) -> bool:
        """Whether the file was too much to be followed to the end."""
        return self._steps <= 0

    def is_decoded(self, node: ast.expr) -> bool:
        """Whether an expression is made by a decoder, in as many steps as the file has."""
        return any(self._decodes(one) for one in self._behind(node))

    def is_path(self, node: ast.expr) -> bool:
        """Whether an expression is made of a path of `pathlib`."""
        return any(
            isinstance(one, ast.Name | ast.Attribute) and self._meaning.names(one) & PATHS
            for one in self._behind(node)
        )

    def _behind(self, node: ast.expr) -> Iterator[ast.AST]:
        """The nodes of an expression, and of what the names in it are bound to, each once."""
        seen: set[ast.AST] = set()
        todo: list[ast.AST] = [node]
        while todo and not self.is_tired:
            one = todo.pop()
            self._steps -= 1
            if one in seen:
                continue
            seen.add(one)
            yield one
            todo.extend(ast.iter_child_nodes(one))
            if isinstance(one, ast.Name):
                todo.extend(self._origins(one))

    def _decodes(self, node: ast.AST) -> bool:
        match node:
            case ast.Call(func=func):
                is_decoder = not self._meaning.names(func).isdisjoint(DECODERS)
                return is_decoder or self._unrots(node)
            case ast.Name() | ast.Attribute():
                return "builtins.chr" in self._meaning.names(node)
            case ast.BinOp(op=ast.BitXor()):
                return True
            case ast.Slice(step=ast.expr() as step):
                return number_of(step) == -1
            case _:
                return False

    def _unrots(self, call: ast.Call) -> bool:
        """Whether `.decode("rot13")` and its like are called."""
        match call:
            case ast.Call(func=ast.Attribute(attr="decode"), args=[name, *_]):
                codec = str(self._meaning.text(name)).lower().replace("_", "")
                return codec in _CONCEALING
            case ast.Call(func=ast.Attribute(attr=method)):
                return method in DECODING_METHODS
            case _:
                return False

    def _origins(self, node: ast.Name) -> Iterator[ast.AST]:
        for one in self._meaning.layout.scope(node).look_up(node.id) or ():
            match one:
                case Value(node=value):
                    yield value
                case Made(node=ast.FunctionDef() as made):
                    yield made
                case _:
                    pass


_CONCEALING = frozenset({"rot13", "hex", "base64", "zlib", "bz2", "zip"})
