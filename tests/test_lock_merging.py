"""Two locks that are to be one: sides of a merge, and what two runs have written."""

from __future__ import annotations

import subprocess

import pytest

from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.facts import Blob
from flake8_hfmodels.lock.entry import Entry, LockedOwner
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.merging import United, merged, united
from flake8_hfmodels.lock.reading import has_conflicts
from flake8_hfmodels.lock.trust import is_accepted, strange
from flake8_hfmodels.lock.writing import written
from flake8_hfmodels.record import replace
from tests.doors import Place
from tests.test_lock_file import OTHER, PLAIN

A = replace(PLAIN, repo_id="org/a", id="org/a")
B = replace(PLAIN, repo_id="org/b", id="org/b", commit=OTHER)
C = replace(PLAIN, repo_id="org/c", id="org/c")
MOVED = replace(B, commit="3" * 40)
PATH = "hfmodels.lock"


def conflict(ours: Lock, theirs: Lock, base: Lock | None = None) -> str:
    """A conflict over a whole file; with a base as `merge.conflictStyle=diff3` shows it."""
    middle = "" if base is None else f"||||||| base\n{written(base)}"
    return f"<<<<<<< HEAD\n{written(ours)}{middle}=======\n{written(theirs)}>>>>>>> theirs\n"


def lock(*entries: Entry) -> Lock:
    return Lock(PATH, entries)


def test_lock_without_a_conflict() -> None:
    assert united(PATH, written(lock(A))) == United(lock(A))


def test_conflict_in_the_common_base() -> None:
    """With `diff3` git shows it inside of the conflict, between longer marks."""
    inside = conflict(lock(B), lock(C), lock()).replace("<<<<<<<", "<<<<<<<<<")
    for mark in ("|||||||", "=======", ">>>>>>>"):
        inside = inside.replace(mark, f"{mark}{mark[:2]}")
    text = conflict(lock(A), lock(C), lock())
    base = text.index("||||||| base")
    nested = f"{text[:base]}||||||| merged common ancestors\n{inside}{text[text.index('====') :]}"
    assert united(PATH, nested) == United(lock(A, C), (), had_conflicts=True)


@pytest.mark.parametrize("base", [None, lock(C)], ids=["merge", "diff3"])
def test_both_sides_are_kept(base: Lock | None) -> None:
    found = united(PATH, conflict(lock(A, B), lock(B, C), base))
    assert found == United(lock(A, B, C), (), had_conflicts=True)


def test_sides_that_differ_in_an_entry() -> None:
    found = united(PATH, conflict(lock(A, B), lock(MOVED)))
    assert found == United(lock(A), ((B, MOVED),), had_conflicts=True)


def test_what_uses_an_entry_is_added_up() -> None:
    one = replace(A, used_by=("a.py", "z.py"))
    other = replace(A, used_by=("b.py",), files=(*A.files, Blob("x", 1, "4" * 40)), others=("y",))
    found = united(PATH, conflict(lock(one), lock(other)))
    assert found.lock == lock(
        replace(
            A,
            used_by=("a.py", "b.py", "z.py"),
            files=(*A.files, Blob("x", 1, "4" * 40)),
            others=("README.md", "y"),
        )
    )


def test_a_hash_of_one_side_is_no_mere_name() -> None:
    bare = replace(A, files=A.files[:1], others=("README.md", A.files[1].path))
    assert united(PATH, conflict(lock(bare), lock(A))).lock == lock(A)


def test_hashes_that_differ() -> None:
    other = replace(A, files=(replace(A.files[0], blob_id="5" * 40),))
    assert united(PATH, conflict(lock(A), lock(other))).differing == ((A, other),)


def test_keys_of_newer_versions_stay() -> None:
    ours, theirs = (Lock(PATH, (A,), ((name, "1"),)) for name in "xy")
    assert dict(united(PATH, conflict(ours, theirs)).lock.further) == {"x": "1", "y": "1"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<<<<<<< a\n{\n=======\n}\n>>>>>>> b\n", id="no-json"),
        pytest.param(
            conflict(lock(A), lock(B)).replace('"version": 1', '"version": 2', 1), id="v2"
        ),
    ],
)
def test_sides_that_cannot_be_told_apart(text: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        united(PATH, text)
    assert str(error.value) == (
        "hfmodels.lock: has merge conflicts that cannot be told apart; take one side"
        " (`git checkout --ours`, or `--theirs`) and run `hfmodels lock`"
    )


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param("<<<<<<< a\n=======\n>>>>>>> b\n", True, id="conflict"),
        pytest.param("<<<<<<< a\r\n=======\r\n>>>>>>> b\r\n", True, id="windows"),
        pytest.param('{"a": "<<<<<<< a"}\n=======\n>>>>>>> b', False, id="in-a-text"),
        pytest.param("=======\n", False, id="a-line"),
        pytest.param("<<<<<<<\n=======\n>>>>>>>\n", True, id="without-labels"),
        pytest.param("<<<<<<< a\n=========\n>>>>>>> b\n", False, id="of-another-length"),
    ],
)
def test_marks_of_a_conflict(text: str, is_one: bool) -> None:
    assert has_conflicts(text) is is_one


REAL = {
    "both add at the end": ([A], [A, B], [A, C], [A, B, C], []),
    "both add to nothing": ([], [A], [B], [A, B], []),
    "one moves what the other drops from": ([A, B], [A, MOVED], [B], [MOVED], []),
    "both move": ([A, B], [A, MOVED], [A, replace(B, commit="4" * 40)], [A], ["org/b"]),
    "both add before and after": ([B], [A, B], [B, C], [A, B, C], []),
}


@pytest.mark.parametrize("name", REAL)
def test_what_git_leaves(lonely: Place, name: str) -> None:
    base, ours, theirs, agreed, differing = REAL[name]
    found = united(PATH, _merge_file(lonely, base, ours, theirs))
    assert {one.target for one in found.lock.entries} == {one.target for one in agreed}
    assert [one.repo_id for one, _other in found.differing] == differing


def _merge_file(place: Place, base: list[Entry], ours: list[Entry], theirs: list[Entry]) -> str:
    """The text that git makes of three versions of a lock."""
    sides = {"ours": ours, "base": base, "theirs": theirs}
    for name, entries in sides.items():
        place.write(name, written(Lock(PATH, tuple(entries))))
    done = subprocess.run(
        ("git", "merge-file", "--stdout", *sides),
        cwd=place.folder,
        capture_output=True,
        check=False,
    )
    return done.stdout.decode()


# Two runs at once


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "both"),
    [
        pytest.param([A], [A, B], [A, C], [A, C, B], id="both-add"),
        pytest.param([A, B], [A], [A, B, C], [A, C], id="drop-and-add"),
        pytest.param([A, B], [A, B, C], [A], [A, C], id="add-and-drop"),
        pytest.param([B], [B], [MOVED], [MOVED], id="moved-by-others"),
        pytest.param([B], [MOVED], [replace(B, gated=True)], [MOVED], id="ours-wins"),
        pytest.param([B], [], [MOVED], [], id="dropped-by-us"),
    ],
)
def test_changes_of_both(
    base: list[Entry], ours: list[Entry], theirs: list[Entry], both: list[Entry]
) -> None:
    assert merged(lock(*base), lock(*ours), lock(*theirs)).entries == tuple(both)


# Whom to trust

NEW = replace(PLAIN, object_id="655ffdc036468d709f17434d", created_at="2023-11-24T01:34:56Z")
OWNER = LockedOwner("org", "org", "699ebc82b61dd9658802f398")
STRANGERS = {
    "nobody known": (PLAIN, [], ""),
    "the same": (PLAIN, [PLAIN], ""),
    "made anew": (
        NEW,
        [PLAIN],
        "the repo of this name was made anew on 2023-11-24"
        " (_id 655ffdc036468d709f17434d, locked: 621ffdc036468d709f17434d)",
    ),
    "made anew, nobody knows when": (
        replace(NEW, created_at=""),
        [PLAIN],
        "the repo of this name was made anew on an unknown day"
        " (_id 655ffdc036468d709f17434d, locked: 621ffdc036468d709f17434d)",
    ),
    "made anew, trusted before": (NEW, [PLAIN, NEW], ""),
    "made anew, in another letter case": (
        replace(NEW, repo_id="ORG/Model", id="ORG/Model"),
        [PLAIN],
        "the repo of this name was made anew on 2023-11-24"
        " (_id 655ffdc036468d709f17434d, locked: 621ffdc036468d709f17434d)",
    ),
    "another type": (replace(NEW, repo_type="dataset"), [PLAIN], ""),
    "another repo of the same owner": (replace(NEW, repo_id="org/x", id="org/x"), [PLAIN], ""),
    "owner registered anew": (
        replace(PLAIN, owner=OWNER),
        [PLAIN],
        "the account 'org' is another one now"
        " (_id 699ebc82b61dd9658802f398, locked: 659ebc82b61dd9658802f398)",
    ),
    "owner registered anew, seen by another repo": (
        replace(NEW, repo_id="org/x", id="org/x", owner=OWNER),
        [PLAIN],
        "the account 'org' is another one now"
        " (_id 699ebc82b61dd9658802f398, locked: 659ebc82b61dd9658802f398)",
    ),
    "transferred": (
        replace(PLAIN, id="taker/model", owner=replace(OWNER, name="taker")),
        [PLAIN],
        "the repo belongs to 'taker' now (locked: org)",
    ),
    "owner renamed": (
        replace(PLAIN, id="new/model", owner=replace(PLAIN.owner or OWNER, name="new")),
        [PLAIN],
        "",
    ),
    "owner was not known": (PLAIN, [replace(PLAIN, owner=None)], ""),
    "owner is not known": (replace(PLAIN, owner=None), [PLAIN], ""),
}


@pytest.mark.parametrize(("entry", "known", "why"), STRANGERS.values(), ids=STRANGERS)
def test_strangers(entry: Entry, known: list[Entry], why: str) -> None:
    assert strange(entry, known) == why


@pytest.mark.parametrize("name", ["org/model", "old/name"])
def test_accepted_by_either_name(name: str) -> None:
    assert is_accepted(replace(PLAIN, repo_id="Old/Name"), {name})


def test_not_accepted() -> None:
    assert not is_accepted(PLAIN, {"org"})
