"""A use of a repo that nobody has written yet: the reference that a program would make of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from flake8_hfmodels.loaders.row import Loader, RepoType
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import ABSENT, Known, Reference, Span, Value, Written

if TYPE_CHECKING:
    from flake8_hfmodels.asked_id import Asked

PATH = "<asked>"
"""Where such a reference stands: in no file."""


@dataclass(frozen=True, slots=True)
class _Use:
    """How a program loads a repo: a row of the catalogue, and the call as source would write it.

    `mark` is the file by which the repo shows that it is made for this; empty: any repo is.
    """

    package: str
    row: str
    call: str
    mark: str = ""


_SNAPSHOT = _Use("huggingface_hub", "snapshot_download", "snapshot_download")
_USES: dict[RepoType, tuple[_Use, ...]] = {
    "model": (
        # diffusers 0.42.1 pipelines/pipeline_utils.py config_name; peft 0.21.2 utils/constants.py
        # CONFIG_NAME; sentence_transformers 6.2.0 base/model.py; transformers 5.23.0
        # utils/__init__.py CONFIG_NAME.
        _Use(
            "diffusers",
            "*Pipeline.from_pretrained",
            "DiffusionPipeline.from_pretrained",
            "model_index.json",
        ),
        _Use(
            "peft",
            "AutoPeftModel*.from_pretrained",
            "AutoPeftModel.from_pretrained",
            "adapter_config.json",
        ),
        _Use("sentence_transformers", "SentenceTransformer", "SentenceTransformer", "modules.json"),
        _Use(
            "transformers",
            "AutoModel*.from_pretrained",
            "AutoModel.from_pretrained",
            "config.json",
        ),
        _SNAPSHOT,
    ),
    "dataset": (_Use("datasets", "load_dataset", "load_dataset"),),
    "space": (_SNAPSHOT,),
    "kernel": (_Use("kernels", "get_kernel", "get_kernel"),),
}


def imagined(asked: Asked, trusts: bool, files: Collection[str] = ()) -> Reference:
    """The reference of a program that loads what somebody asks about, and nothing besides.

    `trusts`: it passes trust_remote_code=True. `files` are those of the repo, where they are
    known: by them it is loaded with the library that it is made for, and whole where that is
    none of those that we know. Without them a model is loaded with transformers.
    """
    return next(every_use(asked, trusts, files))


def every_use(asked: Asked, trusts: bool, files: Collection[str]) -> Iterator[Reference]:
    """The references of programs that load it with each library that can, the likeliest first.

    Who makes a repo chooses its files, and not the program that loads it.
    """
    revision: Value = ABSENT if asked.revision is None else _written(asked.revision)
    for use in _uses_of(asked.repo_type, files):
        yield Reference(
            path=PATH,
            span=_SPAN,
            kind="call",
            loader=_row(use),
            call=use.call,
            repo_id=_written(asked.repo_id),
            repo_type=asked.repo_type,
            revision=revision,
            trust_remote_code=Known((Written(True, _FLAG),)) if trusts else ABSENT,
        )


_SPAN, _FLAG = Span(1, 1, 1, 1), Span(1, 2, 1, 2)
"""Where all of it stands; somewhere else what is passed, as what is not is at the call's place."""


def _written(text: str) -> Known:
    return Known((Written(text, _SPAN),))


def _uses_of(repo_type: RepoType, files: Collection[str]) -> Sequence[_Use]:
    """The uses that it is made for; where it is made for none, the one for whatever there is."""
    *marked, last = _USES[repo_type]
    if not files:
        return [one for one in marked if one.package == "transformers"] or [last]
    return [one for one in marked if one.mark in files] or [last]


@cache
def _row(use: _Use) -> Loader:
    rows: tuple[Loader, ...] = import_module(f"flake8_hfmodels.loaders.{use.package}").LOADERS
    row = next(one for one in rows if one.package == use.package and one.name == use.row)
    return row if row.code_if is None else replace(row, runs_code=None)  # the call gives nothing
