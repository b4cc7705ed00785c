"""What bandit adds to our own judgement, and what it must not."""

from __future__ import annotations

import pytest

pytest.importorskip("bandit")

from flake8_hfmodels.hazards.judging import dangers_of
from flake8_hfmodels.hazards.kinds import HAZARDS
from flake8_hfmodels.hazards.with_bandit import KINDS, dangers_by_both, is_there


def test_it_is_there() -> None:
    assert is_there()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(b"f(1, shell=True)\n", [(1, "process")], id="shell"),
        pytest.param(
            b"import ssl\nx = 1\nssl._create_unverified_context()\n", [(3, "network")], id="added"
        ),
        pytest.param(
            b"# nosec\nf(1, shell=True)  # nosec\n", [(2, "process")], id="no-comment-counts"
        ),
    ],
)
def test_what_it_adds(text: bytes, expected: list[tuple[int, str]]) -> None:
    assert [(one.line, one.kind) for one in dangers_by_both("a/x.py", text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"import subprocess\nsubprocess.run('x', shell=True)\n", id="the-same-line"),
        pytest.param(b"if __name__ == '__main__':\n    f(1, shell=True)\n", id="main"),
        pytest.param(b"import random\nassert random.random()\npassword = 'x'\n", id="noise"),
        pytest.param(b"try: f()\nexcept Exception: pass\n", id="try-pass"),
        pytest.param(b"x = (\n", id="syntax"),
        pytest.param(b"x = '\0'\n", id="null"),
        pytest.param(b"# coding: utf-7\n+AG8-\n", id="encoding"),
        pytest.param(b"x = " + b"1 + " * 2000 + b"1", id="deep"),
        pytest.param(b"x = '\\d'\n", id="warns"),
    ],
)
def test_it_adds_nothing(text: bytes) -> None:
    assert dangers_by_both("x.py", text) == dangers_of("x.py", text)


def test_every_test_of_it_is_one_of_our_kinds() -> None:
    assert {kind for kind, _what in KINDS.values()} <= HAZARDS.keys()


def test_nothing_is_said_on_the_way(capfd: pytest.CaptureFixture[str]) -> None:
    dangers_by_both("x.py", b"f(1, shell=True)\nx = '\xff'\n")
    dangers_by_both("x.py", b"f(1, shell=True)\n")
    assert capfd.readouterr() == ("", "")
