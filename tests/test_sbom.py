"""`hfmodels sbom` against the fake Hub: what is in a bill, with a lock and without; bad input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from flake8_hfmodels.cli.sbom import INSTALL, _moment
from flake8_hfmodels.lock.reading import read
from flake8_hfmodels.materials import spdx
from tests.doors import HEAD, LOAD, Place
from tests.fakehub import FakeHub, Fault
from tests.fakehub.seed import GPT2
from tests.inside import Inside

BASE = "pkg:huggingface/"
FORMATS = ("cyclonedx-json", "cyclonedx-xml", "spdx-json")
DATASET = 'from datasets import load_dataset\nload_dataset("{}"{})\n'
ADAPTER = 'from peft import AutoPeftModelForCausalLM as A\nA.from_pretrained("{}")\n'
TRUSTED = ", trust_remote_code=True"


@pytest.fixture
def place(place: Place) -> Place:
    place.write("pyproject.toml", '[project]\nname = "clinic"\nversion = "1.2"\n')
    return Inside.of(place).where(SOURCE_DATE_EPOCH="1700000000")


@pytest.fixture
def lonely(lonely: Place) -> Place:
    lonely.write("pyproject.toml", '[project]\nname = "clinic"\n')
    return Inside.of(lonely)


def bill(place: Place, *options: str) -> dict[str, Any]:
    """The bill of a place in CycloneDX, valid by the official schema."""
    ran = place.hfmodels("sbom", *options)
    assert ran.code == 0, ran
    return valid(ran.out)


def valid(text: str) -> dict[str, Any]:
    schema = make_schemabased_validator(OutputFormat.JSON, SchemaVersion.V1_7)
    assert schema.validate_str(text) is None
    document: dict[str, Any] = json.loads(text)
    return document


def only(document: dict[str, Any]) -> dict[str, Any]:
    (component,) = document["components"]
    assert isinstance(component, dict)
    return component


def properties(component: dict[str, Any]) -> dict[str, list[str]]:
    """The properties of a component; one may be there several times."""
    found: dict[str, list[str]] = {}
    for one in component["properties"]:
        found.setdefault(one["name"].removeprefix("hfmodels:"), []).append(one["value"])
    return found


def names(document: dict[str, Any]) -> dict[str, str]:
    """The components by group and name, with whether each is pinned."""
    return {
        f"{one.get('group', '')}/{one['name']}": properties(one)["pinned"][0]
        for one in document.get("components", ())
    }


# What is in it


def test_a_model(place: Place, hub: FakeHub) -> None:
    place.write("src/app.py", LOAD.format("gpt2", ""))
    document = bill(place)
    model = only(document)
    assert (model["type"], model["group"], model["name"]) == (
        "machine-learning-model",
        "openai-community",
        "gpt2",
    )
    assert model["version"] == GPT2
    assert model["bom-ref"].endswith(f"/model/openai-community/gpt2@{GPT2}")
    assert model["purl"] == f"{BASE}openai-community/gpt2@{GPT2}?repository_url={hub.url}"
    assert model["supplier"] == {
        "name": "openai-community",
        "url": [f"{hub.url}/openai-community"],
    }
    (licence,) = model["licenses"]
    assert licence["license"]["id"] == "MIT"
    assert licence["license"]["acknowledgement"] == "declared"
    assert model["evidence"]["occurrences"] == [
        {
            "location": "src/app.py",
            "line": 2,
            "bom-ref": f"{model['bom-ref']}#place:000000",
            "symbol": "AutoModel.from_pretrained",
            "additionalContext": "no revision",
        }
    ]
    assert {one["type"]: one["url"] for one in model["externalReferences"]} == {
        "vcs": f"{hub.url}/openai-community/gpt2",
        "distribution": f"{hub.url}/openai-community/gpt2/tree/{GPT2}",
        "model-card": f"{hub.url}/openai-community/gpt2/blob/{GPT2}/README.md",
    }
    assert properties(model) == {
        "created_at": ["2022-03-02T23:29:04Z"],
        "custom_code": ["false"],
        "format": ["onnx", "pickle", "safetensors"],
        "gated": ["false"],
        "locked": ["false"],
        "named_as": ["gpt2"],
        "object_id": [hub.world.repo("model", "openai-community/gpt2").identity],
        "pinned": ["false"],
        "private": ["false"],
        "ref": ["main"],
        "type": ["model"],
    }


def test_files_that_are_loaded_and_their_hashes(place: Place, hub: FakeHub) -> None:
    place.write("app.py", LOAD.format("openai-community/gpt2", ""))
    repo = hub.world.repo("model", "openai-community/gpt2")
    files = repo.commits[repo.head].files
    found = {one["name"]: one for one in only(bill(place))["components"]}
    assert sorted(found) == ["config.json", "model.safetensors", "vocab.json"]
    assert found["model.safetensors"]["hashes"] == [
        {"alg": "SHA-256", "content": files["model.safetensors"].sha256}
    ]
    assert "omniborId" not in found["model.safetensors"]
    assert found["config.json"]["omniborId"] == [f"gitoid:blob:sha1:{files['config.json'].blob_id}"]
    assert "hashes" not in found["config.json"]


def test_the_project(place: Place) -> None:
    place.write("app.py", LOAD.format("gpt2", ""))
    document = bill(place, "--timestamp", "2026-11-22T12:00:00+01:00")
    about = document["metadata"]
    assert about["component"] == {
        "type": "application",
        "bom-ref": "project",
        "name": "clinic",
        "version": "1.2",
    }
    assert about["timestamp"] == "2026-11-22T11:00:00+00:00"
    assert about["lifecycles"] == [{"phase": "pre-build"}]
    assert [one["name"] for one in about["tools"]["components"]] == ["flake8-hfmodels"]
    (loaded,) = (one["bom-ref"] for one in document["components"])
    assert {"ref": "project", "dependsOn": [loaded]} in document["dependencies"]


def test_pinned_from_unpinned(place: Place, hub: FakeHub) -> None:
    head = hub.world.repo("model", "acme/forecaster").head
    place.write(
        "app.py",
        HEAD
        + f'AutoModel.from_pretrained("acme/forecaster", revision="{head}")\n'
        + 'AutoModel.from_pretrained("acme/reviewed", revision="main")\n'
        + 'import os\nAutoModel.from_pretrained("gpt2", revision=os.environ["REV"])\n',
    )
    assert names(bill(place)) == {
        "acme/forecaster": "true",
        "acme/reviewed": "false",
        "openai-community/gpt2": "unknown",
    }


def test_a_pin_that_one_place_lacks_is_none(place: Place, hub: FakeHub) -> None:
    head = hub.world.repo("model", "acme/forecaster").head
    place.write("a.py", LOAD.format("acme/forecaster", f', revision="{head}"'))
    place.write("b.py", LOAD.format("acme/forecaster", ', revision="main"'))
    found = only(bill(place))
    assert properties(found)["pinned"] == ["false"]
    assert properties(found)["revision"] == [head, "main"]
    assert [one["location"] for one in found["evidence"]["occurrences"]] == ["a.py", "b.py"]


def test_a_dataset_has_no_package_url(place: Place, hub: FakeHub) -> None:
    place.write("app.py", DATASET.format("rajpurkar/squad", ""))
    found = only(bill(place))
    assert (found["type"], found["group"], found["name"]) == ("data", "rajpurkar", "squad")
    assert "purl" not in found
    assert found["externalReferences"][-1]["url"] == f"{hub.url}/datasets/rajpurkar/squad"


def test_what_comes_along(place: Place) -> None:
    place.write("app.py", LOAD.format("acme/encoder", TRUSTED))
    document = bill(place)
    assert names(document) == {"acme/encoder": "false", "acme/encoder-code": "false"}
    by_name = {one["name"]: one["bom-ref"] for one in document["components"]}
    edges = {one["ref"]: one.get("dependsOn") for one in document["dependencies"]}
    assert edges["project"] == [by_name["encoder"]]
    assert edges[by_name["encoder"]] == [by_name["encoder-code"]]


def test_base_models(place: Place, hub: FakeHub) -> None:
    tags = ("base_model:acme/plain", "base_model:finetune:acme/plain", "base_model:adapter:../x")
    hub.world.create_repo("model", "acme/tuned", {"config.json": "{}"}, tags=tags)
    place.write("app.py", LOAD.format("acme/tuned", ""))
    (ancestor,) = only(bill(place))["pedigree"]["ancestors"]
    assert (ancestor["group"], ancestor["name"]) == ("acme", "plain")
    assert ancestor["purl"] == f"{BASE}acme/plain?repository_url={hub.url}"
    assert "version" not in ancestor


def test_mentions_where_they_are_wanted(place: Place) -> None:
    place.write("app.py", 'from huggingface_hub import InferenceClient\nInferenceClient("gpt2")\n')
    assert names(bill(place)) == {}
    assert names(bill(place, "--mentions")) == {"openai-community/gpt2": "false"}


def test_nothing_is_loaded(place: Place) -> None:
    place.write("app.py", "print()\n")
    document = bill(place)
    assert "components" not in document
    assert document["dependencies"] == [{"ref": "project"}]


def test_what_the_source_does_not_say(place: Place) -> None:
    place.write("app.py", HEAD + "def load(name):\n    AutoModel.from_pretrained(name)\n")
    ran = place.hfmodels("sbom")
    assert ran.complaints == [
        "hfmodels: 1 reference not in the bill: the source does not say which repo is loaded"
    ]
    assert properties(valid(ran.out)["metadata"]) == {
        "unnamed": ["app.py:3: AutoModel.from_pretrained"]
    }


# By the lock


def test_by_the_lock_nobody_is_asked(place: Place, hub: FakeHub) -> None:
    place.write("app.py", LOAD.format("openai-community/gpt2", ""))
    assert place.hfmodels("lock").code == 0
    before = bill(place)
    hub.world.commit("model", "openai-community/gpt2", {"config.json": "{}"}, at="2035-01-01")
    hub.clear()
    assert bill(place) == before
    assert not hub.requests
    found = properties(only(before))
    assert (found["locked"], found["pinned"]) == (["true"], ["false"])
    (entry,) = read(str(place.folder / "hfmodels.lock")).entries
    assert entry.owner is not None
    assert found["owner_id"] == [entry.owner.object_id]


def test_the_lock_and_the_hub_agree(place: Place) -> None:
    place.write("app.py", LOAD.format("openai-community/gpt2", ""))
    by_hub = only(bill(place))
    assert place.hfmodels("lock").code == 0
    by_lock = only(bill(place))
    del by_hub["properties"], by_lock["properties"]
    assert by_hub == by_lock


def test_what_the_lock_lacks(place: Place, hub: FakeHub) -> None:
    place.write("app.py", LOAD.format("openai-community/gpt2", ""))
    assert place.hfmodels("lock").code == 0
    place.write("more.py", LOAD.format("acme/forecaster", ""))
    ran = place.hfmodels("sbom", "--strict")
    assert ran.code == 3
    assert ran.complaints == [
        "hfmodels: 1 repo without a commit: not in hfmodels.lock",
        "hfmodels: the lock is not as the code has it; run `hfmodels lock`",
    ]
    found = {one["name"]: one for one in valid(ran.out)["components"]}
    assert "version" not in found["forecaster"]
    assert properties(found["forecaster"])["unresolved"] == ["not in hfmodels.lock"]


# What is not known


@pytest.mark.parametrize(
    ("call", "why"),
    [
        pytest.param(LOAD.format("acme/none-such", ""), "the Hub shows no such repo", id="id"),
        pytest.param(
            LOAD.format("acme/forecaster", ', revision="v99"'),
            "the repo has no such revision",
            id="revision",
        ),
        pytest.param(
            LOAD.format("your-org/model", ""), "the Hub was not asked about it", id="placeholder"
        ),
    ],
)
def test_unknown_to_the_hub(place: Place, call: str, why: str) -> None:
    place.write("app.py", call)
    ran = place.hfmodels("sbom", "--strict")
    assert (ran.code, ran.complaints) == (0, [f"hfmodels: 1 repo without a commit: {why}"])
    found = only(valid(ran.out))
    assert "version" not in found
    assert properties(found)["unresolved"] == [why]


def test_names_that_stay_at_home(place: Place, hub: FakeHub) -> None:
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    ran = place.hfmodels("sbom", "--never-ask", "acme", "--strict")
    assert ran.code == 0
    assert properties(only(valid(ran.out)))["unresolved"] == ["the Hub was not asked about it"]
    assert not hub.requests


@pytest.mark.parametrize(("option", "code"), [("--offline", 0), ("--strict", 3)])
def test_no_network(lonely: Place, option: str, code: int) -> None:
    lonely.write("app.py", LOAD.format("acme/forecaster", ""))
    ran = lonely.hfmodels("sbom", option)
    assert ran.code == code
    assert len(ran.complaints) == 1
    assert "unresolved" in properties(only(valid(ran.out)))


def test_offline_by_the_cache(place: Place) -> None:
    place.write("app.py", LOAD.format("openai-community/gpt2", ""))
    before = bill(place)
    assert bill(place, "--offline") == before


def test_rate_limited(place: Place, hub: FakeHub) -> None:
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    hub.fault = Fault.rate_limited(300)
    ran = place.hfmodels("sbom", "--strict")
    assert ran.code == 3
    assert "unresolved" in properties(only(valid(ran.out)))


def test_a_token_that_is_not_taken(place: Place) -> None:
    place.write("app.py", LOAD.format("openai-community/gpt2", ""))
    ran = place.where(HF_TOKEN="hf_expired_token_for_tests").hfmodels("sbom")
    assert "token" in ran.complaints[0]
    assert only(valid(ran.out))["version"] == GPT2


# All formats


def test_two_runs_differ_in_the_moment_alone(place: Place) -> None:
    place.write("app.py", LOAD.format("gpt2", "") + DATASET.format("rajpurkar/squad", ""))
    for form in FORMATS:
        first = place.hfmodels("sbom", "--format", form).out
        assert place.hfmodels("sbom", "--format", form).out == first
        later = place.hfmodels("sbom", "--format", form, "--timestamp", "2030-01-01").out
        assert later != first
        changed = zip(first.splitlines(), later.splitlines(), strict=True)
        assert ["2023-11-14T22:13:20" in one for one, other in changed if one != other] == [True]


def test_the_same_from_another_folder(place: Place) -> None:
    place.write("src/app.py", LOAD.format("gpt2", ""))
    inside = Inside(place.folder / "src", place.environment)
    assert inside.hfmodels("sbom").out == place.hfmodels("sbom").out
    assert place.hfmodels("sbom", "src/app.py").out == place.hfmodels("sbom").out


def test_the_same_bytes_by_another_process(place: Place, hub: FakeHub) -> None:
    tags = ("license:mit", "license:llama2", "license:cc", "license:apache-2.0")
    hub.world.create_repo("model", "acme/several", {"config.json": "{}"}, tags=tags)
    place.write("app.py", HEAD + 'AutoModel.from_pretrained("acme/several")\n' * 12)
    outside = Place(place.folder, place.environment)
    runs = [outside.where(PYTHONHASHSEED=seed).hfmodels("sbom") for seed in "123"]
    assert [one.code for one in runs] == [0, 0, 0]
    assert len({one.out for one in runs}) == 1


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
@pytest.mark.parametrize("form", ["json", "xml"])
def test_each_version_of_cyclonedx(place: Place, version: str, form: str) -> None:
    place.write("app.py", LOAD.format("acme/encoder", TRUSTED) + ADAPTER.format("acme/lora"))
    ran = place.hfmodels("sbom", "--format", f"cyclonedx-{form}", "--spec-version", version)
    assert ran.code == 0
    schema = make_schemabased_validator(
        OutputFormat[form.upper()], SchemaVersion.from_version(version)
    )
    assert schema.validate_str(ran.out) is None


def test_spdx(place: Place) -> None:
    place.write("app.py", LOAD.format("acme/encoder", TRUSTED) + ADAPTER.format("acme/lora"))
    assert place.hfmodels("sbom", "--format", "spdx-json", "--output", "b.spdx.json").code == 0
    document = parse_file(str(place.folder / "b.spdx.json"))
    assert validate_full_spdx_document(document) == []
    assert document.creation_info.created == datetime(2023, 11, 14, 22, 13, 20)
    assert {"clinic", "acme/encoder", "acme/encoder-code"} <= {
        one.name for one in document.packages
    }


# Where it goes


def test_into_a_file(place: Place) -> None:
    place.write("app.py", LOAD.format("gpt2", "") + LOAD.format("acme/none-such", ""))
    ran = place.hfmodels("sbom", "--output", "b.cdx.json")
    assert ran.out == "b.cdx.json: 2 components, 0 pinned, 1 unresolved\n"
    valid((place.folder / "b.cdx.json").read_text("utf-8"))


def test_a_file_that_cannot_be_written(place: Place) -> None:
    place.write("app.py", LOAD.format("gpt2", ""))
    ran = place.hfmodels("sbom", "--output", "none/b.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.complaints == [
        "hfmodels: --output: none/b.json: cannot be written (no such file or directory)"
    ]


def test_into_what_is_open(place: Place) -> None:
    assert place.hfmodels("sbom", "--output", "/dev/null").out == ""


def test_a_bill_that_is_not_valid_is_not_written(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spdx, "VERSION", "SPDX-1.0")
    ran = place.hfmodels("sbom", "--format", "spdx-json", "--output", "b.json")
    assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 1)
    assert "which is a bug of hfmodels: only SPDX versions" in ran.complaints[0]
    assert not (place.folder / "b.json").exists()


def test_bills_are_not_read_again(place: Place) -> None:
    place.write("app.py", LOAD.format("openai-community/gpt2", ""))
    assert place.hfmodels("lock").code == 0
    # By the lock nobody is asked, whose addresses ever stand in the bill.
    real = place.where(HF_ENDPOINT="https://huggingface.co")
    for form in FORMATS:
        real.hfmodels("sbom", "--format", form, "--output", f"bill-{form}.json")
    first = (place.folder / "bill-cyclonedx-json.json").read_text("utf-8")
    assert "https://huggingface.co/openai-community/gpt2" in first
    assert real.hfmodels("sbom").out == first


# What is wrong


@pytest.mark.parametrize(
    ("options", "line"),
    [
        pytest.param(("-",), "sbom is for files of a project; name a path", id="stdin"),
        pytest.param(
            ("--timestamp", "soon"),
            "--timestamp 'soon' is no moment such as 2026-11-22T12:00:00Z",
            id="timestamp",
        ),
        pytest.param(("--never-ask", "a b/c/d"), "--never-ask: ", id="option"),
        pytest.param(("--config", "none.toml"), "none.toml", id="configuration"),
    ],
)
def test_wrong_usage(place: Place, options: tuple[str, ...], line: str) -> None:
    ran = place.hfmodels("sbom", *options)
    assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 1)
    assert ran.complaints[0].startswith(f"hfmodels: {line}")


def test_a_lock_that_cannot_be_read(place: Place) -> None:
    place.write("app.py", LOAD.format("gpt2", ""))
    place.write("hfmodels.lock", "{")
    ran = place.hfmodels("sbom")
    assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 1)
    assert ran.complaints[0].startswith("hfmodels: hfmodels.lock: is no valid JSON")


def test_a_file_that_cannot_be_read(place: Place) -> None:
    place.write("app.py", LOAD.format("gpt2", ""))
    ran = place.hfmodels("sbom", "app.py", "none.py")
    assert ran.code == 2
    assert ran.complaints[0].startswith("hfmodels: none.py")
    assert only(valid(ran.out))["version"] == GPT2


@pytest.mark.parametrize("form", FORMATS)
def test_without_the_libraries(
    place: Place, form: str, monkeypatch: pytest.MonkeyPatch, hub: FakeHub
) -> None:
    place.write("app.py", LOAD.format("gpt2", ""))
    for name in [one for one in sys.modules if one.startswith("flake8_hfmodels.materials.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cyclonedx.model", None)
    monkeypatch.setitem(sys.modules, "spdx_tools.common.spdx_licensing", None)
    monkeypatch.delattr("flake8_hfmodels.materials.cyclonedx", raising=False)
    monkeypatch.delattr("flake8_hfmodels.materials.spdx", raising=False)
    ran = place.hfmodels("sbom", "--format", form)
    assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 1)
    assert ran.complaints[0].endswith(INSTALL)
    assert not hub.requests


@pytest.mark.parametrize(
    ("said", "epoch", "moment"),
    [
        pytest.param("2026-11-22T12:00:00Z", "5", datetime(2026, 11, 22, 12), id="zulu"),
        pytest.param("2026-11-22", "", datetime(2026, 11, 22), id="day"),
        pytest.param("", "0", datetime(1970, 1, 1), id="epoch"),
    ],
)
def test_moments(said: str, epoch: str, moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert _moment(said) == moment.replace(tzinfo=timezone.utc)


def test_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert abs((datetime.now(timezone.utc) - _moment("")).total_seconds()) < 5


@pytest.mark.parametrize("epoch", ["soon", "9" * 30])
def test_an_epoch_that_is_none(place: Place, epoch: str) -> None:
    ran = place.where(SOURCE_DATE_EPOCH=epoch).hfmodels("sbom")
    assert (ran.code, ran.complaints) == (
        2,
        [f"hfmodels: --timestamp: SOURCE_DATE_EPOCH='{epoch}' is no number of seconds"],
    )


@pytest.mark.parametrize(
    ("content", "project"),
    [
        pytest.param('[project]\nname = "a"\n', {"name": "a"}, id="name"),
        pytest.param(
            '[project]\nname = "\\u001b[31m"\nversion = "\\u0001"\n',
            {"name": "\\x1b[31m", "version": "\\x01"},
            id="hostile",
        ),
        pytest.param("[project]\nname = 5\n", {"name": "project"}, id="no-text"),
        pytest.param("project = 5\n", {"name": "project"}, id="no-table"),
    ],
)
def test_names_of_projects(place: Place, content: str, project: dict[str, str]) -> None:
    place.write("pyproject.toml", content)
    found = bill(place)["metadata"]["component"]
    assert {key: found[key] for key in found if key not in ("type", "bom-ref")} == project


def test_a_project_without_a_mark(tmp_path: Path, hub: FakeHub) -> None:
    folder = tmp_path / "loose"
    place = Inside.of(Place.at(folder, hub.url))
    place.write("app.py", LOAD.format("gpt2", ""))
    assert bill(place, str(folder))["metadata"]["component"]["name"] == "loose"


def test_an_endpoint_with_a_password(tmp_path: Path, hub: FakeHub) -> None:
    # A process of its own: huggingface_hub reads the endpoint once.
    door = Place.at(tmp_path / "door", hub.url.replace("://", "://me:hunter2@"))
    door.write("app.py", LOAD.format("gpt2", ""))
    ran = door.hfmodels("sbom", "--offline")
    assert "hunter2" not in ran.out
    assert hub.url in only(valid(ran.out))["externalReferences"][0]["url"]


def hostile() -> Iterator[str]:
    yield from ("evil\x1b[31m/../x", "a b/c", "o/" + "x" * 5000, "o/\ud800", "o/\x00\ufffe")


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_ids(place: Place, form: str) -> None:
    calls = "".join(f"AutoModel.from_pretrained({one!r})\n" for one in hostile())
    place.write("app.py", HEAD + calls)
    out = place.hfmodels("sbom", "--format", form).out
    assert out.replace("\n", "").isprintable()
