"""What rules are judged by in tests, beside references and what the Hub says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from flake8_hfmodels.blame import Line
from flake8_hfmodels.check import Beside
from flake8_hfmodels.rules.hfm008_identity_changed import WRITTEN
from flake8_hfmodels.sources.placed import split_lines


def aged(since: int, _path: str, text: str | None, lines: Collection[int]) -> Mapping[int, Line]:
    """What git says where all lines of a file are equally old."""
    assert text is not None
    return {number: Line(since, split_lines(text)[number - 1]) for number in lines}


BESIDE = Beside(partial(aged, WRITTEN))
"""All lines are as old as those of the examples."""
