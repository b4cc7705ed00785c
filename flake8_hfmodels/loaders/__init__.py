"""The catalogue: which calls read from the Hub. Rows of data, one module a library."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module

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
)
"""What `load_adapter` takes on an object that we know nothing of."""

ANYWHERE = {row.method: row for row in (ANY_CLASS, ANY_CONFIG, ANY_ADAPTER)}


@cache
def by_method() -> Mapping[str, Sequence[Loader]]:
    """All rows under the last part of their names, those of one name in the catalogue's order."""
    rows: dict[str, list[Loader]] = defaultdict(list)
    rows.update({method: [] for method in ANYWHERE})
    for family in FAMILIES:
        for row in import_module(f"flake8_hfmodels.loaders.{family}").LOADERS:
            rows[row.method].append(row)
    return {method: tuple(found) for method, found in rows.items()}


@cache
def by_package() -> Mapping[str, frozenset[str]]:
    """The methods of each package, and under an empty name those that are known anywhere."""
    methods: dict[str, set[str]] = defaultdict(set, {"": set(ANYWHERE)})
    for method, rows in by_method().items():
        for row in rows:
            methods["" if row.bare else row.package].add(method)
            methods[row.package].add(method)
    return {package: frozenset(found) for package, found in methods.items()}


@cache
def by_class() -> Mapping[str, frozenset[str]]:
    """The methods of rows whose class is spelled out, under the class."""
    methods: dict[str, set[str]] = defaultdict(set)
    for method, rows in by_method().items():
        for row in rows:
            owner = row.name.split(".")[-2:-1]
            methods[owner[0] if owner else ""].add(method)
    return {owner: frozenset(found) for owner, found in methods.items()}


def named(dotted: str) -> Loader | None:
    """The row for a canonical name such as `transformers.AutoModel.from_pretrained`.

    A method of what one loader made is no other loader's function: `BERTScorer().score` and
    `score`. It may still be an upload or a question, which libraries have in both forms.
    """
    package, _, tail = dotted.partition(".")
    made = _is_made_by_a_loader(package, dotted.rpartition(".")[0])
    for row in by_method().get(dotted.rpartition(".")[2], ()):
        if made and row.downloads and "." not in row.name:
            continue
        if row.package == package and _pattern(row.name).search("." + tail):
            return row
    return None


def worded(words: str) -> Loader | None:
    """The row for a name whose package is not known, such as `AutoModel.from_pretrained`.

    Only rows whose class is spelled out count, and those whose method alone says enough.
    """
    for row in by_method().get(words.rpartition(".")[2], ()):
        spelled_out = not row.name.startswith("*") and "." in row.name
        if row.bare or (spelled_out and _pattern(row.name).search("." + words)):
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
    return any(row.package == package and row.name == name for row in by_method().get(name, ()))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    parts = (re.escape(part).replace(r"\*", r"\w*") for part in name.split("."))
    return re.compile(r"\." + r"\.".join(parts) + "$")
