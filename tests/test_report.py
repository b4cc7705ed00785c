"""Reports as whole texts."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.finding import Finding, Fix, Related, Severity, Silencer, Suppressed
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
from flake8_hfmodels.report.cells import cells
from flake8_hfmodels.report.paint import Paint, printable
from flake8_hfmodels.report.report import Report, Summary
from flake8_hfmodels.report.text import View, render_findings, render_references

PLAIN, COLOURED = Paint(False), Paint(True)
LINKED = Paint(False, links=True)
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
HEADLINE = "app.py:2:1: HFM001 unpinned-revision: loads it\n"
LOADS = f"{HEADLINE}2 | load()\n  | ^^^^\n"
HELP = "  = help: pin it\n"
NOTE = "  = note: medium severity, high confidence\n"
SEE = "  = see: hfmodels explain HFM001\n"
NOTES = HELP + NOTE + SEE


def report(*findings: Finding, lines: tuple[str, ...] = ("x = 1", "load()")) -> Report:
    shown = {finding.path: lines for finding in findings}
    return Report(findings, [], shown, NUMBERS)


def spanning(span: Span, *related: Related) -> Finding:
    return replace(FINDING, span=span, related=related)


def here(line: int, column: int, end: int, message: str) -> Related:
    return Related("app.py", Span(line, column, line, end), message)


def shown(text: str) -> str:
    """What stands between the first headline and its notes."""
    return re.split(r"^ +(?:\x1b\[1;34m)?= ?", text.partition("\n")[2], flags=re.MULTILINE)[0]


@pytest.mark.parametrize(
    ("finding", "lines", "block"),
    [
        pytest.param(FINDING, ("x = 1", "load()"), "2 | load()\n  | ^^^^\n", id="one-line"),
        pytest.param(spanning(Span(1, 2, 1, 3)), ("\tx",), "1 | \tx\n  | \t^\n", id="tab"),
        pytest.param(
            spanning(Span(1, 5, 1, 8)),
            ("漢\u3000e\u0301=🤗é.",),
            "1 | 漢\u3000e\u0301=🤗é.\n  |      ^^^^\n",
            id="wide-and-combining",
        ),
        pytest.param(
            spanning(Span(1, 2, 1, 2)),
            ("\x1bx\u202e",),
            "1 | \ufffdx\ufffd\n  |  ^\n",
            id="control-characters-and-no-width",
        ),
        pytest.param(spanning(Span(9, 1, 9, 2)), ("x",), "", id="line-that-is-not-there"),
        pytest.param(spanning(Span(9, 1, 10, 2)), ("x",), "", id="lines-that-are-not-there"),
        pytest.param(
            spanning(Span(2, 1, 2, 5), here(1, 1, 2, "written here")),
            ("x = 1", "load()"),
            "1 | x = 1\n  | - written here\n2 | load()\n  | ^^^^\n",
            id="related-above",
        ),
        pytest.param(
            spanning(Span(1, 1, 1, 5), here(4, 1, 2, "below"), here(3, 1, 2, "above")),
            ("load()", "", "x", "y"),
            "1 | load()\n  | ^^^^\n...\n3 | x\n  | - above\n4 | y\n  | - below\n",
            id="related-below-in-the-order-of-lines",
        ),
        pytest.param(
            spanning(Span(1, 3, 1, 4), here(1, 7, 8, "two"), here(1, 1, 2, "one")),
            ("a b c d",),
            "1 | a b c d\n  | - one\n  |   ^\n  |       - two\n",
            id="several-in-one-line",
        ),
        pytest.param(
            spanning(Span(2, 1, 2, 2), Related("app.py", Span(1, 2, 3, 2), "long")),
            ("(((a", "b", ")"),
            "1 | (((a\n  |  --- long\n2 | b\n  | ^\n",
            id="related-of-several-lines",
        ),
        pytest.param(
            spanning(Span(1, 1, 1, 2), Related("o.py", Span(3, 9, 3, 12), "written \x1b")),
            ("x",),
            "1 | x\n  | ^\n ::: o.py:3:9: written \ufffd\n",
            id="related-in-another-file",
        ),
        pytest.param(
            spanning(Span(1, 3, 3, 2)),
            ("a load(", "    b,", ")"),
            "1 |   a load(\n  |  ___^\n2 | |     b,\n3 | | )\n  | |_^\n",
            id="several-lines",
        ),
        pytest.param(
            spanning(Span(1, 3, 2, 2)),
            ("  load(", ")"),
            "1 | /   load(\n2 | | )\n  | |_^\n",
            id="several-lines-from-the-first-character",
        ),
        pytest.param(
            spanning(Span(1, 1, 2, 3)),
            ("load(", "\t)"),
            "1 | / load(\n2 | | \t)\n  | |_\t^\n",
            id="several-lines-with-a-tab",
        ),
        pytest.param(
            spanning(Span(1, 1, 6, 2)),
            ("load(", *"bcde", ")"),
            "1 | / load(\n2 | | b\n3 | | c\n4 | | d\n5 | | e\n6 | | )\n  | |_^\n",
            id="as-many-lines-as-are-shown",
        ),
        pytest.param(
            spanning(Span(2, 1, 10, 2), here(1, 1, 2, "x"), here(7, 1, 2, "here")),
            ("x", "load(", *"bcdefgh", ")"),
            " 1 |   x\n   |   - x\n 2 | / load(\n 3 | | b\n 4 | | c\n 5 | | d\n...  |\n"
            " 7 | | f\n   | | - here\n...  |\n10 | | )\n   | |_^\n",
            id="more-lines-than-are-shown",
        ),
        pytest.param(
            spanning(Span(1, 1, 2, 2), here(2, 1, 2, "end"), here(9, 1, 2, "far")),
            ("load(", ")", *"bcdefg", "h"),
            "1 | / load(\n2 | | )\n  | | - end\n  | |_^\n...\n9 |   h\n  |   - far\n",
            id="lines-left-out-behind-a-place-of-several",
        ),
    ],
)
def test_source_of_a_finding(finding: Finding, lines: tuple[str, ...], block: str) -> None:
    assert shown(render_findings(report(finding, lines=lines), PLAIN)) == block


@pytest.mark.parametrize(
    ("finding", "columns", "block"),
    [
        pytest.param(
            spanning(Span(1, 5, 1, 8)),
            None,
            f"1 | abc {'x' * 390}...\n  |     ^^^\n",
            id="nobody-knows-how-wide-the-screen-is",
        ),
        pytest.param(
            spanning(Span(1, 11, 1, 14)),
            34,
            f"1 | ...{'x' * 24}...\n  | {' ' * 9}^^^\n",
            id="in-the-middle",
        ),
        pytest.param(
            spanning(Span(1, 998, 1, 1001)),
            34,
            f"1 | ...{'x' * 21}end\n  | {' ' * 24}^^^\n",
            id="at-the-end",
        ),
        pytest.param(
            spanning(Span(1, 1, 1, 4)),
            0,
            f"1 | abc {'x' * 10}...\n  | ^^^\n",
            id="no-screen-is-that-narrow",
        ),
        pytest.param(
            spanning(Span(1, 1, 1, 4), here(1, 998, 1001, "here")),
            34,
            f"1 | abc {'x' * 20}...\n  | ^^^\n1 | ...{'x' * 21}end\n  | {' ' * 24}---\n"
            f"  | {' ' * 24}here\n",
            id="two-parts-of-one-line",
        ),
        pytest.param(
            spanning(Span(1, 1, 2, 1001)),
            36,
            f"1 | / abc {'x' * 20}...\n2 | | ...{'x' * 21}end\n  | |_{'_' * 26}^\n",
            id="several-lines",
        ),
    ],
)
def test_line_that_is_wider_than_the_screen(
    finding: Finding, columns: int | None, block: str
) -> None:
    long = f"abc {'x' * 993}end"
    text = render_findings(report(finding, lines=(long, long)), PLAIN, View(columns=columns))
    assert shown(text) == block


@pytest.mark.parametrize(
    ("line", "column", "block"),
    [
        pytest.param(
            "漢" * 20, 20, f"1 | ...{'漢' * 12}\n  | {' ' * 25}^^\n", id="two-cells-a-character"
        ),
        pytest.param("\t\t\t\tx", 5, "1 | ...\t\tx\n  |    \t\t^\n", id="tabs-that-may-be-wide"),
    ],
)
def test_room_is_counted_in_cells(line: str, column: int, block: str) -> None:
    finding = spanning(Span(1, column, 1, column + 1))
    text = render_findings(report(finding, lines=(line,)), PLAIN, View(columns=34))
    assert shown(text) == block


def test_place_as_wide_as_the_screen() -> None:
    finding = spanning(Span(1, 1, 1, 31))
    text = render_findings(report(finding, lines=("x" * 30,)), PLAIN, View(columns=34))
    assert shown(text) == f"1 | {'x' * 30}\n  | {'^' * 30}\n"


@pytest.mark.parametrize(
    ("columns", "marks"),
    [
        pytest.param(22, "  |       -- 'a' here", id="beside"),
        pytest.param(25, "  |       -- 'a' here", id="room-to-spare"),
    ],
)
def test_words_that_fit_beside_a_place(columns: int, marks: str) -> None:
    finding = spanning(Span(1, 1, 1, 2), here(1, 7, 9, "'a' here"))
    text = render_findings(report(finding, lines=("x = a.bc",)), PLAIN, View(columns=columns))
    assert shown(text) == f"1 | x = a.bc\n  | ^\n{marks}\n"


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        pytest.param("is written up here", "  |       --\n  |   is written up here\n", id="below"),
        pytest.param(
            "is written nowhere else", "  |       --\n  | is written nowhere else\n", id="too-long"
        ),
    ],
)
def test_words_that_do_not_fit_beside_a_place(words: str, marks: str) -> None:
    finding = spanning(Span(1, 1, 1, 2), here(1, 7, 9, words))
    text = render_findings(report(finding, lines=("x = a.bc",)), PLAIN, View(columns=24))
    assert shown(text) == f"1 | x = a.bc\n  | ^\n{marks}"


TEXTS = st.text("ab (漢🤗e\u0301\x1b\x07\u200d", max_size=150)
SPANS = st.tuples(*[st.integers(1, n) for n in (5, 160, 5, 160)]).map(lambda one: Span(*one))


@given(st.lists(TEXTS, max_size=4), st.lists(SPANS, min_size=1, max_size=4))
def test_whatever_is_shown_is_harmless_and_no_wider_than_the_screen(
    lines: list[str], spans: list[Span]
) -> None:
    related = (Related("app.py", span, "\x9b31m") for span in spans)
    text = render_findings(
        report(spanning(spans[0], *related), lines=tuple(lines)),
        PLAIN,
        View(quiet=True, columns=60),
    )
    rows = text.splitlines()
    assert all(printable(row) == row for row in rows)
    assert max(map(cells, rows)) <= 60


@pytest.mark.parametrize(
    ("finding", "notes"),
    [
        pytest.param(FINDING, NOTES, id="plain"),
        pytest.param(
            replace(FINDING, fix=Fix("write it", ())),
            f"{HELP}{NOTE.rstrip()}, fixable\n{SEE}",
            id="safe-fix",
        ),
        pytest.param(
            replace(FINDING, fix=Fix("take it out", (), is_safe=False)),
            f"{HELP}{NOTE.rstrip()}, fixable with care\n{SEE}",
            id="unsafe-fix",
        ),
        pytest.param(
            replace(FINDING, is_by_old_answers=True, persona=Persona.PEDANTIC),
            f"{HELP}  = note: medium severity, high confidence, by an earlier answer of the Hub,"
            f" told to pedantic readers\n{SEE}",
            id="old-answer-for-pedantic-readers",
        ),
        pytest.param(
            replace(FINDING, confidence=Confidence.LOW, persona=Persona.AUDITOR),
            f"{HELP}  = note: medium severity, low confidence, told to auditors\n{SEE}",
            id="auditors",
        ),
        pytest.param(replace(FINDING, reference=None), NOTES, id="about-no-reference"),
    ],
)
def test_notes(finding: Finding, notes: str) -> None:
    text = render_findings(report(finding), PLAIN)
    assert text == f"{LOADS}{notes}\n1 finding: 1 medium\n{FOOTER}"


@pytest.mark.parametrize(
    ("finding", "headline"),
    [
        pytest.param(FINDING, HEADLINE, id="file"),
        pytest.param(
            replace(FINDING, cell=(3, 1)),
            "app.py:2:1 (cell 3, line 1): HFM001 unpinned-revision: loads it\n",
            id="notebook",
        ),
        pytest.param(
            replace(FINDING, what="a\x1b[31m", path="a\n\x1b.py", code="H\x07", name="b\x9b"),
            "a\ufffd\ufffd.py:2:1: H\ufffd b\ufffd: a\ufffd[31m\n",
            id="controls",
        ),
    ],
)
def test_headline(finding: Finding, headline: str) -> None:
    assert render_findings(report(finding), PLAIN).startswith(headline)


def test_rule_is_explained_where_it_is_first_told() -> None:
    other = replace(FINDING, code="HFM002")
    text = render_findings(report(FINDING, FINDING, other), PLAIN)
    assert text == (
        f"{LOADS}{NOTES}\n{LOADS}{HELP}{NOTE}\n{(LOADS + NOTES).replace('HFM001', 'HFM002')}\n"
        f"3 findings: 3 medium\n{FOOTER}"
    )


def test_findings_of_a_file_stand_together_in_order() -> None:
    late, early = spanning(Span(2, 1, 2, 5)), spanning(Span(1, 1, 1, 2))
    given = report(late, replace(FINDING, path="b.py"), replace(late, path="a.py"), early)
    headlines = [one for one in render_findings(given, PLAIN).split("\n") if ": HFM" in one]
    assert [one.partition(": ")[0] for one in headlines] == [
        "app.py:1:1",
        "app.py:2:1",
        "b.py:2:1",
        "a.py:2:1",
    ]


def test_findings_are_counted_by_severity() -> None:
    severities = (Severity.LOW, Severity.HIGH, Severity.LOW)
    findings = [replace(FINDING, severity=severity) for severity in severities]
    text = render_findings(report(*findings), PLAIN)
    assert text.endswith("\n\n3 findings: 1 high, 2 low\n" + FOOTER)


def test_fixable_findings_are_counted() -> None:
    given = replace(report(FINDING), summary=replace(NUMBERS, fixable=1))
    assert render_findings(given, PLAIN).endswith(f"\n\n1 finding: 1 medium; 1 fixable\n{FOOTER}")


@pytest.mark.parametrize(
    ("severity", "code"),
    [(Severity.HIGH, "1;31"), (Severity.MEDIUM, "1;35"), (Severity.LOW, "1;34")],
    ids=str,
)
def test_colours(severity: Severity, code: str) -> None:
    finding = replace(FINDING, severity=severity, related=(here(1, 1, 2, "here"),))
    assert render_findings(report(finding), COLOURED).startswith(
        f"\x1b[1mapp.py:2:1\x1b[0m: \x1b[{code}mHFM001 unpinned-revision\x1b[0m: loads it\n"
        "\x1b[1;34m1 |\x1b[0m x = 1\n"
        "\x1b[1;34m  |\x1b[0m \x1b[1;34m- here\x1b[0m\n"
        "\x1b[1;34m2 |\x1b[0m load()\n"
        f"\x1b[1;34m  |\x1b[0m \x1b[{code}m^^^^\x1b[0m\n"
        "  \x1b[1;34m=\x1b[0m \x1b[1mhelp\x1b[0m: pin it\n"
    )


def test_bar_has_the_colour_of_its_finding() -> None:
    finding = spanning(Span(1, 3, 2, 2))
    text = render_findings(report(finding, lines=("a load(", ")")), COLOURED)
    assert shown(text) == (
        "\x1b[1;34m1 |\x1b[0m   a load(\n"
        "\x1b[1;34m  |\x1b[0m \x1b[1;35m ___^\x1b[0m\n"
        "\x1b[1;34m2 |\x1b[0m \x1b[1;35m|\x1b[0m )\n"
        "\x1b[1;34m  |\x1b[0m \x1b[1;35m|_^\x1b[0m\n"
    )


PAGE = "https://flake8-hfmodels.readthedocs.io/en/stable/rules/HFM001/"
LINK = f"\x1b]8;;{PAGE}\x1b\\HFM001\x1b]8;;\x1b\\"


def test_code_is_a_link() -> None:
    text = render_findings(report(FINDING), LINKED)
    assert text.startswith(f"app.py:2:1: {LINK} unpinned-revision: loads it\n")


@pytest.mark.parametrize("uri", ["https://a/\x1b]0;x\x07", "https://a/ä", "https://a/\n"], ids=repr)
def test_address_that_is_none_is_no_link(uri: str) -> None:
    assert LINKED.link(uri, "text") == "text"


@pytest.mark.parametrize(
    ("by", "reason", "note"),
    [
        pytest.param("comment", "read \x1b", "a comment: read \ufffd", id="comment"),
        pytest.param("comment", "", "a comment", id="no-reason"),
        pytest.param("settings", "", "per-file-ignores", id="settings"),
        pytest.param("baseline", "", "the baseline", id="baseline"),
    ],
)
def test_suppressed_finding(by: Silencer, reason: str, note: str) -> None:
    given = replace(report(FINDING), findings=(), suppressed=(Suppressed(FINDING, by, reason),))
    assert render_findings(given, PLAIN, View(show_suppressed=True)) == (
        f"{LOADS.replace('HFM001', 'suppressed HFM001')}  = suppressed by {note}\n{NOTE}\n{FOOTER}"
    )


def test_suppressed_findings_are_faint_and_nothing_else() -> None:
    given = replace(report(FINDING), findings=(), suppressed=(Suppressed(FINDING, "baseline"),))
    text = render_findings(given, COLOURED, View(show_suppressed=True))
    assert text.startswith(
        "\x1b[2mapp.py:2:1: suppressed HFM001 unpinned-revision: loads it\x1b[0m\n"
        "\x1b[2m2 | load()\x1b[0m\n\x1b[2m  | ^^^^\x1b[0m\n"
    )


def test_suppressed_findings_stand_behind_the_others_of_their_file() -> None:
    first, second, third = (spanning(Span(2, column, 2, 6)) for column in (1, 2, 3))
    elsewhere = replace(FINDING, path="b.py")
    silenced = [Suppressed(one, "baseline") for one in (third, first)]
    given = replace(report(second, elsewhere), suppressed=silenced)
    text = render_findings(given, PLAIN, View(show_suppressed=True))
    assert [one.partition(" unpinned")[0] for one in text.split("\n") if " HFM001 " in one] == [
        "app.py:2:2: HFM001",
        "app.py:2:1: suppressed HFM001",
        "app.py:2:3: suppressed HFM001",
        "b.py:2:1: HFM001",
    ]


def test_suppressed_findings_are_not_shown_unasked() -> None:
    given = replace(report(), suppressed=(Suppressed(FINDING, "baseline"),))
    assert render_findings(given, PLAIN) == FOOTER


@pytest.mark.parametrize(
    ("findings", "text"),
    [pytest.param((FINDING,), LOADS + NOTES, id="found"), pytest.param((), "", id="nothing")],
)
def test_quiet(findings: tuple[Finding, ...], text: str) -> None:
    assert render_findings(report(*findings), PLAIN, View(quiet=True)) == text


MANY = (
    *(replace(FINDING, code="HFM003", name="code", fix=Fix("", ())) for _ in range(10)),
    *(replace(FINDING, code="HFM010", name="scanned") for _ in range(2)),
    FINDING,
    replace(FINDING, fix=Fix("", ())),
)
TABLE = """\
10  HFM003  code               10 fixable
 2  HFM001  unpinned-revision  1 fixable
 2  HFM010  scanned
"""


@pytest.mark.parametrize(
    ("findings", "quiet", "text"),
    [
        pytest.param(MANY, False, f"{TABLE}\n14 findings: 14 medium\n{FOOTER}", id="footer"),
        pytest.param(MANY, True, TABLE, id="quiet"),
        pytest.param((), False, FOOTER, id="nothing"),
        pytest.param((), True, "", id="nothing-and-quiet"),
    ],
)
def test_statistics(findings: tuple[Finding, ...], quiet: bool, text: str) -> None:
    view = View(quiet=quiet, statistics=True)
    assert render_findings(report(*findings), PLAIN, view) == text


def test_statistics_in_colour_and_with_links() -> None:
    findings = (replace(FINDING, code="HFM1", name="\x1b"), FINDING, FINDING)
    paint, view = Paint(colour=True, links=True), View(quiet=True, statistics=True)
    short = PAGE.replace("HFM001", "HFM1")
    assert render_findings(report(*findings), paint, view) == (
        f"2  \x1b]8;;{PAGE}\x1b\\\x1b[1mHFM001\x1b[0m\x1b]8;;\x1b\\  unpinned-revision\n"
        f"1  \x1b]8;;{short}\x1b\\\x1b[1mHFM1\x1b[0m\x1b]8;;\x1b\\    \ufffd\n"
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
            Summary(2, 5, 3, 1, 2, 3, 4, "online", 0.004, stale=6, outside=5),
            "2 files, 5 references, 3 repos (1 asked, 2 cached, 3 unanswered, 6 by old answers), "
            "4 suppressed, 5 on unchanged lines; online; 0.00 s\n",
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
    "fixable": 0,
    "locked": 0,
    "outside": 0,
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
                "what": "loads it",
                "remedy": "pin it",
                "severity": "medium",
                "confidence": "high",
                "persona": "regular",
                "repo_id": "a/b",
                "repo_type": "model",
                "revision": "main",
                "suggested_revision": "f" * 40,
                "fixable": False,
                "fix": None,
                "unfixable": None,
                "related": [{"path": "app.py", "line": 1, "column": 5, "message": "written here"}],
                "fingerprint": "049539fbab48b67bf84452bec9056fee",
                "help": "hfmodels explain HFM001",
                "help_uri": "https://flake8-hfmodels.readthedocs.io/en/stable/rules/HFM001/",
            }
        ],
        "suppressed": [],
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
        "suppressed": [],
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


def test_notebook_shows_the_first_line_of_a_place_in_a_cell() -> None:
    span, other = Span(2, 6, 3, 3), Span(1, 6, 1, 9)
    excerpts = {
        ("app.py", span): ("x = load(", Span(4, 5, 5, 2)),
        ("app.py", other): ("NAME = 1", Span(3, 1, 3, 5)),
    }
    finding = spanning(span, Related("app.py", other, "here"))
    given = replace(report(finding, lines=('"NAME', '"x = load(', '")')), excerpts=excerpts)
    assert shown(render_findings(given, PLAIN)) == (
        "1 | NAME = 1\n  | ---- here\n2 | x = load(\n  |     ^^^^^\n"
    )
