"""Which paths a pattern means."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_hfmodels.path_pattern import anchored, from_here, matches


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
        pytest.param("src/./deep//a.py", "src/deep/a.py", True, id="more-than-it-takes"),
        pytest.param("src/lib/../deep", "src/deep/a.py", True, id="pattern-that-goes-round"),
        pytest.param("**/a.py", "a.py", True, id="two-stars-for-nothing"),
        pytest.param("**/deep/*", "src/x/deep/a.py", True, id="two-stars-for-folders"),
        pytest.param("src/**/a.py", "src/a.py", True, id="two-stars-within"),
        pytest.param("src/**/a.py", "lib/a.py", False, id="two-stars-elsewhere"),
        pytest.param("src/**", "src/deep/a.py", True, id="two-stars-behind"),
        pytest.param("src/*", "src/", True, id="what-is-in-a-folder"),
        pytest.param("src/*", "src", False, id="folder-itself"),
        pytest.param("src/*", "src/deep/", True, id="what-is-in-a-folder-below"),
        pytest.param("*.py", "src/", False, id="some-in-a-folder"),
        pytest.param("..deep/*.py", "..deep/a.py", True, id="name-with-dots"),
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


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("*.py", "*.py", id="name"),
        pytest.param("tests/", "tests/", id="name-of-a-folder"),
        pytest.param("src/*", "/a[[]1]/[*]/src/*", id="path"),
        pytest.param("./src/*", "/a[[]1]/[*]/src/*", id="dot"),
        pytest.param("../src", "/a[[]1]/src", id="beside"),
        pytest.param(".", "/a[[]1]/[*]", id="folder-itself"),
        pytest.param("./", "/a[[]1]/[*]", id="folder-itself-with-a-slash"),
        pytest.param("/src/*", "/src/*", id="absolute"),
    ],
)
def test_anchored(pattern: str, expected: str) -> None:
    assert anchored(pattern, "/a[1]/*") == expected


def test_anchored_nowhere() -> None:
    assert anchored("src/*", "") == "src/*"


def test_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert matches("src/a.py", [anchored(".", "")])
    assert matches("src/", [anchored("./src/*", str(tmp_path))])
    assert not matches("src", [anchored("./src/*", str(tmp_path))])
    assert not matches("../a.py", [anchored(".", "")])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("{}/here/..a/b.py", "..a/b.py"),
        ("{}/a.py", "{}/a.py"),
        ("a/../b.py", "a/../b.py"),
    ],
)
def test_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, expected: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert from_here(path.format(tmp_path)) == expected.format(tmp_path)


def test_from_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "here").rmdir()
    assert from_here("/a.py") == "/a.py"
    assert matches("/a.py", ["a.*"])
