"""The namespace in the id has no owner: anybody can register it and serve their own model.

When an account is deleted, its name returns to the pool. Whoever registers it next may create a
repo of the very name that this code loads, and a redirect to a transferred model ends the moment
somebody does. Nothing fails, nothing is announced, other files are loaded. The same holds for
the repo that a model takes its code from: whoever gets that name runs code here.

Unit 42 of Palo Alto Networks wrote on 3 September 2025 how they did it ("model namespace reuse"):
they registered the names of deleted accounts, and had reverse shells out of Google's Vertex AI
Model Garden and Microsoft's Azure AI Foundry, whose catalogues named such models. Defaults of
arguments, manuals and notebooks name them as well.

Stop loading from that name. Where the model has moved, use the id and the commit that it has now;
otherwise load a copy that you control. Do without the code, or copy that, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.companions import code_targets, repo_of
from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Owner, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Confidence, Known, Reference, Target, Unknown, Written
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report each id whose namespace nobody owns, be the repo gone or redirected."""
    yield from dict.fromkeys(_problems(ref, facts))


def _problems(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    for written, target in ref.targets():
        answer = facts(target)
        words = _orphaned(answer)
        if words is not None and "/" in target.repo_id:
            loads = f"{ref.says(repr(written.value))}: whoever registers the name serves the files"
            problem = _problem(ref, written, target, loads, words)
            yield _written_to(problem, ref, written) if ref.loader.writes else problem
        repo = repo_of(answer)
        for code in code_targets(ref, target, repo) if repo else ():
            words = _orphaned_code(facts(code))
            if words is not None and "/" in code.repo_id:
                loads = f"{ref.says(repr(written.value))}, which takes its code from"
                runs = f"{code.repo_id!r}: whoever registers the name runs code here"
                problem = _problem(ref, written, code, f"{loads} {runs}", words)
                yield replace(problem, confidence=_confidence_in_code(ref))


def _written_to(problem: Problem, ref: Reference, written: Written) -> Problem:
    """What is less than a load: a namespace without an owner takes no upload."""
    owner = str(written.value).partition("/")[0]
    names = f"nobody owns {owner!r}, and {ref.callee} names {str(written.value)!r}"
    return replace(
        problem,
        what=f"{names}: whoever registers the name has it",
        remedy="name an owner that exists",
        severity=Severity.LOW,
        persona=Persona.PEDANTIC,
    )


def _confidence_in_code(ref: Reference) -> Confidence | None:
    """Lower where the revision is not known: others may have their code elsewhere."""
    return Confidence.MEDIUM if isinstance(ref.revision, Unknown) else None


def _problem(ref: Reference, written: Written, orphan: Target, loads: str, remedy: str) -> Problem:
    return Problem(
        what=f"nobody owns {orphan.repo_id.partition('/')[0]!r}, and {loads}",
        remedy=remedy,
        severity=Severity.HIGH,
        repo_id=str(written.value),
        persona=Persona.REGULAR if ref.is_certain else None,
        related=written_elsewhere(ref, Known((written,))),
    )


def _orphaned(facts: Facts) -> str | None:
    match facts:
        case Missing(what=Lacking.REVISION, owner=Owner.GONE):
            return "it redirects to a repo without that revision, load a copy that you control"
        case Missing(owner=Owner.GONE):
            return "the repo is not there: check the name, or load a copy that you control"
        case Moved(repo=repo, old_owner=Owner.GONE):
            at = f" at {repo.sha}" if repo.sha else ""
            return f"it redirects to {repo.id!r} until then, use that id{at}"
        case _:
            return None


def _orphaned_code(facts: Facts) -> str | None:
    """What to do of code: the call does not name its repo, so no other id can be written there."""
    match facts:
        case Missing(owner=Owner.GONE):
            return "load a copy of the model and its code that you control"
        case Moved(repo=repo, old_owner=Owner.GONE):
            return (
                f"it redirects to {repo.id!r} until then, load a copy of the model and its code"
                " that you control"
            )
        case _:
            return None


_REPO = Repo("new-home/model", "621ffdc036468d709f17434d", "a" * 40, ("model.safetensors",))
_LOAD = "from transformers import AutoModel\nAutoModel.from_pretrained('old-home/model')"
_TRUST = _LOAD.replace("')", "', trust_remote_code=True)")
_CODED = Found(
    Repo(
        "old-home/model",
        "621ffdc036468d709f17434e",
        "b" * 40,
        ("config.json",),
        auto_map=(("AutoModel", "gone/code--modeling_x.X"),),
    )
)

RULE = Rule(
    code="HFM004",
    name="orphaned-namespace",
    check=check,
    needs_hub=True,
    bad=(
        Example(_LOAD, Missing(Lacking.REPO, Owner.GONE)),
        Example(_LOAD, Moved(_REPO, Owner.GONE)),
        Example(_LOAD, Missing(Lacking.REVISION, Owner.GONE)),
        Example(_TRUST, _CODED, (("gone/code", Missing(Lacking.REPO, Owner.GONE)),)),
        Example(_TRUST, _CODED, (("gone/code", Moved(_REPO, Owner.GONE)),)),
        Example(
            "from transformers import AutoModel\n"
            "for tag in ('v1', 'v2'):\n"
            "    AutoModel.from_pretrained('old-home/model', revision=tag)",
            Missing(Lacking.REPO, Owner.GONE),
        ),
    ),
    good=(
        Example(_LOAD),
        Example(_LOAD, Found(_REPO)),
        Example(_LOAD, Missing(Lacking.REPO, Owner.EXISTS)),
        Example(_LOAD, Missing(Lacking.REPO, Owner.UNKNOWN)),
        Example(_LOAD, Missing(Lacking.REVISION, Owner.EXISTS)),
        Example(_LOAD, Moved(_REPO, Owner.EXISTS)),
        Example(_LOAD, Moved(_REPO, Owner.UNKNOWN)),
        Example(
            "from transformers import AutoModel\nAutoModel.from_pretrained('gpt2')",
            Missing(Lacking.REPO, Owner.GONE),
        ),
        Example(_LOAD, _CODED, (("gone/code", Missing(Lacking.REPO, Owner.GONE)),)),
        Example(_TRUST, _CODED, (("gone/code", Missing(Lacking.REPO, Owner.EXISTS)),)),
        Example(_TRUST, _CODED, (("gone/code", Moved(_REPO, Owner.EXISTS)),)),
        Example(
            _TRUST,
            Found(replace(_CODED.repo, auto_map=(("AutoModel", "code--modeling_x.X"),))),
            (("code", Missing(Lacking.REPO, Owner.GONE)),),
        ),
        Example(
            "from huggingface_hub import create_repo\ncreate_repo('old-home/new', private=True)",
            Missing(Lacking.REPO, Owner.GONE),
        ),
    ),
)
