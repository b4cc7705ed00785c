"""`hfmodels watch`: what changed since the last run, for a nightly job."""

from __future__ import annotations

import argparse
import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.cli.audit import PATIENT, Came, asked, report_of
from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, NOT_ASKED, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.watched_names import Looked, looked, today
from flake8_hfmodels.configuration import NAME as PROJECT
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.place import existing, place_for
from flake8_hfmodels.lock.reading import parse, text_of
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.repo_id import is_repo_id
from flake8_hfmodels.report.watched import WatchReport, in_json, in_markdown, in_text
from flake8_hfmodels.settings import given
from flake8_hfmodels.watching.state import NAME, State, StateError, parsed, written

if TYPE_CHECKING:
    from flake8_hfmodels.lock.audit import Told
    from flake8_hfmodels.settings import Settings

NOTHING = (
    "there is nothing to watch: neither hfmodels.lock, which `hfmodels lock` writes, nor names in "
    "`watch` of [tool.hfmodels]"
)
OFFLINE = "watch asks the Hub, and this run is offline; nothing is known of what is new"

_NONE = Came((), 0, "online")


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a run goes by: the settings, the lock and its text, what the last run left, and where.

    `place` is the file of the state, `project` that in which a project says what it watches.
    """

    settings: Settings
    lock: Lock
    text: str
    before: State
    place: str
    project: str


def run(options: argparse.Namespace) -> Outcome:
    """Do what the command line says."""
    started = time.perf_counter()
    try:
        said = {**PATIENT, **given(options)}
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    if options.names < 0:
        return Outcome(USAGE, "", ("--names: is less than 0",))
    try:
        sources = _sources(options, said)
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))
    settings, lock = sources.settings, sources.lock
    if not (lock.path or settings.watch):
        return Outcome(USAGE, "", (NOTHING,))
    from flake8_hfmodels.hub.identity import is_offline

    if settings.offline or is_offline():
        return Outcome(NOT_ASKED, "", (OFFLINE,))
    until = time.monotonic() + settings.deadline
    came = asked(lock, settings, resume=None) if lock.entries else _NONE
    names = looked(lock, settings, sources.before, options.names, until)
    return _told(options, sources, came, names, started)


def _sources(options: argparse.Namespace, said: dict[str, object]) -> _Sources:
    """What there is to go by. Raises `ConfigurationError`."""
    settings = Configured(said, options.config, not options.isolated)(os.path.join(os.curdir, ""))
    stranger = next((one for one in settings.watch if not is_repo_id(one)), None)
    if stranger is not None:
        raise ConfigurationError(
            f"watch: {stranger!r} is no name; a watch needs whole ones: an owner, or owner/name"
        )
    path = settings.lock or existing("")
    text = text_of(os.path.relpath(path)) if path else ""
    lock = parse(os.path.relpath(path), text) if path else Lock("")
    folder = os.path.dirname(lock.path or place_for("", settings))
    place = options.state or os.path.join(folder, NAME)
    project = options.config or os.path.join(folder, PROJECT)
    return _Sources(settings, lock, text, _state(place), place, project)


def _state(path: str) -> State:
    """What the last run left. Raises `ConfigurationError`."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise OSError(0, "it is no file")
        with open(path, encoding="utf-8") as file:
            return parsed(file.read())
    except FileNotFoundError:
        return State()
    except StateError as error:
        why = str(error)
    except (OSError, ValueError) as error:
        why = f"cannot be read ({str(getattr(error, 'strerror', None) or error).lower()})"
    raise ConfigurationError(
        f"{path}: {why}; restore it, or delete it: all that there is is news then"
    )


def _mark(told: Told) -> str:
    """What is the same of two findings of an audit that tell the same."""
    entry = told.entry
    parts = (told.repo, told.revision, told.code, told.status, told.what)
    words = (*parts, "" if entry is None else entry.repo_type)
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]


# What it comes to


def _told(
    options: argparse.Namespace, sources: _Sources, came: Came, names: Looked, started: float
) -> Outcome:
    """Tell what is news, and then write that it was told."""
    fresh = [one for one in came.told if _mark(one) not in sources.before.told]
    warnings = list(dict.fromkeys((*came.warnings, *names.warnings)))
    if names.why:
        goes_on = "; the next run goes on there" if names.is_cut else ""
        warnings.append(f"{names.why}: not all look-alikes were asked for{goes_on}")
    every = Came(
        told=[*fresh, *names.told],
        answered=came.answered,
        mode="strict" if sources.settings.strict else came.mode,
        unanswered=came.unanswered,
        kept_back=came.kept_back,
        requests=came.requests + names.requests,
        warnings=warnings,
    )
    audit = report_of(sources.lock, sources.text, every, time.perf_counter() - started)
    known = len(came.told) - len(fresh)
    report = WatchReport(audit, sources.place, sources.before.last, names.watched, known)
    code = FINDINGS if any(one.severity is not None for one in every.told) else CLEAN
    if code == CLEAN and sources.settings.strict and (came.unanswered or names.why):
        code = NOT_ASKED
    lost = [*_lost(options, sources, report)] or [*_unkept(sources, came, names)]
    text = "" if options.output else _rendered(options.format, report, sources, options)
    return Outcome(USAGE if lost else code, text, (*warnings, *lost))


def _after(before: State, came: Came, names: Looked) -> State:
    """What the next run is to know. What has no answer now is as it was."""
    now = {_mark(one) for one in came.told}
    kept = before.told if came.unanswered else frozenset()
    return State(before.began or today(), today(), frozenset(now | kept), names.subjects)


def _unkept(sources: _Sources, came: Came, names: Looked) -> Iterator[str]:
    """Write the state, and say why that is not possible."""
    from flake8_hfmodels.cli.writing import write_whole

    lost = write_whole(sources.place, written(_after(sources.before, came, names)))
    if lost is not None:
        yield f"{sources.place}: {lost}; what is news now is news again next time"


def _lost(options: argparse.Namespace, sources: _Sources, report: WatchReport) -> Iterator[str]:
    """Write the files of a report, and say which could not be written."""
    from flake8_hfmodels.cli.writing import write_whole

    for option, form, path in _files(options):
        lost = write_whole(path, _rendered(form, report, sources, options)) if path else None
        if lost is not None:
            yield f"--{option}: {path}: {lost}; what is news now is news again next time"


def _files(options: argparse.Namespace) -> Sequence[tuple[str, str, str]]:
    return (
        ("output", options.format, options.output),
        ("markdown", "markdown", options.markdown),
        ("sarif", "sarif", options.sarif),
    )


def _rendered(
    form: str, report: WatchReport, sources: _Sources, options: argparse.Namespace
) -> str:
    if form == "json":
        return in_json(report)
    if form == "markdown":
        return in_markdown(report)
    if form == "sarif":
        from flake8_hfmodels.report import sarif

        audit = replace(report.audit, lock=report.audit.lock or sources.project)
        return sarif.render(audit.as_report())
    from flake8_hfmodels.cli.terminal import columns_of, paint_for

    stream = None if options.output else sys.stdout
    return in_text(report, paint_for(stream, options.color), columns_of(stream))
