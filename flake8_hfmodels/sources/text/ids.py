"""Ids of repos in prose: quoted, behind an option, or by the words around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS
from flake8_hfmodels.loaders.likeness import SHORT_NAMES
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.sources.text.likeness import Likeness, is_like_a_model, likeness

_PAIR = re.compile(
    r"(?<![\w./:@~\\$%#{}&-])[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}(?![\w/\\{}*(@%$-])",
    re.ASCII,
)
_FIRST = re.compile(
    "|".join(
        re.escape(name) for name in sorted(FIRST_REPOS | SHORT_NAMES, reverse=True) if "-" in name
    )
)
_QUOTED_ONLY = re.compile(r"([\"'`])(distilgpt2|gpt2)\1")
_ELSEWHERE = re.compile(
    r"git(?:hub|lab)|arxiv|docker|kaggle|bitbucket|npm|torch\.hub|modelscope|openrouter|litellm"
    r"|\bpip\b|\bPR\b|issue|\bcommit\b|copyright"
    r"|(?:adapted|borrowed|copied|forked|ported|modified|taken) from"
    r"|\bcode\b[^.]{0,40}\b(?:based|from)\b",
    re.IGNORECASE,
)
_ABOUT_MODELS = re.compile(
    r"model|dataset|data set|hugging ?face|\bhf\b|\bhub\b|checkpoint|tokenizer|pretrained"
    r"|pre-trained|weights|finetuned|fine-tuned|adapter|lora\b|repo",
    re.IGNORECASE,
)
_OPTION = re.compile(
    r"--?(?:[a-z]+[-_])*(?:model|dataset|tokenizer|repo|pretrained|delta|lora|adapter|checkpoint|hub|base"
    r"|processor|vae|unet|embeddings?)(?:[-_][a-z]+)*[= ]+[\"']?$",
    re.IGNORECASE,
)
_DATASET = re.compile(r"data[ _-]?sets?(?![a-z])", re.IGNORECASE)

_SPECIAL = re.compile(r"[\d-]")

AROUND = 160
"""How many characters of a line to either side say what an id in it is."""


@dataclass(frozen=True, slots=True)
class Named:
    """One id in prose, and where it stands."""

    start: int
    end: int
    repo_id: str
    repo_type: RepoType


def find_ids(text: str, is_known: Callable[[str], bool] = lambda _id: False) -> Iterator[Named]:
    """The ids in a text that say by their look or by the words around that the Hub is meant.

    `is_known` says whether the file loads or links that repo elsewhere.
    """
    if "/" in text:
        yield from _pairs(text, is_known)
    if "-" in text or "gpt2" in text:
        yield from _first_repos(text)


def _pairs(text: str, is_known: Callable[[str], bool]) -> Iterator[Named]:
    for match in _PAIR.finditer(text):
        repo_id = match.group().rstrip(".")
        how = likeness(repo_id)
        start, end = match.start(), match.start() + len(repo_id)
        if how is Likeness.NONE:
            continue
        before, after = _around(text, start, end)
        if is_known(repo_id) or _is_meant(repo_id, how, before, after):
            is_data = _DATASET.search(before[-60:] + " " + after[:40]) is not None
            yield Named(start, end, repo_id, "dataset" if is_data else "model")


def _is_meant(repo_id: str, how: Likeness, before: str, after: str) -> bool:
    if _OPTION.search(before):
        return True
    if before.endswith("/") or _ELSEWHERE.search(before) or _ELSEWHERE.search(after):
        return False
    name = repo_id.partition("/")[2]
    about_models = any(_ABOUT_MODELS.search(one) for one in (before, after))
    if how >= Likeness.LIKELY:
        words = how is Likeness.CERTAIN or not name.isalpha() or about_models
        return words or _is_quoted(before, after)
    written_so = _is_quoted(before, after) or _SPECIAL.search(repo_id) is not None
    return about_models and written_so and not is_like_a_model(repo_id.partition("/")[0])


def _is_quoted(before: str, after: str) -> bool:
    return before[-1:] in ("'", '"', "`") and after[:1] == before[-1:]


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The rest of the line, or so much of it as says something."""
    before = text[max(start - AROUND, 0) : start].rpartition("\n")[2]
    return before, text[end : end + AROUND].partition("\n")[0]


def _first_repos(text: str) -> Iterator[Named]:
    for match in _FIRST.finditer(text):
        alone = not (
            _goes_on(text[match.start() - 1 : match.start()])
            or _goes_on(text[match.end() : match.end() + 1])
        )
        if alone:
            yield Named(match.start(), match.end(), match.group(), "model")
    for match in _QUOTED_ONLY.finditer(text):
        yield Named(match.start(2), match.end(2), match.group(2), "model")


def _goes_on(character: str) -> bool:
    return character.isalnum() or character in ("/", "_", "-")
