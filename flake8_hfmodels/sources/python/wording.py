"""Expressions in a few words, for messages and for guesses by name."""

from __future__ import annotations

import ast


def words(node: ast.expr, depth: int = 6) -> str:
    """A few words for an expression, as the source has it; the far end of a long one is cut."""
    match node:
        case ast.Name(id=name):
            return name
        case _ if depth == 0:
            return "…"
        case ast.Attribute(value=base, attr=attribute):
            return f"{words(base, depth - 1)}.{attribute}"
        case ast.Call(func=callee):
            return f"{words(callee, depth - 1)}()"
        case ast.Subscript(value=base):
            return f"{words(base, depth - 1)}[…]"
        case _:
            return "…"


def last_word(node: ast.expr) -> str:
    """The last name in an expression: `model` for `self.args.model`, `load` for `x.load()`."""
    return words(node).rpartition(".")[2].rstrip("()")


def called(callee: ast.expr) -> str:
    """A callee in the source's words, at most its class and its method."""
    return ".".join(words(callee).split(".")[-2:])
