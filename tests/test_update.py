"""`hfmodels update` on a fake Hub: what moves, what is shown, what is refused."""

from __future__ import annotations

import re

import pytest

from tests.doors import LOAD, Place
from tests.fakehub import FakeHub, Fault
from tests.inside import Inside

ID = "acme/plain"
DAY = r"\d{4}-\d\d-\d\d"


@pytest.fixture
def place(place: Place) -> Place:
    return Inside.of(place)


@pytest.fixture
def lonely(lonely: Place) -> Place:
    return Inside.of(lonely)


@pytest.fixture
def old(hub: FakeHub) -> str:
    """The commit of a repo that has gone on since."""
    hub.world.create_repo("model", ID, {"config.json": "{}", "w.bin": "1"}, at="2024-01-01")
    before = hub.world.repo("model", ID).head
    hub.world.commit("model", ID, {"modeling_x.py": "pass"}, at="2025-06-01")
    hub.world.commit("model", ID, {"w.bin": "2"}, delete=["config.json"], at="2035-01-01")
    return before


def head(hub: FakeHub, repo_id: str = ID) -> str:
    return hub.world.repo("model", repo_id).head


def pinned(commit: str, comment: str = "  # main, 2024-01-01", repo_id: str = ID) -> str:
    return LOAD.format(repo_id, f', revision="{commit}"').rstrip("\n") + comment + "\n"


def test_moves_to_the_head(place: Place, hub: FakeHub, old: str) -> None:
    file = place.write("a.py", pinned(old))
    ran = Place.hfmodels(place, "update")
    assert ran.code == 0, ran
    assert ran.out.splitlines() == [
        f"a.py:2:51: acme/plain: {old[:12]} -> {head(hub)[:12]} (main)",
        "    + modeling_x.py (code)",
        "    ~ w.bin (pickle)",
        "    - config.json",
        "1 pin moved, 1 pin in all",
    ]
    after = file.read_text()
    assert re.sub(DAY, "DAY", after) == pinned(head(hub), "  # main, DAY")
    assert place.hfmodels("update").out == "0 pins moved, 1 pin in all\n"
    assert file.read_text() == after


@pytest.mark.parametrize(
    ("option", "code"), [("--check", 1), ("--dry-run", 1), ("--diff", 1), ("--min-age=1h", 0)]
)
def test_what_writes_nothing(place: Place, old: str, option: str, code: int) -> None:
    file = place.write("a.py", pinned(old))
    ran = place.hfmodels("update", option)
    assert ran.code == code, ran
    assert (file.read_text() == pinned(old)) == bool(code)


def test_diff(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", pinned(old))
    diff = place.hfmodels("update", "--diff").out
    place.git("init", "-q")
    place.write("new.patch", diff)
    place.git("apply", "new.patch")
    assert head(hub) in (place.folder / "a.py").read_text()


def test_nothing_to_check(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", pinned(head(hub)))
    ran = place.hfmodels("update", "--check")
    assert (ran.code, ran.out) == (0, "0 pins could be moved, 1 pin in all\n")


def test_only_commits_that_have_stood_for_a_while(place: Place, hub: FakeHub, old: str) -> None:
    file = place.write("a.py", pinned(old))
    ran = place.hfmodels("update", "--min-age", "7d")
    assert ran.out.splitlines()[1:] == ["    + modeling_x.py (code)", "1 pin moved, 1 pin in all"]
    assert head(hub) not in file.read_text()
    assert old not in file.read_text()


def test_a_new_pin_does_not_go_back(place: Place, hub: FakeHub, old: str) -> None:
    file = place.write("a.py", pinned(head(hub)))
    hub.world.commit("model", ID, {"x": "y"}, at="2035-02-01")
    assert place.hfmodels("update", "--min-age", "7d").code == 0
    assert file.read_text() == pinned(hub.world.repo("model", ID).history(head(hub))[1].oid)


def test_nothing_is_old_enough(place: Place, hub: FakeHub, old: str) -> None:
    hub.world.create_repo("model", "acme/new", {"a": "b"}, at="2035-01-01")
    place.write("a.py", pinned(old, "  # main, 2024-01-01", "acme/new"))
    ran = place.hfmodels("update", "--min-age", "7d")
    assert "its last commits are all too new" in ran.out
    assert "0 pins moved" in ran.out


def test_history_that_is_too_long_to_look_through(place: Place, hub: FakeHub, old: str) -> None:
    file = place.write("a.py", pinned(old))
    hub.world.commit_often("model", ID, 201)
    ran = place.hfmodels("update", "--min-age", "7d")
    assert (ran.code, "its last commits are all too new" in ran.out) == (0, True)
    assert file.read_text() == pinned(old)


def test_without_a_history_nothing_is_known_of_age(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", pinned(old))
    hub.fault = Fault.status(500, path="/commits/")
    ran = place.hfmodels("update", "--min-age", "7d")
    assert ran.code == 0
    assert "left: which commit main stands for is not known" in ran.out


def test_who_says_nothing_is_left(place: Place, old: str) -> None:
    file = place.write("a.py", pinned(old, ""))
    ran = place.hfmodels("update")
    assert "left: nothing says which ref it follows: name the repo to follow main" in ran.out
    assert file.read_text() == pinned(old, "")


def test_who_is_named_follows_main(place: Place, hub: FakeHub, old: str) -> None:
    file = place.write("a.py", pinned(old, "") + pinned(old, "", "acme/other"))
    assert place.hfmodels("update", "ACME/Plain").code == 0
    assert file.read_text() == pinned(head(hub), "") + pinned(old, "", "acme/other")


def test_who_is_named_and_not_there(place: Place, old: str) -> None:
    place.write("a.py", pinned(old))
    ran = place.hfmodels("update", "acme/nothere", ID)
    assert (ran.code, ran.complaints) == (0, ["hfmodels: acme/nothere: nothing pins it"])


def test_a_branch_and_a_tag(place: Place, hub: FakeHub, old: str) -> None:
    hub.world.tag("model", ID, "v1")
    hub.world.branch("model", ID, "dev")
    on_dev = hub.world.commit("model", ID, {"a": "b"}, branch="dev").oid
    comments = ("  # v1, 2024-01-01", "  # dev, 2024-01-01")
    file = place.write("a.py", "".join(pinned(old, comment) for comment in comments))
    assert place.hfmodels("update").code == 0
    assert [head(hub) in line for line in file.read_text().splitlines()[1::2]] == [True, False]
    assert on_dev in file.read_text()


def test_deleted_and_registered_again(place: Place, hub: FakeHub, old: str) -> None:
    file = place.write("a.py", pinned(old))
    hub.world.delete_repo("model", ID)
    hub.world.create_repo("model", ID, {"config.json": "other"})
    ran = place.hfmodels("update")
    assert ran.code == 1
    assert "refused: the pinned commit is gone" in ran.out
    assert file.read_text() == pinned(old)
    assert place.hfmodels("update", "--accept", ID).code == 0
    assert head(hub) in file.read_text()


def test_missing(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", pinned(old))
    hub.world.delete_repo("model", ID)
    ran = place.hfmodels("update", "--accept", ID)
    assert (ran.code, "refused: the Hub shows no such repo" in ran.out) == (1, True)


def test_moved(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", pinned(old))
    hub.world.create_organization("heirs")
    hub.world.transfer("model", ID, "heirs")
    ran = place.hfmodels("update")
    assert (ran.code, "refused: it has moved to heirs/plain" in ran.out) == (1, True)


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--strict",), 3)])
def test_nobody_answers(lonely: Place, options: tuple[str, ...], code: int) -> None:
    file = lonely.write("a.py", pinned("0" * 39 + "1"))
    ran = lonely.hfmodels("update", *options)
    assert ran.code == code
    assert "left: which commit main stands for is not known" in ran.out
    assert file.read_text() == pinned("0" * 39 + "1")


def test_offline_what_the_cache_has(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", pinned(old))
    place.hfmodels("update", "--check")
    before = len(hub.requests)
    ran = place.hfmodels("update", "--check", "--offline")
    assert (ran.code, len(hub.requests)) == (1, before)


def test_private_names_stay_at_home(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", pinned(old))
    ran = place.hfmodels("update", "--never-ask", "acme/*")
    assert (ran.out, len(hub.requests)) == ("0 pins moved, 0 pins in all\n", 0)


def test_read_only_file(place: Place, old: str) -> None:
    file = place.write("a.py", pinned(old))
    file.chmod(0o444)
    ran = place.hfmodels("update")
    assert (ran.code, ran.complaints) == (2, ["hfmodels: a.py: is read-only; left as it is"])
    assert file.read_text() == pinned(old)


def test_file_that_is_in_two_encodings(place: Place, hub: FakeHub, old: str) -> None:
    line = f"hf download acme/plain --revision {old}\n".encode()
    data = b"\xef\xbb\xbf" + line + b"# caf\xe9\n"
    file = place.write("a.sh", data)
    ran = place.hfmodels("update", ID)
    why = "hfmodels: a.sh: its encoding is not sure; save it as UTF-8"
    assert (ran.code, ran.complaints, file.read_bytes()) == (2, [why], data)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--path", "-"), "update writes files, which standard input is not"),
        (("--min-age", "soon"), "--min-age: 'soon' is no time such as 12h, 7d or 2w"),
        (("--config", "none.toml"), "none.toml: cannot be read (no such file or directory)"),
    ],
)
def test_wrong_usage(place: Place, arguments: tuple[str, ...], why: str) -> None:
    ran = place.hfmodels("update", *arguments)
    assert ran.code == 2
    assert why in ran.err


def test_paths(place: Place, hub: FakeHub, old: str) -> None:
    one, two = place.write("one/a.py", pinned(old)), place.write("two/a.py", pinned(old))
    assert place.hfmodels("update", "--path", "one").code == 0
    assert (head(hub) in one.read_text(), head(hub) in two.read_text()) == (True, False)


# With a lock


def test_lock_says_what_a_pin_follows(place: Place, hub: FakeHub, old: str) -> None:
    file = place.write("a.py", pinned(old))
    place.write("b.py", LOAD.format("acme/drafted", ""))
    place.hfmodels("lock")
    file.write_text(pinned(old, ""))
    ran = place.hfmodels("update")
    assert ran.code == 0, ran
    assert file.read_text() == pinned(head(hub), "")
    assert place.hfmodels("lock", "--check").code == 0


def test_lock_goes_along(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", pinned(old))
    place.hfmodels("lock")
    ran = place.hfmodels("update")
    assert (ran.code, "hfmodels.lock: 1 entry, 1 added, 1 dropped" in ran.out) == (0, True)
    assert head(hub) in (place.folder / "hfmodels.lock").read_text()
    assert place.hfmodels("lock", "--check").code == 0


def test_what_no_file_pins_moves_in_the_lock(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", LOAD.format(ID, ""))
    place.hfmodels("lock")
    was = head(hub)
    hub.world.commit("model", ID, {"x": "y"})
    ran = place.hfmodels("update", "--check")
    said = f"hfmodels.lock: acme/plain: {was[:12]} -> {head(hub)[:12]} (main)"
    assert (ran.code, ran.out.splitlines()[:2]) == (1, [said, "    + x"])
    assert ran.out.splitlines()[-1] == (
        "0 pins could be moved, 0 pins in all; 1 could be moved in the lock"
    )
    assert was in (place.folder / "hfmodels.lock").read_text()
    assert place.hfmodels("update", "acme/other").code == 0
    assert was in (place.folder / "hfmodels.lock").read_text()
    assert place.hfmodels("update", ID).code == 0
    assert head(hub) in (place.folder / "hfmodels.lock").read_text()


def test_how_old_a_commit_is_the_lock_does_not_know(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", LOAD.format(ID, ""))
    place.hfmodels("lock")
    was = head(hub)
    hub.world.commit("model", ID, {"x": "y"})
    assert place.hfmodels("update", "--min-age", "7d").code == 0
    assert was in (place.folder / "hfmodels.lock").read_text()


def test_another_repo_than_the_locked_one(place: Place, hub: FakeHub, old: str) -> None:
    file = place.write("a.py", pinned(old) + LOAD.format(ID, ""))
    place.hfmodels("lock")
    before = (place.folder / "hfmodels.lock").read_text()
    hub.world.delete_repo("model", ID)
    hub.world.create_repo("model", ID, {"config.json": "other"})
    ran = place.hfmodels("update")
    assert ran.code == 1
    assert "a.py:2:51: acme/plain: refused: another repo has this name now" in ran.out
    assert "acme/plain: refused: the repo of this name was made anew" in ran.out
    assert file.read_text() == pinned(old) + LOAD.format(ID, "")
    assert (place.folder / "hfmodels.lock").read_text() == before


def test_another_owner_in_other_letters(place: Place, hub: FakeHub, old: str) -> None:
    """The Hub does not tell letter cases apart; so neither does the lock."""
    file = place.write("a.py", pinned(old, repo_id="Acme/Plain"))
    place.hfmodels("lock")
    hub.world.rename_account("acme", "acme-old")
    hub.world.create_user("acme")
    hub.world.transfer("model", "acme-old/plain", "acme")
    ran = place.hfmodels("update")
    assert (ran.code, "acme is not the account any more that is in the lock" in ran.out) == (
        1,
        True,
    )
    assert file.read_text() == pinned(old, repo_id="Acme/Plain")


def test_another_repo_is_no_clean_check(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", LOAD.format(ID, ""))
    place.hfmodels("lock")
    hub.world.delete_repo("model", ID)
    hub.world.create_repo("model", ID, {"config.json": "other"})
    ran = place.hfmodels("update", "--check")
    assert (ran.code, "acme/plain: refused: the repo of this name was made" in ran.out) == (1, True)


def test_lock_that_cannot_be_written_is_told_beside_a_refusal(
    place: Place, hub: FakeHub, old: str
) -> None:
    place.write("a.py", pinned(old))
    place.write("b.py", LOAD.format("acme/drafted", ""))
    lock = place.folder / "hfmodels.lock"
    place.hfmodels("lock", "a.py")
    lock.chmod(0o444)
    hub.world.delete_repo("model", ID)
    ran = place.hfmodels("update")
    assert "a.py:2:51: acme/plain: refused: the Hub shows no such repo" in ran.out
    assert "hfmodels.lock: not written: 2 entries, 1 added" in ran.out
    assert (ran.code, ran.complaints) == (
        2,
        ["hfmodels: hfmodels.lock: is read-only; left as it is"],
    )


STALE = """{"version": 1, "repos": []}"""


@pytest.mark.parametrize(
    ("text", "code", "complaint"),
    [
        pytest.param(STALE, 0, "", id="stale"),
        pytest.param("{", 2, "hfmodels.lock: is no valid JSON (", id="no-json"),
        pytest.param(
            "<<<<<<< a\n{\n=======\n}\n>>>>>>> b\n", 2, "has merge conflicts", id="conflicts"
        ),
    ],
)
def test_lock_as_it_is_found(
    place: Place, hub: FakeHub, old: str, text: str, code: int, complaint: str
) -> None:
    """One that is behind is written anew; by one that cannot be read nothing is changed."""
    file = place.write("a.py", pinned(old))
    lock = place.write("hfmodels.lock", text)
    ran = place.hfmodels("update")
    assert (ran.code, complaint in ran.err) == (code, True)
    assert (head(hub) in file.read_text(), head(hub) in lock.read_text()) == (not code, not code)


def test_another_owner_than_the_locked_one(place: Place, hub: FakeHub, old: str) -> None:
    place.write("a.py", pinned(old))
    place.hfmodels("lock")
    hub.world.rename_account("acme", "acme-old")
    hub.world.create_user("acme")
    hub.world.transfer("model", "acme-old/plain", "acme")
    ran = place.hfmodels("update")
    assert ran.code == 1
    assert "refused: acme is not the account any more that is in the lock" in ran.out
    assert place.hfmodels("update", "--accept", ID).code == 0
