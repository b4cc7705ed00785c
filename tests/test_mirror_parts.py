"""The parts of a mirror that nobody has to be asked for."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.asked_id import parse_asked
from flake8_hfmodels.cli.mirror_report import size_in_words
from flake8_hfmodels.facts import Blob
from flake8_hfmodels.lock.entry import LockedOwner
from flake8_hfmodels.mirroring.checking import check
from flake8_hfmodels.mirroring.choosing import Expected, chosen, disagreeing, expected
from flake8_hfmodels.mirroring.manifest import Kept, Manifest, as_object, parse, written
from flake8_hfmodels.mirroring.names import refusal
from flake8_hfmodels.mirroring.placing import Workplace, free_bytes, read, standing, workplace
from flake8_hfmodels.mirroring.wanted import Wanted, wanted
from flake8_hfmodels.reference import Target
from tests.locking import entry

ONE, TWO = "1" * 40, "2" * 40

# Which commit

HEAD = entry(commit=ONE)
TAGGED = entry(commit=TWO, revision="v1", ref="v1")
PINNED = entry(commit=ONE, revision=ONE, ref="main")
MOVED = entry(commit=ONE, repo_id="old/m", id="new/m")
DATA = entry(commit=TWO, repo_type="dataset")

WISHES = [
    pytest.param("o/m", [HEAD], ONE, {None, ONE}, id="unpinned"),
    pytest.param("O/M", [HEAD], ONE, {None, ONE}, id="letter-case"),
    pytest.param("o/m@v1", [HEAD, TAGGED], TWO, {None, TWO, "v1"}, id="tag"),
    pytest.param("o/m@main", [PINNED], ONE, {None, ONE, "main"}, id="ref-of-a-pin"),
    pytest.param("o/m", [PINNED], ONE, {None, ONE}, id="the-only-pin"),
    pytest.param("o/m", [HEAD, PINNED, TAGGED], ONE, {None, ONE}, id="unpinned-first"),
    pytest.param(f"o/m@{TWO}", [HEAD, TAGGED], TWO, {None, TWO, "v1"}, id="hash"),
    pytest.param("new/m", [MOVED], ONE, {None, ONE}, id="new-name"),
]


@pytest.mark.parametrize(("text", "entries", "commit", "revisions"), WISHES)
def test_the_commit_that_is_meant(
    text: str, entries: list[Any], commit: str, revisions: set[str | None]
) -> None:
    wish = wanted(parse_asked(text), entries, False, "")
    assert (wish.commit, {*wish.revisions}) == (commit, revisions)
    assert wish.entry is next(one for one in entries if one.commit == commit)
    assert wish.target.revision == commit


def test_a_hash_that_is_not_locked() -> None:
    wish = wanted(parse_asked(f"o/m@{TWO}"), [HEAD], False, "")
    assert (wish.commit, wish.entry) == (TWO, None)


def test_the_type_is_that_of_the_lock() -> None:
    assert wanted(parse_asked("o/m"), [DATA], False, "").repo_type == "dataset"


def test_the_type_that_is_said_counts() -> None:
    assert wanted(parse_asked("models/o/m"), [DATA, HEAD], False, "").commit == ONE


def test_resolve_leaves_the_commit_to_the_hub() -> None:
    wish = wanted(parse_asked("o/m@v1"), [TAGGED], True, "")
    assert wish == Wanted("model", "o/m", "v1", "", None, frozenset((None, "v1")))
    assert (wish.target, wish.name) == (Target("model", "o/m", "v1"), "model 'o/m' at v1")


def test_the_name_of_a_wish_without_a_revision() -> None:
    assert Wanted("model", "o/m", None, "").name == "model 'o/m'"


UNCLEAR = [
    pytest.param("o/m", [], "which commit is that", id="no-lock"),
    pytest.param("o/m@v2", [TAGGED], "`the command` takes the one", id="not-locked"),
    pytest.param("o/m", [TAGGED, PINNED], f"several commits of it, name one: {TWO}", id="several"),
    pytest.param("o/m", [HEAD, DATA], "a dataset and a model of this name", id="two-types"),
]


@pytest.mark.parametrize(("text", "entries", "words"), UNCLEAR)
def test_what_is_unclear_is_refused(text: str, entries: list[Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        wanted(parse_asked(text), entries, False, "the command")


# Names of files

HOSTILE = [
    pytest.param(["../a"], "it leads out of the folder", id="parent"),
    pytest.param(["a/../../b"], "it leads out of the folder", id="parent-inside"),
    pytest.param(["/a"], "it leads out of the folder", id="absolute"),
    pytest.param(["C:a"], "it leads out of the folder", id="drive"),
    pytest.param(["a\nb"], "it holds control characters", id="line-feed"),
    pytest.param(["a\u202eb"], "it holds control characters", id="right-to-left"),
    pytest.param(["a\ud800"], "it holds control characters", id="half-a-pair"),
    pytest.param([""], "it is no plain path", id="empty"),
    pytest.param(["a//b"], "it is no plain path", id="two-slashes"),
    pytest.param(["a/"], "it is no plain path", id="folder"),
    pytest.param(["./a"], "it is no plain path", id="dot"),
    pytest.param(["a\\b"], "it is no plain path", id="backslash"),
    pytest.param(["ä" * 128], "it is too long", id="long-part"),
    pytest.param(["a/" * 600 + "b"], "it is too long", id="long-path"),
    pytest.param([".git/hooks/post-checkout"], "git keeps its own files there", id="git"),
    pytest.param(["a/.GIT"], "git keeps its own files there", id="git-inside"),
    pytest.param([".cache/huggingface/x"], "huggingface_hub keeps its own", id="cache"),
    pytest.param([".Huggingface"], "huggingface_hub keeps its own", id="old-cache"),
    pytest.param(["a/NUL.json"], "Windows has a device of this name", id="device"),
    pytest.param(["com1 .txt"], "Windows has a device of this name", id="device-and-space"),
    pytest.param(["a."], "Windows has no names that end so", id="dot-last"),
    pytest.param(["a /b"], "Windows has no names that end so", id="space-last"),
    pytest.param(["a", "A"], "'A': some systems take it for 'a'", id="letter-case"),
    pytest.param(["\u00e9", "e\u0301"], "some systems take it for", id="accent"),
    pytest.param(["a", "a"], "'a': some systems take it for 'a'", id="twice"),
    pytest.param(["a", "A/b"], "'A/b': some systems take it for 'a'", id="file-then-folder"),
    pytest.param(["a/b", "A"], "'A': some systems take it for 'a/b'", id="folder-then-file"),
]


@pytest.mark.parametrize(("paths", "words"), HOSTILE)
def test_hostile_names_are_refused(paths: list[str], words: str) -> None:
    why = refusal(paths)
    assert words in why
    assert why.isprintable()
    assert len(why) < 200


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param(["a/b", "a/c", "d"], id="folders"),
        pytest.param([".gitattributes", ".cache/x", "a.git"], id="dots"),
        pytest.param(["console.py", "nullable.txt", "auxiliary/x"], id="not-devices"),
        pytest.param(["Überschrift 12:30.txt", "[a]*?.md", "a..b"], id="odd-and-harmless"),
    ],
)
def test_other_names_are_taken(paths: list[str]) -> None:
    assert refusal(paths) == ""


@given(st.text(st.sampled_from("a./\\~: \0"), max_size=9))
def test_what_is_taken_stays_inside(path: str) -> None:
    if refusal([path]) == "":
        assert os.path.normpath(os.path.join("/top", path)) == f"/top/{path}"


# Which files, and their hashes


@pytest.mark.parametrize(
    ("allow", "ignore", "only", "found"),
    [
        pytest.param((), (), None, ["a/x.bin", "b.json", "c.bin"], id="all"),
        pytest.param(("*.bin",), (), None, ["a/x.bin", "c.bin"], id="star-crosses-slashes"),
        pytest.param(("a/",), (), None, ["a/x.bin"], id="folder"),
        pytest.param(("*.bin",), ("a/",), None, ["c.bin"], id="both"),
        pytest.param((), ("*.BIN",), None, ["a/x.bin", "b.json", "c.bin"], id="letter-case"),
        pytest.param((), (), {"c.bin", "gone"}, ["c.bin"], id="only"),
    ],
)
def test_the_files_that_are_chosen(allow: Any, ignore: Any, only: Any, found: list[str]) -> None:
    assert chosen(["c.bin", "b.json", "a/x.bin"], allow, ignore, only) == found


def test_the_lock_is_believed_before_the_hub() -> None:
    hub = {path: Blob(path, 1, ONE) for path in ("a", "b", "c")} | {"d": Blob("d", 1, "")}
    locked = {"a": Blob("a", None, TWO), "b": Blob("b", 1, ""), "e": Blob("e", 7, TWO)}
    known, unknown = expected("abdef", hub, locked)
    assert known == [
        Expected(Blob("a", 1, TWO), by_lock=True),
        Expected(Blob("b", 1, ONE)),
        Expected(Blob("e", 7, TWO), by_lock=True),
    ]
    assert unknown == ["d", "f"]


def test_a_locked_size_that_nobody_knows() -> None:
    blob = Blob("a", None, TWO)
    assert expected("a", {}, {"a": blob}) == ([Expected(blob, by_lock=True)], [])


def test_locked_files_that_are_others_now() -> None:
    locked = {path: Blob(path, 1, ONE) for path in "abc"}
    hub = {"a": Blob("a", 1, ONE), "b": Blob("b", 1, TWO), "d": Blob("d", 1, ONE)}
    assert disagreeing(hub, locked) == ["b", "c"]
    assert disagreeing({}, locked) == []


def test_progress_counts_bytes(tmp_path: Path) -> None:
    tmp_path.joinpath("a").write_bytes(b"abc")
    seen: list[tuple[int, int]] = []
    check(str(tmp_path), [Blob("a", None, ONE)], lambda *numbers: seen.append(numbers))
    assert seen == [(3, 3)]


# The manifest

PLAIN = Manifest(
    repo_type="model",
    repo_id="old/m",
    id="o/m",
    commit=ONE,
    object_id="6" * 24,
    owner=LockedOwner("o", "org", "7" * 24),
    licence="mit",
    endpoint="https://huggingface.co",
    when="2026-01-01T00:00:00Z",
    files=(Kept(Blob("a", 1, ONE, "0" * 64), True), Kept(Blob("ä", 2, TWO, "1" * 64), False)),
    left_out=("b",),
)


def test_a_manifest_is_read_as_it_was_written() -> None:
    text = written(PLAIN)
    assert text.isascii()
    assert parse(text) == PLAIN


def test_an_owner_may_be_unknown() -> None:
    data = {**as_object(PLAIN), "owner": None}
    assert parse(json.dumps(data)).owner is None


BROKEN = [
    pytest.param("{", "no manifest", id="no-json"),
    pytest.param("[" * 100_000, "no manifest", id="deep"),
    pytest.param("[]", "no manifest", id="list"),
    pytest.param('{"version": 2}', "of version 2; install a newer", id="newer"),
]
WRONG: dict[str, tuple[object, ...]] = {
    "type": ("thing", 1),
    "repo": ("../x", None),
    "commit": ("main",),
    "owner": ({"name": "o"}, "o"),
    "files": (
        None,
        [{}],
        [{"path": "a", "size": "1", "sha256": "", "blob": ""}],
        [{"path": "a", "size": 2**63, "sha256": "", "blob": "", "checked_by": "hub"}],
        [{"path": "a", "size": -1, "sha256": "", "blob": "", "checked_by": "hub"}],
    ),
}


@pytest.mark.parametrize(("text", "words"), BROKEN)
def test_a_broken_manifest(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(text)


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in WRONG.items() for value in values]
)
def test_a_manifest_with_a_wrong_value(key: str, value: object) -> None:
    with pytest.raises(ValueError, match="no manifest"):
        parse(json.dumps({**as_object(PLAIN), key: value}))


# The folder


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "above" / "m")


def test_a_place_leaves_nothing(folder: str, tmp_path: Path) -> None:
    with workplace(folder) as place:
        assert os.path.isdir(place.files)
    assert os.listdir(tmp_path) == []


def test_a_place_leaves_what_was_put(folder: str) -> None:
    with workplace(folder) as place:
        Path(place.files, "a").write_text("a")
        with place.put(folder):
            pass
    assert os.listdir(folder) == ["a"]
    assert os.listdir(os.path.dirname(folder)) == ["m"]


@pytest.fixture
def replaced(tmp_path: Path) -> tuple[Workplace, Path]:
    """A folder that holds `a`, and a place that holds `b` to replace it."""
    for name in ("m", "work", "work/files"):
        tmp_path.joinpath(name).mkdir()
    tmp_path.joinpath("m", "a").touch()
    tmp_path.joinpath("work", "files", "b").touch()
    return Workplace(str(tmp_path / "work")), tmp_path / "m"


def test_what_stood_there_is_put_back(replaced: tuple[Workplace, Path]) -> None:
    place, destination = replaced
    os.rename(place.files, f"{place.files}-gone")
    with pytest.raises(FileNotFoundError), place.put(str(destination)):
        pass
    assert os.listdir(destination) == ["a"]


def test_what_is_interrupted_is_put_back(replaced: tuple[Workplace, Path]) -> None:
    place, destination = replaced
    with pytest.raises(KeyboardInterrupt), place.put(str(destination)):
        raise KeyboardInterrupt
    assert os.listdir(destination) == ["a"]
    assert os.listdir(place.files) == ["b"]


def test_what_somebody_put_there_meanwhile_is_left(tmp_path: Path) -> None:
    destination = tmp_path / "m"
    with workplace(str(destination)) as place:
        destination.write_text("theirs")
        with pytest.raises(NotADirectoryError), place.put(str(destination)):
            pass
    assert os.listdir(tmp_path) == ["m"]
    assert destination.read_text() == "theirs"


def test_what_cannot_be_put_where_nothing_was(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), Workplace(str(tmp_path)).put(str(tmp_path / "m")):
        pass
    assert os.listdir(tmp_path) == []


def test_a_place_many_folders_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with workplace(str(tmp_path / ("a/" * 1_500) / "m")) as place:
        assert os.path.isdir(place.files)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["m", "a/b/m"])
def test_room_is_that_of_what_is_there(tmp_path: Path, name: str) -> None:
    about = os.statvfs(tmp_path)
    free = free_bytes(str(tmp_path / name))
    assert 0 < free <= about.f_frsize * about.f_blocks


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"\xff", "it is no UTF-8", id="bytes"),
        pytest.param(b"{}", "it is no manifest", id="other"),
    ],
)
def test_a_manifest_that_cannot_be_read(tmp_path: Path, data: bytes, words: str) -> None:
    tmp_path.joinpath("m.hfmodels.json").write_bytes(data)
    with pytest.raises(ValueError, match=words):
        standing(str(tmp_path / "m"))


def test_a_manifest_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "m.hfmodels.json"
    path.touch()
    os.truncate(path, 200_000_000)
    with pytest.raises(ValueError, match="it is too large"):
        read(str(tmp_path / "m"))


def test_a_folder_that_cannot_be_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: str) -> list[str]:  # root, who may run this, may look everywhere
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refuse)
    with pytest.raises(ValueError, match=r"cannot be read \(permission denied\)"):
        standing(str(tmp_path))


def test_a_manifest_without_end(tmp_path: Path) -> None:
    tmp_path.joinpath("m.hfmodels.json").symlink_to("/dev/zero")
    with pytest.raises(ValueError, match=r"m\.hfmodels\.json: cannot be read \(it is no file\)"):
        read(str(tmp_path / "m"))


def test_a_manifest_whose_folder_is_gone_is_in_nobodys_way(tmp_path: Path) -> None:
    tmp_path.joinpath("m.hfmodels.json").write_text(written(PLAIN))
    assert standing(str(tmp_path / "m")) is None


# Words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1500, "1.5 kB"),
        (2_000_000, "2.0 MB"),
        (12_300_000_000, "12.3 GB"),
        (10**400, "1000000000.0 GB"),
    ],
)
def test_sizes_in_words(number: int, words: str) -> None:
    assert size_in_words(number) == words
