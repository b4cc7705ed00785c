"""The plugin in real flake8 processes: options, configuration, silencing, workers, trouble."""

from __future__ import annotations

import pytest

from tests.doors import HEAD, LOAD, Place
from tests.fakehub import FakeHub, Fault

UNPINNED = LOAD.format("openai-community/gpt2", "")
TRUSTING = LOAD.format("openai-community/gpt2", ", trust_remote_code=True")
UNKNOWN = HEAD + "AutoModel.from_pretrained(input(), trust_remote_code=True)\n"  # nobody to ask
DYNAMIC = HEAD + "def load(model):\n    return AutoModel.from_pretrained(model, revision='main')\n"
CLEAN = "print('nothing of the Hub here')\n"

BY_SPAWN = (
    "import multiprocessing, sys; from flake8.main.cli import main\n"
    "if __name__ == '__main__':\n"
    "    multiprocessing.set_start_method('spawn'); sys.exit(main(sys.argv[1:]))\n"
)


def test_finding_names_the_commit_to_pin(place: Place, hub: FakeHub) -> None:
    place.write("app.py", UNPINNED)
    sha = hub.world.repo("model", "openai-community/gpt2").head
    ran = place.flake8("app.py")
    assert ran.out == (
        "app.py:2:1: HFM001 AutoModel.from_pretrained() loads 'openai-community/gpt2' "
        f"without a revision; pin revision={sha!r}\n"
    )
    assert ran.err == ""
    assert ran.code == 1


def test_plain_flake8_runs_the_plugin(place: Place) -> None:
    place.write("app.py", UNPINNED)
    ran = place.plain_flake8("--hfmodels-offline", "app.py")
    assert ran.codes() == ["HFM001"]


def test_clean_file(place: Place) -> None:
    place.write("app.py", CLEAN)
    ran = place.flake8("app.py")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_syntax_error_is_reported_once_and_by_flake8(place: Place) -> None:
    place.write("app.py", UNPINNED + "def broken(:\n")
    ran = place.flake8("app.py")
    assert ran.codes() == ["E999"]
    assert ran.err == ""


@pytest.fixture
def several(place: Place) -> Place:
    """A place with several files that name some repos in common."""
    for number in range(6):
        content = TRUSTING + LOAD.format("dentalai/toothfairy", "").removeprefix(HEAD)
        place.write(f"app{number}.py", content)
    place.write("clean.py", CLEAN)
    return place


def test_workers_find_what_one_process_finds(several: Place) -> None:
    alone = several.flake8("-j", "1", ".")
    pooled = several.flake8("-j", "2", "--hfmodels-cache-dir", "elsewhere", ".")
    assert pooled == alone
    assert alone.codes() == ["HFM001", "HFM003", "HFM001", "HFM004"] * 6


def test_spawned_workers_find_it_too(several: Place) -> None:
    several.write("spawning.py", BY_SPAWN)
    options = ("--select", "HFM", "--hfmodels-offline", "--hfmodels-persona", "pedantic", ".")
    spawned = several.python("spawning.py", "-j", "2", *options)
    assert spawned.err == ""
    assert spawned.codes() == ["HFM001", "HFM003", "HFM001"] * 6


def test_stdin_goes_by_its_display_name(place: Place) -> None:
    named = ("--stdin-display-name", "src/app.py", "-")
    ran = place.flake8("--hfmodels-offline", *named, stdin=UNPINNED)
    assert [said[:3] for said in ran.said()] == [("src/app.py", 2, 1)]


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".flake8"])
def test_configuration_file(place: Place, hub: FakeHub, name: str) -> None:
    place.write("app.py", DYNAMIC)
    place.write(name, "[flake8]\nhfmodels-offline = true\nhfmodels_persona = pedantic\n")
    ran = place.flake8("app.py")
    assert ran.codes() == ["HFM001"]
    assert hub.requests == []


def test_command_line_overrides_configuration(place: Place) -> None:
    place.write("app.py", DYNAMIC)
    place.write("setup.cfg", "[flake8]\nhfmodels-offline = true\nhfmodels-persona = pedantic\n")
    assert place.flake8("--hfmodels-persona", "regular", "app.py").codes() == []


@pytest.mark.parametrize(
    ("comment", "options", "expected"),
    [
        pytest.param("", (), ["HFM001", "HFM003"], id="nothing"),
        pytest.param("# noqa", (), [], id="noqa"),
        pytest.param("# noqa: HFM001", (), ["HFM003"], id="noqa-code"),
        pytest.param("# noqa: HFM001,HFM003", (), [], id="noqa-codes"),
        pytest.param("# noqa: E501", (), ["HFM001", "HFM003"], id="noqa-of-another"),
        pytest.param("# noqa", ("--disable-noqa",), ["HFM001", "HFM003"], id="disabled"),
        pytest.param("# hfmodels: ignore[HFM001] a reason", (), ["HFM003"], id="ignore"),
        pytest.param(
            "# hfmodels: ignore[HFM001]", ("--disable-noqa",), ["HFM003"], id="ignore-stays"
        ),
        pytest.param("# nosec B615", (), ["HFM001", "HFM003"], id="comment-of-another"),
        pytest.param("", ("--per-file-ignores=app.py:HFM003",), ["HFM001"], id="per-file-ignores"),
        pytest.param("", ("--extend-ignore=HFM001",), ["HFM003"], id="extend-ignore"),
        pytest.param("", ("--ignore=HFM",), [], id="ignore-all"),
        pytest.param("", ("--select=HFM003",), ["HFM003"], id="select"),
        pytest.param("", ("--select=E",), [], id="select-others"),
        pytest.param("", ("--extend-select=HFM003", "--select=E"), ["HFM003"], id="extend-select"),
    ],
)
def test_silencing(
    place: Place, comment: str, options: tuple[str, ...], expected: list[str]
) -> None:
    place.write("app.py", f"{UNKNOWN.rstrip()}  {comment}".rstrip() + "\n")
    ran = place.plain_flake8("--hfmodels-offline", "--max-line-length=200", *options, "app.py")
    assert ran.codes() == expected


@pytest.mark.parametrize(
    "options", [("--select=E",), ("--ignore=HFM",), ("--extend-ignore=HFM",)], ids=" ".join
)
def test_hub_is_not_asked_what_flake8_would_throw_away(
    place: Place, hub: FakeHub, options: tuple[str, ...]
) -> None:
    place.write("app.py", TRUSTING)
    ran = place.plain_flake8(*options, "app.py")
    assert ran.codes() == []
    assert hub.requests == []


def test_hub_down_leaves_the_static_findings_and_one_line(lonely: Place) -> None:
    lonely.write("app.py", TRUSTING)
    lonely.write("more.py", TRUSTING)
    ran = lonely.flake8("-j", "1", ".")
    assert ran.code == 1
    assert ran.codes() == ["HFM001", "HFM003"] * 2
    [line] = ran.complaints
    assert line.startswith("flake8-hfmodels: the Hub cannot be reached: what stays unanswered")


def test_hub_that_goes_down_halfway_is_told(place: Place, hub: FakeHub) -> None:
    place.write("a.py", LOAD.format("openai-community/gpt2", ""))
    place.write("b.py", LOAD.format("acme/forecaster", ""))
    hub.fault = Fault.drop(path="forecaster")
    ran = place.flake8("-j", "1", ".")
    assert ran.codes() == ["HFM001"] * 2
    [line] = ran.complaints
    assert ": what stays unanswered, " in line


def test_hub_down_in_workers_keeps_them_going(lonely: Place) -> None:
    for name in ("a.py", "b.py", "c.py", "d.py"):
        lonely.write(name, TRUSTING)
    ran = lonely.flake8("-j", "2", ".")
    assert ran.codes() == ["HFM001", "HFM003"] * 4
    assert set(ran.complaints) == {
        "flake8-hfmodels: the Hub cannot be reached: what stays unanswered, "
        "the rules that need it say nothing of"
    }
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault.hang(600), id="hang"),
        pytest.param(Fault.trickle(30), id="trickle"),
    ],
)
def test_slow_hub_does_not_hold_flake8_up(place: Place, hub: FakeHub, fault: Fault) -> None:
    hub.fault = fault
    place.write("app.py", TRUSTING)
    ran = place.flake8("--hfmodels-deadline", "0.3", "app.py")
    assert ran.code == 1
    assert ran.codes() == ["HFM001", "HFM003"]
    [line] = ran.complaints
    assert line.startswith("flake8-hfmodels: the Hub did not answer in time: what stays unanswered")


@pytest.mark.parametrize(
    ("configuration", "options", "line"),
    [
        pytest.param(
            "",
            ("--hfmodels-deadline", "0"),
            "--hfmodels-deadline: 0 is no number of seconds above 0, up to 86400",
            id="deadline-zero",
        ),
        pytest.param(
            "",
            ("--hfmodels-timeout", "nan"),
            "--hfmodels-timeout: nan is no number of seconds above 0, up to 86400",
            id="timeout-nan",
        ),
        pytest.param(
            "hfmodels-persona = anybody",
            (),
            "--hfmodels-persona: 'anybody' is nobody; there are regular, pedantic, auditor",
            id="persona-in-a-file",
        ),
        pytest.param(
            "hfmodels-deadline = 1e300",
            (),
            "--hfmodels-deadline: 1e+300 is no number of seconds above 0, up to 86400",
            id="deadline-in-a-file",
        ),
    ],
)
def test_bad_value_is_one_line(
    place: Place, configuration: str, options: tuple[str, ...], line: str
) -> None:
    place.write("app.py", UNPINNED)
    place.write("setup.cfg", f"[flake8]\n{configuration}\n")
    ran = place.flake8(*options, "app.py")
    assert ran.code == 1
    assert ran.out.splitlines() == ["There was a critical error during execution of Flake8:", line]
    assert ran.err == ""


@pytest.mark.parametrize(
    ("configuration", "options", "line"),
    [
        pytest.param(
            "",
            ("--hfmodels-persona", "anybody"),
            "argument --hfmodels-persona: invalid choice: 'anybody'",
            id="persona",
        ),
        pytest.param(
            "hfmodels-deadline = soon",
            (),
            "argument --hfmodels-deadline: invalid float value: 'soon'",
            id="deadline-in-a-file",
        ),
        pytest.param(
            "hfmodels-threads = many",
            (),
            "argument --hfmodels-threads: invalid number value: 'many'",
            id="threads-in-a-file",
        ),
    ],
)
def test_value_that_argparse_refuses(
    place: Place, configuration: str, options: tuple[str, ...], line: str
) -> None:
    place.write("app.py", UNPINNED)
    place.write("setup.cfg", f"[flake8]\n{configuration}\n")
    ran = place.flake8(*options, "app.py")
    assert ran.code == 2
    assert ran.complaints[-1].startswith(f"flake8: error: {line}")


def test_home_in_a_configured_cache_folder(place: Place) -> None:
    place.write("app.py", UNPINNED)
    place.write("setup.cfg", "[flake8]\nhfmodels-cache-dir = ~/kept\n")
    place.flake8("app.py")
    home = place.folder.with_name(place.folder.name + "-home")
    assert [path.name for path in (home / "kept").glob("*.sqlite")] == ["hub.sqlite"]


def test_version_names_the_plugin(place: Place) -> None:
    assert "flake8-hfmodels: " in place.plain_flake8("--version").out


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        pytest.param('persna = "x"\n', "no key 'persna'; did you mean 'persona'?", id="key"),
        pytest.param('baseline = "none.json"\n', "none.json: cannot be read", id="baseline"),
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_a_project_sets_wrong_is_said_without_a_traceback(
    lonely: Place, wrong: str, line: str, jobs: str
) -> None:
    for name in ("app.py", "more.py"):
        lonely.write(f"inner/{name}", UNPINNED)
    lonely.write("inner/pyproject.toml", f"[tool.hfmodels]\noffline = true\n{wrong}")
    ran = lonely.flake8("-j", jobs, "inner")
    assert ran.code == 1
    assert line in ran.out
    assert "Traceback" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("setting", "codes"),
    [
        pytest.param("max-size = 0.00001", [], id="large"),
        pytest.param('kinds = ["yaml"]', [], id="of-another-kind"),
        pytest.param('kinds = ["python", "yaml"]', ["HFM001"], id="of-a-wanted-kind"),
        pytest.param('exclude = ["app.py"]', [], id="excluded"),
        pytest.param('include = ["*.py"]', ["HFM001"], id="included"),
    ],
)
def test_files_that_a_project_does_not_want(place: Place, setting: str, codes: list[str]) -> None:
    place.write("app.py", UNPINNED)
    place.write("pyproject.toml", f"[tool.hfmodels]\noffline = true\n{setting}\n")
    assert place.flake8("app.py").codes() == codes
    assert place.hfmodels("check", "--format", "json", "app.py").codes() == codes
