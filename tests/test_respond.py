"""`hfmodels respond` on a fake Hub: one story of a bad model, told in every form."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.writing import written
from tests.auditing import locked
from tests.doors import LOAD, Place, Ran
from tests.fakehub import FakeHub, Fault
from tests.fakehub.objects import Content
from tests.inside import Inside
from tests.locking import entry

ID = "acme/bad"
WEIGHTS: dict[str, Content] = {
    "config.json": "{}",
    "pytorch_model.bin": b"pickle",
    "modeling_bad.py": "import os\n",
}
IN_THE_CODE = "  app.py:2:1: AutoModel.from_pretrained(): no revision"


@pytest.fixture
def hub(hub: FakeHub) -> FakeHub:
    """A Hub that has a model which is about to turn out bad."""
    hub.world.create_repo("model", ID, WEIGHTS, at="2026-01-05")
    return hub


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache of this machine, which huggingface_hub chose when it was imported."""
    constants = pytest.importorskip("huggingface_hub.constants")
    folder = tmp_path / "cache"
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(folder))
    return folder


@pytest.fixture
def client(hub: FakeHub, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """huggingface_hub itself, which downloads from the fake Hub into that cache."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    huggingface_hub = pytest.importorskip("huggingface_hub", minversion="2.0")
    constants = pytest.importorskip("huggingface_hub.constants")
    for name in ("HF_HUB_DISABLE_TELEMETRY", "HF_HUB_DISABLE_PROGRESS_BARS", "HF_HUB_DISABLE_XET"):
        monkeypatch.setattr(constants, name, True)
    yield huggingface_hub.HfApi(endpoint=hub.url, token=False)
    huggingface_hub.close_session()


@pytest.fixture
def project(place: Place, cache: Path) -> Place:
    """A project that loads the model."""
    place.write("app.py", LOAD.format(ID, ""))
    return Inside.of(place)


def git(place: Place, *commands: str) -> None:
    """Make a repository, or go on in it; each command is one line of git."""
    for one in ("init -q -b main", *commands):
        place.git(*one.split(" "))


def report(place: Place, *options: str) -> Any:
    """What a run says in JSON."""
    ran = place.hfmodels("respond", ID, "--format", "json", *options)
    assert ran.code in (0, 1), ran
    return json.loads(ran.out)


# One story, as text and as JSON


def test_story_as_text(project: Place, hub: FakeHub, client: Any) -> None:
    snapshot = client.snapshot_download(ID, cache_dir=project.folder.with_name("cache"))
    git(project, "add .", "commit -q -m one")
    commit = hub.world.repo("model", ID).head
    own = locked(hub.world, ID)
    project.write("hfmodels.lock", written(Lock("", (own,))))
    ran = project.hfmodels("respond", ID)
    assert (ran.code, ran.err) == (1, "")
    lines = ran.out.splitlines()
    assert lines[0] == "acme/bad: traces of it are here"
    assert IN_THE_CODE in lines
    assert f"  1 commit of {project.folder} searched" in lines
    (story,) = (one for one in lines if one.startswith("  app.py: since "))
    assert story.endswith(" by Test; still in HEAD, main")
    assert f"  {commit} (main); 3 files, 18 bytes; in {snapshot}" in lines
    assert "    pickles: pytorch_model.bin" in lines
    assert "    code: modeling_bad.py" in lines
    assert f"  hfmodels.lock: model acme/bad at {commit} (main); used by app.py" in lines
    now = f"  model acme/bad: there; now at {commit}, created {own.created_at[:19]}"
    assert now in ran.out
    assert "  hfmodels respond acme/bad --deny why" in lines
    assert ran.untimed().splitlines()[-1] == (
        "1 reference, 1 file in the history, 1 on this machine, 1 in locks; online; 0.00 s"
    )


def test_story_as_json(project: Place, hub: FakeHub, client: Any) -> None:
    client.snapshot_download(ID, cache_dir=project.folder.with_name("cache"))
    git(project, "add .", "commit -q -m one")
    own = locked(hub.world, ID)
    project.write("hfmodels.lock", written(Lock("", (own,))))
    said = report(project)
    assert said["version"] == 1
    assert said["found"] is True
    assert said["names"] == [ID]
    (trace,) = said["references"]
    assert (trace["path"], trace["line"], trace["pin"]) == ("app.py", 2, "none")
    (repository,) = said["history"]["repositories"]
    (file,) = repository["files"]
    assert file["refs"] == ["HEAD", "main"]
    assert file["first"]["author"] == "Test"
    assert file["last"] == file["first"]
    assert file["removed"] is None
    assert said["history"]["since"] == file["first"]["authored"]
    (copy,) = said["machine"]["copies"]
    assert (copy["commit"], copy["is_locked"]) == (own.commit, True)
    verdicts = {one["path"]: one["lock"] for one in copy["files"]}
    assert verdicts == dict.fromkeys(WEIGHTS, "as locked")
    assert [one["path"] for one in copy["files"] if one["is_pickle"]] == ["pytorch_model.bin"]
    (lock,) = said["locks"]
    assert [one["object_id"] for one in lock["entries"]] == [own.object_id]
    assert lock["entries"][0]["owner"]["name"] == "acme"
    assert [(one["status"], one["repo"]["id"]) for one in said["hub"]] == [("found", ID)]
    assert said["policy"] is None
    assert said["summary"]["mode"] == "online"


def test_nothing_at_all(project: Place) -> None:
    ran = project.hfmodels("respond", "never-existed/at-all")
    assert ran.code == 0, ran
    lines = ran.out.splitlines()
    assert lines[0] == "never-existed/at-all: no trace of it is here"
    assert "  model never-existed/at-all: not there, or private; its owner is gone" in lines
    assert "  .: git is missing, knows no repository there, or does not trust its owner" in lines
    assert lines.count("  nothing") == 2
    assert "Next" not in lines
    assert ran.err == ""


def test_slip_in_the_name(project: Place) -> None:
    ran = project.hfmodels("respond", "acme/bed")
    assert ran.out.splitlines()[0] == "acme/bed: no trace of it is here"
    said = "the code names 'acme/bad', which is nearly 'acme/bed'; ask for that one, if it is meant"
    assert (ran.code, ran.complaints) == (0, [f"hfmodels: {said}"])


# Names


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("ACME/Bad", "acme/bad"),
        ("acme/bad", "Acme/BAD"),
        ("bert-base-uncased", "google-bert/bert-base-uncased"),
        ("google-bert/bert-base-uncased", "bert-base-uncased"),
        ("nina-vogel/lung-nodules", "radiolab/lung-nodules"),
    ],
)
def test_all_its_names(project: Place, asked: str, named: str) -> None:
    project.write("app.py", LOAD.format(named, ""))
    assert project.hfmodels("respond", asked).code == 1


def test_name_that_only_the_lock_knows(project: Place) -> None:
    project.write("app.py", LOAD.format("old/name", ""))
    lock = Lock("", (entry(repo_id="old/name", id="acme/bad"),))
    project.write("hfmodels.lock", written(lock))
    assert report(project, "--offline")["names"] == ["acme/bad", "old/name"]


def test_what_changed_since_it_was_locked(project: Place, hub: FakeHub) -> None:
    own = locked(hub.world, ID)
    project.write("hfmodels.lock", written(Lock("", (own,))))
    assert report(project)["locks"][0]["changed"] == []
    hub.world.delete_repo("model", ID)
    hub.world.create_repo("model", ID, {**WEIGHTS, "modeling_bad.py": "import socket\n"})
    project.hfmodels("cache", "clear")
    (lock,) = report(project)["locks"]
    assert [(one["repo_id"], one["status"]) for one in lock["changed"]] == [(ID, "re-created")]
    for form in ("text", "markdown"):
        assert "since it was locked: " in project.hfmodels("respond", ID, "--format", form).out


def test_the_lock_is_no_mere_text(project: Place, hub: FakeHub) -> None:
    project.write("hfmodels.lock", written(Lock("", (locked(hub.world, ID),))))
    project.write("notes.yaml", f"# see {ID}\n")
    assert report(project)["text_only"] == ["notes.yaml"]


def test_other_repo_that_brings_it_along(project: Place) -> None:
    project.write("app.py", "")
    adapter = entry(repo_id="acme/adapter", id="acme/adapter", adapter_of=(ID,))
    coded = entry(auto_map=(("AutoModel", f"{ID}--modeling.X"), ("AutoConfig", "own.X")))
    other = entry(repo_id="acme/other", id="acme/other", auto_map=(("AutoModel", "own.X"),))
    project.write("hfmodels.lock", written(Lock("", (adapter, other, coded))))
    ran = project.hfmodels("respond", ID, "--offline")
    assert ran.code == 1
    assert "  hfmodels.lock: model acme/adapter brings it along" in ran.out.splitlines()
    assert "  hfmodels.lock: model o/m brings it along" in ran.out.splitlines()


def test_lock_that_knows_nothing_of_it(project: Place) -> None:
    project.write("hfmodels.lock", written(Lock("", ())))
    assert "  hfmodels.lock: nothing" in project.hfmodels("respond", ID).out.splitlines()


def test_what_a_project_leaves_out_of_its_checks(project: Place) -> None:
    project.write("pyproject.toml", '[tool.hfmodels]\nexclude = ["app.py"]\nkinds = ["yaml"]\n')
    assert len(report(project)["references"]) == 1


@pytest.mark.parametrize(
    ("kind", "number"), [("model", 1), ("dataset", 0)], ids=["its-type", "another-type"]
)
def test_type(project: Place, kind: str, number: int) -> None:
    assert len(report(project, "--type", kind)["references"]) == number


def test_name_in_mere_text(project: Place) -> None:
    placeholder = "path/to"
    project.write("app.py", "")
    project.write("others.md", f"{placeholder}s, x{placeholder}, {placeholder}.py\n")
    project.write("named.md", f"See {placeholder.title()}.\n")
    project.write("large.md", f"{placeholder}\n" * 10)
    ran = project.hfmodels("respond", placeholder, ".", "--offline", "--max-size", "0.00006")
    assert ran.code == 0, ran
    lines = ran.out.splitlines()
    assert lines[0] == "path/to: no trace of it is here, but its name is"
    assert "In the code: 3 files read; 1 not read: 1 large" in lines
    assert "  in text only, no reference that is known: named.md" in lines


# One revision


def test_revision(project: Place, hub: FakeHub) -> None:
    bad = hub.world.repo("model", ID).head
    hub.world.tag("model", ID, "v1")
    hub.world.commit("model", ID, {"config.json": "{ }"})
    good = hub.world.repo("model", ID).head
    loads = [
        f', revision="{bad}"',
        ', revision="v1"',
        f', revision="{bad[:8]}"',
        f', revision="{good}"',
        ', revision="main"',
        ", revision=chosen()",
        "",
    ]
    project.write("app.py", "".join(LOAD.format(ID, one) for one in loads))
    ran = project.hfmodels("respond", f"{ID}@v1", "--format", "json")
    said = json.loads(ran.out)
    assert said["commits"] == [bad]
    assert [(one["pin"], one["bearing"]) for one in said["references"]] == [
        ("commit", "loads"),
        ("ref", "loads"),
        ("ref", "loads"),
        ("commit", "other"),
        ("ref", "may load"),
        ("unknown", "may load"),
        ("none", "may load"),
    ]
    text = project.hfmodels("respond", f"{ID}@v1").out
    assert f"  app.py:8:1: AutoModel.from_pretrained(): at {good}: another one" in text
    assert "a revision decided at run time: may be the bad one" in text


def test_only_other_revisions(project: Place, hub: FakeHub) -> None:
    bad = hub.world.repo("model", ID).head
    project.write("app.py", LOAD.format(ID, f', revision="{"0" * 40}"'))
    assert project.hfmodels("respond", f"{ID}@{bad}").code == 0
    assert project.hfmodels("respond", ID).code == 1


def test_revision_that_is_not_there(project: Place) -> None:
    ran = project.hfmodels("respond", f"{ID}@v9")
    assert ran.code == 1
    told = "  model acme/bad at v9: the repo is there, and has no such revision"
    assert told in ran.out.splitlines()


def test_tag_that_the_lock_has_seen(project: Place) -> None:
    project.write("app.py", LOAD.format(ID, f', revision="{"b" * 40}"'))
    lock = Lock("", (entry(repo_id=ID, id=ID, revision="v1", ref="v1", commit="a" * 40),))
    project.write("hfmodels.lock", written(lock))
    ran = project.hfmodels("respond", f"{ID}@v1", "--offline", "--format", "json")
    said = json.loads(ran.out)
    assert said["commits"] == ["a" * 40]
    assert [one["bearing"] for one in said["references"]] == ["other"]


# The Hub


def test_moved_and_flagged(project: Place) -> None:
    ran = project.hfmodels("respond", "nina-vogel/lung-nodules")
    assert "moved to radiolab/lung-nodules; the old owner exists" in ran.out


@pytest.mark.parametrize(
    "fault",
    [Fault.status(503), Fault.rate_limited(60), Fault.malformed()],
    ids=["down", "rate-limited", "nonsense"],
)
def test_hub_in_trouble(project: Place, hub: FakeHub, fault: Fault) -> None:
    hub.fault = fault
    ran = project.hfmodels("respond", ID, "--deadline", "1")
    assert ran.code == 1
    assert IN_THE_CODE in ran.out.splitlines()
    assert "  model acme/bad: not known (" in ran.out


def test_no_network(lonely: Place, cache: Path) -> None:
    place = Inside.of(lonely)
    place.write("app.py", "")
    assert place.hfmodels("respond", ID, "--deadline", "1").code == 0
    assert place.hfmodels("respond", ID, "--deadline", "1", "--strict").code == 3


def test_private_name_is_not_told(project: Place, hub: FakeHub) -> None:
    project.write("pyproject.toml", '[tool.hfmodels]\nnever-ask = ["acme/*"]\n')
    hub.clear()
    ran = project.hfmodels("respond", ID)
    assert ran.code == 1
    assert "  not asked, as never-ask says" in ran.out.splitlines()
    assert hub.requests == []
    said = report(project)
    assert said["summary"]["kept_back"] is True
    assert said["hub"] == []


def test_environment_that_says_offline(project: Place, hub: FakeHub) -> None:
    hub.clear()
    said = report(Inside.of(project.where(HF_HUB_OFFLINE="1")))
    assert said["summary"]["mode"] == "offline"
    assert [one["status"] for one in said["hub"]] == ["unknown"]
    assert hub.requests == []


# Bad input


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([ID, "-"], "respond is for files of a project; name a path"),
        (["a/b/c"], "'a/b/c' is no id of a repo"),
        (["acme/\x1b[31mbad"], "is no id of a repo"),
        (["../../etc/passwd"], "is no id of a repo"),
        (["a" * 5000], "is no id of a repo"),
        ([f"{ID}@"], "behind the @ must stand a branch, a tag or a commit"),
        ([f"{ID}@--all"], "behind the @ must stand a branch, a tag or a commit"),
        ([f"datasets/{ID}", "--type", "model"], "is a dataset, and asked for is a model"),
        ([ID, "--since", "yesterday"], "--since: 'yesterday' is no day; write 2026-01-31"),
        ([ID, "--history-time", "nan"], "--history-time: write how many seconds, such as 60"),
        ([ID, "--deadline", "-1"], "deadline"),
        ([ID, "--config", "gone.toml"], "gone.toml: cannot be read"),
    ],
)
def test_bad_usage(project: Place, arguments: list[str], words: str) -> None:
    ran = project.hfmodels("respond", *arguments)
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.complaints
    assert line.startswith("hfmodels: ")
    assert words in line
    assert line.isprintable()


def test_path_that_is_not_there(project: Place) -> None:
    ran = project.hfmodels("respond", ID, "gone", "app.py")
    assert ran.code == 2
    assert ran.complaints == ["hfmodels: gone: does not exist; name a file or a folder"]
    assert IN_THE_CODE in ran.out.splitlines()


def test_lock_that_cannot_be_read(project: Place) -> None:
    project.write("hfmodels.lock", "{")
    ran = project.hfmodels("respond", ID)
    assert ran.code == 2
    (line,) = ran.complaints
    assert line.startswith("hfmodels: hfmodels.lock")
    assert IN_THE_CODE in ran.out.splitlines()


def test_folder_that_is_not_there(project: Place) -> None:
    ran = project.hfmodels("respond", ID, "--folder", "gone")
    assert (ran.code, ran.complaints) == (2, ["hfmodels: gone: no such file or directory"])


# Output


def test_report_into_a_file(project: Place) -> None:
    options = ("--format", "markdown", "--output", "incident.md")
    ran = project.hfmodels("respond", ID, *options)
    assert ran.code == 1
    assert ran.out.startswith("1 reference, 0 files in the history, 0 on this machine, 0 in locks")
    text = (project.folder / "incident.md").read_text("utf-8")
    assert text.startswith("# Incident: `acme/bad`\n")


def test_report_to_what_is_no_file(project: Place) -> None:
    ran = Place.hfmodels(project, "respond", ID, "--output", "/dev/stderr")
    assert (ran.code, ran.out) == (1, "")
    assert IN_THE_CODE in ran.complaints


def test_report_that_cannot_be_written(project: Place) -> None:
    ran = project.hfmodels("respond", ID, "--output", "gone/incident.md")
    assert (ran.code, ran.out) == (2, "")
    assert ran.complaints[0].startswith("hfmodels: --output: gone/incident.md: cannot be written")


def test_progress_and_colours_on_a_terminal(project: Place) -> None:
    git(project, "add .", "commit -q -m one")
    said = project.on_a_terminal("-m", "flake8_hfmodels", "respond", ID, with_errors=True)
    assert "searching the history: 1 of 1 commits" in said
    assert "\x1b[1;31macme/bad\x1b[0m: traces of it are here" in said


# The policy


def ruled(place: Place, *options: str) -> Ran:
    return place.hfmodels("respond", ID, "--offline", "--deny", *options)


def test_deny(project: Place) -> None:
    ran = ruled(project, "stolen account")
    assert ran.code == 1
    assert "  pyproject.toml: denied from now on" in ran.out.splitlines()
    assert (project.folder / "pyproject.toml").read_text() == (
        "[tool.hfmodels.policy]\ndeny = [\n"
        '    { match = "acme/bad", reason = "stolen account" },\n]\n'
    )
    again = ruled(project, "another reason")
    assert "  pyproject.toml: denies it already" in again.out.splitlines()
    check = project.hfmodels("check", "--offline", "--select", "HFM013")
    assert check.code == 1, check
    assert "stolen account" in check.out


def test_deny_without_a_reason(project: Place) -> None:
    ruled(project)
    assert 'reason = "incident of 20' in (project.folder / "pyproject.toml").read_text()


def test_deny_in_a_pipe(project: Place) -> None:
    os.mkfifo(project.folder / "pyproject.toml")
    ran = project.hfmodels("respond", ID, "--offline", "--deny", "x")
    assert ran.code == 2
    assert ran.complaints == ["hfmodels: pyproject.toml: cannot be read (it is no file)"]


def test_environment_that_huggingface_hub_does_not_understand(place: Place) -> None:
    place.write("app.py", LOAD.format(ID, ""))
    ran = place.where(HF_ENDPOINT="http://[::1").hfmodels("respond", ID)
    assert ran.code == 2
    assert ran.complaints[-1] == (
        "hfmodels: huggingface_hub cannot read its environment (Invalid IPv6 URL)"
    )
    assert "On this machine: nowhere" in ran.out.splitlines()


def test_deny_by_all_its_names(project: Place) -> None:
    project.hfmodels("respond", "nina-vogel/lung-nodules", "--deny", "x")
    text = (project.folder / "pyproject.toml").read_text()
    assert '"nina-vogel/lung-nodules"' in text
    assert '"radiolab/lung-nodules"' in text


def test_deny_in_the_file_that_has_the_settings(project: Place) -> None:
    git(project)
    project.write("pyproject.toml", "[tool.hfmodels]\noffline = true\n")
    project.write("sub/pyproject.toml", "[project]\nname = 'x'\n")
    project.write("sub/app.py", LOAD.format(ID, ""))
    ran = project.hfmodels("respond", ID, "sub", "--offline", "--deny", "x")
    assert "  pyproject.toml: denied from now on" in ran.out.splitlines()
    assert "deny" not in (project.folder / "sub/pyproject.toml").read_text()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([], "../pyproject.toml"),
        (["pyproject.toml"], "../pyproject.toml"),
        (["sub/pyproject.toml"], "pyproject.toml"),
    ],
    ids=["none", "at-the-top", "nearer"],
)
def test_deny_where_nothing_is_set(project: Place, files: list[str], expected: str) -> None:
    git(project)
    for one in files:
        project.write(one, "[project]\nname = 'x'\n")
    project.write("sub/app.py", LOAD.format(ID, ""))
    inside = Inside(project.folder / "sub", project.environment)
    assert ruled(inside).code == 1
    assert "deny" in (inside.folder / expected).read_text()


def test_deny_without_a_repository(project: Place) -> None:
    project.write("sub/app.py", LOAD.format(ID, ""))
    inside = Inside(project.folder / "sub", project.environment)
    ruled(inside)
    assert (inside.folder / "pyproject.toml").is_file()


def test_deny_in_a_file_of_choice(project: Place) -> None:
    project.write("own.toml", "[tool.hfmodels]\n")
    assert "  own.toml: denied from now on" in ruled(project, "x", "--config", "own.toml").out


def test_files_that_go_by_another_file(project: Place) -> None:
    project.write("pyproject.toml", "[tool.hfmodels]\n")
    project.write("sub/pyproject.toml", "[tool.hfmodels]\n")
    project.write("sub/app.py", LOAD.format(ID, ""))
    ran = ruled(project)
    other = "sub/pyproject.toml: files here go by it and not by pyproject.toml"
    assert ran.complaints == [f"hfmodels: {other}: deny it there as well"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x = {}\n[tool]\nhfmodels.policy.deny = []\n", "in a way that we do not edit"),
        (b"# \xff\n", "cannot be read"),
    ],
    ids=["in-another-way", "no-text"],
)
def test_deny_that_is_refused(project: Place, content: bytes, words: str) -> None:
    file = project.write("pyproject.toml", content)
    ran = ruled(project, "x", "--isolated")
    assert ran.code == 2
    assert file.read_bytes() == content
    assert words in ran.err
    assert "left as it is" in ran.out


def test_deny_in_a_file_that_is_read_only(project: Place) -> None:
    project.write("pyproject.toml", "").chmod(0o444)
    ran = ruled(project)
    assert ran.code == 2
    assert ran.complaints == ["hfmodels: pyproject.toml: is read-only; left as it is"]
    assert '  deny = [{ match = "acme/bad", reason = "incident of ' in ran.out


def test_hostile_reason(project: Place) -> None:
    ruled(project, 'a "b"\n]\x1b[31m\udc80' + "x" * 1000)
    text = (project.folder / "pyproject.toml").read_text("utf-8")
    assert text.count("\n") == 4
    assert '\\"b\\"' in text
    assert "\x1b" not in text


def test_help_imports_nothing_heavy(project: Place) -> None:
    code = (
        "import sys\nfrom flake8_hfmodels.cli.main import main\n"
        "try: main(['respond', '--help'])\nexcept SystemExit: pass\n"
        "assert not {'huggingface_hub', 'requests', 'tomllib'} & sys.modules.keys()\n"
    )
    ran = project.unmeasured().python("-c", code)
    assert (ran.code, ran.err) == (0, "")
