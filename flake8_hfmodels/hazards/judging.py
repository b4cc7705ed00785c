"""What is dangerous in one file of Python, by its syntax tree. Nothing of it is run."""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterable, Iterator

from flake8_hfmodels.facts import Danger
from flake8_hfmodels.hazards.hiding import decoded, hidden
from flake8_hfmodels.hazards.kinds import AT_IMPORT, HAZARDS, order
from flake8_hfmodels.hazards.meaning import Meaning, is_outside
from flake8_hfmodels.hazards.names import (
    DANGEROUS,
    GUARDED,
    OPENERS,
    RUNNERS,
    WRITERS,
    WRITING_METHODS,
    is_place_of_secrets,
    is_secret,
)
from flake8_hfmodels.hazards.scopes import Layout

MOST = 8
"""How many dangers of each kind are kept of one file: the first."""

_Found = Iterator[tuple[str, str]]
"""Kinds of danger, and what stands there."""


def dangers_of(path: str, data: bytes) -> tuple[Danger, ...]:
    """What is dangerous in a file, read as Python would read it, in the order of its lines."""
    text, trouble = decoded(path, data)
    return dangers(path, text) if trouble is None else (trouble,)


def dangers(path: str, text: str) -> tuple[Danger, ...]:
    """What is dangerous in a text of Python, in the order of its lines, each kind once a line."""
    found = [*hidden(path, text), *_in_code(path, text)]
    each = {(one.line, one.kind): one for one in reversed(found)}
    by_kind: dict[str, list[Danger]] = {}
    for one in sorted(each.values(), key=order):
        by_kind.setdefault(one.kind, []).append(one)
    kept = [one for places in by_kind.values() for one in places[:MOST]]
    return tuple(sorted(kept, key=lambda one: (one.line, order(one))))


def lines_that_run(path: str, data: bytes) -> set[int]:
    """The lines that run where a file is imported; none of a file that cannot be parsed."""
    text, _trouble = decoded(path, data)
    tree = _parsed(path, text)
    nodes = [] if isinstance(tree, Danger) else Layout(tree).nodes
    return {node.lineno for node in nodes if isinstance(node, ast.stmt | ast.expr)}


def _in_code(path: str, text: str) -> Iterable[Danger]:
    tree = _parsed(path, text)
    return (tree,) if isinstance(tree, Danger) else _Judge(path, tree).dangers()


def _parsed(path: str, text: str) -> ast.Module | Danger:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its author's business
            return ast.parse(text)
    except SyntaxError as error:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return Danger(path, error.lineno or 1, "no-python", f"what Python {version} cannot parse")
    except ValueError:
        return Danger(path, 1, "no-python", "characters that no Python source has")
    except (RecursionError, MemoryError):
        return Danger(path, 1, "no-python", "code that is too deeply nested to be judged")


class _Judge:
    """Goes over the nodes of one file."""

    def __init__(self, path: str, tree: ast.Module) -> None:
        self._path = path
        self._layout = Layout(tree)
        self._meaning = Meaning(self._layout)
        self._quiet, self._called = _marked(tree)

    def dangers(self) -> Iterator[Danger]:
        """All that is found, in no particular order."""
        for node in self._layout.nodes:
            for kind, what in self._of(node):
                at_import = f"{kind}{AT_IMPORT}"
                is_worse = at_import in HAZARDS and self._layout.is_at_import(node)
                line = getattr(node, "lineno", 1)
                yield Danger(self._path, line, at_import if is_worse else kind, _short(what))
        if self._meaning.is_tired:
            yield Danger(self._path, 1, "no-python", "code that is too entangled to be followed")

    def _of(self, node: ast.AST) -> _Found:
        match node:
            case ast.Call(func=func):
                yield from self._of_call(node)
                if "functools.partial" not in self._names(func):
                    yield from self._of_name(node)
            case ast.Name(ctx=ast.Load()) | ast.Attribute(ctx=ast.Load()):
                yield from self._of_name(node)
                yield from self._of_environment(node)
            case ast.Subscript(ctx=ast.Load(), value=value, slice=key):
                yield from self._of_name(node)
                if "os.environ" in self._names(value):
                    yield from self._of_variable(key)
            case ast.Constant(value=str(text)) if node not in self._quiet:
                if is_place_of_secrets(text):
                    yield "credentials", f"names {text!r}"
            case _:
                pass

    def _names(self, node: ast.expr) -> frozenset[str]:
        return self._meaning.names(node)

    def _of_name(self, node: ast.expr) -> _Found:
        """What is dangerous to refer to, by whatever road it is had."""
        for name in sorted(self._names(node)):
            kind = DANGEROUS.get(name)
            if kind is None:
                continue
            plain = name.removeprefix("builtins.")
            yield kind, f"{'calls' if node in self._called else 'refers to'} {plain}"
            if not isinstance(node, ast.Name | ast.Attribute):
                yield "concealed-name", f"reaches {plain} by a detour"

    # The environment

    def _of_environment(self, node: ast.expr) -> _Found:
        """The variables as a whole; `self._quiet` has the places where one of them is meant."""
        if "os.environ" in self._names(node) and node not in self._quiet:
            yield "environment", "takes os.environ as a whole"
        if isinstance(node, ast.Attribute) and node.attr == "__globals__":
            yield "concealed-name", "reaches into __globals__"

    def _of_variable(self, key: ast.expr) -> _Found:
        name = self._meaning.text(key)
        if isinstance(name, str) and is_secret(name):
            yield "credentials", f"reads the variable {name}"

    # Calls

    def _of_call(self, call: ast.Call) -> _Found:
        functions = self._names(call.func)
        given = [*call.args, *(one.value for one in call.keywords)]
        if functions & RUNNERS and any(self._meaning.is_decoded(one) for one in given):
            name = sorted(functions & RUNNERS)[0].removeprefix("builtins.")
            yield "decoded-code", f"decodes what it hands to {name}"
        if functions & {"os.getenv", "os.environ.get", "os.environ.pop"} and given:
            yield from self._of_variable(given[0])
        if functions & {"builtins.__import__", "importlib.import_module"} and call.args:
            yield from self._of_import(call.args[0])
        if "builtins.getattr" in functions and len(call.args) > 1:
            yield from self._of_getattr(call.args[0], call.args[1])
        for name in sorted(functions):
            yield from self._of_reading(name, call)
        yield from self._of_writing(functions, call)
        if _is_true(_keyword(call, "trust_remote_code")):
            yield "nested-trust", "passes trust_remote_code=True"

    def _of_import(self, name: ast.expr) -> _Found:
        text = self._meaning.text(name)
        if text is None:
            yield "dynamic-import", "imports what is named at run time"
        elif not isinstance(name, ast.Constant | ast.Name):
            yield "concealed-name", f"puts the name of the module {text!r} together"
        elif text in GUARDED:
            yield "concealed-name", f"imports {text} by a call"

    def _of_getattr(self, value: ast.expr, name: ast.expr) -> _Found:
        modules = self._names(value) & GUARDED
        if modules and self._meaning.text(name) is None:
            yield "concealed-name", f"looks a name in {sorted(modules)[0]} up at run time"

    def _of_reading(self, name: str, call: ast.Call) -> _Found:
        """Calls that are dangerous by their arguments."""
        match name:
            case "torch.load":
                weights_only = _keyword(call, "weights_only")
                if weights_only is None:
                    yield "default-unpickling", "calls torch.load without weights_only"
                elif _is_false(weights_only):
                    yield "unpickling", "calls torch.load with weights_only=False"
            case "numpy.load" if _is_true(_keyword(call, "allow_pickle")):
                yield "unpickling", "calls numpy.load with allow_pickle=True"
            case "yaml.load" | "yaml.load_all":
                loader = _keyword(call, "Loader") or (call.args[1] if len(call.args) > 1 else None)
                if loader is None or not self._names(loader) & _SAFE_LOADERS:
                    yield "unpickling", f"calls {name} without a safe loader"
            case "urllib.request.urlopen" if len(call.args) > 1 or _keyword(call, "data"):
                yield "sending", "hands data to urllib.request.urlopen"
            case _:
                pass

    def _of_writing(self, functions: frozenset[str], call: ast.Call) -> _Found:
        for function in sorted(functions):
            name = function.removeprefix("builtins.")
            if function in OPENERS and self._is_for_writing(call, 1):
                yield from self._of_places(name, call.args[:1])
            places = [one for one in WRITERS.get(function, ()) if one < len(call.args)]
            yield from self._of_places(name, [call.args[one] for one in places])
        match call.func:
            case ast.Attribute(value=value, attr=method):
                is_open = method == "open" and self._is_for_writing(call, 0)
                if is_open or method in WRITING_METHODS:
                    found = list(self._of_places(method, [value]))
                    yield from found if found and self._meaning.is_path(value) else ()
            case _:
                pass

    def _is_for_writing(self, call: ast.Call, position: int) -> bool:
        mode = call.args[position] if len(call.args) > position else _keyword(call, "mode")
        text = None if mode is None else self._meaning.text(mode)
        return isinstance(text, str) and bool(set(text) & set("wax+"))

    def _of_places(self, name: str, places: list[ast.expr]) -> _Found:
        for one in places:
            beginning = self._meaning.beginning(one)
            if is_outside(beginning):
                yield "write-outside", f"{name} at {beginning!r}"


_SAFE_LOADERS = frozenset(
    {"yaml.SafeLoader", "yaml.CSafeLoader", "yaml.BaseLoader", "yaml.loader.SafeLoader"}
)


def _marked(tree: ast.Module) -> tuple[set[ast.AST], set[ast.AST]]:
    """Nodes by where they stand: those that say nothing by themselves, and those that are called.

    Nobody reads a text that stands alone, and `os.environ` may stand for one variable of it.
    """
    quiet: set[ast.AST] = set()
    called: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=func):
                called.add(func)
            case ast.Expr(value=ast.Constant() as text):
                quiet.add(text)
            case ast.Subscript(value=value):
                quiet.add(value)
            case ast.Attribute(value=value, attr=method) if method not in _WHOLE:
                quiet.add(value)
            case ast.Compare(comparators=comparators):
                quiet.update(comparators)
            case ast.Assign(value=ast.Name() | ast.Attribute() as value):
                quiet.add(value)
            case _:
                pass
    return quiet, called


_WHOLE = frozenset({"items", "values", "copy", "__str__", "__repr__"})


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in call.keywords if one.arg == name), None)


def _is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _is_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _short(what: str) -> str:
    """Words of one line, whatever was put into them."""
    return what if len(what) <= 120 else f"{what[:117]}..."
