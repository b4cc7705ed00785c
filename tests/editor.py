"""A text editor, as far as a language server can tell: documents in, diagnostics out."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sysconfig
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.doors import GENEROUS, Place

PYLSP = ("-m", "pylsp")

WARNING = 2
"""How the Language Server Protocol writes that severity."""

Position = tuple[int, int]
"""Line and character, both from 0."""

_OFF = ("mccabe", "pycodestyle", "pydocstyle", "pyflakes", "pylint")
_PLUGINS = {name: {"enabled": False} for name in _OFF} | {"flake8": {"enabled": True}}
_SETTINGS = {"pylsp": {"plugins": _PLUGINS}}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What a language server has against a range of a document."""

    code: str
    message: str
    severity: int
    start: Position
    end: Position


@contextlib.contextmanager
def editing(
    place: Place, server: Sequence[str] = PYLSP, patience: float = GENEROUS
) -> Iterator[Editor]:
    """An editor of the files in a place, whose language server runs there.

    The server is Python with arguments, and finds the flake8 that is installed for the Python of
    the tests. It is killed in the end, with all that it started; hence coverage does not look on.
    """
    scripts, found = sysconfig.get_path("scripts"), place.environment.get("PATH", os.defpath)
    alone = place.unmeasured().where(PATH=f"{scripts}{os.pathsep}{found}")
    log = place.folder.with_name(f"{place.folder.name}-server.log")
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            (alone.interpreter, *server),
            cwd=alone.folder,
            env=alone.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        ) as process,
    ):
        try:
            editor = Editor(alone.folder, process, log, patience)
            editor.start()
            yield editor
        finally:
            _kill(process)


class Editor:
    """A client of a language server, over the server's standard input and output.

    Each wait is bounded by patience; after that the server is killed, and what it wrote to its
    standard error is the reason of the failure.
    """

    def __init__(
        self, folder: Path, process: subprocess.Popen[bytes], log: Path, patience: float
    ) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._folder = folder
        self._process = process
        self._input, self._output = process.stdin.fileno(), process.stdout
        self._log = log
        self._patience = patience
        self._is_ready = False
        self._versions: dict[str, int] = {}
        self._said: dict[tuple[str, int], list[Diagnostic]] = {}

    @property
    def log(self) -> str:
        """What the server has written to its standard error so far."""
        return self._log.read_text("utf-8", "replace")

    def start(self) -> None:
        """Greet the server, and turn flake8 on and the other linters off."""
        self._send(
            "initialize",
            {"processId": os.getpid(), "rootUri": self._folder.as_uri(), "capabilities": {}},
            id=1,
        )
        self._wait(lambda: self._is_ready)
        self._send("initialized", {})
        self._send("workspace/didChangeConfiguration", {"settings": _SETTINGS})

    def open(self, path: str, text: str) -> None:
        """Open a document: a text, which need not be what a file of that path holds, if any."""
        self._versions[path] = 1
        about = {"uri": self._uri(path), "languageId": "python", "version": 1, "text": text}
        self._send("textDocument/didOpen", {"textDocument": about})

    def insert(self, path: str, at: Position, text: str) -> None:
        """Type some text into an open document."""
        self._versions[path] += 1
        about = {"uri": self._uri(path), "version": self._versions[path]}
        place = {"line": at[0], "character": at[1]}
        change = {"range": {"start": place, "end": place}, "text": text}
        self._send("textDocument/didChange", {"textDocument": about, "contentChanges": [change]})

    def diagnostics(self, path: str) -> list[Diagnostic]:
        """What the server has against a document as it is now; waits until the server says it."""
        wanted = (self._uri(path), self._versions[path])
        self._wait(lambda: wanted in self._said)
        return self._said[wanted]

    def _uri(self, path: str) -> str:
        return (self._folder / path).as_uri()

    def _send(self, method: str, params: Mapping[str, object], **more: int) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params, **more}
        body = json.dumps(message, ensure_ascii=False).encode()
        # A server that is gone is noticed where its answer is read.
        with contextlib.suppress(BrokenPipeError):
            os.write(self._input, b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def _wait(self, is_over: Callable[[], bool]) -> None:
        """Take messages until a wait is over; none comes from a server that is killed."""
        bound = threading.Timer(self._patience, _kill, (self._process,))
        bound.start()
        try:
            while not is_over():
                self._hear(self._message())
        finally:
            bound.cancel()

    def _hear(self, message: Mapping[str, Any]) -> None:
        """Keep what a message says: that the server is ready, or what it has against a document."""
        self._is_ready = self._is_ready or "result" in message
        if message.get("method") == "textDocument/publishDiagnostics":
            said = message["params"]
            found = [_diagnostic(one) for one in said["diagnostics"]]
            self._said[said["uri"], said["version"]] = found

    def _message(self) -> Mapping[str, Any]:
        """The server's next message."""
        headers = [line.partition(b": ") for line in iter(self._line, b"")]
        length = {name.lower(): value for name, _, value in headers}.get(b"content-length")
        assert length, f"nothing more is heard of the language server:\n{self.log}"
        message: Mapping[str, Any] = json.loads(self._output.read(int(length)))
        return message

    def _line(self) -> bytes:
        """The next line without its end; empty also at the end of everything."""
        return self._output.readline().rstrip()


def _diagnostic(said: Mapping[str, Any]) -> Diagnostic:
    start, end = said["range"]["start"], said["range"]["end"]
    return Diagnostic(
        said["code"],
        said["message"],
        said["severity"],
        (start["line"], start["character"]),
        (end["line"], end["character"]),
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    # It leads a group of its own, which is there until somebody has waited for it.
    os.killpg(process.pid, signal.SIGKILL)
