"""A real browser without a window, driven through pipes: no library, no port."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)

# It reads commands from 3 and writes answers to 4; what those are to us is passed as arguments.
_START = """
import os, sys
ours, theirs = int(sys.argv[1]), int(sys.argv[2])
os.dup2(ours, 3)
os.dup2(theirs, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
    *("--disable-dev-shm-usage", "--remote-debugging-pipe"),
)
KEYS = {
    "Tab": (9, ""),
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    "Home": (36, ""),
    "End": (35, ""),
    "ArrowLeft": (37, ""),
    "ArrowUp": (38, ""),
    "ArrowRight": (39, ""),
    "ArrowDown": (40, ""),
    "/": (191, "/"),
}
"""The keys that can be pressed, each with its number on Windows and what it types."""


class Browser:
    """A tab. https://chromedevtools.github.io/devtools-protocol/ has what can be asked of it."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = commands
        self._answers = answers
        self._read = b""
        self._numbers = count(1)
        self._session: str | None = None
        self._events: list[dict[str, Any]] = []
        self._loading: list[dict[str, Any]] = []
        (target,) = [
            one for one in self("Target.getTargets")["targetInfos"] if one["type"] == "page"
        ]
        attached = self("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self(f"{domain}.enable")
        self("Emulation.setFocusEmulationEnabled", enabled=True)

    def __call__(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask for something, and wait for the answer."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != number:
            self._events.append(answer)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def open(self, page: Path, *, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """Go to a page, on a screen of some size."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self("Emulation.setEmulatedMedia", media="", features=[scheme])
        self(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self("Page.navigate", url="about:blank")
        self._wait("Page.loadEventFired")
        self("Page.navigate", url=page.as_uri())
        self._wait("Page.loadEventFired")

    def says(self, expression: str) -> Any:
        """The value of some JavaScript."""
        asked = self(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in asked, asked
        return asked["result"].get("value")

    def press(self, *keys: str, shift: bool = False) -> None:
        """Press keys, one after the other, and let the page draw."""
        for key in keys:
            number, text = KEYS[key]
            named = {"key": key, "windowsVirtualKeyCode": number, "modifiers": 8 if shift else 0}
            self("Input.dispatchKeyEvent", type="keyDown", text=text, **named)
            self("Input.dispatchKeyEvent", type="keyUp", **named)
        self._drawn()

    def type(self, text: str) -> None:
        """Type text where the focus is."""
        self("Input.insertText", text=text)
        self._drawn()

    def picture(self, path: Path) -> None:
        """Keep what is seen."""
        taken = self("Page.captureScreenshot")
        path.write_bytes(base64.b64decode(taken["data"]))

    def complaints(self) -> list[str]:
        """What the page has had on its console, errors and broken rules of its policy with it."""
        self._drawn()
        wanted = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [
            json.dumps(one) for one in (*self._loading, *self._events) if one["method"] in wanted
        ]

    def requests(self) -> list[str]:
        """The addresses that the page has asked for."""
        every = (*self._loading, *self._events)
        sent = [one for one in every if one["method"] == "Network.requestWillBeSent"]
        return [one["params"]["request"]["url"] for one in sent]

    def _drawn(self) -> None:
        self.says("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def _wait(self, event: str) -> None:
        while not any(one.get("method") == event for one in self._events):
            self._events.append(self._next())
        self._loading, self._events = self._events, []

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            more = os.read(self._answers, 65536)
            assert more, "the browser has gone"
            self._read += more
        message, _, self._read = self._read.partition(b"\0")
        read: dict[str, Any] = json.loads(message)
        return read


@contextlib.contextmanager
def browsing(profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, which ends with the block."""
    assert CHROMIUM is not None
    theirs, commands = os.pipe()
    answers, ours = os.pipe()
    high = [fcntl.fcntl(one, fcntl.F_DUPFD, 50) for one in (theirs, ours)]
    process = subprocess.Popen(
        (
            *(sys.executable, "-c", _START, *map(str, high), CHROMIUM),
            *(*_OPTIONS, f"--user-data-dir={profile}", "about:blank"),
        ),
        pass_fds=high,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(profile)},
    )
    for one in (theirs, ours, *high):
        os.close(one)
    try:
        yield Browser(commands, answers)
    finally:
        os.close(commands)  # it ends when nobody can command it any more
        process.wait(timeout=30)
        os.close(answers)
