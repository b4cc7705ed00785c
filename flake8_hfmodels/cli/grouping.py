"""What the help of several commands has in common: its parts, and the options in them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Mapping, Sequence

from flake8_hfmodels.cli.parser import Parser
from flake8_hfmodels.options import OPTIONS

Groups = Mapping[str, argparse._ArgumentGroup]
"""The parts of a command's help that hold its options, by their titles."""

LOOKED_AT = "What is looked at"
TOLD = "Who is told"
REPORT = "The report"
KNOWN = "Known findings"
HUB = "The Hub"
CONFIGURATION = "Configuration"
WRITTEN = "What is written"
LOCK = "The lock"
TITLES = (LOOKED_AT, TOLD, REPORT, WRITTEN, KNOWN, LOCK, HUB, CONFIGURATION)
EXITS = "Exit codes"
"""The part of the help that lists them."""

_TITLES = {
    "select": TOLD,
    "ignore": TOLD,
    "per-file-ignores": TOLD,
    "severity": TOLD,
    "policies": TOLD,
    "include": LOOKED_AT,
    "exclude": LOOKED_AT,
    "kinds": LOOKED_AT,
    "max-size": LOOKED_AT,
    "offline": HUB,
    "strict": HUB,
    "persona": TOLD,
    "baseline": KNOWN,
    "lock": LOCK,
    "grace": TOLD,
    "deadline": HUB,
    "timeout": HUB,
    "jobs": LOOKED_AT,
    "never-ask": HUB,
    "watch": LOOKED_AT,
    "threads": HUB,
    "max-calls": HUB,
    "endpoint": HUB,
    "cache-dir": HUB,
    "cache-url": HUB,
}

OF_THE_HUB = (
    ("HF_ENDPOINT", "the Hub to ask (otherwise https://huggingface.co)"),
    ("HF_TOKEN", "the token to ask with (otherwise that of `hf auth login`)"),
    ("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1: ask without a token"),
    ("HF_HUB_OFFLINE", "1: ask nobody, as --offline"),
    ("HTTPS_PROXY, NO_PROXY", "the proxy to go through, and where not to"),
    ("REQUESTS_CA_BUNDLE, SSL_CERT_FILE", "the certificates to trust"),
)
OF_THE_CACHE = (("XDG_CACHE_HOME", "on Linux, the folder of caches (otherwise ~/.cache)"),)
OF_THE_CLOCK = (
    (
        "SOURCE_DATE_EPOCH",
        "the moment that a bill or a page bears, in Unix seconds",
    ),
)
OF_THE_TERMINAL = (
    ("NO_COLOR", "if not empty: no colours, unless --color says so"),
    ("FORCE_COLOR", "if not empty: colours, also in a pipe"),
    ("COLUMNS", "how wide this help is"),
)

LOCK_FILE = ("hfmodels.lock", "what every reference stood for when it was locked")
WATCH_FILE = ("hfmodels-watch.json", "what `hfmodels watch` leaves for its next run")
PROJECT_FILE = (
    "pyproject.toml",
    "[tool.hfmodels] sets options for a project: the nearest file above what is looked at that "
    "has this table",
)


def groups_of(parser: Parser, titles: Sequence[str] = TITLES) -> Groups:
    """The parts of a command's help, in order."""
    return {title: parser.add_argument_group(title) for title in titles}


def title_of(option: str) -> str:
    """The part of the help that an option of the table stands in."""
    return _TITLES[option]


def add_options(
    groups: Groups, names: Iterable[str], defaults: Mapping[str, float] | None = None
) -> None:
    """Add options of the table, each in its part of the help, with a command's own `defaults`."""
    wanted = frozenset(names)
    for option in OPTIONS:
        if option.name in wanted:
            group = groups[title_of(option.name)]
            keywords = option.for_argparse()
            if defaults is not None and option.name in defaults:
                keywords["help"] = option.explained(defaults[option.name])
            group.add_argument(f"--{option.name}", **keywords)


def add_paths(groups: Groups, with_stdin: bool = True) -> None:
    """Add the paths to look at, and the configuration to go by."""
    stdin = "; - reads standard input" if with_stdin else ""
    groups[LOOKED_AT].add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help=f"files and folders{stdin} (default: the current folder)",
    )
    if with_stdin:
        groups[LOOKED_AT].add_argument(
            "--stdin-filename",
            default="stdin.py",
            metavar="NAME",
            help="what to call standard input; the name says its kind (default: stdin.py)",
        )
    add_config(groups)


def add_config(groups: Groups) -> None:
    """Add which configuration to go by."""
    groups[CONFIGURATION].add_argument(
        "--config",
        default="",
        metavar="FILE",
        help="the pyproject.toml to go by (default: the nearest one above each file)",
    )
    groups[CONFIGURATION].add_argument(
        "--isolated", action="store_true", help="go by no pyproject.toml unless --config names it"
    )


def report_file(path: str) -> str:
    """Where a report goes, which is none of the files that we go by.

    Raises `argparse.ArgumentTypeError`, of which argparse tells.
    """
    if not path:  # the default
        return path
    from flake8_hfmodels.configuration import NAME as PROJECT
    from flake8_hfmodels.lock.entry import NAME as LOCK_FILE
    from flake8_hfmodels.watching.state import NAME as STATE

    if os.path.basename(path) in {PROJECT, LOCK_FILE, STATE}:
        raise argparse.ArgumentTypeError(f"{path} is what runs go by; name another file")
    return path


def add_output(groups: Groups, formats: tuple[str, ...]) -> None:
    """Add the form of the report, and where it goes; the first form is for people."""
    groups[REPORT].add_argument(
        "--format",
        choices=formats,
        default=formats[0],
        help=f"{formats[0]} for people; the others for programs (default: {formats[0]})",
    )
    groups[REPORT].add_argument(
        "--output",
        type=report_file,
        default="",
        metavar="FILE",
        help="write the report there, whole or not at all, instead of to standard output",
    )
    groups[REPORT].add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help=f"of {formats[0]}; auto: on a terminal, as NO_COLOR and FORCE_COLOR say "
        "(default: auto)",
    )
