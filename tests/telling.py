"""Findings and reports that the tests of output formats write down."""

from __future__ import annotations

from hypothesis import strategies as st

from flake8_hfmodels.finding import Edit, Finding, Fix, Related, Severity, Suppressed
from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import ABSENT, Confidence, Known, Reference, Span, Value, Written
from flake8_hfmodels.report.report import Report, Summary
from flake8_hfmodels.sources.trouble import Trouble

NUMBERS = Summary(1, 1, 1, 1, 0, 0, 0, "online", 0.25)
FOOTER = "1 file, 1 reference, 1 repo (1 asked, 0 cached, 0 unanswered); online; 0.25 s"
SPAN = Span(2, 1, 2, 5)
LOADER = Loader("transformers", "Auto*.from_pretrained", "", (Param(("name",), 0),), None)


def known(*values: str | bool | None) -> Known:
    return Known(tuple(Written(value, Span(1, 1, 1, 4)) for value in values))


ID = known("a/b")


def reference(repo_id: Value = ID, revision: Value = ABSENT) -> Reference:
    return Reference(
        path="app.py",
        span=SPAN,
        kind="call",
        loader=LOADER,
        call="AutoModel.from_pretrained",
        repo_id=repo_id,
        repo_type="model",
        revision=revision,
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
FIX = Fix("pin the commit", (Edit(Span(2, 4, 2, 4), ', "0"'), Edit(SPAN, "load")), is_safe=False)
FULL = replace(
    FINDING,
    suggested_revision="f" * 40,
    related=(Related("other.py", Span(1, 5, 1, 8), "written here"),),
    fix=FIX,
)
IN_CELL = replace(FINDING, path="a.ipynb", cell=(3, 2))
ABOUT_A_COMMENT = replace(FINDING, path="b.py", reference=None, repo_id=None)
EVERYTHING = Report(
    (FULL, IN_CELL, ABOUT_A_COMMENT),
    (
        reference(known("a/b", "c/d"), known("main", None)),
        replace(reference(), local="a path", cell=(1, 1)),
    ),
    {},
    replace(
        NUMBERS, stale=1, skipped={"binary": 1, "large": 1, "minified": 1, "unknown": 1}, outside=2
    ),
    (Trouble("bad.py", "cannot be read", 3), Trouble("gone", "is not there")),
    ("the Hub did not answer",),
    (Suppressed(IN_CELL, "comment", "read it"), Suppressed(FULL, "baseline")),
)
"""One of each thing that a report can hold."""


def report(*findings: Finding) -> Report:
    return Report(findings, (), {}, NUMBERS)


HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text(st.sampled_from("\0\t\n\r\x1b\x85\u2028\ud800\udc80\ufffe/\\:,%;]<>&\"'[({.é🤗a ")),
)
"""Text with all that can end or open something in one of the formats."""


@st.composite
def hostile_reports(draw: st.DrawFn) -> Report:
    """Reports in which every name and every word is hostile."""
    path = draw(HOSTILE.filter(bool))
    finding = replace(
        FULL,
        what=draw(HOSTILE),
        path=path,
        repo_id=draw(HOSTILE),
        related=(Related(draw(HOSTILE.filter(bool)), SPAN, draw(HOSTILE)),),
        fix=Fix(draw(HOSTILE), (Edit(SPAN, draw(HOSTILE)),)),
    )
    return Report(
        (finding, finding, FINDING),
        (),
        {},
        NUMBERS,
        (Trouble(path, draw(HOSTILE), 1),),
        (draw(HOSTILE),),
        (Suppressed(finding, "settings", draw(HOSTILE)),),
    )
