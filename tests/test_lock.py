"""`hfmodels lock` against the fake Hub: what is locked, kept, refused; and a check by the lock."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from typing import Any

import pytest

from flake8_hfmodels.check import conclude
from flake8_hfmodels.facts import Facts
from flake8_hfmodels.finding import Finding
from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.identity import identity
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.lock.answers import lookup_in
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.reading import read
from flake8_hfmodels.lock.writing import written
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.referring import refer
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.doors import DOORS, HEAD, LOAD, Place, Ran
from tests.fakehub import VALID_TOKEN, FakeHub, Fault, small_world
from tests.inside import Inside
from tests.test_lock_merging import conflict
from tests.test_situations import EVERYWHERE, IMPORTS, WORLD, Row, commit_at, head

GPT2 = "openai-community/gpt2"
DRAFTED = "acme/drafted"
LOCK = "hfmodels.lock"
DOWNLOAD = "from huggingface_hub import hf_hub_download\nhf_hub_download({!r}, {!r})\n"
ANEW = {
    "id": GPT2,
    "_id": "655ffdc036468d709f17434d",
    "sha": head(GPT2),
    "siblings": [
        {"rfilename": name, "blobId": "1" * 40, "size": 1}
        for name in ("config.json", "model.safetensors")
    ],
}
"""The same commit in a repo that is another one."""

TAKEN = {**ANEW, "id": "acme/gpt2", "_id": WORLD.repo("model", GPT2).identity}
"""The same repo in the hands of somebody else."""

SILENT = ("HFM900", "HFM008")
"""Rules of comments, and of the age of lines: the lock has no part in them."""


@pytest.fixture
def project(place: Place) -> Place:
    """A project that loads one model."""
    place.write("pyproject.toml", "")
    place.write("app.py", LOAD.format(GPT2, ""))
    return Inside.of(place)


def lock_of(place: Place) -> dict[tuple[str, str, str | None], Any]:
    """The entries of the lock of a project, by what they are of."""
    data = json.loads((place.folder / LOCK).read_text("utf-8"))
    return {(one["type"], one["repo"], one["revision"]): one for one in data["repos"]}


def model(repo_id: str, revision: str | None = None) -> tuple[str, str, str | None]:
    return ("model", repo_id, revision)


def loads(*ids: str) -> str:
    """A module that loads models."""
    return HEAD + "".join(f"AutoModel.from_pretrained({one!r})\n" for one in ids)


def told(ran: Ran) -> Any:
    """What the JSON of a run says of its only lock."""
    (one,) = json.loads(ran.out)["locks"]
    return one


# What is locked


def test_an_entry(project: Place, hub: FakeHub) -> None:
    ran = project.hfmodels("lock")
    repo = hub.world.repo("model", GPT2)
    owner = hub.world.account("openai-community")
    assert owner is not None
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"+ model '{GPT2}': {repo.head[:12]} (main) of openai-community\n"
        "hfmodels.lock: 1 entry, 1 added\n"
    )
    entry = lock_of(project)[model(GPT2)]
    assert {key: entry[key] for key in ("ref", "commit", "id", "_id", "created_at")} == {
        "ref": "main",
        "commit": repo.head,
        "id": GPT2,
        "_id": repo.identity,
        "created_at": "2022-03-02T23:29:04Z",
    }
    assert entry["owner"] == {
        "name": "openai-community",
        "kind": "org",
        "_id": owner.identity,
        "verified": False,
    }
    assert entry["used_by"] == ["app.py"]


def test_files_are_those_that_the_loader_fetches(project: Place, hub: FakeHub) -> None:
    project.hfmodels("lock")
    entry = lock_of(project)[model(GPT2)]
    files = hub.world.repo("model", GPT2).files
    assert {one["path"] for one in entry["files"]} & {"config.json", "model.safetensors"} == {
        "config.json",
        "model.safetensors",
    }
    assert "README.md" in entry["others"]
    assert sorted([*entry["others"], *(one["path"] for one in entry["files"])]) == sorted(files)
    (weights,) = [one for one in entry["files"] if one["path"] == "model.safetensors"]
    assert weights == {
        "path": "model.safetensors",
        "size": files["model.safetensors"].size,
        "blob": files["model.safetensors"].blob_id,
        "sha256": files["model.safetensors"].sha256,
    }


def test_files_of_all_references_together(project: Place) -> None:
    project.write(
        "app.py",
        "from huggingface_hub import hf_hub_download\n"
        f"hf_hub_download({GPT2!r}, 'config.json')\nhf_hub_download({GPT2!r}, 'README.md')\n",
    )
    project.hfmodels("lock")
    entry = lock_of(project)[model(GPT2)]
    assert [one["path"] for one in entry["files"]] == ["README.md", "config.json"]


def test_who_uses_it(project: Place) -> None:
    project.write("deep/er/b.py", LOAD.format(GPT2, ""))
    project.hfmodels("lock")
    assert lock_of(project)[model(GPT2)]["used_by"] == ["app.py", "deep/er/b.py"]


def test_a_second_run_changes_no_byte_and_asks_nobody(project: Place, hub: FakeHub) -> None:
    project.hfmodels("lock")
    before = (project.folder / LOCK).stat().st_mtime_ns
    hub.clear()
    ran = project.hfmodels("lock")
    assert (ran.code, ran.out) == (0, "hfmodels.lock: 1 entry, nothing new\n")
    assert ((project.folder / LOCK).stat().st_mtime_ns, hub.requests) == (before, [])


def test_the_same_bytes_from_nothing(project: Place) -> None:
    project.write("b.py", loads("gpt2", DRAFTED, "dentalai-labs/segmenter"))
    project.hfmodels("lock")
    first = (project.folder / LOCK).read_bytes()
    (project.folder / LOCK).unlink()
    project.hfmodels("lock")
    assert (project.folder / LOCK).read_bytes() == first


def test_a_commit_never_moves_by_itself(project: Place, hub: FakeHub) -> None:
    project.hfmodels("lock")
    before = lock_of(project)[model(GPT2)]
    hub.world.commit("model", GPT2, {"config.json": "{}"})
    project.write("b.py", LOAD.format(DRAFTED, ""))
    ran = project.hfmodels("lock")
    assert (ran.code, lock_of(project)[model(GPT2)]) == (0, before)
    assert told(project.hfmodels("lock", "--format", "json"))["entries"] == 2


def test_only_what_is_new_is_asked_for(project: Place, hub: FakeHub) -> None:
    project.hfmodels("lock")
    hub.clear()
    project.write("b.py", LOAD.format(DRAFTED, ""))
    project.hfmodels("lock")
    assert [one.path.partition("?")[0] for one in hub.requests] == [
        f"/api/models/{DRAFTED}",
        "/api/users/acme/overview",
        "/api/organizations/acme/overview",
    ]


def test_what_nothing_uses_is_dropped(project: Place) -> None:
    project.write("b.py", LOAD.format(DRAFTED, ""))
    project.hfmodels("lock")
    project.write("b.py", "")
    ran = project.hfmodels("lock")
    assert ran.out == (
        f"- model '{DRAFTED}': nothing uses it any more\nhfmodels.lock: 1 entry, 1 dropped\n"
    )
    assert [*lock_of(project)] == [model(GPT2)]


def test_the_last_one_is_dropped(project: Place) -> None:
    project.hfmodels("lock")
    project.write("app.py", "")
    assert told(project.hfmodels("lock", "--format", "json"))["entries"] == 0
    assert lock_of(project) == {}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(["app.py"], id="a-file"),
        pytest.param([".", "--exclude", "b.py"], id="excluded"),
        pytest.param([".", "nowhere"], id="trouble"),
    ],
)
def test_nothing_is_dropped_where_not_all_was_read(project: Place, said: list[str]) -> None:
    project.write("b.py", loads(DRAFTED, GPT2))
    project.hfmodels("lock")
    project.write("b.py", "")
    project.hfmodels("lock", *said)
    assert [*lock_of(project)] == [model(DRAFTED), model(GPT2)]


def test_who_uses_it_where_not_all_was_read(project: Place) -> None:
    project.write("b.py", LOAD.format(GPT2, ""))
    project.write("c.py", LOAD.format(GPT2, ""))
    project.hfmodels("lock")
    project.write("c.py", "")
    project.hfmodels("lock", "c.py", "app.py")
    assert lock_of(project)[model(GPT2)]["used_by"] == ["app.py", "b.py"]


def test_nothing_to_lock(place: Place) -> None:
    place.write("app.py", "")
    ran = place.hfmodels("lock")
    assert (ran.code, ran.out) == (0, "nothing to lock: no file names a repo\n")
    assert not (place.folder / LOCK).exists()


def test_nothing_that_could_be_locked_writes_no_lock(project: Place) -> None:
    project.write("app.py", LOAD.format("dentalai/toothfairy", ""))
    ran = project.hfmodels("lock")
    assert (ran.code, ran.out) == (
        1,
        "app.py:2: HFM004 not locked: model 'dentalai/toothfairy': nobody owns 'dentalai'\n"
        "hfmodels.lock: 0 entries, 1 not locked\n",
    )
    assert not (project.folder / LOCK).exists()


def test_one_lock_for_each_project(place: Place) -> None:
    for name in ("one", "two"):
        place.write(f"{name}/pyproject.toml", "")
        place.write(f"{name}/app.py", LOAD.format(GPT2, ""))
    ran = place.hfmodels("lock", "--format", "json")
    assert [one["path"] for one in json.loads(ran.out)["locks"]] == [
        "one/hfmodels.lock",
        "two/hfmodels.lock",
    ]
    assert (place.folder / "one" / LOCK).read_bytes() == (place.folder / "two" / LOCK).read_bytes()


def test_another_file(project: Place) -> None:
    ran = project.hfmodels("lock", "--lock", "locks/models.json")
    assert (ran.code, ran.complaints) == (
        2,
        ["hfmodels: locks/models.json: cannot be written (no such file or directory)"],
    )
    (project.folder / "locks").mkdir()
    assert project.hfmodels("lock", "--lock", "locks/models.json").code == 0
    data = json.loads((project.folder / "locks/models.json").read_text())
    assert data["repos"][0]["used_by"] == ["../app.py"]


def test_companions_are_locked(project: Place) -> None:
    trusting = ", trust_remote_code=True"
    project.write("app.py", LOAD.format("acme/borrowed-encoder", trusting))
    ran = project.hfmodels("lock")
    assert ran.code == 1
    assert "not locked: model 'ghost-labs/code': nobody owns 'ghost-labs'" in ran.out


def test_a_base_model_is_locked(project: Place, hub: FakeHub) -> None:
    hub.world.create_repo(
        *("model", "acme/adapter"),
        files={"adapter_config.json": "{}", "adapter_model.safetensors": 5},
        config={"peft": {"base_model_name_or_path": GPT2, "task_type": "CAUSAL_LM"}},
    )
    project.write(
        "app.py",
        "from peft import AutoPeftModel\nAutoPeftModel.from_pretrained('acme/adapter')\n",
    )
    assert project.hfmodels("lock").code == 0
    found = lock_of(project)
    assert [*found] == [model("acme/adapter"), model(GPT2)]
    assert "model.safetensors" in {one["path"] for one in found[model(GPT2)]["files"]}


@pytest.mark.parametrize("kept", ["acme/base", "acme/code"])
def test_companions_that_stay_at_home(project: Place, hub: FakeHub, kept: str) -> None:
    hub.world.create_repo("model", "acme/base", files={"config.json": "{}"})
    hub.world.create_repo("model", "acme/code", files={"x.py": "pass"})
    hub.world.create_repo(
        *("model", "acme/host"),
        files={"adapter_config.json": "{}"},
        config={
            "auto_map": {"AutoModel": "acme/code--x.Model"},
            "peft": {"base_model_name_or_path": "acme/base"},
        },
    )
    project.write(
        "app.py",
        "from peft import AutoPeftModel\n"
        "AutoPeftModel.from_pretrained('acme/host', trust_remote_code=True)\n",
    )
    assert project.hfmodels("lock", "--never-ask", kept).code == 0
    others = {"acme/base", "acme/code", "acme/host"} - {kept}
    assert {repo_id for _type, repo_id, _revision in lock_of(project)} == others


def test_what_code_of_another_repo_is_locked(project: Place, hub: FakeHub) -> None:
    hub.world.create_repo("model", "acme/code", files={"x.py": "pass", "weights.bin": 9})
    hub.world.create_repo(
        *("model", "acme/host"),
        files={"config.json": "{}"},
        config={"auto_map": {"AutoModel": "acme/code--x.Model"}},
    )
    project.write("app.py", LOAD.format("acme/host", ", trust_remote_code=True"))
    assert project.hfmodels("lock").code == 0
    code = lock_of(project)[model("acme/code")]
    assert [one["path"] for one in code["files"]] == ["x.py"]


def test_the_ref_that_a_pin_follows(project: Place) -> None:
    pin = f"AutoModel.from_pretrained({GPT2!r}, revision={head(GPT2)!r})"
    project.write("app.py", f"{HEAD}{pin}  # main, 2026-11-22\n")
    project.hfmodels("lock")
    entry = lock_of(project)[model(GPT2, head(GPT2))]
    assert (entry["ref"], entry["history"]) == ("main", "own")


@pytest.mark.parametrize(
    ("revision", "ref"),
    [
        pytest.param("refs/pr/1", "refs/pr/1", id="pull-request"),
        pytest.param(commit_at("acme/translator", "refs/pr/1"), "", id="commit"),
    ],
)
def test_the_ref_of_a_revision(project: Place, revision: str, ref: str) -> None:
    project.write("app.py", LOAD.format("acme/translator", f", revision={revision!r}"))
    project.hfmodels("lock", "--accept", "acme/translator")
    assert lock_of(project)[model("acme/translator", revision)]["ref"] == ref


def test_a_commit_of_nobody(project: Place) -> None:
    """Once it is accepted, it is locked with what is known of it, and a check says so."""
    revision = commit_at("acme/translator", "refs/pr/1")
    project.write("app.py", LOAD.format("acme/translator", f", revision={revision!r}"))
    refused = project.hfmodels("lock")
    assert (refused.code, "app.py:2: HFM007 not locked: " in refused.out) == (1, True)
    assert "then `hfmodels lock --accept acme/translator`" in refused.out
    assert project.hfmodels("lock", "--accept", "acme/translator").code == 0
    entry = lock_of(project)[model("acme/translator", revision)]
    assert (entry["history"], entry["pull_request"]) == ("foreign", "refs/pr/1")


def test_a_repo_that_is_younger_than_the_line(project: Place, hub: FakeHub) -> None:
    """By git blame, before there is a lock."""
    hub.world.create_repo("model", "acme/young", {"a": "b"}, at="2026-01-01")
    project.write("app.py", LOAD.format("acme/young", ""))
    project.git("init", "-q")
    project.git("add", ".")
    day = "2023-01-01T00:00:00Z"
    project.where(GIT_AUTHOR_DATE=day, GIT_COMMITTER_DATE=day).git("commit", "-qm", "Load it")
    refused = project.hfmodels("lock")
    assert (refused.code, "app.py:2: HFM008 not locked: " in refused.out) == (1, True)
    assert not (project.folder / LOCK).exists()
    assert project.hfmodels("lock", "--accept", "acme/young").code == 0
    assert project.hfmodels("check", "--select", "HFM008").code == 0


def test_what_is_known_of_a_repo_is_not_let_go(project: Place, hub: FakeHub) -> None:
    """Pinned, and locked anew while nobody answers: else whoever is there next is trusted."""
    project.write("app.py", LOAD.format(GPT2, ""))
    assert project.hfmodels("lock").code == 0
    pinned = LOAD.format(GPT2, f', revision="{"a" * 40}"')
    project.write("app.py", pinned)
    hub.fault = Fault.status(500)
    assert "not locked" in project.hfmodels("lock").out
    hub.fault = None
    hub.world.delete_repo("model", GPT2)
    made = hub.world.create_repo("model", GPT2, {"evil.bin": "1"})
    project.write("app.py", LOAD.format(GPT2, f', revision="{made.head}"'))
    refused = project.hfmodels("lock", "--no-offline")
    assert "HFM008 not locked: model 'openai-community/gpt2'" in refused.out


def test_nobody_names_what_is_accepted(project: Place) -> None:
    ran = project.hfmodels("lock", "--accept", "nobody/x")
    assert "hfmodels: nobody/x: --accept is of no use: nothing names it" in ran.complaints


def test_a_kernel_has_no_files(project: Place) -> None:
    project.write(
        "app.py",
        "from kernels import get_kernel\nget_kernel('kernels-community/activation')\n",
    )
    assert project.hfmodels("lock").code == 0
    entry = lock_of(project)["kernel", "kernels-community/activation", None]
    assert (entry["files"], entry["others"], len(entry["commit"])) == ([], [], 40)


def test_private_with_a_token(project: Place) -> None:
    project.write("app.py", LOAD.format("alice/secret-model", ""))
    assert project.where(HF_TOKEN=VALID_TOKEN).hfmodels("lock").code == 0
    assert lock_of(project)[model("alice/secret-model")]["private"] is True


def test_names_that_stay_at_home(project: Place, hub: FakeHub) -> None:
    project.write("b.py", loads("secret/one", "secret/two"))
    ran = project.hfmodels("lock", "--never-ask", "secret/*")
    assert (ran.code, ran.complaints) == (0, ["hfmodels: 2 repos left out, as never-ask says"])
    assert [*lock_of(project)] == [model(GPT2)]
    assert not [one for one in hub.requests if "secret" in one.path]
    assert project.hfmodels("lock", "--check", "--never-ask", "secret/*").code == 0


def test_what_no_rule_may_speak_of_is_not_locked(project: Place) -> None:
    project.write("app.py", LOAD.format(GPT2, "").rstrip() + "  # noqa\n")
    ran = project.hfmodels("lock")
    assert (ran.code, ran.out) == (0, "hfmodels.lock: 0 entries, nothing new\n")


# What cannot be locked


def test_no_answer(project: Place, hub: FakeHub) -> None:
    hub.fault = Fault.status(503)
    ran = project.hfmodels("lock")
    assert (ran.code, ran.out) == (
        1,
        f"app.py:2: not locked: model '{GPT2}': the Hub answered with status 503\n"
        "hfmodels.lock: 0 entries, 1 not locked\n",
    )
    assert project.hfmodels("lock", "--strict").code == 3


def test_offline_nothing_is_lost(project: Place) -> None:
    project.hfmodels("lock")
    before = (project.folder / LOCK).read_bytes()
    project.write("b.py", LOAD.format(DRAFTED, ""))
    ran = project.hfmodels("lock", "--offline", "--cache-dir", "elsewhere")
    assert ran.code == 1
    assert "not locked: model 'acme/drafted': offline, and not in the cache" in ran.out
    assert (project.folder / LOCK).read_bytes() == before


def test_some_answers(project: Place, hub: FakeHub) -> None:
    project.write("b.py", LOAD.format(DRAFTED, ""))
    hub.fault = Fault.status(503, path=f"/api/models/{DRAFTED}")
    assert project.hfmodels("lock").code == 1
    assert [*lock_of(project)] == [model(GPT2)]
    hub.clear()
    assert project.hfmodels("lock").code == 0
    assert [*lock_of(project)] == [model(DRAFTED), model(GPT2)]


def test_an_old_answer_is_none(project: Place, hub: FakeHub) -> None:
    cache = project.folder / "cache"
    project.hfmodels("lock", "--cache-dir", "cache")
    (project.folder / LOCK).unlink()
    subprocess.run(
        (
            "python3",
            "-c",
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
            'c.execute("UPDATE responses SET value ='
            ' replace(value, \'created_at\\": \\"20\', \'created_at\\": \\"19\')");'
            "c.commit()",
            cache / "hub.sqlite",
        ),
        check=True,
    )
    hub.fault = Fault.status(503)
    ran = project.hfmodels("lock", "--cache-dir", "cache")
    assert ran.code == 1
    assert "the Hub did not answer, and the cache has an old answer only" in ran.out


def test_owner_that_nobody_tells(project: Place, hub: FakeHub) -> None:
    hub.fault = [
        Fault.status(404, path="/api/users/"),
        Fault.status(404, path="/api/organizations/"),
    ]
    ran = project.hfmodels("lock")
    assert (ran.code, ran.complaints) == (
        0,
        [f"hfmodels: {GPT2}: the Hub does not say whose it is; the lock has no owner of it"],
    )
    hub.fault = None
    ran = project.hfmodels("lock")
    assert "with what was not known of it" in ran.out
    assert lock_of(project)[model(GPT2)]["owner"]["name"] == "openai-community"


def test_one_of_the_first_names(project: Place, hub: FakeHub) -> None:
    """March 2025: the Hub still answered for `gpt2`, without a redirect and without an owner."""
    body = {"id": "gpt2", "_id": "621ffdc036468d709f17434d", "sha": head(GPT2), "siblings": []}
    hub.fault = Fault.reply(json.dumps(body).encode(), path="/api/models/gpt2")
    project.write("app.py", LOAD.format("gpt2", ""))
    ran = project.hfmodels("lock")
    assert (ran.code, ran.err) == (0, "")
    assert lock_of(project)[model("gpt2")]["owner"] is None


def test_no_commit(project: Place, hub: FakeHub) -> None:
    hub.fault = Fault.reply(b'{"id": "openai-community/gpt2", "_id": "621ffdc036468d709f17434d"}')
    ran = project.hfmodels("lock")
    assert (ran.code, "the Hub does not say at which commit it is" in ran.out) == (1, True)


def test_no_hashes(project: Place, hub: FakeHub) -> None:
    """A mirror need not know of them."""
    names = [{"rfilename": "config.json"}, {"rfilename": "model.safetensors"}]
    body = {"id": GPT2, "_id": "621ffdc036468d709f17434d", "sha": head(GPT2), "siblings": names}
    hub.fault = Fault.reply(json.dumps(body).encode(), path="/api/models/")
    ran = project.hfmodels("lock")
    words = "the Hub does not say the hashes of config.json, model.safetensors"
    first = ran.out.splitlines(keepends=True)[0]
    assert (ran.code, words in ran.out) == (1, True)
    assert lock_of(project)[model(GPT2)]["others"] == ["config.json", "model.safetensors"]
    again = project.hfmodels("lock", "--cache-dir", "two")
    assert (again.code, again.out) == (1, ran.out.replace(first, "").replace("1 added, ", ""))


# What an entry lacks


def test_hashes_that_are_needed_now(project: Place, hub: FakeHub) -> None:
    project.write("app.py", DOWNLOAD.format(GPT2, "config.json"))
    project.hfmodels("lock")
    commit = lock_of(project)[model(GPT2)]["commit"]
    hub.world.commit("model", GPT2, {"model.safetensors": 7})
    project.write("b.py", DOWNLOAD.format(GPT2, "model.safetensors"))
    assert project.hfmodels("lock", "--check").out == (
        f"hfmodels.lock: lacks hashes of files that are loaded of model '{GPT2}';"
        " run `hfmodels lock`\nhfmodels.lock: 1 entry, 1 not as the code has it\n"
    )
    ran = project.hfmodels("lock")
    assert ran.code == 0
    entry = lock_of(project)[model(GPT2)]
    assert entry["commit"] == commit
    files = {one["path"]: one["size"] for one in entry["files"]}
    assert [*files] == ["config.json", "model.safetensors"]
    assert files["model.safetensors"] != 7
    assert project.hfmodels("lock", "--check").code == 0


def needing_more(project: Place) -> Mapping[str, Any]:
    """The entry of a project that needs one more hash than it has."""
    project.write("app.py", DOWNLOAD.format(GPT2, "config.json"))
    project.hfmodels("lock", "--cache-dir", "one")
    project.write("b.py", DOWNLOAD.format(GPT2, "model.safetensors"))
    entry: Mapping[str, Any] = lock_of(project)[model(GPT2)]
    return entry


LACKING: dict[str, tuple[Fault | None, str]] = {
    "another owner": (
        Fault.reply(json.dumps(TAKEN).encode(), path="/api/models/"),
        "HFM008 not locked: model 'openai-community/gpt2': the repo belongs to 'acme' now",
    ),
    "another repo": (
        Fault.reply(json.dumps(ANEW).encode(), path="/api/models/"),
        "HFM008 not locked: model 'openai-community/gpt2': the repo of this name was made anew",
    ),
    "no answer": (
        Fault.status(503),
        "not locked: model 'openai-community/gpt2': the Hub answered with status 503",
    ),
    "gone": (None, "HFM006 not locked: model 'openai-community/gpt2': it is not there, or private"),
}


@pytest.mark.parametrize("name", LACKING)
def test_hashes_that_cannot_be_had(project: Place, hub: FakeHub, name: str) -> None:
    before = needing_more(project)
    fault, words = LACKING[name]
    hub.fault = fault
    if fault is None:
        hub.world.delete_repo("model", GPT2)
    ran = project.hfmodels("lock", "--cache-dir", "two")
    assert (ran.code, words in ran.out) == (1, True), ran.out
    assert lock_of(project)[model(GPT2)] == {**before, "used_by": ["app.py", "b.py"]}


def test_hashes_of_a_repo_that_is_accepted(project: Place, hub: FakeHub) -> None:
    needing_more(project)
    hub.fault = LACKING["another repo"][0]
    ran = project.hfmodels("lock", "--cache-dir", "two", "--accept", GPT2)
    assert (ran.code, lock_of(project)[model(GPT2)]["_id"]) == (0, ANEW["_id"])


# Whom to trust


def recreated(hub: FakeHub, repo_id: str) -> None:
    """The repo is deleted, and somebody makes one of the same name."""
    hub.world.delete_repo("model", repo_id)
    hub.world.create_repo("model", repo_id, files={"config.json": "{}"}, at="2026-11-01")


@pytest.fixture
def locked(project: Place, hub: FakeHub) -> Place:
    """A project with a lock, whose model then is made anew, and loaded at another revision."""
    project.write("app.py", LOAD.format(DRAFTED, ""))
    project.hfmodels("lock")
    recreated(hub, DRAFTED)
    project.write("b.py", LOAD.format(DRAFTED, ", revision='main'"))
    return project


def test_repo_that_was_made_anew(locked: Place, hub: FakeHub) -> None:
    before = lock_of(locked)
    ran = locked.hfmodels("lock", "--cache-dir", "cache")
    old, new = before[model(DRAFTED)]["_id"], hub.world.repo("model", DRAFTED).identity
    assert (ran.code, ran.out) == (
        1,
        f"b.py:2: HFM008 not locked: model '{DRAFTED}' at 'main': the repo of this name was made"
        f" anew on 2026-11-01 (_id {new}, locked: {old}); look at it, then"
        f" `hfmodels lock --accept {DRAFTED}`\nhfmodels.lock: 1 entry, 1 not locked\n",
    )
    assert lock_of(locked) == before


def test_repo_that_is_accepted(locked: Place, hub: FakeHub) -> None:
    old = lock_of(locked)[model(DRAFTED)]["commit"]
    ran = locked.hfmodels("lock", "--accept", DRAFTED.upper(), "--cache-dir", "cache")
    new = hub.world.repo("model", DRAFTED)
    assert ran.out == (
        f"+ model '{DRAFTED}' at 'main': {new.head[:12]} (main) of acme\n"
        f"~ model '{DRAFTED}': {old[:12]} (main) of acme -> {new.head[:12]} (main) of acme\n"
        "hfmodels.lock: 2 entries, 1 added, 1 moved\n"
    )
    assert ran.code == 0
    assert {one["_id"] for one in lock_of(locked).values()} == {new.identity}


def test_what_is_accepted_and_is_what_it_was_does_not_move(project: Place, hub: FakeHub) -> None:
    project.hfmodels("lock")
    before = (project.folder / LOCK).read_bytes()
    hub.world.commit("model", GPT2, {"config.json": "{}"})
    ran = project.hfmodels("lock", "--accept", GPT2, "--cache-dir", "cache")
    assert ran.out == "hfmodels.lock: 1 entry, nothing new\n"
    assert (project.folder / LOCK).read_bytes() == before


def test_what_is_accepted_and_does_not_answer_stays(project: Place, hub: FakeHub) -> None:
    project.hfmodels("lock")
    before = (project.folder / LOCK).read_bytes()
    hub.fault = Fault.status(503)
    ran = project.hfmodels("lock", "--accept", GPT2, "--cache-dir", "cache")
    assert (ran.code, (project.folder / LOCK).read_bytes()) == (1, before)


def test_owner_that_was_registered_anew(project: Place, hub: FakeHub) -> None:
    """Another repo of the same name is refused as well: the account is the stranger."""
    hub.world.create_user("author", at="2020-01-01")
    hub.world.create_repo("model", "author/one", files={"config.json": "{}"})
    project.write("app.py", LOAD.format("author/one", ""))
    project.hfmodels("lock")
    hub.world.delete_account("author")
    hub.world.create_user("author", at="2026-01-01")
    hub.world.create_repo("model", "author/two", files={"config.json": "{}"})
    project.write("b.py", LOAD.format("author/two", ""))
    ran = project.hfmodels("lock", "--cache-dir", "cache")
    assert ran.code == 1
    assert "HFM008 not locked: model 'author/two': the account 'author' is another one" in ran.out


# Code and lock held against each other


def test_they_agree(project: Place, hub: FakeHub) -> None:
    project.hfmodels("lock")
    hub.clear()
    ran = project.hfmodels("lock", "--check")
    assert (ran.code, ran.out, ran.err) == (0, "hfmodels.lock: 1 entry, as the code has it\n", "")
    assert hub.requests == []


def test_reference_that_is_not_locked(project: Place, hub: FakeHub) -> None:
    project.hfmodels("lock")
    hub.clear()
    project.write("b.py", loads(DRAFTED) + LOAD.format(GPT2, ", revision='v1'"))
    ran = project.hfmodels("lock", "--check")
    assert (ran.code, ran.out.splitlines()) == (
        1,
        [
            "b.py:2:1: HFM015 AutoModel.from_pretrained() loads 'acme/drafted', not in"
            " hfmodels.lock; run `hfmodels lock`, and look at what it adds",
            "b.py:4:1: HFM015 AutoModel.from_pretrained() loads 'openai-community/gpt2' at 'v1',"
            " not in hfmodels.lock, which has it without a revision; run `hfmodels lock`, and look"
            " at what it adds",
            "hfmodels.lock: 1 entry, 2 not as the code has it",
        ],
    )
    assert hub.requests == []


def test_entry_that_nothing_uses(project: Place) -> None:
    project.write("b.py", LOAD.format(DRAFTED, ""))
    project.hfmodels("lock")
    project.write("b.py", "")
    ran = project.hfmodels("lock", "--check")
    assert (ran.code, ran.out) == (
        1,
        f"hfmodels.lock: nothing uses model '{DRAFTED}'; run `hfmodels lock`\n"
        "hfmodels.lock: 2 entries, 1 not as the code has it\n",
    )
    assert project.hfmodels("lock", "--check", "app.py").code == 0


def test_check_without_a_lock(project: Place) -> None:
    ran = project.hfmodels("lock", "--check")
    assert (ran.code, ran.out) == (1, "hfmodels.lock: is not there; run `hfmodels lock`\n")


def test_check_in_json(project: Place) -> None:
    project.write("c.py", LOAD.format("gpt2", ""))
    project.hfmodels("lock")
    project.write("c.py", "")
    project.write("b.py", LOAD.format(DRAFTED, ""))
    said = told(project.hfmodels("lock", "--check", "--format", "json"))
    assert [(one["code"], one["path"], one["line"]) for one in said["findings"]] == [
        ("HFM015", "b.py", 2)
    ]
    assert [one["repo"] for one in said["unused"]] == ["gpt2"]


def test_lock_in_json(locked: Place) -> None:
    said = told(locked.hfmodels("lock", "--format", "json", "--cache-dir", "cache"))
    (refused,) = said["not_locked"]
    assert (said["entries"], said["added"], refused["code"], refused["places"]) == (
        1,
        [],
        "HFM008",
        [{"path": "b.py", "line": 2}],
    )
    moved = told(
        locked.hfmodels("lock", "--format", "json", "--accept", DRAFTED, "--cache-dir", "cache")
    )
    assert [one["revision"] for one in (*moved["added"], *moved["moved"])] == ["main", None]


def test_silenced_reference_is_silent(project: Place) -> None:
    project.write("b.py", "")
    project.hfmodels("lock")
    project.write(
        "b.py", LOAD.format(DRAFTED, "").rstrip() + "  # hfmodels: ignore[HFM015] a demo\n"
    )
    assert project.hfmodels("lock", "--check").code == 0


# What goes wrong


@pytest.mark.parametrize("option", [(), ("--check",)])
def test_lock_that_is_none(project: Place, option: tuple[str, ...]) -> None:
    project.write(LOCK, "{")
    ran = project.hfmodels("lock", *option)
    assert ran.code == 2
    assert ran.err.startswith("hfmodels: hfmodels.lock: is no valid JSON")
    assert (project.folder / LOCK).read_text() == "{"


def test_standard_input(project: Place) -> None:
    ran = project.hfmodels("lock", "-")
    assert (ran.code, ran.complaints) == (
        2,
        ["hfmodels: lock is for files of a project; name a path"],
    )


def test_value_that_is_wrong(project: Place) -> None:
    ran = project.hfmodels("lock", "--max-size", "0")
    assert ran.code == 2
    assert ran.err.startswith("hfmodels: --max-size: 0 is no number of MB")


def test_option_that_is_wrong(project: Place) -> None:
    project.write("pyproject.toml", "[tool.hfmodels]\ndeadlin = 1\n")
    assert project.hfmodels("lock").code == 2


def test_read_only(project: Place) -> None:
    project.hfmodels("lock")
    path = project.folder / LOCK
    path.chmod(0o444)
    before = path.read_bytes()
    project.write("b.py", LOAD.format(DRAFTED, ""))
    ran = project.hfmodels("lock")
    assert (ran.code, ran.complaints) == (
        2,
        ["hfmodels: hfmodels.lock: is read-only; left as it is"],
    )
    assert ran.out.splitlines()[-1] == "hfmodels.lock: not written: 2 entries, 1 added"
    assert path.read_bytes() == before


PROGRAM = "import sys; from flake8_hfmodels.cli.main import main\n"
END = "sys.exit(main(['lock']))"
STOPPED = {
    "full disk": (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "import flake8_hfmodels.cli.lock as lock\n"
        "write = lock.write_bytes\n"
        "def limited(*given):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "    return write(*given)\n"
        "lock.write_bytes = limited\n",
        2,
    ),
    "killed": (
        "import os, signal\nos.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n",
        -9,
    ),
    "interrupted": (
        "import os, signal\nos.fsync = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n",
        130,
    ),
}


@pytest.mark.parametrize("name", STOPPED)
def test_stopped_in_the_middle(project: Place, name: str) -> None:
    project.hfmodels("lock")
    before = (project.folder / LOCK).read_bytes()
    project.write("b.py", LOAD.format(DRAFTED, ""))
    stop, code = STOPPED[name]
    ran = project.unmeasured().python("-c", PROGRAM + stop + END)
    assert (ran.code, (project.folder / LOCK).read_bytes()) == (code, before)
    assert project.hfmodels("lock").code == 0
    assert [*lock_of(project)] == [model(DRAFTED), model(GPT2)]


def test_two_runs_at_once(project: Place, hub: FakeHub) -> None:
    """Both read an empty folder; each locks what it was told to, and nothing gets lost."""
    names = [f"acme/m-{number}" for number in range(4)]
    for number, name in enumerate(names):
        hub.world.create_repo("model", name, files={"config.json": "{}"})
        project.write(f"f{number}.py", LOAD.format(name, ""))
    hub.fault = Fault.slow(0.2)
    runs = [
        subprocess.Popen(
            (project.interpreter, "-m", "flake8_hfmodels", "lock", f"f{number}.py"),
            cwd=project.folder,
            env=project.environment,
            stdout=subprocess.PIPE,
        )
        for number in range(4)
    ]
    for run in runs:
        run.communicate(timeout=60)
    assert [run.returncode for run in runs] == [0] * 4
    assert [*lock_of(project)] == [model(name) for name in names]


def test_what_another_run_writes_meanwhile_is_kept(project: Place, hub: FakeHub) -> None:
    project.hfmodels("lock")
    project.write("b.py", LOAD.format(DRAFTED, ""))
    project.write("c.py", LOAD.format("gpt2", ""))
    meanwhile = (
        "import flake8_hfmodels.cli.lock as lock, subprocess\n"
        "save = lock.save\n"
        "def later(*given):\n"
        "    run = (sys.executable, '-m', 'flake8_hfmodels', 'lock', 'c.py')\n"
        "    subprocess.run(run, check=True, capture_output=True)\n"
        "    return save(*given)\n"
        "lock.save = later\n"
        "sys.exit(main(['lock', 'b.py']))"
    )
    ran = project.unmeasured().python("-c", PROGRAM + meanwhile)
    assert ran.code == 0, ran.err
    assert [*lock_of(project)] == [model(DRAFTED), model("gpt2"), model(GPT2)]


def test_link_to_a_lock_stays_one(project: Place) -> None:
    project.write("shared/there.json", written(Lock(LOCK)))
    (project.folder / LOCK).symlink_to("shared/there.json")
    assert project.hfmodels("lock").code == 0
    assert (project.folder / LOCK).is_symlink()
    assert [*lock_of(project)] == [model(GPT2)]


# Where people stand, and what files are called


@pytest.mark.parametrize("said", [(), (".",), ("..",), ("a.py",)])
def test_from_a_folder_below(project: Place, said: tuple[str, ...]) -> None:
    """The lock is that of the project, and keeps what is not read now."""
    project.hfmodels("lock")
    project.write("below/a.py", LOAD.format(DRAFTED, ""))
    below = Inside(project.folder / "below", project.environment)
    assert below.hfmodels("lock", *said).code == 0
    assert {key: one["used_by"] for key, one in lock_of(project).items()} == {
        model(DRAFTED): ["below/a.py"],
        model(GPT2): ["app.py"],
    }
    assert below.hfmodels("lock", "--check", *said).code == 0


def test_files_outside_of_the_folder_of_the_lock(project: Place, place: Place) -> None:
    other = place.inside("other")
    other.write("b.py", LOAD.format(DRAFTED, ""))
    inner = project.inside("inner")
    assert inner.hfmodels("lock", "--lock", "own.lock", "../other", "../app.py").code == 0
    data = json.loads((inner.folder / "own.lock").read_text())
    assert [one["used_by"] for one in data["repos"]] == [["../other/b.py"], ["../app.py"]]


def test_names_of_files_that_are_no_text(project: Place) -> None:
    for name in ("ü.py", "a\\b.py", os.fsdecode(b"\xff\x1b[2J.py")):
        project.write(name, LOAD.format(GPT2, ""))
    project.write("app.py", "")
    assert project.hfmodels("lock").code == 0
    assert lock_of(project)[model(GPT2)]["used_by"] == [
        "a\\b.py",
        "ü.py",
        "\udcff\x1b[2J.py",
    ]
    ran = project.hfmodels("lock", "--check")
    assert (ran.code, ran.err) == (0, "")


def test_submodule_has_a_lock_of_its_own(project: Place) -> None:
    project.write(".git/HEAD", "")
    project.write("module/.git", "gitdir: ../.git/modules/module\n")
    project.write("module/a.py", LOAD.format(DRAFTED, ""))
    ran = project.hfmodels("lock", "--format", "json")
    assert [(one["path"], one["entries"]) for one in json.loads(ran.out)["locks"]] == [
        ("hfmodels.lock", 1),
        ("module/hfmodels.lock", 1),
    ]


@pytest.mark.parametrize("command", [("lock",), ("lock", "--check"), ("check",), ("update",)])
def test_pipe_is_no_lock(project: Place, command: tuple[str, ...]) -> None:
    os.mkfifo(project.folder / LOCK)
    ran = project.hfmodels(*command)
    assert (ran.code, ran.complaints) == (
        2,
        [
            "hfmodels: hfmodels.lock: cannot be read (it is no file); restore it from your version"
            " control, or delete it and run `hfmodels lock`"
        ],
    )


# What a Hub may answer


HOSTILE: dict[str, Mapping[str, Any]] = {
    "names": {"siblings": [{"rfilename": "\x1b[2J\n../x.py", "blobId": "1" * 40, "size": 1}]},
    "licence": {"tags": ["license:\x1b[2J\nmit"]},
    "id": {"_id": "\x1b[2J\n"},
    "size": {"siblings": [{"rfilename": "config.json", "blobId": "1" * 40, "size": 10**30}]},
    "half a character": {"tags": ["license:\ud800"]},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_hub_says_of_a_repo_is_only_text(project: Place, hub: FakeHub, name: str) -> None:
    body = {**ANEW, **HOSTILE[name]}
    hub.fault = Fault.reply(json.dumps(body).encode(), path="/api/models/")
    first, again = project.hfmodels("lock"), project.hfmodels("lock", "--check")
    assert (first.code, again.code, again.err) == (0, 0, "")
    assert not {*"\x1b"} & {*first.out, *again.out, *(project.folder / LOCK).read_text()}


REFUSED = {
    "another commit": (
        Fault.reply(json.dumps({**ANEW, "sha": "a" * 40}).encode(), path="/api/models/"),
        "the Hub answered for another commit than it was asked for",
    ),
    "no id": (
        Fault.reply(json.dumps({**ANEW, "id": "../x"}).encode(), path="/api/models/"),
        "the answer is not what the Hub sends",
    ),
    "in circles": (Fault("loop", "/api/models/"), "the Hub redirects in circles"),
    "half": (Fault.halved(path="/api/models/"), "the answer is not what the Hub sends"),
    "broken off": (Fault.truncated(path="/api/models/"), "the Hub broke off its answer"),
    "too much": (Fault.padded(11_000_000, path="/api/models/"), "larger than 10 MB"),
    "too deep": (Fault.deep(path="/api/models/"), "the answer is not what the Hub sends"),
    "limit": (Fault.rate_limited(300, path="/api/models/"), "the Hub limits the rate"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_answer_that_is_none_is_not_locked(project: Place, hub: FakeHub, name: str) -> None:
    fault, why = REFUSED[name]
    project.write("app.py", LOAD.format(GPT2, f", revision={head(GPT2)!r}"))
    hub.fault = fault
    ran = project.hfmodels("lock")
    assert (ran.code, f"app.py:2: not locked: model '{GPT2}' at " in ran.out) == (1, True)
    assert why in ran.out
    assert not (project.folder / LOCK).exists()


def test_limit_between_repo_and_owner(project: Place, hub: FakeHub) -> None:
    hub.fault = Fault.rate_limited(300, path="/overview")
    ran = project.hfmodels("lock")
    assert (ran.code, lock_of(project)[model(GPT2)]["owner"]) == (0, None)
    assert "the lock has no owner of it" in ran.err


def test_token_is_in_no_lock(project: Place) -> None:
    project.write("app.py", LOAD.format("alice/secret-model", ""))
    there = project.where(HF_TOKEN=VALID_TOKEN)
    runs = [there.hfmodels(*one) for one in (("lock",), ("lock", "--check"), ("update",))]
    assert [one.code for one in runs] == [0, 0, 0]
    said = "".join(one.out + one.err for one in runs) + (project.folder / LOCK).read_text()
    assert VALID_TOKEN not in said


# After a merge


def sides(project: Place, hub: FakeHub, change: Callable[[], object]) -> str:
    """The text of a lock whose sides differ by what changed between two runs."""
    project.hfmodels("lock", "--cache-dir", "one")
    ours = read(str(project.folder / LOCK))
    (project.folder / LOCK).unlink()
    change()
    project.hfmodels("lock", "--cache-dir", "two")
    theirs = read(str(project.folder / LOCK))
    return conflict(replace(ours, path=LOCK), replace(theirs, path=LOCK))


@pytest.mark.parametrize("command", [("check",), ("lock", "--check")], ids=["check", "lock"])
def test_conflicts_are_told(project: Place, command: tuple[str, ...]) -> None:
    text = "<<<<<<< HEAD\n{\n=======\n}\n>>>>>>> theirs\n"
    project.write(LOCK, text)
    ran = project.hfmodels(*command)
    words = "hfmodels.lock: has merge conflicts; `hfmodels lock` resolves them"
    assert (ran.code, ran.complaints) == (2, [f"hfmodels: {words}"])
    assert (project.folder / LOCK).read_text() == text


def test_both_sides_of_a_merge_are_kept(project: Place, hub: FakeHub) -> None:
    def other_branch() -> None:
        project.write("app.py", LOAD.format(DRAFTED, ""))

    text = sides(project, hub, other_branch)
    project.write("b.py", LOAD.format(GPT2, ""))
    project.write(LOCK, text)
    hub.clear()
    ran = project.hfmodels("lock", "--cache-dir", "three")
    assert (ran.code, hub.requests) == (0, [])
    found = lock_of(project)
    assert {key: one["used_by"] for key, one in found.items()} == {
        model(DRAFTED): ["app.py"],
        model(GPT2): ["b.py"],
    }


def test_sides_that_differ_are_asked_for_again(project: Place, hub: FakeHub) -> None:
    text = sides(project, hub, lambda: hub.world.commit("model", GPT2, {"config.json": "1"}))
    hub.world.commit("model", GPT2, {"config.json": "2"})
    project.write(LOCK, text)
    ran = project.hfmodels("lock", "--cache-dir", "three")
    now = hub.world.repo("model", GPT2).head
    assert (ran.code, lock_of(project)[model(GPT2)]["commit"]) == (0, now)
    assert f"-> {now[:12]} (main)" in ran.out


def test_sides_that_differ_and_no_answer(project: Place, hub: FakeHub) -> None:
    text = sides(project, hub, lambda: hub.world.commit("model", GPT2, {"config.json": "1"}))
    project.write(LOCK, text)
    ran = project.hfmodels("lock", "--offline", "--cache-dir", "three")
    assert ran.code == 1
    words = "hfmodels.lock: left as it is, as the two sides of a merge differ: model"
    assert f"{words} '{GPT2}'\n" in ran.out
    assert (project.folder / LOCK).read_text() == text


def test_sides_that_differ_of_what_was_not_read(project: Place, hub: FakeHub) -> None:
    text = sides(project, hub, lambda: hub.world.commit("model", GPT2, {"config.json": "1"}))
    project.write(LOCK, text)
    project.write("b.py", LOAD.format(DRAFTED, ""))
    assert project.hfmodels("lock", "b.py").code == 1
    assert (project.folder / LOCK).read_text() == text


def test_sides_that_trust_different_repos(project: Place, hub: FakeHub) -> None:
    project.write("app.py", LOAD.format(DRAFTED, ""))
    text = sides(project, hub, lambda: recreated(hub, DRAFTED))
    project.write(LOCK, text)
    ran = project.hfmodels("lock", "--cache-dir", "three")
    assert ran.code == 1
    assert "HFM008 not locked: model 'acme/drafted': the two sides of the merge trust" in ran.out
    assert (project.folder / LOCK).read_text() == text
    assert project.hfmodels("lock", "--accept", DRAFTED, "--cache-dir", "three").code == 0
    new = hub.world.repo("model", DRAFTED).identity
    assert lock_of(project)[model(DRAFTED)]["_id"] == new


# A check by the lock is a check by the Hub


@pytest.mark.parametrize("door", DOORS)
def test_doors_ask_nobody_where_there_is_a_lock(project: Place, hub: FakeHub, door: str) -> None:
    project.hfmodels("lock")
    hub.clear()
    locked = DOORS[door](project, "app.py")
    project.write("b.py", LOAD.format(DRAFTED, ""))
    unlocked = DOORS[door](project, "b.py")
    assert head(GPT2) in locked.said()[0][3]
    assert (locked.codes(), unlocked.codes()) == (["HFM001"], ["HFM001", "HFM015"])
    assert (hub.requests, locked.err) == ([], "")


@pytest.fixture(scope="module")
def by_both(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Any, Any, set[str]]]:
    """Of each situation, what is found by the Hub, by a lock just made, and what is locked."""
    place = Place.at(tmp_path_factory.mktemp("both") / "project", "")
    with FakeHub(small_world()) as fake:
        place = place.where(HF_ENDPOINT=fake.url)
        lines = [*IMPORTS, *(row.code for row in EVERYWHERE.values())]
        place.write("app.py", "\n".join(lines) + "\n")
        options = ("--threads", "2", "--deadline", "60")
        refused = place.hfmodels("lock", *options)
        accepted = set(re.findall(r"`hfmodels lock (--accept) (\S+)`", refused.out))
        ran = place.hfmodels("lock", *options, *(word for pair in accepted for word in pair))
        assert ran.code == 1, ran.err
        lock = read(str(place.folder / LOCK))
        client = Client(identity(fake.url, None), Limits(threads=2), None)
        with closing(Hub(client, 60.0)) as opened:
            return {
                name: (
                    findings(row, opened),
                    findings(row, lookup_in(lock)),
                    {one.repo_id for one in lock.entries},
                )
                for name, row in EVERYWHERE.items()
            }


def findings(
    row: Row, lookup: Callable[[Collection[Target]], Mapping[Target, Facts]]
) -> list[Finding]:
    """What the rules say of one line; facts come from a lookup."""
    source = parse("app.py", "\n".join([*IMPORTS, row.code]).encode())
    assert isinstance(source, PythonSource)
    referring = refer(source)
    assert referring is not None
    rules = chosen(["HFM"], SILENT)
    return [*conclude([referring], lookup, rules, with_fixes=False).findings]


def said(some: list[Finding]) -> list[tuple[str, str, str, str | None]]:
    return [(one.code, one.message, one.severity.value, one.suggested_revision) for one in some]


@pytest.mark.parametrize("name", EVERYWHERE)
def test_findings_by_the_lock_are_those_by_the_hub(
    by_both: Mapping[str, tuple[Any, Any, set[str]]], name: str
) -> None:
    hub, lock, _ids = by_both[name]
    not_locked = [one for one in lock if one.code == "HFM015"]
    if not not_locked:
        assert said(lock) == said(hub)
        return
    static = {code for code, *_rest in said(hub)} - {"HFM004", "HFM006", "HFM007"}
    assert {code for code, *_rest in said(lock)} - {"HFM015"} == static


@pytest.mark.parametrize("name", EVERYWHERE)
def test_nothing_that_the_hub_is_asked_about_passes_in_silence(
    by_both: Mapping[str, tuple[Any, Any, set[str]]], name: str
) -> None:
    hub, lock, _ids = by_both[name]
    gone = {one.code for one in hub} & {"HFM004", "HFM006", "HFM007"}
    assert gone <= {one.code for one in lock} or "HFM015" in {one.code for one in lock}


def test_most_situations_can_be_locked(
    by_both: Mapping[str, tuple[Any, Any, set[str]]],
) -> None:
    """Else the tests above would hold of nothing."""
    whole = [name for name, (_hub, lock, _ids) in by_both.items() if "HFM015" not in codes(lock)]
    assert len(whole) >= 35
    gone = {code for name in whole for code in codes(by_both[name][1])}
    assert {"HFM001", "HFM002", "HFM004", "HFM005", "HFM007", "HFM010"} <= gone


def codes(some: list[Finding]) -> set[str]:
    return {one.code for one in some}
