from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.reference import Known, Reference
from flake8_hfmodels.sources.manual.markdown import text_references
from flake8_hfmodels.sources.manual.sifting import MOST_LINES
from flake8_hfmodels.sources.placed import inserted, whole_file
from flake8_hfmodels.sources.reading import references
from flake8_hfmodels.sources.source import Context, TextSource
from tests.reading import SHA, plain

PROBE = Path(__file__).parents[2] / "shared" / "probe" / "p49_readme.md"

HEAD = "from transformers import AutoModel, pipeline\n"
FENCE = "```python\n" + HEAD + "{}\n```\n"

Said = tuple[int, str, str]
"""Line, id and persona."""


def found(text: str, everything: bool = False, kind: KindName = "markdown") -> list[Reference]:
    source = TextSource("README.md", kind, whole_file(text), tuple(text.split("\n")))
    return references(source, everything)


def said(text: str, everything: bool = False, kind: KindName = "markdown") -> list[Said]:
    return [
        (one.span.line, str(written.value), one.persona.value)
        for one in found(text, everything, kind)
        if isinstance(one.repo_id, Known)
        for written in one.repo_id.strings()
        if one.local is None
    ]


def regular(text: str, kind: KindName = "markdown") -> list[tuple[int, str]]:
    return [(line, name) for line, name, who in said(text, kind=kind) if who == "regular"]


LOAD = 'AutoModel.from_pretrained("o/m")'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(FENCE.format(LOAD), [(3, "o/m")], id="backticks"),
        pytest.param(FENCE.format(LOAD).replace("```", "~~~"), [(3, "o/m")], id="tildes"),
        pytest.param(f"````py\n```\n{LOAD}\n````\n", [(3, "o/m")], id="longer"),
        pytest.param(f"```{{.python}}\n{LOAD}\n```\n", [(2, "o/m")], id="braces-and-a-dot"),
        pytest.param(f"```{{python}}\n{LOAD}\n```\n", [(2, "o/m")], id="braces"),
        pytest.param(f'``` Python title="a.py"\n{LOAD}\n```', [(2, "o/m")], id="title"),
        pytest.param(f"```{{code-cell}} ipython3\n{LOAD}\n```", [(2, "o/m")], id="directive"),
        pytest.param(f"text\n\n```python\n{LOAD}", [(4, "o/m")], id="never-closed"),
        pytest.param(f"- ```python\n  {LOAD}\n  ```\n", [(2, "o/m")], id="in-a-list"),
        pytest.param(f"> ```python\n> {LOAD}\n> ```\n", [(2, "o/m")], id="in-a-quote"),
        pytest.param(f"> ```python\n> {LOAD}\n\nx", [(2, "o/m")], id="quote-ends"),
        pytest.param(f"```python\r\n{LOAD}\r\n```\r\n", [(2, "o/m")], id="carriage-returns"),
        pytest.param(f"```py\n>>> {LOAD}\nModel(o/x)\n```", [(2, "o/m")], id="doctest"),
        pytest.param(f"```\nIn [1]: {LOAD}\n```", [], id="ipython-without-language"),
        pytest.param(f"```ipython\nIn [1]: {LOAD}\n```", [(2, "o/m")], id="ipython"),
        pytest.param(f"```py\n%time\n{LOAD}\n```", [(3, "o/m")], id="magic"),
        pytest.param("```py\n!hf download o/m\n```", [(2, "o/m")], id="command-in-python"),
        pytest.param("```bash\nhf download o/m\n```", [(2, "o/m")], id="shell"),
        pytest.param("```sh\n$ hf download o/m\no/x\n```", [(2, "o/m")], id="prompt"),
        pytest.param("```console\n(env) u@h:~$ hf download o/m\n```", [(2, "o/m")], id="user"),
        pytest.param("```console\nhf download o/m\n```", [(2, "o/m")], id="no-prompt"),
        pytest.param(
            "```sh\n$ hf \\\n> download o/m\nhf download o/x\n```", [(2, "o/m")], id="more"
        ),
        pytest.param(
            "```sh\n$ python - <<EOF\nfrom transformers import AutoModel\n" + LOAD + "\nEOF\n"
            "hf download o/x\n```",
            [(4, "o/m")],
            id="heredoc",
        ),
        pytest.param(
            "```js\nimport {pipeline} from '@xenova/transformers'\npipeline('x', 'o/m')\n```",
            [(3, "o/m")],
            id="javascript",
        ),
        pytest.param(
            "```yaml\nmodel_name_or_path: org/some-model\n```", [(2, "org/some-model")], id="yaml"
        ),
        pytest.param(
            "```dockerfile\nFROM a\nRUN hf download o/m\n```", [(3, "o/m")], id="dockerfile"
        ),
        pytest.param(f"```\n{HEAD}{LOAD}\n```", [(3, "o/m")], id="python-by-its-imports"),
        pytest.param(f"```\n>>> {LOAD}\n```", [(2, "o/m")], id="python-by-its-prompts"),
        pytest.param("```\nhf download o/m\n```", [(2, "o/m")], id="shell-by-its-program"),
        pytest.param("```text\n$ hf download o/m\n```", [(2, "o/m")], id="shell-by-its-prompt"),
        pytest.param(
            FENCE.format("") + "\n```python\npipeline('x', 'o/m')\n```", [(7, "o/m")], id="imports"
        ),
        pytest.param(
            "```python\nfrom transformers import (\n    AutoModel,  # a\n    pipeline,\n)\n```\n"
            "```python\npipeline('x', 'o/m')\n```",
            [(8, "o/m")],
            id="imports-in-brackets",
        ),
        pytest.param(
            '```python\nNAME = "o/m"\n```\n```python\nAutoModel.from_pretrained(NAME)\n```',
            [(5, "o/m")],
            id="texts-of-earlier-pieces",
        ),
        pytest.param(
            "```python\nimport transformers as t\nimport os.path\n```\n```python\n"
            "t.pipeline('x', 'o/m')\nos.path\n```",
            [(6, "o/m")],
            id="modules-of-earlier-pieces",
        ),
        pytest.param(
            '```python\nNAME = "o/m"\n```\n```python\nNAME = "o/k"\n'
            "AutoModel.from_pretrained(NAME)\n```",
            [(6, "o/k")],
            id="given-again",
        ),
        pytest.param(
            "```python\nAutoModel.from_pretrained('o/m', revision='main', ...)\n```",
            [(2, "o/m")],
            id="left-out",
        ),
        pytest.param(
            f"```python\nthis is no python\nfor a in b:\n    {LOAD}\nx = (((\n  {LOAD}\n```",
            [(4, "o/m"), (6, "o/m")],
            id="statement-by-statement",
        ),
        pytest.param(
            "```python\nno python\n  AutoModel.from_pretrained(\n'o/m'\n)\nx = (\n```",
            [(3, "o/m")],
            id="brackets",
        ),
    ],
)
def test_code_that_is_shown(text: str, expected: list[tuple[int, str]]) -> None:
    assert regular(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("# Title\n\nText without code.\n", id="prose"),
        pytest.param("```python\n```\n", id="nothing-in-it"),
        pytest.param(f"```text\n{LOAD}\n```", id="text"),
        pytest.param(f"```cpp\n{LOAD}\n```", id="another-language"),
        pytest.param(f"    {LOAD}\n", id="indented"),
        pytest.param(LOAD, id="no-code"),
        pytest.param(FENCE.format('AutoModel.from_pretrained("your-org/m")'), id="yours"),
        pytest.param(FENCE.format('AutoModel.from_pretrained("username/m")'), id="user"),
        pytest.param(FENCE.format('AutoModel.from_pretrained("foo/bar")'), id="dummy"),
        pytest.param(FENCE.format('AutoModel.from_pretrained("path-to-model")'), id="a-word"),
        pytest.param(FENCE.format("AutoModel.from_pretrained(name)"), id="filled-in"),
        pytest.param(
            "```py\nfrom datasets import load_dataset\nload_dataset('my_data')\n```", id="data"
        ),
        pytest.param("```python\n" + "x = (\n" * (MOST_LINES + 1) + LOAD + "\n```", id="too-long"),
        pytest.param(FENCE.format('AutoModel.from_pretrained("./m")'), id="path"),
        pytest.param("``` `` ```\n" + LOAD + "\n", id="inline"),
        pytest.param("Use `AutoModel.from_pretrained('o/m')` for it", id="inline-call"),
        pytest.param("See https://huggingface.co/o/m/resolve/main/a.bin", id="address"),
    ],
)
def test_nothing_that_everybody_wants_to_hear_of(text: str) -> None:
    assert regular(text) == []


def test_a_legacy_name_is_one_of_a_repo() -> None:
    assert regular(FENCE.format('AutoModel.from_pretrained("gpt2")')) == [(3, "gpt2")]


def test_what_is_shown_is_likely_at_most() -> None:
    (one,) = found(FENCE.format(LOAD))

    assert one.confidence.value == "medium"


def test_a_flag_of_a_command_that_is_shown() -> None:
    (one,) = found("```bash\nvllm serve o/m --trust-remote-code\n```\n")

    assert plain(one.trust_remote_code) == (True,)


def test_columns_are_those_of_the_file() -> None:
    (one,) = found(f"> ```python\n> {LOAD}\n> ```\n")

    assert (one.span.column, one.span.end_column) == (3, 3 + len(LOAD))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`AutoModel.from_pretrained('o/m')`", [(1, "o/m", "pedantic")]),
        ("``hf download o/m``", [(1, "o/m", "pedantic")]),
        ("`$ hf download o/m --local-dir x`", [(1, "o/m", "pedantic")]),
        ("`load_model('o/m')`", []),
        ("[x](https://huggingface.co/o/m)", [(1, "o/m", "auditor")]),
        ("https://huggingface.co/o/m/resolve/main/a", [(1, "o/m", "pedantic")]),
        ("<!-- https://hf.co/o/m -->", [(1, "o/m", "auditor")]),
        ("https://huggingface.co/docs/transformers", []),
        ("https://huggingface.co/google", []),
        (
            "`hf download o/m` https://huggingface.co/o/m",
            [(1, "o/m", "pedantic")],
        ),
    ],
)
def test_prose_in_every_persona(text: str, expected: list[Said]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("The `Qwen/Qwen2-7B` model", ["Qwen/Qwen2-7B"]),
        ("| `BAAI/bge-m3` | 0.8 |", ["BAAI/bge-m3"]),
        ("[x](https://hf.co/who/thing)\n\nWith who/thing it works", 2 * ["who/thing"]),
        ("[Qwen/Qwen2-7B](#qwen)", ["Qwen/Qwen2-7B"]),
        ("[Qwen/Qwen2-7B](https://github.com/Qwen/Qwen2-7B)", []),
        ("Qwen/Qwen2-7B (https://github.com/Qwen/Qwen2-7B)", []),
        ("The model Qwen/Qwen2-7B and [code](https://github.com/x/y)", ["Qwen/Qwen2-7B"]),
        ("[Qwen/Qwen2-7B][1]\n\n[1]: https://github.com/a/b", []),
        ("[Qwen/Qwen2-7B][1]\n\n[1]: https://example.org/", []),
        (
            "[Qwen/Qwen2-7B][]\n\n[qwen/qwen2-7b]: https://hf.co/Qwen/Qwen2-7B",
            2 * ["Qwen/Qwen2-7B"],
        ),
        ("[![b](https://x.org/a.svg)](https://example.org/Qwen/Qwen2-7B)", []),
        ("[Qwen/Qwen2-7B](<https://example.org>)", []),
        ("`Qwen/Qwen3-Nano-*` models, `Qwen/Qwen2.5-Big-*` too", []),
        ("the model `gpt2` of OpenAI", []),
        ("```python\nmodel = 'gpt2'  # and a/b\n```", []),
        (FENCE.format("AutoModel.from_pretrained('gpt2')") + "or `gpt2`", ["gpt2", "gpt2"]),
        ("the model `bert-base-uncased`", ["bert-base-uncased"]),
        ("train/test and/or `src/main.py`, `application/json`", []),
        ("model `username/model` or `<org>/<model>` or `your-name/model`", []),
        ("```text\nLoading model Qwen/Qwen2-7B\n```", ["Qwen/Qwen2-7B"]),
        ("`Qwen/Qwen2-7B`, again Qwen/Qwen2-7B", ["Qwen/Qwen2-7B"]),
    ],
)
def test_ids_in_prose(text: str, ids: list[str]) -> None:
    assert [name for _line, name, _who in said(text, everything=True)] == ids


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("base_model: o/m", [(2, "o/m", "auditor")]),
        ("base_model:\n- o/m\n- o/k", [(3, "o/m", "auditor"), (4, "o/k", "auditor")]),
        ("datasets: [glue, o/d]", [(2, "glue", "auditor"), (2, "o/d", "auditor")]),
        ("models:\n  - o/m", [(3, "o/m", "auditor")]),
        ("preload_from_hub:\n- o/m", [(3, "o/m", "regular")]),
        (f"preload_from_hub:\n- o/m a.bin,b.bin {SHA}", [(3, "o/m", "regular")]),
        ("base_model: some words", []),
        ("base_model: ./model.bin", []),
        ("base_model: {a: b}", []),
        ("base_model: ''", []),
        ("title: o/m", []),
        ("- base_model", []),
    ],
)
def test_the_head_of_a_card(head: str, expected: list[Said]) -> None:
    assert said(f"---\n{head}\n---\n\n# Title\n") == expected


@pytest.mark.parametrize(
    ("words", "revision"),
    [
        ("o/m", "absent"),
        ("o/m a.bin", "absent"),
        (f"o/m {SHA}", (SHA,)),
        (f"o/m a.bin,b.bin {SHA}", (SHA,)),
        ("o/m a.bin main", ("main",)),
    ],
)
def test_what_a_space_loads_beforehand(words: str, revision: object) -> None:
    (one,) = found(f"---\npreload_from_hub:\n- {words}\n---\n")

    assert plain(one.revision) == revision


def test_a_head_that_does_not_end_is_none() -> None:
    assert said("---\nbase_model: o/m\n") == []


def test_a_cell_has_no_head() -> None:
    text = whole_file("---\nbase_model: o/m\n---\n" + FENCE.format(LOAD))

    assert [one.span.line for one in text_references(text, Context("a.ipynb"))] == [6]


def test_a_cell_that_stands_at_one_place() -> None:
    text = inserted(FENCE.format("") + FENCE.format(LOAD), 7, 3)

    assert {one.span.line for one in text_references(text, Context("a.ipynb"))} == {7}


def test_a_cell_at_one_place_says_a_thing_once() -> None:
    text = inserted(FENCE.format(LOAD) + f"`{LOAD}`", 7, 3)

    assert len(text_references(text, Context("a.ipynb"))) == 1


def test_an_id_that_is_loaded_is_known_in_prose() -> None:
    text = FENCE.format('AutoModel.from_pretrained("who/what")') + "\nAs who/what does.\n"

    assert said(text, everything=True) == [(3, "who/what", "regular"), (6, "who/what", "auditor")]


@pytest.mark.skipif(not PROBE.is_file(), reason="the probes are not beside the project")
def test_the_probe() -> None:
    assert regular(PROBE.read_text(encoding="utf-8")) == [(5, "org/model")]


SEEDS = (
    FENCE.format(LOAD),
    "---\npreload_from_hub:\n- o/m a main\n---\n# [a/b-7b](https://github.com/a/b-7b)\n",
    "> ```bash\n> $ hf download o/m \\\n>   --revision x\n> ```\n`hf download o/m`\n",
    "```{.yaml}\nmodel: Qwen/Qwen2-7B\n```\n\n~~~py\n>>> x = (\n... 1)\n~~~\n",
)
PIECES = st.sampled_from(
    [
        *SEEDS,
        "```",
        "~~~",
        "`",
        "> ",
        "- ",
        "\n",
        "\r\n",
        "---\n",
        "[",
        "](",
        "hf.co/o/m",
        "\t",
        "é",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=12), st.booleans(), st.integers(0, 200))
def test_any_text_is_read(parts: list[str], everything: bool, cut: int) -> None:
    text = "".join(parts)[cut // 2 :]
    lines = [len(line.text) for line in whole_file(text).lines()]

    for one in found(text, everything):
        assert 1 <= one.span.line <= one.span.end_line <= len(lines)
        assert 1 <= one.span.column <= lines[one.span.line - 1] + 1
        assert one.span.end_column <= lines[one.span.end_line - 1] + 1
