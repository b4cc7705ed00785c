"""Who calls a function of this file, and what for its parameters; what its caller may leave out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.names import meaning
from flake8_hfmodels.sources.python.scopes import CallHere, Own, Scope, Survey

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_NOTHING = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])

MOST_CALLERS = 32
"""A function with more calls than this is everybody's: what it is passed is not followed."""


@dataclass(slots=True)
class Callers:
    """The calls of the functions of one surveyed module."""

    survey: Survey
    known: dict[int, Sequence[CallHere]] = field(default_factory=dict)

    def calls(self, body: Scope) -> Sequence[CallHere]:
        """The calls of the function with this body; none where there are too many to follow."""
        key = id(body.node)
        if key not in self.known:
            self.known[key] = ()  # while a function is found out that calls itself
            self.known[key] = tuple(self._calls(body))
        return self.known[key]

    def _calls(self, body: Scope) -> Iterator[CallHere]:
        if not isinstance(body.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return
        around = body.parent
        name = body.node.name
        wanted: ast.AST = body.node
        if name == "__init__" and around is not None and isinstance(around.node, ast.ClassDef):
            name, wanted = around.node.name, around.node
        if len(self.survey.called.get(name, ())) > MOST_CALLERS:
            return
        for call, scope in self.survey.calls_with({name}):
            of = meaning(call.func, scope)
            if isinstance(of, Own) and of.node is wanted and not of.instance:
                yield call, scope


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters of one function.

    `positions` are where its calls pass them, `None` by name only; `self` and `cls`, which the
    dot before a method fills in, do not count. `decorated` are the defaults that decorators
    give: click's `@click.option("--model", default=…)`.
    """

    positions: Mapping[str, int | None]
    decorated: Mapping[str, Here]

    @classmethod
    def of(cls, body: Scope) -> Signature:
        """Read the signature of the function with this body, once."""
        node = body.node
        arguments = node.args if isinstance(node, FUNCTIONS) else _NOTHING
        first = _bound(body)
        positions: dict[str, int | None] = dict.fromkeys(
            one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        )
        for number, one in enumerate((*arguments.posonlyargs, *arguments.args)):
            positions[one.arg] = number - first if number >= first else None
        return cls(positions, dict(_decorated(body)))

    def param(self, name: str) -> Param:
        """Where the calls of the function pass one of its parameters."""
        return Param((name,), self.positions.get(name))


def _bound(body: Scope) -> int:
    """How many parameters the dot before a method fills in: `self` or `cls`."""
    if body.parent is None or not body.parent.is_class:
        return 0
    decorators = getattr(body.node, "decorator_list", ())
    static = any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in decorators)
    return 0 if static else 1


def _decorated(body: Scope) -> Iterator[tuple[str, Here]]:
    for decorator in reversed(getattr(body.node, "decorator_list", ())):
        match decorator:
            case ast.Call(
                func=ast.Attribute(attr="option" | "argument"), args=args, keywords=given
            ):
                for one in given:
                    if one.arg == "default" and body.parent is not None:
                        yield from ((name, (one.value, body.parent)) for name in option_names(args))
            case _:
                continue


def function_around(scope: Scope) -> Scope | None:
    """The body of the innermost `def` around a place."""
    here: Scope | None = scope
    while here is not None:
        if isinstance(here.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return here
        if here.is_class:
            return None
        here = here.parent
    return None


def option_names(flags: Sequence[ast.expr]) -> Sequence[str]:
    """The names that the value of a command-line option can have: `--model-id` gives `model_id`.

    The first is the one that argparse takes: https://docs.python.org/3/library/argparse.html#dest
    """
    texts = [one.value for one in flags if isinstance(one, ast.Constant)]
    words = [text for text in texts if isinstance(text, str)]
    long = [word for word in words if word.startswith("--")]
    plain = [word for word in words if not word.startswith("-")]
    chosen = [*plain, *long] or words
    return [word.partition("/")[0].lstrip("-").replace("-", "_") for word in chosen]
