"""A parser of command lines whose help reads like a manual; its errors name the nearest word."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NoReturn

from flake8_hfmodels.cli.exits import USAGE

Rows = Sequence[tuple[str, str]]
"""Lines of a part of the help: what, and what about it."""


class _Formatter(argparse.HelpFormatter):
    """Help as wide as the terminal.

    argparse makes one for every option that is added, and would
    import `shutil` with all its compression to ask.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns() - 2)

    def _format_action(self, action: argparse.Action) -> str:
        """The commands themselves, without a line for their metavar."""
        if isinstance(action, argparse._SubParsersAction):
            return "".join(map(self._format_action, action._get_subactions()))
        return super()._format_action(action)


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


class Parser(argparse.ArgumentParser):
    """A parser that gets its options when it is used: each run uses one command of several.

    `sections` are what its help says below the options, by their titles; `commands` are the
    parsers of its commands, by their names.
    """

    def __init__(
        self,
        *,
        fill: Callable[[Parser], None] | None = None,
        sections: Mapping[str, Rows] | None = None,
        **about: Any,
    ) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **about)
        self.sections = sections or {}
        self.commands: Mapping[str, Parser] = {}
        self._fill = fill
        self._is_mixing = False

    def parse_known_args(self, *given: Any, **named: Any) -> Any:
        """Parse, with the options that this command has; none is left for somebody else.

        By itself argparse lets options stand before and behind the arguments, not among them.
        """
        self.filled()
        found, unknown = super().parse_known_args(*given, **named)
        if self._is_mixing:
            return found, unknown
        if not (self.commands or all(map(_is_option, unknown))):
            self._is_mixing = True
            found, unknown = self.parse_known_intermixed_args(*given, **named)
            self._is_mixing = False
        if unknown:
            near = _nearest(unknown[0].partition("=")[0], self._option_string_actions)
            self.error(f"unrecognized arguments: {' '.join(unknown)}{near}")
        return found, unknown

    def format_help(self) -> str:
        """The help, with the options that this command has."""
        from flake8_hfmodels.links import DOCUMENTATION

        self.filled()
        formatter = self._get_formatter()
        for title, rows in self.sections.items():
            formatter.start_section(title)
            for what, about in rows:
                formatter.add_argument(argparse.Action([], what, metavar=what, help=about))
            formatter.end_section()
        formatter.add_text(f"Documentation: {DOCUMENTATION}/")
        return f"{super().format_help()}\n{formatter.format_help()}"

    def filled(self) -> None:
        """Add the options of this command, unless they are there."""
        fill, self._fill = self._fill, None
        if fill is not None:
            fill(self)
            add_help(self.add_argument_group("Help"))

    def error(self, message: str) -> NoReturn:
        """One line and the usage exit code, instead of a page of usage."""
        from flake8_hfmodels.report.paint import printable

        end = "" if message.endswith("?") else ";"
        self.exit(USAGE, f"{self.prog}: {printable(message)}{end} see {self.prog} --help\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            error.message += _nearest(value, action.choices or ())
            raise


def _is_option(argument: str) -> bool:
    return argument.startswith("-") and argument != "-"


def _nearest(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""


def add_help(group: argparse._ArgumentGroup) -> None:
    """Add the option that asks for help to the part of the help that it is to stand in."""
    group.add_argument("-h", "--help", action="help", help="say this")
