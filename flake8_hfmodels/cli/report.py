"""`hfmodels report`: all there is to tell of a project, as one page."""

from __future__ import annotations

import argparse
import os
import time
from typing import TYPE_CHECKING

from flake8_hfmodels import __version__
from flake8_hfmodels.cli.check import Run
from flake8_hfmodels.cli.exits import USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.cli.writing import write_whole
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.settings import given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flake8_hfmodels.page.content import Content

NO_FILE = "name the page to write: `hfmodels report --html FILE`"

EPOCH = "SOURCE_DATE_EPOCH"
"""Where it is set, the page bears that time: https://reproducible-builds.org/specs/."""


def run(options: argparse.Namespace) -> Outcome:
    """Do what the command line says."""
    started = time.perf_counter()
    if not options.html:
        return Outcome(USAGE, "", (NO_FILE,))
    lack = _unfit(options.html)
    if lack:
        return Outcome(USAGE, "", (f"--html: {options.html}: {lack}",))
    try:
        said = given(options)
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    try:
        when = _when()
        running = Run(options, Configured(said, options.config, not options.isolated), None)
        return _told(running, options.html, when, started)
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))


def _unfit(path: str) -> str:
    """Why no page can be written there, as far as that is known before all the work."""
    if os.path.isdir(path):
        return "is a folder; name a file in it"
    if not os.path.isdir(os.path.dirname(os.path.realpath(path))):
        return "there is no such folder to write into; make it first"
    if os.path.isfile(path) and not is_page(path):
        return "is there already and is no page; name another file"
    return ""


def is_page(path: str) -> bool:
    """Whether a file may be replaced: a page, or nothing yet. One that cannot be read may not."""
    from flake8_hfmodels.page.document import BEGINNING

    try:
        with open(path, "rb") as stream:
            head = stream.read(len(BEGINNING))
    except OSError:
        return False
    return not head or head.lower() == BEGINNING.lower().encode()


def _when() -> str:
    """The time that the page bears. Raises `ConfigurationError`."""
    from datetime import datetime, timezone

    said = os.environ.get(EPOCH, "")
    try:
        moment = datetime.fromtimestamp(int(said) if said else int(time.time()), timezone.utc)
    except (ValueError, OverflowError, OSError):
        raise ConfigurationError(f"{EPOCH}: {said!r} is no number of seconds since 1970") from None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _told(running: Run, path: str, when: str, started: float) -> Outcome:
    """Check, write the page, and say what is in it. Raises `ConfigurationError`."""
    from flake8_hfmodels.page.content import Origin, content_of
    from flake8_hfmodels.page.document import render

    own = os.path.realpath(path)  # an older page names all that it is to name
    files = running.reading.files
    running.reading.files = tuple(one for one in files if os.path.realpath(one.path) != own)
    checked, report = running.report(started)
    origin = Origin(_project(running.reading.paths), when, __version__)
    content = content_of(report, {} if checked is None else checked.facts, origin)
    complaints = (*map(str, report.troubles), *report.warnings)
    lost = write_whole(path, render(content))
    if lost is not None:
        return Outcome(USAGE, "", (*complaints, f"--html: {path}: {lost}"))
    return Outcome(running.code(()), f"{path}: {_numbers(content)}\n", complaints)


def _project(paths: Sequence[str]) -> str:
    """What the page is about: the folder that is looked at, else the one that we stand in."""
    only = paths[0] if len(paths) == 1 and os.path.isdir(paths[0]) else os.curdir
    folder = os.path.realpath(only)
    return os.path.basename(folder) or folder


def _numbers(content: Content) -> str:
    from flake8_hfmodels.page.content import Pin
    from flake8_hfmodels.report.footer import count

    pinned = content.pins.get(Pin.COMMIT, 0)
    parts = (
        count(len(content.report.findings), "finding"),
        count(len(content.repos), "repo"),
        count(len([one for one in content.owners if one]), "owner"),
        f"{pinned} of {count(content.loading, 'reference')} pinned",
    )
    return ", ".join(parts)
