"""The baseline of a run: read, held against what was found, written anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from flake8_hfmodels import baseline as baselines
from flake8_hfmodels.baseline import Baseline, Entry
from flake8_hfmodels.check import Checked
from flake8_hfmodels.cli.exits import CLEAN, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.writing import write_whole
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.rules import chosen

if TYPE_CHECKING:
    from flake8_hfmodels.settings import Settings

NOTHING = Checked((), (), (), (), {})


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a run can say that an entry silences nothing.

    `files` are those that were looked at, `folders` those below which all were, as absolute
    paths; `is_answered`: the Hub has answered all there was to ask.
    """

    settings_of: Callable[[str], Settings]
    files: Collection[str]
    folders: Collection[str]
    is_answered: bool

    def covers(self, baseline: Baseline, entry: Entry) -> bool:
        """Whether this run would have found what an entry silences, were it still there."""
        path = os.path.abspath(baseline.path_of(entry))
        settings = self.settings_of(path)
        rules = [one for one in chosen(settings.select, settings.ignore) if one.code == entry.code]
        if any(one.needs_hub for one in rules) and not self.is_answered:
            return False
        if not (rules and settings.persona.hears(baseline.persona)):
            return False
        if path in self.files:
            return True
        return not os.path.exists(path) and any(_is_below(path, one) for one in self.folders)


def _is_below(path: str, folder: str) -> bool:
    return os.path.commonpath((path, folder)) == folder


def applied(
    checked: Checked | None, files: Collection[str], scope: Scope
) -> tuple[Checked, Sequence[str]]:
    """What is left to tell beside baselines in some files, and what to say of files that moved.

    Raises `ValueError` with a line for people where one cannot be read.
    """
    checked = NOTHING if checked is None else checked
    notes: list[str] = []
    for path in files:
        baseline = baselines.read(path)
        theirs = [one for one in checked.findings if scope.settings_of(one.path).baseline == path]
        result = baselines.apply(baseline, theirs, os.path.exists)
        known = {id(one.finding) for one in result.known}
        idle = [one for one in result.idle if scope.covers(baseline, one[0])]
        checked = replace(
            checked,
            findings=(
                *(one for one in checked.findings if id(one) not in known),
                *(baselines.unused(baseline, *one) for one in idle if _is_told(path, scope)),
            ),
            suppressed=(*checked.suppressed, *result.known),
        )
        notes += (
            f"{path}: {old} is {new} now; --write-baseline notes that" for old, new in result.moved
        )
    return checked, notes


def _is_told(path: str, scope: Scope) -> bool:
    settings = scope.settings_of(path)
    return any(one.code == baselines.UNUSED for one in chosen(settings.select, settings.ignore))


def write(checked: Checked | None, own: Settings, scope: Scope) -> Outcome:
    """Write the baseline anew: what was found, and what was not looked for."""
    path = own.baseline or baselines.NAME
    try:
        old = baselines.read(path) if os.path.lexists(path) else Baseline(path)
    except ValueError as error:
        return Outcome(USAGE, "", (str(error),))
    found = [] if checked is None else checked.findings
    theirs = [one for one in found if scope.settings_of(one.path).baseline == own.baseline]
    result = baselines.apply(old, theirs, os.path.exists)
    today = date.today().isoformat()
    text = baselines.written(
        old, theirs, lambda entry: not scope.covers(old, entry), own.persona, today
    )
    lost = write_whole(path, text)
    if lost is not None:
        return Outcome(USAGE, "", (f"{path}: {lost}",))
    gone = sum(number for entry, number in result.idle if scope.covers(old, entry))
    said = f"{path}: {count(len(theirs), 'finding')}, {len(result.told)} new, {gone} gone\n"
    hint = "" if own.baseline else f'write baseline = "{path}" into [tool.hfmodels]\n'
    return Outcome(CLEAN, said + hint)
