"""Whether a pinned commit belongs to its repo: what is asked to know it, and what is believed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from flake8_hfmodels.facts import Found, History, Lacking, Missing, Owner, Unavailable
from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.identity import identity
from flake8_hfmodels.hub.inquiry import PAGES
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.hub.paths import PAGE
from flake8_hfmodels.reference import Target
from tests.conftest import Connect
from tests.fakehub import FakeHub, Fault, World

NAME = "org/model"
HEAD, REVISION, REFS, COMMITS = "head", "revision", "refs", "commits"


@pytest.fixture
def world(hub: FakeHub) -> World:
    """A world with one model of three commits."""
    hub.world.create_organization("org")
    hub.world.create_repo("model", NAME, {"a.txt": "0"})
    grow(hub.world, 2)
    return hub.world


def grow(world: World, commits: int, branch: str = "main") -> list[str]:
    """More commits on a branch; their hashes."""
    return [
        world.commit("model", NAME, {"a.txt": f"{branch} {number}"}, branch=branch).oid
        for number in range(commits)
    ]


def first(world: World) -> str:
    return world.repo("model", NAME).history(world.repo("model", NAME).head)[-1].oid


def asked(hub: FakeHub) -> list[str]:
    """What was asked about the model, in order and in words."""
    return [_word(request.path) for request in hub.requests]


def _word(path: str) -> str:
    rest = path.partition("?")[0].removeprefix(f"/api/models/{NAME}").strip("/")
    return rest.partition("/")[0] or HEAD


def history(facts: object) -> tuple[History, str]:
    assert isinstance(facts, Found)
    return facts.repo.history, facts.repo.pull_request


def head(world: World) -> str:
    return world.repo("model", NAME).head


def tagged(world: World) -> str:
    world.tag("model", NAME, "v1", revision=first(world))
    return first(world)


def on_a_branch(world: World) -> str:
    world.branch("model", NAME, "dev")
    return grow(world, 3, "dev")[1]


def head_of_a_branch(world: World) -> str:
    world.branch("model", NAME, "dev")
    return grow(world, 1, "dev")[0]


def converted(world: World) -> str:
    world.convert("model", NAME, "parquet", revision=first(world))
    return first(world)


def only_tagged(world: World) -> str:
    """A commit that main has no more, below a tag."""
    old = grow(world, 2)
    world.tag("model", NAME, "v1")
    world.squash_history("model", NAME)
    return old[0]


def proposed(world: World) -> str:
    return world.open_pull_request("model", NAME, {"b.txt": "evil"}).oid


def second_page(world: World) -> str:
    oid = head(world)
    grow(world, PAGE)
    return oid


def proposed_beside_a_tag(world: World) -> str:
    """A stranger's commit where a tag stands at an old commit of main."""
    tagged(world)
    return proposed(world)


OWN, FOREIGN = (History.OWN, ""), (History.FOREIGN, "refs/pr/1")
Make = Callable[[World], str]

SITUATIONS: dict[str, tuple[Make, tuple[History, str], list[str]]] = {
    "head of main": (head, OWN, [HEAD]),
    "in main": (first, OWN, [HEAD, REVISION, COMMITS]),
    "a tag": (tagged, OWN, [HEAD, REVISION, COMMITS]),
    "below a branch": (on_a_branch, OWN, [HEAD, REVISION, COMMITS, REFS, COMMITS]),
    "a conversion": (converted, OWN, [HEAD, REVISION, COMMITS]),
    "below a tag only": (only_tagged, OWN, [HEAD, REVISION, COMMITS, REFS, COMMITS]),
    "a pull request": (proposed, FOREIGN, [HEAD, REVISION, COMMITS, REFS]),
    "a pull request beside a tag": (
        proposed_beside_a_tag,
        FOREIGN,
        [HEAD, REVISION, COMMITS, REFS],
    ),
    "the head of a branch": (
        head_of_a_branch,
        OWN,
        [HEAD, REVISION, COMMITS, REFS],
    ),
    "second page": (second_page, OWN, [HEAD, REVISION, COMMITS, REFS, COMMITS]),
}


@pytest.mark.parametrize(("make", "expected", "paths"), SITUATIONS.values(), ids=SITUATIONS)
def test_whose_commit_it_is(
    hub: FakeHub,
    world: World,
    connect: Connect,
    make: Make,
    expected: tuple[History, str],
    paths: list[str],
) -> None:
    target = Target("model", NAME, make(world))
    facts = connect(hub.url)([target])[target]
    assert (history(facts), asked(hub)) == (expected, paths)


def test_a_branch_that_shares_a_history_is_not_read_to_its_end(
    hub: FakeHub, world: World, connect: Connect
) -> None:
    grow(world, PAGE)
    for name in ("one", "two"):
        world.branch("model", NAME, name)
        grow(world, 1, name)
    target = Target("model", NAME, proposed(world))
    assert history(connect(hub.url)([target])[target]) == FOREIGN
    assert asked(hub) == [HEAD, REVISION, COMMITS, REFS, COMMITS, COMMITS, COMMITS]


def test_a_history_that_is_too_long_to_be_read(
    hub: FakeHub, world: World, connect: Connect
) -> None:
    grow(world, PAGES * PAGE)
    target = Target("model", NAME, proposed(world))
    facts = connect(hub.url)([target])[target]
    assert history(facts) == (History.UNKNOWN, "refs/pr/1")
    assert asked(hub) == [HEAD, REVISION, COMMITS, REFS] + [COMMITS] * (PAGES - 1)


def test_more_branches_than_are_looked_at(hub: FakeHub, world: World, connect: Connect) -> None:
    for number in range(PAGES):
        world.branch("model", NAME, f"b{number}")
        grow(world, 1, f"b{number}")
    target = Target("model", NAME, proposed(world))
    assert history(connect(hub.url)([target])[target]) == (History.UNKNOWN, "refs/pr/1")


TROUBLE = {
    "refs": Fault.status(500, path="/refs"),
    "refs without tags": Fault.reply(
        b'{"branches": [{"ref": "refs/heads/main", "targetCommit": "1"}]}', path="/refs"
    ),
    "refs of another kind": Fault.reply(b"[]", path="/refs"),
    "commits": Fault.status(500, path="/commits"),
    "commits of another kind": Fault.reply(b'[{"id": 1}]', path="/commits"),
    "no commits": Fault.reply(b"{}", path="/commits"),
    "a branch that cannot be read": Fault.reply(
        b'{"branches": [1, {"ref": "refs/heads/main"}]}', path="/refs"
    ),
    "no branch": Fault.reply(b'{"branches": []}', path="/refs"),
    "a portal": Fault.captive_portal(path="/refs"),
}


@pytest.mark.parametrize("fault", TROUBLE.values(), ids=TROUBLE)
def test_trouble_leaves_it_unknown(
    hub: FakeHub, world: World, connect: Connect, fault: Fault
) -> None:
    target = Target("model", NAME, proposed(world))
    hub.fault = fault
    facts = connect(hub.url)([target])[target]
    assert history(facts)[0] is History.UNKNOWN


def test_the_history_of_a_gated_repo_is_not_for_everybody(
    hub: FakeHub, world: World, connect: Connect, tmp_path: Path
) -> None:
    world.change("model", NAME, gated="manual")
    target = Target("model", NAME, first(world))
    assert history(connect(hub.url, cache=tmp_path)([target])[target]) == (History.UNKNOWN, "")
    hub.clear()
    connect(hub.url, cache=tmp_path)([target])
    assert asked(hub) == []


PARTIAL = {
    "nothing": [],
    "fewer on a page than there were to be": [0],
    "the same page again": [0] * PAGE,
}


@pytest.mark.parametrize("numbers", PARTIAL.values(), ids=PARTIAL)
def test_a_history_that_is_not_shown_whole_says_nothing(
    hub: FakeHub, world: World, connect: Connect, numbers: list[int]
) -> None:
    """As a proxy does that looks at no query, a mirror that is shallow, another limit."""
    grow(world, 3 * PAGE)
    page = [{"id": f"{number:040}"} for number, _ in enumerate(numbers)]
    hub.fault = Fault.reply(json.dumps(page).encode(), path="/commits")
    target = Target("model", NAME, proposed(world))
    assert history(connect(hub.url)([target])[target]) == (History.UNKNOWN, "refs/pr/1")


def test_a_mirror_that_knows_no_commit_by_its_hash(
    hub: FakeHub, world: World, connect: Connect
) -> None:
    nothing = b'{"error":"Invalid rev id: x"}'
    hub.fault = Fault.reply(nothing, status=404, path="/revision/")
    target = Target("model", NAME, first(world))
    assert connect(hub.url)([target]) == {
        target: Unavailable("the endpoint does not know the commits of a repo by their hash")
    }


def test_a_commit_that_was_pushed_since_the_refs_were_read(
    hub: FakeHub, world: World, connect: Connect, tmp_path: Path
) -> None:
    connect(hub.url, cache=tmp_path)([Target("model", NAME, proposed(world))])
    world.branch("model", NAME, "dev")
    target = Target("model", NAME, grow(world, 1, "dev")[0])
    hub.clear()
    facts = connect(hub.url, cache=tmp_path)([target])[target]
    assert (history(facts), asked(hub)) == (OWN, [REVISION, REFS])


def test_offline_old_refs_say_nothing_against_a_newer_commit(
    hub: FakeHub, world: World, connect: Connect, tmp_path: Path
) -> None:
    connect(hub.url, cache=tmp_path)([Target("model", NAME, proposed(world))])
    world.branch("model", NAME, "dev")
    target = Target("model", NAME, grow(world, 1, "dev")[0])
    client = Client(identity(hub.url, None), Limits(), tmp_path)
    opened = Hub(client, 20.0, with_history=False)
    opened([target])
    opened.close()
    facts = connect(hub.url, cache=tmp_path, offline=True)([target])[target]
    assert history(facts) == (History.UNKNOWN, "")


def test_a_commit_that_was_not_there_and_is_now(
    hub: FakeHub, world: World, connect: Connect, tmp_path: Path
) -> None:
    hub.fault = Fault.reply(
        b'{"error":"Invalid rev id: x"}', status=404, path="/revision/", times=1
    )
    target = Target("model", NAME, first(world))
    before = connect(hub.url, cache=tmp_path)([target])[target]
    after = connect(hub.url, cache=tmp_path)([target])[target]
    assert (before, history(after)) == (Missing(Lacking.REVISION, Owner.EXISTS), OWN)


def test_nobody_asks_where_no_rule_wants_to_know(hub: FakeHub, world: World) -> None:
    target = Target("model", NAME, proposed(world))
    opened = Hub(Client(identity(hub.url, None), Limits(), None), 20.0, with_history=False)
    facts = opened([target])[target]
    opened.close()
    assert (history(facts), asked(hub)) == ((History.UNKNOWN, ""), [REVISION])


def test_a_commit_that_is_not_there(hub: FakeHub, world: World, connect: Connect) -> None:
    target = Target("model", NAME, "0" * 40)
    assert connect(hub.url)([target]) == {target: Missing(Lacking.REVISION, Owner.EXISTS)}
    assert asked(hub) == [HEAD, REVISION, REVISION]  # one that is there for sure


def test_a_repo_that_is_not_there_has_no_commit(hub: FakeHub, connect: Connect) -> None:
    target = Target("model", "acme/retired-model", "0" * 40)
    assert connect(hub.url)([target]) == {target: Missing(Lacking.REPO, Owner.EXISTS)}
    assert [request.path.count("revision") for request in hub.requests] == [0, 0, 0]


def test_a_renamed_repo_has_its_history_under_the_new_name(
    hub: FakeHub, world: World, connect: Connect
) -> None:
    old = first(world)
    world.rename("model", NAME, "org/renamed")
    target = Target("model", NAME, old)
    moved = connect(hub.url)([target])[target]
    newest = f"/api/models/org/renamed/commits/{hub.world.repo('model', 'org/renamed').head}"
    assert newest in {one.path.partition("?")[0] for one in hub.requests}
    assert (moved.repo.id, moved.repo.history) == ("org/renamed", History.OWN)  # type: ignore[union-attr] # a Moved


def test_an_answer_for_another_commit_is_none(hub: FakeHub, world: World, connect: Connect) -> None:
    other = f'{{"_id": "1", "id": "{NAME}", "sha": "{"1" * 40}"}}'
    hub.fault = Fault.reply(other.encode(), path="/revision/")
    target = Target("model", NAME, first(world))
    assert connect(hub.url)([target]) == {
        target: Unavailable("the Hub answered for another commit than it was asked for")
    }


# What was once seen is not asked for again

OLD = timedelta(days=30)


def long_ago(hub: FakeHub, folder: Path, target: Target) -> None:
    """Ask for a target, a month ago."""
    moment = datetime.now(timezone.utc) - OLD
    opened = Hub(Client(identity(hub.url, None), Limits(), folder, lambda: moment), 20.0)
    opened([target])
    opened.close()
    hub.clear()


@pytest.mark.parametrize("make", [head, first, tagged, on_a_branch, second_page])
def test_a_commit_of_the_repo_is_known_for_good(
    hub: FakeHub, world: World, connect: Connect, tmp_path: Path, make: Make
) -> None:
    target = Target("model", NAME, make(world))
    long_ago(hub, tmp_path, target)
    grow(world, 1)
    facts = connect(hub.url, cache=tmp_path)([target])[target]
    assert (history(facts), asked(hub)) == (OWN, [])
    assert isinstance(facts, Found)
    assert not facts.stale


def test_what_was_asked_before_anybody_wanted_to_know(
    hub: FakeHub, world: World, connect: Connect, tmp_path: Path
) -> None:
    target = Target("model", NAME, first(world))
    client = Client(identity(hub.url, None), Limits(), tmp_path)
    opened = Hub(client, 20.0, with_history=False)
    opened([target])
    opened.close()
    hub.clear()
    facts = connect(hub.url, cache=tmp_path)([target])[target]
    assert (history(facts), asked(hub)) == (OWN, [HEAD, COMMITS])


def test_a_strangers_commit_is_asked_for_again(
    hub: FakeHub, world: World, connect: Connect, tmp_path: Path
) -> None:
    target = Target("model", NAME, proposed(world))
    long_ago(hub, tmp_path, target)
    world.branch("model", NAME, "merged", revision="refs/pr/1")
    facts = connect(hub.url, cache=tmp_path)([target])[target]
    assert (history(facts), asked(hub)) == (OWN, [HEAD, REFS])
