"""The command in this process, in the place of a process of its own."""

from __future__ import annotations

import os
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from unittest.mock import patch

from flake8_hfmodels import configuration
from flake8_hfmodels import project as project_of_git
from flake8_hfmodels.cli.main import main
from flake8_hfmodels.hub.opening import close_all
from flake8_hfmodels.lock import place as places
from tests.doors import Place, Ran


@dataclass(frozen=True)
class Inside(Place):
    """A place whose `hfmodels` runs in this process, which has forgotten all of earlier runs.

    That takes a tenth of the time, where nothing depends on its being a process of its own.
    """

    @classmethod
    def of(cls, place: Place) -> Inside:
        """The same place."""
        return cls(place.folder, place.environment)

    def hfmodels(self, *arguments: str, stdin: str | bytes = b"") -> Ran:
        """Run the `hfmodels` command here."""
        forget()
        given = stdin.encode() if isinstance(stdin, str) else stdin
        before = os.getcwd()
        os.chdir(self.folder)
        try:
            with (
                redirect_stdout(StringIO()) as out,
                redirect_stderr(StringIO()) as err,
                patch("sys.stdin", TextIOWrapper(BytesIO(given), encoding="utf-8")),
                patch.dict(os.environ, self.environment, clear=True),
            ):
                code = _exit_code(arguments)
        finally:
            os.chdir(before)
        return Ran(code, out.getvalue(), err.getvalue())


def _exit_code(arguments: tuple[str, ...]) -> int:
    try:
        return main(arguments)
    except SystemExit as ended:  # argparse, which has said why
        return ended.code if isinstance(ended.code, int) else 1


def forget() -> None:
    """What a process knows of files, of the environment, and of whom it asks."""
    close_all()
    for known in (
        configuration._above,
        configuration._read,
        places._above,
        places._read,
        project_of_git.project,
    ):
        known.cache_clear()
