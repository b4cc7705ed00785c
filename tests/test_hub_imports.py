"""Importing the Hub layer asks nobody: no connection is made, and no name is resolved."""

from __future__ import annotations

import pkgutil

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
