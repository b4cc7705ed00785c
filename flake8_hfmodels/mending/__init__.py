"""How findings are mended: edits of their own file, or in words why there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from flake8_hfmodels.companions import code_targets, repo_of
from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Unavailable
from flake8_hfmodels.finding import Finding, Fix
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.mending.job import Job, Mender, Result
from flake8_hfmodels.mending.taken import Taken
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Absent, Known, Reference, Target
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.rules.rule import NOT_ASKED

PINS, PINS_CODE, TRUSTS = "HFM001", "HFM011", "HFM003"
"""The rules whose findings can be mended."""

STRANGE = "HFM008"
"""The rule that doubts that it is the repo that was meant: nobody should pin that."""

_MENDERS: Mapping[KindName, str] = {
    "python": "python",
    "notebook": "notebook",
    "yaml": "marked",
    "json": "marked",
    "toml": "marked",
    "ini": "marked",
}
_OTHERS = "text"


def mended(
    findings: Sequence[Finding], referring: Referring, facts: Mapping[Target, Facts]
) -> list[Finding]:
    """The findings of one file, each with its fix, or with the words why it has none.

    Of fixes that would change the same place in different ways the first one counts.
    """
    jobs: dict[int, list[Job]] = {}
    results: dict[int, Result] = {}
    strange = {id(one.reference) for one in findings if one.code == STRANGE}
    for number, finding in enumerate(findings):
        try:
            if finding.code == PINS and id(finding.reference) in strange:
                raise _HopelessError("it may not be the repo that was meant (HFM008)")
            jobs[number] = _jobs(number * 2, finding, facts)
        except _HopelessError as why:
            results[number] = str(why)
    every = [job for some in jobs.values() for job in some]
    if every:
        done = _mender(referring.kind)(every, referring)
        for number, some in jobs.items():
            if some:
                results[number] = _together([done[job.number] for job in some])
    return _settled(findings, results)


class _HopelessError(Exception):
    """Why there is no way to mend a finding."""


def _mender(kind: KindName) -> Mender:
    module = import_module(f"{__name__}.{_MENDERS.get(kind, _OTHERS)}")
    mend: Mender = module.mend
    return mend


def _jobs(number: int, finding: Finding, facts: Mapping[Target, Facts]) -> list[Job]:
    """What there is to do about a finding: at most two things. Raises `_HopelessError`."""
    ref = finding.reference
    if ref is None:
        return []
    if finding.code == PINS:
        pin = Job(number, "pin", ref, ref.loader.revision, _commits(ref, facts))
        code = _code(ref, facts) if isinstance(ref.code_revision, Absent) else None
        return [pin, *_pins_of_code(number + 1, ref, code)]
    if finding.code == PINS_CODE:
        return _pins_of_code(number, ref, _code(ref, facts))
    if finding.code == TRUSTS and finding.is_needless:
        return [Job(number, "trust no code", ref, ref.loader.trust_remote_code, ())]
    return []


def _pins_of_code(number: int, ref: Reference, code: tuple[str, str] | None) -> list[Job]:
    if code is None:
        return []
    return [Job(number, "pin the code", ref, ref.loader.code_revision, (code,))]


def _commits(ref: Reference, facts: Mapping[Target, Facts]) -> tuple[tuple[str, str], ...]:
    """The commit of each id that the source writes."""
    if ref.loader.revision is None and not ref.loader.at_revision:
        raise _HopelessError("this loader takes no revision")
    if not isinstance(ref.repo_id, Known) or not ref.repo_id.strings():
        raise _HopelessError("the name is decided at run time")
    asked = [target for _written, target in ref.targets()]
    if len(asked) > len({target.repo_id for target in asked}):
        raise _HopelessError("several revisions are possible here")
    return tuple((target.repo_id, _commit(target, facts)) for target in asked)


def _commit(target: Target, facts: Mapping[Target, Facts]) -> str:
    match facts.get(target):
        case None:
            why = "it may be no repo, or never-ask names it"
            raise _HopelessError(f"the Hub is not asked about {target.repo_id!r}: {why}")
        case Found(repo=repo) | Moved(repo=repo) if repo.sha and is_commit_hash(repo.sha):
            return repo.sha
        case Missing(what=Lacking.REPO):
            raise _HopelessError(f"the Hub shows no {target.repo_type} {target.repo_id!r}")
        case Missing():
            raise _HopelessError(f"{target.repo_id!r} has no revision {target.revision!r}")
        case Unavailable(why=why):
            raise _HopelessError(f"which commit {target.repo_id!r} stands for is not known: {why}")
        case _:
            raise _HopelessError(f"the Hub names no commit of {target.repo_id!r}")


def _code(ref: Reference, facts: Mapping[Target, Facts]) -> tuple[str, str] | None:
    """The repo that holds the code of the one that is named, and its commit, if both are known."""
    if ref.loader.code_revision is None:
        return None
    for _written, target in ref.targets():
        repo = repo_of(facts.get(target, NOT_ASKED))
        if repo is not None and repo.sha is not None:
            others = code_targets(ref, target, repo)
            if not others and repo.auto_map and not isinstance(ref.code_revision, Absent):
                return target.repo_id, repo.sha  # a branch is named for the repo's own code
            if len(others) == 1:
                code = repo_of(facts.get(others[0], NOT_ASKED))
                return (others[0].repo_id, code.sha) if code is not None and code.sha else None
    return None


def _together(results: Sequence[Result]) -> Result:
    """One fix of all that can be done about a finding; the first is what it is about."""
    first = results[0]
    if isinstance(first, str):
        return first
    fixes = [one for one in results if isinstance(one, Fix)]
    return replace(
        first,
        what=" and ".join(one.what for one in fixes),
        edits=tuple(edit for one in fixes for edit in one.edits),
        is_safe=all(one.is_safe for one in fixes),
    )


def _settled(findings: Sequence[Finding], results: Mapping[int, Result]) -> list[Finding]:
    """The findings with their fixes, none of which is in the way of another."""
    taken = Taken()
    settled: list[Finding] = []
    for number, finding in enumerate(findings):
        result = results.get(number, "")
        if isinstance(result, str):
            settled.append(replace(finding, unfixable=result) if result else finding)
        elif taken.takes(result.edits):
            settled.append(replace(finding, fix=result))
        else:
            settled.append(replace(finding, unfixable="another fix changes the same place"))
    return settled
