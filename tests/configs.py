"""Reads files of keys and values into what a test can write down whole."""

from __future__ import annotations

from typing import NamedTuple

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.rules.hfm001_unpinned_revision import RULE as UNPINNED
from flake8_hfmodels.rules.hfm003_trust_remote_code import RULE as TRUSTING
from flake8_hfmodels.rules.rule import NOT_ASKED
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.reading import references
from flake8_hfmodels.sources.source import TextSource
from tests.reading import Plain, plain

_KINDS: dict[str, KindName] = {
    "yaml": "yaml",
    "yml": "yaml",
    "MLmodel": "yaml",
    "MLproject": "yaml",
    "json": "json",
    "lock": "json",
    "toml": "toml",
    "cfg": "ini",
    "gitmodules": "ini",
}


class Named(NamedTuple):
    """One reference of a file, in short."""

    line: int
    call: str
    ids: Plain
    revision: Plain = "absent"
    trust: Plain = "absent"
    persona: str = "regular"
    confidence: str = "high"


def read_config(
    text: str, path: str = "file.yaml", everything: bool = False, folders: tuple[str, ...] = ()
) -> list[Reference]:
    kind = _KINDS[path.rpartition("/")[2].rpartition(".")[2]]
    source = TextSource(
        path, kind, whole_file(text), split_lines(text), lambda name: name in folders
    )
    return references(source, everything)


def named(text: str, path: str = "file.yaml", everything: bool = False) -> list[Named]:
    return [
        Named(
            one.span.line,
            one.call,
            plain(one.repo_id),
            plain(one.revision),
            plain(one.trust_remote_code),
            one.persona.value,
            one.confidence.value,
        )
        for one in read_config(text, path, everything)
    ]


def ids(text: str, path: str = "file.yaml") -> list[tuple[int, str]]:
    """What everybody hears of: lines and ids."""
    return [
        (written.span.line, str(written.value))
        for one in read_config(text, path)
        if one.persona is Persona.REGULAR
        for written, _target in one.targets()
    ]


def messages(text: str, path: str = "file.yaml") -> list[str]:
    """What the rules say that need no facts, with the place."""
    return [
        f"{place.line}:{place.column} {problem.message}"
        for one in read_config(text, path)
        if one.persona is Persona.REGULAR
        for rule in (UNPINNED, TRUSTING)
        for problem in rule.check(one, lambda _target: NOT_ASKED)
        for place in [problem.at or one.span]
    ]
