"""What a reference loads besides the repo that it names, as the Hub says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flake8_hfmodels.facts import Facts, Found, Moved, Repo
from flake8_hfmodels.reference import Known, Reference, Target, Written
from flake8_hfmodels.repo_id import is_repo_id


def companions(ref: Reference, facts_of: Callable[[Target], Facts]) -> Iterator[Target]:
    """The further questions that the answers about a reference give rise to, each once."""
    found: dict[Target, None] = {}
    for _written, target in ref.targets():
        repo = repo_of(facts_of(target))
        if repo is not None:
            found.update(
                dict.fromkeys([*code_targets(ref, target, repo), *base_targets(ref, repo)])
            )
    yield from found


def code_targets(ref: Reference, target: Target, repo: Repo) -> tuple[Target, ...]:
    """The other repos whose code runs with the one that answered: `auto_map` names them.

    transformers 5.23.0 dynamic_module_utils.py:607 takes them from main where no code_revision is
    given, whatever the revision of the model is. Code of the very name that was asked for comes
    from the revision of the model, also where `auto_map` spells the name out.
    """
    if not trusts(ref):
        return ()
    others = (one for one in repo.code_repos if one != target.repo_id and is_repo_id(one))
    return tuple(Target("model", other, _code_revision(ref)) for other in others)


def base_targets(ref: Reference, repo: Repo) -> tuple[Target, ...]:
    """The models that the loader puts the adapter on, if the repo is one, at the default branch.

    peft 0.21.2 auto.py:89 reads their revision from adapter_config.json, which few fill in.
    """
    if not ref.loader.follows_base:
        return ()
    return tuple(Target("model", base, None) for base in repo.adapter_of if is_repo_id(base))


def trusts(ref: Reference) -> bool:
    """Whether the source says, at least on one path, that code of the repo may run."""
    flag = ref.trust_remote_code
    return isinstance(flag, Known) and any(written.value is True for written in flag.values)


def repo_of(facts: Facts) -> Repo | None:
    """The repo that answers to the name that was asked for, whatever its own name is."""
    match facts:
        case Found(repo=repo) | Moved(repo=repo):
            return repo
        case _:
            return None


def _code_revision(ref: Reference) -> str | None:
    match ref.code_revision:
        case Known(values=(Written(value=str(revision)),)):
            return revision
        case _:
            return None
