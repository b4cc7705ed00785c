"""Which calls start a program, and where its command line stands among their arguments."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Param

# One text for a shell, or a list of words: docs.python.org/3/library/subprocess.html, os.html,
# asyncio-subprocess.html; ipython.readthedocs.io; pexpect.readthedocs.io; trio and anyio.
COMMANDS = {
    **dict.fromkeys(
        [f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen")],
        Param(("args",), 0),
    ),
    **dict.fromkeys(("subprocess.getoutput", "subprocess.getstatusoutput"), Param(("cmd",), 0)),
    **dict.fromkeys(("os.system", "os.popen"), Param(("command", "cmd"), 0)),
    **dict.fromkeys(("os.execv", "os.execvp", "os.execve", "os.execvpe"), Param(("args",), 1)),
    **dict.fromkeys(("os.posix_spawn", "os.posix_spawnp"), Param(("argv",), 1)),
    **dict.fromkeys(
        [f"os.spawn{ending}" for ending in ("v", "ve", "vp", "vpe")], Param(("args",), 2)
    ),
    "asyncio.create_subprocess_shell": Param(("cmd",), 0),
    "pexpect.run": Param(("command",), 0),
    "pexpect.spawn": Param(("command",), 0),
    "trio.run_process": Param(("command",), 0),
    "anyio.run_process": Param(("command",), 0),
    "anyio.open_process": Param(("command",), 0),
    "IPython.get_ipython().system": Param(("cmd",), 0),
    "IPython.get_ipython().getoutput": Param(("cmd",), 0),
}
# The words one by one, from this argument on.
SPREAD = {
    "asyncio.create_subprocess_exec": 0,
    **{f"os.exec{ending}": 1 for ending in ("l", "le", "lp", "lpe")},
    **{f"os.spawn{ending}": 2 for ending in ("l", "le", "lp", "lpe")},
}
METHODS = frozenset(name.rpartition(".")[2] for name in (*COMMANDS, *SPREAD, "shlex.split"))
