"""Ids of repos in prose: quoted, behind an option, or by the words around them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from string import ascii_lowercase, ascii_uppercase

from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS
from flake8_hfmodels.loaders.likeness import SHORT_NAMES
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.text.likeness import Likeness, is_like_a_model, likeness

_PAIR = regex(
    r"(?<![\w./:@~\\$%#{}&-])[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}(?![\w./\\{}*(@%$-])",
    re.ASCII,
)
_FIRST = regex(
    "|".join(
        re.escape(name) for name in sorted(FIRST_REPOS | SHORT_NAMES, reverse=True) if "-" in name
    )
)
_QUOTED_ONLY = regex(r"([\"'`])(distilgpt2|gpt2)\1")
# In lower case, which is several times as fast as a search that ignores the case.
_ELSEWHERE = regex(
    r"git(?:hub|lab)|arxiv|docker|kaggle|bitbucket|npm|torch\.hub|modelscope|openrouter|litellm"
    r"|\bpip\b|\bpr\b|pull request|issue|\bcommit\b|copyright"
    r"|(?:adapted|borrowed|copied|forked|ported|modified|taken) from"
    r"|\bcode\b[^.\n]{0,40}\b(?:based|from)\b"
)
_ABOUT_MODELS = regex(
    r"model|dataset|data set|hugging ?face|\bhf\b|\bhub\b|checkpoint|tokenizer|pretrained"
    r"|pre-trained|weights|finetuned|fine-tuned|adapter|lora\b|repo"
)
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_OPTION = regex(
    r"--?(?:[a-z]+[-_])*(?:model|dataset|tokenizer|repo|pretrained|delta|lora|adapter|checkpoint|hub|base"
    r"|processor|vae|unet|embeddings?)(?:[-_][a-z]+)*[= ]+[\"']?$",
    re.IGNORECASE,
)
_VARIABLE = regex(r"(?:^|[\s(\"'`])\w*(?:MODEL|CHECKPOINT|TOKENIZER)\w*=[\"']?$")
_DATASET = regex(r"data[ _-]?sets?(?![a-z])", re.IGNORECASE)

_SPECIAL = regex(r"[\d-]")
_BEFORE_VALUES = ("=", " ", "'", '"')

AROUND = 160
"""How many characters of a line to either side say what an id in it is."""

NEAR = 64
"""How many characters before an id hold the name of the option or the variable that it is for."""


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
    line = _Line(text, 0, -1)
    for match in _PAIR.finditer(text):
        repo_id = match.group().rstrip(".")
        how = likeness(repo_id)
        if how is Likeness.NONE:
            continue
        start, end = match.start(), match.start() + len(repo_id)
        if start > line.end:
            line = _Line.around(text, start)
        if is_known(repo_id) or line.means(repo_id, how, start, end):
            around = f"{line.before(start, 60)} {line.after(end, 40)}"
            yield Named(start, end, repo_id, "dataset" if _DATASET.search(around) else "model")


@dataclass(slots=True)
class _Line:
    """One line of a text, and where in it stand the words that say what an id is.

    They are looked for once, however many ids stand in the line.
    """

    text: str
    begin: int
    end: int
    words: dict[re.Pattern[str], tuple[list[int], list[int]]] = field(default_factory=dict)

    @classmethod
    def around(cls, text: str, place: int) -> _Line:
        """The line in which a place lies."""
        end = text.find("\n", place)
        return cls(text, text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end)

    def before(self, start: int, most: int) -> str:
        """What stands in the line before a place, so many characters of it."""
        return self.text[max(start - most, self.begin) : start]

    def after(self, end: int, most: int) -> str:
        """What stands in the line behind a place, so many characters of it."""
        return self.text[end : min(end + most, self.end)]

    def means(self, repo_id: str, how: Likeness, start: int, end: int) -> bool:
        """Whether an id that stands between two places means a repo of the Hub."""
        before, after = self.before(start, NEAR), self.after(end, 1)
        if before.endswith(_BEFORE_VALUES) and (_OPTION.search(before) or _VARIABLE.search(before)):
            return True
        if before.endswith("/") or self._has(_ELSEWHERE, start, end):
            return False
        is_quoted = before[-1:] in ("'", '"', "`") and after == before[-1:]
        if how >= Likeness.LIKELY:
            is_word = repo_id.partition("/")[2].isalpha()
            clear = how is Likeness.CERTAIN or not is_word or is_quoted
            return clear or self._has(_ABOUT_MODELS, start, end)
        written_so = is_quoted or _SPECIAL.search(repo_id) is not None
        if not written_so or is_like_a_model(repo_id.partition("/")[0]):
            return False
        return self._has(_ABOUT_MODELS, start, end)

    def _has(self, words: re.Pattern[str], start: int, end: int) -> bool:
        """Whether some words stand near two places, before the one or behind the other."""
        if words not in self.words:
            line = self.text[self.begin : self.end].translate(_LOWER)
            found = [one.span() for one in words.finditer(line)]
            self.words[words] = [first for first, _ in found], [last for _, last in found]
        starts, ends = self.words[words]
        start, end = start - self.begin, end - self.begin
        before = bisect_right(ends, start) - 1
        after = bisect_left(starts, end)
        return (before >= 0 and starts[before] >= start - AROUND) or (
            after < len(ends) and ends[after] <= end + AROUND
        )


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
