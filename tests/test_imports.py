"""What is not imported where nothing of the Hub is in sight, and which way imports point."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.doors import LOAD, Place

PROJECT = Path(__file__).parent.parent

HEAVY = (
    "requests",
    "requests_cache",
    "huggingface_hub",
    "yaml",
    "rich",
    "platformdirs",
    "sqlite3",
    "http.client",
)
TELL = (
    "import atexit, sys\n"
    f"atexit.register(lambda: print(sorted(set({HEAVY}) & set(sys.modules)), file=sys.stderr))\n"
)
COMMAND = "from flake8_hfmodels.cli.main import main; sys.exit(main(sys.argv[1:]))"
FLAKE8 = "from flake8.main.cli import main; sys.exit(main(sys.argv[1:]))"

# Words that pass the first look at the bytes, and no reference.
INNOCENT = "import datasets\n\n\ndef from_pretrained(path):\n    return path\n"


@pytest.mark.parametrize(
    ("program", "arguments"),
    [
        pytest.param("import flake8_hfmodels.plugin", (), id="plugin"),
        pytest.param(COMMAND, ("--help",), id="help"),
        pytest.param(COMMAND, ("--version",), id="version"),
        pytest.param(COMMAND, ("explain", "HFM001"), id="explain"),
        pytest.param(COMMAND, ("check", "--offline", "plain.py"), id="check-offline"),
        pytest.param(COMMAND, ("check", "plain.py", "innocent.py"), id="check"),
        pytest.param(COMMAND, ("check", "--format", "json", "plain.py"), id="check-json"),
        pytest.param(COMMAND, ("list", "src/app.py"), id="list"),
        pytest.param(FLAKE8, ("--select=HFM", "plain.py", "innocent.py"), id="flake8"),
        pytest.param(FLAKE8, ("--select=E", "src/app.py"), id="flake8-without-our-rules"),
    ],
)
def test_nothing_heavy_is_imported(lonely: Place, program: str, arguments: tuple[str, ...]) -> None:
    lonely.write("plain.py", "print('hello')\n")
    lonely.write("innocent.py", INNOCENT)
    lonely.write("src/app.py", LOAD.format("org/model", ""))
    ran = lonely.unmeasured().python("-c", TELL + program, *arguments)
    assert ran.err == "[]\n"
    assert ran.code == 0


def test_imports_point_one_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    linter = pytest.importorskip("importlinter.cli")
    monkeypatch.chdir(PROJECT)
    assert linter.lint_imports(no_cache=True) == linter.EXIT_STATUS_SUCCESS
    assert " 0 broken." in capsys.readouterr().out
