"""The last line for people: how many of what; all there is to say where nothing was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_hfmodels.report.report import Summary


def numbers(summary: Summary) -> str:
    """Files, references, repos and how they were asked about, the mode, the time."""
    files = count(summary.files, "file")
    if summary.skipped:
        each = ", ".join(f"{number} {why}" for why, number in summary.skipped.items())
        files += f" ({sum(summary.skipped.values())} skipped: {each})"
    parts = [files, count(summary.references, "reference")]
    hub = f"{summary.asked} asked, {summary.cached} cached, {summary.unanswered} unanswered"
    hub += f", {summary.stale} by old answers" if summary.stale else ""
    hub += f", {summary.locked} locked" if summary.locked else ""
    parts.append(f"{count(summary.repos, 'repo')} ({hub})")
    if summary.suppressed:
        parts.append(f"{summary.suppressed} suppressed")
    if summary.outside:
        parts.append(f"{summary.outside} on unchanged lines")
    return f"{', '.join(parts)}; {summary.mode}; {summary.seconds:.2f} s"


def count(number: int, noun: str) -> str:
    """A number and its noun, in the plural but for one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
