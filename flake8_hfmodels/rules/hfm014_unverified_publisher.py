"""The repo belongs to an account that the Hub has not verified.

Anybody may register a name and upload a model. The Hub verifies organizations: it has seen that a
company or a university stands behind the name, and shows a mark beside it. It verifies no users.
That an account is not verified says nothing against it: most good models come from such. A team
that wants to load verified ones only, or to look at all others once, turns this rule on.

It is off unless its code is named: `--select HFM,HFM014`, or the same in `pyproject.toml`; in
flake8 `--extend-select HFM014`. Nothing is said where the Hub does not say whose the repo is.
What the Hub has no API for is who signed a commit: "verified" beside a commit is shown on its
pages only.

Load what a verified organization publishes, or look at the repo with `hfmodels inspect`, pin it,
and say beside the line why it is trusted. `[tool.hfmodels.policy]` can demand the same with
exceptions: see HFM013.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.facts import Found, Moved, Owner, Publisher, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.reference import Known, Reference
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report each repo whose owner is no verified organization."""
    for written, target in ref.targets():
        found = facts(target)
        if not (isinstance(found, (Found, Moved)) and found.publisher is not None):
            continue
        why = _why(found.publisher)
        if why:
            repo_id = str(written.value)
            yield Problem(
                what=f"{ref.says(repr(repo_id))}, which {why}",
                remedy=f"see who that is with `hfmodels inspect {found.repo.id}`, and pin the "
                "commit that you trust",
                severity=Severity.LOW,
                repo_id=repo_id,
                related=written_elsewhere(ref, Known((written,))),
            )


def _why(publisher: Publisher) -> str:
    """What there is to say of an account; nothing of one that is verified, or may be."""
    if publisher.kind == "user":
        return f"belongs to the user {publisher.name!r}: the Hub verifies organizations only"
    if publisher.is_verified is False:
        return f"belongs to {publisher.name!r}, an organization that the Hub has not verified"
    return ""


_SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
_REPO = Repo("org/model", "6286da0036468d709f17434d", _SHA, ("model.safetensors",))
_LOAD = "from transformers import AutoModel\nAutoModel.from_pretrained('org/model')"
_ORG = Publisher("org", "org", "6286da0036468d709f17434e", False)
_VERIFIED = Publisher("org", "org", "6286da0036468d709f17434e", True)
_USER = Publisher("org", "user", "6286da0036468d709f17434e")
_SILENT = Publisher("org", "org", "6286da0036468d709f17434e")

RULE = Rule(
    code="HFM014",
    name="unverified-publisher",
    check=check,
    needs_hub=True,
    bad=(
        Example(_LOAD, Found(_REPO, publisher=_ORG)),
        Example(_LOAD, Found(_REPO, publisher=_USER)),
        Example(_LOAD, Moved(_REPO, Owner.EXISTS, publisher=_ORG)),
    ),
    good=(
        Example(_LOAD, Found(_REPO, publisher=_VERIFIED)),
        Example(_LOAD),
        Example(_LOAD, Found(_REPO)),
        Example(_LOAD, Found(_REPO, publisher=_SILENT)),
    ),
)
