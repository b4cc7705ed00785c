"""Fingerprints: what changes one, and what does not."""

from __future__ import annotations

import pytest

from flake8_hfmodels.finding import Finding, Fix, Severity
from flake8_hfmodels.fingerprint import DIGITS, content, numbered
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Confidence, Known, Span, Unknown, Written
from tests.doors import Place
from tests.telling import ABOUT_A_COMMENT, FINDING, known, reference


def about(**changes: object) -> Finding:
    """The finding with some fields of its reference set otherwise."""
    return replace(FINDING, reference=replace(reference(), **changes))  # type: ignore[arg-type]


def test_fingerprints_of_version_1_are_for_ever() -> None:
    assert content(FINDING) == "9baa01c5d997dc08b507e58d0800883d"
    assert numbered([FINDING]) == ("19efedc49a6d41645b1e3f15bc6e39fe",)


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(replace(FINDING, span=Span(9, 4, 12, 1)), id="place"),
        pytest.param(replace(FINDING, path="moved/app.py"), id="file"),
        pytest.param(replace(FINDING, what="other", remedy="words"), id="words"),
        pytest.param(replace(FINDING, suggested_revision="f" * 40), id="suggested-hash"),
        pytest.param(replace(FINDING, is_by_old_answers=True), id="old-answer"),
        pytest.param(replace(FINDING, severity=Severity.HIGH), id="severity"),
        pytest.param(replace(FINDING, confidence=Confidence.LOW), id="confidence"),
        pytest.param(replace(FINDING, persona=Persona.AUDITOR), id="persona"),
        pytest.param(replace(FINDING, fix=Fix("fix", ())), id="fix"),
        pytest.param(replace(FINDING, cell=(1, 1)), id="cell"),
        pytest.param(about(span=Span(9, 4, 12, 1)), id="place-of-the-reference"),
        pytest.param(about(call="AutoModel.from_pretrained"), id="call"),
        pytest.param(
            about(repo_id=Known((Written("a/b", Span(7, 1, 7, 4), "other.py"),))),
            id="place-of-the-id",
        ),
    ],
)
def test_same_content(same: Finding) -> None:
    assert content(same) == content(FINDING)


def test_white_space_in_a_call_does_not_count() -> None:
    spread = about(kind="command", call="hf\n    download")
    assert content(spread) == content(about(kind="command", call="hf download"))


def test_order_and_repetition_of_values_do_not_count() -> None:
    assert content(about(repo_id=known("a", "b"))) == content(about(repo_id=known("b", "a", "b")))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(FINDING, code="HFM002"), id="code"),
        pytest.param(replace(FINDING, repo_id="c/d"), id="one-of-several-repos"),
        pytest.param(replace(FINDING, reference=None), id="no-reference"),
        pytest.param(about(kind="mention"), id="kind"),
        pytest.param(about(call="AutoConfig.from_pretrained"), id="call"),
        pytest.param(about(repo_type="dataset"), id="repo-type"),
        pytest.param(about(repo_id=known("c/d")), id="id"),
        pytest.param(about(repo_id=known("a/b", "c/d")), id="another-id"),
        pytest.param(about(repo_id=Unknown("a/b")), id="unknown-id"),
        pytest.param(about(repo_id=Unknown("name")), id="unknown-for-another-reason"),
        pytest.param(about(revision=known("main")), id="revision"),
        pytest.param(about(code_revision=known("main")), id="code-revision"),
        pytest.param(about(revision=known(None)), id="revision-none"),
        pytest.param(about(revision=known("None")), id="revision-called-none"),
        pytest.param(about(trust_remote_code=known(True)), id="trust"),
        pytest.param(about(trust_remote_code=known("True")), id="trust-as-text"),
        pytest.param(about(trust_remote_code=Unknown("flag")), id="unknown-trust"),
    ],
)
def test_other_content(other: Finding) -> None:
    assert content(other) != content(FINDING)


def test_findings_differ_by_each_thing_that_counts() -> None:
    """No two of those that differ from the finding are alike."""
    others = [
        about(revision=known(None)),
        about(revision=known("None")),
        about(trust_remote_code=known(None)),
        about(repo_id=Unknown("a/b")),
        about(revision=Unknown("a/b")),
        FINDING,
    ]
    assert len({content(one) for one in others}) == len(others)


def test_without_a_reference_the_words_count() -> None:
    assert content(replace(ABOUT_A_COMMENT, what="another")) != content(ABOUT_A_COMMENT)
    assert content(replace(ABOUT_A_COMMENT, remedy="another")) == content(ABOUT_A_COMMENT)


def test_numbered_are_unique_in_a_report() -> None:
    elsewhere = replace(FINDING, path="other.py")
    given = [FINDING, FINDING, elsewhere, FINDING, elsewhere]
    assert len(set(numbered(given))) == len(given)


def test_numbered_stay_when_lines_move() -> None:
    first, second = FINDING, replace(FINDING, span=Span(8, 1, 8, 5))
    moved = [replace(one, span=Span(one.span.line + 9, 3, 99, 1)) for one in (first, second)]
    assert numbered(moved) == numbered([first, second])


def test_numbered_do_not_hang_on_other_files() -> None:
    elsewhere = replace(FINDING, path="other.py")
    assert numbered([elsewhere, FINDING])[1] == numbered([FINDING])[0]


def test_separators_of_paths_do_not_count() -> None:
    windows, others = replace(FINDING, path="src\\app.py"), replace(FINDING, path="src/app.py")
    assert numbered([windows]) == numbered([others])


def test_no_findings_have_no_fingerprints() -> None:
    assert numbered([]) == ()


@pytest.mark.parametrize("name", ["a\ud800", "b\udc80", "\x00", "é🤗"])
def test_any_name_has_a_fingerprint(name: str) -> None:
    (digest,) = numbered([replace(about(repo_id=known(name)), path=name)])
    assert len(digest) == DIGITS
    assert int(digest, 16) >= 0


@pytest.mark.parametrize("name", ["github", "gitlab", "json", "junit", "sarif"])
def test_report_without_findings_needs_no_fingerprints(lonely: Place, name: str) -> None:
    program = (
        "import sys\n"
        f"from flake8_hfmodels.report import {name} as form\n"
        "from flake8_hfmodels.report.report import Report, Summary\n"
        "report = Report((), (), {}, Summary(0, 0, 0, 0, 0, 0, 0, 'online', 0))\n"
        f"form.render(report{', False' if name == 'json' else ''})\n"
        "print({'hashlib', 'flake8_hfmodels.fingerprint'} & set(sys.modules))\n"
    )
    assert lonely.unmeasured().python("-c", program).out == "set()\n"
