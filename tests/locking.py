"""Entries of a lock for tests."""

from __future__ import annotations

from typing import Any

from flake8_hfmodels.facts import History
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.record import replace

_PLAIN = Entry(
    repo_type="model",
    repo_id="o/m",
    revision=None,
    ref="main",
    commit="0123456789012345678901234567890123456789",
    id="o/m",
    object_id="621ffdc036468d709f17434d",
    created_at="2022-03-02T23:29:04Z",
    owner=None,
    gated=False,
    private=False,
    disabled=False,
    licence="",
    formats=(),
    tags=(),
    auto_map=(),
    adapter_of=(),
    flagged=(),
    is_scanned=None,
    history=History.OWN,
    old_owner=None,
    files=(),
    others=(),
    used_by=(),
)


def entry(**changes: Any) -> Entry:
    """An entry of `o/m` with some fields set otherwise."""
    return replace(_PLAIN, **changes)
