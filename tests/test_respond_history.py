"""What `hfmodels respond` reads out of the history of git, with real repositories."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels.responding import commits as commits_of_git
from flake8_hfmodels.responding import history
from tests.doors import LOAD, Place
from tests.inside import Inside
from tests.test_respond import ID, git

PINNED = LOAD.format(ID, ', revision="v1"')
Told = tuple[str, list[list[str]], list[str]]
"""A file, what it was pinned at over time, and where it still names the repo."""


@pytest.fixture
def project(lonely: Place) -> Place:
    """A repository in which nobody has loaded anything yet."""
    place = Inside.of(lonely)
    git(place)
    return place


def commit(place: Place, message: str = "x", **files: str | bytes) -> str:
    """A commit of files, each called without its suffix `.py`; its hash."""
    for name, content in files.items():
        place.write(f"{name}.py", content)
    place.git("add", "--all")
    place.git("commit", "-q", "--allow-empty", "-m", message)
    return place.git("rev-parse", "HEAD").out.strip()


def said(place: Place, *options: str, asked: str = ID) -> Any:
    """What the history says, in JSON."""
    ran = place.hfmodels("respond", asked, *options, "--offline", "--format", "json")
    assert ran.code in (0, 1), ran
    return json.loads(ran.out)["history"]


def files(place: Place, *options: str) -> list[Told]:
    """What the only repository says of files."""
    (repository,) = said(place, *options)["repositories"]
    return [
        (
            one["path"],
            [[pin["words"] for pin in change["pins"]] for change in one["changes"]],
            one["refs"],
        )
        for one in repository["files"]
    ]


def texts(place: Place) -> list[str]:
    (repository,) = said(place)["repositories"]
    found: list[str] = repository["text_only"]
    return found


def test_pins_over_time_and_the_end(project: Place) -> None:
    commit(project, app="")
    first = commit(project, app=LOAD.format(ID, ""))
    commit(project, app=LOAD.format(ID, "") + "more()\n")
    last = commit(project, app=PINNED)
    gone = commit(project, app="")
    commit(project, other="")
    assert files(project) == [("app.py", [["no revision"], ["v1"], []], [])]
    (file,) = said(project)["repositories"][0]["files"]
    hashes = [file[name]["hash"] for name in ("first", "last", "removed")]
    assert hashes == [first, last, gone]
    text = project.hfmodels("respond", ID, "--offline").out
    assert f"; removed 20{time.strftime('%y-%m-%d', time.gmtime())}, {gone[:12]} by Test; " in text


def test_renamed_file(project: Place) -> None:
    commit(project, old=PINNED)
    project.git("mv", "old.py", "new.py")
    commit(project)
    assert files(project) == [
        ("new.py", [["v1"]], ["HEAD", "main"]),
        ("old.py", [["v1"], []], []),
    ]


def test_another_branch_and_a_tag(project: Place) -> None:
    commit(project)
    project.git("checkout", "-q", "-b", "dev")
    commit(project, app=PINNED)
    project.git("tag", "v2")
    project.git("checkout", "-q", "main")
    assert files(project) == [("app.py", [["v1"]], ["dev", "v2"])]


def test_merge_that_brings_it_by_itself(project: Place) -> None:
    commit(project, app="a = 1\n")
    project.git("checkout", "-q", "-b", "dev")
    commit(project, app="a = 2\n")
    project.git("checkout", "-q", "main")
    commit(project, app="a = 3\n")
    project.run("git", "merge", "-q", "dev")
    merge = commit(project, app=PINNED)
    (file,) = said(project)["repositories"][0]["files"]
    assert file["first"]["hash"] == merge


def test_merge_of_a_branch_that_has_it(project: Place) -> None:
    commit(project, app="a = 1\n")
    project.git("checkout", "-q", "-b", "dev")
    brought = commit(project, bad=PINNED)
    project.git("checkout", "-q", "main")
    commit(project, app="a = 3\n")
    project.git("merge", "-q", "--no-edit", "dev")
    ((_path, pins, refs),) = files(project)
    assert (pins, sorted(refs)) == ([["v1"]], ["HEAD", "dev", "main"])
    assert said(project)["repositories"][0]["files"][0]["first"]["hash"] == brought


def test_binary_and_strange_files(project: Place) -> None:
    project.write("model.bin", b"\0\1" + ID.encode() + b"\0")
    project.write("data.csv", f"1,{ID}\n")
    project.write("latin.py", b"# -*- coding: latin-1 -*-\n# \xe9\n" + PINNED.encode())
    project.write("run", f"#!/bin/sh\nhf download {ID}\n")
    project.write("a\tb.py", PINNED)
    project.write("b\nc.py", PINNED)
    (project.folder / "link").symlink_to(ID)
    (project.folder / "d\udcff.py").write_text(PINNED)
    commit(project)
    found = {path: refs for path, _pins, refs in files(project)}
    everywhere = ["HEAD", "main"]
    assert found == {
        "latin.py": everywhere,
        "run": everywhere,
        "a\tb.py": everywhere,
        "b\nc.py": [],  # `git cat-file` takes a path as a line
        "d\udcff.py": everywhere,
    }
    assert sorted(texts(project)) == ["data.csv", "link", "model.bin"]
    lines = project.hfmodels("respond", ID, "--offline").out.splitlines()
    assert all(one.replace("\t", "").isprintable() for one in lines)


def test_file_that_became_a_link(project: Place) -> None:
    commit(project, app=PINNED)
    (project.folder / "app.py").unlink()
    (project.folder / "app.py").symlink_to("elsewhere")
    commit(project)
    assert files(project) == [("app.py", [["v1"], []], [])]


def test_name_that_is_part_of_another(project: Place) -> None:
    commit(project, app=LOAD.format(f"{ID}-2", ""), other=f"# {ID}s\n")
    assert files(project) == []
    assert texts(project) == []


def test_name_in_other_letters(project: Place) -> None:
    commit(project, app=LOAD.format(ID.upper(), ""))
    commit(project, app="")
    assert files(project) == [("app.py", [["no revision"], []], [])]


def test_name_that_is_put_together(project: Place) -> None:
    code = "from transformers import AutoModel\nO = 'acme'\nAutoModel.from_pretrained(f'{O}/bad')\n"
    commit(project, app=code)
    assert files(project) == [("app.py", [["no revision"]], ["HEAD", "main"])]


def test_path_within(project: Place) -> None:
    project.write("src/app.py", PINNED)
    commit(project, other=PINNED)
    assert [path for path, *_rest in files(project, "src")] == ["src/app.py"]
    inside = Inside(project.folder / "src", project.environment)
    assert [path for path, *_rest in files(inside, "app.py")] == ["app.py"]
    assert [path for path, *_rest in files(inside, "..", ".")] == ["../other.py", "app.py"]


def test_since(project: Place) -> None:
    project = Inside.of(project.where(GIT_COMMITTER_DATE="2020-01-01T00:00:00Z"))
    commit(project, app=PINNED, gone=PINNED)
    project.git("rm", "-q", "gone.py")
    commit(project)
    project = Inside.of(project.where(GIT_COMMITTER_DATE="2021-01-01T00:00:00Z"))
    commit(project, other=PINNED)
    assert files(project, "--since", "2020-06-01") == [
        ("app.py", [], ["HEAD", "main"]),
        ("other.py", [["v1"]], ["HEAD", "main"]),
    ]
    (file, _other) = said(project, "--since", "2020-06-01")["repositories"][0]["files"]
    assert (file["first"], file["last"], file["removed"]) == (None, None, None)
    text = project.hfmodels("respond", ID, "--offline", "--since", "2020-06-01").out
    assert "  app.py: since before the commits that were read; still in HEAD, main; " in text


def test_no_history(project: Place) -> None:
    commit(project, app=PINNED)
    found = said(project, "--no-history")
    assert (found["searched"], found["repositories"]) == (False, [])
    assert "In the history" not in project.hfmodels("respond", ID, "--no-history").out


def test_no_commits(project: Place) -> None:
    project.write("app.py", PINNED)
    assert files(project) == []


def test_shallow_clone(project: Place) -> None:
    commit(project, app=PINNED)
    top = commit(project, other="")
    project.git("clone", "-q", "--depth", "1", f"file://{project.folder}", "clone")
    clone = Inside(project.folder / "clone", project.environment)
    (repository,) = said(clone)["repositories"]
    assert repository["is_shallow"] is True
    (file,) = repository["files"]
    assert file["first"]["hash"] == top
    assert file["refs"] == ["HEAD", "main", "origin/main"]
    shallow = "1 commit of {} searched (a shallow clone: older commits are not here)"
    assert shallow.format(clone.folder) in clone.hfmodels("respond", ID, "--offline").out


def test_worktree(project: Place) -> None:
    commit(project, app=PINNED)
    project.git("worktree", "add", "-q", "-b", "dev", "../tree")
    tree = Inside(project.folder.with_name("tree"), project.environment)
    commit(tree, app="")
    assert files(tree) == [("app.py", [["v1"], []], ["main"])]


def test_two_repositories_and_a_folder_in_none(project: Place, tmp_path: Path) -> None:
    commit(project, app=PINNED)
    other = Inside(tmp_path / "other", project.environment)
    other.folder.mkdir()
    git(other)
    commit(other, app=PINNED)
    outside = tmp_path / "outside"
    outside.mkdir()
    found = said(project, ".", str(other.folder), str(outside))
    assert [one["top"] for one in found["repositories"]] == [str(project.folder), str(other.folder)]
    assert [one["path"] for each in found["repositories"] for one in each["files"]] == [
        "app.py",
        "../other/app.py",
    ]
    assert found["outside"] == [str(outside)]


def test_hostile_author_and_date(project: Place) -> None:
    place = Inside.of(
        project.where(GIT_AUTHOR_NAME="A\x1b[31m`|<b>", GIT_AUTHOR_DATE="@99999999999999 +0000")
    )
    commit(place, app=PINNED)
    (file,) = said(place)["repositories"][0]["files"]
    assert file["first"]["authored"] == ""
    out = place.hfmodels("respond", ID, "--offline", "--format", "markdown").out
    assert "\x1b" not in out
    assert "``app.py: since on a day that is none, " in out
    assert " by A\N{REPLACEMENT CHARACTER}[31m`|b; still in HEAD, main; pinned: v1``\n" in out


def test_configuration_that_names_programs(project: Place) -> None:
    commit(project, app=PINNED)
    mark = project.folder.with_name("ran")
    run = f"touch {mark}; cat"
    project.write(".gitattributes", "*.py diff=evil filter=evil\n")
    for key, value in (
        ("diff.evil.textconv", run),
        ("diff.evil.command", run),
        ("diff.external", run),
        ("core.fsmonitor", run),
        ("core.pager", run),
        ("log.showSignature", "true"),
        ("gpg.program", run),
        ("core.hooksPath", "."),
        ("diff.relative", "true"),
        ("log.showRoot", "false"),
        ("diff.renames", "copies"),
        ("log.follow", "true"),
    ):
        project.git("config", key, value)
    project.git("config", "filter.evil.clean", "cat")
    mark.unlink(missing_ok=True)
    assert files(project) == [("app.py", [["v1"]], ["HEAD", "main"])]
    assert not mark.exists()


def test_replaced_commits_do_not_count(project: Place) -> None:
    bad = commit(project, app=PINNED)
    good = commit(project, app="")
    project.git("replace", bad, good)
    assert [pins for _path, pins, _refs in files(project)] == [[["v1"], []]]


def test_two_thousand_commits(project: Place) -> None:
    stream = [*map(_step, range(2000))]
    project.run("git", "fast-import", "--quiet", stdin="".join(stream))
    project.git("reset", "-q", "--hard")
    begin = time.monotonic()
    (repository,) = said(project)["repositories"]
    assert time.monotonic() - begin < 20
    assert (repository["commits"], repository["searched"]) == (2000, 2000)
    assert [one["path"] for one in repository["files"]] == ["f1.py"]


def _step(number: int) -> str:
    file = f"M 100644 inline f{number % 7}.py\n"
    text = PINNED if number in (1, 8) else f"x = {number}\n"
    who = f"committer A <a@x> {1_600_000_000 + number} +0000\n"
    return f"commit refs/heads/main\n{who}data 0\n\n{file}data {len(text)}\n{text}\n"


# Not all of it


def test_time_is_over_at_once(project: Place) -> None:
    commit(project, app=PINNED)
    (repository,) = said(project, "--history-time", "1e-9")["repositories"]
    assert repository["troubles"] == ["git does not list its commits"]


def test_time_is_over_while_searching(project: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(4):
        commit(project, app=PINNED)
    commit(project, app="")
    monkeypatch.setattr(commits_of_git, "CHUNK", 1)
    monkeypatch.setattr(history, "_FOR_SEARCHING", 0.0)
    (repository,) = said(project)["repositories"]
    assert (repository["commits"], repository["searched"]) == (5, 0)
    assert repository["troubles"] == ["0 of 5 commits searched in the time"]
    text = project.hfmodels("respond", ID, "--offline").out
    assert f"  0 of 5 commits of {project.folder} searched\n" in text
    assert "  0 of 5 commits searched in the time\n" in text


def test_time_is_over_while_reading(project: Place) -> None:
    for number in range(3):
        commit(project, app=PINNED + f"# {number}\n")
    git_of = commits_of_git.Repository(str(project.folder), [], "", commits_of_git.Clock(60))
    heads = git_of.heads([b"app.py"])[b"app.py"]
    contents = git_of.contents([heads["HEAD"]], 1000)
    git_of.clock = commits_of_git.Clock(0)
    assert [*contents] == []
    git_of.clock = commits_of_git.Clock(60)
    contents = git_of.contents([heads["HEAD"], git_of_other(project)], 1000)
    next(contents)
    git_of.clock = commits_of_git.Clock(0)
    assert [*contents] == []


def git_of_other(place: Place) -> str:
    """The blob of an older version."""
    return place.git("rev-parse", "HEAD~1:app.py").out.strip()


def test_versions_that_are_too_large(project: Place) -> None:
    commit(project, app=PINNED)
    commit(project, app=PINNED + "#" * 300)
    commit(project, app="")
    (repository,) = said(project, "--max-size", "0.0002")["repositories"]
    assert repository["troubles"] == ["1 of 3 versions were not read"]
    assert files(project, "--max-size", "0.0002") == [("app.py", [["v1"], []], [])]


def test_large_versions_in_portions(project: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(project, app=PINNED)
    commit(project, app=LOAD.format(ID, ""))
    commit(project, app="")
    monkeypatch.setattr(commits_of_git, "MOST_BYTES", 100)
    assert files(project) == [("app.py", [["v1"], ["no revision"], []], [])]


def test_more_files_than_are_followed(project: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(project, a=PINNED, b=PINNED, c=PINNED)
    monkeypatch.setattr(history, "MOST_PATHS", 2)
    (repository,) = said(project)["repositories"]
    assert [one["path"] for one in repository["files"]] == ["a.py", "b.py"]
    assert repository["troubles"] == ["of 3 files that hold the name 2 were followed"]


def test_objects_that_are_lost(project: Place) -> None:
    commit(project, app=PINNED)
    blob = project.git("rev-parse", "HEAD:app.py").out.strip()
    commit(project, app="")
    (project.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    (repository,) = said(project)["repositories"]
    assert repository["searched"] < repository["commits"]
    assert "git could not read 2 commits: not all is here" in repository["troubles"]


def test_trees_that_are_lost(project: Place) -> None:
    commit(project, app=PINNED)
    tree = project.git("rev-parse", "HEAD^{tree}").out.strip()
    commit(project, app=PINNED + "more()\n")
    (project.folder / ".git/objects" / tree[:2] / tree[2:]).unlink()
    (repository,) = said(project)["repositories"]
    assert "not every version of the files was listed" in repository["troubles"]


def test_folder_that_is_gone_or_on_another_drive(
    project: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(project, app=PINNED)
    monkeypatch.setattr("os.path.relpath", _refuse)
    search = history.Search(None, None, "", 1.0, 1, None, None)  # type: ignore[arg-type]
    repository = commits_of_git.Repository("/top", [], "", commits_of_git.Clock(1))
    assert history._Telling(repository, search)._shown(b"a.py") == "/top/a.py"


def _refuse(*_paths: str) -> str:
    raise ValueError("path is on mount 'D:', start on mount 'C:'")
