"""What can be set, by whom, and to what: one table that both doors register."""

from __future__ import annotations

import os
from argparse import Namespace
from dataclasses import dataclass
from typing import Any

from flake8_hfmodels.reference import Persona

LONGEST = 86_400.0
"""No wait is longer than a day, in seconds; far more is more than a clock can count."""


@dataclass(frozen=True)
class Settings:
    """How one run goes. Times are in seconds.

    `deadline` bounds all waiting for the Hub together, `timeout` each answer; `cache_dir` is
    the folder of the cache, empty for the user's own; `select` and `ignore` are prefixes of codes;
    `noqa` says whether `# noqa` counts.
    """

    offline: bool = False
    strict: bool = False
    persona: Persona = Persona.REGULAR
    select: tuple[str, ...] = ("HFM",)
    ignore: tuple[str, ...] = ()
    deadline: float = 30.0
    timeout: float = 5.0
    cache_dir: str = ""
    noqa: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One option: `--NAME` of the hfmodels command, `--hfmodels-NAME` of flake8.

    A flag has no `type`. `flake8_default` stands where an editor needs another default;
    `in_flake8` is false for what flake8 has an option of its own for, or no use.
    """

    name: str
    help: str
    type: type[str] | type[float] | None = None
    default: str | float | None = None
    metavar: str | None = None
    choices: tuple[str, ...] | None = None
    in_flake8: bool = True
    flake8_default: str | float | None = None

    def for_argparse(self, default: str | float | None = None) -> dict[str, Any]:
        """Keywords for `ArgumentParser.add_argument` and flake8's `add_option`."""
        if self.type is None:
            return {"action": "store_true", "help": self.help}
        value = self.default if default is None else default
        shown = f"{self.help} (default: {value})" if value else self.help
        keywords: dict[str, Any] = {"type": self.type, "default": value, "help": shown}
        if self.choices is not None:
            return keywords | {"choices": self.choices}
        return keywords | {"metavar": self.metavar}


OPTIONS = (
    Option(
        "select",
        "only these rules: codes or their beginnings, with commas between",
        str,
        metavar="CODES",
        in_flake8=False,
    ),
    Option("ignore", "not these rules", str, metavar="CODES", in_flake8=False),
    Option("offline", "ask nobody: only the cache of earlier answers is used"),
    Option(
        "strict",
        "exit with 3 when the Hub could not be asked something or did not answer",
        in_flake8=False,
    ),
    Option(
        "persona",
        "who is to be told: regular, pedantic (also what merely smells), auditor (everything)",
        str,
        Persona.REGULAR.value,
        choices=tuple(persona.value for persona in Persona),
    ),
    Option(
        "deadline",
        "seconds to wait for the Hub in all; in flake8, for each file",
        float,
        Settings.deadline,
        "SECONDS",
        flake8_default=2.0,
    ),
    Option(
        "timeout",
        "seconds to wait for each answer of the Hub",
        float,
        Settings.timeout,
        "SECONDS",
    ),
    Option(
        "cache-dir",
        "folder for the Hub's answers, instead of the user's own cache",
        str,
        Settings.cache_dir,
        "FOLDER",
    ),
)


def from_namespace(options: Namespace, prefix: str = "") -> Settings:
    """Settings from parsed options, whose names bear `prefix`.

    Raises `ValueError` with a line that names the option, for a value that argparse lets pass:
    a time that is none, a code that no rule has, a choice out of a configuration file.
    """
    given = {
        key.removeprefix(prefix): value
        for key, value in vars(options).items()
        if key.startswith(prefix)
    }
    return Settings(
        offline=bool(given.get("offline")),
        strict=bool(given.get("strict")),
        persona=_persona(given["persona"]),
        select=_codes("select", given.get("select"), Settings.select),
        ignore=_codes("ignore", given.get("ignore"), Settings.ignore),
        deadline=_seconds("deadline", given["deadline"]),
        timeout=_seconds("timeout", given["timeout"]),
        cache_dir=os.path.expanduser(given["cache_dir"]),
    )


def _persona(name: str) -> Persona:
    names = [persona.value for persona in Persona]
    if name not in names:
        raise ValueError(f"persona: {name!r} is nobody; there are {', '.join(names)}")
    return Persona(name)


def _seconds(name: str, value: float) -> float:
    if not 0 < value <= LONGEST:
        raise ValueError(f"{name}: {value:g} is no number of seconds above 0, up to {LONGEST:g}")
    return value


def _codes(name: str, text: str | None, default: tuple[str, ...]) -> tuple[str, ...]:
    """Prefixes of codes from `HFM001,HFM003`; each must be the beginning of a rule's code."""
    if text is None:
        return default
    from flake8_hfmodels.rules import codes

    prefixes = tuple(code.strip().upper() for code in text.split(",") if code.strip())
    strangers = [one for one in prefixes if not any(code.startswith(one) for code in codes())]
    if strangers or not prefixes:
        wrong = strangers[0] if strangers else repr(text)
        raise ValueError(f"{name}: {wrong} is no rule; there are {', '.join(codes())}")
    return prefixes
