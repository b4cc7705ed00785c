"""What a command comes to, before any of it is printed."""

from __future__ import annotations

import os
from collections.abc import Callable

from flake8_hfmodels.cli.exits import USAGE
from flake8_hfmodels.record import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """The exit code, the text for standard output, and lines for standard error."""

    code: int
    text: str = ""
    complaints: tuple[str, ...] = ()

    def into(self, path: str, brief: Callable[[], str]) -> Outcome:
        """The outcome once its text stands in the file that `--output` names, if it names one.

        `brief` is what stands in a log instead; in what is no file, such as `/dev/stdout`, the
        text is enough. A file that cannot be written is wrong usage.
        """
        if not path:
            return self
        from flake8_hfmodels.cli.writing import write_whole

        lost = write_whole(path, self.text)
        if lost is not None:
            return Outcome(USAGE, "", (*self.complaints, f"--output: {path}: {lost}"))
        return Outcome(self.code, brief() if os.path.isfile(path) else "", self.complaints)
