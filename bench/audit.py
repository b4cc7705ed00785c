"""Measure what `hfmodels audit` asks, against the fake Hub on loopback; print one table.

A lock with many entries of few owners is audited by the command, in a process of its own as users
run it: as it is, once more after it was stopped in the middle, and after a part of the repos has
gone on. Then the copies of it on this machine are hashed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # where the tests are; they are in no installed package

from bench.hub import Figure  # noqa: E402
from flake8_hfmodels.lock.lock import Lock  # noqa: E402
from flake8_hfmodels.lock.writing import written  # noqa: E402
from tests.auditing import locked  # noqa: E402
from tests.doors import Place, Ran  # noqa: E402
from tests.fakehub import FakeHub, World  # noqa: E402

SLOW = 0.05
"""Seconds before each answer of a Hub that is some way off."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is audited: `moved` of the repos go on after they were locked."""

    owners: int = 10
    repos: int = 50
    moved: int = 50
    megabytes: int = 1000
    latency: float = SLOW

    @property
    def entries(self) -> int:
        """How many entries the lock has."""
        return self.owners * self.repos


@dataclass(frozen=True, slots=True)
class Server:
    """A fake Hub in another process, and the lock of all that it has."""

    url: str
    lock: str
    pipe: Connection[str, int | str]

    def does(self, what: str) -> int:
        """Have it do something; how many requests came since the last time."""
        self.pipe.send(what)
        return int(self.pipe.recv())


def main(arguments: Sequence[str] | None = None, plan: Plan | None = None) -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.parse_args(arguments)
    plan = plan or Plan()
    print("| what | promised | measured |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for measure in (asked, hashed):
            for figure in measure(plan, Path(folder)):
                print(figure, flush=True)
    return 0


def asked(plan: Plan, folder: Path) -> Iterator[Figure]:
    """The Hub, asked about every entry of a lock."""
    title = f"{plan.entries} entries of {plan.owners} owners, {plan.latency * 1000:.0f} ms latency"
    with _serving(plan) as hub:
        place = Place.at(folder / "project", hub.url)
        place.write("hfmodels.lock", hub.lock)
        seconds, _ran = _audit(place, plan.entries)
        yield Figure(f"{title}, nothing has changed: requests", hub.does("count"), "", 520)
        yield Figure(f"{title}, nothing has changed: wall time", seconds, " s")
        half = plan.entries // 2
        _audit(place, 0, "--max-calls", str(half))
        stopped = hub.does("count")
        seconds, _ran = _audit(place, plan.entries, "--resume")
        rest = hub.does("count")
        yield Figure(f"{title}, stopped after: requests", stopped, "", half)
        yield Figure(f"{title}, then --resume: requests", rest, "", 520 - half)
        yield Figure(f"{title}, then --resume: wall time", seconds, " s")
        hub.does("move")
        seconds, _ran = _audit(place, plan.entries)
        yield Figure(f"{title}, {plan.moved} have a new head: requests", hub.does("count"))
        yield Figure(f"{title}, {plan.moved} have a new head: wall time", seconds, " s")


def hashed(plan: Plan, folder: Path) -> Iterator[Figure]:
    """The files on this machine, hashed."""
    world = World()
    world.create_user("bench")
    size = 1_000_000 * plan.megabytes
    world.create_repo("model", "bench/large", {"model.safetensors": size})
    entry = locked(world, "bench/large")
    place = Place.at(folder / "local", "http://127.0.0.1:9")
    place.write("hfmodels.lock", written(Lock("", (entry,))))
    (folder / "large").mkdir()
    with (folder / "large" / "model.safetensors").open("wb") as file:
        file.truncate(size)
    command = ("--local", "--folder", str(folder / "large"))
    started = time.perf_counter()
    ran = place.hfmodels("audit", "--format", "json", *command)
    seconds = time.perf_counter() - started
    if ran.code != 1:  # it holds other bytes than the one that the world speaks of
        raise SystemExit(f"audit.py: {ran.err or ran.out}")
    yield Figure(f"--local, one file of {plan.megabytes} MB: wall time", seconds, " s")


def _audit(place: Place, answered: int, *options: str) -> tuple[float, Ran]:
    """The seconds of an audit that is answered about so many entries."""
    started = time.perf_counter()
    ran = place.hfmodels("audit", "--format", "json", *options)
    seconds = time.perf_counter() - started
    if ran.code not in (0, 3) or json.loads(ran.out)["summary"]["answered"] != answered:
        raise SystemExit(f"audit.py: {ran.err or ran.out}")
    return seconds, ran


@contextlib.contextmanager
def _serving(plan: Plan) -> Iterator[Server]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, plan), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Server(str(ours.recv()), str(ours.recv()), ours)
    finally:
        ours.close()
        process.join()


def _serve(pipe: Connection[int | str, str], plan: Plan) -> None:
    world = World()
    world.create_organization("huggingface")
    for owner in range(plan.owners):
        world.create_organization(f"owner-{owner}")
        for number in range(plan.repos):
            world.create_repo("model", f"owner-{owner}/model-{number}")
    names = [repo.id for repo in world.repos()]
    lock = written(Lock("", tuple(locked(world, name) for name in names)))
    with (
        FakeHub(world, latency=plan.latency, rate_limit=None) as hub,
        contextlib.suppress(EOFError),
    ):
        pipe.send(hub.url)
        pipe.send(lock)
        while what := pipe.recv():
            for name in names[: plan.moved] if what == "move" else ():
                world.commit("model", name, {"config.json": "{}"})
            pipe.send(len(hub.requests))
            hub.clear()


if __name__ == "__main__":
    sys.exit(main())
