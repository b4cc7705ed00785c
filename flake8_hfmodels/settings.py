"""How one run goes, for one file: frozen settings, made of what somebody set and of defaults."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.options import OPTIONS
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.values import read_value

if TYPE_CHECKING:
    from flake8_hfmodels.governing.policy import Policy


@dataclass(frozen=True, slots=True)
class Settings:
    """How one run goes. Times are in seconds.

    `deadline` bounds all waiting for the Hub together, `timeout` each answer; `endpoint` is the
    Hub, empty for the environment's; `cache_dir` is the folder of the cache, empty for the user's
    own, and `cache_url` a shared store instead; `select` and `ignore` are prefixes of codes;
    `severity` pairs such with low, medium or high, `policies` patterns of ids with the pin that
    they need; `never_ask` are patterns of ids that the Hub is not asked about; `include`,
    `exclude` and `kinds` say which files are looked at, of at most `max_size` bytes;
    `per_file_ignores` are pairs of a pattern of paths and prefixes of codes; `baseline` is a file
    of known findings, `lock` one of what was locked, where it has another name or place; a repo may
    be `grace` days younger than the line that names it; `threads` questions are asked at a time,
    `max_calls` in all; `noqa` says whether `# noqa` counts; `hurried`, whether somebody waits for a
    keystroke (flake8); `anonymous`, that no token is used, whoever we are. `jobs` processes read
    the files, as many as pay where it is 0. `watch` are owners and ids of the project's own that
    nobody's names are to look like; `policy` is what the project allows, if it says so.
    """

    offline: bool = False
    strict: bool = False
    persona: Persona = Persona.REGULAR
    select: tuple[str, ...] = ("HFM",)
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    policies: tuple[tuple[str, str], ...] = ()
    deadline: float = 30.0
    timeout: float = 5.0
    endpoint: str = ""
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
    baseline: str = ""
    lock: str = ""
    grace: int = 30
    noqa: bool = True
    hurried: bool = False
    anonymous: bool = False
    jobs: int = 0
    watch: tuple[str, ...] = ()
    policy: Policy | None = None


def given(options: Namespace, prefix: str = "") -> Mapping[str, Any]:
    """What parsed options, whose names bear `prefix`, set: fields of `Settings` with values.

    Raises `ValueError` with a line that names the option, for a value that argparse lets pass:
    a time that is none, a code that no rule has, a choice out of a configuration file.
    """
    said = ((one, getattr(options, prefix + one.field, None)) for one in OPTIONS)
    return {option.field: read_value(option, raw) for option, raw in said if raw is not None}
