"""What is taken from the terminal and the environment: colours, links, columns."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import struct
import termios
from collections.abc import Iterator
from typing import TextIO

import pytest

from flake8_hfmodels.cli.terminal import When, columns_of, paint_for
from flake8_hfmodels.report.paint import Paint

NOTHING, COLOURED = Paint(colour=False), Paint(colour=True)
EVERYTHING = Paint(colour=True, links=True)


class Screen(io.StringIO):
    """A terminal, as far as Python can tell."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def painted(
    monkeypatch: pytest.MonkeyPatch, stream: TextIO | None, when: When, environment: dict[str, str]
) -> Paint:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return paint_for(stream, when)


@pytest.mark.parametrize(
    ("when", "environment", "paint"),
    [
        ("auto", {}, EVERYTHING),
        ("auto", {"NO_COLOR": "1"}, NOTHING),
        ("auto", {"NO_COLOR": "0"}, NOTHING),
        ("auto", {"NO_COLOR": ""}, EVERYTHING),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, NOTHING),
        ("auto", {"TERM": "dumb"}, NOTHING),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, COLOURED),
        ("auto", {"TERM": "linux"}, COLOURED),
        ("auto", {"CI": "true"}, COLOURED),
        ("always", {}, EVERYTHING),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, COLOURED),
        ("never", {}, NOTHING),
        ("never", {"FORCE_COLOR": "1"}, NOTHING),
    ],
    ids=str,
)
def test_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, when: When, environment: dict[str, str], paint: Paint
) -> None:
    assert painted(monkeypatch, Screen(), when, environment) == paint


@pytest.mark.parametrize(
    ("when", "environment", "paint"),
    [
        ("auto", {}, NOTHING),
        ("auto", {"FORCE_COLOR": "1"}, COLOURED),
        ("auto", {"FORCE_COLOR": "0"}, COLOURED),
        ("auto", {"FORCE_COLOR": ""}, NOTHING),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, NOTHING),
        ("always", {}, COLOURED),
        ("never", {"FORCE_COLOR": "1"}, NOTHING),
    ],
    ids=str,
)
def test_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, when: When, environment: dict[str, str], paint: Paint
) -> None:
    assert painted(monkeypatch, io.StringIO(), when, environment) == paint


@pytest.mark.parametrize(
    ("when", "environment", "paint"),
    [
        ("auto", {}, NOTHING),
        ("auto", {"FORCE_COLOR": "1"}, NOTHING),
        ("always", {"NO_COLOR": "1"}, COLOURED),
        ("never", {}, NOTHING),
    ],
    ids=str,
)
def test_in_a_file(
    monkeypatch: pytest.MonkeyPatch, when: When, environment: dict[str, str], paint: Paint
) -> None:
    assert painted(monkeypatch, None, when, environment) == paint


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    """A real one, of no size as yet."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream:
        yield stream
    os.close(ours)


def test_columns_of_a_terminal(terminal: TextIO) -> None:
    fcntl.ioctl(terminal.fileno(), termios.TIOCSWINSZ, struct.pack("HHHH", 24, 97, 0, 0))
    assert columns_of(terminal) == 97


def test_terminal_that_does_not_know_its_size(terminal: TextIO) -> None:
    assert columns_of(terminal) is None


@pytest.mark.parametrize("stream", [Screen(), io.StringIO(), None], ids=["odd", "pipe", "file"])
def test_no_columns(stream: TextIO | None) -> None:
    assert columns_of(stream) is None
