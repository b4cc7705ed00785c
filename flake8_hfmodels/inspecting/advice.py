"""What to do next about a repo: the exact commands, and the pin to paste."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.asked_id import Asked
from flake8_hfmodels.facts import Facts, Missing, Moved, Publisher, Repo, Unavailable
from flake8_hfmodels.finding import Severity
from flake8_hfmodels.inspecting.dossier import KEPT_BACK, PLACEHOLDER, OwnerNow, Risk, Step
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.repo_id import is_commit_hash

MOST_RULES = 3
"""Rules whose explanations are proposed: those of the worst findings."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the next steps hang on; the names are those of `Dossier`."""

    asked: Asked
    facts: Facts
    repo: Repo | None
    owner: OwnerNow | None
    elsewhere: tuple[RepoType, ...]
    risk: Risk


def steps(case: Case) -> tuple[Step, ...]:
    """What to do, in that order."""
    return (*_found(case), *_asking_again(case), *_reading_on(case))


def _found(case: Case) -> Iterator[Step]:
    """What can be done with a repo that is there, at the commit that was looked at."""
    repo = case.repo
    if repo is None or repo.sha is None or isinstance(case.facts, (Missing, Unavailable)):
        return
    name = Asked(case.asked.repo_type, repo.id, repo.sha, says_type=True)
    if isinstance(case.facts, Moved):
        yield Step(f'"{repo.id}"', "the id to write: that of the repo that answers", False)
    if not is_commit_hash(case.asked.revision or ""):
        yield Step(f'revision="{repo.sha}"', "the pin to paste beside the id", False)
    yield Step(f"hfmodels gate {name}", "whether the project's policy allows it")
    if case.risk.level is not Severity.LOW or repo.gated or repo.disabled:
        folder = f"models/{repo.id.rpartition('/')[2]}"
        yield Step(f"hfmodels mirror {name} {folder}", "a copy that nobody else can change")
    yield Step("hfmodels lock", "write down what it is, once code names it")


def _asking_again(case: Case) -> Iterator[Step]:
    asked = case.asked
    if isinstance(case.facts, Unavailable) and case.facts not in (KEPT_BACK, PLACEHOLDER):
        yield Step(f"hfmodels inspect {asked}", "once the Hub answers")
    if isinstance(case.facts, Missing) and case.repo is not None:
        head = replace(asked, revision=None)
        yield Step(f"hfmodels inspect {head}", "the repo as it is now")
    for repo_type in case.elsewhere:
        other = Asked(repo_type, asked.repo_id, None, says_type=True)
        words = f"there is a {repo_type} of this name"
        yield Step(f"hfmodels inspect --type {repo_type} {other.repo_id}", words)
    is_verified = isinstance(case.owner, Publisher) and case.owner.is_verified is True
    if not is_verified and not isinstance(case.facts, Unavailable):
        yield Step(f"hfmodels lookalikes {asked.repo_id}", "which names could be taken for it")


def _reading_on(case: Case) -> Iterator[Step]:
    codes = dict.fromkeys(one.finding.code for one in case.risk.reasons)
    for code in list(codes)[:MOST_RULES]:
        yield Step(f"hfmodels explain {code}", "why that is reported, and what to do")
