"""Pins in every form of Python that the source finds: what is written, and when nothing is."""

from __future__ import annotations

import ast
from collections.abc import Sequence

import pytest

from flake8_hfmodels.finding import Edit, Fix
from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.mending.job import Job, Task
from flake8_hfmodels.mending.python import mend_text
from flake8_hfmodels.patching import patched
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known, Reference, Span, Unknown, Written
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.reading import references
from flake8_hfmodels.sources.source import PythonSource
from tests.doors import HEAD
from tests.test_mending import OLD, SHA, findings_in, mended_whole, refusals

CALL = HEAD + "AutoModel.from_pretrained"
PIPE = "from transformers import AutoModel, pipeline\n"
CHAIN = "from langchain_huggingface import HuggingFaceEmbeddings as Embed\n"
RUN = "import os, subprocess\n"
PANDAS = "import pandas as pd\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('("a/b", **{"x": 1})', '("a/b", **{"x": 1}, revision="@")', id="options"),
        pytest.param('(("a/b"))', '(("a/b"), revision="@")', id="parentheses"),
        pytest.param('("a/b", x=(1\n))', '("a/b", x=(1\n), revision="@")', id="closed-below"),
        pytest.param('(*["a/b"])', '(*["a/b"], revision="@")', id="stars"),
        pytest.param('("a/b", revision="ma" "in")', '("a/b", revision="@")', id="pieces"),
        pytest.param("('a/b', revision=r'main')", "('a/b', revision='@')", id="raw"),
        pytest.param('("a/b", revision="""main""")', '("a/b", revision="@")', id="long-quotes"),
        pytest.param('("a/b", revision=("main"))', '("a/b", revision=("@"))', id="wrapped"),
        pytest.param('("a/" "b")', '("a/" "b", revision="@")', id="id-in-pieces"),
        pytest.param(
            '("a/b", **{"revision": "main"})', '("a/b", **{"revision": "@"})', id="entry-in-call"
        ),
        pytest.param(
            '("a/b", **dict(revision=None))', '("a/b", **dict(revision="@"))', id="dict-in-call"
        ),
        pytest.param('("a/b", "é", x="ü")', '("a/b", "é", x="ü", revision="@")', id="wide"),
        pytest.param("('a/b', x='\"')", "('a/b', x='\"', revision='@')", id="quote-in-quotes"),
        pytest.param('("a/b", x=f"{y}")', '("a/b", x=f"{y}", revision="@")', id="formatted"),
        pytest.param('(\n\t"a/b",\n)', '(\n\t"a/b",\n\trevision="@",\n)', id="tabs"),
        pytest.param(
            '(\n  "a/b", x=1,\n)', '(\n  "a/b", x=1, revision="@",\n)', id="two-on-a-line"
        ),
    ],
)
def test_call(before: str, after: str) -> None:
    text = f"{CALL}{before}\n"
    assert mended_whole(text) == f"{CALL}{after}\n"
    assert [one.fix and one.fix.is_safe for one in findings_in(text)] == [True]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("M = 'a/b'\n", "(M, revision='@')", id="single"),
        pytest.param('M = "a/b"\n', '(M, revision="@")', id="double"),
        pytest.param("M = 'a/b'\n'it'; \"is\"\n", "(M, revision='@')", id="most"),
    ],
)
def test_quotes_are_those_of_the_file_where_the_call_has_none(before: str, after: str) -> None:
    text = f"{HEAD}{before}AutoModel.from_pretrained(M)\n"
    assert mended_whole(text).endswith(f"{after}\n")


CONSTANT = 'AutoModel.from_pretrained("a/b", revision=R)\n'
OTHER = 'AutoModel.from_pretrained("c/d", revision=R)\n'


@pytest.mark.parametrize(
    ("before", "after", "is_safe"),
    [
        pytest.param(f'R = "main"\n{CONSTANT}', f'R = "@"\n{CONSTANT}', True, id="constant"),
        pytest.param(f'R: str = "v1"\n{CONSTANT}', f'R: str = "@"\n{CONSTANT}', True, id="typed"),
        pytest.param(
            f'R = "main"\n{CONSTANT}{CONSTANT}', f'R = "@"\n{CONSTANT}{CONSTANT}', True, id="twice"
        ),
        pytest.param(
            f'R = "main"\nprint(R)\n{CONSTANT}', f'R = "@"\nprint(R)\n{CONSTANT}', False, id="used"
        ),
        pytest.param(
            f'R = "main"\n{CONSTANT}{OTHER}',
            f'R = "main"\n{CONSTANT}{OTHER}'.replace("=R)", '="@")'),
            True,
            id="for-two-ids",
        ),
        pytest.param(
            f'class A:\n r = "main"\n def f(self): {CONSTANT}'.replace("=R)", "=self.r)"),
            f'class A:\n r = "@"\n def f(self): {CONSTANT}'.replace("=R)", "=self.r)"),
            True,
            id="class-attribute",
        ),
        pytest.param(
            'O = {"revision": "main"}\nAutoModel.from_pretrained("a/b", **O)',
            'O = {"revision": "@"}\nAutoModel.from_pretrained("a/b", **O)',
            True,
            id="entry",
        ),
        pytest.param(
            'def f(r="main"):\n  AutoModel.from_pretrained("a/b", revision=r)',
            'def f(r="@"):\n  AutoModel.from_pretrained("a/b", revision=r)',
            False,
            id="default",
        ),
        pytest.param(
            'def f(r=None):\n  AutoModel.from_pretrained("a/b", revision=r)',
            'def f(r=None):\n  AutoModel.from_pretrained("a/b", revision=r or "@")',
            True,
            id="default-of-none",
        ),
    ],
)
def test_constant(before: str, after: str, is_safe: bool) -> None:
    text = f"{HEAD}{before}\n"
    fixes = [one.fix for one in findings_in(text)]
    assert mended_whole(text) == f"{HEAD}{after}\n"
    assert {one and one.is_safe for one in fixes} == {is_safe}
    assert findings_in(mended_whole(text).replace("@", SHA)) == ()


def table(*ids: str) -> str:
    return "{" + ", ".join(f'"{one}": "@"' for one in ids) + "}"


@pytest.mark.parametrize(
    ("text", "call", "pinned"),
    [
        pytest.param(
            'def f(n="a/b"):\n  {}', "(n)", f"(n, revision={table('a/b')}.get(n))", id="default"
        ),
        pytest.param(
            'class A:\n def __init__(self, n="a/b"):\n  self.n = n\n  {}',
            "(self.n)",
            f"(self.n, revision={table('a/b')}.get(self.n))",
            id="attribute",
        ),
        pytest.param(
            'for n in ("a/b", "c/d"):\n  {}',
            "(n)",
            f"(n, revision={table('a/b', 'c/d')}.get(n))",
            id="loop",
        ),
        pytest.param(
            'n = "a/b" if x else "c/d"\n{}',
            "(n)",
            f"(n, revision={table('a/b', 'c/d')}.get(n))",
            id="two-arms",
        ),
        pytest.param(
            'M = {{"x": "a/b"}}\n{}',
            '(M["x"])',
            f'(M["x"], revision={table("a/b")}.get(M["x"]))',
            id="item",
        ),
        pytest.param(
            'def f(n="a/b"):\n  {}',
            '(n, revision="main")',
            f'(n, revision={table("a/b")}.get(n, "main"))',
            id="other-ids-keep-their-branch",
        ),
        pytest.param(
            'def f(n="a/b"):\n  {}',
            "(n, revision=None)",
            f"(n, revision={table('a/b')}.get(n))",
            id="other-ids-keep-none",
        ),
        pytest.param(
            'def f(n="a/b", r=None):\n  {}',
            "(n, revision=r)",
            f"(n, revision=r or {table('a/b')}.get(n))",
            id="callers-may-pass-their-own",
        ),
        pytest.param(
            'R = "main"\ndef f(n="a/b"):\n  {}',
            "(n, revision=R)",
            f"(n, revision={table('a/b')}.get(n, R))",
            id="constant-for-other-ids",
        ),
        pytest.param(
            'def f(n="a/b"):\n  {}',
            f'(n, revision={{"x/y": "{OLD}"}}.get(n))',
            f'(n, revision={{"x/y": "{OLD}", "a/b": "@"}}.get(n))',
            id="one-more-entry",
        ),
        pytest.param(
            'def f(n="a/b", r=None):\n  {}',
            f'(n, revision=r or {{"x/y": "{OLD}"}}.get(n))',
            f'(n, revision=r or {{"x/y": "{OLD}", "a/b": "@"}}.get(n))',
            id="one-more-entry-behind-or",
        ),
        pytest.param(
            'def f(n="a/b"):\n  {}',
            '(n, revision={"a/b": "main"}.get(n))',
            '(n, revision={"a/b": "@"}.get(n))',
            id="entry-replaced",
        ),
    ],
)
def test_table(text: str, call: str, pinned: str) -> None:
    before = HEAD + text.format(f"AutoModel.from_pretrained{call}") + "\n"
    after = HEAD + text.format(f"AutoModel.from_pretrained{pinned}") + "\n"
    assert mended_whole(before) == after
    assert [one.fix and one.fix.is_safe for one in findings_in(before)] == [True]
    assert findings_in(after.replace("@", SHA)) == ()


def test_one_more_entry_of_a_constant() -> None:
    load = '\ndef f(n="a/b"):\n  AutoModel.from_pretrained(n, revision=PINS.get(n))\n'
    before = f'{HEAD}PINS = {{\n    "x/y": "{OLD}",\n}}{load}'
    after = f'{HEAD}PINS = {{\n    "x/y": "{OLD}",\n    "a/b": "@",\n}}{load}'
    assert mended_whole(before) == after
    assert findings_in(after.replace("@", SHA)) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('{"a/b": "v1"}[n]', '{"a/b": "@"}[n]', id="item"),
        pytest.param(
            'PINS[n]\nPINS = {"a/b": "v1"}', 'PINS[n]\nPINS = {"a/b": "@"}', id="constant"
        ),
    ],
)
def test_entry_that_is_replaced(before: str, after: str) -> None:
    load = 'def f(n="a/b"): AutoModel.from_pretrained(n, revision={})\n'
    first, *rest = before.split("\n")
    text = HEAD + load.replace("{}", first) + "".join(rest) + "\n"
    first, *rest = after.split("\n")
    assert mended_whole(text) == HEAD + load.replace("{}", first) + "".join(rest) + "\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            'AutoModel.from_pretrained("a/b", revision={"x": "main"}.get(y))',
            "the revision is put together or chosen in the call itself",
            id="by-something-else",
        ),
        pytest.param(
            'R = {"x": "main"}\ndef f(n="a/b"): AutoModel.from_pretrained(n, revision=R.get(y))',
            "the revision is put together or chosen in the call itself",
            id="constant-by-something-else",
        ),
        pytest.param(
            'O = x\ndef f(n="a/b"): AutoModel.from_pretrained(n, revision=O.get(n, "main"))',
            "the revision is put together or chosen in the call itself",
            id="unknown-table",
        ),
    ],
)
def test_no_entry_in_another_table(text: str, why: str) -> None:
    assert set(refusals(f"{HEAD}{text}\n")) == {why}


def test_class_whose_callers_pass_revisions() -> None:
    load = "class A:\n def __init__(self, n, r):\n  AutoModel.from_pretrained(n, revision=r)\n"
    text = f'{HEAD}{load}A("a/b", "v1")\nA("c/d", "v2")\n'
    after = text.replace("v1", "@").replace("v2", "@")
    assert mended_whole(text) == after
    assert {one.fix and one.fix.is_safe for one in findings_in(text)} == {False}


def test_default_of_the_environment() -> None:
    load = 'AutoModel.from_pretrained("a/b", revision=R)\n'
    text = f'{HEAD}import os\nR = os.getenv("R", "v1")\n{load}'
    assert mended_whole(text) == text.replace("v1", "@")
    assert [one.fix and one.fix.is_safe for one in findings_in(text)] == [False]


def test_each_caller_keeps_its_revision() -> None:
    load = (
        'def f(n, r=None):\n  AutoModel.from_pretrained(n, revision={})\nf("a/b")\nf("c/d", "{}")\n'
    )
    text = HEAD + load.format("r", "v1")
    after = HEAD + load.format('r or {"a/b": "@"}.get(n)', "@")
    assert mended_whole(text) == after
    assert [one.fix and one.fix.is_safe for one in findings_in(text)] == [True, False]
    assert findings_in(after.replace("@", SHA)) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            '(model_name="a/b")',
            '(model_name="a/b", model_kwargs={"revision": "@"})',
            id="nothing-passed",
        ),
        pytest.param(
            '(model_name="a/b", model_kwargs={"x": 1})',
            '(model_name="a/b", model_kwargs={"x": 1, "revision": "@"})',
            id="dictionary",
        ),
        pytest.param(
            '(model_name="a/b", model_kwargs={})',
            '(model_name="a/b", model_kwargs={"revision": "@"})',
            id="empty",
        ),
        pytest.param(
            '(model_name="a/b", model_kwargs=dict(x=1))',
            '(model_name="a/b", model_kwargs=dict(x=1, revision="@"))',
            id="dict",
        ),
        pytest.param(
            '(model_name="a/b", revision="main", model_kwargs={"x": 1})',
            '(model_name="a/b", revision="@", model_kwargs={"x": 1})',
            id="beside-a-dictionary",
        ),
        pytest.param(
            '(model_name="a/b", revision="main")',
            '(model_name="a/b", revision="@")',
            id="beside",
        ),
        pytest.param(
            '(model_name="a/b", model_kwargs={"x": 1, "revision": "main"})',
            '(model_name="a/b", model_kwargs={"x": 1, "revision": "@"})',
            id="entry",
        ),
        pytest.param(
            '(model_name="a/b", model_kwargs=dict(revision="main"))',
            '(model_name="a/b", model_kwargs=dict(revision="@"))',
            id="keyword-of-dict",
        ),
        pytest.param(
            '(\n  model_name="a/b",\n  model_kwargs={\n    **{"x": 1},\n    "y": 1,\n  },\n)',
            '(\n  model_name="a/b",\n  model_kwargs={\n    **{"x": 1},\n    "y": 1,\n'
            '    "revision": "@",\n  },\n)',
            id="line-by-line",
        ),
    ],
)
def test_options_within(before: str, after: str) -> None:
    assert mended_whole(f"{CHAIN}Embed{before}\n") == f"{CHAIN}Embed{after}\n"
    assert findings_in(f"{CHAIN}Embed{after}\n".replace("@", SHA)) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('{"x": 1}', '{"x": 1, "revision": "@"}', id="entry-added"),
        pytest.param('{"revision": "main"}', '{"revision": "@"}', id="entry-replaced"),
    ],
)
def test_options_within_a_constant_for_this_call(before: str, after: str) -> None:
    load = 'Embed(model_name="a/b", model_kwargs=K)\n'
    assert mended_whole(f"{CHAIN}K = {before}\n{load}") == f"{CHAIN}K = {after}\n{load}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            f'{CHAIN}K = {{"x": 1}}\nEmbed(model_name="a/b", model_kwargs=K)\nprint(K)',
            "what is passed as model_kwargs is not for this call alone",
            id="options-used-elsewhere",
        ),
        pytest.param(
            f'{CHAIN}Embed(model_name="a/b", **{{"x": 1}})',
            "model_kwargs may be among the **options of the call",
            id="options-perhaps-spread",
        ),
        pytest.param(
            f'{HEAD}def f(**o): AutoModel.from_pretrained("a/b", **o)\nf()',
            "the call passes its arguments on as **o that this file does not write out",
            id="passed-on",
        ),
        pytest.param(
            f'{HEAD}class A:\n o = {{}}\n def f(self): AutoModel.from_pretrained("a/b", **self.o)',
            "the call passes its arguments on as **self.o that this file does not write out",
            id="passed-on-by-an-attribute",
        ),
        pytest.param(
            f'{CALL}("a/b" if x else "c/d")',
            "the name is put together or chosen in the call itself",
            id="chosen-in-the-call",
        ),
        pytest.param(
            f'{HEAD}class A:\n o = "a"\n def f(self): AutoModel.from_pretrained(f"{{self.o}}/b")',
            "the name is put together or chosen in the call itself",
            id="put-together-of-an-attribute",
        ),
        pytest.param(
            "import evaluate\ndef f(n='BLEU'): evaluate.load(n.lower())",
            "what the loader is passed for the name is not written in one piece",
            id="short-name-that-is-changed",
        ),
        pytest.param(
            f'{CALL}("a/b", revision="ma" "in"\n"")'.replace('"ma" "in"', '"ma"\n"in"'),
            "the revision is written over several lines",
            id="lines",
        ),
        pytest.param(
            f'{CALL}("a/b", revision=(r := "main"))',
            "the revision is put together or chosen in the call itself",
            id="kept",
        ),
        pytest.param(
            f'{HEAD}def f(n="a/b", r="main"): AutoModel.from_pretrained(n, revision=r)',
            "others may pass a revision of their own here",
            id="two-defaults",
        ),
        pytest.param(
            f'{HEAD}O = {{"revision": "main"}}\nAutoModel.from_pretrained("a/b", **O)\n'
            'AutoModel.from_pretrained("c/d", **O)',
            "the options that hold the revision are not for this id alone",
            id="options-for-two",
        ),
        pytest.param(
            f'{CALL}("a/b", revision="v1" if x else "v2")',
            "several revisions are possible here",
            id="two-revisions",
        ),
        pytest.param(
            f'{PIPE}pipeline("t", model="a/b", tokenizer=other)',
            "another repo may be meant at this call as well, for which the same revision would"
            " hold",
            id="another-repo-at-run-time",
        ),
        pytest.param(
            f'{PIPE}pipeline("t", model, tokenizer="a/b")',
            "another repo may be meant at this call as well, for which the same revision would"
            " hold",
            id="another-repo-by-place",
        ),
        pytest.param(
            f"{HEAD}from functools import partial\n"
            'f = partial(AutoModel.from_pretrained, "a/b")\nf()',
            "the arguments go through another function, or another name of it",
            id="partial",
        ),
        pytest.param(
            f'{HEAD}from functools import partial\npartial(AutoModel.from_pretrained)("a/b")',
            "the arguments go through another function, or another name of it",
            id="partial-of-nothing",
        ),
        pytest.param(
            f"{HEAD}load = AutoModel.from_pretrained\nload('a/b')",
            "the arguments go through another function, or another name of it",
            id="alias",
        ),
        pytest.param(
            f"{HEAD}print(f\"{{AutoModel.from_pretrained('a/b')}}\")",
            "the call stands inside of a text, or is put together",
            id="in-a-formatted-text",
        ),
        pytest.param(
            'from tokenizers import Tokenizer\ndef f(n="a/b"): Tokenizer.from_pretrained(n)',
            "other names can be passed here, and this loader takes no revision=None",
            id="loader-that-takes-no-none",
        ),
        pytest.param(
            f"{PIPE}pipeline('summarization')",
            "the call does not name the repo",
            id="default-of-the-library",
        ),
    ],
)
def test_refusal(text: str, why: str) -> None:
    assert set(refusals(f"{text}\n")) == {why}


def test_two_ids_at_one_call() -> None:
    said = set(refusals(f'{PIPE}pipeline("t", model="a/b", tokenizer="c/d")\n'))
    assert said == {
        "two ids at one call: another repo may be meant at this call as well, for which the same"
        " revision would hold"
    }


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('pipeline("t", model="a/b", tokenizer="a/b")', id="the-same-repo"),
        pytest.param('pipeline("t", model="a/b", tokenizer=None)', id="none"),
        pytest.param(
            'pipeline("t", model="a/b", tokenizer=AutoModel.from_pretrained("./x"))', id="made-here"
        ),
        pytest.param(
            't = AutoModel.from_pretrained("./x")\npipeline("t", model="a/b", tokenizer=t)',
            id="made-above",
        ),
        pytest.param('from transformers import pipeline as p\np("t", "a/b")', id="renamed"),
    ],
)
def test_one_repo_at_a_call_of_several_parameters(text: str) -> None:
    after = f'{text[:-1]}, revision="@")'
    assert mended_whole(f"{PIPE}{text}\n") == f"{PIPE}{after}\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f'{PIPE}def f(n="a/b"): pipeline("t", model=n)', id="model-that-may-be-an-object"
        ),
        pytest.param(
            "from pyannote.audio import Pipeline\nPipeline.from_pretrained('a/b')",
            id="older-versions-take-a-name-at-a-hash",
        ),
    ],
)
def test_fix_that_somebody_has_to_look_at(text: str) -> None:
    (fix,) = (one.fix for one in findings_in(f"{text}\n"))
    assert fix is not None
    assert not fix.is_safe


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            'import timm\ntimm.create_model("hf-hub:a/b")',
            'import timm\ntimm.create_model("hf-hub:a/b@@")',
            id="behind-the-name",
        ),
        pytest.param(
            "import timm\ntimm.create_model('hf-hub:a/b@v1')",
            "import timm\ntimm.create_model('hf-hub:a/b@@')",
            id="over-what-stands-behind-the-name",
        ),
        pytest.param(
            "from huggingface_hub import HfFileSystem\nHfFileSystem().open('a/b@main/x.csv')",
            "from huggingface_hub import HfFileSystem\nHfFileSystem().open('a/b@@/x.csv')",
            id="in-a-path",
        ),
        pytest.param(
            f'{PANDAS}pd.read_csv("hf://datasets/a/b/x.csv")',
            f'{PANDAS}pd.read_csv("hf://datasets/a/b@@/x.csv")',
            id="address",
        ),
        pytest.param(
            f'{PANDAS}pd.read_csv("hf://datasets/a/b@v1/x.csv")',
            f'{PANDAS}pd.read_csv("hf://datasets/a/b@@/x.csv")',
            id="address-at-a-tag",
        ),
        pytest.param(
            f'{PANDAS}pd.read_csv("hf://datasets/a/b@refs%2Fpr%2F1/x.csv")',
            f'{PANDAS}pd.read_csv("hf://datasets/a/b@@/x.csv")',
            id="address-at-a-quoted-ref",
        ),
        pytest.param(
            'import wget\nwget.download("https://huggingface.co/a/b/resolve/main/x.bin")',
            'import wget\nwget.download("https://huggingface.co/a/b/resolve/@/x.bin")',
            id="file",
        ),
        pytest.param(
            'import wget\nwget.download(f"https://huggingface.co/a/b/resolve/main/{x}")',
            'import wget\nwget.download(f"https://huggingface.co/a/b/resolve/@/{x}")',
            id="file-filled-in",
        ),
        pytest.param(
            f'{RUN}subprocess.run(["hf", "download", "a/b"])',
            f'{RUN}subprocess.run(["hf", "download", "a/b", "--revision", "@"])',
            id="words",
        ),
        pytest.param(
            f"{RUN}subprocess.run(('vllm', 'serve', '--model=a/b'))",
            f"{RUN}subprocess.run(('vllm', 'serve', '--model=a/b', '--revision', '@'))",
            id="flag-with-the-id",
        ),
        pytest.param(
            f'{RUN}subprocess.run(\n  [\n    "hf",\n    "download",\n    "a/b",\n  ]\n)',
            f'{RUN}subprocess.run(\n  [\n    "hf",\n    "download",\n    "a/b",\n'
            '    "--revision",\n    "@",\n  ]\n)',
            id="words-line-by-line",
        ),
        pytest.param(
            f'{RUN}subprocess.run(["hf", "download", "a/b", "--revision", "main"])',
            f'{RUN}subprocess.run(["hf", "download", "a/b", "--revision", "@"])',
            id="word-replaced",
        ),
        pytest.param(
            f'{RUN}subprocess.run(["hf", "download", "a/b", "--revision=main"])',
            f'{RUN}subprocess.run(["hf", "download", "a/b", "--revision=@"])',
            id="flag-replaced",
        ),
        pytest.param(
            f'{RUN}subprocess.run(["hf", "cp", "hf://a/b/x.bin", "."])',
            f'{RUN}subprocess.run(["hf", "cp", "hf://a/b@@/x.bin", "."])',
            id="address-in-words",
        ),
        pytest.param(
            f'{RUN}os.system("hf download a/b;ls\\n")',
            f'{RUN}os.system("hf download a/b --revision @;ls\\n")',
            id="command-before-another",
        ),
        pytest.param(
            f'{RUN}os.system("hf download a/b")',
            f'{RUN}os.system("hf download a/b --revision @")',
            id="command",
        ),
        pytest.param(
            f"{RUN}os.system(\"hf download 'a/b' x\")",
            f"{RUN}os.system(\"hf download --revision @ 'a/b' x\")",
            id="command-with-quotes",
        ),
        pytest.param(
            f'{RUN}os.system(f"hf download a/b --local-dir {{d}}")',
            f'{RUN}os.system(f"hf download a/b --revision @ --local-dir {{d}}")',
            id="command-filled-in",
        ),
        pytest.param(
            f'{RUN}os.system("hf download a/b && vllm serve c/d --tokenizer e/f")',
            f'{RUN}os.system("hf download a/b --revision @ && vllm serve c/d --revision @'
            ' --tokenizer e/f --tokenizer-revision @")',
            id="commands",
        ),
        pytest.param(
            f'{RUN}os.system("hf download a/b --revision main --local-dir x")',
            f'{RUN}os.system("hf download a/b --revision @ --local-dir x")',
            id="command-replaced",
        ),
    ],
)
def test_text(before: str, after: str) -> None:
    assert mended_whole(f"{before}\n") == f"{after}\n"
    pinned = after.replace("@@", f"@{SHA}") if "@@" in after else after.replace("@", SHA)
    assert findings_in(f"{pinned}\n") == ()


PLAIN = "the text is put together, or not written as it is"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            'import timm\nn = "a"\ntimm.create_model(f"hf-hub:{n}/b")', PLAIN, id="name-in-parts"
        ),
        pytest.param(
            'import timm\ntimm.create_model("hf-hub:a\\x2fb")', PLAIN, id="name-with-an-escape"
        ),
        pytest.param(
            'import timm\nM = "hf-hub:a/b"\ntimm.create_model(M)\ntimm.create_model(M, x="a/b")'
            f"\n{HEAD}AutoModel.from_pretrained(M)",
            "another call takes the same text for a name alone",
            id="name-for-two-loaders",
        ),
        pytest.param(
            'import timm\nfor n in ("hf-hub:a/b", "hf-hub:c/d"): timm.create_model(n)',
            "several ids are possible here",
            id="several-names",
        ),
        pytest.param(
            'import wget\nwget.download("https://huggingface.co/a/b/resolve/m\\x61in/x.bin")',
            PLAIN,
            id="address-with-an-escape",
        ),
        pytest.param(
            f'{PANDAS}pd.read_csv("hf://datasets/a/b@~parquet/x.csv")', PLAIN, id="shorthand"
        ),
        pytest.param(
            f'{RUN}os.system("git clone https://huggingface.co/a/b")',
            "the command takes no flag for a revision",
            id="command-without-a-flag",
        ),
        pytest.param(
            f'{RUN}x = "hf", "download", "a/b"\nsubprocess.run(x)',
            "the words of the command are in no brackets",
            id="words-without-brackets",
        ),
        pytest.param(
            f'{RUN}m = "a" + "/b"\nos.system("hf download " + m)', PLAIN, id="command-in-parts"
        ),
    ],
)
def test_refusal_in_texts(text: str, why: str) -> None:
    findings = findings_in(f"{text}\n")
    assert why in {one.unfixable for one in findings}


def mended_by(text: str, task: Task, repo_id: str = "a/b") -> Fix | str:
    """What is done about the first reference of a text."""
    ref, found = reference_in(text)
    params = {
        "pin": ref.loader.revision,
        "pin the code": ref.loader.code_revision,
        "trust no code": ref.loader.trust_remote_code,
    }
    commits = () if task == "trust no code" else ((repo_id, SHA),)
    return mend_text([Job(0, task, ref, params[task], commits)], text, found)[0]


def reference_in(text: str) -> tuple[Reference, Sequence[Reference]]:
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    found = references(source, False)
    return found[0], found


def put(text: str, result: Fix | str) -> str:
    assert isinstance(result, Fix)
    after = patched(text, result.edits)
    ast.parse(after)
    return after.replace(SHA, "@")


FLAG = "trust_remote_code=True"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f'("a/b", {FLAG})', '("a/b")', id="last"),
        pytest.param(f'("a/b", {FLAG},)', '("a/b",)', id="last-with-a-comma"),
        pytest.param(f'("a/b", {FLAG}, x=1)', '("a/b", x=1)', id="middle"),
        pytest.param(f'({FLAG}, pretrained_model_name_or_path="a/b")', None, id="first"),
        pytest.param(f'(("a/b"), {FLAG})', '(("a/b"))', id="behind-parentheses"),
        pytest.param(f'(\n  "a/b",\n  {FLAG},\n)', '(\n  "a/b",\n)', id="own-line"),
        pytest.param(f'(\n  "a/b",\n  {FLAG}\n)', '(\n  "a/b"\n)', id="own-line-no-comma"),
        pytest.param(f'(\n  "a/b", {FLAG},\n  x=1)', '(\n  "a/b", x=1)', id="end-of-line"),
        pytest.param(f'(\n  "a/b",\n  {FLAG})', '(\n  "a/b")', id="own-line-with-the-bracket"),
        pytest.param(
            f'(\n  "a/b",  # why\n  {FLAG},\n  x=1,  # how\n)',
            '(\n  "a/b",  # why\n  x=1,  # how\n)',
            id="comments-elsewhere",
        ),
    ],
)
def test_flag_that_is_taken_away(before: str, after: str | None) -> None:
    text = f"{CALL}{before}\n"
    fix = mended_by(text, "trust no code")
    wanted = after or '(pretrained_model_name_or_path="a/b")'
    assert put(text, fix) == f"{CALL}{wanted}\n"
    assert isinstance(fix, Fix)
    assert (fix.what, fix.is_safe, fix.comment, fix.follows) == (
        "take trust_remote_code away",
        False,
        None,
        "",
    )


@pytest.mark.parametrize(
    ("call", "why"),
    [
        pytest.param(
            f'(\n  "a/b",\n  {FLAG},  # needed\n)', "a comment would go with the flag", id="comment"
        ),
        pytest.param(
            f'(\n  "a/b",  # small\n  {FLAG})', "a comment would go with the flag", id="before"
        ),
        pytest.param(
            '("a/b", **{"trust_remote_code": True})',
            "the flag is not written as a keyword of the call",
            id="in-a-dictionary",
        ),
        pytest.param(
            '("a/b", trust_remote_code=not False)',
            "the flag is not written as a keyword of the call",
            id="no-literal",
        ),
    ],
)
def test_flag_that_stays(call: str, why: str) -> None:
    assert mended_by(f"{CALL}{call}\n", "trust no code") == why


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('("a/b")', '("a/b", code_revision="@")', id="nothing-passed"),
        pytest.param('("a/b", code_revision="main")', '("a/b", code_revision="@")', id="branch"),
    ],
)
def test_pin_of_the_code(before: str, after: str) -> None:
    text = f"{CALL}{before}\n"
    fix = mended_by(text, "pin the code", "c/code")
    assert put(text, fix) == f"{CALL}{after}\n"
    assert isinstance(fix, Fix)
    assert (fix.what, fix.follows) == (f"pin code_revision to {SHA}", "main")


def test_pin_of_the_code_by_the_id_of_the_model() -> None:
    text = f'{HEAD}def f(n="a/b"): AutoModel.from_pretrained(n)\n'
    after = '(n, code_revision={"a/b": "@"}.get(n))\n'
    assert put(text, mended_by(text, "pin the code", "c/code")).endswith(after)


def test_pin_of_code_at_several_revisions() -> None:
    text = f'{CALL}("a/b", code_revision="v1" if x else "v2")\n'
    assert mended_by(text, "pin the code") == "several revisions are possible here"


def test_pin_of_the_code_of_one_of_several_models() -> None:
    text = f'{HEAD}for n in ("a/b", "c/d"): AutoModel.from_pretrained(n)\n'
    why = "several ids are possible here, and the code of one of them is meant"
    assert mended_by(text, "pin the code", "c/code") == why


@pytest.mark.parametrize(
    ("call", "follows"),
    [
        pytest.param('("a/b")', "main", id="nothing"),
        pytest.param('("a/b", revision=None)', "main", id="none"),
        pytest.param('("a/b", revision="v1.0")', "v1.0", id="tag"),
        pytest.param('("a/b", revision="refs/pr/1")', "refs/pr/1", id="ref"),
        pytest.param('("a/b", revision="abcdef0")', "", id="short-hash"),
    ],
)
def test_what_is_followed(call: str, follows: str) -> None:
    fix = mended_by(f"{CALL}{call}\n", "pin")
    assert isinstance(fix, Fix)
    assert (fix.follows, fix.comment is None) == (follows, not follows)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('("a/b")', '("a/b", revision="@")  # main', id="end"),
        pytest.param('("a/b")  # why', '("a/b", revision="@")  # why  # main', id="behind-another"),
        pytest.param('("a/b", "#")', '("a/b", "#", revision="@")  # main', id="mark-in-a-text"),
        pytest.param('("a/b", "# noqa")', '("a/b", "# noqa", revision="@")  # main', id="words"),
        pytest.param(
            '(\n  "a/b",  # noqa\n)',
            '(\n  "a/b",  # noqa\n  revision="@",  # main\n)',
            id="line-of-its-own",
        ),
        pytest.param(
            '("a/b", """\n""")', '("a/b", """\n""", revision="@")  # main', id="behind-a-long-text"
        ),
        pytest.param('("a/b")  # noqa: E501', '("a/b", revision="@")  # noqa: E501', id="noqa"),
        pytest.param('("a/b")  # why # nosec', '("a/b", revision="@")  # why # nosec', id="nosec"),
        pytest.param('("a/b" \\\n)', '("a/b", revision="@" \\\n)', id="backslash"),
        pytest.param(
            '("a/b"), """\n"""', '("a/b", revision="@"), """\n"""', id="before-a-long-text"
        ),
        pytest.param(
            '("a/b"), f"""{1}\n"""', '("a/b", revision="@"), f"""{1}\n"""', id="before-a-long-fill"
        ),
    ],
)
def test_place_of_the_comment(before: str, after: str) -> None:
    text = f"{CALL}{before}\n"
    fix = mended_by(text, "pin")
    assert isinstance(fix, Fix)
    places = [fix.comment] if fix.comment is not None else []
    with_comment = [*fix.edits, *(Edit(one, "  # main") for one in places)]
    assert patched(text, with_comment).replace(SHA, "@") == f"{CALL}{after}\n"


def test_no_fix_of_what_people_read() -> None:
    text = f'{CALL}("a/b")\n'
    ref, found = reference_in(text)
    job = Job(0, "pin", replace(ref, kind="mention"), ref.loader.revision, (("a/b", SHA),))
    assert mend_text([job], text, found) == {0: "it stands in a text that people read"}


def test_no_fix_of_an_address_without_a_place() -> None:
    text = 'import wget\nwget.download("https://huggingface.co/a/b/resolve/main/x.bin")\n'
    ref, found = reference_in(text)
    job = Job(0, "pin", replace(ref, call="https://huggingface.co/a/b"), None, (("a/b", SHA),))
    assert mend_text([job], text, found) == {0: "the address has no place for a revision"}


def test_fixes_that_do_not_agree() -> None:
    text = f'{CALL}("a/b")\n'
    ref, found = reference_in(text)
    place = Known((Written("v1", Span(9, 1, 9, 2), path="other.py"),))
    jobs = [
        Job(0, "pin", ref, Param(("revision",)), (("a/b", SHA),)),
        Job(1, "pin", ref, Param(("revision", "rev")), (("a/b", OLD),)),
        Job(2, "pin", replace(ref, revision=place), Param(("revision",)), (("a/b", SHA),)),
    ]
    first, second, third = mend_text(jobs, text, found).values()
    assert isinstance(first, Fix)
    assert second == "the program would differ in more than pins"
    assert third == "the options that hold the revision are not for this id alone"


def test_two_ids_in_one_command() -> None:
    text = f'{RUN}os.system("hf download a/b c/d")\n'
    ref, _found = reference_in(text)
    other = replace(ref, repo_id=Known((Written("c/d", ref.span),)))
    job = Job(0, "pin", ref, ref.loader.revision, (("a/b", SHA),))
    assert mend_text([job], text, [ref, other]) == {0: "two ids in one command"}


def test_flag_alone() -> None:
    text = f"{PIPE}pipeline({FLAG})\n"
    assert put(text, mended_by(text, "trust no code")) == f"{PIPE}pipeline()\n"


@pytest.mark.parametrize(
    ("before", "call", "pin"),
    [
        pytest.param('O = "a"', 'f"{O}/b"', '"@"', id="filled-in"),
        pytest.param('O = "a"', 'O + "/b"', '"@"', id="sum"),
        pytest.param('N = "A/B".lower()', "N", '"@"', id="changed"),
        pytest.param(
            'def f(n="A/B"):\n  m = n.lower()', "m", '{"a/b": "@"}.get(m)', id="changed-default"
        ),
    ],
)
def test_name_that_is_put_together(before: str, call: str, pin: str) -> None:
    text = f"{HEAD}{before}\n  AutoModel.from_pretrained({call})\n"
    text = text if before.startswith("def") else text.replace("\n  ", "\n")
    assert mended_whole(text) == text.replace(f"({call})\n", f"({call}, revision={pin})\n")


@pytest.mark.parametrize(
    ("before", "call", "pin"),
    [
        pytest.param(
            "from sentence_transformers import SentenceTransformer as S",
            "S",
            '{"all-MiniLM": "@"}',
            id="owner-that-goes-without-saying",
        ),
        pytest.param(
            "from sentence_transformers import SentenceTransformer as S",
            "S",
            '{"sentence-transformers/all-MiniLM": "@"}',
            id="owner-that-is-said",
        ),
    ],
)
def test_table_has_what_is_passed(before: str, call: str, pin: str) -> None:
    name = pin.split('"')[1]
    text = f'{before}\ndef f(n="{name}"): {call}(n)\n'
    after = text.replace("(n)\n", f"(n, revision={pin}.get(n))\n")
    assert mended_whole(text) == after
    assert findings_in(after.replace("@", SHA)) == ()


@pytest.mark.parametrize(
    "rebound",
    [
        pytest.param("t = 1", id="assigned"),
        pytest.param("for t in x: pass", id="loop"),
        pytest.param("import x as t", id="import-as"),
        pytest.param("import t", id="import"),
        pytest.param("def t(): pass", id="function"),
        pytest.param("class t: pass", id="class"),
        pytest.param("def f(t): pass", id="parameter"),
        pytest.param("try: pass\nexcept E as t: pass", id="exception"),
        pytest.param("match x:\n case t: pass", id="case"),
        pytest.param("match x:\n case [*t]: pass", id="case-of-a-list"),
        pytest.param("match x:\n case {**t}: pass", id="case-of-a-dictionary"),
        pytest.param("def f():\n global t", id="global"),
    ],
)
def test_name_that_may_be_another_repo(rebound: str) -> None:
    made = 't = AutoModel.from_pretrained("./x")\n'
    text = f'{PIPE}{made}{rebound}\npipeline("t", model="a/b", tokenizer=t)\n'
    why = "another repo may be meant at this call as well, for which the same revision would hold"
    assert set(refusals(text)) == {why}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        pytest.param('os.system("hf download a/b")', 'os.system("hf downloada/bc")', id="name"),
        pytest.param(
            'os.system("hf download a/b --revision v")',
            'os.system("hf download a/b --revisiom v")',
            id="flag",
        ),
        pytest.param('os.system("hf download a/b")', 'os.system(b"hf download a")', id="bytes"),
    ],
)
def test_no_fix_in_a_command_that_is_another(text: str, other: str) -> None:
    ref, found = reference_in(f"{RUN}{text}\n")
    job = Job(0, "pin", ref, ref.loader.revision, (("a/b", SHA),))
    assert mend_text([job], f"{RUN}{other}\n", found) == {0: PLAIN}


def test_no_fix_of_a_command_whose_revision_is_not_known() -> None:
    text = f'{RUN}os.system("hf download a/b")\n'
    ref, found = reference_in(text)
    job = Job(0, "pin", replace(ref, revision=Unknown("x")), ref.loader.revision, (("a/b", SHA),))
    why = "the revision of the command is decided at run time"
    assert mend_text([job], text, found) == {0: why}


def test_fixes_of_one_place_that_do_not_agree() -> None:
    text = f'{CALL}("a/b", revision="v1")\n'
    ref, found = reference_in(text)
    names = ("revision",), ("revision", "rev")
    jobs = [
        Job(number, "pin", ref, Param(name), (("a/b", commit),))
        for number, (name, commit) in enumerate(zip(names, (SHA, OLD), strict=True))
    ]
    first, second = mend_text(jobs, text, found).values()
    assert isinstance(first, Fix)
    assert second == "the program would differ in more than pins"
