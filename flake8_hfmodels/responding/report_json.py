"""What was found as JSON.

It has a version of its own, to which keys may be added and none taken away::

    {"version": 1, "found": true, "repo_id": ..., "repo_type": ..., "revision": ..., "names": [...],
     "commits": [...], "references": [...], "text_only": [...], "history": {...}, "machine": {...},
     "locks": [...], "hub": [...], "policy": {...}, "warnings": [...], "summary": {...}}

`bearing` is what something has to do with the revision: `loads` (it is of it, or no revision was
asked about), `may load`, `other`. Times are those of UTC. ASCII throughout.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flake8_hfmodels.facts import Facts, Missing, Moved, Repo, Unavailable
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.reference import Target
from flake8_hfmodels.responding.commits import Commit
from flake8_hfmodels.responding.history import History, Pins, Story
from flake8_hfmodels.responding.incident import Incident, Locked, Ruled
from flake8_hfmodels.responding.machine import Here, Kept
from flake8_hfmodels.responding.suspect import Suspect, Trace

VERSION = 1

_Object = Mapping[str, Any]


def render(incident: Incident, warnings: Sequence[str]) -> str:
    """The whole report."""
    suspect = incident.suspect
    data: _Object = {
        "version": VERSION,
        "found": incident.is_found,
        "repo_id": suspect.asked.repo_id,
        "repo_type": suspect.asked.repo_type if suspect.asked.says_type else None,
        "revision": suspect.asked.revision,
        "names": sorted(suspect.names),
        "commits": sorted(suspect.commits),
        "references": [_trace(one) for one in incident.code.traces],
        "text_only": list(incident.code.texts),
        "history": _past(incident),
        "machine": {
            "looked": list(incident.machine.looked),
            "copies": [_copy(one) for one in incident.machine.copies],
        },
        "locks": [_locked(one, suspect) for one in incident.locks],
        "hub": [_answer(target, facts) for target, facts in incident.hub],
        "policy": None if incident.ruled is None else _ruled(incident.ruled),
        "warnings": list(warnings),
        "summary": {
            "files": incident.code.files,
            "skipped": dict(incident.code.skipped),
            "references": len(incident.code.traces),
            "asked": len(incident.hub),
            "kept_back": incident.is_private,
            "mode": incident.mode,
            "seconds": incident.seconds,
        },
    }
    return json.dumps(data, indent=2) + "\n"


def _trace(trace: Trace) -> _Object:
    return {
        "path": trace.path,
        "line": trace.line,
        "column": trace.column,
        "callee": trace.callee,
        "repo_type": trace.repo_type,
        "repo_ids": list(trace.repo_ids),
        "revisions": list(trace.revisions),
        "pin": trace.pin,
        "bearing": trace.bearing,
        "runs_code": trace.runs_code,
        "is_mention": trace.is_mention,
    }


def _past(incident: Incident) -> _Object:
    return {
        "searched": incident.past.wanted,
        "since": incident.first or None,
        "repositories": [_history(one) for one in incident.past.histories],
        "outside": list(incident.past.outside),
    }


def _history(history: History) -> _Object:
    return {
        "top": history.top,
        "commits": history.commits,
        "searched": history.read,
        "is_shallow": history.is_shallow,
        "files": [_story(one) for one in history.stories],
        "text_only": list(history.texts),
        "troubles": list(history.troubles),
    }


def _story(story: Story) -> _Object:
    return {
        "path": story.path,
        "bearing": story.bearing,
        "first": _commit(story.first),
        "last": _commit(story.last),
        "removed": _commit(story.removed),
        "refs": list(story.refs),
        "pins": _pins(story.now),
        "changes": [
            {"commit": _commit(one.commit), "pins": _pins(one.pins)} for one in story.changes
        ],
    }


def _pins(pins: Pins) -> list[_Object]:
    return [{"words": words, "bearing": bearing} for words, bearing in pins]


def _commit(commit: Commit | None) -> _Object | None:
    if commit is None:
        return None
    return {
        "hash": commit.hash,
        "author": commit.author,
        "authored": commit.authored,
        "committed": commit.committed,
    }


def _copy(here: Here) -> _Object:
    return {
        "path": here.where,
        "of": here.of,
        "repo_type": here.repo_type or None,
        "repo_id": here.repo_id or None,
        "commit": here.commit or None,
        "refs": list(here.refs),
        "bearing": here.bearing,
        "is_locked": here.is_locked,
        "size": here.size,
        "modified": here.modified or None,
        "accessed": here.accessed or None,
        "files": [_file(one) for one in here.files],
    }


def _file(kept: Kept) -> _Object:
    return {
        "path": kept.path,
        "where": kept.where,
        "size": kept.size,
        "sha256": kept.sha256 or None,
        "blob": kept.blob_id or None,
        "is_pickle": kept.is_pickle,
        "is_code": kept.is_code,
        "lock": kept.verdict or None,
        "trouble": kept.why or None,
    }


def _locked(locked: Locked, suspect: Suspect) -> _Object:
    return {
        "path": locked.path,
        "entries": [
            {**_entry(one), "bearing": suspect.bearing(one.commit)} for one in locked.entries
        ],
        "changed": [
            {"repo_id": one.repo, "status": one.status, "code": one.code or None, "what": one.what}
            for one in locked.changed
        ],
        "needing": [_entry(one) for one in locked.needing],
    }


def _entry(entry: Entry) -> _Object:
    owner = entry.owner
    return {
        "repo_type": entry.repo_type,
        "repo_id": entry.repo_id,
        "revision": entry.revision,
        "ref": entry.ref,
        "commit": entry.commit,
        "id": entry.id,
        "object_id": entry.object_id,
        "owner": None
        if owner is None
        else {"name": owner.name, "kind": owner.kind, "object_id": owner.object_id},
        "files": [
            {"path": one.path, "size": one.size, "sha256": one.sha256, "blob": one.blob_id}
            for one in entry.files
        ],
        "used_by": list(entry.used_by),
    }


def _answer(target: Target, facts: Facts) -> _Object:
    asked = {
        "repo_type": target.repo_type,
        "repo_id": target.repo_id,
        "revision": target.revision,
    }
    if isinstance(facts, Unavailable):
        return {**asked, "status": "unknown", "why": facts.why}
    if isinstance(facts, Missing):
        owner = facts.owner.value
        return {**asked, "status": "missing", "what": facts.what.value, "owner": owner}
    if isinstance(facts, Moved):
        moved = {"status": "moved", "owner": facts.old_owner.value}
        return {**asked, **moved, "repo": _repo(facts.repo)}
    return {**asked, "status": "found", "repo": _repo(facts.repo)}


def _repo(repo: Repo) -> _Object:
    return {
        "id": repo.id,
        "object_id": repo.object_id,
        "sha": repo.sha,
        "created_at": repo.created_at or None,
        "modified": repo.modified or None,
        "gated": repo.gated,
        "disabled": repo.disabled,
        "private": repo.private,
        "has_custom_code": repo.has_custom_code,
        "base_models": list(repo.base_models),
        "is_scanned": repo.is_scanned,
        "flagged": [{"path": one.path, "level": one.level} for one in repo.flagged],
        "files": list(repo.files),
    }


def _ruled(ruled: Ruled) -> _Object:
    return {
        "path": ruled.path,
        "is_written": ruled.is_written,
        "lines": list(ruled.lines),
        "why": ruled.why or None,
    }
