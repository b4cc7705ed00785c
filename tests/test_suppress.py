"""Which comments silence which findings."""

from __future__ import annotations

import json

import pytest

from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.loaders import ANY_CLASS
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import ABSENT, Confidence, Reference, Span
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource, TextSource
from flake8_hfmodels.suppress import Silencers, part, silencers, silencers_in


def finding(line: int, end_line: int, code: str) -> Finding:
    reference = Reference(
        path="example.py",
        span=Span(line, 1, end_line, 2),
        kind="call",
        loader=ANY_CLASS,
        call="load",
        repo_id=ABSENT,
        repo_type="model",
        revision=ABSENT,
    )
    return Finding(
        code=code,
        name="name",
        what="what",
        remedy="remedy",
        severity=Severity.LOW,
        confidence=Confidence.HIGH,
        persona=Persona.REGULAR,
        path=reference.path,
        span=reference.span,
        reference=reference,
    )


def told(source: str, line: int, end_line: int, noqa: bool = True) -> list[str]:
    """The codes that are told of one place where there are two findings."""
    both = [finding(line, end_line, "HFM001"), finding(line, end_line, "HFM003")]
    findings, silenced = part(both, silencers(split_lines(source), noqa))
    assert sorted([*findings, *(one.finding for one in silenced)], key=both.index) == both
    return [one.code for one in findings]


BOTH = ["HFM001", "HFM003"]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        pytest.param("", BOTH, id="none"),
        pytest.param("# a comment", BOTH, id="other"),
        pytest.param("# noqa", [], id="noqa"),
        pytest.param("#noqa", BOTH, id="noqa-without-a-space"),
        pytest.param("# NoQA", [], id="noqa-in-any-case"),
        pytest.param("# a comment # noqa", [], id="noqa-behind-a-comment"),
        pytest.param("# noqa: HFM001", ["HFM003"], id="code"),
        pytest.param("# noqa:HFM001", ["HFM003"], id="code-without-a-space"),
        pytest.param("# noqa: hfm001", ["HFM003"], id="code-in-lower-case"),
        pytest.param("# noqa: E501,HFM001", ["HFM003"], id="second-code"),
        pytest.param("# noqa: HFM003 HFM001", [], id="codes-with-spaces"),
        pytest.param("# noqa: HFM001, HFM003 because", [], id="codes-with-a-reason"),
        pytest.param("# noqa: HFM", [], id="prefix"),
        pytest.param("# noqa: HFM00", [], id="longer-prefix"),
        pytest.param("# noqa: E501", BOTH, id="other-code"),
        pytest.param("# noqa: HFM0011", BOTH, id="longer-code"),
        pytest.param("# hfmodels: ignore[HFM001]", ["HFM003"], id="ignore"),
        pytest.param("# hfmodels:ignore[HFM001] why", ["HFM003"], id="ignore-with-a-reason"),
        pytest.param("# hfmodels: ignore[HFM001, HFM003]", [], id="ignore-two"),
        pytest.param(
            "# hfmodels: ignore[HFM001] # hfmodels: ignore[HFM003]", [], id="ignore-and-ignore"
        ),
        pytest.param("# hfmodels: ignore[HFM001] # noqa: HFM003", [], id="ignore-and-noqa"),
        pytest.param("# hfmodels: ignore", BOTH, id="ignore-without-a-code"),
        pytest.param("# hfmodels: ignore[]", BOTH, id="ignore-nothing"),
        pytest.param("# hfmodels: ignore[HFM]", BOTH, id="ignore-knows-no-prefix"),
        pytest.param("# hfmodels: ignore[unpinned-revision]", BOTH, id="ignore-knows-no-name"),
        pytest.param("# hfmodels: ignore[HFM001, foo!] x", ["HFM003"], id="code-and-a-word"),
        pytest.param("# hfmodels: ignore[HFM001] x --> */ y", ["HFM003"], id="reason-that-ends"),
        pytest.param("# nosec B615", BOTH, id="another-tool"),
        pytest.param("# flake8: noqa", BOTH, id="file-comment-behind-code"),
    ],
)
def test_comment_behind_the_call(comment: str, expected: list[str]) -> None:
    assert told(f"load()  {comment}\n", 1, 1) == expected


@pytest.mark.parametrize(
    ("source", "line", "end_line", "expected"),
    [
        pytest.param("x  # noqa\nload()", 2, 2, BOTH, id="line-above"),
        pytest.param("# noqa\nload()", 2, 2, BOTH, id="comment-above"),
        pytest.param("load()\n# noqa", 1, 1, BOTH, id="comment-below"),
        pytest.param("load(\n 1,\n)  # noqa", 1, 3, [], id="last-line-of-the-call"),
        pytest.param("load(\n 1,  # noqa\n)", 1, 3, [], id="within-the-call"),
        pytest.param("load(\n # noqa\n 1)", 1, 3, [], id="on-a-line-of-its-own-within"),
        pytest.param("f(\n load(),\n)  # noqa", 2, 2, [], id="last-line-of-the-statement"),
        pytest.param("f(  # noqa\n load(),\n)", 2, 2, [], id="first-line-of-the-statement"),
        pytest.param("f(\n g(),  # noqa\n load(),\n)", 3, 3, BOTH, id="another-line-of-it"),
        pytest.param("x = \\\n  load()  # noqa", 2, 2, [], id="continued-line"),
        pytest.param("x = load() + '''\n'''  # noqa", 1, 1, [], id="behind-a-long-string"),
        pytest.param("load(); x()  # noqa", 1, 1, [], id="two-statements-on-a-line"),
        pytest.param("with load() as x:  # noqa\n pass", 1, 1, [], id="head-of-a-compound"),
        pytest.param("with load() as x:\n pass  # noqa", 1, 1, BOTH, id="body-of-a-compound"),
        pytest.param("if x:  # noqa\n load()", 2, 2, BOTH, id="head-above-the-call"),
        pytest.param("if x: load()  # noqa", 1, 1, [], id="compound-on-one-line"),
        pytest.param("@load()  # noqa\ndef f(): ...", 1, 1, [], id="decorator"),
        pytest.param("load('# noqa')", 1, 1, [], id="string-as-flake8-has-it"),
        pytest.param("load('''\n# noqa\n''')", 1, 3, [], id="string-of-several-lines"),
        pytest.param("x = '''\n# flake8: noqa\n'''\nload()", 4, 4, [], id="file-in-a-string"),
        pytest.param("# flake8: noqa\nload()", 2, 2, [], id="file"),
        pytest.param("load()\n  # Flake8=NOQA  ", 1, 1, [], id="file-below"),
        pytest.param("# flake8: noqa: HFM001\nload()", 2, 2, ["HFM003"], id="file-with-a-code"),
        pytest.param(
            "# flake8: noqa: E501,W1\nload()",
            2,
            2,
            ["HFM001", "HFM003"],
            id="file-with-codes-of-others",
        ),
        pytest.param("# see flake8: noqa\nload()", 2, 2, BOTH, id="file-comment-in-a-comment"),
        pytest.param("x\r\ny\rload()  # noqa\r\n", 3, 3, [], id="line-ends"),
        pytest.param("\x0cx\n\x0cload()  # noqa", 2, 2, [], id="form-feeds"),
        pytest.param("load()  # noqa\n)", 1, 1, [], id="mistake-below"),
        pytest.param("load()  # noqa\n'''", 1, 1, [], id="open-string-below"),
        pytest.param("load()  # noqa\n  x\n y", 1, 1, [], id="wrong-indentation-below"),
        pytest.param("", 1, 1, BOTH, id="empty"),
        pytest.param("noqa = 1\nload()", 5, 5, BOTH, id="line-that-is-not-there"),
    ],
)
def test_place_of_the_comment(source: str, line: int, end_line: int, expected: list[str]) -> None:
    assert told(source, line, end_line) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("load()  # noqa", BOTH, id="noqa"),
        pytest.param("# flake8: noqa\nload()", BOTH, id="file"),
        pytest.param("load()  # noqa # hfmodels: ignore[HFM001]", ["HFM003"], id="ignore"),
    ],
)
def test_comments_of_flake8_can_be_left_to_it(source: str, expected: list[str]) -> None:
    assert told(source, source.count("\n") + 1, source.count("\n") + 1, noqa=False) == expected


@pytest.mark.parametrize(
    "comment",
    [
        pytest.param("# noqa: " + "aa1," * 5000 + "!", id="noqa"),
        pytest.param("# hfmodels: ignore[" + "A " * 5000 + "!", id="ignore"),
        pytest.param("#" + " " * 5000 + "!", id="spaces"),
        pytest.param("# hfmodels: ignore[" * 5000, id="open-brackets"),
    ],
)
def test_long_comment_is_read_to_its_end(comment: str) -> None:
    assert told(f"noqa\n{comment}\nload()", 3, 3) == BOTH


def told_in(kind: KindName, text: str, line: int, end_line: int, noqa: bool = True) -> list[str]:
    """The codes that are told of one place in a file that is no Python."""
    source = TextSource("example", kind, whole_file(text), split_lines(text))
    both = [finding(line, end_line, "HFM001"), finding(line, end_line, "HFM003")]
    return [one.code for one in part(both, silencers_in(source, noqa))[0]]


@pytest.mark.parametrize(
    ("kind", "line", "expected"),
    [
        pytest.param("yaml", "model: o/m  # hfmodels: ignore[HFM001] why", ["HFM003"], id="yaml"),
        pytest.param("shell", "load o/m  # noqa", [], id="shell"),
        pytest.param("shell", "load o/m  # noqa: HFM003", ["HFM001"], id="shell-noqa-with-a-code"),
        pytest.param("toml", "model = 'o/m'  #hfmodels:ignore[HFM001,HFM003]", [], id="toml"),
        pytest.param("javascript", "f('o/m')  // hfmodels: ignore[HFM001]", ["HFM003"], id="js"),
        pytest.param("javascript", "f(/* hfmodels: ignore[HFM001] */)", ["HFM003"], id="js-within"),
        pytest.param("json", '"m": 1, // hfmodels: ignore[HFM001]', ["HFM003"], id="json"),
        pytest.param("markdown", "o/m <!-- hfmodels: ignore[HFM001] -->", ["HFM003"], id="md"),
        pytest.param("html", "<p><!--hfmodels: ignore[HFM003]-->", ["HFM001"], id="html"),
        pytest.param("rst", ".. hfmodels: ignore[HFM001]", ["HFM003"], id="rst"),
        pytest.param("ini", "name = o/m ; hfmodels: ignore[HFM001]", ["HFM003"], id="ini"),
        pytest.param("yaml", "x: hfmodels: ignore[HFM001]", BOTH, id="no-comment"),
        pytest.param("yaml", "# hfmodels: ignore", BOTH, id="no-code"),
        pytest.param("yaml", "# nosec", BOTH, id="another-tool"),
    ],
)
def test_comment_of_another_kind(kind: KindName, line: str, expected: list[str]) -> None:
    assert told_in(kind, line, 1, 1) == expected


@pytest.mark.parametrize(
    ("kind", "text", "lines", "expected"),
    [
        pytest.param("shell", "a \\\n# noqa\n b", (1, 3), [], id="within-the-span"),
        pytest.param("dockerfile", "# hfmodels: ignore[HFM001]\nX", (2, 2), ["HFM003"], id="above"),
        pytest.param("dockerfile", "# noqa\nX", (2, 2), BOTH, id="noqa-above"),
        pytest.param(
            "json", "// hfmodels: ignore[HFM001]\n\n // x\n1", (4, 4), ["HFM003"], id="far"
        ),
        pytest.param(
            "yaml", "a: b # hfmodels: ignore[HFM001]\nX", (2, 2), BOTH, id="behind-a-value"
        ),
        pytest.param("yaml", "# hfmodels: ignore[HFM001]\nX\nY", (3, 3), BOTH, id="two-below"),
        pytest.param("yaml", "X\n# hfmodels: ignore[HFM001]", (1, 1), BOTH, id="below"),
        pytest.param(
            "markdown",
            "<!-- hfmodels: ignore[HFM001] -->\n```sh\na\nb\n```\nc",
            (4, 4),
            ["HFM003"],
            id="fence",
        ),
        pytest.param(
            "markdown",
            "<!-- hfmodels: ignore[HFM001] -->\n```sh\na\n```\nc",
            (5, 5),
            BOTH,
            id="behind-the-fence",
        ),
        pytest.param(
            "markdown",
            "<!-- hfmodels: ignore[HFM001] -->\n~~~\na",
            (3, 3),
            ["HFM003"],
            id="fence-without-an-end",
        ),
        pytest.param(
            "dockerfile",
            "# hfmodels: ignore[HFM001]\nRUN a \\\n  # c\n  b\\ \n c",
            (5, 5),
            ["HFM003"],
            id="line-that-goes-on",
        ),
        pytest.param(
            "shell", "# hfmodels: ignore[HFM001]\na \\\nb\nc", (4, 4), BOTH, id="behind-that-line"
        ),
        pytest.param("shell", "# hfmodels: ignore[HFM001]\na \\", (2, 2), ["HFM003"], id="end"),
    ],
)
def test_comment_on_a_line_of_its_own(
    kind: KindName, text: str, lines: tuple[int, int], expected: list[str]
) -> None:
    assert told_in(kind, text, *lines) == expected


def cells(*sources: str) -> str:
    """A notebook, with a line of the file for each cell."""
    each = (json.dumps({"cell_type": "code", "source": one}) for one in sources)
    return '{"cells": [\n' + ",\n".join(each) + "\n]}"


@pytest.mark.parametrize(
    ("notebook", "line", "expected"),
    [
        pytest.param(cells("f()  # hfmodels: ignore[HFM001]"), 2, ["HFM003"], id="behind"),
        pytest.param(cells("f()", "f()  # noqa"), 2, BOTH, id="another-cell"),
        pytest.param(cells("# hfmodels: ignore[HFM001]", "f()"), 3, BOTH, id="the-cell-above"),
    ],
)
def test_comment_in_a_cell(notebook: str, line: int, expected: list[str]) -> None:
    assert told_in("notebook", notebook, line, line) == expected


@pytest.mark.parametrize("before", ["", "%%sh\n"])
def test_comment_above_a_line_of_a_cell(before: str) -> None:
    cell = f"{before}# hfmodels: ignore[HFM001]\n!hf download o/m"
    lines = cell.splitlines(keepends=True)
    notebook = json.dumps({"cells": [{"cell_type": "code", "source": lines}]}, indent=0)
    line = notebook.splitlines().index(json.dumps(lines[-1])) + 1
    assert told_in("notebook", notebook, line, line) == ["HFM003"]


def test_many_comments_above_one_line() -> None:
    text = "# hfmodels: ignore[HFM001]\n" * 50_000 + "X"
    assert told_in("yaml", text, 50_001, 50_001) == ["HFM003"]


def test_noqa_that_does_not_count_in_another_kind() -> None:
    assert told_in("yaml", "x: o/m  # noqa", 1, 1, noqa=False) == BOTH


def test_python_goes_by_its_tokens() -> None:
    source = parse("example.py", b"load()  # hfmodels: ignore[HFM001]")
    assert isinstance(source, PythonSource)
    assert silencers_in(source) == silencers(source.lines)


@pytest.mark.parametrize(
    ("kind", "line", "expected"),
    [
        pytest.param("yaml", "a: 1  # hfmodels: ignore[HFM001]", [True], id="comment"),
        pytest.param("yaml", "a: 1  # hfmodels: ignore[HFM001] it's", [True], id="quote-behind"),
        pytest.param("yaml", "a: ' # hfmodels: ignore[HFM001]'", [False], id="single-quote"),
        pytest.param("yaml", 'a: " # hfmodels: ignore[HFM001]"', [False], id="double-quote"),
        pytest.param("markdown", "`# hfmodels: ignore[HFM001]`", [False], id="backquote"),
        pytest.param("yaml", "a: 1  # noqa: HFM001", [False], id="noqa"),
    ],
)
def test_comment_that_is_beyond_doubt(kind: KindName, line: str, expected: list[bool]) -> None:
    source = TextSource("example", kind, whole_file(line), split_lines(line))
    assert [one.is_checked for one in silencers_in(source).comments()] == expected


@pytest.mark.parametrize(
    ("kind", "is_checked"), [("code", True), ("markdown", False), ("raw", False)]
)
def test_comment_in_a_cell_of_each_kind(kind: str, is_checked: bool) -> None:
    text = cells("x  # hfmodels: ignore[HFM001]").replace('"code"', f'"{kind}"')
    source = TextSource("example", "notebook", whole_file(text), split_lines(text))
    assert [one.is_checked for one in silencers_in(source).comments()] == [is_checked]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        pytest.param("yaml", "# hfmodels: ignore[HFM001] " * 20_000, 100, id="one-line"),
        pytest.param(
            "notebook",
            cells(*["# hfmodels: ignore[HFM001]"] * 300).replace("\n", ""),
            100,
            id="cells",
        ),
        pytest.param("markdown", "# hfmodels: ignore[HFM001]\n" * 300 + "x", 100, id="above"),
    ],
)
def test_comments_of_one_line_that_count(kind: KindName, text: str, expected: int) -> None:
    source = TextSource("example", kind, whole_file(text), split_lines(text))
    last = text.count("\n") + 1
    assert len([*silencers_in(source).speaking(Span(last, 1, last, 1))]) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = 1  " + "# hfmodels: ignore[HFM001] " * 20_000, id="one-line"),
        pytest.param("# flake8: noqa: HFM001\n" * 300, id="whole-file"),
    ],
)
def test_comments_of_a_module_that_count(text: str) -> None:
    assert len([*silencers(split_lines(text)).speaking(Span(1, 1, 1, 1))]) == 100


def test_what_the_settings_silence() -> None:
    one = finding(1, 1, "HFM001")
    told_here, silenced = part([one], Silencers(settings=("HFM00",)))
    assert (told_here, [(each.finding, each.by) for each in silenced]) == ([], [(one, "settings")])
