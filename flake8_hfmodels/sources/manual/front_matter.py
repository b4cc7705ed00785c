"""The head of a card on the Hub, between lines of dashes: the repos that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flake8_hfmodels.loaders.front_matter import FIELDS, Field
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import ABSENT, Confidence, Known, Reference, Value, Written
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_commit_hash, is_repo_id, names_a_file
from flake8_hfmodels.sources.marked.tree import Items, Leaf, Mapping, Node
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.source import Context

_HEAD = regex(r"---[ \t]*\r?\n((?:(?!---)[^\n]*\n){0,2000})---[ \t]*(?:\r?\n|\Z)")
_WORD = regex(r"\S+")

_FIELDS = {one.key: one for one in FIELDS}


def head_of(text: Placed) -> tuple[int, int]:
    """Where the head of a text begins and ends; an empty stretch where there is none."""
    found = _HEAD.match(text.text)
    return found.span(1) if found is not None else (0, 0)


def head_references(head: Placed, context: Context) -> list[Reference]:
    """The repos that a head names."""
    if not any(key in head.text for key in _FIELDS):
        return []
    from flake8_hfmodels.sources.marked.yaml import read_yaml

    documents = read_yaml(head).documents
    return [
        reference
        for document in documents
        if isinstance(document, Mapping)
        for entry in document.entries
        if entry.key.text.text in _FIELDS
        for leaf in _leaves(entry.value)
        for reference in _named(_FIELDS[entry.key.text.text], leaf.text, context)
    ]


def _leaves(node: Node) -> Iterator[Leaf]:
    """The values of a key: one, or those of a list."""
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Items):
        yield from (one for one in node.items if isinstance(one, Leaf))


def _named(field: Field, text: Placed, context: Context) -> Iterator[Reference]:
    words = list(_WORD.finditer(text.text))
    if not words or (len(words) > 1 and not field.with_files):
        return
    repo_id = words[0].group()
    if not is_repo_id(repo_id) or (not field.with_files and names_a_file(repo_id)):
        return
    downloads = field.loader.downloads
    yield Reference(
        path=context.path,
        span=text.span(words[0].start(), words[-1].end()),
        kind="config" if downloads else "mention",
        loader=field.loader,
        call=field.key,
        repo_id=Known((Written(repo_id, text.span(*words[0].span())),)),
        repo_type=field.loader.repo_type,
        revision=_revision(text, words) if downloads else ABSENT,
        confidence=Confidence.HIGH if downloads else Confidence.MEDIUM,
        persona=Persona.REGULAR if downloads else Persona.AUDITOR,
    )


def _revision(text: Placed, words: list[re.Match[str]]) -> Value:
    """The commit behind the files; a Space waits for one without files too."""
    last = words[-1]
    if len(words) > 2 or (len(words) == 2 and is_commit_hash(last.group())):
        return Known((Written(last.group(), text.span(*last.span())),))
    return ABSENT
