"""The file of the lock: what is written is read again, and what is not ours is told in a line."""

from __future__ import annotations

import json
import os
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.facts import (
    Blob,
    Code,
    Danger,
    Flagged,
    Found,
    History,
    Moved,
    Owner,
    Publisher,
    Unavailable,
    created_at,
)
from flake8_hfmodels.links import DOCUMENTATION
from flake8_hfmodels.lock import place, reading
from flake8_hfmodels.lock.answers import codes_in, facts_of, lookup_in, publishers_in
from flake8_hfmodels.lock.entry import VERSION, Entry, LockedOwner
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.place import lock_for, place_for
from flake8_hfmodels.lock.reading import LARGEST, parse, read
from flake8_hfmodels.lock.writing import SCHEMA as ADDRESS
from flake8_hfmodels.lock.writing import written
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.settings import Settings

COMMIT = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
OTHER = "f48c1d28c2f0b0a1f1c6f6ec9c5ac2f4d4a6d4b6"
SCHEMA: Any = json.loads(files("flake8_hfmodels").joinpath("schemas/lock.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
PLAIN = Entry(
    repo_type="model",
    repo_id="org/model",
    revision=None,
    ref="main",
    commit=COMMIT,
    id="org/model",
    object_id="621ffdc036468d709f17434d",
    created_at="2022-03-02T23:29:04Z",
    owner=LockedOwner("org", "org", "659ebc82b61dd9658802f398"),
    gated=False,
    private=False,
    disabled=False,
    licence="mit",
    formats=("safetensors",),
    tags=("license:mit", "region:us"),
    auto_map=(),
    adapter_of=(),
    flagged=(),
    is_scanned=True,
    history=History.UNKNOWN,
    old_owner=None,
    files=(Blob("config.json", 665, "1" * 40), Blob("model.safetensors", 5, "2" * 40, "3" * 64)),
    others=("README.md",),
    used_by=("app.py",),
)
CODE = Code(
    "org/model",
    COMMIT,
    ("a.py", "ü.py"),
    (
        Danger("a.py", 3, "process", "runs a program"),
        Danger("ü.py", 0, "unparsable", "is no Python"),
    ),
    (("b.py", "too large"),),
)
FULL = replace(
    PLAIN,
    repo_id="first-name",
    revision="v1\u2028ü\ud800",
    owner=None,
    auto_map=(("AutoModel", "a.B"), ("AutoModel", "o/c--a.C")),
    adapter_of=("o/base",),
    flagged=(Flagged("a.bin", "unsafe"), Flagged("b.bin", "caution")),
    is_scanned=None,
    history=History.FOREIGN,
    old_owner=Owner.GONE,
    files=(Blob("a.bin", None, ""),),
    others=(),
    pull_request="refs/pr/1",
    downloads=12,
    likes=3,
    code=CODE,
    further=(("signed", '{"by": ["ü", null]}'),),
)
LOCK = Lock("hfmodels.lock", (FULL, PLAIN))


def json_of(entry: Entry) -> Any:
    """An entry as it stands in the file."""
    return json.loads(written(Lock("", (entry,))))["repos"][0]


# Written and read


def test_what_is_written() -> None:
    assert written(Lock("x", (PLAIN,))) == (
        "{\n"
        '  "version": 1,\n'
        '  "$schema": "https://flake8-hfmodels.readthedocs.io/en/stable/lock.schema.json",\n'
        '  "repos": [\n'
        "    {\n"
        '      "type": "model",\n'
        '      "repo": "org/model",\n'
        '      "revision": null,\n'
        '      "ref": "main",\n'
        f'      "commit": "{COMMIT}",\n'
        '      "id": "org/model",\n'
        '      "_id": "621ffdc036468d709f17434d",\n'
        '      "created_at": "2022-03-02T23:29:04Z",\n'
        '      "owner": {"name": "org", "kind": "org", "_id": "659ebc82b61dd9658802f398"},\n'
        '      "old_owner": null,\n'
        '      "gated": false,\n'
        '      "private": false,\n'
        '      "disabled": false,\n'
        '      "licence": "mit",\n'
        '      "formats": ["safetensors"],\n'
        '      "tags": ["license:mit", "region:us"],\n'
        '      "auto_map": [],\n'
        '      "adapter_of": [],\n'
        '      "flagged": [],\n'
        '      "is_scanned": true,\n'
        '      "history": "unknown",\n'
        '      "pull_request": "",\n'
        '      "files": [\n'
        f'        {{"path": "config.json", "size": 665, "blob": "{"1" * 40}"}},\n'
        f'        {{"path": "model.safetensors", "size": 5, "blob": "{"2" * 40}",'
        f' "sha256": "{"3" * 64}"}}\n'
        "      ],\n"
        '      "others": [\n'
        '        "README.md"\n'
        "      ],\n"
        '      "used_by": [\n'
        '        "app.py"\n'
        "      ]\n"
        "    }\n"
        "  ]\n"
        "}\n"
    )


def test_no_entries() -> None:
    text = written(Lock("x"))
    assert text.endswith('"repos": []\n}\n')
    assert parse("x", text) == Lock("x")


def test_what_is_written_is_read_again() -> None:
    again = parse(LOCK.path, written(LOCK))
    assert sorted(again.entries, key=lambda one: one.order) == [FULL, PLAIN]


def test_order_of_entries_is_theirs_alone() -> None:
    some = [
        replace(PLAIN, repo_type="dataset"),
        PLAIN,
        replace(PLAIN, revision=""),
        replace(PLAIN, revision="v1"),
        replace(PLAIN, repo_id="org/other"),
    ]
    assert parse("", written(Lock("", tuple(reversed(some))))).entries == tuple(some)


def test_what_newer_versions_write_is_kept() -> None:
    data = json.loads(written(Lock("", (PLAIN,))))
    data["signature"] = {"key": [1, "ü"]}
    data["repos"][0]["note"] = "theirs"
    newer = json.dumps(data)
    VALIDATOR.validate(data)
    lock = parse("", newer)
    assert json.loads(written(lock)) == data
    assert written(parse("", written(lock))) == written(lock)


def test_any_line_endings_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "hfmodels.lock"
    path.write_bytes(b"\xef\xbb\xbf" + written(LOCK).replace("\n", "\r\n").encode())
    assert sorted(read(str(path)).entries, key=lambda one: one.order) == [FULL, PLAIN]


TEXTS = st.text(max_size=5)
ENTRIES = st.builds(
    Entry,
    repo_type=st.sampled_from(["model", "dataset", "space", "kernel"]),
    repo_id=st.sampled_from(["a/b", "c", "A/b"]),
    revision=st.none() | TEXTS,
    ref=TEXTS,
    commit=st.just(COMMIT),
    id=st.sampled_from(["a/b", "c"]),
    object_id=TEXTS,
    created_at=TEXTS,
    owner=st.none() | st.builds(LockedOwner, TEXTS, st.sampled_from(["user", "org"]), TEXTS),
    gated=st.booleans(),
    private=st.booleans(),
    disabled=st.booleans(),
    licence=TEXTS,
    formats=st.lists(TEXTS, max_size=2).map(tuple),
    tags=st.lists(TEXTS, max_size=2).map(tuple),
    auto_map=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
    adapter_of=st.lists(TEXTS, max_size=2).map(tuple),
    flagged=st.lists(st.builds(Flagged, TEXTS, TEXTS), max_size=2).map(tuple),
    is_scanned=st.sampled_from([None, True, False]),
    history=st.sampled_from(list(History)),
    old_owner=st.sampled_from([None, *Owner]),
    files=st.lists(
        st.builds(Blob, TEXTS, st.none() | st.integers(0), TEXTS, TEXTS), max_size=2
    ).map(tuple),
    others=st.lists(TEXTS, max_size=2).map(tuple),
    used_by=st.lists(TEXTS, max_size=2).map(tuple),
    pull_request=TEXTS,
)


@given(st.lists(ENTRIES, max_size=3, unique_by=lambda one: one.target))
def test_any_entries_are_read_again(entries: list[Entry]) -> None:
    text = written(Lock("", tuple(entries)))
    again = parse("", text)
    assert set(again.entries) == set(entries)
    assert written(again) == text
    VALIDATOR.validate(json.loads(text))


# The schema


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert (SCHEMA["$id"], SCHEMA["properties"]["version"]["const"]) == (ADDRESS, VERSION)
    assert ADDRESS.startswith(DOCUMENTATION)


def test_schema_knows_every_key() -> None:
    known = [*json_of(FULL)][:-1]  # the last is of a newer version
    assert list(SCHEMA["$defs"]["entry"]["properties"]) == known


@pytest.mark.parametrize("key", ["downloads", "likes", "code"])
def test_what_older_locks_do_not_have(key: str) -> None:
    data = json.loads(written(Lock("", (FULL,))))
    del data["repos"][0][key]
    VALIDATOR.validate(data)
    (entry,) = parse("", json.dumps(data)).entries
    assert getattr(entry, key) is None


@pytest.mark.parametrize("is_verified", [True, False, None])
def test_whether_an_owner_is_verified(is_verified: bool | None) -> None:
    owner = LockedOwner("org", "org", "659ebc82b61dd9658802f398", is_verified)
    text = written(Lock("", (replace(PLAIN, owner=owner),)))
    VALIDATOR.validate(json.loads(text))
    (entry,) = parse("", text).entries
    assert entry.owner is not None
    assert entry.owner.is_verified is is_verified


def test_a_mark_of_verification_is_no_identity() -> None:
    owners = [LockedOwner("org", "org", "659e", verified) for verified in (True, False, None)]
    assert len({*owners}) == 1


@pytest.mark.parametrize("key", json_of(PLAIN))
def test_reader_and_schema_miss_the_same(key: str) -> None:
    data = json.loads(written(Lock("", (PLAIN,))))
    del data["repos"][0][key]
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(ConfigurationError, match=f"it has no {key}"):
        parse("x", json.dumps(data))


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "type": ({"type": "models"}, "type is none of model, dataset, space, kernel"),
    "repo is a number": ({"repo": 1}, "repo is no text"),
    "repo is a path": ({"repo": "../x"}, "repo or id is no id of a repo"),
    "id is a path": ({"id": "/etc/passwd"}, "repo or id is no id of a repo"),
    "revision": ({"revision": 1}, "revision is no text"),
    "commit": ({"commit": "main"}, "commit is no full commit hash"),
    "owner": ({"owner": {"name": "a"}}, "owner is no account"),
    "kind of owner": (
        {"owner": {"name": "a", "kind": "x", "_id": ""}},
        "owner is no account",
    ),
    "gated": ({"gated": "auto"}, "gated is neither true nor false"),
    "is_scanned": ({"is_scanned": 1}, "is_scanned is neither true nor false"),
    "tags": ({"tags": "a"}, "tags is no list"),
    "a tag": ({"tags": [1]}, "tags is no list of texts"),
    "auto_map": ({"auto_map": [["a"]]}, "auto_map is no list of pairs"),
    "auto_map is a mapping": ({"auto_map": {"a": "b"}}, "auto_map is no list"),
    "flagged": ({"flagged": [{"path": "a"}]}, "flagged is no list of files with levels"),
    "history": ({"history": "none"}, "history is none of own, foreign, unknown"),
    "old_owner": ({"old_owner": "no"}, "old_owner is none of exists, gone, unknown"),
    "files": ({"files": ["a"]}, "files is no list of files with hashes"),
    "size": ({"files": [{"path": "a", "size": "1", "blob": ""}]}, "files is no list of"),
    "size is true": ({"files": [{"path": "a", "size": True, "blob": ""}]}, "files is no list of"),
    "verified": (
        {"owner": {"name": "a", "kind": "org", "_id": "", "verified": "yes"}},
        "owner is no account",
    ),
    "downloads": ({"downloads": "many"}, "downloads is no whole number"),
    "likes are true": ({"likes": True}, "likes is no whole number"),
    "code": ({"code": []}, "code is not what is known of Python"),
    "files of code": (
        {"code": {"files": [1], "dangers": [], "unread": []}},
        "code is not what is known of Python",
    ),
    "dangers": (
        {"code": {"files": [], "dangers": [{"path": "a"}], "unread": []}},
        "dangers is no list of places in code",
    ),
    "unread": (
        {"code": {"files": [], "dangers": [], "unread": [["a"]]}},
        "unread is no list of files with reasons",
    ),
    "sha256": (
        {"files": [{"path": "a", "size": 1, "blob": "", "sha256": 1}]},
        "sha256 of a file is no text",
    ),
}
LENIENT = ("repo is a path", "id is a path")
"""What a schema cannot well say."""


@pytest.mark.parametrize("name", WRONG)
def test_entry_that_is_wrong(name: str) -> None:
    changes, why = WRONG[name]
    data = json.loads(written(Lock("", (FULL, PLAIN))))
    data["repos"][1].update(changes)
    with pytest.raises(ConfigurationError) as error:
        parse("x.lock", json.dumps(data))
    shown = "" if name == "repo is a number" else f" ({data['repos'][1]['repo']!r})"
    assert str(error.value).startswith(f"x.lock: entry 2{shown}: {why}")
    assert str(error.value).endswith("delete it and run `hfmodels lock`")
    assert VALIDATOR.is_valid(data) is (name in LENIENT)


def test_schema_is_strict_inside_of_entries() -> None:
    data = json.loads(written(Lock("", (PLAIN,))))
    data["repos"][0]["files"][0]["mode"] = 1
    with pytest.raises(ValidationError):
        VALIDATOR.validate(data)


CONFLICT = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n"
UNREADABLE = {
    "no JSON": ("{", "is no valid JSON ("),
    "too deep": ("[" * 200_000, "is no valid JSON ("),
    "empty": ("", "is no valid JSON ("),
    "a list": ("[]", "is no lock; "),
    "no version": ('{"repos": []}', "is no lock; "),
    "version is a text": ('{"version": "1", "repos": []}', "is no lock; "),
    "version is true": ('{"version": true, "repos": []}', "is no lock; "),
    "newer": (
        '{"version": 2}',
        "is a lock of version 2, of which this version of hfmodels knows nothing; install a newer",
    ),
    "no repos": ('{"version": 1}', "is no lock; "),
    "an entry is a text": ('{"version": 1, "repos": ["a"]}', "entry 1: it is no object; "),
    "conflicts": (CONFLICT, "has merge conflicts; `hfmodels lock` resolves them"),
}


@pytest.mark.parametrize(("text", "why"), UNREADABLE.values(), ids=UNREADABLE)
def test_text_that_is_no_lock(text: str, why: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        parse("x.lock", text)
    assert str(error.value).startswith(f"x.lock: {why}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("key", ['"version": 1,', f'"commit": "{COMMIT}",'], ids=["lock", "entry"])
def test_what_could_not_be_written_again(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some Pythons read a level or two more than they write."""

    def refuse(_value: object) -> str:
        raise RecursionError

    monkeypatch.setattr(reading, "json_line", refuse)
    text = written(Lock("", (PLAIN,))).replace(key, f'{key} "x": [[]],')
    with pytest.raises(ConfigurationError, match=r"^x\.lock: .*it is nested too deeply; restore"):
        parse("x.lock", text)


def test_two_entries_of_one_target() -> None:
    text = written(Lock("", (PLAIN, replace(PLAIN, commit=OTHER))))
    with pytest.raises(ConfigurationError, match="two entries of one repo and revision"):
        parse("x", text)


try:
    os.stat("a\0b")
except ValueError as error:
    NULL = str(error)
"""What this Python says of a name that is none."""


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"\xff")
    with open(tmp_path / "large", "wb") as large:
        large.truncate(LARGEST + 1)
    anew = "restore it from your version control, or delete it and run `hfmodels lock`"
    said = {
        "none": "cannot be read (no such file or directory); `hfmodels lock` writes it",
        ".": f"cannot be read (it is no file); {anew}",
        "a\0b": f"cannot be read ({NULL}); {anew}",
        "latin": f"is no UTF-8; {anew}",
        "large": f"is too large for a lock (100 MB); {anew}",
    }
    found = {}
    for name in said:
        path = f"{tmp_path}/{name}"
        with pytest.raises(ConfigurationError) as error:
            read(path)
        found[name] = str(error.value).removeprefix(f"{path}: ")
    assert found == said


# What it answers


def test_answers() -> None:
    moved = replace(PLAIN, repo_id="old/model", old_owner=Owner.EXISTS)
    lock = Lock("x", (PLAIN, moved, replace(PLAIN, revision="v1")))
    cased = Target("model", "Org/Model", "v2")
    asked = [PLAIN.target, moved.target, Target("dataset", "org/model", None), cased]
    found = lookup_in(lock)(asked)
    repo = facts_of(PLAIN).repo
    assert list(found.values()) == [
        Found(repo),
        Moved(repo, Owner.EXISTS),
        Unavailable("not in hfmodels.lock"),
        Unavailable("not in hfmodels.lock, which has it without a revision, at 'v1'"),
    ]
    assert repo.files == ("README.md", "config.json", "model.safetensors")
    assert (repo.sha, repo.blobs, repo.tags) == (COMMIT, PLAIN.files, PLAIN.tags)


def test_owner_that_nobody_knew() -> None:
    assert facts_of(replace(PLAIN, id="new/model")) == Moved(
        replace(facts_of(PLAIN).repo, id="new/model"), Owner.UNKNOWN
    )


@pytest.mark.parametrize(
    ("object_id", "moment"),
    [
        pytest.param("621ffdc036468d709f17434d", "2022-03-02T23:29:04Z", id="object"),
        pytest.param("621ffdc0", "", id="short"),
        pytest.param("wwwwwwwwwwwwwwwwwwwwwwww", "", id="other-digits"),
        pytest.param("", "", id="empty"),
    ],
)
def test_when_a_repo_was_made(object_id: str, moment: str) -> None:
    assert created_at(object_id) == moment


# Where it is


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository to stand in, with nothing known of it."""
    root = tmp_path / "project"
    (root / "src/deep").mkdir(parents=True)
    (root / ".git").mkdir()
    monkeypatch.chdir(root)
    place._above.cache_clear()
    place._read.cache_clear()
    return root


def test_no_lock(project: Path) -> None:
    assert lock_for("src/deep/a.py", Settings()) is None
    assert place_for("src/deep/a.py", Settings()) == "hfmodels.lock"


def test_lock_at_the_root(project: Path) -> None:
    (project / "hfmodels.lock").write_text(written(Lock("", (PLAIN,))))
    found = lock_for("src/deep/a.py", Settings())
    assert found == Lock("hfmodels.lock", (PLAIN,))
    assert lock_for(str(project / "b.py"), Settings()) is found
    assert place_for("a.py", Settings()) == "hfmodels.lock"


def test_nearest_lock(project: Path) -> None:
    (project / "hfmodels.lock").write_text(written(Lock("")))
    (project / "src/hfmodels.lock").write_text(written(Lock("", (PLAIN,))))
    found = lock_for("src/deep/a.py", Settings())
    assert found == Lock(os.path.join("src", "hfmodels.lock"), (PLAIN,))


def test_lock_above_the_repository_is_not_ours(project: Path) -> None:
    (project.parent / "hfmodels.lock").write_text(written(Lock("")))
    assert lock_for("a.py", Settings()) is None


def test_lock_that_is_named(project: Path) -> None:
    (project / "other.json").write_text(written(Lock("", (PLAIN,))))
    (project / "hfmodels.lock").write_text("{")
    settings = Settings(lock="other.json")
    assert lock_for("src/a.py", settings) == Lock("other.json", (PLAIN,))
    assert place_for("src/a.py", settings) == "other.json"


def test_lock_that_is_named_and_not_there(project: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        lock_for("a.py", Settings(lock="none.json"))
    assert str(error.value) == (
        "none.json: cannot be read (no such file or directory); `hfmodels lock` writes it"
    )


def test_link_into_nowhere_is_a_lock(project: Path) -> None:
    (project / "hfmodels.lock").symlink_to("nowhere")
    with pytest.raises(ConfigurationError, match=r"^hfmodels\.lock: cannot be read"):
        lock_for("a.py", Settings())


@pytest.mark.parametrize(
    ("made", "where"),
    [
        pytest.param(["src/pyproject.toml", "pyproject.toml"], "src/hfmodels.lock", id="nearest"),
        pytest.param(["pyproject.toml"], "hfmodels.lock", id="root"),
        pytest.param([], "hfmodels.lock", id="repository"),
    ],
)
def test_where_a_new_lock_goes(project: Path, made: list[str], where: str) -> None:
    for name in made:
        (project / name).write_text("")
    assert place_for("src/deep/a.py", Settings()) == where


def test_where_a_new_lock_goes_outside_of_all(project: Path) -> None:
    (project / ".git").rmdir()
    assert place_for("src/a.py", Settings()) == os.path.join("src", "hfmodels.lock")


def test_folder_that_is_gone(project: Path) -> None:
    (project / "gone").mkdir()
    os.chdir(project / "gone")
    (project / "gone").rmdir()
    assert lock_for("a.py", Settings()) is None


# What it costs


def calls_for(number: int, path: Path) -> int:
    """How many functions are called to read a lock of so many entries, and to answer for all."""
    entries = tuple(
        replace(PLAIN, repo_id=f"org/model-{each}", files=PLAIN.files * 6) for each in range(number)
    )
    path.write_text(written(Lock("", entries)))
    calls: list[str] = []
    before = sys.getprofile()
    sys.setprofile(lambda _frame, event, _given: calls.append(event))
    try:
        found = lookup_in(read(str(path)))([one.target for one in entries])
    finally:
        sys.setprofile(before)
    assert len(found) == number
    return len(calls)


def test_work_grows_with_the_entries_and_no_faster(tmp_path: Path) -> None:
    path = tmp_path / "hfmodels.lock"
    assert calls_for(400, path) < 2.2 * calls_for(200, path)


# What it says of accounts and of code


def test_publishers_of_a_lock() -> None:
    owner = LockedOwner("Org", "org", "659ebc82b61dd9658802f398", is_verified=True)
    lock = Lock("", (replace(PLAIN, owner=owner), replace(PLAIN, repo_id="other", owner=None)))
    assert publishers_in(lock, ("org", "nobody")) == {
        "org": Publisher("Org", "org", "659ebc82b61dd9658802f398", is_verified=True)
    }


def test_code_of_a_lock() -> None:
    lock = Lock("", (replace(PLAIN, code=CODE), replace(PLAIN, repo_id="org/other")))
    targets = [one.target for one in lock.entries]
    assert codes_in(lock, [*targets, Target("model", "org/third", None)]) == {targets[0]: CODE}
