"""The index of the catalogue follows from its rows: `python -m tests.catalogue` writes it."""

from __future__ import annotations

import pprint
import subprocess
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from flake8_hfmodels import loaders
from flake8_hfmodels.loaders.packages import FAMILIES
from flake8_hfmodels.loaders.row import Loader

INDEX = Path(loaders.__file__).with_name("index.py")
ABOUT = """Which names the catalogue has, and in which of its modules their rows are.

Made from the rows by `python -m tests.catalogue`: most files need the rows of one library only.
"""
TABLES = {
    "BARE": ("str", "The names that say enough by themselves."),
    "PACKAGES": (
        "dict[str, tuple[str, str]]",
        "Each package, with the modules that have its rows, and the last parts of their names.",
    ),
    "CLASSES": ("dict[str, str]", "The methods of rows whose class is spelled out, by class."),
    "WORDED": (
        "dict[str, str]",
        "The modules with rows of a name that are known without their package.",
    ),
}


def by_method() -> Mapping[str, Sequence[Loader]]:
    """All rows under the last parts of their names."""
    return {method: loaders.rows_named(method) for method in sorted(loaders.method_names())}


def index() -> Mapping[str, object]:
    """The tables of the index, from the rows themselves."""
    packages: dict[str, tuple[set[str], set[str]]] = {}
    classes: dict[str, set[str]] = defaultdict(set)
    worded: dict[str, set[str]] = defaultdict(set)
    bare: set[str] = set()
    for family in FAMILIES:
        for row in loaders.rows_in(family):
            families, methods = packages.setdefault(row.package, (set(), set()))
            families.add(family)
            methods.add(row.method)
            if loaders.owner_of(row).isidentifier():
                classes[loaders.owner_of(row)].add(row.method)
            if row.bare:
                bare.add(row.method)
            if row.bare or loaders.is_spelled_out(row):
                worded[row.method].add(family)
    return {
        "BARE": _words(bare),
        "PACKAGES": {name: (_words(of), _words(has)) for name, (of, has) in packages.items()},
        "CLASSES": {name: _words(has) for name, has in classes.items()},
        "WORDED": {name: _words(of) for name, of in worded.items()},
    }


def _words(names: set[str]) -> str:
    return " ".join(sorted(names))


def source() -> str:
    """The source of the index, before it is formatted."""
    parts = [f'"""{ABOUT}"""\n\nfrom __future__ import annotations\n']
    for name, table in index().items():
        kind, about = TABLES[name]
        parts.append(f'{name}: {kind} = {pprint.pformat(table, width=90)}\n"""{about}"""\n')
    return "\n".join(parts)


if __name__ == "__main__":
    INDEX.write_text(source(), "utf-8")
    subprocess.run(["ruff", "format", "--quiet", INDEX], check=True)
