"""Which pickles a loader would read, of the files of a repo and of what its call asks for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase, translate
from functools import cache
from itertools import product
from typing import TypeAlias

from flake8_hfmodels.loaders.formats import BESIDE, NEVER_READ, NO_DATA, PICKLED_DATA
from flake8_hfmodels.loaders.readings import BY_PACKAGE, BY_READS, READINGS, Reading, Weights
from flake8_hfmodels.loaders.row import Loader
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.rules.wishes import Wish

Folders: TypeAlias = Mapping[str, Sequence[str]]
"""The names of the files in each folder of a repo; the root is the empty name."""

Choice: TypeAlias = tuple[bool, tuple[str, ...]]
"""Of one set of weights in one folder: whether it is there safely, and its pickles."""

_NEVER_READ = regex("|".join(map(translate, NEVER_READ)))
_SHARD = r"-\d+-of-\d+"
# sentence_transformers 6.2.0: `2_Dense`, and `query_0_SparseStaticEmbedding` of a router.
_MODULE = regex(r"(?:[a-z]+_)?(\d+)_\w+")


@dataclass(frozen=True, slots=True)
class Danger:
    """The pickles that would be read, and how; `beside` there are safe files for them."""

    files: tuple[str, ...]
    reading: Reading
    wish: Wish
    beside: bool = False


def unpickled(loader: Loader, wishes: Sequence[Wish], files: Iterable[str]) -> Danger | None:
    """The pickles that a loader would read of a repo with these files, by the first such wish."""
    readings, files = readings_of(loader), tuple(files)
    if not any(file.endswith(_endings(readings, wishes)) for file in files):
        return None
    folders = _by_folder(files)
    for wish, reading in product(wishes, readings):
        danger = _named(reading, wish, folders) if wish.name else _chosen(reading, wish, folders)
        if danger is not None:
            return danger
    return None


def _endings(readings: Sequence[Reading], wishes: Sequence[Wish]) -> tuple[str, ...]:
    """What the names of all pickles end in that could be read."""
    patterns = {one for reading in readings for its in reading.weights for one in its.pickled}
    patterns.update(pattern for wish in wishes for pattern in wish.patterns)
    names = [wish.name for wish in wishes if wish.name]
    return (*names, *(f".{one.rpartition('.')[2]}" for one in patterns))


def unpickled_data(files: Iterable[str], folder: str, pattern: str) -> tuple[str, ...]:
    """The pickles of a dataset that has nothing else in that folder, or of that name."""
    inside = [file for file in files if file.startswith(f"{folder}/" if folder else "")]
    wanted = pattern or "*"
    rows = [
        file
        for file in inside
        if not _is(file.rpartition("/")[2], NO_DATA)
        and fnmatchcase(file.removeprefix(folder).removeprefix("/"), wanted)
    ]
    pickles = tuple(file for file in rows if _is(file, PICKLED_DATA))
    return pickles if len(pickles) == len(rows) else ()


def readable(files: Iterable[str]) -> Iterator[str]:
    """The files but for those that only look like pickles, or that no loader reads."""
    for folder, names in _by_folder(files).items():
        yield from (_path(folder, name) for name in names)


def readings_of(loader: Loader) -> tuple[Reading, ...]:
    """How the loader reads weights, the worst first; nothing if it reads none."""
    if loader.reader:
        return READINGS[loader.reader]
    if loader.reads not in BY_READS:
        return ()
    name = _reader_of_package().get((loader.reads, loader.package), BY_READS[loader.reads])
    return READINGS[name]


@cache
def _reader_of_package() -> Mapping[tuple[str, str], str]:
    return {
        (reads, package): name
        for reads, readers in BY_PACKAGE.items()
        for name, packages in readers.items()
        for package in packages
    }


def _by_folder(files: Iterable[str]) -> Folders:
    """The files that a loader may read, sorted into folders."""
    folders: dict[str, list[str]] = defaultdict(list)
    for file in files:
        folder, _, name = file.rpartition("/")
        folders[folder].append(name)
    return {folder: _readable(names) for folder, names in folders.items()}


def _readable(names: Sequence[str]) -> list[str]:
    there = (one for one in BESIDE if one[0] in names)
    others = {name for name, marks in there if any(_is(one, marks) for one in names)}
    described = {f"{name[:-4]}.bin" for name in names if name.endswith(".xml")}
    left_out = others | described
    return [name for name in names if name not in left_out and not _NEVER_READ.match(name)]


def _named(reading: Reading, wish: Wish, folders: Folders) -> Danger | None:
    """The file that the call names, if the repo has it and nothing goes before it."""
    paths = {_path(folder, name) for folder, names in folders.items() for name in names}
    path = _path(wish.folder, wish.name)
    safe = [_path(wish.folder, one) for one in _twins(reading, wish.name)]
    found = path in paths and not paths.intersection(safe)
    return Danger((path,), reading, wish) if found else None


def _twins(reading: Reading, name: str) -> list[str]:
    """The safe files that are taken instead of one that the call names."""
    if not reading.twins:
        return []
    default = [
        one for weights in reading.weights if name in weights.pickled for one in weights.safe
    ]
    return default or [f"{name.rpartition('.')[0]}.safetensors"]


def _chosen(reading: Reading, wish: Wish, folders: Folders) -> Danger | None:
    """The pickles that the loader chooses itself."""
    if reading.first == "asked" and wish.safe is None:
        return None
    forced = wish.safe is False or (reading.first == "pickle" and wish.safe is None)
    choices = list(_choices(reading, wish, folders))
    if reading.where == "components":
        choices = _of_one_format(choices)
    read = [(safe, files) for safe, files in choices if files and (forced or not safe)]
    files = tuple(file for _safe, its in read for file in its)
    return Danger(files, reading, wish, any(safe for safe, _its in read)) if files else None


def _choices(reading: Reading, wish: Wish, folders: Folders) -> Iterator[Choice]:
    refused = wish.safe is True and reading.strict
    for folder, names in _places(reading, wish, folders):
        for weights in reading.weights:
            if not (refused and weights.safe):
                its = Weights((), wish.patterns) if wish.patterns else weights
                safe, pickles = _choice(its, names, _variant(reading, its, names, wish.variant))
                yield safe, tuple(_path(folder, one) for one in pickles)


def _choice(weights: Weights, names: Sequence[str], variant: str) -> Choice:
    safe = any(_fits(name, weights.safe, variant) for name in names)
    found = ([one for one in names if _fits(one, (name,), variant)] for name in weights.pickled)
    first = next((its for its in found if its), [])
    return safe, tuple(name for name in first if not name.endswith(".json"))


def _variant(reading: Reading, weights: Weights, names: Sequence[str], variant: str) -> str:
    """The variant that is read: a component without it is read as it is."""
    every = (*weights.safe, *weights.pickled)
    has_it = any(_fits(name, every, variant) for name in names)
    return variant if has_it or reading.where != "components" else ""


def _of_one_format(choices: Sequence[Choice]) -> list[Choice]:
    """A pipeline takes safetensors of every component or of none."""
    whole = all(safe for safe, _files in choices)
    return [(whole, files) for _safe, files in choices]


def _places(reading: Reading, wish: Wish, folders: Folders) -> Iterator[tuple[str, Sequence[str]]]:
    """The folders that are read, and the names in them."""
    match reading.where:
        case "folder":
            yield wish.folder, folders.get(wish.folder, ())
        case "anywhere":
            yield "", [_path(folder, name) for folder, names in folders.items() for name in names]
        case "modules":
            found = {one: place for one in folders if (place := _MODULE.fullmatch(one))}
            has_body = any(place[1] == "0" for place in found.values())
            for folder in found if has_body else ("", *found):
                yield folder, folders.get(folder, ())
        case _:
            whole = [one for one in folders if one and "/" not in one and one not in wish.given]
            its = [one for one in whole if _holds(reading, folders[one])]
            for folder in its or ("",):
                yield folder, folders.get(folder, ())


def _holds(reading: Reading, names: Sequence[str]) -> bool:
    """Whether one of the names is that of weights, in whichever variant."""
    stems = {
        (stem, f".{ending}")
        for weights in reading.weights
        for stem, ending in (one.split(".") for one in (*weights.safe, *weights.pickled))
    }
    return any(
        name.startswith((f"{stem}.", f"{stem}-")) and name.endswith(ending)
        for name in names
        for stem, ending in stems
    )


def _fits(name: str, patterns: Iterable[str], variant: str) -> bool:
    return any(
        fnmatchcase(name, one) if "*" in one else _spelled(one, variant).fullmatch(name) is not None
        for one in patterns
    )


@cache
def _spelled(name: str, variant: str) -> re.Pattern[str]:
    """A name as a file, as shards and as their index; variants have two spellings of each."""
    stem, end = (re.escape(part) for part in name.rsplit(".", 1))
    mark = rf"\.{re.escape(variant)}" if variant else ""
    whole = rf"{stem}(?:{mark}(?:{_SHARD})?|{_SHARD}{mark})\.{end}"
    index = rf"{stem}\.{end}(?:\.index{mark}|{mark}\.index)\.json"
    return re.compile(f"{whole}|{index}")


def _is(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
