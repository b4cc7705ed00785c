"""Words that several rules have in common: a few of many names, and where a commit is passed."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_hfmodels.loaders.row import Param


def few(names: Sequence[str]) -> str:
    """The names, or the first ones and how many more there are."""
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return ", ".join(names)


def write_commit(param: Param, commit: str | None) -> str:
    """What to write into a file of keys and values; `None`: not known which commit."""
    words = "its full commit hash" if commit is None else repr(commit)
    where = "beside it" if param.within is None else f"in {param.within}"
    return f"write {words} as {param.names[0]} {where}"


def pass_commit(param: Param, commit: str | None) -> str:
    """What to do, by the way in which the loader takes the parameter; `None`: not known which."""
    name = param.names[0]
    words = "a full commit hash" if commit is None else repr(commit)
    if param.within is not None:
        return f"pass {words} as {name!r} in {param.within}="
    if name.startswith("-"):
        return f"pass {commit or words} as {name}"
    return f"pass {words} as {name}=" if commit is None else f"pass {name}={words}"
