"""The rules, one file each. A rule is found by being there: `hfmNNN_what_is_wrong.py`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_hfmodels.rules.rule import Rule


def codes() -> tuple[str, ...]:
    """The codes of all rules, in order, read off the file names alone."""
    return tuple(_stems())


@cache
def load(code: str) -> Rule:
    """The rule with that code. Raises `KeyError` for a code that no rule has."""
    rule: Rule = import_module(f"{__name__}.{_stems()[code]}").RULE
    return rule


def document(code: str) -> str:
    """The rule's own document: what is wrong, why it hurts, what to do."""
    return import_module(f"{__name__}.{_stems()[code]}").__doc__ or ""


def chosen(select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules whose codes begin with one of `select` and with none of `ignore`."""
    wanted, unwanted = tuple(select), tuple(ignore)
    return tuple(
        load(code)
        for code in codes()
        if code.startswith(wanted) and not (unwanted and code.startswith(unwanted))
    )


@cache
def _stems() -> dict[str, str]:
    names = sorted(os.listdir(os.path.dirname(__file__)))
    stems = (os.path.splitext(name)[0] for name in names if name.endswith(".py"))
    return {stem[:6].upper(): stem for stem in stems if stem[:3] == "hfm" and stem[3:6].isdecimal()}
