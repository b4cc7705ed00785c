"""Both doors as real processes: a folder to run them in, and what they say."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

GENEROUS = 60.0
"""Seconds after which a process counts as hung. A test that needs them has failed already."""

HEAD = "from transformers import AutoModel\n"
LOAD = HEAD + 'AutoModel.from_pretrained("{}"{})\n'

_FLAKE8_LINE = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<text>[A-Z].*)")
_HERMETIC = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Test",
    "GIT_AUTHOR_EMAIL": "test@example.org",
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@example.org",
}
_FOREIGN = (
    *("HF_", "HUGGING", "TRANSFORMERS_", "GIT_", "XDG_", "PRE_COMMIT", "LC_"),
    *("NO_COLOR", "FORCE_COLOR", "CI"),
)

Said = tuple[str, int, int, str]
"""One finding as both doors tell it: path, line, column, code with message."""


@dataclass(frozen=True)
class Ran:
    """What a process left behind."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """The lines of standard error."""
        return self.err.splitlines()

    def flake8_says(self) -> list[Said]:
        """The findings in flake8's output."""
        found = map(_FLAKE8_LINE.fullmatch, self.out.splitlines())
        return [
            (one["path"], int(one["line"]), int(one["column"]), one["text"]) for one in found if one
        ]

    def json_says(self) -> list[Said]:
        """The findings in the JSON of `hfmodels`."""
        return [
            (one["path"], one["line"], one["column"], f"{one['code']} {one['message']}")
            for one in json.loads(self.out)["findings"]
        ]

    def said(self) -> list[Said]:
        """The findings, whichever door told them."""
        return self.json_says() if self.out.startswith("{") else self.flake8_says()

    def codes(self) -> list[str]:
        """The codes of the findings, in order."""
        return [text.split(" ", 1)[0] for *_place, text in self.said()]

    def untimed(self) -> str:
        """Standard output with the one thing in it that no two runs share."""
        return re.sub(r"\d+\.\d\d s$", "0.00 s", self.out, flags=re.MULTILINE)


MEASURED = frozenset(
    {
        *("test_audit_local.py", "test_changes.py", "test_cli.py", "test_configuration.py"),
        *("test_configured.py", "test_gateway_doors.py", "test_known.py", "test_lock.py"),
        *("test_mirror.py", "test_page_command.py", "test_pin.py", "test_plugin.py"),
        *("test_policy_table.py", "test_respond.py", "test_respond_machine.py"),
        *("test_showing.py", "test_update.py", "test_workers.py"),
    }
)
"""The modules of tests in whose processes coverage looks on, which takes as long again as the
processes themselves: those that reach what nothing in this process does."""


@dataclass(frozen=True)
class Place:
    """A folder, and the environment of what runs in it: a Hub, and nothing of the user's own."""

    folder: Path
    environment: dict[str, str]

    @classmethod
    def at(cls, folder: Path, endpoint: str) -> Place:
        """A place whose Hub is at an endpoint; caches and the home are in the folder's parent."""
        home = folder.with_name(folder.name + "-home")
        folder.mkdir(exist_ok=True)
        home.mkdir(exist_ok=True)
        foreign = _FOREIGN if _is_measured() else (*_FOREIGN, "COVERAGE")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
        own = {
            "HOME": str(home),
            "HF_ENDPOINT": endpoint,
            "HF_HOME": str(home / "hf"),
            "NO_PROXY": "127.0.0.1",
            "TERM": "xterm",
            "LANG": "C.UTF-8",
        }
        return cls(folder, kept | _HERMETIC | own)

    def where(self, **environment: str) -> Place:
        """The same place with some variables set otherwise."""
        return replace(self, environment=self.environment | environment)

    def inside(self, name: str) -> Place:
        """A folder in this one, with the same environment."""
        folder = self.folder / name
        folder.mkdir()
        return replace(self, folder=folder)

    def unmeasured(self) -> Place:
        """The same place, where coverage does not look on (and imports what it needs)."""
        kept = {key: one for key, one in self.environment.items() if "COVERAGE" not in key}
        return replace(self, environment=kept)

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file, and the folders above it."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def run(self, *command: str, stdin: str | bytes = b"") -> Ran:
        """Run a command here to its end."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            check=False,
            timeout=GENEROUS,
        )
        return Ran(done.returncode, _text(done.stdout), _text(done.stderr))

    @property
    def interpreter(self) -> str:
        """The Python that runs the tests."""
        return sys.executable

    def python(self, *arguments: str, stdin: str | bytes = b"") -> Ran:
        """Run Python here."""
        return self.run(self.interpreter, *arguments, stdin=stdin)

    def hfmodels(self, *arguments: str, stdin: str | bytes = b"") -> Ran:
        """Run the `hfmodels` command here."""
        return self.python("-m", "flake8_hfmodels", *arguments, stdin=stdin)

    def flake8(self, *arguments: str, stdin: str | bytes = b"") -> Ran:
        """Run flake8 here, with our plugin and nobody else's findings."""
        return self.python("-m", "flake8", "--select", "HFM,E9", *arguments, stdin=stdin)

    def plain_flake8(self, *arguments: str) -> Ran:
        """Run flake8 here as it is."""
        return self.python("-m", "flake8", *arguments)

    def on_a_terminal(self, *arguments: str, with_errors: bool = False) -> str:
        """What Python writes when its standard output (and error) is a terminal."""
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            (sys.executable, *arguments),
            cwd=self.folder,
            env=self.environment,
            stdout=theirs,
            stderr=theirs if with_errors else None,
        ):
            os.close(theirs)
            with io.FileIO(ours) as screen:
                return _text(b"".join(_until_hung_up(screen)))

    def interrupted(self, *arguments: str, when: Callable[[], bool]) -> Ran:
        """Run Python here and press Ctrl-C at a certain moment."""
        process = subprocess.Popen(
            (sys.executable, *arguments),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with process:
            _wait_until(when)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=GENEROUS)
        return Ran(process.returncode, _text(out), _text(err))

    def git(self, *arguments: str) -> Ran:
        """Run git here."""
        ran = self.run("git", *arguments)
        assert ran.code == 0, ran.err
        return ran


def _is_measured() -> bool:
    """Whether coverage looks on at what the test that runs starts."""
    module = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[0]
    return os.path.basename(module) in MEASURED


def _until_hung_up(screen: io.FileIO) -> Iterator[bytes]:
    # Linux says EIO where a file says that it is at its end.
    with contextlib.suppress(OSError):
        while chunk := screen.read(4096):
            yield chunk


def _wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + GENEROUS
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def through_flake8(place: Place, path: str, *options: str) -> Ran:
    """Check a file with flake8; the options are those of `hfmodels check`."""
    return place.flake8(*(one.replace("--", "--hfmodels-", 1) for one in options), path)


def through_hfmodels(place: Place, path: str, *options: str) -> Ran:
    """Check a file with `hfmodels check`."""
    return place.hfmodels("check", "--format", "json", *options, path)


DOORS = {"flake8": through_flake8, "hfmodels": through_hfmodels}
