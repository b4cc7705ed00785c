"""`hfmodels audit --local`: the cache of huggingface_hub and folders, held against the lock."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, USAGE
from flake8_hfmodels.facts import Blob
from flake8_hfmodels.lock import local
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.lock.local import Compared, cached, compare, in_folder
from tests.auditing import Auditor, blob, rows
from tests.doors import Place
from tests.fakehub.objects import make_file
from tests.locking import entry

COMMIT, NEWER = "a" * 40, "b" * 40
CONTENT = {"config.json": b"{}", "model.safetensors": b"weights", "onnx/model.onnx": b"onnx"}
ENTRY = entry(
    repo_id="ann/bert",
    id="ann/bert",
    commit=COMMIT,
    files=tuple(blob(make_file(name, content)) for name, content in CONTENT.items()),
    others=("README.md",),
    used_by=("app.py",),
)
DIFFERS = ("files differ", "HFM008", "high")
ADDED = ("files added", "HFM008", "medium")
LACKING = ("not complete", None, "info")
NOT_LOCKED = ("not locked", None, "info")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache that holds what was locked."""
    cache = tmp_path / "cache"
    put(cache, CONTENT)
    return cache


def put(
    cache: Path,
    content: dict[str, bytes],
    commit: str = COMMIT,
    name: str = "models--ann--bert",
    ref: str = "main",
) -> Path:
    """A snapshot as huggingface_hub writes it: links to blobs that are named by their hashes."""
    repo = cache / name
    snapshot = repo / "snapshots" / commit
    snapshot.mkdir(parents=True)
    (repo / "blobs").mkdir(exist_ok=True)
    for path, data in content.items():
        kept = repo / "blobs" / hashlib.sha256(data).hexdigest()
        kept.write_bytes(data)
        file = snapshot / path
        file.parent.mkdir(exist_ok=True)
        file.symlink_to(os.path.relpath(kept, file.parent))
    (repo / "refs").mkdir(exist_ok=True)
    (repo / "refs" / ref).write_text(commit)
    return snapshot


def silence(_done: int, _total: int) -> None:
    """Nobody looks on."""


def held(place: Path, *entries: Entry, is_strict: bool = False) -> Compared:
    return compare([in_folder(str(place))], entries or (ENTRY,), is_strict, silence)


def short(came: Compared) -> list[tuple[str, str | None, str]]:
    return [
        (one.status, one.code or None, one.severity.value if one.severity else "info")
        for one in came.told
    ]


# The cache


def test_cache_as_it_was_locked(cache: Path) -> None:
    assert held(cache) == Compared([], 1, [])


def test_file_that_was_changed_on_this_machine(cache: Path) -> None:
    blobs = cache / "models--ann--bert" / "blobs"
    (blobs / hashlib.sha256(b"weights").hexdigest()).write_bytes(b"poison!")
    came = held(cache)
    assert short(came) == [DIFFERS]
    where = cache / "models--ann--bert" / "snapshots" / COMMIT
    assert came.told[0].what == f"not what was locked: model.safetensors, in {where}"


@pytest.mark.parametrize("data", [b"{ }", b"[]"], ids=["another-size", "the-same-size"])
def test_small_file_that_was_changed(cache: Path, data: bytes) -> None:
    snapshot = cache / "models--ann--bert" / "snapshots" / COMMIT
    (snapshot / "config.json").unlink()
    (snapshot / "config.json").write_bytes(data)
    assert short(held(cache)) == [DIFFERS]


def test_file_that_the_commit_does_not_have(cache: Path) -> None:
    snapshot = cache / "models--ann--bert" / "snapshots" / COMMIT
    (snapshot / "modeling.py").write_text("import os")
    (snapshot / "README.md").write_text("# no hash of it is locked")
    came = held(cache)
    assert short(came) == [ADDED]
    assert came.told[0].what == f"not in the locked commit: modeling.py, in {snapshot}"


def test_file_that_is_not_here(cache: Path) -> None:
    snapshot = cache / "models--ann--bert" / "snapshots" / COMMIT
    (snapshot / "model.safetensors").unlink()
    assert short(held(cache)) == [LACKING]


def test_file_without_a_hash_in_the_lock(cache: Path) -> None:
    files = (Blob("config.json", None, ""), *ENTRY.files[1:])
    changed = entry(repo_id="ann/bert", id="ann/bert", commit=COMMIT, files=files)
    assert held(cache, changed).told == []


@pytest.mark.parametrize(
    ("is_strict", "row"),
    [(False, NOT_LOCKED), (True, ("not locked", "HFM015", "low"))],
)
def test_repo_that_nobody_locked(
    cache: Path, is_strict: bool, row: tuple[str, str | None, str]
) -> None:
    put(cache, CONTENT, name="datasets--mallory--data")
    came = held(cache, is_strict=is_strict)
    assert short(came) == [row]
    told = came.told[0]
    assert (told.repo, told.revision, told.what) == (
        "mallory/data",
        "a" * 12,
        "the lock does not know this repo",
    )


def test_other_commit_of_a_repo(cache: Path) -> None:
    put(cache, CONTENT, NEWER, ref="refs-of-nobody")
    came = held(cache)
    assert short(came) == [NOT_LOCKED]
    assert came.told[0].what == "this commit is not in the lock, which has aaaaaaaaaaaa"


def test_ref_that_leads_to_another_commit(cache: Path) -> None:
    put(cache, CONTENT, NEWER)
    came = held(cache)
    assert short(came) == [NOT_LOCKED, ("ref elsewhere", "HFM008", "medium")]
    assert came.told[1].what == (
        "the cache has bbbbbbbbbbbb for 'main', which is what a load without a commit gets here"
    )


def test_ref_that_nothing_follows(cache: Path) -> None:
    put(cache, CONTENT, NEWER)
    pinned = entry(repo_id="ann/bert", id="ann/bert", commit=COMMIT, ref="", files=ENTRY.files)
    assert short(held(cache, pinned)) == [NOT_LOCKED]


def test_repo_by_the_name_that_it_was_locked_under(cache: Path) -> None:
    moved = entry(repo_id="bert", id="Ann/Bert", commit=COMMIT, files=ENTRY.files)
    assert held(cache, moved) == Compared([], 1, [])


def test_what_was_downloaded_to_elsewhere_has_no_copy_here(cache: Path) -> None:
    """huggingface_hub 1.2 leaves a folder with refs and nothing else."""
    (cache / "models--o--m" / "refs").mkdir(parents=True)
    (cache / "models--o--m" / "refs" / "main").write_text("a" * 40)
    found = cached(str(cache))
    assert (found.troubles, {one.repo_id for one in found.copies}) == ((), {"ann/bert"})


def test_broken_repo_is_one_line(cache: Path) -> None:
    snapshot = put(cache, CONTENT, name="models--broken--repo")
    (snapshot / "gone.bin").symlink_to("nowhere")
    came = held(cache)
    assert short(came) == []
    (line,) = came.troubles
    assert line.startswith(f"{cache}: Blob missing (broken symlink): ")


def test_cache_that_cannot_be_listed(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root, as whom tests may run, can list everything.
    def refused(_self: Path) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    assert cached(str(cache)).troubles == (f"{cache}: permission denied",)


def test_ref_that_is_no_text(cache: Path) -> None:
    (cache / "models--ann--bert" / "refs" / "main").write_bytes(b"\xff\xfe")
    assert cached(str(cache)).troubles == (
        f"{cache}: a file in a folder `refs` is no text; remove that repo",
    )


def test_ref_that_is_a_pipe(cache: Path) -> None:
    pipe = cache / "models--ann--bert" / "refs" / "pr" / "1"
    pipe.parent.mkdir()
    os.mkfifo(pipe)
    assert cached(str(cache)).troubles == (f"{pipe}: names no commit; remove it",)


def test_ref_without_end(cache: Path) -> None:
    ref = cache / "models--ann--bert" / "refs" / "main"
    ref.unlink()
    ref.symlink_to("/dev/zero")
    assert cached(str(cache)).troubles == (f"{ref}: names no commit; remove it",)


def test_ref_that_is_too_long(cache: Path) -> None:
    ref = cache / "models--ann--bert" / "refs" / "main"
    ref.write_text("a" * 20_000)
    assert cached(str(cache)).troubles == (f"{ref}: names no commit; remove it",)


def test_link_to_a_folder_in_a_snapshot(cache: Path, tmp_path: Path) -> None:
    snapshot = cache / "models--ann--bert" / "snapshots" / COMMIT
    (snapshot / "code").symlink_to(tmp_path)
    came = held(cache)
    assert short(came) == [ADDED]
    assert came.told[0].what == f"not in the locked commit: code, in {snapshot}"


def test_cache_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert cached(str(missing)).troubles == (f"{missing}: there is no cache",)


def test_files_that_are_no_files(cache: Path) -> None:
    snapshot = cache / "models--ann--bert" / "snapshots" / COMMIT
    (snapshot / "config.json").unlink()
    os.mkfifo(snapshot / "config.json")
    came = held(cache)
    assert came == Compared([], 1, [f"{snapshot}/config.json: it is no file"])


def test_blob_of_two_commits_is_read_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(cache, CONTENT, NEWER)
    both = [ENTRY, entry(repo_id="ann/bert", id="ann/bert", commit=NEWER, files=ENTRY.files)]
    ticks: list[tuple[int, int]] = []
    monkeypatch.setattr(local, "CHUNK", 4)
    compare([in_folder(str(cache))], both, False, lambda *now: ticks.append(now))
    assert ticks[-1] == (sum(map(len, CONTENT.values())), 2 * sum(map(len, CONTENT.values())))


# Folders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that somebody downloaded the repo into."""
    folder = tmp_path / "models" / "mine"
    fill(folder, CONTENT)
    return folder


def fill(folder: Path, content: dict[str, bytes]) -> None:
    for name, data in content.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def test_folder_by_what_is_in_it(folder: Path) -> None:
    other = entry(repo_id="other/repo", id="other/repo", files=(Blob("config.json", 9, "0" * 40),))
    assert held(folder, other, ENTRY) == Compared([], 1, [])


def test_changed_folder_by_what_is_left_in_it(folder: Path) -> None:
    fill(folder, {"model.safetensors": b"poison!"})
    assert short(held(folder)) == [DIFFERS]


def test_wholly_changed_folder_by_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "bert"
    fill(folder, dict.fromkeys(CONTENT, b"poison"))
    assert short(held(folder)) == [DIFFERS]


@pytest.mark.parametrize("kept", [".cache/huggingface/download", ".huggingface/download"])
def test_wholly_changed_folder_by_what_huggingface_hub_keeps(folder: Path, kept: str) -> None:
    fill(folder, dict.fromkeys(CONTENT, b"poison"))
    metadata = f"{COMMIT}\netag\n1700000000.0\n".encode()
    fill(folder / kept, {"a.lock": b"", "config.json.metadata": metadata})
    assert short(held(folder)) == [DIFFERS]


def test_metadata_that_cannot_be_read(folder: Path) -> None:
    fill(folder / ".cache/huggingface/download", {"config.json.metadata": b"\xff\xff"})
    assert held(folder) == Compared([], 1, [])


def test_folder_of_a_commit_that_nobody_locked(folder: Path) -> None:
    metadata = f"{NEWER}\netag\n1700000000.0\n".encode()
    fill(folder / ".cache/huggingface/download", {"config.json.metadata": metadata})
    assert held(folder) == Compared([], 1, [])


def test_folder_that_is_like_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "strange"
    fill(folder, {"config.json": b"strange"})
    came = held(folder)
    assert short(came) == [NOT_LOCKED]
    assert came.told[0].what == f"nothing in the lock is like {folder}"


def test_folder_and_an_empty_lock(folder: Path) -> None:
    came = compare([in_folder(str(folder))], [], False, silence)
    assert short(came) == [NOT_LOCKED]


def test_what_git_keeps_is_not_of_the_repo(folder: Path) -> None:
    fill(folder / ".git", {"HEAD": b"ref: refs/heads/main"})
    assert held(folder) == Compared([], 1, [])


def test_broken_link_in_a_folder(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors").symlink_to("nowhere")
    line = f"{folder}/model.safetensors: no such file or directory"
    assert held(folder) == Compared([], 1, [line])


def test_link_to_a_folder_in_a_folder(folder: Path, tmp_path: Path) -> None:
    (folder / "onnx" / "code").symlink_to(tmp_path)
    came = held(folder)
    assert short(came) == [ADDED]
    assert came.told[0].what == f"not in the locked commit: onnx/code, in {folder}"


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert in_folder(str(missing)).troubles == (f"{missing}: no such file or directory",)


def test_folder_in_it_that_cannot_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root, as whom tests may run, can list everything.
    real = os.scandir

    def scandir(path: str) -> Any:
        if path.endswith("onnx"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert in_folder(str(folder)).troubles == (f"{folder}/onnx: permission denied",)


# The command


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A project with a lock, and a machine with a cache."""
    place = Place.at(tmp_path / "project", "http://127.0.0.1:9")
    Auditor(place.folder, "").lock(ENTRY)
    return place


def test_endpoint_that_huggingface_hub_cannot_read(place: Place) -> None:
    ran = place.where(HF_ENDPOINT="http://[::1").hfmodels("audit", "--local")
    assert ran.code == USAGE
    (line,) = ran.complaints  # old versions read it, and say that there is no cache
    assert line.startswith("hfmodels: huggingface_hub cannot read its") or "no cache" in line


def test_cache_of_the_environment(place: Place, cache: Path) -> None:
    ran = place.where(HF_HUB_CACHE=str(cache)).hfmodels("audit", "--local")
    assert (ran.code, ran.err) == (CLEAN, "")
    assert ran.untimed() == "no findings\n1 entry: 1 with a copy here; local; 0.00 s\n"


def test_home_of_the_environment(place: Place, tmp_path: Path) -> None:
    snapshot = put(tmp_path / "hf" / "hub", CONTENT)
    (snapshot / "modeling.py").write_text("import os")
    ran = place.where(HF_HOME=str(tmp_path / "hf")).hfmodels("audit", "--local", "--format", "json")
    assert ran.code == FINDINGS
    (finding,) = json.loads(ran.out)["findings"]
    assert rows([finding]) == [ADDED]
    assert (finding["line"], finding["used_by"], finding["where"]) == (7, ["app.py"], str(snapshot))


def test_folders_beside_the_cache(place: Place, cache: Path, folder: Path) -> None:
    fill(folder, {"model.safetensors": b"poison!"})
    there = place.where(HF_HUB_CACHE=str(cache))
    ran = there.hfmodels("audit", "--local", "--format", "json", "--folder", str(folder))
    assert (ran.code, rows(json.loads(ran.out)["findings"])) == (FINDINGS, [DIFFERS])


def test_trouble_is_no_clean_audit(place: Place, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    ran = place.where(HF_HUB_CACHE=str(missing)).hfmodels("audit", "--local")
    assert (ran.code, ran.err) == (USAGE, f"hfmodels: {missing}: there is no cache\n")


def test_folders_where_there_is_no_cache(place: Place, folder: Path, tmp_path: Path) -> None:
    there = place.where(HF_HUB_CACHE=str(tmp_path / "missing"))
    ran = there.hfmodels("audit", "--local", "--folder", str(folder))
    assert (ran.code, ran.err) == (CLEAN, "")


def test_strict(place: Place, cache: Path) -> None:
    put(cache, CONTENT, name="models--mallory--bert")
    there = place.where(HF_HUB_CACHE=str(cache))
    assert there.hfmodels("audit", "--local").code == CLEAN
    assert there.hfmodels("audit", "--local", "--strict").code == FINDINGS
