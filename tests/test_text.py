from __future__ import annotations

import pytest

from flake8_hfmodels.sources.text.code import find_code
from flake8_hfmodels.sources.text.ids import find_ids
from flake8_hfmodels.sources.text.likeness import Likeness, is_placeholder, likeness
from flake8_hfmodels.sources.text.links import find_links
from tests.reading import SHA

HUB = "https://huggingface.co"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hf://org/name", ("uri", "model", "org/name", None)),
        ("hf://org/name/model.bin", ("uri", "model", "org/name", None)),
        ("hf://models/org/name", ("uri", "model", "org/name", None)),
        ("hf://datasets/org/name/a/*.parquet", ("uri", "dataset", "org/name", None)),
        ("hf://spaces/org/name", ("uri", "space", "org/name", None)),
        ("hf://kernels/org/name", ("uri", "kernel", "org/name", None)),
        (f"hf://org/name@{SHA}/x", ("uri", "model", "org/name", SHA)),
        ("hf://org/name@v1.0", ("uri", "model", "org/name", "v1.0")),
        ("hf://org/name@refs/pr/3/x.bin", ("uri", "model", "org/name", "refs/pr/3")),
        ("hf://org/name@refs%2Fpr%2F1/x", ("uri", "model", "org/name", "refs/pr/1")),
        ("hf://datasets/o/n@~parquet/a", ("uri", "dataset", "o/n", "refs/convert/parquet")),
        ("hf://org/name@{}/x", ("uri", "model", "org/name", "")),
        ("hf://org/name:/mnt", ("uri", "model", "org/name", None)),
        (f"{HUB}/org/name/resolve/main/a.bin", ("file", "model", "org/name", "main")),
        (f"{HUB}/org/name/raw/{SHA}/a.bin", ("file", "model", "org/name", SHA)),
        (f"{HUB}/org/name/blob/refs/pr/1/a", ("file", "model", "org/name", "refs/pr/1")),
        (f"{HUB}/org/name/resolve/refs%2Fpr%2F1/a", ("file", "model", "org/name", "refs/pr/1")),
        (f"{HUB}/org/name/resolve/v1/a?download=true", ("file", "model", "org/name", "v1")),
        (f"{HUB}/org/name/resolve/%s/a", ("file", "model", "org/name", "")),
        (f"{HUB}/gpt2/resolve/main/vocab.json", ("file", "model", "gpt2", "main")),
        (f"{HUB}/datasets/org/name/resolve/main/a", ("file", "dataset", "org/name", "main")),
        (f"{HUB}/spaces/org/name/resolve/main/a", ("file", "space", "org/name", "main")),
        (f"{HUB}/org/name/resolve/main", ("page", "model", "org/name", "main")),
        (f"{HUB}/org/name/tree/dev", ("page", "model", "org/name", "dev")),
        (f"{HUB}/org/name/commit/{SHA}", ("page", "model", "org/name", SHA)),
        (f"{HUB}/org/name", ("page", "model", "org/name", None)),
        (f"{HUB}/org/name/", ("page", "model", "org/name", None)),
        (f"{HUB}/org/name#usage", ("page", "model", "org/name", None)),
        (f"{HUB}/org/name/discussions/2", ("page", "model", "org/name", None)),
        (f"{HUB}/datasets/glue", ("page", "dataset", "glue", None)),
        (f"{HUB}/bert-base-uncased", ("page", "model", "bert-base-uncased", None)),
        (f"{HUB}/api/datasets/org/name/revision/v1", ("page", "dataset", "org/name", "v1")),
        ("https://api-inference.huggingface.co/models/o/n", ("page", "model", "o/n", None)),
        ("https://api-inference.huggingface.co/pipeline/ner/o/n", ("page", "model", "o/n", None)),
        ("http://www.hf.co/org/name", ("page", "model", "org/name", None)),
        ("hf.co/org/name:Q4_K_M", ("page", "model", "org/name", None)),
        (f"see ({HUB}/org/name).", ("page", "model", "org/name", None)),
        (f"[x]({HUB}/org/name), y", ("page", "model", "org/name", None)),
        ("HuggingFace.co/org/name huggingface.co/", ("page", "model", "org/name", None)),
    ],
)
def test_an_address_names_a_repo(text: str, expected: tuple[str, str, str, str | None]) -> None:
    found = [(one.form, one.repo_type, one.repo_id, one.revision) for one in find_links(text)]

    assert found == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "hf://",
        "hf:// and HF://org/name",
        "hf://gpt2",
        "hf://org/{}",
        "hf://org/na{}",
        "hf://buckets/org/name/a",
        "hf://my-org/name",
        f"{HUB}/",
        f"{HUB}/google",
        f"{HUB}/datasets",
        f"{HUB}/datasets/",
        f"{HUB}/api",
        f"{HUB}/api/whoami-v2",
        f"{HUB}/docs/transformers/index",
        f"{HUB}/blog/some/post",
        f"{HUB}/papers/2401.00001",
        f"{HUB}/models?search=x",
        f"{HUB}/settings/tokens",
        f"{HUB}/collections/org/name-1",
        f"{HUB}/username/model",
        f"{HUB}/your-name/model",
        f"{HUB}/org/page.html",
        f"{HUB}/google/resolve/main/x",
        "https://cdn-lfs.huggingface.co/org/name",
        "https://nothf.co/org/name",
        "https://example.org/org/name",
    ],
)
def test_other_addresses_name_none(text: str) -> None:
    assert list(find_links(text)) == []


def test_a_text_holds_several_addresses_each_at_its_place() -> None:
    text = "SELECT * FROM 'hf://datasets/a/b/x.csv' JOIN \"hf://c/d@v1/y.csv\""

    found = [(text[one.start : one.end], text[one.name :][:3]) for one in find_links(text)]

    assert found == [("hf://datasets/a/b/x.csv", "a/b"), ("hf://c/d@v1/y.csv", "c/d")]


def test_address_behind_that_of_a_badge() -> None:
    badge = f"[![x]({HUB}/datasets/a/badges/resolve/main/x.svg)]({HUB}/spaces/c/d)"
    found = [(one.repo_id, badge[one.start : one.end]) for one in find_links(badge)]

    assert found == [
        ("a/badges", f"{HUB}/datasets/a/badges/resolve/main/x.svg"),
        ("c/d", f"{HUB}/spaces/c/d"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("meta-llama/Llama-2-7b", Likeness.CERTAIN),
        ("stabilityai/sd-turbo", Likeness.CERTAIN),
        ("somebody-else/bert-base", Likeness.LIKELY),
        ("google/gemma-2b", Likeness.LIKELY),
        ("tohoku-nlp/something-7b", Likeness.LIKELY),
        ("openai/gpt-oss-20b", Likeness.LIKELY),
        ("google/boolq", Likeness.POSSIBLE),
        ("RoBERTa/BERT-large", Likeness.POSSIBLE),
        ("ehovy/race-it", Likeness.POSSIBLE),
        ("owner-x/data", Likeness.NONE),
        ("gpt2", Likeness.NONE),
        ("a//b", Likeness.NONE),
        ("text/plain", Likeness.NONE),
        ("Europe/Berlin", Likeness.NONE),
        ("train/bert-loss", Likeness.NONE),
        ("outputs/llama-7b", Likeness.NONE),
        ("actions/checkout-v4", Likeness.NONE),
        ("openrouter/llama-3-8b", Likeness.NONE),
        ("openai/gpt-4o", Likeness.NONE),
        ("google/gemini-pro", Likeness.NONE),
        ("anthropic/claude-3", Likeness.NONE),
        ("ViT-B/32", Likeness.NONE),
        ("N/A", Likeness.NONE),
        ("x/llama-7b", Likeness.NONE),
        ("GPU/NPU", Likeness.NONE),
        ("2024/llama", Likeness.NONE),
        ("seconds-x/1000", Likeness.NONE),
        ("somebody/model.safetensors", Likeness.NONE),
        ("subfolder/file_name", Likeness.NONE),
        ("peers/v2", Likeness.NONE),
        ("q_proj/v_proj", Likeness.NONE),
        ("lm_head/embed_tokens", Likeness.NONE),
        ("1e-4/2e-5", Likeness.NONE),
        ("Q4_K_M/Q8_0", Likeness.NONE),
        ("IQ2_XS/IQ3_S", Likeness.NONE),
        ("fix/llama-attention", Likeness.NONE),
        ("vision/diffusion", Likeness.NONE),
        ("your-name/llama-7b", Likeness.NONE),
        ("TheBloke/recent-64f9a55bb3115b4f513ec026", Likeness.NONE),
        ("abc/" + "Ab1" * 20, Likeness.NONE),
        ("abc/" + "a-" * 200, Likeness.NONE),
    ],
)
def test_the_look_of_an_id(text: str, expected: Likeness) -> None:
    assert likeness(text) is expected


@pytest.mark.parametrize(
    ("owner", "expected"),
    [("username", True), ("foo", True), ("my-team", True), ("hf_user", True), ("baai", False)],
)
def test_placeholders_are_nobodys(owner: str, expected: bool) -> None:
    assert is_placeholder(owner) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Default: `BAAI/bge-base-en`.", [("BAAI/bge-base-en", "model")]),
        ("fine-tuned from someco/bert-base-x", [("someco/bert-base-x", "model")]),
        ("a version of clicknext/phayathaibert model", [("clicknext/phayathaibert", "model")]),
        ("quoted 'clicknext/phayathaibert'", [("clicknext/phayathaibert", "model")]),
        ("the a-b/cti_realm dataset", [("a-b/cti_realm", "dataset")]),
        ("`some/thing` is a model", []),
        ("`somebody/thingy` is a model", []),
        ("`alice/thingy` is a model", [("alice/thingy", "model")]),
        ("--model-path alice/thingy --x", [("alice/thingy", "model")]),
        ("--dataset_name=alice/thingy", [("alice/thingy", "dataset")]),
        ("run `APP_MODEL=alice/thingy`", [("alice/thingy", "model")]),
        ("TOKENIZER_NAME='alice/thingy'", [("alice/thingy", "model")]),
        ("run `app_mode=alice/thingy`", []),
        ("Merge pull request #1 from alice/fix-bert", []),
        ("about models\nsums up alice/thing-y\nabout models", []),
        ("the model " + "x" * 160 + " alice/thing-y", []),
        ("alice/thing-y " + "x" * 160 + " the model", []),
        ("alice/thing-y is a Model", [("alice/thing-y", "model")]),
        ("{google/opt-1.3b-base}", []),
        ("model google/opt-1.3b-base}", []),
        ("model google/opt-1.3b-base.", [("google/opt-1.3b-base", "model")]),
        ("sums up alice/thingy", []),
        ("`alice/thingy` works", []),
        ("code is based on tatsu-lab/alpaca.", []),
        ("on GitHub: meta-llama/llama-7b", []),
        ("RoBERTa/BERT-large model", []),
        ("train/test and and/or", []),
        ("a/b/c-7b and llama-7b/", []),
        (
            "(e.g. bert-base-cased, roberta-base)",
            [("bert-base-cased", "model"), ("roberta-base", "model")],
        ),
        ("my-bert-base-cased-x", []),
        ("'gpt2' or gpt2", [("gpt2", "model")]),
    ],
)
def test_ids_in_prose(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.repo_id, one.repo_type) for one in find_ids(text)] == expected


def test_what_the_file_knows_needs_no_words_around() -> None:
    (found,) = find_ids("sums up alice/thingy", lambda one: one == "alice/thingy")

    assert (found.start, found.end) == (8, 20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no code", []),
        (">>> a\n... b\nanswer\n>>> c\n\nprose", [[(0, 4, "a"), (1, 4, "b"), (3, 4, "c")]]),
        ("x:\n\n  >>> a\n\n  >>> b\n", [[(2, 6, "a"), (4, 6, "b")]]),
        (">>> a", [[(0, 4, "a")]]),
        ("```python\n  a\n    b\n```\nx", [[(1, 2, "a"), (2, 2, "  b")]]),
        ("```py\n>>> a\n1\n```", [[(1, 4, "a")]]),
        ("```bash\na\n```", []),
        ("```\n$ pip\na\n```", [[(1, 0, ""), (2, 0, "a")]]),
        ("~~~{.python}\na\n~~~", [[(1, 0, "a")]]),
        ("```python\na", [[(1, 0, "a")]]),
        ("Example::\n\n    a\n    b\n\nx", [[(1, 4, ""), (2, 4, "a"), (3, 4, "b"), (4, 4, "")]]),
        ("Example::\n    >>> a\nx", [[(1, 8, "a")]]),
        ("Example::\nx", []),
        ("a::b", []),
    ],
)
def test_code_in_prose(text: str, expected: list[list[tuple[int, int, str]]]) -> None:
    found = [[(line.number, line.offset, line.text) for line in block] for block in find_code(text)]

    assert found == expected


def test_what_follows_an_address_may_be_a_secret() -> None:
    (link,) = find_links("https://huggingface.co/o/m/resolve/main/a.bin?token=hf_secret#hf_secret")
    assert link.text == "https://huggingface.co/o/m/resolve/main/a.bin"
