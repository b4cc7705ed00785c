"""`hfmodels mirror` against the fake Hub, with the real huggingface_hub."""

from __future__ import annotations

import _thread
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels.cli.commands import command_line
from flake8_hfmodels.cli.mirror import run
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.facts import Blob
from flake8_hfmodels.hub.downloading import (
    SLACK,
    DownloadError,
    Place,
    _Flow,
    _in_words,
    _is_begun,
    _Work,
    listing,
)
from flake8_hfmodels.hub.opening import close_all
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.writing import written
from flake8_hfmodels.record import replace
from tests.auditing import locked
from tests.doors import GENEROUS
from tests.doors import Place as Door
from tests.fakehub import BAD_TOKEN, VALID_TOKEN, FakeHub, Fault, World, small_world
from tests.fakehub.objects import File

ID = "acme/tiny"
FILES: dict[str, bytes | str] = {
    "config.json": '{"model_type": "bert"}',
    "model.safetensors": b"weights" * 100,
    "onnx/model.onnx": b"graph",
    "README.md": "tiny",
}
OUT = "models/tiny"


@dataclass(frozen=True)
class Mirrorer:
    """A folder with code and a lock, and the Hub that its mirrors come from."""

    hub: FakeHub
    world: World

    @property
    def commit(self) -> str:
        """The head of the repo."""
        return self.world.repo("model", ID).head

    def lock(self, *entries: Entry) -> None:
        """Write the lock."""
        Path("hfmodels.lock").write_text(written(Lock("", entries)), encoding="utf-8")

    def run(self, *options: str) -> Outcome:
        """Run the command in this process, with nothing left of an earlier one."""
        close_all()
        return run(command_line().parse_args(["mirror", "--cache-dir", ".answers", *options]))

    def json(self, *options: str) -> dict[str, Any]:
        """What it says in JSON."""
        said: dict[str, Any] = json.loads(self.run("--format", "json", *options).text)
        return said


@pytest.fixture
def world() -> World:
    world = small_world()
    world.create_repo("model", ID, FILES)
    return world


@pytest.fixture
def here(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirrorer]:
    for name in [name for name in os.environ if name.startswith(("HF_", "HUGGING"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with FakeHub(world) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        yield Mirrorer(hub, world)


@pytest.fixture
def mirrored(here: Mirrorer) -> Mirrorer:
    """With the locked commit in the folder."""
    here.lock(locked(here.world, ID))
    assert here.run(ID, OUT).code == 0
    here.hub.clear()
    return here


def contents(folder: str) -> dict[str, bytes]:
    top = Path(folder)
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in top.rglob("*")
        if path.is_file()
    }


def in_bytes(files: dict[str, bytes | str]) -> dict[str, bytes]:
    return {name: one.encode() if isinstance(one, str) else one for name, one in files.items()}


def left_behind() -> list[str]:
    """All that lies around but the cache of answers, the lock and the code."""
    return sorted(set(os.listdir()) - {".answers", "hfmodels.lock", "app.py"})


# What is mirrored


def test_a_locked_repo_is_there_whole_with_a_manifest(here: Mirrorer) -> None:
    here.lock(locked(here.world, ID))
    outcome = here.run(ID, OUT)

    assert outcome == Outcome(
        0,
        f"{OUT}: mirrored: model '{ID}' at {here.commit}\n"
        "  4 files, 731 bytes, checked: 4 by the lock\n",
    )
    assert contents(OUT) == in_bytes(FILES)
    assert sorted(os.listdir("models")) == ["tiny", "tiny.hfmodels.json"]
    assert os.stat(OUT).st_mode == os.stat("models").st_mode


def test_the_manifest_says_what_it_is_of(mirrored: Mirrorer) -> None:
    manifest = json.loads(Path("models/tiny.hfmodels.json").read_text())

    repo = mirrored.world.repo("model", ID)
    about = {key: manifest[key] for key in ("type", "repo", "id", "commit", "_id", "endpoint")}
    assert about == {
        "type": "model",
        "repo": ID,
        "id": ID,
        "commit": repo.head,
        "_id": repo.identity,
        "endpoint": mirrored.hub.url,
    }
    assert (manifest["owner"]["name"], manifest["owner"]["kind"]) == ("acme", "org")
    weights = next(one for one in manifest["files"] if one["path"] == "model.safetensors")
    file = repo.files["model.safetensors"]
    assert weights == {
        "path": "model.safetensors",
        "size": 700,
        "sha256": file.sha256,
        "blob": file.blob_id,
        "checked_by": "lock",
    }


def test_a_full_hash_needs_no_lock(here: Mirrorer) -> None:
    said = here.json(f"{ID}@{here.commit}", OUT)
    assert (said["state"], said["summary"]["by_lock"]) == ("mirrored", 0)
    assert contents(OUT) == in_bytes(FILES)


def test_resolve_takes_what_the_hub_has_now(here: Mirrorer) -> None:
    here.world.tag("model", ID, "v1")
    here.world.commit("model", ID, {"README.md": "newer"})
    said = here.json(f"{ID}@v1", OUT, "--resolve")
    assert said["manifest"]["commit"] == here.world.repo("model", ID).resolve("v1")


def test_a_renamed_repo_comes_under_its_new_name(here: Mirrorer) -> None:
    here.world.rename("model", ID, "acme/small")
    outcome = here.run(ID, OUT, "--resolve")
    assert outcome.text.splitlines()[1] == "  the Hub calls it 'acme/small'"


@pytest.mark.parametrize(
    ("asked", "kind", "name"),
    [
        pytest.param("datasets/acme/rows", "dataset", "acme/rows", id="dataset"),
        pytest.param("kernels/acme/op", "kernel", "acme/op", id="kernel"),
    ],
)
def test_other_types(here: Mirrorer, asked: str, kind: Any, name: str) -> None:
    files: dict[str, bytes | str] = {"data/rows.parquet": b"rows", "README.md": "rows"}
    here.world.create_repo(kind, name, files)
    assert here.run(asked, OUT, "--resolve").code == 0
    assert contents(OUT) == in_bytes(files)


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        pytest.param(
            ("--allow", "*.json", "--allow", "onnx/"),
            ["config.json", "onnx/model.onnx"],
            id="allow",
        ),
        pytest.param(
            ("--ignore", "*.onnx"),
            ["README.md", "config.json", "model.safetensors"],
            id="ignore",
        ),
        pytest.param(("--only-loaded",), ["config.json", "model.safetensors"], id="loaded"),
    ],
)
def test_only_some_files(here: Mirrorer, options: tuple[str, ...], paths: list[str]) -> None:
    entry = locked(here.world, ID)
    files = tuple(one for one in entry.files if one.path in ("config.json", "model.safetensors"))
    here.lock(replace(entry, files=files, others=("README.md", "onnx/model.onnx")))
    said = here.json(ID, OUT, *options)
    assert sorted(contents(OUT)) == paths
    assert sorted([*paths, *said["manifest"]["left_out"]]) == sorted(FILES)
    assert here.json(ID, OUT, *options)["state"] == "already_there"
    assert here.run(ID, OUT).complaints == (
        f"{OUT}: holds model '{ID}' at {here.commit}; --force replaces it",
    )


def test_some_files_are_told_of_in_text(here: Mirrorer) -> None:
    assert here.run(ID, OUT, "--resolve", "--allow", "*.md").text.splitlines()[1] == (
        "  1 file, 4 bytes, checked: 1 by what the Hub says of the commit; 3 left out"
    )


def test_an_empty_folder_is_taken(here: Mirrorer) -> None:
    os.makedirs(OUT)
    assert here.run(ID, OUT, "--resolve").code == 0
    assert contents(OUT) == in_bytes(FILES)


def test_a_dry_run_says_what_would_come(here: Mirrorer) -> None:
    outcome = here.run(ID, OUT, "--resolve", "--dry-run")
    assert outcome.text == (
        f"{OUT}: to be mirrored: model '{ID}' at {here.commit}\n"
        "  4 files, 731 bytes, to be checked: 4 by what the Hub says of the commit\n"
    )
    assert left_behind() == []


# Who is asked, and as whom


def test_the_token_goes_to_the_hub_alone(here: Mirrorer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", VALID_TOKEN)
    assert here.run("alice/secret-model", OUT, "--resolve").code == 0
    asked = {one.host: "authorization" in one.headers for one in here.hub.requests}
    assert asked == {"hub": True, "storage": False}


def test_no_token_goes_where_the_project_says(
    here: Mirrorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_ENDPOINT")
    monkeypatch.setenv("HF_TOKEN", VALID_TOKEN)
    Path("pyproject.toml").write_text(f'[tool.hfmodels]\nendpoint = "{here.hub.url}"\n')
    assert here.run(ID, OUT, "--resolve").code == 0
    assert not [one for one in here.hub.requests if "authorization" in one.headers]


def test_a_refused_token_is_told_of_and_let_go(
    here: Mirrorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", BAD_TOKEN)
    outcome = here.run(ID, OUT, "--resolve")
    assert outcome.code == 0
    assert [line.split(" (")[0] for line in outcome.complaints] == [
        "the Hub does not accept the token"
    ]


# What is refused before a download


def refusals() -> list[Any]:
    gated = "meta-llama/Llama-3.1-8B"
    rows = {
        "no-id": ((), "name the repo and the folder: hfmodels mirror ID@REV DEST"),
        "empty-folder": ((ID, "", "--resolve"), "name the repo and the folder"),
        "no-folder": ((ID,), "name the repo and the folder: hfmodels mirror ID@REV DEST"),
        "bad-id": (("../x", OUT), "'../x' is no id of a repo"),
        "escapes": (("a/\x1b[2J", OUT), "'a/\\x1b[2J' is no id of a repo"),
        "no-commit": ((ID, "a b"), f"`hfmodels mirror --resolve {ID} 'a b'` takes the one"),
        "unknown": (
            ("acme/nope", OUT, "--resolve"),
            "the Hub shows no such repo; if it is private",
        ),
        "revision": ((f"{ID}@v9", OUT, "--resolve"), f"'{ID}' at v9: the Hub has no such revision"),
        "gated": ((gated, OUT, "--resolve"), "it is gated: ask for access at http://127.0.0.1"),
        "disabled": (("acme/withdrawn", OUT, "--resolve"), "it is disabled"),
        "offline": ((ID, OUT, "--resolve", "--offline"), f"{ID}: offline: nothing can be"),
        "private": ((ID, OUT, "--resolve", "--never-ask", "acme"), "never-ask names it"),
        "nothing-wanted": ((ID, OUT, "--resolve", "--allow", "x"), "no file that is wanted"),
        "not-loaded": ((ID, OUT, "--resolve", "--only-loaded"), "the lock has no files of this"),
        "stdin": ((ID, OUT, "--rewrite", "-"), "standard input is not"),
        "diff": ((ID, OUT, "--diff"), "say --rewrite too"),
        "unquotable": ((ID, "a b", "--rewrite"), "code would have to quote this path"),
        "timeout": ((ID, OUT, "--timeout", "0"), "--timeout"),
        "no-lock": ((ID, OUT, "--lock", "x.lock"), "x.lock: cannot be read"),
        "check-and-id": ((ID, "--check", OUT), "--check takes one folder, and no repo"),
        "not-there": (("--check", OUT), f"{OUT}: nothing is mirrored there"),
        "under-a-file": ((ID, "app.py/x", "--resolve"), "cannot be read (not a directory)"),
        "under-nothing": ((ID, "broken/x", "--resolve"), "broken/x: cannot be written"),
        "a-file": ((ID, "app.py", "--resolve"), "app.py: is there already, and is no folder"),
        "a-link": ((ID, "link", "--resolve"), "link: is a link"),
        "a-link-to-a-folder": ((ID, "link/", "--resolve"), "link: is a link"),
        "taken": ((ID, "taken", "--resolve"), "taken: is there already, and no mirror"),
        "no-manifest": ((ID, "odd", "--resolve"), "odd.hfmodels.json: cannot be read (it is no"),
    }
    return [pytest.param(options, words, id=name) for name, (options, words) in rows.items()]


@pytest.mark.parametrize(("options", "words"), refusals())
def test_what_is_refused(here: Mirrorer, options: tuple[str, ...], words: str) -> None:
    Path("app.py").write_text("")
    Path("taken").mkdir()
    Path("taken/mine.txt").write_text("mine")
    Path("odd.hfmodels.json").write_text("{}")
    os.symlink("nowhere", "broken")
    os.symlink("taken", "link")
    before = left_behind()
    outcome = here.run(*options)
    assert (outcome.code, outcome.text) == (2, "")
    (line,) = outcome.complaints
    assert words in line
    assert left_behind() == before


def test_what_is_missing_to_a_token_is_not_to_be_logged_in_for(
    here: Mirrorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", VALID_TOKEN)
    outcome = here.run("acme/nope", OUT, "--resolve")
    assert outcome.complaints == ("model 'acme/nope': the Hub shows no such repo",)


def test_there_has_to_be_room(here: Mirrorer) -> None:
    here.world.commit("model", ID, {"huge.bin": 10**18})
    outcome = here.run(ID, OUT, "--resolve")
    assert outcome.code == 2
    assert "there is no room: it takes 1000000000.0 GB, and" in outcome.complaints[0]
    assert left_behind() == []


@pytest.mark.parametrize(("options", "code"), [((), 2), (("--strict",), 3)])
def test_a_hub_that_is_away(here: Mirrorer, options: tuple[str, ...], code: int) -> None:
    here.hub.fault = Fault.status(503)
    outcome = here.run(ID, OUT, "--resolve", "--timeout", "1", *options)
    assert (outcome.code, len(outcome.complaints)) == (code, 1)
    assert outcome.complaints[0].endswith("; nothing is mirrored")


def test_a_rate_limit_is_named(here: Mirrorer) -> None:
    here.hub.fault = Fault.rate_limited(200)
    outcome = here.run(ID, OUT, "--resolve")
    assert outcome.code == 2
    assert "the Hub limits the rate of requests" in outcome.complaints[0]


NAMES = [
    pytest.param("../evil.py", "it leads out of the folder", id="parent"),
    pytest.param("/etc/evil", "it leads out of the folder", id="absolute"),
    pytest.param("a\x1b[2J", "it holds control characters", id="escape"),
    pytest.param("CONFIG.json", "some systems take it for 'CONFIG.json'", id="letter-case"),
    pytest.param("nul.txt", "Windows has a device of this name", id="device"),
]


@pytest.mark.parametrize(("name", "why"), NAMES)
def test_a_hostile_name_is_refused_before_the_download(here: Mirrorer, name: str, why: str) -> None:
    here.world.commit("model", ID, {name: "x"})
    outcome = here.run(ID, OUT, "--resolve")
    assert (outcome.code, outcome.text) == (1, "")
    assert why in outcome.complaints[0]
    assert not [one for one in here.hub.requests if "/resolve/" in one.path]
    assert left_behind() == []


def test_a_name_that_is_not_wanted_hurts_nobody(here: Mirrorer) -> None:
    here.world.commit("model", ID, {"../evil.py": "x"})
    assert here.run(ID, OUT, "--resolve", "--allow", "*.json").code == 0
    assert sorted(contents(OUT)) == ["config.json"]


def test_another_repo_of_the_name_is_refused(here: Mirrorer) -> None:
    here.lock(locked(here.world, ID, object_id="6" * 24))
    outcome = here.run(ID, OUT)
    assert outcome.code == 1
    assert "another repo has the name now" in outcome.complaints[0]


def test_other_files_at_the_locked_commit_are_refused(here: Mirrorer) -> None:
    entry = locked(here.world, ID)
    changed = [replace(one, sha256="0" * 64) for one in entry.files if one.sha256]
    gone = Blob("gone.bin", 1, "0" * 40)
    here.lock(replace(entry, files=(*changed, gone)))
    outcome = here.run(ID, OUT)
    assert outcome.code == 1
    assert outcome.complaints[0].endswith(
        "which no honest server can have: gone.bin, model.safetensors, onnx/model.onnx"
    )


def test_a_commit_of_a_stranger_is_refused(here: Mirrorer) -> None:
    here.world.open_pull_request("model", ID, {"evil.py": "x"})
    commit = here.world.repo("model", ID).refs["refs/pr/1"]
    outcome = here.run(f"{ID}@{commit}", OUT)
    assert outcome.code == 1
    assert "only refs/pr/1 has this commit" in outcome.complaints[0]


def reply(world: World, **changes: object) -> bytes:
    """What the Hub says of the repo, with some keys set otherwise."""
    repo = world.repo("model", ID)
    siblings = [{"rfilename": name} for name in repo.files]
    plain = {"_id": repo.identity, "id": ID, "sha": repo.head, "siblings": siblings, "tags": []}
    return json.dumps({**plain, **changes}).encode()


def test_without_a_commit_nothing_is_mirrored(here: Mirrorer) -> None:
    here.hub.fault = Fault.reply(reply(here.world, sha=None), path="/api/models/acme")
    outcome = here.run(ID, OUT, "--resolve")
    assert outcome.complaints == (f"model '{ID}': the Hub names no commit of it",)


def test_a_mirror_of_the_hub_that_tells_no_hashes(here: Mirrorer) -> None:
    entry = locked(here.world, ID)
    here.lock(replace(entry, files=entry.files[:2]))
    here.hub.fault = Fault.reply(reply(here.world), path="/api/models/acme")
    (line,) = here.run(ID, OUT).complaints
    assert "nobody tells the hashes of" in line
    assert here.run(ID, OUT, "--only-loaded").code == 0
    assert sorted(contents(OUT)) == sorted(one.path for one in entry.files[:2])


def test_an_endpoint_without_accounts_leaves_the_owner_to_the_lock(here: Mirrorer) -> None:
    entry = locked(here.world, ID)
    here.lock(entry)
    here.hub.fault = Fault.status(404, path="/overview")
    assert entry.owner is not None
    assert here.json(ID, OUT)["manifest"]["owner"]["_id"] == entry.owner.object_id


def test_an_owner_that_nobody_knows_is_none(here: Mirrorer) -> None:
    here.hub.fault = Fault.status(404, path="/overview")
    assert here.json(ID, OUT, "--resolve")["manifest"]["owner"] is None


def test_one_of_the_first_repos_has_no_owner(here: Mirrorer) -> None:
    body = reply(here.world, id="tiny", siblings=[_sibling("README.md", "tiny")])
    here.hub.fault = Fault.reply(body, path="/api/models/tiny")
    assert here.json("tiny", OUT, "--resolve", "--dry-run")["manifest"]["owner"] is None


def _sibling(name: str, content: str) -> dict[str, object]:
    file = File(name, content, lfs=False)
    return {"rfilename": name, "size": file.size, "blobId": file.blob_id}


# What goes wrong on the way

DOWNLOADS = [
    pytest.param(Fault.status(404, path="/resolve"), "does not have a file that it", id="404"),
    pytest.param(Fault.status(403, path="/resolve"), "does not let us have the files", id="403"),
    pytest.param(Fault.drop(path="/resolve"), "the download broke off", id="dropped"),
]


@pytest.mark.parametrize(("fault", "words"), DOWNLOADS)
def test_a_download_that_breaks_off_leaves_nothing(
    here: Mirrorer, fault: Fault, words: str
) -> None:
    here.hub.fault = fault
    outcome = here.run(ID, OUT, "--resolve")
    assert (outcome.code, outcome.text, len(outcome.complaints)) == (2, "", 1)
    assert words in outcome.complaints[0]
    assert left_behind() == []


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault.rate_limited(300, path="/resolve/"), id="rate-limit"),
        pytest.param(Fault.hang(path="/resolve/"), id="silence"),
    ],
)
def test_nobody_waits_for_what_never_comes(here: Mirrorer, fault: Fault) -> None:
    here.hub.fault = fault
    outcome = here.run(ID, OUT, "--resolve", "--deadline", "0.5")
    assert outcome.code == 2
    assert "nothing came for 0.5 s; try again later" in outcome.complaints[0]
    assert left_behind() == []


def test_a_download_that_has_begun_may_rest(tmp_path: Path) -> None:
    flow = _Flow(0.0, None)
    notes = tmp_path / ".cache" / "huggingface" / "download"
    notes.mkdir(parents=True)
    (notes / "a.lock").touch()
    assert not _is_begun(str(tmp_path))
    (notes / "a.incomplete").touch()
    assert _is_begun(str(tmp_path))
    flow.watch(1, begun=True)
    flow.watch(1, begun=True)
    with pytest.raises(DownloadError, match="nothing came for 0 s"):
        flow.watch(1, begun=False)


def test_more_than_the_hub_says_is_not_waited_for() -> None:
    flow = _Flow(60.0, 10)
    flow.watch(10 + SLACK, begun=True)
    with pytest.raises(DownloadError, match="more comes than the Hub says"):
        flow.watch(11 + SLACK, begun=True)


def test_once_stopped_no_further_file_is_begun(tmp_path: Path) -> None:
    place = Place("model", ID, "0" * 40, "http://127.0.0.1:9", None, 5.0)
    work = _Work(place, str(tmp_path), ["a", "b"])
    work.stop()
    work.start()
    work.stop()
    work.wait()
    assert (work.left, os.listdir(tmp_path)) == (2, [])


def test_a_file_of_which_nobody_says_the_size(here: Mirrorer) -> None:
    siblings = [
        {"rfilename": name, "blobId": file.blob_id}
        for name, file in here.world.repo("model", ID).files.items()
        if not file.lfs
    ]
    here.world.change("model", ID, details={"siblings": siblings})
    assert here.run(ID, OUT, "--resolve").code == 0


def test_huggingface_hub_keeps_its_lines_to_itself(here: Mirrorer, tmp_path: Path) -> None:
    here.hub.fault = Fault.status(503, path="/resolve/", times=1)
    door = Door.at(tmp_path / "door", here.hub.url)
    ran = door.hfmodels("mirror", ID, OUT, "--resolve")
    assert (ran.code, ran.err) == (0, "")


def test_a_kernel_whose_files_are_not_listed(here: Mirrorer) -> None:
    here.world.create_repo("kernel", "acme/op", {"README.md": "op"})
    here.hub.fault = Fault.status(403, path="/tree/")
    outcome = here.run("kernels/acme/op", OUT, "--resolve", "--strict")
    assert outcome.code == 3
    assert "does not let us have the files" in outcome.complaints[0]


def test_a_listing_has_hashes_and_no_folders(here: Mirrorer) -> None:
    place = Place("model", ID, here.commit, here.hub.url, VALID_TOKEN, 5.0)
    repo = here.world.repo("model", ID)
    assert {(one.path, one.blob_id, one.sha256) for one in listing(place)} == {
        (one.name, one.blob_id, one.sha256 if one.lfs else "") for one in repo.files.values()
    }
    assert VALID_TOKEN not in repr(place)


def test_a_mistake_of_ours_is_loud() -> None:
    place = Place("model", ID, "0" * 40, "http://127.0.0.1", None, 5.0)
    with pytest.raises(TypeError):
        _in_words(TypeError("no error of a download"), place)


def test_too_many_requests_for_files(here: Mirrorer) -> None:
    class LimitedError(OSError):
        class response:  # noqa: N801 - as HTTP clients call it
            status_code = 429

    place = Place("model", ID, here.commit, here.hub.url, None, 5.0)
    assert "the Hub limits the rate" in _in_words(LimitedError(), place)


def test_a_changed_file_keeps_the_folder_away(here: Mirrorer) -> None:
    here.lock(locked(here.world, ID))
    here.hub.fault = Fault.reply(b"evil" + b"s" * 696, path="/storage/.*safetensors")
    outcome = here.run(ID, OUT)
    assert outcome.code == 1
    assert outcome.text.splitlines()[0] == f"{OUT}: not mirrored: model '{ID}' at {here.commit}"
    wanted = here.world.repo("model", ID).files["model.safetensors"].sha256
    assert outcome.text.splitlines()[1].endswith(f"and has to be sha256 {wanted}")
    assert left_behind() == []


def test_a_file_of_another_size_is_not_taken(here: Mirrorer) -> None:
    here.hub.fault = Fault.reply(b"gr", path="/storage/.*onnx")
    outcome = here.run(ID, OUT, "--resolve")
    assert outcome.code == 2
    assert "the download broke off" in outcome.complaints[0]
    assert left_behind() == []


def meanwhile(here: Mirrorer, do: Callable[[], object]) -> threading.Thread:
    """Something that happens once the first file is asked for."""

    def wait() -> None:
        end = time.monotonic() + GENEROUS
        while time.monotonic() < end:
            if any("/resolve/" in one.path for one in here.hub.requests):
                do()
                return
            time.sleep(0.01)

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_ctrl_c_leaves_nothing(here: Mirrorer) -> None:
    here.hub.fault = Fault.hang(1.0, path="/resolve/")
    thread = meanwhile(here, _thread.interrupt_main)
    outcome = here.run(ID, OUT, "--resolve")
    thread.join()
    assert outcome == Outcome(130, "", (f"interrupted: nothing was written to {OUT}",))
    assert left_behind() == []


def test_without_a_manifest_there_is_no_folder(here: Mirrorer) -> None:
    here.hub.fault = Fault.slow(0.5, path="/resolve/")
    thread = meanwhile(here, lambda: os.makedirs("models/tiny.hfmodels.json"))
    outcome = here.run(ID, OUT, "--resolve")
    thread.join()
    assert outcome.code == 2
    assert "tiny.hfmodels.json: cannot be written" in outcome.complaints[0]
    assert os.listdir("models") == ["tiny.hfmodels.json"]


# What is there already


def test_the_same_again_asks_nobody(mirrored: Mirrorer) -> None:
    outcome = mirrored.run(ID, OUT)
    assert (outcome.code, outcome.text.splitlines()[0]) == (
        0,
        f"{OUT}: already there: model '{ID}' at {mirrored.commit}",
    )
    assert mirrored.hub.requests == []


def test_what_is_there_is_held_against_what_the_hub_has_now(mirrored: Mirrorer) -> None:
    assert mirrored.json(f"{ID}@main", OUT, "--resolve")["state"] == "already_there"


def test_another_commit_takes_force(mirrored: Mirrorer) -> None:
    old = mirrored.commit
    mirrored.world.commit("model", ID, {"README.md": "newer"})
    asked = f"{ID}@{mirrored.commit}"
    assert mirrored.run(asked, OUT).complaints == (
        f"{OUT}: holds model '{ID}' at {old}; --force replaces it",
    )
    assert mirrored.run(asked, OUT, "--force").code == 0
    assert contents(OUT)["README.md"] == b"newer"
    assert sorted(os.listdir("models")) == ["tiny", "tiny.hfmodels.json"]


def test_what_somebody_put_there_is_kept(mirrored: Mirrorer) -> None:
    Path(OUT, "notes.txt").write_text("mine")
    outcome = mirrored.run(ID, OUT, "--force")
    assert outcome.complaints == (f"{OUT}: holds files of others, move them: notes.txt",)
    assert contents(OUT)["notes.txt"] == b"mine"


def test_a_mirror_is_replaced_where_the_path_leads_through_it(mirrored: Mirrorer) -> None:
    mirrored.world.commit("model", ID, {"README.md": "tiny, again"})
    outcome = mirrored.run(ID, f"{OUT}/../tiny/", "--resolve", "--force")
    assert outcome.code == 0
    assert outcome.text.startswith(f"{OUT}: mirrored: ")
    assert mirrored.run("--check", f"./{OUT}/").text.startswith(f"{OUT}: as it was: ")


def test_a_damaged_mirror_is_told_of_and_mended_by_force(mirrored: Mirrorer) -> None:
    Path(OUT, "config.json").write_text("{}")
    outcome = mirrored.run(ID, OUT)
    assert (outcome.code, outcome.text.splitlines()[0].split(":")[1]) == (1, " different")
    assert mirrored.run(ID, OUT, "--force").code == 0
    assert contents(OUT) == in_bytes(FILES)


# Checking a folder


def test_a_check_asks_nobody(mirrored: Mirrorer) -> None:
    outcome = mirrored.run("--check", OUT)
    assert (outcome.code, outcome.text.splitlines()[0]) == (
        0,
        f"{OUT}: as it was: model '{ID}' at {mirrored.commit}",
    )
    assert mirrored.hub.requests == []


def test_a_check_names_what_differs(mirrored: Mirrorer) -> None:
    Path(OUT, "config.json").write_text("{}")
    Path(OUT, "README.md").unlink()
    Path(OUT, "evil.py").write_text("")
    Path(OUT, "model.safetensors").unlink()
    os.symlink("/etc/passwd", Path(OUT, "model.safetensors"))
    os.symlink("/etc", Path(OUT, "linked"))
    outcome = mirrored.run("--check", f"{OUT}/")
    assert outcome.code == 1
    assert outcome.text.splitlines()[1:] == [
        "  README.md: is missing",
        "  config.json: is 2 bytes, and has to be 22 bytes",
        "  evil.py: is no file of this commit",
        "  linked: is no file of this commit",
        "  model.safetensors: cannot be read (it is no file)",
    ]


def test_a_check_in_json(mirrored: Mirrorer) -> None:
    path = Path(OUT, "README.md")
    path.write_text("tinY")
    said = mirrored.json("--check", OUT)
    assert said["state"] == "different"
    (difference,) = said["differences"]
    assert (difference["path"], difference["kind"]) == ("README.md", "changed")
    blob = mirrored.world.repo("model", ID).files["README.md"]
    assert difference["wanted"].startswith("sha256 ")
    assert blob.sha256 in difference["wanted"]


def test_a_manifest_that_was_changed_with_the_folder_is_held_against_the_lock(
    mirrored: Mirrorer,
) -> None:
    entry = locked(mirrored.world, ID)
    changed = tuple(
        replace(one, sha256="0" * 64) if one.sha256 else replace(one, blob_id="0" * 40)
        for one in entry.files
        if one.path in ("config.json", "model.safetensors")
    )
    mirrored.lock(replace(entry, files=changed), replace(entry, commit="1" * 40, revision="x"))
    outcome = mirrored.run("--check", OUT)
    assert outcome.code == 1
    assert f"and has to be sha256 {'0' * 64} by the lock" in outcome.text
    assert f"and has to be git blob {'0' * 40} by the lock" in outcome.text


# The code

CODE = (
    "from transformers import AutoModel\n"
    f'AutoModel.from_pretrained("{ID}")\n'
    f'AutoModel.from_pretrained("{ID}", revision="v0")\n'
)
TOLD = (
    f"app.py:2:27: {ID} -> ./{OUT}",
    "app.py:3:27: left: it is another revision, 'v0'",
)


def test_code_is_made_to_name_the_folder(mirrored: Mirrorer) -> None:
    Path("app.py").write_text(CODE)
    outcome = mirrored.run(ID, OUT, "--rewrite", "app.py")
    assert outcome.code == 0
    assert outcome.text.splitlines()[2:] == [*TOLD, "1 reference rewritten, 1 left"]
    assert Path("app.py").read_text() == CODE.replace(ID, f"./{OUT}", 1)


def test_what_is_mirrored_now_is_rewritten_at_once(here: Mirrorer) -> None:
    Path("app.py").write_text(CODE)
    said = here.json(ID, OUT, "--resolve", "--rewrite")
    assert [(one["line"], one["rewritten"], one["why_not"]) for one in said["references"]] == [
        (2, f"./{OUT}", None),
        (3, None, "it is another revision, 'v0'"),
    ]
    assert said["summary"]["rewritten"] == 1


def test_a_dry_run_writes_no_code(mirrored: Mirrorer) -> None:
    Path("app.py").write_text(CODE)
    outcome = mirrored.run(ID, OUT, "--dry-run", "--rewrite")
    assert outcome.code == 1
    assert outcome.text.splitlines()[2:] == [*TOLD, "1 reference would be rewritten, 1 left"]
    assert Path("app.py").read_text() == CODE


def test_a_diff_is_all_that_is_printed(mirrored: Mirrorer) -> None:
    Path("app.py").write_text(CODE)
    outcome = mirrored.run(ID, OUT, "--diff", "--rewrite")
    assert outcome.code == 1
    assert [line for line in outcome.text.splitlines() if line[0] in "+-"] == [
        *("--- a/app.py", "+++ b/app.py"),
        f'-AutoModel.from_pretrained("{ID}")',
        f'+AutoModel.from_pretrained("./{OUT}")',
    ]
    assert Path("app.py").read_text() == CODE


def test_code_that_cannot_be_written_is_told_of(mirrored: Mirrorer) -> None:
    Path("app.py").write_text(CODE)
    Path("app.py").chmod(0o444)
    outcome = mirrored.run(ID, OUT, "--rewrite")
    assert (outcome.code, outcome.text.splitlines()[2:]) == (2, ["0 references rewritten, 0 left"])
    assert outcome.complaints == ("app.py: is read-only; left as it is",)


def test_a_different_folder_changes_no_code(mirrored: Mirrorer) -> None:
    Path("app.py").write_text(CODE)
    Path(OUT, "README.md").unlink()
    assert mirrored.run(ID, OUT, "--rewrite").code == 1
    assert Path("app.py").read_text() == CODE


def test_the_bars_of_huggingface_hub_are_the_users_choice(
    here: Mirrorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_PROGRESS_BARS", False)
    assert here.run(ID, OUT, "--resolve").code == 0


# As a process


def test_ctrl_c_on_the_command_line(here: Mirrorer, tmp_path: Path) -> None:
    here.hub.fault = Fault.hang(2.0, path="/resolve/")
    door = Door.at(tmp_path / "door", here.hub.url)
    ran = door.interrupted(
        *("-m", "flake8_hfmodels", "mirror", ID, OUT, "--resolve"),
        when=lambda: any("/resolve/" in one.path for one in here.hub.requests),
    )
    assert (ran.code, ran.out) == (130, "")
    assert ran.complaints == [f"hfmodels: interrupted: nothing was written to {OUT}"]
    assert os.listdir(door.folder) == []
