"""Measure how fast the linter is, beside bandit, ruff and Python itself; print one table.

Everything is a process of its own, timed by hyperfine: programs of fresh environments, into which
the working tree was installed as a wheel, in a folder and with caches of the benchmark's own.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pstats
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, zip_longest
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # where the tests are; they are in no installed package

from bench import cases, hub  # noqa: E402
from tests.doors import Place, Ran  # noqa: E402

RUNS, TREE_RUNS, TURNS, WARMUP = 10, 3, 5, 2
DEAREST = 15
"""Modules of each table of imports."""
HOTTEST = 25
"""Functions of the profile."""
FEW, MOST_CONNECTIONS = 10, 8
"""References of one file; connections of a client to one host."""
FILES_WITH, FILES_WITHOUT, LOADS = 8, 12, 4
"""Files of a commit, and references in each that has any."""

TREE = "transformers==5.23.0"
PEERS = ("bandit", "ruff")
BARE = ("flake8",)
NOT_BUILT = shutil.ignore_patterns(
    ".*", "*.egg-info", "__pycache__", "build", "dist", "tests", "bench"
)
NOBODY = "http://127.0.0.1:9"
"""Where no Hub is."""
ENDED = (0, 1)
"""Exit codes of linters that have nothing or something to say."""
VERSION = re.compile(r"\d[\w.]*")
IMPORTED = re.compile(r"import time: +(\d+) \| +\d+ \| +(\S+)")

# The command line, which tells at its end what it imported and how often it connected.
TELLING = """
import json, sys
connections = []
def hear(event, given):
    if event == "socket.connect":
        connections.append(given)
sys.addaudithook(hear)
from flake8_hfmodels.cli.main import main
code = main(sys.argv[1:])
told = {"requests": "requests" in sys.modules, "connections": len(connections)}
print(json.dumps(told), file=sys.stderr)
sys.exit(code)
"""
# Runs a command and says how much memory the largest of its processes had, in kB. Those that lose
# their parent become children of this one (prctl 36 of Linux), so that all are waited for.
LARGEST = """
import ctypes, os, resource, subprocess, sys
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    while True:
        os.wait()
except ChildProcessError:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
PARSE = "import ast, sys; ast.parse(open(sys.argv[1], 'rb').read())"
# How deep an argument can be nested for a parser that is called forty calls deep, as linters do:
# up to Python 3.11 its stack and the caller's have one limit.
DEEPEST = """
import ast, sys
start, before, core, after, end = sys.argv[1:]
def parses(depth):
    try:
        ast.parse(start + before * depth + core + after * depth + end)
    except (SyntaxError, MemoryError, RecursionError):
        return False
    return True
def deepest():
    good, bad = 1, 2
    while bad < 1 << 17 and parses(bad):
        good, bad = bad, 2 * bad
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if parses(middle) else (good, middle)
    return good
def called(calls):
    return called(calls - 1) if calls else deepest()
print(called(40))
"""


class MissingError(Exception):
    """Something that the benchmark needs is not there, in one line."""


A_WHILE = 60.0
"""Seconds since the cache was written. One that has just been written to is read with more care."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done: the numbers of the table."""

    runs: int = RUNS
    tree_runs: int = TREE_RUNS
    warmup: int = WARMUP
    lines: int = 302
    commit_lines: int = 680
    repos: int = 100
    files: int = 200
    lines_of_each: int = 100
    calls: int = 50_000
    constants: int = 100_000
    characters: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Programs:
    """Where the programs are: the project's, flake8 among the same packages, flake8 alone, others.

    flake8 reads something of each package that is there, so that it makes a difference which are.
    """

    ours: Path
    same: Path
    bare: Path
    peers: Path

    @property
    def python(self) -> str:
        """The interpreter that runs the project."""
        return str(self.ours / "python")

    @property
    def hfmodels(self) -> str:
        """The project's command."""
        return str(self.ours / "hfmodels")

    def versions(self, hyperfine: str) -> str:
        """What is measured, with what."""
        programs = {
            "Python": self.python,
            "hfmodels": self.hfmodels,
            "bandit": str(self.peers / "bandit"),
            "ruff": str(self.peers / "ruff"),
            "flake8": str(self.ours / "flake8"),
            "hyperfine": hyperfine,
        }
        return ", ".join(f"{name} {_version(one)}" for name, one in programs.items())


@dataclass(frozen=True, slots=True)
class Job:
    """A command to be timed, and one that undoes what it did."""

    command: tuple[str, ...]
    runs: int
    warmup: int
    prepare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """What every row needs; `tree` is empty where no row needs it."""

    programs: Programs
    hyperfine: str
    plan: Plan
    tree: str = ""

    def check(self, *arguments: str) -> Job:
        """Our command."""
        return self.job(self.programs.hfmodels, "check", *arguments)

    def bandit(self, *arguments: str) -> Job:
        """The peer that has a rule like ours, and no other."""
        return self.job(str(self.programs.peers / "bandit"), "-q", "-t", "B615", *arguments)

    def job(self, *command: str) -> Job:
        """Any command, as often as all."""
        return Job(command, self.plan.runs, self.plan.warmup)

    def timed(self, place: Place, *jobs: Job) -> list[float]:
        """The median of each command in milliseconds; they take turns."""
        times: dict[Job, list[float]] = {job: [] for job in jobs}
        groups = defaultdict(list)
        for job in jobs:
            groups[job.runs, job.warmup, job.prepare].append(job)
        for turn in range(TURNS):
            for (runs, warmup, _), group in groups.items():
                if share := (runs + TURNS - 1 - turn) // TURNS:
                    more = self._times(place, group, share, 0 if turn else warmup)
                    for job, seconds in zip(group, more, strict=True):
                        times[job] += seconds
        return [1000 * statistics.median(times[job]) for job in jobs]

    def _times(
        self, place: Place, jobs: Sequence[Job], runs: int, warmup: int
    ) -> Iterator[list[float]]:
        """The seconds of each run, of commands that hyperfine is given together."""
        report = place.folder.with_name("hyperfine.json")
        how = ("-N", "-i", "--style", "none", "--export-json", str(report))
        prepare = ("--prepare", shlex.join(jobs[0].prepare)) if jobs[0].prepare else ()
        number = ("--warmup", str(warmup), "--runs", str(runs))
        commands = [shlex.join(job.command) for job in jobs]
        ran = run(place, self.hyperfine, *how, *number, *prepare, *commands)
        if ran.code:
            no_measurement((ran.complaints or ["hyperfine failed"])[-1])
        for job, told in zip(jobs, json.loads(report.read_text("utf-8"))["results"], strict=True):
            if not set(told["exit_codes"]) <= {*ENDED}:
                no_measurement(f"{Path(job.command[0]).name} ended with {told['exit_codes']}")
            yield told["times"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a ratio of two times, or else something counted."""

    case: str
    value: float
    at_most: float
    unit: str = " x"
    ours: str = "-"
    peer: str = "-"

    def __str__(self) -> str:
        met = "met" if self.value <= self.at_most else "**missed**"
        bound = f"<= {self.at_most:g}{self.unit}"
        value = f"{self.value:{DIGITS[self.unit]}}{self.unit}"
        return f"| {self.case} | {self.ours} | {self.peer} | {value} | {bound} | {met} |"


DIGITS = {" x": ".3f", " s": ".3f", " MB": ".1f", "": "g"}
TITLES = "| case | ours | against | measured | bound | |\n|---|---|---|---|---|---|"


def ratio(case: str, ours: float, peer: float, name: str, at_most: float) -> Line:
    """A line that compares two times in milliseconds."""
    return Line(case, ours / peer, at_most, " x", f"{ours:.1f} ms", f"{name} {peer:.1f} ms")


Row = Callable[[Bench, Path], Iterator[Line]]


def main(
    arguments: Sequence[str] | None = None, programs: Programs | None = None, plan: Plan = Plan()
) -> int:
    """Run the benchmark: 0, or 2 with one line that says what is missing."""
    options = _parser().parse_args(arguments)
    plan = replace(plan, runs=options.runs, tree_runs=options.tree_runs)
    names = tuple(options.only or ROWS)
    with contextlib.ExitStack() as kept:
        try:
            needs_tree = options.profile or ("tree" in names and not options.imports)
            hyperfine = _hyperfine()
            work = _work(options.work or kept.enter_context(tempfile.TemporaryDirectory()))
            tree = str(options.tree or bring_tree(work, TREE)) if needs_tree else ""
            bench = Bench(programs or prepare(work), hyperfine, plan, tree)
        except MissingError as error:
            print(f"speed.py: {error}", file=sys.stderr)
            return 2
        scratch = Path(kept.enter_context(tempfile.TemporaryDirectory(dir=work)))
        cores = len(os.sched_getaffinity(0))
        print(f"{date.today()}, {bench.programs.versions(hyperfine)}, {cores} cores\n")
        if options.imports:
            print_imports(bench, scratch)
        if options.profile:
            print_profile(bench, scratch)
        if not options.imports and not options.profile:
            _print_table(bench, names, scratch)
    return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line, instead of a page of usage."""
        self.exit(2, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="speed.py", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--runs", type=_positive, default=RUNS, help=f"medians of so many runs (default: {RUNS})"
    )
    parser.add_argument(
        "--tree-runs",
        type=_positive,
        default=TREE_RUNS,
        help=f"of bandit on the big tree, which takes it a minute (default: {TREE_RUNS})",
    )
    parser.add_argument(
        "--only", nargs="+", choices=ROWS, metavar="ROW", help=f"only these of: {', '.join(ROWS)}"
    )
    parser.add_argument(
        "--tree", type=_folder, help=f"the big source tree (default: the wheel {TREE})"
    )
    parser.add_argument(
        "--work", help="keeps environments and tree for the next time (default: they are not kept)"
    )
    parser.add_argument(
        "--imports", action="store_true", help="print what is imported, instead of the table"
    )
    parser.add_argument(
        "--profile", action="store_true", help="print a profile of the tree, instead of the table"
    )
    return parser


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def _folder(text: str) -> Path:
    folder = Path(text).resolve()
    if next(folder.rglob("*.py"), None) is None:
        raise argparse.ArgumentTypeError(f"{text} is no folder with Python files")
    return folder


def _hyperfine() -> str:
    found = shutil.which("hyperfine")
    if found is None:
        raise MissingError(
            "hyperfine is not there; it is the package of that name of most systems,"
            " or see https://github.com/sharkdp/hyperfine"
        )
    return found


def _work(folder: str) -> Path:
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MissingError(f"--work {folder}: {(error.strerror or str(error)).lower()}") from error
    return Path(folder).resolve()


def prepare(
    work: Path,
    project: Path = ROOT,
    peers: Sequence[str] = PEERS,
    bare: Sequence[str] = BARE,
) -> Programs:
    """The environments; what two of them have, they have in the same version.

    The project is built from a copy and installed, each time anew: not editable, as users have it.
    """
    ours = _environment(work / "ours")
    with tempfile.TemporaryDirectory(dir=work) as folder:
        copy = shutil.copytree(project, Path(folder, "copy"), ignore=NOT_BUILT)
        _install(ours, str(copy))
    installed = _pip("--python", str(ours / "python"), "freeze").splitlines()
    versions = work / "versions.txt"
    versions.write_text("\n".join(line for line in installed if "==" in line), "utf-8")
    others = (_environment(work / name) for name in ("same", "bare", "peers"))
    programs = Programs(ours, *others)
    _install(programs.same, "--no-deps", "--requirement", str(versions))
    _install(programs.bare, "--constraint", str(versions), *bare)
    _install(programs.peers, *peers)
    return programs


def _environment(folder: Path) -> Path:
    """The folder of the programs of an environment that is made if it is not there."""
    if not (folder / "bin" / "python").exists():
        _done(sys.executable, "-m", "venv", "--without-pip", str(folder))
    return folder / "bin"


def _install(programs: Path, *what: str) -> None:
    _pip("--python", str(programs / "python"), "install", "--quiet", "--compile", *what)


def _pip(*arguments: str) -> str:
    return _done(sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments)


def _done(*command: str) -> str:
    """What a command that prepares something prints."""
    environment = {key: one for key, one in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or "silence").splitlines()[-1]
        raise MissingError(f"{shlex.join(command[1:4])} failed: {last}")
    return done.stdout


def bring_tree(work: Path, package: str) -> Path:
    """The files of a published package, as they are in its wheel."""
    tree = work / package.replace("==", "-")
    if not tree.is_dir():
        with tempfile.TemporaryDirectory(dir=work) as folder:
            _pip("download", "--quiet", "--no-deps", "--only-binary=:all:", "-d", folder, package)
            unpacked = Path(folder, "unpacked")
            with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
                wheel.extractall(unpacked)
            unpacked.rename(tree)
    return tree


def _version(program: str) -> str:
    said = subprocess.run((program, "--version"), capture_output=True, text=True, check=True)
    found = VERSION.search(said.stdout)
    return found[0] if found else "of an unknown version"


def _print_table(bench: Bench, names: Sequence[str], scratch: Path) -> None:
    print(TITLES)
    for name in names:
        folder = scratch / name
        folder.mkdir()
        for line in ROWS[name](bench, folder):
            print(line, flush=True)


def run(place: Place, *command: str) -> Ran:
    """Run a command to its end, however long that takes."""
    done = subprocess.run(
        command,
        cwd=place.folder,
        env=place.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def no_measurement(why: str) -> NoReturn:
    """End: what was run did not do what is to be measured."""
    raise SystemExit(f"speed.py: no measurement: {why}")


def _sound(ran: Ran) -> Ran:
    """The same, if it ended as linters end."""
    if bad := trouble(ran):
        no_measurement(bad)
    return ran


def _place(folder: Path, endpoint: str = NOBODY) -> Place:
    """A folder to write to, and an environment with nothing of the user's own."""
    project, home = folder / "project", folder / "home"
    for one in (project, home):
        one.mkdir(exist_ok=True)
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "HF_HOME": str(home / "hf"),
        "HF_ENDPOINT": endpoint,
        "NO_PROXY": "127.0.0.1",
        # A repository around the folder has no say in which of its files are looked at.
        "GIT_CEILING_DIRECTORIES": str(folder),
    }
    return Place(project, environment)


def _repo_ids(number: int, start: int = 0) -> list[str]:
    """Ids of repos that the fake Hub of `hub.py` has."""
    return [f"{hub.OWNER}/model-{one}" for one in range(start, start + number)]


def nothing_to_find(bench: Bench, folder: Path) -> Iterator[Line]:
    """One file without a reference, and the least that any program in Python takes."""
    place = _place(folder)
    place.write("app.py", cases.source(bench.plan.lines))
    start = bench.job(bench.programs.python, "-c", "pass")
    ours, bandit, nothing = bench.timed(place, bench.check("app.py"), bench.bandit("app.py"), start)
    case = f"one file of {bench.plan.lines} lines, no reference"
    yield ratio(case, ours, bandit, "bandit", 0.40)
    yield ratio(case, ours, nothing, "`python -c pass`", 6)


def references(bench: Bench, folder: Path) -> Iterator[Line]:
    """One file with references, about which the Hub was asked before."""
    with hub._serving(FEW, 0.0) as server:
        place = _place(folder, server.url)
        place.write("app.py", cases.source(bench.plan.lines, _repo_ids(FEW)))
        told = _warmed(bench, place, server, FEW, "app.py")
        ours, bandit = bench.timed(place, bench.check("app.py"), bench.bandit("app.py"))
        nobody_was_asked(server)
    case = f"one file of {bench.plan.lines} lines, {FEW} references, warm, online"
    yield ratio(case, ours, bandit, "bandit", 0.60)
    yield Line(f"{case}: times that `requests` is imported", int(told["requests"]), 0, "")


def commit(bench: Bench, folder: Path) -> Iterator[Line]:
    """The files of a commit, as pre-commit names them."""
    repos = FILES_WITH * LOADS
    with hub._serving(repos, 0.0) as server:
        place = _place(folder, server.url)
        names = [f"part{number:02}.py" for number in range(FILES_WITH + FILES_WITHOUT)]
        for number, name in enumerate(names):
            loads = _repo_ids(LOADS, LOADS * number) if number < FILES_WITH else ()
            place.write(name, cases.source(bench.plan.commit_lines, loads))
        _warmed(bench, place, server, repos, *names)
        ours, bandit = bench.timed(place, bench.check("--", *names), bench.bandit(*names))
        nobody_was_asked(server)
    lines = len(names) * bench.plan.commit_lines
    case = f"{len(names)} files of {lines} lines, {FILES_WITH} with references, warm, online"
    yield ratio(case, ours, bandit, "bandit", 0.30)


def let_rest(place: Place) -> None:
    """Make the cache look as it does a while after the last answer came in, as on most days."""
    for file in Path(place.environment["XDG_CACHE_HOME"]).rglob("*.sqlite"):
        about = file.stat()
        os.utime(file, (about.st_atime, about.st_mtime - A_WHILE))


def _warmed(
    bench: Bench, place: Place, server: hub.Server, repos: int, *names: str
) -> Mapping[str, int]:
    """Ask the Hub about some files, and again; what the second run tells of itself."""
    run(place, bench.programs.hfmodels, "check", *names)
    let_rest(place)
    ran = _telling(bench, place, *names)
    answered(ran, repos, cached=repos)
    server.requests()
    return told(ran)


def _telling(bench: Bench, place: Place, *names: str) -> Ran:
    return run(place, bench.programs.python, "-c", TELLING, "check", "--format", "json", *names)


def told(ran: Ran) -> Mapping[str, int]:
    """What a run tells of itself."""
    said: Mapping[str, int] = json.loads(ran.complaints[-1])
    return said


def answered(ran: Ran, repos: int, cached: int) -> None:
    """End unless every repo was found, the Hub's answers known, and so many of them kept."""
    found = sum(hub.PINNED.search(text) is not None for *_, text in _sound(ran).json_says())
    kept = json.loads(ran.out)["summary"]["cached"]
    if (found, kept) != (repos, cached):
        no_measurement(f"{found} of {repos} answers, {kept} of {cached} cached")


def nobody_was_asked(server: hub.Server) -> None:
    if requests := server.requests():
        no_measurement(f"the cache was warm, and there were {requests} requests")


def tree(bench: Bench, folder: Path) -> Iterator[Line]:
    """A big source tree: what whoever begins with this has to wait for."""
    place = _place(folder)
    place = place.where(GIT_CEILING_DIRECTORIES=str(Path(bench.tree).parent))
    ours = bench.check("--offline", bench.tree)
    ruff = bench.job(
        str(bench.programs.peers / "ruff"),
        *("check", "--isolated", "--no-cache", "--select", "S", bench.tree),
    )
    bandit = replace(bench.bandit("-r", bench.tree), runs=bench.plan.tree_runs, warmup=0)
    times = bench.timed(place, ours, ruff, bandit)
    number = sum(1 for _ in Path(bench.tree).rglob("*.py"))
    case = f"a tree of {number} Python files, offline"
    yield ratio(case, times[0], times[2], "bandit", 0.08)
    yield ratio(case, times[0], times[1], "ruff --select S", 4)
    yield Line(f"{case}: most memory of a process", _memory(bench, place, ours), 200, " MB")


def _memory(bench: Bench, place: Place, job: Job) -> float:
    ran = _sound(run(place, bench.programs.python, "-c", LARGEST, *job.command))
    return int(ran.out) / 1024


def in_flake8(bench: Bench, folder: Path) -> Iterator[Line]:
    """What the plugin adds to flake8: alone, and where its dependencies are anyway."""
    lines, programs = bench.plan.lines, bench.programs
    folders = (programs.ours, programs.bare, programs.same)
    with hub._serving(FEW, 0.0) as server:
        place = _place(folder, server.url)
        place.write("plain.py", cases.source(lines))
        place.write("app.py", cases.source(lines, _repo_ids(FEW)))
        plain, app = (
            [bench.job(str(one / "flake8"), "--isolated", name) for one in folders]
            for name in ("plain.py", "app.py")
        )
        run(place, *app[0].command)
        said = _sound(run(place, *app[0].command)).out
        if (found := len(hub.PINNED.findall(said))) != FEW:
            no_measurement(f"{found} of {FEW} answers in flake8")
        let_rest(place)
        server.requests()
        times = bench.timed(place, *plain, *app)
        nobody_was_asked(server)
    for case, (ours, bare, same), at_most in (
        ("no reference", times[:3], 1.05),
        (f"{FEW} references, warm, online", times[3:], 1.25),
    ):
        title = f"flake8, one file of {lines} lines, {case}"
        yield ratio(title, ours, bare, "flake8 alone", at_most)
        yield ratio(title, ours, same, "flake8 among the same packages", at_most)


def cold(bench: Bench, folder: Path) -> Iterator[Line]:
    """Many repos of which nothing is known, on a Hub that is some way off."""
    repos = bench.plan.repos
    with hub._serving(repos, hub.SLOW) as server:
        place = replace(
            hub._project(folder, server.url, repos, files=10),
            environment=_place(folder, server.url).environment,
        )
        ran = _telling(bench, place, ".")
        requests = server.requests()
        answered(ran, repos, cached=0)
        forget = ("rm", "-rf", place.environment["XDG_CACHE_HOME"])
        (milliseconds,) = bench.timed(place, replace(bench.check("."), prepare=forget))
    case = f"{repos} repos cold, {1000 * hub.SLOW:.0f} ms latency"
    yield Line(f"{case}: wall time", milliseconds / 1000, 1.2, " s")
    yield Line(f"{case}: connections", told(ran)["connections"], MOST_CONNECTIONS, "")
    yield Line(f"{case}: requests", requests, repos, "")


def twice(bench: Bench, folder: Path) -> Iterator[Line]:
    """Files, and twice as many of them; one in four has a reference."""
    place, number = _place(folder), bench.plan.files
    for name, files in (("half", number), ("all", 2 * number)):
        for file in range(files):
            loads = _repo_ids(1, file) if file % 4 == 0 else ()
            content = cases.source(bench.plan.lines_of_each, loads)
            place.write(f"{name}/part{file}.py", content)
    ours, half = bench.timed(
        place, bench.check("--offline", "all"), bench.check("--offline", "half")
    )
    yield ratio(f"{2 * number} files, offline", ours, half, f"{number} files", 2.1)


def big(bench: Bench, folder: Path) -> Iterator[Line]:
    """Big files, against what Python needs to read and to parse them."""
    plan, place = bench.plan, _place(folder)
    nested = (one.big(deepest(bench, place, one), plan.characters) for one in cases.NESTED)
    for one in (*cases.bigs(plan.calls, plan.constants, plan.characters), *nested):
        place.write("all.py", one.content(one.size))
        place.write("half.py", one.content(one.size // 2))
        yield from _of_big(bench, place, one)


def _of_big(bench: Bench, place: Place, big: cases.Big) -> Iterator[Line]:
    case = f"one file, {big.name}"
    whole, half = (bench.check("--offline", name) for name in ("all.py", "half.py"))
    ran = run(place, *whole.command, "--format", "json")
    bad = trouble(ran)
    yield Line(f"{case}: ends in trouble{bad and f' ({bad})'}", int(bool(bad)), 0, "")
    if not bad:
        if (found := json.loads(ran.out)["summary"]["references"]) != big.references:
            no_measurement(f"{found} of {big.references} references in {big.name}")
        parse = bench.job(bench.programs.python, "-c", PARSE, "all.py")
        ours, parsed, part = bench.timed(place, whole, parse, half)
        yield ratio(case, ours, parsed, "`ast.parse`", 3)
        yield ratio(f"{case}, linear", ours, part, "half of it", 2.2)


def deepest(bench: Bench, place: Place, nested: cases.Nested) -> int:
    """How deep Python's parser follows."""
    start, end = nested.around()
    parts = (start, nested.before, nested.core, nested.after, end)
    return int(_sound(run(place, bench.programs.python, "-c", DEEPEST, *parts)).out)


def trouble(ran: Ran) -> str:
    """What a run ended in that was not to be: the last thing it said, or nothing."""
    is_fine = ran.code in ENDED and not re.search(r"Traceback|[Rr]ecursion", ran.err)
    return "" if is_fine else f"exit code {ran.code}, {(ran.complaints or ['silence'])[-1]}"


ROWS: Mapping[str, Row] = {
    "plain": nothing_to_find,
    "references": references,
    "commit": commit,
    "tree": tree,
    "flake8": in_flake8,
    "cold": cold,
    "twice": twice,
    "big": big,
}


@dataclass(frozen=True, slots=True)
class Imports:
    """The milliseconds that modules took to import, without those that they imported."""

    start: Mapping[str, float]
    ours: Mapping[str, float]
    others: Mapping[str, float]


def print_imports(bench: Bench, folder: Path) -> None:
    """Print what is imported at which price: the medians of some runs."""
    with hub._serving(FEW, 0.0) as server:
        place = _place(folder, server.url)
        place.write("plain.py", cases.source(bench.plan.lines))
        place.write("app.py", cases.source(bench.plan.lines, _repo_ids(FEW)))
        flake8 = (str(bench.programs.ours / "flake8"), "--isolated")
        for title, command in {
            "hfmodels check, no reference": (bench.programs.hfmodels, "check", "plain.py"),
            f"hfmodels check, {FEW} references, warm": (bench.programs.hfmodels, "check", "app.py"),
            "flake8, no reference": (*flake8, "plain.py"),
            f"flake8, {FEW} references, warm": (*flake8, "app.py"),
        }.items():
            run(place, *command)
            print(imports_table(title, _imports(bench, place, command)))


def _imports(bench: Bench, place: Place, command: tuple[str, ...]) -> Imports:
    python = (bench.programs.python, "-X", "importtime")
    start = {name for name, _ in imported(run(place, *python, "-c", "pass").err)}
    times = defaultdict(list)
    for _ in range(bench.plan.runs):
        for name, milliseconds in imported(_sound(run(place, *python, *command)).err):
            times[name].append(milliseconds)
    medians = {name: statistics.median(one) for name, one in times.items()}
    ours = {name for name in medians if name.split(".")[0] == "flake8_hfmodels"}
    return Imports(
        {name: one for name, one in medians.items() if name in start},
        {name: one for name, one in medians.items() if name in ours},
        {name: one for name, one in medians.items() if name not in ours | start},
    )


def imported(said: str) -> Iterator[tuple[str, float]]:
    """The modules of `-X importtime`, with their own milliseconds."""
    for line in said.splitlines():
        if found := IMPORTED.fullmatch(line):
            yield found[2], int(found[1]) / 1000


def imports_table(title: str, imports: Imports) -> str:
    """The sums, and the dearest modules of ours and of others side by side."""
    names = {
        "ours": imports.ours,
        "others": imports.others,
        "Python's own start": imports.start,
    }
    sums = (f"{name} {sum(one.values()):.1f} ms ({len(one)})" for name, one in names.items())
    head = f"{title}: {', '.join(sums)}\n\n| ours | ms | others | ms |\n|---|---|---|---|\n"
    columns = zip_longest(_dearest(imports.ours), _dearest(imports.others), fillvalue="- | -")
    return head + "".join(f"| {ours} | {others} |\n" for ours, others in columns)


def _dearest(times: Mapping[str, float]) -> Iterator[str]:
    ranked = sorted(times.items(), key=lambda one: -one[1])
    return (f"{name} | {milliseconds:.2f}" for name, milliseconds in islice(ranked, DEAREST))


def print_profile(bench: Bench, folder: Path) -> None:
    """Print in which functions the time on the tree is spent, in one process."""
    place, profile = _place(folder), str(folder / "profile")
    alone = ("--jobs", "1") if "--jobs" in run(place, *bench.check("--help").command).out else ()
    check = ("-m", "flake8_hfmodels", "check", "--offline", *alone, bench.tree)
    _sound(run(place, bench.programs.python, "-m", "cProfile", "-o", profile, *check))
    pstats.Stats(profile).sort_stats("tottime").print_stats(HOTTEST)


if __name__ == "__main__":
    sys.exit(main())
