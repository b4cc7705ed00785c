"""A report as somebody wants to see it: which form, how much of it, and in which colours."""

from __future__ import annotations

import argparse
import json

import pytest

from flake8_hfmodels.cli.showing import rendered
from flake8_hfmodels.finding import Suppressed
from flake8_hfmodels.record import replace
from flake8_hfmodels.report.report import Report
from tests.doors import HEAD, LOAD, Place
from tests.telling import EVERYTHING, FINDING, FOOTER, reference, report

SILENCED = replace(report(), suppressed=(Suppressed(FINDING, "comment", "read it"),))
FORMS = ["text", "json", "sarif", "github", "gitlab", "junit"]


def shown(one: Report, **options: object) -> str:
    usual = {
        "command": "check",
        "format": "text",
        "quiet": False,
        "statistics": False,
        "show_suppressed": False,
        "output": "out",
        "color": "never",
    }
    return rendered(one, argparse.Namespace(**(usual | options)))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param({}, f"{FOOTER}\n", id="footer"),
        pytest.param({"quiet": True}, "", id="quiet"),
        pytest.param({"statistics": True}, f"{FOOTER}\n", id="statistics"),
        pytest.param({"statistics": True, "quiet": True}, "", id="quiet-statistics"),
        pytest.param({"color": "always"}, f"{FOOTER}\n", id="colours"),
        pytest.param({"command": "list"}, f"{FOOTER}\n", id="list"),
    ],
)
def test_nothing_was_found(options: dict[str, object], expected: str) -> None:
    assert shown(report(), **options) == expected


@pytest.mark.parametrize("form", FORMS)
def test_finding_in_each_form(form: str) -> None:
    assert "HFM001" in shown(report(FINDING), format=form)


@pytest.mark.parametrize(("show", "expected"), [(False, 0), (True, 1)])
@pytest.mark.parametrize("form", ["sarif"])
def test_silenced_findings_where_programs_take_them_for_alerts(
    form: str, show: bool, expected: int
) -> None:
    [run] = json.loads(shown(SILENCED, format=form, show_suppressed=show))["runs"]
    assert len(run["results"]) == expected


@pytest.mark.parametrize("show", [False, True])
def test_silenced_findings_are_in_the_json_always(show: bool) -> None:
    [one] = json.loads(shown(SILENCED, format="json", show_suppressed=show))["suppressed"]
    assert (one["suppressed_by"], one["reason"]) == ("comment", "read it")


@pytest.mark.parametrize(("show", "expected"), [(False, False), (True, True)])
def test_silenced_findings_in_text(show: bool, expected: bool) -> None:
    text = shown(SILENCED, show_suppressed=show)
    assert ("read it" in text) is expected
    assert text.endswith(f"{FOOTER}\n")


@pytest.mark.parametrize(
    ("color", "expected"), [("never", False), ("auto", False), ("always", True)]
)
def test_colours_in_a_file(monkeypatch: pytest.MonkeyPatch, color: str, expected: bool) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert ("\x1b[" in shown(EVERYTHING, color=color)) is expected


def test_colours_that_standard_output_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in shown(report(FINDING), color="auto", output="")


def test_list_in_text_and_json() -> None:
    one = replace(report(), references=(reference(),))
    assert "a/b" in shown(one, command="list").splitlines()[0]
    found = json.loads(shown(one, command="list", format="json"))
    assert [len(found[name]) for name in ("findings", "references")] == [0, 1]


TWO = HEAD + 'AutoModel.from_pretrained("a/b")\nAutoModel.from_pretrained("a/c")\n'


def test_quiet_leaves_the_footer_out(lonely: Place) -> None:
    lonely.write("app.py", TWO)
    loud = lonely.hfmodels("check", "--offline", "app.py")
    quiet = lonely.hfmodels("check", "--offline", "--quiet", "app.py")
    assert loud.out.startswith(quiet.out)
    assert [line.split(" (")[0] for line in loud.out[len(quiet.out) :].strip().splitlines()] == [
        "2 findings: 2 medium",
        "1 file, 2 references, 2 repos",
    ]
    assert (quiet.code, quiet.err) == (1, "")


def test_quiet_hides_no_trouble(lonely: Place) -> None:
    lonely.write("app.py", "def broken(:\n" + TWO)
    ran = lonely.hfmodels("check", "--offline", "--quiet", "app.py", "none.py")
    assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 2)


def test_statistics_count(lonely: Place) -> None:
    lonely.write("app.py", TWO)
    ran = lonely.hfmodels("check", "--offline", "--quiet", "--statistics", "app.py")
    assert ran.code == 1
    [line] = [line for line in ran.out.splitlines() if "HFM001" in line]
    assert "2" in line.split()
    assert "app.py" not in ran.out


def test_suppressed_are_shown_with_what_silences_them(lonely: Place) -> None:
    comment = "  # hfmodels: ignore[HFM001] read it\n"
    lonely.write("app.py", LOAD.format("a/b", "").replace(")\n", f"){comment}"))
    hidden = lonely.hfmodels("check", "--offline", "app.py")
    assert "HFM001" not in hidden.out
    assert "1 suppressed" in hidden.out
    ran = lonely.hfmodels("check", "--offline", "--show-suppressed", "app.py")
    assert "read it" in ran.out
    assert ran.code == 0
