"""What a reference has to do with a repo that is bad, and with the one revision that is."""

from __future__ import annotations

import json

import pytest

from flake8_hfmodels.asked_id import parse_asked
from flake8_hfmodels.facts import Found, Repo
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import ABSENT, Reference, Target, Unknown, Value
from flake8_hfmodels.responding import wording
from flake8_hfmodels.responding.machine import Here, Kept
from flake8_hfmodels.responding.suspect import Suspect, nearly, suspect, traces_in
from tests.doors import Place
from tests.telling import known, reference
from tests.test_respond import ID, cache, git, hub, project

__all__ = ["cache", "hub", "project"]  # fixtures

BAD = "a" * 40
GOOD = "b" * 40
WHOLE = suspect(parse_asked("o/m"))
AT_HASH = suspect(parse_asked(f"o/m@{BAD}"))
AT_SHORT = suspect(parse_asked("o/m@AAAAAAAA"))
AT_TAG = suspect(parse_asked("o/m@v1"))
AT_KNOWN_TAG = AT_TAG.at([BAD])


@pytest.mark.parametrize(
    ("who", "revision", "bearing"),
    [
        (WHOLE, None, "loads"),
        (WHOLE, GOOD, "loads"),
        (AT_HASH, BAD, "loads"),
        (AT_HASH, "aaaaaaa", "loads"),
        (AT_HASH, GOOD, "other"),
        (AT_HASH, "main", "may load"),
        (AT_HASH, None, "may load"),
        (AT_SHORT, BAD, "loads"),
        (AT_SHORT, GOOD, "other"),
        (AT_TAG, "v1", "loads"),
        (AT_TAG, GOOD, "may load"),
        (AT_KNOWN_TAG, BAD, "loads"),
        (AT_KNOWN_TAG, GOOD, "other"),
        (AT_KNOWN_TAG, "v2", "may load"),
    ],
)
def test_bearing(who: Suspect, revision: str | None, bearing: str) -> None:
    assert who.bearing(revision) == bearing


@pytest.mark.parametrize(
    ("revision", "pin", "words"),
    [
        (ABSENT, "none", "no revision"),
        (known(None), "none", "no revision"),
        (known("", True), "none", "no revision"),
        (Unknown("a name"), "unknown", "a revision decided at run time"),
        (known("v1"), "ref", "at v1"),
        (known("v1", BAD), "ref", "at v1 or " + BAD),
        (known(BAD), "commit", "at " + BAD),
        (known(BAD, None), "none", "no revision"),
    ],
)
def test_pins(revision: Value, pin: str, words: str) -> None:
    (trace,) = traces_in([reference(known("O/M"), revision)], WHOLE)
    assert trace.pin == pin
    assert wording.of_trace(trace, WHOLE) == words


def test_the_worst_of_several_revisions_counts() -> None:
    (trace,) = traces_in([reference(known("o/m"), known(GOOD, BAD))], AT_HASH)
    assert trace.bearing == "loads"


def mention(one: Reference) -> Reference:
    return replace(one, kind="mention")


@pytest.mark.parametrize(
    ("revision", "words"),
    [(ABSENT, "named: may be the bad one"), (known(BAD), f"named, at {BAD}: the bad one")],
)
def test_mentions(revision: Value, words: str) -> None:
    (trace,) = traces_in([mention(reference(known("o/m"), revision))], AT_HASH)
    assert trace.is_mention
    assert wording.of_trace(trace, AT_HASH) == words


def test_other_values_of_a_call() -> None:
    one = replace(reference(known("x/y")), options={"adapter": known("o/m"), "flag": known(True)})
    (trace,) = traces_in([one], WHOLE)
    assert trace.repo_ids == ("o/m",)


def test_id_that_nobody_knows() -> None:
    assert [*traces_in([reference(Unknown("a name"))], WHOLE)] == []


@pytest.mark.parametrize(
    ("asked", "named", "meant"),
    [
        ("acme/forcaster", "acme/forecaster", ["acme/forecaster"]),
        ("acme/forcaster", "Acme/Forecaster", ["Acme/Forecaster"]),
        ("acme/translator", "acme/forecaster", []),
        ("forecaster", "acme/forecaster-of-demand", []),
        ("datasets/acme/forecaster", "acme/forecaster", []),
    ],
)
def test_name_that_may_be_a_slip(asked: str, named: str, meant: list[str]) -> None:
    assert nearly([reference(known(named))], suspect(parse_asked(asked))) == meant


@pytest.mark.parametrize(
    ("trusted", "runs"), [(known(True), True), (known(False), False), (ABSENT, False)]
)
def test_code_that_may_run(trusted: Value, runs: bool) -> None:
    (trace,) = traces_in([replace(reference(known("o/m")), trust_remote_code=trusted)], WHOLE)
    assert trace.runs_code is runs


def test_type_that_was_said() -> None:
    dataset = suspect(parse_asked("datasets/o/m"))
    load, named = reference(known("o/m")), mention(reference(known("o/m")))
    assert [one.is_mention for one in traces_in([load, named], dataset)] == [True]


@pytest.mark.parametrize(
    ("text", "is_in"),
    [
        ("o/m", True),
        ("O/M.", True),
        ("https://hf.co/o/m/tree", True),
        ("o/m2", False),
        ("o/m-2", False),
        ("o/m.bin", False),
        ("foo/m", False),
        ("no/more", False),
        ("o/m2 o/m", True),
    ],
)
def test_name_in_bytes(text: str, is_in: bool) -> None:
    assert WHOLE.is_in(text.encode()) is is_in


# In words


def test_copy_in_words() -> None:
    files = (Kept("a.bin", "/x/a.bin", 5, "", "", "differs", "permission denied"),)
    here = Here("/x", "name", "", "", "", (), "loads", True, "", "", files)
    assert [*wording.of_copy(here, WHOLE)] == [
        "a folder, known by its name; 1 file, 5 bytes; in /x",
        "pickles: a.bin",
        "not what was locked: a.bin",
        "not read: a.bin (permission denied)",
    ]


def test_copy_of_nothing_that_runs() -> None:
    files = (Kept("config.json", "/x/config.json", 2, "1" * 64, "1" * 40),)
    here = Here("/x", "cache", "model", "o/m", BAD, ("main",), "loads", True, "M", "A", files)
    assert [*wording.of_copy(here, AT_HASH)] == [
        f"{BAD} (main): the bad one; 1 file, 2 bytes; in /x",
        "written M, last read A as far as the system notes it",
    ]


def test_repo_that_is_not_scanned() -> None:
    repo = Repo("o/m", "", None, ())
    told = [*wording.of_facts(Target("model", "o/m", "v1"), Found(repo))]
    assert told == ["model o/m at v1: there", "now at no commit"]


def answers(place: Place, asked: str) -> list[tuple[str, str]]:
    ran = place.hfmodels("respond", asked, "--format", "json")
    told = json.loads(ran.out)["hub"]
    return [(one["status"], one.get("what") or one["repo"]["id"]) for one in told]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("never-existed/at-all", [("missing", "repo")]),
        (f"{ID}@v9", [("found", ID), ("missing", "revision")]),
        ("nina-vogel/lung-nodules", [("moved", "radiolab/lung-nodules")]),
    ],
)
def test_answers_in_json(project: Place, asked: str, expected: list[tuple[str, str]]) -> None:
    assert answers(project, asked) == expected


def test_policy_in_json(project: Place) -> None:
    ran = project.hfmodels("respond", ID, "--format", "json", "--deny", "x")
    assert json.loads(ran.out)["policy"] == {
        "path": "pyproject.toml",
        "is_written": True,
        "lines": ['{ match = "acme/bad", reason = "x" }'],
        "why": None,
    }


def test_repo_in_words(project: Place) -> None:
    assert "scanners: nothing" in project.hfmodels("respond", "openai-community/gpt2").out
    assert "has code of its own" in project.hfmodels("respond", "acme/encoder").out


def test_many_refs(project: Place) -> None:
    git(project, "add .", "commit -q -m one", *(f"tag v{number}" for number in range(9)))
    assert " and 5 more" in project.hfmodels("respond", ID).out
