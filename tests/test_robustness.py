"""Whatever a file of any kind holds: it is read to its end, and what is found stands in it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_hfmodels.check import judge
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Known, Reference, Span
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.sources import reading
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import Source, TextSource
from flake8_hfmodels.sources.trouble import Trouble
from flake8_hfmodels.suppress import silencers_in

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
RULES = chosen(("HFM",), ())

CELLS = (
    ("markdown", "# Try `Qwen/reader`\n\n```python\nAutoModel.from_pretrained('Qwen/reader')\n```"),
    (
        "code",
        "%pip install transformers\nfrom transformers import AutoModel\nNAME = 'Qwen/reader'\n"
        "!hf download {NAME} --revision main\nmodel = AutoModel.from_pretrained(NAME)",
    ),
    ("code", "%%bash\nhf download Qwen/reader \\\n  --revision $REV\nvllm serve Qwen/reader"),
    ("code", "model2 = AutoModel.from_pretrained(\n    NAME, trust_remote_code=True\n)"),
    ("raw", "hf://Qwen/reader/model.bin"),
)
NOTEBOOK = {
    "cells": [
        {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
        for kind, text in CELLS
    ],
    "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}

SEEDS: dict[KindName, str] = {
    "python": """\
# see Qwen/reader
from transformers import AutoModel, pipeline
import os, subprocess
NAME = os.environ.get("NAME", "Qwen/reader")
def load(name: str = NAME, **options: object) -> object:
    \"\"\"Load 'Qwen/reader', or https://huggingface.co/Qwen/other.\"\"\"
    return AutoModel.from_pretrained(name, revision="main", **options)
load(trust_remote_code=True)
pipe = pipeline("fill-mask", model=f"Qwen/{NAME}-x")
subprocess.run(["hf", "download", "Qwen/reader", "--revision", "v1"])
""",
    "notebook": json.dumps(NOTEBOOK, indent=1),
    "yaml": """\
# model: Qwen/reader
base: &base {model_name_or_path: "Qwen/reader", revision: main}
trust_remote_code: true
services:
  a:
    <<: *base
    image: vllm/vllm-openai:latest
    command: ["--model", "$(MODEL)", --trust-remote-code]
    environment: [MODEL=Qwen/reader, "HF_TOKEN=1"]
jobs:
  b:
    steps:
      - run: |
          pip install vllm  # hfmodels: ignore[HFM001]
          hf download Qwen/reader \\
            --revision main
      - run: >-
          python -c "from transformers import AutoModel;
          AutoModel.from_pretrained('Qwen/reader')"
        shell: bash
dataset: {path: "${DATA:-Qwen/data}", split: train}
---
model: 'Qwen/it''s'
text: "see https://huggingface.co/Qwen/reader\\n and hf://Qwen/reader@main/a"
""",
    "json": """\
{
  "model": {"id": "Qwen/reader", "kwargs": {"trust_remote_code": "true"}},
  // model_name_or_path: Qwen/other
  "model_name_or_path": "Qwen\\u002freader", "revision": "main",
  "scripts": {"get": "hf download Qwen/reader && vllm serve \\"Qwen/reader\\""},
  "args": ["--model", "Qwen/reader"], "image": "vllm/vllm-openai",
  "model_list": [{"litellm_params": {"model": "huggingface/Qwen/reader", "api_base": "x"}}]
}
""",
    "toml": """\
# see Qwen/reader
[tool.kernels.dependencies]
"Qwen/activation" = 1
[[model]]
name = 'Qwen/reader'
model_name_or_path = \"\"\"\\
  Qwen/reader\"\"\"
trust_remote_code = true
x = {git = "https://huggingface.co/Qwen/reader", rev = "main"}
run = '''
hf download Qwen/reader
'''
""",
    "ini": """\
[nlp]
pipeline = ["transformer"]
[components.transformer.model]
name = "Qwen/reader"
; model = Qwen/reader
[submodule "reader"]
\turl = https://huggingface.co/Qwen/reader
\tbranch = main
""",
    "dockerfile": """\
# syntax=docker/dockerfile:1
ARG MODEL=Qwen/reader
FROM vllm/vllm-openai:latest AS base
ENV MODEL_ID=${MODEL} HF_HOME=/data
RUN --mount=type=cache,target=/x hf download $MODEL \\
    # hfmodels: ignore[HFM001]
    --revision main && \\
    git clone https://huggingface.co/Qwen/reader
RUN <<EOF
python -c "from transformers import AutoModel; AutoModel.from_pretrained('Qwen/reader')"
EOF
ADD https://huggingface.co/Qwen/reader/resolve/main/model.bin /x/
CMD ["--model", "Qwen/reader", "--trust-remote-code"]
""",
    "shell": """\
#!/bin/bash
set -eu
MODEL="${1:-Qwen/reader}"
REV=$(cat rev.txt || echo main)
if [ -n "$MODEL" ]; then hf download "$MODEL" --revision "$REV"; fi
for m in Qwen/a Qwen/b; do vllm serve "$m" --trust-remote-code & done
curl -L https://huggingface.co/Qwen/reader/resolve/main/x.bin | tee x
python - <<'PY'
from transformers import AutoModel
AutoModel.from_pretrained("Qwen/reader")
PY
git clone https://huggingface.co/Qwen/reader \\
  && llama-server -hf Qwen/reader:Q4_K_M # noqa
""",
    "makefile": """\
MODEL ?= Qwen/reader
REV := main
define GET
hf download $(1) --revision $(REV)
endef
export MODEL
models/%: %.txt
\t@hf download $(MODEL) \\
\t  --revision $(REV) || true
\t$(call GET,Qwen/other)
ifeq ($(REV),main)
serve: ; vllm serve $(MODEL) --trust-remote-code
endif
""",
    "justfile": """\
model := env("MODEL", "Qwen/reader")
rev := "main"
get name=model *args:
    hf download {{name}} --revision {{rev}} {{args}}
    @-vllm serve {{ model }} \\
      --trust-remote-code
py:
    #!/usr/bin/env python3
    from transformers import AutoModel
    AutoModel.from_pretrained("Qwen/reader")
""",
    "env": """\
# MODEL=Qwen/other
export MODEL_ID=Qwen/reader
MODEL_REVISION='main'
HF_MODEL="Qwen/${MODEL_ID}"
TRUST_REMOTE_CODE=true
URL=https://huggingface.co/Qwen/reader/resolve/main/x.bin
""",
    "requirements": """\
transformers==4.40
https://huggingface.co/Qwen/reader/resolve/main/a-1.0-py3-none-any.whl \\
    --hash=sha256:00
-e git+https://huggingface.co/Qwen/reader@main#egg=a  # a comment
en_core_web_sm @ https://huggingface.co/spacy/en_core_web_sm/resolve/main/x.whl
""",
    "markdown": """\
---
base_model: Qwen/reader
datasets: [Qwen/data]
---
# Use [Qwen/reader](https://huggingface.co/Qwen/reader)

<!-- hfmodels: ignore[HFM001] -->
```python
from transformers import AutoModel
AutoModel.from_pretrained("Qwen/reader")
```

> - ```bash
>   hf download Qwen/reader
>   ```

1. Run `vllm serve Qwen/reader`:

       $ hf download Qwen/reader
<p><code>hf download Qwen/reader</code></p>
""",
    "rst": """\
Use it
======

See `the model <https://huggingface.co/Qwen/reader>`_ or ``Qwen/reader``::

    hf download Qwen/reader

.. code-block:: python
   :linenos:

   from transformers import AutoModel
   AutoModel.from_pretrained("Qwen/reader")

.. code:: yaml

   model_name_or_path: Qwen/reader

>>> AutoModel.from_pretrained("Qwen/reader")
""",
    "html": """\
<!DOCTYPE html>
<html><!-- Qwen/reader --><body>
<a href="https://huggingface.co/Qwen/reader">Qwen&#47;reader</a>
<pre><code class="language-python">from transformers import AutoModel
AutoModel.from_pretrained(&quot;Qwen/reader&quot;)
</code></pre>
<pre class="bash">hf download Qwen/reader &amp;&amp; vllm serve Qwen/reader</pre>
<script type="module">
import { pipeline } from "https://cdn.jsdelivr.net/npm/@huggingface/transformers";
const pipe = await pipeline("fill-mask", "Qwen/reader");
</script></body></html>
""",
    "javascript": """\
import { pipeline, AutoModel as Model } from "@huggingface/transformers";
import * as hub from '@huggingface/hub'; // Qwen/reader
const NAME = process.env.NAME ?? `Qwen/reader`;
const options = { revision: "main", dtype: "q4" };
export async function load(name = NAME) {
  return await Model.from_pretrained(name, { ...options });
}
const pipe = await pipeline("fill-mask", "Qwen/" + "reader", options);
for await (const f of hub.listFiles({ repo: { type: "model", name: "Qwen/reader" } })) {}
/* hf://Qwen/reader */ const re = /a[/]b/g, url = `https://huggingface.co/${NAME}/resolve/main/x`;
""",
}
KINDS = sorted(SEEDS)

COMMON = (
    *("Qwen/reader", "main", SHA, "https://huggingface.co/Qwen/reader/resolve/main/x.bin"),
    *("hf://Qwen/reader@main/x", "hf download", "vllm serve", "--revision", "--model", "Qwen/"),
    *("AutoModel.from_pretrained(", "trust_remote_code", "model", "revision", "true", "é", "😀"),
    *("\n", "\n", "\n", "\r\n", "\r", " ", "  ", "    ", "\t", "\0", "\u2028", "\x0c", "\ufeff"),
    *("'", '"', "`", "\\", "/", "#", ":", "=", ",", "-", "$", "{", "}", "[", "]", "(", ")", "<"),
    *(">", "&", "|", "*", "!", "@", "%", "~", ";", "?", ".", "_", "0", "1", "hfmodels: ignore["),
)
"""What a file of any kind may hold: words of the Hub, marks of syntax, ends of lines."""

OWN: dict[KindName, tuple[str, ...]] = {
    "python": ("f'{", "def f(a):", "import transformers\n", "lambda ", "'''", "# ", "**", "\\\n"),
    "notebook": (
        *('{"cells": [', '{"cell_type": "code", "source": [', '"%%bash\\n",', '"!hf download '),
        *("]}", "\\n", '"metadata": {}', '"nbformat": 4', "%%", "\\u002f", "\\ud83d"),
    ),
    "yaml": (
        *(": ", "- ", "|\n", ">-\n", "&a ", "*a", "<<: ", "? ", "---\n", "...\n", "!!str ", "%"),
        *("{{ .Values.model }}", "run: ", "image: vllm/vllm-openai\n", "args: ", "command: "),
    ),
    "json": ('": ', '{"', "}, ", "// ", "/* ", "*/", "\\u002f", "\\", "null", '"model": "'),
    "toml": ("[[a]]\n", "[a.b]\n", " = ", "'''", '"""', "\\\n", "{a = ", "2020-01-01", "model = "),
    "ini": ("[a]\n", " = ", "; ", "[submodule 'a']\n", "url = ", "\n ", "${a:b}", "%(a)s"),
    "dockerfile": (
        *("\nRUN ", "\nFROM ", "\nENV ", "\nARG ", "\nCMD [", "\nADD ", "<<EOF\n", "\nEOF\n"),
        *(" \\\n", "${MODEL:-", "# escape=`\n", "vllm/vllm-openai", "ONBUILD "),
    ),
    "shell": (
        *("$(", "${", "$((", "<<EOF\n", "\nEOF\n", "<<-'A'\n", "\nA\n", "if ", "then ", "fi"),
        *("for m in ", "do ", "done", "case ", "esac", "&& ", "|| ", "\\\n", "$'", "<(", "MODEL="),
        *("python -c '", "bash -c ", "function f {", "[[", "]]", "$MODEL", "{a,b}", "eval "),
    ),
    "makefile": (
        *("\n\t", "$(", "$(call ", "define A\n", "endef\n", " := ", " ?= ", "+=", "ifdef A\n"),
        *("endif\n", "a: b\n", "$@", "$$", "\\\n", "$(shell ", "$(foreach ", "$(MODEL)", "MODEL"),
    ),
    "justfile": (
        *("\n    ", "{{", "}}", " := ", "a b='c':\n", "env('A', ", "[private]\n", "'''", "@", "#!"),
        *("if a == b { ", "} else { ", "/usr/bin/env python3\n", "set shell := ", "{{model}}"),
    ),
    "env": ("MODEL=", "export ", "${", "$A", "HF_MODEL_ID=", "\n", "A='", 'B="', " # "),
    "requirements": ("-e ", "git+", " @ ", "--hash=", " ; python", "#egg=a", "\\\n", "==1", "-r a"),
    "markdown": (
        *("```", "~~~", "```python\n", "```bash\n", "```yaml\n", "> ", "- ", "1. ", "    ", "# "),
        *("<!-- ", " -->", "](", "[a]: ", "---\n", "<pre>", "</pre>", "<code>", "$ ", "`", "|"),
    ),
    "rst": (
        *("::\n\n", ".. code-block:: ", "python\n\n", "bash\n\n", ".. ", "``", "`_", "    ", "   "),
        *(">>> ", "... ", ".. code:: yaml\n", ":linenos:\n", ".. |a| replace:: ", "$ "),
    ),
    "html": (
        *("<pre>", "</pre>", "<code class='language-python'>", "</code>", "<script>", "</script>"),
        *("<!--", "-->", "&lt;", "&#47;", "&#x110000;", "&#", "<a href='", "<br/>", "<![CDATA["),
    ),
    "javascript": (
        *("`", "${", "//", "/*", "*/", "=> ", "await ", "import { pipeline } from '", "pipeline("),
        *("@huggingface/transformers", "const a = ", "...", "?.", "??", "<a>", "</a>", "/a/g"),
        *("<script>", "</script>", "function f(", "class A {", "new ", "return /"),
    ),
}
LETTERS = {kind: st.sampled_from((*COMMON, *OWN[kind] * 3)) for kind in KINDS}
INSERTED = {kind: st.sampled_from((*COMMON, *OWN[kind])) | st.text(max_size=3) for kind in KINDS}


def source_of(kind: KindName, text: str) -> Source | None:
    """The source that a file of the kind is, or `None` where Python cannot be parsed."""
    if kind != "python":
        return TextSource("folder/a", kind, whole_file(text), split_lines(text))
    parsed = parse("folder/a.py", text.encode("utf-8", "replace"))
    return None if isinstance(parsed, Trouble) else parsed


@st.composite
def slips(draw: st.DrawFn, kind: KindName) -> str:
    """The seed of a kind after a few slips of the hand."""
    text = SEEDS[kind]
    for _ in range(draw(st.integers(1, 4))):
        lines = draw(st.booleans())
        pieces = text.splitlines(keepends=True) if lines else list(text)
        first = draw(st.integers(0, len(pieces)))
        last = first + draw(st.integers(0, 3 if lines else 12))
        some = pieces[first:last]
        put = draw(
            st.one_of(
                st.just([]),
                st.just(some * 2),
                st.just(some[::-1]),
                INSERTED[kind].map(lambda new, old=some: [new, *old]),  # type: ignore[misc]
            )
        )
        text = "".join([*pieces[:first], *put, *pieces[last:]])
    return text


def spans_of(reference: Reference) -> list[Span]:
    """Every place in the file that a reference speaks of."""
    values = (
        reference.repo_id,
        reference.revision,
        reference.code_revision,
        reference.trust_remote_code,
        *reference.options.values(),
    )
    known = (one for value in values if isinstance(value, Known) for one in value.values)
    return [reference.span, *(one.span for one in known if not one.path)]


def is_in(span: Span, lines: Sequence[str]) -> bool:
    """Whether a place is one in a file of these lines."""
    ends = ((span.line, span.column), (span.end_line, span.end_column))
    return ends[0] <= ends[1] and all(
        1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1 for line, column in ends
    )


def check(kind: KindName, text: str) -> list[Reference]:
    """Read a file twice and judge it: what is true of every file is true of this one."""
    source = source_of(kind, text)
    if source is None:
        return []
    regular, again = (reading.references(source, everything=False) for _ in range(2))
    everything, once_more = (reading.references(source, everything=True) for _ in range(2))
    assert (regular, everything) == (again, once_more)
    spans = [span for one in (*regular, *everything) for span in spans_of(one)]
    assert [span for span in spans if not is_in(span, source.lines)] == []
    silencers = silencers_in(source)
    for found in judge(everything, {}, RULES, Persona.AUDITOR):
        assert is_in(found.span, source.lines)
        silencers.suppressed(found)
    reading.mistake(source)
    return everything


@pytest.mark.parametrize("kind", KINDS)
def test_seed(kind: KindName) -> None:
    assert len(check(kind, SEEDS[kind])) >= 3


@pytest.mark.parametrize("kind", KINDS)
def test_who_hears_more_hears_the_same_too(kind: KindName) -> None:
    source = source_of(kind, SEEDS[kind])
    assert source is not None
    regular, everything = (reading.references(source, everything=one) for one in (False, True))
    heard = [one for one in regular if one.persona is Persona.REGULAR]
    assert [one for one in heard if one not in everything] == []


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=30)
@given(st.data())
def test_any_text_of_a_kind(kind: KindName, data: st.DataObject) -> None:
    check(kind, "".join(data.draw(st.lists(LETTERS[kind], max_size=60))))


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=40)
@given(st.data())
def test_seed_with_slips(kind: KindName, data: st.DataObject) -> None:
    check(kind, data.draw(slips(kind)))


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=10)
@given(st.data())
def test_seed_of_another_kind(kind: KindName, data: st.DataObject) -> None:
    check(kind, data.draw(slips(data.draw(st.sampled_from(KINDS)))))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param("makefile", "MODEL=Qwen/e\ne:;./run $(MODEL)\n", id="makefile"),
        pytest.param(
            "justfile", 'model := env("MODEL", "Qwen/r")\nr:\n  ./run {{model}}\n', id="justfile"
        ),
        pytest.param("yaml", "image: vllm/vllm-openai\ncommand: serve Qwen/r\n", id="image"),
    ],
)
def test_mention_does_not_drown_what_is_loaded(kind: KindName, text: str) -> None:
    source = source_of(kind, text)
    assert source is not None
    (quiet,) = reading.references(source, everything=False)
    assert reading.references(source, everything=True) == [quiet]
