"""Fixes: what is changed, and when there is none."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Mapping, Sequence
from types import FrameType

import pytest

from flake8_hfmodels.check import check
from flake8_hfmodels.facts import Facts, Found, Repo
from flake8_hfmodels.finding import Finding, Fix
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.mending import mended as mend
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.referring import Referring, refer
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.doors import HEAD

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
OLD = "0123456789012345678901234567890123456789"


def known(targets: Collection[Target]) -> Mapping[Target, Facts]:
    return {
        target: Found(Repo(target.repo_id, "621ffdc036468d709f17434d", SHA, ("config.json",)))
        for target in targets
    }


def findings_in(text: str) -> Sequence[Finding]:
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    return check([source], known, chosen(["HFM001"], ())).findings


def finding_in(text: str) -> Finding:
    (finding,) = findings_in(text)
    return finding


def mended(text: str, fix: Fix) -> str:
    (edit,) = fix.edits
    assert "\n" not in edit.text
    lines = text.splitlines(keepends=True)
    begin = sum(map(len, lines[: edit.span.line - 1])) + edit.span.column - 1
    end = sum(map(len, lines[: edit.span.end_line - 1])) + edit.span.end_column - 1
    return text[:begin] + edit.text + text[end:]


LOAD = "AutoModel.from_pretrained({})\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('("a/b")', '("a/b", revision="@")', id="one-argument"),
        pytest.param("('a/b')", "('a/b', revision='@')", id="single-quotes"),
        pytest.param('("a/b", )', '("a/b", revision="@" )', id="comma"),
        pytest.param('("a/b" )', '("a/b", revision="@" )', id="blank"),
        pytest.param('("a/b", dtype=1)', '("a/b", dtype=1, revision="@")', id="keyword"),
        pytest.param(
            '(\n    "a/b",\n    dtype=1,\n)',
            '(\n    "a/b",\n    dtype=1, revision="@",\n)',
            id="line-by-line",
        ),
        pytest.param(
            '(\n    "a/b", dtype=1\n)',
            '(\n    "a/b", dtype=1, revision="@"\n)',
            id="one-line-within",
        ),
        pytest.param(
            '(\n    "a/b",\n    dtype=f(\n        1,\n    ),\n\n)',
            '(\n    "a/b",\n    dtype=f(\n        1,\n    ), revision="@",\n\n)',
            id="nested-call-and-blank-line",
        ),
        pytest.param('("a/b", revision="main")', '("a/b", revision="@")', id="branch"),
        pytest.param("('a/b', revision='v1')", "('a/b', revision='@')", id="tag"),
        pytest.param('("a/b", revision=None)', '("a/b", revision="@")', id="none"),
        pytest.param(
            '("a/b",  # the small one\n  revision="main")',
            '("a/b",  # the small one\n  revision="@")',
            id="comment-elsewhere",
        ),
        pytest.param(
            '("a/b"  # not: f("c/d",)\n)',
            '("a/b", revision="@"  # not: f("c/d",)\n)',
            id="comment-behind",
        ),
        pytest.param(
            '("a/b",  # why\n)', '("a/b", revision="@",  # why\n)', id="comment-behind-a-comma"
        ),
        pytest.param('("a/b" \\\n)', '("a/b", revision="@" \\\n)', id="backslash-before-the-end"),
        pytest.param(
            '("a/b", \\\n  dtype=1, \\\n)',
            '("a/b", \\\n  dtype=1, revision="@", \\\n)',
            id="backslashes-within",
        ),
        pytest.param(
            '("a/b", token="#)", f=lambda: (1, 2))',
            '("a/b", token="#)", f=lambda: (1, 2), revision="@")',
            id="marks-in-a-text",
        ),
        pytest.param(
            '("a/b", token=f"{t}")', '("a/b", token=f"{t}", revision="@")', id="formatted-argument"
        ),
        pytest.param('("a/b", revision = "v1")', '("a/b", revision = "@")', id="blanks-around"),
    ],
)
def test_fix(before: str, after: str) -> None:
    text = f"{HEAD}x = AutoModel.from_pretrained{before}\nrest()\n"
    fix = finding_in(text).fix
    assert fix is not None
    assert (fix.what, fix.is_safe) == (f"pin revision to {SHA}", True)
    result = mended(text, fix)
    assert result == f"{HEAD}x = AutoModel.from_pretrained{after.replace('@', SHA)}\nrest()\n"
    ast.parse(result)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('REV = "main"\nAutoModel.from_pretrained("a/b", revision=REV)', id="constant"),
        pytest.param('AutoModel.from_pretrained("a/b", revision="ma" "in")', id="pieces"),
        pytest.param("AutoModel.from_pretrained('a/b', revision=r'main')", id="raw-text"),
        pytest.param('AutoModel.from_pretrained("a/b", revision="""main""")', id="long-quotes"),
        pytest.param('AutoModel.from_pretrained("a/b", revision="""ma\\\nin""")', id="two-lines"),
        pytest.param(
            'def f(name="a/b"):\n    AutoModel.from_pretrained(name)', id="name-that-others-pass"
        ),
        pytest.param(
            'AutoModel.from_pretrained("a/b", revision="v1" if x else "v2")', id="two-revisions"
        ),
        pytest.param("AutoModel.from_pretrained(choose())", id="unknown-name"),
        pytest.param(
            'for n in ("a/b", "c/d"):\n    AutoModel.from_pretrained(n)', id="several-names"
        ),
    ],
)
def test_no_fix(text: str) -> None:
    assert finding_in(f"{HEAD}{text}\n").fix is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            'import timm\ntimm.create_model("hf-hub:a/b", pretrained=True)\n', id="behind-the-name"
        ),
        pytest.param(
            "from huggingface_hub import hf_hub_url\nimport wget\n"
            'wget.download("https://huggingface.co/a/b/resolve/main/x.bin")\n',
            id="address",
        ),
    ],
)
def test_no_fix_where_the_call_takes_no_revision(text: str) -> None:
    assert finding_in(text).fix is None


PARTIAL = "from functools import partial\n"
PIPE = "from transformers import pipeline\n"
NAMED = "from transformers import AutoModel as Own\nload = Own.from_pretrained\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PIPE + 'pipeline("summarization")', id="default-without-the-id"),
        pytest.param(
            f'{HEAD}{PARTIAL}load = partial(AutoModel.from_pretrained, "a/b")\nload()',
            id="no-argument",
        ),
        pytest.param(
            f'{HEAD}{PARTIAL}load = partial(AutoModel.from_pretrained, "a/b")\nload(dtype=1)',
            id="partial",
        ),
        pytest.param(
            f"{HEAD}async def f():\n"
            '    await loop.run_in_executor(None, AutoModel.from_pretrained, "a/b")',
            id="executor",
        ),
        pytest.param(
            f'{HEAD}pool.apply_async(AutoModel.from_pretrained, ("a/b",))', id="pool-with-a-tuple"
        ),
        pytest.param(NAMED + 'load("a/b")', id="alias"),
        pytest.param(HEAD + '(AutoModel.from_pretrained)("a/b")', id="callee-in-parentheses"),
        pytest.param(
            PIPE + 'pipeline("t", model="a/b", tokenizer=other)', id="another-repo-at-run-time"
        ),
        pytest.param(PIPE + 'pipeline("t", model, tokenizer="a/b")', id="another-repo-by-place"),
        pytest.param(PIPE + 'pipeline("t", model="a/b", tokenizer="./x")', id="a-folder-as-well"),
        pytest.param(PIPE + 'pipeline("t", model="a/b" if x else None)', id="perhaps-none"),
        pytest.param(HEAD + 'AutoModel.from_pretrained("a/" "b")', id="id-in-pieces"),
        pytest.param(
            HEAD + 'class A:\n m = "a/b"\n def f(self): AutoModel.from_pretrained(self.m)',
            id="attribute",
        ),
        pytest.param(HEAD + 'AutoModel.from_pretrained("a/b", revision=("main"))', id="wrapped"),
        pytest.param(HEAD + 'AutoModel.from_pretrained("a/b", revision=(r := "main"))', id="kept"),
        pytest.param(
            HEAD + 'AutoModel.from_pretrained("a/b", **dict(revision="main"))', id="deeper"
        ),
        pytest.param(HEAD + 'AutoModel.from_pretrained("a/b" for _ in x)', id="generator"),
        pytest.param(
            HEAD + "print(f\"{AutoModel.from_pretrained('a/b')}\")", id="in-a-formatted-text"
        ),
    ],
)
def test_no_fix_where_the_call_is_not_what_it_seems(text: str) -> None:
    assert {one.fix for one in findings_in(f"{text}\n")} == {None}


def test_no_fix_where_one_revision_is_for_two_repos() -> None:
    found = findings_in(PIPE + 'pipeline("t", model="a/b", tokenizer="c/d")\n')
    assert [one.fix for one in found] == [None, None]


def test_a_call_is_mended_where_its_bracket_is_that_of_another_line() -> None:
    text = f'{HEAD}x = [AutoModel\n .from_pretrained("a/b"), AutoModel.from_pretrained("c/d")]\n'
    fixes = [one.fix for one in findings_in(text)]
    assert [fix and fix.edits[0].span.line for fix in fixes] == [3, 3]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends(end: str) -> None:
    text = f'{HEAD}AutoModel.from_pretrained(\n    "a/b",\n)\n'
    fix = finding_in(text.replace("\n", end)).fix
    assert fix is not None
    assert mended(text, fix) == text.replace('"a/b",', f'"a/b", revision="{SHA}",')


def read_and_found(text: str) -> tuple[Sequence[Finding], Referring]:
    """What is found in a program, and what is kept of it."""
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    read = refer(source)
    assert read is not None
    return findings_in(text), read


def test_no_fix_of_a_file_that_would_be_no_python() -> None:
    (finding,), read = read_and_found(f'{HEAD}AutoModel.from_pretrained("a/b")\n')
    bare = replace(finding, fix=None)
    broken = replace(read, text=read.text + "return )\n")
    assert finding.fix is not None
    assert mend([bare], read) == [finding]
    assert mend([bare], broken) == [bare]


def test_one_fix_for_one_place() -> None:
    (finding,), read = read_and_found(f'{HEAD}AutoModel.from_pretrained("a/b")\n')
    bare = replace(finding, fix=None)
    assert mend([bare, bare], read) == [finding, bare]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param("python", "x = 1\n", id="nothing-there"),
        pytest.param("python", f"{HEAD}AutoModel.from_pretrained\n", id="no-call"),
        pytest.param("python", f"{HEAD}AutoModel.from_pretrained['a/b']   \n", id="subscript"),
        pytest.param("python", f"{HEAD}AutoModel.from_pretraineds('a/b')\n", id="another-name"),
        pytest.param("python", f"{HEAD}AutoModel.from_pretrained((1, 2),\n", id="open"),
        pytest.param("python", f"{HEAD}AutoModel", id="cut-off"),
        pytest.param("shell", f'{HEAD}AutoModel.from_pretrained("a/b")\n', id="no-python"),
    ],
)
def test_no_fix_where_the_text_is_not_what_was_read(kind: KindName, text: str) -> None:
    (finding,), read = read_and_found(f'{HEAD}AutoModel.from_pretrained("a/b")\n')
    bare = replace(finding, fix=None)
    assert mend([bare], replace(read, kind=kind, text=text)) == [bare]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("M = 'a/b'\nAutoModel.from_pretrained(M)", "(M, revision=@)", id="constant"),
        pytest.param(
            "M: str = 'a/b'  # small\n"
            "AutoModel.from_pretrained(dtype=1, pretrained_model_name_or_path=M)",
            "(dtype=1, pretrained_model_name_or_path=M, revision=@)",
            id="keyword",
        ),
    ],
)
def test_id_under_a_name(before: str, after: str) -> None:
    text = f"{HEAD}{before}\n"
    fix = finding_in(text).fix
    assert fix is not None
    assert after.replace("@", f'"{SHA}"') in mended(text, fix)


def test_id_whose_owner_goes_without_saying() -> None:
    text = "import evaluate\nevaluate.load('accuracy', revision='main')\n"
    fix = finding_in(text).fix
    assert fix is not None
    assert mended(text, fix) == text.replace("main", SHA)


def test_all_fixes_of_a_file_can_be_made_at_once() -> None:
    text = HEAD + 'AutoModel.from_pretrained("a/b"); AutoModel.from_pretrained("c/d")\n' * 3
    fixes = [one.fix for one in findings_in(text)]
    for fix in reversed(fixes):
        assert fix is not None
        text = mended(text, fix)
    assert [one.fix for one in findings_in(text)] == []
    assert text.count(SHA) == 6


@pytest.mark.parametrize("quotes", ['"""', "'''"])
@pytest.mark.parametrize("inner", ["'", '"'])
def test_call_in_a_formatted_text_of_several_lines(quotes: str, inner: str) -> None:
    load = f"AutoModel.from_pretrained({inner}a/b{inner})"
    text = f"{HEAD}x = f{quotes}\n{{{load}}}\n{quotes}\n"
    (finding,) = findings_in(text)
    assert finding.fix is not None
    assert list(findings_in(mended(text, finding.fix))) == []


def steps(text: str) -> int:
    """How many calls are made to mend the findings of a program, and characters split."""
    every, read = read_and_found(text)
    findings = [replace(one, fix=None) for one in every]
    calls = 0

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")
        if event == "call" and frame.f_code.co_name == "split_lines":
            calls += len(text)

    sys.setprofile(count)
    try:
        found = mend(findings, read)
    finally:
        sys.setprofile(None)
    assert all(one.fix for one in found)
    return calls


@pytest.mark.parametrize(
    "each_time",
    [
        pytest.param('AutoModel.from_pretrained("a/b")\n', id="lines"),
        pytest.param('AutoModel.from_pretrained("a/b");', id="one-line"),
    ],
)
def test_work_grows_no_faster_than_the_source(each_time: str) -> None:
    once, twice = (steps(HEAD + each_time * number) for number in (100, 200))
    assert twice <= 2.1 * once
