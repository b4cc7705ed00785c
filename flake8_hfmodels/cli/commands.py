"""The commands, their options, and what their help says."""

from __future__ import annotations

from flake8_hfmodels import __version__
from flake8_hfmodels.cli.answering import add_answering
from flake8_hfmodels.cli.gateway import add_gateway
from flake8_hfmodels.cli.grouping import (
    CONFIGURATION,
    KNOWN,
    LOCK_FILE,
    OF_THE_CACHE,
    OF_THE_CLOCK,
    OF_THE_HUB,
    OF_THE_TERMINAL,
    PROJECT_FILE,
    REPORT,
    WATCH_FILE,
    WRITTEN,
    add_options,
    add_output,
    add_paths,
    groups_of,
    title_of,
)
from flake8_hfmodels.cli.keeping import add_fixes, add_keeping
from flake8_hfmodels.cli.parser import Parser, add_help
from flake8_hfmodels.options import OPTIONS
from flake8_hfmodels.persona import Persona

_EXITS_OF_CHECK = (
    ("0", "clean"),
    ("1", "findings"),
    ("2", "wrong usage or a file that could not be checked"),
    ("3", "with --strict: the Hub could not be asked something, or did not answer"),
    ("130", "interrupted"),
)
_EXITS_OF_LIST = (
    ("0", "done, whatever there is"),
    ("2", "wrong usage or a file that could not be read"),
    ("130", "interrupted"),
)
_EXITS_OF_CACHE = (
    ("0", "done, or nothing there"),
    ("2", "wrong usage or a cache that cannot be read"),
)
_EXITS = (("0", "done"), ("2", "wrong usage"))

_FILES = (
    PROJECT_FILE,
    ("hfmodels-baseline.json", "known findings, as --write-baseline writes them"),
    LOCK_FILE,
    WATCH_FILE,
    ("~/.cache/flake8-hfmodels", "the Hub's answers; `hfmodels cache dir` says where it really is"),
)


def whole_command_line() -> Parser:
    """The parser with the options of all commands, for what describes or completes them."""
    parser = command_line()
    for command in parser.commands.values():
        command.filled()
    return parser


def command_line() -> Parser:
    """The parser of all commands; each gets its options when it is used."""
    parser = Parser(
        prog="hfmodels",
        usage="%(prog)s COMMAND [OPTION ...]",
        description="Hugging Face models are dependencies: check them.",
        sections={
            "Examples": (
                ("hfmodels check", "what is wrong in this folder and below"),
                ("hfmodels list src", "what src loads from the Hub"),
                ("hfmodels pin --diff", "what would be pinned to which commit"),
                ("hfmodels inspect org/model", "what there is to know of a repo"),
                ("hfmodels explain HFM004", "what a finding means and what to do"),
                ("hfmodels check --help", "what can be set"),
            ),
            "Exit codes": _EXITS_OF_CHECK,
            "Environment": (*OF_THE_HUB, *OF_THE_CACHE, *OF_THE_CLOCK, *OF_THE_TERMINAL),
            "Files": _FILES,
        },
    )
    commands = parser.add_subparsers(
        title="Commands", dest="command", required=True, metavar="COMMAND", prog="hfmodels"
    )
    options = parser.add_argument_group("Options")
    add_help(options)
    options.add_argument(
        "--version", action="version", version=f"hfmodels {__version__}", help="say the version"
    )
    commands.add_parser(
        "check",
        usage="%(prog)s [OPTION ...] [PATH ...]",
        help="say what is wrong with references to the Hub",
        description="Say what is wrong with references to the Hugging Face Hub, in Python, "
        "notebooks, configuration, Dockerfiles, scripts, workflows and manuals.",
        sections={
            "Examples": (
                ("hfmodels check", "what is wrong in this folder and below"),
                ("hfmodels check --offline src", "what can be said of src without the Hub"),
                ("hfmodels check --diff origin/main", "only what is new on this branch"),
                ("hfmodels check --write-baseline", "take what is found now as known"),
                (
                    "hfmodels check --strict --format sarif --output hfmodels.sarif",
                    "for a CI: a report for its pages, and 3 if the Hub does not answer",
                ),
            ),
            "Exit codes": _EXITS_OF_CHECK,
            "Environment": (*OF_THE_HUB, *OF_THE_CACHE, *OF_THE_TERMINAL),
            "Files": _FILES,
        },
        fill=_fill_check,
    )
    commands.add_parser(
        "list",
        usage="%(prog)s [OPTION ...] [PATH ...]",
        help="list every reference to the Hub: the inventory",
        description="List every reference to the Hugging Face Hub, with or without a finding. "
        "Nobody is asked.",
        sections={
            "Examples": (
                ("hfmodels list", "every reference below this folder"),
                ("hfmodels list --persona regular", "without what merely could be one"),
                ("hfmodels list --kinds yaml,dockerfile deploy", "what a deployment names"),
                ("hfmodels list --format json src", "the inventory, for a program"),
            ),
            "Exit codes": _EXITS_OF_LIST,
            "Environment": OF_THE_TERMINAL,
            "Files": (PROJECT_FILE,),
        },
        fill=_fill_list,
    )
    add_keeping(commands.add_parser)
    add_gateway(commands.add_parser)
    add_answering(commands.add_parser)
    commands.add_parser(
        "explain",
        usage="%(prog)s CODE",
        help="explain a rule: what, why, what to do, examples",
        description="Explain a rule: what is wrong, why it hurts, what to do, and an example of "
        "what is reported and of what is not.",
        sections={
            "Examples": (("hfmodels explain HFM004", "what is meant by an orphaned namespace"),),
            "Exit codes": _EXITS,
        },
        fill=_fill_explain,
    )
    commands.add_parser(
        "cache",
        usage="%(prog)s [OPTION ...] {dir,info,clear}",
        help="the Hub's answers that are kept: where, how many, remove them",
        description="Say where the Hub's answers are kept and how many there are, or remove them.",
        sections={
            "Examples": (
                ("hfmodels cache dir", "where they are"),
                ("hfmodels cache info --format json", "how many there are, for a program"),
                ("hfmodels cache clear", "away with them"),
            ),
            "Exit codes": _EXITS_OF_CACHE,
            "Environment": OF_THE_CACHE,
            "Files": (PROJECT_FILE,),
        },
        fill=_fill_cache,
    )
    commands.add_parser(
        "completion",
        usage="%(prog)s SHELL",
        help="print what lets a shell complete commands, options and values",
        description="Print a script that lets a shell complete the commands of hfmodels, their "
        "options and values.",
        sections={
            "Examples": (
                ("hfmodels completion bash", "to be put where bash-completion looks"),
                ("hfmodels completion zsh", "to be put into a folder of fpath, as _hfmodels"),
                ("hfmodels completion fish", "to be put into ~/.config/fish/completions"),
            ),
            "Exit codes": _EXITS,
        },
        fill=_fill_completion,
    )
    parser.commands = commands.choices
    return parser


def _fill_check(parser: Parser) -> None:
    groups = groups_of(parser)
    add_paths(groups)
    add_output(groups, ("text", "json", "sarif", "github", "gitlab", "junit"))
    groups[REPORT].add_argument(
        "--quiet", action="store_true", help="findings only, without the footer"
    )
    groups[REPORT].add_argument(
        "--statistics", action="store_true", help="how many findings of each rule, not which"
    )
    groups[REPORT].add_argument(
        "--show-suppressed", action="store_true", help="silenced findings too, and what silences"
    )
    groups[CONFIGURATION].add_argument(
        "--show-settings", action="store_true", help="print what is set for each PATH, and where"
    )
    groups[KNOWN].add_argument(
        "--diff", metavar="REF", help="only findings on lines that changed since the commit REF"
    )
    groups[KNOWN].add_argument(
        "--write-baseline",
        action="store_true",
        help="write what is found into the baseline, so that it is known from now on",
    )
    groups[WRITTEN].add_argument(
        "--fix",
        action="store_true",
        help="mend what can be mended (pins, comments that silence nothing); say what is left",
    )
    add_fixes(groups[WRITTEN])
    add_options(groups, [option.name for option in OPTIONS])


def _fill_list(parser: Parser) -> None:
    groups = groups_of(parser)
    add_paths(groups)
    add_output(groups, ("text", "json"))
    parser.set_defaults(
        diff=None,
        fix=False,
        quiet=False,
        show_settings=False,
        show_suppressed=False,
        statistics=False,
        write_baseline=False,
    )
    for option in OPTIONS:
        if option.in_list:
            default = Persona.AUDITOR.value if option.name == "persona" else None
            keywords = option.for_argparse(default)
            groups[title_of(option.name)].add_argument(f"--{option.name}", **keywords)


def _fill_explain(parser: Parser) -> None:
    group = parser.add_argument_group("What is explained")
    group.add_argument("code", metavar="CODE", help="the rule's code, such as HFM001")


def _fill_cache(parser: Parser) -> None:
    group = parser.add_argument_group("What is done")
    group.add_argument(
        "action",
        choices=("dir", "info", "clear"),
        help="dir: print the folder; info: what is in it; clear: remove what hfmodels keeps there",
    )
    groups = groups_of(parser)
    groups[REPORT].add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="of info: for people or for scripts (default: text)",
    )
    add_options(groups, ("cache-dir", "cache-url"))


def _fill_completion(parser: Parser) -> None:
    group = parser.add_argument_group("What is completed")
    group.add_argument(
        "shell",
        choices=("bash", "zsh", "fish"),
        metavar="SHELL",
        help="the shell that the script is for: bash, zsh or fish",
    )
