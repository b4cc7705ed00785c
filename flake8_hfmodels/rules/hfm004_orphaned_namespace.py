"""The namespace in the id has no owner: anybody can register it and serve their own model.

When an account is deleted, its name returns to the pool. Whoever registers it next may create a
repo of the very name that this code loads, and a redirect to a transferred model ends the moment
somebody does. Nothing fails, nothing is announced, other files are loaded. Unit 42 showed this
with reverse shells in two cloud catalogues in 2025 ("model namespace reuse").

Stop loading from that name. Where the model has moved, use the id and the commit that it has now;
otherwise load a copy that you control.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Owner, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.reference import Known, Persona, Reference
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report each id whose namespace nobody owns, be the repo gone or redirected."""
    for written, target in ref.targets():
        words = _orphaned(facts(target))
        namespace, slash, _name = target.repo_id.partition("/")
        if words is None or not slash:
            continue
        yield Problem(
            message=f"nobody owns {namespace!r}, and {ref.says(repr(written.value))}: "
            f"whoever registers the name serves the files; {words}",
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


_REPO = Repo("new-home/model", "621ffdc036468d709f17434d", "a" * 40, ("model.safetensors",))
_LOAD = "from transformers import AutoModel\nAutoModel.from_pretrained('old-home/model')"

RULE = Rule(
    code="HFM004",
    name="orphaned-namespace",
    check=check,
    needs_hub=True,
    bad=(
        Example(_LOAD, Missing(Lacking.REPO, Owner.GONE)),
        Example(_LOAD, Moved(_REPO, Owner.GONE)),
        Example(_LOAD, Missing(Lacking.REVISION, Owner.GONE)),
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
    ),
)
