"""What one row of the command lines says: which program reads from the Hub, by which flags."""

from __future__ import annotations

from typing import Literal

from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.record import dataclass

Form = Literal["id", "uri", "git", "named", "file"]
"""How a command line writes a repo.

id: `org/name`, or `hf://…`. uri: `hf://…` only. git: the URL of a repository on the Hub.
named: `name=org/name`, several of them with commas between. file: the URL of a file on the Hub.
"""


@dataclass(frozen=True, slots=True)
class Load:
    """One repo that a command line names.

    The parameters of `loader` are flags as they are written, newest first; a position counts the
    words behind the program's own that are neither flags nor their values. A parameter with
    `within` is an entry of the text that this flag (or the word at its position) gets:
    `key=value,…` or JSON; a name in it that begins with a dash is a flag all the same.

    `many`: it may be given several times, or several words. `ending`: what begins with this is
    no part of the id, and no revision. `only_with`: it counts only where one of these flags is
    given, and where its value begins with `only_value`. `doubtful`: many programs that read
    nothing from the Hub have these flags too.
    """

    loader: Loader
    form: Form = "id"
    many: bool = False
    ending: str = ""
    only_with: tuple[str, ...] = ()
    only_value: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One program, or one of its subcommands, that reads from the Hub.

    words: what it begins with, the program first; `|` stands between alternatives, `*` for any
    run of characters. modules: what follows `python -m`, instead of `words`. images: containers
    that run it. switches: flags without a value. environment: variables that stand for flags.
    config: flags that name a file in which the rest may be given.
    """

    words: tuple[str, ...]
    loads: tuple[Load, ...]
    modules: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    switches: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    config: tuple[str, ...] = ()


FOLDER = "download a pinned snapshot first (hf download --revision <commit>) and name its folder"
FILE = "download the file at a full commit hash first (hf download --revision) and name that file"
CHECKOUT = "check out a full commit hash after it (git checkout <commit>)"
HASH_IN_THE_URL = "put the full commit hash where the branch stands: …/resolve/<hash>/…"

REVISION = Param(("--revision",))
TRUST = Param(("--trust-remote-code",))
TYPE = Param(("--repo-type", "--type"))


def model(*flags: str, position: int | None = None) -> tuple[Param, ...]:
    """The one parameter that names the repo."""
    return (Param(flags, position),)
