"""The hook, as pre-commit installs it from a clone of this project and git runs it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

import pytest

from tests.doors import LOAD, Place
from tests.fakehub import FakeHub, small_world
from tests.installing import PROJECT, of_pip, once

SHIPPED = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
MODEL = "openai-community/gpt2"
OTHER_MODEL = "acme/forecaster"
UNPINNED = LOAD.format(MODEL, "")
PLAIN = "print('hello')\n"
ADDRESS = f"https://huggingface.co/{MODEL}/resolve/main/model.safetensors"

NAMES = (
    "with space.py",
    "Ünïcode-名前.py",
    'it\'s "quoted".py',
    "-dash.py",
    "--offline",
    "$(touch owned).py",
    "*.py",
    "deep/er/-/down.py",
    "new\nline.py",
)
"""What git takes for a name and what a shell or a reader of options would misread."""

KINDS: dict[str, tuple[str, int]] = {
    "app.py": (UNPINNED, 2),
    "look.ipynb": (
        json.dumps(
            {
                "cells": [{"cell_type": "code", "source": UNPINNED, "outputs": []}],
                "metadata": {"language_info": {"name": "python"}},
                "nbformat": 4,
                "nbformat_minor": 5,
            },
        ),
        1,
    ),
    "train.yaml": (f"base_model: {MODEL}\n", 1),
    "config.json": (f'{{"weights": "{ADDRESS}"}}\n', 1),
    "settings.toml": (f'weights = "{ADDRESS}"\n', 1),
    "settings.ini": (f"[model]\nweights = {ADDRESS}\n", 2),
    "Dockerfile": (f"FROM python:3.12\nRUN hf download {MODEL}\n", 2),
    "docs/index.md": (f"# Run it\n\n```python\n{UNPINNED}```\n", 5),
    "docs/index.rst": (f".. code-block:: python\n\n{indent(UNPINNED, '   ')}", 4),
    "fetch.sh": (f"hf download {MODEL}\n", 1),
    "fetch": (f"#!/bin/sh\nhf download {MODEL}\n", 2),
    ".env": (f"WEIGHTS={ADDRESS}\n", 1),
    "Makefile": (f"fetch:\n\thf download {MODEL}\n", 2),
    "justfile": (f"fetch:\n    hf download {MODEL}\n", 2),
    "requirements.txt": (f"https://huggingface.co/{MODEL}/resolve/main/a-1-py3-none-any.whl\n", 1),
    "caption.ts": (
        'import { pipeline } from "@huggingface/transformers";\n'
        f'await pipeline("text-generation", "{MODEL}");\n',
        2,
    ),
}
"""A file of each kind, and the line on which a model is loaded."""

OF_NO_INTEREST = ("a.c", "a.h", "a.cpp", "a.css", "a.csv", "a.go", "a.java", "a.rs", "a.svg")


@dataclass(frozen=True)
class Released:
    """This project as a repository that a user's configuration names."""

    folder: Path
    revision: str


@pytest.fixture(scope="module")
def hub() -> Iterator[FakeHub]:
    with FakeHub(small_world()) as running:
        yield running


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """One commit of this project, whatever the state of the working tree."""
    folder = once(tmp_path_factory, "released", _release)
    place = Place.at(folder / "clone", "")
    return Released(place.folder, place.git("rev-parse", "HEAD").out.strip())


def _release(folder: Path) -> None:
    clone = Place.at(folder / "clone", "")
    for name in SHIPPED:
        shutil.copy(PROJECT / name, clone.folder / name)
    ignored = shutil.ignore_patterns("__pycache__")
    package = "flake8_hfmodels"
    shutil.copytree(PROJECT / package, clone.folder / package, ignore=ignored)
    clone.git("init", "-q")
    clone.git("add", ".")
    clone.git("commit", "-q", "-m", "All of it")


@pytest.fixture
def repository(tmp_path: Path, hub: FakeHub, released: Released) -> Place:
    """An empty repository, with no answers of the Hub kept and what pre-commit built at hand."""
    place = Place.at(tmp_path / "project", hub.url).unmeasured()
    place.git("init", "-q")
    hub.clear()
    return place.where(PRE_COMMIT_HOME=str(released.folder.with_name("store")), **of_pip())


@pytest.fixture
def project(repository: Place, released: Released) -> Place:
    """A user's repository with the hook installed."""
    repository.write(
        ".pre-commit-config.yaml",
        f"repos:\n- repo: {released.folder}\n  rev: {released.revision}\n"
        "  hooks:\n  - id: hfmodels\n    verbose: true\n",
    )
    assert repository.python("-m", "pre_commit", "install").code == 0
    repository.git("add", ".")
    return repository


def pinned(hub: FakeHub, model: str = MODEL) -> str:
    return LOAD.format(model, f', revision="{hub.world.repo("model", model).head}"')


def unpinned(out: str) -> list[tuple[str, int]]:
    """Path and line of each finding; one in a notebook says its cell as well."""
    found = re.findall(r"^(.+?):(\d+):\d+(?: \(cell .+?\))?: HFM001 ", out, flags=re.MULTILINE)
    return [(path, int(line)) for path, line in found]


def footers(out: str) -> list[str]:
    """The last lines of the processes that the hook ran in, without their times."""
    return re.findall(r"^(\d+ files?, .*);[^;]*s$", out, flags=re.MULTILINE)


def asked_for_repos(hub: FakeHub) -> list[str]:
    paths = (one.path.partition("?")[0] for one in hub.requests)
    return sorted(path.removeprefix("/api/models/") for path in paths)


def test_try_repo_stops_at_the_bad_file(repository: Place, released: Released) -> None:
    repository.write("bad.py", UNPINNED)
    repository.write("notes.md", UNPINNED)
    repository.git("add", ".")
    ran = repository.python(
        "-m", "pre_commit", "try-repo", str(released.folder), "hfmodels", "--all-files"
    )
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
    project.write("plain.py", PLAIN)
    project.git("add", "plain.py")
    project.git("commit", "-m", "Say hello")
    assert hub.requests == []


def test_commit_is_not_blocked_by_a_hub_that_is_down(project: Place, nobody_listens: str) -> None:
    project.write("other.py", LOAD.format(OTHER_MODEL, f', revision="{"a" * 40}"'))
    project.git("add", "other.py")
    away = project.where(HF_ENDPOINT=nobody_listens)
    assert away.run("git", "commit", "-m", "Commit on a train").code == 0


def test_all_files_are_checked_not_those_of_the_commit_alone(project: Place, hub: FakeHub) -> None:
    project.write("old.py", UNPINNED)
    project.git("add", ".")
    project.git("commit", "--no-verify", "-m", "Before there was a hook")
    project.write("new.py", pinned(hub))
    project.git("add", ".")
    assert project.python("-m", "pre_commit", "run").code == 0

    ran = project.python("-m", "pre_commit", "run", "--all-files")
    assert ran.code == 1
    assert unpinned(ran.out) == [("old.py", 2)]


def test_finding_that_is_staged_counts_though_the_file_is_mended_since(
    project: Place, hub: FakeHub
) -> None:
    project.write("app.py", UNPINNED)
    project.git("add", ".")
    mended = pinned(hub)
    file = project.write("app.py", mended)
    stopped = project.run("git", "commit", "-m", "Forget to stage the pin")
    assert stopped.code == 1
    assert "app.py:2:1: HFM001 " in stopped.out + stopped.err
    assert file.read_text("utf-8") == mended


def test_finding_that_is_not_staged_does_not_count(project: Place, hub: FakeHub) -> None:
    staged = pinned(hub)
    project.write("app.py", staged)
    project.git("add", ".")
    file = project.write("app.py", UNPINNED)
    passed = project.run("git", "commit", "-m", "Stage the pin")
    assert passed.code == 0, passed.out + passed.err
    assert project.git("show", "HEAD:app.py").out == staged
    assert file.read_text("utf-8") == UNPINNED


def test_part_of_a_file_is_staged(project: Place, hub: FakeHub) -> None:
    project.write("app.py", pinned(hub))
    project.git("add", ".")
    project.write("app.py", pinned(hub) + f'AutoModel.from_pretrained("{OTHER_MODEL}")\n')
    assert project.python("-m", "pre_commit", "run").code == 0
    project.git("add", ".")
    ran = project.python("-m", "pre_commit", "run")
    assert unpinned(ran.out) == [("app.py", 3)]


def test_names_are_names_whatever_is_in_them(project: Place) -> None:
    for name in NAMES:
        project.write(name, "#!/usr/bin/env python3\n" + UNPINNED)
    project.git("add", ".")
    stopped = project.python("-m", "pre_commit", "run")
    assert stopped.code == 1
    assert sorted(unpinned(stopped.out)) == sorted(
        (name.replace("\n", "\ufffd"), 3) for name in NAMES
    )
    assert not (project.folder / "owned").exists()


def test_files_of_every_kind_are_passed(project: Place) -> None:
    for name, (content, _line) in KINDS.items():
        project.write(name, content)
    project.git("add", ".")
    stopped = project.python("-m", "pre_commit", "run")
    assert stopped.code == 1
    loads = sorted((name, line) for name, (_content, line) in KINDS.items())
    assert sorted(unpinned(stopped.out)) == loads
    assert footers(stopped.out)[0].startswith(f"{len(KINDS) + 1} files, ")


def test_binary_files_and_code_that_loads_nothing_are_not_passed(project: Place) -> None:
    project.git("commit", "--no-verify", "-m", "Use the hook")
    project.write("logo.png", b"\x89PNG\r\n\x1a\n\0\0" + ADDRESS.encode())
    project.write("data", b"\0\1\2" + ADDRESS.encode())
    for name in OF_NO_INTEREST:
        project.write(name, ADDRESS)
    project.git("add", ".")
    ran = project.python("-m", "pre_commit", "run")
    assert ran.code == 0
    assert "(no files to check)Skipped" in ran.out


def test_many_files_are_one_process(project: Place, hub: FakeHub) -> None:
    for number in range(5000):
        project.write(f"m/{number}.py", PLAIN)
    project.write("m/1.py", UNPINNED)
    project.write("m/4999.py", LOAD.format(OTHER_MODEL, ""))
    project.git("add", ".")
    stopped = project.run("git", "commit", "-m", "Add everything")
    said = stopped.out + stopped.err
    assert stopped.code == 1
    assert footers(said) == [
        "5001 files, 2 references, 2 repos (2 asked, 0 cached, 0 unanswered); online"
    ]
    assert asked_for_repos(hub) == [OTHER_MODEL, MODEL]


def test_processes_that_share_many_long_names_ask_about_each_repo_once(
    project: Place, hub: FakeHub
) -> None:
    """pre-commit starts as many processes as 128 KiB of names each take, one after the other."""
    folder, numbers = "services/clinic_letters/models", (0, 1, 4998, 4999)
    for number in range(5000):
        project.write(f"{folder}/{number:04}.py", PLAIN)
    for number in numbers:
        project.write(f"{folder}/{number:04}.py", UNPINNED)
    project.git("add", ".")
    ran = project.python("-m", "pre_commit", "run", "--all-files")
    assert ran.code == 1
    first, last = footers(ran.out)
    assert first.endswith(" files, 2 references, 1 repo (1 asked, 0 cached, 0 unanswered); online")
    assert last.endswith(" files, 2 references, 1 repo (0 asked, 1 cached, 0 unanswered); online")
    assert sum(int(one.split(" ")[0]) for one in (first, last)) == 5001
    assert unpinned(ran.out) == [(f"{folder}/{number:04}.py", 2) for number in numbers]
    assert asked_for_repos(hub) == [MODEL]


def hooked(repository: Place, released: Released, hook: str) -> Place:
    """A repository with another hook."""
    config = f"repos:\n- repo: {released.folder}\n  rev: {released.revision}\n"
    repository.write(".pre-commit-config.yaml", f"{config}  hooks:\n  - id: {hook}\n")
    assert repository.python("-m", "pre_commit", "install").code == 0
    repository.git("add", ".")
    return repository


def test_hook_that_pins_stops_the_commit_once(
    repository: Place, released: Released, hub: FakeHub
) -> None:
    project = hooked(repository, released, "hfmodels-pin")
    file = project.write("--fix.py", UNPINNED)
    project.git("add", ".")
    stopped = project.run("git", "commit", "-m", "Load a model")
    assert stopped.code == 1
    assert "files were modified by this hook" in stopped.out + stopped.err
    assert file.read_text("utf-8").startswith(pinned(hub).rstrip("\n"))
    project.git("add", ".")
    assert project.run("git", "commit", "-m", "Load a pinned model").code == 0


def test_hook_that_pins_is_not_in_the_way_without_a_hub(
    repository: Place, released: Released, nobody_listens: str
) -> None:
    project = hooked(repository, released, "hfmodels-pin")
    file = project.write("app.py", LOAD.format(OTHER_MODEL, ""))
    project.git("add", ".")
    away = project.where(HF_ENDPOINT=nobody_listens)
    assert away.run("git", "commit", "-m", "Commit on a train").code == 0
    assert file.read_text("utf-8") == LOAD.format(OTHER_MODEL, "")


def test_hook_that_holds_the_code_against_the_lock(
    repository: Place, released: Released, hub: FakeHub
) -> None:
    project = hooked(repository, released, "hfmodels-lock")
    project.write("app.py", UNPINNED)
    assert project.hfmodels("lock").code == 0
    project.git("add", ".")
    hub.clear()
    assert project.run("git", "commit", "-m", "Lock what is loaded").code == 0

    project.write("more.py", LOAD.format(OTHER_MODEL, ""))
    project.git("add", ".")
    stopped = project.run("git", "commit", "-m", "Load more")
    assert stopped.code == 1
    assert "more.py:2:1: HFM015" in stopped.out + stopped.err
    assert hub.requests == []
