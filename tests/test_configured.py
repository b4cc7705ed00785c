"""`[tool.hfmodels]` through both doors, as processes: the same files, the same findings."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels.configured import Configured
from flake8_hfmodels.settings import Settings
from tests.doors import DOORS, LOAD, Place, Ran
from tests.fakehub import VALID_TOKEN, FakeHub
from tests.fakehub.blackhole import blackhole
from tests.inside import Inside

Door = Callable[..., Ran]

THROUGH_BOTH = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)

HEADER = "[tool.hfmodels]\n"
OFFLINE = HEADER + "offline = true\n"
OVERRIDE = "[[tool.hfmodels.overrides]]\n"
TWO = LOAD.format("a/b", ", trust_remote_code=True")
"""HFM001 and HFM003, offline."""

BOTH = ["HFM001", "HFM003"]
SPLIT = OFFLINE + OVERRIDE + 'files = ["src/*"]\nignore = ["HFM001"]\n'


@pytest.fixture
def lonely(lonely: Place) -> Place:
    """A place without a Hub, whose command runs in this process."""
    return Inside.of(lonely)


@pytest.fixture
def place(place: Place) -> Place:
    """A place with a Hub, whose command runs in this process."""
    return Inside.of(place)


@pytest.fixture
def project(lonely: Place) -> Place:
    """A repository without a Hub."""
    (lonely.folder / ".git").mkdir()
    return lonely


def flake8(place: Place, *arguments: str, stdin: str = "") -> Ran:
    """flake8 with its rules and ours, as its own configuration has it."""
    return place.python("-m", "flake8", *arguments, stdin=stdin)


def codes(ran: Ran) -> dict[str, list[str]]:
    """The codes of the findings in each file."""
    found: dict[str, list[str]] = {}
    for path, _line, _column, text in ran.said():
        found.setdefault(os.path.normpath(path), []).append(text.split(" ", 1)[0])
    return {path: sorted(some) for path, some in found.items()}


# Whose file is whose


@THROUGH_BOTH
def test_each_file_belongs_to_the_nearest_project(project: Place, door: Door) -> None:
    project.write("pyproject.toml", OFFLINE)
    project.write("app.py", TWO)
    project.write("a/pyproject.toml", OFFLINE + 'select = ["HFM001"]')
    project.write("a/deep/app.py", TWO)
    project.write("b/pyproject.toml", OFFLINE + 'ignore = ["HFM001"]')
    project.write("b/app.py", TWO)
    project.write("c/pyproject.toml", "[tool.other]\n")
    project.write("c/app.py", TWO)
    assert codes(door(project, ".")) == {
        "app.py": BOTH,
        "a/deep/app.py": ["HFM001"],
        "b/app.py": ["HFM003"],
        "c/app.py": BOTH,
    }


@THROUGH_BOTH
@pytest.mark.parametrize("above", [".", "..", "src"])
def test_overrides_from_wherever_we_stand(project: Place, door: Door, above: str) -> None:
    project.write("repo/.git", "gitdir: nowhere")
    project.write("repo/pyproject.toml", SPLIT)
    file = project.write("repo/src/app.py", TWO)
    project.write("repo/lib/src/app.py", TWO)
    here = Place(project.folder / "repo" / above, project.environment)
    paths = (os.path.relpath(project.folder / "repo" / one, here.folder) for one in ("src", "lib"))
    own, other = (codes(door(here, path)) for path in paths)
    assert [*own.values(), *other.values()] == [["HFM003"], BOTH]
    assert codes(door(here, str(file))) == {str(file): ["HFM003"]}


@THROUGH_BOTH
def test_a_link_belongs_where_it_lies(project: Place, door: Door) -> None:
    project.write("a/pyproject.toml", OFFLINE + 'ignore = ["HFM001"]')
    project.write("a/app.py", TWO)
    project.write("b/pyproject.toml", OFFLINE + 'ignore = ["HFM003"]')
    (project.folder / "b/link.py").symlink_to("../a/app.py")
    assert codes(door(project, "b/link.py")) == {"b/link.py": ["HFM001"]}


@THROUGH_BOTH
def test_a_project_behind_a_link(project: Place, tmp_path: Path, door: Door) -> None:
    project.write("repo/pyproject.toml", SPLIT)
    project.write("repo/src/app.py", TWO)
    (tmp_path / "elsewhere").symlink_to(project.folder / "repo")
    path = str(tmp_path / "elsewhere/src/app.py")
    assert codes(door(project, path)) == {path: ["HFM003"]}


def test_standard_input_is_of_the_project_that_its_name_is_in(project: Place) -> None:
    project.write("a/pyproject.toml", SPLIT)
    (project.folder / "a/src").mkdir()
    name = "a/src/new.py"
    named = ("--format", "json", "--stdin-filename", name)
    assert codes(project.hfmodels("check", "-", *named, stdin=TWO)) == {name: ["HFM003"]}
    displayed = ("--select", "HFM", "--stdin-display-name", name)
    assert codes(flake8(project, "-", *displayed, stdin=TWO)) == {name: ["HFM003"]}


# What wins


@THROUGH_BOTH
def test_what_is_said_wins_over_the_file(project: Place, door: Door) -> None:
    project.write("pyproject.toml", OFFLINE + 'policies = { "*" = "any" }\npersona = "auditor"')
    project.write("app.py", TWO)
    assert codes(door(project, "app.py")) == {"app.py": ["HFM003"]}
    assert codes(door(project, "app.py", "--policies", "b/*:any")) == {"app.py": BOTH}


def test_online_over_an_offline_file(place: Place, hub: FakeHub) -> None:
    place.write("pyproject.toml", OFFLINE)
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    place.hfmodels("check", "app.py")
    assert hub.requests == []
    place.hfmodels("check", "--no-offline", "app.py")
    assert hub.requests


@pytest.mark.parametrize(("said", "is_asked"), [("false", True), ("true", False)])
def test_offline_of_flake8s_file_over_ours(
    place: Place, hub: FakeHub, said: str, is_asked: bool
) -> None:
    place.write("pyproject.toml", f"{HEADER}offline = {said.replace('false', 'true')}")
    place.write(".flake8", f"[flake8]\nselect = HFM\nhfmodels-offline = {said}\n")
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    flake8(place, "app.py")
    assert bool(hub.requests) is is_asked


def test_isolated(project: Place) -> None:
    project.write("pyproject.toml", OFFLINE + 'ignore = ["HFM001"]')
    project.write("app.py", TWO)
    ran = project.hfmodels("check", "--isolated", "--offline", "--format", "json", "app.py")
    assert codes(ran) == {"app.py": BOTH}


def test_isolated_flake8(project: Place) -> None:
    project.write("pyproject.toml", OFFLINE + 'ignore = ["HFM001"]')
    project.write("app.py", TWO)
    ran = project.flake8("--isolated", "--hfmodels-offline", "app.py")
    assert codes(ran) == {"app.py": BOTH}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize("unwanted", ['exclude = ["tests/*"]', 'include = ["app.py", "src"]'])
def test_files_that_are_not_wanted(project: Place, door: Door, unwanted: str) -> None:
    project.write("pyproject.toml", OFFLINE + unwanted)
    project.write("app.py", TWO)
    project.write("tests/test_app.py", TWO)
    assert codes(door(project, ".")) == {"app.py": BOTH}


def test_file_of_somebodys_choice(project: Place) -> None:
    project.write("pyproject.toml", OFFLINE + 'ignore = ["HFM001"]')
    project.write("a/mine.toml", OFFLINE + OVERRIDE + 'files = ["x/*"]\nignore = ["HFM003"]')
    project.write("a/x/app.py", TWO)
    project.write("x/app.py", TWO)
    ran = project.hfmodels("check", "--isolated", "--config", "a/mine.toml", "--format", "json")
    assert codes(ran) == {"a/x/app.py": ["HFM001"], "x/app.py": BOTH}


def test_flake8_names_a_code_that_the_project_ignores(project: Place) -> None:
    project.write("pyproject.toml", OFFLINE + 'ignore = ["HFM001", "HFM003"]')
    project.write("app.py", TWO)
    assert codes(flake8(project, "--select", "HFM", "app.py")) == {}
    assert codes(flake8(project, "--select", "HFM,HFM003", "app.py")) == {"app.py": ["HFM003"]}
    assert codes(flake8(project, "--extend-select", "HFM001", "app.py")) == {"app.py": ["HFM001"]}


@THROUGH_BOTH
@pytest.mark.parametrize("name", ["select", "ignore"])
def test_an_empty_list(project: Place, door: Door, name: str) -> None:
    project.write("pyproject.toml", f"{OFFLINE}{name} = []")
    project.write("app.py", TWO)
    told = {"select": {}, "ignore": {"app.py": BOTH}}
    assert codes(door(project, "app.py")) == told[name]


@THROUGH_BOTH
def test_per_file_ignores(project: Place, door: Door) -> None:
    project.write(
        "pyproject.toml", f'{OFFLINE}per-file-ignores = {{ "tests/*" = ["HFM001"], x = ["HFM"] }}'
    )
    for path in ("app.py", "tests/app.py", "x/app.py", "lib/tests/app.py"):
        project.write(path, TWO)
    assert codes(door(project, ".")) == {
        "app.py": BOTH,
        "tests/app.py": ["HFM003"],
        "lib/tests/app.py": BOTH,
    }


# Whom it asks


def asked(hub: FakeHub) -> str:
    return " ".join(one.path for one in hub.requests)


@THROUGH_BOTH
def test_names_that_stay_at_home(place: Place, hub: FakeHub, door: Door) -> None:
    place.write("pyproject.toml", HEADER + 'never-ask = ["Acme"]')
    place.write("a/app.py", LOAD.format("acme/forecaster", ""))
    place.write("b/app.py", LOAD.format("dentalai/toothfairy", ""))
    door(place, ".")
    assert "dentalai" in asked(hub)
    assert "acme" not in asked(hub).lower()


@THROUGH_BOTH
def test_nobody_is_asked_where_it_is_mistyped(place: Place, hub: FakeHub, door: Door) -> None:
    place.write("pyproject.toml", HEADER + 'neverask = ["acme"]')
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    door(place, "app.py")
    assert hub.requests == []


@THROUGH_BOTH
def test_no_token_for_an_endpoint_that_only_the_project_names(
    place: Place, hub: FakeHub, door: Door
) -> None:
    place.write("pyproject.toml", f'{HEADER}endpoint = "{hub.url}/"')
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    door(place.where(HF_ENDPOINT="", HF_TOKEN=VALID_TOKEN), "app.py")
    assert hub.requests
    assert [one for one in hub.requests if one.authorized] == []


@THROUGH_BOTH
def test_endpoint_of_the_environment_wins_and_gets_its_token(
    place: Place, hub: FakeHub, nobody_listens: str, door: Door
) -> None:
    place.write("pyproject.toml", f'{HEADER}endpoint = "{nobody_listens}"')
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    door(place.where(HF_TOKEN=VALID_TOKEN), "app.py")
    assert hub.requests
    assert [one for one in hub.requests if not one.authorized] == []


@THROUGH_BOTH
def test_cache_lies_where_the_file_does(place: Place, door: Door) -> None:
    place.write("repo/pyproject.toml", HEADER + 'cache-dir = ".answers"')
    path = place.write("repo/src/app.py", LOAD.format("acme/forecaster", ""))
    door(place, str(path))
    assert [one.name for one in (place.folder / "repo/.answers").iterdir()]
    assert not (place.folder / ".answers").exists()


def test_flake8_waits_no_longer_than_its_own_two_seconds(place: Place) -> None:
    place.write("pyproject.toml", HEADER + "deadline = 50\ntimeout = 50\n")
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    with blackhole() as endpoint:
        begin = time.monotonic()
        assert place.where(HF_ENDPOINT=endpoint).flake8("app.py").codes() == ["HFM001"]
        assert time.monotonic() - begin < 15


# Processes


MANY = {f"m{number:02}.py": BOTH for number in range(40)}


def many(place: Place) -> None:
    for path in MANY:
        place.write(f"a/{path}", TWO)
        place.write(f"b/{path}", TWO)
    place.write("a/pyproject.toml", OFFLINE + 'ignore = ["HFM001"]')
    place.write("b/pyproject.toml", SPLIT.replace("src/*", "m1*").replace("HFM001", "HFM003"))


EXPECTED = {
    **{f"a/{path}": ["HFM003"] for path in MANY},
    **{f"b/{path}": ["HFM001"] if path.startswith("m1") else BOTH for path in MANY},
}


def test_our_workers_see_the_same_settings(project: Place) -> None:
    many(project)
    ran = project.hfmodels("check", "--jobs", "2", "--format", "json", ".")
    assert codes(ran) == EXPECTED


SPAWN = "import sys, multiprocessing as m; m.set_start_method('spawn', force=True); "


@pytest.mark.parametrize("begin", ["", SPAWN], ids=["fork", "spawn"])
def test_workers_of_flake8_see_the_same_settings(project: Place, begin: str) -> None:
    many(project)
    main = f"{begin}from flake8.main.cli import main; raise SystemExit(main())"
    project.write("main.txt", f"if __name__ == '__main__':\n    {main}\n")
    ran = project.python("main.txt", "--select", "HFM", "-j", "2", "a", "b")
    assert codes(ran) == EXPECTED


def test_our_spawned_workers_see_the_same_settings(project: Place) -> None:
    many(project)
    project.write(
        "main.txt",
        "import threading\n"
        "from flake8_hfmodels.cli.main import main\n"
        "if __name__ == '__main__':\n"
        "    threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "    raise SystemExit(main())\n",
    )
    ran = project.python("main.txt", "check", "--jobs", "2", "--format", "json", ".")
    assert codes(ran) == EXPECTED


# What is wrong


def critical(ran: Ran) -> str:
    """The line with which flake8 gives up."""
    assert ran.code == 1
    assert "Traceback" not in ran.err + ran.out
    return ran.out.splitlines()[1]


BROKEN = {
    "key": (b"\n[tool.hfmodels]\nselct = 1\n", "3: [tool.hfmodels] has no key 'selct'; "),
    "value": (b"[tool.hfmodels]\njobs = 0\n", "2: jobs: 0 is no number from 1 to 256"),
    "toml": (b"[tool.hfmodels]\na = ", "2: is no valid TOML (Invalid value)"),
    "encoding": (b"[tool.hfmodels]\n# \xe9", "2: is not written in UTF-8"),
}


@pytest.mark.parametrize(("content", "line"), BROKEN.values(), ids=BROKEN)
def test_one_line_for_what_is_wrong(project: Place, content: bytes, line: str) -> None:
    project.write("pyproject.toml", content)
    project.write("app.py", TWO)
    ours = project.hfmodels("check", "app.py")
    assert (ours.code, ours.out, len(ours.complaints)) == (2, "", 1)
    assert ours.err.startswith(f"hfmodels: pyproject.toml:{line}")
    assert critical(project.flake8("app.py")).startswith(f"pyproject.toml:{line}")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_line_for_what_is_wrong_in_a_project_below(project: Place, jobs: str) -> None:
    project.write("pyproject.toml", OFFLINE)
    project.write("a/app.py", TWO)
    project.write("b/pyproject.toml", HEADER + "selct = 1")
    project.write("b/app.py", TWO)
    line = "b/pyproject.toml:2: [tool.hfmodels] has no key 'selct'; did you mean 'select'?"
    ours = project.hfmodels("check", ".")
    assert (ours.code, ours.out, ours.err) == (2, "", f"hfmodels: {line}\n")
    theirs = project.flake8("-j", jobs, ".")
    assert theirs.code == 1
    assert line in theirs.out
    assert "Traceback" not in theirs.err + theirs.out


@pytest.mark.parametrize("command", ["check", "list"])
def test_chosen_file_that_is_not_there(project: Place, command: str) -> None:
    ran = project.hfmodels(command, "--config", "no.toml", ".")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "hfmodels: no.toml: cannot be read (no such file or directory)\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is open to this user")
@THROUGH_BOTH
def test_a_file_that_is_closed(project: Place, door: Door) -> None:
    project.write("pyproject.toml", OFFLINE).chmod(0)
    project.write("app.py", TWO)
    ran = door(project, "app.py")
    assert "pyproject.toml: cannot be read (permission denied)" in ran.out + ran.err


# What is shown


SHOWN = """\
# app.py
select = ["HFM"]
ignore = ["HFM002"]  # --ignore
per-file-ignores = { "a\\"b" = ["HFM001", "HFM003"], "é🤗" = ["HFM"] }  # --per-file-ignores
severity = { "HFM001" = "low" }  # pyproject.toml
max-size = 0.5  # pyproject.toml
offline = false
strict = true  # pyproject.toml
persona = "pedantic"  # pyproject.toml
grace = 30
deadline = 12.3456789  # pyproject.toml
timeout = 5
never-ask = ["acme"]  # pyproject.toml
threads = 8
max-calls = 1000
# not set: policies, include, exclude, kinds, baseline, lock, jobs, watch, \
endpoint, cache-dir, cache-url
"""

WRITTEN = HEADER + (
    'strict = true\nnever-ask = ["ACME"]\nmax-size = 0.5\ndeadline = 12.3456789\n'
    'severity = { HFM001 = "low" }\nignore = []\npersona = "pedantic"\n'
    'endpoint = "https://hub.example.org"\n'
)
SAID = ("--per-file-ignores", 'a"b:HFM001 é🤗:HFM a"b:HFM003', "--ignore", "HFM002")


def test_settings_are_shown(project: Place) -> None:
    project.write("pyproject.toml", WRITTEN)
    ran = project.hfmodels("check", "--show-settings", *SAID, "app.py")
    assert (ran.code, ran.out, ran.err) == (0, SHOWN, "")


def test_what_is_shown_can_be_written(project: Place) -> None:
    project.write("pyproject.toml", WRITTEN)
    shown = project.hfmodels("check", "--show-settings", *SAID, "app.py")
    project.write("pyproject.toml", HEADER + shown.out)
    again = project.hfmodels("check", "--show-settings", "app.py")
    assert [line.partition("  #")[0] for line in again.out.splitlines()[:-1]] == [
        line.partition("  #")[0] for line in shown.out.splitlines()[:-1]
    ]


def test_settings_of_several_paths(project: Place) -> None:
    project.write("pyproject.toml", SPLIT)
    project.write("src/app.py", TWO)
    shown = project.hfmodels("check", "--show-settings", ".", "src").out.split("\n\n")
    assert [part.splitlines()[0] for part in shown] == ["# .", "# src"]
    assert ['ignore = ["HFM001"]  # pyproject.toml' in part for part in shown] == [False, True]


def test_shown_names_say_nothing_to_the_terminal(project: Place) -> None:
    shown = project.hfmodels("check", "--show-settings", "a\n\x1b[2Jb").out
    assert shown.startswith("# a\ufffd\ufffd[2Jb\n")


# By itself


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text(
        f'{HEADER}deadline = 10\nendpoint = "https://hub.example.org"\n'
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("given", "longest", "expected"),
    [
        pytest.param({}, 0.0, 10.0, id="file"),
        pytest.param({}, 2.0, 2.0, id="at-most"),
        pytest.param({}, 20.0, 10.0, id="less"),
        pytest.param({"deadline": 30.0}, 2.0, 30.0, id="given"),
    ],
)
def test_deadline(here: Path, given: dict[str, Any], longest: float, expected: float) -> None:
    assert Configured(given, longest=longest)(str(here / "app.py")).deadline == expected


def test_not_wanted(here: Path) -> None:
    assert Configured({}, wanted=False)(str(here / "app.py")) == Settings()


def test_endpoint_of_this_machine(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Configured({})(str(here / "app.py")).endpoint == "https://hub.example.org"
    monkeypatch.setenv("HF_ENDPOINT", "https://mirror.example.org")
    assert Configured({})(str(here / "app.py")).endpoint == ""


def test_equal_settings_are_one(here: Path) -> None:
    configured = Configured({"offline": True})
    assert configured(str(here / "a.py")) is configured(str(here / "b.py"))


def test_settings_of_standard_input(project: Place) -> None:
    project.write(
        "pyproject.toml",
        OFFLINE + '[[tool.hfmodels.overrides]]\nfiles = ["b.py"]\npersona = "auditor"',
    )
    ran = project.hfmodels("check", "--show-settings", "--stdin-filename", "b.py", "-")
    assert ran.out.startswith("# b.py\n")
    assert 'persona = "auditor"  # ' in ran.out


@pytest.mark.parametrize(
    ("options", "sent"), [((), False), (("--cache-url", "redis://127.0.0.1:1"), True)], ids=str
)
def test_token_is_not_used_with_a_store_that_only_the_project_names(
    place: Place, hub: FakeHub, options: tuple[str, ...], sent: bool
) -> None:
    place.write("pyproject.toml", HEADER + 'cache-url = "redis://127.0.0.1:1"')
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    ran = place.where(HF_TOKEN=VALID_TOKEN).hfmodels("check", *options, "app.py")
    assert {one.authorized for one in hub.requests} == {sent}
    assert ("the token is not used" in ran.err) is not sent


def test_other_project_that_is_offline_is_no_shortcoming_of_a_strict_one(
    place: Place,
) -> None:
    place.write("a/pyproject.toml", '[tool.hfmodels]\noffline = true\nselect = ["HFM004"]\n')
    place.write("b/pyproject.toml", '[tool.hfmodels]\nstrict = true\nselect = ["HFM004"]\n')
    for name in ("a/app.py", "b/app.py"):
        place.write(name, LOAD.format("openai-community/gpt2", ""))
    ran = place.hfmodels("check", "a", "b")
    assert (ran.code, "; strict; " in ran.out) == (0, True)
