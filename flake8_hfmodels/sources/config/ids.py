"""One value of a configuration file to what it names: an id, and a revision behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flake8_hfmodels.loaders.config.keys import DOMAIN, PREFIXES
from flake8_hfmodels.loaders.elsewhere import FOLDERS, PLACEHOLDERS
from flake8_hfmodels.loaders.likeness import YOURS
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_repo_id
from flake8_hfmodels.sources.marked.tree import Leaf
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.shell.word import HOLE
from flake8_hfmodels.sources.text.likeness import LONGEST

NOTHING = frozenset({"", "~", "null", "none", "auto", "default"})
"""Texts, in lower case, that name no revision."""

# OmegaConf's `${oc.env:NAME, default}`, and what shells and compose take: `${NAME:-default}`.
_DEFAULT = regex(r"\$\{(?:oc\.env:\w+\s*,|env:\w+\s*,|\w+:?-)\s*(?P<rest>[^${}]+?)\s*\}")
_UNFILLED = regex(rf"[{{}}$<>%]|{HOLE}")


@dataclass(frozen=True, slots=True)
class Named:
    """What a value names: `closed` unless something else can be put in its place.

    `revision` is what stands behind the name; `prefixed`: what stands before it means the Hub.
    """

    repo_id: Placed
    revision: Placed | None = None
    closed: bool = True
    prefixed: bool = False


def named(
    leaf: Leaf, mark: str = "", prefixes: tuple[str, ...] = (), many: bool = False
) -> Iterator[Named]:
    """The names in a value; none in one that only the running program knows.

    `mark` is what stands before a revision. With `prefixes` only what begins so is a name.
    """
    text, closed = _without_default(leaf.text)
    if many:
        for part in _split(text):
            yield from _named(part, mark, prefixes, closed)
    elif len(text.text) <= LONGEST + 100:
        yield from _named(text, mark, prefixes, closed)


def is_unfilled(text: str) -> bool:
    """Whether a part of a text is filled in by a running program."""
    return _UNFILLED.search(text) is not None


def is_anybodys(repo_id: str) -> bool:
    """Whether an id stands for the reader's own, or begins with a domain instead of an owner."""
    owner, slash, _name = repo_id.partition("/")
    return bool(slash) and (
        owner.lower() in PLACEHOLDERS
        or YOURS.match(owner) is not None
        or DOMAIN.fullmatch(owner) is not None
    )


def is_in_a_folder(repo_id: str) -> bool:
    """Whether an id begins as the folders do that programs write to."""
    owner, slash, _name = repo_id.partition("/")
    return bool(slash) and owner.lower() in FOLDERS


def _without_default(text: Placed) -> tuple[Placed, bool]:
    found = _DEFAULT.fullmatch(text.text) if len(text.text) < 1000 else None
    if found is not None:
        return text.part(*found.span("rest")), False
    inner = text.text.strip()
    if len(inner) == len(text.text):
        return text, True
    start = len(text.text) - len(text.text.lstrip())
    return text.part(start, start + len(inner)), True


def _split(text: Placed) -> Iterator[Placed]:
    for found in re.finditer(r"[^,\s][^,]*", text.text):
        yield text.part(found.start(), found.start() + len(found.group().rstrip()))


def _named(text: Placed, mark: str, prefixes: tuple[str, ...], closed: bool) -> Iterator[Named]:
    wanted = prefixes or PREFIXES
    prefix = next((one for one in wanted if text.text.startswith(one)), "")
    if prefixes and not prefix:
        return
    rest = text.part(len(prefix), len(text.text))
    if mark == " ":
        name, revision = _preloaded(rest)
    else:
        name, revision = _divided(rest, mark)
    is_whole = revision is None or "/" in name.text
    if is_whole and is_repo_id(name.text) and not is_anybodys(name.text):
        yield Named(name, revision, closed, bool(prefix))


def _divided(text: Placed, mark: str) -> tuple[Placed, Placed | None]:
    """A name, and the revision behind the mark."""
    if mark == "/":
        owner, name = (*text.text.split("/", 2), "")[:2]
        return text.part(0, len(owner) + 1 + len(name)), None
    if mark == "--":
        return text.part(0, max(text.text.find(mark), 0)), None
    text = _without_lora(text) if mark == "@" else _without_query(text)
    at = text.text.find(mark or "@")
    if at <= 0:
        return text, None
    return text.part(0, at), text.part(at + 1, len(text.text))


def _preloaded(text: Placed) -> tuple[Placed, Placed | None]:
    """A name, files with commas between, and the commit, with blanks between them."""
    words = list(re.finditer(r"\S+", text.text))
    parts = [text.part(*one.span()) for one in words]
    return (parts[0] if parts else text), (parts[2] if len(parts) > 2 else None)


def _without_lora(text: Placed) -> Placed:
    """Leave out the id of a LoRA, which mergekit has behind a plus."""
    at = text.text.find("+")
    return text.part(0, at) if at > 0 else text


def _without_query(text: Placed) -> Placed:
    at = text.text.find("?")
    return text.part(0, at) if at > 0 else text
