"""What `hfmodels mirror` tells: for people, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Literal

from flake8_hfmodels.mirroring.checking import Difference
from flake8_hfmodels.mirroring.manifest import Manifest, as_object
from flake8_hfmodels.mirroring.rewriting import Spot
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.paint import printable

State = Literal[
    "mirrored", "not mirrored", "to be mirrored", "already there", "as it was", "different"
]
"""What became of the folder. `as it was` is of `--check`, `different` of that as well."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What became of the places of one file that name the repo."""

    path: str
    done: Sequence[Spot] = ()
    left: Sequence[Spot] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A folder beside its manifest, and the code that names the repo.

    `mode` is how the Hub was asked. `new` is the path that code names now.
    """

    folder: str
    state: State
    manifest: Manifest
    mode: Literal["online", "offline"]
    seconds: float = 0.0
    differences: Sequence[Difference] = ()
    rewritten: Sequence[Rewritten] = ()
    new: str = ""
    is_dry: bool = False


def in_text(result: Result) -> str:
    """Lines for people."""
    return "".join(f"{printable(line)}\n" for line in _lines(result))


def in_json(result: Result) -> str:
    """The same for programs. ASCII throughout, as other reports."""
    places = [*_places(result)]
    data = {
        "version": 1,
        "folder": result.folder,
        "state": result.state.replace(" ", "_"),
        "manifest": as_object(result.manifest),
        "differences": [
            {
                "path": one.path,
                "kind": one.kind,
                "wanted": one.wanted or None,
                "found": one.found or None,
            }
            for one in result.differences
        ],
        "references": [
            {
                "path": path,
                "line": spot.span.line,
                "column": spot.span.column,
                "repo_id": spot.repo_id,
                "rewritten": result.new if is_done else None,
                "why_not": None if is_done else spot.why,
            }
            for path, spot, is_done in places
        ],
        "summary": {
            "files": len(result.manifest.files),
            "bytes": result.manifest.size,
            "by_lock": sum(one.by_lock for one in result.manifest.files),
            "rewritten": sum(is_done for _path, _spot, is_done in places),
            "dry_run": result.is_dry,
            "mode": result.mode,
            "seconds": result.seconds,
        },
    }
    return json.dumps(data, indent=2) + "\n"


def size_in_words(number: int) -> str:
    """A number of bytes, in the unit that people would choose."""
    size = min(number, 10**18) * 1.0  # a lock may say more than a float can hold
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def _lines(result: Result) -> Iterator[str]:
    manifest = result.manifest
    yield f"{result.folder}: {result.state}: {manifest.name}"
    if manifest.id.casefold() != manifest.repo_id.casefold():
        yield f"  the Hub calls it {manifest.id!r}"
    for one in result.differences:
        yield f"  {one}"
    if not result.differences:
        yield f"  {_numbers(manifest, result.state)}"
    if result.new:
        yield from _of_code(result)


def _numbers(manifest: Manifest, state: State) -> str:
    files = f"{count(len(manifest.files), 'file')}, {size_in_words(manifest.size)}"
    by_lock = sum(one.by_lock for one in manifest.files)
    by_hub = len(manifest.files) - by_lock
    whose = {"by the lock": by_lock, "by what the Hub says of the commit": by_hub}
    told = ", ".join(f"{number} {by}" for by, number in whose.items() if number)
    left = f"; {len(manifest.left_out)} left out" if manifest.left_out else ""
    checked = "to be checked" if state == "to be mirrored" else "checked"
    return f"{files}, {checked}: {told}{left}"


def _of_code(result: Result) -> Iterator[str]:
    places = [*_places(result)]
    for path, spot, is_done in places:
        where = f"{path}:{spot.span.line}:{spot.span.column}"
        new = f"{spot.repo_id} -> {result.new}"
        yield f"{where}: {new}" if is_done else f"{where}: left: {spot.why}"
    done = sum(is_done for _path, _spot, is_done in places)
    would = "would be " if result.is_dry else ""
    yield f"{count(done, 'reference')} {would}rewritten, {len(places) - done} left"


def _places(result: Result) -> Iterator[tuple[str, Spot, bool]]:
    for one in result.rewritten:
        spots = [*((each, True) for each in one.done), *((each, False) for each in one.left)]
        for spot, is_done in sorted(spots, key=lambda each: each[0].span):
            yield one.path, spot, is_done
