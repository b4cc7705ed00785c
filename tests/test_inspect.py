"""`hfmodels inspect` against the fake Hub: what it says of repos in all situations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels.cli.commands import command_line
from flake8_hfmodels.cli.exits import CLEAN, NOT_ASKED, USAGE
from flake8_hfmodels.cli.inspect import BOTH, NO_REPOS, NOTHING, ONLY_ALL, run
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.hub.opening import close_all, open_hub
from flake8_hfmodels.reference import Target
from flake8_hfmodels.settings import Settings
from tests.doors import Place
from tests.fakehub import VALID_TOKEN, FakeHub, Fault

FORECASTER = "79ad8a244836f08ed9e4915dc79941cda80c703c"


@dataclass(frozen=True)
class Inspector:
    """A folder, and whom those ask who look at repos from there."""

    folder: Path
    hub: FakeHub

    def run(self, *options: str) -> Outcome:
        """Look in this process, with nothing left of an earlier look."""
        close_all()
        where = ("--cache-dir", self.answers)
        return run(command_line().parse_args(["inspect", *where, *options]))

    @property
    def answers(self) -> str:
        """The folder of the cache."""
        return str(self.folder.with_name("answers"))

    def report(self, *options: str) -> dict[str, Any]:
        """What is said in JSON."""
        said: dict[str, Any] = json.loads(self.run("--format", "json", *options).text)
        return said

    def one(self, *options: str) -> dict[str, Any]:
        """What is said of the only repo, in JSON."""
        (repo,) = self.report(*options)["repos"]
        return dict(repo)


@pytest.fixture
def inspector(tmp_path: Path, hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> Inspector:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    return Inspector(folder, hub)


def codes(risk: dict[str, Any]) -> list[str]:
    return [one["code"] for one in risk["reasons"]]


# Repos of all kinds


@pytest.mark.parametrize(
    ("asked", "level", "without", "found"),
    [
        pytest.param("openai-community/gpt2", "low", "low", [], id="well"),
        pytest.param("gpt2", "low", "low", ["HFM005"], id="first-name"),
        pytest.param("facebook/detr-resnet-50-panoptic", "low", "low", ["HFM002"], id="pickle"),
        pytest.param("acme/pickled-lora", "low", "low", ["HFM002"], id="adapter"),
        pytest.param("acme/painter", "low", "low", [], id="pipeline"),
        pytest.param("acme/painter-mixed", "low", "low", ["HFM002"], id="mixed-pipeline"),
        pytest.param("acme/sentences-dense", "low", "low", ["HFM002"], id="dense-module"),
        pytest.param("acme/reviews-setfit", "high", "high", ["HFM002"], id="head-beside-weights"),
        pytest.param(
            "bigscience/bloom-7b1-sharded", "low", "low", ["HFM002"] * 2, id="two-engines"
        ),
        pytest.param("acme/diarizer", "high", "high", ["HFM002"] * 2, id="no-known-mark"),
        pytest.param("acme/flair-tagger", "high", "high", ["HFM002"] * 2, id="flair"),
        pytest.param(
            "mcpotato/42-eicar-street", "high", "high", ["HFM010", "HFM002"], id="flagged"
        ),
        pytest.param("acme/odd-weights", "medium", "medium", ["HFM010"], id="suspicious"),
        pytest.param("acme/cleaned-up", "low", "low", [], id="flagged-no-more"),
        pytest.param("acme/cleaned-up@v1", "high", "high", ["HFM010"], id="flagged-then"),
        pytest.param("microsoft/Phi-3-mini-4k-instruct", "high", "low", ["HFM003"], id="code"),
        pytest.param(
            "acme/borrowed-encoder", "high", "low", ["HFM003", "HFM004"], id="borrowed-code"
        ),
        pytest.param("nina-vogel/lung-nodules", "medium", "medium", ["HFM005"], id="moved"),
        pytest.param("dentalai-labs/segmenter", "high", "high", ["HFM004"], id="orphan"),
        pytest.param("dentalai/toothfairy", "high", "high", ["HFM004"], id="gone"),
        pytest.param("acme/retired-model", "low", "low", ["HFM006"], id="missing"),
        pytest.param("nosuchname", "low", "low", ["HFM006"], id="no-namespace"),
        pytest.param("acme/forecaster@v9", "medium", "medium", ["HFM006"], id="no-revision"),
        pytest.param("datasets/rajpurkar/squad", "low", "low", [], id="dataset"),
        pytest.param(
            "datasets/acme/pickled-records", "medium", "medium", ["HFM002"], id="pickled-data"
        ),
        pytest.param("datasets/acme/flagged-records", "high", "high", ["HFM010"], id="bad-data"),
        pytest.param("spaces/evaluate-metric/accuracy", "low", "low", [], id="space"),
        pytest.param(
            "kernels/kernels-community/flash-attn2", "high", "high", ["HFM003"], id="kernel"
        ),
    ],
)
def test_risk(inspector: Inspector, asked: str, level: str, without: str, found: list[str]) -> None:
    risk = inspector.one(asked)["risk"]
    assert (risk["level"], risk["without_trust_remote_code"]) == (level, without)
    assert codes(risk) == found


def test_impostor(inspector: Inspector, hub: FakeHub) -> None:
    commit = hub.world.repo("model", "acme/translator").refs["refs/pr/1"]
    said = inspector.one(f"acme/translator@{commit}")
    assert codes(said["risk"]) == ["HFM007"]
    assert said["repo"]["history"] == "in no branch or tag"
    assert said["repo"]["pull_request"] == "refs/pr/1"


def test_identity(inspector: Inspector) -> None:
    said = inspector.one("openai-community/gpt2")
    assert (said["state"], said["what"], said["elsewhere"]) == ("found", "there", [])
    assert said["owner"] == {
        "state": "found",
        "name": "openai-community",
        "kind": "org",
        "object_id": "659dde0068c0ffee42000011",
        "is_verified": False,
        "fullname": "OpenAI community",
    }
    repo = said["repo"]
    assert repo["object_id"] == "621ffdc068c0ffee42000016"
    assert (repo["licence"], repo["downloads"], repo["likes"]) == ("mit", 11_500_000, 2_900)
    assert repo["created_at"].startswith("2022-03-02")
    assert repo["commit"] == said["head"] == "607a30d783dfa663caf39e06633721c8d4cfcd7e"
    assert repo["provenance"] == {
        "files": 7,
        "with_hash": 7,
        "with_sha256": 3,
        "commit_signatures": None,
    }


def test_custom_code(inspector: Inspector) -> None:
    code = inspector.one("acme/encoder")["repo"]["custom_code"]
    assert code["is_there"] is True
    assert code["files"] == [{"repo_id": "acme/encoder-code", "path": "modeling_acme.py"}]


def test_trust_is_a_condition(inspector: Inspector) -> None:
    reasons = inspector.one("mallory/fast-loader")["risk"]["reasons"]
    assert reasons
    assert all(one["only_with_trust_remote_code"] for one in reasons)
    assert all("on by default" not in one["what"] for one in reasons)


def test_asked_revision_is_not_the_head(inspector: Inspector) -> None:
    said = inspector.one("acme/forecaster@v1.0")
    assert said["head"] == FORECASTER
    assert said["repo"]["commit"] == "1b3518a16e22b8ddc43c883f688216fc3e1b31c0"
    assert [one["path"] for one in said["repo"]["pickles"]] == ["pytorch_model.bin"]


def test_base_of_an_adapter(inspector: Inspector, hub: FakeHub) -> None:
    hub.world.delete_repo("model", "acme/translator")
    said = inspector.one("acme/summary-lora")
    (base,) = said["repo"]["base_models"]
    assert (base["repo_id"], base["state"], base["is_loaded"]) == (
        "acme/translator",
        "missing",
        True,
    )
    assert [(one["code"], one["base_model"]) for one in said["risk"]["reasons"]] == [
        ("HFM006", "acme/translator")
    ]


def test_base_that_is_not_loaded_is_no_reason(inspector: Inspector) -> None:
    said = inspector.one("TheBloke/Llama-2-7B-GGUF")
    (base,) = said["repo"]["base_models"]
    assert (base["state"], base["is_loaded"], base["id"]) == ("missing", False, None)
    assert said["risk"]["reasons"] == []


def test_orphaned_and_moved_bases(inspector: Inspector, hub: FakeHub) -> None:
    bases = ("dentalai-labs/segmenter", "nina-vogel/lung-nodules", "dentalai/toothfairy")
    tags = tuple(f"base_model:merge:{one}" for one in (*bases, "no id at all"))
    hub.world.create_repo("model", "acme/merged", {"config.json": "{}"}, tags=tags)
    found = inspector.one("acme/merged")["repo"]["base_models"]
    assert [one["state"] for one in found] == ["orphaned", "moved", "gone"]


def test_only_so_many_bases(inspector: Inspector, hub: FakeHub) -> None:
    tags = tuple(f"base_model:merge:acme/part-{number}" for number in range(12))
    hub.world.create_repo("model", "acme/merged", {"config.json": "{}"}, tags=tags)
    repo = inspector.one("acme/merged")["repo"]
    assert (len(repo["base_models"]), repo["base_models_left_out"]) == (10, 2)
    assert "4 more" not in inspector.run("acme/merged").text
    assert "6 more" in inspector.run("acme/merged").text


def test_scan_that_is_not_done_is_not_known(inspector: Inspector) -> None:
    said = inspector.one("alice/fresh-upload")
    assert said["risk"]["not_known"] == ["what the Hub's scanners find: they are not done"]
    assert said["repo"]["pickles"][0]["scanners"] == "not scanned yet"
    assert "risk      low, as far as is known" in inspector.run("alice/fresh-upload").text


def test_files_for_two_libraries_are_judged_for_both(inspector: Inspector, hub: FakeHub) -> None:
    files = {"model_index.json": 10, "config.json": 10, "pytorch_model.bin": 10}
    safe = {"unet/diffusion_pytorch_model.safetensors": 10}
    hub.world.create_repo("model", "mallory/both", {**files, **safe})
    (reason,) = inspector.one("mallory/both")["risk"]["reasons"]
    assert "AutoModel.from_pretrained()" in reason["what"]


def test_script_of_a_dataset_is_code(inspector: Inspector, hub: FakeHub) -> None:
    hub.world.create_repo("dataset", "acme/scripted", {"scripted.py": "x = 1\n"})
    risk = inspector.one("datasets/acme/scripted")["risk"]
    assert [(one["code"], one["only_with_trust_remote_code"]) for one in risk["reasons"]] == [
        ("HFM003", True)
    ]


def test_private_repo_with_a_token(inspector: Inspector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", VALID_TOKEN)
    assert inspector.one("alice/secret-model")["repo"]["private"] is True
    assert "private" in inspector.run("alice/secret-model").text


def test_gated_and_disabled(inspector: Inspector) -> None:
    repo = inspector.one("ykilcher/gpt-4chan")["repo"]
    assert (repo["gated"], repo["disabled"]) == (True, True)


def test_there_as_another_type(inspector: Inspector) -> None:
    said = inspector.one("rajpurkar/squad")
    assert said["elsewhere"] == ["dataset"]
    assert said["next"][0]["text"] == "hfmodels inspect --type dataset rajpurkar/squad"


def test_type_of_the_command_line(inspector: Inspector) -> None:
    said = inspector.one("--type", "dataset", "rajpurkar/squad")
    assert (said["repo_type"], said["state"]) == ("dataset", "found")


def test_what_a_project_ignores_counts(inspector: Inspector) -> None:
    text = '[tool.hfmodels]\nignore = ["HFM002"]\nselect = ["HFM001", "HFM014"]\n'
    inspector.folder.joinpath("pyproject.toml").write_text(text, encoding="utf-8")
    assert codes(inspector.one("acme/encoder-h5")["risk"]) == ["HFM002", "HFM014"]


def test_severity_of_the_project(inspector: Inspector) -> None:
    text = '[tool.hfmodels]\nseverity = { HFM002 = "high" }\n'
    inspector.folder.joinpath("pyproject.toml").write_text(text, encoding="utf-8")
    assert inspector.one("acme/encoder-h5")["risk"]["level"] == "high"


def test_ten_thousand_files(inspector: Inspector, hub: FakeHub) -> None:
    files = {f"shard-{number:05}.bin": 10 for number in range(10_000)}
    hub.world.create_repo("model", "acme/many", files)
    text = inspector.run("acme/many").text
    assert "10000 pickle (100 kB)" in text
    assert "9994 more" in text
    assert len(text.splitlines()) < 60


def test_hostile_names(inspector: Inspector, hub: FakeHub) -> None:
    names = ("\x1b[31mred.bin", "../../etc/passwd.bin", "a\nb.pkl", "z" * 5_000 + ".pt")
    hub.world.create_repo(
        "model",
        "mallory/names",
        dict.fromkeys(names, 10),
        tags=("license:\x1b]0;owned\x07",),
        config={"auto_map": {"AutoModel": "\x1b[2J--../x\n.Y"}},
    )
    outcome = inspector.run("mallory/names")
    assert outcome.code == CLEAN
    assert "\x1b" not in outcome.text
    assert "\x07" not in outcome.text
    assert max(map(len, outcome.text.splitlines())) <= 80


# Several repos


def test_each_once_in_the_order_of_the_command_line(inspector: Inspector) -> None:
    said = inspector.report("acme/encoder", "acme/painter", "acme/encoder")
    assert [one["repo_id"] for one in said["repos"]] == ["acme/encoder", "acme/painter"]


def test_table_above_several(inspector: Inspector) -> None:
    lines = inspector.run("acme/encoder", "nina-vogel/lung-nodules").text.splitlines()
    assert lines[0].split() == ["RISK", "REPO", "HEAD", "OWNER", "REASONS"]
    assert lines[2].split()[:4] == ["medium", "nina-vogel/lung-nodules", "24c980d602a8", "radiolab"]


def test_numbers(inspector: Inspector) -> None:
    summary = inspector.report("acme/encoder", "acme/painter", "nina-vogel/lung-nodules", "user/x")
    assert summary["summary"] == {
        "repos": 4,
        "high": 1,
        "medium": 1,
        "low": 1,
        "unknown": 1,
        "unanswered": 1,
        "requests": summary["summary"]["requests"],
        "mode": "online",
        "seconds": summary["summary"]["seconds"],
    }
    assert 0 < summary["summary"]["requests"] < 15


def test_second_look_asks_nobody(inspector: Inspector) -> None:
    inspector.report("acme/encoder")
    assert inspector.report("acme/encoder")["summary"]["requests"] == 0


# What the code names

CODE = """from datasets import load_dataset
from transformers import AutoModel
AutoModel.from_pretrained("acme/forecaster", revision="v1.0")
AutoModel.from_pretrained("acme/painter", revision="v1")
AutoModel.from_pretrained("Acme/Painter", revision="v2")
AutoModel.from_pretrained("your-org/model")
AutoModel.from_pretrained("secret/model")
AutoModel.from_pretrained("acme/reviewed", revision="../etc")
AutoModel.from_pretrained("dentalai-labs/segmenter")
load_dataset("rajpurkar/squad")
"""


@pytest.fixture
def code(inspector: Inspector) -> Inspector:
    inspector.folder.joinpath("app.py").write_text(CODE, encoding="utf-8")
    text = '[tool.hfmodels]\nnever-ask = ["secret"]\n'
    inspector.folder.joinpath("pyproject.toml").write_text(text, encoding="utf-8")
    return inspector


def test_all_of_the_code(code: Inspector, hub: FakeHub) -> None:
    said = code.report("--all")["repos"]
    assert [(one["repo_type"], one["repo_id"], one["revision"]) for one in said] == [
        ("model", "dentalai-labs/segmenter", None),
        ("model", "acme/forecaster", "v1.0"),
        ("model", "acme/painter", None),
        ("model", "acme/reviewed", None),
        ("dataset", "rajpurkar/squad", None),
    ]
    assert not [one for one in hub.requests if "secret" in one.path]


def test_all_of_a_path(code: Inspector) -> None:
    code.folder.joinpath("sub").mkdir()
    code.folder.joinpath("sub", "one.py").write_text("x = 1\n", encoding="utf-8")
    outcome = code.run("--all", "--path", "sub")
    assert (outcome.code, outcome.complaints) == (CLEAN, (NO_REPOS,))
    assert outcome.text.startswith("no repos; 0 requests; online; ")


def test_file_that_cannot_be_read(code: Inspector) -> None:
    outcome = code.run("--all", "--path", "nowhere.py", "--path", "app.py")
    assert outcome.code == USAGE
    assert "nowhere.py" in outcome.complaints[0]
    assert "dentalai-labs/segmenter" in outcome.text


# Bad input


@pytest.mark.parametrize(
    ("options", "line"),
    [
        pytest.param((), NOTHING, id="nothing"),
        pytest.param(("--all", "acme/x"), BOTH, id="both"),
        pytest.param(("--path", ".", "acme/x"), ONLY_ALL, id="path-alone"),
        pytest.param(("--all", "--path", "-"), "--path: inspect reads files", id="input"),
        pytest.param(("../etc/passwd",), "'../etc/passwd' is no id of a repo", id="path"),
        pytest.param(("a\x1b[31m/b",), "is no id of a repo", id="escape"),
        pytest.param(("a/b@",), "behind the @ must stand a branch", id="no-revision"),
        pytest.param(("a/b@../../x",), "behind the @ must stand a branch", id="bad-revision"),
        pytest.param(("a" * 5_000,), "is no id of a repo", id="long"),
        pytest.param(
            ("--type", "space", "datasets/a/b"), "is a dataset, and asked for is a space", id="type"
        ),
        pytest.param(("--timeout", "-1", "a/b"), "timeout: ", id="no-time"),
        pytest.param(("--config", "missing.toml", "a/b"), "missing.toml", id="configuration"),
    ],
)
def test_bad_input(inspector: Inspector, options: Sequence[str], line: str) -> None:
    outcome = inspector.run(*options)
    assert (outcome.code, outcome.text) == (USAGE, "")
    (complaint,) = outcome.complaints
    assert line in complaint
    assert len(complaint) < 250


def test_kept_at_home(inspector: Inspector, hub: FakeHub) -> None:
    said = inspector.one("--never-ask", "acme", "acme/painter")
    assert (said["state"], said["risk"]["level"], said["next"]) == ("unknown", None, [])
    assert said["risk"]["not_known"] == ["the repo: never-ask keeps this name at home"]
    assert hub.requests == []


def test_owner_of_what_is_kept_at_home(inspector: Inspector, hub: FakeHub) -> None:
    said = inspector.one("--never-ask", "acme/p*", "acme/painter")
    assert said["owner"] is None
    assert hub.requests == []


def test_base_that_is_kept_at_home(inspector: Inspector, hub: FakeHub) -> None:
    said = inspector.one("--never-ask", "acme/translator", "acme/summary-lora")
    (lack,) = said["risk"]["not_known"]
    assert lack == "base model acme/translator: never-ask keeps this name at home"
    assert not [one for one in hub.requests if "translator" in one.path]


def test_placeholder_is_nobodys(inspector: Inspector, hub: FakeHub) -> None:
    said = inspector.one("your-org/model")
    assert said["risk"]["not_known"] == [
        "the repo: its owner is a placeholder, as documentation has them"
    ]
    assert hub.requests == []


# No answer


def test_offline(inspector: Inspector, hub: FakeHub) -> None:
    outcome = inspector.run("--offline", "acme/painter")
    assert outcome.code == CLEAN
    assert "risk      not known\n" in outcome.text
    assert "not known: the repo: offline, and not in the cache" in outcome.text
    assert "0 requests; offline; " in outcome.text
    assert hub.requests == []


def test_offline_with_answers(inspector: Inspector) -> None:
    inspector.run("acme/painter")
    assert inspector.one("--offline", "acme/painter")["state"] == "found"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        pytest.param("acme/painter", CLEAN, id="answered"),
        pytest.param("user/model", NOT_ASKED, id="not-asked"),
    ],
)
def test_strict(inspector: Inspector, asked: str, code: int) -> None:
    assert inspector.run("--strict", asked).code == code


def test_nobody_listens(inspector: Inspector, nobody_listens: str) -> None:
    outcome = inspector.run("--endpoint", nobody_listens, "--strict", "acme/painter")
    assert outcome.code == NOT_ASKED
    assert "1 repo unanswered" in outcome.complaints[0]
    assert "hfmodels inspect acme/painter  # once the Hub answers" in outcome.text


def test_limited_on_the_way(inspector: Inspector, hub: FakeHub) -> None:
    hub.fault = Fault.status(429, path="/api/(users|organizations)/")
    said = inspector.one("acme/painter")
    assert said["state"] == "found"
    assert said["owner"]["state"] == "unknown"
    (lack,) = said["risk"]["not_known"]
    assert lack.startswith("its owner: ")
    assert said["risk"]["level"] == "low"


def test_base_without_an_answer(inspector: Inspector, hub: FakeHub) -> None:
    hub.fault = Fault.status(503, path="acme/translator")
    said = inspector.one("acme/summary-lora")
    assert said["repo"]["base_models"][0]["state"] == "unknown"
    (lack,) = said["risk"]["not_known"]
    assert lack.startswith("base model acme/translator: ")


def test_head_without_an_answer(inspector: Inspector, hub: FakeHub) -> None:
    hub.fault = Fault.status(500, path=r"models/acme/forecaster\?")
    said = inspector.one("acme/forecaster@v1.0")
    assert (said["state"], said["head"]) == ("found", None)
    assert any(one.startswith("its head: ") for one in said["risk"]["not_known"])
    assert "head not known" in inspector.run("acme/forecaster@v1.0").text


def test_code_without_an_answer(inspector: Inspector, hub: FakeHub) -> None:
    hub.fault = Fault.status(403, path="/resolve/")
    said = inspector.one("mallory/fast-loader")
    (lack,) = said["risk"]["not_known"]
    assert lack.startswith("the code of mallory/fast-loader: ")
    assert said["repo"]["custom_code"]["repos"][0]["not_known"] is not None


def test_repo_of_code_without_an_answer(inspector: Inspector, hub: FakeHub) -> None:
    hub.fault = Fault.status(503, path="acme/encoder-code")
    said = inspector.one("acme/encoder")
    (lack,) = said["risk"]["not_known"]
    assert lack.startswith("the code of acme/encoder-code: ")


def test_a_part_of_the_code_that_was_not_read(inspector: Inspector, hub: FakeHub) -> None:
    code = {"AutoModel": "modeling_big.M"}
    files: dict[str, str | int] = {"config.json": "{}", "modeling_big.py": 50_000_000}
    hub.world.create_repo("model", "acme/big", {**files}, config={"auto_map": code})
    said = inspector.one("acme/big")
    (lack,) = said["risk"]["not_known"]
    assert lack.startswith("a part of the code of acme/big: modeling_big.py: ")


def test_missing_where_nobody_knows_the_owner(inspector: Inspector, hub: FakeHub) -> None:
    hub.fault = Fault.status(500, path="/api/(users|organizations)/")
    said = inspector.one("dentalai/toothfairy")
    assert said["risk"]["level"] is None
    assert "whether 'dentalai' has an owner" in said["risk"]["not_known"]


def test_old_answers(inspector: Inspector, hub: FakeHub) -> None:
    close_all()
    before = open_hub(Settings(cache_dir=inspector.answers), with_blobs=True)
    then = datetime.now(timezone.utc) - timedelta(days=3)
    before.client.now = lambda: then
    before([Target("model", "acme/painter", None)])
    before.close()
    hub.fault = Fault.drop()
    assert "all of this is by old answers" in inspector.run("acme/painter").text
    assert inspector.one("acme/painter")["is_by_old_answers"] is True


# Where it goes


def test_to_a_file(inspector: Inspector) -> None:
    outcome = inspector.run("--output", "out.json", "--format", "json", "acme/painter")
    assert outcome.text.startswith("1 repo: 1 low; ")
    written = json.loads(inspector.folder.joinpath("out.json").read_text(encoding="utf-8"))
    assert written["version"] == 1


def test_to_a_stream(place: Place) -> None:
    said = place.hfmodels("inspect", "--output", "/dev/stdout", "acme/painter").out
    assert said.startswith("model acme/painter\n")
    assert said.count("1 repo: 1 low; ") == 1


def test_to_nowhere(inspector: Inspector) -> None:
    outcome = inspector.run("--output", "no/such/folder", "acme/painter")
    assert outcome.code == USAGE
    assert outcome.complaints[-1].startswith("--output: no/such/folder: cannot be written")


def test_on_a_terminal(place: Place, hub: FakeHub) -> None:
    hub.fault = Fault.slow(0.2, path="/api/models")
    here = place.where(CI="")
    seen = here.on_a_terminal(
        "-m", "flake8_hfmodels", "inspect", "acme/encoder", "gpt2", with_errors=True
    )
    assert "asking the Hub: " in seen
    assert "\x1b[1;31mhigh" in seen
