"""The repo has another name now, and only a redirect leads from the old one to it.

The redirect lasts as long as nobody makes a repo of the old name. Whoever holds the old namespace
can do so at any time, and whoever gets it after them; from that minute their files are loaded, and
nothing fails.

Unit 42 built on this in September 2025 ("model namespace reuse", the transferred model): the
program works all the time, before and after. That a redirect can lead to another repo altogether
was seen when runwayml left the Hub in August 2024.

Write the id that the repo has now, and pin its commit. The one-word names of the Hub's first repos
(`gpt2`) cannot be taken by anybody, but the Hub only redirects them, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.facts import Found, Lacking, Missing, Moved, Owner, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Known, Reference, Target, Unknown
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report each id that redirects; where the old owner is gone, that is another rule's."""
    yield from dict.fromkeys(_problems(ref, facts))


def _problems(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    is_only_one = len(list(ref.targets())) == 1
    for written, target in ref.targets():
        match facts(target):
            case Moved(repo=repo, old_owner=Owner.EXISTS | Owner.UNKNOWN as owner):
                commit = _commit_to_pin(ref, target, repo)
                yield Problem(
                    what=f"{ref.says(repr(written.value))}: {_what(target, repo, owner)}",
                    remedy=f"write {repo.id!r}{f' at {commit}' if commit else ''}",
                    severity=Severity.LOW if _is_still_theirs(target, repo) else Severity.MEDIUM,
                    repo_id=target.repo_id,
                    suggested_revision=commit if is_only_one else None,
                    persona=Persona.REGULAR if ref.is_certain else None,
                    related=written_elsewhere(ref, Known((written,))),
                )
            case _:
                pass


def _what(target: Target, repo: Repo, owner: Owner) -> str:
    namespace, slash, _name = target.repo_id.partition("/")
    if not slash:
        return "this is one of the Hub's first names, which only redirects"
    if _is_still_theirs(target, repo):
        return f"{namespace!r} has renamed the repo, and can put another one there"
    if owner is Owner.EXISTS:
        return f"the repo has moved, and whoever holds {namespace!r} can put another one there"
    return (
        f"the repo has moved, and it is not known whether {namespace!r} still has an owner, who "
        "can put another one there"
    )


def _is_still_theirs(target: Target, repo: Repo) -> bool:
    """Whether nobody but the repo's owner can have the name that was asked for."""
    namespace, slash, _name = target.repo_id.partition("/")
    return not slash or namespace.lower() == repo.id.partition("/")[0].lower()


def _commit_to_pin(ref: Reference, target: Target, repo: Repo) -> str | None:
    """The commit that is loaded now, where the source does not say which."""
    is_pinned = target.revision is not None and is_commit_hash(target.revision)
    return None if is_pinned or isinstance(ref.revision, Unknown) else repo.sha


_REPO = Repo("new-home/model", "621ffdc036468d709f17434d", "a" * 40, ("model.safetensors",))
_GPT2 = Repo("openai-community/gpt2", "621ffdc036468d709f17434d", "b" * 40, ("config.json",))
_AUTO = "from transformers import AutoModel\n"
_LOAD = _AUTO + "AutoModel.from_pretrained('old-home/model')"

RULE = Rule(
    code="HFM005",
    name="moved-repo",
    check=check,
    needs_hub=True,
    bad=(
        Example(_LOAD, Moved(_REPO, Owner.EXISTS)),
        Example(_LOAD, Moved(_REPO, Owner.UNKNOWN)),
        Example(_LOAD.replace("')", f"', revision='{'a' * 40}')"), Moved(_REPO, Owner.EXISTS)),
        Example(_AUTO + "AutoModel.from_pretrained('gpt2')", Moved(_GPT2, Owner.EXISTS)),
        Example("# see https://huggingface.co/old-home/model", Moved(_REPO, Owner.EXISTS)),
        Example(
            _AUTO + "for tag in ('v1', 'v2'):\n"
            "    AutoModel.from_pretrained('old-home/model', revision=tag)",
            Moved(_REPO, Owner.EXISTS),
        ),
    ),
    good=(
        Example(_LOAD),
        Example(_LOAD, Moved(_REPO, Owner.GONE)),
        Example(_LOAD, Found(_REPO)),
        Example(_LOAD, Missing(Lacking.REPO, Owner.EXISTS)),
        Example(_LOAD.replace("old-home/model", "./old-home/model"), Moved(_REPO, Owner.EXISTS)),
    ),
)
