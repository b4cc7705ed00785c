"""`hfmodels lookalikes`: the names that could be taken for one, and which of them exist."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from flake8_hfmodels.asked_id import Asked, parse_asked
from flake8_hfmodels.check import is_private
from flake8_hfmodels.cli.audit import PATIENT
from flake8_hfmodels.cli.exits import CLEAN, NOT_ASKED, USAGE
from flake8_hfmodels.cli.lookalikes_report import (
    LookalikesReport,
    Subject,
    footer,
    in_json,
    in_text,
)
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.facts import Facts, Publisher
from flake8_hfmodels.lookalikes.existing import Standing, of_owners, of_repos, owner_of
from flake8_hfmodels.lookalikes.variants import Variant, variants
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Target
from flake8_hfmodels.settings import given

if TYPE_CHECKING:
    from flake8_hfmodels.hub.inquiry import AccountFacts
    from flake8_hfmodels.hub.patience import Patience
    from flake8_hfmodels.settings import Settings

MOST = 1000
"""The largest number of names that may be asked for."""


@dataclass(frozen=True, slots=True)
class _Names:
    """What is asked about one id of the command line; those kept back are not."""

    asked: Asked
    variants: Sequence[Variant]
    kept_back: frozenset[str]

    @property
    def is_owner(self) -> bool:
        return "/" not in self.asked.repo_id

    @property
    def to_ask(self) -> list[str]:
        every = (self.asked.repo_id, *(one.name for one in self.variants))
        return [one for one in every if one not in self.kept_back]

    def target(self, name: str) -> Target:
        return Target(self.asked.repo_type, name, None)


def run(options: argparse.Namespace) -> Outcome:
    """Do what the command line says."""
    started = time.perf_counter()
    try:
        said = {**PATIENT, **given(options)}
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    if not 0 < options.limit <= MOST:
        return Outcome(USAGE, "", (f"--limit: is not between 1 and {MOST}",))
    try:
        asked = dict.fromkeys(map(_asked, options.ids))
    except ValueError as error:
        return Outcome(USAGE, "", (str(error),))
    try:
        settings = Configured(said, options.config, not options.isolated)(
            os.path.join(os.curdir, "")
        )
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))
    report = _looked([_names(one, options.limit, settings) for one in asked], settings, started)
    code = NOT_ASKED if settings.strict and report.unanswered else CLEAN
    return _told(report, code, options)


def _asked(text: str) -> Asked:
    """An owner or a repo. Raises `ValueError` with a line for people."""
    asked = parse_asked(text)
    if asked.revision is not None:
        raise ValueError(f"{text[:200]!r}: a name has no revision; leave out what is behind the @")
    return asked


def _names(asked: Asked, limit: int, settings: Settings) -> _Names:
    """The variants of an id; of a private one, none is to be asked about: they give it away."""
    found = tuple(islice(variants(asked.repo_id), limit))
    every = [asked.repo_id, *(one.name for one in found)]
    if not is_private(asked.repo_id, settings.never_ask):
        every = [one for one in every if is_private(one, settings.never_ask)]
    return _Names(asked, found, frozenset(every))


# The Hub


def _looked(names: Sequence[_Names], settings: Settings, started: float) -> LookalikesReport:
    """Ask about all that may be asked about, with patience."""
    from flake8_hfmodels.cli.progress import ProgressLine
    from flake8_hfmodels.hub.opening import open_hub
    from flake8_hfmodels.hub.patience import Patience

    hub = open_hub(settings)
    until = time.monotonic() + settings.deadline
    with (
        ProgressLine("asking the Hub: {done} of {total} names") as progress,
        ProgressLine("the Hub limits the rate of requests: {done} of {total} s") as resting,
    ):
        patience = Patience(hub, until, progress, resting)
        facts = patience.facts(
            one.target(name) for one in names if not one.is_owner for name in one.to_ask
        )
        owners = [name for one in names if one.is_owner for name in one.to_ask]
        accounts = _accounts(patience, [*owners, *map(owner_of, facts.values())])
    subjects = [_subject(one, facts, accounts) for one in names]
    is_offline = hub.client.identity.offline
    return LookalikesReport(
        subjects,
        list(hub.client.warnings),
        "offline" if is_offline else "strict" if settings.strict else "online",
        hub.client.asking.requested,
        round(time.perf_counter() - started, 3),
    )


def _accounts(patience: Patience, names: Iterable[str]) -> Mapping[str, Standing]:
    wanted = {name: None for name in names if name}
    return {name: _standing(one) for name, one in patience.accounts(wanted).items()}


def _standing(account: AccountFacts) -> Standing:
    from flake8_hfmodels.hub.answers import Account

    if isinstance(account, Account):
        return Publisher(
            account.name, account.kind, account.object_id, account.is_verified, account.fullname
        )
    return account


def _subject(
    one: _Names, facts: Mapping[Target, Facts], accounts: Mapping[str, Standing]
) -> Subject:
    name = one.asked.repo_id
    if one.is_owner:
        said = {each: accounts[each] for each in one.to_ask}
        return Subject(name, "owner", of_owners(name, one.variants, said))
    told = {each: facts[one.target(each)] for each in one.to_ask}
    return Subject(name, one.asked.repo_type, of_repos(name, one.variants, told, accounts))


# The report


def _told(report: LookalikesReport, code: int, options: argparse.Namespace) -> Outcome:
    outcome = Outcome(code, _rendered(report, options), tuple(report.warnings))
    return outcome.into(options.output, lambda: f"{footer(report)}\n")


def _rendered(report: LookalikesReport, options: argparse.Namespace) -> str:
    if options.format == "json":
        return in_json(report)
    from flake8_hfmodels.cli.terminal import columns_of, paint_for

    stream = None if options.output else sys.stdout
    return in_text(report, paint_for(stream, options.color), columns_of(stream))
