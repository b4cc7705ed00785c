"""`hfmodels gate`: whether a repo may be used, before anybody uses it."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from flake8_hfmodels.asked_id import Asked, parse_asked
from flake8_hfmodels.cli.asking import Asking
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, NOT_ASKED, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.settings import Settings, given

if TYPE_CHECKING:
    from flake8_hfmodels.cli.gate_report import Gated
    from flake8_hfmodels.facts import Facts
    from flake8_hfmodels.governing.verdict import Verdict
    from flake8_hfmodels.reference import Reference, Target
    from flake8_hfmodels.rules.rule import Rule

STDIN = "-"
LARGEST = 5_000_000
"""Bytes of standard input that are read."""

ABOUT_REPOS = (
    *("HFM002", "HFM004", "HFM005", "HFM006", "HFM007", "HFM008", "HFM009", "HFM010", "HFM012"),
    "HFM014",
)
"""The rules that speak of a repo, and not of the line that names it."""

NO_IDS = "standard input names no repo; write one on each line"


class _InputError(ValueError):
    """What is wrong with the ids: a line for people."""


def run(options: argparse.Namespace) -> Outcome:
    """Do what the command line says."""
    started = time.perf_counter()
    try:
        said = given(options)
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    try:
        asked = tuple(dict.fromkeys(_asked(options)))
        configured = Configured(said, options.config, not options.isolated)
        settings = configured(os.path.join(os.curdir, ""))
        return _told(_Gate(settings).gated(asked, options.trust_remote_code, started), options)
    except (ConfigurationError, _InputError) as error:
        return Outcome(USAGE, "", (str(error),))


def _asked(options: argparse.Namespace) -> Iterator[Asked]:
    """What is asked about. Raises `_InputError`; one id that is none may be a typing error."""
    for text in _ids(options.ids):
        try:
            yield parse_asked(text, options.type)
        except ValueError as error:
            raise _InputError(str(error)) from error


def _ids(arguments: Iterable[str]) -> Iterator[str]:
    for one in arguments:
        if one == STDIN:
            yield from _lines()
        else:
            yield one


def _lines() -> Sequence[str]:
    """The ids on standard input, one a line; what begins with # is a comment."""
    if sys.stdin is None:
        raise _InputError("standard input is closed; name a repo")
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _InputError(f"standard input is larger than {LARGEST // 1_000_000} MB")
    lines = (one.strip() for one in data.decode("utf-8-sig", "replace").splitlines())
    found = [one for one in lines if one and not one.startswith("#")]
    if not found:
        raise _InputError(NO_IDS)
    return found


class _Gate:
    """Asks about repos as a check of code that loads them would, and judges what comes of it."""

    def __init__(self, settings: Settings) -> None:
        from flake8_hfmodels.lock.place import lock_for

        self.settings = settings
        self.lock = lock_for("", settings)
        self.asking = Asking()
        self.known: dict[Target, Facts] = {}

    def gated(self, asked: Sequence[Asked], trusts: bool, started: float) -> Gated:
        """The verdict on each. Raises `ConfigurationError`."""
        from flake8_hfmodels.cli.gate_report import Gated

        verdicts = self._verdicts(self._references(asked, trusts))
        policy = self.settings.policy
        return Gated(
            verdicts=verdicts,
            policy=None if policy is None else policy.path,
            warnings=self.asking.warnings(),
            asked=self.asking.count("asked"),
            cached=self.asking.count("cached"),
            unanswered=self.asking.count("unanswered"),
            mode=_mode(self.settings),
            seconds=round(time.perf_counter() - started, 3),
        )

    def _references(self, asked: Sequence[Asked], trusts: bool) -> Sequence[Sequence[Reference]]:
        """The uses of each, by the files that it has; each in a file of its own."""
        from flake8_hfmodels.companions import repo_of
        from flake8_hfmodels.facts import Unavailable
        from flake8_hfmodels.imagined import every_use
        from flake8_hfmodels.record import replace

        self._look_up([one.target for one in asked if not self._is_private(one.repo_id)])
        found = []
        for number, one in enumerate(asked):
            repo = repo_of(self.known.get(one.target, Unavailable("")))
            files = () if repo is None else repo.files
            uses = every_use(one, trusts, files)
            found.append([replace(use, path=str(number)) for use in uses])
        return found

    def _verdicts(self, asked: Sequence[Sequence[Reference]]) -> Sequence[Verdict]:
        from flake8_hfmodels.check import Beside, conclude
        from flake8_hfmodels.governing.verdict import Judge
        from flake8_hfmodels.referring import Referring
        from flake8_hfmodels.suppress import Silencers

        settings = self.settings
        rules = self._rules()
        checked = conclude(
            [Referring(uses[0].path, "python", "", uses, Silencers()) for uses in asked],
            self._look_up,
            rules,
            settings.persona,
            settings.never_ask,
            settings.severity,
            with_fixes=False,
            beside=Beside(
                None,
                settings.grace,
                settings.policy,
                settings.watch,
                partial(self.asking.publishers, settings, None),
                partial(self.asking.codes, settings, None),
            ),
        )
        codes = frozenset(one.code for one in rules)
        judge = Judge(checked.facts, settings.policy, self.lock, codes, self._is_private)
        return [
            judge.verdict(uses, [one for one in checked.findings if one.path == uses[0].path])
            for uses in asked
        ]

    def _rules(self) -> tuple[Rule, ...]:
        """Those that a check would ask, and the policy in any case."""
        from flake8_hfmodels.governing.verdict import POLICY
        from flake8_hfmodels.rules import chosen, load

        every = chosen(self.settings.select, self.settings.ignore)
        return (*(one for one in every if one.code in ABOUT_REPOS), load(POLICY))

    def _look_up(self, targets: Collection[Target]) -> Mapping[Target, Facts]:
        """What the Hub says; each is asked for once."""
        new = [one for one in targets if one not in self.known]
        if new:
            self.known.update(self.asking.ask(self.settings, new))
        return {one: self.known[one] for one in targets}

    def _is_private(self, repo_id: str) -> bool:
        from flake8_hfmodels.check import is_private

        return is_private(repo_id, self.settings.never_ask)


def _mode(settings: Settings) -> str:
    from flake8_hfmodels.hub.identity import is_offline

    if settings.offline or is_offline():
        return "offline"
    return "strict" if settings.strict else "online"


def _told(gated: Gated, options: argparse.Namespace) -> Outcome:
    from flake8_hfmodels.cli.gate_report import footer, in_json, in_text

    if options.format == "json":
        text = in_json(gated)
    else:
        from flake8_hfmodels.cli.terminal import columns_of, paint_for

        stream = None if options.output else sys.stdout
        text = in_text(gated, paint_for(stream, options.color), columns_of(stream))
    words = {one.word for one in gated.verdicts}
    code = FINDINGS if "deny" in words else NOT_ASKED if "unknown" in words else CLEAN
    outcome = Outcome(code, text, tuple(gated.warnings))
    return outcome.into(options.output, lambda: f"{footer(gated)}\n")
