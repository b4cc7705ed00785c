"""`--help` and docs/reference say the same, and what they say is so."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from flake8_hfmodels import cli
from flake8_hfmodels.cli import exits
from flake8_hfmodels.cli.commands import command_line, whole_command_line
from flake8_hfmodels.cli.grouping import TITLES
from flake8_hfmodels.cli.parser import Parser
from flake8_hfmodels.configuration import read_configuration
from flake8_hfmodels.links import DOCUMENTATION
from flake8_hfmodels.options import OPTIONS
from tests import reference
from tests.doors import Place

WHOLE = whole_command_line()
COMMANDS = tuple(WHOLE.commands)
EXAMPLES = [
    command
    for parser in (WHOLE, *WHOLE.commands.values())
    for command, _what in parser.sections["Examples"]
]
IN_FILE = [one.name for one in OPTIONS]
PACKAGE = Path(cli.__file__).parents[1]


def parser_of(command: str) -> Parser:
    return WHOLE.commands[command] if command else WHOLE


def actions_of(command: str) -> Sequence[argparse.Action]:
    return parser_of(command)._actions


@pytest.mark.parametrize(
    ("file", "content"),
    [
        pytest.param(reference.COMMAND_LINE, reference.command_line, id="command-line"),
        pytest.param(reference.CONFIGURATION, reference.configuration, id="configuration"),
    ],
)
def test_reference_is_current(file: Path, content: Callable[[], str]) -> None:
    assert file.read_text(encoding="utf-8") == content()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_in_the_reference(command: str) -> None:
    page = reference.COMMAND_LINE.read_text(encoding="utf-8")
    part = page.partition(f"\n## hfmodels {command}\n")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `(-[^ ,`]*)", part, re.MULTILINE)
    options = [one.option_strings[0] for one in actions_of(command) if one.option_strings]
    assert sorted(listed) == sorted(options)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_option_is_in_the_help(lonely: Place, command: str) -> None:
    said = lonely.hfmodels(*command.split(), "--help").out
    names = [name for one in actions_of(command) for name in one.option_strings]
    assert [name for name in names if name not in said] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("columns", [70, 80, 120])
def test_help_is_as_wide_as_the_terminal(lonely: Place, command: str, columns: int) -> None:
    here = lonely.where(COLUMNS=str(columns))
    said = here.hfmodels(*command.split(), "--help")
    assert said.code == 0
    assert [line for line in said.out.splitlines() if len(line) > columns] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_begins_with_a_line_of_usage_and_ends_with_where_more_is(
    lonely: Place, command: str
) -> None:
    [usage, nothing, *_rest, last] = lonely.hfmodels(*command.split(), "--help").out.splitlines()
    assert usage.startswith(" ".join(["usage: hfmodels", *command.split()]))
    assert nothing == ""
    assert last == f"Documentation: {DOCUMENTATION}/"


def test_help_of_check_is_in_parts(lonely: Place) -> None:
    said = lonely.hfmodels("check", "--help").out
    titles = re.findall(r"^(\S.*):$", said, re.MULTILINE)
    ending = ["Help", "Examples", "Exit codes", "Environment", "Files"]
    assert titles == [*TITLES, *ending]


def test_help_of_all_lists_the_commands(lonely: Place) -> None:
    said = lonely.hfmodels("--help").out.partition("\nCommands:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in said.splitlines()] == list(COMMANDS)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if not one.endswith(" --help")])
def test_examples_can_be_typed(example: str) -> None:
    [program, command, *rest] = shlex.split(example)
    assert program == "hfmodels"
    assert command_line().parse_args([command, *rest]).command == command


def test_exit_codes_are_those_of_the_code() -> None:
    codes = {value for name, value in vars(exits).items() if name.isupper()}
    rows = parser_of("check").sections["Exit codes"]
    assert [int(code) for code, _what in rows] == sorted(codes)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("title", ["Environment", "Files"])
def test_what_a_command_knows_of_is_said_of_all(command: str, title: str) -> None:
    assert set(parser_of(command).sections.get(title, ())) <= set(WHOLE.sections[title])


def test_variables_are_looked_at() -> None:
    rows = WHOLE.sections["Environment"]
    named = {name for names, _what in rows for name in names.split(", ")}
    code = "".join(
        file.read_text(encoding="utf-8")
        for folder in ("cli", "hub")
        for file in PACKAGE.joinpath(folder).glob("*.py")
    )
    ours = {name for name in named if re.search(rf'get\("{name}"|asked\("{name}"', code)}
    assert named - ours == {"HTTPS_PROXY", "NO_PROXY"}  # those of requests


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        pytest.param(
            ("check", "--presona"),
            "hfmodels check: unrecognized arguments: --presona; did you mean --persona? "
            "see hfmodels check --help",
            id="option",
        ),
        pytest.param(
            ("list", "--fromat=a-long-value-that-no-option-is-like", "src"),
            "hfmodels list: unrecognized arguments: "
            "--fromat=a-long-value-that-no-option-is-like; did you mean --format? "
            "see hfmodels list --help",
            id="option-with-a-value",
        ),
        pytest.param(
            ("--vresion", "check"),
            "hfmodels: unrecognized arguments: --vresion; did you mean --version? "
            "see hfmodels --help",
            id="option-before-the-command",
        ),
        pytest.param(
            ("check", "--zzz"),
            "hfmodels check: unrecognized arguments: --zzz; see hfmodels check --help",
            id="option-like-no-other",
        ),
        pytest.param(
            ("explain", "HFM001", "HFM002"),
            "hfmodels explain: unrecognized arguments: HFM002; see hfmodels explain --help",
            id="one-too-many",
        ),
    ],
)
def test_unknown_option(lonely: Place, arguments: tuple[str, ...], line: str) -> None:
    ran = lonely.hfmodels(*arguments)
    assert (ran.code, ran.out, ran.complaints) == (2, "", [line])


@pytest.mark.parametrize(
    ("arguments", "ending"),
    [
        pytest.param(("chekc",), "; did you mean check? see hfmodels --help", id="command"),
        pytest.param(("zzz",), "); see hfmodels --help", id="command-like-no-other"),
        pytest.param(
            ("check", "--persona", "autidor"),
            "; did you mean auditor? see hfmodels check --help",
            id="persona",
        ),
        pytest.param(
            ("cache", "celar"), "; did you mean clear? see hfmodels cache --help", id="action"
        ),
    ],
)
def test_unknown_choice(lonely: Place, arguments: tuple[str, ...], ending: str) -> None:
    ran = lonely.hfmodels(*arguments)
    [line] = ran.complaints
    assert "invalid choice" in line
    assert line.endswith(ending)
    assert (ran.code, ran.out) == (2, "")


def test_every_key_has_an_example() -> None:
    assert list(reference.EXAMPLES) == IN_FILE


@pytest.mark.parametrize("name", IN_FILE)
def test_example_of_a_key_is_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(f"[tool.hfmodels]\n{name} = {reference.EXAMPLES[name]}\n")
    assert list(read_configuration(str(file)).values) == [name.replace("-", "_")]


def test_whole_example_is_loaded(lonely: Place) -> None:
    lonely.write("pyproject.toml", reference.example())
    ran = lonely.where(HF_ENDPOINT="").hfmodels("check", "--show-settings", "app.py")
    by_file = re.findall(r"^(\S+) = .*  # pyproject\.toml$", ran.out, re.MULTILINE)
    assert (ran.code, ran.err) == (0, "")
    assert sorted(by_file) == sorted(set(IN_FILE) - set(reference.INSTEAD))


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        pytest.param("app.py", "HFM002", id="elsewhere"),
        pytest.param("tests/app.py", "HFM001", id="where-it-is-overridden"),
    ],
)
def test_overrides_of_the_whole_example_count(lonely: Place, path: str, ignored: str) -> None:
    lonely.write("pyproject.toml", reference.example())
    ran = lonely.hfmodels("check", "--show-settings", path)
    assert f'\nignore = ["{ignored}"]  # pyproject.toml\n' in ran.out


def test_endpoint_of_the_environment_wins_over_the_file(lonely: Place) -> None:
    lonely.write("pyproject.toml", '[tool.hfmodels]\nendpoint = "https://hub.example.org"\n')
    said = lonely.hfmodels("check", "--show-settings", "app.py").out
    assert "hub.example.org" not in said


def test_command_line_wins_over_the_file(lonely: Place) -> None:
    lonely.write("pyproject.toml", "[tool.hfmodels]\ntimeout = 10\n")
    said = lonely.hfmodels("check", "--timeout", "7", "--show-settings", "app.py").out
    assert "\ntimeout = 7  # --timeout\n" in said
