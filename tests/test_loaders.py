"""Each row of the catalogue is whole, comes in the right place, and says what was read."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path

import pytest

from flake8_hfmodels.loaders.packages import FAMILIES
from flake8_hfmodels.loaders.row import Loader, Param

MODULES = {family: import_module(f"flake8_hfmodels.loaders.{family}") for family in FAMILIES}
ROWS = tuple(row for module in MODULES.values() for row in module.LOADERS)
EXACT = tuple(row for row in ROWS if "*" not in row.name)
UNPINNABLE = tuple(row for row in ROWS if row.revision is None and row.repo_id)
CATALOGUE = Path(__file__).parents[2] / "shared" / "loaders" / "catalogue.csv"
SOURCE = re.compile(r"(?P<package>\w+) \d+(\.\d+)+ (?P=package)/[\w/]+\.py:\d+")

# The fields of a msgspec.Struct are positional; the catalogue read only `def` lines.
CORRECTED = {("vllm", "LoRARequest"): 2}


def row_id(row: Loader) -> str:
    return f"{row.package}.{row.name}"


def params(row: Loader) -> tuple[Param, ...]:
    maybe = (row.revision, row.code_revision, row.trust_remote_code, row.repo_type_param)
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


def read_catalogue() -> Iterator[tuple[str, str, int | None]]:
    if not CATALOGUE.exists():
        return
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            for name in line["qualified_name"].split(" | "):
                position = int(line["repo_pos"]) if line["repo_pos"] else None
                yield name, line["repo_param"].partition(";")[0], position


def expected(row: Loader) -> tuple[str, int | None] | None:
    """What the catalogue says of the shortest name that ends like the row's, newest first."""
    ending = f".{row.name}"
    named = [
        (name, param, CORRECTED.get((row.package, row.name), position))
        for name, param, position in read_catalogue()
        if name.startswith(f"{row.package}.") and name.endswith(ending)
    ]
    nearest = sorted(named, key=lambda entry: len(entry[0]))[:1]
    return next(((param, position) for _, param, position in nearest), None)


each_row = pytest.mark.parametrize("row", ROWS, ids=row_id)


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


@each_row
def test_source_names_a_version_and_a_line(row: Loader) -> None:
    assert SOURCE.fullmatch(row.source)
    assert row.source.startswith(f"{row.package} ")


@each_row
def test_row_reads_a_repo(row: Loader) -> None:
    assert row.repo_id or row.trust_remote_code
    assert all(param.names for param in params(row))
    assert all(name.isidentifier() for param in params(row) for name in param.names)


@each_row
def test_positions_are_sane(row: Loader) -> None:
    assert all(0 <= position < 20 for position in positions(row))
    assert len(set(positions(row))) == len(positions(row))


@each_row
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


@pytest.mark.parametrize("row", [row for row in ROWS if row.revision], ids=row_id)
def test_pinnable_row_needs_nothing_instead(row: Loader) -> None:
    assert row.instead == ""


@each_row
def test_wider_rows_come_after(row: Loader) -> None:
    assert swallowed_by(row) == []


@pytest.mark.skipif(not CATALOGUE.exists(), reason="the shared catalogue is not beside us")
@pytest.mark.parametrize("row", EXACT, ids=row_id)
def test_repo_parameter_is_the_catalogue_s(row: Loader) -> None:
    assert (row.repo_id[0].names[0], row.repo_id[0].position) == expected(row)
