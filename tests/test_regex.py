"""Patterns that are compiled late are those of `re`, and all of them compile."""

from __future__ import annotations

import copy
import importlib
import pickle
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import flake8_hfmodels
from flake8_hfmodels.regex import regex

LATE = type(regex(""))
SOURCE = r"(?P<key>\w+)=(\d+)"
TEXT = "a=1, b=22; C=333"

Pattern = re.Pattern[str]


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda one: one.search(TEXT, 3)["key"], id="search"),
        pytest.param(lambda one: one.match(TEXT).span(), id="match"),
        pytest.param(lambda one: one.match(TEXT, 1), id="no-match"),
        pytest.param(lambda one: one.fullmatch("a=1").groups(), id="fullmatch"),
        pytest.param(lambda one: one.fullmatch(TEXT), id="no-fullmatch"),
        pytest.param(lambda one: [found[0] for found in one.finditer(TEXT)], id="finditer"),
        pytest.param(lambda one: one.findall(TEXT), id="findall"),
        pytest.param(lambda one: one.split(TEXT), id="split"),
        pytest.param(lambda one: one.sub(r"\2", TEXT), id="sub"),
        pytest.param(lambda one: one.subn("", TEXT), id="subn"),
        pytest.param(lambda one: one.pattern, id="pattern"),
        pytest.param(lambda one: one.flags, id="flags"),
        pytest.param(lambda one: (one.groups, dict(one.groupindex)), id="groups"),
    ],
)
@pytest.mark.parametrize("flags", [0, re.IGNORECASE | re.ASCII, re.VERBOSE], ids=str)
def test_it_answers_as_re_does(ask: Callable[[Pattern], object], flags: int) -> None:
    one = regex(SOURCE, flags)
    expected = ask(re.compile(SOURCE, flags))
    assert [ask(one), ask(one)] == [expected, expected]


def test_bytes() -> None:
    found = regex(rb"\d").search(b"a1")
    assert found is not None
    assert found[0] == b"1"


def test_it_is_compiled_when_it_is_used() -> None:
    wrong = regex("(")
    with pytest.raises(re.error, match="missing \\)"):
        wrong.search("")


def test_what_no_pattern_has_it_has_not() -> None:
    assert not hasattr(regex("a"), "searched")


@pytest.mark.parametrize("used", [False, True], ids=["unused", "used"])
@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))],
    ids=["copy", "deepcopy", "pickle"],
)
def test_copies(copied: Callable[[Pattern], Pattern], used: bool) -> None:
    one = regex("a", re.IGNORECASE)
    if used:
        one.search("a")
    assert copied(one).findall("aA") == ["a", "A"]


def late(value: Any) -> Iterator[Pattern]:
    """The patterns in a value that a module holds."""
    if isinstance(value, LATE):
        yield value
    if isinstance(value, dict):
        yield from late(tuple(value.values()))
    if isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from late(one)


PATTERNS = {
    id(one): pytest.param(one, id=f"{module.name.removeprefix('flake8_hfmodels.')}.{name}")
    for module in pkgutil.walk_packages(flake8_hfmodels.__path__, "flake8_hfmodels.")
    for name, value in vars(importlib.import_module(module.name)).items()
    for one in late(value)
}


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 200


@pytest.mark.parametrize("one", PATTERNS.values())
def test_every_pattern_of_ours_compiles(one: Pattern) -> None:
    """Without a warning, too, which would be an error here."""
    re.purge()
    assert re.compile(one.pattern, one.flags).flags == one.flags
