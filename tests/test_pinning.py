"""Fixes put into a text, with comments, and only if they hold."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Owner, Repo
from flake8_hfmodels.finding import Edit, Finding, Fix, Severity
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.pinning import fixed, known_of
from flake8_hfmodels.reference import Confidence, Span, Target

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
DAY = "2026-11-22"
WHOLE = Span(1, 1, 1, 2)


def finding(repo_id: str, fix: Fix | None = None, why: str = "") -> Finding:
    return Finding(
        "HFM001",
        "unpinned-revision",
        "what",
        "remedy",
        Severity.MEDIUM,
        Confidence.HIGH,
        Persona.REGULAR,
        "a.py",
        WHOLE,
        repo_id=repo_id,
        fix=fix,
        unfixable=why,
    )


def fix(text: str, line: int = 1, safe: bool = True, comment: int = 0, follows: str = "") -> Fix:
    """A fix that writes a text at the beginning of a line."""
    place = Span(line, comment, line, comment) if comment else None
    return Fix("pin", (Edit(Span(line, 1, line, 1), text),), safe, place, follows)


class Reader:
    """Finds what the marks of a text have not taken away."""

    def __init__(self, **findings: Finding) -> None:
        self.findings = findings
        self.texts: list[str] = []

    def __call__(self, text: str) -> Sequence[Finding] | None:
        self.texts.append(text)
        if "broken" in text:
            return None
        return [one for mark, one in self.findings.items() if mark not in text]


def test_all_is_mended() -> None:
    one, two = finding("o/a", fix("A")), finding("o/b", fix("B", line=2))
    result = fixed("x\ny\n", [one, two], Reader(A=one, B=two), unsafe=False, today="")
    assert (result.text, result.done, result.left) == ("Ax\nBy\n", (one, two), ())


def test_what_cannot_be_mended_keeps_its_reason() -> None:
    one, two = finding("o/a", fix("A")), finding("o/b", None, "two ids")
    result = fixed("x", [one, two], Reader(A=one, B=two), unsafe=False, today="")
    assert (result.text, result.done, result.left) == ("Ax", (one,), (two,))


def test_nothing_to_mend() -> None:
    one = finding("o/a", None, "two ids")
    result = fixed("x", [one], Reader(A=one), unsafe=True, today=DAY)
    assert (result.text, result.done, result.left) == ("x", (), (one,))


@pytest.mark.parametrize(("unsafe", "text"), [(False, "x"), (True, "Ax")])
def test_unsafe_fixes(unsafe: bool, text: str) -> None:
    one = finding("o/a", fix("A", safe=False))
    result = fixed("x", [one], Reader(A=one), unsafe, today="")
    assert result.text == text
    assert [one.unfixable for one in result.left] == (
        [] if unsafe else ["--unsafe-fixes would pin"]
    )


@pytest.mark.parametrize("bad", ["broken", "nothing gained"])
def test_a_fix_that_does_not_hold_takes_no_other_along(bad: str) -> None:
    one, two = finding("o/a", fix(bad)), finding("o/b", fix("B", line=2))
    result = fixed("x\ny", [one, two], Reader(A=one, B=two), unsafe=False, today="")
    assert (result.text, result.done) == ("x\nBy", (two,))
    assert [one.unfixable for one in result.left] == [
        "the file would not read as it should after it"
    ]


def test_a_fix_that_brings_another_finding_does_not_count() -> None:
    one, new = finding("o/a", fix("A")), finding("o/new")

    def worse(text: str) -> Sequence[Finding]:
        return [new] if "A" in text else [one]

    assert fixed("x", [one], worse, unsafe=False, today="").text == "x"


def test_edits_that_do_not_go_together() -> None:
    over = Fix("pin", (Edit(Span(1, 1, 1, 3), "A"),))
    one, two = finding("o/a", over), finding("o/b", Fix("pin", (Edit(Span(1, 2, 1, 4), "B"),)))
    result = fixed("xyz", [one, two], Reader(A=one, B=two), unsafe=False, today="")
    assert (result.text, result.done) == ("Az", (one,))


@pytest.mark.parametrize(
    ("text", "follows", "today", "after"),
    [
        pytest.param("x", "main", DAY, f"Ax  # main, {DAY}", id="comment"),
        pytest.param("x", "refs/pr/1", DAY, f"Ax  # refs/pr/1, {DAY}", id="ref"),
        pytest.param("x", "main", "", "Ax", id="not-wanted"),
        pytest.param("x", "", DAY, "Ax", id="follows-nothing"),
        pytest.param("x # y", "main", DAY, f"Ax # y  # main, {DAY}", id="another-comment"),
        pytest.param("x # v1, 2025-01-01", "main", DAY, f"Ax # main, {DAY}", id="an-older-one"),
    ],
)
def test_comment(text: str, follows: str, today: str, after: str) -> None:
    one = finding("o/a", fix("A", comment=len(text) + 1, follows=follows))
    assert fixed(text, [one], Reader(A=one), unsafe=False, today=today).text == after


def test_one_comment_a_line() -> None:
    one = finding("o/a", fix("A", comment=2, follows="main"))
    two = finding("o/b", fix("B", comment=2, follows="v1"))
    result = fixed("x", [one, two], Reader(A=one, B=two), unsafe=False, today=DAY)
    assert result.text == f"ABx  # main, {DAY}"


ORG = Repo("org/model", "621ffdc036468d709f17434d", SHA, ())


@pytest.mark.parametrize("answer", [Found(ORG), Moved(ORG, Owner.EXISTS)])
def test_a_pin_is_known_by_what_it_was_pinned_to(answer: Facts) -> None:
    before, pinned = Target("model", "org/model", None), Target("model", "org/model", SHA)
    other = Target("model", "org/other", SHA)
    assert known_of({before: answer})([before, pinned, other]) == {before: answer, pinned: answer}


def test_no_repo_no_pin() -> None:
    missing = Missing(Lacking.REPO, Owner.EXISTS)
    target = Target("model", "org/model", None)
    assert known_of({target: missing})([target, Target("model", "org/model", SHA)]) == {
        target: missing
    }
