"""The baseline of a run: read, held against what was found, written anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from flake8_hfmodels import baseline as baselines
from flake8_hfmodels.baseline import Baseline, Entry
from flake8_hfmodels.check import Checked, weighed
from flake8_hfmodels.cli.exits import CLEAN, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.writing import write_whole
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.path_pattern import matches
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.suppress import UNUSED

if TYPE_CHECKING:
    from flake8_hfmodels.finding import Finding
    from flake8_hfmodels.settings import Settings

NOTHING = Checked((), (), (), (), {})


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a run can say that an entry silences nothing.

    `files` are those that were looked at, `folders` those below which all were, as real
    paths; `is_answered`: the Hub has answered all there was to ask.
    """

    settings_of: Callable[[str], Settings]
    files: Collection[str]
    folders: Collection[str]
    is_answered: bool

    def covers(self, baseline: Baseline, entry: Entry) -> bool:
        """Whether this run would have found what an entry silences, were it still there."""
        path = os.path.realpath(baseline.path_of(entry))
        settings = self.settings_of(path)
        unwanted = (codes for one, codes in settings.per_file_ignores if matches(path, [one]))
        ignored = (*settings.ignore, *(code for codes in unwanted for code in codes))
        rules = [one for one in chosen(settings.select, ignored) if one.code == entry.code]
        by_hub = (one.needs_hub or one.hears_hub or one.code == UNUSED for one in rules)
        if any(by_hub) and not self.is_answered:
            return False
        if not (rules and settings.persona.hears(baseline.persona)):
            return False
        if path in self.files:
            return True
        return not os.path.exists(path) and any(_is_below(path, one) for one in self.folders)


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))


def applied(
    checked: Checked | None, files: Collection[str], scope: Scope
) -> tuple[Checked, Sequence[str]]:
    """What is left to tell beside baselines in some files, and what to say of files that moved.

    Raises `ConfigurationError` with a line for people where one cannot be read.
    """
    checked = NOTHING if checked is None else checked
    notes: list[str] = []
    for path in {os.path.realpath(path): path for path in files}.values():
        baseline = baselines.read(path)
        result = baselines.apply(baseline, _theirs(checked, path, scope), os.path.exists)
        known = {id(one.finding) for one in result.known}
        idle = [one for one in result.idle if scope.covers(baseline, one[0])]
        checked = replace(
            checked,
            findings=(
                *(one for one in checked.findings if id(one) not in known),
                *(_idle(baseline, *one, scope) for one in idle if _is_told(path, scope)),
            ),
            suppressed=(*checked.suppressed, *result.known),
        )
        notes += (
            f"{path}: {old} is {new} now; --write-baseline notes that" for old, new in result.moved
        )
    return checked, notes


def _idle(baseline: Baseline, entry: Entry, number: int, scope: Scope) -> Finding:
    settings = scope.settings_of(baseline.path)
    return weighed(baselines.unused(baseline, entry, number), settings.severity)


def _theirs(checked: Checked, path: str, scope: Scope) -> list[Finding]:
    """The findings that a baseline in a file is for; several projects may share one."""
    real = os.path.realpath(path)
    return [
        one
        for one in checked.findings
        if os.path.realpath(_file(scope.settings_of(one.path))) == real
    ]


def _file(settings: Settings) -> str:
    """Where the baseline is, or would be."""
    return settings.baseline or baselines.NAME


def _is_told(path: str, scope: Scope) -> bool:
    settings = scope.settings_of(path)
    return any(one.code == UNUSED for one in chosen(settings.select, settings.ignore))


def write(checked: Checked | None, own: Settings, scope: Scope) -> Outcome:
    """Write the baselines of all files anew: what was found, and what was not looked for."""
    checked = NOTHING if checked is None else checked
    every = (own, *map(scope.settings_of, sorted(scope.files)))
    names: dict[str, str] = {}
    for one in every:
        names.setdefault(os.path.realpath(_file(one)), _file(one))
    try:
        news = [_news(checked, path, every, scope) for path in names.values()]
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))
    said: list[str] = []
    for new in news:
        if new.number or len(news) == 1 or os.path.exists(new.path):
            lost = write_whole(new.path, new.text)
            if lost is not None:
                return Outcome(USAGE, "".join(said), (f"{new.path}: {lost}",))
            said.append(new.said)
    hint = f'write baseline = "{baselines.NAME}" into [tool.hfmodels]\n'
    is_new = any(not one.baseline for one in every) and os.path.exists(baselines.NAME)
    return Outcome(CLEAN, "".join(said) + (hint if is_new else ""))


@dataclass(frozen=True, slots=True)
class _News:
    """A baseline to be written, how many findings it is made of, and what to say of it."""

    path: str
    text: str
    number: int
    said: str


def _news(checked: Checked, path: str, every: Sequence[Settings], scope: Scope) -> _News:
    """What is to stand in one file. Raises `ConfigurationError` for an old one that is none."""
    old = baselines.read(path) if os.path.exists(path) else Baseline(path)
    theirs = _theirs(checked, path, scope)
    told = [one.persona for one in every if os.path.realpath(_file(one)) == os.path.realpath(path)]
    most = next(one for one in reversed(Persona) if one in told)
    today = date.today().isoformat()
    text = baselines.written(
        old, theirs, os.path.exists, lambda entry: not scope.covers(old, entry), most, today
    )
    result = baselines.apply(old, theirs, os.path.exists)
    gone = sum(number for entry, number in result.idle if scope.covers(old, entry))
    said = f"{path}: {count(len(theirs), 'finding')}, {len(result.told)} new, {gone} gone\n"
    return _News(path, text, len(theirs), said)
