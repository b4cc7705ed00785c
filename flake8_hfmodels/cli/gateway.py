"""The commands that look before a model is used, and after: what their help says."""

from __future__ import annotations

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
    WATCH_FILE,
    WRITTEN,
    add_config,
    add_options,
    add_output,
    groups_of,
    report_file,
)
from flake8_hfmodels.cli.keeping import ASKS, OF_AN_AUDIT, READS
from flake8_hfmodels.cli.parser import Parser

_DONE = (
    ("0", "done"),
    ("2", "wrong usage or a file that could not be read or written"),
    ("3", "with --strict: the Hub could not be asked something, or did not answer"),
    ("130", "interrupted"),
)

_NEWS = (
    ("0", "nothing that is news is bad"),
    ("1", "news: something changed for the worse, or looks like a name"),
    ("2", "wrong usage or a file that could not be read or written"),
    ("3", "offline; with --strict: the Hub did not answer everything"),
    ("130", "interrupted; the next run tells it all"),
)

_VERDICTS = (
    ("0", "all of them are allowed"),
    ("1", "one is denied"),
    ("2", "wrong usage or a file that could not be read"),
    ("3", "of one it is not known, and none is denied"),
    ("130", "interrupted"),
)


def add_gateway(add: Callable[..., Any]) -> None:
    """Add the parsers of these commands."""
    environment = (*OF_THE_HUB, *OF_THE_CACHE, *OF_THE_TERMINAL)
    add(
        "inspect",
        usage="%(prog)s [OPTION ...] [ID[@REV] ...]",
        help="what there is to know of a repo before it is used",
        description="Say on one screen what the Hub tells of a repo: who it is of, what would be "
        "loaded and what would run, and what speaks against it.",
        sections={
            "Examples": (
                ("hfmodels inspect org/model", "one repo at the head of its default branch"),
                ("hfmodels inspect org/model@v1.0 --format json", "at a tag, for a program"),
                ("hfmodels inspect --all", "every repo that the code here names"),
            ),
            EXITS: _DONE,
            "Environment": environment,
            "Files": (PROJECT_FILE,),
        },
        fill=_fill_inspect,
    )
    add(
        "lookalikes",
        usage="%(prog)s [OPTION ...] ID ...",
        help="which names look like this one, and which of them exist",
        description="Make the names that could be taken for this one, and ask the Hub which of "
        "them exist, whose they are, and which anybody can register.",
        sections={
            "Examples": (
                ("hfmodels lookalikes org/model", "what could be taken for org/model"),
                ("hfmodels lookalikes my-org --limit 200", "accounts, and more names"),
                ("hfmodels lookalikes my-org --offline", "only the names; nobody is asked"),
            ),
            EXITS: _DONE,
            "Environment": environment,
            "Files": (PROJECT_FILE, LOCK_FILE),
        },
        fill=_fill_lookalikes,
    )
    add(
        "gate",
        usage="%(prog)s [OPTION ...] ID[@REV] ...",
        help="whether the policy allows a repo, before anybody uses it",
        description="Say whether the project's policy and the rules allow a repo: what a check of "
        "code that loads it would say. What is not known is not allowed.",
        sections={
            "Examples": (
                ("hfmodels gate org/model && download org/model", "only what is allowed"),
                ("hfmodels gate org/model@v1.0 --format json", "why, for a program"),
                ("hfmodels gate --type dataset - < ids.txt", "many of them, one a line"),
            ),
            EXITS: _VERDICTS,
            "Environment": environment,
            "Files": (PROJECT_FILE, LOCK_FILE),
        },
        fill=_fill_gate,
    )
    add(
        "watch",
        usage="%(prog)s [OPTION ...]",
        help="what changed since the last time: for a nightly job",
        description="Say what changed since the last run: in what is locked, among the names that "
        "look like it, among accounts.",
        sections={
            "Examples": (
                ("hfmodels watch", "what is new since the last time"),
                ("hfmodels watch --watch my-org --names 50", "names like my-org, 50 a night"),
                ("hfmodels watch --strict --markdown news.md", "for a job that opens an issue"),
            ),
            EXITS: _NEWS,
            "Environment": environment,
            "Files": (PROJECT_FILE, LOCK_FILE, WATCH_FILE),
        },
        fill=_fill_watch,
    )


def _fill_inspect(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, REPORT, HUB, CONFIGURATION))
    groups[LOOKED_AT].add_argument(
        "ids", nargs="*", metavar="ID[@REV]", help="repos: owner/name, or their addresses"
    )
    groups[LOOKED_AT].add_argument(
        "--type",
        choices=("model", "dataset", "space", "kernel"),
        help="what they are (default: what an id says, as in datasets/owner/name, else model)",
    )
    groups[LOOKED_AT].add_argument(
        "--all", action="store_true", help="every repo that the code names, the worst first"
    )
    groups[LOOKED_AT].add_argument(
        "--path",
        action="append",
        metavar="PATH",
        help="with --all: a file or folder; may be given several times (default: this folder)",
    )
    add_config(groups)
    add_output(groups, ("text", "json"))
    add_options(groups, (*READS, *ASKS))


def _fill_lookalikes(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, REPORT, HUB, CONFIGURATION))
    groups[LOOKED_AT].add_argument("ids", nargs="+", metavar="ID", help="repos or owners")
    groups[LOOKED_AT].add_argument(
        "--limit",
        type=int,
        default=50,
        metavar="NUMBER",
        help="how many names for each ID, most plausible first (default: 50)",
    )
    add_config(groups)
    add_output(groups, ("text", "json"))
    add_options(groups, ASKS, OF_AN_AUDIT)


def _fill_gate(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, LOCK, REPORT, HUB, CONFIGURATION))
    group = groups[LOOKED_AT]
    group.add_argument(
        "ids", nargs="+", metavar="ID[@REV]", help="repos; - reads one a line of standard input"
    )
    group.add_argument(
        "--type",
        choices=("model", "dataset", "space", "kernel"),
        help="what kind of repo it is, where the id does not say it (default: model)",
    )
    group.add_argument(
        "--trust-remote-code",
        action="store_true",
        help="judge a use that passes trust_remote_code=True",
    )
    add_config(groups)
    add_output(groups, ("text", "json"))
    add_options(groups, ("lock", *ASKS))


def _fill_watch(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, LOCK, WRITTEN, REPORT, HUB, CONFIGURATION))
    groups[LOOKED_AT].add_argument(
        "--names",
        type=int,
        default=200,
        metavar="NUMBER",
        help="how many names like others a run asks for; the next one goes on (default: 200)",
    )
    groups[WRITTEN].add_argument(
        "--state",
        default="",
        metavar="FILE",
        help="what a run leaves for the next one (default: hfmodels-watch.json beside the lock)",
    )
    add_config(groups)
    add_output(groups, ("text", "json", "sarif", "markdown"))
    for form, what in (("markdown", "an issue"), ("sarif", "code scanning")):
        groups[REPORT].add_argument(
            f"--{form}",
            type=report_file,
            default="",
            metavar="FILE",
            help=f"write the report for {what} there as well: news is told only once",
        )
    add_options(groups, ("lock", "watch", *ASKS), OF_AN_AUDIT)
