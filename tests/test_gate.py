"""`hfmodels gate` against a fake Hub: what is allowed, what is denied, what nobody knows."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels.cli.commands import command_line
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, NOT_ASKED, USAGE
from flake8_hfmodels.cli.gate import LARGEST, run
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.hub.opening import close_all
from flake8_hfmodels.lock import place as places
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.writing import written
from tests.auditing import locked
from tests.doors import Place
from tests.fakehub import FakeHub, Fault, Issue, World

TABLE = "[tool.hfmodels]\n"
POLICY = "[tool.hfmodels.policy]\n"
OLD = "2023-01-01"
MODEL: dict[str, bytes | str | int] = {"config.json": "{}", "model.safetensors": 2_000}
CODE_MAP = {"AutoModel": "other/code--modeling_x.X"}
HOSTILE = "\x1b[2J\x07../../etc/passwd\n" + "x" * 300 + ".safetensors"


@pytest.fixture
def world() -> World:
    """Models of some organizations."""
    world = World()
    world.create_organization("huggingface")
    world.create_organization("lab", verified=True, at=OLD)
    world.create_organization("other", at=OLD)
    world.create_repo("model", "lab/good", MODEL, tags=("license:mit",), downloads=500, at=OLD)
    world.create_repo("model", "lab/pickled", {"config.json": "{}", "pytorch_model.bin": 9}, at=OLD)
    world.create_repo("model", "lab/checkpoint", {"best.pt": 9}, at=OLD)
    world.create_repo("model", "other/plain", MODEL, at=OLD)
    world.create_repo("dataset", "lab/rows", {"train.parquet": 9}, at=OLD)
    world.create_repo("space", "lab/app", {"app.py": "print()\n"}, at=OLD)
    world.create_repo(
        "model",
        "lab/flagged",
        MODEL,
        issues=(Issue("model.safetensors", "unsafe"),),
        at=OLD,
    )
    return world


@pytest.fixture
def hub(world: World) -> Iterator[FakeHub]:
    with FakeHub(world, rate_limit=None) as running:
        yield running


@dataclass(frozen=True)
class Keeper:
    """A project, and whom its gate asks."""

    folder: Path
    endpoint: str

    def policy(self, text: str, table: str = TABLE) -> None:
        """Write the project's own file."""
        text = f"{table}{POLICY}{text}\n"
        self.folder.joinpath("pyproject.toml").write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> Outcome:
        """Ask in this process, with nothing left of an earlier one."""
        close_all()
        cache = str(self.folder.with_name("answers"))
        where = ("--endpoint", self.endpoint, "--cache-dir", cache)
        return run(command_line().parse_args(["gate", *where, *arguments]))

    def report(self, *arguments: str) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.run("--format", "json", *arguments).text)
        return said

    def words(self, *arguments: str) -> list[str]:
        """The verdicts."""
        return [one["verdict"] for one in self.report(*arguments)["verdicts"]]

    def rules(self, *arguments: str) -> list[tuple[str, bool]]:
        """Which rules speak against the only one, and whether they deny it."""
        (verdict,) = self.report(*arguments)["verdicts"]
        return [(one["rule"], one["denies"]) for one in verdict["reasons"]]

    def lacks(self, *arguments: str) -> list[str]:
        """What nobody knows of the only one."""
        (verdict,) = self.report(*arguments)["verdicts"]
        found: list[str] = verdict["not_known"]
        return found


@pytest.fixture
def keeper(tmp_path: Path, hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    places._above.cache_clear()
    places._read.cache_clear()
    return Keeper(folder, hub.url)


def head(world: World, repo_id: str = "lab/good") -> str:
    return world.repo("model", repo_id).head


# The story


def test_in_words(keeper: Keeper, world: World) -> None:
    keeper.policy('deny = [{ match = "other/*", reason = "incident 12" }]')
    outcome = keeper.run("lab/good", "other/plain", "datasets/lab/rows@main")
    *lines, footer = outcome.text.splitlines()
    rows = world.repo("dataset", "lab/rows").head
    assert lines == [
        f"allow    lab/good: commit {head(world)}",
        f"deny     other/plain: commit {head(world, 'other/plain')}",
        "         HFM013 AutoModel.from_pretrained() loads 'other/plain': denied as 'other/*' "
        "(`deny` of the policy in pyproject.toml: incident 12); load another repo, or have the "
        "policy changed",
        f"allow    dataset lab/rows at main: commit {rows}",
    ]
    assert footer.startswith("3 repos: 2 allowed, 1 denied; policy of pyproject.toml; online; ")
    assert (outcome.code, outcome.complaints) == (FINDINGS, ())


def test_for_programs(keeper: Keeper, world: World) -> None:
    keeper.policy("min-downloads = 501")
    said = keeper.report("lab/good")
    summary = said["summary"]
    del summary["seconds"]
    assert said == {
        "version": 1,
        "policy": "pyproject.toml",
        "verdicts": [
            {
                "repo_type": "model",
                "repo_id": "lab/good",
                "revision": None,
                "verdict": "deny",
                "commit": head(world),
                "reasons": [
                    {
                        "rule": "HFM013",
                        "severity": "medium",
                        "denies": True,
                        "what": "AutoModel.from_pretrained() loads 'lab/good': it has 500 "
                        "downloads a month, fewer than 501 (`min-downloads` of the policy in "
                        "pyproject.toml)",
                        "remedy": "load another repo, or have the policy changed",
                    }
                ],
                "not_known": [],
            }
        ],
        "warnings": [],
        "summary": {
            "repos": 1,
            "allowed": 0,
            "denied": 1,
            "unknown": 0,
            "asked": 1,
            "cached": 0,
            "unanswered": 0,
            "mode": "online",
        },
    }


def test_without_a_policy(keeper: Keeper) -> None:
    said = keeper.report("lab/good")
    assert (said["policy"], said["summary"]["allowed"]) == (None, 1)
    assert "; no policy; online; " in keeper.run("lab/good").text


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        pytest.param(["lab/good"], CLEAN, id="allowed"),
        pytest.param(["lab/good", "lab/flagged"], FINDINGS, id="denied"),
        pytest.param(["lab/good", "my-org/model"], NOT_ASKED, id="unknown"),
        pytest.param(["my-org/model", "lab/flagged"], FINDINGS, id="denied-and-unknown"),
    ],
)
def test_exit_codes(keeper: Keeper, ids: list[str], code: int) -> None:
    assert keeper.run(*ids).code == code


def test_each_is_asked_once(keeper: Keeper, hub: FakeHub) -> None:
    keeper.policy("verified-publisher = true")
    assert len(keeper.report("lab/good", "lab/good", "lab/good@main")["verdicts"]) == 2
    paths = [one.path for one in hub.requests]
    assert len(paths) == len(set(paths))


def test_as_a_process(place: Place, world: World) -> None:
    ran = place.hfmodels("gate", "lab/good", "lab/nothing")
    first, second, *_more = ran.out.splitlines()
    assert (first, second) == (f"allow    lab/good: commit {head(world)}", "deny     lab/nothing")
    assert (ran.code, ran.err) == (FINDINGS, "")


# What is demanded


@pytest.mark.parametrize(
    ("policy", "repo_id", "expected"),
    [
        pytest.param("allow = ['lab/*']", "lab/good", "allow", id="allowed"),
        pytest.param("allow = ['lab/*']", "other/plain", "deny", id="not-allowed"),
        pytest.param("verified-publisher = true", "lab/good", "allow", id="verified"),
        pytest.param("verified-publisher = true", "other/plain", "deny", id="not-verified"),
        pytest.param("licences = ['mit']", "lab/good", "allow", id="licence"),
        pytest.param("licences = ['mit']", "other/plain", "deny", id="no-licence"),
        pytest.param("forbid-pickle = true", "lab/good", "allow", id="safetensors"),
        pytest.param("forbid-pickle = true", "lab/pickled", "deny", id="pickle"),
        pytest.param("forbid-pickle = true", "lab/checkpoint", "deny", id="unknown-library"),
        pytest.param("require-safetensors = true", "lab/good", "allow", id="in-safetensors"),
        pytest.param("require-safetensors = true", "lab/pickled", "deny", id="not-safetensors"),
        pytest.param("pinned = true", "lab/good", "deny", id="no-pin"),
        pytest.param("pinned = true", "lab/good@main", "deny", id="branch"),
        pytest.param("min-age = '99d'", "lab/good", "allow", id="age"),
        pytest.param("min-age = '99999d'", "lab/good", "deny", id="too-young"),
        pytest.param("scanned = 'unflagged'", "lab/good", "allow", id="unflagged"),
        pytest.param("scanned = 'clean'", "lab/good", "allow", id="clean"),
    ],
)
def test_demands(keeper: Keeper, policy: str, repo_id: str, expected: str) -> None:
    keeper.policy(policy)
    assert keeper.words(repo_id) == [expected]


def test_files_that_another_library_would_load(keeper: Keeper, world: World) -> None:
    keeper.policy("forbid-pickle = true\nlicences = ['mit']")
    files: dict[str, bytes | str | int] = {
        "model_index.json": "{}",
        "unet/diffusion_pytorch_model.safetensors": 9,
        "config.json": "{}",
        "pytorch_model.bin": 9,
    }
    world.create_repo("model", "lab/both", files, at=OLD)
    (verdict,) = keeper.report("lab/both")["verdicts"]
    said = [one["what"].partition("(`")[2] for one in verdict["reasons"] if one["denies"]]
    assert sorted(one.partition("`")[0] for one in said) == ["forbid-pickle", "licences"]


def test_a_pin_is_named_and_then_taken(keeper: Keeper, world: World) -> None:
    keeper.policy("pinned = true")
    (verdict,) = keeper.report("lab/good")["verdicts"]
    assert head(world) in verdict["reasons"][0]["remedy"]
    assert keeper.words(f"lab/good@{verdict['commit']}") == ["allow"]
    pinned = keeper.run(f"lab/good@{head(world)}").text.splitlines()[0]
    assert pinned == f"allow    lab/good at {head(world)}"


@pytest.mark.parametrize(
    ("options", "expected"), [((), "allow"), (("--trust-remote-code",), "deny")]
)
def test_code_that_would_run(keeper: Keeper, options: tuple[str, ...], expected: str) -> None:
    keeper.policy("remote-code = 'forbid'")
    assert keeper.words("lab/good", *options) == [expected]


def test_policy_counts_whichever_rules_do(keeper: Keeper) -> None:
    keeper.policy("deny = ['lab']", TABLE + "select = ['HFM001']\nseverity = { HFM013 = 'low' }\n")
    assert keeper.rules("lab/good") == [("HFM013", True)]


def test_types(keeper: Keeper) -> None:
    said = keeper.report("lab/app", "spaces/lab/app", "--type", "space")["verdicts"]
    assert [(one["repo_type"], one["verdict"]) for one in said] == [("space", "allow")]


# The rules


def test_severe_findings_deny(keeper: Keeper) -> None:
    assert keeper.rules("lab/flagged") == [("HFM010", True)]


def test_others_are_told(keeper: Keeper) -> None:
    outcome = keeper.run("lab/pickled")
    assert outcome.code == CLEAN
    assert "HFM002 'lab/pickled' has only pickled weights" in outcome.text
    assert "(does not deny)\n" in outcome.text


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param("severity = { HFM010 = 'medium' }", [("HFM010", False)], id="weighed"),
        pytest.param("ignore = ['HFM010']", [], id="ignored"),
        pytest.param("select = ['HFM004']", [], id="not-selected"),
    ],
)
def test_rules_are_those_of_the_project(
    keeper: Keeper, table: str, expected: list[tuple[str, bool]]
) -> None:
    keeper.policy("", f"{TABLE}{table}\n")
    assert keeper.rules("lab/flagged") == expected


def test_commit_of_a_stranger(keeper: Keeper, world: World) -> None:
    pull = world.open_pull_request("model", "lab/good", {"model.safetensors": 9})
    assert keeper.rules(f"lab/good@{pull.oid}") == [("HFM007", True)]


def test_whose_commit_it_is_is_not_known(keeper: Keeper, hub: FakeHub, world: World) -> None:
    first = head(world)
    world.commit("model", "lab/good", {"x.txt": "1"})
    hub.fault = Fault.status(500, path="/commits/|/refs")
    assert keeper.lacks(f"lab/good@{first}") == [
        "the Hub does not say whether the commit is in a branch or tag of the repo"
    ]


# What is not there


@pytest.mark.parametrize(
    ("asked", "rule", "words"),
    [
        pytest.param("lab/nothing", "HFM006", "there is no such repo", id="repo"),
        pytest.param("nobody/nothing", "HFM004", "nobody owns 'nobody'", id="owner"),
        pytest.param("lab/good@v9", "HFM006", "the repo has no revision 'v9'", id="revision"),
        pytest.param(f"lab/good@{'0' * 40}", "HFM007", "does not exist (any more)", id="commit"),
    ],
)
def test_what_is_not_there_is_denied(keeper: Keeper, asked: str, rule: str, words: str) -> None:
    (verdict,) = keeper.report(asked)["verdicts"]
    (reason,) = verdict["reasons"]
    assert (verdict["verdict"], verdict["commit"], reason["rule"]) == ("deny", None, rule)
    assert words.removeprefix("there is no such ") in reason["what"]


def test_what_is_not_there_is_denied_without_the_rules(keeper: Keeper) -> None:
    keeper.policy("", TABLE + "select = ['HFM010']\n")
    (repo, revision) = keeper.report("lab/nothing", "lab/good@v9")["verdicts"]
    assert [one["what"] for one in (*repo["reasons"], *revision["reasons"])] == [
        "there is no such repo, or none that we may see",
        "there is no such revision, or none that we may see",
    ]


# What nobody knows


def test_no_network(keeper: Keeper, nobody_listens: str) -> None:
    outcome = Keeper(keeper.folder, nobody_listens).run("lab/good")
    assert outcome.code == NOT_ASKED
    assert outcome.text.splitlines()[:2] == [
        "unknown  lab/good",
        "         not known: the Hub cannot be reached",
    ]
    assert len(outcome.complaints) == 1


def test_offline(keeper: Keeper) -> None:
    said = keeper.report("lab/good", "--offline")
    assert (said["summary"]["unknown"], said["summary"]["mode"]) == (1, "offline")
    keeper.run("lab/good")
    assert keeper.words("lab/good", "--offline") == ["allow"]


def test_denied_by_name_without_the_hub(keeper: Keeper) -> None:
    keeper.policy("deny = ['lab']")
    assert keeper.run("lab/good", "--offline").code == FINDINGS


def test_rate_limit(keeper: Keeper, hub: FakeHub) -> None:
    hub.fault = Fault.rate_limited(300)
    outcome = keeper.run("lab/good", "--strict")
    assert outcome.code == NOT_ASKED
    assert "not known: the Hub limits the rate of requests" in outcome.text
    assert "; strict; " in outcome.text


def test_publisher_is_not_known(keeper: Keeper, hub: FakeHub) -> None:
    keeper.policy("verified-publisher = true")
    hub.fault = Fault.status(500, path="/overview")
    assert keeper.lacks("lab/good") == [
        "the Hub does not say whether the owner is verified (`verified-publisher` of the policy)"
    ]


def test_code_of_another_repo_is_not_known(keeper: Keeper, hub: FakeHub, world: World) -> None:
    config = {"auto_map": CODE_MAP}
    world.create_repo("model", "lab/coded", MODEL, tags=("custom_code",), config=config, at=OLD)
    world.create_repo("model", "other/code", {"modeling_x.py": "x = 1\n"}, at=OLD)
    hub.fault = Fault.status(500, path="/other/code")
    first, *_others = keeper.lacks("lab/coded", "--trust-remote-code")
    assert first.startswith("of 'other/code', which comes with it: ")


# Names that stay at home


@pytest.mark.parametrize(
    ("policy", "verdict"),
    [
        pytest.param("", "unknown", id="no-demands"),
        pytest.param("allow = ['lab/*']\nremote-code = 'forbid'", "allow", id="allowed"),
        pytest.param("allow = ['other/*']", "deny", id="not-allowed"),
        pytest.param("allow = ['lab/*']\nforbid-pickle = true", "unknown", id="hub-is-needed"),
    ],
)
def test_names_that_stay_at_home(keeper: Keeper, hub: FakeHub, policy: str, verdict: str) -> None:
    keeper.policy(policy, TABLE + "never-ask = ['lab']\n")
    assert keeper.words("lab/good") == [verdict]
    assert hub.requests == []


def test_why_nobody_is_asked(keeper: Keeper) -> None:
    assert keeper.lacks("my-org/model") == ["the Hub is not asked about it: a placeholder's name"]
    assert keeper.lacks("lab/good", "--never-ask", "lab") == [
        "the Hub is not asked about it: never-ask"
    ]


# The lock


def lock(keeper: Keeper, world: World, *names: str, **changes: Any) -> None:
    entries = tuple(locked(world, name, **changes) for name in names)
    text = written(Lock("", entries))
    keeper.folder.joinpath("hfmodels.lock").write_text(text, encoding="utf-8")


def test_another_repo_than_the_one_that_was_locked(keeper: Keeper, world: World) -> None:
    lock(keeper, world, "lab/good", object_id="66d10b8036468d709f17434d")
    (verdict,) = keeper.report("Lab/Good")["verdicts"]
    assert [(one["rule"], one["what"]) for one in verdict["reasons"]] == [
        ("HFM008", "another repo was locked under this name (hfmodels.lock)")
    ]


def test_the_one_that_was_locked(keeper: Keeper, world: World) -> None:
    lock(keeper, world, "other/plain", "lab/good")
    assert keeper.words("lab/good") == ["allow"]


def test_the_hub_is_asked_about_what_is_locked(keeper: Keeper, hub: FakeHub, world: World) -> None:
    lock(keeper, world, "lab/good")
    keeper.run("lab/good")
    assert hub.requests


def test_a_lock_that_cannot_be_read(keeper: Keeper) -> None:
    keeper.folder.joinpath("hfmodels.lock").write_text("{", encoding="utf-8")
    outcome = keeper.run("lab/good")
    assert (outcome.code, outcome.text, len(outcome.complaints)) == (USAGE, "", 1)


# Standard input


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b"# ours\n\n  lab/good\r\nlab/flagged\n")
    said = keeper.report("other/plain", "-")["verdicts"]
    assert [one["repo_id"] for one in said] == ["other/plain", "lab/good", "lab/flagged"]


def test_standard_input_as_windows_writes_it(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, b"\xef\xbb\xbflab/good\r\n")
    assert [one["repo_id"] for one in keeper.report("-")["verdicts"]] == ["lab/good"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(b"\n#\n", "standard input names no repo; write one on each line", id="empty"),
        pytest.param(b"x" * (LARGEST + 1), "standard input is larger than 5 MB", id="large"),
        pytest.param(
            b"\xff\xfe",
            "'\ufffd\ufffd' is no id of a repo; write owner/name or owner/name@revision",
            id="binary",
        ),
    ],
)
def test_standard_input_of_no_use(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, data: bytes, line: str
) -> None:
    feed(monkeypatch, data)
    assert keeper.run("-") == Outcome(USAGE, "", (line,))


def test_closed_standard_input(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert keeper.run("-") == Outcome(USAGE, "", ("standard input is closed; name a repo",))


# What is wrong


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("../../etc/passwd", id="path"),
        pytest.param("lab/\x1b[31mgood", id="escape"),
        pytest.param("lab/" + "x" * 5_000, id="long"),
        pytest.param("lab/good@", id="no-revision"),
        pytest.param("lab/good@a b", id="revision"),
        pytest.param("lab/good@-x", id="option"),
        pytest.param("", id="empty"),
        pytest.param("https://evil.example.org/lab/good", id="another-site"),
    ],
)
def test_what_is_no_id(keeper: Keeper, hub: FakeHub, asked: str) -> None:
    outcome = keeper.run("lab/good", asked)
    (line,) = outcome.complaints
    assert (outcome.code, outcome.text, hub.requests) == (USAGE, "", [])
    assert line.isprintable()
    assert len(line) < 300


@pytest.mark.parametrize(
    ("options", "line"),
    [
        pytest.param(
            ("lab/good", "--deadline", "0"),
            "--deadline: 0 is no number of seconds above 0, up to 86400",
            id="option",
        ),
        pytest.param(
            ("spaces/lab/app", "--type", "dataset"),
            "'spaces/lab/app' is a space, and asked for is a dataset",
            id="two-types",
        ),
        pytest.param(
            ("lab/good", "--config", "nowhere.toml"),
            "nowhere.toml: cannot be read (no such file or directory)",
            id="configuration",
        ),
    ],
)
def test_wrong_usage(keeper: Keeper, options: tuple[str, ...], line: str) -> None:
    assert keeper.run(*options) == Outcome(USAGE, "", (line,))


def test_wrong_policy(keeper: Keeper, hub: FakeHub) -> None:
    keeper.policy("alow = ['lab']")
    line = "pyproject.toml:3: [tool.hfmodels.policy] has no key 'alow'; did you mean 'allow'?"
    assert keeper.run("lab/good") == Outcome(USAGE, "", (line,))
    assert hub.requests == []


def test_names_of_files_say_nothing_to_the_terminal(keeper: Keeper, world: World) -> None:
    keeper.policy("scanned = 'unflagged'")
    files = {**MODEL, HOSTILE: 9}
    issues = (Issue(HOSTILE, "unsafe"),)
    world.create_repo("model", "lab/hostile", files, issues=issues, tags=("license:\x1b[1m",))
    outcome = keeper.run("lab/hostile")
    assert outcome.code == FINDINGS
    assert "\x1b" not in outcome.text
    assert all(line.isprintable() for line in outcome.text.splitlines())
    assert keeper.run("lab/hostile", "--format", "json").text.isascii()


# Where it goes


def test_output(keeper: Keeper) -> None:
    outcome = keeper.run("lab/good", "--output", "verdict.txt")
    assert (outcome.code, outcome.complaints) == (CLEAN, ())
    assert outcome.text.startswith("1 repo: 1 allowed; ")
    assert keeper.folder.joinpath("verdict.txt").read_text().startswith("allow    lab/good")


def test_output_that_cannot_be_written(keeper: Keeper) -> None:
    outcome = keeper.run("lab/good", "--output", "nowhere/verdict.txt")
    (line,) = outcome.complaints
    assert (outcome.code, outcome.text) == (USAGE, "")
    assert line.startswith("--output: nowhere/verdict.txt: cannot be written")


def test_reasons_are_as_wide_as_the_screen(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flake8_hfmodels.cli.terminal.columns_of", lambda _stream: 50)
    narrow = keeper.run("lab/nobody").text.splitlines()
    monkeypatch.undo()
    wide = keeper.run("lab/nobody").text.splitlines()
    assert max(map(len, narrow[1:-1])) <= 50 < max(map(len, wide[1:-1]))
    assert [" ".join(" ".join(narrow[1:-1]).split())] == [wide[1].strip()]


def test_colours(keeper: Keeper) -> None:
    said = keeper.run("lab/good", "--color", "always").text
    assert said.startswith("\x1b[1;32mallow\x1b[0m    \x1b[1mlab/good\x1b[0m: commit ")


def test_a_repo_that_the_hub_has_disabled(keeper: Keeper, world: World) -> None:
    world.change("model", "lab/good", disabled=True)
    assert keeper.words("lab/good") == ["deny"]
    assert keeper.rules("lab/good") == [("HFM006", True)]
