"""The hook, as pre-commit installs it from a clone of this project and git runs it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doors import LOAD, Place
from tests.fakehub import FakeHub, small_world

PROJECT = Path(__file__).parent.parent
SHIPPED = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
MODEL = "openai-community/gpt2"
UNPINNED = LOAD.format(MODEL, "")


@pytest.fixture(scope="module")
def hub() -> Iterator[FakeHub]:
    with FakeHub(small_world()) as running:
        yield running


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, hub: FakeHub) -> Place:
    """Where everything happens; what pre-commit builds is built once, here."""
    folder = tmp_path_factory.mktemp("pre-commit")
    pip = os.environ.get("PIP_CACHE_DIR", os.path.expanduser("~/.cache/pip"))
    base = Place.at(folder / "base", hub.url)
    store = str(folder / "store")
    return base.where(PRE_COMMIT_HOME=store, PIP_CACHE_DIR=pip, PIP_NO_COMPILE="1")


@pytest.fixture(scope="module")
def clone(base: Place) -> Place:
    """This project as a repository of one commit, whatever the state of the working tree."""
    clone = base.inside("clone")
    for name in SHIPPED:
        shutil.copy(PROJECT / name, clone.folder / name)
    ignored = shutil.ignore_patterns("__pycache__")
    package = "flake8_hfmodels"
    shutil.copytree(PROJECT / package, clone.folder / package, ignore=ignored)
    clone.git("init", "-q")
    clone.git("add", ".")
    clone.git("commit", "-q", "-m", "All of it")
    return clone


@pytest.fixture(scope="module")
def project(base: Place, clone: Place) -> Place:
    """A user's repository with the hook installed, from a clone of this project."""
    project = base.inside("project")
    revision = clone.git("rev-parse", "HEAD").out.strip()
    project.write(
        ".pre-commit-config.yaml",
        f"repos:\n- repo: {clone.folder}\n  rev: {revision}\n  hooks:\n  - id: hfmodels\n",
    )
    project.git("init", "-q")
    project.python("-m", "pre_commit", "install")
    return project


def test_try_repo_stops_at_the_bad_file(base: Place, clone: Place) -> None:
    place = base.inside("tried")
    place.git("init", "-q")
    place.write("bad.py", UNPINNED)
    place.write("notes.md", UNPINNED)
    place.git("add", ".")
    ran = place.python("-m", "pre_commit", "try-repo", str(clone.folder), "hfmodels", "--all-files")
    assert ran.code == 1
    assert "bad.py:2:1: HFM001 unpinned-revision: " in ran.out
    assert "- exit code: 1" in ran.out
    assert "2 files, 1 reference, 1 repo (1 asked, 0 cached, 0 unanswered); online;" in ran.out


def test_commit_is_stopped_until_the_model_is_pinned(project: Place, hub: FakeHub) -> None:
    sha = hub.world.repo("model", MODEL).head
    project.write("app.py", UNPINNED)
    project.git("add", ".")
    stopped = project.run("git", "commit", "-m", "Load a model")
    assert stopped.code == 1
    assert f"pin revision='{sha}'" in stopped.out + stopped.err
    assert project.run("git", "rev-parse", "HEAD", "--").code != 0

    project.write("app.py", LOAD.format(MODEL, f', revision="{sha}"'))
    project.git("add", ".")
    passed = project.run("git", "commit", "-m", "Load a pinned model")
    assert passed.code == 0, passed.out + passed.err
    assert project.git("log", "--format=%s").out == "Load a pinned model\n"


def test_commit_of_other_files_asks_nobody(project: Place, hub: FakeHub) -> None:
    hub.clear()
    project.write("plain.py", "print('hello')\n")
    project.git("add", "plain.py")
    project.git("commit", "-m", "Say hello")
    assert hub.requests == []


def test_commit_is_not_blocked_by_a_hub_that_is_down(project: Place, nobody_listens: str) -> None:
    pinned = LOAD.format("acme/forecaster", f', revision="{"a" * 40}"')
    project.write("other.py", pinned)
    project.git("add", "other.py")
    away = project.where(HF_ENDPOINT=nobody_listens)
    assert away.run("git", "commit", "-m", "Commit on a train").code == 0
