"""What the policy demands, each held against one case."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timezone
from fnmatch import fnmatchcase
from typing import TypeAlias

from flake8_hfmodels.companions import trusts
from flake8_hfmodels.facts import Repo
from flake8_hfmodels.finding import Severity
from flake8_hfmodels.governing.case import Case, NotKnown, Outside
from flake8_hfmodels.governing.policy import Demands
from flake8_hfmodels.loaders.formats import PICKLED_ENDINGS
from flake8_hfmodels.lock.fetched import fetched, weights
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.rules.hfm001_unpinned_revision import check as unpinned
from flake8_hfmodels.rules.hfm002_pickle_only_repo import check as pickled
from flake8_hfmodels.rules.hfm011_unpinned_remote_code import check as unpinned_code
from flake8_hfmodels.rules.pickles import readable
from flake8_hfmodels.rules.rule import NOT_ASKED, Check
from flake8_hfmodels.rules.wishes import is_decided
from flake8_hfmodels.rules.wording import few

DAY = 86_400

Judgement: TypeAlias = "Iterator[Outside | NotKnown]"


def judged(case: Case) -> Judgement:
    """What is outside of the policy, and what is not known; a repo that is not allowed is so."""
    named = [*_names(case)]
    yield from named
    if named or not case.ref.loader.downloads or case.ref.kind == "mention":
        return
    every = (judge(case, demands) for demands in case.demands() for judge in _JUDGES)
    yield from dict.fromkeys(one for each in every for one in each)


# Names


def _names(case: Case) -> Judgement:
    """A name that is denied, or else one that is not allowed: its own, or of what comes with it."""
    repo_type = case.target.repo_type
    itself, *led = case.names()
    named = [
        (repo_type, itself, "", False),
        *((repo_type, one, f"{one!r}, where it leads, is ", case.is_old) for one in led),
        *(
            (target.repo_type, one, f"{one!r}, which comes with it, is ", case.is_old)
            for target, one in case.beside()
        ),
    ]
    for kind, name, words, is_old in named:
        pattern = case.policy.denies(kind, name)
        if pattern is not None:
            what = f"{words}denied as {str(pattern)!r}"
            yield Outside("deny", what, _ELSE, Severity.HIGH, pattern.reason, is_old)
            return
    for kind, name, words, is_old in named:
        if not case.policy.allows(kind, name):
            what = f"{words}not among what is allowed"
            yield Outside("allow", what, _ELSE, Severity.HIGH, is_old=is_old)
            return


# Pins and code


def _pin(case: Case, demands: Demands) -> Judgement:
    if demands.pinned:
        yield from _as(case, "pinned", demands, unpinned)
        yield from _as(case, "pinned", demands, unpinned_code)


def _code(case: Case, demands: Demands) -> Judgement:
    """What there is against code of the repo that the call lets run."""
    runs = _runs(case.ref)
    if not runs:
        return
    if demands.remote_code == "forbid":
        remedy = _ELSE if case.ref.loader.runs_code else "load it without"
        yield Outside("remote-code", runs, remedy, Severity.HIGH, demands.reason)
    if demands.remote_code == "listed":
        others = tuple(one.repo_id for one in case.code())
        for name in (*case.names(), *others):
            patterns = demands.remote_code_from
            if not any(one.means(case.target.repo_type, name) for one in patterns):
                what = f"{runs}, and {name!r} is not in remote-code-from"
                is_old = case.is_old and name != case.target.repo_id
                yield Outside("remote-code", what, _ELSE, Severity.HIGH, demands.reason, is_old)
                return
    if demands.remote_code == "pinned":
        yield from _as(case, "remote-code", demands, unpinned)
        yield from _as(case, "remote-code", demands, unpinned_code)


def _runs(ref: Reference) -> str:
    if ref.loader.runs_code is not None:
        return f"{ref.loader.runs_code} would run"
    return "trust_remote_code lets code of the repo run" if trusts(ref) else ""


def _as(case: Case, key: str, demands: Demands, check: Check) -> Judgement:
    """What another rule has against the reference."""
    said = [*check(case.ref, case.facts_of)]
    anyway = [*check(case.ref, lambda _target: NOT_ASKED)] if case.is_old else said
    for one in said:
        is_old = one not in anyway
        yield Outside(key, one.what, one.remedy, one.severity, demands.reason, is_old, one)


# Formats


def _formats(case: Case, demands: Demands) -> Judgement:
    ref, repo = case.ref, case.repo
    if demands.forbid_pickle and (ref.unpickled_by or ref.loader.reads == "data"):
        yield from _as(case, "forbid-pickle", demands, pickled)
    elif repo is not None and is_decided(ref):
        yield from _files(case, demands, repo)


def _files(case: Case, demands: Demands, repo: Repo) -> Judgement:
    files = fetched(case.ref, repo.files)
    pickles = [one for one in readable(files) if one.lower().endswith(PICKLED_ENDINGS)]
    if demands.forbid_pickle and pickles:
        what = f"it has pickles that would be fetched ({few(pickles)})"
        yield _outside("forbid-pickle", case, demands, what, "load safetensors only")
    if demands.require_safetensors and case.ref.loader.reads not in ("data", "config", "code"):
        yield from _safetensors(case, demands, weights(files))


def _safetensors(case: Case, demands: Demands, found: Collection[str]) -> Judgement:
    others = [one for one in found if not one.endswith((".safetensors", ".safetensors.index.json"))]
    is_whole = case.ref.loader.reads == "files"
    if others and (not is_whole or len(others) == len(found)):
        what = f"its weights are not in safetensors ({few(others)})"
    elif not found and not is_whole:
        what = "it has no weights in safetensors"
    else:
        return
    yield _outside("require-safetensors", case, demands, what)


# What the Hub says of the repo


def _publisher(case: Case, demands: Demands, _repo: Repo) -> Judgement:
    if not demands.verified_publisher:
        return
    publisher = case.publisher
    if publisher is None or (publisher.kind == "org" and publisher.is_verified is None):
        yield NotKnown("verified-publisher", "the Hub does not say whether the owner is verified")
    elif publisher.kind == "user":
        what = f"it belongs to the user {publisher.name!r}, and the Hub verifies organizations only"
        yield _outside("verified-publisher", case, demands, what)
    elif not publisher.is_verified:
        what = f"its owner {publisher.name!r} is an organization that the Hub has not verified"
        yield _outside("verified-publisher", case, demands, what)


def _licences(case: Case, demands: Demands, repo: Repo) -> Judgement:
    beginning = "license:"
    named = [one.removeprefix(beginning) for one in repo.tags if one.startswith(beginning)]
    bad = [one for one in named if _fits(one, demands.forbid_licences)]
    if bad:
        what = f"its licence {few(bad)} is forbidden"
        yield _outside("forbid-licences", case, demands, what)
    allowed = demands.licences
    if allowed is None:
        return
    other = [one for one in named or [""] if not _fits(one, allowed)]
    if other == [""]:
        yield _outside("licences", case, demands, "its card names no licence")
    elif other:
        what = f"its licence {few(other)} is none of {', '.join(allowed)}"
        yield _outside("licences", case, demands, what)


def _fits(licence: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(licence.casefold(), one) for one in patterns)


def _age(case: Case, demands: Demands, repo: Repo) -> Judgement:
    if not demands.min_age:
        return
    if not repo.created_at:
        yield NotKnown("min-age", "the Hub does not say when the repo was created")
        return
    made = datetime.strptime(repo.created_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    if time.time() - made.timestamp() < demands.min_age * DAY:
        what = f"it was created on {repo.created_at[:10]}, less than {demands.min_age} days ago"
        yield _outside("min-age", case, demands, what)


def _downloads(case: Case, demands: Demands, repo: Repo) -> Judgement:
    if not demands.min_downloads:
        return
    if repo.downloads is None:
        yield NotKnown("min-downloads", "the Hub does not say how often it is downloaded")
    elif repo.downloads < demands.min_downloads:
        what = f"it has {repo.downloads} downloads a month, fewer than {demands.min_downloads}"
        yield _outside("min-downloads", case, demands, what)


def _scans(case: Case, demands: Demands, repo: Repo) -> Judgement:
    if demands.scanned == "any":
        return
    files = set(fetched(case.ref, repo.files))
    flagged = [f"{one.path} {one.level}" for one in repo.flagged if one.path in files]
    if flagged:
        what = f"the Hub's scanners call {few(flagged)}"
        yield Outside("scanned", what, _ELSE, Severity.HIGH, demands.reason, case.is_old)
    elif demands.scanned == "clean" and repo.is_scanned is None:
        yield NotKnown("scanned", "the Hub does not say whether its scanners are done")
    elif demands.scanned == "clean" and not repo.is_scanned:
        what = "the Hub's scanners are not done with it"
        yield _outside("scanned", case, demands, what, "wait for them")


def _of_repo(
    judge: Callable[[Case, Demands, Repo], Judgement],
) -> Callable[[Case, Demands], Judgement]:
    """A judgement that has nothing to say where there is no repo."""

    def judging(case: Case, demands: Demands) -> Judgement:
        repo = case.repo
        return iter(()) if repo is None else judge(case, demands, repo)

    return judging


def _outside(
    key: str, case: Case, demands: Demands, what: str, remedy: str = "load another repo"
) -> Outside:
    return Outside(key, what, remedy, Severity.MEDIUM, demands.reason, case.is_old)


_ELSE = "load another repo"
_JUDGES: tuple[Callable[[Case, Demands], Judgement], ...] = (
    _pin,
    _code,
    _formats,
    *map(_of_repo, (_publisher, _licences, _age, _downloads, _scans)),
)
