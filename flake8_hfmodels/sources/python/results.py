"""What calls and operators come to: texts that are put together, functions, defaults."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known, Unknown, Value
from flake8_hfmodels.sources.python.arguments import sort_arguments
from flake8_hfmodels.sources.python.names import meaning
from flake8_hfmodels.sources.python.possibilities import MOST, merge, opened
from flake8_hfmodels.sources.python.scopes import Imported, Own, Scope
from flake8_hfmodels.sources.python.sequences import elements
from flake8_hfmodels.sources.python.texts import (
    CHANGING,
    LONGEST,
    changed,
    format_parts,
    joined_parts,
    percent_parts,
)
from flake8_hfmodels.sources.python.wording import last_word, words

if TYPE_CHECKING:
    from flake8_hfmodels.sources.python.values import Evaluator

MOST_RETURNS = 16
"""A function with more `return` statements than this is not followed."""

# Calls that return a default of theirs: docs.python.org, docs.pydantic.dev, typer.tiangolo.com.
_DEFAULTS = {
    "os.getenv": Param(("default",), 1),
    "os.environ.get": Param(("default",), 1),
    "builtins.getattr": Param((), 2),
    "dataclasses.field": Param(("default",)),
    "pydantic.Field": Param(("default",), 0),
    "typer.Option": Param(("default",), 0),
    "typer.Argument": Param(("default",), 0),
    "typing.cast": Param((), 1),
    "streamlit.text_input": Param(("value",), 1),
    "streamlit.sidebar.text_input": Param(("value",), 1),
}

# Calls that return one of the items that they are given: docs.streamlit.io, docs.python.org.
_CHOICES = {
    "streamlit.selectbox": Param(("options",), 1),
    "streamlit.radio": Param(("options",), 1),
    "streamlit.sidebar.selectbox": Param(("options",), 1),
    "streamlit.sidebar.radio": Param(("options",), 1),
    "random.choice": Param(("seq",), 0),
}


def text_of(evaluator: Evaluator, node: ast.expr, scope: Scope, depth: int) -> Value:
    """A text that is made of others."""
    parts: Sequence[ast.expr] | None
    match node:
        case ast.JoinedStr(values=pieces) if not evaluator.is_spent(len(pieces)):
            parts = joined_parts(node)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            parts = (left, right)
        case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str()) as template, right=right):
            parts = percent_parts(template, right)
        case _:
            parts = None
    if parts is None:
        return Unknown(words(node))
    return concatenated(evaluator, node, parts, scope, depth)


def concatenated(
    evaluator: Evaluator, node: ast.expr, parts: Sequence[ast.expr], scope: Scope, depth: int
) -> Value:
    """All the texts that parts come to when they are put one behind the other."""
    if evaluator.is_spent(len(parts)):
        return Unknown(words(node))
    texts = [""]
    closed = True
    for part in parts:
        value = evaluator.value(part, scope, depth - 1)
        closed = closed and isinstance(value, Known) and value.closed
        tails = [str(one.value) for one in value.strings()] if isinstance(value, Known) else []
        texts = [text + tail for text in texts for tail in tails]
        if not 0 < len(texts) <= MOST or max(map(len, texts)) > LONGEST:
            return Unknown(words(node))
    return Known(tuple(evaluator.written(text, node, scope) for text in texts), closed)


def result_of(evaluator: Evaluator, node: ast.Call, scope: Scope, depth: int) -> Value:
    """What a call comes to, as far as its text says it."""
    match node:
        case ast.Call(func=ast.Name(id="str"), args=[only], keywords=[]):
            return evaluator.value(only, scope, depth - 1)
        case ast.Call(func=ast.Attribute(value=base, attr="get"), args=[key], keywords=[]):
            return evaluator.item(base, key, scope, depth)
        case ast.Call(func=ast.Attribute(value=base, attr="get"), args=[key, other]) if (
            last_word(base) != "environ"
        ):
            found = evaluator.item(base, key, scope, depth)
            if isinstance(key, ast.Constant) and isinstance(found, Known) and found.closed:
                return found
            return merge([found, evaluator.value(other, scope, depth - 1)])
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()) as text, attr=method)):
            return _of_text(evaluator, node, text, method, scope, depth)
        case ast.Call(func=ast.Attribute(value=base, attr=method), args=args, keywords=[]) if (
            method in CHANGING
        ):
            return _all_changed(evaluator.value(base, scope, depth - 1), method, args)
        case _:
            return _of_function(evaluator, node, scope, depth)


def _of_text(
    evaluator: Evaluator, node: ast.Call, text: ast.Constant, method: str, scope: Scope, depth: int
) -> Value:
    if method == "format" and not evaluator.is_spent(len(node.args) + len(node.keywords)):
        parts = format_parts(node, text)
        if parts is not None:
            return concatenated(evaluator, node, parts, scope, depth)
    if method == "join" and len(node.args) == 1:
        found = elements(node.args[0], scope, evaluator, depth - 1)
        if found and all(home is scope for _node, home in found):
            between = [one for item, _home in found for one in (text, item)][1:]
            return concatenated(evaluator, node, between, scope, depth)
    return _all_changed(evaluator.value(text, scope, depth - 1), method, node.args)


def _of_function(evaluator: Evaluator, node: ast.Call, scope: Scope, depth: int) -> Value:
    """What a function returns: one of this project, or one whose default we know."""
    of = meaning(node.func, scope)
    if isinstance(of, Own) and isinstance(of.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        returns = evaluator.returned(node, scope)
        if id(of.body) in evaluator.frames or len(returns) > MOST_RETURNS:
            return Unknown(words(node))
        with evaluator.called_with(of.body, sort_arguments(node, scope, evaluator)):
            return evaluator.any_of(returns, depth - 1)
    name = of.dotted if isinstance(of, Imported) else ""
    given = _argument(node, _DEFAULTS.get(name)) or _made_by_factory(node)
    if given is not None:
        return opened(evaluator.value(given, scope, depth - 1))
    offered = _argument(node, _CHOICES.get(name))
    if offered is not None:
        return evaluator.any_of(elements(offered, scope, evaluator, depth - 1) or (), depth)
    return Unknown(words(node))


def _made_by_factory(node: ast.Call) -> ast.expr | None:
    """What `default_factory=lambda: ...` makes."""
    factories = [one.value for one in node.keywords if one.arg == "default_factory"]
    return factories[0].body if factories and isinstance(factories[0], ast.Lambda) else None


def _argument(node: ast.Call, param: Param | None) -> ast.expr | None:
    if param is None:
        return None
    for keyword in node.keywords:
        if keyword.arg in param.names:
            return keyword.value
    if param.position is None or param.position >= len(node.args):
        return None
    return node.args[param.position]


def _all_changed(value: Value, method: str, arguments: Sequence[ast.expr]) -> Value:
    """Every text of a value after one of the methods that texts have."""
    if not isinstance(value, Known):
        return value
    made = [(one, changed(str(one.value), method, arguments)) for one in value.strings()]
    if not made or any(text is None for _one, text in made):
        return Unknown(f"a text after {method}()")
    return Known(tuple(replace(one, value=text) for one, text in made), value.closed)
