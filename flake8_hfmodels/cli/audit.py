"""`hfmodels audit`: whether all is still as it was locked, on the Hub or on this machine."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.cli.exits import CLEAN, FINDINGS, NOT_ASKED, USAGE
from flake8_hfmodels.cli.keeping import OF_AN_AUDIT
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.lock.place import existing
from flake8_hfmodels.lock.reading import parse, text_of
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.settings import given

if TYPE_CHECKING:
    from flake8_hfmodels.lock.audit import Told
    from flake8_hfmodels.lock.entry import Entry
    from flake8_hfmodels.lock.lock import Lock
    from flake8_hfmodels.reference import Target
    from flake8_hfmodels.report.audited import AuditMode, AuditReport
    from flake8_hfmodels.settings import Settings

PATIENT: Mapping[str, float] = {
    name.replace("-", "_"): value for name, value in OF_AN_AUDIT.items()
}
"""What an audit may take unless the command line says so: two of the Hub's windows. What a project
sets is for its checks, for which somebody waits."""

NO_LOCK = "there is no hfmodels.lock here or above; `hfmodels lock` writes it"
GO_ON = "`hfmodels audit --resume` goes on"


@dataclass(frozen=True, slots=True)
class Came:
    """What came of an audit of either kind.

    `answered` entries have all their answers, or with `--local` a copy. `code`: what to exit with
    where there are no findings.
    """

    told: Sequence[Told]
    answered: int
    mode: AuditMode
    code: int = CLEAN
    unanswered: Sequence[tuple[Entry, str]] = ()
    kept_back: int = 0
    requests: int = 0
    warnings: Sequence[str] = ()


def run(options: argparse.Namespace) -> Outcome:
    """Do what the command line says."""
    started = time.perf_counter()
    if options.folder and not options.local:
        return Outcome(USAGE, "", ("--folder: only --local looks into folders",))
    try:
        said = {**PATIENT, **given(options)}
    except ValueError as error:
        return Outcome(USAGE, "", (f"--{error}",))
    try:
        settings = Configured(said, options.config, not options.isolated)(
            os.path.join(os.curdir, "")
        )
        found = settings.lock or existing("")
        if not found:
            return Outcome(USAGE, "", (NO_LOCK,))
        path = os.path.relpath(found)
        text = text_of(path)
        lock = parse(path, text)
    except ConfigurationError as error:
        return Outcome(USAGE, "", (str(error),))
    came = (
        _local(lock, settings, options.folder)
        if options.local
        else asked(lock, settings, options.resume)
    )
    return _told(report_of(lock, text, came, time.perf_counter() - started), came, options)


# The Hub


def asked(lock: Lock, settings: Settings, resume: bool | None) -> Came:
    """Ask about all that may be asked about.

    `resume`: go on with an audit that was stopped; `None`: if there is one.
    """
    from flake8_hfmodels.check import is_private
    from flake8_hfmodels.cli.progress import ProgressLine
    from flake8_hfmodels.hub import auditing
    from flake8_hfmodels.hub.lookup import Hub
    from flake8_hfmodels.hub.opening import open_hub
    from flake8_hfmodels.lock.audit import compared

    client = open_hub(settings, with_blobs=True).client
    where = os.path.realpath(lock.path)
    begun = None if resume is False else auditing.begun(client, where)
    is_offline = client.identity.offline
    since = begun or (time.time() if is_offline else auditing.begin(client, where))
    hub = Hub(client, settings.deadline, with_history=False, with_blobs=True, since=since)
    entries = [one for one in lock.entries if not is_private(one.repo_id, settings.never_ask)]
    until = time.monotonic() + settings.deadline
    with (
        ProgressLine("asking the Hub: {done} of {total}") as progress,
        ProgressLine("the Hub limits the rate of requests: {done} of {total} s") as resting,
    ):
        audited = auditing.audit(hub, entries, until, progress, resting)
    unanswered = [(one, why) for one in entries if (why := audited.heard[one.target].lack)]
    if not unanswered and not is_offline:
        auditing.end(client, where)
    warnings = list(client.warnings)
    if resume and begun is None:
        warnings.append("no audit of this lock was stopped within a day: everything is asked")
    answered = len(entries) - len(unanswered)
    if unanswered:
        why = _most_frequent(unanswered)
        rest = f"{answered} of {len(entries)} entries are answered"
        goes_on = GO_ON if audited.is_cut else "nothing is said of the others"
        warnings.append(f"{why}: {rest}; {goes_on}")
    return Came(
        told=[told for one in entries for told in compared(one, audited.heard[one.target])],
        answered=answered,
        mode="offline" if is_offline else "strict" if settings.strict else "online",
        code=NOT_ASKED if unanswered and (audited.is_cut or settings.strict) else CLEAN,
        unanswered=unanswered,
        kept_back=len(lock.entries) - len(entries),
        requests=audited.requests,
        warnings=warnings,
    )


def _most_frequent(unanswered: Sequence[tuple[Entry, str]]) -> str:
    from collections import Counter

    ((why, _number),) = Counter(why for _entry, why in unanswered).most_common(1)
    return why


# This machine


def _local(lock: Lock, settings: Settings, folders: Sequence[str]) -> Came:
    """Hold what this machine has against the lock; nobody is asked.

    Who names folders may have no cache.
    """
    from flake8_hfmodels.cli.progress import ProgressLine
    from flake8_hfmodels.lock.local import cached, compare, in_folder, own_cache

    try:
        own = own_cache()
    except ValueError as error:  # as it reads HF_ENDPOINT when it is imported
        why = f"huggingface_hub cannot read its environment ({error})"
        return Came((), 0, "local", USAGE, warnings=(why,))
    caches = [own] if os.path.isdir(own) or not folders else []
    stocks = [*map(cached, caches), *map(in_folder, folders)]
    with ProgressLine("hashing files: {done} of {total} bytes") as progress:
        came = compare(stocks, lock.entries, settings.strict, progress)
    return Came(
        told=came.told,
        answered=came.found,
        mode="local",
        code=USAGE if came.troubles else CLEAN,
        warnings=came.troubles,
    )


# The report


def report_of(lock: Lock, text: str, came: Came, seconds: float) -> AuditReport:
    """What there is to tell, for reports."""
    from flake8_hfmodels.report.audited import AuditReport, AuditSummary
    from flake8_hfmodels.rules import load

    summary = AuditSummary(
        entries=len(lock.entries),
        answered=came.answered,
        unanswered=len(came.unanswered),
        kept_back=came.kept_back,
        requests=came.requests,
        mode=came.mode,
        seconds=round(seconds, 3),
    )
    return AuditReport(
        lock=lock.path,
        folder=os.path.join(os.path.dirname(lock.path), ""),
        told=came.told,
        lines=lines_of(lock, text),
        names={code: load(code).name for code in {one.code for one in came.told} - {""}},
        unanswered=came.unanswered,
        warnings=came.warnings,
        summary=summary,
    )


def lines_of(lock: Lock, text: str) -> Mapping[Target, int]:
    """Where each entry begins in the text of the lock: the line that names the repo.

    None are known where somebody has put several on a line.
    """
    from flake8_hfmodels.sources.placed import split_lines

    numbers = [
        at for at, line in enumerate(split_lines(text), 1) if line.lstrip().startswith('"repo":')
    ]
    if len(numbers) != len(lock.entries):
        return {}
    return {entry.target: number for entry, number in zip(lock.entries, numbers, strict=True)}


def _told(report: AuditReport, came: Came, options: argparse.Namespace) -> Outcome:
    has_findings = any(one.severity is not None for one in report.told)
    code = FINDINGS if has_findings and came.code != USAGE else came.code
    outcome = Outcome(code, _rendered(report, options), tuple(report.warnings))

    def brief() -> str:
        from flake8_hfmodels.report.paint import Paint
        from flake8_hfmodels.report.table import footer

        return f"{footer(report, Paint(colour=False))}\n"

    return outcome.into(options.output, brief)


def _rendered(report: AuditReport, options: argparse.Namespace) -> str:
    if options.format == "json":
        from flake8_hfmodels.report.audited import render as as_json

        return as_json(report)
    if options.format == "sarif":
        from flake8_hfmodels.report import sarif

        return sarif.render(report.as_report())
    from flake8_hfmodels.cli.terminal import columns_of, paint_for
    from flake8_hfmodels.report.table import render

    stream = None if options.output else sys.stdout
    return render(report, paint_for(stream, options.color), columns_of(stream))
