"""Which repos have code that references let run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flake8_hfmodels.companions import code_targets, repo_of, trusts
from flake8_hfmodels.facts import Facts, Repo, Unavailable
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Reference, Target, Unknown

_NOT_ASKED = Unavailable("the Hub was not asked")


def wanted(references: Iterable[Reference], facts: Mapping[Target, Facts]) -> Mapping[Target, Repo]:
    """The repos whose code is to be judged, each at the commit that its facts are of.

    A repo that holds the code of another one has in its `auto_map` what that one takes of it.
    """
    found: dict[Target, Repo] = {}
    for reference in references:
        for target, repo in _of(reference, facts):
            before = found.get(target, repo)
            both = tuple(dict.fromkeys((*before.auto_map, *repo.auto_map)))
            found[target] = replace(repo, auto_map=both)
    return found


def runs_code(ref: Reference) -> bool:
    """Whether a reference lets code of the repo run: by a flag, or because the loader does so."""
    if ref.local is not None or isinstance(ref.revision, Unknown):
        return False
    loader = ref.loader
    is_bare = loader.runs_code is not None or loader.trust_remote_code is None
    return trusts(ref) or (loader.reads == "code" and ref.kind == "call" and is_bare)


def _of(ref: Reference, facts: Mapping[Target, Facts]) -> Iterator[tuple[Target, Repo]]:
    if not runs_code(ref):
        return
    for _written, target in ref.targets():
        repo = repo_of(facts.get(target, _NOT_ASKED))
        if repo is None:
            continue
        if repo.sha is not None:
            yield target, repo
        for other in code_targets(ref, target, repo):
            holder = repo_of(facts.get(other, _NOT_ASKED))
            if holder is not None and holder.sha is not None:
                yield other, replace(holder, auto_map=(*holder.auto_map, *_taken(repo, other)))


def _taken(repo: Repo, other: Target) -> Iterator[tuple[str, str]]:
    """What a repo takes of another one, as that would say it of itself."""
    for name, code in repo.auto_map:
        holder, _, module = code.rpartition("--")
        if holder == other.repo_id:
            yield name, module
