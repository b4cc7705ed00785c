"""The reference of commands and keys, from the code. `python -m tests.reference` writes it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from flake8_hfmodels.cli.commands import whole_command_line
from flake8_hfmodels.cli.parser import Parser, Rows
from flake8_hfmodels.configuration import IN_OVERRIDES
from flake8_hfmodels.governing.policy import REMOTE_CODE, SCANNED
from flake8_hfmodels.governing.reading import DEMANDS
from flake8_hfmodels.options import OPTIONS, Option, Sort
from flake8_hfmodels.plugin import DEADLINE
from flake8_hfmodels.settings import Settings
from flake8_hfmodels.values import LONGEST, POLICIES, SEVERITIES
from tests.schema import WORDS

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
COMMAND_LINE = FOLDER / "command-line.md"
CONFIGURATION = FOLDER / "configuration.md"

WRITTEN = "<!-- Written by `python -m tests.reference`, from the code. -->\n"

COMPLETION = """\
## Completion

`hfmodels completion SHELL` prints a script; put it where the shell looks, and start a new shell.
Commands, options, their choices, codes of rules, kinds of files, files and folders are completed.

bash, with the package bash-completion:

```console
mkdir -p ~/.local/share/bash-completion/completions
hfmodels completion bash > ~/.local/share/bash-completion/completions/hfmodels
exec bash
```

zsh, whose `~/.zshrc` has `fpath+=~/.zfunc` and below it `autoload -Uz compinit && compinit`:

```console
mkdir -p ~/.zfunc
hfmodels completion zsh > ~/.zfunc/_hfmodels
exec zsh
```

fish:

```console
mkdir -p ~/.config/fish/completions
hfmodels completion fish > ~/.config/fish/completions/hfmodels.fish
exec fish
```
"""

EXAMPLES = {
    "select": '["HFM"]',
    "ignore": '["HFM002"]',
    "per-file-ignores": '{ "tests/*" = ["HFM001", "HFM003"] }',
    "severity": '{ HFM003 = "high" }',
    "policies": '{ my-org = "any", "meta-llama/*" = "hash", "*" = "ref" }',
    "include": '["*.py", "deploy/*"]',
    "exclude": '["third_party"]',
    "kinds": '["python", "yaml", "dockerfile"]',
    "max-size": "2.5",
    "offline": "false",
    "strict": "true",
    "persona": '"pedantic"',
    "baseline": '"hfmodels-baseline.json"',
    "lock": '"models.lock"',
    "grace": "90",
    "deadline": "60",
    "timeout": "10",
    "jobs": "4",
    "never-ask": '["my-org", "*/secret-*"]',
    "watch": '["my-org", "my-org/flagship"]',
    "threads": "4",
    "max-calls": "500",
    "endpoint": '"https://hub.example.org"',
    "cache-dir": '".cache/hfmodels"',
    "cache-url": '"redis://cache.example.org:6379"',
}
"""What each key is set to in its example, as TOML."""

INSTEAD = {"cache-url": "instead of cache-dir"}
"""Keys that stand in the whole example as a comment, and why."""

OVERRIDES = """\
[[tool.hfmodels.overrides]]
files = ["tests/*", "*.ipynb"]
ignore = ["HFM001"]
persona = "regular"
"""

POLICY = """\
[tool.hfmodels.policy]
allow = ["my-org/*", { match = "meta-llama/*", reason = "reviewed 2026-10" }]
deny = [{ match = "evil/*", reason = "incident 12" }]
pinned = true
require-safetensors = true
forbid-pickle = true
remote-code = "listed"
remote-code-from = ["my-org/*"]
verified-publisher = true
licences = ["apache-2.0", "mit"]
forbid-licences = ["cc-by-nc-*"]
min-age = "30d"
min-downloads = 1000
scanned = "clean"
reason = "ask the security team"

[[tool.hfmodels.policy.for]]
match = "my-org/*"
exempt = true
"""

OF_POLICY = {
    **dict.fromkeys(
        ("pinned", "require-safetensors", "forbid-pickle", "verified-publisher"),
        "`true` or `false`",
    ),
    "remote-code": "",
    "remote-code-from": "list of patterns, as of `allow`",
    "licences": "list of texts",
    "forbid-licences": "list of texts",
    "min-age": 'text such as `"30d"`',
    "min-downloads": "whole number",
    "scanned": "",
    "reason": "text",
}
"""What each key that demands something holds; empty: one of some words."""

OF_FLAKE8 = {
    "severity": "none: flake8 shows no severity",
    "select": "`--select` and `--extend-select` of flake8, which win by naming a whole code; "
    "otherwise the key counts too",
    "ignore": "`--extend-ignore` of flake8; the key counts too",
    "per-file-ignores": "`--per-file-ignores` of flake8; the key counts too",
    "include": "`--filename` of flake8; the key does not count",
    "exclude": "`--extend-exclude` of flake8; the key does not count",
    "kinds": "none: flake8 sees Python only",
    "max-size": "none; the key does not count",
    "strict": "none; the key does not count",
    "jobs": "`--jobs` of flake8; the key does not count",
}
"""What flake8 has where it has no option of ours."""

PATTERNS = (
    "list of patterns: one without a slash is of names, one with a slash of paths from the "
    "folder of the file on"
)
TYPES: Mapping[Sort, Callable[[Option], str]] = {
    "codes": lambda _one: "list of codes of rules, or of their beginnings",
    "codes by code": lambda _one: f"table: a code or its beginning, and {_either(SEVERITIES)}",
    "codes by path": lambda _one: "table: a pattern of paths, and a list of codes",
    "file": lambda _one: "path of a file, from the folder of the file on",
    "flag": lambda _one: "`true` or `false`",
    "folder": lambda _one: "path of a folder, from the folder of the file on",
    "ids": lambda _one: "list of owners or ids; `*` stands for any characters",
    "kinds": lambda _one: "list of kinds of files",
    "megabytes": lambda one: f"number above 0, up to {one.most}",
    "number": lambda one: f"whole number from 1 to {one.most}",
    "paths": lambda _one: PATTERNS,
    "persona": lambda one: _either(one.choices),
    "policies": lambda _one: f"table: an owner or a pattern of ids, and {_either(POLICIES)}",
    "seconds": lambda _one: f"number of seconds above 0, up to {LONGEST:g}",
    "url": lambda _one: "URL of a store",
    "web": lambda _one: "URL, `https://` or `http://`",
}

_DEFAULT = re.compile(r" \(default: ([^()]*)\)$")


def command_line() -> str:
    """`command-line.md`: each command as `--help` describes it."""
    whole = whole_command_line()
    parts = [
        f"# The command line\n\n{WRITTEN}\n{whole.description} `hfmodels COMMAND --help` says in "
        "the terminal what this page says.\n",
        _commands(whole),
        *_sections(whole, "##", tuple(whole.sections)),
        *(part for command in whole.commands.values() for part in _command(command)),
        COMPLETION,
    ]
    return "\n".join(parts)


def _commands(whole: Parser) -> str:
    rows = ["| command | what |", "|---|---|"]
    for name, command in whole.commands.items():
        rows.append(f"| [`hfmodels {name}`](#hfmodels-{name}) | {_cell(command.description)} |")
    return "\n".join(rows) + "\n"


def _command(command: Parser) -> Iterator[str]:
    """One command; its environment and files are among those of all."""
    yield f"## {command.prog}\n"
    yield f"```console\n{command.format_usage().removeprefix('usage: ')}```\n"
    yield f"{command.description}\n"
    for group in command._action_groups:
        if group._group_actions:
            yield f"### {group.title}\n"
            yield _table(group._group_actions)
    yield from _sections(command, "###", ("Examples", "Exit codes"))


def _table(actions: list[argparse.Action]) -> str:
    rows = ["| option | what | default |", "|---|---|---|"]
    for action in actions:
        what, default = _parted(action.help or "")
        rows.append(f"| {_invocation(action)} | {_cell(what)} | {_cell(default)} |")
    return "\n".join(rows) + "\n"


def _invocation(action: argparse.Action) -> str:
    """What somebody types for an option, with its choices."""
    value = "|".join(action.choices or ()) or str(action.metavar or "")
    words = [", ".join(action.option_strings), value if action.nargs != 0 else ""]
    typed = " ".join(word for word in words if word)
    return "`" + typed.replace("|", "\\|") + "`"


def _parted(explained: str) -> tuple[str, str]:
    """A help without the default in it, and the default."""
    found = _DEFAULT.search(explained)
    return (explained[: found.start()], found[1]) if found else (explained, "")


def _sections(parser: Parser, level: str, titles: Sequence[str]) -> Iterator[str]:
    for title in titles:
        rows = parser.sections[title]
        yield f"{level} {title}\n"
        yield _examples(rows) if title == "Examples" else _rows(rows)


def _examples(rows: Rows) -> str:
    lines = [f"# {what}\n{command}" for command, what in rows]
    return "```console\n" + "\n".join(lines) + "\n```\n"


def _rows(rows: Rows) -> str:
    lines = ["| | |", "|---|---|", *(f"| `{one}` | {_cell(what)} |" for one, what in rows)]
    return "\n".join(lines) + "\n"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("*", "\\*")


def configuration() -> str:
    """`configuration.md`: each key of `[tool.hfmodels]`, and which counts."""
    keys = list(OPTIONS)
    parts = [
        f"# Configuration\n\n{WRITTEN}",
        _where(),
        f"## A whole file\n\n```toml\n{example()}```\n",
        "## Keys\n",
        *(_key(option) for option in keys),
        _policy(),
        _overrides(),
    ]
    return "\n".join(parts)


def _where() -> str:
    return f"""\
A project sets options in the table `[tool.hfmodels]` of a `pyproject.toml`, for the command, the
hook and flake8 alike. `hfmodels check --show-settings PATH` prints what is set for a path, and
where.

## Where it is looked for

- In the folder of each file that is looked at, then in the folders above. The nearest
  `pyproject.toml` with a table `[tool.hfmodels]` counts, and no other one.
- Not above the root of a git repository.
- `--config FILE` names one for all files; `--isolated` looks for none, also in flake8.
- A file that cannot be read, a key that there is not, or a value that is none ends the run (with
  exit code 2, of `hfmodels`), and one line names file, line and key.

## What counts

The first of these that sets an option:

1. the command line; in flake8, its command line and its own configuration;
2. the last of the file's `[[tool.hfmodels.overrides]]` for the path that sets it (`severity` and
   `policies` are added to what stands before);
3. the file's `[tool.hfmodels]`;
4. the default.

Besides: `HF_HUB_OFFLINE=1` lets nobody be asked, whatever is set. Where `HF_ENDPOINT` is set, the
key `endpoint` does not count. flake8 waits {DEADLINE:g} seconds at most, unless its own options say
otherwise.
"""


def example() -> str:
    """A whole file, with each key."""
    lines = ["[tool.hfmodels]"]
    for name, value in EXAMPLES.items():
        line = f"{name} = {value}"
        lines.append(f"# {line}  # {INSTEAD[name]}" if name in INSTEAD else line)
    return "\n".join(lines) + f"\n\n{POLICY}\n{OVERRIDES}"


def _key(option: Option) -> str:
    what, default = _parted(option.help)
    flake8 = f"`--hfmodels-{option.name}`" if option.in_flake8 else OF_FLAKE8[option.name]
    lines = [
        f"### `{option.name}`\n",
        f"{_cell(what[0].upper() + what[1:].rstrip('.'))}.\n",
        f"- Type: {TYPES[option.sort](option)}",
        f"- Default: {default or _default(option)}",
        f"- Command line: `--{option.name}{_value(option)}`",
        f"- flake8: {flake8}",
    ]
    if option.name in IN_OVERRIDES:
        lines.append("- Also for some files only, in `[[tool.hfmodels.overrides]]`")
    lines.append(f"\n```toml\n[tool.hfmodels]\n{option.name} = {EXAMPLES[option.name]}\n```\n")
    return "\n".join(lines)


def _value(option: Option) -> str:
    if option.sort == "flag":
        return f"`, `--no-{option.name}"
    return " " + ("|".join(option.choices) or str(option.metavar))


def _default(option: Option) -> str:
    default = getattr(Settings(), option.field)
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, tuple) and default:
        return f"`{list(default)}`".replace("'", '"')
    if option.default is None:
        return "not set"
    if isinstance(option.default, str):
        return f'`"{option.default}"`'
    in_flake8 = "" if option.flake8_default is None else f"; in flake8 `{option.flake8_default:g}`"
    return f"`{option.default:g}`{in_flake8}"


def _either(words: tuple[str, ...]) -> str:
    shown = [f'`"{word}"`' for word in words]
    return f"{', '.join(shown[:-1])} or {shown[-1]}"


def _policy() -> str:
    """The table `policy`, whose keys no command line has."""
    choices = {"remote-code": _either(REMOTE_CODE), "scanned": _either(SCANNED)}
    rows = [
        f"| `{key}` | {OF_POLICY[key] or choices[key]} | {_cell(WORDS[key])} |" for key in DEMANDS
    ]
    return f"""\
### `policy`

What may be loaded from the Hub, for the rule [HFM013](../rules/HFM013.md) and `hfmodels gate`;
[policy.md](../policy.md) tells it at length. There is no option for it on a command line.

| key | type | what |
|---|---|---|
| `allow` | list of patterns, or of tables with `match` and `reason` | nothing else may be loaded |
| `deny` | the same | may not be loaded; wins over `allow` |
{chr(10).join(rows)}
| `for` | tables with `match`, perhaps `exempt = true`, and any key from `pinned` on | what is \
demanded otherwise of some repos; later ones win |

A pattern is an owner, or an id with `*` for any characters; `model:`, `dataset:`, `space:` or
`kernel:` may stand before it.

```toml
{POLICY}```
"""


def _overrides() -> str:
    keys = ", ".join(f"`{name}`" for name in IN_OVERRIDES)
    return f"""\
### `overrides`

What is set for some files only, as often as needed; later ones win over earlier ones. `files` is
a list of patterns as those of `exclude`, and has to be there. These keys can be set:
{keys}.

```toml
{OVERRIDES}```
"""


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    COMMAND_LINE.write_text(command_line(), encoding="utf-8")
    CONFIGURATION.write_text(configuration(), encoding="utf-8")
