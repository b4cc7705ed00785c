"""The command line: parse it, run the command, print what it comes to."""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import TYPE_CHECKING

from flake8_hfmodels.cli.exits import INTERRUPTED, USAGE
from flake8_hfmodels.cli.outcome import Outcome

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import TextIO

GARBAGE = 200_000
"""New objects before Python looks for garbage, of which syntax trees make next to none. With its
own 700, a third of the time of a check goes into it."""

_STORE = "flake8_hfmodels.hub.store"
"""A file that is opened there is closed by the last search for garbage."""

_OWN = (
    *("pin", "update", "lock", "audit"),
    *("inspect", "lookalikes", "gate", "watch"),
    *("respond", "sbom", "mirror", "report"),
)
"""The commands with a module of their own each, of their name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code, which `exits` lists."""
    gc.set_threshold(GARBAGE)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name may be anything
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = _printed(_run(_parsed(given)))
    except KeyboardInterrupt:
        return INTERRUPTED
    if arguments is None and _STORE not in sys.modules:
        gc.freeze()  # the process ends, and a last search for garbage would take a tenth of it
    return code


def _parsed(given: Sequence[str]) -> argparse.Namespace:
    from flake8_hfmodels.cli.commands import command_line  # not while garbage is searched for

    parser = command_line()
    for argument in given[: given.index("--")] if "--" in given else given:
        if argument.startswith("-") and argument != "-" and os.path.lexists(argument):
            parser.error(f"{argument} is a file named like an option; put -- before the paths")
    return parser.parse_args(given)


def _printed(outcome: Outcome) -> int:
    """Print an outcome and return its exit code; nobody's loss of interest changes that."""
    lost = _write(sys.stdout, outcome.text)
    if outcome.complaints:
        from flake8_hfmodels.report.paint import printable

        lines = (f"hfmodels: {printable(line)}\n" for line in outcome.complaints)
        _write(sys.stderr, "".join(lines))
    if lost is None:
        return outcome.code
    _write(sys.stderr, f"hfmodels: the report cannot be written ({lost})\n")
    return USAGE


def _write(stream: TextIO | None, text: str) -> str | None:
    """Write text that somebody may want, and say why it did not get through, if that is news."""
    if stream is None:  # closed by who started us
        return None
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return None if isinstance(error, BrokenPipeError) else (error.strerror or str(error))
    return None


def _run(options: argparse.Namespace) -> Outcome:
    if options.command == "explain":
        from flake8_hfmodels.cli.explain import explain

        return explain(options.code)
    if options.command == "cache":
        from flake8_hfmodels.cli.cache import run

        return run(options)
    if options.command == "completion":
        from flake8_hfmodels.cli.commands import whole_command_line
        from flake8_hfmodels.cli.completion import completion

        return completion(options.shell, whole_command_line())
    if options.command in _OWN:
        from importlib import import_module

        outcome: Outcome = import_module(f"flake8_hfmodels.cli.{options.command}").run(options)
        return outcome
    from flake8_hfmodels.cli.check import run_check, run_list

    return run_list(options) if options.command == "list" else run_check(options)
