"""The pinned commit is in no branch or tag of the repo: it need not be the owner's at all.

Anybody may open a pull request on a repo of the Hub. Its commits lie in the same git store as the
owner's, so a full hash of somebody's pull request loads under the owner's name, and looks like the
most careful pin there is. It is enough that a patch, a blog post or a chat proposes the hash. A
commit that does not exist (any more) was rewritten away, or never was: the program fails wherever
no copy is cached.

On GitHub, where forks share their commits, such "imposter commits" carried the attack on the
action tj-actions/changed-files in March 2025 (CVE-2025-30066).

Pin a commit of a branch: the history of the repo's page shows them, and so does HFM001 where the
pin is taken out. Where you want what a pull request changes, ask for it to be merged first.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.facts import Facts, Found, History, Lacking, Missing, Moved, Owner, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.reference import Known, Reference
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report each full hash that the repo's own history does not have."""
    for written, target in ref.targets():
        if target.revision is None or not is_commit_hash(target.revision):
            continue
        foreign = _foreign(target.revision, facts(target))
        if foreign is not None:
            words, severity = foreign
            yield Problem(
                what=f"{ref.says(repr(written.value))}: {words}",
                remedy="pin a commit of a branch",
                severity=severity,
                repo_id=target.repo_id,
                related=written_elsewhere(ref, Known((written,)), ref.revision),
            )


def _foreign(commit: str, facts: Facts) -> tuple[str, Severity] | None:
    match facts:
        case Found(repo=repo) | Moved(repo=repo) if repo.history is History.FOREIGN:
            return _whose(commit, repo), Severity.HIGH
        case Missing(what=Lacking.REVISION, owner=Owner.EXISTS | Owner.UNKNOWN):
            words = "does not exist (any more): its history was rewritten, or it never did"
            return f"the commit {commit!r} {words}", Severity.MEDIUM
        case _:
            return None


def _whose(commit: str, repo: Repo) -> str:
    if repo.pull_request:
        ref = repo.pull_request
        return f"only {ref} has the commit {commit!r}, and anybody may open a pull request"
    return f"no branch or tag has the commit {commit!r}, which anybody may have put there"


_HASH = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
_LOAD = "from transformers import AutoModel\nAutoModel.from_pretrained('org/model', revision='{}')"
_PINNED = _LOAD.format(_HASH)


def _with(history: History, pull_request: str = "") -> Repo:
    files = ("model.safetensors",)
    object_id = "621ffdc036468d709f17434d"
    return Repo("org/model", object_id, _HASH, files, history=history, pull_request=pull_request)


RULE = Rule(
    code="HFM007",
    name="impostor-revision",
    check=check,
    needs_hub=True,
    bad=(
        Example(_PINNED, Found(_with(History.FOREIGN, "refs/pr/1"))),
        Example(_PINNED, Found(_with(History.FOREIGN))),
        Example(_PINNED, Moved(_with(History.FOREIGN), Owner.EXISTS)),
        Example(_PINNED, Missing(Lacking.REVISION, Owner.EXISTS)),
        Example(_PINNED, Missing(Lacking.REVISION, Owner.UNKNOWN)),
    ),
    good=(
        Example(_PINNED),
        Example(_PINNED, Found(_with(History.OWN))),
        Example(_PINNED, Found(_with(History.UNKNOWN))),
        Example(_PINNED, Missing(Lacking.REPO, Owner.EXISTS)),
        Example(_PINNED, Missing(Lacking.REVISION, Owner.GONE)),
        Example(_LOAD.format("refs/pr/1"), Found(_with(History.FOREIGN, "refs/pr/1"))),
        Example(_LOAD.format("607a30d"), Missing(Lacking.REVISION, Owner.EXISTS)),
        Example(_LOAD.replace("'{}'", "chosen"), Found(_with(History.FOREIGN))),
    ),
)
