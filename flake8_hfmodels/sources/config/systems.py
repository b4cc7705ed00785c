"""The values that files of known programs name repos with, by the rows for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache

from flake8_hfmodels.loaders.config.row import Key, System
from flake8_hfmodels.loaders.config.systems import SYSTEMS
from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS, PACKAGED_BUILDERS
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import ABSENT, Confidence, Value
from flake8_hfmodels.sources.config.document import Document, Spot, leaf_of, spelled
from flake8_hfmodels.sources.config.ids import Named, is_in_a_folder, named
from flake8_hfmodels.sources.config.made import Made, made, pin
from flake8_hfmodels.sources.marked import tree
from flake8_hfmodels.sources.marked.tree import Leaf
from flake8_hfmodels.sources.source import Context
from flake8_hfmodels.sources.text.likeness import Likeness, likeness

_FOR_NOBODY = (Persona.AUDITOR, Confidence.LOW)


@dataclass(frozen=True, slots=True)
class _Path:
    """A row's path, from its last name to the first, in one spelling."""

    names: tuple[str, ...]
    from_top: bool

    def fits(self, spot: Spot) -> bool:
        """Whether these keys lead to a value; a section's name may be several keys with dots."""
        at: Spot | None = spot
        parts: list[str] = []
        for name in self.names:
            if not parts:
                if at is None or at.key is None:
                    return False
                parts = at.name.split(".")
                at = at.holder
            if name not in ("*", parts.pop()):
                return False
        return not self.from_top or (not parts and at is not None and at.holder is None)


def system_references(document: Document, context: Context) -> Iterator[Made]:
    """What the rows say of a document; a value goes by the first row that fits."""
    rows = _rows(document, context.path)
    done: set[int] = set()
    for spot in document.spots:
        for path, key in (*rows.get(spot.name, ()), *rows.get("*", ())):
            if spot.bulk or id(spot) in done or not path.fits(spot):
                continue
            found = list(_read(document, spot, key, context))
            if found:
                done.add(id(spot))
                yield from found


_Rows = Mapping[str, Sequence[tuple[_Path, Key]]]


def _rows(document: Document, path: str) -> _Rows:
    name = path.replace("\\", "/").rpartition("/")[2].lower()
    root = document.root
    keys = frozenset(document.fields_of(root)) if isinstance(root, tree.Mapping) else frozenset()
    return _by_last_name(tuple(one.name for one in _of_keys(name, keys) if _is_of(one, document)))


@lru_cache(maxsize=256)
def _of_keys(name: str, keys: frozenset[str]) -> tuple[System, ...]:
    """The systems that have files of this name with these keys at their top."""
    return tuple(
        one
        for one in _of_file(name)
        if not any(keys.isdisjoint(_first_names(alternatives)) for alternatives in one.has)
    )


@lru_cache(maxsize=256)
def _of_file(name: str) -> tuple[System, ...]:
    """The systems that have files of this name."""
    return tuple(
        one
        for one in SYSTEMS
        if not one.files or any(fnmatchcase(name, pattern) for pattern in one.files)
    )


@lru_cache(maxsize=256)
def _first_names(alternatives: str) -> frozenset[str]:
    """The first key of each of several paths."""
    return frozenset(spelled(path.partition(".")[0]) for path in alternatives.split("|"))


@lru_cache(maxsize=256)
def _by_last_name(names: tuple[str, ...]) -> _Rows:
    rows: dict[str, list[tuple[_Path, Key]]] = {}
    for key in (key for system in SYSTEMS if system.name in names for key in system.keys):
        path = _path(key.path)
        rows.setdefault(path.names[0], []).append((path, key))
    return rows


def _is_of(system: System, document: Document) -> bool:
    return all(
        any(_holds(document, path) for path in alternatives.split("|"))
        for alternatives in system.has
    )


def _holds(document: Document, path: str) -> bool:
    """Whether a document has these keys, from its top on."""
    node = document.root
    for name in path.split("."):
        if not isinstance(node, tree.Mapping):
            return False
        entry = document.fields_of(node).get(spelled(name))
        if entry is None:
            return False
        node = entry.value
    return True


def _path(path: str) -> _Path:
    names = [spelled(one) for one in path.removeprefix("^").split(".")]
    return _Path(tuple(reversed(names)), path.startswith("^"))


def _read(document: Document, spot: Spot, key: Key, context: Context) -> Iterator[Made]:
    if key.names:
        yield from _keys(spot, key, context)
        return
    beside = document.beside(spot)
    if not isinstance(spot.node, Leaf) or (key.needs and key.needs not in beside):
        return
    revision = _revision(document, spot, key)
    for one in named(spot.node, key.mark, key.loader.prefixes, key.many):
        judged = _judged(one, key, context)
        if judged is not None:
            yield made(context.path, spot, spot.node, one, key.loader, revision, judged)


def _keys(spot: Spot, key: Key, context: Context) -> Iterator[Made]:
    """The keys of a mapping as names."""
    entries = spot.node.entries if isinstance(spot.node, tree.Mapping) else ()
    for entry in entries:
        for one in named(entry.key):
            judged = _judged(one, key, context)
            if judged is not None:
                inner = Spot(entry.key, spot.key, spot)
                yield made(context.path, inner, entry.key, one, key.loader, ABSENT, judged)


def _judged(one: Named, key: Key, context: Context) -> tuple[Persona, Confidence] | None:
    """For whom it is, and how sure; `None` where no repo is meant."""
    repo_id, loader = one.repo_id.text, key.loader
    if loader.builders and repo_id in PACKAGED_BUILDERS:
        return None
    if not loader.never_local and context.is_local(repo_id):
        return None
    if key.use != "loads":
        how = likeness(repo_id)
        meant = how > Likeness.NONE or repo_id in FIRST_REPOS or key.names
        return _FOR_NOBODY if meant else None
    if is_in_a_folder(repo_id):
        return Persona.PEDANTIC, Confidence.LOW
    if "/" in repo_id or repo_id in FIRST_REPOS:
        return Persona.REGULAR, Confidence.HIGH
    if loader.repo_type == "dataset":
        return Persona.REGULAR, Confidence.MEDIUM
    return None


def _revision(document: Document, spot: Spot, key: Key) -> Value:
    """The revision that stands beside a value, by the names that the row has for it."""
    param = key.loader.revision
    if param is None:
        return ABSENT
    fields = document.beside(spot)
    if param.within is not None:
        inside = fields.get(spelled(param.within))
        node = inside.value if inside is not None else None
        fields = document.fields_of(node) if isinstance(node, tree.Mapping) else {}
    for name in param.names:
        leaf = leaf_of(fields.get(spelled(name)))
        if leaf is not None:
            return pin(leaf.text)
    return ABSENT
