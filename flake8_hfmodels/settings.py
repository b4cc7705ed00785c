"""What can be set, by whom, and to what: one table that both doors register."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from flake8_hfmodels.loaders.kinds import KINDS, KindName
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex

LONGEST = 86_400.0
"""No wait is longer than a day, in seconds; far more is more than a clock can count."""

MOST_THREADS, MOST_CALLS, MOST_MEGABYTES, MOST_JOBS = 64, 1_000_000, 1_000, 256

_PATTERN = regex(r"[\w.\-*?\[\]!]+(?:/[\w.\-*?\[\]!]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Settings:
    """How one run goes. Times are in seconds.

    `deadline` bounds all waiting for the Hub together, `timeout` each answer; `cache_dir` is
    the folder of the cache, empty for the user's own, and `cache_url` a shared store instead;
    `select` and `ignore` are prefixes of codes; `never_ask` are patterns of ids that the Hub is
    not asked about; `include`, `exclude` and `kinds` say which files are looked at, of at most
    `max_size` bytes; `per_file_ignores` are pairs of a pattern of paths and prefixes of codes;
    `threads` questions are asked at a time, `max_calls` in all; `noqa` says
    whether `# noqa` counts; `hurried`, whether somebody waits for a keystroke (flake8). `jobs`
    processes read the files, as many as pay where it is 0.
    """

    offline: bool = False
    strict: bool = False
    persona: Persona = Persona.REGULAR
    select: tuple[str, ...] = ("HFM",)
    ignore: tuple[str, ...] = ()
    deadline: float = 30.0
    timeout: float = 5.0
    cache_dir: str = ""
    cache_url: str = ""
    never_ask: tuple[str, ...] = ()
    threads: int = 8
    max_calls: int = 1000
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    kinds: tuple[KindName, ...] = ()
    max_size: int = 5_000_000
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    noqa: bool = True
    hurried: bool = False
    jobs: int = 0


_UNSET = Settings()


@dataclass(frozen=True, slots=True)
class Option:
    """One option: `--NAME` of the hfmodels command, `--hfmodels-NAME` of flake8.

    A flag has no `type`. `flake8_default` stands where an editor needs another default;
    `in_flake8` is false for what flake8 has an option of its own for, or no use. `in_list`: it
    is one of `hfmodels list` as well.
    """

    name: str
    help: str
    type: Callable[[str], str | float] | None = None
    default: str | float | None = None
    metavar: str | None = None
    choices: tuple[str, ...] | None = None
    in_flake8: bool = True
    flake8_default: str | float | None = None
    in_list: bool = False

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


def number(text: str) -> int:
    """A whole number; flake8 ends in a traceback over an `int` of its configuration that is none.

    Raises `ValueError`.
    """
    return int(text)


OPTIONS = (
    Option(
        "select",
        "only these rules: codes or their beginnings, with commas between",
        str,
        metavar="CODES",
        in_flake8=False,
    ),
    Option("ignore", "not these rules", str, metavar="CODES", in_flake8=False),
    Option(
        "per-file-ignores",
        "not these rules in these files: '*.json:HFM001 tests/*:HFM001,HFM003'",
        str,
        metavar="PATTERN:CODES",
        in_flake8=False,
    ),
    Option(
        "include",
        "only files whose path or name matches, with commas between: '*.yaml,src/*'",
        str,
        metavar="PATTERNS",
        in_flake8=False,
        in_list=True,
    ),
    Option(
        "exclude",
        "not these files and folders, even where they are named",
        str,
        metavar="PATTERNS",
        in_flake8=False,
        in_list=True,
    ),
    Option(
        "kinds",
        "only files of these kinds, with commas between: " + ", ".join(one.name for one in KINDS),
        str,
        metavar="KINDS",
        in_flake8=False,
        in_list=True,
    ),
    Option(
        "max-size",
        "MB of the largest file that is read; larger ones are counted in the last line",
        float,
        _UNSET.max_size / 1_000_000,
        "MB",
        in_flake8=False,
        in_list=True,
    ),
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
        in_list=True,
    ),
    Option(
        "deadline",
        "seconds to wait for the Hub in all; in flake8 for a file, and no more once they are up",
        float,
        _UNSET.deadline,
        "SECONDS",
        flake8_default=2.0,
    ),
    Option(
        "timeout",
        "seconds to wait for each answer of the Hub",
        float,
        _UNSET.timeout,
        "SECONDS",
    ),
    Option(
        "jobs",
        "how many processes read the files (default: as many as pay)",
        number,
        metavar="NUMBER",
        in_flake8=False,
        in_list=True,
    ),
    Option(
        "never-ask",
        "repos that the Hub is not asked about: owners or ids with *, with commas between",
        str,
        metavar="PATTERNS",
    ),
    Option(
        "threads",
        "how many questions the Hub is asked at a time",
        number,
        _UNSET.threads,
        "NUMBER",
    ),
    Option(
        "max-calls",
        "how many questions a run may ask the Hub; in flake8, each of its processes",
        number,
        _UNSET.max_calls,
        "NUMBER",
    ),
    Option(
        "cache-dir",
        "folder for the Hub's answers, instead of the user's own cache",
        str,
        _UNSET.cache_dir,
        "FOLDER",
    ),
    Option(
        "cache-url",
        "a store for the Hub's answers that machines share, instead of a folder: redis://...",
        str,
        _UNSET.cache_url,
        "URL",
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
        select=_codes("select", given.get("select"), _UNSET.select),
        ignore=_codes("ignore", given.get("ignore"), _UNSET.ignore),
        deadline=_seconds("deadline", given["deadline"]),
        timeout=_seconds("timeout", given["timeout"]),
        cache_dir=_folder("cache-dir", given["cache_dir"]),
        cache_url=_url("cache-url", given["cache_url"]),
        never_ask=_patterns(given.get("never_ask")),
        **_files(given),
        per_file_ignores=_per_file(given.get("per_file_ignores")),
        threads=_number("threads", given["threads"], MOST_THREADS),
        max_calls=_number("max-calls", given["max_calls"], MOST_CALLS),
    )


class _Files(TypedDict):
    """Which files are looked at, and by how many processes."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]
    kinds: tuple[KindName, ...]
    max_size: int
    jobs: int


def _files(given: Mapping[str, Any]) -> _Files:
    return {
        "include": _paths(given.get("include")),
        "exclude": _paths(given.get("exclude")),
        "kinds": _kinds(given.get("kinds")),
        "max_size": _bytes(given.get("max_size", _UNSET.max_size / 1_000_000)),
        "jobs": 0 if given.get("jobs") is None else _number("jobs", given["jobs"], MOST_JOBS),
    }


def for_inventory(options: Namespace) -> Settings:
    """The settings of `hfmodels list`: every reference in the files that are wanted, and no Hub.

    Raises `ValueError` as `from_namespace` does.
    """
    return Settings(
        persona=_persona(options.persona),
        select=(),
        offline=True,
        **_files(vars(options)),
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


def _folder(name: str, value: object) -> str:
    if not isinstance(value, str) or "://" in value:
        raise ValueError(f"{name}: {value!r} is no folder; a URL is for --cache-url")
    return os.path.expanduser(value)


def _url(name: str, value: object) -> str:
    if not isinstance(value, str) or (value and "://" not in value):
        raise ValueError(f"{name}: {value!r} is no URL such as redis://host:6379")
    return value


def _number(name: str, value: int, most: int) -> int:
    if not 1 <= value <= most:
        raise ValueError(f"{name}: {value} is no number from 1 to {most}")
    return value


def _patterns(text: str | None) -> tuple[str, ...]:
    """Patterns of ids in lower case. One that no id matches would let out what it is to keep."""
    patterns = [one.rstrip("/") for one in re.split(r"[,\s]+", text or "") if one.strip("/")]
    for one in patterns:
        if not _PATTERN.fullmatch(one):
            raise ValueError(f"never-ask: {one!r} matches no repo; name an owner, or owner/name")
    return tuple(one.casefold() for one in patterns)


def _paths(text: str | None) -> tuple[str, ...]:
    return tuple(one.strip() for one in (text or "").split(",") if one.strip())


def _kinds(text: str | None) -> tuple[KindName, ...]:
    names = _paths(text)
    known = {kind.name: kind.name for kind in KINDS}
    strangers = [name for name in names if name not in known]
    if strangers:
        raise ValueError(f"kinds: {strangers[0]!r} is none; there are {', '.join(known)}")
    return tuple(kind for name, kind in known.items() if name in names)


def _bytes(megabytes: float) -> int:
    if not 0 < megabytes <= MOST_MEGABYTES:
        raise ValueError(f"max-size: {megabytes:g} is no number of MB from 0 to {MOST_MEGABYTES}")
    return int(megabytes * 1_000_000)


def _per_file(text: str | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Pairs from `PATTERN:CODES PATTERN:CODES`."""
    pairs = [one.rpartition(":") for one in re.split(r"\s+", text or "") if one]
    for pattern, _colon, codes in pairs:
        if not pattern:
            raise ValueError(f"per-file-ignores: {codes!r} is not of the form PATTERN:CODES")
    return tuple((pattern, _codes("per-file-ignores", codes, ())) for pattern, _, codes in pairs)


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
