"""What rules are judged by in tests, beside references and what the Hub says."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping
from functools import partial
from textwrap import dedent

from flake8_hfmodels.blame import Line
from flake8_hfmodels.check import Beside
from flake8_hfmodels.governing.policy import Policy
from flake8_hfmodels.governing.reading import policy_in
from flake8_hfmodels.rules import document
from flake8_hfmodels.rules.hfm008_identity_changed import WRITTEN
from flake8_hfmodels.sources.placed import split_lines

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def aged(since: int, _path: str, text: str | None, lines: Collection[int]) -> Mapping[int, Line]:
    """What git says where all lines of a file are equally old."""
    assert text is not None
    return {number: Line(since, split_lines(text)[number - 1]) for number in lines}


def policy(text: str) -> Policy:
    """The policy that a file with this text has."""
    table = tomllib.loads(dedent(text))["tool"]["hfmodels"]["policy"]
    return policy_in(table, "pyproject.toml")


def _shown(code: str) -> str:
    """The policy that a rule's document shows."""
    found = re.search(r"^( +)\[tool\.hfmodels\.policy\]\n(?:\1.*\n)+", document(code), re.MULTILINE)
    assert found is not None
    return found[0]


BESIDE = Beside(partial(aged, WRITTEN), policy=policy(_shown("HFM013")))
"""All lines are as old as those of the examples, and the policy is theirs."""
