"""Measure what asking the Hub costs, against the fake Hub on loopback; print one table.

Only the doors are used, as users do: `hfmodels check` and flake8, in processes of their own. The
fake Hub has a process of its own too, so that it takes no time of those that ask it.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # where the tests are; they are in no installed package

from tests.doors import LOAD, Place, Ran  # noqa: E402
from tests.fakehub import FakeHub, World  # noqa: E402

OWNER = "bench"
RUNS = 5
SLOW = 0.05
"""Seconds before each answer of a Hub that is some way off."""
PINNED = re.compile(r"pin revision='[0-9a-f]{40}'")
SIBLING = "data/train-{:05}-of-99999.parquet"

# How long this process's own calls into SQLite take, told at the end on standard error. Time that
# several threads spend there at once counts for each of them.
TIMED = """
import atexit, functools, sqlite3, sys, time
spent = []
def timed(call):
    @functools.wraps(call)
    def wrapper(*given, **named):
        started = time.perf_counter()
        try:
            return call(*given, **named)
        finally:
            spent.append(time.perf_counter() - started)
    return wrapper
names = "execute", "executemany", "executescript", "commit", "rollback", "close", "__exit__"
def timing(base):
    return type(base.__name__, (base,), {name: timed(getattr(base, name)) for name in names})
connect = timed(sqlite3.connect)
sqlite3.connect = lambda *given, factory=sqlite3.Connection, **named: connect(
    *given, **named, factory=timing(factory)
)
atexit.register(lambda: print(f"SQLite: {sum(spent):.6f}", file=sys.stderr))
from flake8_hfmodels.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done: the numbers of the table."""

    runs: int = RUNS
    repos: int = 100
    stored: int = 200
    files: int = 300
    jobs: int = 4
    processes: int = 8
    shared: int = 50
    huge: int = 8
    siblings: int = 150_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `at_most` is what was promised, where something was."""

    what: str
    value: float
    unit: str = ""
    at_most: float | None = None

    def __str__(self) -> str:
        bound = "-" if self.at_most is None else f"<= {self.at_most:g}{self.unit}"
        kept = "" if self.at_most is None or self.value <= self.at_most else " **over**"
        digits = ".2f" if self.unit == " s" else ".0f"
        return f"| {self.what} | {bound} | {self.value:{digits}}{self.unit}{kept} |"


@dataclass(frozen=True, slots=True)
class Server:
    """A fake Hub in another process."""

    url: str
    pipe: Connection[str, int | str]

    def requests(self) -> int:
        """How many requests came since this was asked the last time."""
        self.pipe.send("how many?")
        return int(self.pipe.recv())


@dataclass(frozen=True, slots=True)
class Started:
    """A process that runs since a moment, and the folder that it writes to."""

    process: subprocess.Popen[bytes]
    at: float
    said: Path


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process said, how long it took, and the most memory that it had."""

    ran: Ran
    seconds: float
    megabytes: float


def main(arguments: Sequence[str] | None = None, plan: Plan | None = None) -> int:
    """Run the benchmark and print its table."""
    options = _parser().parse_args(arguments)
    plan = plan or Plan(runs=options.runs)
    print("| what | promised | measured |\n|---|---|---|")
    for name in options.only or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            for figure in PARTS[name](plan, Path(folder)):
                print(figure, flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=RUNS, help="medians of so many runs")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="only these parts of the table")
    return parser


def cold_and_warm(plan: Plan, folder: Path) -> Iterator[Figure]:
    """Many repos, each asked for once, and then no more."""
    cold, warm, cold_requests, warm_requests = [], [], [], []
    with _serving(plan.repos, SLOW) as hub:
        place = _project(folder, hub.url, plan.repos, files=10)
        for run in range(plan.runs):
            cache = ("--cache-dir", str(folder / f"cache-{run}"))
            cold.append(answered(_end(_check(place, *cache)), plan.repos).seconds)
            cold_requests.append(hub.requests())
            warm.append(answered(_end(_check(place, *cache)), plan.repos).seconds)
            warm_requests.append(hub.requests())
    title = f"{plan.repos} repos, {SLOW * 1000:.0f} ms latency"
    yield Figure(f"{title}, cold: wall time", statistics.median(cold), " s", 1.2)
    yield Figure(f"{title}, cold: most requests", max(cold_requests), at_most=plan.repos)
    yield Figure(f"{title}, warm: wall time", statistics.median(warm), " s")
    yield Figure(f"{title}, warm: most requests", max(warm_requests), at_most=0)


def in_sqlite(plan: Plan, folder: Path) -> Iterator[Figure]:
    """How much of a cold run goes into keeping the answers."""
    seconds, shares = [], []
    with _serving(plan.stored, 0.0) as hub:
        place = _project(folder, hub.url, plan.stored, files=10)
        for run in range(plan.runs):
            cache = ("--cache-dir", str(folder / f"cache-{run}"))
            command = ("-c", TIMED, "check", "--format", "json", *cache, ".")
            ended = answered(_end(_start(place, *command)), plan.stored)
            seconds.append(ended.seconds)
            spent = float(ended.ran.complaints[-1].removeprefix("SQLite: "))
            shares.append(100 * spent / ended.seconds)
    title = f"{plan.stored} repos, no latency, cold"
    yield Figure(f"{title}: wall time", statistics.median(seconds), " s")
    yield Figure(f"{title}: share of SQLite", statistics.median(shares), " %")


def trouble(plan: Plan, folder: Path) -> Iterator[Figure]:
    """What a Hub that is not there adds to a run of flake8."""
    with contextlib.ExitStack() as kept:
        places = {
            name: _project(folder / name, kept.enter_context(hub()), plan.files, plan.files)
            for name, hub in TROUBLE.items()
        }
        added: Mapping[str, list[float]] = {name: [] for name in TROUBLE}
        offline = []
        for run in range(plan.runs):
            place = next(iter(places.values()))
            quiet = _flake8(place, plan.jobs, folder / f"offline-{run}", "--hfmodels-offline")
            offline.append(_found(_end(quiet), plan.files).seconds)
            for name, place in places.items():
                started = _flake8(place, plan.jobs, folder / f"{name}-{run}")
                added[name].append(_found(_end(started), plan.files).seconds - offline[-1])
    title = f"flake8 -j {plan.jobs}, {plan.files} files"
    yield Figure(f"{title}, --hfmodels-offline: wall time", statistics.median(offline), " s")
    for name, seconds in added.items():
        bound = 1.0 if name == REFUSED else None
        yield Figure(f"{title}, {name}: added", statistics.median(seconds), " s", bound)


def processes(plan: Plan, folder: Path) -> Iterator[Figure]:
    """Several processes that want the same, and know nothing yet."""
    seconds, requests, locked, findings = [], [], 0, set()
    with _serving(plan.shared, SLOW) as hub:
        place = _project(folder, hub.url, plan.shared, files=10)
        for run in range(plan.runs):
            cache = ("--cache-dir", str(folder / f"cache-{run}"))
            before = time.perf_counter()
            started = [_check(place, *cache) for _ in range(plan.processes)]
            ended = [answered(_end(one), plan.shared) for one in started]
            seconds.append(time.perf_counter() - before)
            requests.append(hub.requests())
            locked += sum("locked" in one.ran.err for one in ended)
            findings |= {tuple(one.ran.json_says()) for one in ended}
    title = f"{plan.processes} processes, the same {plan.shared} repos, cold"
    yield Figure(f"{title}: wall time", statistics.median(seconds), " s")
    yield Figure(f"{title}: most requests", max(requests), at_most=1.5 * plan.shared)
    yield Figure(f"{title}: complaints of a locked database", locked, at_most=0)
    yield Figure(f"{title}: different results", len(findings), at_most=1)


def memory(plan: Plan, folder: Path) -> Iterator[Figure]:
    """How much memory answers take that are as large as the Hub's largest, and larger."""
    for siblings, what in ((1, "small"), (plan.siblings, f"{plan.siblings} files")):
        most = []
        with _serving(plan.huge, 0.0, siblings) as hub:
            place = _project(folder / str(siblings), hub.url, plan.huge, files=1)
            for run in range(plan.runs):
                cache = ("--cache-dir", str(folder / f"cache-{siblings}-{run}"))
                patience = ("--timeout", "60", "--deadline", "60")
                ended = _end(_check(place, *cache, *patience))
                most.append(answered(ended, plan.huge).megabytes)
        title = f"{plan.huge} answers at once, {what} each: most memory"
        yield Figure(title, statistics.median(most), " MB")


PARTS: Mapping[str, Callable[[Plan, Path], Iterator[Figure]]] = {
    "check": cold_and_warm,
    "sqlite": in_sqlite,
    "trouble": trouble,
    "processes": processes,
    "memory": memory,
}


@contextlib.contextmanager
def _serving(repos: int, latency: float, siblings: int = 1) -> Iterator[Server]:
    """A fake Hub with so many repos, each with so many files."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, repos, latency, siblings), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Server(ours.recv(), ours)
    finally:
        ours.close()
        process.join()


def _serve(pipe: Connection[int | str, str], repos: int, latency: float, siblings: int) -> None:
    names = ["model.safetensors", *map(SIBLING.format, range(siblings - 1))]
    files = [{"rfilename": name} for name in names]
    world = World()
    world.create_user(OWNER)
    for number in range(repos):
        world.create_repo("model", _repo_id(number), details={"siblings": files})
    with (
        FakeHub(world, latency=latency, rate_limit=None) as hub,
        contextlib.suppress(EOFError),
    ):
        pipe.send(hub.url)
        while pipe.recv():
            pipe.send(len(hub.requests))
            hub.clear()


@contextlib.contextmanager
def _refused() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield _address(taken)


@contextlib.contextmanager
def _black_hole() -> Iterator[str]:
    """Nobody takes the connections, and the queue of those that wait is full: Linux is silent."""
    with socket.socket() as hole, contextlib.ExitStack() as kept:
        hole.bind(("127.0.0.1", 0))
        hole.listen(0)
        for _ in range(4):
            waiting = kept.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(hole.getsockname())
        yield _address(hole)


@contextlib.contextmanager
def _hanging() -> Iterator[str]:
    """The system takes the connections, and nobody answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1024)
        yield _address(listening)


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()
    return f"http://{host}:{port}"


REFUSED = "connections refused"
TROUBLE = {REFUSED: _refused, "no answer to connect": _black_hole, "hanging": _hanging}


def _project(folder: Path, endpoint: str, repos: int, files: int) -> Place:
    """A folder in which so many repos are loaded by so many files."""
    folder.mkdir(exist_ok=True)
    place = Place.at(folder / "project", endpoint)
    for file in range(files):
        numbers = range(file, repos, files)
        place.write(f"app{file}.py", "".join(LOAD.format(_repo_id(one), "") for one in numbers))
    return place


def _repo_id(number: int) -> str:
    return f"{OWNER}/model-{number}"


def _check(place: Place, *options: str) -> Started:
    return _start(place, "-m", "flake8_hfmodels", "check", "--format", "json", *options, ".")


def _flake8(place: Place, jobs: int, cache: Path, *options: str) -> Started:
    ours = ("--select", "HFM", "-j", str(jobs), "--hfmodels-cache-dir", str(cache))
    return _start(place, "-m", "flake8", *ours, *options, ".")


def _start(place: Place, *arguments: str) -> Started:
    said = Path(tempfile.mkdtemp(dir=place.folder.parent))
    at = time.perf_counter()
    with (said / "out").open("wb") as out, (said / "err").open("wb") as err:
        process = subprocess.Popen(
            (sys.executable, *arguments),
            cwd=place.folder,
            env=place.environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
    return Started(process, at, said)


def _end(started: Started) -> Ended:
    _pid, status, usage = os.wait4(started.process.pid, 0)
    seconds = time.perf_counter() - started.at
    code = started.process.returncode = os.waitstatus_to_exitcode(status)
    out, err = ((started.said / name).read_text("utf-8") for name in ("out", "err"))
    return Ended(Ran(code, out, err), seconds, usage.ru_maxrss / 1024)


def answered(ended: Ended, repos: int) -> Ended:
    """The same, if every repo was found and the Hub was heard about it."""
    return _whole(ended, [text for *_, text in ended.ran.said() if PINNED.search(text)], repos)


def _found(ended: Ended, repos: int) -> Ended:
    """The same, if every repo was found."""
    return _whole(ended, ended.ran.codes(), repos)


def _whole(ended: Ended, findings: Collection[str], repos: int) -> Ended:
    if len(findings) == repos:
        return ended
    raise SystemExit(f"hub.py: {len(findings)} findings of {repos}: {ended.ran.err or 'silence'}")


if __name__ == "__main__":
    sys.exit(main())
