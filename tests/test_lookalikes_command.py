"""`hfmodels lookalikes` on a fake Hub: what exists, what is free, what is not asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels.cli.lookalikes_report import LookalikesReport, Subject, in_text
from flake8_hfmodels.lookalikes.existing import Lookalike
from flake8_hfmodels.report.paint import Paint
from tests.doors import Place
from tests.fakehub import FakeHub
from tests.inside import Inside

SQUAT = "acme-official"


@pytest.fixture
def place(place: Place) -> Place:
    return Inside.of(place)


@pytest.fixture
def lonely(lonely: Place) -> Place:
    return Inside.of(lonely)


@pytest.fixture
def squatted(hub: FakeHub) -> FakeHub:
    """A Hub on which somebody imitates acme."""
    hub.world.create_user(SQUAT, at="2026-10-01")
    hub.world.create_repo(
        "model", f"{SQUAT}/encoder", {"x.bin": "1"}, downloads=12, at="2026-10-02"
    )
    hub.world.create_organization("acme-ai", verified=True, at="2022-01-01")
    return hub


def said(place: Place, *arguments: str, code: int = 0) -> dict[str, Any]:
    ran = place.hfmodels("lookalikes", "--format", "json", *arguments)
    assert ran.code == code, ran
    found: dict[str, Any] = json.loads(ran.out)
    return found


def statuses(subject: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["status"] for one in subject["lookalikes"]}


def test_owner(place: Place, squatted: FakeHub) -> None:
    ran = place.hfmodels("lookalikes", "acme", "--limit", "8")
    assert ran.code == 0
    assert ran.untimed().splitlines() == [
        "acme: 8 names could be taken for it: 6 free, 2 exists",
        "NAME           STATUS                TECHNIQUE  OWNER                  CREATED"
        "     DOWNLOADS",
        "acme           the original: exists             organization           2021-06-01",
        "acme-official  exists                imitation  user                   2026-10-01",
        "acme-ai        exists                imitation  verified organization  2022-01-01",
        "free (anybody can register them):",
        "    acrne, acm, came, aacme, scme, ace",
        "",
        "9 names: 18 requests, 0 unanswered; online; 0.00 s",
    ]


def test_repo(place: Place, squatted: FakeHub) -> None:
    report = said(place, "acme/encoder", "--limit", "7")
    (subject,) = report["subjects"]
    assert (subject["name"], subject["type"]) == ("acme/encoder", "model")
    assert subject["original"]["owner"]["kind"] == "org"
    assert subject["lookalikes"][0] == {
        "name": f"{SQUAT}/encoder",
        "technique": "imitation",
        "status": "exists",
        "owner": {"name": SQUAT, "kind": "user", "verified": None, "fullname": SQUAT},
        "created": "2026-10-02T00:00:00Z",
        "downloads": 12,
        "leads_to": None,
        "why": None,
    }
    assert statuses(subject)["acme-ai/encoder"] == "owner only"
    assert statuses(subject)["acrne/encoder"] == "free"
    assert report["summary"]["unanswered"] == 0


def test_repo_that_moved(place: Place, squatted: FakeHub) -> None:
    squatted.world.redirect("model", "acrne/encoder", "acme/encoder")
    ran = place.hfmodels("lookalikes", "acme/encoder", "--limit", "4")
    assert "acrne/encoder          moved to acme/encoder" in ran.out


def test_dataset(place: Place, hub: FakeHub) -> None:
    report = said(place, "datasets/rajpurkar/squad", "--limit", "1")
    assert report["subjects"][0]["type"] == "dataset"
    assert report["subjects"][0]["original"]["status"] == "exists"


def test_offline_there_are_only_names(place: Place) -> None:
    ran = place.hfmodels("lookalikes", "acme", "--offline", "--limit", "3")
    assert ran.code == 0
    assert ran.untimed().splitlines()[3:] == [
        "not known (offline, and not in the cache):",
        "    acme-official, acrne, acm",
        "",
        "4 names: 0 requests, 4 unanswered; offline; 0.00 s",
    ]


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--strict",), 3)])
def test_nobody_answers(lonely: Place, options: tuple[str, ...], code: int) -> None:
    report = said(lonely, "acme", "--limit", "2", *options, code=code)
    assert report["summary"]["unanswered"] == 3
    assert {*statuses(report["subjects"][0]).values()} == {"unknown"}


def test_rate_limit(place: Place, hub: FakeHub) -> None:
    hub.rate_limit = 2
    ran = place.hfmodels("lookalikes", "acme", "--limit", "2", "--deadline", "2")
    assert ran.code == 0
    assert "not known (the Hub limits the rate of requests" in ran.out


def test_private_names_stay_at_home(place: Place, squatted: FakeHub) -> None:
    report = said(place, "acme", "acme-ai", "--limit", "3", "--never-ask", "acme", "--strict")
    private, other = report["subjects"]
    assert {*statuses(private).values(), private["original"]["status"]} == {"kept back"}
    assert statuses(other)["acme"] == "kept back"
    assert other["original"]["status"] == "exists"
    assert not any("/acme/" in one.path for one in squatted.requests)


def test_output(place: Place, squatted: FakeHub) -> None:
    ran = place.hfmodels("lookalikes", "acme", "--limit", "2", "--output", "report.txt")
    assert ran.code == 0
    assert ran.untimed() == "3 names: 6 requests, 0 unanswered; online; 0.00 s\n"
    assert "acme-official" in Path(place.folder, "report.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        pytest.param(("a/b/c",), "'a/b/c' is no id of a repo", id="no-id"),
        pytest.param(("../x",), "'../x' is no id of a repo", id="path"),
        pytest.param(("a\x1b[31m",), r"'a\x1b[31m' is no id of a repo", id="control"),
        pytest.param(("x" * 5000,), "is no id of a repo", id="very-long"),
        pytest.param(("acme/x@v1",), "'acme/x@v1': a name has no revision", id="revision"),
        pytest.param(("acme", "--limit", "0"), "--limit: is not between 1 and 1000", id="few"),
        pytest.param(("acme", "--limit", "1001"), "--limit: is not between", id="many"),
        pytest.param(("acme", "--deadline", "nan"), "--deadline", id="deadline"),
        pytest.param(("acme", "--config", "none.toml"), "none.toml", id="configuration"),
        pytest.param(
            ("acme", "--offline", "--output", "no/folder/x"), "--output: no/folder/x", id="output"
        ),
    ],
)
def test_wrong_usage(place: Place, arguments: tuple[str, ...], why: str) -> None:
    ran = place.hfmodels("lookalikes", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err
    assert len(ran.err.splitlines()) == 1


HOSTILE = "a\x1b[2Jb"


def test_nothing_speaks_to_the_terminal() -> None:
    rows = (
        Lookalike("acme/x", None, "exists"),
        Lookalike("acrne/x", "homoglyph", "moved", leads_to=HOSTILE),
        Lookalike("acm/x", "omission", "unknown", why=HOSTILE),
    )
    report = LookalikesReport([Subject("acme/x", "model", rows)], (), "online", 1, 0.5)
    text = in_text(report, Paint(colour=False), 60)
    assert "\x1b" not in text
    assert text.count("a\ufffd[2Jb") == 2


def test_colours() -> None:
    rows = (Lookalike("a", None, "exists"), Lookalike("b", "keyboard", "owner only"))
    report = LookalikesReport([Subject("a", "owner", rows)], (), "online", 1, 0.5)
    lines = in_text(report, Paint(colour=True), None).splitlines()
    assert [line.startswith("\x1b") for line in lines[1:4]] == [True, True, False]


def test_nothing_to_tell() -> None:
    report = LookalikesReport(
        [Subject("a", "owner", (Lookalike("a", None, "exists"),))], (), "online", 1, 0.5
    )
    assert in_text(report, Paint(colour=False), 80).startswith(
        "a: 0 names could be taken for it: none\n"
    )
