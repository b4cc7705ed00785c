"""The commands for when something happened, and for who must be told: what their help says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flake8_hfmodels.cli.grouping import (
    CONFIGURATION,
    EXITS,
    HUB,
    KNOWN,
    LOCK,
    LOCK_FILE,
    LOOKED_AT,
    OF_THE_CACHE,
    OF_THE_CLOCK,
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
    report_file,
)
from flake8_hfmodels.cli.keeping import ASKS, READS
from flake8_hfmodels.cli.parser import Parser
from flake8_hfmodels.options import OPTIONS

_DONE = (
    ("0", "done"),
    ("2", "wrong usage or a file that could not be read or written"),
    ("3", "with --strict: the Hub could not be asked something, or did not answer"),
    ("130", "interrupted"),
)
_EXITS_OF_RESPOND = (
    ("0", "no trace of it was found"),
    ("1", "traces of it were found"),
    ("2", "wrong usage or a file that could not be read or written"),
    ("3", "with --strict: nothing was found, and the Hub did not answer"),
    ("130", "interrupted"),
)


def add_answering(add: Callable[..., Any]) -> None:
    """Add the parsers of these commands."""
    environment = (*OF_THE_HUB, *OF_THE_CACHE, *OF_THE_TERMINAL)
    add(
        "respond",
        usage="%(prog)s [OPTION ...] ID[@REV] [PATH ...]",
        help="a model turned out bad: where it is, and what to do",
        description="Find every trace of a repo, in the code, in its history and on this "
        "machine, and write an incident report.",
        sections={
            "Examples": (
                ("hfmodels respond org/model", "where it is, and since when"),
                ("hfmodels respond org/model@v1.0 src", "only one revision of it is bad"),
                ("hfmodels respond org/model --deny 'why'", "and have every later check fail"),
                (
                    "hfmodels respond org/model --format markdown --output incident.md",
                    "an incident report, with commands for this case",
                ),
            ),
            EXITS: _EXITS_OF_RESPOND,
            "Environment": environment,
            "Files": (PROJECT_FILE, LOCK_FILE),
        },
        fill=_fill_respond,
    )
    add(
        "sbom",
        usage="%(prog)s [OPTION ...] [PATH ...]",
        help="the bill of materials of what the code loads",
        description="Write a bill of materials of the models and datasets that the code loads: "
        "by hfmodels.lock where there is one, else by the Hub.",
        sections={
            "Examples": (
                ("hfmodels sbom --output models.cdx.json", "as CycloneDX"),
                ("hfmodels sbom --format spdx-json --output models.spdx.json", "as SPDX 2.3"),
            ),
            EXITS: _DONE,
            "Environment": (*OF_THE_CLOCK, *environment),
            "Files": (PROJECT_FILE, LOCK_FILE),
        },
        fill=_fill_sbom,
    )
    add(
        "mirror",
        usage="%(prog)s [OPTION ...] ID@REV DEST [--rewrite [PATH ...]]",
        help="download a pinned revision, and check every file",
        description="Download a repo at a commit into a folder, check the hash of every file "
        "against the lock or the Hub, and write a manifest beside the folder.",
        sections={
            "Examples": (
                ("hfmodels mirror org/model models/m", "the locked commit, into models/m"),
                ("hfmodels mirror org/model@v1 models/m --resolve", "what the tag stands for now"),
                ("hfmodels mirror org/model models/m --rewrite src", "and load it from there"),
                ("hfmodels mirror --check models/m", "whether every file is still as it was"),
            ),
            EXITS: (
                ("0", "done, or all is as it has to be"),
                ("1", "a file is not as it has to be; with --diff: something would change"),
                ("2", "wrong usage, or it could not be had or written"),
                ("3", "with --strict: the Hub could not be asked, or did not answer"),
                ("130", "interrupted; nothing was written"),
            ),
            "Environment": environment,
            "Files": (PROJECT_FILE, LOCK_FILE),
        },
        fill=_fill_mirror,
    )
    add(
        "report",
        usage="%(prog)s [OPTION ...] [PATH ...]",
        help="one page on everything: the inventory, the findings, the map",
        description="Check as `hfmodels check` does, and write one page that needs no network: "
        "the inventory, the findings, the map from code to repos to owners, the risk of each file, "
        "what is pinned and what is not.",
        sections={
            "Examples": (
                ("hfmodels report --html report.html", "on this folder and below"),
                ("hfmodels report --html report.html --offline src", "on src, asking nobody"),
            ),
            EXITS: _DONE,
            "Environment": (*OF_THE_CLOCK, *environment),
            "Files": (PROJECT_FILE, LOCK_FILE),
        },
        fill=_fill_report,
    )


def _fill_respond(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, LOCK, REPORT, WRITTEN, HUB, CONFIGURATION))
    groups[LOOKED_AT].add_argument(
        "id", metavar="ID[@REV]", help="the repo, and the revision if only that is bad"
    )
    add_paths(groups, with_stdin=False)
    groups[LOOKED_AT].add_argument(
        "--type",
        choices=("model", "dataset", "space", "kernel"),
        help="what the repo is (default: any of that name)",
    )
    groups[LOOKED_AT].add_argument(
        "--folder",
        action="append",
        default=[],
        metavar="FOLDER",
        help="a folder that repos were downloaded into; may be given several times",
    )
    groups[LOOKED_AT].add_argument(
        "--no-history", action="store_true", help="do not search the history of git"
    )
    groups[LOOKED_AT].add_argument(
        "--since",
        default="",
        metavar="DAY",
        help="search the history from this day on, such as 2026-01-31 (default: all of it)",
    )
    groups[LOOKED_AT].add_argument(
        "--history-time",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="how long the search of the history may take (default: 60)",
    )
    groups[WRITTEN].add_argument(
        "--deny",
        nargs="?",
        const="",
        metavar="REASON",
        help="deny the repo in the policy of pyproject.toml, with a reason; put it last",
    )
    add_output(groups, ("text", "json", "markdown"))
    add_options(groups, (*READS, "lock", *ASKS))


def _fill_sbom(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, LOCK, REPORT, HUB, CONFIGURATION))
    add_paths(groups, with_stdin=False)
    groups[LOOKED_AT].add_argument(
        "--mentions",
        action="store_true",
        help="also repos that are only named, where nothing is downloaded",
    )
    groups[REPORT].add_argument(
        "--format",
        choices=("cyclonedx-json", "cyclonedx-xml", "spdx-json"),
        default="cyclonedx-json",
        help="the format of the bill (default: cyclonedx-json)",
    )
    groups[REPORT].add_argument(
        "--spec-version",
        choices=("1.5", "1.6", "1.7"),
        default="1.7",
        help="the version of CycloneDX (default: 1.7); SPDX is 2.3",
    )
    groups[REPORT].add_argument(
        "--timestamp",
        default="",
        metavar="TIME",
        help="the moment that the bill bears, as 2026-11-22T12:00:00Z (default: "
        "SOURCE_DATE_EPOCH, or now)",
    )
    groups[REPORT].add_argument(
        "--output",
        type=report_file,
        default="",
        metavar="FILE",
        help="write the bill there, whole or not at all, instead of to standard output",
    )
    add_options(groups, (*READS, "lock", *ASKS))


def _fill_mirror(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, LOCK, WRITTEN, REPORT, HUB, CONFIGURATION))
    looked_at, written = groups[LOOKED_AT], groups[WRITTEN]
    looked_at.add_argument("id", nargs="?", metavar="ID@REV", help="the repo and the revision")
    looked_at.add_argument(
        "--type",
        choices=("model", "dataset", "space", "kernel"),
        help="what kind of repo it is (default: what the lock says, else a model)",
    )
    looked_at.add_argument(
        "--resolve",
        action="store_true",
        help="take the commit that the Hub has now for a branch, a tag or none",
    )
    looked_at.add_argument(
        "--check",
        default="",
        metavar="FOLDER",
        help="only hold a folder against its manifest, and against the lock; nobody is asked",
    )
    written.add_argument("destination", nargs="?", metavar="DEST", help="the folder to write")
    for name, dest, words in (
        ("--allow", "allowed", "only files that match, such as '*.safetensors'; may be repeated"),
        ("--ignore", "ignored", "no files that match; may be repeated"),
    ):
        written.add_argument(
            name, dest=dest, action="append", default=[], metavar="PATTERN", help=words
        )
    written.add_argument(
        "--only-loaded",
        action="store_true",
        help="only the files that the code loads, as the lock says",
    )
    written.add_argument(
        "--force", action="store_true", help="replace an earlier mirror, and nothing else"
    )
    written.add_argument(
        "--rewrite",
        nargs="*",
        metavar="PATH",
        help="make references to the repo name the folder, in these files and folders "
        "(default: this folder)",
    )
    written.add_argument(
        "--diff", action="store_true", help="print what --rewrite would change; write nothing"
    )
    written.add_argument(
        "--dry-run", action="store_true", help="say what would be done; write nothing"
    )
    groups[REPORT].add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="text for people; json for programs (default: text)",
    )
    add_config(groups)
    add_options(groups, (*READS, "lock", *ASKS))


def _fill_report(parser: Parser) -> None:
    groups = groups_of(parser, (LOOKED_AT, TOLD, WRITTEN, KNOWN, LOCK, HUB, CONFIGURATION))
    add_paths(groups, with_stdin=False)
    groups[WRITTEN].add_argument(
        "--html",
        default="",
        metavar="FILE",
        help="the page to write, whole or not at all; one that is there is replaced",
    )
    add_options(groups, [option.name for option in OPTIONS])
    parser.set_defaults(stdin_filename="", write_baseline=False)
