"""What is dangerous in one file of Python, by its syntax tree. Nothing of it is run."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from flake8_hfmodels.facts import Danger
from flake8_hfmodels.hazards.calls import Calls, Found
from flake8_hfmodels.hazards.decoding import Origins
from flake8_hfmodels.hazards.files import Files
from flake8_hfmodels.hazards.hiding import decoded, hidden
from flake8_hfmodels.hazards.importing import AtImport
from flake8_hfmodels.hazards.kinds import AT_IMPORT, HAZARDS, order
from flake8_hfmodels.hazards.marks import marked
from flake8_hfmodels.hazards.names import (
    ANCESTORS,
    ANY,
    CALLED,
    DANGEROUS,
    HANDED,
    HARMLESS_TAKERS,
    INNER,
    REPLACED,
)
from flake8_hfmodels.hazards.parsing import parsed
from flake8_hfmodels.hazards.paths import UNKNOWN, Paths
from flake8_hfmodels.hazards.places import (
    ENVIRONMENTS,
    UNLOCKS,
    VARIABLE_GETTERS,
    is_place_of_secrets,
    is_secret,
    is_started_by_itself,
)
from flake8_hfmodels.hazards.scopes import Layout
from flake8_hfmodels.regex import regex

MOST = 8
"""How many dangers of each kind are kept of one file: the first."""


def dangers_of_all(texts: Mapping[str, bytes]) -> Mapping[str, tuple[Danger, ...]]:
    """What is dangerous in each of the files of a repo, which may import each other."""
    files = Files(texts)
    return {path: _dangers_of(path, data, files) for path, data in texts.items()}


def dangers_of(path: str, data: bytes) -> tuple[Danger, ...]:
    """What is dangerous in a file, read as Python would read it, in the order of its lines."""
    return _dangers_of(path, data, Files({path: data}))


def dangers(path: str, text: str) -> tuple[Danger, ...]:
    """What is dangerous in a text of Python, in the order of its lines, each kind once a line."""
    return _dangers(path, text, Files({}))


def lines_that_run(path: str, data: bytes) -> set[int]:
    """The lines that run where a file is imported; none of a file that cannot be parsed."""
    text, _trouble = decoded(path, data)
    tree = parsed(path, text)
    nodes = [] if isinstance(tree, Danger) else Layout(tree).nodes
    return {node.lineno for node in nodes if isinstance(node, ast.stmt | ast.expr)}


def _dangers_of(path: str, data: bytes, files: Files) -> tuple[Danger, ...]:
    text, trouble = decoded(path, data)
    return _dangers(path, text, files) if trouble is None else (trouble,)


def _dangers(path: str, text: str, files: Files) -> tuple[Danger, ...]:
    found = [*hidden(path, text), *_in_code(path, text, files)]
    each = {(one.line, one.kind): one for one in reversed(found)}
    by_kind: dict[str, list[Danger]] = {}
    for one in sorted(each.values(), key=order):
        by_kind.setdefault(one.kind, []).append(one)
    kept = [one for places in by_kind.values() for one in places[:MOST]]
    return tuple(sorted(kept, key=lambda one: (one.line, order(one))))


def _in_code(path: str, text: str, files: Files) -> Iterable[Danger]:
    tree = parsed(path, text)
    return (tree,) if isinstance(tree, Danger) else _Judge(path, tree, files).dangers()


class _Judge:
    """Goes over the nodes of one file."""

    def __init__(self, path: str, tree: ast.Module, files: Files) -> None:
        self._path = path
        self._files = files
        self._meaning = files.meaning(path, tree)
        layout, classes = self._meaning.layout, self._meaning.classes
        self._marks = marked(layout.tree)
        elsewhere = [
            value.node for target, value in layout.attributes if not classes.of(target.value)
        ]
        self._loose = frozenset(elsewhere)
        self._at_import = AtImport(layout, classes)
        self._origins = Origins(self._meaning)
        self._paths = Paths(self._meaning)
        self._calls = Calls(self._meaning, self._origins, self._paths)

    def dangers(self) -> Iterator[Danger]:
        """All that is found, in no particular order."""
        for node in self._meaning.layout.nodes:
            for kind, what in self._of(node):
                at_import = f"{kind}{AT_IMPORT}"
                is_worse = at_import in HAZARDS and node in self._at_import
                line = getattr(node, "lineno", 1)
                yield Danger(self._path, line, at_import if is_worse else kind, _short(what))
        if self._meaning.is_tired or self._origins.is_tired or self._files.is_tired:
            yield Danger(self._path, 1, "no-python", "code that is too entangled to be followed")

    def _of(self, node: ast.AST) -> Found:
        match node:
            case ast.Constant(value=str() | bytes() as text) if node not in self._marks.quiet:
                yield from _of_text(text if isinstance(text, str) else text.decode("latin-1"))
            case ast.Name(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
                yield from self._of_replacing(node)
            case ast.Subscript(ctx=ast.Store(), value=value, slice=key):
                if "sys.modules" in self._names(value) and self._meaning.texts(key):
                    yield "patching", "puts something else into sys.modules"
            case ast.expr():
                yield from self._of_value(node)
            case _:
                pass

    def _of_value(self, node: ast.expr) -> Found:
        match node:
            case ast.Call(func=func):
                yield from self._calls.of(node)
                yield from self._of_asking(self._names(func), node)
                yield from self._of_outline(node)
                if "functools.partial" not in self._names(func):
                    yield from self._of_name(node)
            case ast.Name() | ast.Attribute():
                yield from self._of_name(node)
                yield from self._of_environment(node)
                yield from self._of_reaching(node)
            case ast.Subscript(value=value, slice=key):
                yield from self._of_name(node)
                if self._names(value) & ENVIRONMENTS:
                    yield from self._of_variable(key)
            case ast.JoinedStr() | ast.BinOp():
                yield from self._of_outline(node)
            case _:
                pass
        yield from self._of_handing(node)

    def _names(self, node: ast.expr) -> frozenset[str]:
        return self._meaning.names(node)

    # Names

    def _of_name(self, node: ast.expr) -> Found:
        """What is dangerous to refer to, by whatever road it is had."""
        is_called = node in self._marks.called
        for name in sorted(self._names(node)):
            kind = DANGEROUS.get(name) or (CALLED.get(name) if is_called else None)
            if kind is None:
                continue
            plain = name.removeprefix("builtins.").replace(f"{ANY}.", "an unknown module's ")
            yield kind, f"{'calls' if is_called else 'refers to'} {plain}"
            if not isinstance(node, ast.Name | ast.Attribute):
                yield "concealed-name", f"reaches {plain} by a detour"

    def _of_reaching(self, node: ast.Name | ast.Attribute) -> Found:
        match node:
            case ast.Attribute(attr=attribute) if attribute in INNER:
                yield "concealed-name", f"reaches into {attribute}"
            case ast.Attribute(attr="__subclasses__", value=value) if (
                "builtins.object" in self._names(value)
                or any(
                    isinstance(one, ast.Attribute) and one.attr in ANCESTORS for one in _line(value)
                )
            ):
                yield "concealed-name", "goes over the classes of all modules"
            case _:
                pass

    def _of_handing(self, node: ast.expr) -> Found:
        """A module, or all that is in it, that goes where nobody sees what is called of it."""
        names = self._names(node)
        key = self._marks.keyed.get(node)
        for module in sorted(HANDED if names else ()):
            if f"{module}.__dict__" in names and (key is None or not self._meaning.texts(key)):
                yield "concealed-name", f"goes over all that is in {module}"
            if module in names and not self._is_followed(node):
                plain = module.removeprefix("builtins.")
                yield "concealed-name", f"hands {plain} on, so that its calls are not seen"

    def _is_followed(self, node: ast.expr) -> bool:
        call = self._marks.given.get(node)
        if call is not None:
            return bool(self._names(call.func) & HARMLESS_TAKERS)
        return node in self._marks.followed and node not in self._loose

    def _of_replacing(self, node: ast.Name | ast.Attribute) -> Found:
        if isinstance(node, ast.Attribute):
            for name in sorted(self._names(node.value) & REPLACED.keys()):
                if node.attr in REPLACED[name] or not REPLACED[name]:
                    yield "patching", f"replaces {name}.{node.attr}"

    # The environment

    def _of_environment(self, node: ast.expr) -> Found:
        """The variables as a whole; `quiet` are the places where one of them is meant."""
        if self._names(node) & ENVIRONMENTS and node not in self._marks.quiet:
            yield "environment", "takes os.environ as a whole"

    def _of_asking(self, functions: frozenset[str], call: ast.Call) -> Found:
        if functions & VARIABLE_GETTERS:
            for key in (*call.args[:1], *(one.value for one in call.keywords if one.arg == "key")):
                yield from self._of_variable(key)
        match call.args:
            case [getter, ast.List(elts=keys) | ast.Tuple(elts=keys)] if (
                "builtins.map" in functions and self._names(getter) & VARIABLE_GETTERS
            ):
                for key in keys:
                    yield from self._of_variable(key)
            case [one] if "os.path.expandvars" in functions:
                for name in _VARIABLE.findall(self._paths.outline(one)):
                    yield from _of_secret(name)
            case _:
                pass

    def _of_variable(self, key: ast.expr) -> Found:
        for name in self._meaning.texts(key):
            yield from _of_secret(name if isinstance(name, str) else name.decode("latin-1"))

    # Paths

    def _of_outline(self, node: ast.expr) -> Found:
        outline = self._paths.outline(node)
        if outline.strip(UNKNOWN):
            yield from _of_text(outline)


_VARIABLE = regex(r"\$\{?(\w+)")


def _of_text(text: str) -> Found:
    if is_place_of_secrets(text):
        yield "credentials", f"names {text!r}"
    if is_started_by_itself(text):
        yield "write-outside", f"names {text!r}"
    if text in UNLOCKS:
        yield "unpickling", f"names {text}"


def _of_secret(variable: str) -> Found:
    if is_secret(variable):
        yield "credentials", f"reads the variable {variable}"


def _line(node: ast.expr) -> Iterator[ast.expr]:
    """An expression, and those from which it is had by attributes, items and calls."""
    one: ast.expr | None = node
    while one is not None:
        yield one
        match one:
            case ast.Attribute(value=value) | ast.Subscript(value=value) | ast.Call(func=value):
                one = value
            case _:
                one = None


def _short(what: str) -> str:
    """Words of one line, whatever was put into them."""
    return what if len(what) <= 120 else f"{what[:117]}..."
