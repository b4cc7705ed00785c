"""What was found out about repos: the numbers, and all of it as JSON.

The JSON has a version of its own, to which keys may be added and none taken away::

    {"version": 1, "repos": [...], "warnings": [...], "summary": {...}}

`docs/inspect.md` says what stands in it. ASCII throughout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from flake8_hfmodels.companions import repo_of
from flake8_hfmodels.facts import Code, Owner, Publisher, Repo, Unavailable
from flake8_hfmodels.finding import Severity
from flake8_hfmodels.inspecting.dossier import (
    Base,
    Dossier,
    Holder,
    Risk,
    code_files,
    state_of,
    told,
)
from flake8_hfmodels.inspecting.families import Format, Pickle, Read
from flake8_hfmodels.inspecting.risk import rank
from flake8_hfmodels.links import help_uri
from flake8_hfmodels.record import dataclass

VERSION = 1

Mode = Literal["online", "offline", "strict"]


@dataclass(frozen=True, slots=True)
class InspectSummary:
    """How many repos there are of each level, and what it took to find out.

    `unknown` ones have no level; of `unanswered` ones at least something is not known. `requests`
    went over the wire.
    """

    repos: int
    high: int
    medium: int
    low: int
    unknown: int
    unanswered: int
    requests: int
    mode: Mode
    seconds: float


@dataclass(frozen=True, slots=True)
class InspectReport:
    """Everything that there is to say."""

    dossiers: Sequence[Dossier]
    warnings: Sequence[str]
    summary: InspectSummary


def summed_up(
    dossiers: Sequence[Dossier], requests: int, mode: Mode, seconds: float
) -> InspectSummary:
    """The numbers of a run."""
    levels = Counter(one.risk.level for one in dossiers)
    return InspectSummary(
        repos=len(dossiers),
        high=levels[Severity.HIGH],
        medium=levels[Severity.MEDIUM],
        low=levels[Severity.LOW],
        unknown=levels[None],
        unanswered=sum(1 for one in dossiers if one.risk.lacks),
        requests=requests,
        mode=mode,
        seconds=round(seconds, 3),
    )


def by_risk(dossiers: Iterable[Dossier]) -> list[Dossier]:
    """The worst first, and by name among those that are as bad."""
    return sorted(dossiers, key=lambda one: (-rank(one.risk.level), one.asked.repo_id.casefold()))


def render(report: InspectReport) -> str:
    """The whole report as JSON."""
    from flake8_hfmodels.report.portable import ascii_json

    summary = report.summary
    return ascii_json(
        {
            "version": VERSION,
            "repos": [_as_json(one) for one in report.dossiers],
            "warnings": list(report.warnings),
            "summary": {name: getattr(summary, name) for name in summary.__match_args__},
        }
    )


def _as_json(dossier: Dossier) -> dict[str, object]:
    asked, head = dossier.asked, repo_of(dossier.head)
    repo = repo_of(dossier.facts)
    return {
        "repo_type": asked.repo_type,
        "repo_id": asked.repo_id,
        "revision": asked.revision,
        "state": state_of(dossier.facts),
        "what": told(dossier.facts, asked.repo_id),
        "is_by_old_answers": dossier.is_stale,
        "head": None if head is None else head.sha,
        "owner": _owner_json(dossier),
        "repo": None if repo is None else _repo_json(dossier, repo),
        "elsewhere": list(dossier.elsewhere),
        "risk": _risk_json(dossier.risk),
        "next": [
            {"text": one.text, "why": one.why, "is_command": one.is_command}
            for one in dossier.steps
        ],
    }


def _owner_json(dossier: Dossier) -> dict[str, object] | None:
    match dossier.owner:
        case Publisher() as found:
            return {
                "state": "found",
                "name": found.name,
                "kind": found.kind,
                "object_id": found.object_id,
                "is_verified": found.is_verified,
                "fullname": found.fullname,
            }
        case Unavailable(why=why):
            return {"state": "unknown", "why": why}
        case Owner.GONE:
            return {"state": "gone"}
        case _:
            return None


def _repo_json(dossier: Dossier, repo: Repo) -> dict[str, object]:
    return {
        "id": repo.id,
        "object_id": repo.object_id,
        "created_at": repo.created_at or None,
        "modified": repo.modified or None,
        "commit": repo.sha,
        "history": repo.history.value,
        "pull_request": repo.pull_request or None,
        "gated": repo.gated,
        "private": repo.private,
        "disabled": repo.disabled,
        "licence": repo.licence or None,
        "downloads": repo.downloads,
        "likes": repo.likes,
        "formats": [_fields(one) for one in dossier.formats],
        "loaders": [_fields(one) for one in dossier.reads],
        "pickles": [_fields(one) for one in dossier.pickles],
        "is_scanned": repo.is_scanned,
        "flagged": [{"path": one.path, "level": one.level} for one in repo.flagged],
        "custom_code": _code_json(dossier, repo),
        "base_models": [_base_json(one) for one in dossier.bases],
        "base_models_left_out": dossier.bases_left_out,
        "provenance": {
            "files": len(repo.files),
            "with_hash": len(repo.blobs),
            "with_sha256": sum(1 for one in repo.blobs if one.sha256),
            "commit_signatures": None,
        },
    }


def _fields(one: Format | Read | Pickle) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__match_args__}


def _code_json(dossier: Dossier, repo: Repo) -> dict[str, object]:
    return {
        "is_there": repo.has_custom_code,
        "auto_map": [{"class": name, "code": value} for name, value in repo.auto_map],
        "files": [{"repo_id": owner, "path": path} for owner, path in code_files(repo)],
        "repos": [_holder_json(one) for one in dossier.holders],
    }


def _holder_json(holder: Holder) -> dict[str, object]:
    code = holder.code
    found = code if isinstance(code, Code) else Code(holder.repo_id, "", ())
    return {
        "repo_id": holder.repo_id,
        "state": state_of(holder.facts),
        "commit": found.commit or None,
        "read": list(found.files),
        "dangers": [
            {"path": one.path, "line": one.line, "kind": one.kind, "what": one.what}
            for one in found.dangers
        ],
        "unread": [{"path": path, "why": why} for path, why in found.unread],
        "not_known": code.why if isinstance(code, Unavailable) else None,
    }


def _base_json(base: Base) -> dict[str, object]:
    repo = repo_of(base.facts)
    return {
        "repo_id": base.repo_id,
        "state": state_of(base.facts),
        "what": told(base.facts, base.repo_id),
        "is_loaded": base.is_loaded,
        "id": None if repo is None else repo.id,
    }


def _risk_json(risk: Risk) -> dict[str, object]:
    return {
        "level": None if risk.level is None else risk.level.value,
        "without_trust_remote_code": None if risk.otherwise is None else risk.otherwise.value,
        "not_known": list(risk.lacks),
        "reasons": [
            {
                "code": one.finding.code,
                "name": one.finding.name,
                "severity": one.finding.severity.value,
                "confidence": one.finding.confidence.value,
                "what": one.finding.what,
                "remedy": one.finding.remedy,
                "only_with_trust_remote_code": one.is_conditional,
                "base_model": one.base or None,
                "help_uri": help_uri(one.finding.code),
            }
            for one in risk.reasons
        ],
    }
