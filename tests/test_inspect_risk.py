"""How bad a repo is, by what is found against it, and what to do next."""

from __future__ import annotations

import pytest

from flake8_hfmodels.asked_id import Asked
from flake8_hfmodels.facts import (
    Facts,
    Found,
    Lacking,
    Missing,
    Moved,
    Owner,
    Publisher,
    Repo,
    Unavailable,
)
from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.imagined import imagined
from flake8_hfmodels.inspecting.advice import Case, steps
from flake8_hfmodels.inspecting.dossier import KEPT_BACK, PLACEHOLDER, OwnerNow, Reason, Risk
from flake8_hfmodels.inspecting.risk import is_judge, rank, reasons_of, risk_of
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Confidence, Span

LOW, MEDIUM, HIGH = Severity
SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
REPO = Repo("org/model", "621ffdc036468d709f17434d", SHA, ())
ASKED = Asked("model", "org/model", None)
FOUND = Found(REPO)
NO_ANSWER = Unavailable("x")
NOBODY_KNOWS = Missing(Lacking.REPO, Owner.UNKNOWN)
THERE_IS_NONE = Missing(Lacking.REPO, Owner.EXISTS)


def finding(code: str, severity: Severity, what: str = "it is bad", call: str = "") -> Finding:
    ref = replace(imagined(ASKED, trusts=False), call=call) if call else None
    return Finding(
        code=code,
        name="bad",
        what=what,
        remedy="mend it",
        severity=severity,
        confidence=Confidence.HIGH,
        persona=Persona.REGULAR,
        path="0/plain",
        span=Span(1, 1, 1, 1),
        reference=ref,
    )


@pytest.mark.parametrize(
    ("code", "select", "counts"),
    [
        pytest.param("HFM001", ("HFM",), False, id="how-code-refers-to-it"),
        pytest.param("HFM002", (), True, id="first"),
        pytest.param("HFM013", (), True, id="policy"),
        pytest.param("HFM014", ("HFM",), False, id="off"),
        pytest.param("HFM014", ("HFM", "HFM014"), True, id="named"),
        pytest.param("HFM015", ("HFM",), False, id="lock"),
        pytest.param("HFM900", ("HFM",), False, id="comments"),
    ],
)
def test_judges(code: str, select: tuple[str, ...], counts: bool) -> None:
    assert is_judge(code, select) is counts


@pytest.mark.parametrize(
    ("facts", "always", "trusting", "level", "otherwise"),
    [
        pytest.param(FOUND, (), (), LOW, LOW, id="nothing"),
        pytest.param(FOUND, (LOW,), (), LOW, LOW, id="low"),
        pytest.param(FOUND, (LOW, LOW, LOW), (), LOW, LOW, id="never-a-sum"),
        pytest.param(FOUND, (LOW, HIGH, MEDIUM), (), HIGH, HIGH, id="worst"),
        pytest.param(FOUND, (MEDIUM,), (HIGH,), HIGH, MEDIUM, id="with-code"),
        pytest.param(FOUND, (HIGH,), (LOW,), HIGH, HIGH, id="bad-anyway"),
        pytest.param(THERE_IS_NONE, (), (), LOW, LOW, id="missing"),
        pytest.param(NOBODY_KNOWS, (), (), None, None, id="owner-not-known"),
        pytest.param(Unavailable("x"), (), (), None, None, id="no-answer"),
        pytest.param(Unavailable("x"), (HIGH,), (), HIGH, HIGH, id="no-answer-but-bad"),
    ],
)
def test_level(
    facts: Facts,
    always: tuple[Severity, ...],
    trusting: tuple[Severity, ...],
    level: Severity | None,
    otherwise: Severity | None,
) -> None:
    plain = [finding("HFM002", one, str(number)) for number, one in enumerate(always)]
    also = [finding("HFM003", one, str(number)) for number, one in enumerate(trusting)]
    risk = risk_of(facts, reasons_of(plain, also), ())
    assert (risk.level, risk.otherwise) == (level, otherwise)


def test_what_is_not_known_is_said_once() -> None:
    assert risk_of(FOUND, (), ("a", "b", "a")).lacks == ("a", "b")


def test_reasons_the_worst_first_and_each_once() -> None:
    bad, worse = finding("HFM002", LOW), finding("HFM010", HIGH)
    below = finding("HFM004", HIGH)
    assert reasons_of([bad, worse], [worse, below], [("org/base", below)]) == (
        Reason(below, is_conditional=True),
        Reason(worse),
        Reason(below, base="org/base"),
        Reason(bad),
    )


def test_the_same_of_two_calls_is_one_reason() -> None:
    one = finding("HFM010", HIGH, "a.load() loads 'x'", call="a.load")
    other = finding("HFM010", HIGH, "b() loads 'x'", call="b")
    assert reasons_of([one, other], []) == (Reason(one),)


def test_ranks() -> None:
    assert sorted([LOW, None, HIGH, MEDIUM], key=rank) == [LOW, None, MEDIUM, HIGH]


# What to do next

VERIFIED = Publisher("org", "org", "6286da0036468d709f17434e", True)
PIN = f'revision="{SHA}"'
GATE = f"hfmodels gate org/model@{SHA}"
MIRROR = f"hfmodels mirror org/model@{SHA} models/model"
LOCK = "hfmodels lock"
LIKE = "hfmodels lookalikes org/model"


def case(
    facts: Facts,
    asked: Asked = ASKED,
    owner: OwnerNow | None = VERIFIED,
    level: Severity | None = LOW,
    repo: Repo | None = REPO,
    elsewhere: tuple[RepoType, ...] = (),
    codes: tuple[str, ...] = (),
) -> Case:
    reasons = tuple(Reason(finding(code, LOW)) for code in codes)
    return Case(asked, facts, repo, owner, elsewhere, Risk(level, level, reasons, ()))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        pytest.param(case(FOUND), [PIN, GATE, LOCK], id="well"),
        pytest.param(case(FOUND, owner=None), [PIN, GATE, LOCK, LIKE], id="not-verified"),
        pytest.param(case(FOUND, level=HIGH), [PIN, GATE, MIRROR, LOCK], id="high"),
        pytest.param(
            case(FOUND, repo=replace(REPO, gated=True)), [PIN, GATE, MIRROR, LOCK], id="gated"
        ),
        pytest.param(
            case(FOUND, repo=replace(REPO, disabled=True)), [PIN, GATE, MIRROR, LOCK], id="disabled"
        ),
        pytest.param(case(FOUND, Asked("model", "org/model", SHA)), [GATE, LOCK], id="pinned"),
        pytest.param(case(FOUND, repo=replace(REPO, sha=None)), [], id="commit-not-known"),
        pytest.param(
            case(FOUND, Asked("dataset", "org/model", "main")),
            [PIN, f"hfmodels gate datasets/org/model@{SHA}", LOCK],
            id="dataset",
        ),
        pytest.param(
            case(Moved(REPO, Owner.EXISTS), Asked("model", "old/model", None)),
            ['"org/model"', PIN, GATE, LOCK],
            id="moved",
        ),
        pytest.param(
            case(Missing(Lacking.REVISION, Owner.EXISTS), Asked("model", "org/model", "v9")),
            ["hfmodels inspect org/model"],
            id="no-revision",
        ),
        pytest.param(
            case(THERE_IS_NONE, owner=Owner.GONE, repo=None, elsewhere=("dataset",)),
            ["hfmodels inspect --type dataset org/model", LIKE],
            id="another-type",
        ),
        pytest.param(
            case(NO_ANSWER, owner=None, repo=None),
            ["hfmodels inspect org/model"],
            id="later",
        ),
        pytest.param(case(KEPT_BACK, owner=None, repo=None), [], id="kept-back"),
        pytest.param(case(PLACEHOLDER, owner=None, repo=None), [], id="placeholder"),
        pytest.param(
            case(
                Unavailable("x"), repo=None, codes=("HFM009", "HFM002", "HFM009", "HFM003", "HFM4")
            ),
            [
                "hfmodels inspect org/model",
                "hfmodels explain HFM009",
                "hfmodels explain HFM002",
                "hfmodels explain HFM003",
            ],
            id="rules",
        ),
    ],
)
def test_steps(given: Case, found: list[str]) -> None:
    assert [one.text for one in steps(given)] == found
