"""What the lock and the audit ask beyond a check: hashes, accounts, nothing of before a moment."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from flake8_hfmodels.facts import Blob, Found, History, Lacking, Missing, Owner, Repo, Unavailable
from flake8_hfmodels.hub.accounts import OLD
from flake8_hfmodels.hub.answers import Account, AccountKind, Answer, essence, read_repo
from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.identity import identity
from flake8_hfmodels.hub.inquiry import NO_WORD
from flake8_hfmodels.hub.lookup import Hub, Tally
from flake8_hfmodels.hub.opening import open_hub
from flake8_hfmodels.hub.paths import Subject
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.reference import Target
from flake8_hfmodels.settings import Settings
from tests.fakehub import BAD_TOKEN, FakeHub, Fault, World, small_world

OID = "621ffdc036468d709f17434d"
GPT2 = Target("model", "openai-community/gpt2", None)
KERNEL = Target("kernel", "kernels-community/activation", None)
WORLD = small_world()


@pytest.fixture
def opening() -> Iterator[Callable[..., Hub]]:
    """Opens hubs that ask for hashes; all are closed at the end."""
    with contextlib.ExitStack() as opened:

        def open_it(
            hub: FakeHub,
            cache: Path | None = None,
            token: str | None = None,
            offline: bool = False,
            since: float = 0.0,
            with_blobs: bool = True,
            now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
            calls: int = 1000,
        ) -> Hub:
            client = Client(identity(hub.url, token, offline), Limits(calls=calls), cache, now)
            made = Hub(client, 20.0, with_blobs=with_blobs, since=since)
            return opened.enter_context(contextlib.closing(made))

        yield open_it


def blobs_of(world: World, kind: RepoType, repo_id: str, revision: str = "main") -> list[Blob]:
    """The files of a repo, as its world has them."""
    repo = world.repo(kind, repo_id)
    files = repo.commits[str(repo.resolve(revision))].files.values()
    return [Blob(one.name, one.size, one.blob_id, one.sha256 if one.lfs else "") for one in files]


def repo_in(hub: Hub, target: Target) -> Repo:
    """The repo that is found."""
    facts = hub([target])[target]
    assert isinstance(facts, Found)
    return facts.repo


# Hashes


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(GPT2, id="model"),
        pytest.param(Target("dataset", "rajpurkar/squad", None), id="dataset"),
        pytest.param(Target("space", "evaluate-metric/accuracy", None), id="space"),
    ],
)
def test_files_come_with_their_hashes(
    hub: FakeHub, opening: Callable[..., Hub], target: Target
) -> None:
    repo = repo_in(opening(hub), target)
    blobs = blobs_of(WORLD, target.repo_type, target.repo_id)
    assert (repo.blobs, repo.files) == (tuple(blobs), tuple(one.path for one in blobs))


def test_files_of_an_old_commit_are_those_of_that_commit(
    hub: FakeHub, opening: Callable[..., Hub]
) -> None:
    commit = WORLD.repo("model", "acme/cleaned-up").resolve("v1")
    repo = repo_in(opening(hub), Target("model", "acme/cleaned-up", commit))
    assert repo.history is History.OWN
    assert repo.blobs == tuple(blobs_of(WORLD, "model", "acme/cleaned-up", "v1"))
    assert "optimizer.pkl" in repo.files


def test_a_kernel_tells_of_no_files(hub: FakeHub, opening: Callable[..., Hub]) -> None:
    assert repo_in(opening(hub), KERNEL).blobs == ()
    assert [one.path for one in hub.requests] == ["/api/kernels/kernels-community/activation"]


def test_a_check_does_not_ask_for_hashes(hub: FakeHub, opening: Callable[..., Hub]) -> None:
    assert repo_in(opening(hub, with_blobs=False), GPT2).blobs == ()
    assert "blobs" not in hub.requests[0].path


def test_answers_with_and_without_hashes_are_kept_side_by_side(
    hub: FakeHub, opening: Callable[..., Hub], tmp_path: Path
) -> None:
    plain = repo_in(opening(hub, tmp_path, with_blobs=False), GPT2)
    hashed = repo_in(opening(hub, tmp_path), GPT2)
    asked = len(hub.requests)
    assert repo_in(opening(hub, tmp_path, with_blobs=False), GPT2) == plain
    assert repo_in(opening(hub, tmp_path), GPT2) == hashed
    assert (plain.blobs, plain.files) == ((), hashed.files)
    assert (asked, len(hub.requests)) == (2, 2)


SIBLINGS = [
    {"rfilename": "a", "blobId": "1" * 40, "size": 3},
    {"rfilename": "b", "blobId": "2" * 40, "size": 9, "lfs": {"sha256": "3" * 64, "size": 9}},
]
BLOBS = (Blob("a", 3, "1" * 40), Blob("b", 9, "2" * 40, "3" * 64))
PARTLY = [*SIBLINGS, {"rfilename": "c"}]


@pytest.mark.parametrize(
    ("siblings", "blobs", "files"),
    [
        pytest.param(SIBLINGS, BLOBS, ("a", "b"), id="all"),
        pytest.param(PARTLY, BLOBS, ("a", "b", "c"), id="some"),
        pytest.param([{"rfilename": "c"}], (), ("c",), id="none"),
        pytest.param([], (), (), id="empty"),
        pytest.param(
            [{"rfilename": "a", "blobId": "1" * 40, "size": "3", "lfs": {"sha256": 3}}],
            (Blob("a", None, "1" * 40),),
            ("a",),
            id="numbers-that-are-none",
        ),
        pytest.param(
            [{"rfilename": "a", "blobId": "1" * 40, "size": 10**400}],
            (Blob("a", None, "1" * 40),),
            ("a",),
            id="more-than-there-is",
        ),
        pytest.param(
            [{"rfilename": "a", "blobId": "1" * 40, "size": -1}],
            (Blob("a", None, "1" * 40),),
            ("a",),
            id="less-than-nothing",
        ),
        pytest.param([{"rfilename": 1, "blobId": "1"}, 7, None], (), (), id="no-files"),
    ],
)
def test_essence_says_the_same(
    siblings: object, blobs: tuple[Blob, ...], files: tuple[str, ...]
) -> None:
    payload = {"id": "a/b", "_id": OID, "siblings": siblings}
    kept = essence(payload, Subject.REPO)
    whole, compact = read_repo(Answer(200, payload)), read_repo(Answer(200, kept))
    assert isinstance(whole, Repo)
    assert (whole.blobs, whole.files) == (blobs, files)
    assert compact == whole


def test_no_word_twice_in_what_is_kept() -> None:
    kept = essence({"id": "a/b", "_id": OID, "siblings": SIBLINGS}, Subject.REPO)
    assert kept == {
        "id": "a/b",
        "_id": OID,
        "config": {},
        "blobs": [["a", 3, "1" * 40, ""], ["b", 9, "2" * 40, "3" * 64]],
    }


def test_a_kept_list_that_is_not_ours_is_no_file() -> None:
    payload = {"id": "a/b", "_id": OID, "blobs": [["a", 3, "1" * 40], 7]}
    assert read_repo(Answer(200, payload)) == Repo("a/b", OID, None, ())


# Nothing of before a moment


def test_what_was_kept_before_the_moment_is_asked_again(
    hub: FakeHub, opening: Callable[..., Hub], tmp_path: Path
) -> None:
    pinned = Target("model", GPT2.repo_id, WORLD.repo("model", GPT2.repo_id).head)
    opening(hub, tmp_path)([pinned])
    before = len(hub.requests)
    later = opening(hub, tmp_path, since=time.time())
    assert repo_in(later, pinned).history is History.OWN
    assert (later.tally, len(hub.requests)) == (Tally(asked=1), before + 1)


def test_what_was_kept_after_the_moment_counts(
    hub: FakeHub, opening: Callable[..., Hub], tmp_path: Path
) -> None:
    moment = time.time()
    opening(hub, tmp_path)([GPT2])
    assert opening(hub, tmp_path, since=moment)([GPT2])
    assert len(hub.requests) == 1


@pytest.mark.parametrize("offline", [False, True])
def test_no_old_answer_stands_in(
    hub: FakeHub, opening: Callable[..., Hub], tmp_path: Path, offline: bool
) -> None:
    opening(hub, tmp_path)([GPT2])
    hub.fault = Fault.status(503)
    facts = opening(hub, tmp_path, since=time.time(), offline=offline)([GPT2])
    assert isinstance(facts[GPT2], Unavailable)


def test_one_hub_for_each_way_to_ask() -> None:
    settings = Settings()
    plain, hashed, later = (
        open_hub(settings),
        open_hub(settings, with_blobs=True),
        open_hub(settings, with_blobs=True, since=5.0),
    )
    assert [(one.with_blobs, one.since) for one in (plain, hashed, later)] == [
        (False, 0.0),
        (True, 0.0),
        (True, 5.0),
    ]
    assert open_hub(settings, with_blobs=True) is hashed


# Accounts


def account(name: str) -> Account:
    """An account of the world."""
    found = WORLD.account(name)
    assert found is not None
    verified = found.verified if found.kind == "org" else None
    return Account(found.name, found.identity, found.kind, verified, found.fullname)


@pytest.mark.parametrize(
    ("name", "kind", "asked"),
    [
        pytest.param("alice", None, ["users/alice"], id="user"),
        pytest.param("alice", "user", ["users/alice"], id="known-user"),
        pytest.param("acme", "org", ["organizations/acme"], id="known-organization"),
        pytest.param("acme", None, ["users/acme", "organizations/acme"], id="organization"),
        pytest.param("alice", "org", ["organizations/alice", "users/alice"], id="now-a-user"),
    ],
)
def test_an_account_is_asked_for_where_it_was(
    hub: FakeHub, opening: Callable[..., Hub], name: str, kind: AccountKind | None, asked: list[str]
) -> None:
    assert opening(hub).accounts({name: kind}) == {name: account(name)}
    assert [one.path for one in hub.requests] == [f"/api/{one}/overview" for one in asked]


def test_an_account_of_another_letter_case(hub: FakeHub, opening: Callable[..., Hub]) -> None:
    assert opening(hub).accounts({"ALICE": None}) == {"ALICE": account("alice")}


@pytest.mark.parametrize("kind", [None, "user", "org"])
def test_an_account_that_is_gone(
    hub: FakeHub, opening: Callable[..., Hub], kind: AccountKind | None
) -> None:
    assert opening(hub).accounts({"nobody-of-this-name": kind}) == {
        "nobody-of-this-name": Owner.GONE
    }


def test_many_accounts_each_once(hub: FakeHub, opening: Callable[..., Hub]) -> None:
    names: dict[str, AccountKind | None] = {
        "alice": "user",
        "acme": "org",
        "gone-a": None,
        "gone-b": "org",
    }
    told: list[tuple[int, int]] = []
    opened = opening(hub)
    found = opened.accounts(names, progress=lambda *one: told.append(one))
    assert found == {
        "alice": account("alice"),
        "acme": account("acme"),
        "gone-a": Owner.GONE,
        "gone-b": Owner.GONE,
    }
    asked = [one.path for one in hub.requests]
    assert (len(asked), len(set(asked))) == (7, 7)
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_an_endpoint_that_knows_no_accounts(hub: FakeHub, opening: Callable[..., Hub]) -> None:
    hub.world.delete_account("huggingface")
    assert opening(hub).accounts({"nobody-of-this-name": None}) == {"nobody-of-this-name": NO_WORD}


def test_an_endpoint_that_does_not_say_whether_it_knows_accounts(
    hub: FakeHub, opening: Callable[..., Hub]
) -> None:
    hub.fault = Fault.rate_limited(300, path="/huggingface/overview")
    found = opening(hub).accounts({"nobody-of-this-name": None})["nobody-of-this-name"]
    assert isinstance(found, Unavailable)
    assert found.why.startswith("the Hub limits the rate of requests")


def test_accounts_are_kept_for_the_next_run(
    hub: FakeHub, opening: Callable[..., Hub], tmp_path: Path
) -> None:
    names: dict[str, AccountKind | None] = {"alice": "user", "nobody-of-this-name": None}
    first = opening(hub, tmp_path).accounts(names)
    asked = len(hub.requests)
    assert opening(hub, tmp_path).accounts(names) == first
    assert len(hub.requests) == asked


def test_an_old_account_is_none(hub: FakeHub, opening: Callable[..., Hub], tmp_path: Path) -> None:
    opening(hub, tmp_path).accounts({"alice": "user"})
    hub.fault = Fault.status(503)
    later = datetime.now(timezone.utc) + timedelta(days=2)
    opened = opening(hub, tmp_path, now=lambda: later)
    assert opened.accounts({"alice": "user"}) == {"alice": OLD}


def test_accounts_offline(hub: FakeHub, opening: Callable[..., Hub]) -> None:
    assert opening(hub, offline=True).accounts({"alice": None}) == {
        "alice": Unavailable("offline, and not in the cache")
    }
    assert hub.requests == []


def test_accounts_within_the_number_of_calls(hub: FakeHub, opening: Callable[..., Hub]) -> None:
    found = opening(hub, calls=1).accounts({"alice": "user", "acme": "org"})
    assert sorted(map(type, found.values()), key=str) == [Unavailable, Account]


def test_accounts_by_a_moment(hub: FakeHub, opening: Callable[..., Hub]) -> None:
    found = opening(hub).accounts({"alice": "user"}, time.monotonic() - 1)
    assert found == {"alice": Unavailable("the Hub did not answer in time")}


def test_accounts_without_the_token_that_is_refused(
    hub: FakeHub, opening: Callable[..., Hub]
) -> None:
    opened = opening(hub, token=BAD_TOKEN)
    assert opened.accounts({"alice": "user"}) == {"alice": account("alice")}
    assert len(opened.warnings()) == 1


def test_another_account_than_was_asked_for(hub: FakeHub, opening: Callable[..., Hub]) -> None:
    hub.fault = Fault.reply(b'{"_id": "621ffdc036468d709f17434d", "user": "mallory"}')
    assert opening(hub).accounts({"alice": "user"}) == {"alice": NO_WORD}


def test_no_accounts(hub: FakeHub, opening: Callable[..., Hub]) -> None:
    assert opening(hub).accounts({}) == {}


def test_owners_of_targets_are_looked_for_as_ever(
    hub: FakeHub, opening: Callable[..., Hub]
) -> None:
    gone = Target("model", "nobody-of-this-name/model", None)
    assert opening(hub)([gone]) == {gone: Missing(Lacking.REPO, Owner.GONE)}
