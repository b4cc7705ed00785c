"""The flake8 plugin: flake8's tree and lines in, flake8's tuples out. It decides nothing."""

from __future__ import annotations

import ast
import atexit
import gc
import os
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from flake8_hfmodels import __version__
from flake8_hfmodels.path_pattern import matches
from flake8_hfmodels.prefilter import may_refer, may_silence
from flake8_hfmodels.record import replace

if TYPE_CHECKING:
    from argparse import Namespace

    from flake8.options.manager import OptionManager

    from flake8_hfmodels.baseline import Baseline
    from flake8_hfmodels.blame import Line
    from flake8_hfmodels.configured import Configured
    from flake8_hfmodels.facts import Code, Facts, Publisher, Repo, Unavailable
    from flake8_hfmodels.finding import Finding
    from flake8_hfmodels.hub.lookup import Hub
    from flake8_hfmodels.lock.lock import Lock
    from flake8_hfmodels.reference import Target
    from flake8_hfmodels.settings import Settings

DEADLINE = 2.0
"""Seconds for the Hub unless flake8's options say otherwise: somebody waits for a keystroke."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: it would go through all that flake8 holds, for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            _set_aside("what finds")
            gc.enable()


@cache
def _set_aside(_what: str) -> None:
    """Leave what is there by now out of all further searches for garbage: modules above all.

    Done once when flake8 and its plugins are there, from which its processes fork (as the
    documentation of `gc` has it), and once when we are. Otherwise Python goes through it all now
    and then, and several times when the process ends: a tenth of a run of flake8 on one file.
    """
    gc.freeze()
    atexit.register(_take_back)


def _take_back() -> None:
    """Let the last search for garbage close the store of answers, where that was opened."""
    if "flake8_hfmodels.hub.store" in sys.modules:
        gc.unfreeze()


@cache
def _baseline(path: str) -> Baseline:
    """A baseline, read once by a process. Raises `ConfigurationError`."""
    from flake8_hfmodels.baseline import read

    return read(path)


class Plugin:
    """Finds references to the Hugging Face Hub and what is wrong with them."""

    name = "flake8-hfmodels"
    version = __version__
    configured: ClassVar[Configured]
    decided: ClassVar[tuple[str, ...]]
    named: ClassVar[tuple[str, ...]]
    settings: Settings

    def __init__(self, tree: ast.Module, filename: str, lines: Sequence[str]) -> None:
        self.tree = tree
        self.filename = filename
        self.lines = lines
        self.end = 0.0

    def _settings(self) -> Settings:
        """What is set for this file; of its rules, those that flake8 tells of.

        flake8 naming a whole code is a word of its own; a family of codes is none about one rule.
        """
        from flake8_hfmodels.rules import is_chosen

        settings = self.configured(self.filename)
        select, ignore = settings.select, settings.ignore
        told = tuple(
            code for code in self.decided if code in self.named or is_chosen(code, select, ignore)
        )
        return replace(settings, select=told, ignore=())

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        """Register every option of the table that flake8 has a use for."""
        from flake8_hfmodels.options import OPTIONS

        for option in OPTIONS:
            if option.in_flake8:
                manager.add_option(
                    f"--hfmodels-{option.name}",
                    parse_from_config=True,
                    **option.for_flake8(),
                )

    @classmethod
    def parse_options(cls, options: Namespace) -> None:
        """Keep what is set for this process; flake8's own options say which rules count."""
        from flake8.exceptions import ExecutionError
        from flake8.style_guide import Decision, DecisionEngine

        from flake8_hfmodels.configuration import ConfigurationError
        from flake8_hfmodels.configured import Configured
        from flake8_hfmodels.rules import codes
        from flake8_hfmodels.settings import given

        try:
            said = given(options, "hfmodels_")
        except ValueError as error:
            raise ExecutionError(f"--hfmodels-{error}") from error
        always = {**said, "noqa": not options.disable_noqa, "hurried": True}
        # flake8 7.5.0 options/parse_args.py keeps what its first stage has read to itself.
        wanted = "--isolated" not in sys.argv
        cls.configured = Configured(always, wanted=wanted, longest=DEADLINE)
        try:
            cls.configured("")  # as most files have it: said once, and not of each of them
        except ConfigurationError as error:
            raise ExecutionError(str(error)) from error
        # What flake8 would throw away need not be asked of the Hub.
        decided = DecisionEngine(options).decision_for
        cls.decided = tuple(code for code in codes() if decided(code) is Decision.Selected)
        named = (*(options.select or ()), *(options.extend_select or ()))
        cls.named = tuple(code for code in cls.decided if code in named)
        _set_aside("flake8")

    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """Yield line (from 1), column (from 0), text and type of each finding.

        Raises flake8's `ExecutionError`, which ends it with one line, where what the project sets
        is wrong.
        """
        from flake8_hfmodels.configuration import ConfigurationError

        try:
            findings = self._told()
        except ConfigurationError as error:
            from flake8.exceptions import ExecutionError

            raise ExecutionError(str(error)) from error
        for finding in findings:
            line = f"{finding.code} {finding.message}"
            yield finding.span.line, finding.span.column - 1, line, type(self)

    def _told(self) -> Sequence[Finding]:
        self.settings = self._settings()
        text = "".join(self.lines)
        data = text.encode("utf-8", "surrogatepass")
        if not (self.settings.select and self._is_wanted(data) and self._is_worth_it(data)):
            return ()
        with _uncollected():
            return self._findings(text)

    def _is_wanted(self, data: bytes) -> bool:
        """Whether the project wants files like this one to be looked at."""
        settings = self.settings
        if len(data) > settings.max_size or (settings.kinds and "python" not in settings.kinds):
            return False
        included = not settings.include or matches(self.filename, settings.include)
        return included and not matches(self.filename, settings.exclude)

    def _findings(self, text: str) -> Sequence[Finding]:
        from flake8_hfmodels.check import Beside, check
        from flake8_hfmodels.discover import folder_test
        from flake8_hfmodels.project import project
        from flake8_hfmodels.rules import chosen
        from flake8_hfmodels.sources.placed import split_lines
        from flake8_hfmodels.sources.source import PythonSource

        lines = split_lines(text)
        source = PythonSource(
            self.filename,
            lines,
            self.tree,
            folder_test(self.filename),
            project().finder(self.filename),
        )
        rules = chosen(self.settings.select, self.settings.ignore)
        settings = self.settings
        checked = check(
            [source],
            self._ask,
            rules,
            settings.persona,
            settings.noqa,
            settings.never_ask,
            settings.per_file_ignores,
            settings.severity,
            settings.policies,
            with_fixes=False,  # flake8 has no place for them
            beside=Beside(
                self._blame,
                settings.grace,
                settings.policy,
                settings.watch,
                self._publishers,
                self._codes,
            ),
        )
        if not (settings.baseline and checked.findings):
            return checked.findings
        from flake8_hfmodels.baseline import apply

        return apply(_baseline(settings.baseline), checked.findings, os.path.exists).told

    def _is_worth_it(self, data: bytes) -> bool:
        from flake8_hfmodels.persona import Persona

        curious = self.settings.persona is not Persona.REGULAR
        return curious or may_refer(data) or may_silence(data)

    def _lock(self) -> Lock | None:
        from flake8_hfmodels.lock.place import lock_for

        return lock_for(self.filename, self.settings)

    def _blame(self, path: str, text: str | None, lines: Collection[int]) -> Mapping[int, Line]:
        """Since when lines stand in a file, as git says it in the time that an editor waits.

        Nobody wants to know it of what is locked.
        """
        from flake8_hfmodels.blame import FOR_A_FILE, Blamer

        return {} if self._lock() is not None else Blamer(FOR_A_FILE)(path, text, lines)

    def _ask(self, targets: Collection[Target]) -> Mapping[Target, Facts]:
        lock = self._lock()
        if lock is not None:
            from flake8_hfmodels.lock.answers import lookup_in

            return lookup_in(lock)(targets)
        from flake8_hfmodels.hub.opening import warn_once

        hub = self._hub()
        facts = hub(targets, self.end)
        warn_once(hub)
        return facts

    def _publishers(self, names: Collection[str]) -> Mapping[str, Publisher]:
        lock = self._lock()
        if lock is not None:
            from flake8_hfmodels.lock.answers import publishers_in

            return publishers_in(lock, names)
        from flake8_hfmodels.hub.publishers import publishers

        return publishers(self._hub(), names, self.end)

    def _codes(self, wanted: Mapping[Target, Repo]) -> Mapping[Target, Code | Unavailable]:
        """What the Python of repos does, as far as that is known: nobody waits for downloads."""
        lock = self._lock()
        if lock is not None:
            from flake8_hfmodels.lock.answers import codes_in

            return codes_in(lock, wanted)
        from flake8_hfmodels.hub.remote_code import known

        return known(self._hub(), wanted)

    def _hub(self) -> Hub:
        """The Hub, and from the first time on the moment until which it is asked."""
        from flake8_hfmodels.hub.opening import open_hub

        hub = open_hub(self.settings)
        self.end = self.end or time.monotonic() + hub.deadline
        return hub
