"""Which paths a pattern means."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_hfmodels.path_pattern import matches


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        pytest.param("a.py", "a.py", True, id="name"),
        pytest.param("a.py", "src/a.py", True, id="name-in-a-folder"),
        pytest.param("src", "src/deep/a.py", True, id="folder"),
        pytest.param("src/", "src/deep/a.py", True, id="folder-with-a-slash"),
        pytest.param("deep", "src/deep/a.py", True, id="folder-below"),
        pytest.param("*.py", "src/deep/a.py", True, id="suffix"),
        pytest.param("*.py", "src/a.pyi", False, id="longer-suffix"),
        pytest.param("src/deep", "src/deep/a.py", True, id="path-of-a-folder"),
        pytest.param("./src/deep", "src/deep/a.py", True, id="path-with-a-dot"),
        pytest.param("src/*.py", "src/deep/a.py", True, id="path-over-folders"),
        pytest.param("deep/a.py", "src/deep/a.py", False, id="path-that-begins-below"),
        pytest.param("*/a.py", "src/deep/a.py", True, id="path-that-begins-anywhere"),
        pytest.param("src", "./src/a.py", True, id="dot-before-the-path"),
        pytest.param("src", "lib/../src/a.py", True, id="way-round"),
        pytest.param("src", "sources/a.py", False, id="part-of-a-name"),
        pytest.param("SRC", "src/a.py", False, id="case"),
    ],
)
def test_matches(pattern: str, path: str, expected: bool) -> None:
    assert matches(path, [pattern]) is expected


def test_any_of_several() -> None:
    assert matches("a.py", ["b.py", "a.*"])


def test_none() -> None:
    assert not matches("a.py", [])


def test_absolute_path_below_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert matches(str(tmp_path / "src/a.py"), ["src/*"])


def test_absolute_path_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert not matches(str(tmp_path / "src/a.py"), ["src/*"])
