"""The line that says how far the asking is: for people only, and gone in the end."""

from __future__ import annotations

import io
import sys

import pytest

from flake8_hfmodels.cli import progress
from flake8_hfmodels.cli.progress import ProgressLine
from tests.doors import HEAD, Place

LOADS = HEAD + "".join(f'AutoModel.from_pretrained("acme/model-{n}")\n' for n in range(3))
CLEAR = "\r\x1b[K"


class Screen(io.StringIO):
    """A terminal, as far as Python can tell."""

    def isatty(self) -> bool:
        return True


class Closed(Screen):
    """A terminal that somebody has closed."""

    def write(self, text: str) -> int:
        raise OSError(text)


@pytest.fixture(autouse=True)
def somebody_looks_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "TERM"):
        monkeypatch.delenv(name, raising=False)


def shown(monkeypatch: pytest.MonkeyPatch, screen: io.StringIO | None) -> ProgressLine:
    monkeypatch.setattr(sys, "stderr", screen)
    return ProgressLine()


def test_the_line_tells_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    with shown(monkeypatch, screen) as line:
        line(1, 3)
    assert screen.getvalue() == f"{CLEAR}asking the Hub: 1 of 3 repos{CLEAR}"


def test_not_more_often_than_one_can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    with shown(monkeypatch, screen) as line:
        for number in range(100):
            line(number, 100)
    assert screen.getvalue().count("asking") < 10


def test_nothing_is_written_where_nothing_was_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    with shown(monkeypatch, screen):
        pass
    assert screen.getvalue() == ""


@pytest.mark.parametrize(
    ("variable", "value"), [("CI", "true"), ("TERM", "dumb")], ids=["CI", "dumb"]
)
def test_nobody_looks_on(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    screen = Screen()
    monkeypatch.setenv(variable, value)
    with shown(monkeypatch, screen) as line:
        line(1, 3)
    assert screen.getvalue() == ""


@pytest.mark.parametrize("stream", [io.StringIO(), None], ids=["pipe", "closed"])
def test_no_terminal(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None) -> None:
    with shown(monkeypatch, stream) as line:
        line(1, 3)
    assert stream is None or stream.getvalue() == ""


def test_a_terminal_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.0)
    with shown(monkeypatch, Closed()) as line:
        line(1, 3)
        line(2, 3)


def test_none_in_a_pipe(place: Place) -> None:
    place.write("app.py", LOADS)
    assert place.hfmodels("check", "app.py").err == ""


def test_on_a_terminal(place: Place) -> None:
    place.write("app.py", LOADS)
    here = place.where(CI="")
    seen = here.on_a_terminal("-m", "flake8_hfmodels", "check", "app.py", with_errors=True)
    assert "asking the Hub: 1 of 3 repos" in seen
    assert seen.rpartition("repos")[2].count("asking") == 0
