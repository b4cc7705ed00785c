"""What a word of a command line says of a repo: its id, its revision, its type."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from flake8_hfmodels.loaders.commands.row import Load
from flake8_hfmodels.loaders.row import Loader, RepoType
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Unknown
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_repo_id, names_a_file
from flake8_hfmodels.sources.shell.word import HOLE, Text, Word
from flake8_hfmodels.sources.text.links import find_links

TYPES: dict[str, RepoType] = {
    "model": "model",
    "models": "model",
    "dataset": "dataset",
    "datasets": "dataset",
    "space": "space",
    "spaces": "space",
    "kernel": "kernel",
    "kernels": "kernel",
}
_GIT = regex(
    r"(?:(?:https?|ssh|git)://(?:[^/@\s]*@)?(?:huggingface\.co|hf\.co|hf-mirror\.com)/"
    r"|git@(?:huggingface\.co|hf\.co):)([^#?]+)"
)
_PATH = regex(r"\.{0,2}/|~|file:|[A-Za-z]:[\\/]")
_ENTRY = regex(r"[^,]+")


@dataclass(frozen=True, slots=True, eq=False)
class Id:
    """A repo as a command line names it; `None` is what the line does not say."""

    repo_id: Text
    revision: Text | None = None
    repo_type: RepoType | None = None


Said = Id | Unknown | str | None
"""A repo, one that nobody knows, why it is something local, or nothing of the Hub (`None`)."""


def read_id(text: Text, load: Load, is_local: Callable[[str], bool]) -> Said:
    """What a word says, by the form in which its program takes repos."""
    loader = load.loader
    prefix = next((one for one in loader.prefixes if text.text.startswith(one)), "")
    if loader.prefixes and not prefix:
        return None
    text = text.part(len(prefix), len(text.text))
    if load.form == "git":
        found = _GIT.match(text.text)
        return _of_path(text.part(*found.span(1)), loader.at_revision) if found else None
    if load.form == "file":
        return _of_url(text)
    if text.text.startswith("hf://"):
        path = text.part(len("hf://"), len(text.text))
        return None if path.text.startswith("buckets/") else _of_path(path, True)
    if load.form == "uri":
        return None
    name, revision = _at(text) if loader.at_revision else (text, None)
    if load.ending:
        name = name.part(0, len(name.text.partition(load.ending)[0]))
    return _of_name(name, revision, loader, is_local)


def named_parts(word: Word) -> Iterator[Word]:
    """The repos in `name=org/a,name=org/b`, or in `{"name": …, "path": …}`."""
    for text in word.choices:
        entries = _json(text.text)
        if entries is not None:
            parts = [text.narrowed(entries["path"])] if "path" in entries else []
        else:
            parts = [text.part(*found.span()) for found in _ENTRY.finditer(text.text)] or [text]
            parts = [part.behind("=") if part.text.partition("=")[2] else part for part in parts]
        yield from (Word((part,), word.closed) for part in parts)


def entry(word: Word, names: Sequence[str]) -> Sequence[Word]:
    """The value of a key in `key=value,…` or in JSON; a word that spreads where it may be there."""
    found: list[Text] = []
    maybe = False
    for text in word.choices:
        entries = _entries(text)
        found.extend([entries[name] for name in names if name in entries][:1])
        maybe = maybe or any(HOLE in key for key in entries)
    if found:
        return [Word(tuple(found), word.closed)]
    hole = Text(HOLE, word.choices[0].written())
    return [Word((hole,), spread=True)] if maybe else []


def _entries(text: Text) -> dict[str, Text]:
    loaded = _json(text.text)
    if loaded is not None:
        return {
            key: text.narrowed(value, text.text.find(f'"{key}"') + len(key) + 2)
            for key, value in loaded.items()
        }
    entries: dict[str, Text] = {}
    for one in _ENTRY.finditer(text.text):
        key, equals, value = one.group().partition("=")
        begin = one.start() + len(key) + len(equals) + len(value) - len(value.lstrip())
        entries[key.strip()] = text.part(begin, begin + len(value.strip()))
    return entries


def _json(text: str) -> dict[str, str] | None:
    """The texts and flags of a JSON object; `None` for what is none."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        loaded = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return {key: str(value) for key, value in loaded.items() if isinstance(value, (str, bool))}


def _at(text: Text) -> tuple[Text, Text | None]:
    """The two sides of `name@revision`."""
    name, _at_sign, revision = text.text.partition("@")
    return text.part(0, len(name)), text.behind("@") if revision else None


def _of_name(
    text: Text, revision: Text | None, loader: Loader, is_local: Callable[[str], bool]
) -> Said:
    name = text.text
    kind, slash, rest = name.partition("/")
    if not name:
        return "no repo is named"
    if _PATH.match(name):
        return "a local path"
    if HOLE in name:
        return "a local path" if names_a_file(name) else Unknown("decided at run time")
    if loader.repo_type_param is not None and "/" in rest and kind in TYPES:
        return _of_path(text, False)
    if loader.names_elsewhere and not slash:
        return "a name of the library's own"
    if loader.never_local and not is_repo_id(name):
        return "no id that a repo could have"
    if not loader.never_local and is_local(name):
        return "a local path"
    return Id(text, revision)


def _of_path(text: Text, at_revision: bool) -> Said:
    """The repo in `[datasets/]org/name[@revision][/file]`."""
    begin = len(text.text) - len(text.text.lstrip("/"))
    kind, slash, _rest = text.text[begin:].partition("/")
    repo_type: RepoType = "model"
    if slash and kind in TYPES:
        repo_type = TYPES[kind]
        begin += len(kind) + 1
    path = text.text[begin:].rstrip("/")
    name = text.part(begin, begin + len("/".join(path.split("/", 2)[:2])))
    name, revision = _at(name) if at_revision else (name, None)
    name = name.part(0, len(name.text.removesuffix(".git")))
    if HOLE in name.text:
        return Unknown("decided at run time")
    if not is_repo_id(name.text):
        return "no id that a repo could have"
    return Id(name, revision, repo_type)


def _of_url(text: Text) -> Said:
    """The repo in `https://huggingface.co/[datasets/]org/name/resolve/revision/file`."""
    link = next(find_links(text.text.replace(HOLE, "$")), None)
    if link is None or link.start > 0 or link.form == "page":
        return None
    name = text.part(link.name, link.name + len(link.repo_id))
    if link.revision is None:
        return Id(name, None, link.repo_type)
    revision = text.narrowed(link.revision, link.name + len(link.repo_id))
    return Id(name, revision if link.revision else Text(HOLE, text.written()), link.repo_type)
