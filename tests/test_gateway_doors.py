"""The rules of the gateway through both doors: with the Hub, with its cache, with a lock."""

from __future__ import annotations

import json

import pytest

from tests.doors import HEAD, Place
from tests.fakehub import FakeHub

MALLORY = "mallory/fast-loader"
GPT2 = "openai-community/gpt2"


def pinned(hub: FakeHub, repo_id: str, further: str = "") -> str:
    """Python that loads a repo at its newest commit."""
    head = hub.world.repo("model", repo_id).head
    return f"{HEAD}AutoModel.from_pretrained({repo_id!r}, revision={head!r}{further})\n"


@pytest.fixture
def trusting(place: Place, hub: FakeHub) -> Place:
    """A project that lets code of a stranger run."""
    place.write("app.py", pinned(hub, MALLORY, ", trust_remote_code=True"))
    return place


@pytest.fixture
def careful(place: Place, hub: FakeHub) -> Place:
    """A project that loads a pinned model, with a policy that does not allow it."""
    place.write("app.py", pinned(hub, GPT2))
    place.write("pyproject.toml", "[tool.hfmodels.policy]\nverified-publisher = true\n")
    return place


# Who publishes


def test_publishers_are_for_who_names_the_rule(place: Place, hub: FakeHub) -> None:
    place.write("app.py", pinned(hub, GPT2))
    assert place.hfmodels("check", "--format", "json", "app.py").codes() == []
    assert place.flake8("app.py").codes() == []
    assert not [one for one in hub.requests if "overview" in one.path]


@pytest.mark.parametrize("select", ["HFM014", "HFM,HFM014"])
def test_publishers_in_the_command(place: Place, hub: FakeHub, select: str) -> None:
    place.write("app.py", pinned(hub, GPT2))
    ran = place.hfmodels("check", "--format", "json", "--select", select, "app.py")
    assert ran.codes() == ["HFM014"]


@pytest.mark.parametrize("option", ["--select=HFM014", "--extend-select=HFM014"])
def test_publishers_in_flake8(place: Place, hub: FakeHub, option: str) -> None:
    place.write("app.py", pinned(hub, GPT2))
    assert place.flake8(option, "app.py").codes() == ["HFM014"]


def test_a_family_of_codes_names_no_rule_that_is_off(place: Place, hub: FakeHub) -> None:
    place.write("app.py", pinned(hub, GPT2))
    assert place.flake8("--select=HFM", "app.py").codes() == []


def test_publishers_of_a_lock(place: Place, hub: FakeHub) -> None:
    place.write("app.py", pinned(hub, GPT2))
    assert place.hfmodels("lock").code == 0
    alone = place.where(HF_HUB_OFFLINE="1", XDG_CACHE_HOME=str(place.folder / "none"))
    ran = alone.hfmodels("check", "--format", "json", "--select", "HFM014", "app.py")
    assert ran.codes() == ["HFM014"]
    assert alone.flake8("--select=HFM014", "app.py").codes() == ["HFM014"]


# The policy


def test_policy_in_both_doors(careful: Place) -> None:
    ran = careful.hfmodels("check", "--format", "json", "app.py")
    assert ran.codes() == ["HFM013"]
    assert careful.flake8("app.py").said() == [
        (path, line, column, text) for path, line, column, text in ran.said()
    ]


def test_policy_and_a_lock(careful: Place) -> None:
    careful.hfmodels("lock")
    ran = careful.hfmodels("check", "--format", "json", "app.py")
    assert (ran.codes(), json.loads(ran.out)["summary"]["mode"]) == (["HFM013"], "locked")


# What the code does


def test_code_is_read_by_the_command_and_known_to_flake8(trusting: Place) -> None:
    assert "HFM012" not in trusting.flake8("app.py").codes()
    ran = trusting.hfmodels("check", "--format", "json", "app.py")
    assert "HFM012" in ran.codes()
    assert trusting.flake8("app.py").codes() == ran.codes()


def test_code_is_read_once(trusting: Place, hub: FakeHub) -> None:
    trusting.hfmodels("check", "app.py")
    before = len(hub.requests)
    trusting.hfmodels("check", "app.py")
    assert len(hub.requests) == before


def test_code_of_a_lock(trusting: Place, hub: FakeHub) -> None:
    assert trusting.hfmodels("lock").code == 0
    entry = json.loads((trusting.folder / "hfmodels.lock").read_text())["repos"][0]
    assert entry["code"]["files"] == ["modeling_fast.py"]
    before = len(hub.requests)
    alone = trusting.where(HF_HUB_OFFLINE="1", XDG_CACHE_HOME=str(trusting.folder / "none"))
    ran = alone.hfmodels("check", "--format", "json", "app.py")
    assert "HFM012" in ran.codes()
    assert alone.flake8("app.py").codes() == ran.codes()
    assert len(hub.requests) == before


def test_code_that_an_older_lock_does_not_know_is_added(trusting: Place) -> None:
    trusting.hfmodels("lock")
    file = trusting.folder / "hfmodels.lock"
    data = json.loads(file.read_text())
    del data["repos"][0]["code"]
    file.write_text(json.dumps(data))
    assert trusting.hfmodels("lock").code == 0
    assert "code" in json.loads(file.read_text())["repos"][0]


def test_lock_that_is_held_against_the_code_asks_nobody(trusting: Place, hub: FakeHub) -> None:
    trusting.hfmodels("lock")
    before = len(hub.requests)
    assert trusting.hfmodels("lock", "--check").code == 0
    assert len(hub.requests) == before


# Names like others


def test_look_alikes_in_both_doors(place: Place) -> None:
    place.write("app.py", f"{HEAD}AutoModel.from_pretrained('mistraIai/Mistral-7B-v0.1')\n")
    ran = place.hfmodels("check", "--format", "json", "--select", "HFM009", "app.py")
    assert ran.codes() == ["HFM009"]
    assert place.flake8("--select=HFM009", "app.py").said() == ran.said()


def test_names_of_a_project(place: Place) -> None:
    place.write("pyproject.toml", '[tool.hfmodels]\nwatch = ["northwind"]\n')
    place.write("app.py", f"{HEAD}AutoModel.from_pretrained('northwlnd/bert')\n")
    ran = place.hfmodels("check", "--format", "json", "--select", "HFM009", "app.py")
    assert ran.codes() == ["HFM009"]
    assert place.flake8("--select=HFM009", "app.py").said() == ran.said()
