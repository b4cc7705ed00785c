"""`hfmodels watch` against a fake Hub, night after night."""

from __future__ import annotations

import json
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from flake8_hfmodels.cli import watch
from flake8_hfmodels.cli.commands import command_line
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, INTERRUPTED, NOT_ASKED, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.hub.opening import close_all
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.writing import written
from flake8_hfmodels.lookalikes.variants import variants
from flake8_hfmodels.report.watched import LONGEST_ISSUE
from flake8_hfmodels.watching.state import NAME
from tests.auditing import locked
from tests.documents import DOCS
from tests.documents import steps as blocks
from tests.doors import Place, Ran
from tests.fakehub import FakeHub, Fault, World
from tests.test_formats import official

MODEL = "acme/bert"
ALL = len([*variants("northwind")])


@pytest.fixture
def world() -> World:
    """Two organizations, one of them with a model, and a Hub that knows accounts."""
    world = World()
    world.create_organization("huggingface")
    world.create_organization("northwind")
    world.create_organization("acme")
    world.create_repo("model", MODEL, {"model.safetensors": b"weights"})
    return world


@pytest.fixture
def hub(world: World) -> Iterator[FakeHub]:
    with FakeHub(world, rate_limit=None) as running:
        yield running


@dataclass(frozen=True)
class Night:
    """A project, the Hub that it asks, and the runs of its nightly job."""

    folder: Path
    endpoint: str

    def run(self, *options: str, watched: str = "northwind") -> Outcome:
        """Watch in this process, with nothing left of an earlier one, and without a cache.

        A machine that stands still for some seconds is no Hub that is silent.
        """
        close_all()
        cache = self.folder.with_name(f"answers-{len([*self.folder.parent.iterdir()])}")
        cache.mkdir()
        where = ("--endpoint", self.endpoint, "--cache-dir", str(cache), "--timeout", "60")
        names = ("--watch", watched) if watched else ()
        return watch.run(command_line().parse_args(["watch", *where, *names, *options]))

    def report(self, *options: str, watched: str = "northwind") -> dict[str, Any]:
        """What a run says in JSON."""
        said: dict[str, Any] = json.loads(
            self.run("--format", "json", *options, watched=watched).text
        )
        return said

    def news(self, *options: str, watched: str = "northwind") -> list[tuple[str, str, str]]:
        """What a run tells: status, name, severity."""
        found = self.report("--names", "1000", *options, watched=watched)["findings"]
        return [(one["status"], one["repo_id"], one["severity"]) for one in found]

    def lock(self, *entries: Entry) -> None:
        text = written(Lock("", entries))
        self.folder.joinpath("hfmodels.lock").write_text(text, encoding="utf-8")

    @property
    def state(self) -> Path:
        return self.folder / NAME


@pytest.fixture
def night(tmp_path: Path, hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> Night:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Night(folder, hub.url)


# Look-alikes


def test_nothing_looks_like_it(night: Night) -> None:
    came = night.run("--names", "1000")
    assert came.code == CLEAN
    assert came.text.startswith("\nno findings\n") or came.text.startswith("no findings\n")
    assert f"look-alikes of 1 name: {ALL} of {ALL} asked this time, 0 exist\n" in came.text


def test_what_was_there_before_the_watch_is_told_once(night: Night, world: World) -> None:
    world.create_user("northwnd")
    assert night.news() == [("look-alike", "northwnd", "medium")]
    assert night.news() == []


def test_what_comes_later_is_worse(night: Night, world: World) -> None:
    night.run("--names", "1000")
    world.create_user("northwnd")
    world.create_organization("northwind-official")
    assert night.news() == [
        ("impersonator", "northwind-official", "high"),
        ("look-alike", "northwnd", "high"),
    ]
    assert night.news() == []


def test_exit_codes(night: Night, world: World) -> None:
    world.create_user("northwnd")
    assert night.run("--names", "1000").code == FINDINGS
    assert night.run("--names", "1000").code == CLEAN


def test_a_verified_organization_deceives_nobody(night: Night, world: World) -> None:
    world.create_organization("northwnd", verified=True)
    assert night.news() == []
    assert night.report("--names", "1000")["subjects"][0]["exist"] == 1


def test_somebody_else_under_a_known_name_is_news(night: Night, world: World) -> None:
    world.create_user("northwnd")
    night.run("--names", "1000")
    world.delete_account("northwnd")
    world.create_organization("northwnd")
    assert night.news() == [("look-alike", "northwnd", "high")]


def test_a_name_that_is_free_again_and_taken_again(night: Night, world: World) -> None:
    world.create_user("northwnd")
    night.run("--names", "1000")
    world.delete_account("northwnd")
    assert night.news() == []
    world.create_user("northwnd")
    assert night.news() == [("look-alike", "northwnd", "high")]


def test_models_under_names_like_the_owner(night: Night, world: World) -> None:
    world.create_user("acmee")
    world.create_repo("model", "acmee/bert", {"model.safetensors": b"other"})
    assert night.news(watched=MODEL) == [("look-alike", "acmee/bert", "medium")]


def test_a_name_that_only_leads_elsewhere_is_nobodys(night: Night, world: World) -> None:
    world.create_user("acmee")
    world.create_repo("model", "acmee/bert", {"model.safetensors": b"other"})
    world.transfer("model", "acmee/bert", "northwind")
    assert night.news(watched=MODEL) == []


def test_owners_of_what_is_locked_are_watched(night: Night, world: World) -> None:
    night.lock(locked(world, MODEL))
    world.create_user("acmee")
    report = night.report("--names", "1000", watched="")
    assert [one["subject"] for one in report["subjects"]] == ["acme"]
    assert [one["repo_id"] for one in report["findings"]] == ["acmee"]


def test_names_of_ones_own_are_no_look_alikes(night: Night, world: World) -> None:
    world.create_organization("northwind-labs")
    assert night.news(watched="northwind,northwind-labs") == []
    assert [one[1] for one in night.news()] == ["northwind-labs"]


def test_models_of_ones_own_are_no_look_alikes(night: Night, world: World) -> None:
    world.create_organization("acmee")
    world.create_repo("model", "acmee/bert", {"model.safetensors": b"other"})
    assert night.news(watched=f"{MODEL},acmee") == []


def test_one_name_in_two_spellings_is_watched_once(night: Night, world: World) -> None:
    world.create_organization("TheLab")
    world.create_repo("model", "TheLab/bert", {"model.safetensors": b"weights"})
    night.lock(locked(world, "TheLab/bert"))
    report = night.report(watched="thelab,THELAB")
    assert [one["subject"] for one in report["subjects"]] == ["thelab"]


@pytest.mark.parametrize("name", ["my-org/*", "*", "a?c", "../bert", "a--b"])
def test_what_is_no_whole_name(name: str, night: Night, hub: FakeHub) -> None:
    came = night.run(watched=name)
    assert (came.code, came.text, hub.requests) == (USAGE, "", [])
    assert came.complaints[0].startswith(f"watch: '{name}' is no name; ")


def test_private_names_stay_at_home(night: Night, hub: FakeHub) -> None:
    night.run("--names", "1000", "--never-ask", "north*")
    assert not [one for one in hub.requests if "north" in one.path]


def test_one_private_name_stays_at_home(night: Night, hub: FakeHub) -> None:
    night.run("--names", "1000", "--never-ask", "northwnd")
    asked = [one.path for one in hub.requests]
    assert not [one for one in asked if "/northwnd/" in one]
    assert [one for one in asked if "/nortwind/" in one]


# Turn by turn


def test_every_name_is_asked_for_over_some_nights(night: Night, world: World) -> None:
    every = [one.name for one in variants("northwind")]
    for name in (every[0], every[-1]):
        world.create_user(name)
    told: list[str] = []
    for _night in range(-(-ALL // 40)):
        report = night.report("--names", "40")
        assert report["subjects"][0]["asked"] <= 40
        told += [one["repo_id"] for one in report["findings"]]
    assert told == [every[0], every[-1]]
    assert json.loads(night.state.read_text())["subjects"]["northwind"]["rounds"] == 1


def test_first_round_says_that_it_is_not_done(night: Night) -> None:
    assert "; of 1 not all have been asked yet\n" in night.run("--names", "5").text


def test_limits_of_a_run_end_it_and_the_next_goes_on(night: Night, world: World) -> None:
    world.create_user([one.name for one in variants("northwind")][-1])
    came = night.run("--names", "1000", "--max-calls", "20")
    assert came.code == CLEAN
    assert came.complaints[-1].endswith(
        "not all look-alikes were asked for; the next run goes on there"
    )
    assert json.loads(night.state.read_text())["subjects"]["northwind"]["next"]
    assert [status for status, _name, _how in night.news()] == ["look-alike"]


def test_limits_of_a_run_reach_every_name_some_night(night: Night, world: World) -> None:
    world.create_user("acmee")
    world.create_repo("model", "acmee/bert", {"model.safetensors": b"other"})
    told: list[str] = []
    for _night in range(12):
        told += [one[1] for one in night.news("--max-calls", "40", watched=f"northwind,{MODEL}")]
    assert told == ["acmee/bert"]


def test_limits_count_for_the_lock_and_the_names_together(night: Night, world: World) -> None:
    night.lock(locked(world, MODEL))
    summary = night.report("--max-calls", "20")["summary"]
    assert summary["requests"] == 20


def test_rate_limit_of_the_hub(night: Night, hub: FakeHub) -> None:
    hub.fault = Fault.rate_limited(300, path="/overview")
    came = night.run("--names", "10", "--deadline", "2")
    assert came.code == CLEAN
    assert any("limits the rate of requests" in one for one in came.complaints)
    assert night.run("--names", "10", "--deadline", "2", "--strict").code == NOT_ASKED


def test_names_without_an_answer_are_not_free(night: Night, hub: FakeHub, world: World) -> None:
    world.create_user("northwnd")
    night.run("--names", "1000")
    hub.fault = Fault.status(500, path="/northwnd/overview")
    night.run("--names", "1000")
    hub.fault = None
    assert night.news() == []


# The lock


def test_what_an_audit_finds_is_told_once(night: Night, world: World) -> None:
    night.lock(locked(world, MODEL))
    assert night.news(watched="") == []
    world.delete_repo("model", MODEL)
    world.create_repo("model", MODEL, {"model.safetensors": b"others"})
    (told,) = night.report(watched="")["findings"]
    assert (told["status"], told["code"], told["repo_id"]) == ("re-created", "HFM008", MODEL)
    report = night.report(watched="")
    assert (report["findings"], report["known"]) == ([], 1)
    assert "1 thing told before and still so; see `hfmodels audit`\n" in night.run(watched="").text


def test_what_is_otherwise_again_is_news_again(night: Night, world: World) -> None:
    night.lock(locked(world, MODEL))
    night.run(watched="")
    world.commit("model", MODEL, {"a.txt": "1"})
    assert [one[0] for one in night.news(watched="")] == ["new head"]
    world.commit("model", MODEL, {"a.txt": "2"})
    assert [one[0] for one in night.news(watched="")] == ["new head"]


def test_what_was_told_is_not_forgotten_while_the_hub_is_away(
    night: Night, world: World, hub: FakeHub
) -> None:
    night.lock(locked(world, MODEL))
    world.delete_repo("model", MODEL)
    assert len(night.news(watched="")) == 1
    hub.fault = Fault.status(503)
    assert night.run(watched="").code == CLEAN
    hub.fault = None
    assert night.news(watched="") == []


def test_all_that_is_told_of_a_lock_and_of_names(night: Night, world: World) -> None:
    night.lock(locked(world, MODEL))
    world.create_user("acmee")
    world.delete_repo("model", MODEL)
    assert {one[0] for one in night.news()} == {"gone", "look-alike"}


# Formats


@pytest.fixture
def eventful(night: Night, world: World) -> Night:
    """A night after which there is something of everything."""
    night.lock(locked(world, MODEL, used_by=("app.py", "a`b``.py")))
    night.run("--names", "1000")
    world.commit("model", MODEL, {"a.txt": "1"})
    world.create_user("acmee")
    world.create_organization("northwind-hf")
    return night


def test_json(eventful: Night) -> None:
    report = eventful.report("--names", "1000")
    assert [*report] == [
        *("version", "lock", "state", "since", "findings", "known", "subjects", "unanswered"),
        *("warnings", "summary"),
    ]
    assert (report["version"], report["lock"], report["state"]) == (1, "hfmodels.lock", NAME)
    assert report["summary"]["mode"] == "online"
    assert {one["subject"]: one["exist"] for one in report["subjects"]} == {
        "northwind": 1,
        "acme": 1,
    }


def test_markdown_for_an_issue(eventful: Night) -> None:
    text = eventful.run("--names", "1000", "--format", "markdown").text
    lines = text.splitlines()
    assert lines[0].startswith("## What `hfmodels watch` noticed since 20")
    assert "### High: 2" in lines
    assert "### For information: 1" in lines
    assert any(
        line.startswith("- [ ] **look-alike** (HFM009) `acmee`: `the user") for line in lines
    )
    assert "  - used by ```a`b``.py```, `app.py`" in text or "``` a`b``.py ```" in text


def test_markdown_of_a_first_and_quiet_night(night: Night) -> None:
    text = night.run("--format", "markdown").text
    assert text.startswith("## What `hfmodels watch` noticed at the first run\n\nNothing new.\n")


def test_an_issue_is_no_longer_than_github_takes(night: Night, world: World) -> None:
    users = tuple(f"folder/{number}.py" for number in range(4000))
    night.lock(locked(world, MODEL, used_by=users), locked(world, MODEL, "main", used_by=users))
    world.delete_repo("model", MODEL)
    text = night.run("--format", "markdown", watched="").text
    assert len(text) < LONGEST_ISSUE + 100
    assert text.endswith("There is more: see the JSON of the run.\n")


def test_sarif(eventful: Night) -> None:
    content = json.loads(eventful.run("--names", "1000", "--format", "sarif").text)
    official().validate(content)
    assert [one["ruleId"] for one in content["runs"][0]["results"]] == ["HFM009", "HFM009"]


def test_sarif_without_a_lock_is_of_the_file_that_names_what_is_watched(
    night: Night, world: World
) -> None:
    night.folder.joinpath("pyproject.toml").write_text("[tool.hfmodels]\n")
    world.create_user("northwnd")
    content = json.loads(night.run("--names", "1000", "--format", "sarif").text)
    official().validate(content)
    (result,) = content["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "pyproject.toml"


def test_reports_for_others_beside_that_for_people(eventful: Night) -> None:
    files = ("--markdown", "news.md", "--sarif", "news.sarif")
    came = eventful.run("--names", "1000", *files)
    assert came.code == FINDINGS
    assert "acmee" in came.text
    assert "`acmee`" in Path("news.md").read_text()
    assert len(json.loads(Path("news.sarif").read_text())["runs"][0]["results"]) == 2


@pytest.mark.parametrize("option", ["--output", "--markdown", "--sarif"])
def test_news_that_could_not_be_told_is_news_again(option: str, eventful: Night) -> None:
    before = eventful.state.read_text()
    came = eventful.run("--names", "1000", option, "no/folder/news")
    assert came.code == USAGE
    assert came.complaints[-1].startswith(f"{option}: no/folder/news: cannot be written")
    assert eventful.state.read_text() == before
    assert len(eventful.news()) == 3


def test_report_in_a_file(eventful: Night) -> None:
    came = eventful.run("--names", "1000", "--format", "json", "--output", "news.json")
    assert (came.code, came.text) == (FINDINGS, "")
    assert len(json.loads(Path("news.json").read_text())["findings"]) == 3


def test_report_that_cannot_be_written(eventful: Night) -> None:
    came = eventful.run("--output", "no/folder/news.json")
    assert came.code == USAGE
    assert came.complaints[-1].startswith("--output: no/folder/news.json: cannot be written")


# The state


def test_state_is_beside_the_projects_own_file(night: Night, monkeypatch: Any) -> None:
    night.folder.joinpath("pyproject.toml").write_text("[tool.hfmodels]\n")
    night.folder.joinpath("src").mkdir()
    monkeypatch.chdir("src")
    assert night.run().code == CLEAN
    assert night.state.exists()


def test_state_that_is_a_link_stays_one(night: Night, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    night.run("--state", str(kept))
    night.state.symlink_to(kept)
    before = kept.read_text()
    night.run("--names", "5")
    assert night.state.is_symlink()
    assert kept.read_text() != before


def test_interrupted_run_leaves_the_state_as_it_was(place: Place, hub: FakeHub) -> None:
    place = place.where(HF_ENDPOINT=hub.url)
    line = ("-m", "flake8_hfmodels", "watch", "--watch", "northwind")
    assert place.python(*line, "--names", "5").code == CLEAN
    before = (place.folder / NAME).read_text()
    hub.latency = 0.2
    asked = len(hub.requests)
    ran = place.interrupted(*line, when=lambda: len(hub.requests) > asked)
    assert (ran.code, ran.out) == (INTERRUPTED, "")
    assert (place.folder / NAME).read_text() == before
    assert [one.name for one in place.folder.iterdir()] == [NAME]


# Trouble


def test_nothing_to_watch(night: Night) -> None:
    assert night.run(watched="") == Outcome(USAGE, "", (watch.NOTHING,))


def test_offline(night: Night) -> None:
    assert night.run("--offline") == Outcome(NOT_ASKED, "", (watch.OFFLINE,))
    assert not night.state.exists()


def test_names_below_nothing(night: Night) -> None:
    assert night.run("--names", "-1") == Outcome(USAGE, "", ("--names: is less than 0",))


def test_wrong_option(night: Night) -> None:
    came = night.run("--deadline", "-1")
    assert came.code == USAGE
    assert came.complaints[0].startswith("--deadline: ")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"{", "is no valid JSON (", id="no-json"),
        pytest.param(b"\xff", "cannot be read (", id="no-text"),
        pytest.param(None, "cannot be read (", id="a-folder"),
    ],
)
def test_state_that_cannot_be_read(night: Night, data: bytes | None, why: str) -> None:
    if data is None:
        night.state.mkdir()
    else:
        night.state.write_bytes(data)
    came = night.run()
    assert came.code == USAGE
    assert came.complaints[0].startswith(f"{NAME}: {why}")
    assert "restore it, or delete it" in came.complaints[0]


def test_state_that_never_ends(night: Night) -> None:
    came = night.run("--state", "/dev/zero")
    assert came.code == USAGE
    assert came.complaints[0].startswith("/dev/zero: cannot be read (it is no file); restore it")


def test_state_that_cannot_be_written(night: Night, world: World) -> None:
    world.create_user("northwnd")
    came = night.run("--names", "1000", "--state", "no/folder/state.json")
    assert came.code == USAGE
    assert "northwnd" in came.text
    assert came.complaints[-1].startswith("no/folder/state.json: cannot be written")


def test_lock_that_cannot_be_read(night: Night) -> None:
    (night.folder / "hfmodels.lock").write_text("{")
    came = night.run()
    assert came.code == USAGE
    assert came.complaints[0].startswith("hfmodels.lock: is no valid JSON")


def test_nobody_listens(night: Night, nobody_listens: str) -> None:
    came = Night(night.folder, nobody_listens).run("--names", "10")
    assert came.code == CLEAN
    assert any("not all look-alikes were asked for" in one for one in came.complaints)


def test_as_a_command(place: Place) -> None:
    place.write("pyproject.toml", '[tool.hfmodels]\nwatch = ["openai-community"]\n')
    ran = place.hfmodels("watch", "--names", "20")
    assert (ran.code, ran.err) == (CLEAN, "")
    assert ran.out.startswith("no findings\n")
    assert (place.folder / NAME).exists()


# The nightly job

GH = """#!/bin/bash
echo "$*" >>calls
case "$*" in "issue list"*) cat open 2>/dev/null || true ;; esac
"""
"""A `gh` that notes what it is called with; a file says which issue is open."""

LABEL = "label create hfmodels-watch --force"
LIST = "issue list --label hfmodels-watch --limit 1 --json number --jq .[].number"
CREATE = "issue create --title News of models --label hfmodels-watch --body-file news.md"
COMMENT = "issue comment 7 --body-file news.md"


@dataclass(frozen=True)
class Job:
    """The scripts of the workflow that the page shows, run as GitHub runs them."""

    place: Place

    def run(self, part: str) -> Ran:
        """Run the step whose script names something."""
        (page,) = [
            one.text
            for one in blocks((DOCS / "watch.md").read_text("utf-8"))
            if one.file.startswith(".github/")
        ]
        steps = yaml.safe_load(page)["jobs"]["watch"]["steps"]
        (script,) = [one["run"] for one in steps if part in one.get("run", "")]
        return self.place.run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)

    def said(self, file: str) -> list[str]:
        return (self.place.folder / file).read_text().splitlines()


@pytest.fixture
def job(place: Place, hub: FakeHub) -> Job:
    place.write("bin/gh", GH).chmod(0o755)
    path = f"{place.folder}/bin:{sysconfig.get_path('scripts')}:{place.environment['PATH']}"
    place.write("pyproject.toml", '[tool.hfmodels]\nwatch = ["northwind"]\n')
    return Job(place.where(PATH=path, HF_ENDPOINT=hub.url, GITHUB_OUTPUT="outputs").unmeasured())


def test_job_goes_on_with_news_and_without(job: Job, world: World) -> None:
    world.create_user("northwnd")
    assert [job.run("hfmodels watch").code for _night in range(2)] == [0, 0]
    assert job.said("outputs") == ["code=1", "code=0"]
    assert job.said("news.md")[2] == "Nothing new."


def test_job_fails_where_the_hub_is_silent(job: Job, nobody_listens: str) -> None:
    away = Job(job.place.where(HF_ENDPOINT=nobody_listens))
    assert away.run("hfmodels watch").code == NOT_ASKED
    assert job.said("outputs") == ["code=3"]


@pytest.mark.parametrize(
    ("number", "call"), [("", CREATE), ("7", COMMENT)], ids=["none-is-open", "one-is-open"]
)
def test_job_opens_an_issue_or_adds_to_it(number: str, call: str, job: Job) -> None:
    job.place.write("open", number)
    ran = job.run("gh issue")
    assert (ran.code, job.said("calls")) == (0, [LABEL, LIST, call])
