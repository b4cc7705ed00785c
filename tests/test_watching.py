"""What a watch knows between two runs: its state, whose turn it is, what is news."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pytest

from flake8_hfmodels.finding import Severity
from flake8_hfmodels.lock.audit import Told
from flake8_hfmodels.report.audited import AuditReport, AuditSummary
from flake8_hfmodels.report.watched import WatchReport, in_markdown
from flake8_hfmodels.watching.noticed import Candidate, Existing, told_of
from flake8_hfmodels.watching.state import Known, State, StateError, Subject, parsed, written
from flake8_hfmodels.watching.turns import Turn, after, news, turns

ONE, TWO = Known("1" * 24, "2026-11-01"), Known("2" * 24, "2026-11-02")
STATE = State(
    "2026-11-01",
    "2026-11-22",
    frozenset({"b", "a"}),
    {"my-org": Subject("my-orgs", 2, {"my-0rg": ONE, "myorg": TWO}), "other": Subject()},
)

# The state


@pytest.mark.parametrize("state", [STATE, State()], ids=["full", "empty"])
def test_state_is_read_as_it_was_written(state: State) -> None:
    assert parsed(written(state)) == state


def test_state_is_written_in_order() -> None:
    subjects = dict(reversed([*STATE.subjects.items()]))
    assert written(State("2026-11-01", "2026-11-22", frozenset("ab"), subjects)) == written(STATE)


def test_state_of_a_newer_version_with_more_keys() -> None:
    data = json.loads(written(STATE))
    assert parsed(json.dumps({**data, "more": 1})) == STATE


WRONG = {
    "no JSON": ("{", "is no valid JSON ("),
    "too deep": ("[" * 200_000, "is no valid JSON ("),
    "a list": ("[]", "is no state of a watch"),
    "a newer version": (
        '{"version": 2}',
        "is of a later version, which this version knows nothing of",
    ),
    "no version": ('{"began": ""}', "is no state of a watch"),
    "version is true": ('{"version": true}', "is no state of a watch"),
    "an older version": ('{"version": 0}', "is no state of a watch"),
    "a day that is none": (
        '{"version": 1, "began": "", "last": "`@me`", "told": [], "subjects": {}}',
        "is no state of a watch",
    ),
    "fewer rounds than none": (
        '{"version": 1, "began": "", "last": "", "told": [],'
        ' "subjects": {"a": {"next": "", "rounds": -1, "known": {}}}}',
        "is no state of a watch",
    ),
    "told are numbers": (
        '{"version": 1, "began": "", "last": "", "told": [1], "subjects": {}}',
        "is no state of a watch",
    ),
    "a subject is a text": (
        '{"version": 1, "began": "", "last": "", "told": [], "subjects": {"a": "b"}}',
        "is no state of a watch",
    ),
    "known is a text": (
        '{"version": 1, "began": "", "last": "", "told": [],'
        ' "subjects": {"a": {"next": "", "rounds": 0, "known": {"b": "c"}}}}',
        "is no state of a watch",
    ),
}


@pytest.mark.parametrize(("text", "why"), WRONG.values(), ids=WRONG)
def test_text_that_is_no_state(text: str, why: str) -> None:
    with pytest.raises(StateError) as error:
        parsed(text)
    assert str(error.value).startswith(why)


# Turns


def shared(names: Mapping[str, int], most: int, **following: str) -> list[tuple[str, int, str]]:
    """Of each subject: how many names are asked for, and where the next run begins."""
    every = {name: [f"{name}{each}" for each in range(number)] for name, number in names.items()}
    known = {name: Subject(one) for name, one in following.items()}
    return [(one.subject, len(one.names), one.following) for one in turns(every, known, most)]


def test_all_where_there_is_room() -> None:
    assert shared({"a": 2, "b": 3}, 10) == [("a", 2, ""), ("b", 3, "")]


def test_equal_shares() -> None:
    assert shared({"a": 9, "b": 9}, 6) == [("a", 3, "a3"), ("b", 3, "b3")]


def test_who_has_little_leaves_the_rest_to_others() -> None:
    assert shared({"a": 9, "b": 1, "c": 9}, 7) == [("a", 3, "a3"), ("b", 1, ""), ("c", 3, "c3")]


def test_more_names_than_questions() -> None:
    assert shared({"a": 2, "b": 2, "c": 2}, 2) == [("a", 1, "a1"), ("b", 1, "b1"), ("c", 0, "c0")]


def test_fewer_questions_than_subjects_come_to_all_of_them_in_turn() -> None:
    names = {one: [f"{one}{each}" for each in range(3)] for one in "abc"}
    known: dict[str, Subject] = {}
    asked: list[str] = []
    for _run in range(9):
        for turn in turns(names, known, 1):
            asked += turn.names
            own = known.get(turn.subject, Subject())
            known[turn.subject] = after(own, turn, turn.names, {}, is_cut=False)
    assert sorted(asked) == [*names["a"], *names["b"], *names["c"]]


def test_who_is_furthest_behind_comes_first() -> None:
    known = {"a": Subject("a1", 2), "b": Subject("", 2), "c": Subject("c8", 1)}
    names = {one: [f"{one}{each}" for each in range(9)] for one in "abc"}
    assert [one.subject for one in turns(names, known, 9)] == ["c", "b", "a"]


def test_no_questions_at_all() -> None:
    assert shared({"a": 2}, 0) == [("a", 0, "a0")]


def test_a_name_that_nothing_looks_like() -> None:
    assert shared({"a": 0}, 5) == [("a", 0, "")]


def test_a_run_goes_on_where_the_last_one_ended() -> None:
    assert shared({"a": 9}, 3, a="a3") == [("a", 3, "a6")]


def test_a_round_ends_with_the_last_name() -> None:
    (turn,) = turns({"a": ["x", "y", "z"]}, {"a": Subject("y")}, 5)
    assert turn == Turn("a", ("y", "z"), "", is_round=True)


def test_a_name_that_is_there_no_more_is_none_to_begin_with() -> None:
    assert shared({"a": 9}, 3, a="gone") == [("a", 3, "a3")]


def test_every_name_is_asked_for_in_so_many_runs() -> None:
    names: Mapping[str, Sequence[str]] = {
        "a": [f"a{each}" for each in range(50)],
        "b": [f"b{each}" for each in range(7)],
    }
    known: dict[str, Subject] = {}
    asked: list[str] = []
    for _run in range(6):
        for turn in turns(names, known, 12):
            asked += turn.names
            own = known.get(turn.subject, Subject())
            known[turn.subject] = after(own, turn, turn.names, {}, is_cut=False)
    assert {*asked} == {*names["a"], *names["b"]}
    assert known["b"].rounds >= 1


# What the next run is to know

TURN = Turn("my-org", ("a", "b", "c"), "d", is_round=False)
LAST = Turn("my-org", ("a", "b", "c"), "", is_round=True)


def test_all_is_answered() -> None:
    assert after(Subject(), TURN, "abc", {"b": ONE}, is_cut=False) == Subject("d", 0, {"b": ONE})


def test_a_round_is_counted() -> None:
    assert after(Subject("a", 3), LAST, "abc", {}, is_cut=False) == Subject("", 4)


def test_limits_end_a_run() -> None:
    assert after(Subject("a", 3), LAST, "a", {}, is_cut=True) == Subject("b", 3)


def test_limits_that_came_after_the_last_answer() -> None:
    assert after(Subject("a"), TURN, "abc", {}, is_cut=True) == Subject("d")


def test_what_has_no_answer_waits_for_its_next_turn() -> None:
    assert after(Subject("a"), TURN, "ac", {}, is_cut=False) == Subject("d")


def test_what_was_not_asked_is_known_still() -> None:
    before = Subject("a", 1, {"x": ONE})
    assert after(before, TURN, "abc", {}, is_cut=False) == Subject("d", 1, {"x": ONE})


def test_a_name_that_is_free_again_is_forgotten() -> None:
    before = Subject("a", 1, {"b": ONE})
    assert after(before, TURN, "abc", {}, is_cut=False) == Subject("d", 1)


def test_since_when_something_is_known_stays() -> None:
    before = Subject("a", 1, {"b": ONE})
    now = {"b": Known(ONE.object_id, "2026-12-24")}
    assert after(before, TURN, "abc", now, is_cut=False).known == {"b": ONE}


def test_somebody_else_under_a_name_is_known_since_now() -> None:
    before = Subject("a", 1, {"b": ONE})
    assert after(before, TURN, "abc", {"b": TWO}, is_cut=False).known == {"b": TWO}


@pytest.mark.parametrize(
    ("known", "existing", "expected"),
    [
        pytest.param({}, {"b": ONE}, ["b"], id="new"),
        pytest.param({"b": ONE}, {"b": ONE}, [], id="known"),
        pytest.param({"b": ONE}, {"b": TWO}, ["b"], id="somebody-else"),
        pytest.param({"b": ONE}, {}, [], id="gone"),
    ],
)
def test_news(known: dict[str, Known], existing: dict[str, Known], expected: list[str]) -> None:
    assert news(Subject("", 1, known), existing) == expected


# What is told

OWNER = Candidate("my-org", "my-org-official", "sounds like the owner", is_imitation=True)
SQUAT = Candidate("my-org", "my-0rg", "looks the same")
MODEL = Candidate("my-org/bert", "my-0rg/bert", "looks the same")
MADE = "2026-11-20T01:02:03Z"


@pytest.mark.parametrize(
    ("existing", "status", "what"),
    [
        pytest.param(
            Existing(OWNER, "organization", "1", MADE),
            "impersonator",
            "the organization 'my-org-official' exists since 2026-11-20 and could be taken for"
            " 'my-org' (it sounds like the owner)",
            id="imitation",
        ),
        pytest.param(
            Existing(SQUAT, "user", "1", ""),
            "look-alike",
            "the user 'my-0rg' exists and could be taken for 'my-org' (it looks the same)",
            id="owner",
        ),
        pytest.param(
            Existing(MODEL, "model", "1", MADE),
            "look-alike",
            "the model 'my-0rg/bert' exists since 2026-11-20 and could be taken for 'my-org/bert'"
            " (it looks the same)",
            id="model",
        ),
    ],
)
def test_what_is_told(existing: Existing, status: str, what: str) -> None:
    told = told_of(existing, was_before=False)
    assert (told.status, told.what, told.code) == (status, what, "HFM009")
    assert told.severity is Severity.HIGH
    assert told.repo == existing.candidate.name


def test_what_may_have_been_there_before_is_less_bad() -> None:
    told = told_of(Existing(SQUAT, "user", "1", ""), was_before=True)
    assert told.severity is Severity.MEDIUM
    assert told.what.endswith("; it was there when the watch began")


@pytest.mark.parametrize(
    ("candidate", "command"),
    [(SQUAT, "hfmodels lookalikes my-org"), (MODEL, "hfmodels inspect my-0rg/bert")],
    ids=["owner", "model"],
)
def test_the_next_step(candidate: Candidate, command: str) -> None:
    assert f"`{command}`" in told_of(Existing(candidate, "user", "1", ""), False).remedy


def test_an_issue_without_a_next_step() -> None:
    told = Told("gone", None, "it is gone", repo_id="o/m", severity=Severity.LOW, code="HFM006")
    numbers = AuditSummary(0, 0, 0, 0, 0, "online", 0.0)
    audit = AuditReport("", "", [told], {}, {}, (), (), numbers)
    assert in_markdown(WatchReport(audit, "state", "", (), 0)).endswith(
        "### Low: 1\n\n- [ ] **gone** (HFM006) `o/m`: `it is gone`\n\n"
    )
