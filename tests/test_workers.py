"""Files that are read in several processes: what comes of it is what one process says.

Most is tried out in programs of their own, as pytest has threads and what is forked here none.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from multiprocessing import Pipe
from pathlib import Path

import pytest

from flake8_hfmodels.cli import workers
from flake8_hfmodels.cli.looking import NOTHING, Look, look_at
from flake8_hfmodels.cli.reading import PAYS_FORKED, PAYS_STARTED, Reading
from flake8_hfmodels.discover import File
from flake8_hfmodels.settings import Settings
from tests.doors import GENEROUS, HEAD, LOAD, Place, Ran
from tests.test_kinds import FILES

NOWHERE = "http://127.0.0.1:9"
CHECK = ("check", "--offline", "--format", "json", "--max-size", "0.1")
BAD: dict[str, bytes] = {
    "bad/broken.py": LOAD.format("nina-vogel/scan-bert", "").encode() + b"def broken(:\n",
    "bad/binary.yaml": b"model: \0nina-vogel/scan-bert",
    "bad/null.py": b"from_pretrained\0",
    "bad/cookie.py": b"# coding: martian\nfrom_pretrained\n",
    "bad/large.json": b"[]" + b" " * 200_000,
    "bad/lib.min.js": b"import '@huggingface/transformers'",
    "bad/half.ipynb": b'{"cells": ["model',
    "bad/half.toml": b'model = "nina-vogel/scan-bert"\n[[[\n',
}


def names(start: str) -> list[str]:
    return [f"{start}{number:02}.py" for number in range(12)]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A folder with files of all kinds, good and bad, some of which import others."""
    place = Place.at(tmp_path_factory.mktemp("workers") / "project", NOWHERE)
    for name, text in FILES.items():
        place.write(name, text)
    for name, data in BAD.items():
        place.write(name, data)
    for name in names("src/load"):
        place.write(name, HEAD + "from names import NAME\nAutoModel.from_pretrained(NAME)\n")
    for name in names("src/clean"):
        place.write(name, "print('nothing of the Hub here')\n")
    place.write("src/names.py", "NAME = 'nina-vogel/named'\n")
    place.write("pyproject.toml", "")
    return place


@pytest.fixture(scope="module")
def alone(tree: Place) -> Ran:
    """What one process says of it."""
    return tree.hfmodels(*CHECK, "--jobs", "1")


def timeless(ran: Ran) -> tuple[int, Sequence[str], str]:
    """All that a run has left, but for the seconds it took."""
    lines = [line for line in ran.out.splitlines() if '"seconds"' not in line]
    return ran.code, lines, ran.err


def test_one_process_says_what_there_is_to_say(alone: Ran) -> None:
    assert len(alone.said()) == len(FILES) + len(names("src/load")) + 1
    assert len(alone.complaints) == 5
    assert '"binary": 1' in alone.out


@pytest.mark.parametrize("jobs", ["2", "3", "16"])
def test_several_processes_say_the_same(tree: Place, alone: Ran, jobs: str) -> None:
    assert timeless(tree.hfmodels(*CHECK, "--jobs", jobs)) == timeless(alone)


def test_order_of_paths(tree: Place) -> None:
    loading = [*names("src/load"), *names("src/clean")]
    paths = [*loading[::-1], *BAD, *FILES]
    one, several = (tree.hfmodels(*CHECK, "--jobs", jobs, "--", *paths) for jobs in "13")
    assert timeless(several) == timeless(one)


def test_standard_input_beside_a_tree(tree: Place) -> None:
    content = LOAD.format("nina-vogel/typed", "")
    one, several = (tree.hfmodels(*CHECK, "--jobs", jobs, "-", ".", stdin=content) for jobs in "13")
    assert timeless(several) == timeless(one)
    assert [one[0] for one in several.said()].count("stdin.py") == 1


def test_inventory(tree: Place) -> None:
    one, several = (tree.hfmodels("list", "--format", "json", "--jobs", jobs) for jobs in "13")
    assert timeless(several) == timeless(one)


# What a worker does instead of its work, and what the machine does to it.
DIES = {
    "at-once": "os._exit(9)",
    "with-a-batch": "batches.recv(); os.kill(os.getpid(), signal.SIGKILL)",
    "while-it-answers": (
        "batches.recv(); os.write(batches.fileno(), struct.pack('!i', 1000) + b'half'); os._exit(9)"
    ),
    "with-its-second-batch": "batches.send([look_at(*one) for one in batches.recv()])",
    "deaf": "batches.close(); os.read(told, 1)",
}
PROGRAM = """
import os, signal, struct, sys, threading
from flake8_hfmodels.cli import workers
from flake8_hfmodels.cli.looking import look_at
from flake8_hfmodels.cli.main import main
{}
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("death", DIES.values(), ids=DIES)
def test_all_workers_die(tree: Place, alone: Ran, death: str) -> None:
    change = f"""
told, _telling = os.pipe()
def work(batches, inherited):
    {death}
workers.work = work
"""
    ran = tree.python("-c", PROGRAM.format(change), *CHECK, "--jobs", "3")
    assert timeless(ran) == timeless(alone)


def test_one_worker_dies_and_the_others_go_on(tree: Place, alone: Ran) -> None:
    change = """
ours, theirs = os.pipe()
os.write(theirs, b"x")
os.close(theirs)
really = workers.work
def work(*given):
    if os.read(ours, 1):
        os._exit(9)
    really(*given)
workers.work = work
"""
    ran = tree.python("-c", PROGRAM.format(change), *CHECK, "--jobs", "3")
    assert timeless(ran) == timeless(alone)


@pytest.mark.parametrize("had", [0, 1])
def test_system_without_room_for_more_processes(tree: Place, alone: Ran, had: int) -> None:
    change = f"""
forks = [os.fork] * {had}
def fork():
    if forks:
        return forks.pop()()
    raise BlockingIOError(11, "Resource temporarily unavailable")
"""
    # git is asked for the files before, in a process as well.
    change += """
from flake8_hfmodels.cli import reading
def discovered(*given):
    found = discover(*given)
    os.fork = fork
    return found
discover, reading.discover = reading.discover, discovered
"""
    ran = tree.python("-c", PROGRAM.format(change), *CHECK, "--jobs", "3")
    assert timeless(ran) == timeless(alone)


BUG = """
from flake8_hfmodels.sources import reading
really = reading.references
def references(source, everything):
    if source.path == "src/load07.py":
        raise RuntimeError("a bug")
    return really(source, everything)
reading.references = references
"""


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_bug_is_told_once(tree: Place, jobs: str) -> None:
    ran = tree.python("-c", PROGRAM.format(BUG), *CHECK, "--jobs", jobs)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("Traceback") == 1
    assert ran.complaints[-1] == "RuntimeError: a bug"


# A process that begins empty, as on macOS and Windows: where other threads run, none is forked.
THREAD = """
threading.Thread(target=threading.Event().wait, daemon=True).start()
"""
ELSEWHERE = """
import multiprocessing.process
os.chdir(sys.argv.pop())
"""
GONE = """
import multiprocessing.process
os.mkdir("gone")
os.chdir("gone")
os.rmdir("../gone")
"""


def test_processes_that_begin_empty(tree: Place, alone: Ran) -> None:
    ran = tree.python("-c", PROGRAM.format(THREAD), *CHECK, "--jobs", "2")
    assert timeless(ran) == timeless(alone)


def test_processes_that_begin_empty_begin_where_we_are(tree: Place, alone: Ran) -> None:
    arguments = (*CHECK, "--jobs", "2", str(tree.folder))
    ran = tree.inside("elsewhere").python("-c", PROGRAM.format(THREAD + ELSEWHERE), *arguments)
    assert timeless(ran) == timeless(alone)


def test_folder_that_is_gone(tree: Place) -> None:
    arguments = (*CHECK, str(tree.folder / "src"), "--jobs")
    one = tree.hfmodels(*arguments, "1")
    gone = tree.python("-c", PROGRAM.format(THREAD + GONE), *arguments, "2")
    assert timeless(gone) == timeless(one)


# Workers that tell when they have begun, and go on when the gate is opened. Both pipes are left to
# them by the test, which sees the first one end when the last process is gone.
WAITS = """
from flake8_hfmodels.sources import reading
really = reading.references
here = os.getpid()
telling, gate = int(sys.argv.pop()), int(sys.argv.pop())
def references(source, everything):
    if os.getpid() != here:
        os.write(telling, b"x")
        os.read(gate, 1)
    return really(source, everything)
reading.references = references
"""


class Stuck:
    """A check with workers that wait in the middle of their work."""

    def __init__(self, place: Place, program: str, jobs: int) -> None:
        self.told, telling = os.pipe()
        gate, self.key = os.pipe()
        arguments = (*CHECK, "--jobs", str(jobs), str(gate), str(telling))
        self.process = subprocess.Popen(
            (sys.executable, "-c", PROGRAM.format(program), *arguments),
            cwd=place.folder,
            env=place.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(gate, telling),
            start_new_session=True,  # so that an interrupt reaches all, as on a terminal
        )
        os.close(gate)
        os.close(telling)

    def hear(self) -> bytes:
        """What is told next; nothing when all processes have ended."""
        assert select.select([self.told], [], [], GENEROUS)[0], "nobody says anything"
        return os.read(self.told, 1)

    def close(self) -> None:
        with self.process:
            self.process.kill()
        for end in (self.told, self.key):
            os.close(end)


def stuck(place: Place, program: str, jobs: int = 2) -> closing[Stuck]:
    return closing(Stuck(place, program, jobs))


def test_interrupt_stops_all_at_once(tree: Place) -> None:
    with stuck(tree, WAITS) as one:
        assert (one.hear(), one.hear()) == (b"x", b"x")
        os.killpg(one.process.pid, signal.SIGINT)
        out, err = one.process.communicate(timeout=GENEROUS)
        assert (one.process.returncode, out, err) == (130, b"", b"")
        assert one.hear() == b""


def test_interrupt_of_what_does_not_reach_the_workers(tree: Place) -> None:
    with stuck(tree, WAITS) as one:
        assert (one.hear(), one.hear()) == (b"x", b"x")
        one.process.send_signal(signal.SIGINT)
        out, err = one.process.communicate(timeout=GENEROUS)
        assert (one.process.returncode, out, err) == (130, b"", b"")
        assert one.hear() == b""


# A real thread would hear the interrupt that the first one does not hear for a moment.
AS_WITH_THREADS = """
threading.active_count = lambda: 2
"""


@pytest.mark.parametrize("kind", ["", AS_WITH_THREADS], ids=["forked", "begun-empty"])
def test_interrupt_while_workers_begin(tree: Place, kind: str) -> None:
    change = """
from multiprocessing.process import BaseProcess
really_start = BaseProcess.start
def start(self):
    really_start(self)
    os.killpg(0, signal.SIGINT)
    os.write(telling, b"x")
BaseProcess.start = start
"""
    with stuck(tree, kind + WAITS + change) as one:
        out, err = one.process.communicate(timeout=GENEROUS)
        assert (one.process.returncode, out, err) == (130, b"", b"")
        assert (one.hear(), one.hear()) == (b"x", b"")


def test_workers_whose_parent_is_killed_end_by_themselves(tree: Place) -> None:
    with stuck(tree, WAITS, 3) as one:
        assert (one.hear(), one.hear(), one.hear()) == (b"x", b"x", b"x")
        one.process.kill()
        assert one.process.wait() == -signal.SIGKILL
        os.close(one.key)
        one.key = os.open(os.devnull, os.O_RDONLY)
        assert b"".join(iter(one.hear, b"")).strip(b"x") == b""


def looks(batch: Sequence[workers.Task]) -> list[Look]:
    return [look_at(*task) for task in batch]


@pytest.fixture
def as_before() -> Iterator[None]:
    """What a worker sets is set for its whole process, which is this one here."""
    heard, garbage, folder = signal.getsignal(signal.SIGINT), gc.get_threshold(), os.getcwd()
    yield
    signal.signal(signal.SIGINT, heard)
    gc.set_threshold(*garbage)
    gc.unfreeze()
    os.chdir(folder)


@pytest.mark.usefixtures("as_before")
def test_worker(tree: Place) -> None:
    settings = Settings(offline=True)
    names = ("app.py", "src/clean00.py")
    files = [(File(str(tree.folder / name), "python"), settings) for name in names]
    sent, got = [files, files[:1]], []
    here, there = Pipe()
    others = Pipe()

    def boss() -> None:
        for batch in sent:
            here.send(batch)
            got.append(here.recv())
        here.close()

    thread = threading.Thread(target=boss)
    thread.start()
    with there:
        workers.work(there, others)
    thread.join()
    assert got == [looks(batch) for batch in sent]
    assert got[0][1] == NOTHING
    assert [one.closed for one in others] == [True, True]
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


@pytest.mark.usefixtures("as_before")
def test_worker_leaves_a_bug_to_who_waits() -> None:
    here, there = Pipe()
    here.send(["no file"])
    with there:
        workers.work(there, ())
    with pytest.raises(EOFError):
        here.recv()


@pytest.mark.usefixtures("as_before")
def test_worker_that_began_empty(tmp_path: Path) -> None:
    here, there = Pipe()
    here.close()
    workers.work_there(there, str(tmp_path), (1234, 5, 6))
    assert (Path.cwd(), gc.get_threshold()) == (tmp_path, (1234, 5, 6))


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Of how many files how many processes were to take care; what they would say is nothing."""
    asked: list[tuple[int, int]] = []

    def shared_out(files: Sequence[workers.Task], jobs: int) -> Iterator[Look]:
        asked.append((len(files), jobs))
        yield from ()

    monkeypatch.setattr(workers, "shared_out", shared_out)
    return asked


F, S = PAYS_FORKED, PAYS_STARTED


@pytest.mark.parametrize(
    ("platform", "processors", "sizes", "jobs", "expected"),
    [
        pytest.param("linux", 4, [F - 1], 0, [], id="one-left"),
        pytest.param("linux", 4, [F // 2, F // 2 - 1], 0, [], id="small"),
        pytest.param("linux", 4, [F // 2, F // 2], 0, [(2, 2)], id="large"),
        pytest.param("linux", 4, [F, F, F], 0, [(3, 3)], id="no-more-than-files"),
        pytest.param("linux", 2, [F, F, F], 0, [(3, 2)], id="no-more-than-processors"),
        pytest.param("linux", 1, [F, F, F], 0, [], id="one-processor"),
        pytest.param("linux", 4, [F // 2] * 5, 0, [(5, 3)], id="as-many-as-pay"),
        pytest.param("darwin", 4, [F, F], 0, [], id="small-where-they-begin-empty"),
        pytest.param("darwin", 4, [S // 2] * 2, 0, [(2, 2)], id="large-where-they-begin-empty"),
        pytest.param("linux", 4, [S + 1] * 2, 0, [], id="too-large-to-be-read"),
        pytest.param("linux", 1, [0, 0, 0], 2, [(3, 2)], id="as-somebody-wants"),
        pytest.param("linux", 4, [0, 0], 9, [(2, 2)], id="more-than-files"),
        pytest.param("linux", 4, [F, F], 1, [], id="one-as-somebody-wants"),
        pytest.param("linux", 4, [], 2, [], id="nothing-left"),
    ],
)
def test_number_of_processes(
    place: Place,
    shared: list[tuple[int, int]],
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    processors: int,
    sizes: Sequence[int],
    jobs: int,
    expected: Sequence[tuple[int, int]],
) -> None:
    paths = [place.write("a.py", LOAD.format("nina-vogel/scan-bert", ""))]
    for number, size in enumerate(sizes):
        paths.append(place.write(f"b{number}.py", ""))
        os.truncate(paths[-1], size)
    settings = Settings(jobs=jobs, max_size=S)
    reading = Reading([str(path) for path in paths], "", lambda _path: settings)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(processors)))
    monkeypatch.setattr(sys, "platform", platform)
    assert len(list(reading.referring())) == 1
    assert shared == expected


def test_system_that_does_not_say_where_we_may_run(
    place: Place, shared: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    paths = [
        place.write(name, LOAD.format("o/m", "") + " " * F) for name in ("a.py", "b.py", "c.py")
    ]
    list(Reading([str(path) for path in paths], "", lambda _path: Settings()).referring())
    assert shared == [(2, 2)]


def test_file_that_goes_away(
    place: Place, shared: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
    paths = [place.write(name, LOAD.format("o/m", "")) for name in ("a.py", "b.py", "c.py")]
    reading = Reading([str(path) for path in paths], "", lambda _path: Settings())
    paths[1].unlink()
    assert len(list(reading.referring())) == 2
    assert [trouble.path for trouble in reading.troubles] == [str(paths[1])]
    assert shared == []


def test_nothing_is_shared_out_where_nothing_refers(
    place: Place, shared: list[tuple[int, int]]
) -> None:
    paths = [place.write(name, "x = 1\n") for name in ("a.py", "b.py", "c.py")]
    assert (
        list(Reading([str(path) for path in paths], "", lambda _path: Settings(jobs=3)).referring())
        == []
    )
    assert shared == []


# What Python tells of each file that is opened and each text that is parsed (docs.python.org,
# "Audit events table"); `ast.parse` gives its texts that name.
COUNT = """
import atexit, collections, json, os, sys
opened, parsed = collections.Counter(), collections.Counter()
here = os.getcwd() + os.sep
def hear(event, about):
    if event == "open" and isinstance(about[0], str):
        opened[os.path.abspath(about[0])] += 1
    if event == "compile" and about[1] == "<unknown>":
        parsed[about[0]] += 1
sys.addaudithook(hear)
def tell():
    opens = {path[len(here):]: number for path, number in opened.items() if path.startswith(here)}
    print(json.dumps([opens, list(parsed.values())]))
atexit.register(tell)
from flake8_hfmodels.cli.main import main
main(sys.argv[1:])
"""


def test_each_file_is_read_once_and_parsed_at_most_once(place: Place) -> None:
    modules = {f"src/{name}.py": LOAD.format(f"o/{name}", "") for name in "abc"}
    for name, text in (FILES | modules | {"clean.py": "print('nothing')\n"}).items():
        place.write(name, text)
    ran = place.unmeasured().python("-c", COUNT, "check", "--offline", "--jobs", "1")
    opened, parsed = json.loads(ran.out.splitlines()[-1])
    assert opened == dict.fromkeys([*FILES, *modules, "clean.py"], 1)
    assert set(parsed) == {1}
    assert len(parsed) >= len(modules)
