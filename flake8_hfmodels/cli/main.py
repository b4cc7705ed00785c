"""The command line: parse it, run the command, print what it comes to."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

from flake8_hfmodels import __version__
from flake8_hfmodels.cli.exits import INTERRUPTED, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.reference import Persona
from flake8_hfmodels.settings import OPTIONS


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line and the usage exit code, instead of a page of usage."""
        self.exit(USAGE, f"{self.prog}: {message}; see {self.prog} --help\n")


GARBAGE = 20_000
"""New objects before Python looks for garbage, of which syntax trees make next to none. With its
own 700, a third of the time of a check goes into it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code, which `exits` lists."""
    gc.set_threshold(GARBAGE)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name may be anything
    given = sys.argv[1:] if arguments is None else arguments
    parser = command_line()
    for argument in given[: given.index("--")] if "--" in given else given:
        if argument.startswith("-") and argument != "-" and os.path.lexists(argument):
            parser.error(f"{argument} is a file named like an option; put -- before the paths")
    options = parser.parse_args(given)
    try:
        return _printed(_run(options))
    except KeyboardInterrupt:
        return INTERRUPTED


def _printed(outcome: Outcome) -> int:
    """Print an outcome and return its exit code; nobody's loss of interest changes that."""
    lost = _write(sys.stdout, outcome.text)
    if outcome.complaints:
        from flake8_hfmodels.report.text import printable

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
    from flake8_hfmodels.cli.check import run_check, run_list

    return run_list(options) if options.command == "list" else run_check(options)


def command_line() -> argparse.ArgumentParser:
    """The parser of all commands and their options."""
    parser = _Parser(
        prog="hfmodels",
        description="Hugging Face models are dependencies: check them.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"hfmodels {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="say what is wrong with references to the Hub",
        epilog="Exit codes: 0 clean, 1 findings, 2 wrong usage or a file that could not be "
        "checked, 3 could not ask (with --strict), 130 interrupted.",
        allow_abbrev=False,
    )
    _add_paths(check)
    for option in OPTIONS:
        check.add_argument(f"--{option.name}", **option.for_argparse())
    inventory = commands.add_parser(
        "list", help="list every reference to the Hub: the inventory", allow_abbrev=False
    )
    _add_paths(inventory)
    for option in OPTIONS:
        if option.in_list:
            default = Persona.AUDITOR.value if option.name == "persona" else None
            inventory.add_argument(f"--{option.name}", **option.for_argparse(default))
    explain = commands.add_parser("explain", help="explain a rule: what, why, what to do, examples")
    explain.add_argument("code", metavar="CODE", help="the rule's code, such as HFM001")
    _add_cache(commands)
    return parser


def _add_cache(commands: argparse._SubParsersAction[_Parser]) -> None:
    cache = commands.add_parser(
        "cache",
        help="the Hub's answers that are kept: where, how many, remove them",
        epilog="Exit codes: 0 done, or nothing there, 2 wrong usage or a cache that cannot be "
        "read.",
        allow_abbrev=False,
    )
    cache.add_argument(
        "action",
        choices=("dir", "info", "clear"),
        help="dir: print the folder; info: what is in it; clear: remove what hfmodels keeps there",
    )
    cache.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="of info: for people or for scripts (default: text)",
    )
    for option in OPTIONS:
        if option.name in ("cache-dir", "cache-url"):
            cache.add_argument(f"--{option.name}", **option.for_argparse())


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="files and folders; - reads standard input (default: the current folder)",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="for people or for scripts (default: text)",
    )
    parser.add_argument(
        "--stdin-filename",
        default="stdin.py",
        metavar="NAME",
        help="what to call standard input; the name says its kind (default: stdin.py)",
    )
