"""What the commands of IPython mean: which language stands behind them.

Read in IPython 9.4 IPython/core/magics/ and IPython/core/inputtransformer2.py, unless a line says
otherwise. A name that is not here is a command whose text says nothing to us.
"""

from __future__ import annotations

from flake8_hfmodels.loaders.kinds import KindName

KERNELS: dict[str, KindName] = {
    # jupyter_client 8.6 kernelspec "language", and language_info.name of the kernels' answers.
    **dict.fromkeys(("python2", "ipython2", "xpython", "pyspark", "sage", "sagemath"), "python"),
    **dict.fromkeys(("calysto_bash", "shellscript", "zsh"), "shell"),
    **dict.fromkeys(
        ("deno", "tslab", "nodejs", "javascriptreact", "typescriptreact"), "javascript"
    ),
}
"""Languages of notebooks and cells, besides those that stand behind the fences of manuals."""

CELLS: dict[str, KindName | None] = {
    **dict.fromkeys(("bash", "sh", "sx", "system", "!"), "shell"),
    # google-colab google/colab/_system_commands.py; bash_kernel; Databricks' notebooks
    **dict.fromkeys(("shell", "zsh", "ksh"), "shell"),
    **dict.fromkeys(("javascript", "js"), "javascript"),
    **dict.fromkeys(("html", "svg"), "html"),
    **dict.fromkeys(("markdown", "md"), "markdown"),
    **dict.fromkeys(("cmd", "latex", "perl", "ruby", "pypy", "script"), None),
    # rpy2 rpy2/ipython/rmagic.py; jupysql; Cython/Build/IpythonMagic.py; Databricks' notebooks
    **dict.fromkeys(
        ("r", "sql", "bigquery", "cython", "scala", "julia", "spark", "configure"), None
    ),
}
"""Cell magics, in lower case, to what stands in their cells; in those of all others is Python."""

WHOLE = frozenset({"sh", "md", "sql", "r", "scala"})
"""Of these one mark is enough at the beginning of a cell: Databricks' notebooks have it so."""

ALONE = frozenset({"python", "python2", "python3"})
"""Cell magics whose Python runs in a program of its own."""

WRITING = frozenset({"writefile", "file"})
"""Cell magics that write their cell to a file; its name stands behind them."""

COMMANDS = {
    **dict.fromkeys(("system", "sx"), ""),
    # google-colab google/colab/_system_commands.py; Databricks' notebooks
    **dict.fromkeys(("shell", "sh", "bash"), ""),
    **{name: f"{name} " for name in ("pip", "conda", "mamba", "micromamba", "uv", "cd")},
    "run": "python ",
}
"""Line magics that stand for a command line, to what it begins with besides their own words."""

SETTING = frozenset({"env", "set_env"})
"""Line magics that set a variable of the environment."""

TIMING = frozenset({"time", "timeit", "prun", "memit", "lprun", "mprun", "pyinstrument"})
"""Line magics behind which a line of Python stands: IPython's, memory_profiler's, others'."""

PROGRAMS = ("pip", "pip3", "conda", "mamba", "uv")
"""Programs that may be called without a mark, as there are magics of their names."""
