"""What menders once got wrong: each example is the text of a mistake that was made."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha1

import pytest

from flake8_hfmodels.check import conclude
from flake8_hfmodels.facts import Facts, Found, Repo
from flake8_hfmodels.finding import Edit, Finding, Fix
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.mending.command_line import is_by_place
from flake8_hfmodels.mending.python_proof import differs_only_in_pins
from flake8_hfmodels.patching import patched
from flake8_hfmodels.pinning import LEAST_TRIES, MOST_READ, Fixed, fixed
from flake8_hfmodels.reference import Span, Target
from flake8_hfmodels.referring import Referring, refer
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource, TextSource
from tests.test_pinning import Reader, finding

DAY = "2026-11-22"
RULES = chosen(("HFM001",), ())
MODEL = "from transformers import AutoModel\n"
RUN = "import os, subprocess\n"


def facts_of(targets: Collection[Target]) -> Mapping[Target, Facts]:
    """Every id is known; a full hash is its own commit."""
    return {one: Found(Repo(one.repo_id, "621ffdc0", _commit(one), ())) for one in targets}


def _commit(target: Target) -> str:
    asked = target.revision or ""
    return asked if len(asked) == 40 else sha1(target.repo_id.encode()).hexdigest()


def referring_to(kind: KindName, text: str) -> Referring:
    if kind == "python":
        module = parse("example.py", text.encode())
        assert isinstance(module, PythonSource)
        found = refer(module, everything=True)
    else:
        source = TextSource("example", kind, whole_file(text), split_lines(text))
        found = refer(source, everything=True)
    assert found is not None
    return found


def findings_in(kind: KindName, text: str) -> Sequence[Finding]:
    return conclude([referring_to(kind, text)], facts_of, RULES).findings


def result_of(kind: KindName, text: str) -> Fixed:
    """What `hfmodels pin --unsafe-fixes` makes of a text."""
    return fixed(text, findings_in(kind, text), lambda new: findings_in(kind, new), True, DAY)


def pinned(kind: KindName, text: str) -> str:
    """The text with its pins: `@` is the commit of `a/b`, `%` that of any other."""
    known = sha1(b"a/b").hexdigest()
    return re.sub(r"[0-9a-f]{40}", "%", result_of(kind, text).text.replace(known, "@"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "f('a/b', revision='main', x='# main, 2026-01-01')",
            f"f('a/b', revision='@', x='# main, 2026-01-01')  # main, {DAY}",
            id="in-a-text",
        ),
        pytest.param(
            "f('a/b', revision='main', x='# v1, 2026-01-01')  # main, 2026-01-01  # y",
            f"f('a/b', revision='@', x='# v1, 2026-01-01')  # main, {DAY}  # y",
            id="in-a-text-and-behind",
        ),
        pytest.param(
            "f(\n    'a/b',\n    x=1,  # main, 2026-01-01\n)",
            f"f(\n    'a/b',\n    x=1,  # main, 2026-01-01\n    revision='@',  # main, {DAY}\n)",
            id="of-the-line-before",
        ),
    ],
)
def test_what_looks_like_a_comment_of_an_earlier_pin(before: str, after: str) -> None:
    head = MODEL + "f = AutoModel\n"
    name = "AutoModel.from_pretrained("
    wanted = head + after.replace("f(", name, 1) + "\n"
    assert pinned("python", head + before.replace("f(", name, 1) + "\n") == wanted


def test_lines_of_one_text_of_a_notebook_have_their_own_comments() -> None:
    old = f"AutoModel.from_pretrained('c/d', revision='{'a' * 40}')  # main, 2026-01-01\n"
    new = "AutoModel.from_pretrained('a/b')\n"
    cell = {"cell_type": "code", "metadata": {}, "source": MODEL + old + new + new}
    text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    code = f"AutoModel.from_pretrained('a/b', revision='@')  # main, {DAY}\n"
    after = json.loads(pinned("notebook", text))["cells"][0]["source"]
    assert after == MODEL + old.replace("a" * 40, "%") + code + code


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "hf download a/b; hf download c/d",
            f"hf download a/b --revision @; hf download c/d --revision %  # main, {DAY}",
            id="the-comment-of-the-first-is-behind-the-second",
        ),
        pytest.param(
            "python -m vllm.entrypoints.openai.api_server --model a/b 2>&1 | tee log",
            "python -m vllm.entrypoints.openai.api_server --model a/b --revision @ 2>&1 | tee log"
            f"  # main, {DAY}",
            id="redirection-is-no-word",
        ),
        pytest.param(
            "vllm serve --model a/b x",
            f"vllm serve --model a/b --revision @ x  # main, {DAY}",
            id="value-of-a-flag",
        ),
        pytest.param(
            "hf download --quiet a/b x",
            f"hf download --quiet --revision @ a/b x  # main, {DAY}",
            id="behind-a-switch",
        ),
    ],
)
def test_shell(before: str, after: str) -> None:
    assert pinned("shell", f"{before}\n") == f"{after}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "os.system('hf download a/b x')",
            f"os.system('hf download --revision @ a/b x')  # main, {DAY}",
            id="words-behind",
        ),
        pytest.param(
            "os.system('hf download \"a/b\" x')",
            f"os.system('hf download --revision @ \"a/b\" x')  # main, {DAY}",
            id="words-behind-quotes",
        ),
        pytest.param(
            "os.system('hf download \\'a/b\\' x')",
            f"os.system('hf download --revision @ \\'a/b\\' x')  # main, {DAY}",
            id="words-behind-escaped-quotes",
        ),
        pytest.param(
            "os.system('hf download \\'a/b\\'')",
            f"os.system('hf download \\'a/b\\' --revision @')  # main, {DAY}",
            id="escaped-quotes",
        ),
        pytest.param(
            "os.system('''hf download a/b''')",
            f"os.system('''hf download a/b --revision @''')  # main, {DAY}",
            id="three-quotes",
        ),
        pytest.param(
            "os.system('vllm serve --model a/b x')",
            f"os.system('vllm serve --model a/b --revision @ x')  # main, {DAY}",
            id="value-of-a-flag",
        ),
        pytest.param(
            'subprocess.run(["hf", "download", "a/b", "x"])',
            f'subprocess.run(["hf", "download", "--revision", "@", "a/b", "x"])  # main, {DAY}',
            id="item-behind",
        ),
        pytest.param(
            'subprocess.run(["vllm", "serve", "--model", "a/b", "x"])',
            'subprocess.run(["vllm", "serve", "--model", "a/b", "--revision", "@", "x"])'
            f"  # main, {DAY}",
            id="item-of-a-flag",
        ),
        pytest.param(
            'subprocess.run([\n    "hf",\n    "download",\n    "a/b",  # y\n    "--quiet",\n])',
            'subprocess.run([\n    "hf",\n    "download",\n    "a/b",  # y\n    "--revision",\n'
            f'    "@",  # main, {DAY}\n    "--quiet",\n])',
            id="comment-stays-where-it-is",
        ),
        pytest.param(
            'subprocess.run([\n    "hf",\n    "download",\n    "a/b",  # y\n])',
            'subprocess.run([\n    "hf",\n    "download",\n    "a/b",  # y\n    "--revision",\n'
            f'    "@",  # main, {DAY}\n])',
            id="comment-of-the-last-one",
        ),
    ],
)
def test_command_in_python(before: str, after: str) -> None:
    assert pinned("python", f"{RUN}{before}\n") == f"{RUN}{after}\n"


def test_a_word_that_begins_otherwise() -> None:
    result = result_of("python", f"{RUN}os.system('hf download\\ta/b x')\n")
    assert [one.unfixable for one in result.left] == [
        "the text is put together, or not written as it is"
    ]


def test_a_flag_can_be_for_every_place() -> None:
    (one,) = findings_in("shell", "text-generation-launcher --model-id a/b\n")
    assert one.reference is not None
    assert not is_by_place(one.reference.loader, None)


def test_two_pins_of_one_call_without_a_last_comma() -> None:
    text = f"{MODEL}AutoModel.from_pretrained(\n    'a/b',\n    trust_remote_code=True\n)\n"
    (one,) = conclude([referring_to("python", text)], _facts_with_code, RULES).findings
    assert one.fix is not None
    after = "    revision='@',\n    code_revision='%'\n)\n"
    mended = patched(text, one.fix.edits).replace(_commit(Target("model", "a/b", None)), "@")
    assert re.sub(r"[0-9a-f]{40}", "%", mended).endswith(f"True,\n{after}")


def _facts_with_code(targets: Collection[Target]) -> Mapping[Target, Facts]:
    return {one: Found(_with_code(one)) for one in targets}


def _with_code(target: Target) -> Repo:
    code = (("AutoModel", "c/d--modeling.Model"),) if target.repo_id == "a/b" else ()
    return Repo(target.repo_id, "621ffdc0", _commit(target), (), auto_map=code)


@pytest.mark.parametrize(
    ("use", "is_safe"),
    [
        pytest.param("", True, id="looked-up"),
        pytest.param("print(R['c/d'], R.get('c/d'))\n", True, id="looked-up-elsewhere"),
        pytest.param("for name in R: print(name)\n", False, id="iterated"),
    ],
)
def test_a_table_that_is_used_otherwise(use: str, is_safe: bool) -> None:
    text = f"{MODEL}R = {{'c/d': 'v1'}}\n{use}def f(n='a/b'):\n"
    call = "    AutoModel.from_pretrained(n, revision=R.get(n))\n"
    (one,) = findings_in("python", text + call)
    assert one.fix is not None
    assert (one.fix.edits[0].span.line, one.fix.is_safe) == (2, is_safe)


def test_a_long_sum_does_not_keep_the_rest_from_being_mended() -> None:
    text = f"{MODEL}x = {' + '.join(['y'] * 700)}\n"
    call = "AutoModel.from_pretrained('a/b'{})\n"
    pin = call.format(", revision='@'").replace(")\n", f")  # main, {DAY}\n")
    assert pinned("python", text + call.format("")) == text + pin


def test_a_change_deep_inside_is_seen() -> None:
    deep = " + ".join(["y"] * 700)
    assert not differs_only_in_pins(f"f(x, {deep})", f"f(z, {deep})", {"a" * 40})


def test_an_address_to_be_mounted_has_no_pin() -> None:
    result = result_of("python", "x = 'hf://a/b:/data'\n")
    why = "the address says where to mount it, which is read as one name"
    assert [one.unfixable for one in result.left] == [why]


@pytest.mark.parametrize(
    "call",
    [
        pytest.param("df.to_parquet('hf://datasets/a/b/x')", id="method"),
        pytest.param("df.to_parquet(path='hf://datasets/a/b/x')", id="keyword"),
        pytest.param("upload(f'hf://datasets/a/b/{x}')", id="function"),
    ],
)
def test_an_address_that_is_written_to_has_no_pin(call: str) -> None:
    (left,) = result_of("python", f"{call}\n").left
    assert left.unfixable == "it is written to, for which the Hub takes no commit"


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("top_of('hf://datasets/a/b{}/x')", id="function"),
        pytest.param("x = 'y', 'hf://datasets/a/b{}/x'", id="no-call"),
        pytest.param("x['k']('hf://datasets/a/b{}/x')", id="no-name"),
    ],
)
def test_an_address_that_is_read_has_a_pin(form: str) -> None:
    after = f"{form.format('@@')}  # main, {DAY}\n"
    assert pinned("python", f"{form.format('')}\n") == after


def many(count: int, bad: Collection[int]) -> tuple[Sequence[Finding], Reader]:
    """Findings, of which some have fixes that break the file, and who reads it."""
    every = {
        f"<{number}>": finding(
            f"o/m{number}", Fix("pin", (Edit(Span(1, 1, 1, 1), _mark(number, bad)),))
        )
        for number in range(count)
    }
    return [*every.values()], Reader(**every)


def _mark(number: int, bad: Collection[int]) -> str:
    return "broken" if number in bad else f"<{number}>"


def test_one_bad_fix_among_many_is_found_soon() -> None:
    findings, reader = many(1000, {600})
    result = fixed("x", findings, reader, unsafe=False, today="")
    assert [one.repo_id for one in result.left] == ["o/m600"]
    assert len(reader.texts) <= 21


def test_a_large_file_is_not_read_without_end() -> None:
    findings, reader = many(200, range(200))
    text = "x" * (MOST_READ // LEAST_TRIES)
    result = fixed(text, findings, reader, unsafe=False, today="")
    assert (result.text, len(result.left), len(reader.texts)) == (text, 200, LEAST_TRIES)
