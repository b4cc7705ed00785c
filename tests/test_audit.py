"""Comparisons of an entry with what was heard, and how they are told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels.cli.audit import NO_LOCK, lines_of
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, USAGE
from flake8_hfmodels.facts import Blob, Found, Lacking, Missing, Owner, Repo, Unavailable
from flake8_hfmodels.finding import Severity
from flake8_hfmodels.lock.audit import PRIVATE, Heard, Told, compared, differ, few, without_doubt
from flake8_hfmodels.lock.entry import LockedOwner
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.reading import parse
from flake8_hfmodels.lock.writing import written
from flake8_hfmodels.record import replace
from flake8_hfmodels.report.audited import AuditReport, AuditSummary
from flake8_hfmodels.report.paint import Paint
from flake8_hfmodels.report.table import render
from tests.auditing import Auditor, locked
from tests.doors import Place
from tests.fakehub import FakeHub, World
from tests.locking import entry
from tests.test_formats import official

PLAIN = Paint(colour=False)
NUMBERS = AuditSummary(3, 2, 1, 0, 5, "online", 1.25)
FOOTER = "3 entries: 2 answered, 1 unanswered; 5 requests; online; 1.25 s\n"
HIGH = Told("re-created", entry(), "another repo has the name", "look", "HFM008", Severity.HIGH)
NEWS = Told("new head", entry(repo_id="owner/name", ref=""), "main is at 1 now")


# Comparisons


@dataclass(frozen=True)
class Pair:
    """Two descriptions of one file, and whether they can be of the same content."""

    one: Blob
    other: Blob
    differs: bool


@pytest.mark.parametrize(
    "pair",
    [
        pytest.param(Pair(Blob("f", 1, "a"), Blob("f", 1, "a"), False), id="the-same"),
        pytest.param(Pair(Blob("f", 1, "a"), Blob("f", 1, "b"), True), id="another-blob"),
        pytest.param(Pair(Blob("f", 1, "a"), Blob("f", 2, "a"), True), id="another-size"),
        pytest.param(Pair(Blob("f", None, "a"), Blob("f", 2, "a"), False), id="size-not-told"),
        pytest.param(Pair(Blob("f", 1, "a"), Blob("f", 1, ""), False), id="blob-not-told"),
        pytest.param(Pair(Blob("f", 1, "a", "c"), Blob("f", 1, "b", "c"), False), id="same-sha256"),
        pytest.param(Pair(Blob("f", 1, "a", "c"), Blob("f", 1, "a", "d"), True), id="other-sha256"),
        pytest.param(Pair(Blob("f", 1, "a", "c"), Blob("f", 1, "b"), True), id="no-sha256-told"),
    ],
)
def test_whether_files_differ(pair: Pair) -> None:
    assert differ(pair.one, pair.other) == pair.differs
    assert differ(pair.other, pair.one) == pair.differs


def found(**changes: Any) -> Found:
    repo = {"id": "o/m", "object_id": entry().object_id, "sha": entry().commit, "files": ()}
    return Found(Repo(**{**repo, **changes}))


def test_endpoint_without_hashes_is_told() -> None:
    told = compared(entry(files=(Blob("f", 1, "a"),)), Heard(found(files=("f",))))
    assert [(one.status, one.severity) for one in told] == [("not compared", None)]


def test_entry_without_files_needs_no_hashes() -> None:
    assert compared(entry(), Heard(found(files=("f",)))) == []


def test_new_file_at_the_same_commit() -> None:
    told = compared(entry(), Heard(found(blobs=(Blob("f", 1, "a"),))))
    assert [(one.status, one.severity) for one in told] == [("files differ", Severity.HIGH)]


@pytest.mark.parametrize(
    ("object_id", "words"),
    [("67cae56f0000000000000000", "made on 2025-03-07"), ("?", "made nobody knows when")],
)
def test_when_another_repo_was_made(object_id: str, words: str) -> None:
    (told,) = compared(entry(), Heard(found(object_id=object_id)))
    assert told.what == (
        f"another repo has the name, {words}; locked was 621ffdc036468d709f17434d, "
        "made on 2022-03-02"
    )


@pytest.mark.parametrize(
    "owner",
    [
        pytest.param(None, id="not-asked"),
        pytest.param(Unavailable("why"), id="no-answer"),
        pytest.param(LockedOwner("o", "user", "1"), id="the-same"),
    ],
)
def test_owner_of_whom_there_is_nothing_to_tell(owner: LockedOwner | Unavailable | None) -> None:
    mine = entry(owner=LockedOwner("o", "user", "1"))
    assert compared(mine, Heard(found(), owner)) == []


@pytest.mark.parametrize(
    ("is_private", "with_token", "facts"),
    [
        pytest.param(True, False, PRIVATE, id="private-and-no-token"),
        pytest.param(True, True, None, id="private-and-a-token"),
        pytest.param(False, False, None, id="public"),
    ],
)
def test_what_we_may_not_see(is_private: bool, with_token: bool, facts: Unavailable | None) -> None:
    missing = Missing(Lacking.REPO, Owner.EXISTS, with_token=with_token)
    heard = without_doubt(entry(private=is_private), Heard(missing))
    assert heard.facts == (facts or missing)


def test_few_of_many_paths() -> None:
    assert few(["a", "b", "c"]) == "a, b, c"
    assert few(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"


# The table


def report(*told: Told, summary: AuditSummary = NUMBERS) -> AuditReport:
    return AuditReport(
        "hfmodels.lock", "", told, {}, {"HFM008": "identity-changed"}, (), (), summary
    )


def test_table_of_nothing() -> None:
    assert render(report(), PLAIN, None) == f"no findings\n{FOOTER}"


def test_table_where_nobody_answered() -> None:
    summary = AuditSummary(3, 0, 3, 0, 5, "online", 1.25)
    assert render(report(summary=summary), PLAIN, None).startswith(
        "nothing is known\n3 entries: 0 "
    )


def test_table_in_a_pipe() -> None:
    assert render(report(HIGH, NEWS), PLAIN, None) == (
        "STATUS      REPO        REVISION           WHAT\n"
        "re-created  o/m         main@012345678901  another repo has the name; look\n"
        "new head    owner/name  012345678901       main is at 1 now\n"
        "\n"
        "1 finding: 1 high; 1 for information\n" + FOOTER
    )


def test_table_on_a_screen_that_it_fits_with_a_second_line() -> None:
    long = Told("gone", entry(), "the repo was deleted, or is hidden from us", "look for it")
    assert render(report(long), PLAIN, 64).splitlines()[:3] == [
        "STATUS  REPO  REVISION           WHAT",
        "gone    o/m   main@012345678901  the repo was deleted, or is",
        "                                 hidden from us; look for it",
    ]


def test_table_on_a_narrow_screen() -> None:
    long = Told("gone", entry(), "the repo was deleted, or is hidden from us")
    assert render(report(long), PLAIN, 40).splitlines()[1:4] == [
        "gone    o/m   main@012345678901",
        "    the repo was deleted, or is hidden",
        "    from us",
    ]


def test_colours_of_the_table() -> None:
    lines = render(report(HIGH, NEWS), Paint(colour=True), None).splitlines()
    assert lines[1].startswith("\x1b[1;31mre-created\x1b[0m  \x1b[1mo/m       \x1b[0m  main@")
    assert lines[2].startswith("\x1b[2mnew head  \x1b[0m  \x1b[1mowner/name\x1b[0m  ")
    assert lines[4].startswith("1 finding: \x1b[1;31m1 high\x1b[0m; 1 for information")


def test_names_do_not_speak_to_the_terminal() -> None:
    hostile = Told("gone", entry(repo_id="o/\x1b[2J"), "\x1b]0;title\x07")
    assert "\x1b" not in render(report(hostile), PLAIN, 120)


@pytest.mark.parametrize(
    ("summary", "footer"),
    [
        pytest.param(
            AuditSummary(1, 1, 0, 0, 1, "strict", 0.0),
            "1 entry: 1 answered, 0 unanswered; 1 request; strict; 0.00 s",
            id="one",
        ),
        pytest.param(
            AuditSummary(4, 1, 0, 3, 2, "online", 0.0),
            "4 entries: 1 answered, 0 unanswered, 3 kept back; 2 requests; online; 0.00 s",
            id="kept-back",
        ),
        pytest.param(
            AuditSummary(4, 2, 0, 0, 0, "local", 0.0),
            "4 entries: 2 with a copy here; local; 0.00 s",
            id="local",
        ),
    ],
)
def test_footer(summary: AuditSummary, footer: str) -> None:
    assert render(report(summary=summary), PLAIN, None) == f"no findings\n{footer}\n"


# The command


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    world = World()
    world.create_organization("huggingface")
    world.create_user("ann")
    world.create_repo("model", "ann/bert", {"config.json": "{}"})
    world.create_repo("model", "ann/other", {"config.json": "{}"})
    with FakeHub(world) as running:
        yield running


@pytest.fixture
def auditor(tmp_path: Path, hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> Auditor:
    """A project with two models of which one was made anew, and the other one has a new head."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    auditor = Auditor(folder, hub.url)
    auditor.lock(locked(hub.world, "ann/bert"), locked(hub.world, "ann/other"))
    hub.world.delete_repo("model", "ann/bert")
    hub.world.create_repo("model", "ann/bert", {"config.json": "{}"})
    hub.world.commit("model", "ann/other", {"config.json": "{ }"})
    return auditor


def test_json(auditor: Auditor, hub: FakeHub) -> None:
    said = auditor.report()
    assert list(said) == ["version", "lock", "findings", "unanswered", "warnings", "summary"]
    finding, news = said["findings"]
    assert {name: finding[name] for name in ("status", "code", "name", "severity", "line")} == {
        "status": "re-created",
        "code": "HFM008",
        "name": "identity-changed",
        "severity": "high",
        "line": 7,
    }
    assert (finding["path"], finding["used_by"]) == ("hfmodels.lock", ["app.py"])
    assert (news["code"], news["name"], news["severity"], news["help_uri"]) == (
        None,
        None,
        "info",
        None,
    )
    assert said["summary"]["requests"] == len(hub.requests)


def test_sarif(auditor: Auditor) -> None:
    outcome = auditor.run("--format", "sarif")
    log = json.loads(outcome.text)
    official().validate(log)
    (result,) = log["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("HFM008", "error")
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "hfmodels.lock", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7, "startColumn": 1, "endLine": 7, "endColumn": 1},
    }
    assert [
        one["physicalLocation"]["artifactLocation"]["uri"] for one in result["relatedLocations"]
    ] == ["app.py"]


def test_sarif_of_a_lock_above(auditor: Auditor, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = auditor.folder / "src"
    inside.mkdir()
    monkeypatch.chdir(inside)
    (result,) = json.loads(auditor.run("--format", "sarif").text)["runs"][0]["results"]
    places = [*result["locations"], *result["relatedLocations"]]
    assert [one["physicalLocation"]["artifactLocation"]["uri"] for one in places] == [
        "../hfmodels.lock",
        "../app.py",
    ]


def test_sarif_of_a_copy_that_nobody_locked() -> None:
    told = Told("not locked", None, "why", "do", "HFM015", Severity.LOW, repo_id="o/m", where="/x")
    strange = AuditReport("l", "", (told,), {}, {"HFM015": "not-locked"}, (), (), NUMBERS)
    (finding,) = strange.as_report().findings
    assert (finding.message, finding.span.line, finding.related) == ("o/m: why; do", 1, ())


def test_report_in_a_file(auditor: Auditor) -> None:
    outcome = auditor.run("--output", "audit.txt")
    assert outcome.code == FINDINGS
    assert re.fullmatch(
        r"1 finding: 1 high; 1 for information\n2 entries: 2 answered, .*\n", outcome.text
    )
    text = auditor.folder.joinpath("audit.txt").read_text()
    assert text.startswith("STATUS      REPO ")
    assert text.endswith(outcome.text)


def test_report_on_what_is_no_file(auditor: Auditor) -> None:
    assert auditor.run("--output", "/dev/null").text == ""


def test_report_that_cannot_be_written(auditor: Auditor) -> None:
    outcome = auditor.run("--output", "missing/audit.txt")
    assert (outcome.code, outcome.complaints) == (
        USAGE,
        ("--output: missing/audit.txt: cannot be written (no such file or directory)",),
    )


def test_table_on_a_terminal(auditor: Auditor, hub: FakeHub) -> None:
    place = Place.at(auditor.folder, hub.url)
    said = place.on_a_terminal("-m", "flake8_hfmodels", "audit")
    assert "\x1b[1;31mre-created\x1b[0m" in said


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        pytest.param(
            ("--folder", "."), "--folder: only --local looks into folders", id="folder-alone"
        ),
        pytest.param(("--timeout", "-1"), "--timeout: ", id="no-time"),
        pytest.param(("--lock", "missing.lock"), "missing.lock: cannot be read", id="missing"),
        pytest.param(("--config", "missing.toml"), "missing.toml", id="configuration"),
    ],
)
def test_wrong_usage(auditor: Auditor, options: tuple[str, ...], complaint: str) -> None:
    outcome = auditor.run(*options)
    assert (outcome.code, outcome.text) == (USAGE, "")
    assert complaint in outcome.complaints[0]


def test_no_lock(auditor: Auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "empty"
    (empty / ".git").mkdir(parents=True)
    monkeypatch.chdir(empty)
    outcome = auditor.run()
    assert (outcome.code, outcome.complaints) == (USAGE, (NO_LOCK,))


def test_lock_with_conflicts(auditor: Auditor) -> None:
    lock = auditor.folder / "hfmodels.lock"
    lock.write_text(f"<<<<<<< ours\n{lock.read_text()}=======\n>>>>>>> theirs\n")
    outcome = auditor.run()
    assert outcome.code == USAGE
    assert outcome.complaints == (
        "hfmodels.lock: has merge conflicts; `hfmodels lock` resolves them",
    )


def test_empty_lock(auditor: Auditor, hub: FakeHub) -> None:
    auditor.lock()
    assert auditor.run().code == CLEAN
    assert hub.requests == []


def test_lines_are_those_that_editors_count(auditor: Auditor) -> None:
    path = auditor.folder / "hfmodels.lock"
    odd = replace(parse("", path.read_text()).entries[0], licence="a\u2028b\x85c")
    lock = Lock("hfmodels.lock", (odd, entry(repo_id="z/z", id="z/z")))
    text = written(lock)
    at = text.split("\n").index('      "repo": "z/z",') + 1
    assert lines_of(lock, text)[lock.entries[1].target] == at


def test_lock_that_somebody_wrote_on_one_line(auditor: Auditor) -> None:
    text = json.dumps(json.loads(auditor.folder.joinpath("hfmodels.lock").read_text()))
    lock: Lock = parse("hfmodels.lock", text)
    assert lines_of(lock, text) == {}
