"""What `hfmodels respond` finds on this machine, in a cache that huggingface_hub has filled."""

from __future__ import annotations

import hashlib
import os
import shlex
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels.asked_id import parse_asked
from flake8_hfmodels.facts import Blob
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.responding.commands import folder_of, shell_word
from flake8_hfmodels.responding.machine import Machine, _moment, machine
from flake8_hfmodels.responding.suspect import suspect
from tests.auditing import locked
from tests.fakehub import FakeHub
from tests.locking import entry
from tests.test_audit_local import silence
from tests.test_respond import ID, WEIGHTS, cache, client, hub

__all__ = ["cache", "client", "hub"]  # fixtures


def found(cache: Path, *folders: Path, asked: str = ID, entries: tuple[Entry, ...] = ()) -> Machine:
    """What is here of a repo."""
    return machine(
        str(cache), [str(one) for one in folders], suspect(parse_asked(asked)), entries, silence
    )


def test_no_cache(cache: Path) -> None:
    assert found(cache) == Machine((), (str(cache),), ())


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1e17, "9999-12-31T23:59:59Z"), (-1e12, "1970-01-01T00:00:00Z"), (60, "1970-01-01T00:01:00Z")],
)
def test_file_system_knows_moments_that_no_calendar_has(seconds: float, words: str) -> None:
    assert _moment(seconds) == words


def test_cache_of_huggingface_hub(cache: Path, client: Any, hub: FakeHub) -> None:
    old = hub.world.repo("model", ID).head
    client.snapshot_download(ID, cache_dir=cache)
    hub.world.commit("model", ID, {"config.json": "{ }"})
    new = hub.world.repo("model", ID).head
    client.hf_hub_download(ID, "config.json", cache_dir=cache)
    client.hf_hub_download("acme/forecaster", "config.json", cache_dir=cache)
    here = {one.commit: one for one in found(cache).copies}
    assert here.keys() == {old, new}
    assert (here[old].refs, here[new].refs) == ((), ("main",))
    assert (here[old].of, here[old].repo_type, here[old].repo_id) == ("cache", "model", ID)
    assert here[old].modified.endswith("Z")
    assert here[old].pickles == ("pytorch_model.bin",)
    assert here[old].code == ("modeling_bad.py",)
    data = {
        name: one if isinstance(one, bytes) else str(one).encode() for name, one in WEIGHTS.items()
    }
    assert {one.path: (one.size, one.sha256) for one in here[old].files} == {
        name: (len(one), hashlib.sha256(one).hexdigest()) for name, one in data.items()
    }
    assert here[old].size == sum(map(len, data.values()))
    assert folder_of(here[old]) == str(cache / "models--acme--bad")


def test_ref_of_the_cache_says_which_commit_is_bad(cache: Path, client: Any, hub: FakeHub) -> None:
    hub.world.tag("model", ID, "v1")
    client.snapshot_download(ID, revision="v1", cache_dir=cache)
    hub.world.commit("model", ID, {"config.json": "{ }"})
    client.snapshot_download(ID, cache_dir=cache)
    bearings = {one.refs: one.bearing for one in found(cache, asked=f"{ID}@v1").copies}
    assert bearings == {("v1",): "loads", ("main",): "other"}


def test_copy_beside_the_lock(cache: Path, client: Any, hub: FakeHub) -> None:
    snapshot = Path(client.snapshot_download(ID, cache_dir=cache))
    weights = (snapshot / "pytorch_model.bin").resolve()
    weights.chmod(0o644)
    weights.write_bytes(b"poison")
    (snapshot / "extra.py").write_text("import os\n")
    own = locked(hub.world, ID)
    kept = tuple(one for one in own.files if one.path != "config.json")
    own = entry(repo_id=ID, id=ID, commit=own.commit, files=kept, others=("config.json",))
    (copy,) = found(cache, entries=(own,)).copies
    assert copy.is_locked
    assert {one.path: one.verdict for one in copy.files} == {
        "config.json": "",
        "extra.py": "not locked",
        "modeling_bad.py": "as locked",
        "pytorch_model.bin": "differs",
    }
    assert copy.changed == ("extra.py", "pytorch_model.bin")


def test_large_file_beside_the_lock(cache: Path, client: Any, hub: FakeHub) -> None:
    client.snapshot_download(ID, cache_dir=cache)
    commit = hub.world.repo("model", ID).head
    right = Blob("pytorch_model.bin", 6, "", hashlib.sha256(b"pickle").hexdigest())
    (copy,) = found(cache, entries=(entry(commit=commit, files=(right,)),)).copies
    assert {one.path: one.verdict for one in copy.files}["pytorch_model.bin"] == "as locked"


# Folders


def put(folder: Path, **content: bytes) -> Path:
    folder.mkdir(parents=True)
    for name, data in content.items():
        (folder / name).write_bytes(data)
    return folder


def test_folder_of_a_download(cache: Path, client: Any, hub: FakeHub, tmp_path: Path) -> None:
    client.snapshot_download(ID, local_dir=tmp_path / "here")
    client.snapshot_download("acme/forecaster", local_dir=tmp_path / "other")
    commit = hub.world.repo("model", ID).head
    folders = (tmp_path / "here", tmp_path / "other")
    assert found(cache, *folders).copies == ()
    (copy,) = found(cache, *folders, asked=f"{ID}@{commit}").copies
    assert (copy.of, copy.commit, copy.bearing) == ("commit", commit, "loads")
    assert copy.repo_id == ""
    assert folder_of(copy) == str(tmp_path / "here")


def test_folder_of_the_same_files_as_the_cache(cache: Path, client: Any, tmp_path: Path) -> None:
    client.snapshot_download(ID, cache_dir=cache)
    same = put(tmp_path / "same", renamed=b"pickle")
    other = put(tmp_path / "other", renamed=b"Pickle", empty=b"")
    assert [(one.where, one.of) for one in found(cache, same, other).copies[1:]] == [
        (str(same), "files")
    ]


def test_folder_of_the_same_files_as_the_lock(cache: Path, tmp_path: Path, hub: FakeHub) -> None:
    same = put(tmp_path / "same", code=b"import os\n")
    (copy,) = found(cache, same, entries=(locked(hub.world, ID),)).copies
    assert (copy.of, copy.bearing, copy.is_locked) == ("files", "loads", False)


def test_folder_of_its_name(cache: Path, tmp_path: Path) -> None:
    (copy,) = found(cache, put(tmp_path / "Bad"), put(tmp_path / "bad2")).copies
    assert (copy.where, copy.of, copy.modified, copy.files) == (
        str(tmp_path / "Bad"),
        "name",
        "",
        (),
    )
    (copy,) = found(cache, tmp_path / "Bad", asked=f"{ID}@v1").copies
    assert copy.bearing == "may load"


def test_folder_that_is_a_cache(cache: Path, client: Any, tmp_path: Path) -> None:
    client.snapshot_download(ID, cache_dir=tmp_path / "more")
    assert [one.of for one in found(cache, tmp_path / "more").copies] == ["cache"]


def test_what_cannot_be_read(cache: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "bad", fine=b"1")
    (folder / "broken").symlink_to("nowhere")
    os.mkfifo(folder / "pipe")
    came = found(cache, folder, tmp_path / "gone", asked=ID)
    (copy,) = came.copies
    assert {one.path: one.why for one in copy.files} == {
        "broken": "no such file or directory",
        "fine": "",
        "pipe": "it is no file",
    }
    assert came.troubles == (f"{tmp_path / 'gone'}: no such file or directory",)


def test_file_of_the_right_size_that_cannot_be_read(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path / "x", weights=b"12345")
    monkeypatch.setattr("builtins.open", _refuse)
    known = entry(files=(Blob("weights", 5, "1" * 40),))
    assert found(cache, folder, entries=(known,)).copies == ()


def _refuse(*_arguments: object) -> None:
    raise PermissionError(13, "Permission denied")


# Commands


@pytest.mark.parametrize(
    "text",
    [
        "a/b",
        "",
        "a b",
        "it's",
        "$(rm -rf /)",
        "`x`",
        "a\nb",
        "\x1b[31m'\\",
        "é\u202e",
        "\udcff",
        "-x",
    ],
)
def test_words_of_a_shell(text: str, tmp_path: Path) -> None:
    import subprocess

    word = shell_word(text)
    assert word.isprintable()
    said = subprocess.run(
        ["bash", "-c", f"printf %s {word}"],
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8"},
        cwd=tmp_path,
    )
    assert os.fsdecode(said.stdout) == text
    assert len(shlex.split(word.removeprefix("$"))) == 1
