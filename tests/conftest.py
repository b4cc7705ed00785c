"""Fixtures that more than one module of tests uses."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.identity import identity
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.hub.opening import close_all
from tests.doors import Place
from tests.fakehub import FakeHub, small_world

# A commit is green or red by itself; HYPOTHESIS_PROFILE=default looks for what nobody has found.
settings.register_profile("the same each time", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "the same each time"))

FOREIGN = (
    "HF_",
    "HUGGING",
    "TRANSFORMERS_OFFLINE",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "SSL_CERT_",
)


class Connect(Protocol):
    """Opens the lookup layer on an endpoint."""

    def __call__(
        self,
        endpoint: str,
        token: str | None = None,
        *,
        offline: bool = False,
        timeout: float = 5.0,
        deadline: float = 20.0,
        cache: Path | str | None = None,
        hurried: bool = False,
    ) -> Hub: ...


@pytest.fixture
def connect() -> Iterator[Connect]:
    """A way to open the lookup layer, as often as needed; all is closed at the end."""
    with contextlib.ExitStack() as opened:

        def connecting(
            endpoint: str,
            token: str | None = None,
            *,
            offline: bool = False,
            timeout: float = 5.0,
            deadline: float = 20.0,
            cache: Path | str | None = None,
            hurried: bool = False,
        ) -> Hub:
            who = identity(endpoint, token, offline)
            return opened.enter_context(
                contextlib.closing(
                    Hub(Client(who, Limits(timeout, hurried=hurried), cache), deadline)
                )
            )

        yield connecting


OWN = itertools.count()


@pytest.fixture(autouse=True)
def isolated(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Nothing of the user's own: no token, endpoint, proxy, netrc or cache.

    The folder of a test's own is only named: to make one takes longer than most tests do.
    """
    home = tmp_path_factory.getbasetemp() / f"own-{next(OWN)}"
    for name in [name for name in os.environ if name.upper().startswith(FOREIGN)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HOME", str(home / "hf-home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "xdg-cache"))
    monkeypatch.setenv("NETRC", os.devnull)
    yield
    close_all()


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    """A fresh fake Hub of the small world."""
    with FakeHub(small_world()) as running:
        yield running


@pytest.fixture
def place(tmp_path: Path, hub: FakeHub) -> Place:
    """A folder to run the doors in, with the fake Hub as its Hub."""
    return Place.at(tmp_path / "project", hub.url)


@pytest.fixture
def nobody_listens() -> Iterator[str]:
    """An endpoint at which every connection is refused."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def lonely(tmp_path: Path, nobody_listens: str) -> Place:
    """A folder to run the doors in where there is no Hub."""
    return Place.at(tmp_path / "project", nobody_listens)


@pytest.fixture(scope="session", autouse=True)
def interrupts_are_heard() -> Iterator[None]:
    """Let Ctrl-C reach the processes that tests start, also where nobody's reaches us.

    A shell starts what runs in its background with interrupts ignored, and that is inherited.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
