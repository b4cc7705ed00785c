"""Reports as whole texts."""

from __future__ import annotations

import json

import pytest

from flake8_hfmodels.finding import Finding, Related, Severity
from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import (
    ABSENT,
    Confidence,
    Known,
    Reference,
    Span,
    Unknown,
    Value,
    Written,
)
from flake8_hfmodels.report import json as as_json
from flake8_hfmodels.report.report import Report, Summary
from flake8_hfmodels.report.text import Paint, printable, render_findings, render_references

PLAIN, COLOURED = Paint(False), Paint(True)
NUMBERS = Summary(1, 1, 1, 1, 0, 0, 0, "online", 0.25)
FOOTER = "1 file, 1 reference, 1 repo (1 asked, 0 cached, 0 unanswered); online; 0.25 s\n"
LOADER = Loader("transformers", "Auto*.from_pretrained", "", (Param(("name",), 0),), None)


def known(*values: str | bool | None, line: int = 1) -> Known:
    return Known(tuple(Written(value, Span(line, 1, line, 4)) for value in values))


SPAN = Span(2, 1, 2, 5)
ID = known("a/b")


def reference(
    span: Span = SPAN,
    repo_id: Value = ID,
    revision: Value = ABSENT,
    local: str | None = None,
    path: str = "app.py",
) -> Reference:
    return Reference(
        path=path,
        span=span,
        kind="call",
        loader=LOADER,
        call="AutoModel.from_pretrained",
        repo_id=repo_id,
        repo_type="model",
        revision=revision,
        local=local,
    )


FINDING = Finding(
    code="HFM001",
    name="unpinned-revision",
    what="loads it",
    remedy="pin it",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    persona=Persona.REGULAR,
    path="app.py",
    span=SPAN,
    reference=reference(),
    repo_id="a/b",
)
NOTE = "  = medium severity, high confidence; see hfmodels explain HFM001\n\n"


def report(*findings: Finding, lines: tuple[str, ...] = ("x = 1", "load()")) -> Report:
    shown = {finding.path: lines for finding in findings}
    return Report(findings, [], shown, NUMBERS)


def spanning(span: Span) -> Finding:
    return replace(FINDING, span=span)


@pytest.mark.parametrize(
    ("finding", "lines", "block"),
    [
        pytest.param(
            FINDING,
            ("x = 1", "load()"),
            "app.py:2:1: HFM001 unpinned-revision: loads it; pin it\n2 | load()\n  | ^^^^\n",
            id="one-line",
        ),
        pytest.param(
            spanning(Span(1, 3, 2, 2)),
            ("a load(", ")"),
            "app.py:1:3: HFM001 unpinned-revision: loads it; pin it\n1 | a load(\n  |   ^^^^^\n",
            id="several-lines",
        ),
        pytest.param(
            spanning(Span(1, 2, 1, 3)),
            ("\tx",),
            "app.py:1:2: HFM001 unpinned-revision: loads it; pin it\n1 | \tx\n  | \t^\n",
            id="tab",
        ),
        pytest.param(
            spanning(Span(1, 5, 1, 8)),
            ("漢\u3000e\u0301=🤗é.",),
            "app.py:1:5: HFM001 unpinned-revision: loads it; pin it\n"
            "1 | 漢\u3000e\u0301=🤗é.\n  |      ^^^^\n",
            id="wide-and-combining",
        ),
        pytest.param(
            spanning(Span(1, 2, 1, 2)),
            ("\x1bx\u202e",),
            "app.py:1:2: HFM001 unpinned-revision: loads it; pin it\n1 | \ufffdx\ufffd\n  |  ^\n",
            id="control-characters-and-no-width",
        ),
        pytest.param(
            spanning(Span(9, 1, 9, 2)),
            ("x",),
            "app.py:9:1: HFM001 unpinned-revision: loads it; pin it\n",
            id="line-that-is-not-there",
        ),
        pytest.param(
            replace(
                FINDING,
                related=(
                    Related("app.py", Span(1, 1, 1, 2), "written here"),
                    Related("other.py", Span(1, 1, 1, 2), "elsewhere"),
                ),
            ),
            ("x = 1", "load()"),
            "app.py:2:1: HFM001 unpinned-revision: loads it; pin it\n2 | load()\n  | ^^^^\n"
            "1 | x = 1\n  | ^ written here\n  = other.py:1:1: elsewhere\n",
            id="related",
        ),
        pytest.param(
            replace(FINDING, what="a\x1b[31m", path="a\n\x1b.py"),
            ("x", "y"),
            "a\ufffd\ufffd.py:2:1: HFM001 unpinned-revision: a\ufffd[31m; pin it\n2 | y\n  | ^\n",
            id="path-and-message-with-controls",
        ),
    ],
)
def test_finding_as_text(finding: Finding, lines: tuple[str, ...], block: str) -> None:
    expected = block + NOTE + "1 finding: 1 medium\n" + FOOTER
    assert render_findings(report(finding, lines=lines), PLAIN) == expected


def test_findings_are_counted_by_severity() -> None:
    severities = (Severity.LOW, Severity.HIGH, Severity.LOW)
    findings = [replace(FINDING, severity=severity) for severity in severities]
    text = render_findings(report(*findings), PLAIN)
    assert text.endswith("\n\n3 findings: 1 high, 2 low\n" + FOOTER)


@pytest.mark.parametrize(
    ("severity", "code"),
    [(Severity.HIGH, "1;31"), (Severity.MEDIUM, "1;33"), (Severity.LOW, "36")],
    ids=str,
)
def test_colours(severity: Severity, code: str) -> None:
    text = render_findings(report(replace(FINDING, severity=severity)), COLOURED)
    assert text.startswith(
        f"\x1b[1mapp.py:2:1\x1b[0m: \x1b[{code}mHFM001 unpinned-revision\x1b[0m: loads it; pin it\n"
        "\x1b[1;34m2 |\x1b[0m load()\n"
    )


def test_nothing_found() -> None:
    assert render_findings(report(), PLAIN) == FOOTER


@pytest.mark.parametrize(
    ("summary", "footer"),
    [
        pytest.param(
            Summary(0, 0, 0, 0, 0, 0, 0, "offline", 1.0),
            "0 files, 0 references, 0 repos (0 asked, 0 cached, 0 unanswered); offline; 1.00 s\n",
            id="nothing",
        ),
        pytest.param(
            Summary(2, 5, 3, 1, 2, 3, 4, "online", 0.004),
            "2 files, 5 references, 3 repos (1 asked, 2 cached, 3 unanswered), 4 suppressed; "
            "online; 0.00 s\n",
            id="everything",
        ),
    ],
)
def test_footer(summary: Summary, footer: str) -> None:
    assert render_findings(Report((), (), {}, summary), PLAIN) == footer


@pytest.mark.parametrize(
    ("one", "line"),
    [
        pytest.param(reference(), "model a/b @ -", id="unpinned"),
        pytest.param(
            reference(revision=known("main", "v1", "main")), "model a/b @ main, v1", id="pinned"
        ),
        pytest.param(reference(revision=known(None)), "model a/b @ None", id="none"),
        pytest.param(reference(revision=Unknown("rev()")), "model a/b @ ? (rev())", id="unknown"),
        pytest.param(
            reference(repo_id=known("a/b", "c/d", None)), "model a/b, c/d @ -", id="several"
        ),
        pytest.param(reference(repo_id=known(None)), "model ? @ -", id="no-name"),
        pytest.param(reference(repo_id=ABSENT), "model - @ -", id="no-id"),
        pytest.param(reference(repo_id=Unknown("name")), "model ? (name) @ -", id="unknown-id"),
        pytest.param(reference(local="a path"), "model a/b local (a path)", id="local"),
        pytest.param(reference(repo_id=known("a\x1b[1m")), "model a\ufffd[1m @ -", id="controls"),
    ],
)
def test_reference_as_text(one: Reference, line: str) -> None:
    text = render_references(Report((), (one,), {}, NUMBERS), PLAIN)
    assert text == f"app.py:2:1: {line} [AutoModel.from_pretrained]\n\n{FOOTER}"


def test_address_in_the_inventory_cannot_speak_to_the_terminal() -> None:
    one = replace(reference(), call="hf://a/b\x1b[31m")
    assert "\x1b" not in render_references(Report((), (one,), {}, NUMBERS), PLAIN)


def test_no_references_as_text() -> None:
    assert render_references(Report((), (), {}, NUMBERS), PLAIN) == FOOTER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain\tä漢\u00a0🤗", "plain\tä漢\u00a0🤗", id="harmless"),
        pytest.param("\x1b]0;\x07\r\n\x9b\x00", "\ufffd]0;" + "\ufffd" * 5, id="controls"),
        pytest.param("\u202ea\u2028\udc80", "\ufffda\ufffd\ufffd", id="bidi-separator-surrogate"),
    ],
)
def test_printable(text: str, expected: str) -> None:
    assert printable(text) == expected


def test_line_of_a_report() -> None:
    given = report(FINDING, lines=("one", "two"))
    assert [given.line("app.py", number) for number in (0, 1, 2, 3)] == ["", "one", "two", ""]
    assert given.line("other.py", 1) == ""


SUMMARY = {
    "files": 1,
    "references": 1,
    "repos": 1,
    "asked": 1,
    "cached": 0,
    "unanswered": 0,
    "suppressed": 0,
    "mode": "online",
    "seconds": 0.25,
    "stale": 0,
    "skipped": {},
}


def test_finding_as_json() -> None:
    finding = replace(
        FINDING,
        reference=reference(revision=known("main")),
        suggested_revision="f" * 40,
        related=(Related("app.py", Span(1, 5, 1, 8), "written here"),),
    )
    assert json.loads(as_json.render(report(finding), inventory=False)) == {
        "version": 1,
        "findings": [
            {
                "code": "HFM001",
                "name": "unpinned-revision",
                "path": "app.py",
                "line": 2,
                "column": 1,
                "end_line": 2,
                "end_column": 5,
                "message": "loads it; pin it",
                "severity": "medium",
                "confidence": "high",
                "persona": "regular",
                "repo_id": "a/b",
                "repo_type": "model",
                "revision": "main",
                "suggested_revision": "f" * 40,
                "fixable": False,
                "related": [{"path": "app.py", "line": 1, "column": 5, "message": "written here"}],
                "help": "hfmodels explain HFM001",
            }
        ],
        "errors": [],
        "warnings": [],
        "summary": SUMMARY,
    }


def test_reference_as_json() -> None:
    one = reference(repo_id=known("a/b", "c/d"), local="a path")
    given = Report((), (one,), {}, NUMBERS)
    assert json.loads(as_json.render(given, inventory=True)) == {
        "version": 1,
        "findings": [],
        "references": [
            {
                "kind": "call",
                "loader": "transformers.Auto*.from_pretrained",
                "call": "AutoModel.from_pretrained",
                "path": "app.py",
                "line": 2,
                "column": 1,
                "end_line": 2,
                "end_column": 5,
                "repo_ids": ["a/b", "c/d"],
                "repo_type": "model",
                "revision": None,
                "trust_remote_code": None,
                "local": True,
                "local_because": "a path",
                "confidence": "high",
                "persona": "regular",
            }
        ],
        "errors": [],
        "warnings": [],
        "summary": SUMMARY,
    }


@pytest.mark.parametrize(
    ("revision", "expected"),
    [
        pytest.param(ABSENT, None, id="absent"),
        pytest.param(known(None), None, id="none"),
        pytest.param(Unknown("rev"), "?", id="unknown"),
        pytest.param(known("main"), "main", id="one"),
        pytest.param(known("main", "v1", "main"), ["main", "v1"], id="several"),
    ],
)
def test_revision_as_json(revision: Value, expected: object) -> None:
    one = replace(reference(repo_id=Unknown("name")), revision=revision)
    content = json.loads(as_json.render(Report((), (one,), {}, NUMBERS), inventory=True))
    assert content["references"][0]["revision"] == expected
    assert content["references"][0]["repo_ids"] == []


def test_json_is_ascii() -> None:
    finding = replace(FINDING, what="ä 🤗 \udc80 \x1b", path="é.py")
    text = as_json.render(report(finding), inventory=False)
    assert text.isascii()
    assert json.loads(text)["findings"][0]["message"] == "ä 🤗 \udc80 \x1b; pin it"


def test_cell_as_json() -> None:
    one = replace(reference(repo_id=known("a/b")), cell=(3, 2))
    content = json.loads(as_json.render(Report((), (one,), {}, NUMBERS), inventory=True))
    assert (content["references"][0]["cell"], content["references"][0]["cell_line"]) == (3, 2)


def test_cell_in_the_inventory() -> None:
    one = replace(reference(repo_id=known("a/b")), cell=(3, 2))
    text = render_references(Report((), (one,), {}, NUMBERS), Paint(colour=False))
    assert text.startswith("app.py:2:1 (cell 3, line 2): model a/b @ - ")


def test_files_that_were_passed_over() -> None:
    numbers = replace(NUMBERS, files=2, skipped={"binary": 1, "large": 2})
    text = render_references(Report((), (), {}, numbers), Paint(colour=False))
    assert text.startswith("2 files (3 skipped: 1 binary, 2 large), 1 reference, ")


def test_excerpt_of_what_the_file_does_not_hold_so() -> None:
    span, place = Span(9, 5, 9, 8), Span(1, 2, 1, 5)
    report = Report((), (), {"a": ("x",)}, NUMBERS, excerpts={("a", span): ("shown", place)})
    assert report.excerpt("a", span) == ("shown", place)
    assert report.excerpt("a", place) == ("x", place)
