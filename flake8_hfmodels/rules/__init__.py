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


OFF = frozenset({"HFM014"})
"""The rules that nobody hears of who does not name them: by their whole code in `select`."""


def chosen(select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that `is_chosen` takes."""
    wanted, unwanted = tuple(select), tuple(ignore)
    return tuple(load(code) for code in codes() if is_chosen(code, wanted, unwanted))


def is_chosen(code: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    """Whether a code begins with one of `select` and with none of `ignore`."""
    if code in OFF and code not in select:
        return False
    return code.startswith(select) and not (ignore and code.startswith(ignore))


@cache
def _stems() -> dict[str, str]:
    names = sorted(os.listdir(os.path.dirname(__file__)))
    stems = (os.path.splitext(name)[0] for name in names if name.endswith(".py"))
    return {stem[:6].upper(): stem for stem in stems if stem[:3] == "hfm" and stem[3:6].isdecimal()}
