"""Everything that can be set: one table that the command, flake8 and pyproject.toml share."""

from __future__ import annotations

from argparse import BooleanOptionalAction
from collections.abc import Callable
from typing import Any, Literal

from flake8_hfmodels.loaders.kinds import KINDS
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass

Sort = Literal[
    "codes",
    "codes by code",
    "codes by path",
    "file",
    "flag",
    "folder",
    "ids",
    "kinds",
    "megabytes",
    "number",
    "paths",
    "persona",
    "policies",
    "seconds",
    "url",
    "web",
]
"""What a value is; `values.py` reads each sort from the command line and from TOML."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option: `--NAME` of the command, `--hfmodels-NAME` of flake8, `NAME` of pyproject.toml.

    `default` is for people: nobody is given it who says nothing. `flake8_default` stands where an
    editor needs another one. `in_flake8` is false for what flake8 has an option of its own for, or
    no use. `in_list`: it is one of `hfmodels list` as well. `most` is the largest number.
    """

    name: str
    help: str
    sort: Sort
    default: str | float | None = None
    metavar: str | None = None
    in_flake8: bool = True
    in_list: bool = False
    flake8_default: float | None = None
    most: int = 0

    @property
    def field(self) -> str:
        """The field of `Settings` that it sets."""
        return self.name.replace("-", "_")

    @property
    def choices(self) -> tuple[str, ...]:
        """The only words that it takes, if there are such."""
        return _PERSONAS if self.sort == "persona" else ()

    def for_argparse(self, default: object = None) -> dict[str, Any]:
        """Keywords for `ArgumentParser.add_argument`; what is not given comes out as `default`."""
        keywords = {"default": default, "help": self.explained(default)}
        if self.sort == "flag":
            return keywords | {"action": BooleanOptionalAction}
        return keywords | self._value()

    def for_flake8(self) -> dict[str, Any]:
        """Keywords for flake8's `add_option`; flake8 reads flags of its files by the action."""
        keywords = {"default": None, "help": self.explained(self.flake8_default)}
        if self.sort == "flag":
            return keywords | {"action": "store_true"}
        return keywords | self._value()

    def explained(self, default: object = None) -> str:
        """The help with the default in it."""
        shown = default or self.default
        return f"{self.help} (default: {shown})" if shown else self.help

    def _value(self) -> dict[str, Any]:
        if self.choices:
            return {"choices": self.choices}
        return {"type": _TYPES.get(self.sort, str), "metavar": self.metavar}


def number(text: str) -> int:
    """A whole number; flake8 ends in a traceback over an `int` of its configuration that is none.

    Raises `ValueError`.
    """
    return int(text)


_PERSONAS = tuple(persona.value for persona in Persona)
_TYPES: dict[Sort, Callable[[str], float]] = {
    "megabytes": float,
    "number": number,
    "seconds": float,
}

OPTIONS = (
    Option(
        "select",
        "only these rules: codes or their beginnings, with commas between",
        "codes",
        metavar="CODES",
        in_flake8=False,
    ),
    Option("ignore", "not these rules", "codes", metavar="CODES", in_flake8=False),
    Option(
        "per-file-ignores",
        "not these rules in these files: '*.json:HFM001 tests/*:HFM001,HFM003'",
        "codes by path",
        metavar="PATTERN:CODES",
        in_flake8=False,
    ),
    Option(
        "severity",
        "how bad what a rule finds is, by its code: low, medium or high",
        "codes by code",
        metavar="CODE:SEVERITY",
        in_flake8=False,
    ),
    Option(
        "policies",
        "which pin an owner or a repo needs: 'my-org/*:any meta-llama/*:hash *:ref'",
        "policies",
        metavar="PATTERN:POLICY",
    ),
    Option(
        "include",
        "only files whose path or name matches, with commas between: '*.yaml,src/*'",
        "paths",
        metavar="PATTERNS",
        in_flake8=False,
        in_list=True,
    ),
    Option(
        "exclude",
        "not these files and folders, even where they are named",
        "paths",
        metavar="PATTERNS",
        in_flake8=False,
        in_list=True,
    ),
    Option(
        "kinds",
        "only files of these kinds, with commas between: " + ", ".join(one.name for one in KINDS),
        "kinds",
        metavar="KINDS",
        in_flake8=False,
        in_list=True,
    ),
    Option(
        "max-size",
        "MB of the largest file that is read; larger ones are counted in the last line",
        "megabytes",
        5.0,
        "MB",
        in_flake8=False,
        in_list=True,
        most=1_000,
    ),
    Option("offline", "ask nobody: only the cache of earlier answers is used", "flag"),
    Option(
        "strict",
        "exit with 3 when the Hub could not be asked something or did not answer",
        "flag",
        in_flake8=False,
    ),
    Option(
        "persona",
        "who is to be told: regular, pedantic (also what merely smells), auditor (everything)",
        "persona",
        Persona.REGULAR.value,
        in_list=True,
    ),
    Option(
        "baseline",
        "a file of findings that are known and not told, as --write-baseline writes it",
        "file",
        metavar="FILE",
    ),
    Option(
        "lock",
        "the file of what was locked (default: hfmodels.lock, in the folder of what is looked at "
        "or above)",
        "file",
        metavar="FILE",
    ),
    Option(
        "grace",
        "days by which a repo may be younger than the line that names it, by git blame",
        "number",
        30,
        "DAYS",
        most=36_500,
    ),
    Option(
        "deadline",
        "seconds to wait for the Hub in all; in flake8 for a file, and no more once they are up",
        "seconds",
        30.0,
        "SECONDS",
        flake8_default=2.0,
    ),
    Option(
        "timeout",
        "seconds to wait for each answer of the Hub",
        "seconds",
        5.0,
        "SECONDS",
    ),
    Option(
        "jobs",
        "how many processes read the files (default: as many as pay)",
        "number",
        metavar="NUMBER",
        in_flake8=False,
        in_list=True,
        most=256,
    ),
    Option(
        "never-ask",
        "repos that the Hub is not asked about: owners or ids with *, with commas between",
        "ids",
        metavar="PATTERNS",
    ),
    Option(
        "watch",
        "names of your own that nobody's are to look like: owners or ids, with commas between",
        "ids",
        metavar="NAMES",
    ),
    Option(
        "threads",
        "how many questions the Hub is asked at a time",
        "number",
        8,
        "NUMBER",
        most=64,
    ),
    Option(
        "max-calls",
        "how many questions a run may ask the Hub; in flake8, each of its processes",
        "number",
        1000,
        "NUMBER",
        most=1_000_000,
    ),
    Option(
        "endpoint",
        "the Hub to ask instead of HF_ENDPOINT's; without a token, unless that names it too",
        "web",
        metavar="URL",
    ),
    Option(
        "cache-dir",
        "folder for the Hub's answers, instead of the user's own cache",
        "folder",
        metavar="FOLDER",
    ),
    Option(
        "cache-url",
        "a store for the Hub's answers that machines share, instead of a folder: redis://...",
        "url",
        metavar="URL",
    ),
)
