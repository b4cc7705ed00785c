"""The catalogue: which calls read from the Hub. Rows of data, one module a library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module

from flake8_hfmodels.loaders.index import BARE, CLASSES, PACKAGES, WORDED
from flake8_hfmodels.loaders.packages import FAMILIES
from flake8_hfmodels.loaders.row import Loader, Param

DISTINCTIVE = (
    "from_pretrained",
    "hf_hub_download",
    "snapshot_download",
    "load_lora_weights",
    "load_ip_adapter",
    "load_textual_inversion",
    "load_attn_procs",
    "load_dataset_builder",
    "get_class_from_dynamic_module",
    "SentenceTransformer",
    "CrossEncoder",
)
"""Names that say "the Hub" without an import beside them: those of all rows with `bare`."""

# huggingface_hub 2.4.0 hub_mixin.py:453 has this form, and so has every library that follows it.
ANY_CLASS = Loader(
    package="",
    name="*.from_pretrained",
    source="huggingface_hub 2.4.0 huggingface_hub/hub_mixin.py:453",
    repo_id=(
        Param(
            (
                "pretrained_model_name_or_path",
                "model_name_or_path",
                "repo_id",
                "model_id",
                "model_name",
                "path",
            ),
            0,
        ),
    ),
    revision=Param(("revision",)),
    reads="files",
    trust_remote_code=Param(("trust_remote_code",)),
    code_revision=Param(("code_revision",)),
    takes_object=True,
)
"""What `from_pretrained` takes on a class that we know nothing of."""

# transformers 5.23.0 models/auto/auto_factory.py: nothing is downloaded but the code.
ANY_CONFIG = Loader(
    package="",
    name="*.from_config",
    source="transformers 5.23.0 transformers/models/auto/auto_factory.py:204",
    repo_id=(),
    revision=None,
    reads="config",
    trust_remote_code=Param(("trust_remote_code",)),
)
"""What `from_config` takes: a configuration in memory, which may name code of a repo."""

# transformers 5.23.0 integrations/peft.py: a method of every model, which few files make in sight.
ANY_ADAPTER = Loader(
    package="",
    name="*.load_adapter",
    source="transformers 5.23.0 transformers/integrations/peft.py:164",
    repo_id=(Param(("peft_model_id", "model_id"), 0),),
    revision=Param(("revision",), within="adapter_kwargs"),
    reads="adapter",
    names_elsewhere=True,
)
"""What `load_adapter` takes on an object that we know nothing of. Without an owner it is a folder,
or the language that a speech model (`Wav2Vec2*.load_adapter`) is to understand."""

ANYWHERE = {row.method: row for row in (ANY_CLASS, ANY_CONFIG, ANY_ADAPTER)}


@cache
def method_names() -> frozenset[str]:
    """The last parts of the names of all rows."""
    return frozenset(ANYWHERE).union(*(methods.split() for _, methods in PACKAGES.values()))


@cache
def by_package() -> Mapping[str, frozenset[str]]:
    """The methods of each package, and under an empty name those that are known anywhere."""
    found = {package: frozenset(methods.split()) for package, (_, methods) in PACKAGES.items()}
    return found | {"": frozenset({*ANYWHERE, *BARE.split()})}


@cache
def by_class() -> Mapping[str, frozenset[str]]:
    """The methods of rows whose class is spelled out, under the class."""
    return {owner: frozenset(methods.split()) for owner, methods in CLASSES.items()}


@cache
def rows_in(family: str) -> Sequence[Loader]:
    """The rows of one module of the catalogue."""
    rows: Sequence[Loader] = import_module(f"flake8_hfmodels.loaders.{family}").LOADERS
    return rows


@cache
def of_package(package: str, method: str) -> Sequence[Loader]:
    """The rows of a package whose names end in a method, in the catalogue's order."""
    families, methods = PACKAGES.get(package, ("", ""))
    return _rows(method, families, package) if method in methods.split() else ()


@cache
def rows_named(method: str) -> Sequence[Loader]:
    """All rows whose names end in a method, in the catalogue's order."""
    held = (families for families, methods in PACKAGES.values() if method in methods.split())
    return _rows(method, " ".join(held))


def is_spelled_out(row: Loader) -> bool:
    """Whether the name of a row has the class in it, so that it is known without its package."""
    return not row.name.startswith("*") and "." in row.name


def owner_of(row: Loader) -> str:
    """The class or the module that stands before the last part of a row's name, if any."""
    return "".join(row.name.split(".")[-2:-1])


def _rows(method: str, families: str, package: str = "") -> Sequence[Loader]:
    return tuple(
        row
        for family in sorted(set(families.split()), key=_ORDER.index)
        for row in rows_in(family)
        if row.method == method and package in ("", row.package)
    )


_ORDER = tuple(FAMILIES)


@cache
def _without_package(method: str) -> Sequence[Loader]:
    """The rows of a method that may be known without their package."""
    rows = _rows(method, WORDED.get(method, ""))
    return tuple(row for row in rows if row.bare or is_spelled_out(row))


def named(dotted: str) -> Loader | None:
    """The row for a canonical name such as `transformers.AutoModel.from_pretrained`.

    A method of what one loader made is no other loader's function: `BERTScorer().score` and
    `score`. It may still be an upload or a question, which libraries have in both forms.
    """
    package, _, tail = dotted.partition(".")
    made = _is_made_by_a_loader(package, dotted.rpartition(".")[0])
    for row in of_package(package, dotted.rpartition(".")[2]):
        if made and row.downloads and "." not in row.name:
            continue
        if _ends_in(tail, row.name):
            return row
    return None


def worded(words: str) -> Loader | None:
    """The row for a name whose package is not known, such as `AutoModel.from_pretrained`.

    Only rows whose class is spelled out count, and those whose method alone says enough.
    """
    for row in _without_package(words.rpartition(".")[2]):
        if row.bare or _ends_in(words, row.name):
            return row
    return ANYWHERE.get(words.rpartition(".")[2])


def _is_made_by_a_loader(package: str, owner: str) -> bool:
    """Whether what a method is called on is the class or the result of a loader.

    A module may have a function's name, as in `bert_score.score.score`.
    """
    last = owner.rpartition(".")[2]
    if not (last[:1].isupper() or last.endswith("()")):
        return False
    name = last.removesuffix("()")
    return any(row.name == name for row in of_package(package, name))


def _ends_in(dotted: str, name: str) -> bool:
    """Whether the last parts of a name are those of a row's name."""
    wanted = _parts(name)
    parts = dotted.split(".")[-len(wanted) :]
    return len(parts) == len(wanted) and all(map(_is_like, parts, wanted))


@cache
def _parts(name: str) -> Sequence[str]:
    return name.split(".")


def _is_like(part: str, wanted: str) -> bool:
    """Whether a part of a name is one of a row's name, in which up to two `*` are any letters."""
    if "*" not in wanted:
        return part == wanted
    begin, *middle, end = wanted.split("*")
    inner = part[len(begin) : len(part) - len(end)]
    return (
        len(part) >= len(begin) + len(end)
        and part.startswith(begin)
        and part.endswith(end)
        and all(one in inner for one in middle)
        and (not inner or inner.replace("_", "a").isalnum())
    )
