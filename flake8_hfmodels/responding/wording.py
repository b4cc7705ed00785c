"""What is said of each trace, the same in every form of the report; names are as they were found.

Who shows it to people makes it printable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_hfmodels.facts import Facts, Lacking, Missing, Moved, Owner, Repo, Unavailable
from flake8_hfmodels.lock.audit import Told, few, short
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.reference import Target
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.responding.commits import Commit
from flake8_hfmodels.responding.history import History, Story
from flake8_hfmodels.responding.incident import Incident, Locked, Ruled
from flake8_hfmodels.responding.machine import Here
from flake8_hfmodels.responding.suspect import Bearing, Suspect, Trace

_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_MOST = 6


def size(number: int) -> str:
    """So many bytes, as people say it."""
    value, unit = float(number), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.1f} {_UNITS[unit]}" if unit else f"{number} bytes"


def of_trace(trace: Trace, suspect: Suspect) -> str:
    """How a reference is pinned, and what that means for the revision that is bad."""
    words = trace.pinned_at if trace.pin in ("none", "unknown") else f"at {trace.pinned_at}"
    if trace.is_mention:
        words = f"named, {words}" if trace.pin != "none" else "named"
    return words + meaning(trace.bearing, suspect)


def meaning(bearing: Bearing, suspect: Suspect) -> str:
    """What a bearing means, where one revision is bad and not all are."""
    if suspect.asked.revision is None:
        return ""
    meant = {"loads": "the bad one", "may load": "may be the bad one", "other": "another one"}
    return f": {meant[bearing]}"


def of_story(story: Story) -> Iterator[str]:
    """Since when a file names it, until when, where it still does, and how it was pinned."""
    first = story.first
    if first is None:
        yield "since before the commits that were read"
    else:
        yield f"since {_of_commit(first)}"
    removed = story.removed
    if removed is not None:
        yield f"removed {_of_commit(removed)}"
    if story.refs:
        yield f"still in {some(story.refs)}"
    if len(story.pins) > 1 or story.pins != ("no revision",):
        yield f"pinned: {some(story.pins)}"


def _of_commit(commit: Commit) -> str:
    day = commit.authored[:10] or "on a day that is none"
    return f"{day}, {short(commit.hash)} by {commit.author}"


def of_history(history: History) -> str:
    """How much of a history was read."""
    words = f"{count(history.read, 'commit')} of {history.top} searched"
    if history.read < history.commits:
        words = f"{history.read} of {count(history.commits, 'commit')} of {history.top} searched"
    return words + (" (a shallow clone: older commits are not here)" if history.is_shallow else "")


def of_copy(here: Here, suspect: Suspect) -> Iterator[str]:
    """What a copy on this machine is."""
    refs = f" ({', '.join(here.refs)})" if here.refs else ""
    commit = f"{here.commit}{refs}" if here.commit else f"a folder, known by its {here.of}"
    numbers = f"{count(len(here.files), 'file')}, {size(here.size)}"
    yield f"{commit}{meaning(here.bearing, suspect)}; {numbers}; in {here.where}"
    if here.modified:
        yield f"written {here.modified}, last read {here.accessed} as far as the system notes it"
    if here.pickles:
        yield f"pickles: {few(here.pickles)}"
    if here.code:
        yield f"code: {few(here.code)}"
    if here.changed:
        yield f"not what was locked: {few(here.changed)}"
    unread = [f"{one.path} ({one.why})" for one in here.files if one.why]
    if unread:
        yield f"not read: {few(unread)}"


def of_entry(entry: Entry, locked: Locked, suspect: Suspect) -> str:
    """What a lock says."""
    ref = f" ({entry.ref})" if entry.ref else ""
    words = f"{locked.path}: {entry.repo_type} {entry.id} at {entry.commit}{ref}"
    users = f"; used by {few(entry.used_by)}" if entry.used_by else ""
    return f"{words}{meaning(suspect.bearing(entry.commit), suspect)}{users}"


def of_change(told: Told) -> str:
    """What is not as a lock has it."""
    return f"since it was locked: {told.what}"


def of_needing(entry: Entry, locked: Locked) -> str:
    """Which other repo of a lock brings it along."""
    return f"{locked.path}: {entry.repo_type} {entry.id} brings it along"


def of_facts(target: Target, facts: Facts) -> Iterator[str]:
    """What the Hub says now."""
    at = "" if target.revision is None else f" at {target.revision}"
    name = f"{target.repo_type} {target.repo_id}{at}"
    if isinstance(facts, Unavailable):
        yield f"{name}: not known ({facts.why})"
    elif isinstance(facts, Missing):
        is_there = facts.what is Lacking.REVISION
        gone = f"not there, or private; its owner {_OWNERS[facts.owner]}"
        yield f"{name}: {'the repo is there, and has no such revision' if is_there else gone}"
    else:
        yield f"{name}: {_moved(facts) if isinstance(facts, Moved) else 'there'}"
        yield from _of_repo(facts.repo)


def _moved(facts: Moved) -> str:
    return f"moved to {facts.repo.id}; the old owner {_OWNERS[facts.old_owner]}"


_OWNERS = {Owner.EXISTS: "exists", Owner.GONE: "is gone", Owner.UNKNOWN: "is not known"}


def _of_repo(repo: Repo) -> Iterator[str]:
    created = f", created {repo.created_at}" if repo.created_at else ""
    yield f"now at {repo.sha or 'no commit'}{created}"
    states = ("gated", "disabled", "private")
    if any(getattr(repo, one) for one in states):
        yield ", ".join(one for one in states if getattr(repo, one))
    if repo.flagged:
        yield f"scanners: {few([f'{one.path} ({one.level})' for one in repo.flagged])}"
    elif repo.is_scanned:
        yield "scanners: nothing"
    if repo.has_custom_code:
        yield "has code of its own that a loader can run"
    if repo.base_models:
        yield f"made of {few(repo.base_models)}"


def of_skipped(incident: Incident) -> str:
    """How much of the code was read."""
    skipped = incident.code.skipped
    parts = ", ".join(f"{number} {why}" for why, number in skipped.items())
    beside = f"; {sum(skipped.values())} not read: {parts}" if skipped else ""
    return f"{count(incident.code.files, 'file')} read{beside}"


def of_ruled(ruled: Ruled) -> Iterator[str]:
    """What became of the policy."""
    if ruled.why:
        yield f"{ruled.path}: left as it is: {ruled.why}; write under [tool.hfmodels.policy]:"
        yield f"deny = [{', '.join(ruled.lines)}]"
    elif ruled.is_written:
        yield f"{ruled.path}: denied from now on"
        yield from ruled.lines
    else:
        yield f"{ruled.path}: denies it already"


def some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    rest = len(names) - _MOST
    return ", ".join(names[:_MOST]) + (f" and {rest} more" if rest > 0 else "")
