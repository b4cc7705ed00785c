"""Importing the Hub layer asks nobody: no connection is made, and no name is resolved."""

from __future__ import annotations

import os
import pkgutil
import time

import pytest

from flake8_hfmodels import hub
from tests.doors import LOAD, Place

# docs.python.org, "Audit events table". Making a socket and binding it to this machine reach
# nobody: urllib3 finds out that way whether there is IPv6.
LISTEN = (
    "import sys\n"
    "local = {'socket.__new__', 'socket.bind'}\n"
    "def hear(event, arguments):\n"
    "    if event.startswith(('socket.', 'urllib.', 'http.')) and event not in local:\n"
    "        print(event)\n"
    "sys.addaudithook(hear)\n"
)
# What only a question over the wire needs; the doors' own imports are looked at elsewhere.
FOR_ASKING = (
    "concurrent.futures",
    "http.client",
    "huggingface_hub",
    "logging",
    "platform",
    "queue",
    "random",
    "requests",
    "requests_cache",
    "subprocess",
)
OURS = ("asking", "gathering", "reply", "shelf", "sqlite_file", "store", "wire")
# What flake8 itself has imported counts for nothing.
TELL = f"""
import atexit, sys
before = set()
def tell():
    print(*sorted(set({FOR_ASKING}) & set(sys.modules) - before))
    print(*sorted(one for one in {OURS} if "flake8_hfmodels.hub." + one in sys.modules))
atexit.register(tell)
"""
COMMAND = "from flake8_hfmodels.cli.main import main; main(sys.argv[1:])"
FLAKE8 = "from flake8.main.cli import main; before |= set(sys.modules); main(sys.argv[1:])"
DOORS = {
    "hfmodels": (COMMAND, ("check", "--cache-dir", "cache")),
    "flake8": (FLAKE8, ("-j1", "--select=HFM", "--hfmodels-cache-dir", "cache")),
}
MODULES = [module.name for module in pkgutil.walk_packages(hub.__path__, f"{hub.__name__}.")]


def test_modules_are_found() -> None:
    assert f"{hub.__name__}.client" in MODULES


def test_imports_ask_nobody(lonely: Place) -> None:
    ran = lonely.unmeasured().python("-c", f"{LISTEN}import {', '.join(MODULES)}")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_offline_run_asks_nobody(lonely: Place) -> None:
    """What is imported at the first question is imported here too."""
    lonely.write("app.py", LOAD.format("org/model", ""))
    command = "from flake8_hfmodels.cli.main import main; sys.exit(main(sys.argv[1:]))"
    arguments = ("check", "--offline", "--format", "json", "app.py")
    ran = lonely.unmeasured().python("-c", LISTEN + command, *arguments)
    assert ran.codes() == ["HFM001"]


@pytest.mark.parametrize(
    ("code", "heard"),
    [
        pytest.param("socket.getaddrinfo('127.0.0.1', 9)", "socket.getaddrinfo\n", id="name"),
        pytest.param(
            "socket.socket().connect_ex(('127.0.0.1', 9))", "socket.connect\n", id="connection"
        ),
        pytest.param("socket.socket().bind(('127.0.0.1', 0))", "", id="this-machine"),
    ],
)
def test_what_would_be_heard(lonely: Place, code: str, heard: str) -> None:
    assert lonely.unmeasured().python("-c", f"{LISTEN}import socket; {code}").out == heard


@pytest.mark.parametrize("environment", [{}, {"HF_HUB_OFFLINE": "1"}], ids=["online", "offline"])
@pytest.mark.parametrize(("program", "arguments"), DOORS.values(), ids=DOORS)
def test_warm_run_imports_nothing_for_asking(
    place: Place, program: str, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    place.write("app.py", LOAD.format("openai-community/gpt2", ""))
    place.hfmodels("check", "--cache-dir", "cache", "app.py")
    earlier = time.time() - 10
    os.utime(place.folder / "cache" / "hub.sqlite", (earlier, earlier))
    warm = place.unmeasured().where(**environment)
    ran = warm.python("-c", TELL + program, *arguments, "app.py")
    assert "pin revision='" in ran.out
    assert ran.out.splitlines()[-2:] == ["", ""]


def test_cold_run_imports_what_asking_takes(place: Place) -> None:
    place.write("app.py", LOAD.format("openai-community/gpt2", ""))
    ran = place.unmeasured().python("-c", TELL + COMMAND, "check", "app.py")
    *_, theirs, ours = ran.out.splitlines()
    assert {"queue", "random", "requests"} <= set(theirs.split())
    assert ours.split() == [*OURS]
