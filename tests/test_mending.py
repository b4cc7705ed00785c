"""Fixes: what is changed, and when there is none."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Mapping, Sequence
from types import FrameType

import pytest

from flake8_hfmodels import mending
from flake8_hfmodels.check import check
from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Owner, Repo
from flake8_hfmodels.finding import Edit, Finding, Fix
from flake8_hfmodels.mending import mended as mend
from flake8_hfmodels.mending.job import Job, Result
from flake8_hfmodels.mending.python import mend_text
from flake8_hfmodels.mending.taken import Taken
from flake8_hfmodels.patching import patched
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Span, Target
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


def mended(text: str, *fixes: Fix | None) -> str:
    """The text with these fixes."""
    return patched(text, [edit for fix in fixes if fix is not None for edit in fix.edits])


def mended_whole(text: str) -> str:
    """The text with all fixes that there are, with an `@` for the hash."""
    return mended(text, *(one.fix for one in findings_in(text))).replace(SHA, "@")


def refusals(text: str) -> Sequence[str]:
    """Why the findings of a text have no fix."""
    findings = findings_in(text)
    assert [one.fix for one in findings] == [None] * len(findings)
    return [one.unfixable for one in findings]


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
        pytest.param(
            '("a/b"  # not: f("c/d",)\n)',
            '("a/b", revision="@"  # not: f("c/d",)\n)',
            id="comment-behind",
        ),
        pytest.param(
            '("a/b",  # why\n)', '("a/b", revision="@",  # why\n)', id="comment-behind-a-comma"
        ),
        pytest.param(
            '(\n  "a/b"  # why\n)',
            '(\n  "a/b",  # why\n  revision="@",\n)',
            id="comment-on-the-only-line",
        ),
        pytest.param(
            '(\n  "a/b",\n  dtype=1\n)',
            '(\n  "a/b",\n  dtype=1,\n  revision="@"\n)',
            id="line-by-line-without-a-comma",
        ),
        pytest.param(
            '(\n    "a/b",\n    dtype=1, \\\n)',
            '(\n    "a/b",\n    dtype=1, revision="@", \\\n)',
            id="line-by-line-with-a-backslash",
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


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends(end: str) -> None:
    text = f'{HEAD}AutoModel.from_pretrained(\n    "a/b",\n)\n'
    ended = text.replace("\n", end)
    after = text.replace('"a/b",', f'"a/b",\n    revision="{SHA}",')
    assert mended(ended, finding_in(ended).fix) == after.replace("\n", end)


def read_and_found(text: str) -> tuple[Sequence[Finding], Referring]:
    """What is found in a program, and what is kept of it."""
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    read = refer(source)
    assert read is not None
    return findings_in(text), read


def facts_of(read: Referring) -> Mapping[Target, Facts]:
    return known([target for ref in read.references for _written, target in ref.targets()])


def test_no_fix_of_a_file_that_is_no_python() -> None:
    (finding,), read = read_and_found(f'{HEAD}AutoModel.from_pretrained("a/b")\n')
    bare = replace(finding, fix=None)
    broken = replace(read, text=read.text + "return )\n")
    assert mend([bare], read, facts_of(read)) == [finding]
    assert mend([bare], broken, facts_of(read)) == [
        replace(bare, unfixable="the text cannot be read as Python")
    ]


def test_one_fix_for_one_place() -> None:
    (finding,), read = read_and_found(f'{HEAD}AutoModel.from_pretrained("a/b")\n')
    bare = replace(finding, fix=None)
    assert mend([bare, bare], read, facts_of(read)) == [finding, finding]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = 1\n", id="nothing-there"),
        pytest.param(f"{HEAD}AutoModel.from_pretrained\n", id="no-call"),
        pytest.param(f"{HEAD}AutoModel.from_pretrained['a/b']   \n", id="subscript"),
        pytest.param(f"{HEAD}AutoModel.from_pretraineds('a/b')\n", id="another-name"),
    ],
)
def test_no_fix_where_the_text_is_not_what_was_read(text: str) -> None:
    (finding,), read = read_and_found(f'{HEAD}AutoModel.from_pretrained("a/b")\n')
    (mended,) = mend([replace(finding, fix=None)], replace(read, text=text), facts_of(read))
    assert mended.fix is None
    assert mended.unfixable


def test_all_fixes_of_a_file_can_be_made_at_once() -> None:
    text = HEAD + 'AutoModel.from_pretrained("a/b"); AutoModel.from_pretrained("c/d")\n' * 3
    after = mended_whole(text)
    assert after.count("@") == 6
    assert list(findings_in(after.replace("@", SHA))) == []


def jobs_in(read: Referring) -> Sequence[Job]:
    """What there is to do where every reference names one repo."""
    return [
        Job(number, "pin", ref, ref.loader.revision, ((target.repo_id, SHA),))
        for number, ref in enumerate(read.references)
        for _written, target in ref.targets()
    ]


def steps(text: str) -> int:
    """How many calls are made to mend the findings of a program, and characters split."""
    _findings, read = read_and_found(text)
    jobs = jobs_in(read)
    calls = 0

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")
        if event == "call" and frame.f_code.co_name == "split_lines":
            calls += len(text)

    sys.setprofile(count)
    try:
        found = mend_text(jobs, read.text, read.references)
    finally:
        sys.setprofile(None)
    assert all(isinstance(one, Fix) for one in found.values())
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


TWO = """\
from transformers import AutoModel
for name in ("org/gone", "org/host"):
    AutoModel.from_pretrained(name, trust_remote_code=True, revision="{}")
"""


def test_code_of_the_repo_that_is_there() -> None:
    """HFM011: of two repos one is not known, and the code of the other lies elsewhere."""
    source = parse("example.py", TWO.format(OLD).encode())
    assert isinstance(source, PythonSource)
    host = Repo("org/host", "1" * 24, OLD, (), auto_map=(("AutoModel", "org/code--x.M"),))
    code = Repo("org/code", "2" * 24, SHA, ("x.py",))
    answers = {"org/host": Found(host), "org/code": Found(code)}

    def lookup(targets: Collection[Target]) -> Mapping[Target, Facts]:
        gone = Missing(Lacking.REPO, Owner.EXISTS)
        return {target: answers.get(target.repo_id, gone) for target in targets}

    (finding,) = check([source], lookup, chosen(["HFM011"], ())).findings
    assert "and the code of one of them is meant" in finding.unfixable


def test_fixes_in_the_way_of_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one counts."""
    place = Span(2, 1, 2, 9)

    def mend(jobs: Sequence[Job], _referring: Referring) -> Mapping[int, Result]:
        return {job.number: Fix("pin", (Edit(place, str(job.number)),)) for job in jobs}

    monkeypatch.setattr(mending, "_mender", lambda _kind: mend)
    loads = "".join(f"AutoModel.from_pretrained('org/{name}')\n" for name in "ab")
    first, second = findings_in(HEAD + loads)
    assert (first.fix is None, second.fix is None) == (False, True)
    assert second.unfixable == "another fix changes the same place"


def edit(begin: int, end: int, text: str = "x") -> Edit:
    return Edit(Span(1, begin, 1, end), text)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        pytest.param(edit(1, 3), edit(3, 5), True, id="side-by-side"),
        pytest.param(edit(1, 3), edit(1, 3), True, id="the-same"),
        pytest.param(edit(1, 3), edit(1, 3, "y"), False, id="another-text"),
        pytest.param(edit(1, 4), edit(3, 5), False, id="overlapping"),
        pytest.param(edit(1, 9), edit(3, 5), False, id="within"),
        pytest.param(edit(3, 3), edit(3, 3, "y"), True, id="at-one-empty-place"),
        pytest.param(edit(1, 5), edit(3, 3), False, id="empty-within"),
        pytest.param(edit(1, 3), edit(3, 3), True, id="empty-at-the-end"),
        pytest.param(edit(3, 5), edit(3, 3), True, id="empty-at-the-beginning"),
    ],
)
def test_edits_that_go_together(one: Edit, other: Edit, together: bool) -> None:
    for first, second in ((one, other), (other, one)):
        taken = Taken()
        assert taken.takes([first])
        assert taken.takes([second]) is together
        assert taken.takes([edit(20, 21)])


def test_edit_over_what_lies_behind_several() -> None:
    taken = Taken()
    assert taken.takes([edit(1, 2), edit(5, 5), edit(7, 8)])
    assert not taken.takes([edit(5, 9)])
    assert taken.takes([edit(8, 9)])


def test_code_of_the_repo_itself_that_follows_a_branch() -> None:
    """HFM011: the model is pinned, and its own code is taken from main."""
    text = (
        "from transformers import AutoModel\n"
        f'AutoModel.from_pretrained("org/host", trust_remote_code=True, revision="{OLD}", '
        'code_revision="main")\n'
    )
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    host = Found(Repo("org/host", "1" * 24, OLD, ("x.py",), auto_map=(("AutoModel", "x.M"),)))
    (finding,) = check([source], lambda asked: dict.fromkeys(asked, host), CODE).findings
    assert finding.fix is not None
    (edit,) = finding.fix.edits
    assert (edit.text, finding.fix.follows) == (f'"{OLD}"', "main")


CODE = chosen(["HFM011"], ())
