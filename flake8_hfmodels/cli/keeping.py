"""The commands that mend and keep: `pin`, `update`, `lock`, `audit`; what their help says."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from flake8_hfmodels.cli.grouping import (
    CONFIGURATION,
    EXITS,
    HUB,
    LOCK,
    LOCK_FILE,
    LOOKED_AT,
    OF_THE_CACHE,
    OF_THE_HUB,
    OF_THE_TERMINAL,
    PROJECT_FILE,
    REPORT,
    TOLD,
    WRITTEN,
    add_config,
    add_options,
    add_output,
    add_paths,
    groups_of,
)
from flake8_hfmodels.cli.parser import Parser

OF_AN_AUDIT = {"deadline": 600.0, "max-calls": 10_000}
"""What an audit takes where nobody says how long it may ask, and how often."""

ASKS = (
    "offline",
    "strict",
    "deadline",
    "timeout",
    "never-ask",
    "threads",
    "max-calls",
    "endpoint",
    "cache-dir",
    "cache-url",
)
READS = ("include", "exclude", "kinds", "max-size", "jobs")

_EXITS_OF_PIN = (
    ("0", "done, also where something could not be pinned"),
    ("1", "with --diff or --dry-run: something would change"),
    ("2", "wrong usage or a file that could not be read or written"),
    ("3", "with --strict: the Hub could not be asked something, or did not answer"),
    ("130", "interrupted"),
)
_EXITS_OF_UPDATE = (
    ("0", "done, or nothing to do"),
    ("1", "refused; with --check, --diff or --dry-run: something would change"),
    *_EXITS_OF_PIN[2:],
)
_EXITS_OF_LOCK = (
    ("0", "code and lock agree"),
    ("1", "something is not locked, or not as it is in the lock"),
    *_EXITS_OF_PIN[2:],
)
_EXITS_OF_AUDIT = (
    ("0", "nothing is other than it was locked"),
    ("1", "findings"),
    ("2", "wrong usage, or a lock that cannot be read"),
    ("3", "stopped by the Hub's limits; with --strict: something is unanswered"),
    ("130", "interrupted; --resume goes on"),
)


def add_keeping(add: Callable[..., Any]) -> None:
    """Add the parsers of these commands."""
    environment = (*OF_THE_HUB, *OF_THE_CACHE, *OF_THE_TERMINAL)
    add(
        "pin",
        usage="%(prog)s [OPTION ...] [PATH ...]",
        help="pin references to the commit that they stand for now",
        description="Write the full commit hash that each reference stands for now, in every kind "
        "of file that is read. Nothing else in a file changes.",
        sections={
            "Examples": (
                ("hfmodels pin", "pin everything in this folder and below"),
                ("hfmodels pin --diff src", "show what would be written, and write nothing"),
                ("hfmodels pin --unsafe-fixes", "also what somebody has to look at afterwards"),
            ),
            EXITS: _EXITS_OF_PIN,
            "Environment": environment,
            "Files": (PROJECT_FILE,),
        },
        fill=_fill_pin,
    )
    add(
        "update",
        usage="%(prog)s [OPTION ...] [ID ...]",
        help="move pins to the head of the ref that they follow",
        description="Move pins to the head of the branch or tag that their comment or the lock "
        "names, and say what changes in each repo.",
        sections={
            "Examples": (
                ("hfmodels update --check", "what could be moved, and write nothing"),
                ("hfmodels update org/model", "move the pins of one repo"),
                ("hfmodels update --min-age 7d", "to commits that have stood for a week"),
            ),
            EXITS: _EXITS_OF_UPDATE,
            "Environment": environment,
            "Files": (PROJECT_FILE, LOCK_FILE),
        },
        fill=_fill_update,
    )
    add(
        "lock",
        usage="%(prog)s [OPTION ...] [PATH ...]",
        help="write down what every reference stands for: hfmodels.lock",
        description="Write hfmodels.lock: for each reference the commit, the repo's and its "
        "owner's identity, and the hash of every file that is loaded.",
        sections={
            "Examples": (
                ("hfmodels lock", "lock what is new, drop what is gone"),
                ("hfmodels lock --check", "whether code and lock agree; nobody is asked"),
                ("hfmodels lock --accept org/model", "trust the repo that has this name now"),
            ),
            EXITS: _EXITS_OF_LOCK,
            "Environment": environment,
            "Files": (PROJECT_FILE, LOCK_FILE),
        },
        fill=_fill_lock,
    )
    add(
        "audit",
        usage="%(prog)s [OPTION ...]",
        help="ask the Hub whether everything is still as it was locked",
        description="Ask the Hub again about everything in hfmodels.lock, or hold this machine's "
        "own copies against it.",
        sections={
            "Examples": (
                ("hfmodels audit", "what is not as it was locked"),
                ("hfmodels audit --resume", "go on where the Hub's limits ended the last one"),
                ("hfmodels audit --local", "the cache of huggingface_hub against the lock"),
                ("hfmodels audit --format sarif --output audit.sarif", "for a nightly job"),
            ),
            EXITS: _EXITS_OF_AUDIT,
            "Environment": environment,
            "Files": (PROJECT_FILE, LOCK_FILE),
        },
        fill=_fill_audit,
    )


def add_fixes(group: argparse._ArgumentGroup) -> None:
    """Add what fixes may do; `check --fix` and `pin` share it."""
    group.add_argument(
        "--unsafe-fixes",
        action="store_true",
        help="also fixes after which somebody has to look whether the program does what it did",
    )
    group.add_argument(
        "--no-comment",
        action="store_true",
        help="no comment beside the pin that says which ref it follows, and since when",
    )


def _fill_pin(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, TOLD, WRITTEN, HUB, CONFIGURATION))
    add_paths(groups, with_stdin=False)
    add_fixes(groups[WRITTEN])
    _add_dry(groups[WRITTEN])
    add_options(groups, (*READS, "policies", *ASKS))


def _fill_update(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, WRITTEN, LOCK, HUB, CONFIGURATION))
    groups[LOOKED_AT].add_argument(
        "ids", nargs="*", metavar="ID", help="only the pins of these repos (default: all)"
    )
    groups[LOOKED_AT].add_argument(
        "--path",
        action="append",
        metavar="PATH",
        help="a file or folder with pins; may be given several times (default: this folder)",
    )
    add_config(groups)
    groups[WRITTEN].add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 where a pin could move"
    )
    groups[WRITTEN].add_argument(
        "--min-age",
        default="",
        metavar="TIME",
        help="only to commits that are at least so old: 12h, 7d or 2w",
    )
    _add_dry(groups[WRITTEN])
    _add_accept(groups[LOCK])
    add_options(groups, (*READS, "lock", *ASKS))


def _fill_lock(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, LOCK, REPORT, HUB, CONFIGURATION))
    add_paths(groups, with_stdin=False)
    groups[LOCK].add_argument(
        "--check",
        action="store_true",
        help="only say whether code and lock agree; nobody is asked, nothing is written",
    )
    _add_accept(groups[LOCK])
    groups[REPORT].add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="text for people; json for programs (default: text)",
    )
    add_options(groups, (*READS, "lock", *ASKS))


def _fill_audit(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, LOCK, REPORT, HUB, CONFIGURATION))
    groups[LOOKED_AT].add_argument(
        "--local",
        action="store_true",
        help="ask nobody; hash the files in the cache of huggingface_hub, and compare",
    )
    groups[LOOKED_AT].add_argument(
        "--folder",
        action="append",
        default=[],
        metavar="FOLDER",
        help="with --local: a folder that a repo was downloaded into; may be given several times",
    )
    groups[LOOKED_AT].add_argument(
        "--resume",
        action="store_true",
        help="go on with the audit that was stopped: what it has heard is not asked again",
    )
    add_config(groups)
    add_output(groups, ("table", "json", "sarif"))
    add_options(groups, ("lock", *ASKS), OF_AN_AUDIT)


def _add_dry(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--diff", action="store_true", help="print what would change as a diff; write nothing"
    )
    group.add_argument(
        "--dry-run", action="store_true", help="say what would change; write nothing"
    )


def _add_accept(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="ID",
        help="trust the repo that answers to this name now; may be given several times",
    )
