"""Files of variables: what their names and values say of the Hub, and nothing of secrets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.reference import Confidence, Known, Span
from tests.building import (
    SHA,
    Told,
    everything,
    ids_as_written,
    lies_inside,
    mutated,
    regular,
    spans_of,
    told,
    written,
)
from tests.reading import plain


def read(text: str) -> list[Told]:
    return told(regular("env", text, ".env"))


@pytest.mark.parametrize(
    ("line", "name", "repo_id"),
    [
        ("MODEL_ID=BAAI/bge-small-en-v1.5", "MODEL_ID", "BAAI/bge-small-en-v1.5"),
        ("MODEL_ID=acme-labs/thing", "MODEL_ID", "acme-labs/thing"),
        ("HF_MODEL=kaist/thing", "HF_MODEL", "kaist/thing"),
        ("HF_MODEL_ID='kaist/thing'", "HF_MODEL_ID", "kaist/thing"),
        ('export HF_MODEL_REPO="kaist/thing"', "HF_MODEL_REPO", "kaist/thing"),
        ("APP_HF_EMBEDDING_MODEL=kaist/thing", "APP_HF_EMBEDDING_MODEL", "kaist/thing"),
        ("EMBEDDING_MODEL=intfloat/e5-base", "EMBEDDING_MODEL", "intfloat/e5-base"),
        ("MODEL_NAME=Qwen/Qwen2.5-7B  # small", "MODEL_NAME", "Qwen/Qwen2.5-7B"),
        (
            "RERANKER_MODEL_NAME=BAAI/bge-reranker-base",
            "RERANKER_MODEL_NAME",
            "BAAI/bge-reranker-base",
        ),
        ("model_id = kaist/thing", "model_id", "kaist/thing"),
        ("MODEL_ID=bert-base-uncased", "MODEL_ID", "bert-base-uncased"),
        ("MODEL_PATH=meta-llama/Llama-2-7b", "MODEL_PATH", "meta-llama/Llama-2-7b"),
        ("HF_MODEL=https://huggingface.co/kaist/thing", "HF_MODEL", "kaist/thing"),
        ("LLM_MODEL=hf.co/kaist/thing-GGUF:Q4_K_M", "LLM_MODEL", "kaist/thing-GGUF"),
        ("GGUF_REPO=kaist/thing", "GGUF_REPO", "kaist/thing"),
        ("ORG=kaist\nMODEL_ID=${ORG}/thing", "MODEL_ID", "kaist/thing"),
        ("MODEL_ID=${OTHER:-kaist/thing}", "MODEL_ID", "kaist/thing"),
    ],
)
def test_name_and_form_say_that_a_repo_is_meant(line: str, name: str, repo_id: str) -> None:
    number = line.count("\n") + 1

    assert read(line) == [Told(number, name, (repo_id,))]


@pytest.mark.parametrize(
    "line",
    [
        "MODEL_ID=/models/thing",
        "MODEL_ID=./thing",
        "MODEL_ID=models/thing",
        "MODEL_ID=your-org/thing",
        "MODEL_ID=anthropic.claude-3",
        "MODEL_ID=",
        "MODEL_ID",
        "MODEL_ID=${MODEL}",
        "HF_MODEL_ID=some_model",
        "LLM_MODEL=openai/gpt-4o",
        "IMAGE=kaist/bert-base",
        "MODEL_IMAGE=kaist/bert-base:latest",
        "MODEL_SERVER_IMAGE=kaist/bert-base",
        "MODEL_DIR=kaist/bert-base",
        "GITHUB_REPO_ID=kaist/bert-base",
        "HF_UPLOAD_REPO=kaist/bert-base",
        "HUB_MODEL_ID=kaist/bert-base",
        "DATABASE_URL=postgres://user:pass@db/bert-base",
        "ROUTE=api/models",
        "TZ=Europe/Berlin",
        "HF_TOKEN=hf_abc/def",
        "DOCS=https://huggingface.co/docs/transformers",
        "# MODEL_ID=kaist/thing",
        "no variable at all",
        "MODEL_ID=" + "k" * 300 + "/thing",
    ],
)
def test_says_nothing_of_other_values(line: str) -> None:
    assert read(line) == []


def test_a_folder_that_is_there_is_no_repo() -> None:
    assert regular("env", "MODEL_ID=kaist/thing", folders=("kaist/thing",)) == []


@pytest.mark.parametrize(
    ("line", "persona"),
    [
        ("EMBEDDING_MODEL=kaist/thing", "pedantic"),
        ("EMBEDDING_MODEL=all-MiniLM-L6-v2", "pedantic"),
        ("MODEL_PATH=kaist/bert-base", "pedantic"),
        ("OPENROUTER_MODEL=meta-llama/Llama-3-8B", "pedantic"),
        ("OPENAI_API_KEY=x\nMODEL=meta-llama/Llama-3-8B", "pedantic"),
        ("OPENAI_API_KEY=x\nHF_MODEL=meta-llama/Llama-3-8B", "regular"),
        ("SPACE_ID=kaist/bert-base", "pedantic"),
    ],
)
def test_what_may_mean_something_else_is_for_the_pedantic(line: str, persona: str) -> None:
    (found,) = regular("env", line)

    assert found.persona.value == persona


@pytest.mark.parametrize(
    ("line", "confidence"),
    [
        ("HF_MODEL_ID=kaist/bert-base", Confidence.HIGH),
        ("HF_MODEL_ID=kaist/thing", Confidence.MEDIUM),
        ("MODEL_NAME=kaist/bert-base", Confidence.MEDIUM),
        ("MODEL_NAME=kaist/thing", Confidence.LOW),
    ],
)
def test_says_how_sure_it_is(line: str, confidence: Confidence) -> None:
    (found,) = regular("env", line)

    assert found.confidence is confidence


@pytest.mark.parametrize(
    ("line", "repo_type"),
    [
        ("HF_DATASET=kaist/thing", "dataset"),
        ("HF_MODEL=kaist/thing", "model"),
        ("SPACE_ID=kaist/thing", "space"),
    ],
)
def test_says_what_kind_of_repo_it_is(line: str, repo_type: str) -> None:
    (found,) = regular("env", line)

    assert found.repo_type == repo_type


@pytest.mark.parametrize(
    ("lines", "revision"),
    [
        (f"MODEL_ID=kaist/thing\nMODEL_REVISION={SHA}", (SHA,)),
        (f"MODEL_REVISION={SHA}\nMODEL_ID=kaist/thing", (SHA,)),
        (f"MODEL_ID=kaist/thing\nREVISION={SHA}", (SHA,)),
        (f"MODEL_ID=kaist/thing\nMODEL_ID_SHA={SHA}", (SHA,)),
        (f"EMBEDDING_MODEL=intfloat/e5-base\nEMBEDDING_REVISION={SHA}", (SHA,)),
        ("MODEL_ID=kaist/thing\nMODEL_REVISION=main", ("main",)),
        ("MODEL_ID=kaist/thing\nMODEL_REVISION=$X", "unknown"),
        ("MODEL_ID=kaist/thing\nMODEL_REVISION=", "absent"),
        (f"MODEL_ID=kaist/thing\n# MODEL_REVISION={SHA}", "absent"),
        (f"MODEL_ID=kaist/thing\nOTHER_REVISION={SHA}", "absent"),
    ],
)
def test_the_variable_beside_it_is_the_pin(lines: str, revision: tuple[str, ...] | str) -> None:
    (found,) = regular("env", lines)

    assert plain(found.revision) == revision


def test_a_revision_of_nothing_in_particular_is_that_of_the_only_repo() -> None:
    lines = f"MODEL_ID=kaist/thing\nTOKENIZER_ID=kaist/gadget\nREVISION={SHA}"

    assert [plain(one.revision) for one in regular("env", lines)] == ["absent", "absent"]


@pytest.mark.parametrize("value", ["1", "true", "YES", '"1"'])
def test_a_switch_that_is_on_lets_code_run(value: str) -> None:
    text = f"\nexport HF_DATASETS_TRUST_REMOTE_CODE={value}"
    (found,) = regular("env", text)

    assert isinstance(found.trust_remote_code, Known)
    assert [one.value for one in found.trust_remote_code.values] == [True]
    assert found.call == f"HF_DATASETS_TRUST_REMOTE_CODE={value.strip(chr(34))}"
    assert found.trust_remote_code.values[0].span == found.span
    assert written(text, found.span) == f"HF_DATASETS_TRUST_REMOTE_CODE={value}"


@pytest.mark.parametrize("value", ["0", "false", "", "$X"])
def test_a_switch_that_is_off_does_not(value: str) -> None:
    assert regular("env", f"HF_DATASETS_TRUST_REMOTE_CODE={value}") == []


def test_an_address_of_a_file_is_read_whatever_its_name_is() -> None:
    url = "https://huggingface.co/kaist/thing/resolve/main/a.gguf"

    assert read(f"WEIGHTS_URL={url}?token=secret") == [Told(1, url, ("kaist/thing",), ("main",))]


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("# MODEL_ID=kaist/thing", "MODEL_ID"),
        ("#export MODEL_ID=kaist/thing", "MODEL_ID"),
        ("# HF_DATASETS_TRUST_REMOTE_CODE=1", "HF_DATASETS_TRUST_REMOTE_CODE=1"),
        ("# U=hf://kaist/thing/a.bin", "hf://kaist/thing/a.bin"),
    ],
)
def test_what_is_commented_out_is_for_the_pedantic(line: str, call: str) -> None:
    (found,) = everything("env", line)

    assert (found.call, found.persona.value) == (call, "pedantic")


def test_the_same_value_is_told_once() -> None:
    lines = "MODEL_ID=kaist/thing\nHF_MODEL=${MODEL_ID}\nHF_REPO=${MODEL_ID}"

    assert read(lines) == [Told(1, "MODEL_ID", ("kaist/thing",))]


def test_auditors_hear_of_ids_in_comments_and_of_other_names() -> None:
    lines = "# we use the model meta-llama/Llama-2-7b here\nTHING=BAAI/bge-small-en-v1.5\n"

    assert [(one.span.line, plain(one.repo_id)) for one in everything("env", lines)] == [
        (1, ("meta-llama/Llama-2-7b",)),
        (2, ("BAAI/bge-small-en-v1.5",)),
    ]


def test_auditors_do_not_see_secrets() -> None:
    assert everything("env", "MODEL_API_KEY=meta-llama/Llama-2-7b\nHF_TOKEN=Qwen/Qwen2.5-7B") == []


def test_the_reader_is_shown_the_variable_and_its_value() -> None:
    text = '\nexport  MODEL_ID="kaist/thing"  # why\r\n'
    (found,) = regular("env", text)

    assert found.span == Span(2, 9, 2, 31)
    assert ids_as_written(text, [found]) == ["kaist/thing"]


def test_more_variables_than_are_followed() -> None:
    many = "\n".join(f"A{number}=x" for number in range(2100))

    assert read(f"{many}\nORG=kaist\nMODEL_ID=$ORG/thing") == []


@pytest.mark.parametrize("text", ["", "\n", "\r\n", "=", "A=\t", "\ufeff"])
def test_files_with_nothing_in_them(text: str) -> None:
    assert everything("env", text) == []


SEED = f"""\
# settings
export MODEL_ID="kaist/thing"  # the model
HF_MODEL=${{MODEL_ID:-BAAI/bge-small-en-v1.5}}
MODEL_REVISION={SHA}
# HF_REPO_ID='kaist/other'
HF_DATASETS_TRUST_REMOTE_CODE=1\r
U=https://huggingface.co/kaist/thing/resolve/main/a.bin
"""


@given(mutated(SEED, ("${", "}", "'", '"', "#", "\\", "$A", "\t")) | st.text())
def test_any_text_is_read_and_places_lie_inside_it(text: str) -> None:
    spans = [span for one in everything("env", text) for span in spans_of(one)]

    assert [span for span in spans if not lies_inside(text, span)] == []
