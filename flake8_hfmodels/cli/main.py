"""The command line: parse it, run the command, print what it comes to."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NoReturn, TextIO

from flake8_hfmodels import __version__
from flake8_hfmodels.cli.exits import INTERRUPTED, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.options import OPTIONS
from flake8_hfmodels.persona import Persona


class _Formatter(argparse.HelpFormatter):
    """Help as wide as the terminal.

    argparse makes one for every option that is added, and would
    import `shutil` with all its compression to ask.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns() - 2)


@cache
def columns() -> int:
    """How wide help may be, as `shutil.get_terminal_size` finds it."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return int(given)
    try:
        return os.get_terminal_size().columns
    except OSError:  # no terminal
        return 80


class _Parser(argparse.ArgumentParser):
    """A parser that gets its options when it is used: each run uses one command of several."""

    def __init__(
        self, *, fill: Callable[[argparse.ArgumentParser], None] | None = None, **about: Any
    ) -> None:
        super().__init__(allow_abbrev=False, formatter_class=_Formatter, **about)
        self._fill = fill

    def parse_known_args(self, *given: Any, **named: Any) -> Any:
        """Parse, with the options that this command has."""
        self._filled()
        return super().parse_known_args(*given, **named)

    def format_help(self) -> str:
        """The help, with the options that this command has."""
        self._filled()
        return super().format_help()

    def _filled(self) -> None:
        fill, self._fill = self._fill, None
        if fill is not None:
            fill(self)

    def error(self, message: str) -> NoReturn:
        """One line and the usage exit code, instead of a page of usage."""
        self.exit(USAGE, f"{self.prog}: {message}; see {self.prog} --help\n")


GARBAGE = 200_000
"""New objects before Python looks for garbage, of which syntax trees make next to none. With its
own 700, a third of the time of a check goes into it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code, which `exits` lists."""
    gc.set_threshold(GARBAGE)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name may be anything
    given = sys.argv[1:] if arguments is None else arguments
    try:
        return _printed(_run(_parsed(given)))
    except KeyboardInterrupt:
        return INTERRUPTED


def _parsed(given: Sequence[str]) -> argparse.Namespace:
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
    from flake8_hfmodels.cli.check import run_check, run_list

    return run_list(options) if options.command == "list" else run_check(options)


def command_line() -> argparse.ArgumentParser:
    """The parser of all commands and their options."""
    parser = _Parser(
        prog="hfmodels",
        description="Hugging Face models are dependencies: check them.",
    )
    parser.add_argument("--version", action="version", version=f"hfmodels {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser(
        "check",
        help="say what is wrong with references to the Hub",
        epilog="Exit codes: 0 clean, 1 findings, 2 wrong usage or a file that could not be "
        "checked, 3 could not ask (with --strict), 130 interrupted.",
        fill=_fill_check,
    )
    commands.add_parser(
        "list", help="list every reference to the Hub: the inventory", fill=_fill_list
    )
    commands.add_parser(
        "explain",
        help="explain a rule: what, why, what to do, examples",
        fill=_fill_explain,
    )
    commands.add_parser(
        "cache",
        help="the Hub's answers that are kept: where, how many, remove them",
        epilog="Exit codes: 0 done, or nothing there, 2 wrong usage or a cache that cannot be "
        "read.",
        fill=_fill_cache,
    )
    return parser


def _fill_check(parser: argparse.ArgumentParser) -> None:
    _add_paths(parser)
    _add_report(parser, ("text", "json", "sarif", "github", "gitlab", "junit"))
    parser.add_argument("--quiet", action="store_true", help="findings only, without the footer")
    parser.add_argument(
        "--statistics", action="store_true", help="how many findings of each rule, not which"
    )
    parser.add_argument(
        "--show-suppressed", action="store_true", help="silenced findings too, and what silences"
    )
    parser.add_argument(
        "--show-settings", action="store_true", help="print what is set for each PATH, and where"
    )
    parser.add_argument(
        "--diff", metavar="REF", help="only findings on lines that changed since the commit REF"
    )
    parser.add_argument(
        "--write-baseline",
        action="store_true",
        help="write what is found into the baseline, so that it is known from now on",
    )
    for option in OPTIONS:
        parser.add_argument(f"--{option.name}", **option.for_argparse())


def _fill_list(parser: argparse.ArgumentParser) -> None:
    _add_paths(parser)
    _add_report(parser, ("text", "json"))
    parser.set_defaults(
        diff=None,
        quiet=False,
        show_settings=False,
        show_suppressed=False,
        statistics=False,
        write_baseline=False,
    )
    for option in OPTIONS:
        if option.in_list:
            default = Persona.AUDITOR.value if option.name == "persona" else None
            parser.add_argument(f"--{option.name}", **option.for_argparse(default))


def _fill_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="the rule's code, such as HFM001")


def _fill_cache(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("dir", "info", "clear"),
        help="dir: print the folder; info: what is in it; clear: remove what hfmodels keeps there",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="of info: for people or for scripts (default: text)",
    )
    for option in OPTIONS:
        if option.name in ("cache-dir", "cache-url"):
            parser.add_argument(f"--{option.name}", **option.for_argparse())


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="files and folders; - reads standard input (default: the current folder)",
    )
    parser.add_argument(
        "--stdin-filename",
        default="stdin.py",
        metavar="NAME",
        help="what to call standard input; the name says its kind (default: stdin.py)",
    )
    parser.add_argument(
        "--config",
        default="",
        metavar="FILE",
        help="the pyproject.toml to go by (default: the nearest one above each file)",
    )
    parser.add_argument(
        "--isolated", action="store_true", help="go by no pyproject.toml unless --config names it"
    )


def _add_report(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    parser.add_argument(
        "--format",
        choices=formats,
        default="text",
        help="text for people; the others for programs (default: text)",
    )
    parser.add_argument(
        "--output",
        default="",
        metavar="FILE",
        help="write the report there, whole or not at all, instead of to standard output",
    )
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="of text; auto: on a terminal, as NO_COLOR and FORCE_COLOR say (default: auto)",
    )
