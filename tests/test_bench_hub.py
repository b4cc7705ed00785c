"""The benchmark of the Hub layer: a small run of each part, and what it says of a broken one."""

from __future__ import annotations

import re

import pytest

from bench import hub
from bench.hub import Ended, Figure, Plan
from tests.doors import Ran

SMALL = Plan(runs=1, repos=3, stored=3, files=3, jobs=2, processes=2, shared=4, huge=2, siblings=2)


def measured(part: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of one part, without the times, shares and sizes, which no two runs share."""
    assert hub.main(["--only", part], SMALL) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["| what | promised | measured |", "|---|---|---|"]
    return [re.sub(r"-?[\d.]+ (s|%|MB)( \*\*over\*\*)? \|$", r"N \1 |", line) for line in lines[2:]]


def test_cold_and_warm(capsys: pytest.CaptureFixture[str]) -> None:
    assert measured("check", capsys) == [
        "| 3 repos, 50 ms latency, cold: wall time | <= 1.2 s | N s |",
        "| 3 repos, 50 ms latency, cold: most requests | <= 3 | 3 |",
        "| 3 repos, 50 ms latency, warm: wall time | - | N s |",
        "| 3 repos, 50 ms latency, warm: most requests | <= 0 | 0 |",
    ]


def test_in_sqlite(capsys: pytest.CaptureFixture[str]) -> None:
    assert measured("sqlite", capsys) == [
        "| 3 repos, no latency, cold: wall time | - | N s |",
        "| 3 repos, no latency, cold: share of SQLite | - | N % |",
    ]


def test_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    assert measured("trouble", capsys) == [
        "| flake8 -j 2, 3 files, --hfmodels-offline: wall time | - | N s |",
        "| flake8 -j 2, 3 files, connections refused: added | <= 1 s | N s |",
        "| flake8 -j 2, 3 files, no answer to connect: added | - | N s |",
        "| flake8 -j 2, 3 files, hanging: added | - | N s |",
    ]


def test_processes(capsys: pytest.CaptureFixture[str]) -> None:
    lines = measured("processes", capsys)
    assert lines[0] == "| 2 processes, the same 4 repos, cold: wall time | - | N s |"
    assert re.fullmatch(r"\| 2 processes.*: most requests \| <= 6 \| [4-8]( .*)? \|", lines[1])
    assert lines[2:] == [
        "| 2 processes, the same 4 repos, cold: complaints of a locked database | <= 0 | 0 |",
        "| 2 processes, the same 4 repos, cold: different results | <= 1 | 1 |",
    ]


def test_memory(capsys: pytest.CaptureFixture[str]) -> None:
    assert measured("memory", capsys) == [
        "| 2 answers at once, small each: most memory | - | N MB |",
        "| 2 answers at once, 2 files each: most memory | - | N MB |",
    ]


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        pytest.param(Figure("time", 1.234, " s"), "| time | - | 1.23 s |", id="nothing-promised"),
        pytest.param(Figure("n", 75, at_most=75.0), "| n | <= 75 | 75 |", id="kept"),
        pytest.param(
            Figure("time", 1.3, " s", 1.2), "| time | <= 1.2 s | 1.30 s **over** |", id="broken"
        ),
    ],
)
def test_line_of_the_table(figure: Figure, line: str) -> None:
    assert str(figure) == line


def test_run_that_found_too_little_is_not_measured() -> None:
    ended = Ended(Ran(1, "app.py:2:1: HFM001 no hash\n", "the Hub cannot be reached"), 1.0, 1.0)
    with pytest.raises(SystemExit, match=r"^hub.py: 0 findings of 1: the Hub cannot be reached$"):
        hub.answered(ended, 1)


def test_unknown_part(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        hub.main(["--only", "everything"])
    assert "invalid choice: 'everything'" in capsys.readouterr().err
