"""What stands before the program that loads: variables, launchers, containers, shells."""

from __future__ import annotations

from flake8_hfmodels.record import dataclass


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A program that runs another one, which its arguments name.

    `valued` are those of its flags that take a value; with `switches` it is the other way round:
    all flags take one but these. `takes` counts the words of its own before the other program.
    `script`: what it runs is a Python file, or with `-m` a module. `as_text`: what it runs it
    hands to a shell; `text` is a flag whose value it hands to a shell instead. `image` is the
    flag that names the image of a container.
    """

    words: tuple[str, ...]
    valued: tuple[str, ...] = ()
    switches: tuple[str, ...] = ()
    takes: int = 0
    script: bool = False
    as_text: bool = False
    text: str = ""
    image: str = ""


KEYS = frozenset({"C-m", "Enter", "ENTER", "KPEnter", "C-M"})
"""What tmux calls the key that ends a line: tmux.1."""

BATCHES = frozenset({"sbatch", "qsub", "bsub", "msub"})
"""Programs that run the script which they read: sbatch.1."""

SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "ash"})
"""Programs that run the text behind `-c`: POSIX.1-2024 sh."""

PYTHON = ("python*", "pypy*", "py")
"""Names of the interpreter."""

# openssh 9.9 ssh.1: its flags with a value.
_SSH = (
    *("-i", "-p", "-o", "-l", "-F", "-J", "-L", "-R", "-D", "-E", "-B", "-b", "-c", "-e", "-I"),
    *("-m", "-O", "-P", "-Q", "-S", "-W", "-w"),
)

# The words are those of each program's own --help.
WRAPPERS = (
    Wrapper(("sudo",), valued=("-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "--user")),
    Wrapper(("env",), valued=("-u", "--unset", "-C", "--chdir")),
    Wrapper(("time|nohup|command|setsid|then|do|else|caffeinate|dbus-run-session",)),
    Wrapper(("exec",), valued=("-a",)),
    Wrapper(("nice|ionice",), valued=("-n", "-c", "-p")),
    Wrapper(("stdbuf",), valued=("-i", "-o", "-e")),
    Wrapper(("numactl",), valued=("-m", "-N", "-C")),
    Wrapper(("taskset",), takes=1),
    Wrapper(("chronic|unbuffer|strace|gdb|catchsegv",)),
    Wrapper(("xargs",), valued=("-n", "-P", "-I", "-L", "-d", "-a", "-s", "-E")),
    Wrapper(
        ("parallel",), valued=("-j", "--jobs", "-n", "-N", "--delay", "--joblog"), as_text=True
    ),
    Wrapper(("retry",)),
    Wrapper(("tmux", "*"), valued=("-t", "-s", "-n", "-c", "-x", "-y", "-F"), as_text=True),
    Wrapper(("screen",), valued=("-S", "-dmS", "-t", "-p", "-c", "-s", "-h")),
    Wrapper(("ssh",), valued=_SSH, takes=1, as_text=True),
    Wrapper(("su|runuser|script",), valued=("-s", "-g", "-G"), text="-c", takes=1, as_text=True),
    Wrapper(("eval|watch",), valued=("-n", "--interval"), as_text=True),
    Wrapper(("timeout",), valued=("-k", "-s", "--signal", "--kill-after"), takes=1),
    Wrapper(("xvfb-run",), valued=("-s", "-n", "--server-args")),
    Wrapper(
        ("uv", "run"),
        valued=(
            *("--with", "--extra", "--group", "--python", "-p", "--project", "--directory"),
            *("--env-file", "--index", "--package", "--with-requirements", "--index-url"),
        ),
        script=True,
    ),
    Wrapper(("hf", "jobs", "uv", "run"), switches=("-d", "--detach", "-v"), script=True),
    Wrapper(("uvx",), valued=("--from", "--with", "--python", "-p", "--index", "--index-url")),
    Wrapper(("uv", "tool", "run"), valued=("--from", "--with", "--python", "-p")),
    Wrapper(("pipx", "run"), valued=("--spec", "--python", "--pip-args")),
    Wrapper(("poetry|pdm|hatch|rye|pipenv", "run")),
    Wrapper(("pixi", "run"), valued=("-e", "--environment", "--manifest-path")),
    Wrapper(("conda|mamba|micromamba", "run"), valued=("-n", "--name", "-p", "--prefix", "--cwd")),
    Wrapper(("srun",), switches=("-l", "--label", "-u", "--unbuffered", "--exclusive", "--pty")),
    Wrapper(
        ("sbatch",),
        switches=("-W", "--wait", "--parsable", "--exclusive", "-H", "--hold", "--test-only", "-Q"),
        script=True,
        text="--wrap",
    ),
    Wrapper(("mpirun|mpiexec|horovodrun",), switches=("--allow-run-as-root", "--verbose", "-v")),
    Wrapper(
        ("accelerate", "launch"),
        switches=(
            *("--multi_gpu", "--use_deepspeed", "--use_fsdp", "--cpu", "--mps", "--tpu", "-q"),
            *("--debug", "--quiet", "--no_python", "-m", "--module", "--use_cpu", "--use_xla"),
        ),
        script=True,
    ),
    Wrapper(
        ("torchrun",),
        switches=("--standalone", "-m", "--module", "--no-python", "--run-path"),
        script=True,
    ),
    Wrapper(("deepspeed",), switches=("--module", "--no_python", "--no_local_rank"), script=True),
)
"""Programs that run another one. `python -m torch.distributed.run` is `torchrun`."""

LAUNCHERS = {
    "torch.distributed.run": ("torchrun",),
    "torch.distributed.launch": ("torchrun",),
    "accelerate.commands.launch": ("accelerate", "launch"),
    "deepspeed.launcher.runner": ("deepspeed",),
}
"""Modules that are one of `WRAPPERS`."""

_DOCKER = (
    *("-d", "--detach", "-i", "--interactive", "-t", "--tty", "-it", "-ti", "-dit", "-itd"),
    *("-id", "-di", "-td", "-dt", "--rm", "--init", "--privileged", "--read-only", "-P"),
    *("--publish-all", "--no-healthcheck", "--oom-kill-disable", "-q", "--quiet"),
    *("-T", "--no-TTY", "--no-deps", "--service-ports", "--build", "--stdin", "--nv"),
)

# docs.docker.com/reference/cli/docker/container/run, kubernetes.io/docs/reference/kubectl,
# huggingface_hub 2.4.0 huggingface_hub/cli/jobs.py, apptainer.org/docs/user/main/cli.
CONTAINERS = (
    Wrapper(("docker|podman|nerdctl", "run|create"), switches=_DOCKER, takes=1),
    Wrapper(("docker|podman", "container", "run|create"), switches=_DOCKER, takes=1),
    Wrapper(("docker|podman|nerdctl", "exec"), switches=_DOCKER, takes=1),
    Wrapper(("docker|podman", "compose", "run|exec"), switches=_DOCKER, takes=1),
    Wrapper(("docker-compose", "run|exec"), switches=_DOCKER, takes=1),
    Wrapper(("hf", "jobs", "run"), switches=_DOCKER, takes=1),
    Wrapper(("singularity|apptainer", "exec|run"), switches=_DOCKER, takes=1),
    Wrapper(("kubectl|oc", "run"), image="--image"),
    Wrapper(("kubectl|oc", "exec"), image="-c"),
)
"""What runs an image, or a command in one that runs already.

With an `image` flag the command stands behind two dashes.
"""

VARIABLES = ("-e", "--env")
"""The flags that set a variable in a container."""

COPIERS = frozenset({"cat", "tee"})
"""Programs that write what they read."""

READERS = (
    (("docker|podman", "build"), "Dockerfile"),
    (("docker", "buildx", "build"), "Dockerfile"),
    (("kubectl|oc", "apply|create|replace"), "manifest.yaml"),
    (("docker|podman", "compose"), "compose.yaml"),
    (("helm", "install|upgrade|template"), "values.yaml"),
)
"""Programs that read a file of a known kind from their input, and what such a file is called."""

ON_PATHS = frozenset(
    {"cd", "pushd", "ls", "mkdir", "rm", "cp", "mv", "cat", "source", ".", "tar", "chmod", "rsync"}
)
"""Programs whose words are files and folders."""

ON_GITHUB = ("-R", "--repo")
"""The flags of `gh` that name a repo of GitHub: cli.github.com/manual."""

SILENT = frozenset(
    {
        *("echo", "printf", "open", "xdg-open", "[", "[[", "test", "grep", "egrep", "sed", "awk"),
        *("log", "info", "warn", "error", "die", "print", "fail", "usage", "case", ":", "logger"),
        *("log_info", "log_warn", "log_error", "return", "exit", "figlet", "notify-send"),
    }
)
"""Programs, and functions by custom, that only show or compare what they are given."""

GIT_SWITCHES = ("--detach", "-f", "--force", "--quiet", "-q", "--hard", "--soft", "--mixed")
GIT_MOVES = ("checkout", "switch", "reset", "fetch")
"""Subcommands of git after which another commit is checked out, or is there to be."""
