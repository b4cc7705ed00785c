"""Addresses, ids and comments in all other values."""

from __future__ import annotations

import pytest

from tests.configs import ids, named, read_config

FILE = "https://huggingface.co/nielsr/it/resolve/main/model.bin"


@pytest.mark.parametrize(
    ("path", "text", "persona"),
    [
        pytest.param("a.yaml", f"url: {FILE}", "regular", id="a file"),
        pytest.param("a.yaml", "files: [hf://nielsr/it/a.csv]", "regular", id="a path"),
        pytest.param("a.yaml", "link: https://huggingface.co/nielsr/it", "auditor", id="a page"),
        pytest.param("a.yaml", f"description: see {FILE}", "auditor", id="a description"),
        pytest.param("a.yaml", f"# {FILE}\na: b", "auditor", id="a comment"),
        pytest.param("uv.lock.json", f'{{"url": "{FILE}"}}', "regular", id="no lock file"),
        pytest.param("package-lock.json", f'{{"url": "{FILE}"}}', "auditor", id="a lock file"),
        pytest.param("poetry.toml", f'[a]\nb = ["x @ {FILE}"]', "regular", id="a package"),
        pytest.param(
            "x.gitmodules",
            '[submodule "a"]\nurl = https://huggingface.co/nielsr/it',
            "auditor",
            id="a submodule",
        ),
    ],
)
def test_address(path: str, text: str, persona: str) -> None:
    (found,) = read_config(text, path, everything=True)
    assert found.persona.value == persona
    assert [target.repo_id for _written, target in found.targets()] == ["nielsr/it"]


def test_address_among_very_many() -> None:
    rows = "".join(f'"{FILE}",\n' for _ in range(600))
    found = named(f"[{rows}1]", "a.json")
    assert {one.persona for one in found} == {"auditor"}


@pytest.mark.parametrize(
    ("text", "repo_id"),
    [
        pytest.param("x: Qwen/Qwen2-7B", "Qwen/Qwen2-7B", id="a value"),
        pytest.param("x: bert-base-uncased", "bert-base-uncased", id="one of the first"),
        pytest.param("x: the model `Qwen/Qwen2-7B` is good", "Qwen/Qwen2-7B", id="prose"),
        pytest.param("# the model_id: nielsr/it\na: b", "nielsr/it", id="a key in prose"),
        pytest.param("# model_id: nielsr/it\na: b", "nielsr/it", id="a doubtful key in a comment"),
        pytest.param(
            "# - {id: nielsr/it, text_column: text}\na: b",
            "nielsr/it",
            id="a row in a comment",
        ),
        pytest.param("# the Qwen/Qwen2-7B model\na: b", "Qwen/Qwen2-7B", id="prose in a comment"),
        pytest.param("x: {Qwen/Qwen2-7B: 1}", "Qwen/Qwen2-7B", id="a key"),
        pytest.param("x: ${A:-Qwen/Qwen2-7B}", "Qwen/Qwen2-7B", id="a default"),
    ],
)
def test_id_for_auditors(text: str, repo_id: str) -> None:
    found = named(text, everything=True)
    assert [(one.ids, one.persona) for one in found] == [((repo_id,), "auditor")]
    assert ids(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("image: ollama/llama-7b", id="an image"),
        pytest.param("x: train/test", id="words"),
        pytest.param("# a/b: c/d, e = f\na: b", id="a comment that names nothing"),
        pytest.param("# path: nielsr/it\na: b", id="a path in a comment"),
        pytest.param("# model: data/llama\na: b", id="a folder in a comment"),
        pytest.param("'@type': type.googleapis.com/envoy.v3.Bert", id="a type"),
        pytest.param("x: git@github.com:nielsr/it.git", id="an address of git"),
        pytest.param("x: bert", id="a word"),
        pytest.param("local: guides/lora", id="a page of a manual"),
        pytest.param("labels: {app: nina/llama-7b}", id="a label"),
        pytest.param("defaults: [{override /model: nina/llama-7b}]", id="a group of Hydra"),
        pytest.param("wandb: {project: nina/llama-7b, entity: nina/llama-7b}", id="a project"),
        pytest.param("with: {repository: nina/llama-7b}", id="a repository"),
        pytest.param("tags: |\n  nina/llama-7b:latest\n  nina/llama-7b\n", id="images in one text"),
        pytest.param("model: openai/gpt-4/turbo", id="a model that is only served"),
        pytest.param("# model_name_or_path: username/model\na: b", id="anybody's, in a comment"),
        pytest.param("hub: rlm/rag-prompt", id="a prompt"),
    ],
)
def test_nothing_for_auditors(text: str) -> None:
    assert named(text, everything=True) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("docs/_toctree.yml", "a: guides/llama-7b", id="a manual's contents"),
        pytest.param("docs/_toctree.yml", "a: b  # guides/llama-7b", id="a comment there"),
        pytest.param("package-lock.json", '{"lib/llama-7b": {"a": 1}}', id="a key of a lock file"),
        pytest.param("kernel-metadata.json", '{"id": "nina/llama-7b"}', id="Kaggle"),
    ],
)
def test_nothing_of_what_names_other_things(path: str, text: str) -> None:
    assert named(text, path, everything=True) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# model_name_or_path: nina/encoder\na: b", id="a key that says Hub"),
        pytest.param("# - model: Qwen/Qwen2-7B\na: b", id="a value that says model"),
    ],
)
def test_commented_out_key_is_pedantic(text: str) -> None:
    assert [(one.persona, one.confidence) for one in named(text, everything=True)] == [
        ("pedantic", "medium")
    ]


PACKAGE = 'dependencies = ["x @ git+https://huggingface.co/nina/pkg@main"]\n'


def test_package_out_of_a_repository() -> None:
    assert [(one.ids, one.revision, one.persona) for one in named(PACKAGE, "pyproject.toml")] == [
        (("nina/pkg",), ("main",), "regular")
    ]


def test_nothing_of_what_is_very_long() -> None:
    assert named(f"x: '{'a ' * 20000} `Qwen/Qwen2-7B`'", everything=True) == []


def test_each_once() -> None:
    text = "a: see `Qwen/Qwen2-7B` or `Qwen/Qwen2-7B`\n# model: Qwen/Qwen2-7B, Qwen/Qwen2-7B\n"
    assert [one.line for one in named(text, everything=True)] == [1, 2]


def test_folder_beside_the_file() -> None:
    found = read_config("x: Qwen/Qwen2-7B\n", everything=True, folders=("Qwen/Qwen2-7B",))
    assert found == []
