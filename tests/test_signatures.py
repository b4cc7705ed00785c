"""Each row against the signature in the installed package, whose files are read and not run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest

from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.record import replace
from tests.catalogue import by_method

LIGHT = ("huggingface_hub", "transformers", "diffusers", "tokenizers", "model2vec", "smolagents")
"""What we depend on, and what the extra `signatures` brings."""

INSTALLED = packages_distributions()
SOURCE = re.compile(
    r"[\w-]+ (?P<version>[\d.]+) (?P<file>(?P<package>\w+)/[\w/]+\.pyi?):(?P<line>\d+)"
)

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Definition: TypeAlias = Function | ast.ClassDef


class Source(NamedTuple):
    """Where a row was read; the file's path begins with its package."""

    version: str
    file: str
    package: str
    line: int


class Signature(NamedTuple):
    """The parameters of a definition, without the object that a method is called on."""

    positional: tuple[str, ...]
    only_named: tuple[str, ...]
    takes_others: bool


def source_of(row: Loader) -> Source:
    found = SOURCE.fullmatch(row.source)
    assert found is not None
    return Source(found["version"], found["file"], found["package"], int(found["line"]))


def package_of(row: Loader) -> str:
    return source_of(row).package


# Parameters that code for older versions still passes.
GONE = {"trl.ModelConfig": ["there is no trust_remote_code"]}

ALL_ROWS = tuple(row for rows in by_method().values() for row in rows)
ROWS = tuple(row for row in ALL_ROWS if package_of(row) in INSTALLED)
UNPINNABLE = tuple(row for row in ROWS if row.downloads and row.revision is None)


def installed_version(row: Loader) -> str:
    return version(INSTALLED[package_of(row)][0])


def is_of_this_version(row: Loader) -> bool:
    return source_of(row).version == installed_version(row)


@cache
def definitions_in(file: str) -> tuple[tuple[Definition, bool], ...]:
    """Every class and function of an installed file, and whether it stands in a class."""
    spec = find_spec(file.partition("/")[0])
    assert spec is not None
    folders = [Path(folder).parent for folder in spec.submodule_search_locations or ()]
    paths = [path for folder in folders if (path := folder / file).is_file()]
    return tuple(one for path in paths for one in _definitions(ast.parse(path.read_bytes())))


def _definitions(tree: ast.Module) -> Iterator[tuple[Definition, bool]]:
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                yield child, isinstance(node, ast.ClassDef)


def definition_of(row: Loader) -> tuple[Definition, bool] | None:
    """What has the method's name in the row's file: of several the nearest to the row's line."""
    source = source_of(row)
    named = [
        (node, in_class)
        for node, in_class in definitions_in(source.file)
        if fnmatchcase(node.name, row.method) and "overload" not in marks(node)
    ]
    return min(named, key=lambda one: abs(one[0].lineno - source.line), default=None)


def marks(node: Definition) -> list[str]:
    return [ast.unparse(decorator) for decorator in node.decorator_list]


def first_line(node: Definition) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def found(row: Loader) -> tuple[Definition, bool]:
    """The definition, which must be there in the version that the row was read in."""
    definition = definition_of(row)
    if definition is None and not is_of_this_version(row):
        pytest.skip(f"{package_of(row)} {installed_version(row)} has no {row.name}")
    if definition is None and is_inherited(row):
        pytest.skip(f"{row.name} comes from a base class")
    assert definition is not None, f"{row.source} has no {row.method}"
    return definition


def is_inherited(row: Loader) -> bool:
    """Whether the row's line begins something that has the method without defining it."""
    source = source_of(row)
    starts = [(first_line(node), node.lineno) for node, _ in definitions_in(source.file)]
    return any(source.line in lines for lines in starts)


def signature_of(row: Loader) -> Signature:
    node, in_class = found(row)
    if not isinstance(node, ast.ClassDef):
        return _signature(node, in_class and "staticmethod" not in marks(node))
    made = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"]
    return _signature(made[-1], True) if made else _fields(node)


def _signature(node: Function, is_bound: bool) -> Signature:
    parameters = node.args
    positional = [one.arg for one in (*parameters.posonlyargs, *parameters.args)]
    return Signature(
        tuple(positional[is_bound:]),
        tuple(one.arg for one in parameters.kwonlyargs),
        parameters.kwarg is not None,
    )


def _fields(node: ast.ClassDef) -> Signature:
    """The parameters of a class that lists its fields; its bases may list more."""
    fields = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
    names = tuple(one.id for one in fields if isinstance(one, ast.Name))
    return Signature(names, (), takes_others=bool(node.bases))


def objections(row: Loader, signature: Signature) -> list[str]:
    """What a row says of parameters that its definition does not.

    Of a call that only names a repo no more is looked at than where it is named.
    """
    maybe = (row.revision, row.code_revision, row.trust_remote_code, row.repo_type_param)
    others = [param for param in maybe if param is not None] if row.downloads else []
    said = [_objection(param, signature) for param in (*row.repo_id, *others)]
    return [one for one in said if one] + [
        one for its in row.also for one in objections(its, signature)
    ]


def _objection(param: Param, signature: Signature) -> str:
    names = param.names if param.within is None else (param.within,)
    plain = [name for name in names if name in signature.positional + signature.only_named]
    if not plain and not signature.takes_others:
        return f"there is no {' or '.join(names)}"
    if param.position is None:
        return ""
    places = [n for n, name in enumerate(signature.positional) if name in names]
    beyond = param.position >= len(signature.positional) and not places
    return "" if beyond or param.position in places else f"{names} stands at {places}"


def row_id(row: Loader) -> str:
    return f"{row.package}.{row.name}"


each_row = pytest.mark.parametrize("row", ROWS, ids=row_id)


@each_row
def test_parameters_are_those_of_the_definition(row: Loader) -> None:
    assert objections(row, signature_of(row)) in ([], GONE.get(row_id(row)))


@pytest.mark.parametrize("row", UNPINNABLE, ids=row_id)
def test_unpinnable_call_takes_no_revision(row: Loader) -> None:
    signature = signature_of(row)
    assert "revision" not in signature.positional + signature.only_named


@pytest.mark.parametrize("row", [row for row in ROWS if is_of_this_version(row)], ids=row_id)
def test_source_is_a_line_of_the_definition(row: Loader) -> None:
    node, _ = found(row)
    assert node.end_lineno is not None
    assert first_line(node) <= source_of(row).line <= node.end_lineno


@pytest.mark.parametrize("package", LIGHT)
def test_package_was_compared(package: str) -> None:
    if package not in INSTALLED:
        pytest.skip(f"{package} is not installed; it comes with the extra `signatures`")
    rows = [row for row in ROWS if package_of(row) == package]
    assert sum(definition_of(row) is not None for row in rows) > len(rows) / 2


SNAPSHOT = next(row for row in ROWS if row.name == "snapshot_download")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param({"revision": Param(("version",))}, "there is no version", id="name"),
        pytest.param(
            {"repo_id": (Param(("repo_id",), 1),)}, "('repo_id',) stands at [0]", id="place"
        ),
        pytest.param(
            {"trust_remote_code": Param(("x",), within="y")}, "there is no y", id="within"
        ),
    ],
)
def test_wrong_row_is_objected_to(wrong: dict[str, Any], said: str) -> None:
    assert objections(replace(SNAPSHOT, **wrong), signature_of(SNAPSHOT)) == [said]
