"""What makes the linter fast, held by its causes: imports, reads, parses, walks. No time is taken.

How long it takes is for `bench/speed.py` to say.
"""

from __future__ import annotations

import ast
import gc
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels import discover
from flake8_hfmodels.cli import looking, main
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.plugin import Plugin
from flake8_hfmodels.sources import python, reading
from flake8_hfmodels.sources.python import parse
from tests.doors import LOAD, Place

OURS = (
    "import atexit, sys\n"
    "mine = lambda: sorted(one for one in sys.modules if one.startswith('flake8_hfmodels.'))\n"
    "atexit.register(lambda: print(*mine(), file=sys.stderr))\n"
)
THEIRS = (
    "import atexit, sys\n"
    "before = set(sys.modules)\n"
    "atexit.register(lambda: print(*sorted({0} & set(sys.modules) - before), file=sys.stderr))\n"
)
COMMAND = "from flake8_hfmodels.cli.main import main; sys.exit(main(sys.argv[1:]))"
FLAKE8 = "from flake8.main.cli import main; sys.exit(main(sys.argv[1:]))"

PLAIN = "import os\n\n\ndef double(number):\n    return 2 * number\n"
TAUGHT = (
    '"""Say `AutoModel.from_pretrained("org/model")`.\n\n>>> f()\n"""\n\n\ndef f():\n    pass\n'
)

# Of the standard library, what takes long to import and is needed by no file without a reference.
DEAR = (
    "ast",
    "dataclasses",
    "hashlib",
    "inspect",
    "json",
    "logging",
    "multiprocessing",
    "pathlib",
    "shutil",
    "sqlite3",
    "subprocess",
    "tempfile",
    "tokenize",
    "urllib.parse",
)


def imported(place: Place, tell: str, program: str, *arguments: str) -> list[str]:
    """The modules of interest that a door has imported, without what measures the tests."""
    return place.unmeasured().python("-c", tell + program, *arguments).err.split()


def test_file_without_a_reference_needs_few_modules_of_ours(lonely: Place) -> None:
    lonely.write("plain.py", PLAIN)
    found = imported(lonely, OURS, COMMAND, "check", "plain.py")
    assert "flake8_hfmodels.prefilter" in found
    idle = ("check", "facts", "finding", "referring", "rules", "suppress", "sources.python", "hub.")
    assert [one for one in found if one.partition(".")[2].startswith(idle)] == [
        "flake8_hfmodels.hub.identity"  # whether the environment says that nobody is asked
    ]


@pytest.mark.parametrize("name", ["plain.py", "app.py"])
def test_nothing_imports_dataclasses(lonely: Place, name: str) -> None:
    lonely.write("plain.py", PLAIN)
    lonely.write("app.py", LOAD.format("org/model", ""))
    tell = THEIRS.format({"dataclasses", "inspect"})
    assert imported(lonely, tell, COMMAND, "check", "--offline", name) == []


def test_file_without_a_reference_needs_little_of_the_library(lonely: Place) -> None:
    lonely.write("plain.py", PLAIN)
    assert imported(lonely, THEIRS.format(set(DEAR)), COMMAND, "check", "plain.py") == []


def test_flake8_needs_the_prefilter_alone_for_such_a_file(lonely: Place) -> None:
    lonely.write("plain.py", PLAIN)
    found = imported(lonely, OURS, FLAKE8, "--isolated", "-j1", "plain.py")
    assert {one.split(".")[1] for one in found} == {
        "configuration",
        "configured",
        "loaders",
        "options",
        "path_pattern",
        "persona",
        "plugin",
        "prefilter",
        "record",
        "regex",
        "rules",  # the names of the files alone
        "settings",
        "values",
    }
    assert not [one for one in found if one.startswith("flake8_hfmodels.rules.")]


def test_rules_that_are_not_selected_are_not_imported(lonely: Place) -> None:
    lonely.write("app.py", LOAD.format("org/model", ""))
    found = imported(lonely, OURS, COMMAND, "check", "--offline", "--select", "HFM004", "app.py")
    rules = [one.rpartition(".")[2] for one in found if ".rules.hfm" in one]
    assert rules == ["hfm004_orphaned_namespace"]


class Counting:
    """Wraps functions and counts their calls by their first argument."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.calls: Counter[str] = Counter()

    def calls_of(self, module: object, name: str, key: Callable[..., object]) -> None:
        """Count the calls of a module's function under what `key` makes of its arguments."""
        real = getattr(module, name)

        def counted(*given: Any, **named: Any) -> Any:
            self.calls[str(key(*given))] += 1
            return real(*given, **named)

        self.monkeypatch.setattr(module, name, counted)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    return Counting(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three files: one that loads, one that only shows how to, and one that does neither."""
    (tmp_path / "app.py").write_text(LOAD.format("org/model", ""))
    (tmp_path / "taught.py").write_text(TAUGHT)
    (tmp_path / "plain.py").write_text(PLAIN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str) -> int:
    return main.main(["check", "--offline", "--jobs", "1", *arguments])


def test_each_file_is_read_once(folder: Path, counting: Counting) -> None:
    counting.calls_of(looking, "read", lambda path, _largest: Path(path).name)
    check(str(folder))
    assert counting.calls == {"app.py": 1, "taught.py": 1, "plain.py": 1}


def test_only_what_can_load_is_parsed_and_that_once(folder: Path, counting: Counting) -> None:
    counting.calls_of(parse, "parse_text", lambda path, _text, _is_folder=None: Path(path).name)
    check(str(folder))
    assert counting.calls == {"app.py": 1}


def test_each_module_is_walked_once(folder: Path, counting: Counting) -> None:
    counting.calls_of(python, "survey", lambda _tree, _lines, path, *_rest: Path(path).name)
    check("app.py")
    assert counting.calls == {"app.py": 1}


def test_module_that_another_one_imports_is_parsed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counting: Counting
) -> None:
    (tmp_path / "names.py").write_text('MODEL = "org/model"\n')
    for name in ("one.py", "two.py"):
        text = "from names import MODEL\nfrom transformers import AutoModel\n"
        (tmp_path / name).write_text(f"{text}AutoModel.from_pretrained(MODEL)\n")
    monkeypatch.chdir(tmp_path)
    counting.calls_of(ast, "parse", lambda source, *_rest: "MODEL = " in str(source))
    assert check("one.py", "two.py") == 1
    assert counting.calls["True"] == 1


def test_flake8s_own_tree_is_used(place: Place) -> None:
    """Nothing of ours parses the file that flake8 has parsed."""
    place.write("app.py", LOAD.format("org/model", ""))
    count = (
        "import ast, sys\n"
        "real = ast.parse\n"
        "def parse(source, *given, **named):\n"
        "    who = sys._getframe(1).f_globals['__name__'].partition('.')[0]\n"
        "    print('parsed by', who)\n"
        "    return real(source, *given, **named)\n"
        "ast.parse = parse\n"
    )
    ran = place.unmeasured().python(
        "-c", count + FLAKE8, "--isolated", "-j1", "--hfmodels-offline", "app.py"
    )
    assert "HFM001" in ran.out
    assert "parsed by flake8_hfmodels" not in ran.out


def test_collector_rests_while_trees_are_made(folder: Path, counting: Counting) -> None:
    seen: list[int] = []
    counting.calls_of(parse, "parse_text", lambda *_given: seen.append(gc.get_threshold()[0]))
    check(str(folder))
    assert seen == [main.GARBAGE]


def test_question_of_each_file_reads_its_size_once(folder: Path, counting: Counting) -> None:
    counting.calls_of(os, "stat", lambda path: Path(str(path)).name)
    discover.discover(["app.py", "plain.py"])
    assert counting.calls == {"app.py": 1, "plain.py": 1}


@pytest.mark.parametrize("is_on", [True, False])
def test_flake8_gets_its_collector_back(
    folder: Path, is_on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def references(*_given: object) -> list[object]:
        seen.append(gc.isenabled())
        return []

    source = (folder / "app.py").read_text()
    offline = Configured({"offline": True})
    monkeypatch.setattr(Plugin, "configured", offline, raising=False)
    monkeypatch.setattr(Plugin, "decided", ("HFM001",), raising=False)
    monkeypatch.setattr(Plugin, "named", (), raising=False)
    plugin = Plugin(ast.parse(source), "app.py", source.splitlines(keepends=True))
    monkeypatch.setattr(reading, "references", references)
    (gc.enable if is_on else gc.disable)()
    try:
        assert list(plugin.run()) == []
        assert (seen, gc.isenabled()) == ([False], is_on)
    finally:
        gc.enable()


def test_surveys_leave_no_garbage(folder: Path) -> None:
    """What is only freed by the collector fills the memory until it comes."""
    check(str(folder))
    gc.collect()
    gc.disable()
    try:
        gc.set_debug(gc.DEBUG_SAVEALL)
        check(str(folder))
        gc.collect()
        left = Counter(type(one).__name__ for one in gc.garbage)
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert not left.keys() & {"Module", "Call", "Scope", "Survey"}
