"""Repos that are younger than the lines that name them, whoever says how old a line is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.ages import BEGIN, DAY, IMPORTED, created, too_young
from flake8_hfmodels.blame import Line
from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Owner, Repo, Unavailable
from flake8_hfmodels.finding import Problem, Related, Severity
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Confidence, Known, Reference, Span, Target, Unknown, Written
from flake8_hfmodels.referring import Referring, refer
from flake8_hfmodels.rules.hfm008_identity_changed import RULE, WRITTEN
from flake8_hfmodels.rules.rule import Example
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.judging import aged

GRACE = 30
SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
AUTO = "from transformers import AutoModel\n"
LOAD = AUTO + "AutoModel.from_pretrained('org/model')"
LATER = WRITTEN + 100 * DAY

Told = list[tuple[Reference, Problem, bool]]
Blame = Callable[[str, "str | None", Collection[int]], Mapping[int, Line]]


def referring(text: str) -> Referring:
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    found = refer(source, everything=True)
    assert found is not None
    return found


def repo(seconds: int, name: str = "org/model") -> Repo:
    return Repo(name, f"{seconds:08x}36468d709f17434d", SHA, ("config.json",))


def told(text: str, facts: Facts, since: int = WRITTEN, grace: int = GRACE) -> Told:
    source = referring(text)
    targets = [target for one in source.references for _written, target in one.targets()]
    blame = partial(aged, since)
    return list(too_young(source, dict.fromkeys(targets, facts), grace, blame))


@pytest.mark.parametrize("example", RULE.bad)
def test_bad_example_is_told_once(example: Example) -> None:
    assert len(told(example.source, example.facts)) == 1


@pytest.mark.parametrize("example", RULE.good)
def test_good_example_is_not(example: Example) -> None:
    assert told(example.source, example.facts) == []


@pytest.mark.parametrize("example", RULE.good[1:])
def test_good_example_has_a_reference(example: Example) -> None:
    """Else it would be none of an exception."""
    assert referring(example.source).references


WORDS = (
    "AutoModel.from_pretrained() loads 'org/model': {} was created on 2023-04-11, but the line"
    " that names it is from 2023-01-01, so another one was meant; look at what it holds, and"
    " pin the commit that you trust, or name another repo"
)


def test_what_is_said() -> None:
    [(reference, problem, is_old)] = told(LOAD, Found(repo(LATER)))
    assert reference.span == Span(2, 1, 2, 39)
    assert problem.message == WORDS.format("the repo")
    assert problem.repo_id == "org/model"
    assert problem.severity is Severity.HIGH
    assert problem.confidence is Confidence.MEDIUM
    assert problem.persona is Persona.REGULAR
    assert problem.suggested_revision is None
    assert not is_old


def test_what_is_said_of_a_redirect() -> None:
    [(_reference, problem, _old)] = told(LOAD, Moved(repo(LATER, "new/home"), Owner.UNKNOWN))
    assert problem.message == WORDS.format("'new/home', where it leads,")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        pytest.param(
            "# see https://huggingface.co/org/model",
            "name another repo, or write the line anew if this is the one that you want",
            id="mention",
        ),
        pytest.param(
            "import timm\ntimm.create_model('hf_hub:org/model')",
            "pin the commit that you trust, or name another repo",
            id="pin-in-the-name",
        ),
        pytest.param(
            "from FlagEmbedding import FlagModel\nFlagModel('org/model')",
            "name another repo, or write the line anew if this is the one that you want",
            id="cannot-be-pinned",
        ),
    ],
)
def test_what_to_do(text: str, remedy: str) -> None:
    [(_reference, problem, _old)] = told(text, Found(repo(LATER)))
    assert problem.remedy == f"look at what it holds, and {remedy}"


@pytest.mark.parametrize("facts", [Found(repo(LATER), True), Moved(repo(LATER), Owner.GONE, True)])
def test_old_answer(facts: Facts) -> None:
    assert [is_old for *_what, is_old in told(LOAD, facts)] == [True]


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        (Confidence.LOW, Confidence.LOW),
        (Confidence.MEDIUM, Confidence.MEDIUM),
        (Confidence.HIGH, Confidence.MEDIUM),
    ],
)
def test_confidence(confidence: Confidence, expected: Confidence) -> None:
    source = referring(LOAD)
    [reference] = source.references
    source = replace(source, references=[replace(reference, confidence=confidence)])
    facts = {Target("model", "org/model", None): Found(repo(LATER))}
    [(_one, problem, _old)] = too_young(source, facts, GRACE, partial(aged, WRITTEN))
    assert problem.confidence is expected


@pytest.mark.parametrize(
    "facts",
    [Missing(Lacking.REPO, Owner.EXISTS), Missing(Lacking.REVISION, Owner.GONE), Unavailable("x")],
)
def test_without_a_repo_nobody_asks_git(facts: Facts) -> None:
    assert not is_git_asked(LOAD, facts)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        pytest.param(LOAD, IMPORTED - 1800, id="import-night"),
        pytest.param(LOAD.replace("')", f"', revision='{SHA}')"), LATER, id="pinned"),
        pytest.param(LOAD.replace("')", "', revision=chosen)"), LATER, id="at-run-time"),
        pytest.param(LOAD.replace("org/", "./org/"), LATER, id="local"),
    ],
)
def test_without_a_candidate_nobody_asks_git(text: str, since: int) -> None:
    assert not is_git_asked(text, Found(repo(since)))


def is_git_asked(text: str, facts: Facts) -> bool:
    asked: list[str] = []

    def blame(path: str, _text: str | None, _lines: Collection[int]) -> Mapping[int, Line]:
        asked.append(path)
        return {}

    source = referring(text)
    targets = [target for one in source.references for _written, target in one.targets()]
    assert list(too_young(source, dict.fromkeys(targets, facts), GRACE, blame)) == []
    return bool(asked)


def test_candidate_has_git_asked() -> None:
    assert is_git_asked(LOAD, Found(repo(LATER)))


def test_one_question_a_file_for_all_its_lines() -> None:
    asked: list[tuple[str, Collection[int]]] = []

    def blame(path: str, text: str | None, lines: Collection[int]) -> Mapping[int, Line]:
        asked.append((path, lines))
        return aged(WRITTEN, path, text, lines)

    source = referring(
        AUTO + "NAMES = [\n    'a/b',\n    'c/d',\n]\nfor name in NAMES:\n"
        "    AutoModel.from_pretrained(name)\nAutoModel.from_pretrained('a/b')\n"
    )
    facts = {Target("model", name, None): Found(repo(LATER, name)) for name in ("a/b", "c/d")}
    found = list(too_young(source, facts, GRACE, blame))
    assert asked == [("example.py", [3, 4, 8])]
    assert [(one.span.line, problem.repo_id) for one, problem, _old in found] == [
        (7, "a/b"),
        (7, "c/d"),
        (8, "a/b"),
    ]


def test_only_the_old_line_of_several() -> None:
    """A line that was written anew names what is there now."""
    source = referring(LOAD + "\n" + LOAD.removeprefix(AUTO))
    ages = {2: Line(LATER, "'org/model'"), 3: Line(WRITTEN, "'org/model'")}
    facts = {Target("model", "org/model", None): Found(repo(LATER))}
    found = too_young(source, facts, GRACE, lambda *_asked: ages)
    assert [one.span.line for one, _problem, _old in found] == [3]


def test_pinned_beside_not_pinned() -> None:
    text = AUTO + f"for tag in ('{SHA}', 'v1'):\n"
    text += "    AutoModel.from_pretrained('org/model', revision=tag)"
    assert len(told(text, Found(repo(LATER)))) == 1


def test_several_revisions_are_told_once() -> None:
    text = AUTO + "for tag in ('v1', 'v2'):\n"
    text += "    AutoModel.from_pretrained('org/model', revision=tag)"
    assert len(told(text, Found(repo(LATER)))) == 1


def test_one_answer_of_several_is_enough() -> None:
    text = AUTO + "for tag in ('v1', 'v2'):\n"
    text += "    AutoModel.from_pretrained('org/model', revision=tag)"
    source = referring(text)
    facts: dict[Target, Facts] = {
        Target("model", "org/model", "v1"): Unavailable("no time"),
        Target("model", "org/model", "v2"): Found(repo(LATER)),
    }
    assert len([*too_young(source, facts, GRACE, partial(aged, WRITTEN))]) == 1


def elsewhere() -> Referring:
    """A file that loads what another one names."""
    source = referring(LOAD)
    [reference] = source.references
    named = Known((Written("org/model", Span(5, 1, 6, 9), "other.py"),))
    return replace(source, references=[replace(reference, repo_id=named)])


ELSEWHERE = {Target("model", "org/model", None): Found(repo(LATER))}


def test_line_in_another_file() -> None:
    asked: list[object] = []

    def blame(*question: object) -> Mapping[int, Line]:
        asked.append(question)
        return {5: Line(WRITTEN, "NAME = ("), 6: Line(WRITTEN - DAY, "'org/model')")}

    [(reference, problem, _old)] = too_young(elsewhere(), ELSEWHERE, GRACE, blame)
    assert asked == [("other.py", None, [5, 6])]
    assert reference.path == "example.py"
    assert problem.related == (
        Related("other.py", Span(5, 1, 6, 9), "'org/model' is written here"),
    )
    assert "is from 2023-01-01" in problem.message


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param({}, id="nothing-is-known"),
        pytest.param({6: Line(WRITTEN, "'org/model'")}, id="half-is-known"),
        pytest.param(
            {5: Line(WRITTEN, "'org/model'"), 6: Line(LATER, ")")}, id="half-is-written-anew"
        ),
        pytest.param({5: Line(WRITTEN, ""), 6: Line(WRITTEN, "'org/other'")}, id="other-name"),
    ],
)
def test_line_that_tells_nothing(lines: Mapping[int, Line]) -> None:
    assert not [*too_young(elsewhere(), ELSEWHERE, GRACE, lambda *_asked: lines)]


def test_options_may_hold_a_revision() -> None:
    source = referring(LOAD.replace("')", "', **options)"))
    [reference] = source.references
    assert reference.revision == Unknown("**options", hidden=True)
    assert len(told(source.text, Found(repo(LATER)))) == 1


# --- how old a repo is


@pytest.mark.parametrize(
    ("object_id", "expected"),
    [
        pytest.param("66d10b8036468d709f17434d", 1_724_976_000, id="model"),
        pytest.param("621ffdc036468d709f17434d", None, id="gpt2"),
        pytest.param("621ffdd536468d709f181f95", None, id="end-of-the-import"),
        pytest.param("5e00000036468d709f181f95", None, id="older-than-the-import"),
        pytest.param("ffffffff36468d709f181f95", None, id="in-the-future"),
        pytest.param("66D10B8036468D709F17434D", None, id="capitals"),
        pytest.param("66d10b80", None, id="short"),
        pytest.param("66d10b80-3646-8d70-9f17-434d00000000", None, id="uuid"),
        pytest.param("", None, id="empty"),
    ],
)
def test_created(object_id: str, expected: int | None) -> None:
    assert created(object_id) == expected


@pytest.mark.parametrize(
    ("beyond", "expected"),
    [pytest.param(0, 0, id="at-the-end-of-grace"), pytest.param(1, 1, id="a-second-later")],
)
@pytest.mark.parametrize("grace", [0, 1, 30, 365])
def test_grace_to_the_second(grace: int, beyond: int, expected: int) -> None:
    found = told(LOAD, Found(repo(WRITTEN + grace * DAY + beyond)), grace=grace)
    assert len(found) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        pytest.param(BEGIN, 1, id="first-day"),
        pytest.param(BEGIN - 1, 0, id="before-there-was-a-hub"),
        pytest.param(0, 0, id="clock-that-was-not-set"),
    ],
)
def test_dates_that_cannot_be(since: int, expected: int) -> None:
    assert len(told(LOAD, Found(repo(LATER)), since)) == expected


TIMES = st.integers(BEGIN, LATER + 1000 * DAY)


@given(TIMES, st.integers(IMPORTED + 1, LATER + 1000 * DAY), st.integers(0, 2000))
def test_told_exactly_where_the_repo_is_younger_by_more_than_grace(
    since: int, made: int, grace: int
) -> None:
    found = told(LOAD, Found(repo(made)), since, grace)
    assert bool(found) == (made - since > grace * DAY)


@given(TIMES, st.integers(0, 5000 * DAY), st.integers(IMPORTED + 1, LATER + 1000 * DAY))
def test_line_written_again_is_no_new_alarm(since: int, later: int, made: int) -> None:
    before = told(LOAD, Found(repo(made)), since)
    after = told(LOAD, Found(repo(made)), since + later)
    assert len(after) <= len(before)


@given(st.integers(0, IMPORTED), TIMES)
def test_import_night_and_before_say_nothing(made: int, since: int) -> None:
    assert told(LOAD, Found(repo(made)), since, grace=0) == []
