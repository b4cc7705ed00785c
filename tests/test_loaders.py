"""Each row of the catalogue is whole, comes in the right place, and says what was read."""

from __future__ import annotations

import re
from collections import Counter
from fnmatch import fnmatchcase
from importlib import import_module

import pytest

from flake8_hfmodels.loaders import index
from flake8_hfmodels.loaders.packages import FAMILIES
from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.repo_id import is_repo_id
from tests import catalogue

MODULES = {family: import_module(f"flake8_hfmodels.loaders.{family}") for family in FAMILIES}
ROWS = tuple(row for module in MODULES.values() for row in module.LOADERS)
ALSO = tuple((row, other) for row in ROWS for other in row.also)
EVERY = (*ROWS, *(other for _, other in ALSO))
UNPINNABLE = tuple(row for row in EVERY if not row.revision and row.repo_id and row.downloads)
SOURCE = re.compile(r"[\w-]+ \d+(\.\d+)+ (?P<package>\w+)/[\w/]+\.pyi?:\d+")


def row_id(row: Loader) -> str:
    return f"{row.package}.{row.name}"


def params(row: Loader) -> tuple[Param, ...]:
    maybe = (
        row.revision,
        row.code_revision,
        row.trust_remote_code,
        row.repo_type_param,
        row.default_for,
    )
    return (*row.repo_id, *(param for param in maybe if param is not None))


def positions(row: Loader) -> list[int]:
    return [param.position for param in params(row) if param.position is not None]


def swallows(pattern: str, name: str) -> bool:
    wide, narrow = pattern.split("."), name.split(".")
    tail = narrow[-len(wide) :]
    return len(wide) == len(tail) and all(map(fnmatchcase, tail, wide))


def swallowed_by(row: Loader) -> list[str]:
    siblings = [other for other in ROWS if other.package == row.package]
    earlier = siblings[: siblings.index(row)]
    return [other.name for other in earlier if swallows(other.name, row.name)]


each_row = pytest.mark.parametrize("row", ROWS, ids=row_id)
each_further_row = pytest.mark.parametrize(("row", "other"), ALSO, ids=row_id)


def test_catalogue_is_not_small() -> None:
    assert len(ROWS) >= 60


def test_every_name_has_one_row() -> None:
    counts = Counter((row.package, row.name) for row in ROWS)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_bare_name_has_one_row() -> None:
    counts = Counter(row.method for row in ROWS if row.bare)
    assert [method for method, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_module_holds_the_packages_of_its_family(family: str) -> None:
    assert {row.package for row in MODULES[family].LOADERS} == set(FAMILIES[family])


@pytest.mark.parametrize("row", EVERY, ids=row_id)
def test_source_names_a_version_and_a_line(row: Loader) -> None:
    """The distribution may have another name than the package; a package may have been renamed."""
    match = SOURCE.fullmatch(row.source)
    assert match is not None
    families = [packages for packages in FAMILIES.values() if row.package in packages]
    assert [match["package"] in packages for packages in families] == [True]


@each_row
def test_last_part_is_spelled_out(row: Loader) -> None:
    """Calls are first sorted out by it."""
    assert "*" not in row.method


@each_row
def test_row_reads_a_repo(row: Loader) -> None:
    assert row.repo_id or row.trust_remote_code
    assert all(param.names for param in params(row))
    assert all(name.isidentifier() for param in params(row) for name in param.names)


@each_further_row
def test_further_row_reads_a_repo_of_its_own(row: Loader, other: Loader) -> None:
    assert (other.package, other.also, other.default_model, other.only_if) == (
        row.package,
        (),
        False,
        None,
    )
    assert other.repo_id
    # The same argument may mean two kinds of repo, by what it begins with.
    assert set(other.repo_id).isdisjoint(row.repo_id) or other.prefixes != row.prefixes


@each_row
def test_choice_of_the_library_is_whole(row: Loader) -> None:
    assert row.default_model or not row.default_ids
    assert all(is_repo_id(name) for _, name in row.default_ids)
    assert all(bool(choice) == bool(row.default_for) for choice, _ in row.default_ids)
    assert len(dict(row.default_ids)) == len(row.default_ids)


@each_row
def test_condition_of_code_has_code(row: Loader) -> None:
    assert row.runs_code is not None or row.code_if is None


@pytest.mark.parametrize("row", EVERY, ids=row_id)
def test_only_within_is_within(row: Loader) -> None:
    assert [p for p in params(row) if p.only_within and p.within is None] == []


@pytest.mark.parametrize("row", EVERY, ids=row_id)
def test_positions_are_sane(row: Loader) -> None:
    assert all(0 <= position < 20 for position in positions(row))
    assert len(set(positions(row))) == len(positions(row))


@pytest.mark.parametrize("row", EVERY, ids=row_id)
def test_what_sits_in_a_dictionary_has_no_position(row: Loader) -> None:
    assert [p for p in params(row) if p.within is not None and p.position is not None] == []


@each_row
def test_prefixes_are_sane(row: Loader) -> None:
    assert all(prefix.endswith((":", "/")) for prefix in row.prefixes)
    assert len(set(row.prefixes)) == len(row.prefixes)


@each_row
def test_only_distinctive_names_are_bare(row: Loader) -> None:
    common = {"from_pretrained", "load", "load_dataset", "load_adapter", "pipeline", "LLM"}
    assert not (row.bare and row.method in common)


@pytest.mark.parametrize("row", UNPINNABLE, ids=row_id)
def test_unpinnable_row_says_what_to_do_instead(row: Loader) -> None:
    assert re.fullmatch(r"[a-z].*[^.]", row.instead)


@pytest.mark.parametrize("row", [row for row in EVERY if row.revision], ids=row_id)
def test_pinnable_row_needs_nothing_instead(row: Loader) -> None:
    assert row.instead == ""


@each_row
def test_wider_rows_come_after(row: Loader) -> None:
    assert swallowed_by(row) == []


def test_index_is_made_of_the_rows() -> None:
    """Otherwise: python -m tests.catalogue."""
    assert {name: getattr(index, name) for name in catalogue.TABLES} == catalogue.index()
