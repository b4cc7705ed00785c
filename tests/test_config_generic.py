"""Keys that speak of models and data, in files of which nobody knows who reads them."""

from __future__ import annotations

import pytest

from flake8_hfmodels.sources.config.file import mistake
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.source import TextSource
from tests.configs import Named, ids, messages, named, read_config
from tests.reading import SHA


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("model_name_or_path: org/m", [(1, "org/m")], id="the name of transformers"),
        pytest.param("hf_repo_id: nielsr/it", [(1, "nielsr/it")], id="a key that says Hub"),
        pytest.param("model: Qwen/Qwen2-7B", [(1, "Qwen/Qwen2-7B")], id="a value that says model"),
        pytest.param("modelId: Qwen/Qwen2-7B", [(1, "Qwen/Qwen2-7B")], id="humps"),
        pytest.param("embedding-model: BAAI/bge-m3", [(1, "BAAI/bge-m3")], id="dashes"),
        pytest.param(
            "models: [Qwen/Qwen2-7B, BAAI/bge-m3]",
            [(1, "Qwen/Qwen2-7B"), (1, "BAAI/bge-m3")],
            id="a list",
        ),
        pytest.param("model_name_or_path: nina/encoder", [(1, "nina/encoder")], id="a plain name"),
        pytest.param("base_model: nina/text-model", [(1, "nina/text-model")], id="a base"),
        pytest.param("base_model: x/text-model", [(1, "x/text-model")], id="an owner of a letter"),
        pytest.param("model_source: Qwen/Qwen2-7B", [(1, "Qwen/Qwen2-7B")], id="a source"),
        pytest.param("embed_model: local:nina/it", [(1, "nina/it")], id="llama_index"),
        pytest.param("model: hf:/nina/it", [(1, "nina/it")], id="mlflow"),
        pytest.param(
            "data: {file_type: huggingface, path: nina/it}", [(1, "nina/it")], id="data of the Hub"
        ),
        pytest.param(
            "data: {path: nina/it, split: train}", [(1, "nina/it")], id="data with a split"
        ),
        pytest.param("x: {source: hf, repo: nina/it}", [(1, "nina/it")], id="a repo of the Hub"),
        pytest.param(
            "x:\n  model_args: pretrained=Qwen/Qwen2-7B,dtype=float",
            [(2, "Qwen/Qwen2-7B")],
            id="arguments in one text",
        ),
        pytest.param(
            "models: {text: {id: nina/it-7b, trust_remote_code: true}}",
            [(1, "nina/it-7b")],
            id="beside what only the Hub has",
        ),
        pytest.param(
            f"repo_id: nina/it\nsha: {SHA}", [(1, "nina/it")], id="a lock file of kernels"
        ),
        pytest.param("model:\n  name: Qwen/Qwen2-7B", [(2, "Qwen/Qwen2-7B")], id="a part"),
        pytest.param("model: gpt2", [(1, "gpt2")], id="one of the first repos"),
        pytest.param(
            "embedding_model: all-MiniLM-L6-v2", [(1, "all-MiniLM-L6-v2")], id="a short name"
        ),
        pytest.param(
            "model: nielsr/it\ntorch_dtype: auto",
            [(1, "nielsr/it")],
            id="a neighbour that says Hub",
        ),
        pytest.param(
            "dataset:\n  id: nielsr/it\n  split: train",
            [(2, "nielsr/it")],
            id="a neighbour that says data",
        ),
        pytest.param(
            "dataset:\n  name: imdb\n  split: train", [(2, "imdb")], id="one of the first datasets"
        ),
        pytest.param(
            "model:\n  provider: huggingface\n  name: nielsr/it",
            [(3, "nielsr/it")],
            id="a provider that loads",
        ),
        pytest.param("transformers:\n  model: nielsr/it", [(2, "nielsr/it")], id="under a library"),
        pytest.param(
            "model_name: ${oc.env:MODEL, Qwen/Qwen2-7B}",
            [(1, "Qwen/Qwen2-7B")],
            id="a default of OmegaConf",
        ),
        pytest.param(
            "model_name: ${MODEL:-Qwen/Qwen2-7B}", [(1, "Qwen/Qwen2-7B")], id="a default of a shell"
        ),
        pytest.param(
            "model: hf-hub:timm/resnet18", [(1, "timm/resnet18")], id="a prefix that says Hub"
        ),
        pytest.param(
            "name: Qwen/Qwen2-7B\nhf_id: Qwen/Qwen2-7B",
            [(2, "Qwen/Qwen2-7B")],
            id="the same twice: the stronger key",
        ),
        pytest.param(
            "provider: {kind: openai}\nmodel: Qwen/Qwen2-7B",
            [(2, "Qwen/Qwen2-7B")],
            id="a provider without a name",
        ),
        pytest.param(
            "model:\n  name: Qwen/Qwen2-7B\n  hf_id: Qwen/Qwen2-7B",
            [(3, "Qwen/Qwen2-7B")],
            id="the same twice in a mapping of its own",
        ),
        pytest.param("model: ' Qwen/Qwen2-7B '", [(1, "Qwen/Qwen2-7B")], id="blanks around"),
        pytest.param(
            "tokenizer:\n  pretrained_model_name_or_path: org/tok", [(2, "org/tok")], id="a dummy"
        ),
    ],
)
def test_repo(text: str, expected: list[tuple[int, str]]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("image: pytorch/pytorch", id="an image"),
        pytest.param("uses: actions/checkout@v4", id="an action"),
        pytest.param("repository: huggingface/transformers", id="a repository"),
        pytest.param("content_type: application/json", id="a mime type"),
        pytest.param("apiVersion: nvidia.com/v1alpha1", id="an API group"),
        pytest.param("model: ford/focus", id="a model of something else"),
        pytest.param("name: Qwen/Qwen2-7B", id="a name of nobody knows what"),
        pytest.param("model: openai/gpt-4o", id="a model that is only served"),
        pytest.param("model: ./checkpoints/best", id="a path"),
        pytest.param("model_name_or_path: outputs/best", id="a folder"),
        pytest.param("model_name_or_path: your-org/model", id="the reader's own"),
        pytest.param("model_name_or_path: username/model", id="anybody's"),
        pytest.param("model_name_or_path: data/label", id="a word, not an owner"),
        pytest.param("hub_model_id: me/mine-7b", id="where results go"),
        pytest.param("output_model_name: me/mine-7b", id="what is written"),
        pytest.param("model_dir: llama/llama-7b", id="a directory"),
        pytest.param("model: ${model.name}", id="filled in"),
        pytest.param("model: mymodel", id="one word"),
        pytest.param("dataset: mnist", id="one word that is data of many libraries"),
        pytest.param("dataset: nielsr/it", id="data of nobody knows where"),
        pytest.param(
            "provider: openrouter\nmodel: meta-llama/llama-3.1-8b-instruct", id="a provider"
        ),
        pytest.param(
            "provider: {name: together}\nmodel: Qwen/Qwen2-7B", id="a provider in a mapping"
        ),
        pytest.param("llm:\n  base_url: http://x\n  model: Qwen/Qwen2-7B", id="a server"),
        pytest.param("openrouter:\n  model: Qwen/Qwen2-7B", id="under a provider"),
        pytest.param("provider: openai\nmodel: gpt2", id="one word of a provider"),
        pytest.param("provider: openai\ndataset_name: imdb\nsplit: a", id="data of a provider"),
        pytest.param("model: Qwen/Qwen2-7B\nchoices: []", id="an answer of a server"),
        pytest.param("model: Qwen/Qwen2-7B\naccuracy: 0.9", id="a result"),
        pytest.param("a: {b: {c: {d: {provider: ollama, model: Qwen/Qwen2-7B}}}}", id="deep"),
        pytest.param(
            "task: x\ndataset_path: csv\ndataset_name: mnli", id="a part of what is named beside it"
        ),
        pytest.param("'': Qwen/Qwen2-7B", id="no key"),
        pytest.param(f"{'x' * 100}_model: Qwen/Qwen2-7B", id="a key that is no name"),
        pytest.param("- Qwen/Qwen2-7B", id="a list alone"),
        pytest.param("x: {path: Qwen/Qwen2-7B}", id="a path of nobody knows what"),
        pytest.param("x: {path: nina/it-7b, targetRevision: HEAD}", id="a path with a revision"),
        pytest.param("data: {path: nina/it}", id="data of nobody knows where"),
        pytest.param("data: {name: nina/it, split: a}", id="the name of data"),
        pytest.param("base_model: a/b", id="letters"),
        pytest.param("model_args: nothing", id="no arguments"),
        pytest.param(
            "policy: {repo_id: nina/it, push_to_hub: true}", id="where results go, beside"
        ),
        pytest.param("hub: {repo: nina/it-7b, private: true}", id="a repo that is made"),
        pytest.param(
            "_type: huggingface_endpoint\nrepo_id: nina/it-7b", id="a type that a server runs"
        ),
        pytest.param("api_params: {model: Qwen/Qwen2-7B}", id="what a server is told"),
        pytest.param("server_address: x\nmodel_id: Qwen/Qwen2-7B", id="the address of a server"),
        pytest.param("model_name: Qwen/Qwen2-7B\nlighteval_sha: a", id="a report"),
        pytest.param("git_hash: a\nconfig: {model_name: Qwen/Qwen2-7B}", id="within a report"),
    ],
)
def test_nothing_for_everybody(text: str) -> None:
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "repo_id"),
    [
        pytest.param("model: ford/focus", "ford/focus", id="a key, and a form"),
        pytest.param("name: Qwen/Qwen2-7B", "Qwen/Qwen2-7B", id="a look alone"),
        pytest.param(
            "provider: openrouter\nmodel: Qwen/Qwen2-7B", "Qwen/Qwen2-7B", id="of a server"
        ),
        pytest.param("provider: openai\nmodel: gpt2", "gpt2", id="one word of a server"),
        pytest.param("dataset: mnist", "mnist", id="one word"),
        pytest.param("Qwen/Qwen2-7B: {size: 7}", "Qwen/Qwen2-7B", id="a key"),
        pytest.param("model: Qwen/Qwen2-7B\naccuracy: 0.9", "Qwen/Qwen2-7B", id="a result"),
        pytest.param("hub_model_id: nina/it", "nina/it", id="where results go"),
        pytest.param(
            "policy: {repo_id: nina/it, push_to_hub: true}",
            "nina/it",
            id="where results go, beside",
        ),
        pytest.param(
            "model: hf/meta-llama/Llama-3", "meta-llama/Llama-3", id="behind the name of a provider"
        ),
    ],
)
def test_for_auditors(text: str, repo_id: str) -> None:
    found = [one for one in named(text, everything=True) if one.ids == (repo_id,)]
    assert [one.persona for one in found] == ["auditor"]


@pytest.mark.parametrize("folder", ["results", "wandb/run", "lightning_logs/version_0", ".hydra"])
def test_results_are_for_auditors(folder: str) -> None:
    text = '{"model": "Qwen/Qwen2-7B"}'
    assert ids(text, f"{folder}/a.json") == []
    assert [one.persona for one in named(text, f"{folder}/a.json", True)] == ["auditor"]


@pytest.mark.parametrize("folder", ["runs", "logs/llama", "outputs/configs", "result"])
def test_folder_that_people_write_to(folder: str) -> None:
    assert ids("model: Qwen/Qwen2-7B", f"{folder}/train.yaml") == [(1, "Qwen/Qwen2-7B")]


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        pytest.param(f"model: Qwen/Q-7B\nrevision: {SHA}", (SHA,), id="beside it"),
        pytest.param(
            f"model: Qwen/Q-7B\na_kwargs: 1\nb_kwargs: {{revision: {SHA}}}\nc_kwargs: {{}}",
            (SHA,),
            id="in the options that have it",
        ),
        pytest.param(f"model: Qwen/Q-7B\nmodel_revision: {SHA}", (SHA,), id="by its own name"),
        pytest.param(f"hf_model: nielsr/it\ncommit_hash: {SHA}", (SHA,), id="a commit"),
        pytest.param(f"model:\n  id: Qwen/Q-7B\n  sha: {SHA}", (SHA,), id="a hash"),
        pytest.param(
            f"model: Qwen/Q-7B\nmodel_kwargs: {{revision: {SHA}}}", (SHA,), id="in options beside"
        ),
        pytest.param(
            f"model: {{name: Qwen/Q-7B}}\nmodel_revision: {SHA}", (SHA,), id="beside the key above"
        ),
        pytest.param(f"model: Qwen/Q-7B@{SHA}", (SHA,), id="behind the name"),
        pytest.param(
            f"revision: {SHA}\na: {{repo_id: nielsr/it}}", (SHA,), id="of all that stand there"
        ),
        pytest.param(
            "revision: v1\na: {repo_id: nielsr/it}", "absent", id="a tag of something else"
        ),
        pytest.param("model: Qwen/Q-7B\nrevision:", "absent", id="empty"),
        pytest.param("model: Qwen/Q-7B\nrevision: null", "absent", id="null"),
        pytest.param("model: Qwen/Q-7B\nrevision: ${rev}", "unknown", id="filled in"),
        pytest.param("model: Qwen/Q-7B\nmodel_kwargs: {a: b}", "absent", id="other options"),
    ],
)
def test_revision(text: str, revision: object) -> None:
    assert [one.revision for one in named(text) if one.ids != "absent"] == [revision]


def test_revision_of_one_of_several() -> None:
    text = f"model: Qwen/Q-7B\ntokenizer: Qwen/T-7B\ndataset_id_or_path: nielsr/it\nrevision: {SHA}"
    assert named(text) == [
        Named(1, "model", ("Qwen/Q-7B",), (SHA,), confidence="medium"),
        Named(2, "tokenizer", ("Qwen/T-7B",), (SHA,), confidence="medium"),
        Named(3, "dataset_id_or_path", ("nielsr/it",), confidence="medium"),
    ]


@pytest.mark.parametrize(
    ("text", "repo_type"),
    [
        pytest.param("dataset_name_or_path: nielsr/it", "dataset", id="the key"),
        pytest.param("repo_id: nielsr/it\nrepo_type: dataset", "dataset", id="a neighbour"),
        pytest.param("dataset_path: [{repo_id: nielsr/it}]", "dataset", id="the key above"),
        pytest.param("hf_space_id: nielsr/it\nhf_repo: nielsr/it", "model", id="a model"),
        pytest.param("space_repo_id: nielsr/it", "model", id="neither"),
    ],
)
def test_repo_type(text: str, repo_type: str) -> None:
    assert [one.repo_type for one in read_config(text)] == [repo_type]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("a.json", '{"model": "Qwen/Qwen2-7B"}', id="JSON"),
        pytest.param("a.toml", '[a]\nmodel = "Qwen/Qwen2-7B"', id="TOML"),
        pytest.param("a.cfg", "[a]\nmodel = Qwen/Qwen2-7B", id="sections"),
        pytest.param("a.yml", "a: 1\n---\nmodel: Qwen/Qwen2-7B", id="several documents"),
        pytest.param("a.yml", "a: 1\r\nmodel: Qwen/Qwen2-7B\r\n", id="carriage returns"),
    ],
)
def test_language(path: str, text: str) -> None:
    assert [repo_id for _line, repo_id in ids(text, path)] == ["Qwen/Qwen2-7B"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("a: 1", "", id="right"),
        pytest.param(
            "a: 1\nb: [", "is no valid YAML (did not find expected node content)", id="cut off"
        ),
    ],
)
def test_mistake(text: str, message: str) -> None:
    source = TextSource("a.yaml", "yaml", whole_file(text), split_lines(text), lambda _: False)
    trouble = mistake(source)
    assert (trouble.message.partition(";")[0] if trouble is not None else "") == message


def test_anchor_counts_once() -> None:
    text = "a: &a\n  model: Qwen/Qwen2-7B\nb: *a\nc:\n  <<: *a\n"
    assert ids(text) == [(2, "Qwen/Qwen2-7B")]


def test_place() -> None:
    (found,) = read_config('a:\n  model: "Qwen/Qwen2-7B"\n')
    assert (found.span.line, found.span.column) == (2, 3)
    (written,) = (one for one, _target in found.targets())
    assert (written.span.line, written.span.column) == (2, 11)


def test_place_of_a_value_in_another_line() -> None:
    (found,) = read_config("model:\n  - Qwen/Qwen2-7B\n")
    assert (found.span.line, found.span.column, found.span.end_column) == (2, 5, 18)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "model_name_or_path: org/m",
            "1:1 model_name_or_path names 'org/m' without a revision; write its full commit hash as"
            " model_revision beside it",
            id="a key of transformers",
        ),
        pytest.param(
            "model: {id: Qwen/Qwen2-7B, revision: main}",
            "1:9 model.id names 'Qwen/Qwen2-7B' at 'main', a branch or tag that can move; write its"
            " full commit hash as revision beside it",
            id="a part",
        ),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert messages(text) == [expected]


def test_long_list_is_data() -> None:
    rows = "".join('{"repo_id": "nielsr/it"},\n' for _ in range(600))
    assert ids(f"[{rows}{{}}]", "a.json") == []


def test_a_key_of_very_many_says_nothing_of_the_others() -> None:
    others = "".join(f"k{number}: 1\n" for number in range(200))
    assert ids(f"model: Qwen/Qwen2-7B\nprovider: openai\n{others}") == [(1, "Qwen/Qwen2-7B")]
    assert ids(f"model: nielsr/it\ntorch_dtype: auto\n{others}") == []
