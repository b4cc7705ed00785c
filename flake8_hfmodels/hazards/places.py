"""Where secrets are, what leads out of a program's folder, and what changes files.

The names are those of the documentation of each library, as a program imports them.
"""

from __future__ import annotations

from flake8_hfmodels.hazards.names import names_in
from flake8_hfmodels.regex import regex

# https://docs.python.org/3/library/os.html, shutil.html, tarfile.html, zipfile.html
WRITERS: dict[str, tuple[tuple[int, str], ...]] = {
    **dict.fromkeys(
        names_in("os", "remove unlink rmdir mkdir chmod chown truncate mkfifo mknod"),
        ((0, "path"),),
    ),
    **dict.fromkeys(names_in("os", "makedirs removedirs"), ((0, "name"),)),
    **dict.fromkeys(names_in("os", "rename replace symlink link"), ((0, "src"), (1, "dst"))),
    "os.renames": ((0, "old"), (1, "new")),
    **dict.fromkeys(names_in("shutil", "copy copy2 copyfile copytree"), ((1, "dst"),)),
    "shutil.unpack_archive": ((1, "extract_dir"),),
    "shutil.move": ((0, "src"), (1, "dst")),
    "shutil.rmtree": ((0, "path"),),
    "torch.save": ((1, "f"),),
    "numpy.save": ((0, "file"),),
    **dict.fromkeys(names_in("zipfile.ZipFile()", "extractall"), ((0, "path"),)),
    **dict.fromkeys(names_in("tarfile", "open().extractall TarFile().extractall"), ((0, "path"),)),
    "zipfile.ZipFile().extract": ((1, "path"),),
    "tarfile.open().extract": ((1, "path"),),
}
"""Calls that change files, and which of their arguments name them."""

OPENERS = frozenset({"builtins.open", "io.open", "codecs.open", "gzip.open", "bz2.open"})
WRITING_FLAGS = frozenset({"O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC"})
WRITING_METHODS = frozenset(
    "write_text write_bytes unlink rmdir mkdir touch rename replace chmod symlink_to".split()
)

PATHS = frozenset({"pathlib.Path", "pathlib.PosixPath", "pathlib.PurePath", "pathlib.Path.home"})
JOINING_PATHS = frozenset({"os.path.join", "pathlib.Path", "pathlib.PosixPath", "pathlib.PurePath"})
OF_ONE_PATH = frozenset(
    {
        *names_in("os.path", "expanduser expandvars abspath realpath normpath dirname"),
        *("os.fspath", "builtins.str"),
    }
)
"""Calls that make a path of paths, and those that make of one path one that begins alike."""

VARIABLE_GETTERS = frozenset(
    {
        *names_in("os", "getenv getenvb"),
        *names_in("os.environ", "get pop setdefault __getitem__"),
        *names_in("os.environb", "get pop setdefault __getitem__"),
    }
)
ENVIRONMENTS = frozenset({"os.environ", "os.environb", "posix.environ"})

# https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
HOMES: dict[str | bytes, str] = {
    **dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), "~"),
    "HF_HOME": "~/.cache/huggingface",
}
"""Variables that name a folder of the user, and where it is."""

# https://docs.python.org/3/library/site.html, sysconfig.html, sys.html
ELSEWHERE: dict[str, str] = {
    "pathlib.Path.home()": "~",
    **{
        name: f"<{name.removesuffix('()')}>"
        for name in (
            *names_in("site", "getsitepackages() getusersitepackages() getuserbase()"),
            *names_in("site", "USER_SITE USER_BASE"),
            *names_in("sysconfig", "get_paths() get_path()"),
            *names_in("sys", "prefix exec_prefix base_prefix executable"),
        )
    },
}
"""Where a program, its libraries and its user's files are, whatever the machine."""

_SECRETS = regex(
    r"(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|ACCESS_?KEY(?:_ID)?|PRIVATE_?KEY"
    r"|CREDENTIALS?)(?:_|$)|^(?:SSH_AUTH_SOCK|KUBECONFIG|NETRC|PGPASSFILE)$"
)
_PLACES = regex(
    r"(?:^|/)(?:\.ssh|\.aws|\.netrc|_netrc|\.git-credentials|\.pypirc|\.npmrc|\.kube|\.gnupg"
    r"|\.bash_history|\.zsh_history|\.docker/config\.json|\.config/gcloud|\.azure|id_rsa"
    r"|id_ed25519|wallet\.dat|stored_tokens|\.config/google-chrome|\.mozilla/firefox"
    r"|Chrome/User Data|\.ethereum|application_default_credentials\.json|\.electrum"
    r"|Login Data|logins\.json|leveldb)(?:/|$)"
    r"|(?:^|/)\.?huggingface/token$|^/etc/(?:passwd|shadow)$|^/proc/(?:self|\d+)/environ$"
    # What machines in clouds and clusters are given to say who they are.
    r"|^/var/run/secrets/|//(?:169\.254\.169\.254|metadata\.google\.internal)(?:/|$)"
)
_STARTING = regex(
    r"(?:^|/)\.(?:bashrc|bash_profile|bash_login|profile|zshrc|zprofile|zshenv)$"
    r"|(?:^|/)(?:authorized_keys|ld\.so\.preload|(?:site|user)customize\.py)$"
    r"|^/etc/(?:cron\b|crontab$|profile\.d/|systemd/|init\.d/|rc\.local$)|^/var/spool/cron"
    r"|(?:^|/)\.config/(?:systemd|autostart)(?:/|$)|(?:^|/)Library/LaunchAgents(?:/|$)"
    r"|(?:^|/)CurrentVersion/Run(?:/|$)|(?:^|/)Start Menu/Programs/Startup(?:/|$)"
)

UNLOCKS = frozenset({"TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"})
"""Variables that let data run code: https://pytorch.org/docs/stable/notes/serialization.html"""


def is_secret(variable: str) -> bool:
    """Whether an environment variable of that name holds what nobody else is to have."""
    return _SECRETS.search(variable.upper()) is not None


def is_place_of_secrets(path: str) -> bool:
    """Whether a path is one at which programs keep credentials."""
    return len(path) < 500 and _PLACES.search(path.replace("\\", "/")) is not None


def is_started_by_itself(path: str) -> bool:
    """Whether a path is one of a file that runs without being asked to, later or elsewhere."""
    return len(path) < 500 and _STARTING.search(path.replace("\\", "/")) is not None
