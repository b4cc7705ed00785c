"""Whatever a file holds, reading it never raises, and what is found stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.reading import references
from flake8_hfmodels.sources.source import TextSource

SEEDS: dict[KindName, str] = {
    "yaml": """\
# model: org/model
base: &base {model_name_or_path: "Qwen/Qwen2-7B", revision: main}
trust_remote_code: true
services:
  a:
    <<: *base
    image: vllm/vllm-openai
    command: ["--model", "$(MODEL)", --trust-remote-code]
    environment: [MODEL=Qwen/Qwen2-7B, "HF_DATASETS_TRUST_REMOTE_CODE=1"]
jobs: [{run: "hf download org/model", shell: python}]
dataset: {path: ${A:-org/data}, split: train}
---
text: |
  see https://huggingface.co/org/model and hf://org/model@main/a
""",
    "json": """\
{"model": {"id": "Qwen/Qwen2-7B", "kwargs": {"trust_remote_code": "true"}},
 "scripts": {"a": "hf download org/model"}, "args": ["--model", "x"], "module": "vllm",
 "model_list": [{"litellm_params": {"model": "huggingface/a/b-7b", "api_base": "x"}}]}
""",
    "toml": """\
# see Qwen/Qwen2-7B
[tool.kernels.dependencies]
"kernels-community/activation" = 1
[model]
name = 'Qwen/Qwen2-7B'
x = {git = "https://huggingface.co/org/model", rev = "main"}
""",
    "ini": """\
[nlp]
pipeline = ["transformer"]
[components.transformer.model]
name = "roberta-base"
; model = Qwen/Qwen2-7B
""",
}
KINDS = sorted(SEEDS)


def _check(text: str, kind: KindName, path: str = "a/config.json") -> None:
    lines = split_lines(text)
    for found in references(TextSource(path, kind, whole_file(text), lines), everything=True):
        span = found.span
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert span.column <= len(lines[span.line - 1]) + 1
        assert span.end_column <= len(lines[span.end_line - 1]) + 1


@pytest.mark.parametrize("kind", KINDS)
def test_seed_has_references(kind: KindName) -> None:
    source = TextSource("a", kind, whole_file(SEEDS[kind]), split_lines(SEEDS[kind]))
    assert references(source, everything=True)


@given(text=st.text(max_size=200), kind=st.sampled_from(KINDS))
@settings(max_examples=200, deadline=None)
def test_any_text(text: str, kind: KindName) -> None:
    _check(text, kind)


@given(data=st.data(), kind=st.sampled_from(KINDS))
@settings(max_examples=300, deadline=None)
def test_changed_file(data: st.DataObject, kind: KindName) -> None:
    text = SEEDS[kind]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 20)))
        piece = data.draw(
            st.sampled_from(["", "\r\n", "\t", "\0", '"', "${", "{{", "- ", ": ", "é"])
        )
        text = text[:start] + piece + text[end:]
    _check(text, kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("model: Qwen/Qwen2-7B", id="no line end"),
        pytest.param("\ufeffmodel: Qwen/Qwen2-7B\r\n", id="a mark and carriage returns"),
        pytest.param("[" * 3000, id="deep"),
        pytest.param("a: [" * 3000, id="deeper"),
    ],
)
def test_odd_file(text: str, kind: KindName) -> None:
    _check(text, kind)
