"""The attacks of the threat model, played on a fake Hub against projects of every kind.

Each story is played at once against code that pins nothing, and against code that pins a commit
(with the comment that `hfmodels pin` writes): without a lock, and with one. All stories happen in
one world, each to an account of its own, so that a few processes play them all.

With a lock `check` and `lock --check` ask nobody: they say of every commit and machine the same.
What protects there is the pin, that HFM001 asks for one, and that HFM015 lets nothing in beside the
lock; that something has happened is what `audit` tells.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.doors import LOAD, Place
from tests.fakehub import FakeHub, World
from tests.fakehub.objects import Content

FIRST: dict[str, Content] = {"config.json": "{}", "model.safetensors": b"weights"}
OTHER: dict[str, Content] = {"config.json": "{}", "model.safetensors": b"poison!"}
BEFORE, WRITTEN, AFTER = "2023-01-01", "2023-06-01", "2024-06-01"
"""When the models were published, when they got into the code, and when things happened to them."""

CODES = ("floating", "pinned")
"""Folders of code: that loads what a name stands for, and that loads a certain commit."""


@dataclass(frozen=True)
class Told:
    """What the commands tell of one file: codes, or a word where an audit has no code for it.

    `bare` is a check without a lock, `check` and `lock` (`lock --check`) are with one.
    """

    bare: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    lock: tuple[str, ...] = ()
    audit: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """Something that happens to the model of an account, and what is told of it.

    It is `None` where there is nothing to play.

    `ref` is what the code follows, `commit` the one that it pins, made before the code is written.
    """

    happens: Callable[[World, str], object]
    floating: Told | None
    pinned: Told
    ref: str = "main"
    commit: Callable[[World, str], str] = field(
        default=lambda world, who: world.repo("model", model(who)).head
    )


def model(who: str) -> str:
    return f"{who}/bert"


# What happens


def deleted(world: World, who: str) -> None:
    world.delete_account(who)


def registered_again(world: World, who: str) -> None:
    world.delete_account(who)
    world.create_user(who, at=AFTER)
    world.create_repo("model", model(who), OTHER)


def transferred_and_deleted(world: World, who: str) -> None:
    world.transfer("model", model(who), "lab")
    world.delete_account(who)


def transferred_and_taken_over(world: World, who: str) -> None:
    world.transfer("model", model(who), "heirs")
    registered_again(world, who)


def uploaded_again(world: World, who: str) -> None:
    """The very same files: a hash of them says nothing, and neither does the owner."""
    world.delete_repo("model", model(who))
    world.create_repo("model", model(who), FIRST, at=AFTER)


def tagged(world: World, who: str) -> str:
    return world.tag("model", model(who), "v1").head


def tag_forced(world: World, who: str) -> None:
    world.commit("model", model(who), OTHER, at=AFTER)
    world.tag("model", model(who), "v1")


def squashed(world: World, who: str) -> None:
    world.commit("model", model(who), OTHER, at=AFTER)
    world.squash_history("model", model(who))


def changed(world: World, who: str) -> None:
    world.commit("model", model(who), OTHER, at=AFTER)


def changed_at_the_same_commit(world: World, who: str) -> None:
    """No git does that: the server lies."""
    commit = world.repo("model", model(who)).head
    squashed(world, who)
    world.call_head("model", model(who), commit)


def proposed(world: World, who: str) -> str:
    return world.open_pull_request("model", model(who), OTHER, author="mallory").oid


def nothing(_world: World, _who: str) -> None:
    """All of it was there before."""


# What is told

MOVING = "HFM001"
"""Nothing is pinned: the code gets whatever is there."""

STORIES = {
    "nothing": Story(
        nothing,
        floating=Told(bare=(MOVING,), check=(MOVING,)),
        pinned=Told(),
    ),
    "deleted-author": Story(
        deleted,
        floating=Told(bare=(MOVING, "HFM004"), check=(MOVING,), audit=("HFM004",)),
        pinned=Told(bare=("HFM004",), audit=("HFM004",)),
    ),
    "author-registered-again": Story(
        registered_again,
        floating=Told(bare=(MOVING, "HFM008"), check=(MOVING,), audit=("HFM008", "HFM008")),
        pinned=Told(bare=("HFM007",), audit=("HFM008", "HFM008")),
    ),
    "transfer-then-deletion": Story(
        transferred_and_deleted,
        floating=Told(bare=(MOVING, "HFM004"), check=(MOVING,), audit=("HFM004",)),
        pinned=Told(bare=("HFM004",), audit=("HFM004",)),
    ),
    "transfer-then-takeover": Story(
        transferred_and_taken_over,
        floating=Told(bare=(MOVING, "HFM008"), check=(MOVING,), audit=("HFM008", "HFM008")),
        pinned=Told(bare=("HFM007",), audit=("HFM008", "HFM008")),
    ),
    "re-upload-under-a-lost-name": Story(
        uploaded_again,
        floating=Told(bare=(MOVING, "HFM008"), check=(MOVING,), audit=("HFM008",)),
        pinned=Told(bare=("HFM007",), audit=("HFM008",)),
    ),
    "force-pushed-tag": Story(
        tag_forced,
        floating=Told(bare=(MOVING,), check=(MOVING,), audit=("HFM008",)),
        pinned=Told(audit=("HFM008",)),
        ref="v1",
        commit=tagged,
    ),
    "squashed-history": Story(
        squashed,
        floating=Told(bare=(MOVING,), check=(MOVING,), audit=("HFM007",)),
        pinned=Told(bare=("HFM007",), audit=("HFM007",)),
    ),
    "changed-file": Story(
        changed,
        floating=Told(bare=(MOVING,), check=(MOVING,), audit=("new head",)),
        pinned=Told(audit=("new head",)),
    ),
    "changed-file-at-the-same-commit": Story(
        changed_at_the_same_commit,
        floating=Told(bare=(MOVING,), check=(MOVING,), audit=("HFM008",)),
        pinned=Told(audit=("HFM008",)),
    ),
    "impostor-hash": Story(
        nothing,
        floating=Told(bare=(MOVING,), check=(MOVING,), audit=("HFM007",)),
        pinned=Told(bare=("HFM007",), check=("HFM007",), audit=("HFM007",)),
        ref="refs/pr/1",
        commit=proposed,
    ),
    "impostor-hash-that-claims-main": Story(
        nothing,
        floating=None,
        pinned=Told(bare=("HFM007",), check=("HFM007",), audit=("HFM007", "HFM008")),
        commit=proposed,
    ),
}

ROWS = [
    pytest.param(name, code, id=f"{name}-{code}")
    for name, story in STORIES.items()
    for code in CODES
    if getattr(story, code) is not None
]
SILENT = ("nothing",)
"""The stories in which there is nothing to tell."""


# They are played

Trusted = set[tuple[str, str, str]]
"""Repos, and the ids of each and of its owner."""


@dataclass(frozen=True)
class Played:
    """What the commands told of each file, their exit codes, and how often the Hub was asked.

    `trusted` is whom the locks trust: at first, when `lock` was run again, and after an `update`.
    """

    told: Mapping[str, Mapping[str, tuple[str, ...]]]
    codes: Mapping[str, int]
    asked: int
    trusted: tuple[Trusted, Trusted, Trusted]


IMPOSTORS = [
    ("HFM007", "impostor-hash-that-claims-main/bert"),
    ("HFM007", "impostor-hash/bert"),
]
"""What is not locked until somebody accepts it."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """All stories, and everything that is said of them afterwards."""
    world = World()
    world.create_organization("huggingface", at=BEFORE)
    for name in ("lab", "heirs", "mallory"):
        world.create_user(name)
    with FakeHub(world, rate_limit=None) as hub:
        place = Place.at(tmp_path_factory.mktemp("threats") / "project", hub.url)
        publish(world, place)
        refused = place.hfmodels("lock", *CODES)
        assert refused.code == 1
        assert re.findall(r"(\w+) not locked: \w+ '([\w/-]+)'", refused.out) == IMPOSTORS
        accepted = [f"--accept={repo_id}" for _code, repo_id in IMPOSTORS]
        assert place.hfmodels("lock", *accepted, *CODES).code == 0
        for name, story in STORIES.items():
            story.happens(world, name)
        return after(place.where(XDG_CACHE_HOME=str(place.folder / "empty")), hub)


def publish(world: World, place: Place) -> None:
    """Every model, and all code that names it, in folders with a lock and without one."""
    for name, story in STORIES.items():
        world.create_user(name, at=BEFORE)
        world.create_repo("model", model(name), FIRST)
        commit = story.commit(world, name)
        moving = "" if story.ref == "main" else f", revision={story.ref!r}"
        texts = {
            "floating": LOAD.format(model(name), moving),
            "pinned": LOAD.format(model(name), f", revision={commit!r}").rstrip()
            + f"  # {story.ref}, {WRITTEN}\n",
        }
        for code, text in texts.items():
            if getattr(story, code) is None:
                continue
            place.write(f"{code}/{name}.py", text)
            place.write(f"bare/{code}/{name}.py", text)
    for folder in (*CODES, "bare"):
        place.write(f"{folder}/pyproject.toml", "")
    then = f"{WRITTEN}T12:00:00+0000"
    dated = place.where(GIT_AUTHOR_DATE=then, GIT_COMMITTER_DATE=then)
    dated.git("init", "-q")
    dated.git("add", "bare", *CODES)
    dated.git("commit", "-q", "-m", "some")


def after(place: Place, hub: FakeHub) -> Played:
    """What the commands say, those first that are to ask nobody."""
    hub.clear()
    check = place.hfmodels("check", "--format", "json", *CODES)
    lock = place.hfmodels("lock", "--check", "--format", "json", *CODES)
    asked = len(hub.requests)
    bare = place.hfmodels("check", "--format", "json", "bare")
    audits = {
        code: place.hfmodels("audit", "--format", "json", "--lock", f"{code}/hfmodels.lock")
        for code in CODES
    }
    locks = json.loads(lock.out)["locks"]
    told = {
        "bare": by_path(json.loads(bare.out)["findings"], "bare/"),
        "check": by_path(json.loads(check.out)["findings"]),
        "lock": by_path([one for each in locks for one in each["findings"]]),
        "audit": {
            path: each
            for code, ran in audits.items()
            for path, each in by_user(json.loads(ran.out)["findings"], code).items()
        },
    }
    codes = {"check": check.code, "lock": lock.code, "bare": bare.code} | {
        f"audit of {code}": ran.code for code, ran in audits.items()
    }
    first = trusted(place)
    codes["lock again"] = place.hfmodels("lock", *CODES).code
    again = trusted(place)
    codes["update"] = place.hfmodels("update", *(f"--path={code}" for code in CODES)).code
    return Played(told, codes, asked, (first, again, trusted(place)))


def trusted(place: Place) -> Trusted:
    texts = ((place.folder / code / "hfmodels.lock").read_text("utf-8") for code in CODES)
    entries = (one for text in texts for one in json.loads(text)["repos"])
    return {(one["repo"], one["_id"], one["owner"]["_id"]) for one in entries}


def by_path(findings: list[dict[str, Any]], prefix: str = "") -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in findings:
        found[one["path"].removeprefix(prefix)].append(one["code"])
    return {path: tuple(sorted(codes)) for path, codes in found.items()}


def by_user(findings: list[dict[str, Any]], folder: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in findings:
        (user,) = one["used_by"]
        found[f"{folder}/{user}"].append(one["code"] or one["status"])
    return {path: tuple(sorted(codes)) for path, codes in found.items()}


@pytest.mark.parametrize(("name", "code"), ROWS)
def test_what_is_told(played: Played, name: str, code: str) -> None:
    said = {command: codes.get(f"{code}/{name}.py", ()) for command, codes in played.told.items()}
    assert Told(**said) == getattr(STORIES[name], code)


@pytest.mark.parametrize(("name", "code"), [one for one in ROWS if one.values[0] not in SILENT])
def test_no_story_passes_in_silence(played: Played, name: str, code: str) -> None:
    assert played.told["audit"].get(f"{code}/{name}.py")


def test_with_a_lock_nobody_is_asked(played: Played) -> None:
    assert played.asked == 0


def test_exit_codes(played: Played) -> None:
    assert played.codes == {
        "check": 1,
        "lock": 0,
        "bare": 1,
        "audit of floating": 1,
        "audit of pinned": 1,
        "lock again": 0,
        "update": 1,
    }


def test_no_stranger_gets_into_a_lock(played: Played) -> None:
    """Nobody but `--accept` lets one in."""
    first, again, updated = played.trusted
    assert len(first) == len(STORIES)
    assert (again, updated) == (first, first)
