"""Dockerfiles and Modelfiles: what an image downloads when it is built, and when it runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.reference import Confidence, Known, Reference, Span
from flake8_hfmodels.sources.buildfiles.docker_words import LONGEST, MOST_PARTS
from flake8_hfmodels.sources.buildfiles.dockerfile import MOST_STAGES
from flake8_hfmodels.sources.buildfiles.instructions import MOST_DOCUMENTS
from flake8_hfmodels.sources.buildfiles.stages import MOST_VARIABLES
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
)
from tests.reading import plain

PYTHON = "from transformers import AutoModel\nAutoModel.from_pretrained('kaist/thing')\n"
URL = "https://huggingface.co/kaist/thing/resolve/main/a.gguf"


def read(text: str) -> list[Told]:
    return told(regular("dockerfile", text, "Dockerfile"))


def ids(text: str) -> list[tuple[int, object]]:
    return [(one.line, one.ids) for one in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "RUN hf download kaist/thing",
        "run hf download kaist/thing",
        "RUN apt-get update && hf download kaist/thing --local-dir /m",
        "RUN --mount=type=cache,target=/root/.cache --network=host hf download kaist/thing",
        'RUN ["hf", "download", "kaist/thing"]',
        'RUN ["bash", "-c", "hf download kaist/thing"]',
        'RUN ["env", "A=b", "bash", "-c", "hf download kaist/thing"]',
        "RUN <<EOF\nhf download kaist/thing\nEOF",
        "RUN <<-'EOF'\n\thf download kaist/thing\n\tEOF",
        "RUN <<EOF bash\nhf download kaist/thing\nEOF",
        "RUN <<EOF\n#!/bin/bash\nhf download kaist/thing\nEOF",
        "RUN sh -c 'hf download kaist/thing'",
        "RUN pip install \\\n  # the client\n\n  huggingface_hub && \\\n  hf download kaist/thing",
        "RUN pip install x && \\\r\n  hf download kaist/thing\r\n",
        "ONBUILD RUN hf download kaist/thing",
        "CMD hf download kaist/thing",
        'CMD ["hf", "download", "kaist/thing"]',
        'ENTRYPOINT ["hf", "download", "kaist/thing"]',
        'ENTRYPOINT ["hf"]\nCMD ["download", "kaist/thing"]',
        'CMD ["download", "kaist/thing"]\nENTRYPOINT ["hf", "--quiet"]',
        "ENTRYPOINT hf download kaist/thing",
        "HEALTHCHECK --interval=5m --timeout=3s CMD hf download kaist/thing",
        'HEALTHCHECK CMD ["hf", "download", "kaist/thing"]',
        'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN hf download kaist/thing',
        "SHELL nonsense\nRUN hf download kaist/thing",
        "RUN [ -d /m ] || hf download kaist/thing",
        'RUN ["hf", "download", "ka\\u0069st\\/thing"]',
    ],
)
def test_commands_are_read_in_every_form(text: str) -> None:
    (found,) = regular("dockerfile", f"FROM python:3.12\n{text}")

    assert (found.kind, plain(found.repo_id)) == ("command", ("kaist/thing",))


@pytest.mark.parametrize(
    "text",
    [
        f'RUN python -c "{PYTHON.strip().replace(chr(10), "; ")}"',
        f'RUN ["python", "-c", "{PYTHON.strip().replace(chr(10), "; ")}"]',
        f"RUN python - <<EOF\n{PYTHON}EOF",
        f"RUN python3 << 'EOF'\n{PYTHON}EOF",
        f"RUN <<EOF\n#!/usr/bin/env python3\n{PYTHON}EOF",
        f"COPY <<EOF /app/load.py\n{PYTHON}EOF",
        f"COPY --chown=me <<load.py /app/\n{PYTHON}load.py",
        f"COPY <<EOF /app/load\n#!/usr/bin/env python3\n{PYTHON}EOF",
    ],
)
def test_python_in_it_is_read(text: str) -> None:
    (found,) = regular("dockerfile", text)

    assert (found.kind, plain(found.repo_id)) == ("call", ("kaist/thing",))


def test_files_that_it_writes_are_read_by_their_names() -> None:
    text = (
        "COPY <<one.sh <<two.sh /app/\n"
        "hf download kaist/thing\n"
        "one.sh\n"
        "hf download kaist/gadget\n"
        "two.sh\n"
        "RUN hf download kaist/third\n"
    )

    assert ids(text) == [(2, ("kaist/thing",)), (4, ("kaist/gadget",)), (6, ("kaist/third",))]


@pytest.mark.parametrize(
    "text",
    [
        "COPY <<EOF /app/notes.txt\nhf download kaist/thing\nEOF",
        "COPY <<EOF /app/Dockerfile\nRUN hf download kaist/thing\nEOF",
        "COPY <<EOF /app/a.sh\nEOF",
        "HEALTHCHECK NONE",
        "WORKDIR /hf/download",
        "ONBUILD ONBUILD ONBUILD RUN hf download kaist/thing",
        "ONBUILD",
        "MAINTAINER hf download kaist/thing",
        "hf download kaist/thing",
        "{{ hf download kaist/thing }}",
        "LABEL model=BAAI/bge-small-en-v1.5",
        "COPY models/bert-base /m",
        "COPY kaist/bert-base /m",
        "ADD kaist/bert-base /m",
        "COPY --from=ghcr.io/huggingface/bert-base /m /m",
        "FROM huggingface/transformers-pytorch-gpu",
        "FROM --platform=linux/amd64 ghcr.io/huggingface/text-generation-inference:2.0 AS tgi",
        "FROM",
        "FROM --platform=linux/amd64",
        "CMD []",
        'CMD ["a", 1]',
        'CMD ["a"',
        'CMD ["bash", "-x", "train.sh"]',
        'CMD ["bash", "train.sh", "etc"]',
        "CMD [1, 2]",
        "ENV",
        "ENV A",
        "ENV A=x B",
        "ENV MODEL_ID=",
        'ENV MODEL_ID=""',
        "ARG MODEL_ID",
        "ADD",
        "# RUN hf download kaist/thing",
        "ENV MODEL_ID=/models/thing",
        "ENV MODEL_DIR=kaist/bert-base",
        "ENV HF_DATASETS_TRUST_REMOTE_CODE=0",
        "ADD https://github.com/kaist/thing.git /m",
        "RUN <<EOF",
        "",
        "\n",
        "\\",
        "RUN",
        "SHELL",
    ],
)
def test_says_nothing_of_all_else(text: str) -> None:
    assert read(text) == []


def test_the_first_line_may_say_what_goes_on_in_the_next() -> None:
    text = "# escape=`\nFROM x\nRUN pip install x && `\n  hf download kaist/thing"

    assert ids(text) == [(4, ("kaist/thing",))]


# --- variables


def test_a_variable_of_its_own_is_told_under_the_name_of_the_instruction() -> None:
    text = "FROM python\nENV MODEL_ID=BAAI/bge-small-en-v1.5\nARG HF_MODEL=kaist/thing\n"

    assert read(text) == [
        Told(2, "ENV MODEL_ID", ("BAAI/bge-small-en-v1.5",)),
        Told(3, "ARG HF_MODEL", ("kaist/thing",)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "ENV A=b MODEL_ID=kaist/thing C=d",
        "ENV A=b \\\n    # why\n    MODEL_ID=kaist/thing \\\n    C=d",
        "ENV MODEL_ID kaist/thing",
        'ENV MODEL_ID="kaist/thing"',
        "ENV MODEL_ID='kaist/thing'",
        "ENV MODEL_ID=kaist\\/thing",
        "ENV ORG=kaist\nENV MODEL_ID=$ORG/thing",
        "ARG ORG=kaist\nENV MODEL_ID=${ORG}/thing",
        "ENV MODEL_ID=${MODEL:-kaist/thing}",
        "ENV MODEL_ID=${MODEL-kaist/thing}",
        "ARG ORG=kaist\nENV MODEL_ID=${MODEL:-$ORG/thing}",
        "ARG MODEL_ID=kaist/thing\nFROM python\nARG MODEL_ID\nENV HF_MODEL=$MODEL_ID",
        "ARG ORG=kaist\nFROM python\nARG ORG\nENV MODEL_ID=$ORG/thing",
        "FROM python AS one\nENV ORG=kaist\nFROM one\nENV MODEL_ID=$ORG/thing",
        "ENV ORG=kaist\nARG ORG=other\nENV MODEL_ID=$ORG/thing",
    ],
)
def test_values_are_read_in_every_form(line: str) -> None:
    assert [one.ids for one in read(line)] == [("kaist/thing",)]


@pytest.mark.parametrize(
    "line",
    [
        "ENV MODEL_ID=$ORG/thing",
        "ENV MODEL_ID=${ORG:+kaist}/thing",
        "ENV MODEL_ID=${ORG?}/thing",
        "ENV MODEL_ID=${A:-${B:-${C:-kaist}}}/thing",
        "ARG ORG=kaist\nFROM python\nENV MODEL_ID=$ORG/thing",
        "FROM python AS one\nARG ORG=kaist\nFROM one\nENV MODEL_ID=$ORG/thing",
        f"ENV ORG={'k' * (LONGEST + 1)}\nENV MODEL_ID=$ORG",
        f"ENV MODEL_ID={'$A' * (MOST_PARTS + 1)}",
        "".join(f"ENV A{number}=x\n" for number in range(MOST_VARIABLES))
        + "ENV ORG=kaist\nENV MODEL_ID=$ORG/thing",
    ],
)
def test_says_nothing_of_values_that_only_the_build_knows(line: str) -> None:
    assert read(line) == []


def test_a_value_that_is_put_together_from_long_ones_is_unknown() -> None:
    long = "k" * LONGEST

    assert read(f"ENV A={long}\nENV MODEL_ID=$A$A$A$A$A$A$A$A$A") == []


@pytest.mark.parametrize(
    "command",
    [
        "RUN hf download $MODEL_ID",
        "RUN hf download ${MODEL_ID}",
        'RUN hf download "$MODEL_ID" && echo done',
        "CMD vllm serve $MODEL_ID",
        'ENTRYPOINT ["sh", "-c", "vllm serve $MODEL_ID"]',
        'RUN ["sh", "-c", "hf download $MODEL_ID"]',
        "RUN huggingface-cli download ${MODEL_ID:-other/thing}",
        "ADD https://huggingface.co/$MODEL_ID/resolve/main/a.bin /m/",
        "RUN python -c \"import datasets; datasets.load_dataset('${MODEL_ID}')\"",
    ],
)
def test_a_variable_that_a_command_loads_is_told_once(command: str) -> None:
    text = f"FROM python\nENV MODEL_ID=kaist/thing\n{command}\n"
    (found,) = regular("dockerfile", text)

    assert found.kind in ("command", "uri", "call")
    assert (found.span.line, plain(found.repo_id)) == (3, ("kaist/thing",))


def test_an_address_that_a_command_reads_is_told_once() -> None:
    found = read(f"ENV WEIGHTS={URL}\nRUN curl -O $WEIGHTS\n")

    assert [(one.line, one.ids) for one in found] == [(1, ("kaist/thing",))]


def test_an_id_from_a_variable_stands_where_the_variable_gets_it() -> None:
    text = "FROM python\nARG MODEL=kaist/thing\nRUN hf download $MODEL\n"
    (found,) = regular("dockerfile", text)

    assert ids_as_written(text, [found]) == ["kaist/thing"]
    assert found.span == Span(3, 5, 3, 23)


@pytest.mark.parametrize(("keyword", "closed"), [("ARG", False), ("ENV", True)])
def test_an_argument_can_be_passed_by_others(keyword: str, closed: bool) -> None:
    (found,) = regular("dockerfile", f"{keyword} MODEL=kaist/thing\nRUN hf download $MODEL")

    assert isinstance(found.repo_id, Known)
    assert found.repo_id.closed is closed


def test_a_pin_in_a_command_is_one_for_the_variable_as_well() -> None:
    text = f"ENV MODEL_ID=kaist/thing\nRUN hf download kaist/thing --revision {SHA}"

    assert [(one.call, one.persona) for one in read(text)] == [
        ("ENV MODEL_ID", "pedantic"),
        ("hf download", "regular"),
    ]


def test_the_variable_beside_it_is_the_pin() -> None:
    text = f"ENV MODEL_ID=kaist/thing MODEL_REVISION={SHA}"

    assert read(text) == [Told(1, "ENV MODEL_ID", ("kaist/thing",), (SHA,))]


def test_variables_pin_a_command() -> None:
    text = f"ARG M=kaist/thing\nARG R={SHA}\nRUN hf download $M --revision ${{R}}"

    assert read(text) == [Told(3, "hf download", ("kaist/thing",), (SHA,))]


def test_a_switch_that_is_on_lets_code_run() -> None:
    (found,) = regular("dockerfile", "FROM python\nENV A=b HF_DATASETS_TRUST_REMOTE_CODE=1\n")

    assert isinstance(found.trust_remote_code, Known)
    assert found.trust_remote_code.values[0].span == Span(2, 9, 2, 40)


# --- what an image starts


TGI = "FROM ghcr.io/huggingface/text-generation-inference:2.0\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f'{TGI}CMD ["--model-id", "kaist/thing"]', 2),
        (f'{TGI}ENV PORT=80\nCMD ["--port", "80", "--model-id", "kaist/thing"]', 3),
        (f"{TGI}ENV MODEL_ID=kaist/thing", 2),
        (f"{TGI}ENV A=b\nENV MODEL_ID=kaist/thing", 3),
        (f'{TGI}ENV MODEL_ID=kaist/thing\nCMD ["--port", "80"]', 3),
        ('FROM vllm/vllm-openai:latest\nCMD ["--model", "kaist/thing"]', 2),
        ('FROM vllm/vllm-openai AS base\nFROM base\nCMD ["--model", "kaist/thing"]', 3),
        ('ARG I=vllm/vllm-openai\nFROM ${I}:v1\nCMD ["--model", "kaist/thing"]', 3),
        (
            'FROM x\nENTRYPOINT ["vllm", "serve", "kaist/thing"]\nCMD ["--port", "1"]',
            2,
        ),
        ('FROM python\nENTRYPOINT ["vllm", "serve"]\nCMD ["kaist/thing"]', 3),
        ('FROM python AS a\nENTRYPOINT ["vllm", "serve"]\nFROM a\nCMD ["kaist/thing"]', 4),
        ('CMD ["vllm", "serve", "old/thing"]\nCMD ["vllm", "serve", "kaist/thing"]', 2),
    ],
)
def test_the_program_of_the_image_is_the_one_that_loads(text: str, line: int) -> None:
    (found,) = regular("dockerfile", text)

    assert (found.kind, found.span.line, plain(found.repo_id)) == (
        "command",
        line,
        ("kaist/thing",),
    )


def test_a_repo_that_only_the_running_container_knows() -> None:
    text = 'FROM python\nENTRYPOINT ["vllm", "serve"]\nCMD ["$MODEL"]\n'

    assert read(text) == [Told(3, "vllm serve", "unknown", persona="pedantic")]


def test_what_a_stage_starts_is_told_once() -> None:
    text = 'FROM python AS a\nCMD ["vllm", "serve", "kaist/thing"]\nFROM a\nENV A=b\n'

    assert ids(text) == [(2, ("kaist/thing",))]


def test_each_stage_is_read() -> None:
    text = "FROM a\nCMD vllm serve kaist/thing\nFROM b\nCMD vllm serve kaist/gadget\n"

    assert ids(text) == [(2, ("kaist/thing",)), (4, ("kaist/gadget",))]


def test_no_more_stages_are_kept_than_anybody_has() -> None:
    many = "".join(f"FROM python AS a{number}\n" for number in range(MOST_STAGES))
    text = (
        f"{many}FROM vllm/vllm-openai AS last\nFROM last\nENV A=b\nCMD ['--model', 'kaist/thing']"
    )

    assert read(text) == []


# --- repositories that are cloned


@pytest.mark.parametrize(
    "text",
    [
        f"RUN git clone https://huggingface.co/kaist/thing /m && cd /m && git checkout {SHA}",
        f"RUN git clone https://huggingface.co/kaist/thing /m\nRUN cd /m && git checkout {SHA}",
        f"RUN git clone https://huggingface.co/kaist/thing /m\nWORKDIR /m\nRUN git checkout {SHA}",
        f"ARG R={SHA}\nRUN git clone https://huggingface.co/kaist/thing\n"
        "RUN git -C thing checkout ${R}",
    ],
)
def test_a_commit_that_is_checked_out_pins_the_clone(text: str) -> None:
    assert [(one.call, one.revision) for one in read(text)] == [("git clone", (SHA,))]


def test_a_clone_that_nothing_pins() -> None:
    text = "WORKDIR /m\nRUN git clone https://huggingface.co/kaist/thing\nWORKDIR /n\n"

    assert read(text) == [Told(2, "git clone", ("kaist/thing",))]


# --- ADD


@pytest.mark.parametrize(
    ("text", "revision", "persona"),
    [
        (f"ADD {URL} /m/", ("main",), "regular"),
        (f'ADD ["{URL}", "/m/"]', ("main",), "regular"),
        (f"ADD --chown=1 {URL} \\\n    /m/a.gguf", ("main",), "regular"),
        (f"ADD --checksum=sha256:{'0' * 64} {URL} /m/", ("main",), "pedantic"),
        (f"ADD {URL.replace('main', SHA)} /m/", (SHA,), "regular"),
        (f"ADD {URL.replace('main', '$REF')} /m/", "unknown", "regular"),
        (f"ARG REF={SHA}\nADD {URL.replace('main', '${REF}')} /m/", (SHA,), "regular"),
        ("ADD https://huggingface.co/kaist/thing.git /m", "absent", "regular"),
        (f"ADD https://huggingface.co/kaist/thing.git#{SHA} /m", (SHA,), "regular"),
        (f"ADD https://huggingface.co/kaist/thing.git#{SHA}:docs /m", (SHA,), "regular"),
        ("ADD https://huggingface.co/kaist/thing.git#main /m", ("main",), "regular"),
        ("ADD https://huggingface.co/kaist/thing.git#${X} /m", "unknown", "regular"),
        ("ADD git@hf.co:kaist/thing.git#main /m", ("main",), "regular"),
        ("ADD hf://kaist/thing/a.bin /m", "absent", "regular"),
    ],
)
def test_what_is_added_from_the_hub(text: str, revision: object, persona: str) -> None:
    (found,) = regular("dockerfile", text)

    assert (found.kind, plain(found.repo_id)) == ("uri", ("kaist/thing",))
    assert (plain(found.revision), found.persona.value) == (revision, persona)


@pytest.mark.parametrize(
    ("path", "repo_type"),
    [("kaist", "model"), ("datasets/kaist", "dataset"), ("spaces/kaist", "space")],
)
def test_what_kind_of_repository_is_added(path: str, repo_type: str) -> None:
    (found,) = regular("dockerfile", f"ADD https://huggingface.co/{path}/thing.git#main /m")

    assert (found.repo_type, plain(found.repo_id)) == (repo_type, ("kaist/thing",))


def test_a_page_that_is_added_is_for_auditors() -> None:
    found = regular("dockerfile", "ADD https://huggingface.co/kaist/thing /m")

    assert [one.persona.value for one in found] == ["auditor"]


# --- FROM


@pytest.mark.parametrize(
    ("image", "repo_id", "confidence", "persona"),
    [
        ("registry.hf.space/kaist-thing:latest", "kaist/thing", Confidence.HIGH, "regular"),
        ("registry.hf.space/kaist-thing-2:latest", "kaist/thing-2", Confidence.LOW, "regular"),
        ("registry.hf.space/kaist-thing@sha256:0a", "kaist/thing", Confidence.HIGH, "pedantic"),
    ],
)
def test_the_image_of_a_space(
    image: str, repo_id: str, confidence: Confidence, persona: str
) -> None:
    (found,) = regular("dockerfile", f"FROM {image} AS base")

    assert (found.repo_type, plain(found.repo_id)) == ("space", (repo_id,))
    assert (found.confidence, found.persona.value) == (confidence, persona)


def test_an_image_without_an_owner_is_no_space() -> None:
    assert read("FROM registry.hf.space/thing:latest") == []


@pytest.mark.parametrize(
    ("line", "repo_id"),
    [
        ("FROM hf.co/kaist/thing-GGUF:Q4_K_M", "kaist/thing-GGUF"),
        ("from huggingface.co/kaist/thing", "kaist/thing"),
        ('FROM "hf.co/kaist/thing"', "kaist/thing"),
        ("FROM x\nADAPTER hf.co/kaist/thing", "kaist/thing"),
        ('SYSTEM """\nFROM hf.co/no/thing\n"""\nFROM hf.co/kaist/thing', "kaist/thing"),
    ],
)
@pytest.mark.parametrize("path", ["Modelfile", "a/Modelfile.small", "x.modelfile"])
def test_modelfiles(path: str, line: str, repo_id: str) -> None:
    (found,) = regular("dockerfile", line, path)

    assert (found.kind, plain(found.repo_id)) == ("command", (repo_id,))
    assert ids_as_written(line, [found]) == [repo_id]


@pytest.mark.parametrize(
    "line",
    [
        "FROM llama3",
        "FROM ./thing.gguf",
        "FROM kaist/thing",
        "FROM hf.co/your-org/thing",
        "FROM hf.co/kaist/thing--x",
        "PARAMETER x hf.co/kaist/thing",
        "RUN hf download kaist/thing",
        "# FROM hf.co/kaist/thing",
        "",
    ],
)
def test_modelfiles_without_a_repo(line: str) -> None:
    assert regular("dockerfile", line, "Modelfile") == []


def test_auditors_hear_of_comments_in_modelfiles() -> None:
    text = '# from https://huggingface.co/kaist/thing\nSYSTEM """\n# hf.co/kaist/other"""\n'

    assert told(everything("dockerfile", text, "Modelfile")) == [
        Told(1, "https://huggingface.co/kaist/thing", ("kaist/thing",), persona="auditor")
    ]


def test_a_model_of_ollama_may_stand_in_a_dockerfile() -> None:
    assert read("FROM hf.co/kaist/thing") == [Told(1, "FROM", ("kaist/thing",))]


# --- other shells


@pytest.mark.parametrize("shell", ['["powershell", "-Command"]', '["C:\\\\bin\\\\pwsh.EXE", "-c"]'])
def test_of_other_shells_only_addresses_are_read(shell: str) -> None:
    lines = f"RUN hf download kaist/gadget; iwr {URL}\nFROM y\nRUN hf download kaist/thing"
    text = f"FROM x\nSHELL {shell}\n{lines}"

    assert ids(text) == [(3, ("kaist/thing",)), (5, ("kaist/thing",))]


# --- comments and prose


def of(found: list[Reference]) -> list[tuple[int, object, str]]:
    return [(one.span.line, plain(one.repo_id), one.persona.value) for one in found]


@pytest.mark.parametrize(
    "comment",
    [
        "# RUN hf download kaist/thing",
        "#RUN pip install x && \\\n#    hf download kaist/thing",
        "# ENV MODEL_ID=kaist/thing",
        "## CMD vllm serve kaist/thing",
        f"# ADD {URL} /m/",
        "RUN a \\\n  # RUN hf download kaist/thing\n  b",
    ],
)
def test_what_is_commented_out_is_for_the_pedantic(comment: str) -> None:
    (found,) = everything("dockerfile", f"FROM x\n{comment}")

    assert (plain(found.repo_id), found.persona.value) == (("kaist/thing",), "pedantic")
    assert found.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("text", "repo_id"),
    [
        (
            "# syntax=docker/dockerfile:1\n# the model meta-llama/Llama-2-7b",
            "meta-llama/Llama-2-7b",
        ),
        ("# see https://huggingface.co/kaist/thing", "kaist/thing"),
        ("LABEL model=BAAI/bge-small-en-v1.5", "BAAI/bge-small-en-v1.5"),
        ("ENV THING=BAAI/bge-small-en-v1.5", "BAAI/bge-small-en-v1.5"),
        ("RUN echo 'model BAAI/bge-small-en-v1.5'", "BAAI/bge-small-en-v1.5"),
    ],
)
def test_auditors_hear_of_ids_in_prose(text: str, repo_id: str) -> None:
    (found,) = everything("dockerfile", text)

    assert (plain(found.repo_id), found.persona.value) == ((repo_id,), "auditor")
    assert ids_as_written(text, [found]) == [repo_id]


@pytest.mark.parametrize(
    "text",
    [
        "# FROM nvidia/bert-base:1",
        "# Add the model files that we need, run it",
        "# COPY qwen/bert-base /m",
        "ENV API_TOKEN=BAAI/bge-small-en-v1.5",
    ],
)
def test_auditors_hear_nothing_of_images_and_secrets(text: str) -> None:
    assert everything("dockerfile", text) == []


# --- documents without an end


@pytest.mark.parametrize(
    "text",
    [
        "RUN cat <<EOF > /x\nRUN hf download kaist/thing",
        f"COPY {'<<EOF ' * (MOST_DOCUMENTS + 1)} /x\n"
        + "EOF\n" * MOST_DOCUMENTS
        + "RUN hf download kaist/thing",
        "RUN cat <<EOF > /x\n" + "x" * 200 + "\nEOF\nRUN hf download kaist/thing",
    ],
)
def test_what_follows_a_document_is_read(text: str) -> None:
    assert [one.ids for one in read(text)] == [("kaist/thing",)]


# --- any text


SEED = f"""\
# syntax=docker/dockerfile:1
# escape=\\
ARG MODEL=kaist/thing
FROM --platform=linux/amd64 vllm/vllm-openai:latest AS base
ARG MODEL
ENV MODEL_ID=${{MODEL:-kaist/thing}} A="b c" \\
    # a comment
    MODEL_REVISION={SHA}\r
RUN --mount=type=cache,target=/x pip install x && \\
    hf download $MODEL_ID
RUN <<EOF
git clone https://huggingface.co/kaist/thing
EOF
COPY <<-load.py /app/
from transformers import AutoModel
AutoModel.from_pretrained('kaist/thing')
load.py
ADD {URL} /m/
HEALTHCHECK CMD curl localhost
SHELL ["/bin/bash", "-c"]
ONBUILD RUN hf download kaist/thing
FROM base
ENTRYPOINT ["vllm", "serve"]
CMD ["--model", "k\\u0061ist/thing"]
# RUN hf download kaist/other
"""


@given(
    mutated(
        SEED, ("${", "}", "'", '"', "#", "\\", "\\\n", "<<EOF", "EOF\n", "[", '["', "RUN ", "\t")
    )
    | st.text()
)
def test_any_text_is_read_and_places_lie_inside_it(text: str) -> None:
    spans = [span for one in everything("dockerfile", text) for span in spans_of(one)]

    assert [span for span in spans if not lies_inside(text, span)] == []


def test_the_whole_of_a_file_that_looks_real() -> None:
    assert of(regular("dockerfile", SEED)) == [
        (10, ("kaist/thing",), "regular"),
        (12, ("kaist/thing",), "regular"),
        (16, ("kaist/thing",), "regular"),
        (18, ("kaist/thing",), "regular"),
        (21, ("kaist/thing",), "regular"),
        (24, ("kaist/thing",), "regular"),
    ]
