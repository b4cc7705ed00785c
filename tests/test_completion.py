"""Completion in real shells: what each offers for what somebody has typed."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence

import pytest

from flake8_hfmodels.cli.commands import whole_command_line
from flake8_hfmodels.cli.completion import completion
from flake8_hfmodels.loaders.kinds import KINDS
from flake8_hfmodels.options import OPTIONS
from flake8_hfmodels.rules import codes
from tests.doors import Place

SHELLS = ("bash", "zsh", "fish")

BASH = r"""
source "$SCRIPT"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
eval "$(complete -p hfmodels | sed 's/.* -F \([^ ]*\) .*/\1/')"
printf '%s\n' "${COMPREPLY[@]}"
"""

# zsh completes on a terminal only: its line editor starts with the line, completes it and leaves.
ZSH = r"""
TMOUT=60
LISTMAX=1000
fpath=($ZDOTDIR $fpath)
autoload -Uz compinit
compinit -u -D
compadd() {
  if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
    local -a hits
    builtin compadd -O hits "$@"
    print -rl -- $hits >> $ZDOTDIR/offered
  fi
  builtin compadd "$@"
}
offer() { BUFFER=$TYPED; CURSOR=$#BUFFER; zle complete-word; exit }
zle -N zle-line-init offer
"""


def in_bash(place: Place, typed: str) -> Sequence[str]:
    """What bash offers; the script is sourced as ~/.bashrc or bash-completion would."""
    script = place.write("../bash", script_for("bash"))
    words = (*shlex.split(typed), *([""] if typed.endswith(" ") else []))
    shell = place.where(SCRIPT=str(script))
    ran = shell.run("bash", "--norc", "--noprofile", "-c", BASH, "bash", *words)
    assert ran.err == ""
    return ran.out.splitlines()


def in_zsh(place: Place, typed: str) -> Sequence[str]:
    """What zsh offers, with the script in a folder of fpath."""
    folder = place.write("../zsh/.zshrc", ZSH).parent
    place.write("../zsh/_hfmodels", script_for("zsh"))
    place.write("../zsh/offered", "")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        ("zsh", "-d", "-i"),
        cwd=place.folder,
        env=place.environment | {"ZDOTDIR": str(folder), "TYPED": typed},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        with io.FileIO(ours) as screen:
            list(until_hung_up(screen))
    return (folder / "offered").read_text().splitlines()


def until_hung_up(screen: io.FileIO) -> Iterator[bytes]:
    # Linux says EIO where a file says that it is at its end.
    with contextlib.suppress(OSError):
        while chunk := screen.read(4096):
            yield chunk


def in_fish(place: Place, typed: str) -> Sequence[str]:
    """What fish offers, with the script where it looks for completions."""
    home = place.environment["HOME"]
    place.write(f"{home}/.config/fish/completions/hfmodels.fish", script_for("fish"))
    ran = place.run("fish", "-c", "complete -C $argv[1]", "--", typed)
    assert ran.err == ""
    return [line.partition("\t")[0] for line in ran.out.splitlines()]


def script_for(shell: str) -> str:
    return completion(shell, whole_command_line()).text


ASK: dict[str, Callable[[Place, str], Sequence[str]]] = {
    "bash": in_bash,
    "zsh": in_zsh,
    "fish": in_fish,
}


@pytest.fixture(
    params=[
        pytest.param(
            name,
            marks=pytest.mark.skipif(shutil.which(name) is None, reason=f"there is no {name}"),
        )
        for name in SHELLS
    ]
)
def shell(request: pytest.FixtureRequest) -> str:
    """Each shell that is there."""
    return str(request.param)


@pytest.fixture
def offered(lonely: Place, shell: str) -> Callable[[str], Sequence[str]]:
    """What a shell offers in a folder with a few files."""
    for name in ("app.py", "notes.txt", "src/model.py", "site/index.html"):
        lonely.write(name, "")

    def ask(typed: str) -> Sequence[str]:
        return sorted({one.rstrip("/") for one in ASK[shell](lonely, typed) if one})

    return ask


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(
            "",
            "audit cache check completion explain gate inspect list lock lookalikes mirror pin "
            "report respond sbom update watch",
            id="commands",
        ),
        pytest.param("ch", "check", id="command"),
        pytest.param("--v", "--version", id="option-of-none"),
        pytest.param("check --pe", "--per-file-ignores --persona", id="options"),
        pytest.param("check --no-of", "--no-offline", id="denied"),
        pytest.param("list --str", "", id="option-of-another-command"),
        pytest.param("check --persona ", "auditor pedantic regular", id="personas"),
        pytest.param("check --format s", "sarif", id="format"),
        pytest.param("list --format ", "json text", id="formats-of-list"),
        pytest.param("check --quiet --color a", "always auto", id="after-a-flag"),
        pytest.param("cache ", "clear dir info", id="actions"),
        pytest.param("cache info --format ", "json text", id="option-after-an-action"),
        pytest.param("completion ", "bash fish zsh", id="shells"),
        pytest.param("check ", "app.py notes.txt site src", id="paths"),
        pytest.param("check app.py src s", "site src", id="third-path"),
        pytest.param("check --offline n", "notes.txt", id="path-after-a-flag"),
        pytest.param("check app.py --off", "--offline", id="option-after-a-path"),
        pytest.param("check --config n", "notes.txt", id="config"),
        pytest.param("check --output n", "notes.txt", id="output"),
        pytest.param("list --output n", "notes.txt", id="output-of-list"),
        pytest.param("check --baseline n", "notes.txt", id="baseline"),
        pytest.param("check --cache-dir ", "site src", id="folders"),
        pytest.param("cache dir --cache-dir ", "site src", id="folders-of-the-cache"),
    ],
)
def test_offered(offered: Callable[[str], Sequence[str]], typed: str, expected: str) -> None:
    assert offered(f"hfmodels {typed}") == expected.split()


@pytest.mark.parametrize("typed", ["explain ", "check --select ", "check --ignore "])
def test_codes_are_offered(offered: Callable[[str], Sequence[str]], typed: str) -> None:
    assert offered(f"hfmodels {typed}") == sorted(codes())


def test_kinds_are_offered(offered: Callable[[str], Sequence[str]]) -> None:
    assert offered("hfmodels check --kinds ") == sorted(kind.name for kind in KINDS)


def test_every_option_is_offered(offered: Callable[[str], Sequence[str]]) -> None:
    assert {f"--{one.name}" for one in OPTIONS} <= set(offered("hfmodels check --"))


@pytest.mark.parametrize("name", SHELLS)
def test_command_prints_the_script(lonely: Place, name: str) -> None:
    ran = lonely.hfmodels("completion", name)
    assert (ran.code, ran.out, ran.err) == (0, script_for(name), "")


def test_shell_that_is_none_of_them(lonely: Place) -> None:
    ran = lonely.hfmodels("completion", "tcsh")
    [line] = ran.complaints
    assert line.startswith("hfmodels completion: argument SHELL: invalid choice: 'tcsh' ")
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(("check", "plain.py"), "", id="check"),
        pytest.param(("check", "--help"), "", id="help"),
        pytest.param(("explain", "HFM001"), "", id="explain"),
        pytest.param(("completion", "bash"), "shtab", id="completion"),
        pytest.param(("check", "--presona"), "difflib", id="misspelt"),
    ],
)
def test_imported_where_it_is_needed(
    lonely: Place, arguments: tuple[str, ...], expected: str
) -> None:
    lonely.write("plain.py", "print('hello')\n")
    program = (
        "import sys\n"
        "from flake8_hfmodels.cli.main import main\n"
        "try:\n"
        "    main(sys.argv[1:])\n"
        "except SystemExit:\n"
        "    pass\n"
        "print()\n"
        "print(*({'shtab', 'difflib'} & set(sys.modules)))\n"
    )
    ran = lonely.unmeasured().python("-c", program, *arguments)
    assert ran.out.splitlines()[-1] == expected
