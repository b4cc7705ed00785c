"""Locks of what a fake Hub has, and audits of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flake8_hfmodels.cli.audit import run
from flake8_hfmodels.cli.commands import command_line
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.facts import Blob, Flagged
from flake8_hfmodels.hub.opening import close_all
from flake8_hfmodels.lock.entry import Entry, LockedOwner
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.writing import written
from flake8_hfmodels.record import replace
from tests.fakehub import World
from tests.fakehub.objects import File, RepoType, created_at, format_time
from tests.locking import entry

Row = tuple[str, str | None, str]
"""What an audit tells of one entry: status, code (`None` for information), severity."""


def locked(
    world: World,
    repo_id: str,
    revision: str | None = None,
    ref: str = "main",
    kind: RepoType = "model",
    **changes: Any,
) -> Entry:
    """The entry of a repo as it is in a world now; `ref` is empty where a commit is pinned."""
    repo = world.find_repo(kind, repo_id)
    assert repo is not None
    account = world.account(repo.owner)
    commit = repo.resolve(revision or "main")
    assert account is not None
    assert commit is not None
    files = repo.commits[commit].files.values() if kind != "kernel" else ()
    made = entry(
        repo_type=kind,
        repo_id=repo_id,
        revision=revision,
        ref=ref,
        commit=commit,
        id=repo.id,
        object_id=repo.identity,
        created_at=format_time(created_at(repo.identity)),
        owner=LockedOwner(account.name, account.kind, account.identity),
        gated=bool(repo.gated),
        private=repo.private,
        disabled=repo.disabled,
        flagged=tuple(Flagged(one.path, one.level) for one in repo.issues),
        files=tuple(map(blob, files)),
        used_by=("app.py",),
    )
    return replace(made, **changes)


def blob(file: File) -> Blob:
    return Blob(file.name, file.size, file.blob_id, file.sha256 if file.lfs else "")


@dataclass(frozen=True)
class Auditor:
    """A folder with a lock, and whom its audits ask."""

    folder: Path
    endpoint: str

    def lock(self, *entries: Entry) -> None:
        """Write the lock."""
        text = written(Lock("", entries))
        self.folder.joinpath("hfmodels.lock").write_text(text, encoding="utf-8")

    def run(self, *options: str) -> Outcome:
        """Audit in this process, with nothing left of an earlier one."""
        close_all()
        cache = str(self.folder.with_name("answers"))
        where = ("--endpoint", self.endpoint, "--cache-dir", cache)
        return run(command_line().parse_args(["audit", *where, *options]))

    def report(self, *options: str) -> dict[str, Any]:
        """What an audit says in JSON."""
        said: dict[str, Any] = json.loads(self.run("--format", "json", *options).text)
        return said

    def rows(self, *options: str) -> list[Row]:
        """What an audit tells, in short."""
        return rows(self.report(*options)["findings"])


def rows(findings: Sequence[dict[str, Any]]) -> list[Row]:
    return [(one["status"], one["code"], one["severity"]) for one in findings]
