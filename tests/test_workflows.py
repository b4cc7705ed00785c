"""What GitHub runs: our own workflow, and the action that we offer, in a runner of our own."""

from __future__ import annotations

import configparser
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml

from tests.doors import LOAD, Place, Ran
from tests.installing import PROJECT, copy_project, of_pip, once

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str"

CI = PROJECT / ".github" / "workflows" / "ci.yml"
ACTION = PROJECT / "action.yml"
HOOKS = PROJECT / ".pre-commit-hooks.yaml"

MODEL = "openai-community/gpt2"
UNPINNED = LOAD.format(MODEL, "")
PINNED = LOAD.format(MODEL, f", revision='{'0123456789' * 4}'")
BROKEN = UNPINNED + "def (\n"
TRAP = "open('owned', 'w').close()\n"


def read(file: Path) -> Tree:
    """A YAML file as strings alone: `on` and `false` are those as well."""
    tree: Tree = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    return tree


def steps(tree: Tree) -> Iterator[dict[str, Tree]]:
    """The steps of all jobs, or of an action."""
    match tree:
        case dict():
            for key, value in tree.items():
                if key == "steps" and isinstance(value, list):
                    yield from (one for one in value if isinstance(one, dict))
                else:
                    yield from steps(value)
        case _:
            return


def step(file: Path, key: str, value: str) -> dict[str, Tree]:
    """The one step with a certain value under a key."""
    [found] = [one for one in steps(read(file)) if one.get(key) == value]
    return found


def at(tree: Tree, *keys: str) -> Tree:
    """What stands under keys, one in the other."""
    for key in keys:
        assert isinstance(tree, dict)
        tree = tree[key]
    return tree


def text(tree: Tree) -> str:
    assert isinstance(tree, str)
    return tree


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        pytest.param("vendor.github-workflows", CI, id="workflow"),
        pytest.param("custom.github-workflows-require-timeout", CI, id="timeouts"),
        pytest.param("vendor.github-actions", ACTION, id="action"),
    ],
)
def test_file_is_of_the_form_that_github_reads(schema: str, file: Path, lonely: Place) -> None:
    ran = lonely.python("-m", "check_jsonschema", "--builtin-schema", schema, str(file))
    assert ran.code == 0, ran.out


def test_hooks_are_of_the_form_that_pre_commit_reads(lonely: Place) -> None:
    ran = lonely.python("-m", "pre_commit", "validate-manifest", str(HOOKS))
    assert ran.code == 0, ran.out


@pytest.mark.parametrize("file", [CI, ACTION], ids=["workflow", "action"])
def test_actions_of_others_are_pinned_and_say_their_version(file: Path) -> None:
    used = re.findall(r"uses: (?!\./)(.+)", file.read_text("utf-8"))
    assert used
    form = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [one for one in used if not form.fullmatch(one)] == []


@pytest.mark.parametrize("file", [CI, ACTION], ids=["workflow", "action"])
def test_no_script_is_put_together_from_values(file: Path) -> None:
    scripts = [text(one["run"]) for one in steps(read(file)) if "run" in one]
    assert scripts
    assert [script for script in scripts if "${{" in script] == []


def test_workflow_may_read_alone() -> None:
    assert at(read(CI), "permissions") == {"contents": "read"}
    assert CI.read_text("utf-8").count("permissions:") == 1


def test_workflow_leaves_no_credentials_behind() -> None:
    checkouts = [
        one for one in steps(read(CI)) if text(one.get("uses", "")).startswith("actions/checkout@")
    ]
    assert checkouts
    assert [one for one in checkouts if one["with"] != {"persist-credentials": "false"}] == []


def test_workflow_runs_the_whole_check() -> None:
    assert step(CI, "run", "bash .ci/run")


def test_workflow_tests_with_every_python_that_is_promised() -> None:
    setup = configparser.ConfigParser()
    setup.read(PROJECT / "setup.cfg", encoding="utf-8")
    promised = re.findall(r"Python :: (3\.\d+)", setup["metadata"]["classifiers"])
    tested = re.findall(r"\b3\.\d+\b", json.dumps(at(read(CI), "jobs", "tests", "strategy")))
    [whole] = re.findall(r'python-version: "(.+)"', CI.read_text("utf-8"))
    assert sorted([*tested, whole]) == sorted(promised)


Outputs: TypeAlias = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Runner:
    """Runs a step of the action as GitHub's runner does, in the folder that is to be checked."""

    place: Place
    action: Path
    temporary: Path

    def run(self, name: str, outputs: Outputs, inputs: Mapping[str, str]) -> Ran:
        """Run the step of an id; what it puts out is put to the other outputs."""
        one = step(self.action / "action.yml", "id", name)
        assert one["shell"] == "bash"
        told = self.temporary / f"{name}-output"
        told.touch()
        script = self.temporary / f"{name}.sh"
        script.write_text(text(one["run"]), "utf-8")
        environment = at(one, "env")
        assert isinstance(environment, dict)
        asked = {key: filled(text(value), outputs, inputs) for key, value in environment.items()}
        own = {
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_OUTPUT": str(told),
            "GITHUB_WORKSPACE": str(self.place.folder),
            "RUNNER_TEMP": str(self.temporary),
        }
        # https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
        shell = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script))
        ran = self.place.where(**own, **asked).run(*shell)
        lines = told.read_text("utf-8").splitlines()
        outputs[name] = dict(line.split("=", 1) for line in lines)
        return ran


def filled(value: str, outputs: Outputs, inputs: Mapping[str, str]) -> str:
    """A value with the inputs, and the outputs of earlier steps, put in."""

    def put_in(found: re.Match[str]) -> str:
        match found[1].split("."):
            case ["inputs", name]:
                return inputs[name]
            case ["steps", one, "outputs", name]:
                return outputs[one].get(name, "")
            case _:
                raise AssertionError(found[0])

    return re.sub(r"\$\{\{ (.+?) \}\}", put_in, value)


@dataclass(frozen=True)
class Action:
    """The installed action; what a user gives it, and what it gives back."""

    runner: Runner
    outputs: Outputs

    def check(self, **inputs: str) -> Ran:
        given = at(read(ACTION), "inputs")
        assert isinstance(given, dict)
        defaults = {name: text(at(one, "default")) for name, one in given.items()}
        return self.runner.run("check", self.outputs, defaults | inputs)

    def where(self, **environment: str) -> Action:
        """The same action where some variables are set otherwise."""
        place = self.runner.place.where(**environment)
        return replace(self, runner=replace(self.runner, place=place))

    @property
    def summary(self) -> Path:
        """What stands on the page of the run."""
        return self.runner.temporary / "summary.md"

    def output(self, name: str) -> str:
        return filled(text(at(read(ACTION), "outputs", name, "value")), self.outputs, {})


@pytest.fixture
def action(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, place: Place) -> Action:
    """The action as the runner has fetched and installed it, and a user's project to check."""
    folder = once(tmp_path_factory, "action", _install)
    outputs: Outputs = json.loads((folder / "outputs.json").read_text("utf-8"))
    temporary = tmp_path / "temporary folder"
    temporary.mkdir()
    made = Action(Runner(place.unmeasured(), folder / "fetched", temporary), outputs)
    return made.where(GITHUB_STEP_SUMMARY=str(made.summary))


def _install(folder: Path) -> None:
    """Install it where files lie that Python would import, if it looked into the folder."""
    copy_project(folder / "fetched")
    place = Place.at(folder / "workspace", "").unmeasured().where(**of_pip())
    for module in ("venv", "pip", "ensurepip"):
        place.write(f"{module}.py", TRAP)
    (folder / "temporary").mkdir()
    outputs: Outputs = {"python": {"python-path": sys.executable}}
    ran = Runner(place, folder / "fetched", folder / "temporary").run("install", outputs, {})
    assert ran.code == 0, ran.out + ran.err
    assert not (place.folder / "owned").exists()
    (folder / "outputs.json").write_text(json.dumps(outputs), "utf-8")


def test_clean_project_passes(action: Action) -> None:
    action.runner.place.write("app.py", "print('hello')\n")
    ran = action.check()
    assert ran.code == 0, ran.out + ran.err
    assert action.output("sarif") == ""


def test_finding_fails_and_is_annotated(action: Action) -> None:
    action.runner.place.write("src/app.py", UNPINNED)
    ran = action.check()
    assert ran.code == 1, ran.out + ran.err
    [annotation] = [line for line in ran.out.splitlines() if line.startswith("::")]
    assert "file=src/app.py,line=2" in annotation
    assert re.search(r"pin revision='[0-9a-f]{40}'", annotation)


def test_sarif_is_written_before_the_step_fails(action: Action) -> None:
    action.runner.place.write("app.py", UNPINNED)
    ran = action.check(sarif="true")
    assert ran.code == 1, ran.out + ran.err
    written = json.loads(Path(action.output("sarif")).read_text("utf-8"))
    assert written["version"] == "2.1.0"
    [result] = written["runs"][0]["results"]
    assert result["ruleId"] == "HFM001"


@pytest.mark.parametrize(
    ("source", "args", "code"),
    [
        pytest.param("print('hello')\n", "", 0, id="nothing found"),
        pytest.param(PINNED, "--strict --offline", 3, id="Hub not asked"),
    ],
)
def test_sarif_of_a_whole_run_is_put_out(source: str, args: str, code: int, action: Action) -> None:
    action.runner.place.write("app.py", source)
    ran = action.check(sarif="true", args=args)
    assert ran.code == code, ran.out + ran.err
    written = json.loads(Path(action.output("sarif")).read_text("utf-8"))
    assert written["runs"][0]["results"] == []


def test_sarif_of_half_a_run_is_not_put_out(action: Action) -> None:
    action.runner.place.write("app.py", UNPINNED)
    action.runner.place.write("broken.py", BROKEN)
    ran = action.check(sarif="true")
    assert ran.code == 2
    assert "broken.py" in ran.err
    assert list(action.runner.temporary.glob("*/findings.sarif"))
    assert action.output("sarif") == ""


@pytest.mark.parametrize(
    ("inputs", "findings"),
    [
        pytest.param({}, [], id="annotations"),
        pytest.param({"sarif": "true"}, ["1 finding: 1 medium; 1 fixable"], id="sarif"),
        pytest.param({"args": "--format text"}, ["1 finding: 1 medium; 1 fixable"], id="text"),
    ],
)
def test_footer_is_on_the_page_of_the_run_and_in_the_log(
    inputs: dict[str, str], findings: list[str], action: Action
) -> None:
    action.runner.place.write("app.py", UNPINNED)
    ran = action.check(**inputs)
    *_others, last = ran.out.splitlines()
    assert last.startswith("1 file, 1 reference, 1 repo (1 asked, ")
    written = action.summary.read_text("utf-8").splitlines()
    assert written == ["### hfmodels", "", "```text", *findings, last, "```"]


@pytest.mark.parametrize("args", ["--quiet --format text", "--format json", "--no-such-option"])
def test_page_of_the_run_is_silent_where_there_is_no_footer(args: str, action: Action) -> None:
    action.runner.place.write("app.py", UNPINNED)
    action.check(args=args)
    assert not action.summary.exists()


def test_there_need_be_no_page_of_the_run(action: Action) -> None:
    action.runner.place.write("app.py", UNPINNED)
    ran = action.where(GITHUB_STEP_SUMMARY="").check()
    assert (ran.code, ran.err) == (1, "")


def test_shared_store_can_be_used(action: Action) -> None:
    commands = Path(action.outputs["install"]["commands"])
    ran = action.runner.place.run(str(commands / "python"), "-I", "-c", "import redis")
    assert ran.code == 0, ran.err


def test_wrong_options_are_wrong_usage_and_leave_no_sarif(action: Action) -> None:
    ran = action.check(sarif="true", args="--no-such-option")
    assert ran.code == 2
    assert "--no-such-option" in ran.err
    assert action.output("sarif") == ""


def test_paths_are_one_a_line_whatever_is_in_them(action: Action) -> None:
    names = ("with space.py", "--offline", "$(touch owned).py", "a; touch owned")
    for name in (*names, "not asked for.py"):
        action.runner.place.write(name, "#!/usr/bin/env python3\n" + UNPINNED)
    ran = action.check(paths="\n".join(names) + "\n", args="--format text")
    assert ran.code == 1
    assert sorted(path for path, *_ in ran.flake8_says()) == sorted(names)
    assert not (action.runner.place.folder / "owned").exists()


def test_options_are_split_as_on_a_command_line(action: Action) -> None:
    for name in ("a b.py", "c.py", "$HOME.py"):
        action.runner.place.write(name, UNPINNED)
    ran = action.check(args="--offline --format text\n--exclude 'a b.py,$HOME.py'")
    assert [path for path, *_ in ran.flake8_says()] == ["c.py"]
    assert "; offline; " in ran.out


def test_options_that_cannot_be_split_are_not_left_out(action: Action) -> None:
    action.runner.place.write("app.py", UNPINNED)
    ran = action.check(args="--offline --exclude 'a b")
    assert (ran.code, ran.out, ran.err) == (2, "", "hfmodels: args: no closing quotation\n")


def test_nothing_in_the_folder_is_imported(action: Action) -> None:
    for module in ("flake8_hfmodels/__init__", "shlex", "os", "argparse", "sitecustomize"):
        action.runner.place.write(f"{module}.py", TRAP)
    ran = action.check()
    assert ran.code == 0, ran.out + ran.err
    assert not (action.runner.place.folder / "owned").exists()
