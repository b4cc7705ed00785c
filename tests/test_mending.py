"""Fixes: what is changed, and when there is none."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping

import pytest

from flake8_hfmodels.check import check
from flake8_hfmodels.facts import Facts, Found, Repo
from flake8_hfmodels.finding import Finding, Fix
from flake8_hfmodels.reference import Target
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


def finding_in(text: str) -> Finding:
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    (finding,) = check([source], known, chosen(["HFM001"], ())).findings
    return finding


def mended(text: str, fix: Fix) -> str:
    (edit,) = fix.edits
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
            '(\n    "a/b",\n    dtype=1,\n    revision="@",\n)',
            id="line-by-line",
        ),
        pytest.param(
            '(\n    "a/b", dtype=1\n)',
            '(\n    "a/b", dtype=1, revision="@"\n)',
            id="one-line-within",
        ),
        pytest.param(
            '(\n    "a/b",\n    dtype=f(\n        1,\n    ),\n\n)',
            '(\n    "a/b",\n    dtype=f(\n        1,\n    ),\n    revision="@",\n\n)',
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
        pytest.param('AutoModel.from_pretrained("a/b"  # why\n)', id="comment-behind"),
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
