"""How bad a repo is: as bad as the worst that the rules have against it, and no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from flake8_hfmodels.facts import Facts, Missing, Owner, Unavailable
from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.inspecting.dossier import Reason, Risk
from flake8_hfmodels.rules import OFF

JUDGED = ("HFM002", "HFM014")
"""The first and the last code of the rules that judge a repo, and not how code refers to it."""

_RANKS = list(Severity)


def is_judge(code: str, select: Collection[str]) -> bool:
    """Whether the rule of a code is about the repo itself.

    What a project ignores counts all the same, as it makes no repo better. A rule that is off
    counts where the project names it: `select` are its codes.
    """
    return JUDGED[0] <= code <= JUDGED[1] and (code not in OFF or code in select)


def reasons_of(
    plain: Iterable[Finding],
    trusting: Iterable[Finding],
    bases: Iterable[tuple[str, Finding]] = (),
) -> tuple[Reason, ...]:
    """What speaks against a repo, the worst first, each once.

    `trusting` is found where trust_remote_code is passed, `plain` where it is not; `bases` about
    the models below an adapter.
    """
    found: dict[tuple[str, str, str], Reason] = {}
    every = (
        *map(Reason, plain),
        *(Reason(one, is_conditional=True) for one in trusting),
        *(Reason(one, base=base) for base, one in bases),
    )
    for one in every:
        found.setdefault((one.finding.code, _words(one.finding), one.base), one)
    return tuple(sorted(found.values(), key=_order))


def _words(finding: Finding) -> str:
    """The message without the call that it names: which one that is makes it no other reason."""
    call = "" if finding.reference is None else finding.reference.callee
    return finding.message.replace(call, "") if call else finding.message


def risk_of(facts: Facts, reasons: Sequence[Reason], lacks: Iterable[str]) -> Risk:
    """The risk of using a repo: the level of the worst reason, and low where there is none.

    Where nothing is known of the repo itself, and nothing speaks against it, there is no level.
    """
    always = [one for one in reasons if not one.is_conditional]
    is_known = not _says_nothing(facts)
    return Risk(
        level=_worst(reasons, is_known),
        otherwise=_worst(always, is_known),
        reasons=tuple(reasons),
        lacks=tuple(dict.fromkeys(lacks)),
    )


def rank(level: Severity | None) -> int:
    """By how much a level is to be seen to first; one that is not known comes before low."""
    return 1 if level is None else (0, 2, 3)[_RANKS.index(level)]


def _says_nothing(facts: Facts) -> bool:
    is_in_doubt = isinstance(facts, Missing) and facts.owner is Owner.UNKNOWN
    return is_in_doubt or isinstance(facts, Unavailable)


def _worst(reasons: Iterable[Reason], is_known: bool) -> Severity | None:
    levels = [one.finding.severity for one in reasons]
    if not levels:
        return Severity.LOW if is_known else None
    return max(levels, key=_RANKS.index)


def _order(reason: Reason) -> tuple[int, bool, str, str]:
    finding = reason.finding
    return -_RANKS.index(finding.severity), bool(reason.base), finding.code, finding.message
