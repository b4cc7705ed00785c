"""Makefiles: what recipes run, with what make puts in the place of its variables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.reference import Known, Span
from flake8_hfmodels.sources.buildfiles.make_variables import (
    COST_OF_A_CALL,
    DEEPEST,
    LONGEST,
    MOST,
    MOST_INSERTED,
    MakeVariables,
)
from flake8_hfmodels.sources.placed import whole_file
from flake8_hfmodels.sources.shell.word import HOLE
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


def read(text: str) -> list[Told]:
    return told(regular("makefile", text, "Makefile"))


@pytest.mark.parametrize(
    "text",
    [
        "all:\n\thf download kaist/thing\n",
        "all: a b\n\thf download kaist/thing",
        "all::\n\thf download kaist/thing\n",
        "a/%.o: %.c | dir\n\thf download kaist/thing\n",
        "all:\r\n\thf download kaist/thing\r\n",
        "all:\n\n\t# why\n# why\n\t@-hf download kaist/thing\n",
        "all:\n\t@ + hf download \\\n\t\tkaist/thing\n",
        "all: a ; @hf download kaist/thing\n",
        "all: a \\\n  b\n\tif true; then \\\n\t  hf download kaist/thing; \\\n\tfi\n",
        "all:\nifeq ($(A),b)\n\thf download kaist/thing\nendif\n",
        ".RECIPEPREFIX = >\nall:\n> hf download kaist/thing\n",
        ".RECIPEPREFIX :=\nall:\n\thf download kaist/thing\n",
        ".ONESHELL:\nall:\n\tcd x\n\thf download kaist/thing\n",
        "X := $(shell hf download kaist/thing)\n",
        "X != hf download kaist/thing\n",
        "all:\n\tx $(shell hf download kaist/thing)\n",
        "define get\nhf download kaist/thing\nendef\n",
        "override define get =\n@hf download \\\n  kaist/thing\nendef\n",
        'all:\n\tpython -c "from transformers import AutoModel; '
        "AutoModel.from_pretrained('kaist/thing')\"\n",
        "all:\n\twget https://huggingface.co/kaist/thing/resolve/main/a.bin\n",
    ],
)
def test_what_recipes_run_is_read(text: str) -> None:
    assert [one.ids for one in read(text)] == [("kaist/thing",)]


@pytest.mark.parametrize(
    "text",
    [
        "MODEL = kaist/thing\nall:\n\thf download $(MODEL)\n",
        "MODEL := kaist/thing\nall:\n\thf download ${MODEL}\n",
        "MODEL ::= kaist/thing\nall:\n\thf download '$(MODEL)'\n",
        "MODEL :::= kaist/thing\nall:\n\thf download '$(MODEL)'\n",
        "MODEL ?= kaist/thing\nMODEL ?= other/one\nall:\n\thf download $(MODEL)\n",
        "M = kaist/thing\nall:\n\thf download $M\n",
        "override MODEL=kaist/thing # why\nall:\n\thf download $(MODEL)\n",
        "all:\n\thf download $(MODEL)\nMODEL = kaist/thing\n",
        "ORG = kaist\nMODEL = $(ORG)/thing\nall:\n\thf download $(MODEL)\n",
        "ARGS = kaist/thing\nARGS += --local-dir x\nall:\n\thf download $(ARGS)\n",
        "ARGS += kaist/thing\nall:\n\thf download $(ARGS)\n",
        "all: MODEL = kaist/thing\nall:\n\thf download $(MODEL)\n",
        "export MODEL := kaist/thing\nall:\n\thf download $$MODEL\n",
        "MODEL = kaist/thing\nexport MODEL OTHER\nall:\n\thf download $${MODEL}\n",
        "MODEL = kaist/thing\nexport\nall:\n\thf download $$MODEL\n",
        "MODEL = kaist/thing\n.EXPORT_ALL_VARIABLES:\nall:\n\thf download $$MODEL\n",
        "all:\n\tMODEL=kaist/thing; hf download $$MODEL\n",
        "MODELS = kaist/thing\nall:\n\tfor m in $(MODELS); do hf download $$m; done\n",
        "define get\nhf download $(1)\nendef\nall:\n\t$(call get,kaist/thing)\n",
        "define get\nhf download $1 -q $2\nendef\nM=kaist/thing\nall:\n\t$(call get,$(M),x)\n",
        "get = hf download $(1)\nouter = $(call get,$(1)/thing)\nall:\n\t$(call outer,kaist)\n",
        "get = hf download kaist/thing\nall:\n\t$(call get)\n",
        "get = hf download $9\nall:\n\t$(call get,1,2,3,4,5,6,7,8,kaist/thing,10)\n",
    ],
)
def test_variables_stand_for_what_the_file_says(text: str) -> None:
    (found,) = regular("makefile", text)

    assert (found.kind, plain(found.repo_id)) == ("command", ("kaist/thing",))


@pytest.mark.parametrize(
    "text",
    [
        "all:\n\thf download $(MODEL)\n",
        "all:\n\thf download $@ $< $(@D)\n",
        "MODEL = $(OTHER)\nall:\n\thf download $(MODEL)\n",
        "MODEL = $(MODEL)x\nall:\n\thf download $(MODEL)\n",
        "A = $(B)\nB = $(A)\nall:\n\thf download $(A)\n",
        "MODEL = kaist/thing\nall:\n\thf download $(MODEL:a=b)\n",
        "MODEL = kaist/thing\nall:\n\thf download $(addprefix x,$(MODEL))\n",
        "all:\n\thf download $(call missing,kaist/thing)\n",
        f"MODEL = {'k' * (LONGEST + 1)}\nall:\n\thf download $(MODEL)\n",
        f"MODEL = a\nMODEL += {'k' * LONGEST}\nMODEL += b\nall:\n\thf download $(MODEL)\n",
        f"A = {'k' * LONGEST}\nMODEL = $(A)$(A)\nall:\n\thf download $(MODEL)\n",
    ],
)
def test_what_only_make_knows_is_unknown(text: str) -> None:
    assert [one.ids for one in read(text) if one.call == "hf download"] == ["unknown"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\t",
        "\thf download kaist/thing",
        "A = b\n\thf download kaist/thing",
        "hf download kaist/thing",
        "# all:\n#\techo kaist/thing",
        "all: kaist/bert-base\n\tcp kaist/bert-base x\n",
        "IMAGE = kaist/bert-base\n",
        "all:\n\tdocker push kaist/bert-base\n",
        "all:\n\techo hf download kaist/thing\n",
        "include kaist/bert-base.mk",
        "ifeq (a,b)\nelse\nendif",
        "define x\n",
        "define x\nendef",
        "endef",
        "define get\nhf download $(1)\nendef\n",
        "A =\nA +=",
        "export",
        "all:",
        "all: ;",
        "A = $(",
        "A = $(B",
        "A = $((B)",
        "all:\n\t$",
        "all:\n\t",
        "\\",
        "all: \\\n",
    ],
)
def test_says_nothing_of_all_else(text: str) -> None:
    assert read(text) == []


def test_an_id_stands_where_its_variable_gets_it() -> None:
    text = "ORG = kaist\nMODEL ?= kaist/thing\n\nall:\n\techo x\n\t@hf download $(MODEL)\n"
    (found,) = regular("makefile", text)

    assert ids_as_written(text, [found]) == ["kaist/thing"]
    assert isinstance(found.repo_id, Known)
    assert (found.span.line, found.repo_id.values[0].span.line) == (6, 2)


@pytest.mark.parametrize(("operator", "closed"), [("?=", False), ("=", True), (":=", True)])
def test_a_default_can_be_passed_by_others(operator: str, closed: bool) -> None:
    (found,) = regular("makefile", f"MODEL {operator} kaist/thing\nall:\n\thf download $(MODEL)")

    assert isinstance(found.repo_id, Known)
    assert found.repo_id.closed is closed


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        (f"REV = {SHA}\nall:\n\thf download kaist/thing --revision $(REV)", (SHA,)),
        (
            f"all:\n\tgit clone https://hf.co/kaist/thing\n\tcd thing && git checkout {SHA}",
            (SHA,),
        ),
        ("all:\n\thf download kaist/thing --revision $(REV)", "unknown"),
    ],
)
def test_revisions(text: str, revision: object) -> None:
    (found,) = regular("makefile", text)

    assert plain(found.revision) == revision


def test_variables_of_their_own_are_told() -> None:
    text = (
        "MODEL_ID ?= kaist/thing\n"
        'HF_MODEL := "kaist/gadget" # why\n'
        "LLM_MODEL = kaist/bert-base\n"
        "OTHER_REVISION = main\n"
        "all:\n\tpython train.py\n"
    )

    assert read(text) == [
        Told(1, "MODEL_ID", ("kaist/thing",)),
        Told(2, "HF_MODEL", ("kaist/gadget",)),
        Told(3, "LLM_MODEL", ("kaist/bert-base",)),
    ]


def test_a_variable_and_its_value_are_what_the_reader_is_shown() -> None:
    text = 'export HF_MODEL := "kaist/thing"  # why\n'
    (found,) = regular("makefile", text)

    assert found.span == Span(1, 8, 1, 33)
    assert ids_as_written(text, [found]) == ["kaist/thing"]


def test_a_command_of_a_function_is_told_once() -> None:
    text = "define get\nhf download kaist/thing\nendef\nall:\n\t$(get)\nother:\n\t$(get)\n"

    assert read(text) == [Told(2, "hf download", ("kaist/thing",))]


def test_a_switch_that_is_on_lets_code_run() -> None:
    (found,) = regular("makefile", "export HF_DATASETS_TRUST_REMOTE_CODE = 1\n")

    assert isinstance(found.trust_remote_code, Known)


def test_auditors_hear_of_ids_in_prose() -> None:
    text = (
        "# the model meta-llama/Llama-2-7b\n"
        "THING = BAAI/bge-small-en-v1.5 # or https://huggingface.co/kaist/thing\n"
        "API_KEY = Qwen/Qwen2.5-7B\n"
    )

    assert [(one.line, one.ids, one.persona) for one in told(everything("makefile", text))] == [
        (1, ("meta-llama/Llama-2-7b",), "auditor"),
        (2, ("BAAI/bge-small-en-v1.5",), "auditor"),
        (2, ("kaist/thing",), "auditor"),
    ]


# --- bounds


def test_no_more_is_put_in_than_a_file_can_bear() -> None:
    variables = MakeVariables()
    variables.give("A", "=", whole_file("k" * LONGEST))

    made = variables.substituted(whole_file("$(A)" * (MOST_INSERTED // LONGEST + 5)))

    assert made.text == "k" * MOST_INSERTED + HOLE * 5


def test_functions_that_call_themselves_come_to_an_end() -> None:
    variables = MakeVariables()
    variables.give("f", "=", whole_file("$(call f,$1)$(call f,$1)"))
    variables.left = COST_OF_A_CALL * 50

    assert set(variables.substituted(whole_file("$(call f,x)")).text) == {HOLE}


def test_values_within_values_come_to_an_end() -> None:
    variables = MakeVariables()
    for number in range(DEEPEST + 2):
        variables.give(f"A{number}", "=", whole_file(f"$(A{number + 1})"))
    variables.give(f"A{DEEPEST + 2}", "=", whole_file("x"))

    made = variables.value("A0")
    assert made is not None
    assert made.text == HOLE


def test_no_more_variables_are_kept_than_anybody_has() -> None:
    variables = MakeVariables()
    for number in range(MOST + 1):
        variables.give(f"A{number}", "=", whole_file("x"))

    assert len(variables.parts) == MOST


SEED = f"""\
# models
.RECIPEPREFIX = \t
SHELL := /bin/bash
MODEL_ID ?= kaist/thing
export REV := {SHA}
ARGS += --local-dir "x"
define get
\thf download $(1) \\
\t  --revision $$REV
endef
ifeq ($(A),b)
MODEL_ID = kaist/other
endif
.PHONY: all
all: a b; @echo x
\t@$(call get,$(MODEL_ID))\r
\t-python -c "import x" && hf download ${{MODEL_ID}} $(ARGS)
x: HF_MODEL = kaist/third
"""


@given(mutated(SEED, ("$(", ")", "${", "}", "$", "\\", "\\\n", "\t", ":", "=", "#")) | st.text())
def test_any_text_is_read_and_places_lie_inside_it(text: str) -> None:
    spans = [span for one in everything("makefile", text) for span in spans_of(one)]

    assert [span for span in spans if not lies_inside(text, span)] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("M := Qwen/e-7B\na:\n\thf download $(M)\n", id="above"),
        pytest.param("M = $(N)\na:\n\thf download $(M)\n\nN := Qwen/e-7B\n", id="below"),
    ],
)
def test_command_that_ends_in_a_variable_stands_on_its_line(text: str) -> None:
    (found,) = (one for one in regular("makefile", text) if one.kind == "command")
    assert (found.span.line, found.span.end_line) == (3, 3)
    assert found.span.end_column > found.span.column
