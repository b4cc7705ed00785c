"""One call of a loader as it is written: which argument is what, and which names its repo."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from flake8_hfmodels.loaders import of_package
from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.mending.python_code import Nodes, RefusedError
from flake8_hfmodels.mending.python_names import Names, dotted, is_made
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Known, Reference

ANOTHER = "another repo may be meant at this call as well, for which the same revision would hold"


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A call of a loader. `repo_id` is the argument that names the repo, if one is in sight."""

    node: ast.Call
    loader: Loader
    repo_id: ast.expr | None

    def given(self, param: Param) -> ast.expr | None:
        """What is passed for a parameter by its name or its position."""
        return given(self.node, param)

    def keyword(self, name: str) -> ast.expr | None:
        """What is passed under a name."""
        return next((one.value for one in self.node.keywords if one.arg == name), None)


def call_of(ref: Reference, nodes: Nodes, names: Names) -> Call:
    """The call that a reference is, where it is one of what the catalogue means."""
    node = nodes.call(ref.span)
    if node is None:
        raise RefusedError("the call stands inside of a text, or is put together")
    if not _is_meant(node.func, ref.loader, names):
        raise RefusedError("the arguments go through another function, or another name of it")
    _refuse_what_is_passed_on(node, nodes)
    return Call(node, ref.loader, _repo_id(node, ref, names))


def given(node: ast.Call, param: Param) -> ast.expr | None:
    """What a call passes for a parameter by its name or its position."""
    for keyword in node.keywords:
        if keyword.arg in param.names:
            return keyword.value
    if param.position is None or param.position >= len(node.args):
        return None
    before = node.args[: param.position + 1]
    return None if any(isinstance(one, ast.Starred) for one in before) else before[-1]


def is_fixed(node: ast.expr) -> bool:
    """Whether an expression may be written twice: `name`, `self.name`, `x["a"]`."""
    match node:
        case ast.Name():
            return True
        case ast.Attribute(value=base) | ast.Subscript(value=base, slice=ast.Constant()):
            return is_fixed(base)
        case _:
            return False


def is_put_together(node: ast.expr) -> bool:
    """Whether an expression is a text made of texts and names, which a module sets once."""
    match node:
        case ast.Constant(value=str()) | ast.Name():
            return True
        case ast.JoinedStr(values=parts):
            return all(map(is_put_together, parts))
        case ast.FormattedValue(value=inner, format_spec=None):
            return is_put_together(inner)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return is_put_together(left) and is_put_together(right)
        case _:
            return False


def _is_meant(callee: ast.expr, loader: Loader, names: Names) -> bool:
    """Whether a callee bears the name of the loader, or one that an import gives it."""
    match callee:
        case ast.Attribute(attr=name):
            return name == loader.method or fnmatchcase(name, loader.method)
        case ast.Name(id=name):
            name = names.imported(name)
            return name == loader.method or fnmatchcase(name, loader.method)
        case _:
            return False


def _refuse_what_is_passed_on(node: ast.Call, nodes: Nodes) -> None:
    """Refuse a call that hands on what others pass: a revision may be among it."""
    for keyword in node.keywords:
        match keyword:
            case ast.keyword(
                arg=None, value=ast.Dict() | ast.Call(func=ast.Name(id="dict"), args=[])
            ):
                continue
            case ast.keyword(arg=None, value=ast.Name(id=name)) if not is_parameter(
                name, node, nodes
            ):
                continue
            case ast.keyword(arg=None, value=value):
                words = ast.unparse(value)
                raise RefusedError(
                    f"the call passes its arguments on as **{words} that this file does not write"
                    " out"
                )
            case _:
                continue


def is_parameter(name: str, node: ast.AST, nodes: Nodes) -> bool:
    """Whether a name is a parameter of a function around a node."""
    here: ast.AST | None = node
    while here is not None:
        if isinstance(here, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            of = here.args
            every = [*of.posonlyargs, *of.args, *of.kwonlyargs, of.vararg, of.kwarg]
            if any(one is not None and one.arg == name for one in every):
                return True
        here = nodes.parent(here)
    return False


def _repo_id(node: ast.Call, ref: Reference, names: Names) -> ast.expr | None:
    """The argument that names the repo; `None` where it is among `**options` of this file."""
    params = list(dict.fromkeys(_sharing(ref.loader)))
    passed = [one for param in params if (one := given(node, param)) is not None]
    different = {ast.dump(one): one for one in passed}
    repos = [one for one in different.values() if not _is_object(one, names)]
    if len(repos) > 1:
        raise RefusedError(f"two ids at one call: {ANOTHER}" if _are_ids(repos) else ANOTHER)
    if repos:
        return repos[0]
    if len(params) > 1 or not isinstance(ref.repo_id, Known) or _is_of_library(ref):
        raise RefusedError("the call does not name the repo")
    return None


def _is_of_library(ref: Reference) -> bool:
    """Whether the id is the library's own choice, which nobody wrote."""
    return isinstance(ref.repo_id, Known) and any(
        one.span == ref.span for one in ref.repo_id.values
    )


def _are_ids(nodes: Sequence[ast.expr]) -> bool:
    return all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in nodes)


def _sharing(loader: Loader) -> Iterator[Param]:
    """The parameters for all ids that one revision is for, also those of the rows beside it."""
    rows = of_package(loader.package, loader.method)
    whole = next((row for row in rows if loader in row.also), loader)
    for row in (whole, *whole.also):
        if row.revision == loader.revision:
            yield from row.repo_id


def _is_object(node: ast.expr, names: Names) -> bool:
    """Whether an argument is `None`, or nothing but what `from_pretrained` made."""
    match node:
        case ast.Constant(value=None):
            return True
        case ast.Name() | ast.Attribute():
            return names.is_made(dotted(node))
        case _:
            return is_made(node)
