"""Justfiles: what recipes run, with what just puts in the place of its expressions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.reference import Known
from flake8_hfmodels.sources.buildfiles.just_expressions import LONGEST, MOST_PARTS
from flake8_hfmodels.sources.buildfiles.justfile import MOST_INSERTED, MOST_VARIABLES
from tests.building import (
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


def read(text: str) -> list[Told]:
    return told(regular("justfile", text, "justfile"))


@pytest.mark.parametrize(
    "text",
    [
        "get:\n    hf download kaist/thing\n",
        "@get: a b\n\t@-hf download kaist/thing",
        "get:\r\n    hf download kaist/thing\r\n",
        "# why\n[private]\nget:\n\n    # why\n    hf download \\\n      kaist/thing\n",
        "get:\n    #!/usr/bin/env bash\n    set -e\n    hf download kaist/thing\n",
        'set shell := ["bash", "-uc"]\nget:\n  hf download kaist/thing\n',
        'get:\n    python -c "from transformers import AutoModel; '
        "AutoModel.from_pretrained('kaist/thing')\"\n",
        "get:\n    #!/usr/bin/env python3\n    from transformers import AutoModel\n"
        "    AutoModel.from_pretrained('kaist/thing')\n",
        "get:\n    wget https://huggingface.co/kaist/thing/resolve/main/a.bin\n",
    ],
)
def test_what_recipes_run_is_read(text: str) -> None:
    assert [one.ids for one in read(text)] == [("kaist/thing",)]


@pytest.mark.parametrize(
    "text",
    [
        'model := "kaist/thing"\nget:\n  hf download {{model}}\n',
        "model := 'kaist/thing'\nget:\n  hf download '{{ model }}'\n",
        "model := '''kaist/thing'''\nget:\n  hf download {{model}}\n",
        'model := """kaist/thing"""\nget:\n  hf download {{model}}\n',
        'org := "kaist"\nmodel := org + "/thing"\nget:\n  hf download {{model}}\n',
        'org := "kaist"\nmodel := org / "thing"\nget:\n  hf download {{model}}\n',
        'org := "kaist"\nget:\n  hf download {{ org / "thing" }}\n',
        'model := env("M", "kaist/thing")\nget:\n  hf download {{model}}\n',
        "model := env_var_or_default('M', 'kaist/thing')\nget:\n  hf download {{model}}\n",
        'export MODEL := "kaist/thing"\nget:\n  hf download $MODEL\n',
        'set export\nMODEL := "kaist/thing"\nget:\n  hf download $MODEL\n',
        'set export := true\nget MODEL="kaist/thing":\n  hf download $MODEL\n',
        'get model="kaist/thing":\n  hf download {{model}}\n',
        'get a b="c" +model="kaist/thing" *rest: other\n  hf download {{model}} {{rest}}\n',
        'get $model="kaist/thing":\n  hf download $model\n',
        'get model="kaist/thing":\n  #!/bin/bash\n  hf download {{model}}\n',
        "get a = \"x\" model = 'kaist/thing':\n  hf download {{model}}\n",
    ],
)
def test_expressions_stand_for_what_the_file_says(text: str) -> None:
    (found,) = regular("justfile", text)

    assert (found.kind, plain(found.repo_id)) == ("command", ("kaist/thing",))


@pytest.mark.parametrize(
    "text",
    [
        "get model:\n  hf download {{model}}\n",
        "get:\n  hf download {{model}}\n",
        "model := `cat model`\nget:\n  hf download {{model}}\n",
        'model := if a == b { "c" } else { "d" }\nget:\n  hf download {{model}}\n',
        'model := env("M")\nget:\n  hf download {{model}}\n',
        'model := "a" + other\nget:\n  hf download {{model}}\n',
        'model := "a\\n"\nget:\n  hf download {{model}}\n',
        'get model=("a" + "b"):\n  hf download {{model}}\n',
        f'model := "{"k" * (LONGEST + 1)}"\nget:\n  hf download {{{{model}}}}\n',
        "model := 'a'" + "+ 'b'" * MOST_PARTS + "\nget:\n  hf download {{model}}\n",
        "".join(f"a{number} := 'x'\n" for number in range(MOST_VARIABLES))
        + "model := 'kaist/thing'\nget:\n  hf download {{model}}\n",
    ],
)
def test_what_only_just_knows_is_unknown(text: str) -> None:
    assert [one.ids for one in read(text)] == ["unknown"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "    hf download kaist/thing",
        "# get:\n#    echo kaist/thing",
        "get: kaist/bert-base",
        "image := 'kaist/bert-base'",
        "alias b := build",
        "import 'kaist/bert-base'",
        "mod foo 'kaist/bert-base'",
        "set dotenv-load",
        "get:\n    docker push kaist/bert-base",
        "get:\n    echo {{{{ hf download kaist/thing }}",
        "get:\n    #!/usr/bin/env perl\n    hf download kaist/thing",
        "get:\n    #!",
        "x := '''a",
        "x := ",
        "{{",
        "get:\n   {{ }} }}",
        "get",
        "get:",
    ],
)
def test_says_nothing_of_all_else(text: str) -> None:
    assert read(text) == []


def test_double_braces_may_be_written() -> None:
    assert read("get:\n  hf download {{{{x}} && hf download kaist/thing\n")[-1].ids == (
        "kaist/thing",
    )


@pytest.mark.parametrize("shell", ['["powershell.exe", "-c"]', "['C:\\\\bin\\\\pwsh.EXE', '-c']"])
def test_of_other_shells_only_addresses_are_read(shell: str) -> None:
    url = "https://huggingface.co/kaist/thing/resolve/main/a.bin"
    text = f"set shell := {shell}\nget:\n  hf download kaist/gadget; iwr {url}\n"

    assert [(one.line, one.ids) for one in read(text)] == [(3, ("kaist/thing",))]


def test_an_id_stands_where_its_variable_gets_it() -> None:
    text = "model := 'kaist/thing'\n\nget:\n  @echo x\n  @hf download {{model}}\n"
    (found,) = regular("justfile", text)

    assert ids_as_written(text, [found]) == ["kaist/thing"]
    assert isinstance(found.repo_id, Known)
    assert (found.span.line, found.repo_id.values[0].span.line) == (5, 1)


def test_a_text_may_go_over_several_lines() -> None:
    text = "x := '''\nget:\n  hf download no/thing\n'''\nget:\n  hf download kaist/thing\n"

    assert [(one.line, one.ids) for one in read(text)] == [(6, ("kaist/thing",))]


def test_variables_and_parameters_of_their_own_are_told() -> None:
    text = "hf_model := 'kaist/thing'\ntrain model_id='kaist/gadget':\n  python train.py\n"

    assert read(text) == [
        Told(1, "hf_model", ("kaist/thing",)),
        Told(2, "model_id", ("kaist/gadget",)),
    ]


def test_no_more_is_put_in_than_a_file_can_bear() -> None:
    uses = "{{a}}" * (MOST_INSERTED // LONGEST + 5)
    value = "k" * LONGEST
    last = "m := 'kaist/thing'\nget:\n  hf download {{m}}\n"
    text = f"a := '{value}'\nfirst:\n  x {uses}\n  \n{last}"

    assert [one.ids for one in read(text)] == ["unknown"]


def test_auditors_hear_of_ids_in_prose() -> None:
    text = "# the model meta-llama/Llama-2-7b\nthing := 'BAAI/bge-small-en-v1.5'\n"

    assert [(one.line, one.ids, one.persona) for one in told(everything("justfile", text))] == [
        (1, ("meta-llama/Llama-2-7b",), "auditor"),
        (2, ("BAAI/bge-small-en-v1.5",), "auditor"),
    ]


SEED = """\
# models
set shell := ["bash", "-c"]
set export
model := env("M", "kaist/thing")
org := 'kaist' / "x"
text := '''
a
'''
[private]
@get model_id="kaist/thing" $b='c' *rest: other
    @hf download {{ model }} {{rest}} {{{{
    -hf download {{ org + "/thing" }} $b\r
py:
    #!/usr/bin/env python3
    from transformers import AutoModel
    AutoModel.from_pretrained("{{model}}")
"""


@given(mutated(SEED, ("{{", "}}", "'", '"', "'''", "\\", "\t", ":=", "  ", "+", "/")) | st.text())
def test_any_text_is_read_and_places_lie_inside_it(text: str) -> None:
    spans = [span for one in everything("justfile", text) for span in spans_of(one)]

    assert [span for span in spans if not lies_inside(text, span)] == []
