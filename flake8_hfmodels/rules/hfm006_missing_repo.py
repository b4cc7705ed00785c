"""The Hub has no such repo, or the repo has no such revision, although its owner exists.

The program fails where it loads this, on the first machine that has no copy in its cache. A repo
that somebody deleted, or a typing error, is also a name that its owner can fill at any time with
whatever they like. A private repo looks the same to those who may not see it: the Hub does not
say which of the two it is, so neither does the message.

When runwayml emptied its account in August 2024, dozens of projects failed that way from one day
to the next, and several took whatever re-upload they found first.

Check the spelling of the id and of the revision. Where the repo is private, let the linter ask
with a token that may read it (HF_TOKEN). Write `./name` where a folder is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Owner, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import ABSENT, Confidence, Known, Reference, Target, Value
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule


@dataclass(frozen=True, slots=True)
class _Lack:
    """What is not there, what to do, and how much that weighs (`None`: as the reference does).

    `value` is what names it beside the id.
    """

    words: str
    remedy: str
    severity: Severity
    confidence: Confidence | None = None
    persona: Persona = Persona.REGULAR
    value: Value = ABSENT


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report each id that the Hub does not have, where that is not for a missing owner."""
    yield from dict.fromkeys(_problems(ref, facts))


def _problems(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    for written, target in ref.targets():
        lack = _lack(ref, target, facts(target))
        if lack is not None:
            yield Problem(
                what=f"{ref.says(repr(written.value))}: {lack.words}",
                remedy=lack.remedy,
                severity=lack.severity,
                repo_id=target.repo_id,
                confidence=lack.confidence,
                persona=lack.persona if ref.is_certain else None,
                related=written_elsewhere(ref, Known((written,)), lack.value),
            )


def _lack(ref: Reference, target: Target, facts: Facts) -> _Lack | None:
    match facts:
        case Missing(what=Lacking.REVISION, owner=Owner.EXISTS):
            return _without_revision(ref, target)
        case Missing(what=Lacking.REPO, owner=Owner.EXISTS | Owner.UNKNOWN as owner) if (
            ref.loader.downloads  # an upload makes the repo, a question may get a no
        ):
            return _without_repo(target, owner, facts.with_token)
        case _:
            return None


def _without_revision(ref: Reference, target: Target) -> _Lack | None:
    if target.revision is None or is_commit_hash(target.revision):
        return None
    words = f"the repo has no revision {target.revision!r}"
    return _Lack(words, "pin a commit that it has", Severity.MEDIUM, value=ref.revision)


def _without_repo(target: Target, owner: Owner, with_token: bool) -> _Lack | None:
    if "/" not in target.repo_id:
        return _Lack(
            "the Hub has no repo of this name",
            f"write './{target.repo_id}' if it is a folder",
            Severity.LOW,
            persona=Persona.PEDANTIC,
        )
    if owner is Owner.UNKNOWN:
        return None
    if with_token:
        return _Lack(
            "the repo is not there, or the token may not see it",
            "check the name, or ask for access",
            Severity.MEDIUM,
            Confidence.MEDIUM,
        )
    return _Lack(
        "the repo is not there, or is private: nobody asked with a token",
        "check the name, or set HF_TOKEN",
        Severity.LOW,
        Confidence.LOW,
    )


_HASH = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
_AUTO = "from transformers import AutoModel\n"
_LOAD = _AUTO + "AutoModel.from_pretrained('org/model')"
_AT_TAG = _AUTO + "AutoModel.from_pretrained('org/model', revision='v99')"
_NO_REPO = Missing(Lacking.REPO, Owner.EXISTS)
_NO_REVISION = Missing(Lacking.REVISION, Owner.EXISTS)
_REPO = Repo("org/model", "621ffdc036468d709f17434d", _HASH, ("config.json",))

RULE = Rule(
    code="HFM006",
    name="missing-repo",
    check=check,
    needs_hub=True,
    bad=(
        Example(_LOAD, _NO_REPO),
        Example(_LOAD, Missing(Lacking.REPO, Owner.EXISTS, with_token=True)),
        Example(_LOAD.replace("')", f"', revision='{_HASH}')"), _NO_REPO),
        Example(_AT_TAG, _NO_REVISION),
        Example(_AT_TAG.replace("v99", "607a30d"), _NO_REVISION),
        Example("# see https://huggingface.co/org/model", _NO_REPO),
        Example(
            _AUTO
            + "for tag in ('v1', 'v2'):\n    AutoModel.from_pretrained('org/model', revision=tag)",
            _NO_REPO,
        ),
    ),
    good=(
        Example(_LOAD),
        Example(_LOAD, Found(_REPO)),
        Example(_LOAD, Moved(_REPO, Owner.EXISTS)),
        Example(_LOAD, Missing(Lacking.REPO, Owner.GONE)),
        Example(_LOAD, Missing(Lacking.REPO, Owner.UNKNOWN)),
        Example(_AT_TAG, Missing(Lacking.REVISION, Owner.GONE)),
        Example(_AT_TAG, Missing(Lacking.REVISION, Owner.UNKNOWN)),
        Example(_AT_TAG.replace("v99", _HASH), _NO_REVISION),
        Example(_AT_TAG.replace("'v99'", "chosen"), _NO_REVISION),
        Example(_LOAD.replace("org/model", "model"), Missing(Lacking.REPO, Owner.UNKNOWN)),
        Example(
            "from huggingface_hub import HfApi\nHfApi().create_repo('org/model')",
            _NO_REPO,
        ),
    ),
)
