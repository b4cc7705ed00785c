"""A reference is not in the project's lock, or is there at another revision.

`hfmodels.lock` holds what every reference stood for when somebody trusted it first: the commit,
the very repo and its owner, the hashes of its files. A reference that came later, or whose revision
was changed since, was never looked at that way, and no rule that needs the Hub says anything of it:
with a lock, nobody is asked.

Run `hfmodels lock`, look at what it adds, and commit the file. What cannot be locked (a repo that
is missing, private or without an owner) it names, with the reason. Nothing is said where there is
no lock, nor of names that `never-ask` keeps at home.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flake8_hfmodels.companions import companions
from flake8_hfmodels.facts import Found, Repo, Unavailable
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Known, Reference
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule
from flake8_hfmodels.rules.wording import few

_NOT_LOCKED = "not in hfmodels.lock"
_REMEDY = "run `hfmodels lock`, and look at what it adds"


def not_locked(revisions: Iterable[str | None]) -> str:
    """Why the lock has no answer, where it has the repo at these other revisions."""
    found = list(dict.fromkeys(map(_named, revisions)))
    return f"{_NOT_LOCKED}, which has it {few(found)}" if found else _NOT_LOCKED


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report each repo that the lock does not answer for, also one that another brings along."""
    for written, target in ref.targets():
        why = _why(facts(target))
        if why:
            revision = "" if target.revision is None else f" at {target.revision!r}"
            yield Problem(
                what=f"{ref.says(f'{str(written.value)!r}{revision}')}, {why}",
                remedy=_REMEDY,
                severity=Severity.MEDIUM,
                repo_id=str(written.value),
                related=written_elsewhere(ref, Known((written,))),
                persona=Persona.REGULAR,
            )
    for target in companions(ref, facts):
        why = _why(facts(target))
        if why:
            yield Problem(
                what=f"{ref.callee} also loads {target.repo_id!r}, {why}",
                remedy=_REMEDY,
                severity=Severity.MEDIUM,
                repo_id=target.repo_id,
                persona=Persona.REGULAR,
            )


def _why(facts: object) -> str:
    match facts:
        case Unavailable(why=why) if why.startswith(_NOT_LOCKED):
            return why
        case _:
            return ""


def _named(revision: str | None) -> str:
    return "without a revision" if revision is None else f"at {revision!r}"


_HASH = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
_LOAD = "from transformers import AutoModel\nAutoModel.from_pretrained('org/model'{})"
_PINNED = _LOAD.format(f", revision='{_HASH}'")
_FILES = ("config.json", "model.safetensors")
_LOCKED = Found(Repo("org/model", "621ffdc036468d709f17434d", _HASH, _FILES))
_CODE = Repo(
    *("org/model", "621ffdc036468d709f17434d", _HASH, _FILES),
    auto_map=(("AutoModel", "org/code--modeling.Model"),),
)
_TRUSTING = _LOAD.format(f", revision='{_HASH}', code_revision='{_HASH}', trust_remote_code=True")

RULE = Rule(
    code="HFM015",
    name="not-locked",
    check=check,
    bad=(
        Example(_PINNED, Unavailable(not_locked(()))),
        Example(_PINNED, Unavailable(not_locked((None, "v1")))),
        Example('"""See https://huggingface.co/org/model"""', Unavailable(not_locked(()))),
        Example(_TRUSTING, Found(_CODE), (("org/code", Unavailable(not_locked(()))),)),
    ),
    good=(
        Example(_PINNED, _LOCKED),
        Example(_PINNED, Unavailable("the Hub did not answer in time")),
        Example(_PINNED),
        Example(
            _PINNED.replace("org/model", "./org/model"),
            Unavailable(not_locked(())),
        ),
    ),
)
