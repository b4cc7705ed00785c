"""What git says of a folder, asked so that it starts nothing and asks nobody else."""

from __future__ import annotations

import os

PATIENCE = 120.0
"""Seconds after which git is not waited for, unless somebody says otherwise: it opens what lies in
`.git` without a look, and a pipe there would hold it for ever."""

# What git tells its hooks: it speaks of the repo they run for, which need not be the folder's.
_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})

# It wins over the options of a command, and with them over how we read what git says.
_LEFT_OUT = _OF_A_HOOK | {"GIT_DIFF_OPTS"}

# A repo's own configuration may name programs: for fsmonitor, for fetching what it lacks. A folder
# that is checked in as a bare repo brings such a configuration along.
_STARTS_NOTHING = ("-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit")
_ASKS_NOBODY = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}


def ask_git(
    folder: str, *command: str, given: bytes = b"", seconds: float | None = None
) -> bytes | None:
    """What git says of a folder, or `None` where there is no git or it says no.

    `given` is what it reads; after so many `seconds` it is not waited for any longer (`PATIENCE`).
    """
    import subprocess

    environment = {key: value for key, value in os.environ.items() if key not in _LEFT_OUT}
    asked = ["git", *_STARTS_NOTHING, "-C", folder, *command]
    try:
        done = subprocess.run(
            asked,
            env=environment | _ASKS_NOBODY,
            input=given,
            capture_output=True,
            check=False,
            timeout=PATIENCE if seconds is None else seconds,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
