"""What bandit says of a file beside what we say: an engine that only adds. Nothing is run."""

from __future__ import annotations

import io
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from flake8_hfmodels.facts import Danger
from flake8_hfmodels.hazards.judging import dangers_of, lines_that_run
from flake8_hfmodels.hazards.kinds import order

# https://bandit.readthedocs.io/en/latest/plugins/index.html; left out is what is no danger in code
# of a model (asserts, random numbers, weak hashes, passwords in the source, imports by themselves).
KINDS: dict[str, tuple[str, str]] = {
    "B102": ("code-from-text", "calls exec"),
    "B301": ("unpickling", "unpickles data"),
    "B302": ("unpickling", "reads data with marshal"),
    "B307": ("code-from-text", "calls eval"),
    "B310": ("network", "opens an address"),
    "B312": ("raw-network", "speaks Telnet"),
    "B321": ("raw-network", "speaks FTP"),
    "B323": ("network", "takes any certificate for good"),
    "B501": ("network", "takes any certificate for good"),
    "B506": ("unpickling", "reads YAML without a safe loader"),
    "B507": ("raw-network", "takes any host key for good"),
    "B601": ("process", "has a command run by paramiko"),
    "B602": ("process", "starts a process with a shell"),
    "B603": ("process", "starts a process"),
    "B604": ("process", "calls something with shell=True"),
    "B605": ("process", "starts a process with a shell"),
    "B606": ("process", "starts a process"),
    "B607": ("process", "starts a process"),
    "B609": ("process", "starts a process with a wildcard"),
    "B614": ("default-unpickling", "calls torch.load without weights_only"),
}
"""Its tests that we heed: our kind, and what stands there, in our words."""


def is_there() -> bool:
    """Whether bandit is installed."""
    return find_spec("bandit") is not None


def dangers_by_both(path: str, data: bytes) -> tuple[Danger, ...]:
    """Our own dangers, and what bandit has besides on lines of which we say nothing."""
    return with_more(path, data, dangers_of(path, data))


def with_more(path: str, data: bytes, own: tuple[Danger, ...]) -> tuple[Danger, ...]:
    """Our own dangers of a file that is known with others, and what bandit has besides."""
    lines = lines_that_run(path, data) - {one.line for one in own}
    more = {(one.line, one.kind): one for one in _by_bandit(path, data) if one.line in lines}
    return tuple(sorted((*own, *more.values()), key=lambda one: (one.line, order(one))))


def _by_bandit(path: str, data: bytes) -> Iterator[Danger]:
    logging.getLogger("bandit").setLevel(logging.CRITICAL)  # it speaks to people
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it imports, and of the file
        visitor = _visitor(data)
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            visitor.process(data)
    for issue in visitor.tester.results:
        kind, what = KINDS[issue.test_id]
        yield Danger(path, issue.lineno, kind, what)


def _visitor(data: bytes) -> Any:
    """What goes over a file, with those of bandit's tests that we heed."""
    from bandit.core.config import BanditConfig  # type: ignore[import-untyped] # it has none
    from bandit.core.meta_ast import BanditMetaAst  # type: ignore[import-untyped] # it has none
    from bandit.core.metrics import Metrics  # type: ignore[import-untyped] # it has none
    from bandit.core.node_visitor import (  # type: ignore[import-untyped] # it has none
        BanditNodeVisitor,
    )
    from bandit.core.test_set import BanditTestSet  # type: ignore[import-untyped] # it has none

    # A name in the root, as it looks for packages around it.
    name = os.path.join(os.path.abspath(os.sep), "code.py")
    metrics = Metrics()
    metrics.begin(name)
    tests = BanditTestSet(BanditConfig(), {"include": list(KINDS), "exclude": []})
    # No comment of the file silences anything, as its author is who is judged.
    return BanditNodeVisitor(name, io.BytesIO(data), BanditMetaAst(), tests, False, {}, metrics)
