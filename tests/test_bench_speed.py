"""The benchmark of speed: what it measures on, a small run of each row, and what it refuses."""

from __future__ import annotations

import json
import multiprocessing
import re
import shutil
import sys
from pathlib import Path

import pytest

from bench import cases, hub, speed
from bench.speed import Bench, Line, MissingError, Plan, Programs
from tests.doors import Place, Ran
from tests.reading import SHA

OWN = Path(sys.executable).parent
PROGRAMS = Programs(OWN, OWN, OWN, OWN)
HYPERFINE = shutil.which("hyperfine") or ""
SMALL = Plan(
    warmup=0,
    lines=80,
    commit_lines=40,
    repos=2,
    files=4,
    lines_of_each=30,
    calls=4,
    constants=4,
    characters=600,
)
ONCE = Plan(runs=1, tree_runs=1, warmup=0)
TIME = re.compile(r"\d+\.\d ms")
VALUE = re.compile(r"\d+\.\d+ (x|s|MB) \| <= ([\d.]+ \1) \| (met|\*\*missed\*\*)")
DEEP = re.compile(r"nested \d+ deep")

needs_programs = pytest.mark.skipif(
    not HYPERFINE or not shutil.which("bandit", path=str(OWN)),
    reason="hyperfine or bandit is not there",
)

needs_end = pytest.mark.skipif(
    sys.version_info < (3, 11), reason="the parser of Python 3.10 crashes where it cannot follow"
)

one_limit = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11),
    reason="how deep the parser follows does not go by how deep its caller stands",
)

# A package that builds itself, so that nobody has to be asked for what builds packages.
PYPROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
BACKEND = """
import zipfile
INFO = {
    "METADATA": ("Metadata-Version: 2.1", "Name: tiny", "Version: 1.0"),
    "WHEEL": ("Wheel-Version: 1.0", "Root-Is-Purelib: true", "Tag: py3-none-any"),
    "RECORD": (),
}
def build_wheel(folder, *_settings):
    name = "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.write("tiny.py")
        for file, lines in INFO.items():
            wheel.writestr(f"tiny-1.0.dist-info/{file}", "\\n".join((*lines, "")))
    return name
"""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A package, in an environment that asks no registry."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    place = Place.at(tmp_path / "tiny", "")
    place.write("pyproject.toml", PYPROJECT)
    place.write("backend.py", BACKEND)
    place.write("tiny.py", "NUMBER = 1\n")
    return place


def measured(row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    """The lines of one row, without what no two runs share."""
    given = ["--only", row, "--runs", "1", "--tree-runs", "1", "--work", str(tmp_path / "work")]
    assert speed.main([*given, *more], PROGRAMS, SMALL) == 0
    head, nothing, *lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d, Python \d.*, hfmodels \d.*, bandit \d.*, ruff \d.*, flake8 \d.*"
        r", hyperfine \d.*, \d+ cores",
        head,
    )
    assert nothing == ""
    assert "\n".join(lines[:2]) == speed.TITLES
    return [VALUE.sub(r"N \1 | <= \2 | ?", TIME.sub("N ms", line)) for line in lines[2:]]


@needs_programs
def test_nothing_to_find(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = "| one file of 80 lines, no reference | N ms "
    assert measured("plain", tmp_path, capsys) == [
        case + "| bandit N ms | N x | <= 0.4 x | ? |",
        case + "| `python -c pass` N ms | N x | <= 6 x | ? |",
    ]


@needs_programs
def test_references(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = "| one file of 80 lines, 10 references, warm, online"
    first, second = measured("references", tmp_path, capsys)
    assert first == f"{case} | N ms | bandit N ms | N x | <= 0.6 x | ? |"
    assert second.startswith(f"{case}: times that `requests` is imported | - | - | ")


@needs_programs
def test_commit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert measured("commit", tmp_path, capsys) == [
        "| 20 files of 800 lines, 8 with references, warm, online "
        "| N ms | bandit N ms | N x | <= 0.3 x | ? |",
    ]


@needs_programs
def test_tree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = Place.at(tmp_path / "tree", "")
    place.write("src/app.py", cases.source(40, ["org/name"]))
    case = "| a tree of 1 Python files, offline"
    assert measured("tree", tmp_path, capsys, "--tree", str(place.folder)) == [
        f"{case} | N ms | bandit N ms | N x | <= 0.08 x | ? |",
        f"{case} | N ms | ruff --select S N ms | N x | <= 4 x | ? |",
        f"{case}: most memory of a process | - | - | N MB | <= 200 MB | ? |",
    ]


@needs_programs
def test_flake8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = "| flake8, one file of 80 lines, no reference | N ms "
    some = "| flake8, one file of 80 lines, 10 references, warm, online | N ms "
    assert measured("flake8", tmp_path, capsys) == [
        plain + "| flake8 alone N ms | N x | <= 1.05 x | ? |",
        plain + "| flake8 among the same packages N ms | N x | <= 1.05 x | ? |",
        some + "| flake8 alone N ms | N x | <= 1.25 x | ? |",
        some + "| flake8 among the same packages N ms | N x | <= 1.25 x | ? |",
    ]


@needs_programs
def test_cold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    time, connections, requests = measured("cold", tmp_path, capsys)
    assert time == "| 2 repos cold, 50 ms latency: wall time | - | - | N s | <= 1.2 s | ? |"
    assert re.fullmatch(r"\| .*: connections \| - \| - \| [12] \| <= 8 \| met \|", connections)
    assert requests == "| 2 repos cold, 50 ms latency: requests | - | - | 2 | <= 2 | met |"


@needs_programs
def test_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert measured("twice", tmp_path, capsys) == [
        "| 8 files, offline | N ms | 4 files N ms | N x | <= 2.1 x | ? |"
    ]


@needs_programs
@one_limit
def test_big(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [one.name for one in cases.bigs(4, 4, 600)]
    names += [f"0 kB of {one.name} nested N deep" for one in cases.NESTED]
    lines = measured("big", tmp_path, capsys)
    assert [DEEP.sub("nested N deep", line) for line in lines] == [
        line
        for name in names
        for line in (
            f"| one file, {name}: ends in trouble | - | - | 0 | <= 0 | met |",
            f"| one file, {name} | N ms | `ast.parse` N ms | N x | <= 3 x | ? |",
            f"| one file, {name}, linear | N ms | half of it N ms | N x | <= 2.2 x | ? |",
        )
    ]


@needs_programs
def test_imports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--imports", "--runs", "1", "--work", str(tmp_path)]
    assert speed.main(given, PROGRAMS, SMALL) == 0
    said = capsys.readouterr().out
    assert re.findall(r"^(.+): ours", said, re.MULTILINE) == [
        "hfmodels check, no reference",
        "hfmodels check, 10 references, warm",
        "flake8, no reference",
        "flake8, 10 references, warm",
    ]
    assert said.count("\n| ours | ms | others | ms |\n") == 4
    assert ["\n| flake8_hfmodels" in part for part in said.split(": ours ")[1:]] == [True] * 4


@needs_programs
def test_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = Place.at(tmp_path / "tree", "")
    place.write("app.py", cases.source(40, ["org/name"]))
    given = ["--profile", "--work", str(tmp_path), "--tree", str(place.folder)]
    assert speed.main(given, PROGRAMS, SMALL) == 0
    assert "Ordered by: internal time" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param(
            speed.ratio("one", 30.0, 60.0, "bandit", 0.4),
            "| one | 30.0 ms | bandit 60.0 ms | 0.500 x | <= 0.4 x | **missed** |",
            id="ratio",
        ),
        pytest.param(
            Line("two", 8, 8, ""), "| two | - | - | 8 | <= 8 | met |", id="as-many-as-promised"
        ),
        pytest.param(
            Line("three", 200.04, 200, " MB"),
            "| three | - | - | 200.0 MB | <= 200 MB | **missed** |",
            id="more-than-it-looks",
        ),
    ],
)
def test_line_of_the_table(line: Line, told: str) -> None:
    assert str(line) == told


@pytest.mark.parametrize(
    ("lines", "references"), [(302, 0), (302, 10), (680, 4), (100, 1), (80, 10)]
)
def test_source_has_the_lines_and_references_that_it_is_asked_for(
    lonely: Place, lines: int, references: int
) -> None:
    ids = [f"org/name-{number}" for number in range(references)]
    text = cases.source(lines, ids)
    lonely.write("app.py", text)
    ran = lonely.unmeasured().hfmodels("list", "--format", "json", "app.py")
    listed = [repo_id for one in json.loads(ran.out)["references"] for repo_id in one["repo_ids"]]
    assert (len(text.splitlines()), listed) == (lines, ids)


def test_big_files_are_of_the_size_that_is_still_read() -> None:
    plan = Plan()
    bigs = list(cases.bigs(plan.calls, plan.constants, plan.characters))
    sizes = {one.name: len(one.content(one.size)) for one in bigs}
    assert max(sizes.values()) <= 5_000_000
    assert min(sizes["50000 calls that load"], sizes["50000 calls, one of them loads"]) > 4_500_000
    assert sizes["one string of 1000000 characters"] > 1_000_000


@needs_end
@pytest.mark.parametrize("nested", cases.NESTED, ids=lambda one: one.name)
def test_nested_files_are_as_deep_as_the_parser_follows(
    lonely: Place, nested: cases.Nested
) -> None:
    bench = Bench(PROGRAMS, HYPERFINE, ONCE)
    depth = speed.deepest(bench, lonely, nested)
    assert depth > 50
    big = nested.big(depth, 10_000)
    lonely.write("app.py", big.content(2))
    assert lonely.python("-c", speed.PARSE, "app.py") == Ran(0, "", "")
    lonely.write("app.py", nested.big(depth + 150, 10_000).content(2))
    assert lonely.python("-c", speed.PARSE, "app.py").code == 1


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        pytest.param(
            ["--runs", "0"], "argument --runs: '0' is no whole number from 1 on", id="no-runs"
        ),
        pytest.param(
            ["--tree-runs", "few"],
            "argument --tree-runs: 'few' is no whole number from 1 on",
            id="no-number",
        ),
        pytest.param(
            ["--tree", "nowhere"],
            "argument --tree: nowhere is no folder with Python files",
            id="no-tree",
        ),
        pytest.param(
            ["--only", "all"],
            r"argument --only: invalid choice: 'all' \(choose from .*\)",
            id="no-row",
        ),
    ],
)
def test_bad_input(given: list[str], complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        speed.main(given, PROGRAMS)
    assert re.fullmatch(f"speed.py: {complaint}\n", capsys.readouterr().err)


def test_no_hyperfine(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", "")
    assert speed.main([], PROGRAMS) == 2
    assert capsys.readouterr().err == (
        "speed.py: hyperfine is not there; it is the package of that name of most systems, or see"
        " https://github.com/sharkdp/hyperfine\n"
    )


@needs_programs
def test_no_folder_to_work_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.touch()
    assert speed.main(["--work", str(file)], PROGRAMS) == 2
    assert capsys.readouterr().err == f"speed.py: --work {file}: file exists\n"


def test_environments_have_the_project_as_it_is_now(tiny: Place, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    tiny.python("-m", "pip", "wheel", "--quiet", "--wheel-dir", str(wheels), ".")
    tiny.python("-m", "venv", "--without-pip", str(tmp_path / "ours"))
    earlier = str(tmp_path / "ours" / "bin" / "python")
    tiny.python("-m", "pip", "--python", earlier, "install", "--quiet", "tiny")
    tiny.write("tiny.py", "NUMBER = 2\n")
    before = sorted(tiny.folder.rglob("*"))
    programs = speed.prepare(tmp_path, tiny.folder, ["tiny"], ["tiny"])
    assert sorted(tiny.folder.rglob("*")) == before
    code = "import os, tiny; print(tiny.NUMBER, os.path.exists(tiny.__cached__))"
    elsewhere = tiny.inside("elsewhere")
    assert elsewhere.run(programs.python, "-c", code).out == "2 True\n"
    assert elsewhere.run(str(programs.peers / "python"), "-c", code).out == "1 True\n"
    ran = elsewhere.run(str(programs.same / "python"), "-c", code)
    assert ran.complaints[-1] == "ModuleNotFoundError: No module named 'tiny'"


def test_what_cannot_be_installed(tiny: Place, tmp_path: Path) -> None:
    tiny.write("backend.py", "")
    with pytest.raises(MissingError, match=r"^-m pip --disable-pip-version-check failed: .+$"):
        speed.prepare(tmp_path, tiny.folder)


def test_tree_of_a_published_package(tiny: Place, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    tiny.python("-m", "pip", "wheel", "--quiet", "--wheel-dir", str(wheels), ".")
    tree = speed.bring_tree(tmp_path, "tiny==1.0")
    shutil.rmtree(wheels)
    assert speed.bring_tree(tmp_path, "tiny==1.0") == tree == tmp_path / "tiny-1.0"
    assert (tree / "tiny.py").read_text("utf-8") == "NUMBER = 1\n"


@pytest.mark.parametrize(
    ("finding", "cached", "why"),
    [
        pytest.param("loads 'o/m' without a revision", 1, "0 of 1 answers, 1 of 1", id="no-hash"),
        pytest.param(f"pin revision='{SHA}'", 0, "1 of 1 answers, 0 of 1", id="asked-again"),
    ],
)
def test_run_without_the_hubs_answers_is_not_measured(finding: str, cached: int, why: str) -> None:
    place = {"path": "app.py", "line": 1, "column": 1}
    said = {
        "findings": [{**place, "code": "HFM001", "message": finding}],
        "summary": {"cached": cached},
    }
    with pytest.raises(SystemExit, match=f"^speed.py: no measurement: {why} cached$"):
        speed.answered(Ran(1, json.dumps(said), ""), 1, cached=1)


def test_run_that_asked_though_it_knew_is_not_measured() -> None:
    ours, theirs = multiprocessing.Pipe()
    theirs.send(3)
    why = "the cache was warm, and there were 3 requests"
    with ours, theirs, pytest.raises(SystemExit, match=why):
        speed.nobody_was_asked(hub.Server("", ours))


def programs_of(folder: Path, **scripts: str) -> Programs:
    """Programs that say what they are told to, and Python."""
    folder.mkdir()
    (folder / "python").symlink_to(sys.executable)
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (folder / name).chmod(0o755)
    return Programs(folder, folder, folder, folder)


def test_flake8_that_finds_nothing_is_not_measured(tmp_path: Path) -> None:
    bench = Bench(programs_of(tmp_path / "bin", flake8="exit 0"), HYPERFINE, ONCE)
    with pytest.raises(SystemExit, match=r"no measurement: 0 of 10 answers in flake8$"):
        list(speed.in_flake8(bench, tmp_path))


@needs_end
def test_big_file_that_was_not_read_is_not_measured(tmp_path: Path) -> None:
    said = """echo '{"summary": {"references": 0}}'"""
    bench = Bench(programs_of(tmp_path / "bin", hfmodels=said), HYPERFINE, SMALL)
    with pytest.raises(SystemExit, match="no measurement: 0 of 1 references in 4 calls, one of"):
        list(speed.big(bench, tmp_path))


@needs_end
def test_big_file_that_ends_in_trouble_is_told_of(tmp_path: Path) -> None:
    said = "echo 'it is too big' >&2; exit 2"
    bench = Bench(programs_of(tmp_path / "bin", hfmodels=said), HYPERFINE, SMALL)
    assert str(next(speed.big(bench, tmp_path))) == (
        "| one file, 4 calls, one of them loads: ends in trouble (exit code 2, it is too big) "
        "| - | - | 1 | <= 0 | **missed** |"
    )
    assert len(list(speed.big(bench, tmp_path))) == 4 + len(cases.NESTED)


@pytest.mark.parametrize(
    ("ran", "trouble"),
    [
        pytest.param(Ran(0, "", ""), "", id="clean"),
        pytest.param(Ran(1, "a finding", "a warning"), "", id="findings"),
        pytest.param(Ran(2, "", ""), "exit code 2, silence", id="usage"),
        pytest.param(
            Ran(1, "", "Traceback (most recent call last):\nValueError: no"),
            "exit code 1, ValueError: no",
            id="traceback",
        ),
        pytest.param(
            Ran(1, "", "maximum recursion depth exceeded"),
            "exit code 1, maximum recursion depth exceeded",
            id="recursion",
        ),
    ],
)
def test_trouble(ran: Ran, trouble: str) -> None:
    assert speed.trouble(ran) == trouble


@needs_programs
def test_command_that_fails_is_not_measured(lonely: Place) -> None:
    bench = Bench(PROGRAMS, HYPERFINE, ONCE)
    fails = bench.job(bench.programs.python, "-c", "raise SystemExit(3)")
    with pytest.raises(SystemExit, match=r"no measurement: python ended with \[3\]$"):
        bench.timed(lonely, fails)


@needs_programs
def test_command_that_is_not_there_is_not_measured(lonely: Place) -> None:
    bench = Bench(PROGRAMS, HYPERFINE, ONCE)
    with pytest.raises(SystemExit, match=r"no measurement: .*Failed to run command 'nowhere'"):
        bench.timed(lonely, bench.job("nowhere"))


def test_run_that_ends_in_trouble_is_not_measured() -> None:
    with pytest.raises(SystemExit, match=r"^speed.py: no measurement: exit code 2, no such file$"):
        speed.answered(Ran(2, "", "no such file"), 1, cached=1)
