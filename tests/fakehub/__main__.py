"""Serve the seeded world by hand: ``python -m tests.fakehub [--port N] [--latency S] [--list]``."""

from __future__ import annotations

import argparse
import contextlib
import signal
import threading
from collections.abc import Iterator

from tests.fakehub.seed import VALID_TOKEN, small_world
from tests.fakehub.server import FakeHub
from tests.fakehub.world import World


def main() -> None:
    """Serve until Ctrl-C (or SIGTERM), or with --list only say what there is."""
    options = _parser().parse_args()
    world = small_world()
    if options.list:
        print("\n".join(_listing(world)))
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    limit = options.rate_limit or None
    hub = FakeHub(world, latency=options.latency, port=options.port, rate_limit=limit)
    with _started(hub, options.port), contextlib.suppress(KeyboardInterrupt):
        print(f"fake Hub on {hub.url} (Ctrl-C ends it): export HF_ENDPOINT={hub.url}", flush=True)
        print("\n".join(_listing(world)), flush=True)
        threading.Event().wait()


@contextlib.contextmanager
def _started(hub: FakeHub, port: int) -> Iterator[None]:
    """The hub while it runs; one line where it cannot have the port."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(hub)
        except OSError as error:
            raise SystemExit(f"port {port}: {error.strerror}; give another --port") from error
        yield


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fakehub", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="default: any free one")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument(
        "--rate-limit", type=int, default=0, help="anonymous calls in 5 minutes (default: no limit)"
    )
    parser.add_argument("--list", action="store_true", help="list the ids and end")
    return parser


def _listing(world: World) -> list[str]:
    repos = [
        (repo.id if repo.kind == "model" else f"{repo.kind}s/{repo.id}", repo.situation)
        for repo in world.repos()
    ]
    rows = repos + list(world.notes().items())
    return [f"  {name:<45} {situation}" for name, situation in rows] + [f"  token: {VALID_TOKEN}"]


if __name__ == "__main__":
    main()
