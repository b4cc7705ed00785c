"""The benchmark of audits: a small run of it, and what it says of a broken one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench import audit
from bench.audit import Plan
from tests.auditing import Auditor, locked
from tests.doors import Place
from tests.fakehub import FakeHub

SMALL = Plan(owners=2, repos=2, moved=1, megabytes=1, latency=0.0)


def test_small_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main([], SMALL) == 0
    lines = capsys.readouterr().out.splitlines()
    what = "4 entries of 2 owners, 0 ms latency"
    assert [re.sub(r"[\d.]+ s \|$", "N s |", line) for line in lines] == [
        "| what | promised | measured |",
        "|---|---|---|",
        f"| {what}, nothing has changed: requests | <= 520 | 8 |",
        f"| {what}, nothing has changed: wall time | - | N s |",
        f"| {what}, stopped after: requests | <= 2 | 2 |",
        f"| {what}, then --resume: requests | <= 518 | 6 |",
        f"| {what}, then --resume: wall time | - | N s |",
        f"| {what}, 1 have a new head: requests | - | 9 |",
        f"| {what}, 1 have a new head: wall time | - | N s |",
        "| --local, one file of 1 MB: wall time | - | N s |",
    ]


def test_audit_without_answers_is_not_measured(tmp_path: Path, hub: FakeHub) -> None:
    place = Place.at(tmp_path / "project", hub.url)
    Auditor(place.folder, "").lock(locked(hub.world, "acme/translator"))
    with pytest.raises(SystemExit, match=r"^audit.py: "):
        audit._audit(place, 2)
