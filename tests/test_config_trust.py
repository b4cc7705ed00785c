"""Flags that let the code of a repo run."""

from __future__ import annotations

import pytest

from tests.configs import messages, named, read_config

BESIDE = "{} lets the code of the model beside it run; read the code, and pin the commit you read"
ALONE = BESIDE.format("trust_remote_code")


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        pytest.param("a.yaml", "a: 1\ntrust_remote_code: true", "2:1", id="YAML"),
        pytest.param("a.yaml", "trust_remote_code: 'True'", "1:1", id="a text"),
        pytest.param("a.yaml", "trust_remote_code: 1", "1:1", id="a number"),
        pytest.param("a.yaml", "a:\n  - trust_remote_code: yes", "2:5", id="deeper"),
        pytest.param("a.json", '{"trust_remote_code": true}', "1:3", id="JSON"),
        pytest.param("a.toml", "[a]\ntrust_remote_code = true", "2:1", id="TOML"),
    ],
)
def test_flag_alone(path: str, text: str, place: str) -> None:
    assert messages(text, path) == [f"{place} {ALONE}"]


@pytest.mark.parametrize("key", ["trust-remote-code", "trustRemoteCode", "model_trust_remote_code"])
def test_spelling(key: str) -> None:
    assert messages(f"{key}: true") == [f"1:1 {BESIDE.format(key)}"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("trust_remote_code: false", id="off"),
        pytest.param("trust_remote_code: null", id="nothing"),
        pytest.param("trust_remote_code: ${trust}", id="filled in"),
        pytest.param("no_trust_remote_code: true", id="the contrary"),
        pytest.param("trust: true", id="trust in something else"),
        pytest.param("args: [--trust-remote-code=false]", id="an argument that turns it off"),
        pytest.param("args: [--no-trust-remote-code]", id="an argument for the contrary"),
        pytest.param("description: use --trust-remote-code with care", id="prose"),
        pytest.param("trust_remote_code: true\ncolumn: 3", id="a report"),
        pytest.param("trust_remote_code: {a: true}", id="no value"),
    ],
)
def test_nothing_is_allowed(text: str) -> None:
    assert messages(text) == []


@pytest.mark.parametrize(
    ("text", "call"),
    [
        pytest.param("hf_model: nielsr/it\ntrust_remote_code: true", "hf_model", id="beside it"),
        pytest.param(
            "hf_model: nielsr/it\nmodel_kwargs:\n  trust_remote_code: true",
            "hf_model",
            id="in options",
        ),
        pytest.param(
            "hf_dataset: nielsr/ds\nhf_model: nielsr/it\ntrust_remote_code: true",
            "hf_model",
            id="the model",
        ),
        pytest.param(
            "hf_dataset: nielsr/ds\nhf_model: nielsr/it\ndataset_trust_remote_code: true",
            "hf_dataset",
            id="the data",
        ),
        pytest.param(
            "hf_dataset: nielsr/ds\ntrust_remote_code: true", "hf_dataset", id="what there is"
        ),
        pytest.param(
            "task: x\ndataset_path: nielsr/ds\ndataset_kwargs: {trust_remote_code: true}",
            "dataset_path",
            id="a known program",
        ),
    ],
)
def test_flag_of_a_repo(text: str, call: str) -> None:
    assert [one.call for one in named(text) if one.trust == (True,)] == [call]


def test_words_name_the_repo_and_the_place_is_the_flags() -> None:
    assert messages("hf_model: nielsr/it\nrevision: " + "a" * 40 + "\ntrust_remote_code: true") == [
        "3:1 hf_model with trust_remote_code lets the code of 'nielsr/it' run; read the code, and"
        " pin the commit you read"
    ]


def test_flag_of_what_is_elsewhere() -> None:
    text = "model: {hf_model: nielsr/it}\ntrainer: {trust_remote_code: true}"
    assert [one.call for one in named(text) if one.trust == (True,)] == ["trust_remote_code"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("extraArgs: [--trust-remote-code]", id="a list"),
        pytest.param("extraArgs:\n  - --trust_remote_code=true", id="a value"),
        pytest.param("vllm_args: --a b --trust-remote-code --c", id="a text"),
        pytest.param("anything:\n  - '--trust-remote-code'", id="a word alone"),
    ],
)
def test_argument_of_an_unknown_program(text: str) -> None:
    assert [one.call for one in read_config(text)] == ["--trust-remote-code"]


def test_switch_of_the_environment() -> None:
    text = "env:\n  HF_DATASETS_TRUST_REMOTE_CODE: '1'\n"
    assert messages(text) == [
        "2:3 HF_DATASETS_TRUST_REMOTE_CODE=1 lets the code of every repo run; read the code, and"
        " pin the commit you read"
    ]
