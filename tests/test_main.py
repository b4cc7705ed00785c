"""The command in this process: what it prints, and what it exits with."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_hfmodels.cli.exits import CLEAN, USAGE
from flake8_hfmodels.cli.main import main


@pytest.fixture(autouse=True)
def thresholds() -> Iterator[None]:
    """Garbage is looked for as often as before."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_completion(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == CLEAN
    assert "hfmodels" in capsys.readouterr().out


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == CLEAN
    assert "\n  check " in capsys.readouterr().out


def test_report_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "app.py").write_text("x = 1\n")
    output = str(tmp_path / "no" / "folder")
    options = ["check", "--offline", "--isolated", "--output", output]
    assert main([*options, str(tmp_path)]) == USAGE
    assert capsys.readouterr().err.startswith(f"hfmodels: --output: {output}: cannot be written")
