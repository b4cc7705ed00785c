"""Repos that an image or a model is built from: `FROM`, `ADAPTER` and `ADD`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flake8_hfmodels.loaders.images import ADD_GIT, MODEL_IMAGE, SPACE_IMAGE
from flake8_hfmodels.loaders.row import Loader, RepoType
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import (
    ABSENT,
    Confidence,
    Known,
    Reference,
    Span,
    Unknown,
    Value,
    Written,
)
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_repo_id
from flake8_hfmodels.sources.buildfiles.followed import followed
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.shell.word import HOLE
from flake8_hfmodels.sources.text.likeness import is_placeholder

_SPACE = regex(r"registry\.hf\.space/([\w-]+)(?::[\w.-]+)?(@sha256:\w+)?", re.ASCII)
_MODEL = regex(r"(?:hf\.co|huggingface\.co)/([\w.-]+/[\w.-]+)(?::[\w.-]+)?", re.ASCII)
_GIT = regex(
    r"(?:https?://(?:[^/@\s]*@)?(?:huggingface\.co|hf\.co)/|git@(?:huggingface\.co|hf\.co):)"
    r"(datasets/|spaces/)?([\w.-]+/[\w.-]+?)\.git(?:#([^:\s]*)(?::\S*)?)?",
    re.ASCII,
)
_TYPES: dict[str, RepoType] = {"datasets/": "dataset", "spaces/": "space"}


def image_references(image: Placed, span: Span, path: str) -> Iterator[Reference]:
    """What an image is built from, where the Hub has that: a Space, or a model for ollama."""
    found = _SPACE.fullmatch(image.text)
    if found is not None:
        owner, _dash, name = found[1].partition("-")
        made = _reference(SPACE_IMAGE, "FROM", image, f"{owner}/{name}", span, path)
        # a dash stands for the slash, and nobody can tell which one
        confidence = Confidence.LOW if "-" in name else Confidence.HIGH
        persona = Persona.PEDANTIC if found[2] else Persona.REGULAR
        if name:
            yield replace(made, persona=persona, confidence=confidence)
        return
    yield from model_references(image, "FROM", span, path)


def model_references(model: Placed, keyword: str, span: Span, path: str) -> Iterator[Reference]:
    """What ollama builds a model from, where that is a repo."""
    found = _MODEL.fullmatch(model.text)
    if found is not None and is_repo_id(found[1]) and not is_placeholder(found[1].split("/")[0]):
        at = model.part(*found.span(1))
        yield _reference(MODEL_IMAGE, keyword, at, found[1], span, path)


def added_references(
    source: Placed, span: Span, path: str, by_content: bool
) -> Iterator[Reference]:
    """What `ADD` downloads; `by_content`: only if its content is what the file says."""
    git = _GIT.fullmatch(source.text)
    found = (
        [_cloned(git, source, span, path)]
        if git is not None
        else [replace(one, span=span) for one in followed(source, path)]
    )
    for one in found:
        yield replace(one, persona=Persona.PEDANTIC) if by_content and one.kind == "uri" else one


def _cloned(git: re.Match[str], source: Placed, span: Span, path: str) -> Reference:
    at = source.part(*git.span(2))
    made = _reference(ADD_GIT, "ADD", at, git[2], span, path)
    revision: Value = ABSENT
    if git[3]:
        where = source.span(*git.span(3))
        revision = Unknown("a variable") if HOLE in git[3] else Known((Written(git[3], where),))
    return replace(made, kind="uri", revision=revision, repo_type=_TYPES.get(git[1] or "", "model"))


def _reference(
    loader: Loader, keyword: str, at: Placed, repo_id: str, span: Span, path: str
) -> Reference:
    return Reference(
        path=path,
        span=span,
        kind="command",
        loader=loader,
        call=keyword,
        repo_id=Known((Written(repo_id, at.span(0, len(at.text))),)),
        repo_type=loader.repo_type,
        revision=ABSENT,
    )
