"""What a look-alike that exists is told as. Pure."""

from __future__ import annotations

from flake8_hfmodels.finding import Severity
from flake8_hfmodels.lock.audit import Told
from flake8_hfmodels.record import dataclass

CODE = "HFM009"
"""The rule that speaks of names like others."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that could be taken for that of a subject.

    `technique` says in words how the names differ; `is_imitation`: it is one that an impersonator
    would take, such as `my-org-official`.
    """

    subject: str
    name: str
    technique: str
    is_imitation: bool = False

    @property
    def is_owner(self) -> bool:
        """Whether it is the name of an account."""
        return "/" not in self.name


@dataclass(frozen=True, slots=True)
class Existing:
    """An account or a repo that has the name of a candidate.

    `kind` is `user`, `organization` or `model`; `is_verified`: the Hub has verified the
    organization. `created` is when it was made, empty where its id does not say.
    """

    candidate: Candidate
    kind: str
    object_id: str
    created: str
    is_verified: bool = False


def told_of(one: Existing, was_before: bool) -> Told:
    """What is told of a look-alike that nobody was told of before.

    `was_before`: it may have been there before anybody looked.
    """
    its = one.candidate
    since = f" since {one.created[:10]}" if one.created else ""
    known = "; it was there when the watch began" if was_before else ""
    look = f"lookalikes {its.subject}" if its.is_owner else f"inspect {its.name}"
    return Told(
        "impersonator" if its.is_imitation and its.is_owner else "look-alike",
        None,
        f"the {one.kind} {its.name!r} exists{since} and could be taken for {its.subject!r}"
        f" (it {its.technique}){known}",
        f"see what it is with `hfmodels {look}`, and report it to the Hub if it deceives",
        CODE,
        Severity.MEDIUM if was_before else Severity.HIGH,
        its.name,
    )
