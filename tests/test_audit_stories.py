"""What can happen to a model after it was locked, played on the fake Hub, and what audits say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_hfmodels.cli.exits import CLEAN, FINDINGS
from flake8_hfmodels.facts import Flagged, History
from flake8_hfmodels.lock.entry import Entry
from tests.auditing import Auditor, Row, locked
from tests.fakehub import FakeHub, Fault, Issue, World
from tests.fakehub.objects import Content, RepoType

MODEL = "ann/bert"
WEIGHTS: dict[str, Content] = {
    "config.json": "{}",
    "model.safetensors": b"weights",
    "README.md": "# Bert",
}
OTHERS: dict[str, Content] = {"config.json": "{}", "model.safetensors": b"other weights"}


@pytest.fixture
def world() -> World:
    """Ann, who has a model, the organizations lab and huggingface, and a Hub that knows them."""
    world = World()
    world.create_organization("huggingface")
    world.create_user("ann", at="2023-01-01")
    world.create_organization("lab")
    world.create_repo("model", MODEL, WEIGHTS)
    return world


@pytest.fixture
def auditor(tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> Auditor:
    """A project that loads a model of that Hub, and nobody else's cache."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Auditor(folder, "")


def told(
    auditor: Auditor, world: World, entry: Entry, happens: Callable[[World], object]
) -> list[Row]:
    """What an audit tells of an entry once something has happened."""
    auditor.lock(entry)
    happens(world)
    with FakeHub(world) as hub:
        return Auditor(auditor.folder, hub.url).rows()


def nothing(_world: World) -> None:
    """Nothing happens."""


def deleted(world: World) -> None:
    world.delete_account("ann")


def registered_again(world: World) -> None:
    world.delete_account("ann")
    world.create_user("ann", at="2026-01-01")


def registered_again_with_the_model(world: World) -> None:
    registered_again(world)
    world.create_repo("model", MODEL, OTHERS)


def registered_as_an_organization(world: World) -> None:
    world.delete_account("ann")
    world.create_organization("ann", at="2026-01-01")
    world.create_repo("model", MODEL, OTHERS)


def transferred(world: World) -> None:
    world.transfer("model", MODEL, "lab")


def transferred_and_deleted(world: World) -> None:
    transferred(world)
    world.delete_account("ann")


def transferred_and_registered_again(world: World) -> None:
    transferred_and_deleted(world)
    world.create_user("ann", at="2026-01-01")


def transferred_and_taken_over(world: World) -> None:
    transferred_and_registered_again(world)
    world.create_repo("model", MODEL, OTHERS)


def renamed(world: World) -> None:
    world.rename("model", MODEL, "ann/bert-base")


def account_renamed(world: World) -> None:
    world.rename_account("ann", "anna")


def deleted_repo(world: World) -> None:
    world.delete_repo("model", MODEL)


def uploaded_again(world: World) -> None:
    world.delete_repo("model", MODEL)
    world.create_repo("model", MODEL, WEIGHTS)


def redirected_to_a_stranger(world: World) -> None:
    world.delete_repo("model", MODEL)
    world.create_repo("model", "lab/bert", WEIGHTS)
    world.redirect("model", MODEL, "lab/bert")


def hidden(world: World) -> None:
    world.change("model", MODEL, private=True)


def pushed(world: World) -> None:
    world.commit("model", MODEL, OTHERS)


def pushed_often(world: World) -> None:
    world.commit_often("model", MODEL, 700)


def squashed(world: World) -> None:
    pushed(world)
    world.squash_history("model", MODEL)


def squashed_but_for_a_pull_request(world: World) -> None:
    world.open_draft("model", MODEL)
    squashed(world)


def squashed_but_for_a_tag(world: World) -> None:
    world.tag("model", MODEL, "v1")
    squashed(world)


def flagged(world: World) -> None:
    world.change("model", MODEL, issues=(Issue("model.safetensors"), Issue("gone.bin")))


def suspected(world: World) -> None:
    world.change("model", MODEL, issues=(Issue("config.json", "suspicious"),))


def gated(world: World) -> None:
    world.change("model", MODEL, gated="manual")


def disabled(world: World) -> None:
    world.change("model", MODEL, disabled=True)


ORPHANED = ("orphaned", "HFM004", "high")
ANOTHER_OWNER = ("owner changed", "HFM008", "high")
ANOTHER_REPO = ("re-created", "HFM008", "high")
GONE = ("gone", "HFM006", "medium")
MOVED = ("moved", "HFM005", "medium")
NEWS = ("new head", None, "info")


@pytest.mark.parametrize(
    ("happens", "rows"),
    [
        pytest.param(nothing, [], id="nothing"),
        pytest.param(deleted, [ORPHANED], id="deleted-author"),
        pytest.param(registered_again, [GONE, ANOTHER_OWNER], id="author-registered-again"),
        pytest.param(
            registered_again_with_the_model,
            [ANOTHER_REPO, ANOTHER_OWNER],
            id="author-registered-again-with-the-same-model",
        ),
        pytest.param(
            registered_as_an_organization,
            [ANOTHER_REPO, ANOTHER_OWNER],
            id="author-registered-as-an-organization",
        ),
        pytest.param(transferred, [MOVED], id="transfer"),
        pytest.param(transferred_and_deleted, [ORPHANED], id="transfer-then-deletion"),
        pytest.param(
            transferred_and_registered_again,
            [MOVED, ANOTHER_OWNER],
            id="transfer-then-new-account",
        ),
        pytest.param(
            transferred_and_taken_over,
            [ANOTHER_REPO, ANOTHER_OWNER],
            id="transfer-then-takeover",
        ),
        pytest.param(renamed, [("moved", "HFM005", "low")], id="rename"),
        pytest.param(account_renamed, [ORPHANED], id="account-renamed"),
        pytest.param(deleted_repo, [GONE], id="deleted-repo"),
        pytest.param(uploaded_again, [ANOTHER_REPO], id="re-upload-under-the-same-name"),
        pytest.param(redirected_to_a_stranger, [ANOTHER_REPO], id="redirect-to-another-repo"),
        pytest.param(hidden, [GONE], id="made-private"),
        pytest.param(pushed, [NEWS], id="changed-file-at-the-head"),
        pytest.param(pushed_often, [NEWS], id="many-commits-later"),
        pytest.param(squashed, [("revision gone", "HFM007", "medium")], id="squashed"),
        pytest.param(
            squashed_but_for_a_pull_request,
            [("impostor", "HFM007", "high"), ("rewritten", "HFM008", "medium")],
            id="only-in-a-pull-request-now",
        ),
        pytest.param(
            squashed_but_for_a_tag,
            [("rewritten", "HFM008", "medium")],
            id="squashed-but-for-a-tag",
        ),
        pytest.param(flagged, [("flagged", "HFM010", "high")], id="newly-flagged"),
        pytest.param(suspected, [("flagged", "HFM010", "medium")], id="newly-suspicious"),
        pytest.param(gated, [("gated", "HFM006", "low")], id="newly-gated"),
        pytest.param(disabled, [("disabled", "HFM006", "medium")], id="newly-disabled"),
    ],
)
def test_story(
    auditor: Auditor, world: World, happens: Callable[[World], object], rows: list[Row]
) -> None:
    assert told(auditor, world, locked(world, MODEL), happens) == rows


def moved_tag(world: World) -> None:
    pushed(world)
    world.tag("model", MODEL, "v1")


def moved_tag_of_a_squashed_repo(world: World) -> None:
    squashed(world)
    world.tag("model", MODEL, "v1")
    world.squash_history("model", MODEL)
    world.tag("model", MODEL, "v1")
    world.squash_history("model", MODEL)


def deleted_tag(world: World) -> None:
    world.delete_ref("model", MODEL, "refs/tags/v1")


def moved_on_branch(world: World) -> None:
    world.delete_ref("model", MODEL, "refs/tags/v1")
    world.branch("model", MODEL, "v1")
    world.commit("model", MODEL, OTHERS, branch="v1")


def rewritten_branch(world: World) -> None:
    world.delete_ref("model", MODEL, "refs/tags/v1")
    squashed_but_for_a_pull_request(world)
    world.branch("model", MODEL, "v1")


MOVED_TAG = ("tag moved", "HFM008", "medium")


@pytest.mark.parametrize(
    ("happens", "rows"),
    [
        pytest.param(nothing, [], id="nothing"),
        pytest.param(pushed, [], id="main-went-on"),
        pytest.param(moved_tag, [MOVED_TAG], id="force-pushed-tag"),
        pytest.param(
            moved_tag_of_a_squashed_repo,
            [("revision gone", "HFM007", "medium"), MOVED_TAG],
            id="force-pushed-tag-and-no-such-commit",
        ),
        pytest.param(deleted_tag, [("ref gone", "HFM006", "medium")], id="deleted-tag"),
        pytest.param(moved_on_branch, [NEWS], id="a-branch-instead-that-went-on"),
        pytest.param(
            rewritten_branch,
            [("impostor", "HFM007", "high"), ("rewritten", "HFM008", "medium")],
            id="a-branch-instead-that-was-rewritten",
        ),
    ],
)
def test_story_of_a_tag(
    auditor: Auditor, world: World, happens: Callable[[World], object], rows: list[Row]
) -> None:
    world.tag("model", MODEL, "v1")
    assert told(auditor, world, locked(world, MODEL, "v1", "v1"), happens) == rows


def test_deleted_tag_that_only_a_comment_names(auditor: Auditor, world: World) -> None:
    world.tag("model", MODEL, "v1")
    commit = world.repo("model", MODEL).head
    pinned = locked(world, MODEL, commit, "v1")
    assert told(auditor, world, pinned, deleted_tag) == [("ref gone", "HFM006", "low")]


def test_impostor_hash_in_the_lock(auditor: Auditor, world: World) -> None:
    foreign = world.open_pull_request("model", MODEL, OTHERS, author="mallory").oid
    entry = locked(world, MODEL, foreign, "", history=History.FOREIGN)
    assert told(auditor, world, entry, nothing) == [("impostor", "HFM007", "high")]


def test_impostor_hash_that_follows_its_pull_request(auditor: Auditor, world: World) -> None:
    foreign = world.open_pull_request("model", MODEL, OTHERS, author="mallory").oid
    entry = locked(world, MODEL, foreign, "refs/pr/1", history=History.FOREIGN)
    assert told(auditor, world, entry, nothing) == [("impostor", "HFM007", "high")]


def test_another_repo_does_not_know_whose_the_commit_was(auditor: Auditor, world: World) -> None:
    entry = locked(world, MODEL, history=History.UNKNOWN)
    assert told(auditor, world, entry, uploaded_again) == [ANOTHER_REPO]


def test_commit_whose_history_was_not_known(auditor: Auditor, world: World) -> None:
    commit = world.repo("model", MODEL).head
    entry = locked(world, MODEL, commit, "", history=History.UNKNOWN)
    assert told(auditor, world, entry, pushed) == []


def test_mirror_that_lies_about_files(auditor: Auditor, world: World) -> None:
    entry = locked(world, MODEL)
    auditor.lock(entry)
    other = World()
    other.create_organization("huggingface")
    other.create_user("ann", at="2023-01-01")
    other.create_organization("lab")
    other.create_repo("model", MODEL, OTHERS)
    other.call_head("model", MODEL, entry.commit)
    with FakeHub(other) as hub:
        (finding,) = Auditor(auditor.folder, hub.url).report()["findings"]
    assert finding["status"] == "files differ"
    assert finding["what"] == (
        "the same commit has other files than were locked (changed: model.safetensors; missing: "
        "README.md), which no honest server can have"
    )


def test_what_was_so_when_it_was_locked_is_no_news(auditor: Auditor, world: World) -> None:
    flagged(world)
    gated(world)
    disabled(world)
    entry = locked(world, MODEL)
    assert entry.flagged == (Flagged("model.safetensors", "unsafe"), Flagged("gone.bin", "unsafe"))
    assert told(auditor, world, entry, nothing) == []


def test_moved_when_it_was_locked_is_no_news(auditor: Auditor, world: World) -> None:
    transferred(world)
    assert told(auditor, world, locked(world, MODEL), nothing) == []


def test_orphaned_since_it_was_locked_as_moved(auditor: Auditor, world: World) -> None:
    transferred(world)
    assert told(auditor, world, locked(world, MODEL), deleted) == [ORPHANED]


def test_repo_that_is_served_without_its_owner(auditor: Auditor, world: World) -> None:
    auditor.lock(locked(world, MODEL))
    nobody = Fault.reply(b'{"error": "This user does not exist"}', status=404, path="/users/ann/")
    with FakeHub(world) as hub:
        hub.fault = nobody
        assert Auditor(auditor.folder, hub.url).rows() == [ORPHANED]


def test_private_repo_without_a_token_is_no_answer(auditor: Auditor, world: World) -> None:
    hidden(world)
    auditor.lock(locked(world, MODEL))
    with FakeHub(world) as hub:
        report = Auditor(auditor.folder, hub.url).report()
    assert report["findings"] == []
    assert [one["why"] for one in report["unanswered"]] == [
        "it was private when it was locked, and no token was used now"
    ]


@pytest.mark.parametrize("kind", ["dataset", "space", "kernel"])
def test_other_types_of_repos(auditor: Auditor, world: World, kind: RepoType) -> None:
    world.create_repo(kind, "lab/thing")
    world.create_repo(kind, "lab/thing-2")
    entries = [locked(world, one, kind=kind) for one in ("lab/thing", "lab/thing-2")]
    auditor.lock(*entries)
    world.commit(kind, "lab/thing-2", OTHERS)
    with FakeHub(world) as hub:
        assert Auditor(auditor.folder, hub.url).rows() == [NEWS]


def test_lost_commit_of_what_may_be_another_repo_is_no_answer(
    auditor: Auditor, world: World
) -> None:
    auditor.lock(locked(world, MODEL))
    squashed(world)
    with FakeHub(world) as hub:
        hub.fault = Fault.reply(b"", status=500, path=r"/models/ann/bert\?")
        report = Auditor(auditor.folder, hub.url).report()
    assert (report["findings"], report["summary"]["unanswered"]) == ([], 1)


def test_exit_codes(auditor: Auditor, world: World) -> None:
    auditor.lock(locked(world, MODEL))
    with FakeHub(world) as hub:
        asking = Auditor(auditor.folder, hub.url)
        assert asking.run().code == CLEAN
        pushed(world)
        assert asking.run().code == CLEAN
        gated(world)
        assert asking.run().code == FINDINGS
