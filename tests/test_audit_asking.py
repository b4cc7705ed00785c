"""What an audit costs the Hub, how it heeds limits, and how it goes on after it was stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_hfmodels.cli.exits import CLEAN, INTERRUPTED, NOT_ASKED
from flake8_hfmodels.facts import History, Unavailable
from flake8_hfmodels.hub.answers import Answer, BadToken, essence, is_final, read_listing
from flake8_hfmodels.hub.paths import Subject, listing_path, subject
from flake8_hfmodels.lock.entry import Entry
from tests import fakehub
from tests.auditing import Auditor, locked
from tests.doors import Place
from tests.fakehub import FakeHub, Fault, World

OWNERS = 4
REPOS = 5


@pytest.fixture
def world() -> World:
    """Some accounts of either kind with some models each."""
    world = World()
    world.create_organization("huggingface")
    for owner in range(OWNERS):
        (world.create_user if owner % 2 else world.create_organization)(f"owner-{owner}")
        for number in range(REPOS):
            world.create_repo("model", f"owner-{owner}/model-{number}")
    return world


@pytest.fixture
def hub(world: World) -> Iterator[FakeHub]:
    with FakeHub(world, rate_limit=None) as running:
        yield running


@pytest.fixture
def auditor(tmp_path: Path, hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> Auditor:
    """A project that has locked all of it."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    auditor = Auditor(folder, hub.url)
    auditor.lock(*entries(hub.world))
    return auditor


def entries(world: World) -> list[Entry]:
    return [locked(world, repo.id) for repo in world.repos()]


# What it costs


def test_one_question_for_each_entry_each_owner_and_each_listing(
    auditor: Auditor, hub: FakeHub
) -> None:
    outcome = auditor.run()
    assert (outcome.code, len(hub.requests)) == (CLEAN, OWNERS * REPOS + OWNERS + OWNERS)
    assert re.fullmatch(
        r"no findings\n20 entries: 20 answered, 0 unanswered; 28 requests; online; \d\.\d\d s\n",
        outcome.text,
    )


def test_five_hundred_entries_of_ten_owners(auditor: Auditor, hub: FakeHub) -> None:
    for owner in range(10):
        hub.world.create_organization(f"lab-{owner}")
        for number in range(50):
            hub.world.create_repo("model", f"lab-{owner}/model-{number}")
    auditor.lock(*(one for one in entries(hub.world) if one.repo_id.startswith("lab-")))
    assert auditor.report()["summary"]["answered"] == 500
    assert len(hub.requests) == 520


def test_one_commit_is_asked_about_once(auditor: Auditor, hub: FakeHub) -> None:
    name = "owner-0/model-0"
    commit = hub.world.repo("model", name).head
    auditor.lock(
        locked(hub.world, name),
        locked(hub.world, name, "main"),
        locked(hub.world, name, commit, ""),
    )
    assert auditor.run().code == CLEAN
    assert sorted(one.path.partition("?")[0] for one in hub.requests) == [
        f"/api/models/{name}",
        f"/api/models/{name}/revision/{commit}",
        "/api/organizations/owner-0/overview",
    ]


def test_every_audit_asks_anew(auditor: Auditor, hub: FakeHub) -> None:
    auditor.run()
    auditor.run()
    assert len(hub.requests) == 2 * (OWNERS * REPOS + OWNERS + OWNERS)


def test_owner_that_nobody_locked_is_not_asked_about(auditor: Auditor, hub: FakeHub) -> None:
    auditor.lock(locked(hub.world, "owner-0/model-0", owner=None))
    assert auditor.rows() == []
    assert not [one.path for one in hub.requests if "overview" in one.path]


def test_mirror_without_listings(auditor: Auditor, hub: FakeHub) -> None:
    hub.fault = Fault.reply(b"[]", status=404, path=r"\?author=")
    hub.world.commit("model", "owner-1/model-1", {"new": "new"})
    assert auditor.rows() == [("new head", None, "info")]


def test_listing_that_is_no_answer(auditor: Auditor, hub: FakeHub) -> None:
    hub.fault = Fault.drop(path=r"\?author=owner-1")
    hub.world.commit("model", "owner-1/model-1", {"new": "new"})
    assert auditor.rows() == [("new head", None, "info")]


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        pytest.param("/models/owner-1/model-1/revision/", [], id="commit"),
        pytest.param("/users/owner-1/", ["new head"], id="owner"),
        pytest.param(r"/models/owner-1/model-1\?|author=owner-1", [], id="head"),
        pytest.param("/commits/", [], id="history"),
    ],
)
def test_no_answer_is_no_finding(
    auditor: Auditor, hub: FakeHub, path: str, rows: list[str]
) -> None:
    auditor.lock(locked(hub.world, "owner-1/model-1"))
    hub.world.commit("model", "owner-1/model-1", {"new": "newer"})
    hub.fault = Fault.reply(b"", status=500, path=path)
    report = auditor.report()
    assert [one["status"] for one in report["findings"]] == rows
    assert [one["why"] for one in report["unanswered"]] == ["the Hub answered with status 500"]
    assert auditor.run("--strict").code == NOT_ASKED


# Refs and histories that are not told


def test_ref_of_a_repo_that_does_not_tell_its_refs(auditor: Auditor, hub: FakeHub) -> None:
    name = "owner-0/model-0"
    hub.world.tag("model", name, "v1")
    auditor.lock(locked(hub.world, name, "v1", "v1"))
    hub.world.commit("model", name, {"new": "new"})
    hub.world.tag("model", name, "v1")
    hub.fault = Fault.reply(b'{"error": "Not Found"}', status=404, path="/refs")
    assert auditor.rows() == [("new head", None, "info")]


@pytest.mark.parametrize(
    ("status", "body", "rows"),
    [
        pytest.param(404, b'{"error": "Invalid rev id: v1"}', ["ref gone"], id="gone"),
        pytest.param(503, b"", [], id="no-answer"),
        pytest.param(404, b'{"error": "What?"}', [], id="no-answer-of-the-hub"),
        pytest.param(404, b'{"error": "Repository not found"}', [], id="hidden"),
    ],
)
def test_ref_that_is_asked_for_by_itself(
    auditor: Auditor, hub: FakeHub, status: int, body: bytes, rows: list[str]
) -> None:
    name = "owner-0/model-0"
    hub.world.tag("model", name, "v1")
    auditor.lock(locked(hub.world, name, "v1", "v1"))
    hub.fault = (
        Fault.reply(b'{"error": "Not Found"}', status=404, path="/refs"),
        Fault.reply(body, status=status, path="/revision/v1"),
    )
    assert [status for status, _code, _severity in auditor.rows()] == rows


def test_refs_that_are_no_answer(auditor: Auditor, hub: FakeHub) -> None:
    hub.world.tag("model", "owner-0/model-0", "v1")
    auditor.lock(locked(hub.world, "owner-0/model-0", "v1", "v1"))
    hub.fault = Fault.drop(path="/refs")
    assert auditor.report()["summary"]["unanswered"] == 1


def test_ref_of_a_pull_request(auditor: Auditor, hub: FakeHub) -> None:
    name = "owner-0/model-0"
    hub.world.open_pull_request("model", name, {"new": "new"})
    auditor.lock(locked(hub.world, name, "refs/pr/1", "refs/pr/1", history=History.OWN))
    assert auditor.rows() == []


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault.reply(b"[]", path="/commits/"), id="empty"),
        pytest.param(
            Fault.reply(b'[{"id": "' + b"0" * 40 + b'"}]', path="/commits/"), id="in-circles"
        ),
    ],
)
def test_history_that_cannot_be_seen_whole(auditor: Auditor, hub: FakeHub, fault: Fault) -> None:
    auditor.lock(locked(hub.world, "owner-0/model-0"))
    hub.world.commit("model", "owner-0/model-0", {"new": "new"})
    hub.fault = fault
    (finding,) = auditor.report()["findings"]
    assert finding["what"].endswith("it is not known whether the locked commit leads there")


# Limits


@pytest.fixture
def brief_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of the Hub's limits that a test can wait for."""
    monkeypatch.setattr(fakehub.quota, "WINDOW", 2)


@pytest.mark.usefixtures("brief_windows")
def test_audit_is_spread_over_windows(auditor: Auditor, hub: FakeHub) -> None:
    hub.rate_limit = 15
    outcome = auditor.run("--threads", "1")
    assert (outcome.code, outcome.complaints) == (CLEAN, ())
    assert "20 answered, 0 unanswered" in outcome.text


@pytest.mark.usefixtures("brief_windows")
def test_audit_that_is_stopped_by_the_limit_goes_on(auditor: Auditor, hub: FakeHub) -> None:
    hub.rate_limit = 10
    outcome = auditor.run("--deadline", "1", "--threads", "1")
    assert outcome.code == NOT_ASKED
    (line,) = outcome.complaints
    assert re.fullmatch(
        r"the Hub limits the rate of requests for another \d s, a token \(HF_TOKEN\) has more of "
        r"them: 0 of 20 entries are answered; `hfmodels audit --resume` goes on",
        line,
    )
    hub.rate_limit = None
    before = len(hub.requests)
    outcome = auditor.run("--resume")
    assert (outcome.code, outcome.complaints) == (CLEAN, ())
    assert "20 answered" in outcome.text
    assert len(hub.requests) - before == OWNERS * REPOS + OWNERS + OWNERS - 10


def test_audit_that_is_stopped_by_its_own_limit_goes_on(auditor: Auditor, hub: FakeHub) -> None:
    outcome = auditor.run("--max-calls", "10")
    assert outcome.code == NOT_ASKED
    assert outcome.complaints == (
        "10 questions were asked, and --max-calls allows no more: 0 of 20 entries are answered; "
        "`hfmodels audit --resume` goes on",
    )
    assert auditor.run("--resume").code == CLEAN
    assert len(hub.requests) == OWNERS * REPOS + OWNERS + OWNERS


def test_audit_that_is_stopped_by_its_deadline_goes_on(auditor: Auditor, hub: FakeHub) -> None:
    hub.fault = Fault.hang(path="/overview")
    outcome = auditor.run("--deadline", "1", "--timeout", "30")
    assert outcome.code == NOT_ASKED
    assert outcome.complaints[0].endswith("; `hfmodels audit --resume` goes on")
    hub.fault = None
    assert auditor.run("--resume").code == CLEAN


def test_nothing_to_resume(auditor: Auditor, hub: FakeHub) -> None:
    auditor.run()
    outcome = auditor.run("--resume")
    assert outcome.complaints == (
        "no audit of this lock was stopped within a day: everything is asked",
    )
    assert len(hub.requests) == 2 * (OWNERS * REPOS + OWNERS + OWNERS)


def test_interrupted_audit_goes_on(auditor: Auditor, hub: FakeHub, tmp_path: Path) -> None:
    place = Place.at(tmp_path / "project", hub.url)
    hub.fault = Fault.slow(30.0, path="/overview")
    ran = place.interrupted(
        "-m", "flake8_hfmodels", "audit", when=lambda: "overview" in str(hub.requests)
    )
    assert ran.code == INTERRUPTED
    hub.fault = None
    hub.clear()
    assert place.hfmodels("audit", "--resume").code == CLEAN
    assert {one.path.split("/")[2].partition("?")[0] for one in hub.requests} == {
        "users",
        "organizations",
        "models",
    }
    assert not [one.path for one in hub.requests if "/revision/" in one.path]


# No Hub


@pytest.mark.parametrize(("options", "code"), [((), CLEAN), (("--strict",), NOT_ASKED)])
def test_hub_that_is_not_there(
    auditor: Auditor, nobody_listens: str, options: tuple[str, ...], code: int
) -> None:
    outcome = Auditor(auditor.folder, nobody_listens).run(*options)
    assert outcome.code == code
    assert outcome.complaints == (
        "the Hub cannot be reached: 0 of 20 entries are answered; nothing is said of the others",
    )


def test_offline(auditor: Auditor, hub: FakeHub) -> None:
    auditor.run("--max-calls", "10")
    before = len(hub.requests)
    outcome = auditor.run("--offline")
    assert (outcome.code, len(hub.requests)) == (CLEAN, before)
    assert "20 entries: 0 answered, 20 unanswered; 0 requests; offline" in outcome.text
    assert auditor.run("--resume").complaints == ()  # what is offline begins nothing


def test_names_that_stay_in_the_house(auditor: Auditor, hub: FakeHub) -> None:
    outcome = auditor.run("--never-ask", "owner-1")
    assert "20 entries: 15 answered, 0 unanswered, 5 kept back; 21 requests" in outcome.text
    assert "owner-1" not in str(hub.requests)


# Answers


def test_listing() -> None:
    path = listing_path("dataset", "an owner")
    assert path == "/api/datasets?author=an%20owner&expand[]=sha&limit=1000"
    assert subject(path) is Subject.LISTING


def test_what_is_kept_of_a_listing() -> None:
    payload = [{"_id": "1", "id": "O/m", "sha": "a" * 40}, {"id": "o/n", "tags": ["x"]}, "?"]
    kept = essence(payload, Subject.LISTING)
    assert kept == [{"id": "O/m", "sha": "a" * 40}, {"id": "o/n"}, {}]
    assert read_listing(Answer(200, kept)) == {"o/m": "a" * 40}
    assert is_final(Answer(200, kept), Subject.LISTING)


@pytest.mark.parametrize(
    ("answer", "reading"),
    [
        pytest.param(
            Answer(401, {"error": "Invalid credentials in Authorization header"}),
            BadToken(),
            id="bad-token",
        ),
        pytest.param(
            Answer(400, None), Unavailable("the Hub answered with status 400"), id="bad-request"
        ),
    ],
)
def test_what_is_no_listing(answer: Answer, reading: object) -> None:
    assert read_listing(answer) == reading
    assert not is_final(answer, Subject.LISTING)
