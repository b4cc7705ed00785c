"""Comments that silence nothing: which of them are told, where, and how they are mended."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from types import FrameType

import pytest

from flake8_hfmodels.check import Checked, check
from flake8_hfmodels.facts import (
    Facts,
    Found,
    History,
    Lacking,
    Missing,
    Moved,
    Owner,
    Repo,
    Unavailable,
)
from flake8_hfmodels.finding import Finding
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.referring import refer
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.python import skimmed
from flake8_hfmodels.sources.python.parse import parse_text
from flake8_hfmodels.sources.source import Source, TextSource
from flake8_hfmodels.unused import unused
from tests.doors import DOORS, HEAD, Place, Ran

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
REPO = Found(Repo("org/model", "621ffdc036468d709f17434d", SHA, ("model.safetensors",)))
PINNED = HEAD + f'AutoModel.from_pretrained("org/model", revision="{SHA}")'
UNPINNED = HEAD + 'AutoModel.from_pretrained("org/model")'
NOBODY = Unavailable("not asked")


def source_of(text: str, kind: KindName = "python") -> Source:
    """A file, as the command reads it."""
    if kind != "python":
        return TextSource("example", kind, whole_file(text), split_lines(text))
    source = skimmed("example", text, lambda _name: False) or parse_text("example", text)
    assert not isinstance(source, str)
    return source  # type: ignore[return-value]  # no trouble in what is written here


def checked(
    text: str,
    kind: KindName = "python",
    facts: Facts = NOBODY,
    persona: Persona = Persona.REGULAR,
    select: Sequence[str] = ("HFM900",),
) -> Checked:
    def lookup(targets: Collection[Target]) -> Mapping[Target, Facts]:
        return dict.fromkeys(targets, facts)

    return check([source_of(text, kind)], lookup, chosen(select, ()), persona)


def told(text: str, found: Sequence[Finding]) -> list[tuple[int, str, str]]:
    """Line, what is marked in it, and the message."""
    lines = text.splitlines()
    return [
        (at.line, lines[at.line - 1][at.column - 1 : at.end_column - 1], one.message)
        for one in found
        for at in [one.span]
    ]


NO_CODE = "this comment names no rule's code; write ignore[HFM001] or its like, or remove it"


def idle(code: str, remedy: str = "remove it") -> str:
    return f"this comment silences {code}, and nothing is found here; {remedy}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            PINNED + "  # hfmodels: ignore[HFM001] a demo",
            [(2, "# hfmodels: ignore[HFM001] a demo", idle("HFM001"))],
            id="ours",
        ),
        pytest.param(
            PINNED + "  # noqa: hfm001", [(2, "# noqa: hfm001", idle("HFM001"))], id="noqa"
        ),
        pytest.param(
            PINNED + "  # see # hfmodels: ignore[HFM001]",
            [(2, "# hfmodels: ignore[HFM001]", idle("HFM001"))],
            id="behind-another-comment",
        ),
        pytest.param("x = '# noqa: HFM001'", [], id="noqa-in-a-string"),
        pytest.param('"""\n# hfmodels: ignore[HFM001]\n"""', [], id="ignore-in-a-string"),
        pytest.param(
            UNPINNED + "  # hfmodels: ignore[HFM001,HFM003] a demo",
            [
                (
                    2,
                    "# hfmodels: ignore[HFM001,HFM003] a demo",
                    idle("HFM003", "take HFM003 out of it"),
                )
            ],
            id="one-of-two",
        ),
        pytest.param(
            "x = 1  # hfmodels: ignore[B615]",
            [
                (
                    1,
                    "# hfmodels: ignore[B615]",
                    "this comment silences B615, which is no rule; remove it",
                )
            ],
            id="of-another-tool",
        ),
        pytest.param(
            PINNED + "  # hfmodels: ignore[HFM001] # hfmodels: ignore[HFM003] b",
            [
                (2, "# hfmodels: ignore[HFM001]", idle("HFM001")),
                (2, "# hfmodels: ignore[HFM003] b", idle("HFM003")),
            ],
            id="two-on-a-line",
        ),
        pytest.param(
            "# flake8: noqa: HFM001\nx = 1",
            [(1, "# flake8: noqa: HFM001", idle("HFM001"))],
            id="file",
        ),
        pytest.param(f"# flake8: noqa: HFM001\n{UNPINNED}", [], id="file-that-has-one"),
        pytest.param(
            "x = 1  # noqa: E501, HFM001",
            [(1, "# noqa: E501, HFM001", idle("HFM001", "take HFM001 out of it"))],
            id="beside-anothers",
        ),
        pytest.param("x = 1  # noqa: E501", [], id="anothers"),
        pytest.param(
            UNPINNED + "  # hfmodels: ignore[HFM001] # hfmodels: ignore[HFM003] b",
            [(2, "# hfmodels: ignore[HFM003] b", idle("HFM003"))],
            id="one-of-two-on-a-line",
        ),
        pytest.param(
            "x = 1  # hfmodels: ignore[unpinned-revision] a demo",
            [(1, "# hfmodels: ignore[unpinned-revision] a demo", NO_CODE)],
            id="name-of-a-rule",
        ),
        pytest.param(
            UNPINNED + "  # hfmodels: ignore[]",
            [(2, "# hfmodels: ignore[]", NO_CODE)],
            id="empty-bracket",
        ),
        pytest.param(
            "x = 1  # hfmodels: ignore[HFM]",
            [(1, "# hfmodels: ignore[HFM]", NO_CODE)],
            id="beginning-of-codes",
        ),
        pytest.param(UNPINNED + "  # hfmodels: ignore[HFM001, foo]", [], id="a-code-and-a-word"),
        pytest.param(
            PINNED + "  # hfmodels: ignore[HFM001, foo]",
            [(2, "# hfmodels: ignore[HFM001, foo]", idle("HFM001"))],
            id="an-idle-code-and-a-word",
        ),
        pytest.param("x = 1  # say `# hfmodels: ignore[HFM001]`", [], id="example-in-a-comment"),
        pytest.param("x = 1  # noqa", [], id="everybodys"),
        pytest.param(
            HEAD + 'MODEL = "nina/bert"  # hfmodels: ignore[HFM001]', [], id="only-pedants-hear"
        ),
        pytest.param(
            HEAD + 'def f():\n    """AutoModel.from_pretrained("nina/bert")"""  # noqa: HFM001',
            [],
            id="docstring-with-an-import",
        ),
        pytest.param(
            'def f():\n    """AutoModel.from_pretrained("nina/bert")"""  # noqa: HFM001',
            [],
            id="docstring-that-is-skimmed",
        ),
        pytest.param(
            "def f(:\n  pass  # noqa: HFM001",
            [(2, "# noqa: HFM001", idle("HFM001"))],
            id="no-python-and-skimmed",
        ),
    ],
)
def test_what_is_told(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert told(text, checked(text).findings) == expected


BARE = REPO.repo
PRIVATE = replace(BARE, private=True)


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        pytest.param("HFM004", Found(BARE, stale=True), [], id="old-answer"),
        pytest.param("HFM004", Found(PRIVATE), [], id="private"),
        pytest.param("HFM005", Missing(Lacking.REPO, Owner.UNKNOWN), [], id="unknown-owner"),
        pytest.param("HFM005", Missing(Lacking.REPO, Owner.EXISTS), ["HFM900"], id="owner"),
        pytest.param(
            "HFM005", Missing(Lacking.REPO, Owner.EXISTS, with_token=True), [], id="token"
        ),
        pytest.param("HFM005", Missing(Lacking.REPO, Owner.GONE, stale=True), [], id="old-no"),
        pytest.param("HFM004", Moved(BARE, Owner.UNKNOWN), [], id="moved-from-unknown"),
        pytest.param("HFM004", Moved(BARE, Owner.EXISTS), ["HFM900"], id="moved"),
        pytest.param("HFM004", Moved(BARE, Owner.EXISTS, stale=True), [], id="moved-once"),
        pytest.param("HFM004", Moved(PRIVATE, Owner.EXISTS), [], id="moved-private"),
        pytest.param("HFM010", Found(BARE), [], id="scan-not-known"),
        pytest.param("HFM010", Found(replace(BARE, is_scanned=False)), [], id="scan-not-done"),
        pytest.param("HFM010", Found(replace(BARE, is_scanned=True)), ["HFM900"], id="scan"),
        pytest.param("HFM010", Missing(Lacking.REPO, Owner.GONE), ["HFM900"], id="no-scan"),
        pytest.param("HFM007", Found(BARE), ["HFM900"], id="no-commit"),
    ],
)
def test_what_the_hub_leaves_open(code: str, facts: Facts, expected: list[str]) -> None:
    text = f"{UNPINNED}  # hfmodels: ignore[{code}] why"
    assert [one.code for one in checked(text, facts=facts).findings] == expected


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        pytest.param(History.UNKNOWN, [], id="unknown"),
        pytest.param(History.OWN, ["HFM900"], id="own"),
        pytest.param(History.FOREIGN, [], id="foreign"),
    ],
)
def test_history_of_a_commit(history: History, expected: list[str]) -> None:
    text = PINNED + "  # hfmodels: ignore[HFM007] why"
    found = checked(text, facts=Found(replace(BARE, history=history))).findings
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(
    ("stale", "expected"),
    [pytest.param(True, [], id="old"), pytest.param(False, ["HFM900"], id="new")],
)
def test_answer_about_the_code_of_a_repo(stale: bool, expected: list[str]) -> None:
    code = replace(BARE, auto_map=(("AutoModel", "other/code--modeling_x.X"),))

    def lookup(targets: Collection[Target]) -> Mapping[Target, Facts]:
        return {
            one: Found(code) if one.repo_id == "org/model" else Found(BARE, stale)
            for one in targets
        }

    text = UNPINNED.replace('")', '", trust_remote_code=True)') + "  # hfmodels: ignore[HFM006]"
    found = check([source_of(text)], lookup, chosen(["HFM900"], ())).findings
    assert [one.code for one in found] == expected


IGNORED = UNPINNED + "  # hfmodels: ignore[HFM004] ours"
GONE = Missing(Lacking.REPO, Owner.GONE)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(NOBODY, [], id="no-answer"),
        pytest.param(REPO, ["HFM900"], id="an-answer"),
        pytest.param(GONE, [], id="the-answer"),
    ],
)
def test_rule_that_needs_the_hub(facts: Facts, expected: list[str]) -> None:
    assert [one.code for one in checked(IGNORED, facts=facts).findings] == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [pytest.param(NOBODY, [], id="no-answer"), pytest.param(REPO, ["HFM900"], id="an-answer")],
)
def test_rule_that_says_more_with_the_hub(facts: Facts, expected: list[str]) -> None:
    text = PINNED + "  # hfmodels: ignore[HFM011]"
    assert [one.code for one in checked(text, facts=facts).findings] == expected


@pytest.mark.parametrize(
    ("kind", "text", "persona", "expected"),
    [
        pytest.param("yaml", "a: 1  # hfmodels: ignore[HFM001]", "regular", ["HFM900"], id="yaml"),
        pytest.param("yaml", "a: 1  # noqa: HFM001", "regular", [], id="noqa-that-may-be-none"),
        pytest.param(
            "dockerfile", "# hfmodels: ignore[HFM001]\nFROM x", "regular", ["HFM900"], id="above"
        ),
        pytest.param(
            "markdown", "Say `# hfmodels: ignore[HFM001]`.", "pedantic", [], id="explained"
        ),
        pytest.param("markdown", "<!-- hfmodels: ignore[HFM001] -->", "regular", [], id="manual"),
        pytest.param(
            "markdown", "<!-- hfmodels: ignore[HFM001] -->", "pedantic", ["HFM900"], id="pedantic"
        ),
        pytest.param(
            "javascript", "f('// hfmodels: ignore[HFM001]')", "regular", [], id="in-quotes"
        ),
        pytest.param("json", '{"a": "# hfmodels: ignore[HFM001]"}', "regular", [], id="in-json"),
    ],
)
def test_other_kinds(kind: KindName, text: str, persona: str, expected: list[str]) -> None:
    assert [one.code for one in checked(text, kind, persona=Persona(persona)).findings] == expected


NOTEBOOK = json.dumps(
    {"cells": [{"cell_type": "code", "source": ["x = 1\n", "y  # hfmodels: ignore[HFM001]"]}]},
    indent=1,
)


def test_notebook() -> None:
    (found,) = checked(NOTEBOOK, "notebook").findings
    assert (found.span.line, found.cell, found.fix) == (7, (1, 2), None)


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_cell_that_is_no_code(kind: str) -> None:
    text = NOTEBOOK.replace('"code"', f'"{kind}"')
    assert checked(text, "notebook", persona=Persona.AUDITOR).findings == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("x = 1  # hfmodels: ignore[HFM001] why", "x = 1\n", id="behind-code"),
        pytest.param("  # hfmodels: ignore[HFM001]", "", id="line-of-its-own"),
        pytest.param("x = 1  # noqa: HFM001  ", "x = 1\n", id="noqa"),
        pytest.param(
            "x = 1  # hfmodels: ignore[HFM001, B615] # why",
            "x = 1\n",
            id="reason-behind-a-mark",
        ),
        pytest.param("x = 1  # noqa: E501,HFM001", None, id="noqa-of-others-too"),
        pytest.param("x = 1  # noqa: HFM001 # type: ignore", None, id="words-behind"),
        pytest.param("x = 1  # noqa: HFM001, E501 [see docs]", None, id="bracket-of-the-reader"),
        pytest.param("x = 1  # hfmodels: ignore[foo]", None, id="no-code"),
        pytest.param("x = 1 \\\n# hfmodels: ignore[HFM001]", None, id="behind-a-backslash"),
    ],
)
def test_fix(line: str, expected: str | None) -> None:
    (found,) = checked(f"{line}\nz = 2\n").findings
    assert mended(f"{line}\nz = 2\n", found) == (None if expected is None else f"{expected}z = 2\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("x = 1\n  # hfmodels: ignore[HFM001] why", "x = 1\n", id="own-line"),
        pytest.param("# noqa: HFM001", "", id="only-line"),
        pytest.param("x = 1  # hfmodels: ignore[HFM001]", "x = 1", id="behind-code"),
    ],
)
def test_fix_on_the_last_line(text: str, expected: str) -> None:
    (found,) = checked(text).findings
    assert found.fix is not None
    (edit,) = found.fix.edits
    assert edit.span.end_line == text.count("\n") + 1
    assert mended(text, found) == expected


def test_fix_keeps_the_other_words_of_the_bracket() -> None:
    text = UNPINNED + "  # see [1] # hfmodels: ignore[foo, HFM001,hfm003] [2]\n"
    (found,) = checked(text).findings
    assert mended(text, found) == text.replace("foo, HFM001,hfm003", "foo, HFM001")


def test_fix_of_one_code_of_two() -> None:
    text = UNPINNED + "  # hfmodels: ignore[HFM001, HFM003] a demo\n"
    (found,) = checked(text).findings
    assert mended(text, found) == text.replace("HFM001, HFM003", "HFM001")


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        pytest.param("javascript", "f()  // hfmodels: ignore[HFM001]", id="js"),
        pytest.param("html", "<!-- hfmodels: ignore[HFM001] -->", id="html"),
        pytest.param("yaml", "a: 1  # hfmodels: ignore[HFM001]", id="yaml"),
        pytest.param("yaml", "model: o/m  # hfmodels: ignore[HFM001, HFM003]", id="one-of-two"),
        pytest.param("dockerfile", "# hfmodels: ignore[HFM001]\nFROM x", id="dockerfile"),
    ],
)
def test_no_fix_outside_of_python(kind: KindName, line: str) -> None:
    (found,) = checked(line, kind, persona=Persona.PEDANTIC).findings
    assert found.fix is None


def mended(text: str, finding: Finding) -> str | None:
    """The text after the fix of a finding."""
    if finding.fix is None:
        return None
    (edit,) = finding.fix.edits
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    begin, end = (
        starts[line - 1] + column - 1
        for line, column in (
            (edit.span.line, edit.span.column),
            (edit.span.end_line, edit.span.end_column),
        )
    )
    return text[:begin] + edit.text + text[end:]


def test_comment_that_silences_itself() -> None:
    found = checked(PINNED + "  # hfmodels: ignore[HFM001, HFM900] soon")
    assert found.findings == ()
    assert [(one.finding.code, one.by, one.reason) for one in found.suppressed] == [
        ("HFM900", "comment", "soon")
    ]


def test_silenced_place_that_lies_below_the_name() -> None:
    text = "model: o/m\ntrust_remote_code: true  # hfmodels: ignore[HFM003] read\n"
    assert checked(text, "yaml").findings == ()


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize(
    "comment", ["# hfmodels: ignore[HFM001] it used to load", "# noqa: HFM003"]
)
def test_both_doors_tell_it(lonely: Place, door: Callable[..., Ran], comment: str) -> None:
    lonely.write("app.py", f"x = 1  {comment}\n")
    ran = door(lonely, "app.py")
    assert [said[:3] for said in ran.said()] == [("app.py", 1, 8)]
    assert ran.codes() == ["HFM900"]


def steps(text: str, kind: KindName) -> int:
    """How many calls are made to judge the comments of a file, and characters split into lines."""
    read = refer(source_of(text, kind))
    assert read is not None
    calls = 0

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")
        if event == "call" and frame.f_code.co_name == "split_lines":
            calls += len(text)

    sys.setprofile(count)
    try:
        found = [*unused(read, {})]
    finally:
        sys.setprofile(None)
    assert found
    return calls


LOADED = 'AutoModel.from_pretrained("a/b")'
IDLE = "# hfmodels: ignore[HFM003]\n"


@pytest.mark.parametrize(
    ("kind", "beginning", "each_time"),
    [
        pytest.param("python", HEAD + IDLE, f"{LOADED}\n", id="loads"),
        pytest.param("python", HEAD, f"{LOADED}  {IDLE}", id="loads-with-a-comment-each"),
        pytest.param("python", HEAD, f"{IDLE}{LOADED}  # noqa: HFM001\n", id="comments-between"),
        pytest.param("python", "", "# flake8: noqa: HFM003\n", id="comments-for-the-file"),
        pytest.param("yaml", IDLE, "- model: a/b\n", id="yaml"),
        pytest.param("yaml", "", f"- model: a/b  {IDLE}", id="yaml-with-a-comment-each"),
        pytest.param("yaml", "", f"- a  {IDLE}- model: a/b\n", id="yaml-with-comments-between"),
    ],
)
def test_work_grows_no_faster_than_the_file(kind: KindName, beginning: str, each_time: str) -> None:
    once, twice = (steps(beginning + each_time * number, kind) for number in (150, 300))
    assert twice <= 2.1 * once + 200


def test_work_with_a_notebook_grows_no_faster_than_its_cells() -> None:
    cell = {"cell_type": "code", "source": ["x  # hfmodels: ignore[HFM001]"]}
    once, twice = (
        steps(json.dumps({"cells": [cell] * number}, indent=1), "notebook") for number in (50, 100)
    )
    assert twice <= 2.1 * once
